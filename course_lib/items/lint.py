"""What makes a question unusable though all its fields are there: rules for each type of question."""

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from course_lib.errors import nearest
from course_lib.items.ordered_rules import first_rule
from course_lib.items.typed_numbers import within_tolerance
from course_lib.items.typed_words import normalize_word
from course_lib.items.types import (
    SHARED_ROLES,
    Accepted,
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

CHOICES = (2, 7)
COLUMNS = (2, 8)
# More is beyond what anybody works out in a lesson.
MOST_DECIMALS = 6
# A longer word for a choice does not fit a cell; what it means is told in the stem.
LONGEST_CODE = 6
# Takes a field and what is wrong with it.
Fault = Callable[[str, str], None]


def lint_items(items: Sequence[Item], lesson: object, add: Callable[[str, str, str], None]) -> None:
    """Name every fault of questions whose fields are all there and of the right kind.

    Parameters
    ----------
    items : sequence of Item
        The questions of one bank.
    lesson : object
        What the bank gives as its lesson; the ids of its questions begin with its number.
    add : callable
        Takes the id of a question, a field, and what is wrong with it.
    """
    # The lesson's number, or the whole name of a bank that belongs to none.
    number = str(lesson or "").split("_")[0]
    for name, count in _repeats(item.id for item in items):
        add(name, "id", f"is used {count} times; every item needs an id of its own")
    for role, count in _repeats(item.role for item in items if item.role not in ("", *SHARED_ROLES)):
        last = [item for item in items if item.role == role][-1]
        add(
            last.id,
            "role",
            f"is {role!r}, which {count} questions have; one of the course can have it",
        )
    for item in items:
        if not item.id.startswith(f"{number}-"):
            add(item.id, "id", f"does not begin with the lesson's number; write '{number}-…'")
        fault = functools.partial(add, item.id)
        for field, text in (("stem", item.stem), ("check", item.check)):
            if not text.strip():
                fault(field, "is empty")
        _lint_item(item, fault)


def _lint_item(item: Item, fault: Fault) -> None:
    match item:
        case Single() | Multiple():
            _lint_options(item, fault)
        case Number():
            _lint_number(item, fault)
        case Word():
            _lint_word(item, fault)
        case Grid():
            _lint_grid(item, fault)
        case Matrix():
            _lint_matrix(item, fault)
        case Match():
            _lint_match(item, fault)
        case Order():
            _lint_order(item, fault)
        case Probability():
            if item.confidence:
                fault("confidence", "is true; a probability says already how sure somebody is")
        case Text():
            _lint_text(item, fault)


def _lint_options(item: Single | Multiple, fault: Fault) -> None:
    keys = sum(option.key for option in item.option)
    if len(item.option) < 2:
        fault("option", f"there are {len(item.option)} options; a choice needs at least two")
    elif item.survey:
        if keys:
            fault("survey", f"is true, but {keys} options have key = true; take the keys or the field away")
    elif isinstance(item, Multiple):
        if keys in (0, len(item.option)):
            many = "all" if keys else "no"
            fault("option", f"{many} options have key = true; at least one must and one must not")
    elif item.any_key:
        if keys in (0, len(item.option)):
            fault("option", f"{'all' if keys else 'no'} options have key = true; some must and some must not")
    elif keys != 1:
        fault("option", f"{keys or 'no'} options have key = true; exactly one must")
    for text, count in _repeats(option.text.strip() for option in item.option):
        fault("option", f"the text {text!r} stands {count} times; options must differ")
    for place, option in enumerate(item.option, start=1):
        for field, text in (("text", option.text), ("feedback", option.feedback)):
            if not text.strip() and not (item.survey and field == "feedback"):
                fault(
                    f"option[{place}].{field}",
                    "is empty; every option needs a text and feedback that teaches",
                )


def _lint_number(item: Number, fault: Fault) -> None:
    if item.bounds and (len(item.bounds) != 2 or item.bounds[0] >= item.bounds[1]):
        fault("bounds", f"is {item.bounds}; give two numbers, the lower one first")
    if item.decimals is not None and not 0 <= item.decimals <= MOST_DECIMALS:
        fault("decimals", f"is {item.decimals}; it must be 0 to {MOST_DECIMALS}")
    if item.rule:
        _lint_rules(item, fault)
        return
    if item.answer is None:
        # A survey says nothing of right and wrong; whoever does has forgotten the answer.
        if item.feedback or item.otherwise or item.mistake or item.also:
            fault("answer", "is missing")
        return
    for field, number in (("answer", item.answer), ("tolerance", item.tolerance)):
        if not math.isfinite(number):
            fault(field, f"is {number}; it must be a finite number")
    if item.tolerance < 0:
        fault("tolerance", f"is {item.tolerance:g}; it cannot be below 0")
    for field, text in (("feedback", item.feedback), ("otherwise", item.otherwise)):
        if not text.strip():
            fault(field, "is empty" if text else "is missing")
    for place, mistake in enumerate(item.mistake, start=1):
        if within_tolerance(mistake.value, item.answer, item.tolerance):
            fault(f"mistake[{place}].value", f"is {mistake.value:g}, which counts as right")


def _lint_rules(item: Number, fault: Fault) -> None:
    """Name what is wrong with rules of which the first that fits decides."""
    for place, rule in enumerate(item.rule, start=1):
        if not rule.feedback.strip():
            fault(f"rule[{place}].feedback", "is empty")
        ends = [end for end in (rule.low, rule.high) if end is not None]
        if (rule.value is None) == (not ends):
            fault(f"rule[{place}]", "has to have either a value or an end of a range, low or high")
        elif len(ends) == 2 and ends[0] >= ends[1]:
            fault(f"rule[{place}]", f"goes from {ends[0]:g} to {ends[1]:g}; give the lower end first")
    for field in ("mistake", "also", "tolerance"):
        if getattr(item, field):
            fault(field, "has no meaning beside rules; write it as one of them")
    if not 0 <= item.significant <= 15:
        fault("significant", f"is {item.significant}; a number has 1 to 15 digits that can be told apart")
    if not item.otherwise.strip():
        fault("otherwise", "is empty" if item.otherwise else "is missing")
    decides = first_rule(item, [item.answer]) if item.answer is not None else None
    if any(rule.key for rule in item.rule) and (decides is None or not decides.key):
        fault("answer", "has to be a number that the rules mark as right, as an example of one")


def _lint_heads(
    item: Grid | Matrix, field: str, heads: list[str], bounds: tuple[int, int], fault: Fault
) -> None:
    if not bounds[0] <= len(heads) <= bounds[1]:
        fault(field, f"there are {len(heads)}; a {item.type} has {bounds[0]} to {bounds[1]}")
    for text, count in _repeats(heads):
        fault(field, f"{text!r} stands {count} times; {field} must differ")


def _lint_keyed(keyed: list[bool], fault: Fault) -> None:
    """Name what is wrong with the rows, of which each has a key or has none."""
    if not keyed:
        fault("row", "there is no row")
    if any(keyed) and not all(keyed):
        fault(
            f"row[{keyed.index(False) + 1}].key",
            "is missing while other rows have one; give all rows a key or none",
        )


def _lint_matrix(item: Matrix, fault: Fault) -> None:
    _lint_heads(item, "columns", item.columns, COLUMNS, fault)
    _lint_heads(item, "choices", item.choices, CHOICES, fault)
    for place, text in enumerate(item.choices, start=1):
        if len(text) > LONGEST_CODE:
            fault(
                f"choices[{place}]",
                f"is {text!r}; a cell holds {LONGEST_CODE} characters, use a code and explain it in the stem",
            )
    _lint_keyed([bool(row.key) for row in item.row], fault)
    for place, row in enumerate(item.row, start=1):
        if row.key and len(row.key) != len(item.columns):
            fault(f"row[{place}].key", f"has {len(row.key)} codes for {len(item.columns)} columns")
        for code in row.key:
            if code not in item.choices:
                fault(
                    f"row[{place}].key",
                    f"is not among the choices. {nearest(code, item.choices, 'choice')[:-1]}",
                )
        if row.key and not row.feedback.strip():
            fault(f"row[{place}].feedback", "is missing; every row with a key needs feedback")


def _lint_grid(item: Grid, fault: Fault) -> None:
    _lint_heads(item, "choices", item.choices, CHOICES, fault)
    _lint_keyed([row.key is not None for row in item.row], fault)
    for place, row in enumerate(item.row, start=1):
        if row.key is not None:
            if row.key not in item.choices:
                fault(
                    f"row[{place}].key",
                    f"is not among the choices. {nearest(row.key, item.choices, 'choice')[:-1]}",
                )
            if not row.feedback.strip():
                fault(f"row[{place}].feedback", "is missing; every row with a key needs feedback")
        for choice in row.instead:
            if choice not in item.choices:
                fault(f"row[{place}].instead", f"{nearest(choice, item.choices, 'choice')[:-1]}")


def _lint_word(item: Word, fault: Fault) -> None:
    if not item.survey and not any(word.key for word in item.answer):
        fault("answer", "no word is right; at least one must be")
    for place, word in enumerate(item.answer, start=1):
        if not normalize_word(word.text):
            fault(f"answer[{place}].text", "is empty")
        if not word.feedback.strip():
            fault(f"answer[{place}].feedback", "is empty")
        if not 0 < word.similar <= 1:
            fault(f"answer[{place}].similar", f"is {word.similar:g}; it must be above 0 and at most 1")
    _lint_same_words(item, fault)
    if not item.otherwise.strip():
        fault("otherwise", "is empty")


def _lint_same_words(item: Word, fault: Fault) -> None:
    """Name words that nobody could type without typing another one, which counts before them."""
    places = list(range(len(item.answer)))
    if not item.in_order:
        # As grading prefers them: right ones, then those that stand first.
        places.sort(key=lambda place: not item.answer[place].key)
    for at, place in enumerate(places):
        word = item.answer[place]
        same = [before for before in places[:at] if _covers(item.answer[before], word)]
        if same:
            fault(
                f"answer[{place + 1}].text",
                f"is {word.text!r}, which counts as the same word as answer[{same[0] + 1}]; "
                "give each word once",
            )


def _covers(word: Accepted, other: Accepted) -> bool:
    """Return whether whatever counts as the other word counts as this one too."""
    if word.match_case and not other.match_case:
        return False
    return normalize_word(word.text, word.match_case) == normalize_word(other.text, word.match_case)


def _lint_match(item: Match, fault: Fault) -> None:
    if len(item.pair) < 2:
        fault("pair", f"there are {len(item.pair)} pairs; matching needs at least two")
    if len(item.choices) < 2:
        fault("pair", "all have the same match; there must be something to choose from")
    parts = [{"text": pair.text, "match": pair.match, "feedback": pair.feedback} for pair in item.pair]
    _lint_parts("pair", parts, fault)
    for place, text in enumerate(item.extra, start=1):
        if text in {pair.match for pair in item.pair}:
            fault(f"extra[{place}]", f"is {text!r}, which is the match of a pair")


def _lint_order(item: Order, fault: Fault) -> None:
    if len(item.step) < 3:
        fault("step", f"there are {len(item.step)} steps; an order needs at least three")
    _lint_parts("step", [{"text": step.text, "feedback": step.feedback} for step in item.step], fault)


def _lint_parts(name: str, parts: list[dict[str, str]], fault: Fault) -> None:
    """Name what is wrong with parts, each a dict from a field to its text."""
    for text, count in _repeats(part["text"].strip() for part in parts):
        fault(name, f"the text {text!r} stands {count} times; they must differ")
    for place, part in enumerate(parts, start=1):
        for field, text in part.items():
            if not text.strip():
                fault(f"{name}[{place}].{field}", "is empty")


def _repeats(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Return the texts that stand there more than once, with how often."""
    return [(text, count) for text, count in Counter(texts).items() if count > 1]


def _lint_text(item: Text, fault: Fault) -> None:
    if not 1 <= item.minimum <= 2000:
        fault("minimum", f"is {item.minimum}; it must be 1 to 2000 words")
    if not item.model.strip():
        fault("model", "is empty; give one possible answer")
    if item.confidence:
        fault("confidence", "is true; a text is not marked, so there is nothing to be sure of")
