"""Reading a table: a CSV file in, a typed DataFrame out, by its description in the data package.

https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from course_lib.dates import day
from course_lib.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from course_lib.evidence.package import Field, Schema

_FAULTS_SHOWN = 5
_DTYPES = {
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "list": "object",
}


def read(path: Path, name: str, schema: Schema) -> pd.DataFrame:
    """Return the table in a CSV file as a DataFrame, typed as its description says.

    Days are datetimes; dates known by month or year are text; lists are tuples; empty cells are missing
    values, never zero.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What messages call it, such as ``data/tables/claims.csv``.
    schema : Schema
        Its Table Schema.

    Returns
    -------
    DataFrame
        A row per line and a column per field, in the order of the file.

    Raises
    ------
    EvidenceError
        For a file that is missing, cut short or not UTF-8, for other columns than the schema's, for cells of
        the wrong type, and for a key that stands twice: the first five faults, each with line and column.
    """
    import pandas as pd  # slow to import, and a course that shows no table does without

    fields = schema.fields
    head, rows = _cells(path, name)
    expected = [field.name for field in fields]
    if head != expected:
        raise EvidenceError(
            f"{name} has the columns {', '.join(head)}; its description in data/datapackage.json has "
            f"{', '.join(expected)}. Give both the same columns in the same order."
        )
    faults: list[str] = []
    columns = {}
    for place, field in enumerate(fields):
        cells = _column(field, [row[place] for row in rows], name, faults)
        columns[field.name] = cells
    faults += _repeated_keys(rows, [expected.index(key) for key in schema.primary_key], name)
    if faults:
        more = f" And {len(faults) - _FAULTS_SHOWN} more." if len(faults) > _FAULTS_SHOWN else ""
        raise EvidenceError("\n".join(faults[:_FAULTS_SHOWN]) + more)
    return pd.DataFrame(
        {field.name: pd.Series(columns[field.name], dtype=_DTYPES.get(field.type, "str")) for field in fields}
    )


def _cells(path: Path, name: str) -> tuple[list[str], list[list[str]]]:
    """Return the first line of a file and the others, as texts."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise EvidenceError(
            f"{name} is missing. Put it back from the course's files, then try again."
        ) from None
    except UnicodeDecodeError as error:
        raise EvidenceError(
            f"{name} is not UTF-8: byte {error.object[error.start]:#04x} at position {error.start} cannot "
            "be read. Save the file as UTF-8, then try again."
        ) from None
    try:
        head, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except csv.Error:
        raise EvidenceError(
            f"{name} ends inside quotation marks: the file is cut short or a closing mark is missing. "
            "Put it back from the course's files, then try again."
        ) from None
    for number, row in enumerate(rows, start=2):
        if len(row) != len(head):
            raise EvidenceError(
                f"{name}, line {number}: {len(row)} cells where the first line has {len(head)}. "
                "The file is cut short or a comma is not in quotation marks."
            )
    return head, rows


def _column(field: Field, texts: Sequence[str], name: str, faults: list[str]) -> list[object]:
    """Return the values of a column, and add what is wrong with its cells to the faults."""
    values = []
    for number, text in enumerate(texts, start=2):
        try:
            values.append(_value(text, field))
        except ValueError as error:
            faults.append(f"{name}, line {number}, column '{field.name}': {text!r} {error}.")
    return values


def _value(text: str, field: Field) -> object:
    if text == "":
        if field.constraints.required:
            raise ValueError("is empty, and this column may not be")
        return () if field.type == "list" else None
    if field.type == "boolean":
        true, false = field.true_values, field.false_values
        if text not in true + false:
            raise ValueError(f"is neither {true[0]} nor {false[0]}")
        return text in true
    if field.type == "list":
        return tuple(text.split(field.delimiter))
    if field.type == "date":
        try:
            return day(text)
        except EvidenceError:
            raise ValueError("is not a day that exists") from None
    try:
        if field.type == "integer":
            return int(text)
        return float(text) if field.type == "number" else text
    except ValueError:
        raise ValueError("is not a whole number" if field.type == "integer" else "is not a number") from None


def _repeated_keys(rows: Sequence[Sequence[str]], places: Sequence[int], name: str) -> list[str]:
    """Return a sentence for each key that stands in more than one row."""
    keys = [tuple(row[place] for place in places) for row in rows] if places else []
    return [
        f"{name}: the key {', '.join(key)!r} stands {count} times, and it may stand once."
        for key, count in Counter(keys).items()
        if count > 1
    ]
