"""Questions with options in Canvas."""

from xml.etree.ElementTree import Element, SubElement

from course_lib import items
from course_lib.instructor.export.canvas.elements import (
    RESPONSE,
    add_html,
    add_label,
    equal_condition,
    rule_element,
)
from course_lib.instructor.export.canvas.item_parts import NOT_GRADED, CanvasParts
from course_lib.instructor.export.exported_question import ExportedQuestion


def add_single(parts: CanvasParts, question: ExportedQuestion, item: items.Single) -> str:
    """Add options, one of which is to be chosen.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Single
        What it asks.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    _add_options(parts, question, item)
    for name, option in zip(parts.answers, item.option, strict=True):
        if option.key or not item.graded:
            parts.rules.append(rule_element([equal_condition(name)], score=100))
    if item.any_key:
        question.note_change(
            "any_key", "several options are right, of which the editor of Canvas marks only one"
        )
    _note_survey(question)
    return "multiple_choice_question"


def add_multiple(parts: CanvasParts, question: ExportedQuestion, item: items.Multiple) -> str:
    """Add options, several of which are to be ticked.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Multiple
        What it asks.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    _add_options(parts, question, item)
    every = Element("and")
    for name, option in zip(parts.answers, item.option, strict=True):
        right = option.key or not item.graded
        (every if right else SubElement(every, "not")).append(equal_condition(name))
    parts.rules.append(rule_element([every], score=100))
    if item.graded:
        question.note_change(
            "score",
            "Canvas takes off for a wrong tick what it gives for a right one, however many there are",
        )
    _note_survey(question)
    return "multiple_answers_question"


def _add_options(parts: CanvasParts, question: ExportedQuestion, item: items.Single | items.Multiple) -> None:
    cardinality = "Single" if isinstance(item, items.Single) else "Multiple"
    field = Element("response_lid", ident=RESPONSE, rcardinality=cardinality)
    options = SubElement(field, "render_choice")
    for place, option in enumerate(item.option):
        name = str(1001 + place)
        parts.answers.append(name)
        add_html(add_label(options, name), question.line(option.text, "option.text"))
        if not option.feedback:
            continue
        if feedback := parts.add_feedback(name, question.html(option.feedback, "feedback")):
            parts.rules.append(rule_element([equal_condition(name)], feedback=feedback))
    parts.fields.append(field)


def _note_survey(question: ExportedQuestion) -> None:
    if not question.item.graded:
        question.note_change("survey", NOT_GRADED)
