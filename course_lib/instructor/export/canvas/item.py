"""One question of a package for Canvas: its fields, rules and feedback as QTI 1.2 has them.

Canvas computes scores itself, by the type of a question, so where its rule is another than the course's the
report says so.
"""

from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from course_lib import items
from course_lib.instructor.export.canvas.choices import add_multiple, add_single
from course_lib.instructor.export.canvas.elements import add_fields, add_html
from course_lib.instructor.export.canvas.entries import add_essay, add_number, add_probability, add_word
from course_lib.instructor.export.canvas.item_parts import CanvasParts
from course_lib.instructor.export.canvas.menus import add_grid, add_match, add_matrix, add_order
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.shared_texts import general_feedback, stem_html
from course_lib.instructor.export.texts import identifier

# What Canvas puts the address of the course's files for.
_FILES = "$IMS-CC-FILEBASE$"


def item_element(question: ExportedQuestion) -> Element:
    """Return a question as an element.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders and notes losses.

    Returns
    -------
    Element
        The whole item.
    """
    item, parts = question.item, CanvasParts()
    kind = _add_fields(parts, question)
    parts.add_general_feedback(general_feedback(question, parts.general))
    _note_losses(question)
    name = identifier(question.literal(item.id, "id"))
    root = Element("item", ident=name, title=question.name)
    metadata = {
        "question_type": kind,
        "points_possible": str(question.points),
        "original_answer_ids": ",".join(parts.answers),
        "assessment_question_identifierref": f"{identifier(item.id)}-bank",
    }
    add_fields(SubElement(root, "itemmetadata"), metadata)
    presentation = SubElement(root, "presentation")
    exhibits = question.exhibits_html(lambda figure: f"{_FILES}/images/{figure.name}")
    add_html(presentation, Markup("<div>{}{}{}</div>").format(exhibits, stem_html(question), parts.after))
    presentation.extend(parts.fields)
    rules = SubElement(root, "resprocessing")
    SubElement(
        SubElement(rules, "outcomes"),
        "decvar",
        maxvalue="100",
        minvalue="0",
        varname="SCORE",
        vartype="Decimal",
    )
    rules.extend(parts.rules)
    for key, html in parts.feedback.items():
        add_html(SubElement(SubElement(root, "itemfeedback", ident=key), "flow_mat"), html)
    return root


def _add_fields(parts: CanvasParts, question: ExportedQuestion) -> str:
    """Add what a type of question asks; return what Canvas calls the type."""
    match question.item:
        case items.Single() as item:
            return add_single(parts, question, item)
        case items.Multiple() as item:
            return add_multiple(parts, question, item)
        case items.Number() as item:
            return add_number(parts, question, item)
        case items.Word() as item:
            return add_word(parts, question, item)
        case items.Grid() as item:
            return add_grid(parts, question, item)
        case items.Matrix() as item:
            return add_matrix(parts, question, item)
        case items.Match() as item:
            return add_match(parts, question, item)
        case items.Order() as item:
            return add_order(parts, question, item)
        case items.Probability():
            return add_probability(parts, question)
        case items.Text():
            return add_essay(parts, question)


def _note_losses(question: ExportedQuestion) -> None:
    item = question.item
    question.note_omission("objective", "Canvas has no place for it in a question")
    if item.level:
        question.note_omission("level", "Canvas has no place for it in a question")
    if item.hints:
        question.note_omission("hints", "Canvas has none")
    if item.confidence:
        question.note_omission("confidence", "Canvas cannot ask how sure somebody is")
    question.note_references()
