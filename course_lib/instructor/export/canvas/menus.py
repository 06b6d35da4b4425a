"""Questions that pair rows with choices, in Canvas: grids, matrices, what is to be matched, and orders."""

from collections.abc import Sequence

from markupsafe import Markup

from course_lib import items
from course_lib.instructor.export.canvas.elements import equal_condition, menu_field, rule_element
from course_lib.instructor.export.canvas.item_parts import GENERAL, NOT_GRADED, CanvasParts
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.feedback_lists import (
    cell_feedback,
    pair_feedback,
    row_feedback,
    step_feedback,
)
from course_lib.instructor.export.keys import cell_keys, pair_keys, row_keys

_DROPDOWNS, _MATCHING = "multiple_dropdowns_question", "matching_question"
_EVERY_CHOICE = f"{NOT_GRADED}, and every choice is right"


def add_grid(parts: CanvasParts, question: ExportedQuestion, item: items.Grid) -> str:
    """Add a table with a menu in each row.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Grid
        What it asks.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    names = [f"row{place}" for place in range(1, len(item.row) + 1)]
    rows = [
        Markup("<tr><td>{}</td><td>[{}]</td></tr>").format(question.line(row.text, "row.text"), name)
        for name, row in zip(names, item.row, strict=True)
    ]
    parts.after = Markup("<table><tbody>{}</tbody></table>").format(Markup("").join(rows))
    choices = [question.words(choice, "choices") for choice in item.choices]
    if item.graded:
        parts.general += row_feedback(question, item)
        question.note_change("row.feedback", GENERAL)
    else:
        question.note_change("row.key", _EVERY_CHOICE)
    _add_menus(parts, names, row_keys(item), choices)
    return _DROPDOWNS


def add_matrix(parts: CanvasParts, question: ExportedQuestion, item: items.Matrix) -> str:
    """Add a table with a menu in each cell.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Matrix
        What it asks.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    heads = [Markup("<th>{}</th>").format(question.line(column, "columns")) for column in item.columns]
    places = range(1, len(item.columns) + 1)
    names = [[f"row{row}column{place}" for place in places] for row in range(1, len(item.row) + 1)]
    rows = []
    for row, row_names in zip(item.row, names, strict=True):
        cells = Markup("").join(Markup("<td>[{}]</td>").format(name) for name in row_names)
        rows.append(Markup("<tr><td>{}</td>{}</tr>").format(question.line(row.text, "row.text"), cells))
    parts.after = Markup("<table><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>").format(
        Markup("").join(heads), Markup("").join(rows)
    )
    if item.graded:
        parts.general += cell_feedback(question, item)
        question.note_change("row.feedback", GENERAL)
    else:
        question.note_change("row.key", _EVERY_CHOICE)
    choices = [question.words(choice, "choices") for choice in item.choices]
    keys = [key for row_keys in cell_keys(item) for key in row_keys]
    _add_menus(parts, [name for row_names in names for name in row_names], keys, choices)
    return _DROPDOWNS


def _add_menus(
    parts: CanvasParts, names: Sequence[str], keys: Sequence[int | None], choices: Sequence[str]
) -> None:
    """Ask for one of the choices in each cell; where there is no key every choice is right."""
    share = 100 / len(names)
    for number, (name, key) in enumerate(zip(names, keys, strict=True)):
        field = f"response_{name}"
        first = 1001 + number * len(choices)
        labelled = {str(first + place): choice for place, choice in enumerate(choices)}
        parts.answers += labelled
        for place, label in enumerate(labelled):
            if key in (place, None):
                parts.rules.append(rule_element([equal_condition(label, field)], score=share, action="Add"))
        parts.fields.append(menu_field(field, name, labelled))


def add_match(parts: CanvasParts, question: ExportedQuestion, item: items.Match) -> str:
    """Add a menu for each thing.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Match
        What it asks.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    rows = [question.words(pair.text, "pair.text") for pair in item.pair]
    choices = [question.words(choice, "pair.match") for choice in item.choices]
    parts.general += pair_feedback(question, item)
    question.note_change("pair.feedback", GENERAL)
    _add_matches(parts, rows, choices, pair_keys(item))
    return _MATCHING


def add_order(parts: CanvasParts, question: ExportedQuestion, item: items.Order) -> str:
    """Add a menu of places for each step.

    Parameters
    ----------
    parts : CanvasParts
        What is added to.
    question : ExportedQuestion
        The question, which renders and notes losses.
    item : Order
        What it asks.

    Returns
    -------
    str
        What Canvas calls the type.
    """
    rows = [question.words(item.step[place].text, "step.text") for place in item.shuffled]
    parts.general += step_feedback(question, item)
    question.note_change("type", "pairs of a step and its place, since Classic Quizzes have no order")
    question.note_change(
        "score", "the share of steps in their right place; the course counts pairs in right order instead"
    )
    question.note_change("step.feedback", GENERAL)
    choices = [f"{place}." for place in range(1, len(item.step) + 1)]
    _add_matches(parts, rows, choices, item.shuffled)
    return _MATCHING


def _add_matches(
    parts: CanvasParts, rows: Sequence[str], choices: Sequence[str], keys: Sequence[int]
) -> None:
    """Ask which of the choices belongs to each row; `keys` are their places."""
    labelled = {str(5001 + place): choice for place, choice in enumerate(choices)}
    names, share = list(labelled), 100 / len(rows)
    for place, (row, key) in enumerate(zip(rows, keys, strict=True)):
        number = str(1001 + place)
        field = f"response_{number}"
        parts.answers.append(number)
        parts.fields.append(menu_field(field, row, labelled))
        parts.rules.append(rule_element([equal_condition(names[key], field)], score=share, action="Add"))
