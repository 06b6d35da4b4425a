"""Text as a page can show it: breaks, marks and signs that would spoil the words around them made visible."""

import re
from collections.abc import Callable

from course_lib.messages import isolate, say

# More empty lines than this in a row are counted, not shown.
_EMPTY_LINES = 5
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Marks that are set over and under a letter; more than a few of them run into the lines around.
_MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{8}})({_MARK}+)")
# What is set apart in our words: it is in the language of the lessons.
_SET_APART = re.compile("\u2068([^\u2068\u2069]*)\u2069")
# Signs that turn the words around them, and signs that no page can hold.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSHOWN: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(32) if code not in (9, 10)},
    127: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD),
    **{ord(sign): f"⟨U+{ord(sign):04X}⟩" for sign in _TURNING},
}


def printable(text: str) -> str:
    r"""Return a text with its breaks as line feeds and with signs that no page can hold made visible.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    str
        Letters, spaces and line feeds.

    Examples
    --------
    >>> printable("one\r\ntwo\x00\u202e")
    'one\ntwo␀⟨U+202E⟩'
    """
    text = _BREAKS.sub("\n", text).translate(_UNSHOWN)
    return _MARKS.sub(lambda match: f"{match[1]}⟨{say('portfolio.page.marks', n=len(match[2]))}⟩", text)


def printable_lines(text: str) -> list[str]:
    """Return the lines of a student's text; many empty ones in a row become one that says so.

    Parameters
    ----------
    text : str
        As it was typed.

    Returns
    -------
    list of str
        Each as `printable` gives it, without breaks.
    """
    lines: list[str] = []
    blank = 0
    for line in printable(text).strip("\n").split("\n"):
        if not line.strip():
            blank += 1
            continue
        lines += [*_blank_lines(blank), line]
        blank = 0
    return [*lines, *_blank_lines(blank)]


def _blank_lines(count: int) -> list[str]:
    return [f"[{say('portfolio.page.empty_lines', n=count)}]"] if count > _EMPTY_LINES else [""] * count


def own_line(text: str) -> str:
    """Return a student's text on one line, with a sign for each break.

    Parameters
    ----------
    text : str
        As it was typed.

    Returns
    -------
    str
        One line of plain text.
    """
    return " ↵ ".join(printable_lines(text))


def one_line(text: str) -> str:
    r"""Return a text with every run of white space as one space.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same on one line.

    Examples
    --------
    >>> one_line("a\n  b ")
    'a b'
    """
    return " ".join(text.split())


def our_words(text: str) -> list[tuple[str, bool]]:
    """Return our words in parts, each with whether it was set apart by `isolate`.

    Parameters
    ----------
    text : str
        A message of the interface.

    Returns
    -------
    list of tuple of str and bool
        Each part as `printable` gives it; it is in the language of the lessons where it was set apart.
    """
    return [(printable(part), place % 2 == 1) for place, part in enumerate(_SET_APART.split(text))]


def our_text(text: str, mark: Callable[[str], str] = isolate) -> str:
    """Return our words as plain text that can be shown.

    Parameters
    ----------
    text : str
        A message of the interface.
    mark : Callable, optional
        What is done with what `isolate` set apart in it; by default it is set apart again.

    Returns
    -------
    str
        Plain text.
    """
    return "".join(mark(part) if set_apart else part for part, set_apart in our_words(text))
