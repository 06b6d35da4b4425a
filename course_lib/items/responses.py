"""An answer together with its question, checked where it comes in: each type of question has its own kind.

Whoever matches over `Response` has a question and an answer whose types belong together.
"""

from typing import TypeGuard, get_args, get_type_hints

import msgspec

from course_lib.errors import AnswerError
from course_lib.items.types import (
    LONGEST_ANSWER,
    TYPES,
    Answer,
    Grid,
    Item,
    Match,
    Matrix,
    Multiple,
    Number,
    Order,
    Probability,
    Single,
    Text,
    Word,
)


class SingleResponse(msgspec.Struct, frozen=True):
    """The place of the option that was chosen."""

    item: Single
    answer: int


class MultipleResponse(msgspec.Struct, frozen=True):
    """The places of the options that were ticked, in order, each once."""

    item: Multiple
    answer: list[int]


class NumberResponse(msgspec.Struct, frozen=True):
    """What was typed, of which a number is still to be read."""

    item: Number
    answer: str


class WordResponse(msgspec.Struct, frozen=True):
    """What was typed."""

    item: Word
    answer: str


class GridResponse(msgspec.Struct, frozen=True):
    """For each row the place of the choice, or None where it was left open."""

    item: Grid
    answer: list[int | None]


class MatrixResponse(msgspec.Struct, frozen=True):
    """For each column of each row the place of the choice, or None where it was left open."""

    item: Matrix
    answer: list[list[int | None]]


class MatchResponse(msgspec.Struct, frozen=True):
    """For each thing the place of the choice, or None where it was left open."""

    item: Match
    answer: list[int | None]


class OrderResponse(msgspec.Struct, frozen=True):
    """All places as first shown, in the order chosen."""

    item: Order
    answer: list[int]


class ProbabilityResponse(msgspec.Struct, frozen=True):
    """A probability in per cent, 0 to 100."""

    item: Probability
    answer: float


class TextResponse(msgspec.Struct, frozen=True):
    """What was written."""

    item: Text
    answer: str


class BlankResponse(msgspec.Struct, frozen=True):
    """Nothing chosen, where a question has no other form for that than None."""

    item: Single | Order | Probability
    answer: None = None


Response = (
    SingleResponse
    | MultipleResponse
    | NumberResponse
    | WordResponse
    | GridResponse
    | MatrixResponse
    | MatchResponse
    | OrderResponse
    | ProbabilityResponse
    | TextResponse
)


def read_response(item: Item, raw: object) -> Response | BlankResponse:
    """Return an answer in its normal form together with its question.

    Parameters
    ----------
    item : Item
        The question.
    raw : object
        What a page or a file holds as an answer to it.

    Returns
    -------
    Response or BlankResponse
        Of the class that belongs to the type of question; blank where that has None for an answer and
        nothing was chosen.

    Raises
    ------
    AnswerError
        Where it cannot be an answer to this question.

    Examples
    --------
    >>> from course_lib.items import Number, Option, Single
    >>> number = Number(id="a", type="number", check="c", objective=1, stem="?", answer=12.50)
    >>> read_response(number, " 12.5 ").answer
    '12.5'
    >>> option = [Option("yes", "Right.", True), Option("no", "Wrong.")]
    >>> question = Single(id="b", type="single", check="c", objective=1, stem="?", option=option)
    >>> type(read_response(question, 1)).__name__, type(read_response(question, None)).__name__
    ('SingleResponse', 'BlankResponse')
    """
    match item:
        case Single():
            if raw is None:
                return BlankResponse(item)
            if _is_place(raw, len(item.option)):
                return SingleResponse(item, raw)
        case Multiple():
            if _are_places(raw, len(item.option)):
                return MultipleResponse(item, sorted(set(raw)))
            # What was chosen where the question had a single answer once.
            if _is_place(raw, len(item.option)):
                return MultipleResponse(item, [raw])
        case Number():
            if isinstance(raw, str) and len(raw) <= LONGEST_ANSWER:
                return NumberResponse(item, raw.strip())
        case Word():
            if isinstance(raw, str) and len(raw) <= LONGEST_ANSWER:
                return WordResponse(item, raw.strip())
        case Text():
            if isinstance(raw, str):
                if len(raw) <= LONGEST_ANSWER:
                    return TextResponse(item, raw)
                raise AnswerError("grading.too_long", {"n": len(raw), "most": LONGEST_ANSWER})
        case Grid():
            if _is_row(raw, len(item.row), len(item.choices)):
                return GridResponse(item, raw)
        case Match():
            if _is_row(raw, len(item.pair), len(item.choices)):
                return MatchResponse(item, raw)
        case Matrix():
            if _are_rows(raw, len(item.row), len(item.columns), len(item.choices)):
                return MatrixResponse(item, raw)
        case Order():
            if raw is None:
                return BlankResponse(item)
            if _are_places(raw, len(item.step)) and sorted(raw) == list(range(len(item.step))):
                return OrderResponse(item, raw)
        case Probability():
            if raw is None:
                return BlankResponse(item)
            if _is_percent(raw):
                return ProbabilityResponse(item, raw)
    shown = repr(raw) if len(repr(raw)) <= 80 else repr(raw)[:80] + "…"
    raise AnswerError("grading.no_answer", {"given": shown, "item": item.id, "type": item.type})


def valid_answer(item: Item, raw: object) -> Answer:
    """Return an answer in its normal form.

    single: the option's place from 0, or None. multiple: places in order. number, word, text: what was typed.
    grid and match: for each row the choice's place, or None. matrix: the same for each column of each row.
    order: all places as first shown, in the order chosen, or None. probability: percent, 0 to 100, or None.

    Parameters
    ----------
    item : Item
        The question.
    raw : object
        What a page or a file holds as an answer to it.

    Returns
    -------
    Answer
        The answer in its normal form.

    Raises
    ------
    AnswerError
        Where it cannot be an answer to this question.

    Examples
    --------
    >>> from course_lib.items import Option, Multiple
    >>> option = [Option("yes", "Right.", True), Option("no", "Wrong.")]
    >>> question = Multiple(id="a", type="multiple", check="c", objective=1, stem="?", option=option)
    >>> valid_answer(question, [1, 0, 1])
    [0, 1]
    """
    return read_response(item, raw).answer


def answer_types() -> dict[str, object]:
    """Return what an answer in its normal form is, by type of question.

    Returns
    -------
    dict of str to object
        Types as annotations have them.

    Examples
    --------
    >>> answer_types()["multiple"]
    list[int]
    """
    names = {kind: name for name, kind in TYPES.items()}
    blank = get_args(get_type_hints(BlankResponse)["item"])
    hints = [get_type_hints(kind) for kind in get_args(Response)]
    return {
        names[hint["item"]]: hint["answer"] | None if hint["item"] in blank else hint["answer"]
        for hint in hints
    }


def _is_place(value: object, count: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count


def _are_places(value: object, count: int) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(_is_place(place, count) for place in value)


def _is_row(value: object, length: int, choices: int) -> TypeGuard[list[int | None]]:
    """Tell whether a list has a choice's place, or None, for each of so many things."""
    if not isinstance(value, list) or len(value) != length:
        return False
    return all(cell is None or _is_place(cell, choices) for cell in value)


def _are_rows(value: object, rows: int, length: int, choices: int) -> TypeGuard[list[list[int | None]]]:
    if not isinstance(value, list) or len(value) != rows:
        return False
    return all(_is_row(row, length, choices) for row in value)


def _is_percent(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100
