"""The types of question: what each holds, and what an answer to each looks like in its normal form."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from course_lib.items.versions import authored_table, version_of

LONGEST_ANSWER = 20_000
SURE = ("guessing", "fairly sure", "sure")
# What the library needs a question for. The library looks for the role, so that ids are the author's own.
Role = Literal[
    "",
    "opens_outcomes",
    "knew_outcomes",
    "remembered_forecast",
    "status_quo_forecast",
    "empty_search_forecast",
    "brief_question",
    "brief_known",
    "brief_unknown",
    "brief_judgement",
    "brief_probability",
    "brief_change",
]
# Every other role is one question's in the whole course.
SHARED_ROLES = frozenset({"remembered_forecast", "status_quo_forecast", "empty_search_forecast"})
# The same for an option: how outcomes are opened, how much was known of them.
OptionRole = Literal["", "own_forecasts", "invented_example", "knew_some", "knew_most"]


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to choose, with the feedback for choosing it; `role` is what the library needs it for."""

    text: str
    feedback: str
    key: bool = False
    role: OptionRole = ""


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


class NumberRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a number, or of those from `low` up to but not with `high`; an end left out is open."""

    feedback: str
    key: bool = False
    value: float | None = None
    low: float | None = None
    high: float | None = None


class FigureSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure to read: a function of `course_lib.charts` and the tables it is drawn from."""

    chart: str
    tables: list[str]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What questions of every type have; `Item` is one of a particular type.

    `role` is what the library needs it for, where it does: no code names the id of a question. `version`
    stands for what the author wrote of it.
    """

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
    role: Role = ""
    # Of what the author wrote, where a bank was read; no field of a bank.
    version: str = ""

    def __post_init__(self) -> None:
        if not self.version:
            msgspec.structs.force_setattr(self, "version", version_of(authored_table(self)))

    @property
    def graded(self) -> bool:
        """Whether an answer can be right or wrong."""
        return True


class Single(Question, frozen=True, kw_only=True):
    """One right option among several; with `any_key` several are right and one is enough.

    A `survey` has no key and is kept, not graded.
    """

    type: Literal["single"]
    option: list[Option]
    any_key: bool = False
    survey: bool = False

    @property
    def graded(self) -> bool:
        """Whether there is a key."""
        return not self.survey

    @property
    def key_places(self) -> list[int]:
        """The places of the right options."""
        return [place for place, option in enumerate(self.option) if option.key]


class Multiple(Question, frozen=True, kw_only=True):
    """Every right option, and no other, is to be ticked; a `survey` has no key and is kept, not graded."""

    type: Literal["multiple"]
    option: list[Option]
    survey: bool = False

    @property
    def graded(self) -> bool:
        """Whether there is a key."""
        return not self.survey

    @property
    def key_places(self) -> list[int]:
        """The places of the right options."""
        return [place for place, option in enumerate(self.option) if option.key]


class Number(Question, frozen=True, kw_only=True):
    """A number, right within `tolerance`; `mistake` lists wrong ones with feedback of their own.

    `decimals` is how exact it is asked, which the page tells: to so many decimals. `also` lists further
    right ones. Without an answer it is a survey and is kept, not graded. What lies outside `bounds`, two
    numbers, is no answer. Where `rule` has any, the first that fits decides and nothing else does;
    `significant` is to how many digits a number is rounded before, and `answer` is then an example of a
    right one.
    """

    type: Literal["number"]
    answer: float | None = None
    feedback: str = ""
    otherwise: str = ""
    tolerance: float = 0
    decimals: int | None = None
    unit: str = ""
    mistake: list[Mistake] = []
    also: list[Mistake] = []
    bounds: list[float] = []
    rule: list[NumberRule] = []
    significant: int = 0

    @property
    def graded(self) -> bool:
        """Whether there is a right number."""
        return self.answer is not None


class Word(Question, frozen=True, kw_only=True):
    """A word or a few, typed; `otherwise` is the feedback for what nobody expected.

    The likest of the words counts; with `in_order` the first that is like enough, and `similar` is then the
    share of letters that stay when one is made into the other. A `survey` is kept, not graded.
    """

    type: Literal["word"]
    answer: list[Accepted]
    otherwise: str
    in_order: bool = False
    survey: bool = False

    @property
    def graded(self) -> bool:
        """Whether there is a key."""
        return not self.survey


class Grid(Question, frozen=True, kw_only=True):
    """One choice for each row; without keys it is a survey and is kept, not graded."""

    type: Literal["grid"]
    choices: list[str]
    row: list[GridRow]

    @property
    def graded(self) -> bool:
        """Whether the rows have a key."""
        return self.row[0].key is not None

    @property
    def key_places(self) -> list[int]:
        """For each row the place of the right choice; empty in a survey."""
        return [self.choices.index(row.key) for row in self.row if row.key is not None]


class Matrix(Question, frozen=True, kw_only=True):
    """One choice for each row under each column; without keys it is kept, not graded."""

    type: Literal["matrix"]
    columns: list[str]
    choices: list[str]
    row: list[MatrixRow]

    @property
    def graded(self) -> bool:
        """Whether the rows have a key."""
        return bool(self.row[0].key)

    @property
    def key_rows(self) -> list[list[int]]:
        """For each row the places of the right choices, one for each column; of a survey empty rows."""
        return [[self.choices.index(choice) for choice in row.key] for row in self.row]


class Match(Question, frozen=True, kw_only=True):
    """What belongs to what: one of the choices for each thing; `extra` are choices that belong to none."""

    type: Literal["match"]
    pair: list[Pair]
    extra: list[str] = []

    @property
    def choices(self) -> list[str]:
        """All choices, each once, in an order that tells nothing."""
        return sorted({pair.match for pair in self.pair} | set(self.extra), key=str.casefold)

    @property
    def key_places(self) -> list[int]:
        """For each thing the place of the choice that belongs to it."""
        return [self.choices.index(pair.match) for pair in self.pair]


class Order(Question, frozen=True, kw_only=True):
    """Things to be put in order; the bank has them in the right one."""

    type: Literal["order"]
    step: list[Step]

    @property
    def shuffled(self) -> list[int]:
        """The places in the bank in the order first shown: the same for all, and never the right one."""
        places = list(range(len(self.step)))
        # A file of one's own puts its key before the id; what was answered before it did still holds.
        mixed = random.Random(self.id.rpartition("#")[2]).sample(places, len(places))  # noqa: S311
        return mixed if mixed != places else places[::-1]

    @property
    def key_places(self) -> list[int]:
        """The places as first shown, in the right order."""
        return [self.shuffled.index(place) for place in range(len(self.step))]


class Probability(Question, frozen=True, kw_only=True):
    """A forecast in percent; once lodged it is locked until `resolves`, an ISO day."""

    type: Literal["probability"]
    resolves: date

    @property
    def graded(self) -> bool:
        """A forecast is scored when the day has come, not when it is lodged."""
        return False


class Text(Question, frozen=True, kw_only=True):
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
    def graded(self) -> bool:
        """A text is for people to judge."""
        return False


Item = Single | Multiple | Number | Word | Grid | Matrix | Match | Order | Probability | Text
# single: the option's place from 0. multiple: places in order. number, word, text: what was typed. grid and
# match: for each row the choice's place, or None. matrix: the same for each column of each row. order: all
# places as first shown, in the order chosen. probability: percent, 0 to 100. None where nothing was chosen.
# A sequence is a list; which of them belongs to which type of question, `Response` says.
Answer = int | float | str | Sequence[int | Sequence[int | None] | None] | None

TYPES: dict[str, type[Item]] = {
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


class BankHead(msgspec.Struct, frozen=True, kw_only=True):
    """What the course home says of a lesson; `horizon` the last day whose events it uses, an ISO date."""

    lesson: str
    title: str
    question: str
    minutes: int
    activity_minutes: int
    horizon: str | None = None


class Bank(BankHead, frozen=True, kw_only=True):
    """The questions of one lesson, in order, with what the course home says of it."""

    items: list[Item]
