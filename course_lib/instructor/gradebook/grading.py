"""Grading again: from a student's raw answers to rows of numbers.

The key is the question bank's. What a file says of its own scores is compared and never believed.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from course_lib import items
from course_lib.errors import ItemError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.gradebook.batches import GradedBatch, GradedStudent, ScoreRow
from course_lib.instructor.gradebook.own_answers import recorded_row, sort_own
from course_lib.instructor.gradebook.student_remarks import Difference, StudentNotes
from course_lib.instructor.question_files import QuestionFile
from course_lib.instructor.submissions.events import fingerprint
from course_lib.instructor.submissions.reading import FileGroup, Student, read_student
from course_lib.student.events import Event
from course_lib.student.own_questions import is_damaged

# Whoever has not touched anything for longer was away.
AWAY_SECONDS = 900
# So many different answers to a question are remembered with their scores, unless they are longer than this.
_REMEMBERED, _LONGEST_REMEMBERED = 4096, 1000
_SURE_PLACES = range(len(items.SURE))
_ENCODER = msgspec.json.Encoder()


class _GradedAnswer(NamedTuple):
    state: items.State
    score: float | None
    text: str


@dataclass(frozen=True, slots=True)
class _GradedQuestion:
    """A question with its place among all, and the answers that were graded lately, by their JSON."""

    place: int
    item: items.Item
    known: dict[bytes, _GradedAnswer | None] = field(default_factory=dict)


class _Work(NamedTuple):
    """One student's answers by the id of the question, and the seconds spent before each first one."""

    answers: dict[str, list[Event]]
    seconds: dict[str, float]


class Grader:
    """The questions of some banks, ready to grade answers to them.

    Parameters
    ----------
    banks : iterable of Bank
        The questions that were asked.
    files : sequence of QuestionFile, optional
        Files whose questions were asked besides; answers to other files are taken as they were recorded.
    """

    def __init__(self, banks: Iterable[items.Bank], files: Sequence[QuestionFile] = ()) -> None:
        every = [item for bank in (*banks, *(file.bank for file in files)) for item in bank.items]
        self._files = files
        self._text_places: dict[tuple[int, str], int] = {}
        self._questions = {item.id: _GradedQuestion(place, item) for place, item in enumerate(every)}

    def batch(self, groups: Iterable[FileGroup]) -> GradedBatch:
        """Return what grading the students of these files gives.

        Parameters
        ----------
        groups : iterable of FileGroup
            The files by student; they are read one student after the other.

        Returns
        -------
        GradedBatch
            A row for each student and question that was answered.
        """
        batch = GradedBatch()
        self._text_places = {}
        for group in groups:
            student, remarks, read = read_student(group)
            batch.files += len(group.files)
            batch.read += read
            batch.remarks += remarks
            if student is not None:
                self.add(student, batch)
        batch.texts = list(self._text_places)
        return batch

    def add(self, student: Student, batch: GradedBatch) -> None:
        """Grade one student's answers into a batch.

        Parameters
        ----------
        student : Student
            The student with their events.
        batch : GradedBatch
            What gets the rows, the student and the remarks.
        """
        notes = StudentNotes()
        number = len(batch.students)
        own_sorted, recorded = sort_own(student.events, self._files, self._questions)
        rows = (recorded_row(number, question) for question in recorded)
        batch.recorded += (row for row in rows if row is not None)
        notes.damaged = sum(map(is_damaged, student.events))
        work = self._work(own_sorted, student.moments, notes)
        for name, events in work.answers.items():
            if row := self._row(name, events, notes):
                batch.columns.append(number, row, work.seconds.get(name))
        last = max(student.moments, default=None) if student.moments else None
        batch.students.append(
            GradedStudent(
                student.pseudonym, student.name, student.files, len(student.events), last, student.number
            )
        )
        batch.prints.append(fingerprint(event.uid for event in student.events if event.kind == "answer"))
        batch.changed.update(notes.changed)
        batch.remarks += notes.remarks(student)

    def _work(
        self, events: Iterable[Event | None], moments_known: list[float] | None, notes: StudentNotes
    ) -> _Work:
        answers: dict[str, list[Event]] = defaultdict(list)
        seconds: dict[str, float] = {}
        before: float | None = None
        moments: Iterable[float | None] = moments_known or itertools.repeat(None)
        for event, now in zip(events, moments, strict=False):
            if event is None:
                # Of a file that is not at hand.
                before = now
                continue
            name = event.item
            if name not in self._questions:
                # A test's beginning and end stand under a name of their own.
                if event.kind in ("answer", "draft"):
                    notes.unknown[name] += 1
            else:
                # The time since whatever came before belongs to what is touched now.
                if (
                    now is not None
                    and before is not None
                    and now - before <= AWAY_SECONDS
                    and name not in answers
                ):
                    seconds[name] = seconds.get(name, 0.0) + now - before
                if event.kind == "answer":
                    answers[name].append(event)
            before = now
        return _Work(answers, seconds)

    def _row(self, name: str, events: list[Event], notes: StudentNotes) -> ScoreRow | None:
        question = self._questions[name]
        version = question.item.version
        attempts: list[tuple[Event, _GradedAnswer]] = []
        left_open = False
        for event in events:
            answer = self._grade(question, event.answer)
            if answer is None:
                notes.unfit.append(name)
                continue
            if event.version != version:
                notes.changed.add(name)
            elif _differs(event, answer):
                notes.differing.append(Difference(name, event, answer.state, answer.score))
            if answer.state == "unanswered":
                left_open = True
            else:
                attempts.append((event, answer))
        if not attempts:
            return self._open_row(question, events[-1]) if left_open else None
        (first_event, first), (_, last) = attempts[0], attempts[-1]
        is_late = min(event.attempt for event in events) > 1
        if is_late:
            notes.late.append(name)
        sure = first_event.sure
        if is_late or not question.item.confidence or sure not in _SURE_PLACES:
            sure = None
        return ScoreRow(
            question.place,
            None if is_late else first.score,
            last.score,
            last.state,
            len(attempts),
            None if is_late else self._text_place(question, first.text),
            self._text_place(question, last.text),
            sure,
            any(event.version != version for event, _ in attempts),
        )

    def _open_row(self, question: _GradedQuestion, event: Event) -> ScoreRow:
        # Left open in a test that was submitted: that is worth nothing, where there is a key.
        nothing = 0.0 if question.item.graded else None
        differs = event.version != question.item.version
        return ScoreRow(question.place, nothing, nothing, "unanswered", 0, None, None, None, differs)

    def _grade(self, question: _GradedQuestion, answer: object) -> _GradedAnswer | None:
        """Return state, score and text of an answer, or None where it cannot be one."""
        try:
            key = _ENCODER.encode(answer)
        except (ValueError, RecursionError):
            return None
        known = question.known
        if key in known:
            return known[key]
        graded = None
        try:
            response = items.read_response(question.item, answer)
            result = items.grade_response(response)
            graded = _GradedAnswer(result.state, result.score, _answer_text(question.item, response.answer))
        except (ItemError, ValueError, RecursionError, OverflowError):
            pass
        if len(known) < _REMEMBERED and len(key) < _LONGEST_REMEMBERED:
            known[key] = graded
        return graded

    def _text_place(self, question: _GradedQuestion, text: str) -> int:
        return self._text_places.setdefault((question.place, text), len(self._text_places))


def _differs(event: Event, answer: _GradedAnswer) -> bool:
    """Tell whether a file says something else of an answer than the grading."""
    # A survey keeps what it asks, whatever key there is.
    if event.state == "kept" and event.score is None:
        return False
    if event.state != answer.state:
        return True
    if event.score is None or answer.score is None:
        return event.score is not answer.score
    return not abs(event.score - answer.score) < 1e-6


def _answer_text(item: items.Item, answer: items.Answer) -> str:
    """Return an answer for the table: typed words as they are, places as JSON, of a text only its length."""
    match item:
        case items.Text():
            return f"{len(str(answer).split())} words"
        case items.Number() | items.Word():
            return plain_cell(answer, 40)
        case (
            items.Single()
            | items.Multiple()
            | items.Grid()
            | items.Matrix()
            | items.Match()
            | items.Order()
            | items.Probability()
        ):
            return _ENCODER.encode(answer).decode()
