"""Figures of what bargaining models make of positions and weights."""

from collections.abc import Sequence

import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import spread_labels
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words
from course_lib.evidence import labels
from course_lib.methods import bargaining

# The challenge model takes a thousand times as long as the two others.
_DRAWS, _FEW_DRAWS = 10_000, 300
_INPUTS = ("position", "capability", "salience")
_MODELS = {"median": ("Median", "v"), "compromise": ("Mean", "o"), "challenge": ("Challenge model", "s")}


def positions(
    actors: pd.DataFrame,
    ends: Sequence[str] = ("leave", "keep"),
    spread: float = 10,
    rounds: int = 0,
    outcome: tuple[float, float] | None = None,
    caption: CaptionLike = "",
) -> Figure:
    """Draw actors on the line of one issue with their weights, and where the models end, with their doubt.

    A row per actor, its dot as large as its weight; below them a row per model, its bar as wide as the
    middle nine tenths of many draws in which every input is off by chance.

    Parameters
    ----------
    actors : DataFrame
        With `actor`, and `position`, `capability`, `salience` from 0 to 100.
    ends : sequence of str, default ("leave", "keep")
        What 0 and 100 mean.
    spread : float, default 10
        How far each input may be off.
    rounds : int, default 0
        Of the challenge model, which is left out for 0.
    outcome : tuple of float, optional
        Where what happened lies, as low and high.
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
    require_fields(actors, "actor position capability salience", "positions")
    places, capabilities, saliences = (actors[name].tolist() for name in _INPUTS)
    weight = bargaining.effective_power(capabilities, saliences)
    outcomes = {
        "median": bargaining.weighted_median(places, weight),
        "compromise": bargaining.weighted_mean(places, weight),
    }
    if rounds:
        run = bargaining.challenge(actors["actor"], places, capabilities, saliences, rounds)
        outcomes["challenge"] = run.medians[-1]
    draws = bargaining.simulate(places, capabilities, saliences, spread, _DRAWS)
    if rounds:
        few = bargaining.simulate(places, capabilities, saliences, spread, _FEW_DRAWS, rounds)
        draws["challenge"] = few["challenge"]
    low, high = (draws.quantile(q) for q in (0.05, 0.95))
    names = [labels.actor_name(name) for name in actors["actor"]]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.5 + 0.34 * (len(names) + len(outcomes)))
        if outcome:
            axes.axvspan(*outcome, color="#f0d9b5", alpha=0.7, linewidth=0, label="what was seen, as placed")
            figure.legend(loc="outside lower right", fontsize=8)
        for row, (actor, at, size) in enumerate(zip(actors["actor"], places, weight, strict=True)):
            axes.hlines(row, 0, 100, color="#e4e7eb", linewidth=0.8, zorder=0)
            axes.scatter(at, row, s=16 + 3 * size, color=colours.actor_colour(actor), zorder=3)
            axes.text(104, row, f"weight {size:.0f}", fontsize=8, va="center")
        for row, (model, value) in enumerate(outcomes.items(), start=len(names)):
            axes.hlines(row, low[model], high[model], color=colours.INK, linewidth=1.6)
            axes.scatter(value, row, marker=_MODELS[model][1], s=50, color=colours.INK, zorder=3)
            label = f"{value:.0f} ({low[model]:.0f} to {high[model]:.0f})"
            axes.text(104, row, label, fontsize=8, va="center")
        axes.axhline(len(names) - 0.5, color=colours.LINE, linewidth=0.8)
        models = [_MODELS[model][0] for model in outcomes]
        axes.set_yticks(range(len(names) + len(outcomes)), [*names, *models], fontsize=8.5)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(-4, 124)
        axes.set_ylim(len(names) + len(outcomes) - 0.4, -0.7)
        axes.set_xticks([0, 25, 50, 75, 100], [f"0\n{ends[0]}", "25", "50", "75", f"100\n{ends[1]}"])
        axes.grid(axis="x")
        axes.set_title("Positions by weight, and what the models make of them")
    summaries = [
        f"{name} at {at:g} (weight {size:.0f})" for name, at, size in zip(names, places, weight, strict=True)
    ]
    ranges = [
        f"the {_MODELS[model][0].lower()} between {low[model]:.0f} and {high[model]:.0f}"
        for model in outcomes
    ]
    alt = (
        f"Dots on a line from 0 ({ends[0]}) to 100 ({ends[1]}): {join_words(summaries)}. Weighted median "
        f"{outcomes['median']:.0f}, mean {outcomes['compromise']:.1f}. "
        + (f"Challenge model {outcomes['challenge']:.0f}. " if rounds else "")
        + f"With every input up to {spread:g} off, nine in ten draws put {join_words(ranges)}."
        + (f" What was seen is placed between {outcome[0]:g} and {outcome[1]:g}." if outcome else "")
    )
    table = actors[["actor", "position", "capability", "salience"]].assign(weight=weight.round(1))
    return finish_figure(figure, alt, table.assign(actor=names), caption, actors)


def challenge_rounds(
    actors: pd.DataFrame, ends: Sequence[str] = ("leave", "keep"), rounds: int = 6, caption: CaptionLike = ""
) -> Figure:
    """Draw how actors move in the challenge model, round by round; lines at one place are drawn side by side.

    Parameters
    ----------
    actors : DataFrame
        As for `positions`.
    ends : sequence of str, default ("leave", "keep")
        What 0 and 100 mean.
    rounds : int, default 6
        At most so many.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per round.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(actors, "actor position capability salience", "positions")
    places, capabilities, saliences = (actors[name].tolist() for name in _INPUTS)
    run = bargaining.challenge(actors["actor"], places, capabilities, saliences, rounds)
    lines = {str(actor): line.tolist() for actor, line in run.positions.items()}
    last = len(run.positions) - 1
    names = {actor: labels.actor_name(actor) for actor in lines}
    aside = {actor: 1.3 * (place - (len(names) - 1) / 2) for place, actor in enumerate(names)}
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.8)
        for actor, line in lines.items():
            axes.plot(
                range(last + 1),
                [place + aside[actor] for place in line],
                marker="o",
                color=colours.actor_colour(actor),
                linewidth=1.5,
            )
        at = spread_labels([line[last] + aside[actor] for actor, line in lines.items()], 6.5)
        middle = sum(at) / len(at) - sum(line[last] for line in lines.values()) / len(lines)
        for actor, place in zip(names, at, strict=True):
            axes.annotate(
                names[actor],
                (last, lines[actor][last] + aside[actor]),
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
        join_words(f"{names[actor]} {line[at]:.0f}" for actor, line in lines.items()) for at in (0, last)
    )
    alt = (
        f"Lines for {len(names)} actors over {last} rounds, from 0 ({ends[0]}) to 100 ({ends[1]}). At the "
        f"start: {first}. At the end: {end}. "
        f"Medians: {join_words(f'{median:.0f}' for median in run.medians)}. "
        + ("Nobody moves in the last round." if run.settled else "It has not settled.")
    )
    return finish_figure(figure, alt, run.positions.rename(columns=names).reset_index(), caption, actors)
