"""The public face, used as a notebook and a teacher use it; it is only checked, never run."""

from collections.abc import KeysView
from pathlib import Path
from typing import assert_type

import pandas as pd
from markupsafe import Markup

from course_lib import (
    about,
    begin,
    charts,
    evidence,
    explorer,
    items,
    my_work,
    overview,
    portfolio,
    pretest,
    progress,
    quiz,
    recall_questions,
)
from course_lib.charts.figure import Figure
from course_lib.errors import CourseError, ItemError
from course_lib.evidence.cards import Card
from course_lib.evidence.claims import ClaimsTable
from course_lib.evidence.references import Bibliography, Citations
from course_lib.home import RecallQuestions
from course_lib.html.panels import Panel
from course_lib.lesson import Lesson
from course_lib.methods import agreement, balance, forecast, rates
from course_lib.portfolio_panel import PortfolioPanel
from course_lib.quiz import quiz as quiz_function
from course_lib.student.events import Event
from course_lib.student.progress import Progress
from course_lib.widgets.backup import Backup
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.forecast_scoring import ForecastScoring
from course_lib.widgets.page_types import Entry, Question
from course_lib.widgets.quiz import Quiz


def course_home() -> None:
    """Show what the course home shows."""
    assert_type(overview(), Panel)
    assert_type(about(), Panel)
    assert_type(pretest(), Quiz)
    assert_type(my_work(), Backup)
    assert_type(portfolio(), PortfolioPanel)
    again = recall_questions()
    assert_type(again, RecallQuestions)
    assert_type(again.quiz, Quiz | None)


def lesson() -> None:
    """Go through a lesson as its notebook does."""
    lesson = begin("01_reading_the_article")
    assert_type(lesson, Lesson)
    assert_type(lesson.number, int | None)
    assert_type(lesson.until, str | None)
    assert_type(lesson.check("recall"), Quiz)
    assert_type(lesson.check("survey", mode="survey"), Quiz)
    assert_type(lesson.claims("intro", "context-role"), ClaimsTable)
    assert_type(lesson.own_claims(), ClaimsTable)
    assert_type(lesson.show(evidence.table("claims"), caption="The claims"), Panel)
    assert_type(lesson.agreement("01-code-claims"), Panel)
    assert_type(lesson.grades("02-grade-source", "02-grade-information"), Panel)
    assert_type(lesson.coding("06-matrix-own"), pd.DataFrame)
    assert_type(lesson.compare_coding("06-matrix-own", evidence.table("ach_codings")), Panel)
    assert_type(lesson.forecasts(), pd.DataFrame)
    assert_type(lesson.forecasts_with_outcomes(), pd.DataFrame)
    assert_type(lesson.open_forecasts(), Quiz | Panel)
    assert_type(lesson.forecast_summary({"F03": "F02"}), Panel)
    assert_type(lesson.posttest(), Quiz)
    assert_type(lesson.gain(), Panel)
    assert_type(lesson.terms("hedge"), Panel)
    assert_type(lesson.sources(), Bibliography)
    assert_type(lesson.finish(), Panel)


def forecasts() -> None:
    """Score one's own forecasts."""
    scoring = begin("10_the_gamble_scored").score_forecasts()
    assert_type(scoring, ForecastScoring)
    assert_type(scoring.reveal("an outcome"), str | Panel)
    assert_type(scoring.outcomes(), Panel)
    assert_type(scoring.chart(), Figure | Panel)
    assert_type(scoring.calibration(), Explorer | Panel)
    assert_type(scoring.parts(), Figure | Panel)
    assert_type(scoring.scores(), Panel)
    assert_type(scoring.memory(), Panel)


def tables_and_figures() -> None:
    """Go the natural way of the data: a table, a method, a figure, its words."""
    claims = evidence.table("claims")
    assert_type(claims, pd.DataFrame)
    assert_type(evidence.table("timeline", until="2024-12-31"), pd.DataFrame)
    assert_type(evidence.about("claims"), Card)
    assert_type(evidence.sources(), Bibliography)
    assert_type(evidence.cite("cohen-1960-kappa"), Citations)
    assert_type(evidence.registered_keys(), KeysView[str])
    figure = charts.kinds_by_section(claims, caption="Claims of the article")
    assert_type(figure, Figure)
    assert_type(figure.alt, str)
    assert_type(figure.table, pd.DataFrame | None)
    assert_type(figure.words(), Markup)
    assert_type(figure.png(), bytes)
    assert_type(charts.signed_network(evidence.table("relations"), ("isis",)), Figure)
    assert_type(charts.timeline(evidence.table("timeline"), caption=evidence.cite("undp-2025")), Figure)


def methods() -> None:
    """Call methods with what a cell has at hand: lists, columns, tables."""
    assert_type(forecast.brier([1, 0.5], [1, 0]), float)
    assert_type(forecast.brier(pd.Series([1.0, 0.5]), pd.Series([1, 0])), float)
    assert_type(forecast.calibration([0.1, 0.9], [0, 1]), pd.DataFrame)
    assert_type(agreement.cohen_kappa(["a", "b"], ["a", "a"]), agreement.CohenKappa)
    assert_type(agreement.cohen_kappa(["a", "b"], ["a", "a"]).kappa, float)
    assert_type(rates.wilson(3, 10).low, float)
    assert_type(balance.triads(evidence.table("relations")), pd.DataFrame)
    assert_type(balance.frustration([("a", "b", 1), ("b", "c", -1)]).index, int)
    assert_type(balance.remove_actor(balance.flip_tie({("a", "b"): 1}, "a", "b"), "a"), pd.DataFrame)
    assert_type(rates.base_rate(evidence.table("negotiations"), ties="half").successes, float)


def explorers() -> None:
    """Explore a chart of the course, and one of one's own."""
    relations = evidence.table("relations")
    assert_type(explorer.network(relations), Explorer)
    assert_type(explorer.timeline(evidence.table("timeline"), caption="Events"), Explorer)
    assert_type(explorer.lists(evidence.table("designations"), ["hts"]), Explorer)
    assert_type(explorer.positions(relations, outcome=(50, 75)), Explorer)

    def draw(date: float, without: bool) -> Figure:
        rows = relations[relations["date"] == sorted(relations["date"])[int(date)]]
        return charts.signed_network(rows, ("isis",) if without else ())

    controls = [explorer.Slider("date", "Date", 0, 3, 3), explorer.Switch("without", "Without one group")]
    own = explorer.Explorer("Signed ties", controls, draw)
    assert_type(own.figure, Figure | None)


def questions_of_ones_own(path: Path) -> None:
    """Show a file of questions, either import, and read what became of them."""
    assert_type(quiz("questions.json"), Quiz | Panel)
    assert_type(quiz(path, mode="end"), Quiz | Panel)
    assert_type(quiz_function(path, Progress(path.with_suffix(".sqlite"))), Quiz | Panel)
    shown = quiz("questions.toml")
    assert isinstance(shown, Quiz)
    assert_type(shown.questions, list[Question])
    assert_type(shown.fallback(), Markup)
    entry: Entry = shown.answers["01-a"]
    assert_type(entry.attempt, int)


def banks(path: Path) -> None:
    """Read a question bank and grade answers to it, as a teacher's program does."""
    try:
        bank = items.load(path.read_text(encoding="utf-8"), path.name, evidence.registered_keys())
    except ItemError as error:
        assert_type(error.faults, list[str])
        raise
    except CourseError:
        return
    assert_type(bank, items.Bank)
    assert_type(bank.items, list[items.Item])
    for item in bank.items:
        result = items.grade(item, items.valid_answer(item, [0, 1]))
        assert_type(result, items.Result)
        assert_type(result.score, float | None)
        assert_type(result.state, items.State)
        assert_type(items.key_answer(item), items.Answer)
        match item:
            case items.Single() | items.Multiple():
                assert_type(item.option, list[items.Option])
            case items.Grid():
                assert_type(item.row, list[items.GridRow])
            case _:
                pass


def answers(path: Path) -> None:
    """Read what a student has answered, and take it along."""
    store = progress.Progress(path)
    assert_type(store, Progress)
    assert_type(store.record("01-a", "v1", "answer", 1, score=1.0, state="right"), int)
    assert_type(store.answers(), dict[str, Event])
    assert_type(store.events(), list[Event])
    assert_type(store.last_answer("01-a"), Event | None)
    assert_type(store.export(), str)
    assert_type(store.restore(store.export()), int)
