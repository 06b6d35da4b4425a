"""Moments on a line of time: dates as exact as they are known, the ends of an axis, a span in words."""

from collections.abc import Iterable

import matplotlib.dates
import pandas as pd
from pandas.api.typing import NaTType

from course_lib.dates import english_date, last_day, not_a_date


def mid_moment(value: object) -> pd.Timestamp | NaTType:
    """Return a day, month or year as the moment in its middle.

    Parameters
    ----------
    value : str, int, Timestamp or None
        ISO text, a year as a number, a moment, or nothing.

    Returns
    -------
    Timestamp or NaT
        NaT for nothing.

    Raises
    ------
    EvidenceError
        Where it is no date.

    Examples
    --------
    >>> mid_moment("2024-12").date().isoformat(), mid_moment("2024").date().isoformat()
    ('2024-12-16', '2024-07-02')
    """
    if value is None or value != value or value == "":
        return pd.NaT
    if isinstance(value, pd.Timestamp):
        return value
    text = str(value)
    first = pd.Timestamp(text if len(text) > 4 else f"{text}-01-01")
    return (first + (pd.Timestamp(last_day(text)) - first) / 2).round("D") if len(text) < 10 else first


def known_moment(value: object) -> pd.Timestamp:
    """Return the same as `mid_moment` for a date that has to be there.

    Parameters
    ----------
    value : str, int or Timestamp
        ISO text, a year as a number, or a moment.

    Returns
    -------
    Timestamp
        The moment in its middle.

    Raises
    ------
    EvidenceError
        Where it is no date.

    Examples
    --------
    >>> known_moment("2024-12-08").date().isoformat()
    '2024-12-08'
    """
    moment = mid_moment(value)
    if isinstance(moment, NaTType):
        raise not_a_date(value)
    return moment


def moment_range(values: Iterable[pd.Timestamp]) -> str:
    """Return the first and last of some moments as words, for alternative texts.

    Parameters
    ----------
    values : iterable of Timestamp
        One at least, in any order.

    Returns
    -------
    str
        A day, or two with "to" between them.

    Examples
    --------
    >>> moment_range([pd.Timestamp("2015-10-15"), pd.Timestamp("2024-12-12")])
    '15 October 2015 to 12 December 2024'
    """
    moments = list(values)
    ends = [english_date(moment.date().isoformat()) for moment in (min(moments), max(moments))]
    return " to ".join(dict.fromkeys(ends))


def axis_place(moment: pd.Timestamp) -> float:
    """Return where a moment lies on an axis of dates.

    Parameters
    ----------
    moment : Timestamp
        The moment.

    Returns
    -------
    float
        Days since the epoch of matplotlib, 1970 unless it was set.

    Examples
    --------
    >>> axis_place(pd.Timestamp("1970-01-02T12"))
    1.5
    """
    return float(matplotlib.dates.date2num(moment))
