"""The gradebook of a class: every answer graded again, as a long table, and one line for each student."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from course_lib.curriculum import course, syllabus
from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell, safe_cell
from course_lib.instructor.gradebook import spreadsheets, tables
from course_lib.instructor.gradebook.class_remarks import remark_changes, remark_copies, remark_recorded
from course_lib.instructor.gradebook.output import GradebookFiles
from course_lib.instructor.gradebook.recorded_answers import RecordedAnswers
from course_lib.instructor.gradebook.score_table import ScoreTableBuilder, student_list
from course_lib.instructor.gradebook.spreadsheets import (
    ANSWER_FORMS,
    SpreadsheetForm,
    spreadsheet_form,
)
from course_lib.instructor.gradebook.student_names import StudentNames, missing_names, shown_names
from course_lib.instructor.gradebook.workers import grade_groups
from course_lib.instructor.output_files import replacing_file
from course_lib.instructor.question_files import QuestionFile
from course_lib.instructor.submissions.pseudonyms import keep_salt, normalise_name
from course_lib.instructor.submissions.reading import Submissions
from course_lib.instructor.submissions.remarks import SubmissionReport
from course_lib.items import Bank

# Fewer files are read before a second process has started.
WORTH_ANOTHER_PROCESS = 1500


def course_banks() -> list[Bank]:
    """Return the banks of the course: its lessons, then the tests before and after.

    Returns
    -------
    list of Bank
        In the order of the course.

    Raises
    ------
    ItemError
        Where one of them has faults.
    """
    lessons = [course.bank(stem) for stem in syllabus.stems()]
    return [*lessons, *(course.form_bank(name) for name in course.FORMS)]


def score_table(
    submissions: Submissions, banks: Iterable[Bank] | None = None, processes: int | None = None
) -> pd.DataFrame:
    """Return every answer graded again: a row for each student and item.

    Parameters
    ----------
    submissions : Submissions
        As from `read_submissions`; its report gets what is noticed.
    banks : iterable of Bank, optional
        The questions that were asked, by default the course's.
    processes : int, optional
        As in `build_gradebook`.

    Returns
    -------
    DataFrame
        `student` (pseudonym), `lesson`, `item`; `first` and `last`, the scores of the first and the last
        attempt from 0 to 1, missing where nothing is scored; `state` of the last (right, not_yet, kept, or
        unanswered: left open in a test, worth 0); `attempts`; `answer_first` and `answer_last` as text: what
        was typed, or places as JSON, or of a text its length; `sure` at the first attempt, a place in
        `items.SURE`; `seconds` until the first attempt, without the time away; `version_differs`: the
        question has changed since. Whoever has answered nothing is a category of `student` without a row.

    Raises
    ------
    CourseError
        Where the system ends a process that was grading.
    """
    return build_gradebook(submissions, banks, processes).scores


def build_gradebook(
    submissions: Submissions,
    banks: Iterable[Bank] | None = None,
    processes: int | None = None,
    files: Sequence[QuestionFile] = (),
) -> "Gradebook":
    """Read and grade submissions.

    Parameters
    ----------
    submissions : Submissions
        As from `read_submissions`; its report gets what is noticed.
    banks : iterable of Bank, optional
        The questions that were asked, by default the course's.
    processes : int, optional
        How many work at the same time, by default two where there are many files and two cores.
    files : sequence of QuestionFile, optional
        Files of questions whose answers are marked again too; others are told as they were recorded.

    Returns
    -------
    Gradebook
        The scores of the class.

    Raises
    ------
    CourseError
        Where the system ends a process that was grading.
    """
    question_banks = course_banks() if banks is None else list(banks)
    if processes is None:
        processes = min(2, os.cpu_count() or 1) if submissions.total >= WORTH_ANOTHER_PROCESS else 1
    builder = ScoreTableBuilder([*question_banks, *(file.bank for file in files)])
    for batch in grade_groups(submissions.groups, question_banks, processes, files):
        builder.add(batch)
        submissions.count(batch.remarks, batch.read, batch.files, len(batch.students))
    report = submissions.report
    remark_changes(builder.changed, report)
    remark_copies(builder.students, builder.prints, report)
    remark_recorded(builder.recorded, report)
    report.fold()
    students = student_list(builder.students, report.remarks)
    file_banks = [file.bank for file in files]
    return Gradebook(builder.table(), students, question_banks, report, file_banks, builder.recorded)


class Gradebook:
    """The scores of a class; `build_gradebook` makes it.

    Parameters
    ----------
    scores : DataFrame
        The long table, as `score_table` describes it.
    students : DataFrame
        A row for each student, as from `score_table.student_list`.
    banks : sequence of Bank
        The questions that were asked.
    report : SubmissionReport
        What was read and remarked.
    file_banks : sequence of Bank, optional
        The questions of files that were given to be marked too.
    recorded : RecordedAnswers, optional
        Answers to files that were not, as they were recorded.
    """

    def __init__(
        self,
        scores: pd.DataFrame,
        students: pd.DataFrame,
        banks: Sequence[Bank],
        report: SubmissionReport,
        file_banks: Sequence[Bank] = (),
        recorded: RecordedAnswers | None = None,
    ) -> None:
        self.scores = scores
        self.students = students
        self.banks = banks
        self.report = report
        self.file_banks = file_banks
        self.recorded = recorded or RecordedAnswers()

    def table(
        self, names: StudentNames = "pseudonym", report: SubmissionReport | None = None
    ) -> pd.DataFrame:
        """Return one row for each student, to be written: how much of each lesson, and how much is right.

        Parameters
        ----------
        names : {"pseudonym", "file"} or mapping of str to str, default "pseudonym"
            How students are shown: by pseudonym, by the name that their files have, or by a mapping from
            such a name to another.
        report : SubmissionReport, optional
            Where students without a submission are remarked, and submissions whose names are not in the
            mapping.

        Returns
        -------
        DataFrame
            Shares are of all graded questions of a lesson, in per cent: what is not answered counts as not
            right.
        """
        display_names = shown_names(self.students, names, report)
        table = tables.student_table(
            self.scores, self.students, self.banks, display_names, self.file_banks, self.recorded
        )
        if isinstance(names, Mapping) and (missing := missing_names(self.students, names)):
            if report is not None:
                for name in missing:
                    report.add("names", name, "has not handed in a file that could be read.")
            table = tables.add_missing_students(table, missing)
        numbers = list(map(safe_cell, self.students["number"]))
        if names != "pseudonym" and any(numbers):
            # So that marks can be carried back to the platform that the files come from.
            table.insert(1, "platform id", numbers + [""] * (len(table) - len(numbers)))
        if names != "pseudonym":
            table = table.sort_values(
                "student", key=lambda column: column.map(normalise_name), ignore_index=True
            )
        return table

    def questions(self) -> pd.DataFrame:
        """Return one row for each question: how many students answered it, the mean scores in per cent.

        Returns
        -------
        DataFrame
            As from `tables.question_table`.
        """
        return tables.question_table(self.scores, self.recorded)

    def write(
        self, files: GradebookFiles, names: StudentNames = "pseudonym", salt: bytes | None = None
    ) -> None:
        """Write the gradebook and its report, and keep the salt that its pseudonyms were made with.

        Where no student was read, only the report is written.

        Parameters
        ----------
        files : GradebookFiles
            Where everything goes.
        names : {"pseudonym", "file"} or mapping of str to str, default "pseudonym"
            As in `table`.
        salt : bytes, optional
            What the submissions were read with, where it is to be kept.

        Raises
        ------
        ProgressError
            Where nothing can be written, or no student was read.
        """
        nobody = self.students.empty
        if not nobody:
            # Before any table, since no table is of use later without it.
            if salt is not None:
                keep_salt(salt, files.salt)
            self.write_table(files.table, names, self.report)
            if files.answers:
                self.write_answers(files.answers, names)
        with replacing_file(files.report) as unfinished:
            unfinished.write_text(self.report.text(), encoding="utf-8")
        if nobody:
            raise ProgressError(
                f"{self.report.summary()} No marks were written; {plain_cell(files.report)} says what was "
                "wrong."
            )

    def summary(self, files: GradebookFiles, names: StudentNames = "pseudonym") -> list[str]:
        """Return what to tell the instructor once everything is written.

        Parameters
        ----------
        files : GradebookFiles
            Where everything was written.
        names : {"pseudonym", "file"} or mapping of str to str, default "pseudonym"
            How students are shown.

        Returns
        -------
        list of str
            A sentence or two each.
        """
        answers = f" All answers are in {plain_cell(files.answers)}." if files.answers else ""
        sentences = [
            self.report.summary(),
            f"The marks are in {plain_cell(files.table)}.{answers}",
            f"The report is in {plain_cell(files.report)}. It names students, so keep it to yourself.",
        ]
        if names == "pseudonym":
            sentences.append(
                f"Pseudonyms were made with {plain_cell(files.salt)}. Keep that file for the next time; "
                "give it to nobody."
            )
        return sentences

    def write_table(
        self,
        path: str | Path,
        names: StudentNames = "pseudonym",
        report: SubmissionReport | None = None,
    ) -> None:
        """Write one line for each student; the ending says how: .csv, .xlsx or .html.

        A workbook has the questions and, where they fit, all answers on further sheets.

        Parameters
        ----------
        path : str or Path
            The file.
        names : {"pseudonym", "file"} or mapping of str to str, default "pseudonym"
            As in `table`.
        report : SubmissionReport, optional
            As in `table`.

        Raises
        ------
        ProgressError
            For another ending, or where nothing can be written there.
        """
        form = spreadsheet_form(path)
        table = self.table(names, report)
        with replacing_file(Path(path)) as unfinished:
            match form:
                case SpreadsheetForm.CSV:
                    spreadsheets.write_csv(unfinished, [table])
                case SpreadsheetForm.PAGE:
                    spreadsheets.write_page(unfinished, table)
                case SpreadsheetForm.WORKBOOK:
                    spreadsheets.write_workbook(
                        unfinished,
                        table,
                        self.questions(),
                        self.answers(names),
                        self._answer_count,
                    )

    def write_answers(self, path: str | Path, names: StudentNames = "pseudonym") -> None:
        """Write the long table; the ending says how: .csv or .xlsx.

        Parameters
        ----------
        path : str or Path
            The file.
        names : {"pseudonym", "file"} or mapping of str to str, default "pseudonym"
            As in `table`.

        Raises
        ------
        ProgressError
            For another ending, where nothing can be written there, or where a sheet cannot hold them all.
        """
        form = spreadsheet_form(path, ANSWER_FORMS, "answers")
        with replacing_file(Path(path)) as unfinished:
            if form is SpreadsheetForm.CSV:
                spreadsheets.write_csv(unfinished, self.answers(names))
            else:
                spreadsheets.write_answers_workbook(unfinished, self.answers(names), self._answer_count)

    @property
    def _answer_count(self) -> int:
        return len(self.scores) + len(self.recorded.rows)

    def answers(self, names: StudentNames = "pseudonym") -> Iterator[pd.DataFrame]:
        """Return the long table in parts, with texts that are safe to open.

        Parameters
        ----------
        names : {"pseudonym", "file"} or mapping of str to str, default "pseudonym"
            As in `table`.

        Returns
        -------
        iterator of DataFrame
            As from `tables.answer_parts`.
        """
        return tables.answer_parts(self.scores, shown_names(self.students, names), self.recorded)
