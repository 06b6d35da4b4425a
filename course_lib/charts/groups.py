"""Figures about groups and labels: how groups came from each other, who lists whom, who fought whom."""

import matplotlib.dates
import matplotlib.style
import pandas as pd
from matplotlib.collections import PolyCollection

from course_lib.charts import colours
from course_lib.charts.figure import (
    STYLE,
    finish_figure,
    join_words,
    mid_moment,
    moment_range,
    new_figure,
    require_fields,
)
from course_lib.dates import english_date
from course_lib.errors import ChartError
from course_lib.evidence import labels

STEPS = {
    "renamed": "renamed",
    "merged_into": "merged into",
    "absorbed": "absorbed",
    "split_from": "split from",
    "broke_with": "broke with",
    "pledged_to": "pledged to",
    "founded_by": "founded by",
}
_DASHED = {"broke_with", "split_from"}


def family_tree(lineage, actors, root="hts", groups=None, caption=""):
    """Draw the groups that led to one group, and what became of it, as lives along a line of time.

    Parameters: `lineage` a table with `from_group`, `to_group`, `date`, `relation`; `actors` with `id`,
    `name`, `active_from`, `active_to`; `root` the group whose family is drawn; `groups` to draw in place of
    the whole family; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per step.
    Raises: `ChartError` for a group without a step.
    """
    require_fields(lineage, "from_group to_group date relation", "steps")
    require_fields(actors, "id name active_from active_to", "groups")
    steps = lineage[lineage["relation"].isin(STEPS)]
    family, grown = set(groups or [root]), None
    while groups is None and grown != family:
        grown = set(family)
        touching = steps[steps["to_group"].isin(grown) | (steps["from_group"] == root)]
        family |= set(touching["from_group"]) | set(touching["to_group"])
    steps = steps[steps["from_group"].isin(family) & steps["to_group"].isin(family)].copy()
    if steps.empty:
        raise ChartError(f"The table has no step from or to {root!r}, so there is no family to draw.")
    steps["when"] = steps["date"].map(mid_moment)
    known = actors.set_index("id")
    lives = {}
    for group in sorted(set(steps["from_group"]) | set(steps["to_group"])):
        touched = steps[(steps["from_group"] == group) | (steps["to_group"] == group)]["when"]
        begin, end = mid_moment(known["active_from"].get(group)), mid_moment(known["active_to"].get(group))
        lives[group] = (touched.min() if pd.isna(begin) else begin, end)
    # Groups that live on are drawn to the day up to which the table tells.
    ends = [mid_moment(lineage.attrs.get("as_of")), *(end for _, end in lives.values())]
    last = max(steps["when"].max(), *(end for end in ends if pd.notna(end)))
    first = max(min(begin for begin, _ in lives.values()), mid_moment("2003-01-01"))
    order = sorted(lives, key=lambda group: (lives[group][0], group))
    rows = {group: at for at, group in enumerate(order)}
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(9, 1.2 + 0.3 * len(rows))
        for group, at in rows.items():
            begin, end = lives[group]
            colour = colours.actor_colour(group) if group != root else colours.ACTORS["hts"]
            axes.plot(
                [max(begin, first), last if pd.isna(end) else end],
                [at, at],
                color=colour,
                linewidth=6 if group == root else 4,
                alpha=0.9 if group == root else 0.55,
                solid_capstyle="butt",
            )
            name = labels.ACTORS.get(group) or (known["name"].get(group, group).split(" (")[0])
            axes.annotate(
                name,
                (max(begin, first), at),
                xytext=(-4, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=8,
                fontweight="bold" if group == root else "normal",
            )
        for step in steps.itertuples():
            axes.annotate(
                "",
                (step.when, rows[step.to_group]),
                (step.when, rows[step.from_group]),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": colours.NEGATIVE if step.relation in _DASHED else colours.SOFT,
                    "linestyle": "--" if step.relation in _DASHED else "-",
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )
        axes.set_yticks([])
        axes.set_ylim(len(rows) - 0.4, -0.8)
        axes.set_xlim(first - (last - first) * 0.3, last + (last - first) * 0.02)
        years = range(first.year + first.year % 2, last.year + 1, 2)
        axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years])
        axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%Y"))
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        name = labels.ACTORS.get(root, root)
        axes.set_title(f"Groups around {name} (dashed: broke with or split from)")
    into = steps[steps["to_group"] == root]
    counts = steps["relation"].map(STEPS).value_counts()
    merged = [labels.ACTORS.get(one) or known["name"].get(one, one) for one in into["from_group"]]
    alt = (
        f"Lives of {len(rows)} groups as bars on a line of time, {first.year} to {last.year}, with "
        f"{len(steps)} arrows "
        f"between them: {join_words(f'{name} {count}' for name, count in counts.items())}. "
        + (f"{name} came from {join_words(dict.fromkeys(merged))}." if merged else "")
    )
    table = steps.sort_values("date")[["date", "from_group", "relation", "to_group"]]
    table = table.assign(relation=table["relation"].map(STEPS))
    for end in ("from_group", "to_group"):
        table[end] = [labels.ACTORS.get(one) or known["name"].get(one, one) for one in table[end]]
    table.columns = ["date", "group", "step", "other group"]
    return finish_figure(figure, alt, table, caption, lineage, actors)


def lists_at(designations, day, groups, caption="", actors=None):
    """Draw who listed whom on one day: groups by lists, filled where a listing was in force.

    A cell without a row in the table is left blank, since blank is not the same as "not listed". What began
    after the day, be it a listing, a request or the group itself, is "not yet".

    Parameters: `designations` a table with `group`, `designator`, `status`, `listed_on`, `delisted_on`; `day`
    an ISO date; `groups` which are drawn, in order; `caption` what stands under the picture; `actors` a table
    with `id`, `active_from`, or None where it does not matter when groups were founded.
    Returns: a `Figure` whose table has a row per group and a column per list.
    """
    require_fields(designations, "group designator status listed_on delisted_on", "listings")
    at = mid_moment(day)
    founded = {}
    if actors is not None:
        require_fields(actors, "id active_from", "groups")
        founded = {
            row.id: mid_moment(row.active_from) for row in actors.itertuples() if row.id in set(groups)
        }
    cells = {}
    rows = designations[designations["group"].isin(groups) & designations["designator"].isin(labels.LISTS)]
    for row in rows.itertuples():
        start, end = mid_moment(row.listed_on), mid_moment(row.delisted_on)
        # A comparison with a day that is not known is never true.
        if start > at or founded.get(row.group, pd.NaT) > at:
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
        for state in dict.fromkeys([None, *cells.values()]):
            at_ = [
                (column, row)
                for row, group in enumerate(groups)
                for column, name in enumerate(lists)
                if cells.get((group, name)) == state
            ]
            squares = [_square(*place) for place in at_]
            face = faces.get(state, "white") if state else "#f4f6f8"
            edge = colours.LINE if state else "none"
            axes.add_collection(PolyCollection(squares, facecolors=face, edgecolors=edge, linewidths=0.8))
            if state == "listed":
                axes.scatter(*zip(*at_, strict=True), s=18, color="white")
            elif state:
                for column, row in at_:
                    axes.text(column, row, signs.get(state, state), ha="center", va="center", fontsize=8)
        axes.set_xlim(-0.6, len(lists) - 0.4)
        axes.set_ylim(len(groups) - 0.5, -0.6)
        axes.set_yticks(range(len(groups)), [labels.ACTORS.get(one, one) for one in groups])
        axes.set_xticks(
            range(len(lists)), [labels.LISTS[one].replace(" (", "\n(") for one in lists], fontsize=8
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
    told = []
    for group in groups:
        on, later = (
            join_words(labels.LISTS[name] for name in lists if cells.get((group, name)) == state)
            for state in ("listed", "not yet")
        )
        told.append(
            f"{labels.ACTORS.get(group, group)}: {on or 'none recorded'}"
            f"{f'; not yet {later}' if later else ''}."
        )
    alt = (
        f"Grid of {len(groups)} groups and {len(lists)} lists on {moment_range([at])}, filled where "
        "a listing "
        f"was in force. " + " ".join(told)
    )
    table = pd.DataFrame(
        [[cells.get((group, name), "") for name in lists] for group in groups],
        columns=[labels.LISTS[name] for name in lists],
    )
    table.insert(0, "group", [labels.ACTORS.get(one, one) for one in groups])
    return finish_figure(figure, alt, table, caption, designations)


def fighting_pairs(dyads, caption=""):
    """Draw how many pairs of armed groups fought each other each year, and how many had HTS or IS in them.

    Parameters: `dyads` a table with `year`, `non_state_dyads`, `non_state_dyads_with_hts_or_predecessor`,
    `non_state_dyads_with_isis`, `hts_fights_isis`; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per year.
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
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_ylabel("pairs in deadly fighting")
        axes.grid(axis="y")
        axes.legend(fontsize=9)
        axes.set_title("Armed groups that fought each other in Syria (UCDP)")
    peak = rows.loc[rows["non_state_dyads"].idxmax()]
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


def delisting_order(designations, groups=("hts", "jabhat_al_nusra", "ahmed_al_sharaa"), caption=""):
    """Draw when each list took a group off, in the order in which it happened; open listings run on.

    Parameters: `designations` as for `lists_at`; `groups` that count as one family; `caption` what stands
    under the picture.
    Returns: a `Figure` whose table has a row per listing, the earliest end first.
    """
    require_fields(designations, "group designator status listed_on delisted_on", "listings")
    rows = designations[designations["group"].isin(groups) & designations["listed_on"].notna()].copy()
    rows = rows[rows["status"].isin(["listed", "delisted", "suspended", "moved", "ended"])]
    require_fields(rows, "group", "listings of these groups")
    rows["start"], rows["end"] = (rows[field].map(mid_moment) for field in ("listed_on", "delisted_on"))
    rows = rows.sort_values(["end", "start"], na_position="last", kind="stable")
    known = pd.concat([rows["start"], rows["end"]]).dropna()
    # Open listings run to the day up to which the table tells, or a little beyond what it has.
    told_to = mid_moment(designations.attrs.get("as_of"))
    last = known.max() + pd.Timedelta(days=200) if pd.isna(told_to) else max(known.max(), told_to)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.3 + 0.27 * len(rows))
        for at, row in enumerate(rows.itertuples()):
            open_end = pd.isna(row.end)
            colour = colours.NEUTRAL if open_end else colours.POSITIVE
            axes.plot(
                [row.start, last if open_end else row.end], [at, at], color=colour, linewidth=4, alpha=0.8
            )
            if not open_end:
                axes.plot(row.end, at, marker="|", color=colours.INK, markersize=10)
        names = [
            f"{_list(row.designator)}: {labels.ACTORS.get(row.group, row.group)}" for row in rows.itertuples()
        ]
        axes.set_yticks(range(len(rows)), names, fontsize=8)
        axes.set_ylim(len(rows) - 0.4, -0.7)
        axes.set_xlim(rows["start"].min() - pd.Timedelta(days=100), last)
        axes.xaxis.set_major_locator(matplotlib.dates.YearLocator(2))
        axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%Y"))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_title("When each listing ended (grey: no end found)")
    ended = rows[rows["end"].notna()]
    told = [
        f"{_list(row.designator)} ({labels.ACTORS.get(row.group, row.group)}, "
        f"{english_date(row.delisted_on)})"
        for row in ended.itertuples()
    ]
    alt = (
        f"Bars for {len(rows)} listings from their first day to their end. {len(ended)} ended"
        + (f", in this order: {join_words(told)}" if told else "")
        + f". For {len(rows) - len(ended)} no end was found."
    )
    table = rows[["designator", "group", "listed_on", "delisted_on", "status"]].assign(
        designator=rows["designator"].map(_list),
        group=[labels.ACTORS.get(one, one) for one in rows["group"]],
    )
    return finish_figure(figure, alt, table, caption, designations)


def _list(name):
    return labels.LISTS.get(name) or labels.MORE_LISTS.get(name, name)


def _square(column, row):
    """Return the corners of a cell of a grid, a little smaller than its place."""
    left, right, top, bottom = column - 0.47, column + 0.47, row - 0.42, row + 0.42
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
