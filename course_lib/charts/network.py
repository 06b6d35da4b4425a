"""Figures of signed ties: who stands with whom on a date, and how balance changed over the dates."""

import itertools
import math
from collections.abc import Collection

import matplotlib.style
import msgspec
import pandas as pd
from matplotlib.collections import LineCollection

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure, new_panels
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words
from course_lib.dates import english_date
from course_lib.errors import ChartError, nearest
from course_lib.evidence import labels
from course_lib.methods import balance

# What a tie rests on, as it is called on screen.
BASES = {
    "document": "a document",
    "conflict_data": "known to fight each other",
    "coder_judgement": "one coder's judgement",
}
# Which ties are looked at, and what they may rest on.
KEPT = {
    "all coded ties": tuple(BASES),
    "without ties on one coder's judgement": ("document", "conflict_data"),
    "only ties with a document": ("document",),
}
_ALL = next(iter(KEPT))


class _Tie(msgspec.Struct):
    """Two actors between whom there is a tie."""

    a: str
    b: str


class _Balance(msgspec.Struct):
    """How far ties are in balance on a day: shares of triads and of ties."""

    date: str
    actors: str
    triads: float
    free: float


def signed_network(
    relations: pd.DataFrame, left_out: Collection[str] = (), caption: CaptionLike = "", kept: str = _ALL
) -> Figure:
    """Draw the ties of one date: actors on a circle, ordered by the best division into two camps.

    Friendly ties are solid, hostile ones dashed, neutral ones left out; ties that stand in the way of balance
    are drawn thick, those that rest on one coder's judgement pale.

    Parameters
    ----------
    relations : DataFrame
        With `a`, `b`, `sign` of one date, and with `basis` where that is known.
    left_out : collection of str, optional
        Actors not drawn, such as "isis".
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    kept : str, default _ALL
        Which ties, one of `KEPT`.

    Returns
    -------
    Figure
        Its table has a row per tie drawn.

    Raises
    ------
    ChartError
        For a choice of ties that does not exist, and for a table without rows or without these fields.
    """
    require_fields(relations, "a b sign", "ties")
    rows = _select_ties(relations, left_out, kept)
    require_fields(rows, "sign", "ties that are not neutral")
    guessed = rows[rows["basis"] == "coder_judgement"] if "basis" in rows else rows.head(0)
    judged = {tuple(sorted((tie.a, tie.b))) for tie in table_rows(guessed, _Tie)}
    division = balance.frustration(rows)
    triads = balance.triads(rows)
    first, second = division.camps[0]
    order = [*first, *second]
    place: dict[str, tuple[float, float]] = {}
    gap = 0.5 if first and second else 0
    step = (2 * math.pi - 2 * gap) / len(order)
    for number, actor in enumerate(order):
        angle = math.pi / 2 + gap / 2 + step * (number + 0.5) + (gap if number >= len(first) else 0)
        place[actor] = (math.cos(angle), math.sin(angle))
    against = set(division.against[0])
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(7.6, 6.6)
        known = balance.tie_signs(rows)
        for thick, sign, pale in itertools.product((False, True), (-1, 1), (True, False)):
            pairs = [
                pair
                for pair, tie_sign in known.items()
                if tie_sign == sign and (pair in against) == thick and (pair in judged) == pale
            ]
            axes.add_collection(
                LineCollection(
                    [(place[first], place[second]) for first, second in pairs],
                    colors=colours.POSITIVE if sign > 0 else colours.NEGATIVE,
                    linestyles="-" if sign > 0 else (0, (4, 3)),
                    linewidths=3.2 if thick else 1.1,
                    alpha=0.45 if pale else 0.95 if thick else 0.75,
                    zorder=2 if thick else 1,
                )
            )
        for actor, (x, y) in place.items():
            axes.scatter(x, y, s=170, color=colours.actor_colour(actor), edgecolor="white", zorder=3)
            axes.text(
                x * 1.13,
                y * 1.1,
                labels.actor_name(actor),
                ha="left" if x > 0.1 else "right" if x < -0.1 else "center",
                va="center",
                fontsize=9,
            )
        axes.set_xlim(-1.65, 1.65)
        axes.set_ylim(-1.25, 1.25)
        axes.set_aspect("equal")
        axes.axis("off")
        axes.plot([], [], color=colours.POSITIVE, label="friendly")
        axes.plot([], [], color=colours.NEGATIVE, linestyle=(0, (4, 3)), label="hostile")
        axes.plot([], [], color=colours.SOFT, linewidth=3.2, label="in the way of balance")
        if judged:
            axes.plot([], [], color=colours.SOFT, alpha=0.45, label="pale: one coder's judgement")
        figure.legend(loc="outside lower center", ncols=4 if judged else 3, fontsize=9)
        when = ", ".join(english_date(date) for date in dict.fromkeys(rows["date"])) if "date" in rows else ""
        axes.set_title(f"Signed ties{f', {when}' if when else ''}: signs set by one coder")
        balanced = int(triads["balanced"].sum())
        axes.text(
            0,
            1,
            f"{balanced} of {len(triads)} triads in balance, {division.index} of {division.ties} ties in the "
            f"way{f' ({kept})' if kept != _ALL else ''}",
            transform=axes.transAxes,
            fontsize=9,
            color=colours.SOFT,
            va="top",
        )
    camps = [join_words(labels.actor_name(actor) for actor in camp) or "nobody" for camp in (first, second)]
    count = division.divisions
    best = "One best division" if count == 1 else f"One of {count} best divisions"
    resting = f"{len(judged)} of them rest on one coder's judgement. " if judged else ""
    alt = (
        f"Network of {len(place)} actors with {int((rows['sign'] > 0).sum())} friendly and "
        f"{int((rows['sign'] < 0).sum())} hostile ties{f', {when}' if when else ''}"
        f"{f', {kept}' if kept != _ALL else ''}. "
        f"{resting}{balanced} of "
        f"{len(triads)} triads "
        f"are in balance; at least {division.index} of {division.ties} ties stand in the way. "
        f"{best}: "
        f"{camps[0]} on one side, {camps[1]} on the other."
    )
    names = rows.assign(**{end: rows[end].replace(labels.ACTORS) for end in "ab"})
    if "basis" in names:
        names["basis"] = names["basis"].replace(BASES)
    table = names[[name for name in ("date", "a", "b", "sign", "strength", "basis") if name in names]]
    return finish_figure(figure, alt, table, caption, relations)


def balance_over_time(
    relations: pd.DataFrame,
    left_out: Collection[str] = ("isis",),
    caption: CaptionLike = "",
    kept: str = _ALL,
) -> Figure:
    """Draw the shares of balanced triads and of ties not in the way by date, with and without some actors.

    Parameters
    ----------
    relations : DataFrame
        With `date`, `a`, `b`, `sign`.
    left_out : collection of str, default ("isis",)
        The actors that one of the two lines goes without.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    kept : str, default _ALL
        Which ties, one of `KEPT`.

    Returns
    -------
    Figure
        Its table has a row per date and version.

    Raises
    ------
    ChartError
        For a choice of ties that does not exist, and for a table without rows or without these fields.
    """
    require_fields(relations, "date a b sign", "ties")
    without = join_words(labels.actor_name(actor) for actor in left_out)
    versions: dict[str, Collection[str]] = {"all": (), f"without {without}": left_out}
    records = []
    for date, of_date in relations.groupby("date"):
        for name, out in versions.items():
            ties = _select_ties(of_date, out, kept)
            if ties.empty:
                continue
            result = balance.frustration(ties)
            # Not `result.share`: that counts each tie in the way twice.
            free = 1 - result.index / result.ties
            records.append((str(date), name, balance.balance_degree(ties), free, result.index, result.ties))
    table = pd.DataFrame(
        records, columns=["date", "actors", "balanced triads", "ties not in the way", "in the way", "ties"]
    )
    require_fields(table, "date", "balance")
    dates = list(dict.fromkeys(table["date"]))
    with matplotlib.style.context(STYLE):
        figure, panels = new_panels(8.4, 3.6, columns=2)
        for axes, measure in zip(panels, ("balanced triads", "ties not in the way"), strict=True):
            for (actors, lines), colour, mark in zip(
                table.groupby("actors", sort=False), (colours.POSITIVE, colours.NEGATIVE), "os", strict=False
            ):
                places = [dates.index(day) for day in lines["date"]]
                axes.plot(places, lines[measure], color=colour, marker=mark, label=str(actors))
            axes.set_xticks(
                range(len(dates)), [english_date(day).replace(" ", "\n") for day in dates], fontsize=8
            )
            axes.set_ylim(0, 1.02)
            axes.grid(axis="y")
            axes.set_title(measure, fontsize=10)
        panels[0].legend(fontsize=8, loc="lower left")
        panels[0].set_ylabel("share")
        figure.suptitle(f"Balance at each date: {kept}", fontsize=12, fontweight="bold", x=0.01, ha="left")
    summaries = [
        f"{english_date(row.date)} {row.actors}: {row.triads:.2f} of triads, {row.free:.2f} of ties"
        for row in table_rows(
            table.rename(columns={"balanced triads": "triads", "ties not in the way": "free"}), _Balance
        )
    ]
    alt = (
        f"Two panels of lines at {len(dates)} dates, {kept}: share of triads in balance, and share of ties "
        f"not in the way of balance. {'; '.join(summaries)}."
    )
    return finish_figure(figure, alt, table.round(3), caption, relations)


def _select_ties(relations: pd.DataFrame, left_out: Collection[str], kept: str) -> pd.DataFrame:
    """Return the ties that are not neutral, without some actors and with what they may rest on."""
    if kept not in KEPT:
        raise ChartError(nearest(kept, KEPT, "choice of ties"))
    rows = relations[~relations["a"].isin(left_out) & ~relations["b"].isin(left_out)]
    if "basis" in rows:
        rows = rows[rows["basis"].isin(KEPT[kept])]
    return rows[rows["sign"] != 0]
