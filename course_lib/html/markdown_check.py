"""Whether Markdown leaves a text its words: what it takes for markup that its writer may not have meant."""

import difflib
import re
from html.parser import HTMLParser

from course_lib.html.markdown import render_commonmark

# Markup counts as meant where a reader of the source would see it: in pairs around words, links, lists of two
# lines or more that count from 1, tables with their line of dashes. Its signs are left out.
_MATHEMATICS = re.compile(r"(?<![\\\w$])(\$\$?)(?=\S)(.+?)(?<=\S)\1(?![\w$])", re.DOTALL)
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"(?<!\\)\[([^\]]*)\]\([^)\s]*\)")
_ADDRESS = re.compile(r"<(https?://[^\s<>]+)>")
_PAIRED = re.compile(r"(?<![\\\w*_])(\*\*|\*|_)(?=[^\s*_])(.+?)(?<=[^\s\\])\1(?![\w*_])", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HARD_BREAK = re.compile(r"\\$", re.MULTILINE)
_BULLET = re.compile(r"\s{0,3}[-*+]\s+(?=\S)")
_NUMBER = re.compile(r"\s{0,3}(\d{1,9})[.)]\s+(?=\S)")
_RULE_OF_TABLE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_INDENTED = re.compile(r"^(?: {4}|\t)\s*\S+", re.MULTILINE)
_HEADING = re.compile(r"#{4,5}\s+(?=\S)")
# No text holds it, so that what is meant as it stands can be told from markup.
_SET_ASIDE = re.compile("\ue000(\\d+)\ue001")


class _Words(HTMLParser):
    """The text of HTML, without formulas, with what stands for pictures."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self._depth = 0
        self._parts: list[str] = []
        self.feed(markup)
        self.close()

    @property
    def words(self) -> list[str]:
        """What is read, word by word."""
        return "".join(self._parts).split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count formulas, and set parts of a page apart."""
        self._depth += tag == "math"
        if tag == "img":
            self._parts.append(dict(attrs).get("alt") or "")
        elif tag not in ("a", "code", "em", "strong", "math"):
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Count formulas, and set parts of a page apart."""
        self._depth -= tag == "math"
        if tag not in ("a", "code", "em", "strong", "math"):
            self._parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self._depth:
            self._parts.append(data)


def changed_words(text: str, inline: bool = False) -> tuple[str, str] | None:
    r"""Return what Markdown makes another text of than its writer wrote.

    The words that are shown are compared with those of the source, from which markup is taken that anybody
    would see in it: emphasis around whole words, links, code, formulas, lists of two lines or more that count
    from 1, tables, and signs after a backslash.

    Parameters
    ----------
    text : str
        Markdown.
    inline : bool, default False
        Whether it is shown as a part of a line.

    Returns
    -------
    tuple of str and str, or None
        The first words that are changed, as they are written and as they are shown; None where all stay.

    Examples
    --------
    >>> changed_words("1972. It failed.")
    ('1972.', '')
    >>> changed_words("2*3*4 is 24"), changed_words("**Two** of [the claims](claims.md), `2*3*4`.")
    (('2*3*4', '234'), None)
    """
    markup = render_commonmark(text, inline)
    written = _written_words(text, inline)
    shown = _Words(markup).words
    if written == shown:
        indented = _INDENTED.search(text)
        return (
            (indented[0], "a line of code") if indented and "<pre>" in markup and "```" not in text else None
        )
    steps = difflib.SequenceMatcher(None, written, shown, autojunk=False).get_opcodes()
    _, first, last, start, end = next(step for step in steps if step[0] != "equal")
    return " ".join(written[first:last]), " ".join(shown[start:end])


def _written_words(text: str, inline: bool) -> list[str]:
    """Return the words of a source, without the markup that is meant."""
    aside: list[str] = []

    def set_aside(words: str) -> str:
        aside.append(words)
        return f"\ue000{len(aside) - 1}\ue001"

    text = _MATHEMATICS.sub("", text)
    text = _CODE.sub(lambda match: set_aside(match[2].strip()), text)
    text = _ESCAPED.sub(lambda match: set_aside(match[1]), text)
    text = _HARD_BREAK.sub("", text)
    text = _IMAGE.sub(lambda match: f" {match[1]} ", text)
    text = _LINK.sub(lambda match: match[1], text)
    text = _ADDRESS.sub(lambda match: match[1], text)
    if not inline:
        text = "\n".join(_without_blocks(text.split("\n")))
    before = ""
    while before != text:
        before, text = text, _PAIRED.sub(lambda match: match[2], text)
    return _SET_ASIDE.sub(lambda match: aside[int(match[1])], text).split()


def _without_blocks(lines: list[str]) -> list[str]:
    """Return lines without the signs of lists, tables and headings that are meant."""
    bullets = [bool(_BULLET.match(line)) for line in lines]
    numbers = [int(match[1]) if (match := _NUMBER.match(line)) else None for line in lines]
    counted = [number for number in numbers if number is not None]
    if sum(bullets) > 1:
        lines = [_BULLET.sub("", line, count=1) if bullets[at] else line for at, line in enumerate(lines)]
    if len(counted) > 1 and counted == list(range(1, len(counted) + 1)):
        lines = [
            _NUMBER.sub("", line, count=1) if numbers[at] is not None else line
            for at, line in enumerate(lines)
        ]
    plain = []
    for at, line in enumerate(lines):
        is_rule = "|" in line and bool(_RULE_OF_TABLE.fullmatch(line))
        is_row = "|" in line and any(
            "|" in other and _RULE_OF_TABLE.fullmatch(other) for other in _same_block(lines, at)
        )
        if not is_rule:
            plain.append(_HEADING.sub("", line.replace("|", " ") if is_row else line, count=1))
    return plain


def _same_block(lines: list[str], at: int) -> list[str]:
    """Return the lines around one, up to the next empty ones."""
    first = last = at
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return lines[first : last + 1]
