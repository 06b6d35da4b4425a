"""Figures of deaths: what each counter gives for a year, and the months after December 2024."""

import textwrap

import matplotlib.style
import matplotlib.ticker
import numpy as np
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import count_in_whole_numbers
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import mid_moment
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words

_WHOLE = matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:,.0f}")


def deaths_by_counter(fatalities: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw deaths per year as each counter gives them, with ranges, one panel for one kind of count.

    Counts of different things are never joined: each counter and measure has a line and a mark of its own,
    and years without a figure stay empty.

    Parameters
    ----------
    fatalities : DataFrame
        With `year`, `counter`, `measure`, `series`, `deaths`, `low`, `high`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per year, counter and measure drawn.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(fatalities, "year counter measure series deaths low high", "deaths")
    whole = ["all", "all_organised_violence", "all_documented", "all_revised"]
    wanted = fatalities["measure"].isin(whole) & (fatalities["series"] == "annual")
    annual = fatalities[wanted].sort_values(["counter", "measure", "year"])
    require_fields(annual, "year", "deaths of one year")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 4.2)
        ends = []
        for number, ((counter, measure), rows) in enumerate(
            annual.groupby(["counter", "measure"], sort=False)
        ):
            colour = colours.SERIES[number % len(colours.SERIES)]
            values = rows["deaths"].astype(float)
            line = rows.set_index("year")["deaths"].astype(float)
            line = line[~line.index.duplicated()].reindex(range(line.index.min(), line.index.max() + 1))
            axes.plot(line.index, line, color=colour, linewidth=1.4, alpha=0.8)
            axes.scatter(
                rows["year"], values, color=colour, marker=colours.SERIES_MARKS[number], s=26, zorder=3
            )
            ranged = rows[rows["low"].notna() & rows["high"].notna()]
            axes.vlines(
                ranged["year"],
                ranged["low"].astype(float),
                ranged["high"].astype(float),
                color=colour,
                alpha=0.6,
            )
            name = str(counter)
            if measure != "all":
                name += f", {str(measure).removeprefix('all_').replace('_', ' ')}"
            ends.append((name, colour, colours.SERIES_MARKS[number]))
        for name, colour, mark in ends:
            axes.plot([], [], color=colour, marker=mark, label=name, linewidth=1.4, markersize=5)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(_WHOLE)
        count_in_whole_numbers(axes.xaxis)
        axes.set_ylabel("deaths in the year")
        axes.grid(axis="y")
        axes.set_title("Deaths in Syria: one year, many totals")
        axes.legend(fontsize=8, loc="upper right")
    spread = annual.groupby("year")["deaths"].agg(["min", "max", "count"])
    widest = int(np.nanargmax((spread["max"] - spread["min"]).astype(float)))
    row = spread.iloc[widest]
    alt = (
        f"Lines of deaths per year by {len(ends)} counters and measures, {annual['year'].min()} to "
        f"{annual['year'].max()}, with ranges where a counter gives one. Counters: "
        f"{join_words(name for name, _, _ in ends)}. "
        f"They lie furthest apart for {spread.index[widest]}: from "
        f"{row['min']:,} to "
        f"{row['max']:,} deaths in {row['count']} figures. They count different things."
    )
    table = annual[["year", "counter", "measure", "deaths", "low", "high"]]
    return finish_figure(figure, alt, table, caption, fatalities)


def monthly_deaths(months: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw deaths per month after December 2024 as one counter gives them, civilians apart from others.

    Parameters
    ----------
    months : DataFrame
        With `month`, `counter`, `civilians`, `non_civilians`, `deaths_all`, and `note` where a month
        needs one.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per month; months without a figure are left empty.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(months, "month counter civilians non_civilians deaths_all", "deaths")
    rows = (
        months.dropna(subset=["deaths_all"]).assign(when=months["month"].map(mid_moment)).sort_values("when")
    )
    require_fields(rows, "when", "deaths")
    every = pd.period_range(rows["when"].min(), rows["when"].max(), freq="M")
    table = rows.set_index(rows["when"].dt.to_period("M"))[["civilians", "non_civilians", "deaths_all"]]
    table = table.reindex(every)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.4)
        place = range(len(table))
        civil, other = (table[name].astype(float).fillna(0) for name in ("civilians", "non_civilians"))
        axes.bar(place, civil, color=colours.NEGATIVE, label="civilians", width=0.7)
        axes.bar(
            place,
            other,
            bottom=civil,
            color=colours.NEUTRAL,
            hatch="//",
            edgecolor="white",
            label="others",
            width=0.7,
        )
        for at in place:
            if pd.isna(table["deaths_all"].iloc[at]):
                axes.text(at, 40, "no\nfigure", ha="center", fontsize=7, color=colours.SOFT)
        if "note" in rows:
            # Above all, a month that was not counted whole must not look like a quiet one.
            notes = rows.set_index(rows["when"].dt.to_period("M"))["note"].reindex(every).fillna("")
            for at, note in zip(place, notes, strict=True):
                high = float(civil.iloc[at] + other.iloc[at])
                axes.text(
                    at, high + 30, "\n".join(textwrap.wrap(note, 13)), ha="center", va="bottom", fontsize=7
                )
            axes.set_ylim(0, 1.25 * float((civil + other).max()))
        axes.set_xticks(list(place), [month.strftime("%b\n%Y") for month in every], fontsize=8)
        axes.yaxis.set_major_formatter(_WHOLE)
        axes.set_ylabel("deaths in the month")
        axes.grid(axis="y")
        axes.legend(fontsize=9)
        axes.set_title(f"Deaths per month counted by {join_words(dict.fromkeys(rows['counter']))}")
    top = table["deaths_all"].astype(float).nlargest(2)
    highest = [
        f"{month.strftime('%B %Y')} ({value:,.0f})" for month, value in zip(top.index, top, strict=True)
    ]
    alt = (
        f"Stacked bars of deaths per month, {every[0].strftime('%B %Y')} to "
        f"{every[-1].strftime('%B %Y')}, civilians "
        f"and others. Highest: "
        f"{join_words(highest)}. "
        f"{int(table['deaths_all'].isna().sum())} months have no figure."
    )
    numbers = table.rename_axis("month").reset_index().assign(month=lambda rows: rows["month"].astype(str))
    return finish_figure(figure, alt, numbers, caption, months)
