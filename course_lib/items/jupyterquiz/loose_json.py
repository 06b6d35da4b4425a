"""JSON as a page's script reads it: jupyterquiz hands a file to JavaScript, which takes more than JSON.

Comments, commas at the end, single quotation marks, names without any, hexadecimal numbers and `Infinity`
are taken, which is the form called JSON5 (https://spec.json5.org). Expressions such as ``1/3``, texts in
backticks and gaps such as ``[1,,2]`` are not: they are told with their place.
"""

import codecs
import json
import re

from course_lib.errors import ItemError

_PLACE = re.compile(r"<string>:(\d+) Unexpected (.+?) at column (\d+)", re.DOTALL)
_CURLY = ("“", "”", "„", "‘", "’", "«", "»")
# What people write there, and what they mean by it.
_HINTS = (
    (re.compile(f"[{''.join(_CURLY)}]"), 'quotation marks have to be straight ones (")'),
    (re.compile(r"(?:True|False)\b"), "true and false begin with a small letter"),
    (re.compile(r"None\b"), "write null for it"),
    (re.compile(r"[\"'{\[]|[-\d]"), "a comma or a colon is missing before it, or a sign among numbers"),
    (re.compile("`"), "a text stands between straight quotation marks"),
)
# What is wrong before the place where a reader notices.
_AFTER = {
    "/": "a division is no number; write it out, or between quotation marks",
    ",": "there is one comma too many",
}
# At some 50,000 characters in a second, as long as anybody waits.
_LONGEST_LOOSE = 500_000
# A sign beyond the first 65,536 as two escapes, which json5 leaves apart.
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(content: bytes, name: str) -> str:
    r"""Return the text in a file: UTF-8, or what the mark at its beginning names.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        The file, as messages should give it.

    Returns
    -------
    str
        Without the mark.

    Raises
    ------
    ItemError
        Where it is no such text, with the place of the first byte that is none.

    Examples
    --------
    >>> decode_text("\ufeff[é]".encode("utf-16-le"), "quiz.json")
    '[é]'
    """
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in content[:4]:
        # A text begins with a sign of ASCII here: in UTF-16 one of its two bytes is empty.
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = content[error.start : error.start + 1]
        meant = found.decode("cp1252", "replace")
        guess = f", in Windows-1252 or Latin-1 the sign {meant!r}" if meant.isprintable() else ""
        raise ItemError(
            f"{name} is no text in UTF-8: line {line}, column {column} has the byte {found.hex().upper()}"
            f"{guess}. Save it as UTF-8, then try again."
        ) from None


def parse_loose_json(text: str, name: str) -> object:
    """Return what a text holds.

    Parameters
    ----------
    text : str
        JSON, or what JavaScript takes for it.
    name : str
        The file, as messages should give it.

    Returns
    -------
    object
        Dicts, lists, texts, numbers, booleans and None.

    Raises
    ------
    ItemError
        Where it cannot be read: line, column and what stands there.

    Examples
    --------
    >>> parse_loose_json("[{type: 'numeric',},] // the end", "quiz.json")
    [{'type': 'numeric'}]
    """
    text = text.removeprefix("\ufeff")
    try:
        parsed: object = json.loads(text, parse_int=_whole_number)
        return parsed
    except (ValueError, RecursionError):
        pass
    # After a semicolon a script goes on; that is where jupyterquiz puts one itself.
    text = re.sub(r";\s*\Z", "", text)
    if not text.strip():
        raise ItemError(f"{name} is empty. Write a list of questions into it.")
    if len(text) > _LONGEST_LOOSE:
        raise ItemError(
            f"{name} is no strict JSON, and too long to be read otherwise ({len(text):,} characters of at "
            f"most {_LONGEST_LOOSE:,}). Put it right with a program that checks JSON, or cut it in parts."
        )
    import json5  # only for files that are not JSON

    try:
        loose: object = json5.loads(_PAIR.sub(_join_pair, text))
        return loose
    except RecursionError:
        raise ItemError(
            f"{name} is nested too deeply to be questions, so nothing was read from it."
        ) from None
    except ValueError as error:
        raise ItemError(_where(text, str(error), name)) from None


def _join_pair(match: re.Match[str]) -> str:
    pair = bytes.fromhex(match[2] + match[3])
    return match[1] + pair.decode("utf-16-be")


def _whole_number(digits: str) -> int | float:
    # What is longer is beyond all measure in JavaScript too; Python refuses to read it.
    return int(digits) if len(digits) < 400 else float(digits)


def lost_backslashes(text: str) -> list[int]:
    r"""Return the lines in which JavaScript drops a backslash that begins or ends mathematics.

    Parameters
    ----------
    text : str
        What a file holds.

    Returns
    -------
    list of int
        From 1; none for JSON, which has no such backslash.

    Examples
    --------
    >>> lost_backslashes(chr(10) + r'["a single \( x \)", "double \\( y \\)"]')
    [2]
    """
    found = {
        text.count("\n", 0, match.start()) + 1
        for match in re.finditer(r"\\(?:(?P<kept>[\\\"'/bfnrtuvx0\n])|.)", text)
        if not match["kept"]
    }
    return sorted(found)


def _where(text: str, message: str, name: str) -> str:
    if not (found := _PLACE.search(message)):
        return f"{name} cannot be read as JSON, nor by JavaScript: {message}."
    line, column = int(found[1]), int(found[3])
    lines = text.split("\n")
    if "end of input" in found[2] or line > len(lines):
        return (
            f"{name} ends in line {len(lines)} before what it begins is closed: a quotation mark or a "
            "bracket is missing. Nothing was read from it."
        )
    if found[2].strip('"') == "\n":
        return (
            f"{name}, line {line}: a text goes on over the end of the line, so its quotation mark is "
            "missing; write \\n for a break. Nothing was read from it."
        )
    row = lines[line - 1]
    if row[: column - 1].endswith(_CURLY):
        # The parser reports what stands after a sign that begins no name.
        column -= 1
    there = row[column - 1 :]
    shown = there if len(there) <= 30 else there[:30] + "…"
    before = row[: column - 1].rstrip()[-1:]
    hint = next((hint for sign, hint in _HINTS if sign.match(there)), "")
    if before == "/" or there.startswith(","):
        hint = _AFTER.get(before, hint)
    return (
        f"{name}, line {line}, column {column}: {shown!r} cannot stand there"
        f"{': ' if hint else ''}{hint}. Nothing was read from it."
    )
