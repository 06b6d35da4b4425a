"""Which of today's questions one is that was answered before: found again though it was moved or named.

A question of a file of one's own is known by its place in the file, or by its `id` where it has one. When a
question is put before it, when it gets an id, or when both are done and a letter is mended, another name
stands for it. So what the store kept of the wording decides: the same words are the same question wherever
they stand; other words are the question that stands under the same name or at the same place, if they are
alike.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import msgspec

from course_lib.items import Item
from course_lib.student.carried_answers import is_another_question, stem_likeness
from course_lib.student.events import Event
from course_lib.student.own_questions import (
    SEPARATOR,
    FormRef,
    QuestionSnapshot,
    describe_questions,
    described_item,
    is_own,
    read_snapshot,
)

# A hand-in that was made up could hold any number, and comparing words takes time.
_MOST_COMPARED, _MOST_KEYS = 2_000, 50
# What neither name nor place says has to be nearly the same.
_NEARLY_THE_SAME = 0.9
# Two letters taken out and two put in.
_MENDED = 4


class KeptForm(NamedTuple):
    """A form in which a question was shown, as a store kept it.

    Attributes
    ----------
    ref : FormRef
        The id under which entries on it stand, and its version.
    snapshot : QuestionSnapshot
        What was kept of it.
    item : Item
        The same as a question without a key.
    """

    ref: FormRef
    snapshot: QuestionSnapshot
    item: Item


def kept_forms(events: Iterable[Event], owner: str) -> list[KeptForm]:
    """Return every form in which the questions of a file were shown.

    Parameters
    ----------
    events : iterable of Event
        What a student did, oldest first.
    owner : str
        The key of the file.

    Returns
    -------
    list of KeptForm
        One for each id and version, the one that was kept last at the end.
    """
    forms: dict[FormRef, KeptForm] = {}
    for event in events:
        snapshot = read_snapshot(event) if event.kind == "start" and is_own(event.item, owner) else None
        if snapshot is not None and snapshot.file == owner:
            ref = FormRef(event.item, event.version)
            forms.pop(ref, None)
            forms[ref] = KeptForm(ref, snapshot, described_item(snapshot, event.item, event.version))
    return list(forms.values())


def trace_forms(forms: Sequence[KeptForm], questions: Sequence[Item], owner: str) -> dict[FormRef, str]:
    """Return which of today's questions each kept form is.

    Parameters
    ----------
    forms : sequence of KeptForm
        Of the file, with ids that begin as today's do.
    questions : sequence of Item
        Today's, in the order of the file.
    owner : str
        What their ids begin with.

    Returns
    -------
    dict of FormRef to str
        The id of today's question; without forms of questions that are in the file no more.
    """
    today = describe_questions(questions, owner)
    by_id = {item.id: item for item in questions if item.id in today}
    words = {name: snapshot.words for name, snapshot in today.items()}
    same_words: dict[str, list[str]] = {}
    for name, sign in words.items():
        same_words.setdefault(sign, []).append(name)
    traced: dict[FormRef, str] = {}
    for form in forms:
        if names := same_words.get(form.snapshot.words):
            away = {name: abs(today[name].place - form.snapshot.place) for name in names}
            traced[form.ref] = form.ref.id if form.ref.id in names else min(names, key=away.__getitem__)
    _follow_told(forms, traced)
    _follow_names(forms, traced)
    claimed = set(traced.values())
    unclaimed = {name: item for name, item in by_id.items() if name not in claimed}
    left = [form for form in reversed(forms) if form.ref not in traced]
    for form in left[: _MOST_COMPARED // max(1, len(unclaimed))]:
        siblings = form.snapshot.siblings
        # What stood beside it, in the words that it has today, is another question.
        free = {name: item for name, item in unclaimed.items() if words[name] not in siblings}
        nearly = {name: item for name, item in free.items() if _is_nearly_the_same(form.item, item)}
        anchors = {
            place: today[same_words[sign][0]].place
            for place, sign in enumerate(siblings, start=1)
            if len(same_words.get(sign, ())) == 1
        }
        low, high = _between(anchors, form.snapshot.place)
        near = {
            name: item
            for name, item in free.items()
            if low < today[name].place < high and not is_another_question(form.item, item)
        }
        # A name that the author gave is the question's, wherever it stands.
        is_place = form.ref.id.rpartition(SEPARATOR)[2].isdecimal()
        own = None if is_place else free.get(form.ref.id)
        is_own_name = own is not None and not is_another_question(form.item, own)
        if found := form.ref.id if is_own_name else _most_alike(form.item, nearly or near):
            traced[form.ref] = found
            # Of two that were taken out only one can be what stands there now; the newest is.
            del unclaimed[found]
    _follow_names(forms, traced)
    _follow_told(forms, traced)
    return traced


def _follow_told(forms: Sequence[KeptForm], traced: dict[FormRef, str]) -> None:
    """Trace the forms that stand, as was told, under the name of another that is traced."""
    for form in reversed(forms):
        if form.ref in traced:
            for ref in form.snapshot.earlier:
                traced.setdefault(ref, traced[form.ref])


def _follow_names(forms: Sequence[KeptForm], traced: dict[FormRef, str]) -> None:
    """Trace the forms that stood under a name before another form that is traced and much like them."""
    newer: dict[str, KeptForm] = {}
    for form in reversed(forms):
        later = newer.get(form.ref.id)
        if form.ref in traced:
            newer[form.ref.id] = form
        elif later is not None and not stood_beside(form.snapshot, form.item, later.snapshot, later.item):
            traced[form.ref] = traced[later.ref]


def stood_beside(snapshot: QuestionSnapshot, item: Item, other: QuestionSnapshot, its_item: Item) -> bool:
    """Tell whether two forms that stood under one name are of two questions.

    Parameters
    ----------
    snapshot, other : QuestionSnapshot
        What was kept of each, the earlier first.
    item, its_item : Item
        The same as questions without a key.

    Returns
    -------
    bool
        Whether the second stood beside the first when that was shown, or has nothing in common with it.
    """
    if other.words == snapshot.words:
        return False
    return other.words in snapshot.siblings or is_another_question(item, its_item)


def _between(anchors: Mapping[int, int], place: int) -> tuple[int, int]:
    """Return between which places a question has to stand now, by those about it whose words are the same.

    Where none is left, it is its own place; where they have changed their order, none.
    """
    before = max((there for there in anchors if there < place), default=0)
    after = min((there for there in anchors if there > place), default=0)
    if not before and not after:
        return place - 1, place + 1
    low = anchors[before] if before else 0
    return low, anchors[after] if after else low + place - before + 1


def _most_alike(form: Item, candidates: Mapping[str, Item]) -> str:
    """Return the id of the question whose stem is most like that of a form; empty where there is none."""
    likeness = {name: stem_likeness(form, item) for name, item in candidates.items()}
    return max(likeness, key=likeness.__getitem__, default="")


def told_moves(events: Iterable[Event]) -> dict[FormRef, str]:
    """Return which forms stand under the id of another question now, as the store tells without the file.

    Parameters
    ----------
    events : iterable of Event
        What a student did, oldest first.

    Returns
    -------
    dict of FormRef to str
        The id of the question that each of them is.
    """
    moves: dict[FormRef, str] = {}
    for event in events:
        if snapshot := read_snapshot(event):
            moves.pop(FormRef(event.item, event.version), None)
            for ref in snapshot.earlier:
                if ref.id == event.item:
                    moves.pop(ref, None)
                elif is_own(ref.id, snapshot.file):
                    moves[ref] = event.item
    return moves


def rename_entries(events: Iterable[Event], names: Mapping[FormRef, str]) -> list[Event]:
    """Return entries under the ids of the questions that they are on.

    Parameters
    ----------
    events : iterable of Event
        What a student did.
    names : mapping of FormRef to str
        As from `trace_forms` or `told_moves`.

    Returns
    -------
    list of Event
        In the same order.
    """
    renamed = []
    for event in events:
        name = names.get(FormRef(event.item, event.version), event.item)
        renamed.append(event if name == event.item else msgspec.structs.replace(event, item=name))
    return renamed


def _is_nearly_the_same(form: Item, item: Item) -> bool:
    """Tell whether letters were mended: “Capitol of Togo” is “Capital of Togo” and not “Capital of Chad”."""
    if form.type != item.type or stem_likeness(form, item) < _NEARLY_THE_SAME:
        return False
    words, others = (re.findall(r"\w+|[^\w\s]+", question.stem) for question in (form, item))
    for action, start, end, there, stop in SequenceMatcher(None, words, others, False).get_opcodes():
        old, new = "".join(words[start:end]), "".join(others[there:stop])
        if action != "equal" and re.findall(r"\d+", old) != re.findall(r"\d+", new):
            return False
        if action == "replace":
            same = sum(block.size for block in SequenceMatcher(None, old, new, False).get_matching_blocks())
            if len(old) + len(new) - 2 * same > _MENDED:
                return False
    return True


def find_owner(
    events: Sequence[Event], owner: str, questions: Sequence[Item], may_be: Callable[[str], bool]
) -> str:
    """Return under which key a store has the questions of a file that has none under its own.

    Parameters
    ----------
    events : sequence of Event
        What a student did, oldest first.
    owner : str
        The key of the file.
    questions : sequence of Item
        Its questions.
    may_be : callable
        Whether the file may have had another key.

    Returns
    -------
    str
        The key under which most of the same questions stand, at least half of these and half of those; of two
        the newer. Its own where there is none.
    """
    keys: dict[str, None] = {}
    for event in events:
        if snapshot := read_snapshot(event):
            keys.pop(snapshot.file, None)
            keys[snapshot.file] = None
    if owner in keys:
        return owner
    best, most = owner, 0.5
    for key in [key for key in reversed(keys) if may_be(key)][:_MOST_KEYS]:
        share = _overlap(kept_forms(events, key), questions, owner)
        if share >= most and (best == owner or share > most):
            best, most = key, share
    return best


def _overlap(forms: Sequence[KeptForm], questions: Sequence[Item], owner: str) -> float:
    """Return which share of some questions stand in a file and of those in the file stand among them."""
    if not forms:
        return 0.0
    # What stood in the file when it was last answered; stores kept earlier tell of what was answered alone.
    kept = Counter(forms[-1].snapshot.siblings or {form.snapshot.words for form in forms})
    today = {name: snapshot.words for name, snapshot in describe_questions(questions, owner).items()}
    same = kept & Counter(today.values())
    left = {item.id: item for item in questions if today.get(item.id, "") not in {"", *same}}
    found = same.total()
    for form in forms:
        near = (name for name, item in left.items() if _is_nearly_the_same(form.item, item))
        if form.snapshot.words not in same and (name := next(near, "")):
            del left[name]
            found += 1
    return min(found, len(today)) / max(kept.total(), len(today), 1)
