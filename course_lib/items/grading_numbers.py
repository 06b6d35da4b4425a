"""Grading rules for a typed number: what is right, and what is said of slips that are of the writing only."""

import math
from collections.abc import Sequence

from course_lib.items.ordered_rules import first_rule
from course_lib.items.outcomes import keep, leave_open, right_or_not
from course_lib.items.results import MessageRef, Note, Result
from course_lib.items.typed_numbers import (
    Reading,
    TypedNumber,
    asks_per_cent,
    plain_number,
    read_number,
    within_tolerance,
)
from course_lib.items.types import Mistake, Number

# So much of what was typed is shown again.
QUOTED = 40
# How far a rounding may lie from the key, as a share of it.
_FARTHEST = 0.25


def grade_number(item: Number, answer: str) -> Result:
    """Return what becomes of a typed number.

    What can be read in two ways, of which one is right and the other is not, is neither: the student is
    asked. Where a whole number is asked, a sign before three digits groups thousands, unless the number with
    decimals is whole too ("15.000").

    Parameters
    ----------
    item : Number
        The question.
    answer : str
        What was typed.

    Returns
    -------
    Result
        With feedback of its own for a sign for per cent where none belongs, for a share where per cent are
        asked, and for what is rounded more coarsely than asked or cut off.
    """
    if not answer:
        return Result("unanswered", None, [])
    number, typed = read_number(answer, item.unit), answer[:QUOTED]
    if not number.readings:
        return leave_open(MessageRef("grading.no_number", {"typed": typed}))
    if item.bounds and not any(item.bounds[0] <= value <= item.bounds[1] for value in number.values):
        low, high = item.bounds
        return leave_open(MessageRef("grading.outside", {"typed": typed, "low": low, "high": high}))
    if item.rule and number.per_cent:
        # Nothing tells whether such a question is about per cent.
        return leave_open(MessageRef("grading.no_per_cent"))
    if item.rule:
        # A comma can be read in two ways; a point is the decimal sign of whoever wrote such rules.
        return _grade_by_rule(item, number.values if "," in answer else number.values[:1])
    if item.answer is None:
        return keep(item, [])
    if number.per_cent and not asks_per_cent(item.unit):
        return _grade_needless_per_cent(item, number, typed)
    if right := _right_number(item, number.values):
        if _is_settled(item, number):
            return right_or_not(item, True, right.feedback)
        first, second = map(plain_number, number.values)
        return leave_open(
            MessageRef("grading.two_numbers", {"typed": typed, "first": first, "second": second})
        )
    if mistake := _near(item.mistake, number.values):
        return right_or_not(item, False, mistake.feedback)
    return right_or_not(item, False, *_slip(item, number))


def _grade_by_rule(item: Number, values: Sequence[float]) -> Result:
    rule = first_rule(item, values)
    if not item.graded:
        return keep(item, [Note("item", None, rule.feedback)] if rule else [])
    return right_or_not(item, rule.key, rule.feedback) if rule else right_or_not(item, False, item.otherwise)


def asked_decimals(item: Number) -> int:
    """Return how many decimals an answer needs.

    Parameters
    ----------
    item : Number
        A question with an answer.

    Returns
    -------
    int
        As the question tells; where it does not, as many as its answer has.

    Examples
    --------
    >>> asked_decimals(Number(id="a", type="number", check="c", objective=1, stem="?", answer=12.5))
    1
    """
    if item.decimals is not None:
        return item.decimals
    return len(f"{item.answer or 0:.12g}".partition(".")[2])


def _right_number(item: Number, values: tuple[float, ...]) -> Mistake | None:
    return _near(_keys(item), values)


def _keys(item: Number) -> list[Mistake]:
    return [] if item.answer is None else [Mistake(item.answer, item.feedback, item.tolerance), *item.also]


def _near(numbers: list[Mistake], values: tuple[float, ...]) -> Mistake | None:
    for number in numbers:
        if any(within_tolerance(value, number.value, number.tolerance) for value in values):
            return number
    return None


def _is_settled(item: Number, number: TypedNumber) -> bool:
    """Tell whether no other reading, of which one is right, could have been meant."""
    wrong = [value for value in number.values if not _right_number(item, (value,))]
    if not wrong:
        return True
    # A count of 1.288 people is none.
    whole = asked_decimals(item) == 0
    return whole and not any(float(value).is_integer() for value in wrong)


def _grade_needless_per_cent(item: Number, number: TypedNumber, typed: str) -> Result:
    """Return the result of a number with a sign for per cent where the question has none: never right."""
    # Half of a whole may have been typed as 50 %, and as 0.5 % too.
    meant = [*(value / 100 for value in number.values), *number.values]
    for value in meant:
        if _right_number(item, (value,)):
            message = MessageRef("grading.no_per_cent_but", {"typed": typed, "number": plain_number(value)})
            return right_or_not(item, False, "", message)
    mistake = _near(item.mistake, tuple(meant))
    feedback = mistake.feedback if mistake else item.otherwise
    return right_or_not(item, False, feedback, MessageRef("grading.no_per_cent"))


def _slip(item: Number, number: TypedNumber) -> tuple[str, MessageRef | None]:
    """Return the feedback for a wrong number that the bank does not know, and what the course says of it."""
    if asks_per_cent(item.unit) and not number.per_cent:
        for value in number.values:
            # What remains of a sum in floating point is no part of the number.
            percent = round(100 * value, 10)
            if _right_number(item, (percent,)):
                return "", MessageRef("grading.share", {"percent": plain_number(percent)})
    asked = asked_decimals(item)
    pairs = [(reading, key.value) for reading in number.readings for key in _keys(item)]
    if number.fraction:
        return item.otherwise, None
    if any(_is_rounded(reading, key, asked) for reading, key in pairs):
        return "", MessageRef("grading.rounded", {"n": asked}) if asked else MessageRef(
            "grading.rounded_whole"
        )
    if any(_is_cut_off(reading, key, asked) for reading, key in pairs):
        return "", MessageRef("grading.cut_off", {"n": asked}) if asked else MessageRef(
            "grading.cut_off_whole"
        )
    return item.otherwise, None


def _is_rounded(reading: Reading, key: float, asked: int) -> bool:
    """Tell whether a number is the key, rounded to fewer places than asked."""
    step = _step(reading)
    # Half a step goes up; what lies far from the key is no rounding of it, such as 1 for 0.5.
    rounded = math.copysign(math.floor(abs(key) / step + 0.5 + 1e-9) * step, key)
    return step > 1.5 * 10.0**-asked and _is_near(reading, key, rounded)


def _is_cut_off(reading: Reading, key: float, asked: int) -> bool:
    """Tell whether a number is the key without its last places, which would have rounded it up."""
    step = _step(reading)
    cut = math.copysign(math.floor(abs(key) / step + 1e-9) * step, key)
    return step > 0.5 * 10.0**-asked and _is_near(reading, key, cut)


def _step(reading: Reading) -> float:
    """Return in steps of what a number is written."""
    whole = f"{abs(reading.value):.0f}"
    zeros = len(whole) - len(whole.rstrip("0"))
    # 166,000 for 166,396 is rounded; 30 for 31 is miscounted.
    if not reading.decimals and zeros >= 2 and len(whole) - zeros >= 2:
        return 10.0**zeros
    return 10.0**-reading.decimals


def _is_near(reading: Reading, key: float, slip: float) -> bool:
    is_near = abs(reading.value - key) <= _FARTHEST * abs(key)
    return bool(reading.value) and is_near and within_tolerance(reading.value, slip, 0)
