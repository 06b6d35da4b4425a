"""Whether Markdown leaves a text its words: what it takes for markup that its writer may not have meant."""

import difflib
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser

from course_lib.html.markdown import BARE_TAGS, render_commonmark

# Markup counts as meant where a reader of the source would see it: emphasis around whole words, code,
# formulas, links with an address, lists of two lines or more that count from 1, quotations of two lines or
# more, tables with their line of dashes, headings above a text. Its signs are left out before words are
# compared.
_FENCED = re.compile(r"^(`{3,})[^`\n]*\n(.*?)^\1[ ]*$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_MATHEMATICS = re.compile(r"(?<![\\\w$])(\$\$?)(?=\S)(.+?)(?<=\S)\1(?![\w$])", re.DOTALL)
# Two words in a row are no formula: "the $-sign and the US-$ rate".
_WORDS = re.compile(r"(?<!\\)\b[^\W\d_]{2,}\s+[^\W\d_]{3,}")
_IN_FORMULA = re.compile(r"\\(?:text|mathrm|operatorname)\s*\{[^}]*\}|\\[A-Za-z]+")
_TARGET = r"\((?=[^)\s]*[:/.#])(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+\"[^\"]*\")?\)"
_IMAGE = re.compile(r"!\[([^\]]*)\]" + _TARGET)
_LINK = re.compile(r"(?<!\\)\[([^\]]*)\]" + _TARGET)
_TAGGED = re.compile(rf"<({'|'.join(sorted(BARE_TAGS - {'br'}))})>(.*?)</\1>", re.DOTALL)
_BREAK = re.compile(r"<br ?/?>")
_ADDRESS = re.compile(r"<(https?://[^\s<>]+)>")
# Not before closing punctuation, nor behind opening: "(*) and (*)".
_INNER = r"(?=[^\s*_)\]},.;:!?])(.+?)(?<=[^\s\\(\[{])"
_PAIRED = re.compile(r"(?<![\\\w*_])(\*{1,3}|_)" + _INNER + r"\1(?![\w*_])", re.DOTALL)
# Where names have two underscores, emphasis has more than a word in it.
_UNDERSCORES = re.compile(r"(?<![\\\w*_])(__)(?=[^\s_])((?:(?!__).)+\s(?:(?!__).)+)(?<=[^\s\\])\1(?![\w*_])")
# Before these a backslash has a reason; before others it was meant to be seen, as in \(x\) or C:\,.
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#+\-.!|~$&=])|(?<=^)(\d{1,9})\\(\))", re.MULTILINE)
_HARD_BREAK = re.compile(r"\\$", re.MULTILINE)
_BULLET = re.compile(r"\s*[-*+]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,9})[.)]\s+(?=\S)")
_QUOTED = re.compile(r" {0,3}>\s?")
_RULE_OF_TABLE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_INDENTED = re.compile(r"^(?: {4}|\t)\s*\S+", re.MULTILINE)
_HEADING = re.compile(r"#{4,5}\s+(?=\S)")
# Tags that set no words apart.
_WITHIN = {"a", "math"} | (BARE_TAGS - {"br"})
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
        elif tag not in _WITHIN:
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Count formulas, and set parts of a page apart."""
        self._depth -= tag == "math"
        if tag not in _WITHIN:
            self._parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self._depth:
            self._parts.append(data)


def changed_words(text: str, inline: bool = False) -> tuple[str, str | None] | None:
    r"""Return what Markdown makes another text of than its writer wrote.

    The words that are shown are compared with those of the source, from which markup is taken that anybody
    would see in it: emphasis around whole words, links with an address, code, formulas, lists of two lines or
    more that count from 1, tables, and signs of Markdown after a backslash.

    Parameters
    ----------
    text : str
        Markdown.
    inline : bool, default False
        Whether it is shown as a part of a line.

    Returns
    -------
    tuple of str and (str or None), or None
        The first words that are changed, as they are written and as they are shown, which is None where
        Markdown takes their line for code; None where all stay.

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
        return (indented[0], None) if indented and "<pre>" in markup and "```" not in text else None
    steps = difflib.SequenceMatcher(None, written, shown, autojunk=False).get_opcodes()
    _, first, last, start, end = next(step for step in steps if step[0] != "equal")
    return " ".join(written[first:last]), " ".join(shown[start:end])


def _written_words(text: str, inline: bool) -> list[str]:
    """Return the words of a source, without the markup that is meant."""
    aside: list[str] = []

    def set_aside(words: str) -> str:
        aside.append(words)
        return f"\ue000{len(aside) - 1}\ue001"

    text = _FENCED.sub(lambda match: set_aside(match[2]), text)
    text = _CODE.sub(lambda match: set_aside(match[2].strip()), text)
    text = _MATHEMATICS.sub(lambda match: "" if _is_formula(match[2]) else match[0], text)
    text = _ESCAPED.sub(lambda match: (match[2] or "") + set_aside(match[1] or match[3]), text)
    text = _HARD_BREAK.sub("", _BREAK.sub(" ", text))
    text = _IMAGE.sub(lambda match: f" {match[1]} ", text)
    text = _LINK.sub(lambda match: match[1], text)
    text = _ADDRESS.sub(lambda match: match[1], text)
    # One line is no list, quotation or heading of anything.
    if not inline and "\n" in text.strip():
        text = "\n".join(_without_blocks(text.split("\n")))
    before = ""
    while before != text:
        before, text = text, _UNDERSCORES.sub(lambda match: match[2], text)
        text = _PAIRED.sub(lambda match: match[2], text)
        text = _TAGGED.sub(lambda match: match[2], text)
    return _SET_ASIDE.sub(lambda match: aside[int(match[1])], text).split()


def _is_formula(text: str) -> bool:
    return not _WORDS.search(_IN_FORMULA.sub(" ", text))


def _without_blocks(lines: list[str]) -> list[str]:
    """Return lines without the signs of lists, quotations, tables and headings that are meant."""
    for sign, is_meant in ((_QUOTED, _is_list), (_BULLET, _is_list), (_NUMBER, _is_counted)):
        lines = [line for part in _parts(lines) for line in _without_signs(part, sign, is_meant)]
    plain = []
    for at, line in enumerate(lines):
        is_rule = "|" in line and bool(_RULE_OF_TABLE.fullmatch(line))
        is_row = "|" in line and any(
            "|" in other and _RULE_OF_TABLE.fullmatch(other) for other in _same_block(lines, at)
        )
        if not is_rule:
            plain.append(_HEADING.sub("", line.replace("|", " ") if is_row else line, count=1))
    return plain


def _parts(lines: Sequence[str]) -> list[list[str]]:
    """Return lines by lists: one ends before a line at the margin that follows an empty one."""
    parts: list[list[str]] = [[]]
    for at, line in enumerate(lines):
        begins_anew = at and not lines[at - 1].strip() and line.strip()
        if begins_anew and not line[0].isspace() and not (_BULLET.match(line) or _NUMBER.match(line)):
            parts.append([])
        parts[-1].append(line)
    return parts


def _without_signs(
    lines: list[str], sign: re.Pattern[str], is_meant: Callable[[list[re.Match[str]]], bool]
) -> list[str]:
    found = [match for line in lines if (match := sign.match(line))]
    return [sign.sub("", line, count=1) for line in lines] if is_meant(found) else lines


def _is_list(signs: list[re.Match[str]]) -> bool:
    return len(signs) > 1


def _is_counted(signs: list[re.Match[str]]) -> bool:
    """Return whether lines count from 1, or all begin with 1, which Markdown counts."""
    numbers = [int(match[1]) for match in signs]
    return len(numbers) > 1 and numbers in (list(range(1, len(numbers) + 1)), [1] * len(numbers))


def _same_block(lines: list[str], at: int) -> list[str]:
    """Return the lines around one, up to the next empty ones."""
    first = last = at
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return lines[first : last + 1]
