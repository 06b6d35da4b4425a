"""Figures about competing explanations: the coded matrix, what speaks against each, and how firm that is."""

import textwrap

import matplotlib.patches
import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words
from course_lib.errors import ChartError

_CELLS = {
    "CC": ("#22577a", "white"),
    "C": ("#a9c4d8", colours.INK),
    "N": ("#ffffff", colours.SOFT),
    "I": ("#f2c49b", colours.INK),
    "II": ("#b8531a", "white"),
}


def evidence_matrix(
    matrix: pd.DataFrame, caption: CaptionLike = "", weight: "pd.Series[float] | None" = None
) -> Figure:
    """Draw a matrix of evidence and hypotheses: each cell its code, shaded from consistent to inconsistent.

    Parameters
    ----------
    matrix : DataFrame
        The codes CC, C, N, I, II, evidence as index, hypotheses as columns; an empty cell is drawn empty.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    weight : Series of float, optional
        A number for each piece of evidence, drawn beside its row.

    Returns
    -------
    Figure
        Its table has a row per piece of evidence.

    Raises
    ------
    ChartError
        For a table without rows or columns.
    """
    require_fields(matrix, "", "cells")
    _require_columns(matrix, "hypotheses")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(min(2.2 + 0.75 * matrix.shape[1], 9), 1.2 + 0.27 * len(matrix))
        for row, cells in enumerate(matrix.to_numpy().tolist()):
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
    summaries = []
    for name in matrix:
        counts = matrix[name].value_counts()
        against = counts.get("I", 0) + counts.get("II", 0)
        summaries.append(
            f"{name}: {against} against, {counts.get('C', 0) + counts.get('CC', 0)} consistent, "
            f"{counts.get('N', 0)} neutral."
        )
    alt = (
        f"Matrix of {len(matrix)} pieces of evidence and {matrix.shape[1]} hypotheses, a code in each "
        f"cell. " + " ".join(summaries)
    )
    table = matrix if weight is None else matrix.assign(weight=weight)
    table = table.rename_axis(columns=None).rename_axis("evidence").reset_index()
    return finish_figure(figure, alt, table, caption, matrix)


def inconsistency_scores(
    scores: "pd.Series[float] | pd.DataFrame",
    untested: "pd.Series[int]",
    caption: CaptionLike = "",
    title: str = "What speaks against each hypothesis",
) -> Figure:
    """Draw the inconsistency score of each hypothesis, with the number of cells that test nothing beside it.

    Parameters
    ----------
    scores : Series of float or DataFrame
        By hypothesis; a table has a column for each way of counting.
    untested : Series of int
        The number of cells that test nothing, by hypothesis.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    title : str, default "What speaks against each hypothesis"
        Over the picture.

    Returns
    -------
    Figure
        Its table has a row per hypothesis.

    Raises
    ------
    ChartError
        For a table without rows or columns.
    """
    table = scores.to_frame("score") if isinstance(scores, pd.Series) else scores.copy()
    require_fields(table, "", "scores")
    _require_columns(table, "scores")
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
        names = [f"{name} ({untested.loc[name]} untested)" for name in table.index]
        axes.set_yticks(range(len(table)), names)
        axes.invert_yaxis()
        axes.set_xlabel("inconsistency (higher: more contradicted)")
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.margins(x=0.1)
        if table.shape[1] > 1:
            axes.legend(fontsize=9)
        axes.set_title(title)
    summaries = []
    for name in table.index:
        values = [f"{f'{column} ' if table.shape[1] > 1 else ''}{table[column][name]:g}" for column in table]
        summaries.append(f"{name}: {join_words(values)}, {untested.loc[name]} cells untested")
    alt = (
        f"Bars of inconsistency for {len(table)} hypotheses, higher means more contradicted. "
        f"{'; '.join(summaries)}. "
        "A low score can mean that little tested it."
    )
    numbers = table.assign(untested=untested).rename_axis("hypothesis").reset_index()
    return finish_figure(figure, alt, numbers, caption)


def sensitivity(scores: pd.DataFrame, whole: "pd.Series[float]", caption: CaptionLike = "") -> Figure:
    """Draw how each score changes when one row is left out: a dot per row, a line at the whole score.

    Parameters
    ----------
    scores : DataFrame
        A row per piece of evidence left out and a column per hypothesis.
    whole : Series of float
        The scores with all rows, by hypothesis.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has the rows as given.

    Raises
    ------
    ChartError
        For a table without rows or columns, and for a hypothesis without a score with all rows.
    """
    require_fields(scores, "", "scores")
    _require_columns(scores, "hypotheses")
    require_fields(whole.to_frame().T, scores.columns, "scores with all rows")
    whole_scores = {name: float(score) for name, score in whole.items()}
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.3 + 0.42 * scores.shape[1])
        for place, name in enumerate(scores):
            values = scores[name].astype(float)
            axes.scatter(values, [place] * len(values), color=colours.NEGATIVE, alpha=0.45, s=26, zorder=3)
            axes.plot([whole_scores[name]] * 2, [place - 0.3, place + 0.3], color=colours.INK, linewidth=2)
            if whole_scores[name] > values.min():
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
    summaries = [
        f"{name} falls from {whole_scores[name]:g} to {scores[name].min():g} without "
        f"{_lowest(scores[name].astype(float))}"
        if scores[name].min() < whole_scores[name]
        else f"{name} stays at {whole_scores[name]:g}"
        for name in scores
    ]
    alt = (
        f"Dots for {len(scores)} rows left out one at a time, for {scores.shape[1]} hypotheses. "
        f"{'; '.join(summaries)}."
    )
    table = scores.rename_axis(columns=None).rename_axis("left out").reset_index()
    return finish_figure(figure, alt, table, caption)


def _require_columns(table: pd.DataFrame, what: str) -> None:
    """Make sure that a table whose columns may have any name has one at least."""
    if not table.shape[1]:
        raise ChartError(f"The table has no columns, so there are no {what} to draw.")


def _lowest(values: "pd.Series[float]") -> str:
    """Return the names of all rows without which a score is lowest, for they may tie."""
    *some, last = map(str, values.index[values == values.min()])
    return f"{', '.join(some)} or {last}" if some else last
