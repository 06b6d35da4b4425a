"""Axes: a line of time with as many dates as fit, whole numbers, labels that do not run into each other."""

import math
from collections.abc import Sequence

import matplotlib.dates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import Locator, MaxNLocator

from course_lib.charts.moments import axis_place


def time_axis(axes: Axes, when: "pd.Series[pd.Timestamp]") -> None:
    """Give a line of time its ends, a little beyond the moments on it, and as many dates as fit.

    Parameters
    ----------
    axes : Axes
        Their horizontal axis is the line of time.
    when : Series of Timestamp
        The moments; one is enough.
    """
    first, last = when.min(), when.max()
    room = max((last - first) * 0.03, pd.Timedelta(days=15))
    axes.set_xlim(axis_place(first - room), axis_place(last + room))
    days = (last - first + 2 * room).days
    locator: Locator
    if days > 366 * 12:
        locator, form = matplotlib.dates.YearLocator(2), "%Y"
    elif days > 366 * 3:
        locator, form = matplotlib.dates.YearLocator(), "%Y"
    elif days > 366:
        locator, form = matplotlib.dates.MonthLocator((1, 4, 7, 10)), "%b %Y"
    elif days > 120:
        locator, form = matplotlib.dates.MonthLocator((1, 3, 5, 7, 9, 11)), "%b %Y"
    else:
        locator, form = matplotlib.dates.DayLocator(interval=max(1, days // 6)), "%d %b %Y"
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter(form))


def spread_labels(values: Sequence[float], least: float) -> list[float]:
    """Return places for labels near these values, at least so far apart.

    Parameters
    ----------
    values : sequence of float
        What the labels belong to, in the unit of the axis.
    least : float
        How far apart they have to be, in the same unit.

    Returns
    -------
    list of float
        In the order of the values.

    Examples
    --------
    >>> spread_labels([1.0, 1.01], 0.1)
    [1.0, 1.1]
    """
    places = [0.0] * len(values)
    last = -math.inf
    for index in sorted(range(len(values)), key=values.__getitem__):
        last = max(values[index], round(last + least, 6) if math.isfinite(last) else last)
        places[index] = last
    return places


def count_in_whole_numbers(axis: Axis) -> None:
    """Let an axis name whole numbers alone, for what is counted or for years.

    Parameters
    ----------
    axis : Axis
        Horizontal or vertical.
    """
    locator = axis.get_major_locator()
    if isinstance(locator, MaxNLocator):
        locator.set_params(integer=True)
