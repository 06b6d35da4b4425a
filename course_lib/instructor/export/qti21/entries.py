"""Questions whose answer is typed, in QTI 2.1: numbers, words, forecasts and texts."""

from xml.etree.ElementTree import Element, SubElement

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.qti21.elements import add_value, add_variable, fill, set_outcome
from course_lib.instructor.export.qti21.item_parts import (
    FEEDBACK,
    NOT_GRADED,
    OTHERWISE,
    RIGHT,
    QtiParts,
)
from course_lib.instructor.export.shared_texts import model_answers
from course_lib.instructor.export.texts import decimal_text
from course_lib.instructor.export.typed_cases import NumberCase, note_kept_number, number_cases, ordered_words


def add_number(parts: QtiParts, question: ExportedQuestion, item: items.Number) -> None:
    """Add a field for a number, the right ones, and the wrong ones that are known.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Number
        What it asks.
    """
    parts.add_response("single", "float", [] if item.answer is None else [decimal_text(item.answer)])
    _add_field(parts, 15)
    then = parts.add_answered("RESPONSE")
    if item.answer is None:
        note_kept_number(question, item, NOT_GRADED)
        return
    cases = number_cases(question, item)
    chain = SubElement(then, "responseCondition")
    for place, case in enumerate(cases):
        rules = SubElement(chain, "responseElseIf" if place else "responseIf")
        _compare(rules, case)
        if case.key:
            set_outcome(rules, "SCORE", "float", "1")
        name = (f"ALSO{place}" if place else RIGHT) if case.key else f"MISTAKE{place}"
        parts.show(rules, FEEDBACK, name)
        parts.add_feedback(FEEDBACK, name, question.html(case.feedback, "feedback"))
    parts.show(SubElement(chain, "responseElse"), FEEDBACK, OTHERWISE)
    parts.add_feedback(FEEDBACK, OTHERWISE, question.html(item.otherwise, "otherwise"))


def _compare(parent: Element, case: NumberCase) -> None:
    """Add the expression for a number within a tolerance."""
    value, tolerance = case.value, case.tolerance
    if not tolerance:
        _compare_with(SubElement(parent, "equal", toleranceMode="exact"), value)
        return
    # Two bounds, since not all systems know the tolerance of `equal`; with a hair of slack, as the
    # course has it, since 0.1 + 0.2 is not 0.3 in floating point.
    room = tolerance if case.is_range else tolerance + 1e-9 * max(1.0, abs(value))
    both = SubElement(parent, "and")
    _compare_with(SubElement(both, "gte"), value - room)
    _compare_with(SubElement(both, "lte"), value + room)


def _compare_with(expression: Element, bound: float) -> None:
    add_variable(expression, "RESPONSE")
    add_value(expression, "float", decimal_text(round(bound, 12)))


def add_word(parts: QtiParts, question: ExportedQuestion, item: items.Word) -> None:
    """Add a field for a word, the right ones, and the wrong ones that are known.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Word
        What it asks.
    """
    answers = [
        (question.literal(answer.text, "answer.text"), answer) for answer in ordered_words(question, item)
    ]
    if not item.graded:
        question.note_change("survey", NOT_GRADED)
    parts.add_response("single", "string", [text for text, answer in answers if answer.key][:1])
    _add_field(parts, max(15, *(len(text) for text, _ in answers)))
    chain = SubElement(parts.add_answered("RESPONSE"), "responseCondition")
    # Of two alike the right one counts, so the right ones are asked first.
    right_first = [
        *(pair for pair in answers if pair[1].key or item.in_order),
        *(pair for pair in answers if not (pair[1].key or item.in_order)),
    ]
    for place, (text, answer) in enumerate(right_first):
        if answer.similar < 1:
            question.note_omission("answer.similar", "QTI compares letter by letter, without likeness")
        rules = SubElement(chain, "responseElseIf" if place else "responseIf")
        match = SubElement(rules, "stringMatch", caseSensitive="true" if answer.match_case else "false")
        add_variable(match, "RESPONSE")
        add_value(match, "string", text)
        if answer.key:
            set_outcome(rules, "SCORE", "float", "1")
        name = f"WORD{place}"
        parts.show(rules, FEEDBACK, name)
        parts.add_feedback(FEEDBACK, name, question.html(answer.feedback, "answer.feedback"))
    parts.show(SubElement(chain, "responseElse"), FEEDBACK, OTHERWISE)
    parts.add_feedback(FEEDBACK, OTHERWISE, question.html(item.otherwise, "otherwise"))


def add_probability(parts: QtiParts, question: ExportedQuestion) -> None:
    """Add a field for a forecast, which is kept, not graded.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which notes losses.
    """
    parts.add_response("single", "float")
    _add_field(parts, 6)
    parts.add_answered("RESPONSE")
    question.note_change("type", f"a number, which is not locked; {NOT_GRADED}")


def add_essay(parts: QtiParts, question: ExportedQuestion, item: items.Text) -> None:
    """Add a field for a text, and model answers and rubric for whoever grades it.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Text
        What it asks.
    """
    parts.add_response("single", "string")
    rubric = Element("rubricBlock", view="scorer")
    fill(rubric, model_answers(question, item))
    parts.body.insert(0, rubric)
    SubElement(
        parts.body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines=str(item.lines)
    )
    parts.add_answered("RESPONSE")
    question.note_essay()


def _add_field(parts: QtiParts, length: int) -> None:
    paragraph = SubElement(SubElement(parts.body, "div", {"class": "answer"}), "p")
    SubElement(paragraph, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength=str(length))
