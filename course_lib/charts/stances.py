"""Figures about reactions: who said what when, and where actors stand."""

from typing import NotRequired, TypedDict

import matplotlib.style
import msgspec
import pandas as pd
from pandas.api.typing import NAType

from course_lib.charts import colours
from course_lib.charts.axes import time_axis
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import axis_place, mid_moment, moment_range
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words
from course_lib.evidence import labels

SCOPES = {"a": "Russia's contact with HTS", "b": "contact by anyone", "c": "the Russian bases"}
_MARKS = {"a": "D", "b": "o", "c": "s"}
_STANCES = ["stance_towards_hts_contact", "stance_towards_russian_bases"]
_STANCE_COLOURS = {-2: "#b8531a", -1: "#f2c49b", 0: "#ffffff", 1: "#a9c4d8", 2: "#22577a"}
_STANCE_NAMES = {
    -2: "against",
    -1: "rather against",
    0: "neither",
    1: "rather for",
    2: "for",
    None: "no stance found",
}


class _MarkStyle(TypedDict):
    """How matplotlib draws a mark."""

    s: int
    edgecolor: str
    linewidth: float
    facecolor: str
    hatch: NotRequired[str]


class _Reaction(msgspec.Struct):
    """When somebody reacted, to what, and how: missing where it is no stance."""

    when: pd.Timestamp
    scope: str
    stance: float | NAType | None


def reactions_by_day(reactions: pd.DataFrame, stances: bool = True, caption: CaptionLike = "") -> Figure:
    """Draw who reacted when and to what: a row per actor, a mark per statement; an empty row says nothing.

    A mark about the bases has the colour of the stance on the bases, any other that of the stance on contact.

    Parameters
    ----------
    reactions : DataFrame
        With `actor`, `date`, `scope`, `stance_towards_hts_contact`, `stance_towards_russian_bases`.
    stances : bool, default True
        Whether the coded stances are shown.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per reaction.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(reactions, f"actor date scope {' '.join(_STANCES)}", "reactions")
    rows = reactions[reactions["scope"].isin(SCOPES)]
    require_fields(rows, "scope", "reactions to one of the three")
    rows = rows.assign(when=rows["date"].map(mid_moment)).sort_values("when", kind="stable")
    rows["stance"] = rows[_STANCES[0]].where(rows["scope"] != "c", rows[_STANCES[1]])
    actors = list(dict.fromkeys(rows["actor"]))
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.9 + 0.27 * len(actors))
        for place, actor in enumerate(actors):
            axes.axhline(place, color="#e4e7eb", linewidth=0.8, zorder=0)
            for row in table_rows(rows[rows["actor"] == actor], _Reaction):
                axes.scatter(
                    axis_place(row.when),
                    place,
                    marker=_MARKS[row.scope],
                    zorder=3,
                    **_mark_style(row.stance, stances),
                )
        axes.set_yticks(range(len(actors)), [labels.actor_name(actor) for actor in actors], fontsize=8)
        axes.set_ylim(len(actors) - 0.4, -0.7)
        axes.tick_params(axis="y", length=0)
        time_axis(axes, rows["when"])
        first, last = rows["when"].min(), rows["when"].max()
        room = max((last - first) * 0.03, pd.Timedelta(days=1))
        axes.set_xlim(first - room, last + room)
        for scope, name in SCOPES.items():
            axes.scatter([], [], marker=_MARKS[scope], label=name, **_mark_style(0, stances))
        if stances:
            for stance, name in _STANCE_NAMES.items():
                axes.scatter([], [], marker="o", label=name, **_mark_style(stance, True))
        figure.legend(loc="outside lower center", ncols=3, fontsize=8)
        axes.set_title(
            "Who reacted when, and to what" + (" (colours: a coder's judgement)" if stances else "")
        )
    counts = rows["scope"].map(SCOPES).value_counts()
    about = [labels.actor_name(actor) for actor in dict.fromkeys(rows.loc[rows["scope"] == "a", "actor"])]
    alt = (
        f"Marks on a line of time for {len(rows)} reactions of {len(actors)} actors, "
        f"{moment_range(rows['when'].dropna())}. About: "
        f"{join_words(f'{name} {count}' for name, count in counts.items())}. "
        + (
            f"Those who spoke about Russia's contact itself: {join_words(about)}."
            if about
            else "None spoke about Russia's contact itself."
        )
        + ("" if stances else " Stances are not shown.")
    )
    names = ["actor", "date", "scope", *(_STANCES if stances else ()), "statement_or_action"]
    return finish_figure(figure, alt, rows[[name for name in names if name in rows]], caption, reactions)


def _mark_style(stance: float | NAType | None, visible: bool) -> _MarkStyle:
    """Return how a mark looks: filled by its stance, hatched where there is none, grey if none is shown."""
    style = _MarkStyle(s=44, edgecolor=colours.INK, linewidth=0.8, facecolor="#dfe3e8")
    if not visible:
        return style
    if pd.isna(stance):
        return {**style, "facecolor": "white", "hatch": "/////"}
    return {**style, "facecolor": _STANCE_COLOURS[int(stance)]}


def two_stances(reactions: pd.DataFrame, stances: bool = True, caption: CaptionLike = "") -> Figure:
    """Draw where actors stand on two questions at once: contact with HTS, and the Russian bases.

    An actor stands at its latest coded stance on each; those with one stance alone are listed, not placed.
    Those that share a place are drawn below each other, joined by a line to the place itself. Without the
    stances every actor has a row, with how many of its statements bear on each question.

    Parameters
    ----------
    reactions : DataFrame
        With `actor`, `date`, `stance_towards_hts_contact`, `stance_towards_russian_bases`.
    stances : bool, default True
        Whether the coded stances are shown.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per actor.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    fields = _STANCES
    require_fields(reactions, f"actor date {' '.join(fields)}", "stances")
    rows = reactions.assign(when=reactions["date"].map(mid_moment)).sort_values("when", kind="stable")
    if not stances:
        return _statement_counts(rows, caption, reactions)
    latest = rows.groupby("actor")[fields].last()
    both = latest.dropna().astype(int)
    require_fields(both.reset_index(), "actor", "actors with both stances")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 5.6)
        axes.axhline(0, color=colours.LINE, linewidth=0.8)
        axes.axvline(0, color=colours.LINE, linewidth=0.8)
        shared = False
        for place, group in both.groupby(fields):
            x, y = (int(str(value)) for value in place)
            # A name stands left of its point where its right is taken.
            left = ((both[fields[1]] == y) & (both[fields[0]] == x + 1)).any()
            lowest = y - 0.2 * (len(group) - 1)
            if lowest < y:
                shared = True
                axes.plot([x, x], [y, lowest], color=colours.SOFT, linewidth=1.2, zorder=2)
            for number, actor in enumerate(group.index):
                axes.scatter(x, y - 0.2 * number, s=70, color=colours.actor_colour(actor), zorder=3)
                axes.annotate(
                    labels.actor_name(actor),
                    (x, y - 0.2 * number),
                    xytext=(-8 if left else 8, 0),
                    textcoords="offset points",
                    fontsize=8.5,
                    ha="right" if left else "left",
                    va="center",
                )
        axes.set_xlim(-2.4, 4.4)
        axes.set_ylim(-2.8, 2.5)
        axes.set_xticks(range(-2, 3))
        axes.set_yticks(range(-2, 3))
        axes.set_xlabel("contact with HTS or the new authorities: −2 against, 2 for")
        axes.set_ylabel("Russian bases: −2 against, 2 for")
        axes.grid()
        if shared:
            label = "joined by a line: all at the place of the point on top"
            axes.text(4.3, -2.75, label, fontsize=8, color=colours.SOFT, ha="right")
        axes.set_title("Two questions, two stances (a coder's judgement, latest of each)")
    summaries = [
        f"{labels.actor_name(actor)} ({x:+d}, {y:+d})"
        for actor, (x, y) in zip(both.index, both.to_numpy(), strict=True)
    ]
    rest = [labels.actor_name(actor) for actor in latest.index.difference(both.index)]
    alt = (
        f"Points for {len(both)} actors by stance on contact and on the Russian bases, each from -2 to "
        f"2: {join_words(summaries)}. "
        + ("Points joined by a line share the place of the one on top. " if shared else "")
        + (f"Without a stance on both: {join_words(rest)}." if rest else "")
    )
    table = both.reset_index()
    table["actor"] = table["actor"].map(labels.actor_name)
    return finish_figure(figure, alt, table, caption, reactions)


def _statement_counts(rows: pd.DataFrame, caption: CaptionLike, reactions: pd.DataFrame) -> Figure:
    """Draw how many statements of each actor bear on each of the two questions, and no stance."""
    counts = rows.groupby("actor")[_STANCES].count()
    counts = counts[counts.any(axis=1)].sort_values(_STANCES[::-1], ascending=False, kind="stable")
    require_fields(counts.reset_index(), "actor", "statements on one of the two questions")
    names = [labels.actor_name(actor) for actor in counts.index]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.5 + 0.25 * len(counts))
        for column, field in enumerate(_STANCES):
            for row, number in enumerate(counts[field]):
                if number:
                    axes.scatter(column, row, marker="o", **_mark_style(0, False))
                    axes.text(column + 0.06, row, str(number), fontsize=8, va="center")
        axes.set_yticks(range(len(names)), names, fontsize=8)
        axes.set_ylim(len(names) - 0.4, -0.7)
        axes.set_xticks([0, 1], ["contact with HTS or\nthe new authorities", "the Russian bases"])
        axes.set_xlim(-0.5, 1.5)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.grid(axis="y")
        axes.set_title("Who was heard on which question, and how often", pad=10)
    both = [name for name, row in zip(names, counts.to_numpy(), strict=True) if row.all()]
    alt = (
        f"Marks for {len(names)} actors with how many statements bear on each question: "
        f"{counts[_STANCES[0]].sum()} on contact, of {(counts[_STANCES[0]] > 0).sum()} actors, and "
        f"{counts[_STANCES[1]].sum()} on the Russian bases, of {(counts[_STANCES[1]] > 0).sum()}. "
        + (f"Heard on both: {join_words(both)}. " if both else "Nobody was heard on both. ")
        + "Stances are not shown."
    )
    table = counts.reset_index(drop=True)
    table.columns = ["statements on contact", "statements on the bases"]
    table.insert(0, "actor", names)
    return finish_figure(figure, alt, table, caption, reactions)
