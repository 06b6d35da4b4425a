"""What grading some students gave: numbers in columns, small enough to go from one process to another."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import NamedTuple

import msgspec

from course_lib.instructor.gradebook.own_answers import RecordedRow
from course_lib.instructor.submissions.remarks import Remark
from course_lib.items import State

STATES: tuple[State, ...] = ("right", "not_yet", "kept", "unanswered")
# In a column of numbers: nothing.
UNKNOWN = -1
_MISSING = float("nan")
# More attempts than this are not counted.
_MOST_ATTEMPTS = 2**16 - 1


class ScoreRow(msgspec.Struct, frozen=True, gc=False):
    """One student's answers to one question.

    Attributes
    ----------
    item : int
        The place of the question among all that were asked.
    first, last : float or None
        The scores of the first and the last attempt, 0 to 1, or None where nothing is scored.
    state : State
        Of the last attempt, one of `STATES`.
    attempts : int
        How many answers there are.
    answer_first, answer_last : int or None
        Places among the batch's texts.
    sure : int or None
        How sure the student was at the first attempt, a place in `items.SURE`.
    version_differs : bool
        Whether the question has changed since.
    """

    item: int
    first: float | None
    last: float | None
    state: State
    attempts: int
    answer_first: int | None
    answer_last: int | None
    sure: int | None
    version_differs: bool


@dataclass(slots=True)
class ScoreColumns:
    """The rows of the long table as arrays, each in the smallest kind of number that holds its values.

    Attributes
    ----------
    student, item, state, attempts, answer_first, answer_last, sure, version_differs : array of int, optional
        As in `ScoreRow`; `UNKNOWN` where there is none. `student` is a place among the batch's students,
        `state` one in `STATES`.
    first, last, seconds : array of float, optional
        Scores from 0 to 1, and the seconds until the first attempt; not a number where there is none.
    """

    student: "array[int]" = field(default_factory=lambda: array("i"))
    item: "array[int]" = field(default_factory=lambda: array("h"))
    first: "array[float]" = field(default_factory=lambda: array("f"))
    last: "array[float]" = field(default_factory=lambda: array("f"))
    state: "array[int]" = field(default_factory=lambda: array("b"))
    attempts: "array[int]" = field(default_factory=lambda: array("H"))
    answer_first: "array[int]" = field(default_factory=lambda: array("i"))
    answer_last: "array[int]" = field(default_factory=lambda: array("i"))
    sure: "array[int]" = field(default_factory=lambda: array("b"))
    seconds: "array[float]" = field(default_factory=lambda: array("f"))
    version_differs: "array[int]" = field(default_factory=lambda: array("b"))

    def append(self, student: int, row: ScoreRow, seconds: float | None) -> None:
        """Add a row.

        Parameters
        ----------
        student : int
            The student's place in the batch.
        row : ScoreRow
            Their answers to one question.
        seconds : float or None
            How long it took until the first attempt, or None where that is not known.
        """
        self.student.append(student)
        self.item.append(row.item)
        self.first.append(_MISSING if row.first is None else row.first)
        self.last.append(_MISSING if row.last is None else row.last)
        self.state.append(STATES.index(row.state))
        self.attempts.append(min(row.attempts, _MOST_ATTEMPTS))
        self.answer_first.append(UNKNOWN if row.answer_first is None else row.answer_first)
        self.answer_last.append(UNKNOWN if row.answer_last is None else row.answer_last)
        self.sure.append(UNKNOWN if row.sure is None else row.sure)
        self.seconds.append(_MISSING if seconds is None else seconds)
        self.version_differs.append(row.version_differs)

    def by_name(self) -> Iterator[tuple[str, "array[int] | array[float]"]]:
        """Yield every column with its name.

        Yields
        ------
        tuple of str and array
            In the order of the fields.
        """
        for column in fields(self):
            yield column.name, getattr(self, column.name)


class GradedStudent(NamedTuple):
    """A student whose answers were graded.

    Attributes
    ----------
    pseudonym, name : str
        What the student is called, and as their files have it.
    files, entries : int
        How many files and entries there were.
    last : float or None
        The seconds since 1970 of the last entry, or None where the clock cannot be right.
    number : str, default ""
        What the platform that their files come from knows them by, where it says.
    """

    pseudonym: str
    name: str
    files: int
    entries: int
    last: float | None
    number: str = ""


@dataclass
class GradedBatch:
    """What grading some students gave.

    Attributes
    ----------
    columns : ScoreColumns, optional
        A row for each student and question.
    texts : list of tuple of int and str, optional
        The different answers: the place of the question, and the answer as text.
    students : list of GradedStudent, optional
        In the order of the groups.
    prints : list of list of int, optional
        For each student the numbers that copies are found by (see `fingerprint`).
    remarks : list of Remark, optional
        What the instructor should know.
    changed : Counter, optional
        By question, how many students answered an earlier version of it.
    recorded : list of RecordedRow, optional
        Answers to files of questions that are not at hand.
    files, read : int, default 0
        How many files were tried, and how many gave entries.
    """

    columns: ScoreColumns = field(default_factory=ScoreColumns)
    texts: list[tuple[int, str]] = field(default_factory=list)
    students: list[GradedStudent] = field(default_factory=list)
    prints: list[list[int]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)
    recorded: list[RecordedRow] = field(default_factory=list)
    files: int = 0
    read: int = 0
