"""Figures of how groups came from each other."""

from collections.abc import Collection

import matplotlib.dates
import matplotlib.style
import msgspec
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import axis_place, known_moment, mid_moment
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words
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


class _LineageStep(msgspec.Struct):
    """How a group came of another."""

    from_group: str
    to_group: str
    relation: str
    when: pd.Timestamp


def family_tree(
    lineage: pd.DataFrame,
    actors: pd.DataFrame,
    root: str = "hts",
    groups: Collection[str] | None = None,
    caption: CaptionLike = "",
) -> Figure:
    """Draw the groups that led to one group, and what became of it, as lives along a line of time.

    Parameters
    ----------
    lineage : DataFrame
        With `from_group`, `to_group`, `date`, `relation`.
    actors : DataFrame
        With `id`, `name`, `active_from`, `active_to`.
    root : str, default "hts"
        The group whose family is drawn.
    groups : collection of str, optional
        Draw these in place of the whole family.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per step.

    Raises
    ------
    ChartError
        For a group without a step, and for a table without rows or without these fields.
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
    full_names = dict(zip(actors["id"], actors["name"], strict=True))
    lives = {}
    for group in sorted(set(steps["from_group"]) | set(steps["to_group"])):
        touched = steps[(steps["from_group"] == group) | (steps["to_group"] == group)]["when"]
        begin, end = mid_moment(known["active_from"].get(group)), mid_moment(known["active_to"].get(group))
        lives[group] = (touched.min() if pd.isna(begin) else begin, end)
    # Groups that live on are drawn to the day up to which the table tells.
    ends = [mid_moment(lineage.attrs.get("as_of")), *(end for _, end in lives.values())]
    last = max(steps["when"].max(), *(end for end in ends if pd.notna(end)))
    first = max(min(begin for begin, _ in lives.values()), known_moment("2003-01-01"))
    order = sorted(lives, key=lambda group: (lives[group][0], group))
    rows = {group: at for at, group in enumerate(order)}
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(9, 1.2 + 0.3 * len(rows))
        for group, at in rows.items():
            begin, end = lives[group]
            colour = colours.actor_colour(group) if group != root else colours.ACTORS["hts"]
            axes.plot(
                [axis_place(max(begin, first)), axis_place(last if pd.isna(end) else end)],
                [at, at],
                color=colour,
                linewidth=6 if group == root else 4,
                alpha=0.9 if group == root else 0.55,
                solid_capstyle="butt",
            )
            axes.annotate(
                labels.ACTORS.get(group) or full_names.get(group, group).split(" (")[0],
                (max(begin, first), at),
                xytext=(-4, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=8,
                fontweight="bold" if group == root else "normal",
            )
        for step in table_rows(steps, _LineageStep):
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
        span = last - first
        axes.set_xlim(axis_place(first - span * 0.3), axis_place(last + span * 0.02))
        years = range(first.year + first.year % 2, last.year + 1, 2)
        axes.set_xticks([axis_place(pd.Timestamp(year, 1, 1)) for year in years])
        axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%Y"))
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        name = labels.actor_name(root)
        axes.set_title(f"Groups around {name} (dashed: broke with or split from)")
    into = steps[steps["to_group"] == root]
    counts = steps["relation"].map(STEPS).value_counts()
    merged = [labels.ACTORS.get(group) or full_names.get(group, group) for group in into["from_group"]]
    alt = (
        f"Lives of {len(rows)} groups as bars on a line of time, {first.year} to {last.year}, with "
        f"{len(steps)} arrows "
        f"between them: {join_words(f'{name} {count}' for name, count in counts.items())}. "
        + (f"{name} came from {join_words(dict.fromkeys(merged))}." if merged else "")
    )
    table = steps.sort_values("date")[["date", "from_group", "relation", "to_group"]]
    table = table.assign(relation=table["relation"].map(STEPS))
    for field in ("from_group", "to_group"):
        table[field] = [labels.ACTORS.get(group) or full_names.get(group, group) for group in table[field]]
    table.columns = ["date", "group", "step", "other group"]
    return finish_figure(figure, alt, table, caption, lineage, actors)
