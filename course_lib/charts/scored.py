"""Figures about what came of it: forecasts and outcomes, calibration, parts of a score, verdicts."""

import textwrap

import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, finish_figure, join_words, new_figure, require_fields
from course_lib.evidence import labels
from course_lib.methods import forecast

# The bins of a calibration, unless others are asked for.
FIFTHS = (0, 0.2, 0.4, 0.6, 0.8, 1)
_OUTCOMES = {"yes": "happened", "no": "did not happen", "unresolved": "not resolved"}
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


def forecasts_scored(forecasts, caption=""):
    """Draw each forecast on a line from 0 to 100 per cent, with what happened at its end.

    Parameters: `forecasts` a table with `question`, `probability` (0 to 1; empty where none was lodged) and
    `outcome` (yes, no, unresolved); `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per question, the worst score first.
    """
    require_fields(forecasts, "question probability outcome", "forecasts")
    rows = forecasts.copy()
    rows["probability"] = rows["probability"].astype(float)
    happened = rows["outcome"].map({"yes": 1.0, "no": 0.0})
    rows["brier"] = (rows["probability"] - happened) ** 2
    rows = rows.sort_values("brier", ascending=False, na_position="last", kind="stable")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.8, 1.3 + 0.34 * len(rows))
        for place, row in enumerate(rows.itertuples()):
            end = {"yes": 100, "no": 0}.get(row.outcome)
            if end is not None:
                axes.scatter(end, place, marker="|", s=120, color=colours.INK, linewidth=2.2)
            if pd.notna(row.probability):
                at = 100 * row.probability
                if end is not None:
                    axes.hlines(place, min(at, end), max(at, end), color=colours.NEUTRAL, linewidth=1.4)
                axes.scatter(at, place, s=40, color=colours.POSITIVE, zorder=3)
            if pd.notna(row.brier):
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
    given = int(rows["probability"].notna().sum())
    counts = rows["outcome"].value_counts()
    ends = join_words(f"{_OUTCOMES.get(name, name)} {count}" for name, count in counts.items())
    alt = f"Dots for {given} of {len(rows)} forecasts, with what happened: {ends}. "
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


def calibration(forecasts, edges=None, caption=""):
    """Draw how often events came that were called about as probable, with bin sizes and Wilson intervals.

    Parameters: `forecasts` a table with `probability` (0 to 1) and `outcome` (yes, no; others are left out);
    `edges` of the bins, or None for fifths; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per bin.
    """
    said, happened = _resolved(forecasts)
    table = forecast.calibration(said, happened, FIFTHS if edges is None else edges)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(5.6, 5.4)
        axes.plot([0, 1], [0, 1], color=colours.LINE, linewidth=1, linestyle="--")
        axes.vlines(table["stated"], table["low"], table["high"], color=colours.POSITIVE, linewidth=2)
        size = 20 + 14 * table["n"]
        axes.scatter(table["stated"], table["frequency"], s=size, color=colours.POSITIVE, zorder=3)
        # An interval may end in the middle of its dot: the label stands above both.
        for row, radius in zip(table.itertuples(), size**0.5 / 2, strict=True):
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
    told = [
        f"stated {row.stated:.2f}, happened {row.happened} of {row.n} ({row.low:.2f} to {row.high:.2f})"
        for row in table.itertuples()
    ]
    alt = (
        f"Points for {len(table)} bins of {len(said)} forecasts, with intervals. {'; '.join(told)}. "
        "Where the interval crosses the dashed line, nothing can be said against the calibration."
    )
    return finish_figure(figure, alt, table.round(3), caption, forecasts)


def brier_parts(forecasts, edges=None, caption=""):
    """Draw what a Brier score is made of: uncertainty, less resolution, plus reliability, plus the rest.

    Parameters: as for `calibration`.
    Returns: a `Figure` whose table has a row per part.
    """
    said, happened = _resolved(forecasts)
    parts = forecast.decompose(said, happened, FIFTHS if edges is None else edges)
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
        f"Bars that add up to a Brier score of {parts.brier:.3f} for {len(said)} forecasts: uncertainty "
        f"{parts.uncertainty:.3f}, less resolution {parts.resolution:.3f}, plus reliability "
        f"{parts.reliability:.3f}, and "
        f"{parts.within:+.3f} within bins. Always saying 50 per cent would score 0.250."
    )
    table = pd.DataFrame([*steps, ("Brier score", parts.brier)], columns=["part", "value"]).round(4)
    return finish_figure(figure, alt, table, caption, forecasts)


def _resolved(forecasts):
    """Return what was said and what happened (1 or 0), where both are known."""
    require_fields(forecasts, "probability outcome", "forecasts")
    rows = forecasts[forecasts["outcome"].isin(["yes", "no"]) & forecasts["probability"].notna()]
    require_fields(rows, "probability", "forecasts that were lodged and resolved")
    return rows["probability"].astype(float), (rows["outcome"] == "yes").astype(int)


def verdicts_by_section(verdicts, caption="", by="section"):
    """Draw the verdicts on the article's claims, as stacked bars for each section or kind of claim.

    Parameters: `verdicts` a table with `section`, `kind`, `verdict`, a row per claim; `caption` what stands
    under the picture; `by` "section" or "kind".
    Returns: a `Figure` whose table has a row per section or kind and a column per verdict.
    """
    require_fields(verdicts, "section kind verdict", "verdicts")
    names = labels.SECTIONS if by == "section" else labels.KINDS
    order = [one for one in _VERDICTS if (verdicts["verdict"] == one).any()]
    counts = pd.crosstab(verdicts[by].map(names), verdicts["verdict"])
    counts = counts.reindex(
        index=[one for one in dict.fromkeys(names.values()) if one in counts.index], columns=order
    )
    counts = counts.fillna(0).astype(int)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.9 + 0.36 * len(counts))
        left = pd.Series(0, index=counts.index)
        drawn = {}
        for verdict in order:
            colour = _VERDICTS[verdict]
            again = colour in drawn.values()
            drawn[verdict] = colour
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
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.02)
        figure.legend(loc="outside lower center", ncols=4, fontsize=8)
        axes.set_title(f"Verdicts on {len(verdicts)} claims by {by}")
    totals = counts.sum().sort_values(ascending=False, kind="stable").rename(labels.VERDICTS)
    told = [
        f"{name}: {join_words(f'{labels.VERDICTS[one]} {count}' for one, count in row[row > 0].items())}."
        for name, row in counts.iterrows()
    ]
    alt = (
        f"Stacked bars: verdicts on {len(verdicts)} claims by {by}. In all: "
        f"{join_words(f'{name} {count}' for name, count in totals.items())}. " + " ".join(told)
    )
    table = counts.rename(columns=labels.VERDICTS).rename_axis(columns=None).rename_axis(by).reset_index()
    return finish_figure(figure, alt, table, caption, verdicts)
