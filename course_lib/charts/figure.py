"""A figure that is never only a picture: it carries its alternative text and its table."""

import base64
import io
from collections.abc import Sequence
from typing import Protocol, TypeAlias

import matplotlib.figure
import matplotlib.style
import numpy as np
import pandas as pd
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from course_lib import paths
from course_lib.dates import long_date
from course_lib.html.panels import scroll_frame
from course_lib.markup import language_attributes, lesson_block, lesson_html, say_html
from course_lib.messages import isolate, say

STYLE = paths.PACKAGE / "charts" / "course.mplstyle"
# More rows than this are read in the table itself, not under a picture.
_ROWS_SHOWN = 60


class ShowsItself(Protocol):
    """Whatever shows itself as HTML in a notebook, such as a row of citations."""

    def _repr_html_(self) -> str: ...


CaptionLike: TypeAlias = str | ShowsItself


class Figure(matplotlib.figure.Figure):
    """A matplotlib figure with alternative text, a caption and the table it was drawn from.

    JupyterLab, exported HTML and a saved notebook all show the picture with its alternative text.

    Attributes
    ----------
    alt : str
        What the picture shows, in words, computed from the same data.
    caption : str or object that shows itself as HTML
        Names the source; a plain text is in the language of the lessons.
    credit : str
        Names the tables and their day.
    table : DataFrame or None
        The numbers drawn.
    """

    alt: str = ""
    caption: CaptionLike = ""
    credit: str = ""
    table: pd.DataFrame | None = None

    def png(self) -> bytes:
        """Return the picture as the bytes of a PNG file.

        Returns
        -------
        bytes
            As dense as the course's style says.
        """
        file = io.BytesIO()
        with matplotlib.style.context(STYLE):
            self.savefig(file, format="png")
        return file.getvalue()

    def quick_png(self, dpi: float) -> bytes:
        """Return the picture for a screen, made for speed: drawn once (`png` draws twice) and packed less.

        Parameters
        ----------
        dpi : float
            Dots per inch.

        Returns
        -------
        bytes
            A PNG file.
        """
        self.set_dpi(dpi)
        canvas = FigureCanvasAgg(self)
        canvas.draw()
        file = io.BytesIO()
        pixels = np.asarray(canvas.buffer_rgba())[..., :3]
        Image.fromarray(pixels).save(file, format="png", compress_level=3)
        return file.getvalue()

    def words(self) -> Markup:
        """Return what stands under the picture: the caption, then the credit.

        Returns
        -------
        Markup
            A part of a line, or nothing.
        """
        caption = html_of(self.caption)
        # What shows itself as HTML marks its languages itself.
        if caption and isinstance(self.caption, str):
            caption = lesson_html(caption)
        return Markup(" ").join(part for part in (caption, escape(self.credit)) if part)

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.png()).decode("ascii")
        width = round(self.get_figwidth() * 100)
        picture = Markup(
            '<img alt="{}" src="data:image/png;base64,{}" style="width:100%;height:auto;border-radius:4px">'
        ).format(self.alt, data)
        return Markup(
            '<figure {} style="margin:0.5em 0;max-width:{}px">{}<figcaption>{}</figcaption>{}</figure>'
        ).format(language_attributes(), width, lesson_html(picture), self.words(), self._folded_numbers())

    def numbers(self) -> Markup:
        """Return the table as HTML, to be read.

        Returns
        -------
        Markup
            A table in a frame that scrolls, or nothing where the figure has none.
        """
        if self.table is None:
            return Markup("")
        # Under the picture the numbers are for reading, so blanks are shown as blanks.
        filled = self.table.astype(object).where(self.table.notna(), "")
        with pd.option_context("display.max_colwidth", None):
            table = Markup(filled.to_html(index=False, border=0))  # noqa: S704 - pandas escapes the cells
        return scroll_frame(lesson_block(table), say("figure.numbers"))

    def _folded_numbers(self) -> Markup:
        if self.table is None or len(self.table) > _ROWS_SHOWN:
            return Markup("")
        return Markup('<details><summary data-lm-suppress-shortcuts="true">{}</summary>{}</details>').format(
            say_html("figure.numbers"), self.numbers()
        )

    def __repr__(self) -> str:
        return f"<Figure: {self.alt}>"


class Caption:
    """What stands under a figure in the language of the interface; a plain text is in that of the lessons.

    Parameters
    ----------
    text : str
        Plain text.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def _repr_html_(self) -> str:
        return escape(self._text)

    def __str__(self) -> str:
        return self._text


def html_of(content: CaptionLike) -> Markup:
    """Return the HTML of something that shows itself as HTML, or a text with its special signs escaped.

    Parameters
    ----------
    content : str or object that shows itself as HTML
        What is to be shown.

    Returns
    -------
    Markup
        Its HTML.

    Examples
    --------
    >>> html_of("a < b")
    Markup('a &lt; b')
    """
    if isinstance(content, str):
        return escape(content)
    return Markup(content._repr_html_())  # noqa: S704 - HTML, by the name of the method


def new_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """Return an empty figure in the course's style, and its axes.

    Parameters
    ----------
    width, height : float
        Inches.

    Returns
    -------
    tuple of Figure and Axes
        Nothing is drawn on them.
    """
    figure, panels = new_panels(width, height)
    return figure, panels[0]


def new_panels(width: float, height: float, rows: int = 1, columns: int = 1) -> tuple[Figure, list[Axes]]:
    """Return an empty figure in the course's style with several axes; rows share x, columns share y.

    Parameters
    ----------
    width, height : float
        Inches.
    rows, columns : int, default 1
        How many axes stand below and beside each other.

    Returns
    -------
    tuple of Figure and list of Axes
        Nothing is drawn on them; row by row.
    """
    with matplotlib.style.context(STYLE):
        figure = Figure(figsize=(width, height))
        panels = figure.subplots(rows, columns, sharex=rows > 1, sharey=columns > 1, squeeze=False)
        return figure, list(panels.flat)


def finish_figure(
    figure: Figure, alt: str, table: pd.DataFrame, caption: CaptionLike, *sources: pd.DataFrame
) -> Figure:
    """Return a figure with its words: alternative text, numbers, caption, and what tables it was drawn from.

    Parameters
    ----------
    figure : Figure
        Drawn.
    alt : str
        Sentences.
    table : DataFrame
        The numbers drawn.
    caption : str or object that shows itself as HTML
        What stands under the picture.
    *sources : DataFrame
        The tables it was drawn from, which know their name and day where they come from `evidence.table`.

    Returns
    -------
    Figure
        The same.
    """
    figure.alt = " ".join(alt.split())
    figure.table = table.reset_index(drop=True)
    figure.caption = caption
    names = list(dict.fromkeys(source.attrs["table"] for source in sources if source.attrs.get("table")))
    days = sorted(source.attrs["as_of"] for source in sources if source.attrs.get("as_of"))
    if names:
        figure.credit = _credit([isolate(name) for name in names], days[0] if days else None)
    return figure


def _credit(names: Sequence[str], day: str | None) -> str:
    first, last = ", ".join(names[:-1]), names[-1]
    tables = say("figure.tables", first=first, last=last) if first else last
    if day is None:
        return say("figure.data", tables=tables, n=len(names))
    return say("figure.data_as_of", tables=tables, day=long_date(day), n=len(names))
