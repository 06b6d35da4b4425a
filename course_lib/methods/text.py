"""Counting how a text hedges and how it says where its statements come from."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from course_lib.errors import MethodError

HEDGES = ("may", "might", "could")
ATTRIBUTING = (
    "according to",
    "announced",
    "argue",
    "argued",
    "believe",
    "claimed",
    "reported",
    "said",
    "says",
    "stated",
    "told",
    "wrote",
)
UNNAMED = ("analysts", "critics", "experts", "insiders", "observers", "officials", "sources")
# A word begins with a letter; apostrophes and hyphens inside it do not end it.
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True)
class Hedging:
    """What was counted: `words` in the text, `counts` per hedge, hedges `per_thousand` words."""

    words: int
    counts: dict[str, int]
    per_thousand: float


@dataclass(frozen=True)
class Attribution:
    """What was counted: `words`, `attributing` and `unnamed` expressions, `quoted` passages.

    The two in the middle are dicts from expression to count; `per_thousand` is the rate of attributing
    expressions per 1,000 words.
    """

    words: int
    attributing: dict[str, int]
    unnamed: dict[str, int]
    quoted: int
    per_thousand: float


def hedging(text: str, hedges: Iterable[str] = HEDGES) -> Hedging:
    """Count the words of doubt in an English text and relate them to its length.

    A hedge lowers how firmly a writer stands by a statement. The count says how often that is done,
    not which statement is meant nor whether the doubt is justified: "could" may mean ability and "may"
    permission, so read the places before judging.

    Parameters
    ----------
    text : str
        Any English text.
    hedges : iterable of str, optional
        The words to count, without regard to case.

    Returns
    -------
    Hedging
        The counts and their rate.

    Raises
    ------
    MethodError
        For a text without words.

    References
    ----------
    the idea of hedges follows Hyland (1998), register key `hyland-1998-hedging`.

    Examples
    --------
    >>> hedging("It may rain. It might not, but it may.").counts
    {'may': 2, 'might': 1, 'could': 0}
    """
    words = [word.lower() for word in WORD.findall(text)]
    if not words:
        raise MethodError(
            "The text has no words in the Latin alphabet, so there is no rate. Paste an English text."
        )
    found = Counter(words)
    counts = {hedge: found[hedge.lower()] for hedge in hedges}
    return Hedging(len(words), counts, 1000 * sum(counts.values()) / len(words))


def attribution(
    text: str, attributing: Iterable[str] = ATTRIBUTING, unnamed: Iterable[str] = UNNAMED
) -> Attribution:
    """Count how an English text says where its statements come from.

    Words such as "said" or "according to" tie a statement to somebody; "experts" or "observers" tie it to
    nobody who could be asked. The counts say how often, not whether the right statement is tied.

    Parameters
    ----------
    text : str
        Any English text.
    attributing, unnamed : iterable of str, optional
        The expressions, without regard to case.

    Returns
    -------
    Attribution
        The counts; a quoted passage stands between double quotation marks of one kind.

    Raises
    ------
    MethodError
        For a text without words.

    Examples
    --------
    >>> found = attribution('Experts said: "It is so." He said no more.')
    >>> found.attributing["said"], found.unnamed["experts"], found.quoted
    (2, 1, 1)
    """
    words = [word.lower() for word in WORD.findall(text)]
    if not words:
        raise MethodError(
            "The text has no words in the Latin alphabet, so there is no rate. Paste an English text."
        )
    plain = f" {' '.join(words)} "
    ties, nobody = (
        {expression: plain.count(f" {expression.lower()} ") for expression in expressions}
        for expressions in (attributing, unnamed)
    )
    quoted = len(re.findall(r'"[^"]+"|“[^”]+”', text))
    return Attribution(len(words), ties, nobody, quoted, 1000 * sum(ties.values()) / len(words))
