"""What became of every question: the newest answer that still fits, the first attempt, what was not checked.

Events can come from a file that anybody may have changed, and questions change between versions of the
course. So an answer is graded anew where its question stands as it was, and whatever fits no question is
handed on in words instead of being dropped.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from course_lib import items
from course_lib.errors import ItemError
from course_lib.items import BlankResponse, Item, Response
from course_lib.messages import say
from course_lib.student.events import Event

_STATES = ("right", "not_yet", "kept")


@dataclass(frozen=True)
class QuestionRecord:
    """What became of one question.

    `response` the newest answer that was checked, or None; `state` right, not_yet or kept,
    as the rules of today grade it; `first` the same of the first attempt; `attempts` how many there were;
    `changed` whether the question changed after it was answered, so that `state` is the old one; `sure` a
    place in `items.SURE`, or None; `draft` what was chosen or written later and never checked, or None;
    `at` the moment of the newest answer, `day` and `first_day` ISO days; `first_response` the first answer;
    `hints` and `shown`: hints taken, and whether the key was asked for; `has_key` whether the key is known
    here, without which `state` is what was kept.
    """

    item: Item
    response: Response | None = None
    state: str | None = None
    first: str | None = None
    first_response: Response | None = None
    attempts: int = 0
    changed: bool = False
    sure: int | None = None
    draft: Response | None = None
    at: str = ""
    day: str = ""
    first_day: str = ""
    hints: int = 0
    shown: bool = False
    has_key: bool = True

    @property
    def answered(self) -> bool:
        """Whether there is a checked answer."""
        return self.state is not None

    @property
    def is_begun(self) -> bool:
        """Whether there is anything of it to tell."""
        return self.answered or self.draft is not None

    @property
    def is_keyed(self) -> bool:
        """Whether the answer may be told beside the key: it was graded against the question as it stands."""
        return self.has_key and self.state in ("right", "not_yet") and not self.changed


@dataclass(frozen=True)
class UnmatchedAnswer:
    """An answer that fits no question of this version: its item, its day, the answer as text, and why."""

    item: str
    day: str
    text: str
    why: str


def collect_records(
    events: Iterable[Event], questions: Iterable[Item]
) -> tuple[dict[str, QuestionRecord], list[UnmatchedAnswer]]:
    """Return what became of these questions, and what fits none of them.

    Parameters
    ----------
    events : iterable of Event
        What a `Progress` holds, oldest first.
    questions : iterable of Item
        The questions.

    Returns
    -------
    dict of str to QuestionRecord
        By the id of the question, one for each.
    list of UnmatchedAnswer
        What fits none of them.
    """
    by_item: dict[str, list[Event]] = {}
    for event in events:
        by_item.setdefault(event.item, []).append(event)
    records: dict[str, QuestionRecord] = {}
    unmatched: list[UnmatchedAnswer] = []
    for item in questions:
        records[item.id], unfit = _record(item, by_item.pop(item.id, ()))
        unmatched += unfit
    for name, theirs in by_item.items():
        answers = [
            event for event in theirs if event.kind in ("answer", "draft") and not is_empty(event.answer)
        ]
        # The newest of its kind: an earlier draft of the same text says nothing more.
        checked = [event for event in answers if event.kind == "answer"]
        for event in (checked or answers)[-1:]:
            text, why = answer_text(event.answer), say("portfolio.odd.foreign")
            unmatched.append(UnmatchedAnswer(name, iso_day(event.at), text, why))
    return records, unmatched


def is_empty(answer: object) -> bool:
    """Tell whether nothing was chosen or written.

    Parameters
    ----------
    answer : object
        An answer as it is kept.

    Returns
    -------
    bool
        Whether there is nothing in it.

    Examples
    --------
    >>> is_empty([None, [None]]), is_empty(" "), is_empty(0)
    (True, True, False)
    """
    if isinstance(answer, list):
        return all(map(is_empty, answer))
    return answer is None or (isinstance(answer, str) and not answer.strip())


def iso_day(at: str) -> str:
    """Return the day of a moment.

    Parameters
    ----------
    at : str
        An ISO moment.

    Returns
    -------
    str
        Its ISO day, or an empty text where it cannot be read.

    Examples
    --------
    >>> iso_day("2026-03-01T10:00:00+00:00"), iso_day("soon")
    ('2026-03-01', '')
    """
    try:
        return datetime.fromisoformat(at).date().isoformat()
    except ValueError:
        return ""


def answer_text(answer: object) -> str:
    """Return an answer as it is kept, as text.

    Parameters
    ----------
    answer : object
        Anything JSON can hold.

    Returns
    -------
    str
        A text as it is, anything else as JSON; a sentence where that cannot be written.

    Examples
    --------
    >>> answer_text("bread"), answer_text([0, None])
    ('bread', '[0, null]')
    """
    try:
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    except (ValueError, RecursionError):
        return say("portfolio.odd.unwritable")


def own_record(
    item: Item, forms: Mapping[str, Item], events: Sequence[Event]
) -> tuple[QuestionRecord, list[UnmatchedAnswer]]:
    """Return what became of a question of a file that is not at hand, and the answers that cannot be answers.

    Parameters
    ----------
    item : Item
        What was shown of its newest version, without key and feedback.
    forms : mapping of str to Item
        The same of every version by its name.
    events : sequence of Event
        Those of the question, oldest first.

    Returns
    -------
    QuestionRecord
        As it was kept: nothing is graded. Its `item` is what was answered.
    list of UnmatchedAnswer
        What cannot be an answer to it.
    """
    return _record(item, events, forms)


def _record(
    item: Item, events: Sequence[Event], forms: Mapping[str, Item] | None = None
) -> tuple[QuestionRecord, list[UnmatchedAnswer]]:
    """Return what became of a question, and the answers to it that cannot be answers.

    Where there are `forms`, by version, each answer is one to its form, and nothing can be graded.
    """
    counts = Counter(event.kind for event in events)
    graded: list[tuple[Event, Response, str]] = []
    draft: Response | None = None
    unfit: dict[str, Event] = {}
    for event in events:
        if event.kind not in ("answer", "draft") or is_empty(event.answer):
            continue
        try:
            response = items.read_response((forms or {}).get(event.version, item), event.answer)
        except ItemError:
            unfit[answer_text(event.answer)] = event
            continue
        if isinstance(response, BlankResponse):
            continue
        state = _state(event, response, forms is None) if event.kind == "answer" else None
        # What could not be graded, such as a text too short, was not checked either.
        draft = response if state is None else None
        if state is not None:
            graded.append((event, response, state))
    why = say("portfolio.odd.unfit")
    unmatched = [UnmatchedAnswer(item.id, iso_day(event.at), text, why) for text, event in unfit.items()]
    hints, key_shown = min(counts["hint"], len(item.hints)), counts["reveal"] > 0
    if not graded:
        record = QuestionRecord(
            draft.item if draft else item, draft=draft, hints=hints, shown=key_shown, has_key=forms is None
        )
        return record, unmatched
    (first, first_response, first_state), (event, response, state) = graded[0], graded[-1]
    record = QuestionRecord(
        response.item,
        response=response,
        state=state,
        first=first_state,
        first_response=first_response,
        attempts=len(graded),
        changed=event.version != item.version,
        sure=event.sure if item.confidence and event.sure in range(len(items.SURE)) else None,
        draft=None if draft is None or draft.answer == response.answer else draft,
        at=event.at,
        day=iso_day(event.at),
        first_day=iso_day(first.at),
        hints=hints,
        shown=key_shown,
        has_key=forms is None,
    )
    return record, unmatched


def _state(event: Event, response: Response, gradable: bool) -> str | None:
    """Return the state of an answer, or None where there is nothing in it to grade."""
    if event.state == "unanswered":
        return None
    if not gradable or event.version != response.item.version:
        return event.state if event.state in _STATES else "kept"
    state = items.grade_response(response).state
    if state == "unanswered":
        return None
    # A survey keeps what it asks, whatever key there is.
    return "kept" if event.state == "kept" else state
