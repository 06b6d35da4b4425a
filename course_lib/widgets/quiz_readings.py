"""What was read of a number that is typed, for the page: a sentence, and a choice where it can be two."""

from course_lib import items
from course_lib.html.feedback import message_text
from course_lib.items import BlankResponse, Item, MessageRef, Response
from course_lib.messages import say
from course_lib.widgets.page_types import ReadingChoice, ShownReading

_QUOTED = 40


def shown_reading(item: Item, answer: items.Answer) -> ShownReading | None:
    """Return what is shown beside the field of a question.

    Parameters
    ----------
    item : Item
        The question.
    answer : Answer
        What stands in its form: for a forecast a text, or a number whose reading was seen.

    Returns
    -------
    ShownReading or None
        None where no number is asked, or nothing was typed or read.
    """
    match item, answer:
        case items.Probability(), str():
            return _forecast_reading(answer)
        case items.Probability(), int() | float():
            return ShownReading(_lodged_as(answer), value=answer)
        case items.Number(), str():
            return _number_reading(item, answer)
        case _:
            return None


def read_typed_forecast(item: items.Probability, text: str) -> Response | BlankResponse:
    """Return the answer that a typed forecast is.

    Parameters
    ----------
    item : Probability
        The question.
    text : str
        What was typed.

    Returns
    -------
    Response or BlankResponse
        Blank where it is no number yet, or can be two.
    """
    values = items.read_percent(text[: items.LONGEST_ANSWER]).values
    return items.read_response(item, values[0] if len(values) == 1 else None)


def unseen_problem(reading: ShownReading | None, mode: str) -> str:
    """Return why a typed forecast is not lodged at once.

    Parameters
    ----------
    reading : ShownReading or None
        What was read of it.
    mode : str
        That of the quiz; its button is named.

    Returns
    -------
    str
        Plain text; empty where nothing was typed.
    """
    if reading is None:
        return ""
    act = say("page.quiz.lodge") if mode == "practice" else say(f"page.quiz.all.{mode}")
    if reading.choices:
        return say("quiz.reading.choose", act=act)
    return reading.says if reading.value is None else say("quiz.reading.look", act=act)


def _forecast_reading(text: str) -> ShownReading | None:
    if not text.strip():
        return None
    values, outside = items.read_percent(text[: items.LONGEST_ANSWER])
    if len(values) == 1:
        return ShownReading(_lodged_as(values[0]), text, values[0])
    typed = text.strip()[:_QUOTED]
    if values:
        return ShownReading(_share_question(text), text, choices=_percent_choices(values))
    if outside:
        return ShownReading(
            message_text(MessageRef("grading.outside", {"typed": typed, "low": 0, "high": 100})), text
        )
    return ShownReading(message_text(MessageRef("grading.no_number", {"typed": typed})), text)


def _number_reading(item: items.Number, text: str) -> ShownReading | None:
    number = items.read_number(text, item.unit)
    if not number.readings:
        return None
    if not item.graded and items.asks_per_cent(item.unit):
        values = items.read_percent(text).values
        if len(values) > 1:
            choices = [ReadingChoice(choice.label, choice.label) for choice in _percent_choices(values)]
            return ShownReading(_share_question(text), text, choices=choices)
    if len(number.readings) > 1:
        names = [items.plain_number(value) for value in number.values]
        choices = [ReadingChoice(name, name) for name in names]
        return ShownReading(say("quiz.reading.either"), text, choices=choices)
    # A third has no end.
    name = items.plain_number(round(number.values[0], 6))
    if number.per_cent:
        return ShownReading(say("quiz.reading.per_cent", number=name), text)
    return ShownReading(say("quiz.reading.number", number=name), text)


def _percent_choices(values: tuple[float, ...]) -> list[ReadingChoice]:
    return [
        ReadingChoice(items.plain_number(value), say("quiz.reading.choice", percent=_short(value)), value)
        for value in values
    ]


def _lodged_as(percent: float) -> str:
    return say("quiz.reading.percent", percent=_short(percent))


def _short(percent: float) -> str:
    return f"{percent:.12g}"


def _share_question(text: str) -> str:
    return message_text(MessageRef("quiz.reading.share", {"typed": text.strip()[:_QUOTED]}))
