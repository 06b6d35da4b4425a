"""Questions of a file of one's own: known by the file and their place, and told without the file.

The file of such a question may be at hand to nobody who reads a student's work. So the store keeps, beside
the first entry for each version of a question, what a student was shown of it: no key and no feedback. It
stands in an entry of the kind ``start``. Whoever hands in a file could have changed it, so that it is read
with limits, and only ever told as what the student's machine kept.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, TypedDict

import msgspec
from msgspec import Meta, Struct

from course_lib import items
from course_lib.errors import ItemError
from course_lib.items import Item
from course_lib.student.events import Event

# Between the key of a file and the place or the name of a question in it.
SEPARATOR = "#"
# A short sign for the folders, and the longest name that systems give a file.
LONGEST_KEY = 300
_LONGEST_TEXT, _MOST_PARTS, _MOST_QUESTIONS = 20_000, 500, 10_000
_SIGN = 8
_OF_CONTENT = re.compile(r"jq-[0-9a-f]{8}(-[0-9]+)?")

_Key = Annotated[str, Meta(min_length=1, max_length=LONGEST_KEY)]
_Words = Annotated[str, Meta(max_length=_LONGEST_TEXT)]
_Texts = Annotated[list[_Words], Meta(max_length=_MOST_PARTS)]
_Count = Annotated[int, Meta(ge=0, le=_MOST_QUESTIONS)]


class RowSnapshot(Struct, frozen=True, omit_defaults=True):
    """One row of a question as it was shown: its text, and what it is about."""

    text: _Words
    ref: _Words = ""


class _Common(TypedDict):
    """What questions of every type have."""

    id: str
    version: str
    check: str
    objective: int
    stem: str
    hints: list[str]
    confidence: bool


class FormRef(Struct, frozen=True):
    """A form of a question: the id under which entries on it stand, and its version."""

    id: _Words
    version: _Words


class QuestionSnapshot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question of a file of one's own as a student was shown it.

    `file` is the key of the file, `place` the question's place in it from 1, `total` how many questions were
    asked with it, `former` the id that it had in stores kept earlier, `earlier` the forms of it that stand
    under other ids, since it was moved or named, `siblings` a short sign for the words of each question that
    the file had then, in their order. The rest is what `items.public_view` gives.
    """

    file: _Key
    place: _Count
    total: _Count
    type: str
    stem: _Words
    check: _Words = ""
    former: _Words = ""
    earlier: Annotated[list[FormRef], Meta(max_length=_MOST_PARTS)] = []
    siblings: Annotated[list[Annotated[str, Meta(max_length=_SIGN)]], Meta(max_length=_MOST_PARTS)] = []
    hints: _Count = 0
    graded: bool = False
    confidence: bool = False
    options: _Texts = []
    unit: _Words = ""
    choices: _Texts = []
    rows: Annotated[list[RowSnapshot], Meta(max_length=_MOST_PARTS)] = []
    columns: _Texts = []
    resolves: date | None = None
    minimum: _Count = 1
    lines: _Count = 4

    @property
    def words(self) -> str:
        """A short sign for what was shown, wherever in the file it stood."""
        alone = msgspec.structs.replace(self, file="-", place=0, total=0, former="", earlier=[], siblings=[])
        return hashlib.sha256(msgspec.json.encode(alone)).hexdigest()[:_SIGN]


def is_own(item_id: str, owner: str) -> bool:
    """Tell whether a question is one of a file.

    Parameters
    ----------
    item_id : str
        The id of the question.
    owner : str
        The key of the file.

    Returns
    -------
    bool
        Whether the id begins with it.

    Examples
    --------
    >>> is_own("quiz.json#2", "quiz.json"), is_own("03-recall", "03_russia_in_syria"), is_own("#2", "")
    (True, False, False)
    """
    return bool(owner) and item_id.startswith(owner + SEPARATOR)


def describe_questions(
    questions: Sequence[Item], owner: str, former_ids: Mapping[str, str] | None = None
) -> dict[str, QuestionSnapshot]:
    """Return what is kept of the questions of a file, so that they can be told without it.

    Parameters
    ----------
    questions : sequence of Item
        In the order of the file.
    owner : str
        The key of the file.
    former_ids : mapping of str to str, optional
        From their ids to those in stores kept earlier.

    Returns
    -------
    dict of str to QuestionSnapshot
        By the id of the question; empty where they belong to no file.
    """
    own = [item for item in questions if is_own(item.id, owner)]
    former_ids = former_ids or {}
    return {
        item.id: _snapshot(item, owner, _place(item.id, owner, place), len(own), former_ids.get(item.id, ""))
        for place, item in enumerate(own, start=1)
    }


def _place(item_id: str, owner: str, asked: int) -> int:
    """Return the place of a question in its file, which its id may tell; else that in which it was asked."""
    name = item_id[len(owner) + 1 :]
    return int(name) if name.isdecimal() and int(name) <= _MOST_QUESTIONS else asked


def _snapshot(item: Item, owner: str, place: int, total: int, former: str) -> QuestionSnapshot:
    view: dict[str, object] = {**items.public_view(item)}
    del view["id"]
    shown: dict[str, object] = {
        "file": owner,
        "place": place,
        "total": total,
        "check": item.check,
        "former": former,
        **view,
    }
    # A file may hold more than is ever read again.
    return msgspec.convert(_shorten(shown), QuestionSnapshot)


def _shorten(value: object) -> object:
    match value:
        case dict():
            return {name: _shorten(inner) for name, inner in value.items()}
        case list():
            return [_shorten(inner) for inner in value[:_MOST_PARTS]]
        case str() if len(value) > _LONGEST_TEXT:
            return value[: _LONGEST_TEXT - 1] + "…"
        case _:
            return value


def read_snapshot(event: Event) -> QuestionSnapshot | None:
    """Return what an entry keeps of a question of a file.

    Parameters
    ----------
    event : Event
        Any entry, from a file that anybody may have changed.

    Returns
    -------
    QuestionSnapshot or None
        None where it keeps nothing of one, or what it keeps cannot be one.
    """
    if event.kind != "start" or not isinstance(event.answer, dict):
        return None
    try:
        snapshot = msgspec.convert(event.answer, QuestionSnapshot)
        described_item(snapshot, event.item, event.version)
        # Half a sign can stand in JSON, but on no page and in no file.
        msgspec.json.encode(snapshot)
    except (ItemError, ValueError, RecursionError):
        return None
    return snapshot


def is_damaged(event: Event) -> bool:
    """Tell whether an entry should keep something of a question, and cannot be read.

    Parameters
    ----------
    event : Event
        Any entry.

    Returns
    -------
    bool
        Whether there is something to remark.
    """
    return event.kind == "start" and event.answer is not None and read_snapshot(event) is None


def described_item(snapshot: QuestionSnapshot, item_id: str, version: str) -> Item:
    """Return a question without its key and feedback, so that an answer to it can be told.

    Parameters
    ----------
    snapshot : QuestionSnapshot
        What was kept of it.
    item_id, version : str
        Of the question.

    Returns
    -------
    Item
        What `items.valid_answer` takes an answer to; nothing can be graded by it.

    Raises
    ------
    ItemError
        Where there is no such question.
    """
    if not is_own(item_id, snapshot.file):
        raise ItemError(f"{item_id} is no question of {snapshot.file}.")
    common = _Common(
        id=item_id,
        version=version or "-",
        check=snapshot.check,
        objective=0,
        stem=snapshot.stem,
        hints=[""] * min(snapshot.hints, _MOST_PARTS),
        confidence=snapshot.confidence,
    )
    match snapshot.type:
        case "single" | "multiple" if snapshot.options:
            option = [items.Option(text, "") for text in snapshot.options]
            if snapshot.type == "single":
                return items.Single(type="single", option=option, survey=True, **common)
            return items.Multiple(type="multiple", option=option, survey=True, **common)
        case "number":
            return items.Number(type="number", unit=snapshot.unit, **common)
        case "word":
            return items.Word(type="word", answer=[], otherwise="", **common)
        case "grid" if snapshot.rows and snapshot.choices:
            rows = [items.GridRow(row.text, row.ref) for row in snapshot.rows]
            return items.Grid(type="grid", choices=snapshot.choices, row=rows, **common)
        case "matrix" if snapshot.rows and snapshot.choices and snapshot.columns:
            wide = [items.MatrixRow(row.text, row.ref) for row in snapshot.rows]
            return items.Matrix(
                type="matrix", columns=snapshot.columns, choices=snapshot.choices, row=wide, **common
            )
        case "match" if snapshot.rows and snapshot.choices:
            pairs = [items.Pair(row.text, snapshot.choices[0], "") for row in snapshot.rows]
            return items.Match(type="match", pair=pairs, extra=snapshot.choices, **common)
        case "order" if len(snapshot.options) > 1:
            return _order_from(snapshot.options, common)
        case "probability" if snapshot.resolves:
            return items.Probability(type="probability", resolves=snapshot.resolves, **common)
        case "text":
            return items.Text(
                type="text",
                model="",
                rubric=[],
                minimum=snapshot.minimum,
                lines=snapshot.lines,
                **common,
            )
        case _:
            raise ItemError(f"{item_id} is of no type that can be told.")


def _order_from(shown: Sequence[str], common: _Common) -> items.Order:
    """Return things to be put in order that are first shown in the order given."""
    steps = [items.Step(text, "") for text in shown]
    places = items.Order(type="order", step=steps, **common).shuffled
    in_bank = [steps[places.index(place)] for place in range(len(steps))]
    return items.Order(type="order", step=in_bank, **common)


def is_former_id(item_id: str) -> bool:
    """Tell whether an id is one that questions of jupyterquiz files had, made of what they hold.

    Parameters
    ----------
    item_id : str
        The id of a question.

    Returns
    -------
    bool
        By its form.

    Examples
    --------
    >>> is_former_id("jq-0123abcd"), is_former_id("jq-0123abcd-2"), is_former_id("quiz.json#1")
    (True, True, False)
    """
    return _OF_CONTENT.fullmatch(item_id) is not None


def adopt_former(
    events: Iterable[Event], questions: Iterable[Item], former_ids: Mapping[str, str]
) -> list[Event]:
    """Return what a student did, with what stands under former ids as entries of the questions themselves.

    Parameters
    ----------
    events : iterable of Event
        Oldest first.
    questions : iterable of Item
        The questions.
    former_ids : mapping of str to str
        From their ids to those in stores kept earlier.

    Returns
    -------
    list of Event
        In the same order. An entry under a former id is adopted where it was made when the question stood as
        it does now. The former ids of jupyterquiz's questions were made of what these hold; any other may
        have been another file's, with another version.
    """
    if not former_ids:
        return list(events)
    former: dict[str, Item] = {}
    for item in questions:
        if item.id in former_ids:
            # Where two files hold the same question, its answer is that of the one that was opened first.
            former.setdefault(former_ids[item.id], item)
    adopted = []
    for event in events:
        found = former.get(event.item)
        if found is not None and (is_former_id(event.item) or event.version == found.version):
            adopted.append(msgspec.structs.replace(event, item=found.id, version=found.version))
        else:
            adopted.append(event)
    return adopted
