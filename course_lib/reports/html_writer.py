"""Words and blocks of a document as HTML that needs no other file, no network and no script."""

import base64

from markupsafe import Markup, escape

from course_lib.html.markdown import pictures_as_text, render_markdown
from course_lib.markup import lesson_html
from course_lib.messages import catalogue
from course_lib.reports.blocks import (
    Block,
    CourseText,
    DocumentFigure,
    Heading,
    Lines,
    Link,
    Paragraph,
    Quote,
    StudentText,
    Table,
    Words,
)
from course_lib.reports.plain_text import one_line, our_text, our_words, own_line, printable_lines

# A table with no more rows than this stays on one printed page.
_SHORT = 8


def inline_html(words: Words) -> Markup:
    """Return words as a part of a line, or as a list that can stand in a cell.

    Parameters
    ----------
    words : Words
        Of any origin.

    Returns
    -------
    Markup
        HTML.

    Examples
    --------
    >>> inline_html(["See ", CourseText("*this*"), " & ", StudentText("<b>")])
    Markup('See <em>this</em> &amp; <bdi class="own">&lt;b&gt;</bdi>')
    """
    match words:
        case str():
            parts = (
                lesson_html(escape(part)) if set_apart else escape(part)
                for part, set_apart in our_words(words)
            )
            return Markup("").join(parts)
        case StudentText(text):
            return Markup('<bdi class="own">{}</bdi>').format(own_line(text))
        case CourseText(text):
            html = render_markdown(one_line(text), inline=True)
            return lesson_html(pictures_as_text(html))
        case Link(label, url):
            link = Markup('<a href="{}" rel="noopener noreferrer">{}</a>')
            return link.format(url, inline_html(label))
        case Lines(parts=lines, ordered=ordered, kind=kind):
            name = Markup(' class="{}"').format(kind) if kind else ""
            listed = Markup("").join(Markup("<li>{}</li>").format(inline_html(line)) for line in lines)
            return Markup("<{tag}{name}>{listed}</{tag}>").format(
                tag="ol" if ordered else "ul", name=name, listed=listed
            )
        case _:
            return Markup("").join(map(inline_html, words))


def attribute_text(text: str) -> str:
    """Return our words as they can stand in an attribute, which has no place for marks of language.

    Parameters
    ----------
    text : str
        A message of the interface.

    Returns
    -------
    str
        Plain text, not escaped.
    """
    return our_text(text)


def block_html(block: Block) -> Markup:
    """Return a block as HTML.

    Parameters
    ----------
    block : Block
        Any block of a document.

    Returns
    -------
    Markup
        One element.

    Examples
    --------
    >>> block_html(Heading(2, "Summary", "summary"))
    Markup('<h2 id="summary">Summary</h2>')
    """
    match block:
        case Heading(level, words, key):
            name = Markup(' id="{}"').format(key) if key else ""
            return Markup("<h{level}{name}>{words}</h{level}>").format(
                level=level, name=name, words=inline_html(words)
            )
        case Paragraph(words, quiet):
            name = Markup(' class="quiet"') if quiet else ""
            return Markup("<p{}>{}</p>").format(name, inline_html(words))
        case Quote(text):
            lines = Markup("<br>").join(printable_lines(text))
            return Markup('<blockquote class="own" dir="auto">{}</blockquote>').format(lines)
        case Lines():
            return inline_html(block)
        case Table():
            return _table_html(block)
        case DocumentFigure(figure, caption):
            data = base64.b64encode(figure.png()).decode("ascii")
            return Markup(
                '<figure style="max-width:{}px"><img alt="{}"{} src="data:image/png;base64,{}">'
                "<figcaption>{}</figcaption></figure>"
            ).format(
                round(figure.get_figwidth() * 100), figure.alt, _lesson_language(), data, inline_html(caption)
            )


def _lesson_language() -> Markup:
    """Return the attribute that names the language of the lessons, where the interface has another."""
    messages = catalogue()
    if messages.lessons_in == messages.language:
        return Markup("")
    return Markup(' lang="{}"').format(messages.lessons_in)


def _table_html(table: Table) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(inline_html(name)) for name in table.head)
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>\n').format(
            inline_html(first),
            Markup("").join(Markup("<td>{}</td>").format(inline_html(cell)) for cell in cells),
        )
        for first, *cells in table.rows
    )
    html = Markup(
        "<table{}><caption>{}</caption>\n"
        '<colgroup><col style="width:{}%"></colgroup>\n'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table>"
    ).format(
        Markup(' class="short"') if len(table.rows) <= _SHORT else "",
        inline_html(table.caption),
        table.first,
        head,
        rows,
    )
    if not table.wide:
        return html
    # Scrolled sideways on a small screen, so that it can be reached by keyboard and has a name.
    return Markup('<div class="wide" role="group" tabindex="0" aria-label="{}">{}</div>').format(
        attribute_text(one_line(table.caption)), html
    )
