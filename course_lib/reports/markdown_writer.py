"""Words and blocks of a document as Markdown; pictures are told by their alternative text."""

import itertools
import re
from collections.abc import Sequence
from typing import NewType

from course_lib.html.portable_markdown import portable_markdown
from course_lib.messages import isolate, say
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
from course_lib.reports.plain_text import one_line, our_text, own_line, printable_lines

# Text in which everything that Markdown would read as more is meant.
Markdown = NewType("Markdown", str)

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$^&@])")
_COURSE_BEGINNING = re.compile(r"^(\s*)(?:([-+#=>]|\*(?=\s))|(\d+)([.)]))")


def inline_markdown(words: Words) -> Markdown:
    r"""Return words as a part of a line.

    Parameters
    ----------
    words : Words
        Of any origin.

    Returns
    -------
    Markdown
        On one line.

    Examples
    --------
    >>> print(inline_markdown(["See ", CourseText("*this*"), ": ", StudentText("*that*")]))
    See *this*: \*that\*
    """
    match words:
        case str():
            return escape_markdown(re.sub(r"\s+", " ", our_text(words)))
        case StudentText(text):
            return escape_markdown(own_line(text))
        case CourseText(text):
            return _course_markdown(text)
        case Link(label, url):
            return Markdown(f"[{inline_markdown(one_line(label))}](<{url}>)")
        case Lines(lines, ordered):
            parts = enumerate(map(part_markdown, lines), start=1)
            return Markdown("; ".join(f"({n}) {part}" if ordered else part for n, part in parts))
        case [part]:
            return inline_markdown(part)
        case _:
            return Markdown("".join(map(part_markdown, words)))


def part_markdown(part: Words) -> Markdown:
    """Return a part as it stands among others, whose directions it leaves alone.

    Parameters
    ----------
    part : Words
        Of any origin.

    Returns
    -------
    Markdown
        Set apart where it is in another language than the words around it.
    """
    text = inline_markdown(part)
    match part:
        case StudentText() | [StudentText()]:
            return Markdown(isolate(text))
        # Beside the sign that sets it apart, emphasis would neither begin nor end.
        case CourseText() | [CourseText()] if text[:1] not in "*_" and text[-1:] not in "*_":
            return Markdown(isolate(text))
        case _:
            return text


def escape_markdown(line: str) -> Markdown:
    r"""Return a line of plain text with everything escaped that Markdown would read as more.

    Parameters
    ----------
    line : str
        Without breaks.

    Returns
    -------
    Markdown
        The line as Markdown.

    Examples
    --------
    >>> print(escape_markdown("- a*b: www.example.org"))
    \- a\*b: www\.example.org
    """
    line = _SIGNS.sub(r"\\\1", line)
    # Addresses become links by themselves in some dialects.
    line = re.sub(r":(?=\S)", r"\\:", line)
    line = re.sub(r"\b(www)\.", r"\1\\.", line, flags=re.IGNORECASE)
    # What begins a list or makes a heading of the line above.
    return Markdown(re.sub(r"^(\s*)(?:([-+=])|(\d+)([.)]))", _escape_beginning, line))


def _escape_beginning(match: re.Match[str]) -> str:
    space, sign, number, end = match.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{end}"


def _keep_indent(line: Markdown) -> Markdown:
    # Four spaces would make a line code.
    return Markdown(re.sub(r"^\s+", lambda match: "\u00a0" * len(match.group().expandtabs(4)), line))


def _course_markdown(text: str) -> Markdown:
    """Return the Markdown of a question as it can stand anywhere, with links that lead somewhere."""
    # On one line nothing is a list, a heading or a quotation, though its beginning may look like one.
    return Markdown(_COURSE_BEGINNING.sub(_escape_beginning, portable_markdown(one_line(text))))


def block_markdown(block: Block) -> Markdown:
    """Return a block as Markdown.

    Parameters
    ----------
    block : Block
        Any block of a document.

    Returns
    -------
    Markdown
        One line or more, without a break at the end.

    Examples
    --------
    >>> block_markdown(Heading(2, "Summary", "summary"))
    '## Summary'
    """
    match block:
        case Heading(level, words):
            return Markdown(f"{'#' * level} {inline_markdown(words)}")
        case Paragraph(words):
            return inline_markdown(words)
        case Quote(text):
            return _quote_markdown(text)
        case Lines(lines, ordered):
            return Markdown(
                "\n".join(
                    f"{f'{n}.' if ordered else '-'} {inline_markdown(line)}"
                    for n, line in enumerate(lines, start=1)
                )
            )
        case Table(caption, head, rows):
            title, rule = f"**{inline_markdown(caption)}**", _row_markdown([Markdown("---")] * len(head))
            return Markdown("\n".join([title, "", _cells(head), rule, *map(_cells, rows)]))
        case DocumentFigure(figure, caption):
            return inline_markdown(say("portfolio.page.figure", caption=caption, alt=isolate(figure.alt)))


def _quote_markdown(text: str) -> Markdown:
    lines = [_keep_indent(escape_markdown(line)) for line in printable_lines(text)]
    # A backslash at the end of a line keeps its break.
    breaks = (
        "\\" if line.strip() and following.strip() else ""
        for line, following in itertools.pairwise([*lines, ""])
    )
    return Markdown("\n".join(f"> {line}{end}".rstrip(" ") for line, end in zip(lines, breaks, strict=True)))


def _cells(cells: Sequence[Words]) -> Markdown:
    """Return the cells of a row, in which a bar stands for itself."""
    return _row_markdown([Markdown(re.sub(r"(?<!\\)\|", r"\\|", inline_markdown(cell))) for cell in cells])


def _row_markdown(cells: Sequence[Markdown]) -> Markdown:
    return Markdown(f"| {' | '.join(cells)} |")
