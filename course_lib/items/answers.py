"""What may be shown of a question before an answer, and what is right."""

from typing import NotRequired, TypedDict

from course_lib.items.markdown_texts import escape_markdown
from course_lib.items.ordered_rules import first_word
from course_lib.items.types import (
    Answer,
    Grid,
    Item,
    Match,
    Matrix,
    Multiple,
    Number,
    NumberRule,
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
    decimals: NotRequired[int | None]
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
            view["unit"], view["decimals"] = item.unit, item.decimals
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
            return item.key_places[0]
        case Multiple() | Grid() | Match() | Order():
            return item.key_places
        case Number():
            return f"{item.answer:.15g}"
        case Word() if item.in_order:
            # Not one that an earlier word takes.
            return next(word.text for word in item.answer if word.key and first_word(item, word.text) is word)
        case Word():
            return next(word.text for word in item.answer if word.key)
        case Matrix():
            return item.key_rows
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
        case Number() if item.rule:
            return [f"{_numbers_of(rule)}: {rule.feedback}" for rule in item.rule if rule.key]
        case Number():
            return [escape_markdown(f"{item.answer:.15g} {item.unit}".strip()) + f": {item.feedback}"]
        case Word():
            return [f"{escape_markdown(word.text)}: {word.feedback}" for word in item.answer if word.key]
        case Grid():
            return [f"{row.text}: **{escape_markdown(row.key or '')}**. {row.feedback}" for row in item.row]
        case Matrix():
            return [
                f"{row.text}: **{escape_markdown(', '.join(row.key))}**. {row.feedback}" for row in item.row
            ]
        case Match():
            return [f"{pair.text}: **{escape_markdown(pair.match)}**. {pair.feedback}" for pair in item.pair]
        case Order():
            return [
                f"{place}\\. {step.text}: {step.feedback}" for place, step in enumerate(item.step, start=1)
            ]
        case Probability() | Text():
            return []


def _numbers_of(rule: NumberRule) -> str:
    """Return which numbers a rule is about, in signs."""
    if rule.value is not None:
        return f"{rule.value:.15g}"
    low = "" if rule.low is None else f"{rule.low:.15g} ≤ "
    high = "" if rule.high is None else f" \\< {rule.high:.15g}"
    return f"{low}…{high}"
