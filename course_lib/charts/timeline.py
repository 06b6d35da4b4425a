"""The timeline: what happened when, for one category, one actor or a stretch of years."""

import textwrap

import matplotlib.style

from course_lib.charts import colours
from course_lib.charts.figure import (
    STYLE,
    finish_figure,
    join_words,
    mid_moment,
    moment_range,
    new_figure,
    require_fields,
    time_axis,
)

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


def timeline(events, title="", caption=""):
    """Draw events on a line of time, a row per category; few enough are named beside their mark.

    Parameters: `events` a table with `date`, `title`, `category`, `significance`; `title` over it; `caption`
    what stands under the picture.
    Returns: a `Figure` whose table has a row per event, in order.
    """
    require_fields(events, "date title category significance", "events")
    rows = events.assign(when=events["date"].map(mid_moment)).sort_values("when", kind="stable")
    named = len(rows) <= MOST_NAMED
    with matplotlib.style.context(STYLE):
        if named:
            figure, axes = new_figure(8.6, 1.2 + 0.27 * len(rows))
            for place, row in enumerate(rows.itertuples()):
                axes.scatter(row.when, place, s=14 * row.significance, color=colours.POSITIVE, zorder=3)
            axes.set_yticks(
                range(len(rows)),
                [textwrap.shorten(title, 58, placeholder=" …") for title in rows["title"]],
                fontsize=8,
            )
            axes.set_ylim(len(rows) - 0.4, -0.6)
        else:
            present = [one for one in CATEGORIES if (rows["category"] == one).any()]
            present += [one for one in dict.fromkeys(rows["category"]) if one not in CATEGORIES]
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
            axes.set_yticks(range(len(present)), [CATEGORIES.get(one, one) for one in present])
            axes.set_ylim(len(present) - 0.4, -0.6)
        time_axis(axes, rows["when"])
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="both" if named else "x")
        usual = f"{len(rows)} events" + ("" if named else " by category (larger: matters more)")
        axes.set_title(title or usual)
    counts = rows["category"].map(lambda one: CATEGORIES.get(one, one)).value_counts()
    weighty = rows.sort_values("significance", ascending=False, kind="stable").head(3).sort_values("when")
    alt = (
        f"Marks on a line of time for {len(rows)} events, {moment_range(rows['when'])}: "
        f"{join_words(f'{name} {count}' for name, count in counts.items())}. "
        f"Among those that matter most: "
        f"{join_words(f'{row.title} ({moment_range([row.when])})' for row in weighty.itertuples())}."
    )
    return finish_figure(figure, alt, rows[["date", "category", "title"]], caption, events)
