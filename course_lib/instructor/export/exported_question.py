"""One question on its way into another system: its texts rendered, its figure drawn, its sources gathered."""

import functools
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markupsafe import Markup

from course_lib import evidence, items
from course_lib.charts.figure import Figure
from course_lib.evidence.dataset import EvidenceDataset
from course_lib.files import FileState
from course_lib.instructor.export import exhibits
from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.figures import ExportedFigure, draw_figure, export_figure
from course_lib.instructor.export.lessons import ExportedLesson
from course_lib.instructor.export.texts import (
    UNFIT,
    inner_xml,
    parse_html,
    plain_text,
    render_element,
)

# Signs of a name in lists.
_NAME = 80


class ExportedQuestion:
    """A question with what every format needs of it; whatever is lost goes to the report.

    Parameters
    ----------
    item : Item
        The question.
    lesson : ExportedLesson
        The lesson it belongs to.
    report : ConversionReport
        Where losses are noted.
    latex : bool
        Whether formulas stay LaTeX or become MathML.
    """

    def __init__(
        self, item: items.Item, lesson: ExportedLesson, report: ConversionReport, latex: bool = True
    ) -> None:
        self.item = item
        self.latex = latex
        self._lesson = lesson
        self._report = report
        self._linked = dict.fromkeys(item.sources)

    def note_omission(self, field: str, why: str) -> None:
        """Note that a field is not carried.

        Parameters
        ----------
        field : str
            The field as question banks call it.
        why : str
            The reason, as the end of a sentence.
        """
        self._report.note_omission(self.item.id, field, why)

    def note_change(self, field: str, how: str) -> None:
        """Note that a field is carried in another form.

        Parameters
        ----------
        field : str
            The field as question banks call it.
        how : str
            The other form, as the end of a sentence.
        """
        self._report.note_change(self.item.id, field, how)

    def note_references(self) -> None:
        """Note that rows lead nowhere, where the question has rows that do."""
        item = self.item
        if isinstance(item, items.Grid | items.Matrix) and any(row.ref for row in item.row):
            self.note_omission("row.ref", "it leads to a table of the course")

    def note_essay(self) -> None:
        """Note what becomes of a text in every system."""
        self.note_change(
            "type", "an essay worth 1 point, which somebody has to mark; the course keeps texts unmarked"
        )

    @property
    def points(self) -> int:
        """What the question is worth: 1, or 0 where it is kept, not graded; a text is for people to grade."""
        return 1 if self.item.graded or isinstance(self.item, items.Text) else 0

    @property
    def tags(self) -> list[str]:
        """What the question is about and of which kind, as systems with tags hold it."""
        item = self.item
        return [
            f"objective {item.objective}",
            f"type {item.type}",
            *([item.level] if item.level else []),
        ]

    def html(self, text: str, field: str) -> Markup:
        """Return a text as paragraphs of HTML.

        Parameters
        ----------
        text : str
            Markdown of the question.
        field : str
            Where it stands, for the report.

        Returns
        -------
        Markup
            HTML that is XML too.
        """
        return inner_xml(self.element(text, field))

    def line(self, text: str, field: str) -> Markup:
        """Return a text as HTML without paragraphs.

        Parameters
        ----------
        text : str
            Markdown of the question.
        field : str
            Where it stands, for the report.

        Returns
        -------
        Markup
            HTML that is XML too.
        """
        return inner_xml(self.element(text, field, inline=True))

    def words(self, text: str, field: str) -> str:
        """Return a text without any mark-up, for places where there can be none.

        Parameters
        ----------
        text : str
            Markdown of the question.
        field : str
            Where it stands, for the report.

        Returns
        -------
        str
            Plain words on one line.
        """
        element = self.element(text, field, inline=True)
        if len(element):
            self.note_change(
                field, "mark-up, formulas and links became plain words, since there can be none here"
            )
        return plain_text(element)

    def literal(self, text: str, field: str) -> str:
        """Return a text as it is, but for signs that XML cannot hold.

        Parameters
        ----------
        text : str
            Of the question, no Markdown.
        field : str
            Where it stands, for the report.

        Returns
        -------
        str
            The text without these signs.
        """
        if UNFIT.search(text):
            self.note_change(field, "signs that XML cannot hold were taken out of the text")
            text = UNFIT.sub("", text)
        return text

    def element(self, text: str, field: str, inline: bool = False) -> Element:
        """Return a text as an element that holds its HTML, its links with the titles of their sources.

        Parameters
        ----------
        text : str
            Markdown of the question.
        field : str
            Where it stands, for the report.
        inline : bool
            Whether it is a line, without paragraphs.

        Returns
        -------
        Element
            A ``div`` with the HTML in it.
        """
        text = self.literal(text, field)
        self._linked |= dict.fromkeys(key for _, key in items.SOURCE_LINK.findall(text))
        element = render_element(text, inline, self.latex)
        known = evidence.dataset()
        titles = _source_titles(known, known.table_state("sources"))
        for link in element.iter("a"):
            if title := titles.get(link.get("href", "")):
                link.set("title", title)
        return element

    @property
    def name(self) -> str:
        """How lists call the question: its id, then how it begins."""
        text = plain_text(render_element(UNFIT.sub("", self.item.stem), latex=True))
        text = f"{self.item.id}: {text}"
        return text if len(text) <= _NAME else text[: _NAME - 1].rsplit(" ", 1)[0] + "…"

    def source_list(self) -> Markup:
        """Return the sources that were named or linked so far: each a link with its title.

        Returns
        -------
        Markup
            A list under a heading, or nothing.
        """
        if not self._linked:
            return Markup("")
        bibliography = parse_html(evidence.sources(self._linked)._repr_html_())
        return Markup("<p>Sources</p>{}").format(inner_xml(bibliography))

    @functools.cached_property
    def figures(self) -> list[ExportedFigure]:
        """The figures that the question needs."""
        return [exhibit for exhibit in self._exhibits if isinstance(exhibit, ExportedFigure)]

    def exhibits_html(self, address: Callable[[ExportedFigure], str] | None) -> Markup:
        """Return what is to be seen before the stem.

        Parameters
        ----------
        address : callable or None
            From a figure to the address of its file; None where there are no files, so that its alternative
            text stands there.

        Returns
        -------
        Markup
            Blocks, or nothing.
        """
        parts = []
        for exhibit in self._exhibits:
            if not isinstance(exhibit, ExportedFigure):
                parts.append(exhibit)
            else:
                parts.append(exhibit.html(address(exhibit)) if address else exhibit.description())
        return Markup("").join(parts)

    @functools.cached_property
    def _exhibits(self) -> list[ExportedFigure | Markup]:
        spec = self.item.figure
        above: list[exhibits.Exhibit] = [draw_figure(spec, self._lesson.bank.horizon)] if spec else []
        if exhibits.needs_exhibit(self.item):
            before = exhibits.lesson_exhibits(self._lesson.stem).get(self.item.check, ())
            above = [*before, *above]
            if before:
                self.note_change(
                    "stem",
                    "it speaks of what the notebook shows before it; that stands above the stem, as it is "
                    "shown at first and without its controls",
                )
            elif not spec:
                self.note_omission(
                    "stem", "it speaks of something in the notebook that could not be taken along"
                )
        return [export_figure(exhibit) if isinstance(exhibit, Figure) else exhibit for exhibit in above]


@functools.lru_cache(maxsize=1)
def _source_titles(known: EvidenceDataset, _register: FileState | None) -> dict[str, str]:
    """Return the titles of the register's sources by address."""
    return {source.url: source.title for source in known.register.values() if source.url}
