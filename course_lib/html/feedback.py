"""The words of feedback: what grading has to say of an answer, as the interface says it."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from course_lib.dates import long_date
from course_lib.errors import AnswerError
from course_lib.items import MessageRef
from course_lib.markup import say_html
from course_lib.messages import isolate, say


def message_html(message: MessageRef) -> Markup:
    """Return a message that grading refers to as HTML.

    Parameters
    ----------
    message : MessageRef
        Its key, and the values for its places; texts among them are escaped.

    Returns
    -------
    Markup
        The message.

    Examples
    --------
    >>> message_html(MessageRef("grading.cells_agree", {"right": 1, "n": 2}))
    Markup('1 of 2 cells agree with the key.')
    """
    return say_html(message.key, **_values_in_words(message.values))


def message_text(message: MessageRef) -> str:
    """Return a message that grading refers to as plain text.

    Parameters
    ----------
    message : MessageRef
        Its key, and the values for its places.

    Returns
    -------
    str
        The message.

    Examples
    --------
    >>> message_text(MessageRef("grading.cells_agree", {"right": 1, "n": 2}))
    '1 of 2 cells agree with the key.'
    """
    return say(message.key, **_values_in_words(message.values))


def error_text(error: Exception) -> str:
    """Return what an error says, in the words of the interface where it leaves these to whoever shows it.

    Parameters
    ----------
    error : Exception
        One that the course raised.

    Returns
    -------
    str
        One sentence or more, as plain text.

    Examples
    --------
    >>> error_text(AnswerError("grading.no_answer", {"given": "9", "item": "01-a", "type": "single"}))
    "9 is no answer to item '01-a' of type single. Run the cell again."
    """
    return say(error.key, **_values_in_words(error.values)) if isinstance(error, AnswerError) else str(error)


def _values_in_words(values: Mapping[str, object]) -> dict[str, object]:
    """Return values as messages have them: numbers short, days in words, other people's texts set apart."""
    return {name: _value_in_words(value) for name, value in values.items()}


def _value_in_words(value: object) -> object:
    match value:
        case float():
            return f"{value:g}"
        case str():
            return isolate(value)
        case date():
            return long_date(value)
        case _:
            return value
