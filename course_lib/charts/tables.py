"""Tables as figures need them: whether their fields are there, and their rows."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec
import pandas as pd

from course_lib.charts.wording import join_words
from course_lib.errors import ChartError

Row = TypeVar("Row", bound=msgspec.Struct)


def require_fields(table: pd.DataFrame, fields: str, what: str) -> None:
    """Make sure that a table has rows and these fields.

    Parameters
    ----------
    table : DataFrame
        What is to be drawn.
    fields : str
        Names, with blanks between them.
    what : str
        What would be drawn, for the message.

    Raises
    ------
    ChartError
        Where a field or all rows are missing.
    """
    missing = [field for field in fields.split() if field not in table.columns]
    if missing:
        raise ChartError(
            f"The table has no field {join_words(missing)}, so there are no {what} to draw. "
            f"It has: {', '.join(map(str, table.columns))}."
        )
    if table.empty:
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
