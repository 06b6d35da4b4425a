"""What a store has of one question: the newest answer, the newest that was checked, hints and the key."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from course_lib.items import Item
from course_lib.student.events import Event
from course_lib.student.own_questions import QuestionSnapshot, read_snapshot
from course_lib.student.progress import Progress


@dataclass(frozen=True)
class QuestionHistory:
    """What a store has of one question.

    Attributes
    ----------
    last : Event or None
        The newest draft or answer.
    checked : Event or None
        The newest checked answer.
    hints : int
        How many hints were taken.
    revealed : bool
        Whether the key was asked for.
    earlier : QuestionSnapshot or None
        How the question was shown when `last` was given, where it has changed since and that was kept.
    """

    last: Event | None
    checked: Event | None
    hints: int
    revealed: bool
    earlier: QuestionSnapshot | None = None


def read_history(progress: Progress, item: Item) -> QuestionHistory:
    """Return what a store has under the id of a question.

    Parameters
    ----------
    progress : Progress
        The store.
    item : Item
        The question.

    Returns
    -------
    QuestionHistory
        Empty where there is nothing.

    Raises
    ------
    ProgressError
        Where the store cannot be read.
    """
    return QuestionHistory(
        progress.last(item.id),
        progress.last_answer(item.id),
        progress.count(item.id, "hint"),
        progress.count(item.id, "reveal") > 0,
    )


def collect_history(events: Sequence[Event], item: Item) -> QuestionHistory:
    """Return what entries say of a question.

    Parameters
    ----------
    events : sequence of Event
        Those on the question, oldest first.
    item : Item
        The question.

    Returns
    -------
    QuestionHistory
        Empty where there is nothing.
    """
    answers = [event for event in events if event.kind in ("draft", "answer")]
    last = answers[-1] if answers else None
    graded = [event for event in answers if event.kind == "answer"]
    # Each name counts its own attempts, and the question may have had several.
    checked = msgspec.structs.replace(graded[-1], attempt=len(graded)) if graded else None
    hints, reveals = (sum(event.kind == kind for event in events) for kind in ("hint", "reveal"))
    earlier = None
    if last is not None and last.version != item.version:
        for event in events:
            if event.version == last.version:
                earlier = read_snapshot(event) or earlier
    return QuestionHistory(last, checked, hints, reveals > 0, earlier)
