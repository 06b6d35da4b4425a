"""Tables as figures need them: whether their fields are there, and their rows."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from course_lib.charts.wording import join_words
from course_lib.errors import ChartError


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


def table_rows(table: pd.DataFrame) -> Iterator[Any]:
    """Go through the rows of a table.

    Parameters
    ----------
    table : DataFrame
        Any table.

    Yields
    ------
    named tuple
        The cells of a row by the names of the fields, without the index; a cell is of any type.
    """
    yield from table.itertuples(index=False)
