"""Figures of who held what share of the country, by source."""

import itertools

import matplotlib.style
import msgspec
import pandas as pd
from pandas.api.typing import NAType

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_panels
from course_lib.charts.moments import axis_place, mid_moment, moment_range
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words

PARTIES = {
    "government": "government",
    "opposition_incl_hts": "opposition and HTS",
    "sdf": "SDF",
    "isis": "Islamic State",
}


class _Share(msgspec.Struct):
    """A share of the country in per cent, as a source has it: a number or two bounds, any of them missing."""

    when: pd.Timestamp
    source: str
    basis: str
    share_pct: float | NAType
    low_pct: float | NAType
    high_pct: float | NAType


def territory(control: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw what share of the country each party held, by source: a panel per party, a mark per figure.

    A claim by a party to the war has an open mark, a range a line; nothing joins figures of several sources.

    Parameters
    ----------
    control : DataFrame
        With `as_of`, `source_name`, `actor`, `share_pct`, `low_pct`, `high_pct`, `basis`.
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
    require_fields(control, "as_of source_name actor share_pct low_pct high_pct basis", "shares")
    parties = [party for party in PARTIES if (control["actor"] == party).any()]
    require_fields(control[control["actor"].isin(parties)], "actor", "shares of a known party")
    when = control["as_of"].map(mid_moment)
    short = control["source_name"].str.split(r"[(,]| cited| via| as ", regex=True).str[0].str.strip()
    rows = control.assign(when=when, source=short)
    marks = dict(zip(dict.fromkeys(short), itertools.cycle(colours.SERIES_MARKS), strict=False))
    with matplotlib.style.context(STYLE):
        figure, panels = new_panels(8, 1.2 + 1.45 * len(parties), rows=len(parties))
        for axes, party in zip(panels, parties, strict=True):
            colour = colours.actor_colour(party)
            for row in table_rows(rows[rows["actor"] == party], _Share):
                at, mark, low, high = row.when.to_datetime64(), marks[row.source], row.low_pct, row.high_pct
                if pd.notna(row.share_pct):
                    open_mark = row.basis == "claim"
                    axes.scatter(
                        at,
                        row.share_pct,
                        marker=mark,
                        s=30,
                        facecolor="none" if open_mark else colour,
                        edgecolor=colour,
                        zorder=3,
                    )
                if pd.notna(low) and pd.notna(high):
                    axes.vlines(at, low, high, color=colour, linewidth=2)
                elif pd.notna(low) and pd.isna(row.share_pct):
                    axes.annotate(
                        "",
                        (axis_place(row.when), low + 18),
                        (axis_place(row.when), low),
                        arrowprops={"arrowstyle": "->", "color": colour},
                    )
            axes.set_ylim(0, 105)
            axes.set_yticks([0, 50, 100])
            axes.grid(axis="y")
            axes.set_ylabel("%", rotation=0, labelpad=10)
            axes.set_title(PARTIES[party], fontsize=10)
        for name, mark in marks.items():
            axes.scatter([], [], marker=mark, s=30, color=colours.SOFT, label=name)
        figure.suptitle(
            "Share of Syria's area held, by source", fontsize=12, fontweight="bold", x=0.01, ha="left"
        )
        figure.legend(loc="outside lower center", ncols=3, fontsize=8)
    summaries = []
    for party in parties:
        shares = control.loc[control["actor"] == party, "share_pct"].dropna()
        if len(shares):
            summaries.append(
                f"{PARTIES[party]} {shares.min():.0f} to {shares.max():.0f} per cent in {len(shares)} figures"
            )
    claims = control[(control["basis"] == "claim") & control["share_pct"].notna()]
    alt = (
        f"Points in {len(parties)} panels: shares of Syria's area from {len(marks)} sources, "
        f"{moment_range(when.dropna())}. "
        f"{join_words(summaries)}. "
        + (
            "Open marks are claims of a party: "
            f"{join_words(f'{share:.0f} per cent' for share in claims['share_pct'])}."
            if len(claims)
            else ""
        )
    )
    table = control[["as_of", "source_name", "actor", "share_pct", "low_pct", "high_pct", "basis"]]
    return finish_figure(figure, alt, table, caption, control)
