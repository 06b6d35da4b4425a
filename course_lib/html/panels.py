"""What a notebook shows in words: a short text, or a table to be read in full."""

import html
import math
import numbers
import re
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from markupsafe import Markup, escape

from course_lib.markup import language_attributes, lesson_block, lesson_html, mirror_style

if TYPE_CHECKING:
    import pandas as pd

_STYLE = (
    "border:1px solid var(--jp-border-color2,#ccc);"
    "border-inline-start:4px solid var(--jp-brand-color1,#1976d2);"
    "border-radius:4px;padding:.6em 1em;max-width:52em"
)
# Between these every number of a column can be a year.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# JupyterLab does not underline links, and colour alone does not tell them from text. Keys pressed on a link
# are not to be its commands for cells.
LINK = Markup('style="text-decoration:underline" data-lm-suppress-shortcuts="true"')


class Panel:
    """A short text a notebook shows: HTML where there is a page, plain words elsewhere.

    Parameters
    ----------
    markup : Markup
        What it shows.
    """

    def __init__(self, markup: Markup) -> None:
        self.markup = markup

    def _repr_html_(self) -> Markup:
        return Markup('<div {} style="{}">{}{}</div>').format(
            language_attributes(), _STYLE, mirror_style(), self.markup
        )

    def __repr__(self) -> str:
        unstyled = re.sub(r"<style>.*?</style>", "", str(self.markup))
        text = re.sub(r"<[^>]+>", " ", unstyled.replace("</p>", "\n").replace("</li>", "\n"))
        return "\n".join(" ".join(html.unescape(line).split()) for line in text.splitlines() if line.strip())


def paragraph_panel(lines: Iterable[str | Markup]) -> Panel:
    """Return a panel with each of some lines as a paragraph of its own.

    Parameters
    ----------
    lines : iterable of str or Markup
        What the paragraphs say; text is escaped.

    Returns
    -------
    Panel
        The panel.
    """
    return Panel(Markup("").join(Markup("<p>{}</p>").format(line) for line in lines))


def scroll_frame(markup: Markup, name: str) -> Markup:
    """Return the HTML of a table in a frame that scrolls sideways where the page is narrower than the table.

    Parameters
    ----------
    markup : Markup
        The table.
    name : str
        What a screen reader calls the frame, as the keyboard has to be able to reach it.

    Returns
    -------
    Markup
        The frame with the table in it.
    """
    # Arrow keys pressed in it scroll, and are not to be JupyterLab's commands for cells.
    return Markup(
        '<div role="region" tabindex="0" aria-label="{}" style="overflow-x:auto" '
        'data-lm-suppress-shortcuts="true">{}</div>'
    ).format(" ".join(name.split()), markup)


def table_html(
    caption: str, head: Iterable[str], body: Iterable[Sequence[str]], content: Container[int] = ()
) -> Markup:
    """Return the HTML of a table from texts: a caption, the names of the columns, and the rows.

    Parameters
    ----------
    caption : str
        What the table holds.
    head : iterable of str
        The names of the columns.
    body : iterable of sequence of str
        The rows, a cell for each column.
    content : container of int, optional
        The places of the columns whose cells are in the language of the lessons, counted from 0. In other
        cells a part in that language is marked with `messages.isolate`.

    Returns
    -------
    Markup
        The table in a frame that scrolls.
    """
    names = Markup("").join(
        Markup('<th scope="col" style="text-align:start">{}</th>').format(name) for name in head
    )
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(_cell_html(text, place in content) for place, text in enumerate(row))
        )
        for row in body
    )
    table = Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        caption, names, rows
    )
    return scroll_frame(table, caption)


def _cell_html(text: str, of_lessons: bool) -> Markup:
    cell = escape(text)
    return Markup('<td style="text-align:start">{}</td>').format(lesson_html(cell) if of_lessons else cell)


def reading_table(table: "pd.DataFrame", caption: str) -> Panel:
    """Return a table as a panel to be read in full, under a caption that says what it holds.

    Both are in the language of the lessons.

    Parameters
    ----------
    table : DataFrame
        What is shown: each column, each row, but not the index.
    caption : str
        What the table holds.

    Returns
    -------
    Panel
        The panel.
    """
    import pandas as pd

    filled = table.rename_axis(columns=None).apply(_readable_column)
    with pd.option_context("display.max_colwidth", None):
        # pandas escapes what stands in the cells.
        rows = filled.to_html(index=False, border=0, justify="start")
    rows = rows.replace("<thead>", f"<caption>{escape(caption)}</caption><thead>", 1)
    rows = rows.replace("<th>", '<th scope="col" style="text-align:start">')
    # A day is read as one word, not broken after its year.
    whole = r'<td style="text-align:start;white-space:nowrap">\1'
    rows = re.sub(r"<td>(\d{4}-\d{2}(-\d{2})?</td>)", whole, rows)
    rows = rows.replace("<td>", '<td style="text-align:start">')
    return Panel(lesson_block(scroll_frame(Markup(rows), caption)))  # noqa: S704 - escaped cell by cell


# The stubs of pandas have no other name for a column whose cells are of several types.
def _readable_column(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column as it is read; its numbers have commas, unless all of them can be years."""
    import pandas as pd

    known = [value for value in column if _is_number(value)]
    comma = "" if all(_FIRST_YEAR <= value <= _LAST_YEAR for value in known) else ","
    cells = zip(column.astype(object), column.isna(), strict=True)
    readable = ["" if missing else _readable_cell(value, comma) for value, missing in cells]
    return pd.Series(readable, index=column.index, dtype=object)


def _is_number(value: object) -> TypeGuard[float]:
    return not isinstance(value, bool) and isinstance(value, numbers.Real) and math.isfinite(value)


def _readable_cell(value: object, comma: str) -> object:
    """Return what stands in a cell to be read: lists as texts, days as days, whole numbers whole."""
    import pandas as pd

    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if _is_number(value) and float(value).is_integer():
        return f"{int(value):{comma}}"
    return f"{round(value, 6):{comma}}" if _is_number(value) and abs(value) >= 1000 else value
