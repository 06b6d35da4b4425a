"""The part of a portfolio on forecasts: what was lodged and, once the student has opened that, what happened.

Nothing is told of the outcome of a forecast that was not lodged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from course_lib import evidence, items
from course_lib.curriculum import course
from course_lib.messages import isolate, say
from course_lib.reports.answers import LodgedForecast, forecast_lines, open_forecast, read_forecast
from course_lib.reports.blocks import Block, DocumentFigure, Heading, Lines, Link, Paragraph, Table, Words
from course_lib.reports.forecast_scores import score_blocks
from course_lib.student import forecasts
from course_lib.student.records import QuestionRecord

if TYPE_CHECKING:
    import pandas as pd


class _ForecastOutcome(msgspec.Struct):
    """A question of the table forecasts."""

    id: str
    question: str


class _OutcomeRow(_ForecastOutcome):
    """A forecast that was lodged, with what happened."""

    outcome: str
    late: bool
    evidence: str
    source_keys: tuple[str, ...]


def forecast_number(item: items.Probability) -> str:
    """Return the number of a forecast in the table forecasts.

    Parameters
    ----------
    item : Probability
        The question that asks for it.

    Returns
    -------
    str
        Such as ``F01``.
    """
    return item.id.split("-", 1)[-1]


def forecast_blocks(records: Mapping[str, QuestionRecord], opened: str | None) -> list[Block]:
    """Return the forecasts that were lodged, with what happened once the student has opened that.

    Parameters
    ----------
    records : Mapping[str, QuestionRecord]
        What became of every question, by its id.
    opened : str or None
        The moment when the student opened the outcomes (ISO, UTC), or None.

    Returns
    -------
    list of Block
        Empty where the course asks for none.
    """
    from course_lib.charts.tables import table_rows

    asked = table_rows(evidence.table("forecasts"), _ForecastOutcome)
    questions = {row.id: _question(row) for row in asked}
    forecast_records = {
        number: record
        for record in records.values()
        if isinstance(record.item, items.Probability)
        and (number := forecast_number(record.item)) in questions
    }
    if not forecast_records:
        return []
    read = {number: read_forecast(record) for number, record in forecast_records.items()}
    lodged = {number: forecast for number, forecast in read.items() if forecast is not None}
    if lodged:
        count = say("portfolio.forecasts.count", n=len(lodged), total=len(forecast_records))
    else:
        count = say("portfolio.forecasts.none", n=len(forecast_records))
    # A course without the question that opens them has nothing to open.
    opening = forecasts.outcomes_question()
    closed = opening is not None and opening.id in records and not opened
    if opening is not None and closed:
        when = say("portfolio.forecasts.closed", lesson=course.lesson_number_of(opening.id))
    else:
        when = say("portfolio.forecasts.open")
    blocks: list[Block] = [
        Heading(2, say("portfolio.forecasts.heading"), "forecasts"),
        Paragraph(f"{count} {when}"),
    ]
    if lodged and closed:
        rows: list[list[Words]] = [
            [questions[number], forecast_lines(forecast)] for number, forecast in lodged.items()
        ]
        head = [say("portfolio.forecasts.question"), say("portfolio.forecasts.you_said")]
        blocks.append(Table(say("portfolio.forecasts.lodged"), head, rows, first=60))
    elif lodged:
        blocks += _outcome_blocks(lodged, opened)
    if lodged and len(lodged) < len(forecast_records):
        blocks.append(Heading(3, say("portfolio.forecasts.not_lodged")))
        blocks.append(
            Lines(
                [
                    open_forecast(record, questions[number])
                    for number, record in forecast_records.items()
                    if number not in lodged
                ]
            )
        )
    return blocks


def _question(row: _ForecastOutcome) -> str:
    return isolate(f"{row.id} {row.question}")


def _outcome_blocks(lodged: Mapping[str, LodgedForecast], opened: str | None) -> list[Block]:
    from course_lib import charts
    from course_lib.charts.tables import table_rows

    table = _forecasts_with_outcomes(lodged, opened)
    errors = (table["probability"] - table["outcome"].map({"yes": 1.0, "no": 0.0})) ** 2
    rows: list[list[Words]] = [
        [
            _question(row),
            forecast_lines(lodged[row.id]),
            _outcome(row, error),
            Lines([isolate(row.evidence), *_citation(row.source_keys)], kind="plain"),
        ]
        for row, error in zip(table_rows(table, _OutcomeRow), errors, strict=True)
    ]
    head = [
        say("portfolio.forecasts.question"),
        say("portfolio.forecasts.you_said"),
        say("portfolio.forecasts.happened"),
        say("portfolio.forecasts.evidence"),
    ]
    caption = say("portfolio.forecasts.with_outcomes")
    blocks = [*score_blocks(table), Table(caption, head, rows, wide=True)]
    if table["probability"].notna().any():
        figure = charts.forecasts_scored(table.dropna(subset=["probability"]))
        blocks.append(DocumentFigure(figure, say("portfolio.forecasts.figure")))
    return blocks


def _outcome(row: _OutcomeRow, error: float) -> Lines:
    """Return what happened, with the score of the forecast where it has one."""
    lines = [say(f"portfolio.forecasts.outcome.{row.outcome}")]
    if row.late:
        lines.append(say("portfolio.forecasts.late"))
    elif error == error:
        lines.append(say("portfolio.forecasts.score", score=f"{error:.2f}"))
    return Lines(lines, kind="plain")


def _citation(keys: tuple[str, ...]) -> list[Words]:
    """Return short citations as one line, or nothing where there are none."""
    parts: list[Words] = []
    for source in map(evidence.source, keys):
        parts += [" · "] if parts else []
        parts.append(Link(source.short, source.url) if source.url else source.short)
    return [parts] if parts else []


def _forecasts_with_outcomes(lodged: Mapping[str, LodgedForecast], opened: str | None) -> pd.DataFrame:
    """Return lodged forecasts with what happened: outcomes of all others are cut away first."""
    import pandas as pd

    questions, outcomes = (evidence.table(name) for name in ("forecasts", "forecast_outcomes"))
    own = pd.DataFrame(
        {
            "forecast": list(lodged),
            "resolves": [forecast.item.resolves.isoformat() for forecast in lodged.values()],
            "probability": [forecast.percent / 100 for forecast in lodged.values()],
            "lodged": [forecast.record.day for forecast in lodged.values()],
            "late": [bool(opened and forecast.record.at > opened) for forecast in lodged.values()],
        }
    )
    return forecasts.forecasts_with_outcomes(
        own, questions[questions["id"].isin(lodged)], outcomes[outcomes["forecast"].isin(lodged)]
    )
