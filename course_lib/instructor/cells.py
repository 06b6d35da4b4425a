"""Text from outside that is safe to stand in a table, a page or a report."""

import re
import unicodedata

LONGEST_CELL = 200
# What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asian keyboards.
_FORMULA = re.compile(r"""(^|[;,|"])(\s*)(?=[=+\-@＝＋－＠])""")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?")
# Control and format signs, halves of characters, line and paragraph separators.
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def plain_cell(text: object, longest: int = LONGEST_CELL) -> str:
    r"""Return a text on one line, without signs that steer a terminal, turn the words or cannot be written.

    Parameters
    ----------
    text : object
        Anything; what is no text is taken as `str` gives it.
    longest : int, default 200
        The most signs of the result; a longer text ends in an ellipsis.

    Returns
    -------
    str
        One line.

    Examples
    --------
    >>> plain_cell("Anna\r\n\x1b[31mB\u202e")
    'Anna [31mB'
    >>> plain_cell("Anna Lind", 5)
    'Anna…'
    """
    text = str(text)[: 20 * longest].encode("utf-8", "replace").decode("utf-8")
    printable = "".join(" " if unicodedata.category(sign) in _UNPRINTABLE else sign for sign in text)
    line = " ".join(printable.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def safe_cell(text: object, longest: int = LONGEST_CELL) -> str:
    """Return a text as `plain_cell` does, so that no spreadsheet runs it as a formula.

    An apostrophe is put before every sign that could begin a formula: at the start, and after whatever
    another country's spreadsheet takes for the end of a cell. A number stays as it is.

    Parameters
    ----------
    text : object
        Anything; what is no text is taken as `str` gives it.
    longest : int, default 200
        The most signs of the text, without the apostrophes.

    Returns
    -------
    str
        One line.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("Lee;@SUM(A1)"), safe_cell("-3.5"), safe_cell("Anna-Maria")
    ("'=1+1", "Lee;'@SUM(A1)", '-3.5', 'Anna-Maria')
    """
    line = plain_cell(text, longest)
    return line if _NUMBER.fullmatch(line) else _FORMULA.sub(r"\1\2'", line)
