"""Figures about a class: how sure it was, what it gained."""

import math

import matplotlib.style
import msgspec
import numpy as np
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import percent, percentage_points


class _Level(msgspec.Struct):
    """A level of certainty with the share right; numbers are missing where nobody chose it."""

    sure: str
    n: int
    share: float
    low: float
    high: float


class _Change(msgspec.Struct):
    """What the tests before and after say of one objective, and by how much they differ."""

    objective: str
    before: float
    after: float
    change: float
    low: float
    high: float


def confidence_and_right(levels: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw how often answers were right that were given as guesses, as fairly sure, as sure.

    Parameters
    ----------
    levels : DataFrame
        With `sure` (the words), `n` answers, `share` right and the ends `low` and `high` of its interval
        (empty without answers), the least sure first.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per level.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(levels, "sure n share low high", "levels of certainty")
    table = levels.astype({"share": float, "low": float, "high": float})
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(6.4, 4.4)
        places = range(len(table))
        axes.vlines(places, table["low"], table["high"], color=colours.POSITIVE, linewidth=2.5)
        axes.scatter(places, table["share"], s=70, color=colours.POSITIVE, zorder=3)
        axes.set_xticks(places, [f"{row.sure}\nn = {row.n:,}" for row in table_rows(table, _Level)])
        axes.set_xlim(-0.6, len(table) - 0.4)
        axes.set_ylim(-0.04, 1.04)
        axes.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        axes.set_ylabel("share right at the first attempt")
        axes.grid(axis="y")
        axes.set_title("Confidence against correctness")
    summaries = [
        f"{row.sure}: "
        + (
            f"{percent(row.share)} of {row.n:,} ({100 * row.low:.0f} to {100 * row.high:.0f})"
            if row.n
            else "no answer"
        )
        for row in table_rows(table, _Level)
    ]
    alt = (
        f"Points with 95 per cent intervals: share of right answers at {len(table)} levels of certainty. "
        f"{'; '.join(summaries)}."
    )
    return finish_figure(figure, alt, table.round(3), caption, levels)


def class_change(changes: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw by how much the class changed from the test before to the test after, with intervals.

    Parameters
    ----------
    changes : DataFrame
        With `objective`, mean shares `before` and `after`, their difference `change` and the ends `low`
        and `high` of its interval.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per objective.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(changes, "objective before after change low high", "changes")
    fields = ["before", "after", "change", "low", "high"]
    table = changes[["objective", *fields]].astype(dict.fromkeys(fields, float))
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.5 + 0.42 * len(table))
        axes.axvline(0, color=colours.LINE, linewidth=1)
        places = range(len(table))
        axes.hlines(places, table["low"], table["high"], color=colours.POSITIVE, linewidth=2)
        axes.scatter(table["change"], places, s=46, color=colours.POSITIVE, zorder=3)
        reach = max(0.2, 1.1 * float(np.nanmax(table[["low", "high"]].abs().to_numpy(float), initial=0)))
        for place, row in enumerate(table_rows(table, _Change)):
            axes.text(
                reach * 1.04,
                place,
                f"{percent(row.before)} → {percent(row.after)}",
                va="center",
                fontsize=9,
            )
        axes.set_yticks(places, table["objective"])
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlim(-reach, reach * 1.5)
        ticks = [tick for tick in (-1, -0.5, -0.25, -0.1, 0, 0.1, 0.25, 0.5, 1) if abs(tick) <= reach]
        axes.set_xticks(ticks, [percentage_points(tick) for tick in ticks])
        axes.set_xlabel("change in percentage points")
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_title("Before and after: the change of the class")
    summaries = [
        f"{row.objective} from {percent(row.before)} to {percent(row.after)}, "
        f"{percentage_points(row.change)} points "
        f"({percentage_points(row.low)} to {percentage_points(row.high)})"
        for row in table_rows(table, _Change)
        if not math.isnan(row.change)
    ]
    alt = f"Points with 95 per cent intervals for {len(table)} rows: {'; '.join(summaries)}."
    return finish_figure(figure, alt, table.round(3), caption, changes)
