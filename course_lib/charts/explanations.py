"""Figures about competing explanations: the coded matrix, what speaks against each, and how firm that is."""

import textwrap

import matplotlib.patches
import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, finish_figure, join_words, new_figure, require_fields

_CELLS = {
    "CC": ("#22577a", "white"),
    "C": ("#a9c4d8", colours.INK),
    "N": ("#ffffff", colours.SOFT),
    "I": ("#f2c49b", colours.INK),
    "II": ("#b8531a", "white"),
}


def evidence_matrix(matrix, caption="", weight=None):
    """Draw a matrix of evidence and hypotheses: each cell its code, shaded from consistent to inconsistent.

    Parameters: `matrix` a table of the codes CC, C, N, I, II, evidence as index, hypotheses as columns; an
    empty cell is drawn empty; `caption` what stands under the picture; `weight` a Series with a number for
    each piece of evidence, drawn beside its row, or None.
    Returns: a `Figure` whose table has a row per piece of evidence.
    """
    require_fields(matrix.reset_index(), "", "cells")
    require_fields(matrix.T.reset_index(), "", "hypotheses")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(min(2.2 + 0.75 * matrix.shape[1], 9), 1.2 + 0.27 * len(matrix))
        for row, cells in enumerate(matrix.itertuples(index=False)):
            for column, code in enumerate(cells):
                face, ink = _CELLS.get(code, ("#f4f6f8", colours.SOFT))
                axes.add_patch(
                    matplotlib.patches.Rectangle(
                        (column - 0.5, row - 0.5), 1, 1, facecolor=face, edgecolor="#e4e7eb", linewidth=0.8
                    )
                )
                if code in _CELLS:
                    axes.text(column, row, code, ha="center", va="center", color=ink, fontsize=8)
        heads = [str(name).replace(" ", "\n", 1) for name in matrix.columns]
        if weight is not None:
            for row, value in enumerate(weight[matrix.index]):
                axes.text(len(heads), row, f"{value:g}", ha="center", va="center", color=colours.SOFT)
            heads.append("weight")
        axes.set_xlim(-0.5, len(heads) - 0.5)
        axes.set_ylim(len(matrix) - 0.5, -0.5)
        axes.set_xticks(range(len(heads)), heads)
        axes.set_yticks(range(len(matrix)), list(map(str, matrix.index)), fontsize=8)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_title("Evidence by hypothesis (coder judgement)", pad=10)
    told = []
    for name in matrix:
        counts = matrix[name].value_counts()
        against = counts.get("I", 0) + counts.get("II", 0)
        told.append(
            f"{name}: {against} against, {counts.get('C', 0) + counts.get('CC', 0)} consistent, "
            f"{counts.get('N', 0)} neutral."
        )
    alt = (
        f"Matrix of {len(matrix)} pieces of evidence and {matrix.shape[1]} hypotheses, a code in each "
        f"cell. " + " ".join(told)
    )
    table = matrix if weight is None else matrix.assign(weight=weight)
    table = table.rename_axis(columns=None).rename_axis("evidence").reset_index()
    return finish_figure(figure, alt, table, caption, matrix)


def inconsistency_scores(scores, untested, caption="", title="What speaks against each hypothesis"):
    """Draw the inconsistency score of each hypothesis, with the number of cells that test nothing beside it.

    Parameters: `scores` a Series by hypothesis, or a table with a column for each way of counting; `untested`
    a Series by hypothesis; `caption` what stands under the picture; `title` over it.
    Returns: a `Figure` whose table has a row per hypothesis.
    """
    table = scores.to_frame("score") if isinstance(scores, pd.Series) else scores.copy()
    require_fields(table, "", "scores")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.3 + 0.3 * len(table) * max(1, table.shape[1] * 0.8))
        height = 0.8 / table.shape[1]
        tints = [colours.NEGATIVE, colours.NEUTRAL, colours.POSITIVE]
        for number, name in enumerate(table):
            places = [at + height * (number - (table.shape[1] - 1) / 2) for at in range(len(table))]
            bars = axes.barh(
                places, table[name].astype(float), height=height * 0.9, color=tints[number % 3], label=name
            )
            axes.bar_label(bars, [f" {value:g}" for value in table[name]], fontsize=8)
        names = [f"{name} ({untested[name]} untested)" for name in table.index]
        axes.set_yticks(range(len(table)), names)
        axes.invert_yaxis()
        axes.set_xlabel("inconsistency (higher: more contradicted)")
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.margins(x=0.1)
        if table.shape[1] > 1:
            axes.legend(fontsize=9)
        axes.set_title(title)
    told = []
    for name, row in table.iterrows():
        values = [f"{f'{column} ' if table.shape[1] > 1 else ''}{value:g}" for column, value in row.items()]
        told.append(f"{name}: {join_words(values)}, {untested[name]} cells untested")
    alt = (
        f"Bars of inconsistency for {len(table)} hypotheses, higher means more contradicted. "
        f"{'; '.join(told)}. "
        "A low score can mean that little tested it."
    )
    shown = table.assign(untested=untested).rename_axis("hypothesis").reset_index()
    return finish_figure(figure, alt, shown, caption)


def sensitivity(scores, whole, caption=""):
    """Draw how each score changes when one row is left out: a dot per row, a line at the whole score.

    Parameters: `scores` a table with a row per piece of evidence left out and a column per hypothesis;
    `whole` the scores with all rows; `caption` what stands under the picture.
    Returns: a `Figure` whose table has the rows as given.
    """
    require_fields(scores, "", "scores")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.3 + 0.42 * scores.shape[1])
        for place, name in enumerate(scores):
            values = scores[name].astype(float)
            axes.scatter(values, [place] * len(values), color=colours.NEGATIVE, alpha=0.45, s=26, zorder=3)
            axes.plot([whole[name]] * 2, [place - 0.3, place + 0.3], color=colours.INK, linewidth=2)
            if whole[name] > values.min():
                axes.annotate(
                    "\n".join(textwrap.wrap(f"without {_lowest(values)}", 24)),
                    (values.min(), place),
                    xytext=(-6, 0),
                    textcoords="offset points",
                    fontsize=7.5,
                    ha="right",
                    va="center",
                    color=colours.SOFT,
                )
        axes.set_yticks(range(scores.shape[1]), list(map(str, scores.columns)))
        axes.set_ylim(scores.shape[1] - 0.4, -0.7)
        reach = float(max(whole.max(), 1))
        axes.set_xlim(-0.16 * reach, 1.04 * reach)
        axes.set_xlabel("inconsistency without one row (line: with all)")
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_title("Which single row carries a score")
    told = [
        f"{name} falls from {whole[name]:g} to {scores[name].min():g} without "
        f"{_lowest(scores[name].astype(float))}"
        if scores[name].min() < whole[name]
        else f"{name} stays at {whole[name]:g}"
        for name in scores
    ]
    alt = (
        f"Dots for {len(scores)} rows left out one at a time, for {scores.shape[1]} hypotheses. "
        f"{'; '.join(told)}."
    )
    table = scores.rename_axis(columns=None).rename_axis("left out").reset_index()
    return finish_figure(figure, alt, table, caption)


def _lowest(values):
    """Return the names of all rows without which a score is lowest, for they may tie."""
    *some, last = map(str, values.index[values == values.min()])
    return f"{', '.join(some)} or {last}" if some else last
