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
from course_lib.instructor.export.typed_cases import NumberCase, note_kept_number, number_cases, ordered_words

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
        note_kept_number(question, item, NOT_GRADED)
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
    cases = number_cases(question, item)
    for place, case in enumerate(case for case in cases if case.key):
        name = str(1001 + place)
        parts.answers.append(name)
        feedback = parts.add_feedback(name, question.html(case.feedback, "feedback"))
        near = [near_condition(case.value, case.tolerance)]
        parts.rules.append(rule_element(near, score=100, feedback=feedback))
    wrong = question.html(item.otherwise, "otherwise")
    mistakes = [case for case in cases if not case.key]
    if mistakes:
        wrong += list_html(
            Markup("If you came to {}: {}").format(
                _number_words(case), question.line(case.feedback, "mistake.feedback")
            )
            for case in mistakes
        )
        question.note_change("rule.feedback" if item.rule else "mistake", WRONG)
    parts.add_wrong_feedback(wrong)
    return _NUMERICAL


def _number_words(case: NumberCase) -> str:
    low, high = case.value - case.tolerance, case.value + case.tolerance
    # A known mistake is one number, though what lies near it counts too.
    if not case.is_range:
        return decimal_text(case.value)
    return f"a number from {decimal_text(round(low, 6))} to {decimal_text(round(high, 6))}"


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
    if not item.graded:
        question.note_change("survey", NOT_GRADED)
    for place, answer in enumerate(ordered_words(question, item)):
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
