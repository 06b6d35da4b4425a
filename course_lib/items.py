"""What a student can be asked, and how an answer is graded: pure rules on typed questions.

A question bank is one TOML file per lesson. `load` reads its text and names every fault at once;
`public` is what may be shown before an answer; `grade` marks an answer and picks the feedback.
"""

import functools
import hashlib
import math
import re
import tomllib
from collections import Counter
from typing import Any, Literal, get_args, get_origin

import msgspec

from course_lib.errors import ItemError, nearest

LONGEST_ANSWER = 20_000
CHOICES = (2, 7)
SOURCE_LINK = re.compile(r"\[([^\]]+)\]\(source:([^)\s]*)\)")
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>(?=.*\d)[\d.,]+)(?P<power>[eE][+-]?\d{1,3})?")


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to choose, with the feedback for choosing it."""

    text: str
    feedback: str
    key: bool = False


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a grid; `ref` is what the row is about, `instead` feedback for particular wrong choices."""

    text: str
    ref: str = ""
    key: str | None = None
    feedback: str = ""
    instead: dict[str, str] = {}


class Mistake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong number that people arrive at, with the feedback for it."""

    value: float
    feedback: str
    tolerance: float = 0


class _Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    type: str
    check: str
    objective: int
    stem: str
    hints: list[str] = []
    explain: str = ""
    sources: list[str] = []

    @property
    def version(self):
        """Ten signs that change whenever anything about the question changes."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()[:10]


class Single(_Item, frozen=True, kw_only=True):
    """One right option among several."""

    type: Literal["single"]
    option: list[Option]


class Multiple(_Item, frozen=True, kw_only=True):
    """Every right option, and no other, is to be ticked."""

    type: Literal["multiple"]
    option: list[Option]


class Number(_Item, frozen=True, kw_only=True):
    """A number, right within `tolerance`; `mistake` lists wrong ones with feedback of their own."""

    type: Literal["number"]
    answer: float
    feedback: str
    otherwise: str
    tolerance: float = 0
    unit: str = ""
    mistake: list[Mistake] = []


class Grid(_Item, frozen=True, kw_only=True):
    """One choice for each row; without keys it is a survey and is kept, not graded."""

    type: Literal["grid"]
    choices: list[str]
    row: list[Row]

    @property
    def rows(self):
        """The rows, named as a reader of the code expects."""
        return self.row


TYPES = {"single": Single, "multiple": Multiple, "number": Number, "grid": Grid}


class Bank(msgspec.Struct, frozen=True):
    """The questions of one lesson, in order, with what the course home says of it."""

    lesson: str
    title: str
    question: str
    minutes: int
    activity_minutes: int
    items: list[Any]
    horizon: str | None = None


class Note(msgspec.Struct, frozen=True):
    """One piece of feedback: `where` it belongs (item, option:2, row:5), whether that was right, its text."""

    where: str
    right: bool | None
    text: str


class Result(msgspec.Struct, frozen=True):
    """What became of an answer: `state` unanswered, right, not_yet or kept; `score` 0 to 1 or None; notes."""

    state: Literal["unanswered", "right", "not_yet", "kept"]
    score: float | None
    notes: list[Note]


def load(text, name, sources=None):
    """Return the `Bank` in a TOML text.

    Parameters: `text` of the file; `name` of the file as messages should give it; `sources` the keys that a
    question may name or link to as `[words](source:key)`, or None to leave them unchecked.
    Raises: `ItemError` with every fault found, one sentence each: file, item, field, what to do.
    """
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
    for item in built if sources is not None else ():
        for field, key in _cited(msgspec.to_builtins(item)):
            if key not in sources:
                found.add(item.id, field, nearest(key, sources, "source")[:-1])
    if found.sentences:
        raise ItemError(found.sentences)
    return Bank(items=built, **head)


def public(item):
    """Return what may be shown before an answer: a dict without key, feedback, hints, explanation or sources.

    >>> one = Option(text="yes", feedback="no", key=True)
    >>> public(Single(id="a", type="single", check="c", objective=1, stem="?", option=[one]))["options"]
    ['yes']
    """
    shown = {"id": item.id, "type": item.type, "stem": item.stem, "hints": len(item.hints)}
    match item:
        case Single() | Multiple():
            shown["options"] = [option.text for option in item.option]
        case Number():
            shown["unit"] = item.unit
        case Grid():
            shown["choices"] = list(item.choices)
            shown["rows"] = [{"text": row.text, "ref": row.ref} for row in item.row]
    return shown


def valid_answer(item, raw):
    """Return an answer in its normal form, or raise `ItemError` where it cannot be one for this item.

    single: the option's place from 0, or None. multiple: places in order. number: the text typed.
    grid: for each row the choice's place, or None.
    """
    match item:
        case Single() if raw is None or _place(raw, len(item.option)):
            return raw
        case Multiple() if isinstance(raw, list) and all(_place(one, len(item.option)) for one in raw):
            return sorted(set(raw))
        case Number() if isinstance(raw, str) and len(raw) <= LONGEST_ANSWER:
            return raw.strip()
        case Grid() if isinstance(raw, list) and len(raw) == len(item.row):
            if all(one is None or _place(one, len(item.choices)) for one in raw):
                return raw
    shown = repr(raw) if len(repr(raw)) <= 80 else repr(raw)[:80] + "…"
    raise ItemError(f"{shown} is no answer to item '{item.id}' of type {item.type}. Run the cell again.")


def grade(item, answer):
    """Return the `Result` of an answer in its normal form.

    single: 1 or 0. multiple: the share of right options ticked less the share of wrong ones, never below 0,
    so that ticking everything earns nothing; right only when exact. number: 1 within the tolerance, else 0.
    grid: the share of rows right.
    """
    match item:
        case Single():
            return _grade_single(item, answer)
        case Multiple():
            return _grade_multiple(item, answer)
        case Number():
            return _grade_number(item, answer)
        case Grid():
            return _grade_grid(item, answer)


def readings(text):
    """Return the numbers that a typed text can mean: none, one, or two where a sign can be read in two ways.

    Decimal comma and point, grouped thousands, a sign and a percent sign are understood. In "1,234" the comma
    may be a decimal sign or may group thousands, so both numbers are returned and either may be the answer.

    >>> readings("1 234,5"), readings("−3.5"), readings("20 %"), readings("1,234"), readings("soon")
    ((1234.5,), (-3.5,), (20.0,), (1.234, 1234.0), ())
    """
    plain = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", text).replace("−", "-").removesuffix("%")
    if not (found := _NUMBER.fullmatch(plain)):
        return ()
    sign, digits, power = found.group("sign"), found.group("digits"), found.group("power") or ""
    forms = []
    if re.fullmatch(r"\d*[.,]?\d*", digits):
        forms.append(digits.replace(",", "."))
    for group, decimal in ((",", "."), (".", ",")):
        if re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+(\{decimal}\d*)?", digits):
            forms.append(digits.replace(group, "").replace(decimal, "."))
    values = (float(sign + form + power) for form in forms)
    return tuple(dict.fromkeys(value for value in values if math.isfinite(value)))


def _grade_single(item, answer):
    if answer is None:
        return Result("unanswered", None, [])
    option = item.option[answer]
    note = Note(f"option:{answer}", option.key, option.feedback)
    return Result("right" if option.key else "not_yet", float(option.key), [note, *_explained(item)])


def _grade_multiple(item, answer):
    if not answer:
        return Result("unanswered", None, [])
    keys = {place for place, option in enumerate(item.option) if option.key}
    ticked = set(answer)
    score = len(ticked & keys) / len(keys) - len(ticked - keys) / (len(item.option) - len(keys))
    notes = [Note(f"option:{place}", place in keys, item.option[place].feedback) for place in sorted(ticked)]
    if missing := len(keys - ticked):
        notes.append(
            Note(
                "item", None, f"{missing} more of the options {'belongs' if missing == 1 else 'belong'} here."
            )
        )
    state = "right" if ticked == keys else "not_yet"
    return Result(state, max(0.0, score), [*notes, *_explained(item)])


def _grade_number(item, answer):
    if not answer:
        return Result("unanswered", None, [])
    values = readings(answer)
    if not values:
        text = (
            f"“{answer[:40]}” could not be read as a number. Write it in figures, for instance 12.5 or 12,5."
        )
        return Result("unanswered", None, [Note("item", None, text)])
    if any(_near(value, item.answer, item.tolerance) for value in values):
        return Result("right", 1.0, [Note("item", True, item.feedback), *_explained(item)])
    for mistake in item.mistake:
        if any(_near(value, mistake.value, mistake.tolerance) for value in values):
            return Result("not_yet", 0.0, [Note("item", False, mistake.feedback), *_explained(item)])
    return Result("not_yet", 0.0, [Note("item", False, item.otherwise), *_explained(item)])


def _grade_grid(item, answer):
    left = sum(one is None for one in answer)
    if left == len(answer):
        return Result("unanswered", None, [])
    notes = []
    if left:
        notes.append(
            Note(
                "item", None, f"{left} of {len(answer)} rows {'has' if left == 1 else 'have'} no answer yet."
            )
        )
    if item.row[0].key is None:
        return Result("kept", None, [*notes, *_explained(item)])
    right = 0
    for place, (row, chosen) in enumerate(zip(item.row, answer, strict=True)):
        if chosen is not None:
            code = item.choices[chosen]
            right += code == row.key
            notes.append(Note(f"row:{place}", code == row.key, row.instead.get(code, row.feedback)))
    return Result(
        "right" if right == len(answer) else "not_yet", right / len(answer), [*notes, *_explained(item)]
    )


def _explained(item):
    return [Note("item", None, item.explain)] if item.explain else []


def _near(value, wanted, tolerance):
    # A hair of slack, since 0.1 + 0.2 is not 0.3 in floating point.
    return abs(value - wanted) <= tolerance + 1e-9 * max(1.0, abs(wanted))


def _place(value, count):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count


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
            return msgspec.convert(given, kind)
        except msgspec.ValidationError as error:
            self.add(item, field, f"is {given!r}; {str(error).split(' - at')[0].lower()}")
            return None


def _item(given, number, found):
    name = given.get("id") or f"number {number}"
    kind = TYPES.get(given.get("type"))
    if kind is None:
        found.add(name, "type", f"is {given.get('type')!r}; it is one of {', '.join(TYPES)}")
        return None
    before = len(found.sentences)
    fields = found.struct(given, kind, name)
    return kind(**fields) if len(found.sentences) == before else None


def _cited(value, field=""):
    """Yield each source key in a question with the field it stands in, as an author counts them."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from _cited(inner, f"{field}.{name}" if field else name)
        case list():
            for place, inner in enumerate(value, start=1):
                yield from _cited(inner, f"{field}[{place}]")
        case str() if field.startswith("sources["):
            yield field, value
        case str():
            yield from ((field, found.group(2)) for found in SOURCE_LINK.finditer(value))


def _lint(built, lesson, found):
    number = str(lesson or "")[:2]
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
    elif item.type == "single" and keys != 1:
        fault("option", f"{keys or 'no'} options have key = true; exactly one must")
    elif item.type == "multiple" and keys in (0, len(item.option)):
        fault(
            "option", f"{'all' if keys else 'no'} options have key = true; at least one must and one must not"
        )
    for text, count in Counter(option.text.strip() for option in item.option).items():
        if count > 1:
            fault("option", f"the text {text!r} stands {count} times; options must differ")
    for place, option in enumerate(item.option, start=1):
        for field in ("text", "feedback"):
            if not getattr(option, field).strip():
                fault(
                    f"option[{place}].{field}",
                    "is empty; every option needs a text and feedback that teaches",
                )


def _lint_number(item, fault):
    for field in ("answer", "tolerance"):
        if not math.isfinite(getattr(item, field)):
            fault(field, f"is {getattr(item, field)}; it must be a finite number")
    if item.tolerance < 0:
        fault("tolerance", f"is {item.tolerance:g}; it cannot be below 0")
    for field in ("feedback", "otherwise"):
        if not getattr(item, field).strip():
            fault(field, "is empty")
    for place, mistake in enumerate(item.mistake, start=1):
        if _near(mistake.value, item.answer, item.tolerance):
            fault(f"mistake[{place}].value", f"is {mistake.value:g}, which counts as right")


def _lint_grid(item, fault):
    if not CHOICES[0] <= len(item.choices) <= CHOICES[1]:
        fault("choices", f"there are {len(item.choices)}; a grid has {CHOICES[0]} to {CHOICES[1]}")
    for text, count in Counter(item.choices).items():
        if count > 1:
            fault("choices", f"{text!r} stands {count} times; choices must differ")
    if not item.row:
        fault("row", "there is no row")
    keyed = [row.key is not None for row in item.row]
    if any(keyed) and not all(keyed):
        fault(
            f"row[{keyed.index(False) + 1}].key",
            "is missing while other rows have one; give all rows a key or none",
        )
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


_LINTS = {"single": _lint_options, "multiple": _lint_options, "number": _lint_number, "grid": _lint_grid}
