"""Which of today's questions one is that was answered before: found again though it was moved or named.

A question of a file of one's own is known by its place in the file, or by its `id` where it has one. When a
question is put before it, when it gets an id, or when both are done and a letter is mended, another name
stands for it. So what the store kept of the wording decides: the same words are the same question wherever
they stand; other words are the question that stands under the same name or at the same place, if they are
alike.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from course_lib.items import Item
from course_lib.student.carried_answers import ALIKE, is_another_question, stem_likeness
from course_lib.student.events import Event
from course_lib.student.own_questions import (
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
    same_words: dict[bytes, list[str]] = {}
    for name, snapshot in today.items():
        same_words.setdefault(_words(snapshot), []).append(name)
    traced: dict[FormRef, str] = {}
    for form in forms:
        if names := same_words.get(_words(form.snapshot)):
            away = {name: abs(today[name].place - form.snapshot.place) for name in names}
            traced[form.ref] = form.ref.id if form.ref.id in names else min(names, key=away.__getitem__)
    compared = 0
    for form in reversed(forms):
        if form.ref in traced:
            continue
        near = [name for name in today if today[name].place == form.snapshot.place]
        near = [name for name in dict.fromkeys([form.ref.id, *near]) if name in by_id]
        compared += len(by_id)
        if compared <= _MOST_COMPARED and (found := _most_alike(form.item, by_id, near)):
            traced[form.ref] = found
        elif form.ref.id in by_id and not is_another_question(form.item, by_id[form.ref.id]):
            traced[form.ref] = form.ref.id
    return traced


def _words(snapshot: QuestionSnapshot) -> bytes:
    """Return what was shown of a question, without where it stood."""
    return msgspec.json.encode(
        msgspec.structs.replace(snapshot, file="-", place=0, total=0, former="", earlier=[])
    )


def _most_alike(form: Item, today: Mapping[str, Item], near: Sequence[str]) -> str:
    """Return the id of the question whose stem is most like that of a form; empty where none is enough."""
    likeness: dict[str, float] = {}
    for name in dict.fromkeys([*near, *today]):
        if today[name].type != form.type:
            continue
        if name in near and (found := stem_likeness(form, today[name])) >= ALIKE:
            likeness[name] = found
        elif name not in near and _is_nearly_the_same(form, today[name]):
            likeness[name] = stem_likeness(form, today[name])
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
                if is_own(ref.id, snapshot.file) and ref.id != event.item:
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
    """Tell whether a letter was mended; “What is 2 + 3?” and “What is 2 + 4?” are two questions."""
    numbers = [re.findall(r"\d+", question.stem) for question in (form, item)]
    return (
        form.type == item.type and numbers[0] == numbers[1] and stem_likeness(form, item) >= _NEARLY_THE_SAME
    )


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
    newest = {form.ref.id: form for form in forms}
    today = describe_questions(questions, owner)
    left = {item.id: item for item in questions if item.id in today}
    found = 0
    for form in newest.values():
        same = (name for name in left if _words(today[name]) == _words(form.snapshot))
        near = (name for name, item in left.items() if _is_nearly_the_same(form.item, item))
        if name := next(same, "") or next(near, ""):
            del left[name]
            found += 1
    return found / max(len(newest), len(today), 1)
