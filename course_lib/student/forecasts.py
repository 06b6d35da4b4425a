"""The forecasts of a student: what was lodged, what can be said of it already, what came of it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from course_lib.curriculum import course
from course_lib.errors import ItemError
from course_lib.items import Item, Probability, ProbabilityResponse, Single, read_response
from course_lib.items.types import OptionRole
from course_lib.markup import lesson_text, say_html
from course_lib.student.events import Event
from course_lib.student.progress import Progress

if TYPE_CHECKING:
    # Slow to import, and most of what is asked of forecasts does without.
    import pandas as pd

_COLUMNS = ["forecast", "resolves", "probability", "lodged", "late"]
_OPENING: tuple[OptionRole, ...] = ("own_forecasts", "invented_example")


def outcomes_question() -> Single | None:
    """Return the question that opens the outcomes, by its role.

    Returns
    -------
    Single or None
        None where no lesson of the course asks it.
    """
    item = course.item_with_role("opens_outcomes")
    return item if isinstance(item, Single) else None


def opening_role(answer: object) -> OptionRole:
    """Return how an answer to `outcomes_question` opens the outcomes.

    Parameters
    ----------
    answer : object
        The answer as it is kept: the place of an option.

    Returns
    -------
    OptionRole
        ``own_forecasts`` or ``invented_example``; empty where it leaves them closed.
    """
    item = outcomes_question()
    if item is None or not isinstance(answer, int) or answer not in range(len(item.option)):
        return ""
    role = item.option[answer].role
    return role if role in _OPENING else ""


def outcomes_opened_at(progress: Progress) -> str | None:
    """Return the moment when the student first opened the outcomes.

    Parameters
    ----------
    progress : Progress
        Where the answers are.

    Returns
    -------
    str or None
        ISO, UTC; None while they are closed.
    """
    item = outcomes_question()
    if item is None:
        return None
    for event in progress.events():
        if event.item == item.id and event.kind == "answer" and opening_role(event.answer):
            return event.at
    return None


def forecast_table(questions: Iterable[Item], progress: Progress) -> "pd.DataFrame":
    """Return the forecasts among these questions, a row each.

    Parameters
    ----------
    questions : iterable of Item
        Questions.
    progress : Progress
        Where the answers are.

    Returns
    -------
    DataFrame
        ``forecast`` the question's number in the table forecasts, ``resolves`` (ISO day), ``probability``
        from 0 to 1, missing where nothing was lodged, ``lodged`` (ISO day), and ``late``: lodged only after
        the outcomes had been opened.
    """
    import pandas as pd

    rows, opened_at = [], outcomes_opened_at(progress)
    for item in questions:
        if not isinstance(item, Probability):
            continue
        probability, lodged, late = None, None, False
        if answer := _lodged_answer(item, progress):
            event, percent = answer
            probability, lodged = percent / 100, event.at[:10]
            late = bool(opened_at and event.at > opened_at)
        rows.append((forecast_number(item), item.resolves.isoformat(), probability, lodged, late))
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"probability": float, "late": bool})


def forecast_number(item: Item) -> str:
    """Return the number that a forecast, or a question about one, has in the table forecasts.

    Parameters
    ----------
    item : Item
        A question whose id ends in it.

    Returns
    -------
    str
        Such as F01.
    """
    return item.id.rsplit("-", 1)[1]


def open_forecasts(questions: Iterable[Item], progress: Progress) -> list[Item]:
    """Return the forecasts among these questions that are not lodged yet.

    Parameters
    ----------
    questions : iterable of Item
        Questions.
    progress : Progress
        Where the answers are.

    Returns
    -------
    list of Item
        In the same order.
    """
    return [
        item for item in questions if isinstance(item, Probability) and _lodged_answer(item, progress) is None
    ]


def _lodged_answer(item: Probability, progress: Progress) -> tuple[Event, float] | None:
    """Return the event that lodged a forecast and its percent; a file brought back may hold what is none."""
    event = progress.last_answer(item.id)
    if event is None:
        return None
    try:
        response = read_response(item, event.answer)
    except ItemError:
        return None
    return (event, response.answer) if isinstance(response, ProbabilityResponse) else None


def describe_forecasts(forecasts: "pd.DataFrame", at_most: Mapping[str, str]) -> list[Markup]:
    """Return what can be said of lodged forecasts before anything is known.

    Parameters
    ----------
    forecasts : DataFrame
        As from `forecast_table`.
    at_most : Mapping of str to str
        From a forecast to one that it cannot exceed, since the first cannot happen without the second.

    Returns
    -------
    list of Markup
        Sentences as HTML.
    """
    lodged = forecasts.set_index("forecast")["probability"].dropna()
    lines = [say_html("lodged.count", n=len(forecasts), done=len(lodged))]
    if not len(lodged):
        return [*lines, say_html("lodged.none_yet")]
    mean, low, high = (f"{value:.0%}" for value in (lodged.mean(), lodged.min(), lodged.max()))
    lines.append(say_html("lodged.spread", mean=mean, low=low, high=high))
    if extreme := [str(name) for name, value in lodged.items() if value in (0, 1)]:
        lines.append(say_html("lodged.certain", forecasts=Markup(", ").join(map(lesson_text, extreme))))
    for less, more in at_most.items():
        if less in lodged and more in lodged and lodged[less] > lodged[more]:
            lines.append(
                say_html(
                    "lodged.against",
                    forecast=lesson_text(less),
                    needed=lesson_text(more),
                    given=f"{lodged[less]:.0%}",
                    needed_given=f"{lodged[more]:.0%}",
                )
            )
    return lines


def forecasts_with_outcomes(
    forecasts: "pd.DataFrame", questions: "pd.DataFrame", outcomes: "pd.DataFrame"
) -> "pd.DataFrame":
    """Return the forecasts with what happened, as the figures of `charts.scored` take it.

    Parameters
    ----------
    forecasts : DataFrame
        As from `forecast_table`.
    questions, outcomes : DataFrame
        The tables forecasts and forecast_outcomes.

    Returns
    -------
    DataFrame
        The questions with ``outcome`` (yes, no, unresolved), its ``evidence`` and ``source_keys``, and with
        ``probability``, ``lodged`` and ``late``. What was lodged late is no forecast, so its
        ``probability`` is missing.
    """
    happened = outcomes.rename(columns={"forecast": "id"}).drop(columns="resolved")
    lodged = forecasts.rename(columns={"forecast": "id"}).drop(columns="resolves")
    lodged["probability"] = lodged["probability"].mask(lodged["late"])
    return questions.merge(happened, on="id", validate="one_to_one").merge(
        lodged, on="id", validate="one_to_one"
    )
