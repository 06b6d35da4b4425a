"""The scores of a student's forecasts in a table that says how to read them, and their calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.errors import MethodError
from course_lib.messages import isolate, say
from course_lib.methods import forecast
from course_lib.reports.blocks import Block, DocumentFigure, Paragraph, Table

if TYPE_CHECKING:
    import pandas as pd

# Fewer forecasts than this fill no bins of a calibration.
ENOUGH = 10


def score_blocks(forecasts: pd.DataFrame) -> list[Block]:
    """Return Brier score, log score and skill of the forecasts whose outcome is known.

    Parameters
    ----------
    forecasts : pd.DataFrame
        As from `student.forecasts.forecasts_with_outcomes`: a row each with `id`, `outcome` and
        `probability` from 0 to 1, missing where nothing was lodged in time.

    Returns
    -------
    list of Block
        A sentence where none can be scored; with `ENOUGH` of them a figure of calibration too.
    """
    from course_lib import charts

    known = forecasts[forecasts["outcome"].isin(["yes", "no"]) & forecasts["probability"].notna()]
    if known.empty:
        return [Paragraph(say("portfolio.scores.nothing"))]
    n = len(known)
    head = [say("portfolio.scores.score"), say("portfolio.scores.yours"), say("portfolio.scores.how_to_read")]
    blocks: list[Block] = [
        Table(say("portfolio.scores.caption", n=n), head, _score_rows(known)),
        Paragraph(say("portfolio.scores.luck", n=n)),
    ]
    if n < ENOUGH:
        return [*blocks, Paragraph(say("portfolio.scores.too_few", least=ENOUGH, n=n), quiet=True)]
    return [*blocks, DocumentFigure(charts.calibration(known), say("portfolio.scores.figure"))]


def _score_rows(known: pd.DataFrame) -> list[list[str]]:
    """Return the name, the value and the reading of each score."""
    probabilities, outcomes = known["probability"], (known["outcome"] == "yes").astype(int)
    rate = float(outcomes.mean())
    brier = float(forecast.brier(probabilities, outcomes))
    surprise = float(forecast.log_score(probabilities, outcomes))
    lost = known["id"][(probabilities - outcomes).abs() == 1]
    log = [f"{surprise:.3f}", say("portfolio.scores.log_read")]
    if len(lost):
        log = [
            say("portfolio.scores.infinite"),
            say("portfolio.scores.lost", forecasts=", ".join(map(isolate, lost))),
        ]
    try:
        skill = forecast.skill(brier, rate * (1 - rate))
        base = [f"{skill:+.2f}", say("portfolio.scores.base_read", rate=f"{rate:.0%}")]
    except MethodError:
        base = [say("portfolio.scores.no_base"), say("portfolio.scores.alike")]
    coin = f"{forecast.skill(brier, 0.25):+.2f}"
    return [
        [say("portfolio.scores.brier"), f"{brier:.3f}", say("portfolio.scores.brier_read")],
        [say("portfolio.scores.log"), *log],
        [say("portfolio.scores.coin"), coin, say("portfolio.scores.coin_read")],
        [say("portfolio.scores.base"), *base],
    ]
