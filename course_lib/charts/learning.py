"""Figures about the student's own way: progress through the course, and the tests before and after."""

import math

import matplotlib.style
import msgspec
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import count_in_whole_numbers
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields, table_rows


class _LessonShare(msgspec.Struct):
    """How many questions a lesson has, and how many of them were answered and right."""

    lesson: str
    questions: int
    answered: int
    right: int


class _Shares(msgspec.Struct):
    """The shares right in both tests, missing where one was not taken."""

    before: float
    after: float


def course_progress(lessons: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw how many questions of each lesson are answered, and how many of those right.

    Parameters
    ----------
    lessons : DataFrame
        With `lesson`, and the numbers of questions `answered`, `right` and in all, `questions`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per lesson.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(lessons, "lesson answered right questions", "lessons")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(7.6, 1.3 + 0.34 * len(lessons))
        places = range(len(lessons))
        axes.barh(
            places, lessons["questions"], color="#eef1f4", edgecolor=colours.LINE, linewidth=0.6, height=0.7
        )
        axes.barh(places, lessons["answered"], color="#a9c4d8", height=0.7, label="answered")
        axes.barh(places, lessons["right"], color=colours.POSITIVE, height=0.34, label="right")
        for place, row in enumerate(table_rows(lessons, _LessonShare)):
            axes.text(row.questions, place, f"  {row.answered} of {row.questions}", va="center", fontsize=8.5)
        axes.set_yticks(places, lessons["lesson"])
        axes.set_ylim(len(lessons) - 0.4, -0.6)
        axes.set_xlim(0, max(lessons["questions"].max(), 1) * 1.22)
        count_in_whole_numbers(axes.xaxis)
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside lower center", ncols=2, fontsize=9)
        axes.set_title("Your progress")
    total = lessons[["answered", "right", "questions"]].sum()
    alt = (
        f"Bars for {len(lessons)} lessons: {total['answered']} of {total['questions']} questions answered, "
        f"{total['right']} right. "
        + " ".join(
            f"{row.lesson}: {row.answered} of {row.questions}, {row.right} right."
            for row in table_rows(lessons, _LessonShare)
        )
    )
    return finish_figure(figure, alt, lessons, caption, lessons)


def before_and_after(scores: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw the share right in the test before and the test after, for each objective, as two joined points.

    Parameters
    ----------
    scores : DataFrame
        With `objective`, `before`, `after`: shares from 0 to 1, empty where not taken.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per objective.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(scores, "objective before after", "scores")
    table = scores.assign(before=scores["before"].astype(float), after=scores["after"].astype(float))
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(7.6, 1.5 + 0.36 * len(table))
        for place, row in enumerate(table_rows(table, _Shares)):
            if not math.isnan(row.before) and not math.isnan(row.after):
                axes.hlines(place, row.before, row.after, color=colours.NEUTRAL, linewidth=2)
            axes.scatter(row.before, place, s=110, facecolor="white", edgecolor=colours.INK, zorder=3)
            axes.scatter(row.after, place, s=40, color=colours.POSITIVE, zorder=3)
        axes.scatter([], [], s=110, facecolor="white", edgecolor=colours.INK, label="before")
        axes.scatter([], [], s=40, color=colours.POSITIVE, label="after")
        axes.set_yticks(range(len(table)), table["objective"])
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlim(-0.04, 1.04)
        axes.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside lower center", ncols=2, fontsize=9)
        axes.set_title("Share right before and after")
    means = table[["before", "after"]].mean()
    summaries = [
        f"{name} {'not taken' if pd.isna(value) else f'{100 * value:.0f} per cent'}"
        for name, value in means.items()
    ]
    alt = (
        f"Two points for each of {len(table)} objectives: share right before and after. "
        f"On average {summaries[0]}, {summaries[1]}."
    )
    return finish_figure(figure, alt, table.round(3), caption, scores)
