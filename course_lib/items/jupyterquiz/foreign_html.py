r"""Foreign HTML as our Markdown: what it says stays as it is, whatever signs it holds.

In such a text a star, an underscore or `1. ` means nothing. So everything that Markdown would read as more is
escaped, and what HTML marks is written with the bare tags that our renderer lets through.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from course_lib.items.jupyterquiz.element_tree import Node, left_out_of, parse_foreign, scheme_of
from course_lib.items.jupyterquiz.elements import (
    CONTAINERS,
    HEADINGS,
    HTML_TAGS,
    LISTS,
    RENAMED,
    SAME,
    TABLE_PARTS,
)
from course_lib.items.jupyterquiz.mathematics import SetAside, set_aside

_SPACES = re.compile(r"[ \t\n\r\f]+")
_SIGNS = re.compile(r"([\\`*_\[\]<$~]|&(?=[#A-Za-z])|(?<=\])\()")
_BEGINNING = re.compile(r"^(?:([-+=>#|:])|(\d{1,9})([.)]))")
# Signs that no page can hold.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_EDGE_BLANKS = re.compile(r"^\s+|\s+$")
# How a list counts that does not count in digits, to where it goes on in these.
_LETTERED = frozenset("aAiI")
_MOST_LETTERED = 400
_ROMAN = (
    ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"),
    ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"),
    ("", "c", "cc", "ccc"),
)
# No table of a question has a cell over more columns or rows.
_WIDEST = 50
# Between the cells of a table that is told on a line.
_CELL_END = " \\| "
# Stands before an image until its line is written; no text holds it, since no page can.
_IMAGE = "\x01"
# What jupyterquiz makes links of, in a text that is HTML otherwise.
_BARE_ADDRESS = re.compile(r"<(https?://[^<>\s]*)>")
_LINK = re.compile(r"\[([^\[\]]*)\]\(((?:https?://|\.{0,2}/|#)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")


class Converted(NamedTuple):
    """A text as our Markdown, and what of it is to be told."""

    markdown: str
    left_out: list[str]
    unknown: list[str]
    money: bool
    remarks: list[str]


def convert_html(source: str, inline: bool = True) -> Converted:
    r"""Return foreign HTML as our Markdown, with what could not be carried.

    Parameters
    ----------
    source : str
        HTML by whomever, with mathematics in LaTeX.
    inline : bool, default True
        Whether it is to be a part of a line. Otherwise it has paragraphs, the first of which stands alone.

    Returns
    -------
    Converted
        The Markdown; the tags and attributes left out; what looks like a tag and is none.

    Examples
    --------
    >>> print(convert_html(r"<b>__init__</b> is 2**3 in H<sub>2</sub>O, \( x \)").markdown)
    <strong>\_\_init\_\_</strong> is 2\*\*3 in H<sub>2</sub>O, $x$
    """
    aside = set_aside(_UNSEEN.sub("", source))
    text = _BARE_ADDRESS.sub(r'<a href="\1">\1</a>', aside.text)
    text = _LINK.sub(lambda found: f'<a href="{html.escape(found[2])}">{found[1]}</a>', text)
    names = left_out_of(text)
    unknown = [name for name in names if name.startswith("<") and name[1:-1] not in HTML_TAGS]
    writer = _Writer(aside)
    root, hidden = parse_foreign(text)
    markdown = writer.line(root) if inline else writer.paragraphs(root)
    left_out = [name for name in names if name not in unknown] + hidden + writer.left_out
    return Converted(markdown, left_out, unknown, aside.money, [*aside.remarks, *writer.remarks])


def convert_code(source: str) -> tuple[str, list[str]]:
    r"""Return the text of HTML that stands in a block of code, line by line as it is.

    Parameters
    ----------
    source : str
        HTML by whomever.

    Returns
    -------
    str
        Plain text.
    list of str
        The tags in it, which are left out.

    Examples
    --------
    >>> convert_code("if a &lt; b:\n  <b>c</b>")
    ('if a < b:\n  c', ['<b>'])
    """
    source = _UNSEEN.sub("", source)
    # A break right after the tag would be left out, which no author of a text could know.
    root, hidden = parse_foreign(f"<pre>\n{source}</pre>")
    names = re.findall(r"<([A-Za-z][A-Za-z0-9]*)", source)
    tags = [f"<{name.lower()}>" for name in names if name.lower() != "br"]
    return root.text().strip("\n"), list(dict.fromkeys(tags + hidden))


def code_block(text: str) -> str:
    """Return plain text as a block of code in Markdown.

    Parameters
    ----------
    text : str
        Lines of code.

    Returns
    -------
    str
        A fence around them, longer than any in them.
    """
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def code_line(text: str) -> str:
    r"""Return plain text as code within a line; its lines and their indentation are kept.

    Parameters
    ----------
    text : str
        Lines of code.

    Returns
    -------
    str
        Markdown on one line.

    Examples
    --------
    >>> print(code_line("for x in y:\n    x**2"))
    <code>for x in y:<br>&nbsp;&nbsp;&nbsp;&nbsp;x\*\*2</code>
    """
    lines = (_hard_spaces(escape_text(line.rstrip().expandtabs(4))) for line in text.strip("\n").split("\n"))
    return f"<code>{'<br>'.join(lines)}</code>"


def escape_text(text: str) -> str:
    r"""Return plain text with everything escaped that Markdown would read as more within a line.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> print(escape_text("2**3**2 [a](b) &lt; $5"))
    2\*\*3\*\*2 \[a\]\(b) \&lt; \$5
    """
    return _SIGNS.sub(r"\\\1", text)


def _hard_spaces(line: str) -> str:
    line = re.sub(r"^ +", lambda found: "&nbsp;" * len(found[0]), line)
    return re.sub(r" {2,}", lambda found: "&nbsp;" * len(found[0]), line)


class _Block(NamedTuple):
    """A paragraph, or with its element what is more than one."""

    markdown: str
    node: Node | None = None


class _Writer:
    """Writes a tree as Markdown."""

    def __init__(self, aside: SetAside) -> None:
        self._aside = aside
        self.left_out: list[str] = []
        self.remarks: list[str] = []

    def line(self, node: Node) -> str:
        """Return a tree as a part of a line, its blocks set apart by breaks."""
        return self._finish("".join(self._inline(child) for child in node.children))

    def paragraphs(self, node: Node) -> str:
        """Return a tree as paragraphs and other blocks, the first of which is a part of a line."""
        blocks = [block for block in self._blocks(node.children) if block.markdown]
        for place, block in enumerate(blocks):
            # The first paragraph stands alone; what follows is taken for a paragraph where it is one line.
            is_line = "\n" not in block.markdown and len(blocks) == place + 1
            if block.node is not None and (place == 0 or is_line):
                blocks[place] = _Block(self._finish(self._inline(block.node)))
        return "\n\n".join(block.markdown for block in blocks)

    def _finish(self, text: str) -> str:
        """Return what was written of a line or paragraph with its formulas, so that no beginning counts."""
        text = self._with_texts(text)
        # An exclamation mark right before a link would make an image of it.
        text = re.sub(rf"(?<!{_IMAGE})!(?=\[)", r"\!", text).replace(_IMAGE, "")
        text = _SPACES.sub(" ", text)
        text = re.sub(r" ?((?:<br>)+) ?", r"\1", text)
        text = re.sub(r"^(?:\s*<br>)+|(?:<br>\s*)+$", "", text).strip(" ")
        if not text.strip():
            return ""
        text = _BEGINNING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)
        # Blanks that a browser keeps, where Markdown would take them for the edge of a paragraph.
        text = _EDGE_BLANKS.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), text)
        return self._with_formulas(text)

    def _with_texts(self, text: str) -> str:
        """Return a text with what was set aside and is no formula back in its place."""

        def back(found: re.Match[str]) -> str:
            formula = self._aside.formulas[int(found[1])]
            return found[0] if formula.is_formula else escape_text(formula.shown)

        return self._aside.pattern.sub(back, text)

    def _with_formulas(self, text: str) -> str:
        formulas, sign = self._aside.formulas, self._aside.sign

        def beside(found: re.Match[str]) -> str:
            formula = formulas[int(found["mark"].strip(sign))]
            # A digit beside the sign would make it one of money, so it is named by its number.
            before, after = (
                f"&#{ord(digit)};" if digit.isdigit() else digit
                for digit in (found["before"] or "", found["after"] or "")
            )
            return f"{before}{formula.shown}{after}"

        pattern = re.compile(rf"(?P<before>[0-9])?(?P<mark>{sign}\d+{sign})(?P<after>[0-9])?")
        text = text.replace(sign * 2, f"{sign} {sign}") if formulas else text
        return pattern.sub(beside, text) if formulas else text

    def _inline(self, child: Node | str) -> str:
        if isinstance(child, str):
            return escape_text(child)
        inner = "".join(self._inline(part) for part in child.children)
        match child.tag:
            case "br":
                return "<br>"
            case "hr":
                return "<br>"
            case "img":
                return self._image(child)
            case "a":
                return self._link(child, inner)
            case "pre":
                return f"<br>{code_line(self._aside.restore(child.text()))}<br>"
            case tag if RENAMED.get(tag) == "code":
                # Spaces count as in any text; formulas in code are code.
                words = _SPACES.sub(" ", self._aside.restore(child.text()))
                return f"<code>{escape_text(words)}</code>" if words.strip() else ""
            case tag if tag in SAME or tag in RENAMED:
                name = RENAMED.get(tag, tag)
                return f"<{name}>{inner}</{name}>" if inner.strip() else inner
            case tag if tag in HEADINGS:
                return f"<br><strong>{inner.strip()}</strong><br>"
            case "table":
                return self._rows_on_a_line(child)
            case tag if tag in LISTS and _has_items(child):
                return "<br>" + "".join(
                    f"{marker} {''.join(self._inline(part) for part in item.children)}<br>"
                    for marker, item in _list_items(child)
                )
            case _ if child.is_block:
                return f"<br>{inner}<br>".replace("<br><br>", "<br>")
            case _:
                return inner

    def _rows_on_a_line(self, table: Node) -> str:
        """Return a table whose rows are set apart by breaks, and their cells by bars."""
        lines = ["".join(map(self._inline, title.children)) for title in table.find_all("caption")]
        for row in _grid(table.find_all("tr")):
            cells = ("".join(map(self._inline, cell.children)) if cell else "" for cell in row)
            lines.append(_CELL_END.join(cells))
        return f"<br>{'<br>'.join(lines)}<br>"

    def _link(self, node: Node, inner: str) -> str:
        address = self._aside.restore(node.attributes.get("href", "")).strip()
        # A link in a link is none: that of a picture goes before.
        is_linked = any(scheme_of(image.attributes.get("src", "")) for image in node.find_all("img"))
        if not address or not inner.strip() or "<br>" in inner or is_linked:
            return inner
        return f"[{inner}](<{_safe_address(address)}>)"

    def _image(self, node: Node) -> str:
        address = self._aside.restore(node.attributes.get("src", "")).strip()
        alt = _SPACES.sub(" ", self._aside.restore(node.attributes.get("alt", ""))).strip()
        if not address:
            self.left_out.append("an image without an address that can be shown")
            return escape_text(alt)
        if not alt:
            self.left_out.append("the words for an image, which has no 'alt'")
            alt = address.rpartition("/")[2][:80] or "image"
        if scheme_of(address) or address.startswith("//"):
            # Nothing is loaded from the network; who wants to see it can follow the link.
            self.left_out.append(f"the picture {address!r}, which is on the network; a link stands for it")
            return f"[{escape_text(alt)}](<{_safe_address(address)}>)"
        return f"{_IMAGE}![{escape_text(alt)}](<{_safe_address(address)}>)"

    def _blocks(self, children: Iterable[Node | str]) -> Iterator[_Block]:
        run = ""
        for child in children:
            if isinstance(child, Node) and child.is_block:
                yield from self._paragraph_texts(run)
                run = ""
                yield from self._block(child)
            else:
                run += self._inline(child)
        yield from self._paragraph_texts(run)

    def _paragraph_texts(self, run: str) -> Iterator[_Block]:
        for text in _split_paragraphs(run):
            yield _Block(self._finish(text))

    def _block(self, node: Node) -> Iterator[_Block]:
        match node.tag:
            case "pre":
                if (text := self._aside.restore(node.text()).strip("\n")).strip():
                    yield _Block(code_block(text), node)
            case "hr":
                yield _Block("***", node)
            case "blockquote":
                lines = self._join(node).split("\n")
                yield _Block("\n".join(f"> {line}".rstrip() for line in lines), node)
            case "table":
                yield from map(_Block, map(self.line, node.find_all("caption")))
                if table := self._table(node):
                    yield _Block(table, node)
            case tag if tag in LISTS and _has_items(node) and _is_lettered(node):
                # Markdown counts in digits alone, and a question may speak of its letters.
                yield _Block(self._finish(self._inline(node)))
            case tag if tag in LISTS and _has_items(node):
                yield _Block(self._list(node), node)
            case tag if tag in CONTAINERS or tag in TABLE_PARTS or tag in LISTS:
                yield from self._blocks(node.children)
            case _:
                yield from self._paragraph_texts(self._inline(node))

    def _join(self, node: Node) -> str:
        return "\n\n".join(block.markdown for block in self._blocks(node.children) if block.markdown)

    def _list(self, node: Node) -> str:
        written = []
        for marker, item in _list_items(node):
            indent = " " * (len(marker.replace("\\", "")) + 1)
            mark = "-" if marker == "•" else marker.replace("\\", "")
            lines = self._join(item).split("\n")
            written.append(
                "\n".join([f"{mark} {lines[0]}", *(f"{indent}{line}".rstrip() for line in lines[1:])])
            )
        return "\n".join(written)

    def _table(self, node: Node) -> str:
        rows = node.find_all("tr")
        cells = [[self._cell(cell) if cell else "" for cell in row] for row in _grid(rows)]
        width = max(map(len, cells), default=0)
        if not width:
            return ""
        if not rows[0].find_all("th"):
            cells.insert(0, [])
        head, *body = [[*row, *[""] * (width - len(row))] for row in cells]
        return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *body))

    def _cell(self, node: Node) -> str:
        return re.sub(r"(?<!\\)\|", r"\\|", self.line(node))


def _grid(rows: list[Node]) -> list[list[Node | None]]:
    """Return the cells of rows by their columns; where one reaches over others, these are None."""
    grid: list[list[Node | None]] = []
    # By column in how many rows from here on a cell above still stands.
    reaching: dict[int, int] = {}
    for row in rows:
        line: list[Node | None] = []
        for cell in row.find_all("th", "td"):
            while reaching.get(len(line)):
                line.append(None)
            across, down = (_span(cell, name) for name in ("colspan", "rowspan"))
            reaching |= {len(line) + step: down for step in range(across)}
            line += [cell, *[None] * (across - 1)]
        grid.append(line)
        reaching = {column: count - 1 for column, count in reaching.items() if count > 1}
    return grid


def _span(cell: Node, name: str) -> int:
    given = cell.attributes.get(name, "")
    return min(max(int(given), 1), _WIDEST) if given.isdecimal() and len(given) < 9 else 1


def _list_items(node: Node) -> Iterator[tuple[str, Node]]:
    start = node.attributes.get("start", "")
    number = int(start) if start.isdecimal() and len(start) < 9 else 1
    for place, item in enumerate(_whole_items(node)):
        yield ("•" if node.tag == "ul" else f"{_count(number + place, node)}\\."), item


def _is_lettered(node: Node) -> bool:
    return node.attributes.get("type", "") in _LETTERED


def _count(number: int, node: Node) -> str:
    """Return a number as its list counts: in digits, letters or Roman numerals."""
    kind = node.attributes.get("type", "")
    if kind not in _LETTERED or not 0 < number < _MOST_LETTERED:
        return str(number)
    if kind in "iI":
        counted = "".join(
            signs[number // 10**place % 10] for place, signs in reversed(list(enumerate(_ROMAN)))
        )
    else:
        counted = ""
        while number:
            number, letter = divmod(number - 1, 26)
            counted = chr(ord("a") + letter) + counted
    return counted.upper() if kind.isupper() else counted


def _whole_items(node: Node) -> list[Node]:
    """Return the items of a list; what stands between them is a part of the one before, or of the first."""
    items: list[Node] = []
    before: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            items.append(Node("li", {}, [*before, *child.children]))
            before = []
        elif isinstance(child, Node) or child.strip():
            is_block = isinstance(child, Node) and child.is_block
            into = items[-1].children if items else before
            into += [Node("br"), child] if items and not is_block else [child]
    return items


def _has_items(node: Node) -> bool:
    return any(isinstance(child, Node) and child.tag == "li" for child in node.children)


def _split_paragraphs(run: str) -> list[str]:
    return [text for text in re.split(r"(?:<br>[ \t\n\r\f]*){2,}", run) if text.strip()]


def _safe_address(address: str) -> str:
    address = re.sub(r"[<>\s\\]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), address)
    return re.sub(r"&(?=[#A-Za-z])", "&amp;", address)
