"""Figures of refugees and displaced people: where they were, who came back, how the number fell."""

import matplotlib.dates
import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import spread_labels
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import mid_moment
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words
from course_lib.dates import english_date


def refugees_by_host(refugees: pd.DataFrame, caption: CaptionLike = "", hosts: int = 5) -> Figure:
    """Draw where Syrian refugees and asylum seekers were at each year's end: a line per host country.

    Parameters
    ----------
    refugees : DataFrame
        With `year`, `country`, `refugees`, `asylum_seekers`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    hosts : int, default 5
        How many countries have a line of their own; the rest is one.

    Returns
    -------
    Figure
        Its table has a row per year.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(refugees, "year country refugees asylum_seekers", "refugees")
    both = refugees["refugees"].fillna(0).astype(int) + refugees["asylum_seekers"].fillna(0).astype(int)
    wide = refugees.assign(people=both).pivot_table(
        index="year", columns="country", values="people", aggfunc="sum"
    )
    named = wide.drop(columns="All other countries", errors="ignore")
    top = list(named.max().nlargest(hosts).index)
    table = wide[top].assign(**{"all others": wide.drop(columns=top).sum(axis=1)})
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 4)
        places: dict[str, tuple[float, str]] = {}
        hues = [hue for hue in colours.SERIES if hue not in (colours.SERIES[3], colours.OTHER)]
        for number, name in enumerate(map(str, table)):
            fixed = {"Turkey": colours.actor_colour("turkey"), "all others": colours.OTHER}
            colour = fixed.get(name, hues[number % len(hues)])
            axes.plot(
                table.index,
                table[name] / 1e6,
                color=colour,
                marker=colours.SERIES_MARKS[number],
                markersize=4,
                linewidth=1.6,
            )
            places[name] = (table[name].iloc[-1] / 1e6, colour)
        highest = max(table.to_numpy().max() / 1e6, 1e-6)
        for name, at in zip(
            places, spread_labels([value for value, _ in places.values()], 0.045 * highest), strict=True
        ):
            axes.annotate(
                name,
                (table.index[-1], places[name][0]),
                (table.index[-1] + 0.35, at),
                color=places[name][1],
                fontsize=9,
                va="center",
            )
        axes.set_xlim(table.index.min() - 0.3, table.index.max() + 2.6)
        axes.set_xticks(range(int(table.index.min()), int(table.index.max()) + 1, 2))
        axes.set_ylim(0, 1.06 * highest)
        axes.set_ylabel("million people at the end of the year")
        axes.grid(axis="y")
        axes.set_title("Syrian refugees and asylum seekers by host country")
    last = table.index.max()
    peak = table.sum(axis=1)
    alt = (
        f"Lines for {len(top)} host countries and all others, {table.index.min()} to {last}. At the end "
        f"of {last}: "
        f"{join_words(f'{name} {value:,}' for name, value in table.loc[last].astype(int).items())}. "
        f"The sum was largest in {peak.idxmax()}, with {int(peak.max()):,} people."
    )
    return finish_figure(
        figure, alt, table.astype(int).rename_axis(columns=None).reset_index(), caption, refugees
    )


def returns(people: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw how many people had come back by each date, as reported: refugees and displaced within Syria.

    Parameters
    ----------
    people : DataFrame
        With `as_of`, `measure`, `value`, `precision`, `who_says`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per figure drawn.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(people, "as_of measure value precision who_says", "returns")
    kinds = {"refugee_returns_cumulative": "refugees", "idp_returns_cumulative": "displaced within Syria"}
    rows = people[people["measure"].isin(kinds) & people["value"].notna()].copy()
    require_fields(rows, "value", "returns since 8 December 2024")
    rows["when"] = rows["as_of"].map(mid_moment)
    rows = rows.sort_values("when")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.6)
        for (measure, name), colour, mark in zip(
            kinds.items(), (colours.POSITIVE, colours.NEGATIVE), "os", strict=True
        ):
            series = rows[rows["measure"] == measure]
            if series.empty:
                continue
            axes.plot(series["when"], series["value"] / 1e6, color=colour, linewidth=1, alpha=0.6)
            exact = series["precision"] == "exact"
            for which, face in ((exact, colour), (~exact, "white")):
                axes.scatter(
                    series["when"][which],
                    series["value"][which] / 1e6,
                    marker=mark,
                    facecolor=face,
                    edgecolor=colour,
                    zorder=3,
                )
            axes.annotate(
                name,
                (series["when"].iloc[-1], series["value"].iloc[-1] / 1e6),
                xytext=(6, 6),
                textcoords="offset points",
                color=colour,
                fontsize=9,
                ha="right",
                va="bottom",
            )
        axes.set_ylim(0, rows["value"].max() / 1e6 * 1.18)
        axes.set_ylabel("million people since 8 December 2024")
        axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%b %Y"))
        axes.grid(axis="y")
        axes.set_title("People reported as returned (open marks: rounded figures)")
    summaries = [
        f"{name}: {series['value'].iloc[-1]:,} by {english_date(series['as_of'].iloc[-1])}"
        for measure, name in kinds.items()
        if len(series := rows[rows["measure"] == measure])
    ]
    alt = (
        f"Points joined by thin lines: people reported as returned since 8 December 2024, "
        f"{english_date(rows['as_of'].iloc[0])} to {english_date(rows['as_of'].iloc[-1])}. "
        f"Latest figures: {join_words(summaries)}. "
        f"{int((rows['precision'] != 'exact').sum())} of {len(rows)} are rounded."
    )
    table = rows[["as_of", "measure", "value", "precision", "who_says"]]
    return finish_figure(figure, alt, table, caption, people)


def stock_and_returns(displacement: pd.DataFrame, since: int = 2019, caption: CaptionLike = "") -> Figure:
    """Draw, year by year, how many refugees are recorded as returned and by how much their number fell.

    The two stand side by side and are never subtracted: people leave the stock by other ways too, and join.

    Parameters
    ----------
    displacement : DataFrame
        With `year`, `refugees_unhcr` (at the year's end) and `returned_refugees` (in the year).
    since : int, default 2019
        The first year drawn.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per year; a fall below zero is a rise.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(displacement, "year refugees_unhcr returned_refugees", "refugees")
    rows = displacement.sort_values("year").set_index("year")
    table = pd.DataFrame(
        {
            "refugees at the end": rows["refugees_unhcr"],
            "fall in the year": -rows["refugees_unhcr"].diff(),
            "returned in the year": rows["returned_refugees"],
        }
    )
    table = table[(table.index >= since) & table["fall in the year"].notna()]
    require_fields(table, "", "refugees of a year with one before it")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.6)
        for shift, name, label, colour, hatch in (
            (
                -0.2,
                "fall in the year",
                "fall in the number of refugees (below zero: a rise)",
                colours.NEUTRAL,
                "//",
            ),
            (0.2, "returned in the year", "refugees recorded as returned", colours.POSITIVE, None),
        ):
            values = table[name].astype(float) / 1e6
            bars = axes.bar(
                table.index + shift,
                values,
                width=0.38,
                color=colour,
                hatch=hatch,
                edgecolor="white",
                label=label,
            )
            texts = ["" if value != value else f"{value:.2f}" for value in values]
            axes.bar_label(bars, texts, fontsize=7, padding=2)
        axes.axhline(0, color=colours.INK, linewidth=0.8)
        axes.set_xticks(table.index)
        axes.margins(y=0.12)
        axes.set_ylabel("million people in the year")
        axes.grid(axis="y")
        axes.legend(fontsize=9, loc="upper left")
        axes.set_title("Refugees: recorded returns and the fall in the stock")
    last = table.index[-1]
    summaries = [
        f"{year}: {'fall' if row['fall in the year'] >= 0 else 'rise'} of "
        f"{abs(int(row['fall in the year'])):,}, "
        + (
            "no figure for returns"
            if pd.isna(row["returned in the year"])
            else f"{int(row['returned in the year']):,} returned"
        )
        for year, row in table.iterrows()
    ]
    alt = (
        f"Pairs of bars for each year from {table.index[0]} to {last}: by how much the number of Syrian "
        f"refugees fell, and how many are recorded as returned. {'; '.join(summaries)}."
    )
    return finish_figure(figure, alt, table.reset_index(), caption, displacement)
