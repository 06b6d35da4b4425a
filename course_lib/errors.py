"""Every error the course raises on purpose.

    CourseError
    ├── SetupError       the machine or the environment is not ready
    ├── EvidenceError    a table, field, source or date that does not exist
    ├── ItemError        a question bank that cannot be used
    │   └── AnswerError  what cannot be an answer to a question
    ├── MethodError      input that an analysis method cannot work on
    │   └── NoCasesError a rule that leaves no case to count
    ├── ChartError       a table that cannot be drawn
    ├── MessageError     a file of the interface's words that cannot be used
    └── ProgressError    work that could not be saved or read

Each message says what was given, what exists and what to do.
"""

# Read by Pythons that are too old for the course, and are to be told so.
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class CourseError(Exception):
    """Base of all errors raised on purpose; catch this one to catch them all."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows: the sentence, without the lines of the library that led to it."""
        return [f"{type(self).__name__}: {self}"]


class SetupError(CourseError):
    """The machine or the environment is not ready."""


class EvidenceError(CourseError):
    """A table, field, source or date that does not exist."""


class ItemError(CourseError):
    """A question bank that cannot be used.

    Parameters
    ----------
    faults : str or iterable of str
        Every fault found, one sentence each; kept as the list `faults`.
    """

    def __init__(self, faults: str | Iterable[str]) -> None:
        self.faults = [faults] if isinstance(faults, str) else list(faults)
        super().__init__("\n".join(self.faults))


class AnswerError(ItemError):
    """What cannot be an answer to a question; whoever shows it says it in the words of the interface.

    Parameters
    ----------
    key : str
        The message, such as ``grading.too_long``.
    values : Mapping of str to object
        What stands in its places.
    """

    def __init__(self, key: str, values: Mapping[str, object]) -> None:
        self.key = key
        self.values = dict(values)
        places = ", ".join(f"{name} {value!r}" for name, value in self.values.items())
        super().__init__(f"This cannot be an answer to the question; message '{key}' says why: {places}.")


class ChartError(CourseError):
    """A table that cannot be drawn."""


class MessageError(CourseError):
    """A file of the interface's words that cannot be used."""


class MethodError(CourseError):
    """Input that an analysis method cannot work on."""


class NoCasesError(MethodError):
    """A rule that leaves no case to count."""


class ProgressError(CourseError):
    """Work that could not be saved or read."""


# A list of names this long is cut, unless that would leave out fewer than the words that say so are worth.
_SHOWN = 12
_LEAST_HIDDEN = 3


def nearest(given: object, known: Iterable[str], what: str) -> str:
    """Return the sentence for an unknown name: what was given, the nearest names, all names.

    Parameters
    ----------
    given : object
        The unknown name.
    known : iterable of str
        The names that exist.
    what : str
        The kind of thing, singular.

    Returns
    -------
    str
        The sentence, with at most three near names. Of more than fourteen names twelve are shown, and the
        others counted.

    Examples
    --------
    >>> nearest("claim", ["claims", "sources"], "table")
    "There is no table 'claim'. Did you mean 'claims'? There are: claims, sources."
    """
    names = sorted(known)
    import difflib  # rarely needed

    close = difflib.get_close_matches(str(given), names, n=3, cutoff=0.5)
    hint = " Did you mean " + " or ".join(repr(name) for name in close) + "?" if close else ""
    hidden = len(names) - _SHOWN
    cut = hidden >= _LEAST_HIDDEN
    listing = ", ".join(names[:_SHOWN] if cut else names) + (f" and {hidden} more" if cut else "")
    return "There is no {} {!r}.{} There are: {}.".format(what, given, hint, listing or "none")
