"""Scores of forecasts in a table and in words: beside rivals, never clipped, with what luck alone can do."""

import math
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from markupsafe import Markup

from course_lib.html import panels
from course_lib.markup import lesson_text, say_html
from course_lib.messages import say
from course_lib.methods import forecast

if TYPE_CHECKING:
    import pandas as pd

# With fewer forecasts than this a figure shows the example.
ENOUGH = 10
# Forecasts as `student.forecasts.forecasts_with_outcomes` returns them.
Forecasts: TypeAlias = "pd.DataFrame"


def resolved_forecasts(forecasts: Forecasts) -> Forecasts:
    """Return the forecasts that can be scored.

    Parameters
    ----------
    forecasts : DataFrame
        As `student.forecasts.forecasts_with_outcomes` returns them.

    Returns
    -------
    DataFrame
        The rows whose outcome is yes or no, and that have a probability.
    """
    return forecasts[forecasts["outcome"].isin(["yes", "no"]) & forecasts["probability"].notna()]


def forecast_score_table(own: Forecasts, example: Forecasts) -> Markup:
    """Return the scores of a student, the example, a coin and the base rate as a table.

    Parameters
    ----------
    own, example : DataFrame
        Forecasts that can be scored. Where the student has some, the rivals are scored on the same questions.

    Returns
    -------
    Markup
        A row per forecaster.
    """
    basis = own if len(own) else example
    base_rate = [_outcome_values(basis).mean()] * len(basis)
    if len(own):
        example = example[example["id"].isin(own["id"])]
    body = [_score_row(say("gamble.scores.you"), own)] if len(own) else []
    body.append(_score_row(say("gamble.scores.example"), example))
    body.append(_score_row(say("gamble.scores.coin"), basis.assign(probability=0.5)))
    body.append(_score_row(say("gamble.scores.base_rate"), basis.assign(probability=base_rate)))
    head = (
        say("gamble.scores.head.forecaster"),
        say("gamble.scores.head.forecasts"),
        say("gamble.scores.head.brier"),
        say("gamble.scores.head.log"),
        say("gamble.scores.head.against_coin"),
        say("gamble.scores.head.against_base_rate"),
    )
    return panels.table_html(say("gamble.scores.caption"), head, body)


def describe_rivals(forecasts: Forecasts) -> list[Markup]:
    """Return what has to be said of the rivals in the table.

    Parameters
    ----------
    forecasts : DataFrame
        Those that are scored.

    Returns
    -------
    list of Markup
        Sentences as HTML.
    """
    share = f"{_outcome_values(forecasts).mean():.0%}"
    return [say_html("gamble.scores.rivals", share=share), say_html("gamble.scores.picked")]


def describe_scores(own: Forecasts, empty_searches: Collection[str]) -> list[Markup]:
    """Return what has to be said of a student's own scores.

    Parameters
    ----------
    own : DataFrame
        The student's forecasts that can be scored.
    empty_searches : collection of str
        The numbers of forecasts whose "no" rests on a search that found nothing.

    Returns
    -------
    list of Markup
        Sentences as HTML.
    """
    probability, happened = own["probability"], _outcome_values(own)
    lines = []
    if len(own) < ENOUGH:
        lines.append(say_html("gamble.scores.too_few", n=len(own), enough=ENOUGH))
    lost = own[(probability - happened).abs() == 1]
    if len(lost):
        infinite = say_html("gamble.scores.infinite_log", forecasts=list_forecasts(lost["id"]))
        lines.append(Markup(" ").join([infinite, *_finite_rest(own, lost)]))
    low, high = np.quantile(forecast.null_distribution(probability), [0.05, 0.95])
    brier = forecast.brier(probability, happened)
    lines.append(say_html("gamble.scores.luck", low=f"{low:.2f}", high=f"{high:.2f}", brier=f"{brier:.2f}"))
    rest = own[~own["id"].isin(empty_searches)]
    if 0 < len(rest) < len(own):
        numbers = own["id"][own["id"].isin(empty_searches)]
        lines.append(
            say_html(
                "gamble.scores.empty",
                n=len(numbers),
                forecasts=list_forecasts(sorted(numbers)),
                brier=f"{forecast.brier(rest['probability'], _outcome_values(rest)):.3f}",
            )
        )
    return lines


def list_forecasts(numbers: Iterable[str]) -> Markup:
    """Return the numbers of forecasts as a sentence lists them.

    Parameters
    ----------
    numbers : iterable of str
        At least one, such as F01.

    Returns
    -------
    Markup
        A part of a line.
    """
    *head, last = (lesson_text(number) for number in numbers)
    return say_html("gamble.listing", some=Markup(", ").join(head), last=last) if head else last


def _outcome_values(forecasts: Forecasts) -> "pd.Series[int]":
    return (forecasts["outcome"] == "yes").astype(int)


def _finite_rest(own: Forecasts, lost: Forecasts) -> list[Markup]:
    """Return what the log score would be without those that made it infinite, where others are left."""
    finite = own[~own["id"].isin(lost["id"])]
    if finite.empty:
        return []
    score = forecast.log_score(finite["probability"], _outcome_values(finite))
    return [say_html("gamble.scores.finite_log", n=len(lost), score=f"{score:.3f}", left=len(finite))]


def _score_row(name: str, forecasts: Forecasts) -> tuple[str, ...]:
    """Return a forecaster's scores as the texts of a row."""
    probability, happened = forecasts["probability"], _outcome_values(forecasts)
    brier, log = forecast.brier(probability, happened), forecast.log_score(probability, happened)
    share = happened.mean()
    base_rate_brier = share * (1 - share)
    return (
        name,
        str(len(forecasts)),
        f"{brier:.3f}",
        f"{log:.3f}" if math.isfinite(log) else say("gamble.scores.infinite"),
        f"{forecast.skill(brier, 0.25):+.2f}",
        f"{forecast.skill(brier, base_rate_brier):+.2f}"
        if base_rate_brier
        else say("gamble.scores.no_skill"),
    )
