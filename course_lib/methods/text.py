"""Counting how a text hedges and how it says where its statements come from."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from course_lib.errors import MethodError
from course_lib.methods.validation import list_names

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
# A word in the shape of a text, where every letter is an a, every mark on one an m and every digit a 0: it
# begins with a letter, and a single apostrophe or hyphen between letters does not end it.
_WORD = re.compile(r"(?<![am0])a[am0]*(?:['-][am0]+)*")
_SAME_SIGN = dict.fromkeys(map(ord, "’ʼ‘＇"), "'") | dict.fromkeys(map(ord, "‐‑"), "-")
_SPACE_WITHOUT_WIDTH = "\u200b"

# What shows that "May" is the month: a day or year beside it, a preposition or such a word before it, another
# month joined to it.
_NUMBER_BEFORE = re.compile(r"(?<![\w.])(?:\d{1,2}(?:[a-z]{2})?(?:\s+of)?|\d{4})[\s,]*$")
_NUMBER_AFTER = re.compile(r"[\s,]*(?:the\s+)?(?:\d{1,2}(?:[a-z]{2})?|\d{4})(?!\w)")
_BEFORE_MONTH = {"after", "before", "by", "during", "from", "in", "of", "on", "since", "till", "to", "until"}
_PART_OF_MONTH = {"early", "late", "mid", "last", "next", "this"}
_MONTHS = {"January", "February", "March", "April", "June", "July", "August", "September"}
_MONTHS |= {"October", "November", "December"}
_JOINED = re.compile(r"[\s,/–—-]*(?:(?:and|or|to|through|until)\s+)?")


class _Token(NamedTuple):
    """A word in small letters, as it was written, and where it begins and ends."""

    folded: str
    written: str
    start: int
    end: int


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

    @property
    def present(self) -> dict[str, int]:
        """The expressions that occur, of both kinds, with how often."""
        return {words: count for words, count in {**self.attributing, **self.unnamed}.items() if count}


def hedging(text: str, hedges: Iterable[str] = HEDGES) -> Hedging:
    """Count the words of doubt in an English text and relate them to its length.

    A hedge lowers how firmly a writer stands by a statement. The count says how often that is done,
    not which statement is meant nor whether the doubt is justified: "could" may mean ability and "may"
    permission, so read the places before judging.

    "May" with a capital is taken for the month, and is no hedge, where a day or a year stands beside it ("8
    May", "May 2025"), where a preposition stands before it ("in May", "since May") or early, late, mid, last,
    next or this (in small letters, or beginning a sentence), and where another month is joined to it ("May
    and June"). Anywhere else, as at the beginning of a sentence, in a headline or as somebody's name, it
    counts.

    Parameters
    ----------
    text : str
        Any English text.
    hedges : iterable of str, optional
        The words or expressions to count, without regard to case.

    Returns
    -------
    Hedging
        The counts and their rate.

    Raises
    ------
    MethodError
        For a text without words, and for hedges given as one text.

    References
    ----------
    The idea of hedges follows Hyland (1998), register key `hyland-1998-hedging`.

    Examples
    --------
    >>> hedging("It may rain. It might not, but it may.").counts
    {'may': 2, 'might': 1, 'could': 0}
    """
    plain = _plain(text)
    words = _words(plain)
    counts = _count(words, list_names(hedges, "hedges"), plain, lambda place: _is_month(words, place, plain))
    return Hedging(len(words), counts, _rate(counts, words))


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
        For a text without words, and for expressions given as one text.

    Examples
    --------
    >>> found = attribution('Experts said: "It is so." He said no more.')
    >>> found.attributing["said"], found.unnamed["experts"], found.quoted
    (2, 1, 1)
    """
    plain = _plain(text)
    words = _words(plain)
    ties = _count(words, list_names(attributing, "expressions"), plain)
    nobody = _count(words, list_names(unnamed, "expressions"), plain)
    quoted = len(re.findall(r'"[^"]+"|“[^”]+”', text))
    return Attribution(len(words), ties, nobody, quoted, _rate(ties, words))


def _plain(text: str) -> str:
    """Return a text with one kind of apostrophe and hyphen, its letters put together in one way.

    Signs that are not seen, as the soft hyphen, are left out; the space without width is a space.
    """
    seen = [sign for sign in text.replace(_SPACE_WITHOUT_WIDTH, " ") if unicodedata.category(sign) != "Cf"]
    return unicodedata.normalize("NFC", "".join(seen)).translate(_SAME_SIGN)


def _split(plain: str) -> list[_Token]:
    """Return the words of a plain text."""
    shape = "".join(map(_shape, plain))
    places = [(found.start(), found.end()) for found in _WORD.finditer(shape)]
    return [_Token(plain[start:end].casefold(), plain[start:end], start, end) for start, end in places]


def _shape(sign: str) -> str:
    if sign.isalpha():
        return "a"
    if sign.isalnum():
        return "0"
    if sign in "'-":
        return sign
    return "m" if unicodedata.category(sign).startswith("M") else " "


def _words(plain: str) -> list[_Token]:
    words = _split(plain)
    if not words:
        raise MethodError("The text has no words, so there is no rate. Paste an English text.")
    return words


def _count(
    words: list[_Token], expressions: Iterable[str], plain: str, left_out: Callable[[int], bool] | None = None
) -> dict[str, int]:
    """Return how often each expression stands in a text: its words one after the other, nothing between."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word.folded, []).append(place)
    counts = {}
    for expression in expressions:
        parts = [word.folded for word in _split(_plain(expression))]
        starts = places.get(parts[0], []) if parts else []
        counts[expression] = sum(
            _stands_at(words, start, parts, plain) and not (left_out and left_out(start)) for start in starts
        )
    return counts


def _stands_at(words: list[_Token], start: int, parts: list[str], plain: str) -> bool:
    there = words[start : start + len(parts)]
    if [word.folded for word in there] != parts:
        return False
    return all(plain[a.end : b.start].isspace() for a, b in itertools.pairwise(there))


def _is_month(words: list[_Token], place: int, plain: str) -> bool:
    """Return whether the word at a place is the month May."""
    word = words[place]
    if word.written != "May":
        return False
    if _NUMBER_BEFORE.search(plain, max(0, word.start - 20), word.start) or _NUMBER_AFTER.match(
        plain, word.end
    ):
        return True
    if place:
        earlier = words[place - 1]
        if plain[earlier.end : word.start].isspace():
            # In a headline "Next May Come" is no month; at the beginning of a sentence it can only be one.
            small = earlier.written.islower() or plain[: earlier.start].rstrip()[-1:] in ("", ".", "!", "?")
            if earlier.folded in _BEFORE_MONTH or (small and earlier.folded in _PART_OF_MONTH):
                return True
    around = [words[at] for at in range(max(0, place - 2), min(len(words), place + 3)) if at != place]
    return any(
        other.written in _MONTHS
        and _JOINED.fullmatch(plain, min(word.end, other.end), max(word.start, other.start))
        for other in around
    )


def _rate(counts: dict[str, int], words: list[_Token]) -> float:
    # An expression that was given twice, in other case, counts once.
    return 1000 * sum({name.casefold(): count for name, count in counts.items()}.values()) / len(words)
