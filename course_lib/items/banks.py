"""Question banks: a TOML text goes in, typed questions come out, or every fault at once."""

import functools
import math
import re
from collections import Counter
from typing import Any, get_args, get_origin

import msgspec

from course_lib.errors import ItemError, nearest
from course_lib.items.grading import within_tolerance
from course_lib.items.types import TYPES, version_of

CHOICES = (2, 7)
COLUMNS = (2, 8)
# A longer word for a choice does not fit a cell; what it means is told in the stem.
LONGEST_CODE = 6
LONGEST_TEXT = 20_000
_IMAGE_WITHOUT_TEXT = re.compile(r"!\[\s*\]\(")
SOURCE_LINK = re.compile(r"\[([^\]]+)\]\(source:([^)\s]*)\)")


class Bank(msgspec.Struct, frozen=True):
    """The questions of one lesson, in order, with what the course home says of it."""

    lesson: str
    title: str
    question: str
    minutes: int
    activity_minutes: int
    items: list[Any]
    horizon: str | None = None


def load(text, name, sources=None):
    """Return the `Bank` in a TOML text.

    Parameters: `text` of the file; `name` of the file as messages should give it; `sources` the keys that a
    question may name or link to as `[words](source:key)`, or None to leave them unchecked.
    Raises: `ItemError` with every fault found, one sentence each: file, item, field, what to do.
    """
    import tomllib  # one of the slower parts of the standard library, and not every bank is TOML

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ItemError(
            f"{name} is not valid TOML: {error}. Nothing of it can be used before that is mended."
        ) from None
    found = _Faults(name)
    raw = given.pop("item", [])
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise ItemError(f"{name}, field 'item': is no list of tables. Begin every question with [[item]].")
    head = found.struct(given, Bank, "", skip=("items",))
    if not raw:
        found.add("", "item", "there is no question; begin each with [[item]]")
    built = [item for number, one in enumerate(raw, start=1) if (item := _item(one, number, found))]
    _lint(built, given.get("lesson"), found)
    for item in built:
        for field, text in _texts(msgspec.to_builtins(item)):
            if _IMAGE_WITHOUT_TEXT.search(text):
                found.add(
                    item.id, field, "has an image without alternative text; write ![what it shows](file)"
                )
            if sources is None:
                continue
            named = [text] if field.startswith("sources[") else [key for _, key in SOURCE_LINK.findall(text)]
            for key in named:
                if key not in sources:
                    found.add(item.id, field, nearest(key, sources, "source")[:-1])
    if found.sentences:
        raise ItemError(found.sentences)
    return Bank(items=built, **head)


class _Faults:
    """Collects one sentence per fault, so that an author mends a bank in one go."""

    def __init__(self, name):
        self.name = name
        self.sentences = []

    def add(self, item, field, what):
        self.sentences.append(f"{self.name}, {f'item {item!r}, ' if item else ''}field {field!r}: {what}.")

    def struct(self, given, kind, item, prefix="", skip=()):
        """Check a table field by field against a Struct; return what could be converted."""
        fields = {
            field.encode_name: field for field in msgspec.structs.fields(kind) if field.name not in skip
        }
        for name in given.keys() - fields.keys():
            self.add(item, prefix + name, f"is not known here. {nearest(name, fields, 'field')[:-1]}")
        built = {}
        for name, field in fields.items():
            if name in given:
                if (value := self.value(given[name], field.type, item, prefix + name)) is not None:
                    built[name] = value
            elif field.required:
                self.add(item, prefix + name, "is missing")
        return built

    def value(self, given, kind, item, field):
        inner = get_args(kind)[0] if get_origin(kind) is list else None
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
                self.add(item, field, f"is no list of tables; write [[item.{field}]] before each")
                return None
            before = len(self.sentences)
            parts = [self.struct(one, inner, item, f"{field}[{n}].") for n, one in enumerate(given, start=1)]
            return [inner(**part) for part in parts] if len(self.sentences) == before else None
        try:
            built = msgspec.convert(given, kind)
        except msgspec.ValidationError as error:
            shown = repr(given) if len(repr(given)) <= 80 else repr(given)[:80] + "…"
            self.add(item, field, f"is {shown}; {str(error).split(' - at')[0].lower()}")
            return None
        if isinstance(built, str) and len(built) > LONGEST_TEXT:
            self.add(item, field, f"is {len(built)} characters long; at most {LONGEST_TEXT} can be shown")
            return None
        return built


def _item(given, number, found):
    name = given.get("id") or f"number {number}"
    kind = TYPES.get(given.get("type"))
    if kind is None:
        found.add(name, "type", f"is {given.get('type')!r}; it is one of {', '.join(TYPES)}")
        return None
    before = len(found.sentences)
    fields = found.struct(given, kind, name, skip=("version",))
    return kind(**fields, version=version_of(given)) if len(found.sentences) == before else None


def _texts(value, field=""):
    """Yield each text in a question with the field it stands in, as an author counts them."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from _texts(inner, f"{field}.{name}" if field else name)
        case list():
            for place, inner in enumerate(value, start=1):
                yield from _texts(inner, f"{field}[{place}]")
        case str():
            yield field, value


def _lint(built, lesson, found):
    # The lesson's number, or the whole name of a bank that belongs to none.
    number = str(lesson or "").split("_")[0]
    for name, count in Counter(item.id for item in built).items():
        if count > 1:
            found.add(name, "id", f"is used {count} times; every item needs an id of its own")
    for item in built:
        if not item.id.startswith(f"{number}-"):
            found.add(item.id, "id", f"does not begin with the lesson's number; write '{number}-…'")
        for field in ("stem", "check"):
            if not getattr(item, field).strip():
                found.add(item.id, field, "is empty")
        _LINTS[item.type](item, functools.partial(found.add, item.id))


def _lint_options(item, fault):
    keys = sum(option.key for option in item.option)
    if len(item.option) < 2:
        fault("option", f"there are {len(item.option)} options; a choice needs at least two")
    elif item.survey:
        if keys:
            fault("survey", f"is true, but {keys} options have key = true; take the keys or the field away")
    elif item.type == "single" and item.any_key and keys in (0, len(item.option)):
        fault("option", f"{'all' if keys else 'no'} options have key = true; some must and some must not")
    elif item.type == "single" and not item.any_key and keys != 1:
        fault("option", f"{keys or 'no'} options have key = true; exactly one must")
    elif item.type == "multiple" and keys in (0, len(item.option)):
        fault(
            "option", f"{'all' if keys else 'no'} options have key = true; at least one must and one must not"
        )
    for text, count in Counter(option.text.strip() for option in item.option).items():
        if count > 1:
            fault("option", f"the text {text!r} stands {count} times; options must differ")
    for place, option in enumerate(item.option, start=1):
        for field in ("text",) if item.survey else ("text", "feedback"):
            if not getattr(option, field).strip():
                fault(
                    f"option[{place}].{field}",
                    "is empty; every option needs a text and feedback that teaches",
                )


def _lint_number(item, fault):
    if item.bounds and (len(item.bounds) != 2 or item.bounds[0] >= item.bounds[1]):
        fault("bounds", f"is {item.bounds}; give two numbers, the lower one first")
    if item.answer is None:
        # A survey says nothing of right and wrong; whoever does has forgotten the answer.
        if item.feedback or item.otherwise or item.mistake or item.also:
            fault("answer", "is missing")
        return
    for field in ("answer", "tolerance"):
        if not math.isfinite(getattr(item, field)):
            fault(field, f"is {getattr(item, field)}; it must be a finite number")
    if item.tolerance < 0:
        fault("tolerance", f"is {item.tolerance:g}; it cannot be below 0")
    for field in ("feedback", "otherwise"):
        if not getattr(item, field).strip():
            fault(field, "is empty" if getattr(item, field) else "is missing")
    for place, mistake in enumerate(item.mistake, start=1):
        if within_tolerance(mistake.value, item.answer, item.tolerance):
            fault(f"mistake[{place}].value", f"is {mistake.value:g}, which counts as right")


def _lint_heads(item, field, bounds, fault):
    heads = getattr(item, field)
    if not bounds[0] <= len(heads) <= bounds[1]:
        fault(field, f"there are {len(heads)}; a {item.type} has {bounds[0]} to {bounds[1]}")
    for text, count in Counter(heads).items():
        if count > 1:
            fault(field, f"{text!r} stands {count} times; {field} must differ")


def _lint_keyed(item, keyed, fault):
    if not item.row:
        fault("row", "there is no row")
    if any(keyed) and not all(keyed):
        fault(
            f"row[{keyed.index(False) + 1}].key",
            "is missing while other rows have one; give all rows a key or none",
        )


def _lint_matrix(item, fault):
    _lint_heads(item, "columns", COLUMNS, fault)
    _lint_heads(item, "choices", CHOICES, fault)
    for place, text in enumerate(item.choices, start=1):
        if len(text) > LONGEST_CODE:
            fault(
                f"choices[{place}]",
                f"is {text!r}; a cell holds {LONGEST_CODE} characters, use a code and explain it in the stem",
            )
    _lint_keyed(item, [bool(row.key) for row in item.row], fault)
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


def _lint_grid(item, fault):
    _lint_heads(item, "choices", CHOICES, fault)
    _lint_keyed(item, [row.key is not None for row in item.row], fault)
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


def _lint_word(item, fault):
    if not any(one.key for one in item.answer):
        fault("answer", "no word is right; at least one must be")
    for place, one in enumerate(item.answer, start=1):
        for field in ("text", "feedback"):
            if not getattr(one, field).strip():
                fault(f"answer[{place}].{field}", "is empty")
        if not 0 < one.similar <= 1:
            fault(f"answer[{place}].similar", f"is {one.similar:g}; it must be above 0 and at most 1")
    if not item.otherwise.strip():
        fault("otherwise", "is empty")


def _lint_match(item, fault):
    if len(item.pair) < 2:
        fault("pair", f"there are {len(item.pair)} pairs; matching needs at least two")
    if len(item.choices) < 2:
        fault("pair", "all have the same match; there must be something to choose from")
    _lint_parts(item.pair, "pair", ("text", "match", "feedback"), fault)
    for place, text in enumerate(item.extra, start=1):
        if text in {pair.match for pair in item.pair}:
            fault(f"extra[{place}]", f"is {text!r}, which is the match of a pair")


def _lint_order(item, fault):
    if len(item.step) < 3:
        fault("step", f"there are {len(item.step)} steps; an order needs at least three")
    _lint_parts(item.step, "step", ("text", "feedback"), fault)


def _lint_parts(parts, name, fields, fault):
    for text, count in Counter(part.text.strip() for part in parts).items():
        if count > 1:
            fault(name, f"the text {text!r} stands {count} times; they must differ")
    for place, part in enumerate(parts, start=1):
        for field in fields:
            if not getattr(part, field).strip():
                fault(f"{name}[{place}].{field}", "is empty")


def _lint_probability(item, fault):
    if item.confidence:
        fault("confidence", "is true; a probability says already how sure somebody is")


def _lint_text(item, fault):
    if not 1 <= item.minimum <= 2000:
        fault("minimum", f"is {item.minimum}; it must be 1 to 2000 words")
    if not item.model.strip():
        fault("model", "is empty; give one possible answer")
    if item.confidence:
        fault("confidence", "is true; a text is not marked, so there is nothing to be sure of")


_LINTS = {
    "single": _lint_options,
    "multiple": _lint_options,
    "number": _lint_number,
    "word": _lint_word,
    "grid": _lint_grid,
    "matrix": _lint_matrix,
    "match": _lint_match,
    "order": _lint_order,
    "probability": _lint_probability,
    "text": _lint_text,
}
