"""Where the answers to a group of questions are kept: beside each what was shown, and the end of a test."""

import contextlib
from collections.abc import Mapping, Sequence

import msgspec

from course_lib.errors import ProgressError
from course_lib.items import Answer, Item
from course_lib.student.own_questions import adopt_former, describe_questions, read_snapshot
from course_lib.student.progress import Progress
from course_lib.student.tests_taken import group_test, is_handed_in, start_uid


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
    """

    def __init__(
        self,
        progress: Progress | None,
        questions: Sequence[Item],
        owner: str = "",
        former_ids: Mapping[str, str] | None = None,
    ) -> None:
        self.progress = progress
        self.former_ids = former_ids or {}
        self._items = {item.id: item for item in questions}
        self._snapshots = describe_questions(questions, owner, self.former_ids)
        self._test = group_test(questions, owner)

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
            As from `Progress.record`; 0 where nothing is kept.

        Raises
        ------
        ProgressError
            Where it could not be written.
        """
        if self.progress is None:
            return 0
        self._describe(item.id, self.progress)
        return self.progress.record(
            item.id, item.version, kind, answer=answer, score=score, state=state, sure=sure
        )

    def describe_former(self) -> None:
        """Keep what is shown of questions that were answered under former ids, so that these are told too."""
        if self.progress is None or not self.former_ids:
            return
        # Where it cannot be kept, the next answer says so.
        with contextlib.suppress(ProgressError):
            kept = self.progress.item_events(*self.former_ids.values())
            adopted = {event.item for event in adopt_former(kept, self._items.values(), self.former_ids)}
            for name in [name for name in self._items if name in adopted]:
                self._describe(name, self.progress)

    def _describe(self, name: str, progress: Progress) -> None:
        snapshot = self._snapshots.get(name)
        if snapshot is None:
            return
        version = self._items[name].version
        events = progress.item_events(name)
        if not any(event.version == version and read_snapshot(event) == snapshot for event in events):
            progress.record(name, version, "start", answer=msgspec.to_builtins(snapshot))
        del self._snapshots[name]

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
        events = adopt_former(self.progress.events(), self._items.values(), self.former_ids)
        return start_uid(self._test, events) or self.progress.begin_test(self._test.key)

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
        return is_handed_in(self._test, adopt_former(events, self._items.values(), self.former_ids))

    def hand_in(self) -> None:
        """Keep that the group was handed in as a test, once.

        Raises
        ------
        ProgressError
            Where it could not be written.
        """
        if self.progress is not None and not self.is_handed_in():
            self.progress.record(self._test.key, "", "finish")
