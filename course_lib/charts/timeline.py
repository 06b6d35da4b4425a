"""The timeline: what happened when, for one category, one actor or a stretch of years."""

import textwrap

import matplotlib.style
import msgspec
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import time_axis
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import axis_place, mid_moment, moment_range
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words

CATEGORIES = {
    "war": "war",
    "intervention": "intervention",
    "territorial": "territory",
    "chemical_weapons": "chemical weapons",
    "humanitarian": "humanitarian",
    "un_action": "United Nations",
    "diplomacy": "diplomacy",
    "agreement": "agreements",
    "designation": "lists",
    "jihadist_groups": "jihadist groups",
    "russia_contacts": "Russia's contacts",
    "russia_syria_bases": "Russian bases",
    "post_assad": "after Assad",
}
# More titles than this would run into each other.
MOST_NAMED = 26


class _TimedEvent(msgspec.Struct):
    """What happened, when, and how much it matters, from 1 on."""

    title: str
    when: pd.Timestamp
    significance: int


def timeline(events: pd.DataFrame, title: str = "", caption: CaptionLike = "") -> Figure:
    """Draw events on a line of time, a row per category; few enough are named beside their mark.

    Parameters
    ----------
    events : DataFrame
        With `date`, `title`, `category`, `significance`.
    title : str, optional
        Over the picture; the number of events by default.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per event, in order.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(events, "date title category significance", "events")
    rows = events.assign(when=events["date"].map(mid_moment)).sort_values("when", kind="stable")
    named = len(rows) <= MOST_NAMED
    with matplotlib.style.context(STYLE):
        if named:
            figure, axes = new_figure(8.6, 1.2 + 0.27 * len(rows))
            for place, row in enumerate(table_rows(rows, _TimedEvent)):
                axes.scatter(
                    axis_place(row.when), place, s=14 * row.significance, color=colours.POSITIVE, zorder=3
                )
            axes.set_yticks(
                range(len(rows)),
                [textwrap.shorten(title, 58, placeholder=" …") for title in rows["title"]],
                fontsize=8,
            )
            axes.set_ylim(len(rows) - 0.4, -0.6)
        else:
            present = [name for name in CATEGORIES if (rows["category"] == name).any()]
            present += [name for name in dict.fromkeys(rows["category"]) if name not in CATEGORIES]
            figure, axes = new_figure(8.6, 1.3 + 0.32 * len(present))
            for place, category in enumerate(present):
                inside = rows[rows["category"] == category]
                axes.scatter(
                    inside["when"],
                    [place] * len(inside),
                    s=12 * inside["significance"],
                    color=colours.POSITIVE,
                    alpha=0.6,
                    edgecolor="white",
                    zorder=3,
                )
            axes.set_yticks(range(len(present)), [CATEGORIES.get(name, name) for name in present])
            axes.set_ylim(len(present) - 0.4, -0.6)
        time_axis(axes, rows["when"])
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="both" if named else "x")
        usual = f"{len(rows)} events" + ("" if named else " by category (larger: matters more)")
        axes.set_title(title or usual)
    counts = rows["category"].map(lambda name: CATEGORIES.get(name, name)).value_counts()
    weighty = rows.sort_values("significance", ascending=False, kind="stable").head(3).sort_values("when")
    alt = (
        f"Marks on a line of time for {len(rows)} events, {moment_range(rows['when'])}: "
        f"{join_words(f'{name} {count}' for name, count in counts.items())}. "
        f"Among those that matter most: "
        f"{join_words(map(_title_and_time, table_rows(weighty, _TimedEvent)))}."
    )
    return finish_figure(figure, alt, rows[["date", "category", "title"]], caption, events)


def _title_and_time(event: _TimedEvent) -> str:
    return f"{event.title} ({moment_range([event.when])})"
