"""Markdown of a question, written anew so that every program reads in it what the course reads, and no more.

What a question holds may be by whomever. The course lets through little of HTML and of addresses; a program
that renders a portfolio may take all of it, and more dialects than one.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from course_lib import items
from course_lib.html.markdown import parse_line, pictures_as_text, render_markdown

if TYPE_CHECKING:
    from markdown_it.token import Token

_SIGNS = re.compile(r"([\\`*_\[\]{<~|$^@]|&(?=[#A-Za-z])|==|:(?=//)|(?<=\bwww)\.)", re.IGNORECASE)
# What would be more than a formula for a program that knows none.
_IN_FORMULA = re.compile(r"<(?=[A-Za-z/!?])|\](?=[\[(:])|:(?=//)")
_TAG = re.compile(r"</?(?P<name>\w+)")
# A break that was written as a number would begin a line.
_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_OF_ADDRESS = re.compile(r"[<>\s\\\"'`]|&(?=[#A-Za-z])")
_EMPHASIS = frozenset({"em_open", "em_close", "strong_open", "strong_close"})


def portable_markdown(text: str) -> str:
    r"""Return the Markdown of a question as a line that means the same wherever it is rendered.

    Parameters
    ----------
    text : str
        Markdown on one line, by whomever.

    Returns
    -------
    str
        Emphasis, code, formulas, the tags and the addresses that the course shows. All else is text; of a
        picture its alternative text is left.

    Examples
    --------
    >>> print(portable_markdown("*One* <b>two</b> H<sub>2</sub>O [a](https://example.org) [b](file:///c)"))
    *One* \<b>two\</b> H<sub>2</sub>O [a](<https://example.org>) \[b\](file\:///c)
    """
    written = _write(parse_line(text))
    if _words(written) == _words(text):
        return written
    return escape_line(_words(text))


def escape_line(text: str) -> str:
    r"""Return plain text as a part of a line in which no program reads more.

    Parameters
    ----------
    text : str
        Plain text.

    Returns
    -------
    str
        Markdown on one line.

    Examples
    --------
    >>> print(escape_line("<b> is *b*, &lt; and www.example.org"))
    \<b> is \*b\*, \&lt; and www\.example.org
    """
    return _SIGNS.sub(r"\\\1", _BREAKS.sub(" ", text))


def _words(text: str) -> str:
    """Return what is read of Markdown, where the alternative text of a picture stands for it."""
    return " ".join(pictures_as_text(render_markdown(text, inline=True)).striptags().split())


def _write(tokens: "Sequence[Token]") -> str:
    parts: list[str] = []
    open_tags: list[str] = []
    links: list[str] = []
    for token in tokens:
        match token.type:
            case "link_open":
                links.append("" if token.markup == "autolink" else _address(str(token.attrs["href"])))
                parts.append("[" if links[-1] else "")
            case "link_close":
                address = links.pop()
                parts.append(f"](<{address}>)" if address else "")
            case "html_inline":
                parts.append(_bare_tag(token.content, open_tags))
            case "image":
                parts.append(escape_line("".join(child.content for child in token.children or ())))
            case "code_inline":
                parts.append(_code(token.content))
            case "math_inline" | "math_inline_double":
                formula = _IN_FORMULA.sub(lambda found: f"{found[0]} ", token.content)
                parts.append(f"{token.markup}{formula}{token.markup}")
            case kind if kind in _EMPHASIS:
                parts.append(token.markup)
            case "softbreak" | "hardbreak":
                parts.append(" ")
            case _:
                parts.append(escape_line(token.content))
    return "".join(parts) + "".join(f"</{tag}>" for tag in reversed(open_tags))


def _address(address: str) -> str:
    scheme, colon, _ = address.partition(":")
    if not colon or scheme.lower() not in items.LINK_SCHEMES:
        return ""
    return _OF_ADDRESS.sub(lambda found: "&amp;" if found[0] == "&" else f"%{ord(found[0]):02X}", address)


def _bare_tag(source: str, open_tags: list[str]) -> str:
    """Return a tag with the ends of those that it would leave open, or nothing where it ends none."""
    found = _TAG.match(source)
    name = found["name"] if found else "br"
    if name == "br":
        return "<br>"
    if not source.startswith("</"):
        open_tags.append(name)
        return f"<{name}>"
    if name not in open_tags:
        return ""
    ends = ""
    while not ends.endswith(f"</{name}>"):
        ends += f"</{open_tags.pop()}>"
    return ends


def _code(content: str) -> str:
    longest = max(map(len, re.findall("`+", content)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{edge}{_BREAKS.sub(' ', content)}{edge}{fence}"
