"""Figures of the verdicts on the article's claims."""

import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import count_in_whole_numbers
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words
from course_lib.evidence import labels

_VERDICTS = {
    "supported": "#22577a",
    "came_true": "#22577a",
    "partly_supported": "#6b9ab8",
    "partly_came_true": "#6b9ab8",
    "misleading": "#f0b429",
    "unsupported": "#e0a872",
    "not_observed": "#e0a872",
    "contradicted": "#b8531a",
    "did_not_happen": "#b8531a",
    "too_early": "#d9dee3",
    "not_checkable": "#d9dee3",
    "opinion": "#eceff2",
    "open": "#ffffff",
}


def verdicts_by_section(verdicts: pd.DataFrame, caption: CaptionLike = "", by: str = "section") -> Figure:
    """Draw the verdicts on the article's claims, as stacked bars for each section or kind of claim.

    Parameters
    ----------
    verdicts : DataFrame
        With `section`, `kind`, `verdict`, a row per claim.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    by : str, default "section"
        ``section`` or ``kind``.

    Returns
    -------
    Figure
        Its table has a row per section or kind and a column per verdict.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(verdicts, "section kind verdict", "verdicts")
    names = labels.SECTIONS if by == "section" else labels.KINDS
    order = [name for name in _VERDICTS if (verdicts["verdict"] == name).any()]
    counts = pd.crosstab(verdicts[by].map(names), verdicts["verdict"])
    counts = counts.reindex(
        index=[name for name in dict.fromkeys(names.values()) if name in counts.index], columns=order
    )
    counts = counts.fillna(0).astype(int)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.9 + 0.36 * len(counts))
        left = pd.Series(0, index=counts.index)
        used: set[str] = set()
        for verdict in order:
            colour = _VERDICTS[verdict]
            again = colour in used
            used.add(colour)
            bars = axes.barh(
                counts.index,
                counts[verdict],
                left=left,
                color=colour,
                edgecolor=colours.INK if colour == "#ffffff" else "white",
                hatch="///" if again else None,
                linewidth=0.5,
                label=labels.VERDICTS[verdict],
                height=0.72,
            )
            dark = colour in ("#22577a", "#b8531a") and not again
            axes.bar_label(
                bars,
                [str(n) if n else "" for n in counts[verdict]],
                label_type="center",
                fontsize=8,
                color="white" if dark else colours.INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8} if again else None,
            )
            left += counts[verdict]
        axes.invert_yaxis()
        axes.set_xlabel("claims")
        count_in_whole_numbers(axes.xaxis)
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.02)
        figure.legend(loc="outside lower center", ncols=4, fontsize=8)
        axes.set_title(f"Verdicts on {len(verdicts)} claims by {by}")
    totals = counts.sum().sort_values(ascending=False, kind="stable").rename(labels.VERDICTS)
    summaries = [
        f"{name}: {join_words(f'{verdict} {count}' for verdict, count in row[row > 0].items())}."
        for name, row in counts.rename(columns=labels.VERDICTS).iterrows()
    ]
    alt = (
        f"Stacked bars: verdicts on {len(verdicts)} claims by {by}. In all: "
        f"{join_words(f'{name} {count}' for name, count in totals.items())}. " + " ".join(summaries)
    )
    table = counts.rename(columns=labels.VERDICTS).rename_axis(columns=None).rename_axis(by).reset_index()
    return finish_figure(figure, alt, table, caption, verdicts)
