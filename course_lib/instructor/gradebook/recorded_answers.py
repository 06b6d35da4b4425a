"""The answers of a class to files of questions that are not at hand, put together from batches."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
import pandas as pd

from course_lib import items
from course_lib.instructor.gradebook.own_answers import RecordedRow
from course_lib.student.own_questions import QuestionSnapshot

# A submission that was made up could describe a question in any way: so many ways are counted.
_MOST_WAYS = 100


class RecordedFile(NamedTuple):
    """A file that is not at hand, as the class's entries tell of it.

    Attributes
    ----------
    key : str
        What the students' stores call it.
    total : int
        How many questions were asked with it, the most that any store tells.
    questions : list of (QuestionSnapshot, str)
        Its questions that were answered, by place, each with its id.
    """

    key: str
    total: int
    questions: list[tuple[QuestionSnapshot, str]]


class RecordedAnswers:
    """The answers of a class to files that are not at hand.

    Attributes
    ----------
    rows : list of RecordedRow
        With the student's place in the class.
    """

    def __init__(self) -> None:
        self.rows: list[RecordedRow] = []
        self._ways: dict[str, Counter[bytes]] = {}

    def add(self, rows: Iterable[RecordedRow], students_before: int) -> None:
        """Take in the rows of a batch.

        Parameters
        ----------
        rows : iterable of RecordedRow
            With the student's place in the batch.
        students_before : int
            How many students came before the batch.
        """
        for row in rows:
            self.rows.append(row._replace(student=row.student + students_before))
            ways = self._ways.setdefault(row.item, Counter())
            way = msgspec.json.encode(row.snapshot)
            if way in ways or len(ways) < _MOST_WAYS:
                ways[way] += 1

    def files(self) -> list[RecordedFile]:
        """Return the files with their questions, as most of the students were shown them.

        Returns
        -------
        list of RecordedFile
            Those that most students answered first, then by name.
        """
        by_file: dict[str, list[tuple[QuestionSnapshot, str]]] = {}
        for name, ways in self._ways.items():
            snapshot = msgspec.json.decode(ways.most_common(1)[0][0], type=QuestionSnapshot)
            by_file.setdefault(snapshot.file, []).append((snapshot, name))
        students: dict[str, set[int]] = {}
        totals: dict[str, int] = {}
        for row in self.rows:
            key = row.snapshot.file
            students.setdefault(key, set()).add(row.student)
            totals[key] = max(totals.get(key, 0), row.snapshot.total)
        files = [
            RecordedFile(
                key,
                max(totals[key], len(questions)),
                sorted(questions, key=lambda question: (question[0].place, question[1])),
            )
            for key, questions in by_file.items()
        ]
        return sorted(files, key=lambda file: (-len(students[file.key]), file.key))

    def table(self, students: Sequence[str]) -> pd.DataFrame:
        """Return a row for each student and question.

        Parameters
        ----------
        students : sequence of str
            What the students are called, by their places.

        Returns
        -------
        DataFrame
            With the columns of `gradebook.score_table`, of which `lesson` is the file; `seconds` is missing.
        """
        columns = {
            "student": [students[row.student] for row in self.rows],
            "lesson": [row.snapshot.file for row in self.rows],
            "item": [row.item for row in self.rows],
            "first": [row.first for row in self.rows],
            "last": [row.last for row in self.rows],
            "state": [row.state for row in self.rows],
            "attempts": [row.attempts for row in self.rows],
            "answer_first": [row.answer_first for row in self.rows],
            "answer_last": [row.answer_last for row in self.rows],
            "sure": [None if row.sure is None else items.SURE[row.sure] for row in self.rows],
            "seconds": [None] * len(self.rows),
            "version_differs": [row.version_differs for row in self.rows],
        }
        return pd.DataFrame(columns).astype({"first": float, "last": float, "seconds": float})
