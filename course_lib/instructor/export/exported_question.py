"""One question on its way into another system: its texts rendered, its figure drawn, its sources gathered."""

import functools
import hashlib
import html
import re
from dataclasses import dataclass
from decimal import Decimal

from course_lib import charts, evidence, items
from course_lib.charts.figure import Figure
from course_lib.dates import english_date
from course_lib.errors import ItemError, nearest
from course_lib.html.panels import reading_table
from course_lib.instructor.export import exhibits
from course_lib.instructor.export.texts import UNFIT, inner_xml, parse_html, plain_text, render_element

_NAME = 80
# As many as a notebook shows under a figure.
_ROWS = 60
_UNFIT_SAID = "signs that XML cannot hold were taken out of the text"


@dataclass(frozen=True)
class ExportedLesson:
    """The questions of one bank: `stem` of its file, `title` as a folder is called, its bank."""

    stem: str
    title: str
    bank: items.Bank

    def checks(self):
        """Return the items by check, in the order of the bank: a dict."""
        found = {}
        for item in self.bank.items:
            found.setdefault(item.check, []).append(item)
        return found


@dataclass(frozen=True)
class ExportedFigure:
    """A figure as a file: its `name`, the bytes of a `png`, its alternative text, HTML to stand under it.

    `numbers` is the table that was drawn, as HTML, or empty where it is too long to be read.
    """

    name: str
    png: bytes
    alt: str
    words: str
    numbers: str


class ExportedQuestion:
    """A question with what every format needs of it; whatever is lost goes to `losses`.

    Parameters: `item`; `lesson` the `ExportedLesson` it belongs to; `losses` a `ConversionReport`; `latex`
    whether formulas stay LaTeX or become MathML.
    """

    def __init__(self, item, lesson, losses, latex=True):
        self.item = item
        self.latex = latex
        self._lesson = lesson
        self._losses = losses
        self._linked = dict.fromkeys(item.sources)

    def left_out(self, field, why):
        """Note that a field is not carried."""
        self._losses.left_out(self.item.id, field, why)

    def changed(self, field, how):
        """Note that a field is carried in another form."""
        self._losses.changed(self.item.id, field, how)

    def without_refs(self):
        """Note that rows lead nowhere, where the question has rows that do."""
        item = self.item
        if isinstance(item, items.Grid | items.Matrix) and any(row.ref for row in item.row):
            self.left_out("row.ref", "it leads to a table of the course")

    def as_essay(self):
        """Note what becomes of a text in every system."""
        self.changed(
            "type", "an essay worth 1 point, which somebody has to mark; the course keeps texts unmarked"
        )

    def html(self, text, field):
        """Return a text as paragraphs of HTML."""
        return inner_xml(self.element(text, field))

    def line(self, text, field):
        """Return a text as HTML without paragraphs."""
        return inner_xml(self.element(text, field, inline=True))

    def words(self, text, field):
        """Return a text without any mark-up, for places where there can be none."""
        element = self.element(text, field, inline=True)
        if len(element):
            self.changed(
                field, "mark-up, formulas and links became plain words, since there can be none here"
            )
        return plain_text(element)

    def bare(self, text, field):
        """Return a text as it is, but for signs that XML cannot hold."""
        if UNFIT.search(text):
            self.changed(field, _UNFIT_SAID)
            text = UNFIT.sub("", text)
        return text

    def element(self, text, field, inline=False):
        """Return a text as an element that holds its HTML."""
        text = self.bare(text, field)
        self._linked |= dict.fromkeys(key for _, key in items.SOURCE_LINK.findall(text))
        made = render_element(text, inline, self.latex)
        for link in made.iter("a"):
            if title := _titles().get(link.get("href")):
                link.set("title", title)
        return made

    @property
    def name(self):
        """How lists call the question: its id, then how it begins."""
        text = plain_text(render_element(UNFIT.sub("", self.item.stem), latex=True))
        text = f"{self.item.id}: {text}"
        return text if len(text) <= _NAME else text[: _NAME - 1].rsplit(" ", 1)[0] + "…"

    def stem(self):
        """Return the stem as HTML, with what has to be said of the answer: its unit, its bounds, its day."""
        parts = [self.html(self.item.stem, "stem")]
        if isinstance(self.item, items.Number):
            if self.item.unit:
                parts.append(f"<p>Unit of the answer: {self.line(self.item.unit, 'unit')}</p>")
            if self.item.bounds:
                low, high = map(decimal_text, self.item.bounds)
                parts.append(f"<p>A number from {low} to {high}.</p>")
        if isinstance(self.item, items.Probability):
            day = english_date(self.item.resolves.isoformat())
            parts.append(f"<p>In percent, from 0 to 100. The question resolves on {day}.</p>")
        if isinstance(self.item, items.Text) and self.item.minimum > 1:
            parts.append(f"<p>At least {self.item.minimum} words.</p>")
        return "".join(parts)

    def general(self, *more):
        """Return the feedback for every answer as HTML: more of the format's own, the explanation, sources.

        Parameters: `more` pieces of HTML that have no other place in the format.
        """
        parts = [*more]
        if isinstance(self.item, items.Text):
            parts.append(self.model())
        if self.item.explain:
            parts.append(self.html(self.item.explain, "explain"))
        return "".join(parts)

    def sources(self):
        """Return the sources that were named or linked so far, as HTML: each a link with its title."""
        if not self._linked:
            return ""
        listed = parse_html(evidence.sources(self._linked)._repr_html_())
        return f"<p>Sources</p>{inner_xml(listed)}"

    def model(self):
        """Return model answers and rubric of a text as HTML."""
        item = self.item
        parts = [f"<p><strong>One possible answer.</strong></p>{self.html(item.model, 'model')}"]
        if item.other:
            parts.append(
                "<p><strong>Another, which comes to something else.</strong></p>"
                + self.html(item.other, "other")
            )
        if item.rubric:
            lines = [self.line(line, "rubric") for line in item.rubric]
            parts.append(f"<p><strong>Check yours against this list.</strong></p>{list_html(lines)}")
        return "".join(parts)

    @functools.cached_property
    def pictures(self):
        """The figures that the question needs, as a list of `ExportedFigure`s."""
        return [one for one in self._exhibits if isinstance(one, ExportedFigure)]

    def above(self, address):
        """Return what is to be seen before the stem, as HTML.

        Parameters: `address` a function from an `ExportedFigure` to the address of its file, or None where
        there are no files; then its alternative text stands there.
        """
        parts = []
        for one in self._exhibits:
            if not isinstance(one, ExportedFigure):
                parts.append(one)
            elif address:
                parts.append(figure_html(one, address(one)))
            else:
                words = f" {one.words}" if one.words else ""
                parts.append(f"<p>Figure: {html.escape(one.alt, quote=False)}{words}</p>{one.numbers}")
        return "".join(parts)

    @functools.cached_property
    def _exhibits(self):
        own = self.item.figure
        held = [_drawn(own.chart, tuple(own.tables), self._lesson.bank.horizon)] if own else []
        if exhibits.needs_exhibit(self.item):
            seen = exhibits.lesson_exhibits(self._lesson.stem).get(self.item.check, [])
            held = [*seen, *held]
            if seen:
                self.changed(
                    "stem",
                    "it speaks of what the notebook shows before it; that stands above the stem, as it is "
                    "shown at first and without its controls",
                )
            elif not own:
                self.left_out("stem", "it speaks of something in the notebook that could not be taken along")
        return [
            _picture(one) if isinstance(one, Figure) else inner_xml(parse_html(UNFIT.sub("", one)))
            for one in held
        ]


def _picture(figure):
    data = figure.png()
    # Named by what it shows, so that a changed figure never stands under an old name.
    name = f"figure-{hashlib.sha256(data).hexdigest()[:12]}.png"
    words, numbers = figure.words(), ""
    if figure.table is not None and len(figure.table) <= _ROWS:
        numbers = reading_table(figure.table, "The numbers of the figure").markup
    words, numbers = (inner_xml(parse_html(UNFIT.sub("", one))) for one in (words, numbers))
    return ExportedFigure(name, data, UNFIT.sub("", figure.alt), words, numbers)


@functools.cache
def _titles():
    found = (evidence.source(key) for key in evidence.registered_keys())
    return {one.url: one.title for one in found if one.url}


@functools.lru_cache(maxsize=4)
def _drawn(chart, tables, until):
    if chart not in charts.__all__:
        raise ItemError(nearest(chart, charts.__all__, "figure"))
    return getattr(charts, chart)(*(evidence.table(name, until) for name in tables))


def decimal_text(value):
    """Return a number as every reader of numbers understands it: a point, no exponent.

    >>> decimal_text(12.50), decimal_text(1e-7), decimal_text(-3.0)
    ('12.5', '0.0000001', '-3')
    """
    text = format(Decimal(repr(float(value))), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def list_html(lines, ordered=False):
    """Return pieces of HTML as a list."""
    tag = "ol" if ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"


def figure_html(picture, source):
    """Return the HTML of a figure whose file is at this address, with its words under it."""
    alt = html.escape(picture.alt, quote=True)
    words = f"<p>{picture.words}</p>" if picture.words else ""
    return f'<p><img src="{html.escape(source, quote=True)}" alt="{alt}" /></p>{words}{picture.numbers}'


def identifier(text):
    """Return a text as an identifier that XML and file systems take; different texts stay different.

    >>> identifier("01-hedges"), identifier("a b")
    ('q-01-hedges', 'q-a.20b')
    """
    return "q-" + re.sub(r"[^A-Za-z0-9_-]", lambda found: f".{ord(found.group()):x}", text)
