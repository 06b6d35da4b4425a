"""What became of every question: the newest answer that still fits, the first attempt, what was not checked.

Events can come from a file that anybody may have changed, and questions change between versions of the
course. So an answer is marked anew where its question stands as it was, and whatever fits no question is
handed on in words instead of being dropped.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from course_lib import items
from course_lib.errors import ItemError
from course_lib.messages import say

_STATES = ("right", "not_yet", "kept")


@dataclass(frozen=True)
class QuestionRecord:
    """What became of one question.

    `answer` the newest answer that was checked, in its normal form, or None; `state` right, not_yet or kept,
    as the rules of today mark it; `first` the same of the first attempt; `attempts` how many there were;
    `changed` whether the question changed after it was answered, so that `state` is the old mark; `sure` a
    place in `items.SURE`, or None; `draft` what was chosen or written later and never checked, or None;
    `at` the moment of the newest answer, `day` and `first_day` ISO days; `first_answer` in its normal form;
    `hints` and `shown`: hints taken, and whether the key was asked for.
    """

    item: Any
    answer: Any = None
    state: str | None = None
    first: str | None = None
    first_answer: Any = None
    attempts: int = 0
    changed: bool = False
    sure: int | None = None
    draft: Any = None
    at: str = ""
    day: str = ""
    first_day: str = ""
    hints: int = 0
    shown: bool = False

    @property
    def answered(self):
        """Whether there is a checked answer."""
        return self.state is not None

    @property
    def begun(self):
        """Whether there is anything of it to tell."""
        return self.answered or self.draft is not None

    @property
    def keyed(self):
        """Whether the answer may be told beside the key: it was marked against the question as it stands."""
        return self.state in ("right", "not_yet") and not self.changed


@dataclass(frozen=True)
class UnmatchedAnswer:
    """An answer that fits no question of this version: its item, its day, the answer as text, and why."""

    item: str
    day: str
    text: str
    why: str


def collect_records(events, asked):
    """Return what became of these questions, and what fits none of them.

    That is a dict from id to `QuestionRecord`, and a list of `UnmatchedAnswer`.

    Parameters: `events` of a `Progress`, oldest first; `asked` the questions.
    """
    by_item = {}
    for event in events:
        by_item.setdefault(event.item, []).append(event)
    works, odd = {}, []
    for item in asked:
        works[item.id] = _work(item, by_item.pop(item.id, ()), odd)
    for name, theirs in by_item.items():
        kept = [event for event in theirs if event.kind in ("answer", "draft") and not is_empty(event.answer)]
        # The newest of its kind: an earlier draft of the same text says nothing more.
        checked = [event for event in kept if event.kind == "answer"]
        for event in (checked or kept)[-1:]:
            odd.append(
                UnmatchedAnswer(
                    name, iso_day(event.at), answer_text(event.answer), say("portfolio.odd.foreign")
                )
            )
    return works, odd


def is_empty(answer):
    """Tell whether nothing was chosen or written.

    >>> is_empty([None, [None]]), is_empty(" "), is_empty(0)
    (True, True, False)
    """
    if isinstance(answer, list):
        return all(map(is_empty, answer))
    return answer is None or (isinstance(answer, str) and not answer.strip())


def iso_day(at):
    """Return the ISO day of a moment, or an empty text where it cannot be read.

    >>> iso_day("2026-03-01T10:00:00+00:00"), iso_day("soon")
    ('2026-03-01', '')
    """
    try:
        return datetime.fromisoformat(at).date().isoformat()
    except ValueError:
        return ""


def answer_text(answer):
    """Return an answer as it is kept, as text."""
    try:
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    except (ValueError, RecursionError):
        return say("portfolio.odd.unwritable")


def _work(item, events, odd):
    counts = Counter(event.kind for event in events)
    given, loose, unfit = [], None, {}
    for event in events:
        if event.kind not in ("answer", "draft") or is_empty(event.answer):
            continue
        try:
            answer = items.valid_answer(item, event.answer)
        except ItemError:
            unfit[answer_text(event.answer)] = event
            continue
        state = _state(item, event, answer) if event.kind == "answer" else None
        # What could not be marked, such as a text too short, was not checked either.
        loose = answer if state is None else None
        if state is not None:
            given.append((event, answer, state))
    odd += [
        UnmatchedAnswer(item.id, iso_day(event.at), text, say("portfolio.odd.unfit"))
        for text, event in unfit.items()
    ]
    hints, shown = min(counts["hint"], len(item.hints)), counts["reveal"] > 0
    if not given:
        return QuestionRecord(item, draft=loose, hints=hints, shown=shown)
    (first, first_answer, first_state), (event, answer, state) = given[0], given[-1]
    return QuestionRecord(
        item,
        answer=answer,
        state=state,
        first=first_state,
        first_answer=first_answer,
        attempts=len(given),
        changed=event.version != item.version,
        sure=event.sure if item.confidence and event.sure in range(len(items.SURE)) else None,
        draft=None if loose == answer else loose,
        at=event.at,
        day=iso_day(event.at),
        first_day=iso_day(first.at),
        hints=hints,
        shown=shown,
    )


def _state(item, event, answer):
    """Return the mark of an answer, or None where there is nothing in it to mark."""
    if event.state == "unanswered":
        return None
    if event.version != item.version:
        return event.state if event.state in _STATES else "kept"
    state = items.grade(item, answer).state
    if state == "unanswered":
        return None
    # A survey keeps what it asks, whatever key there is.
    return "kept" if event.state == "kept" else state
