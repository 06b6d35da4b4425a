"""The committed form of a lesson: clean, but for the few results that every test run compares.

Cells tagged `nbval-check-output` keep a count and their printed text, so that a number a student reads
cannot change unnoticed. Everything else a run leaves behind is taken out.
"""

import json
from collections.abc import Iterable
from typing import TypedDict

import msgspec

from course_lib import paths
from course_lib.generated import keep_in_step

KEPT = "nbval-check-output"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class StreamOutput(TypedDict):
    """What a cell printed."""

    name: str
    output_type: str
    text: list[str]


class _AnyCell(TypedDict):
    cell_type: str
    id: str | None
    metadata: dict[str, list[str]]
    source: list[str]


class NotebookCell(_AnyCell, total=False):
    """A cell in committed form; one that holds code has a count and outputs too."""

    execution_count: int | None
    outputs: list[StreamOutput]


class Notebook(TypedDict):
    """A notebook in committed form."""

    cells: list[NotebookCell]
    metadata: dict[str, dict[str, str]]
    nbformat: int
    nbformat_minor: int


class _SavedMetadata(msgspec.Struct):
    tags: list[str] = []


class _SavedOutput(msgspec.Struct):
    output_type: str
    name: str = ""
    text: str | list[str] = ""


class _SavedCell(msgspec.Struct):
    """A cell as JupyterLab saves it, as far as it is committed."""

    cell_type: str
    source: str | list[str]
    id: str | None = None
    metadata: _SavedMetadata = msgspec.field(default_factory=_SavedMetadata)
    outputs: list[_SavedOutput] = []


class _SavedNotebook(msgspec.Struct):
    cells: list[_SavedCell]


def clean_notebook(book: object) -> Notebook:
    """Return a notebook in committed form.

    Parameters
    ----------
    book : object
        The dict of its JSON, as JupyterLab saves it; it stays as it is.

    Returns
    -------
    Notebook
        The dict of the committed JSON.

    Raises
    ------
    ValueError
        Where it is no notebook, or a cell whose result is compared does more than print.
    """
    saved = msgspec.convert(book, _SavedNotebook)
    return {
        "cells": [_clean_cell(cell) for cell in saved.cells],
        "metadata": METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def notebook_text(book: Notebook) -> str:
    """Return a notebook as the text of its file.

    Parameters
    ----------
    book : Notebook
        In committed form.

    Returns
    -------
    str
        JSON.
    """
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def tidy_lessons(check: bool = False) -> list[str]:
    """Write every lesson in committed form, or only name those that are not.

    Parameters
    ----------
    check : bool, default False
        Only look, and write nothing.

    Returns
    -------
    list of str
        The names of the notebooks that were not in committed form.

    Raises
    ------
    ValueError
        Where a cell whose result is compared does more than print.
    """
    untidy = []
    for path in sorted(paths.LESSONS.glob("*.ipynb")):
        text = notebook_text(clean_notebook(json.loads(path.read_text(encoding="utf-8"))))
        if not keep_in_step(path, text, check):
            untidy.append(path.name)
    return untidy


def _clean_cell(cell: _SavedCell) -> NotebookCell:
    # The fields stand in the order of the alphabet, as JupyterLab writes them.
    tags = cell.metadata.tags
    metadata = {"tags": tags} if tags else {}
    if cell.cell_type != "code":
        return {
            "cell_type": cell.cell_type,
            "id": cell.id,
            "metadata": metadata,
            "source": _lines(cell.source),
        }
    checked = KEPT in tags
    return {
        "cell_type": cell.cell_type,
        # nbval compares only cells that have a count, whatever their tag.
        "execution_count": 1 if checked else None,
        "id": cell.id,
        "metadata": metadata,
        "outputs": [_printed_output(output) for output in cell.outputs] if checked else [],
        "source": _lines(cell.source),
    }


def _printed_output(output: _SavedOutput) -> StreamOutput:
    if output.output_type != "stream":
        raise ValueError(
            f"a cell tagged {KEPT} shows {output.output_type!r}; it may only print text. "
            "Print the number, or take the tag away."
        )
    return {"name": output.name, "output_type": "stream", "text": _lines(output.text)}


def _lines(text: str | Iterable[str]) -> list[str]:
    """Return the lines of a notebook's text, which is one text or a list of its parts."""
    return "".join(text).splitlines(keepends=True)
