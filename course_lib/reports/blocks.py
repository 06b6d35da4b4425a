"""What a document is made of: words of three origins, and the blocks they stand in.

Words are ours (a `str`, with what `isolate` set apart in it), the Markdown of a question (`CourseText`), or
what a student typed (`StudentText`), which may be anything. Each writer escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from course_lib.charts.figure import Figure

# Parts of a line one after the other, or one part alone.
Words: TypeAlias = "str | CourseText | StudentText | Link | Lines | Sequence[Words]"
Block: TypeAlias = "Heading | Paragraph | Quote | Lines | Table | DocumentFigure"
# Stands in a message where a part comes that is more than text; see `insert_part`.
HERE = "\0"


@dataclass(frozen=True)
class CourseText:
    """Markdown from a question bank, on one line.

    Parameters
    ----------
    text : str
        The Markdown.
    """

    text: str


@dataclass(frozen=True)
class StudentText:
    """What a student typed.

    Parameters
    ----------
    text : str
        As it was typed.
    """

    text: str


@dataclass(frozen=True)
class Link:
    """A link to a page on the web.

    Parameters
    ----------
    words : str
        What is to be read.
    url : str
        The page.
    """

    words: str
    url: str


@dataclass(frozen=True)
class Lines:
    """Several things below each other: in a cell, or as a list.

    Parameters
    ----------
    parts : Sequence[Words]
        The things.
    ordered : bool, default False
        Whether the order tells something.
    kind : str, optional
        ``sources`` where a printed page tells where links lead, ``plain`` where the lines are parts of one
        thing and need no bullets.
    """

    parts: Sequence[Words]
    ordered: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading.

    Parameters
    ----------
    level : int
        2 to 4.
    words : Words
        What it says.
    key : str, optional
        Makes it a part of the table of contents.
    """

    level: int
    words: Words
    key: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Words in a row.

    Parameters
    ----------
    words : Words
        The words.
    quiet : bool, default False
        Whether they only say something about what stands beside them.
    """

    words: Words
    quiet: bool = False


@dataclass(frozen=True)
class Quote:
    """A text by the student, with its line breaks.

    Parameters
    ----------
    text : str
        As it was typed.
    """

    text: str


@dataclass(frozen=True)
class Table:
    """A table whose first column names the rows.

    Parameters
    ----------
    caption : str
        What it is about.
    head : Sequence[Words]
        The name of each column.
    rows : Sequence[Sequence[Words]]
        The cells of each row.
    first : int, default 36
        The width of the first column in per cent of the table.
    wide : bool, default False
        Whether many narrow columns stand side by side.
    """

    caption: str
    head: Sequence[Words]
    rows: Sequence[Sequence[Words]]
    first: int = 36
    wide: bool = False


@dataclass(frozen=True)
class DocumentFigure:
    """A figure of `course_lib.charts` with what stands under it.

    Parameters
    ----------
    figure : Figure
        The figure.
    caption : str
        What stands under it.
    """

    figure: Figure
    caption: str


def insert_part(message: str, part: Words) -> list[Words]:
    """Return a message with a part in the place that `HERE` was given for.

    Parameters
    ----------
    message : str
        A message of the interface.
    part : Words
        What comes there.

    Returns
    -------
    list of Words
        What stands before it, the part, and what stands behind it.

    Examples
    --------
    >>> insert_part(f"See {HERE}.", Link("this", "https://example.org"))
    ['See ', Link(words='this', url='https://example.org'), '.']
    """
    before, _, after = message.partition(HERE)
    return [before, part, after]
