"""Text from outside that is safe to stand in a table, a page or a report."""

import re
import unicodedata

LONGEST_CELL = 200
# What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asian keyboards.
_FORMULA = re.compile(r"""(^|[;,|"])(\s*)(?=[=+\-@＝＋－＠])""")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?")


def plain_cell(text, longest=LONGEST_CELL):
    """Return a text on one line, without signs that steer a terminal, turn the words or cannot be written.

    >>> plain_cell("Anna\\r\\n\\x1b[31mB\\u202e")
    'Anna [31mB'
    """
    text = str(text)[: 20 * longest].encode("utf-8", "replace").decode("utf-8")
    # Control and format signs, halves of characters, line and paragraph separators.
    kept = "".join(
        " " if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") else one for one in text
    )
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def safe_cell(text, longest=LONGEST_CELL):
    """Return a text as `plain` does, so that no spreadsheet runs it as a formula; a number stays as it is.

    An apostrophe is put before every sign that could begin a formula: at the start, and after whatever
    another country's spreadsheet takes for the end of a cell.

    >>> safe_cell("=1+1"), safe_cell("Lee;@SUM(A1)"), safe_cell("-3.5"), safe_cell("Anna-Maria")
    ("'=1+1", "Lee;'@SUM(A1)", '-3.5', 'Anna-Maria')
    """
    line = plain_cell(text, longest)
    return line if _NUMBER.fullmatch(line) else _FORMULA.sub(r"\1\2'", line)
