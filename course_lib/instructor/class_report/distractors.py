"""What was chosen instead of the key: options, rows, places, numbers; never a word that a student typed."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from course_lib import items
from course_lib.errors import ItemError
from course_lib.items import within_tolerance

# An answer in its normal form, and how many students gave it.
AnswerCount = tuple[items.Answer, int]
# A number that so many students gave is nobody's own.
_SHARED = 5
_OTHER_NUMBER, _OTHER_WORD = "another number", "another word"


@dataclass(frozen=True)
class Misreading:
    """A slip in a question, and how many students made it.

    Attributes
    ----------
    where : str
        The row or step it happened in, or empty.
    chosen : str
        What they chose: Markdown of the bank, or words of ours about it.
    count : int
        How many students made it.
    among : int
        How many answered.
    feedback : str
        What the bank says to that, Markdown.
    right : str
        What they should have chosen: Markdown of the bank, or words of ours about it.
    verb : str
        What they did with what they chose: chose, gave, put it at, or left out.
    """

    where: str
    chosen: str
    count: int
    among: int
    feedback: str
    right: str
    verb: str = "chose"


def decode_answer(item: items.Item, text: str) -> items.Answer:
    """Return an answer of the long table in its normal form.

    Parameters
    ----------
    item : Item
        The question.
    text : str
        What was typed, or places as JSON.

    Returns
    -------
    Answer
        As `items.valid_answer` gives it, or None where it is no answer to this question.
    """
    typed = isinstance(item, items.Number | items.Word)
    try:
        return items.valid_answer(item, text if typed else json.loads(text))
    except (ItemError, ValueError, RecursionError):
        return None


def option_counts(
    item: items.Single | items.Multiple, answers: Iterable[AnswerCount]
) -> tuple[list[int], int]:
    """Return how often each option of a choice was chosen.

    Parameters
    ----------
    item : Single or Multiple
        The question.
    answers : iterable of (answer, int)
        Answers in their normal form, and how many students gave each.

    Returns
    -------
    counts : list of int
        For each option how many students chose it.
    among : int
        How many students answered.
    """
    counts: Counter[object] = Counter()
    among = 0
    for answer, count in answers:
        among += count
        for place in answer if isinstance(answer, list) else [answer]:
            counts[place] += count
    return [counts[place] for place in range(len(item.option))], among


def most_frequent_misreading(item: items.Item, answers: Iterable[AnswerCount]) -> Misreading | None:
    """Return the slip that most students share.

    Parameters
    ----------
    item : Item
        The question.
    answers : iterable of (answer, int)
        Answers in their normal form, and how many students gave each.

    Returns
    -------
    Misreading or None
        Of equally frequent ones the first in an order that does not hang on whose answer came first; None
        where all is right or nothing can be told.
    """
    slips = [slip for slip in _slips(item, list(answers)) if slip.count]
    return max(slips, key=lambda slip: slip.count, default=None)


def _slips(item: items.Item, answers: Sequence[AnswerCount]) -> Iterator[Misreading]:
    match item:
        case items.Single() | items.Multiple():
            yield from _option_slips(item, answers)
        case items.Grid():
            for at, row in enumerate(item.row):
                key, cells = row.key or "", _cells(answers, at)
                yield from _row_slips(item.choices, row.text, key, cells, row.feedback, row.instead)
        case items.Match():
            for at, pair in enumerate(item.pair):
                yield from _row_slips(item.choices, pair.text, pair.match, _cells(answers, at), pair.feedback)
        case items.Matrix():
            for at, matrix_row in enumerate(item.row):
                own = _cells(answers, at)
                for column, (name, key) in enumerate(zip(item.columns, matrix_row.key, strict=True)):
                    where = f"{matrix_row.text} ({items.escape_markdown(name)})"
                    yield from _row_slips(item.choices, where, key, _cells(own, column), matrix_row.feedback)
        case items.Order():
            yield from _order_slips(item, answers)
        case items.Number():
            yield from _number_slips(item, answers)
        case items.Word():
            yield from _word_slips(item, answers)
        case items.Probability() | items.Text():
            # Neither can be right or wrong.
            return


def _option_slips(
    item: items.Single | items.Multiple, answers: Sequence[AnswerCount]
) -> Iterator[Misreading]:
    counts, among = option_counts(item, answers)
    right = " / ".join(option.text for option in item.option if option.key)
    for option, count in zip(item.option, counts, strict=True):
        if not option.key:
            yield Misreading("", option.text, count, among, option.feedback, right)
        elif isinstance(item, items.Multiple):
            yield Misreading("", option.text, among - count, among, option.feedback, right, "left out")


def _cells(answers: Iterable[tuple[object, int]], at: int) -> list[tuple[object, int]]:
    """Return what was chosen in one row, or in one column of a row."""
    return [(answer[at], count) for answer, count in answers if isinstance(answer, list)]


def _row_slips(
    choices: Sequence[str],
    where: str,
    key: str,
    cells: Iterable[tuple[object, int]],
    feedback: str,
    instead: Mapping[str, str] | None = None,
) -> Iterator[Misreading]:
    counts: Counter[str] = Counter()
    among = 0
    for place, count in cells:
        among += count
        if isinstance(place, int) and choices[place] != key:
            counts[choices[place]] += count
    for choice, count in sorted(counts.items()):
        own = (instead or {}).get(choice, feedback)
        yield Misreading(where, items.escape_markdown(choice), count, among, own, items.escape_markdown(key))


def _order_slips(item: items.Order, answers: Iterable[AnswerCount]) -> Iterator[Misreading]:
    counts: Counter[tuple[int, int]] = Counter()
    among = 0
    for answer, count in answers:
        among += count
        for at, place in enumerate(answer if isinstance(answer, list) else ()):
            if isinstance(place, int):
                counts[item.shuffled[place], at] += count
    for (number, at), count in sorted(counts.items()):
        if number != at:
            step, right = item.step[number], f"place {number + 1} of {len(item.step)}"
            yield Misreading(
                step.text, f"place {at + 1}", count, among, step.feedback, right, verb="put it at"
            )


def _number_slips(item: items.Number, answers: Iterable[AnswerCount]) -> Iterator[Misreading]:
    counts: Counter[str] = Counter()
    feedback: dict[str, str] = {}
    known: dict[str, bool] = {}
    among = 0
    for answer, count in answers:
        among += count
        result = items.grade(item, answer)
        if result.state != "not_yet" or not isinstance(answer, str):
            continue
        values = items.read_number(answer, item.unit).values
        mistake = _mistake(item, values)
        name = _with_unit(item, values[0] if mistake is None else mistake.value)
        counts[name] += count
        feedback[name] = result.notes[0].text
        known[name] = mistake is not None
    # What hardly anybody gave, and the bank does not know, goes together.
    rare = [name for name in feedback if not known[name] and counts[name] < _SHARED]
    # As one slip it would be the largest of many that are none.
    others = sum(counts.pop(name) for name in rare)
    right = "" if item.answer is None else _with_unit(item, item.answer)
    for name, count in sorted(counts.items()):
        yield Misreading("", name, count, among, feedback[name], right, verb="gave")
    if not counts and others:
        yield Misreading("", _OTHER_NUMBER, others, among, item.otherwise, right, verb="gave")


def _mistake(item: items.Number, values: Iterable[float]) -> items.Mistake | None:
    """Return the mistake of the bank that a typed number is, if any."""
    for mistake in item.mistake:
        if any(within_tolerance(value, mistake.value, mistake.tolerance) for value in values):
            return mistake
    return None


def _with_unit(item: items.Number, value: float) -> str:
    return items.escape_markdown(f"{value:,.10g} {item.unit}".strip())


def _word_slips(item: items.Word, answers: Iterable[AnswerCount]) -> Iterator[Misreading]:
    counts: Counter[str] = Counter()
    feedback: dict[str, str] = {}
    among = 0
    for answer, count in answers:
        among += count
        result = items.grade(item, answer)
        if result.state == "not_yet":
            text = result.notes[0].text
            unaccepted = (word.text for word in item.answer if not word.key and word.feedback == text)
            name = next(unaccepted, _OTHER_WORD)
            counts[name] += count
            feedback[name] = text
    right = items.escape_markdown(next((word.text for word in item.answer if word.key), ""))
    for name, count in sorted(counts.items()):
        if name != _OTHER_WORD or len(counts) == 1:
            given = items.escape_markdown(name)
            yield Misreading("", given, count, among, feedback[name], right, verb="gave")
