"""Tables as figures need them: whether their fields are there, and their rows."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec
import pandas as pd

from course_lib.charts.wording import join_words
from course_lib.errors import ChartError

Row = TypeVar("Row", bound=msgspec.Struct)


def require_fields(
    table: pd.DataFrame, fields: str | Iterable[str], what: str, may_be_empty: bool = False
) -> None:
    """Make sure that a table has these fields, and rows.

    Parameters
    ----------
    table : DataFrame
        What is to be drawn.
    fields : str or iterable of str
        Names; in one text, with blanks between them.
    what : str
        What would be drawn, for the message.
    may_be_empty : bool, default False
        Whether a table without rows will do.

    Raises
    ------
    ChartError
        Where a field or all rows are missing.
    """
    names = fields.split() if isinstance(fields, str) else fields
    missing = [name for name in dict.fromkeys(names) if name not in table.columns]
    if missing:
        raise ChartError(
            f"The table has no field {join_words(missing)}, so there are no {what} to draw. "
            f"It has: {', '.join(map(str, table.columns))}."
        )
    if not (len(table) or may_be_empty):
        raise ChartError(f"The table has no rows, so there are no {what} to draw.")


def table_rows(table: pd.DataFrame, row: type[Row]) -> Iterator[Row]:
    """Go through the rows of a table.

    Parameters
    ----------
    table : DataFrame
        Any table that has the fields of the struct; others are left aside.
    row : type
        A struct that says which fields are read, and what their cells are.

    Yields
    ------
    Struct
        The cells of a row, as they stand in the table.

    Examples
    --------
    >>> class Loaf(msgspec.Struct):
    ...     name: str
    >>> [loaf.name for loaf in table_rows(pd.DataFrame({"slices": [12, 8], "name": ["rye", "oat"]}), Loaf)]
    ['rye', 'oat']
    """
    for cells in zip(*(table[field] for field in row.__struct_fields__), strict=True):
        yield row(*cells)
