"""A document that is built once and written twice: as one HTML page that needs nothing else, as Markdown.

Words have three origins, and each is escaped in its own way: a `str` is ours, with what `isolated` set apart
in it; `CourseText` is the Markdown of a question, `StudentText` what a student typed, which may be anything.
"""

import base64
import html
import itertools
import re
from dataclasses import dataclass
from typing import Any

from course_lib import items, paths
from course_lib.html.markdown import render_markdown
from course_lib.markup import lesson_html
from course_lib.messages import catalogue, isolate, say

GENERATOR = "reading-with-evidence portfolio"
# Stands in a message where a part comes that is more than text; see `around`.
HERE = "\0"
# Nothing is fetched, nothing runs: pictures stand in the page itself, and so does its style.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
# More empty lines than this in a row are told, not shown.
_EMPTY_LINES = 5
# A table with no more rows than this stays on one printed page.
_SHORT = 8
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Marks that are set over and under a letter; more than a few of them run into the lines around.
_MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{8}})({_MARK}+)")
# What is set apart in our words: it is in the language of the lessons.
_SET_APART = re.compile("\u2068([^\u2068\u2069]*)\u2069")
_IMAGE = re.compile(r'<img\b[^>]*?(?:alt="([^"]*)")?[^>]*>')
# Signs that turn the words around them, and signs that no page can hold.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSHOWN = {
    **{code: 0x2400 + code for code in range(32) if code not in (9, 10)},
    127: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD),
    **{ord(sign): f"⟨U+{ord(sign):04X}⟩" for sign in _TURNING},
}


@dataclass(frozen=True)
class CourseText:
    """Markdown from a question bank, on one line."""

    text: str


@dataclass(frozen=True)
class StudentText:
    """What a student typed."""

    text: str


@dataclass(frozen=True)
class Link:
    """A link to a page on the web."""

    words: str
    url: str


@dataclass(frozen=True)
class Lines:
    """Several things below each other: in a cell, or as a list.

    `ordered` where the order tells something; `kind` sources where a printed page tells where links lead,
    plain where the lines are parts of one thing and need no marks.
    """

    parts: list
    ordered: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 4; `key` makes it a part of the table of contents."""

    level: int
    words: Any
    key: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Words in a row; `quiet` where they only say something about what stands beside them."""

    words: Any
    quiet: bool = False


@dataclass(frozen=True)
class Quote:
    """A text by the student, with its line breaks."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table whose first column names the rows and takes `first` per cent of the width.

    `wide` where many narrow columns stand side by side.
    """

    caption: str
    head: list
    rows: list
    first: int = 36
    wide: bool = False


@dataclass(frozen=True)
class DocumentFigure:
    """A figure of `course_lib.charts` with what stands under it."""

    figure: Any
    caption: str


@dataclass(frozen=True)
class Document:
    """What both forms are written from: a title, lines to be filled in, blocks, and a last word.

    `facts` are pairs: a name, and what stands behind it (empty leaves a line to write on); `generator` what
    the file says it was made as; `frame` the attributes of the page that tell its language and direction.
    """

    title: str
    heading: str
    facts: list
    blocks: list
    closing: list
    generator: str = GENERATOR
    frame: str = 'lang="en-GB"'

    def html(self):
        """Return one HTML page that needs no other file and no network."""
        style = (paths.PACKAGE / "reports" / "portfolio.css").read_text(encoding="utf-8")
        parts = [block for block in self.blocks if isinstance(block, Heading) and block.key]
        contents = "".join(f'<li><a href="#{part.key}">{_inline(part.words)}</a></li>' for part in parts)
        named = say("portfolio.page.contents")
        facts = "".join(
            f"<div><dt>{_inline(name)}</dt><dd>{_inline(value) if value else _fill()}</dd></div>"
            for name, value in self.facts
        )
        return (
            f'<!DOCTYPE html>\n<html {self.frame}>\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            f'<meta name="generator" content="{self.generator}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f"<title>{_attribute(self.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#content">{_inline(say("portfolio.page.skip"))}</a>\n'
            f"<header>\n<h1>{_inline(self.heading)}</h1>\n<dl>{facts}</dl>\n</header>\n"
            + (
                f'<nav aria-label="{_attribute(named)}">\n<p>{_inline(named)}</p>\n'
                f"<ol>{contents}</ol>\n</nav>\n"
                if len(parts) > 1
                else ""
            )
            + '<main id="content" tabindex="-1">\n'
            + "\n".join(map(_html_block, self.blocks))
            + "\n</main>\n<footer>\n"
            + "\n".join(f"<p>{_inline(words)}</p>" for words in self.closing)
            + "\n</footer>\n</body>\n</html>\n"
        )

    def markdown(self):
        """Return the same as Markdown; pictures are told by their alternative text."""
        facts = [
            f"- {_flat(name)}: {_among(value) if value else '________________'}" for name, value in self.facts
        ]
        parts = [
            f"<!-- {self.generator} -->",
            f"# {_flat(self.heading)}",
            "\n".join(facts),
            *map(_markdown_block, self.blocks),
            "---",
            *map(_flat, self.closing),
        ]
        return "\n\n".join(parts) + "\n"


def insert_part(message, part):
    """Return a message with a part in the place that `HERE` was given for.

    >>> insert_part(f"See {HERE}.", Link("this", "https://example.org"))
    ['See ', Link(words='this', url='https://example.org'), '.']
    """
    before, _, after = message.partition(HERE)
    return [before, part, after]


def printable(text):
    """Return a text with its breaks as line feeds and with signs that no page can hold made visible.

    >>> printable("one\\r\\ntwo\\x00\\u202e")
    'one\\ntwo␀⟨U+202E⟩'
    """
    text = _BREAKS.sub("\n", text).translate(_UNSHOWN)
    return _MARKS.sub(lambda found: f"{found[1]}⟨{say('portfolio.page.marks', n=len(found[2]))}⟩", text)


def _lines(text):
    """Return the lines of a student's text; many empty ones in a row become one that says so."""
    told, blank = [], 0
    for line in [*printable(text).strip("\n").split("\n"), None]:
        if line is not None and not line.strip():
            blank += 1
            continue
        told += [f"[{say('portfolio.page.empty_lines', n=blank)}]"] if blank > _EMPTY_LINES else [""] * blank
        blank = 0
        if line is not None:
            told.append(line)
    return told


def _ours(text, show, mark):
    """Return our words as `show` gives them, with `mark` around what is set apart in them."""
    parts = enumerate(_SET_APART.split(text))
    return "".join(mark(show(part)) if at % 2 else show(part) for at, part in parts)


# The page.


def _escaped(text):
    return html.escape(printable(text))


def _attribute(text):
    return _ours(text, _escaped, isolate)


def _fill():
    away = _inline(say("portfolio.page.fill"))
    return f'<span class="fill" aria-hidden="true"></span><span class="away">{away}</span>'


def _inline(words):
    match words:
        case list() | tuple():
            return "".join(map(_inline, words))
        case str():
            return _ours(words, _escaped, lesson_html)
        case StudentText(text):
            return f'<bdi class="own">{_escaped(" ↵ ".join(_lines(text)))}</bdi>'
        case CourseText(text):
            told = render_markdown(_one_line(text), inline=True)
            return lesson_html(_IMAGE.sub(lambda found: found.group(1) or "", told))
        case Link(text, url):
            return f'<a href="{html.escape(url)}" rel="noopener noreferrer">{_inline(text)}</a>'
        case Lines(parts, ordered, kind):
            tag = "ol" if ordered else "ul"
            named = f' class="{kind}"' if kind else ""
            return f"<{tag}{named}>{''.join(f'<li>{_inline(part)}</li>' for part in parts)}</{tag}>"
    raise TypeError(words)


def _html_block(block):
    match block:
        case Heading(level, catalogue, key):
            name = f' id="{key}"' if key else ""
            return f"<h{level}{name}>{_inline(catalogue)}</h{level}>"
        case Paragraph(catalogue, quiet):
            return f'<p class="quiet">{_inline(catalogue)}</p>' if quiet else f"<p>{_inline(catalogue)}</p>"
        case Quote(text):
            return (
                f'<blockquote class="own" dir="auto">{"<br>".join(map(_escaped, _lines(text)))}</blockquote>'
            )
        case Lines():
            return _inline(block)
        case Table():
            return _html_table(block)
        case DocumentFigure(figure, caption):
            data = base64.b64encode(figure.png()).decode("ascii")
            return (
                f'<figure style="max-width:{round(figure.get_figwidth() * 100)}px"><img '
                f'alt="{html.escape(figure.alt)}"{_lang()} src="data:image/png;base64,{data}">'
                f"<figcaption>{_inline(caption)}</figcaption></figure>"
            )
    raise TypeError(block)


def _lang():
    told = catalogue()
    return "" if told.lessons_in == told.language else f' lang="{told.lessons_in}"'


def _html_table(table):
    head = "".join(f'<th scope="col">{_inline(name)}</th>' for name in table.head)
    rows = "".join(
        f'<tr><th scope="row">{_inline(first)}</th>'
        + "".join(f"<td>{_inline(cell)}</td>" for cell in rest)
        + "</tr>\n"
        for first, *rest in table.rows
    )
    short = ' class="short"' if len(table.rows) <= _SHORT else ""
    made = (
        f"<table{short}><caption>{_inline(table.caption)}</caption>\n"
        f'<colgroup><col style="width:{table.first}%"></colgroup>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )
    if not table.wide:
        return made
    # Scrolled sideways on a small screen, so that it can be reached by keyboard and has a name.
    name = _attribute(" ".join(table.caption.split()))
    return f'<div class="wide" role="group" tabindex="0" aria-label="{name}">{made}</div>'


# The Markdown.

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$^&@])")


def _plain(line):
    """Return a line of plain text with everything escaped that Markdown would read as more."""
    line = _SIGNS.sub(r"\\\1", line)
    # Addresses become links by themselves in some dialects.
    line = re.sub(r":(?=\S)", r"\\:", line)
    line = re.sub(r"\b(www)\.", r"\1\\.", line, flags=re.IGNORECASE)
    # What begins a list or makes a heading of the line above.
    return re.sub(r"^(\s*)(?:([-+=])|(\d+)([.)]))", _beginning, line)


def _beginning(found):
    space, sign, number, end = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{end}"


def _indented(line):
    # Four spaces would make a line code.
    return re.sub(r"^\s+", lambda found: "\u00a0" * len(found.group().expandtabs(4)), line)


def _one_line(text):
    return " ".join(text.split())


def _course(text):
    """Return the Markdown of a question as it can stand anywhere, with links that lead somewhere."""
    from course_lib import evidence

    def link(found):
        words, key = found.groups()
        url = evidence.source(key).url
        return f"[{words}](<{url}>)" if url else words

    text = items.SOURCE_LINK.sub(link, _one_line(text))
    return re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)


def _flat(words):
    match words:
        case [one]:
            return _flat(one)
        case list() | tuple():
            return "".join(map(_among, words))
        case str():
            return _plain(re.sub(r"\s+", " ", _ours(words, printable, isolate)))
        case StudentText(text):
            return _plain(" ↵ ".join(_lines(text)))
        case CourseText(text):
            return _course(text)
        case Link(text, url):
            return f"[{_flat(_one_line(text))}](<{url}>)"
        case Lines(parts, ordered):
            told = map(_among, parts)
            return "; ".join(f"({n}) {part}" if ordered else part for n, part in enumerate(told, start=1))
    raise TypeError(words)


def _among(part):
    """Return a part as it stands among others, whose directions it leaves alone."""
    told = _flat(part)
    match part:
        case StudentText() | [StudentText()]:
            return isolate(told)
        # Beside the sign that sets it apart, emphasis would neither begin nor end.
        case CourseText() | [CourseText()] if told[:1] not in "*_" and told[-1:] not in "*_":
            return isolate(told)
    return told


def _markdown_block(block):
    match block:
        case Heading(level, catalogue, _):
            return f"{'#' * level} {_flat(catalogue)}"
        case Paragraph(catalogue, _):
            return _flat(catalogue)
        case Quote(text):
            lines = [_indented(_plain(line)) for line in _lines(text)]
            # A backslash at the end of a line keeps its break.
            breaks = (
                "\\" if one.strip() and two.strip() else "" for one, two in itertools.pairwise([*lines, ""])
            )
            return "\n".join(f"> {line}{end}".rstrip(" ") for line, end in zip(lines, breaks, strict=True))
        case Lines(parts, ordered):
            return "\n".join(
                f"{f'{n}.' if ordered else '-'} {_flat(part)}" for n, part in enumerate(parts, start=1)
            )
        case Table(caption, head, rows):
            return "\n".join(
                [
                    f"**{_flat(caption)}**",
                    "",
                    _row(head),
                    _row(["---"] * len(head), raw=True),
                    *map(_row, rows),
                ]
            )
        case DocumentFigure(figure, caption):
            return _flat(say("portfolio.page.figure", caption=caption, alt=isolate(figure.alt)))
    raise TypeError(block)


def _row(cells, raw=False):
    told = (cell if raw else re.sub(r"(?<!\\)\|", r"\\|", _flat(cell)) for cell in cells)
    return f"| {' | '.join(told)} |"
