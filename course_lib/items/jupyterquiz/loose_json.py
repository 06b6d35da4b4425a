"""JSON as a page's script reads it: jupyterquiz hands a file to JavaScript, which takes more than JSON.

Comments, commas at the end, single quotation marks, names without any, hexadecimal numbers and `Infinity`
are taken, which is the form called JSON5 (https://spec.json5.org). Expressions such as ``1/3``, texts in
backticks and gaps such as ``[1,,2]`` are not: they are told with their place.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from course_lib.errors import ItemError
from course_lib.items.jupyterquiz.json_faults import tell_fault

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


def parse_loose_json(text: str, name: str, tell: Callable[[str], None] | None = None) -> object:
    """Return what a text holds.

    Parameters
    ----------
    text : str
        JSON, or what JavaScript takes for it.
    name : str
        The file, as messages should give it.
    tell : Callable, optional
        Takes a sentence for fields that stand twice in one table.

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
    table = _TableReader()
    try:
        parsed: object = json.loads(text, parse_int=_whole_number, object_pairs_hook=table)
        table.tell(name, tell)
        return parsed
    except (ValueError, RecursionError):
        pass
    # After a semicolon a script goes on; that is where jupyterquiz puts one itself.
    text = re.sub(r";[;\s]*\Z", "", text)
    if not text.strip():
        raise ItemError(f"{name} is empty. Write a list of questions into it.")
    if len(text) > _LONGEST_LOOSE:
        raise ItemError(
            f"{name} is no strict JSON, and too long to be read otherwise ({len(text):,} characters of at "
            f"most {_LONGEST_LOOSE:,}). Put it right with a program that checks JSON, or cut it in parts."
        )
    import json5  # only for files that are not JSON

    try:
        table = _TableReader()
        loose: object = json5.loads(_PAIR.sub(_join_pair, text), object_pairs_hook=table)
        table.tell(name, tell)
        return loose
    except RecursionError:
        raise ItemError(
            f"{name} is nested too deeply to be questions, so nothing was read from it."
        ) from None
    except ValueError as error:
        raise ItemError(tell_fault(text, str(error), name)) from None


class _TableReader:
    """Makes tables of their fields, and notes which stand twice: the last counts, as in JavaScript."""

    def __init__(self) -> None:
        self._repeated: list[str] = []

    def __call__(self, fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        pairs = list(fields)
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [field for field, _ in pairs]
            self._repeated += [field for field in table if names.count(field) > 1]
        return table

    def tell(self, name: str, tell: Callable[[str], None] | None) -> None:
        if tell and self._repeated:
            fields = ", ".join(map(repr, dict.fromkeys(self._repeated)))
            tell(f"{name}: {fields} stands more than once in one table; the last counts, as in JavaScript.")


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
