"""What each type of question becomes in GIFT."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.feedback_lists import (
    cell_feedback,
    pair_feedback,
    row_feedback,
    step_feedback,
)
from course_lib.instructor.export.gift.escapes import answer_part, escape, feedback_part, pair_line
from course_lib.instructor.export.keys import cell_keys, row_keys
from course_lib.instructor.export.texts import decimal_text, list_html, text_html
from course_lib.instructor.export.typed_cases import note_kept_number, number_cases, ordered_words

_NO_POINTS = (
    "GIFT gives every question one point; set it to 0, since the course keeps this one and does not grade it"
)
_GENERAL = "GIFT has no feedback for a pair; it stands in the general feedback"
_NOTHING = Markup("")


@dataclass(frozen=True)
class GiftBody:
    """What a type of question becomes.

    Attributes
    ----------
    lines : sequence of str
        What stands in the braces.
    general : Markup
        Feedback that has no place of its own.
    after : Markup
        What stands after the stem.
    numeric : bool
        Whether the lines are numbers.
    """

    lines: Sequence[str] = ()
    general: Markup = _NOTHING
    after: Markup = _NOTHING
    numeric: bool = False


def question_body(question: ExportedQuestion) -> GiftBody:
    """Return what a question becomes in GIFT.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders and notes losses.

    Returns
    -------
    GiftBody
        By its type.
    """
    match question.item:
        case items.Single() as item:
            return _single(question, item)
        case items.Multiple() as item:
            return _multiple(question, item)
        case items.Number() as item:
            return _number(question, item)
        case items.Word() as item:
            return _word(question, item)
        case items.Grid() as item:
            return _grid(question, item)
        case items.Matrix() as item:
            return _matrix(question, item)
        case items.Match() as item:
            return _match(question, item)
        case items.Order() as item:
            return _order(question, item)
        case items.Probability():
            return _probability(question)
        case items.Text():
            return GiftBody()


def _single(question: ExportedQuestion, item: items.Single) -> GiftBody:
    first = next((place for place, option in enumerate(item.option) if option.key), 0)
    signs = []
    for place, option in enumerate(item.option):
        # One equals sign makes it a choice of one; full weight makes a further option right.
        right = option.key or not item.graded
        signs.append(("=" if place == first else "~%100%") if right else "~")
    return _choices(question, item, signs)


def _multiple(question: ExportedQuestion, item: items.Multiple) -> GiftBody:
    keys = sum(option.key for option in item.option)
    wrong = max(1, len(item.option) - keys)
    signs = []
    for option in item.option:
        share = 100 / len(item.option)
        if item.graded:
            share = 100 / keys if option.key else -100 / wrong
        signs.append(f"~%{decimal_text(round(share, 5))}%")
    return _choices(question, item, signs)


def _choices(
    question: ExportedQuestion, item: items.Single | items.Multiple, signs: Sequence[str]
) -> GiftBody:
    lines = []
    for option, sign in zip(item.option, signs, strict=True):
        text = answer_part(question.line(option.text, "option.text"))
        feedback = question.html(option.feedback, "feedback") if option.feedback else _NOTHING
        lines.append(f"{sign}{text}{feedback_part(feedback)}")
    if not item.graded:
        question.note_change("survey", _NO_POINTS)
    return GiftBody(lines)


def _number(question: ExportedQuestion, item: items.Number) -> GiftBody:
    if item.answer is None:
        note_kept_number(question, item, _NO_POINTS)
        if item.bounds:
            low, high = item.bounds
            return _between(low, high)
        question.note_change("type", "an essay, since GIFT has no number without an answer")
        return GiftBody()
    if item.bounds:
        question.note_change("bounds", "they are told in the stem; a number outside them counts as wrong")
    lines = [
        f"=%{100 if case.key else 0}%{decimal_text(case.value)}:{decimal_text(case.tolerance)}"
        f"{feedback_part(question.html(case.feedback, 'feedback'))}"
        for case in number_cases(question, item)
    ]
    lines.append(f"~{feedback_part(question.html(item.otherwise, 'otherwise'))}")
    return GiftBody(lines, numeric=True)


def _between(low: float, high: float) -> GiftBody:
    middle, half = decimal_text((low + high) / 2), decimal_text((high - low) / 2)
    wrong = f"~#Give a number from {decimal_text(low)} to {decimal_text(high)}."
    return GiftBody([f"=%100%{middle}:{half}", wrong], numeric=True)


def _probability(question: ExportedQuestion) -> GiftBody:
    question.note_change("type", f"a number from 0 to 100, which is not locked; {_NO_POINTS}")
    return _between(0, 100)


def _word(question: ExportedQuestion, item: items.Word) -> GiftBody:
    lines = []
    if not item.graded:
        question.note_change("survey", _NO_POINTS)
    for answer in ordered_words(question, item):
        if answer.similar < 1:
            question.note_omission("answer.similar", "GIFT compares letter by letter, without likeness")
        if answer.match_case:
            question.note_omission("answer.match_case", "GIFT does not say whether capitals matter")
        text = escape(question.literal(answer.text, "answer.text").replace("*", "\\*"))
        feedback = feedback_part(question.html(answer.feedback, "answer.feedback"))
        lines.append(f"=%{100 if answer.key else 0}%{text}{feedback}")
    lines.append(f"=%0%*{feedback_part(question.html(item.otherwise, 'otherwise'))}")
    return GiftBody(lines)


def _match(question: ExportedQuestion, item: items.Match) -> GiftBody:
    lines = [
        pair_line(question.line(pair.text, "pair.text"), question.words(pair.match, "pair.match"))
        for pair in item.pair
    ]
    lines += [pair_line(_NOTHING, question.words(extra, "extra")) for extra in item.extra]
    question.note_change("pair.feedback", _GENERAL)
    return GiftBody(lines, general=pair_feedback(question, item))


def _grid(question: ExportedQuestion, item: items.Grid) -> GiftBody:
    question.note_references()
    texts = [question.line(row.text, "row.text") for row in item.row]
    choices = [question.words(choice, "choices") for choice in item.choices]
    if not item.graded:
        return _open_rows(question, texts, choices)
    lines = _keyed_lines(texts, choices, row_keys(item))
    question.note_change("type", "pairs; a row is a pair, and the share of rows counts as in the course")
    question.note_change("row.feedback", _GENERAL)
    return GiftBody(lines, general=row_feedback(question, item))


def _matrix(question: ExportedQuestion, item: items.Matrix) -> GiftBody:
    question.note_references()
    heads = [question.line(column, "columns") for column in item.columns]
    rows = [question.line(row.text, "row.text") for row in item.row]
    texts = [Markup("{} – {}").format(row, head) for row in rows for head in heads]
    choices = [question.words(choice, "choices") for choice in item.choices]
    if not item.graded:
        return _open_rows(question, texts, choices)
    lines = _keyed_lines(texts, choices, [key for row in cell_keys(item) for key in row])
    question.note_change("type", "pairs; a cell is a pair, and the share of cells counts as in the course")
    question.note_change("row.feedback", _GENERAL)
    return GiftBody(lines, general=cell_feedback(question, item))


def _keyed_lines(texts: Sequence[Markup], choices: Sequence[str], keys: Sequence[int | None]) -> list[str]:
    """Return pairs of a text and the choice that is right for it, then the choices that belong to none."""
    lines = [pair_line(text, choices[key]) for text, key in zip(texts, keys, strict=True) if key is not None]
    lines += [pair_line(_NOTHING, choice) for place, choice in enumerate(choices) if place not in keys]
    return lines


def _open_rows(question: ExportedQuestion, rows: Sequence[Markup], choices: Sequence[str]) -> GiftBody:
    """Return an essay, for rows that have no key, and what the rows and choices are."""
    question.note_change(
        "type", "an essay, since pairs need a key and the course has none here; set it to 0 points"
    )
    names = Markup(", ").join(text_html(choice) for choice in choices)
    after = Markup("<p>One of these for each: {}.</p>{}").format(names, list_html(rows))
    return GiftBody(after=after)


def _order(question: ExportedQuestion, item: items.Order) -> GiftBody:
    lines = [
        pair_line(question.line(item.step[place].text, "step.text"), f"{place + 1}.")
        for place in item.shuffled
    ]
    question.note_change("type", "pairs of a step and its place, since GIFT has no order")
    question.note_change(
        "score", "the share of steps in their right place; the course counts pairs in right order instead"
    )
    question.note_change("step.feedback", _GENERAL)
    return GiftBody(lines, general=step_feedback(question, item))
