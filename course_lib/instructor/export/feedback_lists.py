"""What a question says to its parts, as one list: for formats that have no place for it beside each part."""

from markupsafe import Markup

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.texts import list_html

_KEYED = Markup("{}: <strong>{}</strong>. {}")


def pair_feedback(question: ExportedQuestion, item: items.Match) -> Markup:
    """Return the feedback of all pairs as one list.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders.
    item : Match
        What it asks.

    Returns
    -------
    Markup
        The list.
    """
    return list_html(
        _KEYED.format(
            question.line(pair.text, "pair.text"),
            question.line(pair.match, "pair.match"),
            question.line(pair.feedback, "pair.feedback"),
        )
        for pair in item.pair
    )


def step_feedback(question: ExportedQuestion, item: items.Order) -> Markup:
    """Return the feedback of all steps as one numbered list.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders.
    item : Order
        What it asks.

    Returns
    -------
    Markup
        The list.
    """
    return list_html(
        (
            Markup("{}: {}").format(
                question.line(step.text, "step.text"), question.line(step.feedback, "step.feedback")
            )
            for step in item.step
        ),
        ordered=True,
    )


def row_feedback(question: ExportedQuestion, item: items.Grid) -> Markup:
    """Return the feedback of all rows of a grid as one list, that for particular wrong choices under each.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders.
    item : Grid
        What it asks; its rows have keys.

    Returns
    -------
    Markup
        The list.
    """
    entries = []
    for row in item.row:
        text, key = question.line(row.text, "row.text"), question.line(row.key or "", "row.key")
        wrong = [
            Markup("If you chose {}: {}").format(
                question.line(choice, "choices"), question.line(feedback, "row.instead")
            )
            for choice, feedback in row.instead.items()
        ]
        entry = _KEYED.format(text, key, question.line(row.feedback, "row.feedback"))
        entries.append(entry + list_html(wrong) if wrong else entry)
    return list_html(entries)


def cell_feedback(question: ExportedQuestion, item: items.Matrix) -> Markup:
    """Return key and feedback of all rows of a matrix as one list.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders.
    item : Matrix
        What it asks; its rows have keys.

    Returns
    -------
    Markup
        The list.
    """
    return list_html(
        _KEYED.format(
            question.line(row.text, "row.text"),
            Markup(", ").join(question.line(key, "row.key") for key in row.key),
            question.line(row.feedback, "row.feedback"),
        )
        for row in item.row
    )
