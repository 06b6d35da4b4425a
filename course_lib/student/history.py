"""What a store has of one question: the newest answer, the newest that was checked, hints and the key."""

from dataclasses import dataclass

from course_lib.items import Item
from course_lib.student.events import Event
from course_lib.student.own_questions import QuestionSnapshot, adopt_former, read_snapshot
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


def read_history(progress: Progress, item: Item, former: str = "") -> QuestionHistory:
    """Return what a store has of a question.

    Parameters
    ----------
    progress : Progress
        The store.
    item : Item
        The question.
    former : str, optional
        The id that it had in stores kept earlier: what stands there, and still fits, belongs to it.

    Returns
    -------
    QuestionHistory
        Empty where there is nothing.

    Raises
    ------
    ProgressError
        Where the store cannot be read.
    """
    if former:
        kept = progress.item_events(item.id, former)
        events = [event for event in adopt_former(kept, [item], {item.id: former}) if event.item == item.id]
        answers = [event for event in events if event.kind in ("draft", "answer")]
        last = answers[-1] if answers else None
        checked = next((event for event in reversed(answers) if event.kind == "answer"), None)
        counts = [sum(event.kind == kind for event in events) for kind in ("hint", "reveal")]
    else:
        last, checked = progress.last(item.id), progress.last_answer(item.id)
        counts = [progress.count(item.id, kind) for kind in ("hint", "reveal")]
    earlier = None
    if last is not None and last.version != item.version:
        for event in progress.item_events(item.id):
            if event.version == last.version:
                earlier = read_snapshot(event) or earlier
    return QuestionHistory(last, checked, counts[0], counts[1] > 0, earlier)
