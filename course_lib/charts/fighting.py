"""Figures of groups that fought each other."""

import matplotlib.style
import numpy as np
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import count_in_whole_numbers
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words


def fighting_pairs(dyads: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw how many pairs of armed groups fought each other each year, and how many had HTS or IS in them.

    Parameters
    ----------
    dyads : DataFrame
        With `year`, `non_state_dyads`, `non_state_dyads_with_hts_or_predecessor`,
        `non_state_dyads_with_isis`, `hts_fights_isis`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per year.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    fields = {
        "non_state_dyads": "all pairs",
        "non_state_dyads_with_hts_or_predecessor": "with HTS or what came before it",
        "non_state_dyads_with_isis": "with Islamic State",
    }
    require_fields(dyads, f"year hts_fights_isis {' '.join(fields)}", "pairs")
    rows = dyads.sort_values("year")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.6)
        styles = (
            (colours.NEUTRAL, "o", "-"),
            (colours.actor_colour("hts"), "s", "-"),
            (colours.actor_colour("isis"), "^", ":"),
        )
        for (field, name), (colour, mark, line) in zip(fields.items(), styles, strict=True):
            axes.plot(
                rows["year"], rows[field].astype(float), color=colour, marker=mark, linestyle=line, label=name
            )
        fights = rows[rows["hts_fights_isis"].fillna(False).astype(bool)]
        if len(fights):
            name = "year in which HTS (or what came before it) fought IS"
            axes.scatter(
                fights["year"], [-1.6] * len(fights), marker="x", color=colours.INK, s=24, label=name
            )
        axes.set_ylim(bottom=-3)
        axes.set_xlim(rows["year"].min() - 0.6, rows["year"].max() + 0.6)
        axes.set_yticks(range(0, int(rows["non_state_dyads"].max()) + 6, 5))
        count_in_whole_numbers(axes.xaxis)
        axes.set_ylabel("pairs in deadly fighting")
        axes.grid(axis="y")
        axes.legend(fontsize=9)
        axes.set_title("Armed groups that fought each other in Syria (UCDP)")
    peak = rows.iloc[int(np.nanargmax(rows["non_state_dyads"].astype(float)))]
    years = [str(year) for year in fights["year"]]
    alt = (
        f"Lines per year, {rows['year'].min()} to {rows['year'].max()}: pairs of non-state groups in "
        f"deadly fighting. "
        f"Most in {peak['year']}: {peak['non_state_dyads']} pairs, "
        f"{peak['non_state_dyads_with_hts_or_predecessor']} with HTS or what came before it and "
        f"{peak['non_state_dyads_with_isis']} with Islamic State. "
        + (f"HTS or what came before it fought Islamic State in {join_words(years)}." if years else "")
    )
    table = rows[["year", *fields, "hts_fights_isis"]].rename(columns=fields)
    return finish_figure(figure, alt, table, caption, dyads)
