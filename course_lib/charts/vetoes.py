"""Figures of votes in the Security Council: Russia's vetoes by subject."""

import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.axes import count_in_whole_numbers
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import mid_moment, moment_range
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words


def vetoes_by_theme(vetoes: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw Russia's vetoes on Syria by subject, those with China apart from those without.

    Parameters
    ----------
    vetoes : DataFrame
        With `theme`, `china_veto` and `date`, a row per draft resolution.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per subject.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(vetoes, "theme china_veto date", "vetoes")
    counts = pd.crosstab(vetoes["theme"], vetoes["china_veto"].astype(bool))
    counts = counts.reindex(columns=[True, False], fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.3 + 0.42 * len(counts))
        left = pd.Series(0, index=counts.index)
        for together, colour, hatch in (
            (True, colours.POSITIVE, None),
            (False, colours.actor_colour("russia"), "//"),
        ):
            name = "with China" if together else "Russia without China"
            bars = axes.barh(
                counts.index,
                counts[together],
                left=left,
                color=colour,
                hatch=hatch,
                edgecolor="white",
                label=name,
                height=0.66,
            )
            axes.bar_label(
                bars,
                [str(n) if n else "" for n in counts[together]],
                label_type="center",
                color=colours.INK,
                fontsize=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
            left += counts[together]
        axes.invert_yaxis()
        count_in_whole_numbers(axes.xaxis)
        axes.set_xlabel("vetoes")
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        axes.set_title("Russia's vetoes on Syria by subject")
        figure.legend(loc="outside lower center", ncols=2, fontsize=9)
    alone = int(counts[False].sum())
    most = counts.sum(axis=1)
    days = vetoes["date"].map(mid_moment).dropna()
    alt = (
        f"Stacked bars: {len(vetoes)} draft resolutions on Syria that Russia vetoed, "
        f"{moment_range(days)}, by "
        f"subject. "
        f"{len(vetoes) - alone} together with China, {alone} without. "
        f"Most concern {join_words(most.index[most == most.max()])} ({most.max()}). "
        + " ".join(f"{name}: {row[True]} with, {row[False]} without." for name, row in counts.iterrows())
    )
    table = counts.rename(columns={True: "with China", False: "without China"}).rename_axis(columns=None)
    return finish_figure(figure, alt, table.rename_axis("subject").reset_index(), caption, vetoes)
