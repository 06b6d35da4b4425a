"""What is said of typed answers, case by case, none of which hangs on the order in which they are asked."""

import itertools
import math
from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion

# No format has a range without an end; beyond it lies no answer that anybody types.
_FARTHEST = 1e9
# An end that does not count is written as what lies so far beside it, as a share of it or of 1.
_HAIR = 1e-7


class NumberCase(NamedTuple):
    """Numbers that count alike: those within `tolerance` of `value`."""

    value: float
    tolerance: float
    key: bool
    feedback: str
    is_range: bool = False


def number_cases(question: ExportedQuestion, item: items.Number) -> list[NumberCase]:
    """Return what counts as right, and the wrong numbers of which something is said.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which notes in what form its rules are written.
    item : Number
        With an answer.

    Returns
    -------
    list of NumberCase
        As the bank has them. Rules, of which the first that fits decides, as ranges of which no two have a
        number in common, from the smallest up.
    """
    if item.rule:
        return _range_cases(question, item)
    cases = [NumberCase(item.answer or 0.0, item.tolerance, True, item.feedback)]
    cases += [NumberCase(other.value, other.tolerance, True, other.feedback) for other in item.also]
    return [
        *cases,
        *(NumberCase(other.value, other.tolerance, False, other.feedback) for other in item.mistake),
    ]


def note_kept_number(question: ExportedQuestion, item: items.Number, how: str) -> None:
    """Note that a number is kept and not graded, and what is lost with that.

    Parameters
    ----------
    question : ExportedQuestion
        Takes the note.
    item : Number
        Without an answer.
    how : str
        What the format does with it.
    """
    question.note_change("answer", how)
    if item.rule:
        question.note_omission("rule", "nothing is said of a number that is not graded")


def _range_cases(question: ExportedQuestion, item: items.Number) -> list[NumberCase]:
    question.note_change("rule", "ranges that do not overlap, so that no order of rules matters")
    if item.significant:
        question.note_change("significant", "each range holds what is rounded to the same numbers")
    ends = sorted(set(_ends(item)))
    farthest = max(_FARTHEST, *(10 * abs(end) for end in ends))
    cases = []
    for low, high, rule in _decided_ranges(item, ends):
        if math.isinf(low) or math.isinf(high):
            question.note_change("rule", f"a range without an end goes to {farthest:,.0f}")
        low, high = max(low, -farthest), min(high, farthest)
        half = 0.0 if low == high else round((high - low) / 2, 12)
        cases.append(NumberCase(round(low + half, 12), half, rule.key, rule.feedback, low != high))
    return cases


def _decided_ranges(item: items.Number, ends: list[float]) -> list[tuple[float, float, items.NumberRule]]:
    """Return from where to where each rule decides, both ends included."""
    found: list[tuple[float, float, items.NumberRule]] = []
    decided: items.NumberRule | None = None
    for low, high, sample in _parts(ends):
        rule = items.first_rule(item, [sample])
        if rule is not None and rule is decided:
            found[-1] = (found[-1][0], high, rule)
        elif rule is not None:
            found.append((low, high, rule))
        decided = rule
    return found


def _parts(ends: list[float]) -> Iterator[tuple[float, float, float]]:
    """Yield each end by itself and what lies between two: its own ends, and a number in it."""
    bounds = [-math.inf, *ends, math.inf]
    for before, end in itertools.pairwise(bounds):
        low = before + _hair(before) if math.isfinite(before) else before
        high = end - _hair(end) if math.isfinite(end) else end
        if math.isinf(low) or math.isinf(high):
            near = end if math.isfinite(end) else before
            sample = near + math.copysign(1 + abs(near), low if math.isinf(low) else high)
        else:
            sample = (before + end) / 2
        if low < high:
            yield low, high, sample
        if math.isfinite(end):
            yield end, end, end


def _hair(end: float) -> float:
    return _HAIR * max(1.0, abs(end))


def _ends(item: items.Number) -> Iterator[float]:
    """Yield the numbers at which another rule can begin to decide."""
    for rule in item.rule:
        for end in (rule.value, rule.low, rule.high):
            if end is not None:
                yield end
                if item.significant and end:
                    yield from _rounding_ends(end, item.significant)


def _rounding_ends(end: float, digits: int) -> Iterator[float]:
    """Yield from where to where numbers are rounded to this one, or over it."""
    exact = Decimal(repr(end))
    for power in (exact.adjusted(), exact.adjusted() - 1):
        unit = Decimal(1).scaleb(power + 1 - digits)
        floor = (exact / unit).to_integral_value(ROUND_FLOOR) * unit
        yield from (float(floor + unit * part / 2) for part in (-1, 1))


def ordered_words(question: ExportedQuestion, item: items.Word) -> list[items.Accepted]:
    """Return the words of a question, each with what is said of it where the first that fits decides.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which notes what was made of their order.
    item : Word
        Any question for a word.

    Returns
    -------
    list of Accepted
        In their order, as they stand where no order decides.
    """
    if not item.in_order:
        return list(item.answer)
    words = []
    for word in item.answer:
        decides = items.first_word(item, word.text) or word
        if decides is not word:
            question.note_omission(
                "answer.feedback",
                f"{word.text!r} counts as {decides.text!r} does, which is asked before it",
            )
        words.append(items.Accepted(word.text, decides.feedback, decides.key, word.match_case, word.similar))
    return words
