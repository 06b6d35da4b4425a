"""Questions with options in QTI 2.1."""

from xml.etree.ElementTree import SubElement

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.qti21.elements import add_outcome, add_text, add_variable, map_response
from course_lib.instructor.export.qti21.item_parts import FEEDBACK, NOT_GRADED, QtiParts


def add_choices(parts: QtiParts, question: ExportedQuestion, item: items.Single | items.Multiple) -> None:
    """Add the options, one or several of which are to be chosen, with the feedback of each.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Single or Multiple
        What it asks.
    """
    single = isinstance(item, items.Single)
    cardinality = "single" if single else "multiple"
    keys = [f"C{place}" for place, option in enumerate(item.option) if option.key]
    parts.add_response(cardinality, "identifier", keys[:1] if single else keys, _shares(item))
    field = SubElement(
        parts.body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="false",
        maxChoices="1" if single else "0",
    )
    for place, option in enumerate(item.option):
        name = f"C{place}"
        add_text(field, "simpleChoice", question.line(option.text, "option.text"), identifier=name)
        if option.feedback:
            parts.add_feedback(FEEDBACK, name, question.html(option.feedback, "feedback"))
    then = parts.add_answered("RESPONSE")
    if item.graded:
        map_response(add_outcome(then, "SCORE"), "RESPONSE")
    else:
        question.note_change("survey", NOT_GRADED)
    # The feedback of an option has its name, so the response itself shows it.
    parts.feedback_outcomes[FEEDBACK] = cardinality
    add_variable(add_outcome(then, FEEDBACK), "RESPONSE")


def _shares(item: items.Single | items.Multiple) -> dict[str, float]:
    """Return what each option is worth, of a score from 0 to 1; nothing where the question is not graded."""
    if not item.graded:
        return {}
    keys = sum(option.key for option in item.option)
    right, wrong = (
        (1.0, 0.0) if isinstance(item, items.Single) else (1 / keys, -1 / max(1, len(item.option) - keys))
    )
    return {f"C{place}": right if option.key else wrong for place, option in enumerate(item.option)}
