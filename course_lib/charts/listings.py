"""Figures of lists: who listed whom on a day, and which list took a group off when."""

from collections.abc import Collection, Sequence
from datetime import date

import matplotlib.dates
import matplotlib.style
import msgspec
import pandas as pd
from matplotlib.collections import PolyCollection
from pandas.api.typing import NaTType

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import axis_place, known_moment, mid_moment, moment_range
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words
from course_lib.dates import english_date
from course_lib.evidence import labels


class _Actor(msgspec.Struct):
    """A group, and since when there is one: a day, month or year, or missing."""

    id: str
    active_from: object


class _Designation(msgspec.Struct):
    """A listing of a group: days, months or years, or missing."""

    group: str
    designator: str
    status: str
    listed_on: object
    delisted_on: object


class _Span(msgspec.Struct):
    """A listing of a group, from its first moment to its end, where it has one."""

    group: str
    designator: str
    delisted_on: object
    start: pd.Timestamp
    end: pd.Timestamp | NaTType


def lists_at(
    designations: pd.DataFrame,
    day: str | date,
    groups: Sequence[str],
    caption: CaptionLike = "",
    actors: pd.DataFrame | None = None,
) -> Figure:
    """Draw who listed whom on one day: groups by lists, filled where a listing was in force.

    A cell without a row in the table is left blank, since blank is not the same as "not listed". What began
    after the day, be it a listing, a request or the group itself, is "not yet".

    Parameters
    ----------
    designations : DataFrame
        With `group`, `designator`, `status`, `listed_on`, `delisted_on`.
    day : str or date
        The day, ISO text or a `date`.
    groups : sequence of str
        Which are drawn, in order.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    actors : DataFrame, optional
        With `id`, `active_from`; without it, it does not matter when groups were founded.

    Returns
    -------
    Figure
        Its table has a row per group and a column per list.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(designations, "group designator status listed_on delisted_on", "listings")
    at = known_moment(day)
    founded = {}
    if actors is not None:
        require_fields(actors, "id active_from", "groups")
        founded = {
            row.id: mid_moment(row.active_from) for row in table_rows(actors, _Actor) if row.id in set(groups)
        }
    cells: dict[tuple[str, str], str] = {}
    rows = designations[designations["group"].isin(groups) & designations["designator"].isin(labels.LISTS)]
    for row in table_rows(rows, _Designation):
        start, end = mid_moment(row.listed_on), mid_moment(row.delisted_on)
        if any(pd.notna(began) and began > at for began in (start, founded.get(row.group))):
            state = "not yet"
        elif row.status in ("not_listed", "proposal_blocked", "court_finding", "general_law"):
            state = "not listed" if row.status == "not_listed" else "other"
        elif pd.isna(start):
            state = "date unknown"
        elif pd.notna(end) and end <= at:
            state = "moved" if row.status == "moved" else "ended"
        else:
            state = "listed"
        rank = ["other", "not listed", "not yet", "ended", "moved", "date unknown", "listed"]
        key = (row.group, row.designator)
        cells[key] = max(cells.get(key, "other"), state, key=rank.index)
    lists = [name for name in labels.LISTS if any(key[1] == name for key in cells)] or list(labels.LISTS)
    faces = {"listed": colours.NEGATIVE, "date unknown": colours.LINE}
    signs = {"not yet": "–", "not listed": "no", "date unknown": "?"}
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.5 + 0.36 * len(groups))
        # Few collections instead of many shapes, since a slider redraws this.
        for shade in dict.fromkeys([None, *cells.values()]):
            places = [
                (column, row)
                for row, group in enumerate(groups)
                for column, name in enumerate(lists)
                if cells.get((group, name)) == shade
            ]
            squares = [_square(*place) for place in places]
            face = faces.get(shade, "white") if shade else "#f4f6f8"
            edge = colours.LINE if shade else "none"
            axes.add_collection(PolyCollection(squares, facecolors=face, edgecolors=edge, linewidths=0.8))
            if shade == "listed":
                columns, lines = zip(*places, strict=True)
                axes.scatter(columns, lines, s=18, color="white")
            elif shade:
                for column, line in places:
                    axes.text(column, line, signs.get(shade, shade), ha="center", va="center", fontsize=8)
        axes.set_xlim(-0.6, len(lists) - 0.4)
        axes.set_ylim(len(groups) - 0.5, -0.6)
        axes.set_yticks(range(len(groups)), [labels.actor_name(group) for group in groups])
        axes.set_xticks(
            range(len(lists)), [labels.LISTS[name].replace(" (", "\n(") for name in lists], fontsize=8
        )
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_title(f"Who listed whom on {moment_range([at])}", pad=12)
        axes.set_xlabel(
            "● listed   ? listed, day unknown   no: checked, not listed   pale: nothing recorded\n"
            "– not yet: listing, request or group came later   other: a refused request or a court's finding",
            fontsize=8,
        )
    summaries = []
    for group in groups:
        on, later = (
            join_words(labels.LISTS[name] for name in lists if cells.get((group, name)) == state)
            for state in ("listed", "not yet")
        )
        summaries.append(
            f"{labels.actor_name(group)}: {on or 'none recorded'}{f'; not yet {later}' if later else ''}."
        )
    alt = (
        f"Grid of {len(groups)} groups and {len(lists)} lists on {moment_range([at])}, filled where "
        "a listing "
        f"was in force. " + " ".join(summaries)
    )
    table = pd.DataFrame(
        [[cells.get((group, name), "") for name in lists] for group in groups],
        columns=[labels.LISTS[name] for name in lists],
    )
    table.insert(0, "group", [labels.actor_name(group) for group in groups])
    return finish_figure(figure, alt, table, caption, designations)


def delisting_order(
    designations: pd.DataFrame,
    groups: Collection[str] = ("hts", "jabhat_al_nusra", "ahmed_al_sharaa"),
    caption: CaptionLike = "",
) -> Figure:
    """Draw when each list took a group off, in the order in which it happened; open listings run on.

    Parameters
    ----------
    designations : DataFrame
        As for `lists_at`.
    groups : collection of str, default ("hts", "jabhat_al_nusra", "ahmed_al_sharaa")
        Those that count as one family.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per listing, the earliest end first.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(designations, "group designator status listed_on delisted_on", "listings")
    rows = designations[designations["group"].isin(groups) & designations["listed_on"].notna()].copy()
    rows = rows[rows["status"].isin(["listed", "delisted", "suspended", "moved", "ended"])]
    require_fields(rows, "group", "listings of these groups")
    rows["start"], rows["end"] = (rows[field].map(mid_moment) for field in ("listed_on", "delisted_on"))
    rows = rows.sort_values(["end", "start"], na_position="last", kind="stable")
    known = pd.concat([rows["start"], rows["end"]]).dropna()
    # Open listings run to the day up to which the table tells, or a little beyond what it has.
    as_of = mid_moment(designations.attrs.get("as_of"))
    last = known.max() + pd.Timedelta(days=200) if pd.isna(as_of) else max(known.max(), as_of)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.3 + 0.27 * len(rows))
        for at, row in enumerate(table_rows(rows, _Span)):
            open_end = isinstance(row.end, NaTType)
            colour = colours.NEUTRAL if open_end else colours.POSITIVE
            span = [axis_place(row.start), axis_place(last if isinstance(row.end, NaTType) else row.end)]
            axes.plot(span, [at, at], color=colour, linewidth=4, alpha=0.8)
            if not open_end:
                axes.plot(span[-1], at, marker="|", color=colours.INK, markersize=10)
        names = [
            f"{_list_name(row.designator)}: {labels.actor_name(row.group)}" for row in table_rows(rows, _Span)
        ]
        axes.set_yticks(range(len(rows)), names, fontsize=8)
        axes.set_ylim(len(rows) - 0.4, -0.7)
        first, end = (
            float(matplotlib.dates.date2num(day))
            for day in (rows["start"].min() - pd.Timedelta(days=100), last)
        )
        axes.set_xlim(first, end)
        axes.xaxis.set_major_locator(matplotlib.dates.YearLocator(2))
        axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%Y"))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_title("When each listing ended (grey: no end found)")
    ended = rows[rows["end"].notna()]
    summaries = [
        f"{_list_name(row.designator)} ({labels.actor_name(row.group)}, {english_date(row.delisted_on)})"
        for row in table_rows(ended, _Span)
    ]
    alt = (
        f"Bars for {len(rows)} listings from their first day to their end. {len(ended)} ended"
        + (f", in this order: {join_words(summaries)}" if summaries else "")
        + f". For {len(rows) - len(ended)} no end was found."
    )
    table = rows[["designator", "group", "listed_on", "delisted_on", "status"]].assign(
        designator=rows["designator"].map(_list_name),
        group=[labels.actor_name(group) for group in rows["group"]],
    )
    return finish_figure(figure, alt, table, caption, designations)


def _list_name(name: str) -> str:
    return labels.LISTS.get(name) or labels.MORE_LISTS.get(name, name)


def _square(column: int, row: int) -> list[tuple[float, float]]:
    """Return the corners of a cell of a grid, a little smaller than its place."""
    left, right, top, bottom = column - 0.47, column + 0.47, row - 0.42, row + 0.42
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
