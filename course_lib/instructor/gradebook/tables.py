"""From the long table of a class to a row for each student, a row for each question, and parts to write."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib import items
from course_lib.curriculum import course, syllabus
from course_lib.instructor.cells import safe_cell
from course_lib.instructor.gradebook.recorded_answers import RecordedAnswers

# So many rows are worked on at a time: whole columns in wider numbers are as large as the table itself.
_AT_ONCE = 500_000
# More files of questions than this are no columns; all of them are among the answers.
_MOST_FILES = 30
_AGAIN, _AS_RECORDED = "again", "as recorded"
_TESTS = course.FORMS


def student_table(
    scores: pd.DataFrame,
    students: pd.DataFrame,
    banks: Sequence[items.Bank],
    names: NDArray[np.object_],
    file_banks: Sequence[items.Bank] = (),
    recorded: RecordedAnswers | None = None,
) -> pd.DataFrame:
    """Return one row for each student: how much of each lesson is answered, and how much is right.

    Parameters
    ----------
    scores : DataFrame
        The long table.
    students : DataFrame
        As from `student_list`, in the order of the categories of ``scores["student"]``.
    banks : sequence of Bank
        The questions that were asked.
    names : ndarray of str
        What the students are called.
    file_banks : sequence of Bank, optional
        Files of questions that were marked too, which are counted beside the lessons.
    recorded : RecordedAnswers, optional
        Answers to other files, as they were recorded.

    Returns
    -------
    DataFrame
        Shares are of all graded questions of a lesson, in per cent: what is not answered counts as not right.
        What was recorded only, of the answers that were marked then.
    """
    lesson_banks, banks = banks, [*banks, *file_banks]
    sums = _sums_by_lesson(scores, len(students), [bank.lesson for bank in banks])
    graded = np.array([sum(item.graded for item in bank.items) for bank in banks])
    totals = np.array([len(bank.items) for bank in banks])
    columns: dict[str, NDArray[np.generic]] = {"student": names}

    def add(label: str, places: list[int]) -> None:
        answered = sums["answered"][:, places].sum(1).astype(int)
        columns[f"{label} answered of {totals[places].sum()}"] = answered
        if total := graded[places].sum():
            for name in ("first", "last"):
                columns[f"{label} {name} try %"] = (100 * sums[name][:, places].sum(1) / total).round(1)

    if lessons := [place for place, bank in enumerate(lesson_banks) if bank.lesson not in _TESTS]:
        add("lessons", lessons)
    for place, bank in enumerate(banks):
        # A lesson is called by its place in the course, as students see it.
        number = None if place >= len(lesson_banks) else syllabus.lesson_number(bank.lesson)
        name = safe_cell(bank.lesson) if place >= len(lesson_banks) else bank.lesson.split("_")[0]
        add(f"{number:02}" if number else name, [place])
    if recorded:
        columns.update(_recorded_columns(recorded, len(students)))
    columns["last day"] = students["last"].to_numpy()
    columns["files"] = students["files"].to_numpy()
    columns["remarks"] = students["remarks"].to_numpy()
    return pd.DataFrame(columns)


def _recorded_columns(recorded: RecordedAnswers, students: int) -> dict[str, NDArray[np.generic]]:
    """Return how much each student answered of each file that was not marked here, and how much was right."""
    columns: dict[str, NDArray[np.generic]] = {}
    for file in recorded.files()[:_MOST_FILES]:
        answered, marked, right = (np.zeros(students, int) for _ in range(3))
        scores = np.zeros(students)
        for row in recorded.rows:
            if row.snapshot.file == file.key and row.attempts:
                answered[row.student] += 1
                if row.last is not None:
                    marked[row.student] += 1
                    right[row.student] += row.state == "right"
                    scores[row.student] += row.last
        name = safe_cell(file.key)
        columns[f"{name} answered of {file.total}, as recorded"] = answered
        columns[f"{name} marked, as recorded"] = marked
        columns[f"{name} right, as recorded"] = right
        share = np.divide(100 * scores, marked, out=np.full(students, np.nan), where=marked > 0)
        columns[f"{name} last try %, as recorded"] = share.round(1)
    return columns


def add_missing_students(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return a table of students with rows for those who have not submitted.

    Parameters
    ----------
    table : DataFrame
        As from `student_table`.
    names : sequence of str
        What they are called.

    Returns
    -------
    DataFrame
        With a row more for each name: zeros, and no last day.
    """
    empty = pd.DataFrame({"student": names, "files": 0, "remarks": 0})
    table = pd.concat([table, empty.reindex(columns=table.columns, fill_value=0)], ignore_index=True)
    table["last day"] = table["last day"].where(table["files"] > 0, "")
    return table


def _sums_by_lesson(
    scores: pd.DataFrame, students: int, lessons: list[str]
) -> dict[str, NDArray[np.float64]]:
    """Return how much each student answered and the sums of their scores: arrays of students by lessons."""
    places = np.array([lessons.index(name) for name in scores["lesson"].cat.categories], "int64")
    sums = {name: np.zeros(students * len(lessons)) for name in ("answered", "first", "last")}
    for part in _parts(scores):
        cell = part["student"].cat.codes.to_numpy("int64") * len(lessons)
        cell += places[part["lesson"].cat.codes.to_numpy()]
        for name, total in sums.items():
            values = part["attempts"] > 0 if name == "answered" else part[name].fillna(0)
            total += np.bincount(cell, values.to_numpy("float64"), len(total))
    return {name: total.reshape(students, len(lessons)) for name, total in sums.items()}


def question_table(scores: pd.DataFrame, recorded: RecordedAnswers | None = None) -> pd.DataFrame:
    """Return one row for each question: how many students answered it, and the mean scores.

    Parameters
    ----------
    scores : DataFrame
        The long table.
    recorded : RecordedAnswers, optional
        Answers to files that were not marked here.

    Returns
    -------
    DataFrame
        `item`, `students`, and `first try %` and `last try %`, the mean scores in per cent, missing where
        nothing is scored; `marked`, how: again, or as recorded.
    """
    names = scores["item"].cat.categories
    students = np.zeros(len(names))
    sums = {name: (np.zeros(len(names)), np.zeros(len(names))) for name in ("first", "last")}
    for part in _parts(scores):
        item = part["item"].cat.codes.to_numpy("int64")
        students += np.bincount(item[part["attempts"].to_numpy() > 0], minlength=len(names))
        for name, (total, count) in sums.items():
            values = part[name].to_numpy("float64")
            known = ~np.isnan(values)
            total += np.bincount(item[known], values[known], len(names))
            count += np.bincount(item[known], minlength=len(names))
    table = pd.DataFrame({"item": names.astype(str), "students": students.astype(int)})
    for name, (total, count) in sums.items():
        share = np.divide(100 * total, count, out=np.full(len(names), np.nan), where=count > 0)
        table[f"{name} try %"] = share.round(1)
    table["marked"] = _AGAIN
    if recorded is None or not recorded.rows:
        return table
    rows = recorded.table([""] * (1 + max(row.student for row in recorded.rows)))
    means = rows.groupby("item")[["first", "last"]].mean()
    files = [name for file in recorded.files() for _, name in file.questions]
    more = pd.DataFrame(
        {
            "item": [safe_cell(name) for name in files],
            "students": rows[rows["attempts"] > 0]
            .groupby("item")
            .size()
            .reindex(files, fill_value=0)
            .to_numpy(),
            "first try %": (100 * means["first"].reindex(files)).round(1).to_numpy(),
            "last try %": (100 * means["last"].reindex(files)).round(1).to_numpy(),
            "marked": _AS_RECORDED,
        }
    )
    return pd.concat([table, more], ignore_index=True)


def answer_parts(
    scores: pd.DataFrame, names: NDArray[np.object_], recorded: RecordedAnswers | None = None
) -> Iterator[pd.DataFrame]:
    """Yield the long table in parts, rounded, with texts that are safe to open in a spreadsheet.

    Parameters
    ----------
    scores : DataFrame
        The long table.
    names : ndarray of str
        What the students are called, in the order of the categories of ``scores["student"]``.
    recorded : RecordedAnswers, optional
        Answers to files that were not marked here, which come last.

    Yields
    ------
    DataFrame
        With the columns of `scores`, and `marked`, how: again, or as recorded. At least one, which may have
        no row.
    """
    for part in _parts(scores):
        readable = part.copy()
        readable["student"] = names[part["student"].cat.codes.to_numpy()]
        for name, digits in (("first", 4), ("last", 4), ("seconds", 1)):
            readable[name] = part[name].astype("float64").round(digits)
        sure = part["sure"].fillna(len(items.SURE)).to_numpy("int64")
        readable["sure"] = np.array([*items.SURE, None], dtype=object)[sure]
        for name in ("answer_first", "answer_last"):
            texts = np.array([*map(safe_cell, part[name].cat.categories), None], dtype=object)
            readable[name] = texts[part[name].cat.codes.to_numpy()]
        readable["marked"] = _AGAIN
        yield readable
    if recorded is not None and recorded.rows:
        rows = recorded.table([str(name) for name in names])
        for name in ("lesson", "item", "answer_first", "answer_last"):
            rows[name] = [None if text is None else safe_cell(text) for text in rows[name]]
        rows["marked"] = _AS_RECORDED
        yield rows.round({"first": 4, "last": 4})


def _parts(scores: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, max(1, len(scores)), _AT_ONCE):
        yield scores.iloc[start : start + _AT_ONCE]
