"""Where the answers to a group of questions are kept: beside each what was shown, and the end of a test."""

import contextlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from course_lib.errors import ProgressError
from course_lib.items import Answer, Item
from course_lib.student.events import Event
from course_lib.student.history import QuestionHistory, collect_history, read_history
from course_lib.student.kept_forms import kept_forms, rename_entries, told_moves, trace_forms
from course_lib.student.own_questions import (
    FormRef,
    QuestionSnapshot,
    adopt_former,
    describe_questions,
    read_snapshot,
)
from course_lib.student.progress import Progress
from course_lib.student.tests_taken import group_test, is_handed_in, start_uid

# Forms of a question under other names, the newest: more is a file that was made up.
_MOST_EARLIER, _MOST_SIBLINGS = 100, 500


class _Names(NamedTuple):
    """Under which names a store has the questions of a file.

    `former` from their ids to those of stores kept earlier, `traced` the forms that are one of today's,
    `gone` those that are none and whose name another question has now, `told` where forms were told to be.
    """

    former: dict[str, str]
    told: dict[FormRef, str]
    traced: dict[FormRef, str]
    gone: frozenset[FormRef]


class QuestionStore:
    """A student's store as a group of questions sees it.

    Parameters
    ----------
    progress : Progress or None
        The store; without one nothing is kept.
    questions : sequence of Item
        The group, at least one question.
    owner : str, optional
        The lesson or the file that asks it.
    former_ids : mapping of str to str, optional
        From the ids of questions of a file to those that they had in stores kept earlier.
    in_file : sequence of Item, optional
        All questions of the file, where the group has only some of them.
    """

    def __init__(
        self,
        progress: Progress | None,
        questions: Sequence[Item],
        owner: str = "",
        former_ids: Mapping[str, str] | None = None,
        in_file: Sequence[Item] = (),
    ) -> None:
        self.progress = progress
        self._owner = owner
        self._former_ids = former_ids or {}
        self._items = {item.id: item for item in questions}
        self._in_file = list(in_file) or list(questions)
        self._snapshots = describe_questions(questions, owner, self._former_ids)
        self._test = group_test(questions, owner)
        in_order = describe_questions(self._in_file, owner).values() if self._snapshots else ()
        self._siblings = [snapshot.words for snapshot in in_order][:_MOST_SIBLINGS]
        self._described: set[str] = set()
        self._found: _Names | None = None
        self._elsewhere: dict[str, int] = {}

    def history(self, item: Item) -> QuestionHistory:
        """Return what the store has of a question, also where it stood under another name.

        Parameters
        ----------
        item : Item
            One of the group.

        Returns
        -------
        QuestionHistory
            Empty where there is nothing.

        Raises
        ------
        ProgressError
            Where the store cannot be read.
        """
        if self.progress is None:
            return QuestionHistory(None, None, 0, False)
        if item.id not in self._snapshots:
            return read_history(self.progress, item)
        events = self._adopt(self.progress.events())
        return collect_history([event for event in events if event.item == item.id], item)

    def record(
        self,
        item: Item,
        kind: str,
        answer: Answer = None,
        score: float | None = None,
        state: str | None = None,
        sure: int | None = None,
    ) -> int:
        """Add one event for a question, and before the first what is shown of it.

        Parameters
        ----------
        item : Item
            The question.
        kind : str
            One of `events.KINDS`.
        answer : Answer
            In its normal form.
        score : float or None
            From 0 to 1.
        state : str or None
            As grading named it.
        sure : int or None
            How sure the student was, from 0.

        Returns
        -------
        int
            As from `Progress.record`, with what stands under earlier names counted in; 0 where nothing is
            kept.

        Raises
        ------
        ProgressError
            Where it could not be written.
        """
        if self.progress is None:
            return 0
        self._describe(item.id, self.progress)
        kept = self.progress.record(
            item.id, item.version, kind, answer=answer, score=score, state=state, sure=sure
        )
        return kept + self._elsewhere.get(item.id, 0)

    def describe_moved(self) -> None:
        """Keep what is shown of questions that were answered under other names, so that they are told too."""
        if self.progress is None or not self._snapshots:
            return
        # Where it cannot be kept, the next answer says so.
        with contextlib.suppress(ProgressError):
            events = self.progress.events()
            names = self._names(events)
            before = {event.item for event in events}
            adopted = {event.item for event in self._adopt(events)} - before
            for name in self._items:
                refs = [ref for ref, target in names.traced.items() if target == name]
                if name in adopted or any(names.told.get(ref, ref.id) != name for ref in refs):
                    self._keep_snapshot(name, self.progress)

    def _describe(self, name: str, progress: Progress) -> None:
        if name not in self._snapshots or name in self._described:
            return
        snapshot, newest = self._snapshot(name, progress), None
        for event in progress.item_events(name):
            if event.version == self._items[name].version:
                newest = read_snapshot(event) or newest
        if newest != snapshot:
            self._keep_snapshot(name, progress)
        self._described.add(name)

    def _keep_snapshot(self, name: str, progress: Progress) -> None:
        snapshot = self._snapshot(name, progress)
        progress.record(name, self._items[name].version, "start", answer=msgspec.to_builtins(snapshot))

    def _snapshot(self, name: str, progress: Progress) -> QuestionSnapshot:
        """Return what is kept of a question, with the forms of it that stand under other names."""
        names = self._names(progress.events())
        refs = [
            ref
            for ref, target in names.traced.items()
            # What stands under its own name is told only where it was told to be elsewhere.
            if target == name and (ref.id != name or names.told.get(ref, name) != name)
        ]
        return msgspec.structs.replace(
            self._snapshots[name],
            earlier=refs[-_MOST_EARLIER:],
            former=names.former.get(name, ""),
            siblings=self._siblings,
        )

    def _names(self, events: Sequence[Event]) -> _Names:
        """Return under which names the store has today's questions, as it was when it was first asked."""
        if self._found is None:
            taken: dict[str, str] = {}
            for event in events:
                if (snapshot := read_snapshot(event)) and snapshot.former:
                    taken.setdefault(snapshot.former, snapshot.file)
            # What another file has taken for its own is that file's.
            former = {
                name: given
                for name, given in self._former_ids.items()
                if taken.get(given, self._owner) == self._owner
            }
            forms = kept_forms(events, self._owner) if self._snapshots else []
            traced = trace_forms(forms, self._in_file, self._owner) if forms else {}
            # What is in the file no more is not in the way of a question that has its name now, where that
            # one has entries of its own or stood beside it.
            others = set(traced.values())
            words = {item.id: sign for item, sign in zip(self._in_file, self._siblings, strict=False)}
            gone = {
                form.ref
                for form in forms
                if form.ref not in traced
                and (form.ref.id in others or words.get(form.ref.id) in form.snapshot.siblings)
            }
            self._found = _Names(former, told_moves(events), traced, frozenset(gone))
            self._elsewhere = self._count_elsewhere(events)
        return self._found

    def _count_elsewhere(self, events: Sequence[Event]) -> dict[str, int]:
        """Return how many more answers each question has than stand under its name."""
        counts: Counter[str] = Counter()
        counts.update(event.item for event in self._adopt(events) if event.kind == "answer")
        counts.subtract(event.item for event in events if event.kind == "answer")
        return {name: counts[name] for name in self._items if counts[name]}

    def _adopt(self, events: Sequence[Event]) -> list[Event]:
        """Return entries under the names of today's questions."""
        names = self._names(events)
        adopted = adopt_former(events, self._in_file, names.former)
        if names.gone:
            adopted = [event for event in adopted if FormRef(event.item, event.version) not in names.gone]
        return rename_entries(adopted, names.traced) if names.traced else adopted

    def begin_test(self) -> str:
        """Begin the group as a test, unless it was begun before.

        Returns
        -------
        str
            What stands for its beginning, the same ever after; empty where nothing is kept.

        Raises
        ------
        ProgressError
            Where the store cannot be read or written.
        """
        if self.progress is None:
            return ""
        return start_uid(self._test, self._adopt(self.progress.events())) or self.progress.begin_test(
            self._test.key
        )

    def is_handed_in(self) -> bool:
        """Tell whether the group was handed in as a test.

        Returns
        -------
        bool
            False where the store cannot be read.
        """
        if self.progress is None:
            return False
        try:
            events = self.progress.events()
        except ProgressError:
            return False
        return is_handed_in(self._test, self._adopt(events))

    def hand_in(self) -> None:
        """Keep that the group was handed in as a test, once.

        Raises
        ------
        ProgressError
            Where it could not be written.
        """
        if self.progress is not None and not self.is_handed_in():
            self.progress.record(self._test.key, "", "finish")
