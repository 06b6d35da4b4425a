"""Figures of signed ties: who stands with whom on a date, and how balance changed over the dates."""

import math

import matplotlib.style
import pandas as pd
from matplotlib.collections import LineCollection

from course_lib import labels
from course_lib.charts import colours
from course_lib.charts.figure import STYLE, blank, finished, listing, needed
from course_lib.methods import balance


def signed_network(relations, left_out=(), caption=""):
    """Draw the ties of one date: actors on a circle, ordered by the best division into two camps.

    Friendly ties are solid, hostile ones dashed, neutral ones left out; ties that stand in the way of balance
    are drawn thick.

    Parameters: `relations` a table with `a`, `b`, `sign` of one date; `left_out` actors not drawn, such as
    "isis"; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per tie drawn.
    """
    needed(relations, "a b sign", "ties")
    rows = relations[~relations["a"].isin(left_out) & ~relations["b"].isin(left_out)]
    rows = rows[rows["sign"] != 0]
    needed(rows, "sign", "ties that are not neutral")
    found = balance.frustration(rows)
    triads = balance.triads(rows)
    first, second = found.camps[0]
    order = [*first, *second]
    place = {}
    gap = 0.5 if first and second else 0
    step = (2 * math.pi - 2 * gap) / len(order)
    for number, actor in enumerate(order):
        angle = math.pi / 2 + gap / 2 + step * (number + 0.5) + (gap if number >= len(first) else 0)
        place[actor] = (math.cos(angle), math.sin(angle))
    against = set(found.against[0])
    with matplotlib.style.context(STYLE):
        figure, axes = blank(7.6, 6.6)
        known = balance.signed(rows)
        for sign, thick in ((-1, False), (1, False), (-1, True), (1, True)):
            pairs = [pair for pair, one in known.items() if one == sign and (pair in against) == thick]
            axes.add_collection(
                LineCollection(
                    [(place[first], place[second]) for first, second in pairs],
                    colors=colours.POSITIVE if sign > 0 else colours.NEGATIVE,
                    linestyles="-" if sign > 0 else (0, (4, 3)),
                    linewidths=3.2 if thick else 1.1,
                    alpha=0.95 if thick else 0.5,
                    zorder=2 if thick else 1,
                )
            )
        for actor, (x, y) in place.items():
            axes.scatter(x, y, s=170, color=colours.of(actor), edgecolor="white", zorder=3)
            axes.text(
                x * 1.13,
                y * 1.1,
                labels.ACTORS.get(actor, actor),
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
        figure.legend(loc="outside lower center", ncols=3, fontsize=9)
        when = ", ".join(dict.fromkeys(map(str, rows["date"]))) if "date" in rows else ""
        axes.set_title(f"Signed ties{f', {when}' if when else ''} (coded)")
    camps = [listing(labels.ACTORS.get(one, one) for one in camp) or "nobody" for camp in (first, second)]
    balanced = int(triads["balanced"].sum())
    alt = (
        f"Network of {len(place)} actors with {int((rows['sign'] > 0).sum())} friendly and "
        f"{int((rows['sign'] < 0).sum())} hostile ties{f', {when}' if when else ''}. {balanced} of "
        f"{len(triads)} triads "
        f"are in balance; at least {found.index} of {found.ties} ties stand in the way. "
        f"{'One best division' if len(found.camps) == 1 else f'One of {len(found.camps)} best divisions'}: "
        f"{camps[0]} on one side, {camps[1]} on the other."
    )
    table = rows[[name for name in ("date", "a", "b", "sign", "strength", "basis") if name in rows]]
    return finished(figure, alt, table, caption, relations)


def balance_over_time(relations, left_out=("isis",), caption=""):
    """Draw the shares of balanced triads and of ties not in the way by date, with and without some actors.

    Parameters: `relations` a table with `date`, `a`, `b`, `sign`; `left_out` the actors that one of the two
    lines goes without; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per date and version.
    """
    needed(relations, "date a b sign", "ties")
    records = []
    for date, rows in relations.groupby("date"):
        for name, out in (
            ("all", ()),
            (f"without {listing(labels.ACTORS.get(one, one) for one in left_out)}", left_out),
        ):
            kept = rows[~rows["a"].isin(out) & ~rows["b"].isin(out) & (rows["sign"] != 0)]
            if kept.empty:
                continue
            result = balance.frustration(kept)
            records.append((str(date), name, balance.degree(kept), result.share, result.index, result.ties))
    table = pd.DataFrame(
        records, columns=["date", "actors", "balanced triads", "ties not in the way", "in the way", "ties"]
    )
    needed(table, "date", "balance")
    dates = list(dict.fromkeys(table["date"]))
    with matplotlib.style.context(STYLE):
        figure, panels = blank(8.4, 3.6, ncols=2, sharey=True)
        for axes, measure in zip(panels, ("balanced triads", "ties not in the way"), strict=True):
            for (name, rows), colour, mark in zip(
                table.groupby("actors", sort=False), (colours.POSITIVE, colours.NEGATIVE), "os", strict=False
            ):
                axes.plot(
                    [dates.index(one) for one in rows["date"]],
                    rows[measure],
                    color=colour,
                    marker=mark,
                    label=name,
                )
            axes.set_xticks(range(len(dates)), dates, fontsize=8)
            axes.set_ylim(0, 1.02)
            axes.grid(axis="y")
            axes.set_title(measure, fontsize=10)
        panels[0].legend(fontsize=8, loc="lower left")
        panels[0].set_ylabel("share")
        figure.suptitle(
            "Balance at each date (coded ties)", fontsize=12, fontweight="bold", x=0.01, ha="left"
        )
    told = [
        f"{row.date} {row.actors}: {row[2 + 1]:.2f} of triads, {row[3 + 1]:.2f} of ties"
        for row in table.itertuples()
    ]
    alt = (
        f"Two panels of lines at {len(dates)} dates: share of triads in balance, and share of ties not "
        f"in the way of "
        f"balance. {'; '.join(told)}."
    )
    return finished(figure, alt, table.round(3), caption, relations)
