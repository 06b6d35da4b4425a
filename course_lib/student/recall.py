"""Questions that come back: which of those answered wrongly are to be asked again, and when.

The rules, in the words of the course:

**Which questions.** Those in `returning` that have a key. Only answers to a question as it stands now count:
where it has changed since, what was wrong may have been the question.

**In and out.** A wrong answer, wherever it was given, puts a question at step one; a later wrong answer puts
it there again. It comes back for the first time one day or one lesson after that answer, whichever is
first. Answered right once it is due, it goes to the next step: three days or lessons after that answer,
then seven. After the third right answer it is gone, until it is answered wrongly again. Answered right
before it is due, it stays where it is: so soon after the feedback that is no recall.

**A day** is a date in the time zone of `now`, the student's own: what was answered wrongly at 23.50 is due
at midnight. **A lesson is done** at the moment when four fifths of its questions have an answer, right or
not, so that optional ones may be left out. The lesson a question belongs to does not count for it.

**A clock that was wrong.** Dates of one day ahead are taken as they are, since two machines differ. What is
dated later than that, or cannot be read, is taken as given long ago, before everything else: so nothing is
lost and nothing stays for ever.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol

from course_lib.items import Item

GAPS = (1, 3, 7)
# As a fraction, since 0.8 times 35 is more than 28 to a computer.
_DONE = (4, 5)
_AHEAD = timedelta(days=1)


class _RecallEvent(Protocol):
    """What counts here of something that a student did: see `student.events`."""

    @property
    def uid(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str | None: ...
    @property
    def attempt(self) -> int: ...


class ScheduledQuestion(NamedTuple):
    """A question that comes back: `step` from 0, and the day, or the number of lessons, after which it does.

    `lessons` is how many lessons are still to be done, 0 once it is due by lessons; `due` whether it is
    to be asked now.
    """

    item: Item
    lesson: str
    step: int
    day: date
    lessons: int
    due: bool


class _Moment(NamedTuple):
    """A moment in order and as a date."""

    at: datetime
    day: date


_LONG_AGO = _Moment(datetime.min.replace(tzinfo=UTC), date.min)


def answers_needed(questions: int) -> int:
    """Return how many of so many questions have to be answered for a lesson to be done.

    Parameters
    ----------
    questions : int
        How many the lesson has.

    Returns
    -------
    int
        At least 1.

    Examples
    --------
    >>> answers_needed(18), answers_needed(20), answers_needed(0)
    (15, 16, 1)
    """
    return max(1, math.ceil(questions * _DONE[0] / _DONE[1]))


def schedule_recall(
    events: Iterable[_RecallEvent],
    lessons: Mapping[str, Sequence[Item]],
    returning: Collection[str],
    now: datetime,
) -> list[ScheduledQuestion]:
    """Return the questions that come back: those due first, then by day.

    Parameters
    ----------
    events : iterable of student.events.Event
        What the student did, in any order.
    lessons : Mapping of str to sequence of Item
        From a lesson to its questions, in the order of the course.
    returning : collection of str
        The ids of the questions that may come back.
    now : datetime
        A moment with its time zone.

    Returns
    -------
    list of ScheduledQuestion
        Those due first, then by day.
    """
    answers = sorted(
        ((_moment(event.at, now), event) for event in events if _is_answer(event)),
        key=lambda pair: (pair[0].at, pair[1].attempt, pair[1].uid),
    )
    ends = _lesson_ends(answers, lessons)
    place = {item.id: (lesson, item) for lesson, items in lessons.items() for item in items}
    here = _Moment(now.astimezone(UTC), now.date())
    steps = _steps(answers, place, returning, ends)
    order = {name: number for number, name in enumerate(place)}
    scheduled = []
    for name, (step, since) in steps.items():
        lesson, item = place[name]
        others = _other_ends(ends, lesson)
        left = max(0, GAPS[step] - _done_between(since, here, others))
        day = since.day + timedelta(days=GAPS[step])
        due = _is_due(step, since, here, others)
        scheduled.append((since, ScheduledQuestion(item, lesson, step, day, left, due)))
    scheduled.sort(key=lambda pair: (not pair[1].due, pair[1].day, pair[0].at, order[pair[1].item.id]))
    return [question for _, question in scheduled]


def _steps(
    answers: Iterable[tuple[_Moment, _RecallEvent]],
    place: Mapping[str, tuple[str, Item]],
    returning: Collection[str],
    ends: Mapping[str, _Moment],
) -> dict[str, tuple[int, _Moment]]:
    """Return for each question that comes back its step, and the answer from which that counts."""
    steps: dict[str, tuple[int, _Moment]] = {}
    for moment, event in answers:
        if event.item not in place or event.item not in returning:
            continue
        lesson, item = place[event.item]
        if not item.graded or event.version != item.version:
            continue
        if event.state == "not_yet":
            steps[event.item] = (0, moment)
        elif event.state == "right" and event.item in steps:
            step, since = steps[event.item]
            if _is_due(step, since, moment, _other_ends(ends, lesson)):
                steps[event.item] = (step + 1, moment)
                if step + 1 == len(GAPS):
                    del steps[event.item]
    return steps


def _is_answer(event: _RecallEvent) -> bool:
    # What was left open in a test that was handed in is an event, but no answer.
    return event.kind == "answer" and event.state != "unanswered"


def _moment(at: str, now: datetime) -> _Moment:
    try:
        moment = datetime.fromisoformat(at)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        if moment > now.astimezone(UTC) + _AHEAD:
            return _LONG_AGO
        return _Moment(moment, moment.astimezone(now.tzinfo).date())
    except (TypeError, ValueError, OverflowError):
        return _LONG_AGO


def _lesson_ends(
    answers: Iterable[tuple[_Moment, _RecallEvent]], lessons: Mapping[str, Sequence[Item]]
) -> dict[str, _Moment]:
    """Return for each lesson that is done the moment when it was."""
    first: dict[str, _Moment] = {}
    for moment, event in answers:
        first.setdefault(event.item, moment)
    ends = {}
    for lesson, items in lessons.items():
        moments = sorted(first[item.id] for item in items if item.id in first)
        if len(moments) >= answers_needed(len(items)):
            ends[lesson] = moments[answers_needed(len(items)) - 1]
    return ends


def _other_ends(ends: Mapping[str, _Moment], lesson: str) -> list[_Moment]:
    return [end for name, end in ends.items() if name != lesson]


def _done_between(since: _Moment, here: _Moment, ends: Iterable[_Moment]) -> int:
    return sum(since.at < end.at <= here.at for end in ends)


def _is_due(step: int, since: _Moment, here: _Moment, ends: Iterable[_Moment]) -> bool:
    days = (here.day - since.day).days
    return days >= GAPS[step] or _done_between(since, here, ends) >= GAPS[step]
