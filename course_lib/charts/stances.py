"""Figures about reactions: who said what when, where actors stand, and what bargaining models make of it."""

import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import (
    STYLE,
    finish_figure,
    join_words,
    mid_moment,
    moment_range,
    new_figure,
    require_fields,
    spread_labels,
    time_axis,
)
from course_lib.evidence import labels
from course_lib.methods import bargaining

SCOPES = {"a": "Russia's contact with HTS", "b": "contact by anyone", "c": "the Russian bases"}
_MARKS = {"a": "D", "b": "o", "c": "s"}
_STANCES = ["stance_towards_hts_contact", "stance_towards_russian_bases"]
_STANCE = {-2: "#b8531a", -1: "#f2c49b", 0: "#ffffff", 1: "#a9c4d8", 2: "#22577a"}
_NAMED = {
    -2: "against",
    -1: "rather against",
    0: "neither",
    1: "rather for",
    2: "for",
    None: "no stance found",
}
# The challenge model takes a thousand times as long as the two others.
_DRAWS, _FEW_DRAWS = 10_000, 300
_MODELS = {"median": ("Median", "v"), "compromise": ("Mean", "o"), "challenge": ("Challenge model", "s")}


def reactions_by_day(reactions, stances=True, caption=""):
    """Draw who reacted when and to what: a row per actor, a mark per statement; an empty row says nothing.

    A mark about the bases has the colour of the stance on the bases, any other that of the stance on contact.

    Parameters: `reactions` a table with `actor`, `date`, `scope`, `stance_towards_hts_contact`,
    `stance_towards_russian_bases`; `stances` whether the coded stances are shown; `caption` what stands under
    the picture.
    Returns: a `Figure` whose table has a row per reaction.
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
            for row in rows[rows["actor"] == actor].itertuples():
                axes.scatter(
                    row.when, place, marker=_MARKS[row.scope], zorder=3, **_look(row.stance, stances)
                )
        axes.set_yticks(range(len(actors)), [labels.ACTORS.get(one, one) for one in actors], fontsize=8)
        axes.set_ylim(len(actors) - 0.4, -0.7)
        axes.tick_params(axis="y", length=0)
        time_axis(axes, rows["when"])
        first, last = rows["when"].min(), rows["when"].max()
        room = max((last - first) * 0.03, pd.Timedelta(days=1))
        axes.set_xlim(first - room, last + room)
        for scope, name in SCOPES.items():
            axes.scatter([], [], marker=_MARKS[scope], label=name, **_look(0, stances))
        if stances:
            for stance, name in _NAMED.items():
                axes.scatter([], [], marker="o", label=name, **_look(stance, True))
        figure.legend(loc="outside lower center", ncols=3, fontsize=8)
        axes.set_title(
            "Who reacted when, and to what" + (" (colours: a coder's judgement)" if stances else "")
        )
    counts = rows["scope"].map(SCOPES).value_counts()
    about = [labels.ACTORS.get(one, one) for one in dict.fromkeys(rows.loc[rows["scope"] == "a", "actor"])]
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


def _look(stance, shown):
    """Return how a mark looks: filled by its stance, hatched where there is none, grey if none is shown."""
    if not shown:
        face = {"facecolor": "#dfe3e8"}
    elif pd.isna(stance):
        face = {"facecolor": "white", "hatch": "/////"}
    else:
        face = {"facecolor": _STANCE[int(stance)]}
    return {"s": 44, "edgecolor": colours.INK, "linewidth": 0.8, **face}


def two_stances(reactions, stances=True, caption=""):
    """Draw where actors stand on two questions at once: contact with HTS, and the Russian bases.

    An actor stands at its latest coded stance on each; those with one stance alone are listed, not placed.
    Those that share a place are drawn below each other, joined by a line to the place itself. Without the
    stances every actor has a row, with how many of its statements bear on each question.

    Parameters: `reactions` a table with `actor`, `date`, `stance_towards_hts_contact`,
    `stance_towards_russian_bases`; `stances` whether the coded stances are shown; `caption` what stands under
    the picture.
    Returns: a `Figure` whose table has a row per actor.
    """
    fields = _STANCES
    require_fields(reactions, f"actor date {' '.join(fields)}", "stances")
    rows = reactions.assign(when=reactions["date"].map(mid_moment)).sort_values("when", kind="stable")
    if not stances:
        return _heard(rows, caption, reactions)
    latest = rows.groupby("actor")[fields].last()
    both = latest.dropna().astype(int)
    require_fields(both.reset_index(), "actor", "actors with both stances")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 5.6)
        axes.axhline(0, color=colours.LINE, linewidth=0.8)
        axes.axvline(0, color=colours.LINE, linewidth=0.8)
        shared = False
        for (x, y), group in both.groupby(fields):
            # A name stands left of its point where its right is taken.
            left = ((both[fields[1]] == y) & (both[fields[0]] == x + 1)).any()
            lowest = y - 0.2 * (len(group) - 1)
            if lowest < y:
                shared = True
                axes.plot([x, x], [y, lowest], color=colours.SOFT, linewidth=1.2, zorder=2)
            for number, actor in enumerate(group.index):
                axes.scatter(x, y - 0.2 * number, s=70, color=colours.actor_colour(actor), zorder=3)
                axes.annotate(
                    labels.ACTORS.get(actor, actor),
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
            told = "joined by a line: all at the place of the point on top"
            axes.text(4.3, -2.75, told, fontsize=8, color=colours.SOFT, ha="right")
        axes.set_title("Two questions, two stances (a coder's judgement, latest of each)")
    told = [
        f"{labels.ACTORS.get(actor, actor)} ({row.iloc[0]:+d}, {row.iloc[1]:+d})"
        for actor, row in both.iterrows()
    ]
    rest = [labels.ACTORS.get(one, one) for one in latest.index.difference(both.index)]
    alt = (
        f"Points for {len(both)} actors by stance on contact and on the Russian bases, each from -2 to "
        f"2: {join_words(told)}. "
        + ("Points joined by a line share the place of the one on top. " if shared else "")
        + (f"Without a stance on both: {join_words(rest)}." if rest else "")
    )
    table = both.reset_index()
    table["actor"] = table["actor"].map(lambda one: labels.ACTORS.get(one, one))
    return finish_figure(figure, alt, table, caption, reactions)


def _heard(rows, caption, reactions):
    """Draw how many statements of each actor bear on each of the two questions, and no stance."""
    counts = rows.groupby("actor")[_STANCES].count()
    counts = counts[counts.any(axis=1)].sort_values(_STANCES[::-1], ascending=False, kind="stable")
    require_fields(counts.reset_index(), "actor", "statements on one of the two questions")
    names = [labels.ACTORS.get(one, one) for one in counts.index]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.5 + 0.25 * len(counts))
        for column, field in enumerate(_STANCES):
            for row, number in enumerate(counts[field]):
                if number:
                    axes.scatter(column, row, marker="o", **_look(0, False))
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


def positions(actors, ends=("leave", "keep"), spread=10, rounds=0, outcome=None, caption=""):
    """Draw actors on the line of one issue with their weights, and where the models end, with their doubt.

    A row per actor, its dot as large as its weight; below them a row per model, its bar as wide as the
    middle nine tenths of many draws in which every input is off by chance.

    Parameters: `actors` a table with `actor`, `position`, `capability`, `salience` (0 to 100); `ends` what 0
    and 100 mean; `spread` how far each input may be off; `rounds` of the challenge model, which is left out
    for 0; `outcome` where what happened lies, as low and high, or None; `caption` what stands under the
    picture.
    Returns: a `Figure` whose table has a row per actor.
    """
    require_fields(actors, "actor position capability salience", "positions")
    given = [actors[name].tolist() for name in ("position", "capability", "salience")]
    weight = bargaining.effective_power(given[1], given[2])
    found = {
        "median": bargaining.weighted_median(given[0], weight),
        "compromise": bargaining.weighted_mean(given[0], weight),
    }
    if rounds:
        found["challenge"] = bargaining.challenge(actors["actor"], *given, rounds=rounds).medians[-1]
    draws = bargaining.simulate(*given, spread=spread, runs=_DRAWS)
    if rounds:
        few = bargaining.simulate(*given, spread=spread, runs=_FEW_DRAWS, rounds=rounds)
        draws["challenge"] = few["challenge"]
    low, high = (draws.quantile(q) for q in (0.05, 0.95))
    names = [labels.ACTORS.get(name, name) for name in actors["actor"]]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.5 + 0.34 * (len(names) + len(found)))
        if outcome:
            axes.axvspan(*outcome, color="#f0d9b5", alpha=0.7, linewidth=0, label="what was seen, as placed")
            figure.legend(loc="outside lower right", fontsize=8)
        for row, (actor, at, size) in enumerate(zip(actors["actor"], given[0], weight, strict=True)):
            axes.hlines(row, 0, 100, color="#e4e7eb", linewidth=0.8, zorder=0)
            axes.scatter(at, row, s=16 + 3 * size, color=colours.actor_colour(actor), zorder=3)
            axes.text(104, row, f"weight {size:.0f}", fontsize=8, va="center")
        for row, (model, value) in enumerate(found.items(), start=len(names)):
            axes.hlines(row, low[model], high[model], color=colours.INK, linewidth=1.6)
            axes.scatter(value, row, marker=_MODELS[model][1], s=50, color=colours.INK, zorder=3)
            told = f"{value:.0f} ({low[model]:.0f} to {high[model]:.0f})"
            axes.text(104, row, told, fontsize=8, va="center")
        axes.axhline(len(names) - 0.5, color=colours.LINE, linewidth=0.8)
        models = [_MODELS[model][0] for model in found]
        axes.set_yticks(range(len(names) + len(found)), [*names, *models], fontsize=8.5)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(-4, 124)
        axes.set_ylim(len(names) + len(found) - 0.4, -0.7)
        axes.set_xticks([0, 25, 50, 75, 100], [f"0\n{ends[0]}", "25", "50", "75", f"100\n{ends[1]}"])
        axes.grid(axis="x")
        axes.set_title("Positions by weight, and what the models make of them")
    told = [
        f"{name} at {at:g} (weight {size:.0f})"
        for name, at, size in zip(names, given[0], weight, strict=True)
    ]
    ranges = [
        f"the {_MODELS[model][0].lower()} between {low[model]:.0f} and {high[model]:.0f}" for model in found
    ]
    alt = (
        f"Dots on a line from 0 ({ends[0]}) to 100 ({ends[1]}): {join_words(told)}. Weighted median "
        f"{found['median']:.0f}, mean {found['compromise']:.1f}. "
        + (f"Challenge model {found['challenge']:.0f}. " if rounds else "")
        + f"With every input up to {spread:g} off, nine in ten draws put {join_words(ranges)}."
        + (f" What was seen is placed between {outcome[0]:g} and {outcome[1]:g}." if outcome else "")
    )
    table = actors[["actor", "position", "capability", "salience"]].assign(weight=weight.round(1))
    return finish_figure(figure, alt, table.assign(actor=names), caption, actors)


def challenge_rounds(actors, ends=("leave", "keep"), rounds=6, caption=""):
    """Draw how actors move in the challenge model, round by round; lines at one place are drawn side by side.

    Parameters: `actors` and `ends` as for `positions`; `rounds` at most; `caption` what stands under the
    picture.
    Returns: a `Figure` whose table has a row per round.
    """
    require_fields(actors, "actor position capability salience", "positions")
    given = [actors[name].tolist() for name in ("position", "capability", "salience")]
    run = bargaining.challenge(actors["actor"], *given, rounds=rounds)
    last = run.positions.index[-1]
    names = {actor: labels.ACTORS.get(actor, actor) for actor in run.positions}
    aside = {actor: 1.3 * (place - (len(names) - 1) / 2) for place, actor in enumerate(names)}
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.8)
        for actor, places in run.positions.items():
            axes.plot(
                places.index,
                places + aside[actor],
                marker="o",
                color=colours.actor_colour(actor),
                linewidth=1.5,
            )
        at = spread_labels([run.positions.loc[last, actor] + aside[actor] for actor in names], 6.5)
        middle = sum(at) / len(at) - run.positions.loc[last].mean()
        for actor, place in zip(names, at, strict=True):
            axes.annotate(
                names[actor],
                (last, run.positions.loc[last, actor] + aside[actor]),
                (last + 0.12, place - middle),
                fontsize=8,
                color=colours.actor_colour(actor),
                va="center",
            )
        axes.set_xlim(-0.1, last * 1.5 + 0.2)
        axes.set_xticks(range(last + 1), ["start", *map(str, range(1, last + 1))])
        axes.set_xlabel("round")
        axes.set_ylim(-6, 106)
        axes.set_yticks([0, 25, 50, 75, 100], [f"{ends[0]} 0", "25", "50", "75", f"{ends[1]} 100"])
        axes.grid(axis="y")
        axes.set_title("Moves in the challenge model")
    first, end = (
        join_words(f"{names[actor]} {run.positions.loc[at, actor]:.0f}" for actor in names)
        for at in (0, last)
    )
    alt = (
        f"Lines for {len(names)} actors over {last} rounds, from 0 ({ends[0]}) to 100 ({ends[1]}). At the "
        f"start: {first}. At the end: {end}. Medians: {join_words(f'{one:.0f}' for one in run.medians)}. "
        + ("Nobody moves in the last round." if run.settled else "It has not settled.")
    )
    return finish_figure(figure, alt, run.positions.rename(columns=names).reset_index(), caption, actors)


def ideal_points(votes, countries=None, caption=""):
    """Draw estimated positions in UN votes over the years, with their intervals, a line per country.

    Parameters: `votes` a table with `year`, `iso3`, `country`, `ideal_point_final_passage`,
    `low5_final_passage`, `high95_final_passage`; `countries` ISO codes that are drawn (None takes all);
    `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per year and country.
    """
    fields = ["ideal_point_final_passage", "low5_final_passage", "high95_final_passage"]
    require_fields(votes, f"year iso3 country {' '.join(fields)}", "positions")
    rows = votes if countries is None else votes[votes["iso3"].isin(countries)]
    require_fields(rows, "year", "positions of these countries")
    tints = {
        "RUS": "russia",
        "USA": "usa",
        "TUR": "turkey",
        "IRN": "iran",
        "ISR": "israel",
        "CHN": "china",
        "SAU": "saudi_arabia",
    }
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.4, 4.2)
        ends = []
        for iso, one in rows.sort_values("year").groupby("iso3", sort=False):
            colour = colours.actor_colour(tints.get(iso, iso.lower()))
            axes.plot(one["year"], one[fields[0]], color=colour, linewidth=1.5)
            axes.fill_between(
                one["year"],
                one[fields[1]].astype(float),
                one[fields[2]].astype(float),
                color=colour,
                alpha=0.14,
            )
            ends.append(
                (one["country"].iloc[-1], float(one[fields[0]].iloc[-1]), one["year"].iloc[-1], colour)
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
    told = [f"{row.country} {row.ideal_point_final_passage:.2f}" for row in newest.itertuples()]
    alt = (
        f"Lines with shaded intervals for {rows['iso3'].nunique()} countries, {rows['year'].min()} to "
        f"{last}. "
        f"In {last}, from lowest to highest: {join_words(told)}."
    )
    return finish_figure(figure, alt, rows[["year", "country", *fields]], caption, votes)
