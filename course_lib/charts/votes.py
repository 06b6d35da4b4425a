"""Figures of positions estimated from votes in the UN General Assembly."""

from collections.abc import Collection

import matplotlib.style
import msgspec
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import spread_labels
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words

# Countries whose line has an actor's colour.
_ACTORS = {
    "RUS": "russia",
    "USA": "usa",
    "TUR": "turkey",
    "IRN": "iran",
    "ISR": "israel",
    "CHN": "china",
    "SAU": "saudi_arabia",
}


class _Position(msgspec.Struct):
    """Where a country stands in a year."""

    country: str
    ideal_point_final_passage: float


def ideal_points(
    votes: pd.DataFrame, countries: Collection[str] | None = None, caption: CaptionLike = ""
) -> Figure:
    """Draw estimated positions in UN votes over the years, with their intervals, a line per country.

    Parameters
    ----------
    votes : DataFrame
        With `year`, `iso3`, `country`, `ideal_point_final_passage`, `low5_final_passage`,
        `high95_final_passage`.
    countries : collection of str, optional
        ISO codes that are drawn; all by default.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per year and country.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    fields = ["ideal_point_final_passage", "low5_final_passage", "high95_final_passage"]
    require_fields(votes, f"year iso3 country {' '.join(fields)}", "positions")
    rows = votes if countries is None else votes[votes["iso3"].isin(countries)]
    require_fields(rows, "year", "positions of these countries")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.4, 4.2)
        ends = []
        for iso, series in rows.sort_values("year").groupby("iso3", sort=False):
            colour = colours.actor_colour(_ACTORS.get(str(iso), str(iso).lower()))
            axes.plot(series["year"], series[fields[0]], color=colour, linewidth=1.5)
            axes.fill_between(
                series["year"],
                series[fields[1]].astype(float),
                series[fields[2]].astype(float),
                color=colour,
                alpha=0.14,
            )
            ends.append(
                (
                    series["country"].iloc[-1],
                    float(series[fields[0]].iloc[-1]),
                    series["year"].iloc[-1],
                    colour,
                )
            )
        for (name, value, year, colour), at in zip(
            ends, spread_labels([end[1] for end in ends], 0.22), strict=True
        ):
            axes.annotate(name, (year, value), (year + 0.6, at), fontsize=8, color=colour, va="center")
        axes.set_xlim(rows["year"].min() - 0.5, rows["year"].max() + 6.5)
        axes.set_xticks(range(-(-int(rows["year"].min()) // 5) * 5, int(rows["year"].max()) + 1, 5))
        axes.set_ylabel("position (no unit)")
        axes.grid(axis="y")
        axes.set_title("Positions estimated from votes in the UN General Assembly")
    last = rows["year"].max()
    newest = rows[rows["year"] == last].sort_values(fields[0])
    summaries = [
        f"{row.country} {row.ideal_point_final_passage:.2f}" for row in table_rows(newest, _Position)
    ]
    alt = (
        f"Lines with shaded intervals for {rows['iso3'].nunique()} countries, {rows['year'].min()} to "
        f"{last}. "
        f"In {last}, from lowest to highest: {join_words(summaries)}."
    )
    return finish_figure(figure, alt, rows[["year", "country", *fields]], caption, votes)
