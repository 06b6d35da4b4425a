"""Markdown of a question as HTML that is XML too, with formulas as LaTeX or MathML, or as plain text."""

import html
import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

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


def render_element(text, inline=False, latex=True):
    r"""Return Markdown as an element that holds its HTML.

    Parameters: `inline` for a text without paragraphs; `latex` whether formulas stay LaTeX, between `\(` and
    `\)`, or become MathML.
    """
    return parse_html(render_markdown(text, inline=inline, latex=latex))


def parse_html(given):
    """Return safe HTML as an element that holds it."""
    reader = _Reader()
    reader.feed(given)
    reader.close()
    _listed(reader.root)
    return reader.root


def inner_xml(element):
    """Return what an element holds, as XML that is HTML too.

    >>> inner_xml(parse_html("a &lt; b<br>c"))
    'a &lt; b<br />c'
    """
    return html.escape(element.text or "", quote=False) + "".join(
        tostring(child, encoding="unicode") for child in element
    )


def plain_text(element):
    """Return the words an element holds, without any mark-up, on one line."""
    words = []

    def walk(one):
        if one.tag == "img":
            words.append(one.get("alt", ""))
        words.append(one.text or "")
        for child in one:
            walk(child)
            words.append((" " if child.tag in _BLOCKS or child.tag == "br" else "") + (child.tail or ""))

    walk(element)
    return " ".join("".join(words).split())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self._open = [self.root]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        kept = {name: given[name] or "" for name in _KEPT.get(tag, ()) if name in given}
        made = SubElement(self._open[-1], tag, kept)
        if tag not in _EMPTY:
            self._open.append(made)

    def handle_endtag(self, tag):
        if tag in [one.tag for one in self._open[1:]]:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data):
        here = self._open[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data


def _listed(element):
    """Put points that stand outside a list into one: elsewhere than in a page they are no HTML."""
    held, group = [], None
    for child in list(element):
        element.remove(child)
        _listed(child)
        if child.tag != "li" or element.tag in ("ol", "ul"):
            held.append(child)
            group = None
            continue
        if group is None:
            group = Element("ul")
            held.append(group)
        if child.tail and child.tail.strip():
            group.tail, child.tail = child.tail, None
            group.append(child)
            group = None
        else:
            group.append(child)
    element.extend(held)
