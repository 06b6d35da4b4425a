"""Figures about forecasts and what came of them: outcomes, calibration, the parts of a score."""

import math
import textwrap
from collections.abc import Sequence

import matplotlib.style
import msgspec
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words
from course_lib.methods import forecast

# The bins of a calibration, unless others are asked for.
FIFTHS = (0, 0.2, 0.4, 0.6, 0.8, 1)
_OUTCOMES = {"yes": "happened", "no": "did not happen", "unresolved": "not resolved"}


class _ForecastRow(msgspec.Struct):
    """A forecast with its outcome and score; numbers are missing where there is none."""

    outcome: str
    probability: float
    brier: float


class _Bin(msgspec.Struct):
    """Forecasts of about the same probability, and how many of them came true."""

    n: int
    stated: float
    happened: int
    low: float
    high: float


def forecasts_scored(forecasts: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw each forecast on a line from 0 to 100 per cent, with what happened at its end.

    Parameters
    ----------
    forecasts : DataFrame
        With `question`, `probability` (0 to 1; empty where none was lodged) and `outcome` (yes, no,
        unresolved).
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per question, the worst score first.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(forecasts, "question probability outcome", "forecasts")
    rows = forecasts.copy()
    rows["probability"] = rows["probability"].astype(float)
    happened = rows["outcome"].map({"yes": 1.0, "no": 0.0})
    rows["brier"] = (rows["probability"] - happened) ** 2
    rows = rows.sort_values("brier", ascending=False, na_position="last", kind="stable")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.8, 1.3 + 0.34 * len(rows))
        for place, row in enumerate(table_rows(rows, _ForecastRow)):
            end = {"yes": 100, "no": 0}.get(row.outcome)
            if end is not None:
                axes.scatter(end, place, marker="|", s=120, color=colours.INK, linewidth=2.2)
            if not math.isnan(row.probability):
                at = 100 * row.probability
                if end is not None:
                    axes.hlines(place, min(at, end), max(at, end), color=colours.NEUTRAL, linewidth=1.4)
                axes.scatter(at, place, s=40, color=colours.POSITIVE, zorder=3)
            if not math.isnan(row.brier):
                axes.text(105, place, f"{row.brier:.2f}", fontsize=8, va="center")
            elif end is None:
                axes.text(105, place, "open", fontsize=8, va="center", color=colours.SOFT)
        names = ["\n".join(textwrap.wrap(str(text), 58)[:3]) for text in rows["question"]]
        axes.set_yticks(range(len(rows)), names, fontsize=7.5)
        axes.set_ylim(len(rows) - 0.4, -1.2)
        axes.set_xlim(-3, 114)
        axes.set_xticks([0, 50, 100], ["0 %", "50 %", "100 %"])
        axes.text(105, -1, "score", fontsize=8)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_title("Forecast (dot) and what happened (stroke)")
    scored = rows.dropna(subset=["brier"])
    forecast_count = int(rows["probability"].notna().sum())
    counts = rows["outcome"].value_counts()
    ends = join_words(f"{_OUTCOMES.get(str(name), name)} {count}" for name, count in counts.items())
    alt = f"Dots for {forecast_count} of {len(rows)} forecasts, with what happened: {ends}. "
    if len(scored):
        worst, best = scored.iloc[0], scored.iloc[-1]
        alt += (
            f"Mean Brier score {scored['brier'].mean():.3f} over {len(scored)}. Furthest off: "
            f"{worst['question']} "
            f"({100 * worst['probability']:.0f} per cent, {_OUTCOMES[worst['outcome']]}). Nearest: "
            f"{best['question']} "
            f"({100 * best['probability']:.0f} per cent, {_OUTCOMES[best['outcome']]})."
        )
    return finish_figure(
        figure, alt, rows[["question", "probability", "outcome", "brier"]].round(3), caption, forecasts
    )


def calibration(
    forecasts: pd.DataFrame, edges: Sequence[float] | None = None, caption: CaptionLike = ""
) -> Figure:
    """Draw how often events came that were called about as probable, with bin sizes and Wilson intervals.

    Parameters
    ----------
    forecasts : DataFrame
        With `probability` (0 to 1) and `outcome` (yes, no; others are left out).
    edges : sequence of float, optional
        Of the bins; fifths by default.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per bin.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    stated, happened = _resolved_forecasts(forecasts)
    table = forecast.calibration(stated, happened, FIFTHS if edges is None else edges)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(5.6, 5.4)
        axes.plot([0, 1], [0, 1], color=colours.LINE, linewidth=1, linestyle="--")
        axes.vlines(table["stated"], table["low"], table["high"], color=colours.POSITIVE, linewidth=2)
        size = 20 + 14 * table["n"]
        axes.scatter(table["stated"], table["frequency"], s=size, color=colours.POSITIVE, zorder=3)
        # An interval may end in the middle of its dot: the label stands above both.
        for row, radius in zip(table_rows(table, _Bin), size**0.5 / 2, strict=True):
            axes.annotate(
                f"n = {row.n}",
                (row.stated, row.high),
                xytext=(0, 4 + radius),
                textcoords="offset points",
                fontsize=8,
                ha="center",
            )
        axes.set_xlim(-0.07, 1.07)
        axes.set_ylim(-0.07, 1.14)
        axes.set_aspect("equal")
        axes.set_xlabel("probability stated (mean of the bin)")
        axes.set_ylabel("share that happened")
        axes.grid()
        axes.set_title("Calibration (line: perfect)")
    summaries = [
        f"stated {row.stated:.2f}, happened {row.happened} of {row.n} ({row.low:.2f} to {row.high:.2f})"
        for row in table_rows(table, _Bin)
    ]
    alt = (
        f"Points for {len(table)} bins of {len(stated)} forecasts, with intervals. {'; '.join(summaries)}. "
        "Where the interval crosses the dashed line, nothing can be said against the calibration."
    )
    return finish_figure(figure, alt, table.round(3), caption, forecasts)


def brier_parts(
    forecasts: pd.DataFrame, edges: Sequence[float] | None = None, caption: CaptionLike = ""
) -> Figure:
    """Draw what a Brier score is made of: uncertainty, less resolution, plus reliability, plus the rest.

    Parameters
    ----------
    forecasts : DataFrame
        As for `calibration`.
    edges : sequence of float, optional
        Of the bins; fifths by default.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per part.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    stated, happened = _resolved_forecasts(forecasts)
    parts = forecast.decompose(stated, happened, FIFTHS if edges is None else edges)
    steps = [
        ("uncertainty", parts.uncertainty),
        ("less resolution", -parts.resolution),
        ("plus reliability", parts.reliability),
        ("within bins", parts.within),
    ]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(7.2, 3)
        level = 0.0
        for place, (_, value) in enumerate(steps):
            axes.barh(
                place,
                value,
                left=level,
                color=colours.POSITIVE if value < 0 else colours.NEGATIVE,
                height=0.6,
            )
            axes.text(max(level, level + value) + 0.004, place, f"{value:+.3f}", va="center", fontsize=9)
            level += value
        axes.barh(len(steps), parts.brier, color=colours.INK, height=0.6)
        axes.text(parts.brier + 0.004, len(steps), f"{parts.brier:.3f}", va="center", fontsize=9)
        axes.set_yticks(range(len(steps) + 1), [*(name for name, _ in steps), "Brier score"])
        axes.invert_yaxis()
        axes.axvline(0.25, color=colours.LINE, linestyle="--", linewidth=1)
        axes.text(0.25, -0.75, "always 50 %", fontsize=8, ha="center")
        axes.set_xlim(0, max(0.3, parts.uncertainty + 0.06, parts.brier + 0.06))
        axes.tick_params(axis="y", length=0)
        axes.set_title("What the Brier score is made of", pad=14)
    alt = (
        f"Bars that add up to a Brier score of {parts.brier:.3f} for {len(stated)} forecasts: uncertainty "
        f"{parts.uncertainty:.3f}, less resolution {parts.resolution:.3f}, plus reliability "
        f"{parts.reliability:.3f}, and "
        f"{parts.within:+.3f} within bins. Always saying 50 per cent would score 0.250."
    )
    table = pd.DataFrame([*steps, ("Brier score", parts.brier)], columns=["part", "value"]).round(4)
    return finish_figure(figure, alt, table, caption, forecasts)


def _resolved_forecasts(forecasts: pd.DataFrame) -> tuple["pd.Series[float]", "pd.Series[int]"]:
    """Return what was stated and what happened (1 or 0), where both are known."""
    require_fields(forecasts, "probability outcome", "forecasts")
    rows = forecasts[forecasts["outcome"].isin(["yes", "no"]) & forecasts["probability"].notna()]
    require_fields(rows, "probability", "forecasts that were lodged and resolved")
    return rows["probability"].astype(float), (rows["outcome"] == "yes").astype(int)
