"""Names of authors as the register of sources has them: in the parts of CSL, none of them guessed.

https://docs.citationstyles.org/en/stable/specification.html#name-part-formatting
"""

import re
from dataclasses import dataclass

_PART = r"[^\s,;=]+(?: [^\s,;=]+)*"
_NAME = re.compile(
    r"literal=(?P<literal>[^\s;=]+(?: [^\s;=]+)*)"
    rf"|family=(?P<family>{_PART})(?:, given=(?P<given>{_PART}))?"
    rf"(?:, dropping-particle=(?P<dropping_particle>{_PART}))?"
    rf"(?:, non-dropping-particle=(?P<non_dropping_particle>{_PART}))?"
    rf"(?:, suffix=(?P<suffix>{_PART}))?"
)


@dataclass(frozen=True)
class Name:
    """A person or a body; empty text stands for a part that the name does not have.

    Attributes
    ----------
    family, given : str
        A person's, each with all its words.
    dropping_particle : str
        What stands before the family name and goes where the family name stands alone: the *von* of
        Humboldt.
    non_dropping_particle : str
        What stays with the family name and is not sorted by: the *al-* of al-Khalidi.
    suffix : str
        Such as ``Jr.``
    literal : str
        A body's name, whole; then all other parts are empty.
    """

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def short(self) -> str:
        """The name beside a year: the family name with the particle that stays, or the body."""
        return self.literal or _beside(self.non_dropping_particle, self.family)

    @property
    def full(self) -> str:
        """The name in a list, in the order in which it is spoken."""
        parts = (self.given, _beside(self.dropping_particle, self.short), self.suffix)
        return " ".join(part for part in parts if part)

    @property
    def sorted_by(self) -> str:
        """The family name without particles, or the body."""
        return self.literal or self.family


def read_names(text: str) -> tuple[Name, ...]:
    """Return the names in a cell of the register.

    Parameters
    ----------
    text : str
        Names with ``; `` between them: ``family=Heuer, given=Richards J., suffix=Jr.`` is a person, to whom
        ``dropping-particle`` and ``non-dropping-particle`` may belong, before the suffix;
        ``literal=United Nations`` is a body.

    Returns
    -------
    tuple of Name
        In the order of the cell; empty for an empty cell.

    Raises
    ------
    ValueError
        For a name of another form, with what to write.

    Examples
    --------
    >>> [name.short for name in read_names("family=Heuer, given=Richards J., suffix=Jr.; literal=CIA")]
    ['Heuer', 'CIA']
    """
    return tuple(_read_name(part) for part in text.split("; ")) if text else ()


def _read_name(text: str) -> Name:
    matched = _NAME.fullmatch(text)
    if not matched:
        raise ValueError(
            f"{text!r} is no name in the parts of CSL. Write a person as family=Heuer, given=Richards J., "
            "and behind that dropping-particle=, non-dropping-particle= and suffix= where the name has such "
            "parts, in this order; a body as literal=United Nations; and '; ' between several names."
        )
    return Name(**matched.groupdict(default=""))


def _beside(particle: str, name: str) -> str:
    """Return a name behind its particle, without a blank after a hyphen or an apostrophe."""
    return f"{particle}{name}" if particle.endswith(("-", "'", "’")) or not particle else f"{particle} {name}"
