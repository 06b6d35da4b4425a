"""A figure that is never only a picture: it carries its alternative text and its table."""

import base64
import html
import io

import matplotlib.dates
import matplotlib.figure
import matplotlib.style
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from course_lib import paths
from course_lib.dates import english_date, last_day, long_date
from course_lib.errors import ChartError
from course_lib.html.panels import scroll_frame
from course_lib.markup import language_attributes, lesson_block, lesson_html
from course_lib.messages import isolate, say

STYLE = paths.PACKAGE / "charts" / "course.mplstyle"
# More rows than this are read in the table itself, not under a picture.
_ROWS_SHOWN = 60


class Figure(matplotlib.figure.Figure):
    """A matplotlib figure with alternative text, a caption and the table it was drawn from.

    `alt` says in words what the picture shows, computed from the same data; `caption` names the source
    (plain text in the language of the lessons, or anything that shows itself as HTML); `credit` names the
    tables and their day; `table` is a DataFrame with the numbers drawn.
    JupyterLab, exported HTML and a saved notebook all show the picture with its alternative text.
    """

    alt = ""
    caption = ""
    credit = ""
    table = None

    def png(self):
        """Return the picture as the bytes of a PNG file."""
        held = io.BytesIO()
        with matplotlib.style.context(STYLE):
            self.savefig(held, format="png")
        return held.getvalue()

    def quick_png(self, dpi):
        """Return the picture for a screen, made for speed: drawn once (`png` draws twice) and packed less.

        Parameters: `dpi` dots per inch.
        """
        self.set_dpi(dpi)
        canvas = FigureCanvasAgg(self)
        canvas.draw()
        held = io.BytesIO()
        Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3]).save(held, format="png", compress_level=3)
        return held.getvalue()

    def words(self):
        """Return what stands under the picture as HTML: the caption, then the credit."""
        caption = html_of(self.caption)
        # What shows itself as HTML marks its languages itself.
        if caption and isinstance(self.caption, str):
            caption = lesson_html(caption)
        return " ".join(part for part in (caption, html.escape(self.credit)) if part)

    def _repr_html_(self):
        data = base64.b64encode(self.png()).decode("ascii")
        width = round(self.get_figwidth() * 100)
        picture = (
            f'<img alt="{html.escape(self.alt, quote=True)}" src="data:image/png;base64,{data}" '
            'style="width:100%;height:auto;border-radius:4px">'
        )
        return (
            f'<figure {language_attributes()} style="margin:0.5em 0;max-width:{width}px">'
            f"{lesson_html(picture)}"
            f"<figcaption>{self.words()}</figcaption>{self._folded()}</figure>"
        )

    def numbers(self):
        """Return the table as HTML, to be read, or nothing where the figure has none."""
        if self.table is None:
            return ""
        # Under the picture the numbers are for reading, so blanks are shown as blanks.
        filled = self.table.astype(object).where(self.table.notna(), "")
        with pd.option_context("display.max_colwidth", None):
            table = filled.to_html(index=False, border=0)
        return scroll_frame(lesson_block(table), say("figure.numbers"))

    def _folded(self):
        if self.table is None or len(self.table) > _ROWS_SHOWN:
            return ""
        return (
            f'<details><summary data-lm-suppress-shortcuts="true">{say("figure.numbers")}</summary>'
            f"{self.numbers()}</details>"
        )

    def __repr__(self):
        return f"<Figure: {self.alt}>"


class Caption:
    """What stands under a figure in the language of the interface; a plain text is in that of the lessons."""

    def __init__(self, text):
        self._text = text

    def _repr_html_(self):
        return html.escape(self._text)

    def __str__(self):
        return self._text


def html_of(shown):
    """Return the HTML of something that shows itself as HTML, or a text with its special signs escaped.

    >>> html_of("a < b")
    'a &lt; b'
    """
    return shown._repr_html_() if hasattr(shown, "_repr_html_") else html.escape(shown)


def new_figure(width, height, **layout):
    """Return an empty `Figure` of this size in inches and its axes, in the course's style.

    Parameters: `width`, `height` inches; `layout` goes to `Figure.subplots`.
    """
    with matplotlib.style.context(STYLE):
        figure = Figure(figsize=(width, height))
        return figure, figure.subplots(**layout)


def join_words(parts):
    """Join words as a sentence in the language of the lessons does.

    >>> join_words(["a", "b", "c"])
    'a, b and c'
    """
    parts = list(parts)
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def finish_figure(figure, alt, table, caption, *drawn):
    """Return a figure with its words: alternative text, numbers, caption, and what tables it was drawn from.

    Parameters: `alt` sentences; `table` a DataFrame; `caption` what stands under the picture; `drawn` the
    tables, which know their name and day where they come from `evidence.table`.
    """
    figure.alt = " ".join(alt.split())
    figure.table = table.reset_index(drop=True)
    figure.caption = caption
    names = list(dict.fromkeys(one.attrs["table"] for one in drawn if one.attrs.get("table")))
    days = sorted(one.attrs["as_of"] for one in drawn if one.attrs.get("as_of"))
    if names:
        figure.credit = _credit([isolate(name) for name in names], days[0] if days else None)
    return figure


def _credit(names, day):
    first, last = ", ".join(names[:-1]), names[-1]
    tables = say("figure.tables", first=first, last=last) if first else last
    if day is None:
        return say("figure.data", tables=tables, n=len(names))
    return say("figure.data_as_of", tables=tables, day=long_date(day), n=len(names))


def require_fields(table, fields, what):
    """Raise `ChartError` unless a table has rows and these fields.

    Parameters: `fields` a text of names; `what` would be drawn, for the message.
    """
    missing = [field for field in fields.split() if field not in table.columns]
    if missing:
        raise ChartError(
            f"The table has no field {join_words(missing)}, so there are no {what} to draw. "
            f"It has: {', '.join(map(str, table.columns))}."
        )
    if table.empty:
        raise ChartError(f"The table has no rows, so there are no {what} to draw.")


def mid_moment(value):
    """Return a day, month or year as the moment in its middle, or NaT for nothing.

    >>> mid_moment("2024-12").date().isoformat(), mid_moment("2024").date().isoformat()
    ('2024-12-16', '2024-07-02')
    """
    if value is None or value != value or value == "":
        return pd.NaT
    if isinstance(value, pd.Timestamp):
        return value
    text = str(value)
    first = pd.Timestamp(text if len(text) > 4 else f"{text}-01-01")
    return (first + (pd.Timestamp(last_day(text)) - first) / 2).round("D") if len(text) < 10 else first


def spread_labels(values, least):
    """Return places for labels near these values, at least so far apart, in the order of the values.

    >>> spread_labels([1.0, 1.01], 0.1)
    [1.0, 1.1]
    """
    order = sorted(range(len(values)), key=lambda at: values[at])
    places, last = [0.0] * len(values), None
    for at in order:
        last = values[at] if last is None else max(values[at], round(last + least, 6))
        places[at] = last
    return places


def time_axis(axes, when):
    """Give a line of time its ends, a little beyond the moments on it, and as many dates as fit.

    Parameters: `when` a Series of moments; one is enough.
    """
    first, last = when.min(), when.max()
    room = max((last - first) * 0.03, pd.Timedelta(days=15))
    axes.set_xlim(first - room, last + room)
    days = (last - first + 2 * room).days
    if days > 366 * 12:
        locator, form = matplotlib.dates.YearLocator(2), "%Y"
    elif days > 366 * 3:
        locator, form = matplotlib.dates.YearLocator(), "%Y"
    elif days > 366:
        locator, form = matplotlib.dates.MonthLocator((1, 4, 7, 10)), "%b %Y"
    elif days > 120:
        locator, form = matplotlib.dates.MonthLocator((1, 3, 5, 7, 9, 11)), "%b %Y"
    else:
        locator, form = matplotlib.dates.DayLocator(interval=max(1, days // 6)), "%d %b %Y"
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter(form))


def moment_range(values):
    """Return the first and last of some moments as words, for alternative texts.

    >>> moment_range([pd.Timestamp("2015-10-15"), pd.Timestamp("2024-12-12")])
    '15 October 2015 to 12 December 2024'
    """
    ends = [english_date(one.date().isoformat()) for one in (min(values), max(values))]
    return " to ".join(dict.fromkeys(ends))
