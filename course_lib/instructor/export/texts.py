"""Markdown of a question as HTML that is XML too, with formulas as LaTeX or MathML, or as plain text."""

import html
import re
from collections.abc import Iterable
from decimal import Decimal
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from course_lib.html.markdown import render_markdown

# What XML 1.0 cannot hold in any form.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY = {"br", "hr", "img"}
_KEPT = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title"),
    "math": ("xmlns", "display"),
    "mo": ("stretchy",),
    "th": ("align",),
    "td": ("align",),
}
_BLOCKS = {"p", "div", "blockquote", "pre", "ol", "ul", "table", "hr", "h4", "h5", "li", "tr"}


def render_element(text: str, inline: bool = False, latex: bool = True) -> Element:
    r"""Return Markdown as an element that holds its HTML.

    Parameters
    ----------
    text : str
        Markdown as question banks have it.
    inline : bool
        Whether the text becomes a line, without paragraphs.
    latex : bool
        Whether formulas stay LaTeX, between ``\(`` and ``\)``, or become MathML.

    Returns
    -------
    Element
        A ``div`` with the HTML in it.

    Examples
    --------
    >>> inner_xml(render_element("*Bread* & cake", inline=True))
    Markup('<em>Bread</em> &amp; cake')
    """
    return parse_html(render_markdown(text, inline=inline, latex=latex))


def parse_html(source: str) -> Element:
    """Return safe HTML as an element that holds it.

    Parameters
    ----------
    source : str
        HTML that is safe to show; signs that XML cannot hold are taken out.

    Returns
    -------
    Element
        A ``div`` with the HTML in it, without attributes that no other system needs.
    """
    reader = _Reader()
    # A plain string, since the parser puts pieces together and none of them is to be escaped.
    reader.feed(UNFIT.sub("", str(source)))
    reader.close()
    _gather_list_items(reader.root)
    return reader.root


def inner_xml(element: Element) -> Markup:
    """Return what an element holds, as XML that is HTML too.

    Parameters
    ----------
    element : Element
        The element; its own tag is left out.

    Returns
    -------
    Markup
        Its text and its children.

    Examples
    --------
    >>> inner_xml(parse_html("a &lt; b<br>c"))
    Markup('a &lt; b<br />c')
    """
    serialised = html.escape(element.text or "", quote=False) + "".join(
        tostring(child, encoding="unicode") for child in element
    )
    return Markup(serialised)  # noqa: S704 - written out by an XML library, which escapes


def plain_text(element: Element) -> str:
    """Return the words an element holds, without any mark-up, on one line.

    Parameters
    ----------
    element : Element
        The element.

    Returns
    -------
    str
        Its text; an image is its alternative text.

    Examples
    --------
    >>> plain_text(parse_html("<p>a &lt; b</p><p>c <em>d</em></p>"))
    'a < b c d'
    """
    words: list[str] = []

    def walk(node: Element) -> None:
        if node.tag == "img":
            words.append(node.get("alt", ""))
        words.append(node.text or "")
        for child in node:
            walk(child)
            words.append((" " if child.tag in _BLOCKS or child.tag == "br" else "") + (child.tail or ""))

    walk(element)
    return " ".join("".join(words).split())


def text_html(text: str) -> Markup:
    """Return a plain text as HTML in which quotation marks stay as they are.

    Where HTML stands in a text format, and what reads it resolves entities once too often or not at all,
    fewer of them are better.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    Markup
        The text, its special signs escaped.

    Examples
    --------
    >>> text_html('"a" < b')
    Markup('"a" &lt; b')
    """
    holder = Element("div")
    holder.text = str(text)
    return inner_xml(holder)


def list_html(lines: Iterable[Markup], ordered: bool = False) -> Markup:
    """Return pieces of HTML as a list.

    Parameters
    ----------
    lines : iterable of Markup
        The entries.
    ordered : bool
        Whether they are numbered.

    Returns
    -------
    Markup
        The list.

    Examples
    --------
    >>> list_html([Markup("a"), Markup("<em>b</em>")])
    Markup('<ul><li>a</li><li><em>b</em></li></ul>')
    """
    entries = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return (Markup("<ol>{}</ol>") if ordered else Markup("<ul>{}</ul>")).format(entries)


def decimal_text(value: float) -> str:
    """Return a number as every reader of numbers understands it: a point, no exponent.

    Parameters
    ----------
    value : float
        The number.

    Returns
    -------
    str
        Its shortest decimal form.

    Examples
    --------
    >>> decimal_text(12.50), decimal_text(1e-7), decimal_text(-3.0)
    ('12.5', '0.0000001', '-3')
    """
    text = format(Decimal(repr(float(value))), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def identifier(text: str) -> str:
    """Return a text as an identifier that XML and file systems take; different texts stay different.

    Parameters
    ----------
    text : str
        A name, such as the id of a question.

    Returns
    -------
    str
        Letters, digits, hyphens, underscores and points; the first sign is a letter.

    Examples
    --------
    >>> identifier("01-hedges"), identifier("a b")
    ('q-01-hedges', 'q-a.20b')
    """
    return "q-" + re.sub(r"[^A-Za-z0-9_-]", lambda sign: f".{ord(sign.group()):x}", text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        attributes = {name: values[name] or "" for name in _KEPT.get(tag, ()) if name in values}
        element = SubElement(self._open[-1], tag, attributes)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.tag for element in self._open[1:]]:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        here = self._open[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data


def _gather_list_items(element: Element) -> None:
    """Put list items that stand outside a list into one: elsewhere than in a page they are no HTML."""
    children: list[Element] = []
    group: Element | None = None
    for child in list(element):
        element.remove(child)
        _gather_list_items(child)
        if child.tag != "li" or element.tag in ("ol", "ul"):
            children.append(child)
            group = None
            continue
        if group is None:
            group = Element("ul")
            children.append(group)
        group.append(child)
        if child.tail and child.tail.strip():
            group.tail, child.tail = child.tail, None
            group = None
    element.extend(children)
