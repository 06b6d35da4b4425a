"""What is wrong with a text that is no JSON: its place, what stands there, and what was likely meant."""

import re

_PLACE = re.compile(r"<string>:(\d+) Unexpected (.+?) at column (\d+)", re.DOTALL)
_CURLY = ("“", "”", "„", "‘", "’", "«", "»")
# What people write there, and what they mean by it; the first that fits.
_HINTS = (
    (re.compile(f"[{''.join(_CURLY)}]"), 'quotation marks have to be straight ones (")'),
    (re.compile(r"(?:true|false)\b", re.IGNORECASE), "true and false are written in small letters"),
    (re.compile(r"None\b"), "None is Python's; write null for it"),
    (re.compile(r"(?:nil|undefined|null)\b", re.IGNORECASE), "write null for it"),
    (re.compile(r"nan\b", re.IGNORECASE), "it is written NaN"),
    (re.compile(r"[rbuf]{1,2}[\"']", re.IGNORECASE), "the letter before a quotation mark is Python's"),
    (re.compile(r"\("), "round brackets are Python's; write square ones"),
    (re.compile("#"), "a comment begins with //"),
    (re.compile(r"0\d"), "a whole number does not begin with 0"),
    (re.compile(r"\d+_\d"), "no sign stands between the digits of a number"),
    (re.compile(r"[\"'{\[]|[-\d]"), "a comma or a colon is missing before it, or a sign among numbers"),
    (re.compile("`"), "a text stands between straight quotation marks"),
)
# What is wrong before the place where a reader notices.
_AFTER = {
    "/": "a division is no number; write it out, or between quotation marks",
    "%": "no sign follows a number; put both between quotation marks",
}
_COMMA = "there is one comma too many"
_BEGINNING = "the file begins with the bracket of the list; leave out what stands before it"
_END = "what the file begins with has ended before it; leave it out"
_DECIMAL_COMMA = "the number before it has a decimal comma; write a point"
_THREE_MARKS = "three quotation marks are Python's; write one, and \\n for a break"


def tell_fault(text: str, message: str, name: str) -> str:
    r"""Return a sentence on what makes a text unreadable.

    Parameters
    ----------
    text : str
        What a file holds.
    message : str
        What the parser said.
    name : str
        The file, as the sentence should give it.

    Returns
    -------
    str
        With line and column from 1, what stands there, and what was likely meant.

    Examples
    --------
    >>> tell_fault("[None]", "<string>:1 Unexpected \"o\" at column 3", "quiz.json").partition(": ")[2]
    "'None]' cannot stand there: None is Python's; write null for it. Nothing was read from it."
    """
    if not (found := _PLACE.search(message)):
        return f"{name} cannot be read as JSON, nor by JavaScript: {message}."
    line, column = int(found[1]), int(found[3])
    lines = text.split("\n")
    if "end of input" in found[2] or line > len(lines):
        return (
            f"{name} ends in line {len(lines)} before what it begins is closed: a quotation mark or a "
            "bracket is missing. Nothing was read from it."
        )
    if found[2].strip('"') == "\n" and not lines[line - 1].rstrip().endswith(('"""', "'''")):
        return (
            f"{name}, line {line}: a text goes on over the end of the line, so its quotation mark is "
            "missing; write \\n for a break. Nothing was read from it."
        )
    row = lines[line - 1]
    column = _beginning_of_word(row, column)
    there = row[column - 1 :]
    shown = there if len(there) <= 30 else there[:30] + "…"
    hint = _hint(row, column, is_first=not "".join([*lines[: line - 1], row[: column - 1]]).strip())
    if not hint and _has_ended([*lines[: line - 1], row[: column - 1]]):
        hint = _END
    return (
        f"{name}, line {line}, column {column}: {shown!r} cannot stand there"
        f"{': ' if hint else ''}{hint}. Nothing was read from it."
    )


def _beginning_of_word(row: str, column: int) -> int:
    """Return the column of the word or sign that a parser gave up within."""
    before = row[: column - 1]
    if before.endswith(_CURLY):
        # What is reported stands after a sign that begins no name.
        return column - 1
    if re.match(r"\w", row[column - 1 :]):
        column -= len(re.findall(r"\w*\Z", before)[0])
    elif re.match("[\"']", row[column - 1 :]) and (prefix := re.search(r"\b[A-Za-z]{1,2}\Z", before)):
        column -= len(prefix[0])
    return column


def _hint(row: str, column: int, is_first: bool) -> str:
    before, there = row[: column - 1].rstrip(), row[column - 1 :]
    if is_first and re.match(r"\w", there):
        return _BEGINNING
    if re.search(r"\"\"\Z|''\Z", row[: column - 1]) and there[:1] == row[column - 2]:
        return _THREE_MARKS
    if re.search(r"\d,\d+\Z", before) and there[:1] in ("}", ","):
        return _DECIMAL_COMMA
    if hint := _AFTER.get(before[-1:]):
        return hint
    if there.startswith(","):
        return _COMMA if before.endswith(("[", "{", ",")) else ""
    return next((hint for sign, hint in _HINTS if sign.match(there)), "")


def _has_ended(lines: list[str]) -> bool:
    return "".join(lines).rstrip().endswith("]")
