"""Questions whose answer is typed, in Canvas: numbers, words, forecasts and texts."""

from markupsafe import Markup

from course_lib import items
from course_lib.instructor.export.canvas.elements import (
    blank_field,
    bound_conditions,
    equal_condition,
    near_condition,
    rule_element,
)
from course_lib.instructor.export.canvas.item_parts import NOT_GRADED, WRONG, CanvasParts
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.texts import decimal_text, list_html, text_html

_ESSAY, _NUMERICAL = "essay_question", "numerical_question"


def add_number(parts: CanvasParts, question: ExportedQuestion, item: items.Number) -> str:
    """Add a field for a number, and the right ones; wrong ones that are known stand in one feedback.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Number
        What it asks.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    if item.answer is None:
        question.note_change("answer", NOT_GRADED)
        if item.bounds:
            low, high = item.bounds
            _add_any_number(parts, low, high)
            return _NUMERICAL
        parts.fields.append(blank_field())
        parts.rules.append(rule_element())
        question.note_change("type", "an essay, since Canvas has no number without an answer")
        return _ESSAY
    parts.fields.append(blank_field(decimals=True))
    if item.bounds:
        question.note_change("bounds", "they are told in the stem; a number outside them counts as wrong")
    right = [(item.answer, item.tolerance, item.feedback)]
    right += [(other.value, other.tolerance, other.feedback) for other in item.also]
    for place, (value, tolerance, text) in enumerate(right):
        name = str(1001 + place)
        parts.answers.append(name)
        feedback = parts.add_feedback(name, question.html(text, "feedback"))
        parts.rules.append(rule_element([near_condition(value, tolerance)], score=100, feedback=feedback))
    wrong = question.html(item.otherwise, "otherwise")
    if item.mistake:
        wrong += list_html(
            Markup("If you came to {}: {}").format(
                decimal_text(mistake.value), question.line(mistake.feedback, "mistake.feedback")
            )
            for mistake in item.mistake
        )
        question.note_change("mistake", WRONG)
    parts.add_wrong_feedback(wrong)
    return _NUMERICAL


def add_probability(parts: CanvasParts, question: ExportedQuestion) -> str:
    """Add a field for a forecast, which is kept, not graded.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which notes losses.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    _add_any_number(parts, 0, 100)
    question.note_change("type", f"a number from 0 to 100, which is not locked; {NOT_GRADED}")
    return _NUMERICAL


def _add_any_number(parts: CanvasParts, low: float, high: float) -> None:
    parts.fields.append(blank_field(decimals=True))
    parts.answers.append("1001")
    parts.rules.append(rule_element(bound_conditions(low, high), score=100))


def add_word(parts: CanvasParts, question: ExportedQuestion, item: items.Word) -> str:
    """Add a field for a word, and the right ones; wrong ones that are known stand in one feedback.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Word
        What it asks.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    parts.fields.append(blank_field())
    wrong = question.html(item.otherwise, "otherwise")
    lines = []
    for place, answer in enumerate(item.answer):
        text = question.literal(answer.text, "answer.text")
        if answer.similar < 1:
            question.note_omission("answer.similar", "Canvas compares letter by letter, without likeness")
        if answer.match_case:
            question.note_omission("answer.match_case", "Canvas never minds capitals")
        if answer.key:
            name = str(1001 + place)
            parts.answers.append(name)
            feedback = parts.add_feedback(name, question.html(answer.feedback, "answer.feedback"))
            parts.rules.append(rule_element([equal_condition(text)], score=100, feedback=feedback))
        else:
            lines.append(
                Markup("If you wrote “{}”: {}").format(
                    text_html(text), question.line(answer.feedback, "answer.feedback")
                )
            )
    if lines:
        wrong += list_html(lines)
        question.note_change("answer.feedback", WRONG)
    parts.add_wrong_feedback(wrong)
    return "short_answer_question"


def add_essay(parts: CanvasParts, question: ExportedQuestion) -> str:
    """Add a field for a text, which somebody has to grade.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which notes losses.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    parts.fields.append(blank_field())
    parts.rules.append(rule_element())
    question.note_essay()
    question.note_change(
        "model", "model answer and rubric stand in the general feedback; Canvas keeps rubrics elsewhere"
    )
    question.note_omission("lines", "Canvas does not say how high a field is")
    return _ESSAY
