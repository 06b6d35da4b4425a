"""What may be shown of a question before an answer, what can be an answer to it, and what is right."""

from typing import NotRequired, TypedDict, TypeGuard

from course_lib.errors import AnswerError
from course_lib.items.types import (
    LONGEST_ANSWER,
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


class PublicRow(TypedDict):
    """One row of a grid, a matrix or what is to be matched: its Markdown, and what it is about."""

    text: str
    ref: str


class PublicView(TypedDict):
    """What may be shown of a question before an answer; `hints` is how many there are."""

    id: str
    type: str
    stem: str
    hints: int
    graded: bool
    confidence: bool
    options: NotRequired[list[str]]
    unit: NotRequired[str]
    choices: NotRequired[list[str]]
    rows: NotRequired[list[PublicRow]]
    columns: NotRequired[list[str]]
    resolves: NotRequired[str]
    minimum: NotRequired[int]
    lines: NotRequired[int]


def public_view(item: Item) -> PublicView:
    """Return what may be shown before an answer: nothing of key, feedback, hints, explanation or sources.

    Parameters
    ----------
    item : Item
        A question.

    Returns
    -------
    PublicView
        A dict whose fields beyond the common ones are those of the type of question.

    Examples
    --------
    >>> from course_lib.items import Option, Single
    >>> option = Option(text="yes", feedback="no", key=True)
    >>> question = Single(id="a", type="single", check="c", objective=1, stem="?", option=[option])
    >>> public_view(question)["options"]
    ['yes']
    """
    view = PublicView(
        id=item.id,
        type=item.type,
        stem=item.stem,
        hints=len(item.hints),
        graded=item.graded,
        confidence=item.confidence,
    )
    match item:
        case Single() | Multiple():
            view["options"] = [option.text for option in item.option]
        case Number():
            view["unit"] = item.unit
        case Word():
            pass
        case Grid():
            view["choices"] = list(item.choices)
            view["rows"] = [PublicRow(text=row.text, ref=row.ref) for row in item.row]
        case Matrix():
            view["choices"] = list(item.choices)
            view["rows"] = [PublicRow(text=row.text, ref=row.ref) for row in item.row]
            view["columns"] = list(item.columns)
        case Match():
            view["choices"] = item.choices
            view["rows"] = [PublicRow(text=pair.text, ref="") for pair in item.pair]
        case Order():
            view["options"] = [item.step[place].text for place in item.shuffled]
        case Probability():
            view["resolves"] = item.resolves.isoformat()
        case Text():
            view["minimum"], view["lines"] = item.minimum, item.lines
    return view


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
    match item:
        case Single():
            if raw is None or _is_place(raw, len(item.option)):
                return raw
        case Multiple():
            if _are_places(raw, len(item.option)):
                return sorted(set(raw))
        case Number() | Word():
            if isinstance(raw, str) and len(raw) <= LONGEST_ANSWER:
                return raw.strip()
        case Text():
            if isinstance(raw, str):
                if len(raw) <= LONGEST_ANSWER:
                    return raw
                raise AnswerError("grading.too_long", {"n": len(raw), "most": LONGEST_ANSWER})
        case Grid():
            if _is_row(raw, len(item.row), len(item.choices)):
                return raw
        case Match():
            if _is_row(raw, len(item.pair), len(item.choices)):
                return raw
        case Matrix():
            if _are_rows(raw, len(item.row), len(item.columns), len(item.choices)):
                return raw
        case Order():
            if raw is None:
                return None
            if _are_places(raw, len(item.step)) and sorted(raw) == list(range(len(item.step))):
                return raw
        case Probability():
            if raw is None or _is_percent(raw):
                return raw
    shown = repr(raw) if len(repr(raw)) <= 80 else repr(raw)[:80] + "…"
    raise AnswerError("grading.no_answer", {"given": shown, "item": item.id, "type": item.type})


def key_answer(item: Item) -> Answer:
    """Return an answer that is right.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    Answer
        In its normal form, or None where nothing is right or wrong.

    Examples
    --------
    >>> from course_lib.items import Number
    >>> key_answer(Number(id="a", type="number", check="c", objective=1, stem="?", answer=12.50))
    '12.5'
    """
    if not item.graded:
        return None
    match item:
        case Single():
            return next(place for place, option in enumerate(item.option) if option.key)
        case Multiple():
            return [place for place, option in enumerate(item.option) if option.key]
        case Number():
            return f"{item.answer:.15g}"
        case Word():
            return next(word.text for word in item.answer if word.key)
        case Grid():
            return [item.choices.index(row.key) for row in item.row if row.key is not None]
        case Matrix():
            rows: list[list[int | None]] = []
            for row in item.row:
                rows.append([item.choices.index(choice) for choice in row.key])
            return rows
        case Match():
            return [item.choices.index(pair.match) for pair in item.pair]
        case Order():
            return [item.shuffled.index(place) for place in range(len(item.step))]
        case Probability() | Text():
            return None


def key_lines(item: Item) -> list[str]:
    """Return what is right, in words, with its feedback.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    list of str
        One line of Markdown for each part of the key; none for a forecast or a text.

    Examples
    --------
    >>> from course_lib.items import Option, Single
    >>> option = [Option("Yes.", "It does.", True), Option("No.", "It does.")]
    >>> key_lines(Single(id="a", type="single", check="c", objective=1, stem="?", option=option))
    ['Yes: It does.']
    """
    match item:
        case Single() | Multiple():
            return [f"{option.text.rstrip('.')}: {option.feedback}" for option in item.option if option.key]
        case Number():
            return [f"{item.answer:.15g} {item.unit}".strip() + f": {item.feedback}"]
        case Word():
            return [f"{word.text}: {word.feedback}" for word in item.answer if word.key]
        case Grid():
            return [f"{row.text}: **{row.key}**. {row.feedback}" for row in item.row]
        case Matrix():
            return [f"{row.text}: **{', '.join(row.key)}**. {row.feedback}" for row in item.row]
        case Match():
            return [f"{pair.text}: **{pair.match}**. {pair.feedback}" for pair in item.pair]
        case Order():
            return [
                f"{place}\\. {step.text}: {step.feedback}" for place, step in enumerate(item.step, start=1)
            ]
        case Probability() | Text():
            return []


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
