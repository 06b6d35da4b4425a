"""Explore who listed whom."""

from collections.abc import Sequence

import pandas as pd

from course_lib import charts
from course_lib.charts.figure import CaptionLike, Figure
from course_lib.dates import long_date
from course_lib.messages import say
from course_lib.widgets.explorer import Explorer, Slider


def lists(
    designations: pd.DataFrame,
    groups: Sequence[str],
    since: str = "2012-01-01",
    until: str = "2024-12-31",
    caption: CaptionLike = "",
    actors: pd.DataFrame | None = None,
) -> Explorer:
    """Explore who listed whom, month by month.

    Parameters
    ----------
    designations : DataFrame
        As for `charts.lists_at`.
    groups : sequence of str
        As for `charts.lists_at`.
    since, until : str, default "2012-01-01" and "2024-12-31"
        The ends of the slider, ISO days.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    actors : DataFrame, optional
        As for `charts.lists_at`.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """
    months = pd.period_range(since, until, freq="M")
    texts = tuple(long_date(str(month)) for month in months)

    def draw(month: float) -> Figure:
        day = min(months[int(month)].end_time.normalize(), pd.Timestamp(until))
        return charts.lists_at(designations, day.date().isoformat(), groups, caption, actors)

    last = len(months) - 1
    slider = Slider("month", say("explorer.lists.month"), 0, last, last, texts=texts)
    return Explorer(say("explorer.lists.title"), [slider], draw)
