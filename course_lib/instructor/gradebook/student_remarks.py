"""What is noticed while one student is graded, and the remarks that it makes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.reading import Student
from course_lib.instructor.submissions.remarks import Remark, count_phrase
from course_lib.items import State
from course_lib.student.events import Event
from course_lib.student.own_questions import is_former_id

# So many questions, answers or scores are named; the others are counted.
_MOST_NAMED = 5
_STATE_WORDS = {
    "right": "right",
    "not_yet": "not yet right",
    "kept": "kept",
    "unanswered": "not answered",
}


class Difference(NamedTuple):
    """A score in a file that is not what the grading gives.

    Attributes
    ----------
    item : str
        The id of the question.
    event : Event
        The answer with what the file says of it.
    state : State
        What the grading says.
    score : float or None
        The score that it gives, 0 to 1.
    """

    item: str
    event: Event
    state: State
    score: float | None

    def text(self) -> str:
        """Return both scores in words.

        Returns
        -------
        str
            Part of a sentence.
        """
        claimed = _score_phrase(self.event.state, self.event.score)
        graded = _score_phrase(self.state, self.score)
        return f"{self.item}: the file says {claimed}; marked again it is {graded}"


class StudentNotes:
    """What is noticed while one student is graded.

    Attributes
    ----------
    unknown : Counter
        By the id of a question that no bank has, how many answers and drafts there are.
    unfit, late : list of str
        The ids of questions with an answer that cannot be one, and of those whose first attempts are missing.
    differing : list of Difference
        Scores in the files that are not what the grading gives.
    changed : set of str
        The ids of questions that have changed since they were answered.
    damaged : int
        How many descriptions of questions in files of the student's own cannot be read.
    """

    def __init__(self) -> None:
        self.unknown: Counter[str] = Counter()
        self.unfit: list[str] = []
        self.late: list[str] = []
        self.differing: list[Difference] = []
        self.changed: set[str] = set()
        self.damaged = 0

    def remarks(self, student: Student) -> list[Remark]:
        """Return what the instructor should know of a student's files.

        Parameters
        ----------
        student : Student
            Whom it is about.

        Returns
        -------
        list of Remark
            One of a kind, but one for each lesson that is not there.
        """
        name = plain_cell(student.name)
        remarks = []
        if self.differing:
            differences = "; ".join(difference.text() for difference in self.differing[:_MOST_NAMED])
            count = count_phrase(len(self.differing), "mark")
            text = f"{count}. {differences}{_rest_phrase(self.differing)}."
            remarks.append(Remark("scores", name, text, student.pseudonym))
        if self.unfit:
            count = count_phrase(len(self.unfit), "answer")
            fits = "does not fit its question" if len(self.unfit) == 1 else "do not fit their questions"
            text = f"{count} {fits}: {_listing(dict.fromkeys(self.unfit))}."
            remarks.append(Remark("partly", name, text, student.pseudonym))
        if self.damaged:
            count = count_phrase(self.damaged, "description")
            text = f"{count} of questions in files of their own cannot be read."
            remarks.append(Remark("partly", name, text, student.pseudonym))
        former = {item for item in self.unknown if is_former_id(item)}
        if former:
            entries = count_phrase(sum(self.unknown[item] for item in former), "entry")
            alike = "entries for questions of jupyterquiz files, kept before files were told apart."
            text = f"{entries} for {_listing(sorted(former))}, kept before files were told apart."
            remarks.append(Remark("own", name, text, student.pseudonym, alike))
        if self.late:
            text = f"{count_phrase(len(self.late), 'question')}: {_listing(self.late)}."
            remarks.append(Remark("attempts", name, text, student.pseudonym))
        remarks += [
            Remark("unknown", name, text, student.pseudonym, alike) for text, alike in self._unknown_texts()
        ]
        return remarks

    def _unknown_texts(self) -> Iterator[tuple[str, str]]:
        """Yield the sentences on questions that are not here, by lesson, since whole lessons are left out."""
        lessons: dict[str, Counter[str]] = defaultdict(Counter)
        for name, count in self.unknown.items():
            if is_former_id(name):
                continue
            lesson, dash, _ = name.partition("-")
            known = dash and (lesson in lessons or len(lessons) < _MOST_NAMED)
            lessons[lesson if known else ""][name] += count
        for lesson, names in lessons.items():
            alike = f"entries for questions that begin with {plain_cell(lesson, 20)}-." if lesson else ""
            yield f"{count_phrase(names.total(), 'entry')} for {_listing(names)}.", alike


def _score_phrase(state: str | None, score: float | None) -> str:
    words = "nothing"
    if state:
        words = _STATE_WORDS.get(state) or plain_cell(state, 20)
    return words if score is None else f"{words} ({score:.3g})"


def _listing(names: Collection[str]) -> str:
    return ", ".join(plain_cell(name, 40) for name in list(names)[:_MOST_NAMED]) + _rest_phrase(names)


def _rest_phrase(things: Collection[object]) -> str:
    return f" and {len(things) - _MOST_NAMED} more" if len(things) > _MOST_NAMED else ""
