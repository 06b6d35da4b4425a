"""Figures of attacks by Islamic State, as each counter gives them."""

import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import axis_place, mid_moment
from course_lib.charts.tables import require_fields

# In the order in which they are drawn, the whole country first.
_AREAS = ("Syria", "north and east Syria (SDF area)", "central Syria (Badia)", "Syria and Iraq", "Iraq")


def attacks_by_counter(activity: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw how many attacks each counter gives for Islamic State, as bars over the time they cover.

    Each bar is a monthly rate over its own period and area, areas apart; nothing is joined to one line, since
    no two counters count the same. What one counter says twice of one time is drawn once.

    Parameters
    ----------
    activity : DataFrame
        With `period_start`, `period_end`, `area`, `measure`, `value`, `who_says`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per bar, with attacks per month.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(activity, "period_start period_end area measure value who_says", "attacks")
    rows = activity[activity["measure"].isin(["attacks", "attacks_claimed", "attacks_per_month"])].copy()
    rows = rows[rows["value"].notna()]
    require_fields(rows, "value", "attacks")
    counted = rows["measure"].replace("attacks_per_month", "attacks")
    rows = rows[
        ~rows.assign(counted=counted).duplicated(
            ["period_start", "period_end", "area", "who_says", "counted"]
        )
    ]
    start, end = rows["period_start"].map(mid_moment), rows["period_end"].map(mid_moment)
    months = ((end - start).dt.days + 1) / 30.44
    # Whole months count as such, or a month's 56 attacks would be 55 a month.
    months = months.where((months - months.round()).abs() > 0.05, months.round())
    rate = rows["value"].astype(float) / months.clip(lower=1)
    rate[rows["measure"] == "attacks_per_month"] = rows["value"].astype(float)
    area = rows["area"].map(lambda name: _AREAS.index(name) if name in _AREAS else len(_AREAS))
    order = pd.DataFrame({"area": area, "start": start}).sort_values(["area", "start"], kind="stable").index
    rows, start, end, rate = rows.loc[order], start[order], end[order], rate[order]
    who = rows["who_says"].str.split(" data quoted").str[0].str.split(" counted by ").str[-1]
    names = who + ": " + rows["area"].str.split(" (", regex=False).str[0]
    names += rows["measure"].map({"attacks_claimed": ", as IS claims"}).fillna("")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.3 + 0.22 * len(rows))
        for at, index in enumerate(order):
            finish = max(end[index], start[index] + pd.Timedelta(days=30))
            claimed = rows["measure"][index] == "attacks_claimed"
            colour = colours.NEUTRAL if claimed else colours.actor_colour("isis")
            axes.plot([start[index], finish], [at, at], color=colour, linewidth=5, solid_capstyle="butt")
            axes.text(finish, at, f" {rate[index]:.0f}", va="center", fontsize=8, fontweight="bold")
            if at and area[index] != area[order[at - 1]]:
                axes.axhline(at - 0.5, color=colours.LINE, linewidth=0.6)
        if (rows["measure"] == "attacks_claimed").any():
            axes.plot([], [], color=colours.NEUTRAL, linewidth=5, label="as claimed by Islamic State")
            figure.legend(loc="outside lower center", fontsize=8)
        axes.set_yticks(range(len(order)), list(names), fontsize=7.5)
        axes.set_ylim(len(order) - 0.5, -0.6)
        axes.set_xlim(start.min() - pd.Timedelta(days=40), end.max() + pd.Timedelta(days=200))
        # No year is named that no bar reaches.
        years = range(start.min().year, end.max().year + 1)
        axes.set_xticks([axis_place(pd.Timestamp(year, 1, 1)) for year in years], list(map(str, years)))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        figure.suptitle(
            "Attacks of Islamic State per month, by area and counter",
            fontsize=12,
            fontweight="bold",
            x=0.01,
            ha="left",
        )
    table = pd.DataFrame(
        {
            "who says": rows["who_says"],
            "area": rows["area"],
            "what": rows["measure"].str.replace("_", " "),
            "from": start.dt.date.astype(str),
            "to": end.dt.date.astype(str),
            "attacks per month": rate.round(1),
        }
    )
    whole = table[table["area"] == "Syria"]
    both = whole if len(whole) else table
    by_rate = both.sort_values("attacks per month", kind="stable")
    low = by_rate.iloc[0]
    high = both.loc[both["attacks per month"] == both["attacks per month"].max()].iloc[0]
    alt = (
        f"Bars over time, one for each of {len(rows)} counts by {rows['who_says'].nunique()} counters, "
        f"with attacks per "
        f"month written beside. {'For all of Syria' if len(whole) else 'In all'} they run from "
        f"{low['attacks per month']:.0f} a month ({low['who says']}, {low['from']} to {low['to']}) to "
        f"{high['attacks per month']:.0f} ({high['who says']}, {high['from']} to {high['to']}). "
        "Counters and areas differ, so the bars are not one line."
    )
    return finish_figure(figure, alt, table, caption, activity)
