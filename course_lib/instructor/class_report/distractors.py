"""What was chosen instead of the key: options, rows, places, numbers; never a word that a student typed."""

import json
from collections import Counter
from dataclasses import dataclass

from course_lib import items
from course_lib.errors import ItemError
from course_lib.items import within_tolerance

# A number that so many students gave is nobody's own.
_SHARED = 5
_OTHER_NUMBER, _OTHER_WORD = "another number", "another word"


@dataclass(frozen=True)
class Misreading:
    """The most frequent slip in a question: `count` of `among` students did it.

    `where` is the row or step it happened in, or ""; `chosen` what they chose, `feedback` what the bank says
    to that, `right` what they should have chosen: Markdown of the bank, or words of ours about it. `did` is
    what they did with what they chose: chose, gave, put it at, or left out.
    """

    where: str
    chosen: str
    count: int
    among: int
    feedback: str
    right: str
    did: str = "chose"


def decode_answer(item, text):
    """Return an answer of the long table in its normal form, or None where it is none."""
    typed = isinstance(item, items.Number | items.Word)
    try:
        return items.valid_answer(item, text if typed else json.loads(text))
    except (ItemError, ValueError, RecursionError):
        return None


def option_counts(item, answers):
    """Return for each option of a single or multiple choice how often it was chosen, and by how many of all.

    Parameters: `answers` pairs of an answer in its normal form and how often it was given.
    """
    counts, among = Counter(), 0
    for answer, count in answers:
        among += count
        for place in answer if isinstance(answer, list) else [answer]:
            counts[place] += count
    return [counts[place] for place in range(len(item.option))], among


def most_frequent_misreading(item, answers):
    """Return the `Misreading` that most students share, or None where all is right or nothing can be told.

    Parameters: as for `option_counts`.
    """
    # Of equally frequent ones the first in an order that does not hang on whose answer came first.
    found = [one for one in _slips(item, list(answers)) if one.count]
    return max(found, key=lambda one: one.count, default=None)


def _slips(item, answers):
    match item:
        case items.Single():
            counts, among = option_counts(item, answers)
            right = " / ".join(option.text for option in item.option if option.key)
            for option, count in zip(item.option, counts, strict=True):
                if not option.key:
                    yield Misreading("", option.text, count, among, option.feedback, right)
        case items.Multiple():
            counts, among = option_counts(item, answers)
            right = " / ".join(option.text for option in item.option if option.key)
            for option, count in zip(item.option, counts, strict=True):
                slips, did = (among - count, "left out") if option.key else (count, "chose")
                yield Misreading("", option.text, slips, among, option.feedback, right, did)
        case items.Grid():
            for at, row in enumerate(item.row):
                yield from _row_slips(
                    item, row.text, row.key, [(a[at], n) for a, n in answers], row.instead, row
                )
        case items.Match():
            for at, pair in enumerate(item.pair):
                yield from _row_slips(item, pair.text, pair.match, [(a[at], n) for a, n in answers], {}, pair)
        case items.Matrix():
            for at, row in enumerate(item.row):
                for column, (name, key) in enumerate(zip(item.columns, row.key, strict=True)):
                    cells = [(answer[at][column], count) for answer, count in answers]
                    yield from _row_slips(item, f"{row.text} ({name})", key, cells, {}, row)
        case items.Order():
            yield from _places(item, answers)
        case items.Number():
            yield from _numbers(item, answers)
        case items.Word():
            yield from _words(item, answers)


def _row_slips(item, where, key, cells, instead, row):
    among = sum(count for _, count in cells)
    counts = Counter()
    for place, count in cells:
        if place is not None and item.choices[place] != key:
            counts[item.choices[place]] += count
    for choice, count in sorted(counts.items()):
        yield Misreading(where, choice, count, among, instead.get(choice, row.feedback), key)


def _places(item, answers):
    counts, among = Counter(), 0
    for answer, count in answers:
        among += count
        for at, place in enumerate(answer or ()):
            counts[item.shuffled[place], at] += count
    for (step, at), count in sorted(counts.items()):
        if step != at:
            right = f"place {step + 1} of {len(item.step)}"
            yield Misreading(
                item.step[step].text,
                f"place {at + 1}",
                count,
                among,
                item.step[step].feedback,
                right,
                "put it at",
            )


def _numbers(item, answers):
    counts, told, among = Counter(), {}, 0
    for answer, count in answers:
        among += count
        result = items.grade(item, answer)
        if result.state != "not_yet":
            continue
        values = items.parse_numbers(answer)
        name, known = _number_named(item, values)
        counts[name] += count
        told[name] = (result.notes[0].text, known)
    # What hardly anybody gave, and the bank does not know, goes together.
    for name in [name for name, (_, known) in told.items() if not known and counts[name] < _SHARED]:
        counts[_OTHER_NUMBER] += counts.pop(name)
    # As one slip it would be the largest of many that are none.
    other = counts.pop(_OTHER_NUMBER, 0)
    right = _with_unit(item, item.answer) if item.graded else ""
    for name, count in sorted(counts.items()):
        yield Misreading("", name, count, among, told[name][0], right, "gave")
    if not counts and other:
        yield Misreading("", _OTHER_NUMBER, other, among, item.otherwise, right, "gave")


def _number_named(item, values):
    for mistake in item.mistake:
        if any(within_tolerance(value, mistake.value, mistake.tolerance) for value in values):
            return _with_unit(item, mistake.value), True
    return _with_unit(item, values[0]), False


def _with_unit(item, value):
    return f"{value:,.10g} {item.unit}".strip()


def _words(item, answers):
    counts, told, among = Counter(), {}, 0
    for answer, count in answers:
        among += count
        result = items.grade(item, answer)
        if result.state == "not_yet":
            text = result.notes[0].text
            known = next((one.text for one in item.answer if not one.key and one.feedback == text), None)
            counts[known or _OTHER_WORD] += count
            told[known or _OTHER_WORD] = text
    right = next((one.text for one in item.answer if one.key), "")
    for name, count in sorted(counts.items()):
        if name != _OTHER_WORD or len(counts) == 1:
            yield Misreading("", name, count, among, told[name], right, "gave")
