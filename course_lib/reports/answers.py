"""How an answer is told to somebody who reads it: what was chosen or typed, and what became of it, in words.

A key is told beside what was checked against it, row by row, and never for what was left open.
"""

import re
from typing import NamedTuple

from course_lib import items
from course_lib.dates import long_date
from course_lib.items import Item, Response
from course_lib.messages import isolate, say
from course_lib.reports.blocks import HERE, CourseText, Lines, StudentText, Words, insert_part
from course_lib.student.records import QuestionRecord

_OPEN = "–"
# Units that are the same for one and for many.
_SAME = ("per ", "%", "(")
# What is read as a number other than one.
_MANY = re.compile(r"(?!1(?:[.,]0*)?$)[-+−]?[0-9][0-9.,\s]*")


def question_text(item: Item) -> list[Words]:
    """Return the first paragraph of a question, and the last one where the question is asked only there.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    list of Words
        One line.
    """
    first, _, rest = item.stem.strip().partition("\n\n")
    last = rest.rpartition("\n\n")[2]
    return [CourseText(f"{first} {last}" if last.endswith("?") else first)]


def row_name(row: items.GridRow | items.MatrixRow) -> list[Words]:
    """Return what a row of a grid or matrix is about.

    Parameters
    ----------
    row : GridRow or MatrixRow
        The row.

    Returns
    -------
    list of Words
        Its reference, where it has one, and its text.
    """
    return [f"{isolate(row.ref)} " if row.ref else "", CourseText(row.text)]


def choice_name(
    item: items.Grid | items.Matrix | items.Match, place: int | None, key: str | None = None
) -> str:
    """Return the choice that was made in a cell, with the key in brackets where that is another.

    Parameters
    ----------
    item : Grid, Matrix or Match
        The question.
    place : int or None
        The place of the choice, or None where the cell was left open.
    key : str, optional
        The right choice, where it may be told.

    Returns
    -------
    str
        A dash where the cell was left open, which keeps its key to itself.
    """
    if place is None:
        return _OPEN
    choice = item.choices[place]
    return f"{isolate(choice)} [{isolate(key)}]" if key and key != choice else isolate(choice)


def ordered_steps(response: items.OrderResponse) -> Lines:
    """Return things in the order in which they were put.

    Parameters
    ----------
    response : OrderResponse
        The question with the answer.

    Returns
    -------
    Lines
        One line each.
    """
    item = response.item
    steps = [item.step[item.shuffled[place]] for place in response.answer]
    return Lines([[CourseText(step.text)] for step in steps], ordered=True)


def answer_in_words(record: QuestionRecord) -> Words:
    """Return a short answer in words: what was checked, and what was chosen later.

    Parameters
    ----------
    record : QuestionRecord
        What became of the question.

    Returns
    -------
    Words
        For a cell of a table.
    """
    if record.response is None:
        if record.draft is None:
            return say("portfolio.checks.not_yet")
        return _in_words(record.draft)
    checked = _in_words(record.response)
    if record.draft is None:
        return checked
    later = insert_part(say("portfolio.checks.later", answer=HERE), _in_words(record.draft))
    return Lines([checked, later], kind="plain")


def _in_words(response: Response) -> Words:
    match response:
        case items.SingleResponse(item, answer):
            return [CourseText(item.option[answer].text)]
        case items.MultipleResponse(item, answer):
            options: list[Words] = [[CourseText(item.option[at].text)] for at in answer]
            return options[0] if len(options) == 1 else Lines(options)
        case items.ProbabilityResponse(_, answer):
            return say("portfolio.per_cent", percent=f"{answer:g}")
        case items.OrderResponse():
            return ordered_steps(response)
        case items.MatrixResponse(item, answer):
            rows = [", ".join(choice_name(item, place) for place in cells) for cells in answer]
            return _beside_names([row.text for row in item.row], rows)
        case items.GridResponse(item, answer):
            rows = [choice_name(item, place) for place in answer]
            return _beside_names([row.text for row in item.row], rows)
        case items.MatchResponse(item, answer):
            rows = [choice_name(item, place) for place in answer]
            return _beside_names([pair.text for pair in item.pair], rows)
        case items.NumberResponse(item, answer):
            return _with_unit(answer, item.unit)
        case items.WordResponse(_, answer) | items.TextResponse(_, answer):
            return [StudentText(answer)]


def _beside_names(names: list[str], choices: list[str]) -> Lines:
    return Lines([[CourseText(name), ": ", choice] for name, choice in zip(names, choices, strict=True)])


def _with_unit(typed: str, unit: str) -> list[Words]:
    number = items.read_number(typed)
    # Whoever typed the unit along has said it.
    told = (number.per_cent and items.asks_per_cent(unit)) or (
        not number.readings and items.read_number(typed, unit).readings
    )
    if not unit or told:
        return [StudentText(typed)]
    # Units are worded for many; beside a one, or beside no number, they only say what was asked for.
    if not unit.startswith(_SAME) and not _MANY.fullmatch(typed.strip()):
        return insert_part(say("portfolio.unit", number=HERE, unit=isolate(unit)), StudentText(typed))
    return [StudentText(typed), f" {isolate(unit)}"]


def result_in_words(record: QuestionRecord) -> str:
    """Return what became of an answer, in a few words.

    Parameters
    ----------
    record : QuestionRecord
        What became of the question.

    Returns
    -------
    str
        Parts separated by semicolons.
    """
    if not record.answered:
        return say("portfolio.result.open") if record.draft is None else say("portfolio.result.chosen")
    parts = [_state_in_words(record)]
    if (
        record.is_keyed
        and record.state != "right"
        and isinstance(record.response, items.GridResponse | items.MatrixResponse | items.MatchResponse)
    ):
        score = items.grade_response(record.response).score
        parts.append(say("portfolio.result.agrees", share=f"{score:.0%}"))
    if record.hints:
        parts.append(say("portfolio.result.hints", n=record.hints))
    if record.shown:
        parts.append(say("portfolio.result.shown"))
    if record.sure is not None:
        parts.append(say(f"portfolio.result.sure.{record.sure}"))
    if record.changed:
        changed = say("portfolio.result.changed")
        parts.append(changed if record.has_key else say("portfolio.result.changed_own"))
    return "; ".join(parts)


def _state_in_words(record: QuestionRecord) -> str:
    n, first = record.attempts, record.first == "right"
    match record.state:
        case "kept":
            return say("portfolio.result.kept")
        case "right" if n == 1:
            return say("portfolio.result.right")
        case "right":
            return (
                say("portfolio.result.right_twice", n=n) if first else say("portfolio.result.right_last", n=n)
            )
        case _ if n == 1:
            return say("portfolio.result.not_right")
        case _ if first:
            return say("portfolio.result.right_first", n=n)
        case _:
            return say("portfolio.result.not_right_last", n=n)


class LodgedForecast(NamedTuple):
    """A forecast that was lodged: its record, its question, and the percent said at last and at first."""

    record: QuestionRecord
    item: items.Probability
    percent: float
    first_percent: float


def read_forecast(record: QuestionRecord) -> LodgedForecast | None:
    """Return a forecast with its numbers.

    Parameters
    ----------
    record : QuestionRecord
        What became of a question.

    Returns
    -------
    LodgedForecast or None
        None where the question asks for no forecast, or none was lodged.
    """
    first, newest = record.first_response, record.response
    if isinstance(first, items.ProbabilityResponse) and isinstance(newest, items.ProbabilityResponse):
        return LodgedForecast(record, newest.item, newest.answer, first.answer)
    return None


def forecast_lines(forecast: LodgedForecast) -> Lines:
    """Return what was lodged as a forecast, and when.

    Parameters
    ----------
    forecast : LodgedForecast
        As from `read_forecast`.

    Returns
    -------
    Lines
        For a cell of a table.
    """
    record = forecast.record
    lines = [say("portfolio.per_cent", percent=f"{forecast.percent:g}")]
    if record.day:
        lines.append(say("portfolio.lodged.on", day=long_date(record.day)))
    else:
        lines.append(say("portfolio.lodged.some_day"))
    first = f"{forecast.first_percent:g}"
    if record.attempts == 2:
        lines.append(say("portfolio.lodged.twice", first=first))
    elif record.attempts > 2:
        lines.append(say("portfolio.lodged.often", n=record.attempts, first=first))
    if record.changed:
        lines.append(say("portfolio.lodged.reworded"))
    return Lines(lines, kind="plain")


def open_forecast(record: QuestionRecord, question: str) -> str:
    """Return a forecast that was not lodged, and what it was set to, if anything.

    Parameters
    ----------
    record : QuestionRecord
        Of a forecast that was not lodged.
    question : str
        Its words.

    Returns
    -------
    str
        A line of a list.
    """
    if not isinstance(record.draft, items.ProbabilityResponse):
        return question
    return say("portfolio.lodged.only_set", question=question, percent=f"{record.draft.answer:g}")
