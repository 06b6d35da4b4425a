"""The long table of a class, put together from batches: a row for each student and question."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib.instructor.gradebook.batches import STATES, UNKNOWN, GradedBatch, GradedStudent, ScoreColumns
from course_lib.instructor.gradebook.recorded_answers import RecordedAnswers
from course_lib.instructor.submissions.remarks import Remark
from course_lib.items import Bank

# So many different answers to one question are told apart; the others are "another answer".
MOST_ANSWERS = 2000
OTHER = "another answer"


class ScoreTableBuilder:
    """Takes batch after batch, and gives the table.

    One array for each column is grown in place: parts that are joined at the end would be there twice.

    Parameters
    ----------
    banks : sequence of Bank
        The questions that were asked.

    Attributes
    ----------
    students : list of GradedStudent
        Everybody so far.
    prints : list of list of int
        For each of them the numbers that copies are found by.
    changed : Counter
        By question, how many students answered an earlier version of it.
    recorded : RecordedAnswers
        Answers to files of questions that are not at hand.
    """

    def __init__(self, banks: Sequence[Bank]) -> None:
        self.students: list[GradedStudent] = []
        self.prints: list[array[int]] = []
        self.changed: Counter[str] = Counter()
        self.recorded = RecordedAnswers()
        self._banks = banks
        self._columns = ScoreColumns()
        self._answers = _AnswerTexts()

    def add(self, batch: GradedBatch) -> None:
        """Take in a batch.

        Parameters
        ----------
        batch : GradedBatch
            What grading some students gave.
        """
        places = self._answers.places(batch.texts)
        whole = dict(self._columns.by_name())
        for name, column in batch.columns.by_name():
            values = np.frombuffer(column, column.typecode)
            if name == "student":
                values = values + np.int32(len(self.students))
            elif name.startswith("answer_"):
                values = places[values]
            whole[name].frombytes(values.tobytes())
        self.recorded.add(batch.recorded, len(self.students))
        self.prints += (array("Q", own) for own in batch.prints)
        self.students += batch.students
        self.changed.update(batch.changed)

    def table(self) -> pd.DataFrame:
        """Return the long table.

        Returns
        -------
        DataFrame
            See `gradebook.score_table`.
        """
        lesson = np.repeat(
            np.arange(len(self._banks), dtype="int16"), [len(bank.items) for bank in self._banks]
        )
        sure = _integers(self._columns.sure)
        lessons = [bank.lesson for bank in self._banks]
        ids = [item.id for bank in self._banks for item in bank.items]
        texts = list(self._answers.texts)
        columns = self._columns
        return pd.DataFrame(
            {
                "student": _category(
                    _integers(columns.student), [student.pseudonym for student in self.students]
                ),
                "lesson": _category(lesson[_integers(columns.item)], lessons),
                "item": _category(_integers(columns.item), ids),
                "first": _decimals(columns.first),
                "last": _decimals(columns.last),
                "state": _category(_integers(columns.state), STATES),
                "attempts": _integers(columns.attempts),
                "answer_first": _category(_integers(columns.answer_first), texts),
                "answer_last": _category(_integers(columns.answer_last), texts),
                "sure": pd.arrays.IntegerArray(sure, sure == UNKNOWN),
                "seconds": _decimals(columns.seconds),
                "version_differs": _integers(columns.version_differs).astype(bool),
            },
            copy=False,
        )


def student_list(students: Iterable[GradedStudent], remarks: Iterable[Remark]) -> pd.DataFrame:
    """Return a row for each student.

    Parameters
    ----------
    students : iterable of GradedStudent
        The class.
    remarks : iterable of Remark
        What was remarked on their files.

    Returns
    -------
    DataFrame
        `student` (pseudonym), `name`, `files`, `entries`, `last` (the ISO day of the last entry, or nothing),
        `remarks`, how many there are on this student, and `number`, what the platform knows them by.
    """
    counts = Counter(remark.student for remark in remarks)
    rows = [
        (
            student.pseudonym,
            student.name,
            student.files,
            student.entries,
            datetime.fromtimestamp(student.last, UTC).date().isoformat() if student.last else "",
            counts[student.pseudonym],
            student.number,
        )
        for student in students
    ]
    return pd.DataFrame(rows, columns=["student", "name", "files", "entries", "last", "remarks", "number"])


def _integers(column: "array[int]") -> NDArray[np.integer]:
    return np.frombuffer(column, column.typecode)


def _decimals(column: "array[float]") -> NDArray[np.float32]:
    return np.frombuffer(column, column.typecode)


def _category(codes: NDArray[np.integer], categories: Sequence[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(codes, pd.Index(list(categories)))


class _AnswerTexts:
    """Every different answer once, and at most so many for each question."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self._known: dict[tuple[int, str], int] = {}
        self._counts: Counter[int] = Counter()

    def places(self, answers: Iterable[tuple[int, str]]) -> NDArray[np.int32]:
        """Return for a batch's answers their places here; the last one stands for what is unknown."""
        places = []
        for item, text in answers:
            place = self._known.get((item, text))
            if place is None and self._counts[item] < MOST_ANSWERS:
                place = self._known[item, text] = self._place(text)
                self._counts[item] += 1
            places.append(self._place(OTHER) if place is None else place)
        return np.array([*places, UNKNOWN], "int32")

    def _place(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))
