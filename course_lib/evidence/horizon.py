"""The information horizon: what of a table could be known by a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib import dates

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from course_lib.evidence.package import Field, Horizon


def rows_known(horizon: Horizon, rows: pd.DataFrame, last: date) -> list[bool]:
    """Return which rows could be known by a day, going by the dates in the table itself.

    Parameters
    ----------
    horizon : Horizon
        The fields that date a row.
    rows : DataFrame
        The table. Where it has a field ``precision``, a day of precision ``month`` stands for its month.
    last : date
        The day.

    Returns
    -------
    list of bool
        One for each row. What has no date is known.
    """
    known = [True] * len(rows)
    if horizon.start:
        ends = rows[horizon.start]
        if horizon.end:
            ends = rows[horizon.end].fillna(ends)
        months = rows["precision"].eq("month") if "precision" in rows else [False] * len(rows)
        known = [
            _absent(end) or dates.last_day(end, month) <= last
            for end, month in zip(ends, months, strict=True)
        ]
    if horizon.known:
        known = [
            so_far and (_absent(day) or dates.last_day(day) <= last)
            for so_far, day in zip(known, rows[horizon.known], strict=True)
        ]
    return known


def later_cells(field: Field, rows: pd.DataFrame, last: date) -> list[bool]:
    """Return which cells of a field tell of what came after a day.

    Parameters
    ----------
    field : Field
        Its `hidden_from` is a day, or the field with the day of each row.
    rows : DataFrame
        The table.
    last : date
        The day.

    Returns
    -------
    list of bool
        One for each row.
    """
    if field.hidden_from in rows:
        return [not _absent(value) and dates.last_day(value) > last for value in rows[field.hidden_from]]
    return [dates.day(field.hidden_from) > last] * len(rows)


def _absent(value: object) -> bool:
    # Missing values of every kind differ from themselves or are None.
    return value is None or value != value or str(value) in ("NaT", "<NA>")
