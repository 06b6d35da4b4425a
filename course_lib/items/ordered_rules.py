"""Rules that are asked in order, the first that fits decides: as jupyterquiz reads numbers and words."""

import math
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from course_lib.items.typed_words import normalize_word
from course_lib.items.types import Accepted, Number, NumberRule, Word


def first_rule(item: Number, values: Sequence[float]) -> NumberRule | None:
    """Return the rule that decides on a number.

    Parameters
    ----------
    item : Number
        The question.
    values : sequence of float
        What was typed; several where it can be read in several ways, of which a right one counts.

    Returns
    -------
    NumberRule or None
        None where no rule fits.

    Examples
    --------
    >>> rules = [NumberRule("Near.", low=3, high=4), NumberRule("Yes.", True, value=4)]
    >>> item = Number(id="a", type="number", check="c", objective=0, stem="?", answer=4, rule=rules)
    >>> [rule.feedback if (rule := first_rule(item, [value])) else None for value in (3, 4, 5)]
    ['Near.', 'Yes.', None]
    """
    fitting = []
    for value in values:
        rounded = round_significant(value, item.significant)
        if rule := next((rule for rule in item.rule if _fits(rule, rounded)), None):
            fitting.append(rule)
    return next((rule for rule in fitting if rule.key), fitting[0] if fitting else None)


def _fits(rule: NumberRule, value: float) -> bool:
    if rule.value is not None:
        return value == rule.value
    return (rule.low is None or value >= rule.low) and (rule.high is None or value < rule.high)


def round_significant(value: float, digits: int) -> float:
    """Return a number rounded to some significant digits, halves away from zero.

    Parameters
    ----------
    value : float
        Any number.
    digits : int
        How many; 0 leaves it as it is.

    Returns
    -------
    float
        The nearest number with no more digits.

    References
    ----------
    ECMAScript 2025, Number.prototype.toPrecision: of two as near the larger is taken, without the sign.

    Examples
    --------
    >>> round_significant(3.14159, 3), round_significant(-0.00125, 2), round_significant(1250, 2)
    (3.14, -0.0013, 1300.0)
    """
    if digits < 1 or not value or not math.isfinite(value):
        return value
    exact = Decimal(value)
    unit = Decimal(1).scaleb(exact.adjusted() + 1 - digits)
    return float((exact / unit).to_integral_value(ROUND_HALF_UP) * unit)


def first_word(item: Word, typed: str) -> Accepted | None:
    """Return the word that decides on what was typed.

    Parameters
    ----------
    item : Word
        The question.
    typed : str
        What was typed.

    Returns
    -------
    Accepted or None
        The first that it is, or is like enough; None where it is none of them.

    Examples
    --------
    >>> words = [Accepted("kitten", "Yes.", similar=0.5), Accepted("sitting", "No.", False)]
    >>> item = Word(id="a", type="word", check="c", objective=0, stem="?", answer=words, otherwise="")
    >>> first_word(item, "sitting").feedback
    'Yes.'
    """
    return next((word for word in item.answer if _is_like(typed, word)), None)


def _is_like(typed: str, word: Accepted) -> bool:
    first, second = normalize_word(typed, word.match_case), normalize_word(word.text, word.match_case)
    if first == second or word.similar == 1:
        return first == second
    # Capitals alone are made small: a letter that becomes two would count twice.
    texts = [normalize_word(text, match_case=True) for text in (typed, word.text)]
    return edit_likeness(*(texts if word.match_case else map(str.lower, texts))) >= word.similar


def edit_likeness(first: str, second: str) -> float:
    """Return the share of letters that stay when one text is made into the other.

    Parameters
    ----------
    first, second : str
        Two texts.

    Returns
    -------
    float
        One less the Levenshtein distance divided by the length of the longer text; 1 for two empty ones.

    References
    ----------
    Levenshtein, V. I. (1966). Binary codes capable of correcting deletions, insertions, and reversals.
    Soviet Physics Doklady, 10(8), 707-710.

    Examples
    --------
    >>> round(edit_likeness("kitten", "sitting"), 4), edit_likeness("", "")
    (0.5714, 1.0)
    """
    # Letters beyond the first 65,536 of Unicode count twice, as where the rule comes from.
    first_units, second_units = list(_units(first)), list(_units(second))
    longest = max(len(first_units), len(second_units))
    if not longest:
        return 1.0
    row = list(range(len(second_units) + 1))
    for place, unit in enumerate(first_units, start=1):
        above, row = row, [place]
        for at, other in enumerate(second_units, start=1):
            row.append(min(above[at] + 1, row[-1] + 1, above[at - 1] + (unit != other)))
    return 1 - row[-1] / longest


def _units(text: str) -> Iterator[int]:
    encoded = text.encode("utf-16-le", "surrogatepass")
    return (int.from_bytes(encoded[at : at + 2], "little") for at in range(0, len(encoded), 2))
