"""The types of question: what each holds, what may be shown of it, and what can be an answer to it."""

import hashlib
import json
import random
import unicodedata
from datetime import date
from typing import Literal

import msgspec

from course_lib.errors import ItemError
from course_lib.messages import isolate, say

LONGEST_ANSWER = 20_000
SURE = ("guessing", "fairly sure", "sure")


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to choose, with the feedback for choosing it."""

    text: str
    feedback: str
    key: bool = False


class GridRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a grid; `ref` is what the row is about, `instead` feedback for particular wrong choices."""

    text: str
    ref: str = ""
    key: str | None = None
    feedback: str = ""
    instead: dict[str, str] = {}


class MatrixRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a matrix; `key` has one choice for each column, `ref` is what the row is about."""

    text: str
    ref: str = ""
    key: list[str] = []
    feedback: str = ""


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two things that belong together, and why."""

    text: str
    match: str
    feedback: str


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing in its right place in an order, and why it stands there."""

    text: str
    feedback: str


class Mistake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong number that people arrive at, with the feedback for it."""

    value: float
    feedback: str
    tolerance: float = 0


class Accepted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that is expected, right or wrong; `similar` is the likeness needed, from 0 to 1."""

    text: str
    feedback: str
    key: bool = True
    match_case: bool = False
    similar: float = 1


class FigureSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure to read: a function of `course_lib.charts` and the tables it is drawn from."""

    chart: str
    tables: list[str]


class _Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    type: str
    check: str
    objective: int
    stem: str
    hints: list[str] = []
    explain: str = ""
    sources: list[str] = []
    figure: FigureSpec | None = None
    confidence: bool = False
    level: Literal["understand", "apply", "judge"] | None = None
    # Of what the author wrote, where a bank was read; no field of a bank.
    version: str = ""

    def __post_init__(self):
        if not self.version:
            msgspec.structs.force_setattr(self, "version", version_of(_said(self)))

    @property
    def graded(self):
        """Whether an answer can be right or wrong."""
        return True


class Single(_Item, frozen=True, kw_only=True):
    """One right option among several; with `any_key` several are right and one is enough.

    A `survey` has no key and is kept, not graded.
    """

    type: Literal["single"]
    option: list[Option]
    any_key: bool = False
    survey: bool = False

    @property
    def graded(self):
        """Whether there is a key."""
        return not self.survey


class Multiple(_Item, frozen=True, kw_only=True):
    """Every right option, and no other, is to be ticked; a `survey` has no key and is kept, not graded."""

    type: Literal["multiple"]
    option: list[Option]
    survey: bool = False

    @property
    def graded(self):
        """Whether there is a key."""
        return not self.survey


class Number(_Item, frozen=True, kw_only=True):
    """A number, right within `tolerance`; `mistake` lists wrong ones with feedback of their own.

    `also` lists further right ones. Without an answer it is a survey and is kept, not graded. What lies
    outside `bounds`, two numbers, is no answer.
    """

    type: Literal["number"]
    answer: float | None = None
    feedback: str = ""
    otherwise: str = ""
    tolerance: float = 0
    unit: str = ""
    mistake: list[Mistake] = []
    also: list[Mistake] = []
    bounds: list[float] = []

    @property
    def graded(self):
        """Whether there is a right number."""
        return self.answer is not None


class Word(_Item, frozen=True, kw_only=True):
    """A word or a few, typed; `otherwise` is the feedback for what nobody expected."""

    type: Literal["word"]
    answer: list[Accepted]
    otherwise: str


class Grid(_Item, frozen=True, kw_only=True):
    """One choice for each row; without keys it is a survey and is kept, not graded."""

    type: Literal["grid"]
    choices: list[str]
    row: list[GridRow]

    @property
    def graded(self):
        """Whether the rows have a key."""
        return self.row[0].key is not None


class Matrix(_Item, frozen=True, kw_only=True):
    """One choice for each row under each column; without keys it is kept, not graded."""

    type: Literal["matrix"]
    columns: list[str]
    choices: list[str]
    row: list[MatrixRow]

    @property
    def graded(self):
        """Whether the rows have a key."""
        return bool(self.row[0].key)


class Match(_Item, frozen=True, kw_only=True):
    """What belongs to what: one of the choices for each thing; `extra` are choices that belong to none."""

    type: Literal["match"]
    pair: list[Pair]
    extra: list[str] = []

    @property
    def choices(self):
        """All choices, each once, in an order that tells nothing."""
        return sorted({pair.match for pair in self.pair} | set(self.extra), key=str.casefold)


class Order(_Item, frozen=True, kw_only=True):
    """Things to be put in order; the bank has them in the right one."""

    type: Literal["order"]
    step: list[Step]

    @property
    def shuffled(self):
        """The places in the bank in the order first shown: the same for all, and never the right one."""
        places = list(range(len(self.step)))
        mixed = random.Random(self.id).sample(places, len(places))  # noqa: S311
        return mixed if mixed != places else places[::-1]


class Probability(_Item, frozen=True, kw_only=True):
    """A forecast in percent; once lodged it is locked until `resolves`, an ISO day."""

    type: Literal["probability"]
    resolves: date

    @property
    def graded(self):
        """A forecast is scored when the day has come, not when it is lodged."""
        return False


class Text(_Item, frozen=True, kw_only=True):
    """A text of at least `minimum` words; model answer and rubric are shown after it was handed in.

    `other` is a second model answer, which comes to something else.
    """

    type: Literal["text"]
    model: str
    other: str = ""
    rubric: list[str]
    minimum: int = 1
    lines: int = 4

    @property
    def graded(self):
        """A text is for people to judge."""
        return False


TYPES = {
    "single": Single,
    "multiple": Multiple,
    "number": Number,
    "word": Word,
    "grid": Grid,
    "matrix": Matrix,
    "match": Match,
    "order": Order,
    "probability": Probability,
    "text": Text,
}


def version_of(table):
    """Return ten signs that change whenever what an author wrote of a question changes, and never otherwise.

    They hang on the words of the bank alone: not on our classes, which fields those have, their order or
    their defaults. How a number, a line's end, an accent or the order of fields was written does not count.

    Parameters: `table` the question as its bank has it: texts, numbers, dates, lists and dicts of these.

    >>> version_of({"id": "01-a", "answer": 3}) == version_of({"answer": 3.0, "id": "01-a"})
    True
    """
    text = json.dumps(_normal(table), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _normal(value):
    match value:
        case dict():
            return {_normal(name): _normal(inner) for name, inner in value.items()}
        case list():
            return [_normal(inner) for inner in value]
        case str():
            return unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        case float() if value.is_integer():
            return int(value)
        case date():
            return value.isoformat()
    return value


def _said(part):
    """Return a question that no bank holds as a bank would have it: without what is left at its default."""
    if isinstance(part, list):
        return [_said(one) for one in part]
    if not isinstance(part, msgspec.Struct):
        return part
    return {
        field.encode_name: _said(value)
        for field in msgspec.structs.fields(part)
        if field.name != "version" and (value := getattr(part, field.name)) != _default(field)
    }


def _default(field):
    made = field.default_factory
    return field.default if made is msgspec.NODEFAULT else made()


def public_view(item):
    """Return what may be shown before an answer: a dict without key, feedback, hints, explanation or sources.

    >>> one = Option(text="yes", feedback="no", key=True)
    >>> public_view(Single(id="a", type="single", check="c", objective=1, stem="?", option=[one]))["options"]
    ['yes']
    """
    shown = {
        "id": item.id,
        "type": item.type,
        "stem": item.stem,
        "hints": len(item.hints),
        "graded": item.graded,
        "confidence": item.confidence,
    }
    match item:
        case Single() | Multiple():
            shown["options"] = [option.text for option in item.option]
        case Number():
            shown["unit"] = item.unit
        case Grid() | Matrix():
            shown["choices"] = list(item.choices)
            shown["rows"] = [{"text": row.text, "ref": row.ref} for row in item.row]
            if isinstance(item, Matrix):
                shown["columns"] = list(item.columns)
        case Match():
            shown["choices"] = item.choices
            shown["rows"] = [{"text": pair.text, "ref": ""} for pair in item.pair]
        case Order():
            shown["options"] = [item.step[place].text for place in item.shuffled]
        case Probability():
            shown["resolves"] = item.resolves.isoformat()
        case Text():
            shown["minimum"], shown["lines"] = item.minimum, item.lines
    return shown


def valid_answer(item, raw):
    """Return an answer in its normal form, or raise `ItemError` where it cannot be one for this item.

    single: the option's place from 0, or None. multiple: places in order. number, word, text: what was typed.
    grid and match: for each row the choice's place, or None. matrix: the same for each column of each row.
    order: all places as first shown, in the order chosen, or None. probability: percent, 0 to 100, or None.
    """
    match item:
        case Single() if raw is None or _place(raw, len(item.option)):
            return raw
        case Multiple() if isinstance(raw, list) and all(_place(one, len(item.option)) for one in raw):
            return sorted(set(raw))
        case Number() | Word() if isinstance(raw, str) and len(raw) <= LONGEST_ANSWER:
            return raw.strip()
        case Text() if isinstance(raw, str):
            if len(raw) <= LONGEST_ANSWER:
                return raw
            raise ItemError(say("grading.too_long", n=len(raw), most=LONGEST_ANSWER))
        case Grid() | Match() if isinstance(raw, list) and len(raw) == len(_rows(item)):
            if all(one is None or _place(one, len(item.choices)) for one in raw):
                return raw
        case Matrix() if isinstance(raw, list) and len(raw) == len(item.row):
            wide = all(isinstance(cells, list) and len(cells) == len(item.columns) for cells in raw)
            if wide and all(
                cell is None or _place(cell, len(item.choices)) for cells in raw for cell in cells
            ):
                return raw
        case Order() if raw is None:
            return raw
        case Order() if isinstance(raw, list) and all(_place(one, len(item.step)) for one in raw):
            if sorted(raw) == list(range(len(item.step))):
                return raw
        case Probability() if raw is None or _percent(raw):
            return raw
    shown = repr(raw) if len(repr(raw)) <= 80 else repr(raw)[:80] + "…"
    given, name, kind = map(isolate, (shown, item.id, item.type))
    raise ItemError(say("grading.no_answer", given=given, item=name, type=kind))


def key_answer(item):
    """Return an answer that is right, in its normal form, or None where there is none."""
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
            return next(one.text for one in item.answer if one.key)
        case Grid():
            return [item.choices.index(row.key) for row in item.row]
        case Matrix():
            return [[item.choices.index(choice) for choice in row.key] for row in item.row]
        case Match():
            return [item.choices.index(pair.match) for pair in item.pair]
        case Order():
            return [item.shuffled.index(place) for place in range(len(item.step))]
    return None


def key_lines(item):
    """Return what is right, in words, with its feedback: one Markdown line for each part of the key."""
    match item:
        case Single() | Multiple():
            return [f"{option.text.rstrip('.')}: {option.feedback}" for option in item.option if option.key]
        case Number():
            return [f"{item.answer:.15g} {item.unit}".strip() + f": {item.feedback}"]
        case Word():
            return [f"{one.text}: {one.feedback}" for one in item.answer if one.key]
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
    return []


def _rows(item):
    return item.row if isinstance(item, Grid) else item.pair


def _place(value, count):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count


def _percent(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100
