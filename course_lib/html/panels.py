"""What a notebook shows in words: a short text, or a table to be read in full."""

import html
import math
import numbers
import re

from markupsafe import Markup, escape

from course_lib.markup import language_attributes, lesson_block, lesson_html, mirror_style

_STYLE = (
    "border:1px solid var(--jp-border-color2,#ccc);"
    "border-inline-start:4px solid var(--jp-brand-color1,#1976d2);"
    "border-radius:4px;padding:.6em 1em;max-width:52em"
)
# Between these every number of a column can be a year.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# JupyterLab does not underline links, and colour alone does not tell them from text. Keys pressed on a link
# are not to be its commands for cells.
LINK = 'style="text-decoration:underline" data-lm-suppress-shortcuts="true"'


class Panel:
    """A short text a notebook shows: HTML where there is a page, plain words elsewhere."""

    def __init__(self, markup):
        self.markup = Markup(markup)  # noqa: S704 - HTML, by the name of the parameter

    def _repr_html_(self):
        return f'<div {language_attributes()} style="{_STYLE}">{mirror_style()}{self.markup}</div>'

    def __repr__(self):
        shown = re.sub(r"<style>.*?</style>", "", self.markup)
        text = re.sub(r"<[^>]+>", " ", shown.replace("</p>", "\n").replace("</li>", "\n"))
        return "\n".join(" ".join(html.unescape(line).split()) for line in text.splitlines() if line.strip())


def paragraph_panel(lines):
    """Return a `Panel` with each of these lines, which are HTML, as a paragraph of its own."""
    return Panel("".join(f"<p>{line}</p>" for line in lines))


def scroll_frame(markup, name):
    """Return the HTML of a table in a frame that scrolls sideways where the page is narrower than the table.

    Parameters: `name` what a screen reader calls the frame, as the keyboard has to be able to reach it.
    """
    told = html.escape(" ".join(name.split()), quote=True)
    # Arrow keys pressed in it scroll, and are not to be JupyterLab's commands for cells.
    return Markup(  # noqa: S704 - HTML, by the name of the parameter
        f'<div role="region" tabindex="0" aria-label="{told}" style="overflow-x:auto" '
        f'data-lm-suppress-shortcuts="true">{markup}</div>'
    )


def table_html(caption, head, body, content=()):
    """Return the HTML of a table from texts: a caption, the names of the columns, and the rows.

    Parameters: `content` the places of the columns whose cells are in the language of the lessons, counted
    from 0. In other cells a part in that language is marked with `isolated`.
    """
    names = "".join(f'<th scope="col" style="text-align:start">{html.escape(name)}</th>' for name in head)
    cells = "".join(
        f"<tr>{''.join(_told(text, place in content) for place, text in enumerate(row))}</tr>" for row in body
    )
    table = (
        f"<table><caption>{html.escape(caption)}</caption>"
        f"<thead><tr>{names}</tr></thead><tbody>{cells}</tbody></table>"
    )
    return scroll_frame(table, caption)


def _told(text, content):
    shown = escape(text)
    return f'<td style="text-align:start">{lesson_html(shown) if content else shown}</td>'


def reading_table(table, caption):
    """Return a DataFrame as a `Panel` to be read in full, under a caption that says what it holds.

    Both are in the language of the lessons.
    """
    import pandas as pd

    filled = table.rename_axis(columns=None).apply(_cells)
    with pd.option_context("display.max_colwidth", None):
        rows = filled.to_html(index=False, border=0, justify="start")
    rows = rows.replace("<thead>", f"<caption>{html.escape(caption)}</caption><thead>", 1)
    rows = rows.replace("<th>", '<th scope="col" style="text-align:start">')
    # A day is read as one word, not broken after its year.
    whole = r'<td style="text-align:start;white-space:nowrap">\1'
    rows = re.sub(r"<td>(\d{4}-\d{2}(-\d{2})?</td>)", whole, rows)
    rows = rows.replace("<td>", '<td style="text-align:start">')
    return Panel(lesson_block(scroll_frame(rows, caption)))


def _cells(column):
    """Return a column as it is read; its numbers have commas, unless all of them can be years."""
    known = [value for value in column if _is_number(value)]
    comma = "" if all(_FIRST_YEAR <= value <= _LAST_YEAR for value in known) else ","
    return column.astype(object).map(lambda value: _cell(value, comma))


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)


def _cell(value, comma):
    """Return what stands in a cell to be read: blanks as blanks, days as days, whole numbers whole."""
    import pandas as pd

    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if _is_number(value) and float(value).is_integer():
        return f"{int(value):{comma}}"
    return f"{round(value, 6):{comma}}" if _is_number(value) and abs(value) >= 1000 else value
