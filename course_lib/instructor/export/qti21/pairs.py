"""Questions that pair rows with choices, in QTI 2.1: grids, matrices, and what is to be matched."""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import SubElement

from markupsafe import Markup

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.keys import cell_keys, pair_keys, row_keys
from course_lib.instructor.export.qti21.elements import (
    add_condition,
    add_outcome,
    add_text,
    add_value,
    add_variable,
    map_response,
)
from course_lib.instructor.export.qti21.item_parts import NOT_GRADED, QtiParts


class _Cell(NamedTuple):
    """A row, or with `choice` one choice of it, as feedback is told for it."""

    row: int
    choice: int | None = None

    @property
    def name(self) -> str:
        return f"R{self.row}" if self.choice is None else f"R{self.row}-C{self.choice}"


def add_grid(parts: QtiParts, question: ExportedQuestion, item: items.Grid) -> None:
    """Add a field in which each row of a grid gets one of the choices.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Grid
        What it asks.
    """
    notes = {}
    for place, row in enumerate(item.row):
        if row.feedback:
            notes[_Cell(place)] = question.html(row.feedback, "row.feedback")
        for choice, feedback in row.instead.items():
            notes[_Cell(place, item.choices.index(choice))] = question.html(feedback, "row.instead")
    rows = [question.line(row.text, "row.text") for row in item.row]
    choices = [question.line(choice, "choices") for choice in item.choices]
    if not item.graded:
        question.note_change("row.key", NOT_GRADED)
    _add_pairs(parts, rows, choices, [key for key in row_keys(item) if key is not None], notes)


def add_match(parts: QtiParts, question: ExportedQuestion, item: items.Match) -> None:
    """Add a field in which each thing gets one of the choices.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which renders.
    item : Match
        What it asks.
    """
    notes = {
        _Cell(place): question.html(pair.feedback, "pair.feedback") for place, pair in enumerate(item.pair)
    }
    rows = [question.line(pair.text, "pair.text") for pair in item.pair]
    choices = [question.line(choice, "pair.match") for choice in item.choices]
    _add_pairs(parts, rows, choices, pair_keys(item), notes)


def add_matrix(parts: QtiParts, question: ExportedQuestion, item: items.Matrix) -> None:
    """Add a field for each row of a matrix, in which each column gets one of the choices.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Matrix
        What it asks.
    """
    heads = [question.line(column, "columns") for column in item.columns]
    choices = [question.line(choice, "choices") for choice in item.choices]
    names = [f"RESPONSE{place}" for place in range(len(item.row))]
    cells = len(item.row) * len(item.columns)
    for name, row, keys in zip(names, item.row, cell_keys(item), strict=True):
        correct = [f"R{column} C{key}" for column, key in enumerate(keys) if key is not None]
        parts.add_response("multiple", "directedPair", correct, dict.fromkeys(correct, 1 / cells), name)
        _add_table(parts, name, heads, choices, question.line(row.text, "row.text"))
    then = parts.add_answered(*names)
    if item.graded:
        total = SubElement(add_outcome(then, "SCORE"), "sum")
        for name in names:
            map_response(total, name)
    else:
        question.note_change("row.key", NOT_GRADED)
    for place, (name, row) in enumerate(zip(names, item.row, strict=True)):
        if row.feedback:
            case = add_condition(then)
            add_variable(SubElement(SubElement(case, "not"), "isNull"), name)
            parts.show(case, f"SHOW{place}", f"R{place}")
            parts.add_feedback(f"SHOW{place}", f"R{place}", question.html(row.feedback, "row.feedback"))


def _add_table(
    parts: QtiParts,
    name: str,
    rows: Sequence[Markup],
    choices: Sequence[Markup],
    prompt: Markup | None = None,
) -> None:
    """Add a field in which each row gets one of the choices."""
    field = SubElement(
        parts.body,
        "matchInteraction",
        responseIdentifier=name,
        shuffle="false",
        maxAssociations=str(len(rows)),
    )
    if prompt:
        add_text(field, "prompt", prompt)
    for texts, letter, most in ((rows, "R", 1), (choices, "C", len(rows))):
        matches = SubElement(field, "simpleMatchSet")
        for place, text in enumerate(texts):
            add_text(
                matches, "simpleAssociableChoice", text, identifier=f"{letter}{place}", matchMax=str(most)
            )


def _add_pairs(
    parts: QtiParts,
    rows: Sequence[Markup],
    choices: Sequence[Markup],
    keys: Sequence[int],
    notes: Mapping[_Cell, Markup],
) -> None:
    """Ask one choice for each row: `keys` the place of the right one; a cell's feedback before its row's."""
    correct = [f"R{row} C{key}" for row, key in enumerate(keys)]
    parts.add_response("multiple", "directedPair", correct, dict.fromkeys(correct, 1 / len(rows)))
    _add_table(parts, "RESPONSE", rows, choices)
    then = parts.add_answered("RESPONSE")
    if keys:
        map_response(add_outcome(then, "SCORE"), "RESPONSE")
    for row, choice in itertools.product(range(len(rows)), range(len(choices))):
        cell = next((cell for cell in (_Cell(row, choice), _Cell(row)) if cell in notes), None)
        if cell:
            case = add_condition(then)
            member = SubElement(case, "member")
            add_value(member, "directedPair", f"R{row} C{choice}")
            add_variable(member, "RESPONSE")
            parts.show(case, f"SHOW{row}", cell.name)
    for cell, html in notes.items():
        parts.add_feedback(f"SHOW{cell.row}", cell.name, html)
