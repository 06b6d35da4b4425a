"""The student's forecasts against what happened, shown only once the student has opened the outcomes.

Running all cells opens nothing: a question has to be answered first. Whoever has lodged too few forecasts
for a figure sees an invented example in it, and is told so.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

import msgspec
from markupsafe import Markup

from course_lib import charts, evidence
from course_lib.charts.figure import Caption, Figure
from course_lib.charts.tables import table_rows
from course_lib.dates import long_date
from course_lib.html import panels
from course_lib.html.panels import Panel
from course_lib.items import Item, OptionRole, Role
from course_lib.markup import lesson_html, lesson_text, say_html
from course_lib.messages import say
from course_lib.student import forecasts
from course_lib.student.progress import Progress
from course_lib.widgets import explorers, forecast_knowledge, forecast_memory, forecast_scores
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.forecast_scores import ENOUGH, resolved_forecasts

if TYPE_CHECKING:
    import pandas as pd

Content = TypeVar("Content")
_OUTCOMES = ("yes", "no", "unresolved")


class _ScoredForecast(msgspec.Struct):
    """A forecast with what happened; the probability is missing where nothing was lodged in time."""

    id: str
    question: str
    resolves: "pd.Timestamp"
    probability: float
    late: bool
    outcome: str
    evidence: str
    note: object
    source_keys: tuple[str, ...]


class ForecastScoring:
    """Forecasts, outcomes and scores of one student; every call reads the answers anew.

    While the outcomes are closed, whatever is asked for is a sentence that says how to open them.

    Parameters
    ----------
    questions : iterable of Item
        The questions of the course.
    progress : Progress
        Where the answers are.
    """

    def __init__(self, questions: Iterable[Item], progress: Progress) -> None:
        self._questions = list(questions)
        self._progress = progress

    def reveal(self, content: Content) -> Content | Panel:
        """Return what is to be shown, or a sentence while the outcomes are closed.

        Parameters
        ----------
        content : object
            Anything.

        Returns
        -------
        object
            The same, or a panel.
        """
        return self._closed_panel() or content

    def outcomes(self) -> Panel:
        """Return each forecast with what happened, the evidence and its sources.

        Returns
        -------
        Panel
            In groups to fold out.
        """
        if closed := self._closed_panel():
            return closed
        rows = self._own()
        late = int(rows["late"].sum())
        resolved = int(rows["outcome"].isin(["yes", "no"]).sum())
        lines = [say_html("gamble.outcomes.lodged", n=len(resolved_forecasts(rows)), resolved=resolved)]
        if late:
            lines.append(say_html("gamble.outcomes.late", n=late))
        groups = Markup("").join(
            _group(say(f"gamble.outcomes.group.{name}"), rows[rows["outcome"] == name]) for name in _OUTCOMES
        )
        return Panel(panels.paragraph_panel(lines).markup + groups)

    def chart(self) -> Figure | Panel:
        """Return forecasts and outcomes as a picture.

        Returns
        -------
        Figure or Panel
            Of the student's forecasts where there are enough, otherwise of the example.
        """
        if closed := self._closed_panel():
            return closed
        rows, caption = self._rows_and_caption()
        return charts.forecasts_scored(rows.assign(question=rows["id"] + " " + rows["question"]), caption)

    def calibration(self) -> Explorer | Panel:
        """Return the calibration with its bins to be changed.

        Returns
        -------
        Explorer or Panel
            Of the student's forecasts where there are enough, otherwise of the example.
        """
        if closed := self._closed_panel():
            return closed
        rows, caption = self._rows_and_caption()
        return explorers.calibration(rows, caption)

    def parts(self) -> Figure | Panel:
        """Return what the Brier score is made of.

        Returns
        -------
        Figure or Panel
            Of the student's forecasts where there are enough, otherwise of the example.
        """
        if closed := self._closed_panel():
            return closed
        rows, caption = self._rows_and_caption()
        return charts.brier_parts(rows, caption=caption)

    def scores(self) -> Panel:
        """Return the scores beside those of a coin, of the base rate and of the example.

        Returns
        -------
        Panel
            A table, and what has to be said of it.
        """
        if closed := self._closed_panel():
            return closed
        own, example = resolved_forecasts(self._own()), resolved_forecasts(self._example())
        lines = forecast_scores.describe_rivals(own if len(own) else example)
        if len(own):
            lines += forecast_scores.describe_scores(own, self._numbers("empty_search_forecast"))
            lines += forecast_knowledge.describe_knowledge(own["id"], self._questions, self._progress)
        else:
            lines.append(say_html("gamble.scores.none", rule=say("gamble.rule")))
        table = forecast_scores.forecast_score_table(own, example)
        return Panel(table + panels.paragraph_panel(lines).markup)

    def memory(self) -> Panel:
        """Return what the student remembered beside what was lodged, and which way it had moved.

        Returns
        -------
        Panel
            Sentences and a table; of an invented memory where there is nothing of the student's to compare.
        """
        if closed := self._closed_panel():
            return closed
        memories, skipped = forecast_memory.compare_memories(self._own(), self._questions, self._progress)
        if memories:
            return forecast_memory.memory_panel(memories, skipped)
        invented = forecast_memory.invented_memories(self._example(), self._questions)
        return forecast_memory.memory_panel(invented, skipped, invented=True)

    def _closed_panel(self) -> Panel | None:
        return None if self._opening() else panels.paragraph_panel([say_html("gamble.closed")])

    def _opening(self) -> OptionRole:
        """Return how the outcomes are opened, as the newest answer has it; nothing while they are closed."""
        question = forecasts.outcomes_question()
        event = self._progress.last_answer(question.id) if question else None
        return forecasts.opening_role(event.answer) if event else ""

    def _numbers(self, role: Role) -> list[str]:
        """Return the numbers of the forecasts with a role."""
        return [forecasts.forecast_number(item) for item in self._questions if item.role == role]

    def _own(self) -> "pd.DataFrame":
        questions, outcomes = (evidence.table(name) for name in ("forecasts", "forecast_outcomes"))
        lodged = forecasts.forecast_table(self._questions, self._progress)
        return forecasts.forecasts_with_outcomes(lodged, questions, outcomes)

    def _example(self) -> "pd.DataFrame":
        rows, stays = self._own(), self._numbers("status_quo_forecast")
        return rows.assign(
            probability=[
                _example_probability(row, row.id in stays) for row in table_rows(rows, _ScoredForecast)
            ]
        )

    def _rows_and_caption(self) -> "tuple[pd.DataFrame, Caption]":
        """Return the forecasts that a figure shows, and what is said under it."""
        own = self._own()
        count = len(resolved_forecasts(own))
        if self._opening() == "own_forecasts" and count >= ENOUGH:
            return own, Caption(say("gamble.own", n=count))
        return self._example(), Caption(say("gamble.example", rule=say("gamble.rule")))


def _example_probability(row: _ScoredForecast, stays: bool) -> float:
    """Return what the example says to a forecast, which may ask whether something stays as it was."""
    if stays:
        return 0.75
    day = f"{row.resolves:%Y-%m-%d}"
    return 0.1 if day <= "2025-06-30" else 0.25 if day <= "2025-12-31" else 0.4


def _group(title: str, rows: "pd.DataFrame") -> Markup:
    """Return the forecasts with one outcome, folded away until opened."""
    return Markup(
        '<details><summary data-lm-suppress-shortcuts="true"><b>{}</b> ({})</summary><ul>{}</ul></details>'
    ).format(title, len(rows), Markup("").join(map(_entry, table_rows(rows, _ScoredForecast))))


def _entry(row: _ScoredForecast) -> Markup:
    note = Markup(" <i>{}</i>").format(row.note) if isinstance(row.note, str) else Markup("")
    until = say_html(
        "gamble.outcomes.until",
        day=long_date(f"{row.resolves:%Y-%m-%d}"),
        sources=evidence.cite(*row.source_keys).html(),
    )
    return Markup("<li><b>{}</b> {}<br>{}<br>{}</li>").format(
        lesson_text(f"{row.id} {row.question}"),
        _forecast_html(row),
        lesson_html(Markup("{}{}").format(row.evidence, note)),
        until,
    )


def _forecast_html(row: _ScoredForecast) -> Markup:
    """Return what the student lodged, with its score where it can be scored."""
    if row.late:
        return say_html("gamble.outcomes.too_late")
    # A missing number is unlike itself.
    if row.probability != row.probability:
        return say_html("gamble.outcomes.none")
    percent = f"{100 * row.probability:g}"
    if row.outcome not in ("yes", "no"):
        return say_html("gamble.outcomes.said", percent=percent)
    brier = f"{(row.probability - (row.outcome == 'yes')) ** 2:.2f}"
    return say_html("gamble.outcomes.said_and_scored", percent=percent, brier=brier)
