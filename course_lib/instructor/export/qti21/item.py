"""One question of a package of QTI 2.1: what it shows, and the rules that give it a score."""

from xml.etree.ElementTree import Element

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.qti21.choices import add_choices
from course_lib.instructor.export.qti21.elements import div_element
from course_lib.instructor.export.qti21.entries import add_essay, add_number, add_probability, add_word
from course_lib.instructor.export.qti21.item_parts import GENERAL, QtiParts
from course_lib.instructor.export.qti21.orders import add_order
from course_lib.instructor.export.qti21.pairs import add_grid, add_match, add_matrix
from course_lib.instructor.export.shared_texts import general_feedback, stem_html


def item_element(question: ExportedQuestion, name: str) -> Element:
    """Return a question as an element.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders and notes losses.
    name : str
        Its identifier.

    Returns
    -------
    Element
        The whole item.
    """
    parts = QtiParts()
    if exhibits := question.exhibits_html(lambda figure: f"../images/{figure.name}"):
        parts.body.append(div_element(exhibits, "figure"))
    parts.body.append(div_element(stem_html(question), "stem"))
    _add_interaction(parts, question)
    parts.add_feedback(GENERAL, GENERAL, general_feedback(question))
    _note_losses(question)
    return parts.element(name, question.name, question.points)


def _add_interaction(parts: QtiParts, question: ExportedQuestion) -> None:
    match question.item:
        case items.Single() | items.Multiple() as item:
            add_choices(parts, question, item)
        case items.Number() as item:
            add_number(parts, question, item)
        case items.Word() as item:
            add_word(parts, question, item)
        case items.Grid() as item:
            add_grid(parts, question, item)
        case items.Matrix() as item:
            add_matrix(parts, question, item)
        case items.Match() as item:
            add_match(parts, question, item)
        case items.Order() as item:
            add_order(parts, question, item)
        case items.Probability():
            add_probability(parts, question)
        case items.Text() as item:
            add_essay(parts, question, item)


def _note_losses(question: ExportedQuestion) -> None:
    item = question.item
    if item.hints:
        question.note_omission(
            "hints", "QTI 2.1 gives hints in adaptive questions only, which few systems run"
        )
    if item.confidence:
        question.note_omission("confidence", "QTI 2.1 cannot ask how sure somebody is beside an answer")
    question.note_references()
    if isinstance(item, items.Number) and item.bounds:
        wrong = "counts as wrong" if item.graded else "is taken"
        question.note_change("bounds", f"they are told in the stem; a number outside them {wrong}")
