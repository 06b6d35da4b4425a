"""How students who do not exist work through the course: with their ability, and in their manner."""

import itertools
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from course_lib import items
from course_lib.curriculum.course import FORMS, POSTTEST
from course_lib.instructor.synthetic_class.questions import SyntheticAnswer, SyntheticQuestion
from course_lib.student.events import Event
from course_lib.student.tests_taken import key_of_test

BEGINS = datetime(2026, 3, 2, 9, tzinfo=UTC)
# How much easier the questions of the test after the course have become for a careful student.
_GAIN = 0.8
_MOST_ATTEMPTS = 4
# How much the time for a question varies: the standard deviation of its logarithm.
_SPREAD = 0.5


@dataclass(frozen=True)
class Manner:
    """How a student works.

    Attributes
    ----------
    share : int
        Of a hundred students.
    seconds : float
        For a question in the middle.
    bonus : float
        What is added to ability.
    presence : float
        The chance that a part of a lesson is not left out.
    persistence : float
        The chance of another attempt after a wrong answer.
    learning : float, default 0.3
        What each attempt's feedback adds to ability.
    gains : bool, default False
        Whether the course makes a difference between the tests before and after it.
    takes_hints : bool, default False
        Whether a hint is taken before the second attempt.
    """

    share: int
    seconds: float
    bonus: float
    presence: float
    persistence: float
    learning: float = 0.3
    gains: bool = False
    takes_hints: bool = False


# The careful ones read feedback, the hasty ones do not, the gamers try to outwit.
MANNERS = {
    "careful": Manner(55, 70, 0.3, 0.97, 0.85, learning=0.9, gains=True, takes_hints=True),
    "usual": Manner(30, 45, 0.0, 0.97, 0.5, gains=True),
    "hasty": Manner(12, 7, -1.4, 0.8, 0.2),
    "gaming": Manner(3, 4, -2.5, 0.8, 0.9),
}


class _EventLog:
    """The entries of one student, as the course keeps them, and the time that goes by."""

    def __init__(self, draw: random.Random) -> None:
        self.events: list[Event] = []
        self._draw = draw
        self._now = BEGINS + timedelta(minutes=draw.uniform(0, 600))

    def wait(self, time: timedelta) -> None:
        self._now += time

    def add(
        self,
        kind: str,
        seconds: float,
        item: items.Item | str,
        answer: SyntheticAnswer | None = None,
        attempt: int = 0,
        sure: int | None = None,
    ) -> None:
        """Add an entry so many seconds after the last one, for a question or for what is named."""
        self._now += timedelta(seconds=seconds)
        answer = answer or SyntheticAnswer(None)
        self.events.append(
            Event(
                uid=f"{self._draw.getrandbits(128):032x}",
                at=self._now.isoformat(timespec="milliseconds"),
                item=item if isinstance(item, str) else item.id,
                version="" if isinstance(item, str) else item.version,
                kind=kind,
                answer=answer.answer,
                score=answer.score,
                state=answer.state,
                attempt=attempt,
                sure=sure,
            )
        )


def student_events(
    questions: Iterable[SyntheticQuestion], ability: float, manner: Manner, draw: random.Random
) -> list[Event]:
    """Return the entries of one student, as the course keeps them.

    Parameters
    ----------
    questions : iterable of SyntheticQuestion
        What is asked, in the order of the course.
    ability : float
        Of the student; 0 is the middle, 1 a standard deviation.
    manner : Manner
        How they work.
    draw : Random
        What chance comes from.

    Returns
    -------
    list of Event
        Oldest first.
    """
    log = _EventLog(draw)
    for (prefix, check), group in itertools.groupby(questions, key=_part):
        part = list(group)
        strength = ability + manner.bonus
        if prefix in FORMS:
            log.add("start", 60, key_of_test(prefix, check))
            _take_test(part, strength + _GAIN * (prefix == POSTTEST and manner.gains), manner, draw, log)
            log.add("finish", 0.002, key_of_test(prefix, check))
        elif draw.random() > manner.presence:
            # This part of a lesson was left out.
            continue
        else:
            log.wait(timedelta(minutes=draw.uniform(2, 9)))
            for question in part:
                _practise(question, strength, manner, draw, log)
        log.wait(timedelta(hours=draw.choice((0, 0, 0, 22))))
    return log.events


def _part(question: SyntheticQuestion) -> tuple[str, str]:
    return question.item.id.split("-")[0], question.item.check


def _take_test(
    questions: Sequence[SyntheticQuestion],
    strength: float,
    manner: Manner,
    draw: random.Random,
    log: _EventLog,
) -> None:
    answers: dict[str, SyntheticAnswer] = {}
    for question in questions:
        if draw.random() < 0.98:
            answer = question.answer(strength, draw)
            seconds = draw.lognormvariate(math.log(manner.seconds), _SPREAD)
            log.add("draft", seconds, question.item, SyntheticAnswer(answer.answer))
            answers[question.item.id] = answer
    for question in questions:
        final = answers.get(question.item.id) or SyntheticAnswer(_blank(question.item), "unanswered")
        log.add("answer", 0.001, question.item, final, 1)


def _blank(item: items.Item) -> items.Answer:
    match item:
        case items.Multiple():
            return []
        case items.Number() | items.Word():
            return ""
        case (
            items.Single()
            | items.Grid()
            | items.Matrix()
            | items.Match()
            | items.Order()
            | items.Probability()
            | items.Text()
        ):
            return None


def _practise(
    question: SyntheticQuestion, strength: float, manner: Manner, draw: random.Random, log: _EventLog
) -> None:
    item = question.item
    for attempt in range(1, _MOST_ATTEMPTS + 1):
        # Feedback helps those who read it.
        answer = question.answer(strength + (attempt - 1) * manner.learning, draw)
        sure = None
        if item.confidence:
            certainty = draw.gauss(1 + 0.5 * (answer.state == "right") + 0.3 * strength, 0.6)
            sure = min(len(items.SURE) - 1, max(0, round(certainty)))
        seconds = draw.lognormvariate(math.log(manner.seconds), _SPREAD) / attempt
        if item.hints and manner.takes_hints and attempt == 2:
            log.add("hint", seconds / 3, item, attempt=attempt - 1)
        log.add("draft", seconds, item, SyntheticAnswer(answer.answer), attempt - 1, sure)
        log.add("answer", 1 + draw.random(), item, answer, attempt, sure)
        if answer.state != "not_yet" or draw.random() > manner.persistence:
            return
