"""What a student remembered of forecasts before the outcomes were open, beside what was lodged."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from markupsafe import Markup

from course_lib import items
from course_lib.charts.tables import table_rows
from course_lib.html import panels
from course_lib.html.panels import Panel
from course_lib.items import Item
from course_lib.markup import say_html
from course_lib.messages import say
from course_lib.student import forecasts
from course_lib.student.progress import Progress
from course_lib.widgets.forecast_scores import list_forecasts

if TYPE_CHECKING:
    import pandas as pd

# Two answers nearer than this, in per cent, count as the same.
_NEAR = 5
# What is lodged and remembered within an hour is no test of memory.
_SITTING_SECONDS = 3600


class _RememberedForecast(msgspec.Struct):
    """A forecast with what happened; the probability is missing where nothing was lodged in time."""

    id: str
    question: str
    probability: float
    outcome: str


class Memory(NamedTuple):
    """One forecast as it was lodged and as it was remembered, both in per cent, and whether it happened."""

    number: str
    question: str
    lodged: float
    remembered: float
    happened: bool

    @property
    def move(self) -> float:
        """How many points memory has moved, above 0 towards what happened."""
        return (self.remembered - self.lodged) * (1 if self.happened else -1)


def compare_memories(
    own: "pd.DataFrame", questions: Iterable[Item], progress: Progress
) -> tuple[list[Memory], list[str]]:
    """Return what a student remembered of forecasts.

    Parameters
    ----------
    own : DataFrame
        The student's forecasts with what happened, as `student.forecasts.forecasts_with_outcomes` returns
        them.
    questions : iterable of Item
        The questions of the course.
    progress : Progress
        Where the answers are.

    Returns
    -------
    tuple of list of Memory and list of str
        What can be compared, and the numbers of forecasts whose memory came too soon or has no match.
    """
    questions = list(questions)
    lodging = {
        forecasts.forecast_number(item): item.id for item in questions if isinstance(item, items.Probability)
    }
    answers = _remembered_answers(questions, progress)
    rows = {row.id: row for row in table_rows(own, _RememberedForecast)}
    memories, skipped = [], []
    for number in _remembering(questions).values():
        if number not in answers:
            continue
        at, remembered = answers[number]
        first = progress.last_answer(lodging[number]) if number in lodging else None
        if remembered is None or first is None or _seconds(first.at, at) < _SITTING_SECONDS:
            skipped.append(number)
            continue
        row = rows[number]
        memories.append(Memory(number, row.question, 100 * row.probability, remembered, row.outcome == "yes"))
    return memories, skipped


def invented_memories(example: "pd.DataFrame", questions: Iterable[Item]) -> list[Memory]:
    """Return memories that have moved half way towards what happened.

    Parameters
    ----------
    example : DataFrame
        The example's forecasts with what happened.
    questions : iterable of Item
        The questions of the course.

    Returns
    -------
    list of Memory
        One for each forecast that the student is asked to remember.
    """
    rows = {row.id: row for row in table_rows(example, _RememberedForecast)}
    memories = []
    for number in _remembering(questions).values():
        row = rows[number]
        happened = row.outcome == "yes"
        memories.append(
            Memory(number, row.question, 100 * row.probability, 50 * (row.probability + happened), happened)
        )
    return memories


def memory_panel(memories: Sequence[Memory], skipped: Sequence[str], invented: bool = False) -> Panel:
    """Return memories beside what was lodged, and which way they had moved.

    Parameters
    ----------
    memories : sequence of Memory
        At least one.
    skipped : sequence of str
        The numbers of forecasts that are not compared.
    invented : bool, default False
        Whether nobody remembered them.

    Returns
    -------
    Panel
        Sentences, then a table.
    """
    ways = [_way(memory.move) for memory in memories]
    body = [
        (
            f"{memory.number} {memory.question}",
            f"{memory.lodged:g} %",
            f"{memory.remembered:g} %",
            say("gamble.memory.yes") if memory.happened else say("gamble.memory.no"),
            say(f"gamble.memory.way.{way}"),
        )
        for memory, way in zip(memories, ways, strict=True)
    ]
    mean = sum(memory.move for memory in memories) / len(memories)
    towards, away = ways.count("towards"), ways.count("away")
    summary = [
        say_html("gamble.memory.moved", n=len(body), towards=towards, away=away),
        _mean_move(mean),
        say_html("gamble.memory.near", n=_NEAR),
    ]
    lines = [say_html("gamble.memory.invented")] if invented else []
    lines.append(Markup(" ").join(summary))
    if skipped:
        lines.append(say_html("gamble.memory.skipped", n=len(skipped), forecasts=list_forecasts(skipped)))
    lines.append(say_html("gamble.memory.one_day"))
    head = (
        say("gamble.memory.head.forecast"),
        say("gamble.memory.head.lodged"),
        say("gamble.memory.head.remembered"),
        say("gamble.memory.head.outcome"),
        say("gamble.memory.head.way"),
    )
    table = panels.table_html(say("gamble.memory.caption"), head, body, content=(0,))
    return Panel(panels.paragraph_panel(lines).markup + table)


def _remembering(questions: Iterable[Item]) -> dict[str, str]:
    """Return the numbers of the forecasts that are to be remembered, by the question that asks for each."""
    return {
        item.id: forecasts.forecast_number(item) for item in questions if item.role == "remembered_forecast"
    }


def _remembered_answers(questions: Iterable[Item], progress: Progress) -> dict[str, tuple[str, float | None]]:
    """Return the last answer on each forecast before the outcomes were open: its moment, and its per cent."""
    opened_at = forecasts.outcomes_opened_at(progress)
    numbers = _remembering(questions)
    answers: dict[str, tuple[str, float | None]] = {}
    for event in progress.events():
        if event.kind == "answer" and event.item in numbers and opened_at and event.at <= opened_at:
            percents = [
                value for value in items.read_number(str(event.answer), "%").values if 0 <= value <= 100
            ]
            answers[numbers[event.item]] = event.at, percents[0] if percents else None
    return answers


def _way(move: float) -> str:
    if abs(move) < _NEAR:
        return "same"
    return "towards" if move > 0 else "away"


def _mean_move(mean: float) -> Markup:
    """Return a sentence on the mean move, above 0 towards what happened; a small one is not called none."""
    if not mean:
        return say_html("gamble.memory.mean.none")
    points = round(abs(mean)) if abs(mean) >= 1 else f"{abs(mean):.1g}"
    if mean > 0:
        return say_html("gamble.memory.mean.towards", n=points)
    return say_html("gamble.memory.mean.away", n=points)


def _seconds(first: str, then: str) -> float:
    return (datetime.fromisoformat(then) - datetime.fromisoformat(first)).total_seconds()
