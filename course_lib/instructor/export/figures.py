"""Figures that a question needs, as files with their alternative text and what stands under them."""

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from course_lib import charts, evidence
from course_lib.charts.figure import Figure
from course_lib.errors import ItemError, nearest
from course_lib.evidence.dataset import EvidenceDataset
from course_lib.files import FileState
from course_lib.html.panels import reading_table
from course_lib.instructor.export.texts import UNFIT, inner_xml, parse_html, text_html
from course_lib.items import FigureSpec

# As many as a notebook shows under a figure.
_ROWS = 60


@dataclass(frozen=True)
class ExportedFigure:
    """A figure as a file.

    Attributes
    ----------
    name : str
        Of the file, by what it shows.
    png : bytes
        The file.
    alt : str
        The alternative text.
    words : Markup
        What stands under it.
    numbers : Markup
        The table that was drawn, or empty where it is too long to be read.
    """

    name: str
    png: bytes
    alt: str
    words: Markup
    numbers: Markup

    def html(self, address: str) -> Markup:
        """Return the figure as HTML, with its words under it.

        Parameters
        ----------
        address : str
            Where its file is.

        Returns
        -------
        Markup
            Paragraphs, and the table where there is one.
        """
        image = Markup('<p><img src="{}" alt="{}" /></p>').format(address, self.alt)
        words = Markup("<p>{}</p>").format(self.words) if self.words else Markup("")
        return image + words + self.numbers

    def description(self) -> Markup:
        """Return what stands for the figure where there can be no file.

        Returns
        -------
        Markup
            Its alternative text, its words, and the table where there is one.
        """
        words = Markup(" {}").format(self.words) if self.words else Markup("")
        return Markup("<p>Figure: {}{}</p>{}").format(text_html(self.alt), words, self.numbers)


def draw_figure(spec: FigureSpec, until: str | None) -> Figure:
    """Return the figure that a question names.

    Parameters
    ----------
    spec : FigureSpec
        The function of `course_lib.charts`, and its tables.
    until : str or None
        The last day whose events it may show, an ISO date.

    Returns
    -------
    Figure
        The figure.

    Raises
    ------
    ItemError
        Where there is no such function.
    """
    if spec.chart not in charts.__all__:
        raise ItemError(nearest(spec.chart, charts.__all__, "figure"))
    known = evidence.dataset()
    states = tuple(known.table_state(name) if name in known.schemas else None for name in spec.tables)
    return _draw(known, states, spec.chart, tuple(spec.tables), until)


@functools.lru_cache(maxsize=4)
def _draw(
    _known: EvidenceDataset,
    _states: tuple[FileState | None, ...],
    chart: str,
    tables: tuple[str, ...],
    until: str | None,
) -> Figure:
    draw: Callable[..., Figure] = getattr(charts, chart)
    return draw(*(evidence.table(name, until) for name in tables))


def export_figure(figure: Figure) -> ExportedFigure:
    """Return a figure as a file.

    Parameters
    ----------
    figure : Figure
        The figure.

    Returns
    -------
    ExportedFigure
        Named by what it shows, so that a changed figure never stands under an old name.
    """
    data = figure.png()
    name = f"figure-{hashlib.sha256(data).hexdigest()[:12]}.png"
    words, numbers = inner_xml(parse_html(figure.words())), Markup("")
    if figure.table is not None and len(figure.table) <= _ROWS:
        table = reading_table(figure.table, "The numbers of the figure")
        numbers = inner_xml(parse_html(table.markup))
    return ExportedFigure(name, data, UNFIT.sub("", figure.alt), words, numbers)
