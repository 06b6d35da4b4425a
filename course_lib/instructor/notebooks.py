"""Notebooks as the tools for instructors read them: what kind of cell stands where, and what is in it."""

from pathlib import Path

import msgspec


class CellMetadata(msgspec.Struct, frozen=True):
    """What a cell carries beside its text.

    Attributes
    ----------
    tags : list of str
        The cell's tags.
    """

    tags: list[str] = []


class LessonCell(msgspec.Struct, frozen=True):
    """One cell of a notebook.

    Attributes
    ----------
    cell_type : str
        ``markdown``, ``code`` or ``raw``.
    source : str or list of str
        Its text, whole or in lines.
    id : str
        Its name within the notebook; empty in old notebooks.
    metadata : CellMetadata
        What it carries beside its text.
    """

    cell_type: str
    source: str | list[str]
    id: str = ""
    metadata: CellMetadata = CellMetadata()

    @property
    def text(self) -> str:
        """The text of the cell."""
        return "".join(self.source)


class LessonNotebook(msgspec.Struct, frozen=True):
    """A notebook, as far as its cells are concerned.

    Attributes
    ----------
    cells : list of LessonCell
        In the order of the notebook.
    """

    cells: list[LessonCell]


def read_notebook(path: Path) -> LessonNotebook:
    """Return a notebook.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    LessonNotebook
        Its cells.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ValueError
        Where it holds no notebook.
    """
    return parse_notebook(path.read_bytes())


def parse_notebook(content: str | bytes) -> LessonNotebook:
    """Return the notebook in the content of a file.

    Parameters
    ----------
    content : str or bytes
        JSON.

    Returns
    -------
    LessonNotebook
        Its cells.

    Raises
    ------
    ValueError
        Where it is no notebook.

    Examples
    --------
    >>> parse_notebook('{"cells": [{"cell_type": "code", "source": ["a", "b"]}]}').cells[0].text
    'ab'
    """
    try:
        return msgspec.json.decode(content, type=LessonNotebook)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from None
