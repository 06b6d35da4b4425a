"""Figures about a class: how its questions worked, what was chosen, how sure it was, what it gained."""

import textwrap

import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import (
    STYLE,
    finish_figure,
    join_words,
    new_figure,
    require_fields,
    spread_labels,
)

# Questions that go with the others less than this, or are right for fewer than this, are named.
_LOOSE, _HARD = 0.1, 0.3
_MOST_NAMED = 6
_THIRDS = {"lower": "v", "middle": "o", "upper": "^"}


def facility_and_discrimination(questions, caption=""):
    """Draw for each question how many marks it gives and how far it goes with the others.

    Parameters: `questions` a table with `question`, `facility` (0 to 1) and `discrimination` (−1 to 1, empty
    where it is not defined); `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per question, the hardest first.
    """
    require_fields(questions, "question facility discrimination", "questions")
    table = questions[["question", "facility", "discrimination"]].astype(
        {"facility": float, "discrimination": float}
    )
    table = table.sort_values("facility", kind="stable", ignore_index=True)
    drawn = table.dropna(subset=["facility", "discrimination"])
    odd = drawn[(drawn["discrimination"] < _LOOSE) | (drawn["facility"] < _HARD)]
    odd = odd.sort_values("discrimination", kind="stable").head(_MOST_NAMED)
    low = min(-0.2, drawn["discrimination"].min() - 0.1) if len(drawn) else -0.2
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(7.6, 5)
        axes.axhline(0, color=colours.LINE, linewidth=1)
        usual = drawn.drop(odd.index)
        axes.scatter(usual["facility"], usual["discrimination"], s=46, color=colours.POSITIVE, zorder=3)
        axes.scatter(
            odd["facility"], odd["discrimination"], s=56, marker="D", color=colours.NEGATIVE, zorder=3
        )
        heights = spread_labels(odd["discrimination"].tolist(), (1.05 - low) * 0.045)
        for row, height in zip(odd.itertuples(), heights, strict=True):
            right = row.facility < 0.55
            axes.annotate(
                row.question,
                (row.facility, row.discrimination),
                xytext=(row.facility + (0.02 if right else -0.02), height),
                fontsize=8,
                va="center",
                ha="left" if right else "right",
            )
        axes.set_xlim(-0.03, 1.03)
        axes.set_ylim(low, 1.05)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        axes.set_xlabel("facility: mean mark at the first attempt")
        axes.set_ylabel("discrimination: correlation with the others")
        axes.grid()
        axes.set_title("How hard the questions are, and what they tell apart")
    blank_ = len(table) - len(drawn)
    alt = f"Points for {len(drawn)} questions: mean mark against correlation with the other questions. "
    if len(drawn):
        alt += (
            f"Facility runs from {_percent(drawn['facility'].min())} to {_percent(drawn['facility'].max())}, "
            f"discrimination from {_signed(drawn['discrimination'].min())} to "
            f"{_signed(drawn['discrimination'].max())}. "
        )
    if len(odd):
        named = (
            f"{row.question} ({_percent(row.facility)}, {_signed(row.discrimination)})"
            for row in odd.itertuples()
        )
        alt += f"Marked as hard or loosely tied to the rest: {join_words(named)}. "
    if blank_:
        alt += f"The correlation is not defined for {blank_} more."
    return finish_figure(figure, alt, table.round(3), caption, questions)


def distractors(choices, caption=""):
    """Draw how often each option of a question was chosen, in all and by thirds of the class.

    Parameters: `choices` a table with `option`, `key` (whether it is right), `all`, `lower`, `middle` and
    `upper`, shares from 0 to 1 of the students in each third (empty where the class is too small for
    thirds); `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per option.
    """
    require_fields(choices, "option key all lower middle upper", "options")
    table = choices.astype(dict.fromkeys(["all", *_THIRDS], float))
    thirds = table[list(_THIRDS)].notna().any(axis=None)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.5 + 0.62 * len(table))
        for place, row in enumerate(table.itertuples(index=False)):
            axes.barh(
                place,
                row.all,
                height=0.62,
                color="#a9c4d8" if row.key else "#ecd3c4",
                edgecolor=colours.POSITIVE if row.key else colours.NEGATIVE,
                linewidth=1,
            )
            for name, sign in _THIRDS.items():
                axes.scatter(getattr(row, name), place, marker=sign, s=34, color=colours.INK, zorder=3)
            axes.text(1.06, place, _percent(row.all), va="center", fontsize=9)
        names = [
            "\n".join(textwrap.wrap(f"{'✓ ' if key else ''}{text}", 46)[:3])
            for text, key in zip(table["option"], table["key"], strict=True)
        ]
        axes.set_yticks(range(len(table)), names, fontsize=8.5)
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlim(0, 1.2)
        axes.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        if thirds:
            for name, sign in _THIRDS.items():
                axes.scatter([], [], marker=sign, s=34, color=colours.INK, label=f"{name} third")
            figure.legend(loc="outside lower center", ncols=3, fontsize=9)
        axes.set_title("What was chosen at the first attempt (✓ is right)")
    told = []
    for row in table.itertuples(index=False):
        parts = [f"{name} third {_percent(getattr(row, name))}" for name in _THIRDS if thirds]
        mark = " (right)" if row.key else ""
        within = f" ({', '.join(parts)})" if parts else ""
        told.append(f"{_short(row.option)}{mark} {_percent(row.all)}{within}")
    alt = f"Bars for {len(table)} options, the share of the class that chose each: {'; '.join(told)}."
    return finish_figure(figure, alt, table.round(3), caption, choices)


def confidence_and_right(levels, caption=""):
    """Draw how often answers were right that were given as guesses, as fairly sure, as sure.

    Parameters: `levels` a table with `sure` (the words), `n` answers, `share` right and the ends `low` and
    `high` of its interval (empty without answers), the least sure first; `caption` what stands under the
    picture.
    Returns: a `Figure` whose table has a row per level.
    """
    require_fields(levels, "sure n share low high", "levels of certainty")
    table = levels.astype({"share": float, "low": float, "high": float})
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(6.4, 4.4)
        places = range(len(table))
        axes.vlines(places, table["low"], table["high"], color=colours.POSITIVE, linewidth=2.5)
        axes.scatter(places, table["share"], s=70, color=colours.POSITIVE, zorder=3)
        axes.set_xticks(places, [f"{row.sure}\nn = {row.n:,}" for row in table.itertuples()])
        axes.set_xlim(-0.6, len(table) - 0.4)
        axes.set_ylim(-0.04, 1.04)
        axes.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        axes.set_ylabel("share right at the first attempt")
        axes.grid(axis="y")
        axes.set_title("Confidence against correctness")
    told = [
        f"{row.sure}: "
        + (
            f"{_percent(row.share)} of {row.n:,} ({100 * row.low:.0f} to {100 * row.high:.0f})"
            if row.n
            else "no answer"
        )
        for row in table.itertuples()
    ]
    alt = (
        f"Points with 95 per cent intervals: share of right answers at {len(table)} levels of certainty. "
        f"{'; '.join(told)}."
    )
    return finish_figure(figure, alt, table.round(3), caption, levels)


def class_change(changes, caption=""):
    """Draw by how much the class changed from the test before to the test after, with intervals.

    Parameters: `changes` a table with `objective`, mean shares `before` and `after`, their difference
    `change` and the ends `low` and `high` of its interval; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per objective.
    """
    require_fields(changes, "objective before after change low high", "changes")
    fields = ["before", "after", "change", "low", "high"]
    table = changes[["objective", *fields]].astype(dict.fromkeys(fields, float))
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.5 + 0.42 * len(table))
        axes.axvline(0, color=colours.LINE, linewidth=1)
        places = range(len(table))
        axes.hlines(places, table["low"], table["high"], color=colours.POSITIVE, linewidth=2)
        axes.scatter(table["change"], places, s=46, color=colours.POSITIVE, zorder=3)
        reach = max(0.2, table[["low", "high"]].abs().max(axis=None) * 1.1)
        for place, row in enumerate(table.itertuples()):
            axes.text(
                reach * 1.04,
                place,
                f"{_percent(row.before)} → {_percent(row.after)}",
                va="center",
                fontsize=9,
            )
        axes.set_yticks(places, table["objective"])
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlim(-reach, reach * 1.5)
        ticks = [one for one in (-1, -0.5, -0.25, -0.1, 0, 0.1, 0.25, 0.5, 1) if abs(one) <= reach]
        axes.set_xticks(ticks, [_points(one) for one in ticks])
        axes.set_xlabel("change in percentage points")
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_title("Before and after: the change of the class")
    told = [
        f"{row.objective} from {_percent(row.before)} to {_percent(row.after)}, {_points(row.change)} points "
        f"({_points(row.low)} to {_points(row.high)})"
        for row in table.itertuples()
        if pd.notna(row.change)
    ]
    alt = f"Points with 95 per cent intervals for {len(table)} rows: {'; '.join(told)}."
    return finish_figure(figure, alt, table.round(3), caption, changes)


def _percent(share):
    return "not known" if pd.isna(share) else f"{100 * share:.0f} %"


def _points(share):
    return f"{100 * share:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def _signed(value):
    return f"{value:.2f}".replace("-", "−")


def _short(text):
    return textwrap.shorten(str(text), 60, placeholder="…")
