"""Counting how a text hedges: which words of doubt it uses, and how often."""

import re
from collections import Counter
from dataclasses import dataclass

from course_lib.errors import MethodError

HEDGES = ("may", "might", "could")
# A word begins with a letter; apostrophes and hyphens inside it do not end it.
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True)
class Hedging:
    """What was counted: `words` in the text, `counts` per hedge, hedges `per_thousand` words."""

    words: int
    counts: dict
    per_thousand: float


def hedging(text, hedges=HEDGES):
    """Count the words of doubt in an English text and relate them to its length.

    A hedge lowers how firmly a writer stands by a statement. The count says how often that is done,
    not which statement is meant nor whether the doubt is justified: "could" may mean ability and "may"
    permission, so read the places before judging.

    Parameters: `text` any English text; `hedges` the words to count, without regard to case.
    Returns: a `Hedging`.
    Raises: `MethodError` for a text without words.
    Source: the idea of hedges follows Hyland (1998), register key `hyland-1998-hedging`.

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
