"""Marking rules: an answer goes in, a result with its feedback comes out."""

import html
import itertools
import math
import re
from typing import Literal

import msgspec

from course_lib.dates import long_date
from course_lib.items.types import (
    SURE,
    Grid,
    Match,
    Matrix,
    Multiple,
    Number,
    Order,
    Probability,
    Single,
    Text,
    Word,
)
from course_lib.messages import isolate, say

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>(?=.*\d)[\d.,]+)(?P<power>[eE][+-]?\d{1,3})?")


class Note(msgspec.Struct, frozen=True):
    """One piece of feedback: `where` it belongs (item, option:2, row:5), whether that was right, its text.

    `text` comes from the bank, in Markdown. Before it stands what the course `said` of the answer, as HTML.
    """

    where: str
    right: bool | None
    text: str = ""
    said: str = ""


class Result(msgspec.Struct, frozen=True):
    """What became of an answer: `state` unanswered, right, not_yet or kept; `score` 0 to 1 or None; notes."""

    state: Literal["unanswered", "right", "not_yet", "kept"]
    score: float | None
    notes: list[Note]


def grade(item, answer):
    """Return the `Result` of an answer in its normal form.

    single: 1 or 0. multiple: the share of right options ticked less the share of wrong ones, never below 0,
    so that ticking everything earns nothing; right only when exact. number and word: 1 or 0.
    grid and match: the share of rows right. matrix: the share of cells right. order: the share of pairs in
    right order, rescaled so that chance earns nothing on average (Kendall's tau, never below 0); right only
    when exact. probability, text and whatever has no key: kept, without a score.
    """
    return _RULES[type(item)](item, answer)


def confidence_note(state, sure):
    """Return what is to be said where certainty and mark do not go together, or an empty text.

    Parameters: `state` of a `Result`; `sure` the place in `SURE`, or None.
    """
    if state == "not_yet" and sure == len(SURE) - 1:
        return say("grading.sure_and_wrong")
    if state == "right" and sure == 0:
        return say("grading.guessed_right")
    return ""


def parse_numbers(text):
    """Return the numbers that a typed text can mean: none, one, or two where a sign can be read in two ways.

    Decimal comma and point, grouped thousands, a sign and a percent sign are understood. In "1,234" the comma
    may be a decimal sign or may group thousands, so both numbers are returned and either may be the answer.

    >>> [parse_numbers(text) for text in ("1 234,5", "−3.5", "20 %", "1,234", "soon")]
    ((1234.5,), (-3.5,), (20.0,), (1.234, 1234.0), ())
    """
    plain = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", text).replace("−", "-").removesuffix("%")
    if not (found := _NUMBER.fullmatch(plain)):
        return ()
    sign, digits, power = found.group("sign"), found.group("digits"), found.group("power") or ""
    forms = []
    if re.fullmatch(r"\d*[.,]?\d*", digits):
        forms.append(digits.replace(",", "."))
    for group, decimal in ((",", "."), (".", ",")):
        if re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+(\{decimal}\d*)?", digits):
            forms.append(digits.replace(group, "").replace(decimal, "."))
    values = (float(sign + form + power) for form in forms)
    return tuple(dict.fromkeys(value for value in values if math.isfinite(value)))


def _grade_single(item, answer):
    if answer is None:
        return Result("unanswered", None, [])
    option = item.option[answer]
    if not item.graded:
        return _kept(item, [Note(f"option:{answer}", None, option.feedback)] if option.feedback else [])
    note = Note(f"option:{answer}", option.key, option.feedback)
    return Result("right" if option.key else "not_yet", float(option.key), [note, *_explained(item)])


def _grade_multiple(item, answer):
    if not answer:
        return Result("unanswered", None, [])
    if not item.graded:
        notes = [Note(f"option:{place}", None, item.option[place].feedback) for place in answer]
        return _kept(item, [note for note in notes if note.text])
    keys = {place for place, option in enumerate(item.option) if option.key}
    ticked = set(answer)
    # Where every option is right there is nothing to lose by ticking.
    wrong = max(1, len(item.option) - len(keys))
    score = len(ticked & keys) / len(keys) - len(ticked - keys) / wrong
    notes = [Note(f"option:{place}", place in keys, item.option[place].feedback) for place in sorted(ticked)]
    if missing := len(keys - ticked):
        notes.append(_said(say("grading.more", n=missing)))
    state = "right" if ticked == keys else "not_yet"
    return Result(state, max(0.0, score), [*notes, *_explained(item)])


def _grade_number(item, answer):
    if not answer:
        return Result("unanswered", None, [])
    values = parse_numbers(answer)
    if not values:
        return Result("unanswered", None, [_said(say("grading.no_number", typed=_typed(answer)))])
    if item.bounds and not any(item.bounds[0] <= value <= item.bounds[1] for value in values):
        low, high = (f"{bound:g}" for bound in item.bounds)
        told = say("grading.outside", typed=_typed(answer), low=low, high=high)
        return Result("unanswered", None, [_said(told)])
    if not item.graded:
        return _kept(item, [])
    if any(within_tolerance(value, item.answer, item.tolerance) for value in values):
        return Result("right", 1.0, [Note("item", True, item.feedback), *_explained(item)])
    for other in item.also:
        if any(within_tolerance(value, other.value, other.tolerance) for value in values):
            return Result("right", 1.0, [Note("item", True, other.feedback), *_explained(item)])
    for mistake in item.mistake:
        if any(within_tolerance(value, mistake.value, mistake.tolerance) for value in values):
            return Result("not_yet", 0.0, [Note("item", False, mistake.feedback), *_explained(item)])
    return Result("not_yet", 0.0, [Note("item", False, item.otherwise), *_explained(item)])


def _grade_word(item, answer):
    if not answer:
        return Result("unanswered", None, [])
    # The likest of those that are like enough; of two alike the right one.
    close = [(_likeness(answer, one), one.key, -at) for at, one in enumerate(item.answer)]
    close = [found for found in close if found[0] >= item.answer[-found[2]].similar]
    if not close:
        return Result("not_yet", 0.0, [Note("item", False, item.otherwise), *_explained(item)])
    one = item.answer[-max(close)[2]]
    note = Note("item", one.key, one.feedback)
    return Result("right" if one.key else "not_yet", float(one.key), [note, *_explained(item)])


def _likeness(typed, one):
    import difflib  # rarely needed

    texts = (typed, one.text) if one.match_case else (typed.casefold(), one.text.casefold())
    return difflib.SequenceMatcher(None, *texts).ratio()


def _grade_grid(item, answer):
    keys = [row.key for row in item.row]
    notes = [
        "" if chosen is None else row.instead.get(item.choices[chosen], row.feedback)
        for row, chosen in zip(item.row, answer, strict=True)
    ]
    return _grade_rows(item, answer, keys, notes)


def _grade_match(item, answer):
    return _grade_rows(
        item, answer, [pair.match for pair in item.pair], [pair.feedback for pair in item.pair]
    )


def _grade_rows(item, answer, keys, texts):
    left = sum(one is None for one in answer)
    if left == len(answer):
        return Result("unanswered", None, [])
    notes = [_said(say("grading.rows_open", n=left, total=len(answer)))] if left else []
    if not item.graded:
        return _kept(item, notes)
    right = 0
    for place, (key, chosen, text) in enumerate(zip(keys, answer, texts, strict=True)):
        if chosen is not None:
            hit = item.choices[chosen] == key
            right += hit
            notes.append(Note(f"row:{place}", hit, text))
    state = "right" if right == len(answer) else "not_yet"
    return Result(state, right / len(answer), [*notes, *_explained(item)])


def _grade_matrix(item, answer):
    cells = [cell for row in answer for cell in row]
    left = sum(cell is None for cell in cells)
    if left == len(cells):
        return Result("unanswered", None, [])
    notes = [_said(say("grading.cells_open", n=left, total=len(cells)))] if left else []
    if not item.graded:
        return _kept(item, notes)
    right = 0
    for place, (row, chosen) in enumerate(zip(item.row, answer, strict=True)):
        hits = sum(
            cell is not None and item.choices[cell] == key for key, cell in zip(row.key, chosen, strict=True)
        )
        right += hits
        if any(cell is not None for cell in chosen):
            said = say("grading.cells_agree", right=hits, n=len(chosen))
            notes.append(Note(f"row:{place}", hits == len(chosen), row.feedback, said))
    state = "right" if right == len(cells) else "not_yet"
    return Result(state, right / len(cells), [*notes, *_explained(item)])


def _grade_order(item, answer):
    if answer is None:
        return Result("unanswered", None, [_said(say("grading.not_moved"))])
    order = [item.shuffled[place] for place in answer]
    pairs = list(itertools.combinations(order, 2))
    tau = 1 - 2 * sum(first > second for first, second in pairs) / len(pairs)
    notes = [
        Note(f"step:{place}", True, item.step[order[at]].feedback)
        for at, place in enumerate(answer)
        if order[at] == at
    ]
    away = sum(order[at] != at for at in range(len(order)))
    if away:
        notes.append(_said(say("grading.misplaced", n=away, total=len(order))))
    return Result("not_yet" if away else "right", max(0.0, tau), [*notes, *_explained(item)])


def _grade_probability(item, answer):
    if answer is None:
        return Result("unanswered", None, [_said(say("grading.no_probability"))])
    told = say("grading.lodged", percent=f"{answer:g}", day=long_date(item.resolves))
    return _kept(item, [_said(told)])


def _grade_text(item, answer):
    words = len(answer.split())
    if words < item.minimum:
        told = say("grading.too_short", words=words, n=item.minimum)
        return Result("unanswered", None, [_said(told)] if words else [])
    rubric = "\n".join(f"- {line}" for line in item.rubric)
    notes = [Note("item", None, item.model, say("grading.model"))]
    if item.other:
        notes.append(Note("item", None, item.other, say("grading.other_model")))
    if rubric:
        notes.append(Note("item", None, rubric, say("grading.rubric")))
    return _kept(item, notes)


def _kept(item, notes):
    return Result("kept", None, [*notes, *_explained(item)])


def _said(told):
    return Note("item", None, said=told)


def _typed(answer):
    return isolate(html.escape(answer[:40]))


def _explained(item):
    return [Note("item", None, item.explain)] if item.explain else []


def within_tolerance(value, wanted, tolerance):
    """Tell whether a number counts as the wanted one."""
    # A hair of slack, since 0.1 + 0.2 is not 0.3 in floating point.
    return abs(value - wanted) <= tolerance + 1e-9 * max(1.0, abs(wanted))


_RULES = {
    Single: _grade_single,
    Multiple: _grade_multiple,
    Number: _grade_number,
    Word: _grade_word,
    Grid: _grade_grid,
    Matrix: _grade_matrix,
    Match: _grade_match,
    Order: _grade_order,
    Probability: _grade_probability,
    Text: _grade_text,
}
