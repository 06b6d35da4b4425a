"""The forecasts of a student: what was lodged, what can be said of it already, what came of it."""

from course_lib.errors import ItemError
from course_lib.items import Probability, valid_answer
from course_lib.markup import lesson_text
from course_lib.messages import say

_COLUMNS = ["forecast", "resolves", "probability", "lodged", "late"]
# The question of lesson 10 that opens the outcomes, and its options that do: the student's score, an example.
OPENS = "10-open"
OWN, EXAMPLE = 1, 2


def outcomes_opened_at(progress):
    """Return the moment when the student first opened the outcomes (ISO, UTC), or None."""
    return next(
        (
            event.at
            for event in progress.events()
            if event.item == OPENS and event.kind == "answer" and event.answer in (OWN, EXAMPLE)
        ),
        None,
    )


def forecast_table(asked, progress):
    """Return the forecasts among these questions as a DataFrame, a row each.

    Parameters: `asked` questions; `progress` where the answers are.
    Returns: `forecast` the question's number in the table forecasts, `resolves` (ISO day), `probability` from
    0 to 1, missing where nothing was lodged, `lodged` (ISO day), and `late`: lodged only after the outcomes
    had been opened.
    """
    import pandas as pd

    rows, end = [], outcomes_opened_at(progress)
    for item in asked:
        if isinstance(item, Probability):
            event = _lodged(item, progress)
            said = event and event.answer / 100
            day = event and event.at[:10]
            late = bool(event and end and event.at > end)
            rows.append((item.id.split("-", 1)[1], item.resolves.isoformat(), said, day, late))
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"probability": float, "late": bool})


def open_forecasts(asked, progress):
    """Return the forecasts among these questions that are not lodged yet."""
    return [item for item in asked if isinstance(item, Probability) and _lodged(item, progress) is None]


def _lodged(item, progress):
    """Return the event that lodged a forecast, or None; a file brought back may hold what is none."""
    event = progress.checked(item.id)
    try:
        return event if event and valid_answer(item, event.answer) is not None else None
    except ItemError:
        return None


def describe_forecasts(forecasts, at_most):
    """Return what can be said of lodged forecasts before anything is known: sentences as HTML.

    Parameters: `forecasts` as from `table`; `at_most` a dict: a forecast, and the one that it cannot exceed,
    since the first cannot happen without the second.
    """
    said = forecasts.set_index("forecast")["probability"].dropna()
    lines = [say("lodged.count", n=len(forecasts), done=len(said))]
    if not len(said):
        return [*lines, say("lodged.none_yet")]
    mean, low, high = (f"{value:.0%}" for value in (said.mean(), said.min(), said.max()))
    lines.append(say("lodged.spread", mean=mean, low=low, high=high))
    if extreme := [name for name, value in said.items() if value in (0, 1)]:
        lines.append(say("lodged.certain", forecasts=", ".join(map(lesson_text, extreme))))
    for less, more in at_most.items():
        if less in said and more in said and said[less] > said[more]:
            given, needed_given = (f"{said[name]:.0%}" for name in (less, more))
            lines.append(
                say(
                    "lodged.against",
                    forecast=lesson_text(less),
                    needed=lesson_text(more),
                    given=given,
                    needed_given=needed_given,
                )
            )
    return lines


def forecasts_with_outcomes(forecasts, questions, outcomes):
    """Return the forecasts with what happened: a DataFrame as the figures of `charts.scored` take it.

    Parameters: `forecasts` as from `table`; `questions` and `outcomes` the tables forecasts and
    forecast_outcomes.
    Returns: the questions with `outcome` (yes, no, unresolved), its `evidence` and `source_keys`, and with
    `probability`, `lodged` and `late`. What was lodged late is no forecast, so its `probability` is missing.
    """
    happened = outcomes.rename(columns={"forecast": "id"}).drop(columns="resolved")
    said = forecasts.rename(columns={"forecast": "id"}).drop(columns="resolves")
    said["probability"] = said["probability"].mask(said["late"])
    return questions.merge(happened, on="id", validate="one_to_one").merge(
        said, on="id", validate="one_to_one"
    )
