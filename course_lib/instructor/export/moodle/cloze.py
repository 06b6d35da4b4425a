"""Grids and matrices as questions with embedded answers (Cloze), a gap for each cell."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.texts import text_html


def grid_table(question: ExportedQuestion, item: items.Grid) -> Markup:
    """Return the rows of a grid as a table with a gap in each.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Grid
        What it asks.

    Returns
    -------
    Markup
        The table.
    """
    choices = [question.words(choice, "choices") for choice in item.choices]
    rows = []
    for row in item.row:
        notes = [
            (
                question.line(row.instead.get(choice, row.feedback), "row.feedback"),
                row.key in (choice, None),
            )
            for choice in item.choices
        ]
        text = question.line(row.text, "row.text")
        rows.append(Markup("<tr><td>{}</td><td>{}</td></tr>").format(text, _gap(choices, notes)))
    _note_cloze(question)
    return Markup("<table><tbody>{}</tbody></table>").format(Markup("").join(rows))


def matrix_table(question: ExportedQuestion, item: items.Matrix) -> Markup:
    """Return the rows of a matrix as a table with a gap under each column.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Matrix
        What it asks.

    Returns
    -------
    Markup
        The table.
    """
    choices = [question.words(choice, "choices") for choice in item.choices]
    heads = [Markup("<th>{}</th>").format(question.line(column, "columns")) for column in item.columns]
    rows = []
    for row in item.row:
        note = question.line(row.feedback, "row.feedback")
        keys: Sequence[str | None] = row.key or [None] * len(item.columns)
        cells = [
            Markup("<td>{}</td>").format(
                _gap(choices, [(note, key in (choice, None)) for choice in item.choices])
            )
            for key in keys
        ]
        text = question.line(row.text, "row.text")
        rows.append(Markup("<tr><td>{}</td>{}</tr>").format(text, Markup("").join(cells)))
    _note_cloze(question)
    return Markup("<table><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>").format(
        Markup("").join(heads), Markup("").join(rows)
    )


def _note_cloze(question: ExportedQuestion) -> None:
    question.note_references()
    if question.item.graded:
        question.note_change(
            "type", "embedded answers (Cloze), worth a point for each part; the share is the course's"
        )
    else:
        question.note_change(
            "type", "embedded answers (Cloze); it is kept, not graded, so every answer is right"
        )


def _gap(choices: Sequence[str], notes: Iterable[tuple[Markup, bool]]) -> Markup:
    """Return a gap for one of the choices: for each its feedback, and whether it is right."""
    alternatives = [
        Markup("{}{}#{}").format("=" if right else "", _embed(text_html(choice)), _embed(feedback))
        for choice, (feedback, right) in zip(choices, notes, strict=True)
    ]
    return Markup("{{1:MULTICHOICE:{}}}").format(Markup("~").join(alternatives))


def _embed(html: Markup) -> Markup:
    """Return HTML as it can stand in an embedded answer: what Moodle undoes when it takes it out.

    Entities are doubled, since Moodle resolves them once; what has a meaning there becomes an entity.
    """
    doubled = " ".join(str(html).replace("&", "&amp;").split())
    embedded = re.sub(r"[\\~#{}%=]", lambda sign: f"&#{ord(sign.group())};", doubled)
    return Markup(embedded)  # noqa: S704 - HTML before, and nothing but entities was put in
