"""Figures about the questions of a class: how they worked, what was chosen."""

import textwrap

import matplotlib.style
import msgspec
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import spread_labels
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words, percent, signed_number

# Questions that go with the others less than this, or are right for fewer than this, are named.
_LOOSE, _HARD = 0.1, 0.3
_MOST_NAMED = 6
_THIRDS = {"lower": "v", "middle": "o", "upper": "^"}


class _QuestionRow(msgspec.Struct):
    """How hard a question is, and how it goes with the others."""

    question: str
    facility: float
    discrimination: float


class _ChoiceRow(msgspec.Struct):
    """An option, whether it is right, and the shares that chose it, in all and by thirds of the class."""

    option: object
    key: bool
    all: float
    lower: float
    middle: float
    upper: float

    def thirds(self) -> dict[str, float]:
        """Return the shares by thirds."""
        return {"lower": self.lower, "middle": self.middle, "upper": self.upper}


def facility_and_discrimination(questions: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw for each question its mean score and how far it goes with the others.

    Parameters
    ----------
    questions : DataFrame
        With `question`, `facility` (0 to 1) and `discrimination` (−1 to 1, empty where it is not
        defined).
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per question, the hardest first.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(questions, "question facility discrimination", "questions")
    table = questions[["question", "facility", "discrimination"]].astype(
        {"facility": float, "discrimination": float}
    )
    table = table.sort_values("facility", kind="stable", ignore_index=True)
    defined = table.dropna(subset=["facility", "discrimination"])
    odd = defined[(defined["discrimination"] < _LOOSE) | (defined["facility"] < _HARD)]
    odd = odd.sort_values("discrimination", kind="stable").head(_MOST_NAMED)
    low = min(-0.2, defined["discrimination"].min() - 0.1) if len(defined) else -0.2
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(7.6, 5)
        axes.axhline(0, color=colours.LINE, linewidth=1)
        usual = defined.drop(odd.index)
        axes.scatter(usual["facility"], usual["discrimination"], s=46, color=colours.POSITIVE, zorder=3)
        axes.scatter(
            odd["facility"], odd["discrimination"], s=56, marker="D", color=colours.NEGATIVE, zorder=3
        )
        heights = spread_labels(odd["discrimination"].tolist(), (1.05 - low) * 0.045)
        for row, height in zip(table_rows(odd, _QuestionRow), heights, strict=True):
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
    blank_ = len(table) - len(defined)
    alt = f"Points for {len(defined)} questions: mean mark against correlation with the other questions. "
    if len(defined):
        alt += (
            f"Facility runs from {percent(defined['facility'].min())} to "
            f"{percent(defined['facility'].max())}, "
            f"discrimination from {signed_number(defined['discrimination'].min())} to "
            f"{signed_number(defined['discrimination'].max())}. "
        )
    if len(odd):
        named = (
            f"{row.question} ({percent(row.facility)}, {signed_number(row.discrimination)})"
            for row in table_rows(odd, _QuestionRow)
        )
        alt += f"Marked as hard or loosely tied to the rest: {join_words(named)}. "
    if blank_:
        alt += f"The correlation is not defined for {blank_} more."
    return finish_figure(figure, alt, table.round(3), caption, questions)


def distractors(choices: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw how often each option of a question was chosen, in all and by thirds of the class.

    Parameters
    ----------
    choices : DataFrame
        With `option`, `key` (whether it is right), `all`, `lower`, `middle` and `upper`: shares from 0 to
        1 of the students in each third, empty where the class is too small for thirds.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per option.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(choices, "option key all lower middle upper", "options")
    table = choices.astype(dict.fromkeys(["all", *_THIRDS], float))
    thirds = table[list(_THIRDS)].notna().any(axis=None)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.5 + 0.62 * len(table))
        for place, row in enumerate(table_rows(table, _ChoiceRow)):
            axes.barh(
                place,
                row.all,
                height=0.62,
                color="#a9c4d8" if row.key else "#ecd3c4",
                edgecolor=colours.POSITIVE if row.key else colours.NEGATIVE,
                linewidth=1,
            )
            for name, sign in _THIRDS.items():
                axes.scatter(row.thirds()[name], place, marker=sign, s=34, color=colours.INK, zorder=3)
            axes.text(1.06, place, percent(row.all), va="center", fontsize=9)
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
    summaries = []
    for row in table_rows(table, _ChoiceRow):
        parts = [f"{name} third {percent(share)}" for name, share in row.thirds().items() if thirds]
        mark = " (right)" if row.key else ""
        within = f" ({', '.join(parts)})" if parts else ""
        summaries.append(f"{_shorten(row.option)}{mark} {percent(row.all)}{within}")
    alt = f"Bars for {len(table)} options, the share of the class that chose each: {'; '.join(summaries)}."
    return finish_figure(figure, alt, table.round(3), caption, choices)


def _shorten(text: object) -> str:
    return textwrap.shorten(str(text), 60, placeholder="…")
