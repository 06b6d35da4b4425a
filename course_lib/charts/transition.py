"""Figures of the transition after 2024: what each indicator showed."""

import textwrap

import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words


def indicators(values: pd.DataFrame, scenarios: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Set out what each indicator of the transition showed at three dates, as text in cells.

    A cell is empty where nothing was found, and says so.

    Parameters
    ----------
    values : DataFrame
        With `scenario`, `period`, `value`.
    scenarios : DataFrame
        With `id`, `driver`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per driver and a column per period.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(values, "scenario period value", "indicators")
    require_fields(scenarios, "id driver", "drivers")
    periods = list(dict.fromkeys(values["period"]))
    wide = values.pivot(index="scenario", columns="period", values="value")[periods]
    wide = wide.loc[[scenario for scenario in scenarios["id"] if scenario in wide.index]]
    names = dict(zip(scenarios["id"], scenarios["driver"], strict=True))
    cells = [[textwrap.wrap(str(text), 34) for text in row] for row in wide.fillna("not found").to_numpy()]
    heights = [max(len(cell) for cell in row) for row in cells]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(2.1 * (1 + 1.25 * len(periods)), 0.9 + 0.14 * (sum(heights) + len(cells)))
        axes.axis("off")
        axes.set_xlim(0, 1 + len(periods) * 1.25)
        total = sum(heights) + len(cells)
        axes.set_ylim(total + 0.5, -1.4)
        for column, period in enumerate(periods):
            axes.text(1 + 1.25 * column, -0.4, period, fontweight="bold", fontsize=9)
        top = 0.3
        for row, (scenario, height) in enumerate(zip(wide.index, heights, strict=True)):
            axes.axhline(top - 0.1, color=colours.LINE, linewidth=0.6)
            axes.text(
                0,
                top + 0.2,
                "\n".join(textwrap.wrap(names[scenario], 22)),
                va="top",
                fontsize=8.5,
                fontweight="bold",
            )
            for column, lines in enumerate(cells[row]):
                none = lines == ["not", "found"] or " ".join(lines) == "not found"
                axes.text(
                    1 + 1.25 * column,
                    top + 0.2,
                    "\n".join(lines),
                    va="top",
                    fontsize=8,
                    color=colours.SOFT if none else colours.INK,
                    style="italic" if none else "normal",
                )
            top += height + 1
        axes.set_title("What each indicator showed")
    missing = int((wide == "not found").to_numpy().sum() + wide.isna().to_numpy().sum())
    alt = (
        f"Table of {len(wide)} drivers of the transition at {len(periods)} "
        f"date{'s' if len(periods) > 1 else ''} ({join_words(periods)}): "
        f"{join_words(names[scenario] for scenario in wide.index)}. "
        f"{missing} of {wide.size} cells: not found."
    )
    table = wide.rename_axis(columns=None).rename(index=names).rename_axis("driver").reset_index()
    return finish_figure(figure, alt, table, caption, values, scenarios)
