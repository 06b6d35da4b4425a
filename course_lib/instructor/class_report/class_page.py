"""The page about a class: what to talk about tomorrow, then every question in numbers, pictures and words.

Nothing that a student typed is on it, no name and no pseudonym: only counts, and the words of the course.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from course_lib import items
from course_lib.curriculum import course
from course_lib.errors import ProgressError, nearest
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.class_report.analysis import BankAnalysis, analyse_bank
from course_lib.instructor.class_report.confidence import (
    ConfidenceLevel,
    confidence_blocks,
    confidence_levels,
)
from course_lib.instructor.class_report.discussion_prompts import discussion_blocks
from course_lib.instructor.class_report.files_part import file_blocks
from course_lib.instructor.class_report.gain import TestGain, analyse_gain, gain_blocks
from course_lib.instructor.class_report.overview import closing, facts, glance_blocks, size_blocks
from course_lib.instructor.class_report.tables import lesson_blocks
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.gradebook.recorded_answers import RecordedAnswers
from course_lib.instructor.lesson_names import lessons_by_name
from course_lib.instructor.output_files import replacing_file
from course_lib.instructor.question_files import QuestionFile
from course_lib.instructor.submissions.reading import Submissions
from course_lib.instructor.submissions.remarks import SubmissionReport, error_reason
from course_lib.reports.blocks import Block
from course_lib.reports.document import Document

GENERATOR = "reading-with-evidence class"
NAME = "class.html"
_TITLE = "What the class understood"


@dataclass(frozen=True)
class ClassAnalysis:
    """What a class understood.

    Attributes
    ----------
    lessons : list of BankAnalysis
        The lessons and tests of which a question was answered, in their order.
    levels : list of ConfidenceLevel
        How sure the class was and how often right; empty where no question asked for it.
    gain : TestGain or None
        What lies between the tests before and after; None where it was not asked for.
    files : list of BankAnalysis
        Files of questions that were marked again too and of which a question was answered.
    recorded : RecordedAnswers
        Answers to other files, as they were recorded.
    """

    lessons: list[BankAnalysis]
    levels: list[ConfidenceLevel]
    gain: TestGain | None
    files: list[BankAnalysis] = field(default_factory=list)
    recorded: RecordedAnswers = field(default_factory=RecordedAnswers)

    @property
    def students(self) -> int:
        """How many students answered the lesson that most of them answered; without one, the file."""
        return max(
            (lesson.students for lesson in self.lessons or self.files),
            default=len({row.student for row in self.recorded.rows}),
        )


@dataclass(frozen=True)
class ClassReport:
    """What a class understood, ready to be written; `build_class_report` makes it.

    Attributes
    ----------
    analysis : ClassAnalysis
        What the class understood.
    submissions : SubmissionReport
        What was read and remarked.
    """

    analysis: ClassAnalysis
    submissions: SubmissionReport

    def document(self) -> Document:
        """Return the page about the class.

        Returns
        -------
        Document
            As from `class_document`.
        """
        return class_document(self.analysis)

    def write(self, out: Path) -> None:
        """Write the page.

        Parameters
        ----------
        out : Path
            The file, or its folder, which is made where it is missing.

        Raises
        ------
        ProgressError
            Where nothing can be written there.
        """
        path = page_path(out)
        if path != out:
            try:
                out.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ProgressError(
                    f"The folder {plain_cell(out)} cannot be made ({error_reason(error)}). Name another."
                ) from None
        page = self.document().html()
        with replacing_file(path) as unfinished:
            unfinished.write_text(page, encoding="utf-8", newline="\n")

    def summary(self, out: Path) -> list[str]:
        """Return what to tell the instructor once the page is written.

        Parameters
        ----------
        out : Path
            As in `write`.

        Returns
        -------
        list of str
            A sentence or two each.
        """
        sentences = [
            self.submissions.summary(),
            f"The page is in {plain_cell(page_path(out))}. No student is named in it.",
        ]
        if self.submissions.remarks:
            sentences.append(
                "What was remarked on the files is told by the command gradebook, in its report."
            )
        return sentences


def build_class_report(
    submissions: Submissions, banks: Sequence[items.Bank], files: Sequence[QuestionFile] = ()
) -> ClassReport:
    """Read submissions and analyse what the class understood.

    Parameters
    ----------
    submissions : Submissions
        As from `read_submissions`; its report gets what is noticed.
    banks : sequence of Bank
        The question banks it is to be about.
    files : sequence of QuestionFile, optional
        Files of questions that are analysed too; others are told as they were recorded.

    Returns
    -------
    ClassReport
        Ready to be written.

    Raises
    ------
    ProgressError
        Where nothing can be read, or nobody answered any of the questions.
    """
    # Of all lessons, since answers to the others are no answers to unknown questions.
    book = gradebook.build_gradebook(submissions, files=files)
    report = submissions.report
    if not report.students:
        raise ProgressError(
            f"{report.summary()} No page was written. The command gradebook writes a report of "
            "what was wrong."
        )
    return ClassReport(analyse_class(book.scores, banks, book.file_banks, book.recorded), report)


def page_path(out: Path) -> Path:
    """Return the file that a page is written to.

    Parameters
    ----------
    out : Path
        A file whose name ends in .html or .htm, or a folder, which need not be there yet.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ProgressError
        For a name that ends in something else.

    Examples
    --------
    >>> page_path(Path("tomorrow.html")).name, page_path(Path("no-such-folder")).name
    ('tomorrow.html', 'class.html')
    """
    if out.suffix.lower() in (".html", ".htm") and not out.is_dir():
        return out
    if out.suffix and not out.is_dir():
        raise ProgressError(
            f"{plain_cell(out.name)} is no name for the page. Let it end in .html, or name a folder."
        )
    return out / NAME


def choose_banks(lessons: Sequence[str] | None = None) -> list[items.Bank]:
    """Return the question banks that a page is to be about.

    Parameters
    ----------
    lessons : sequence of str or None, optional
        Names or numbers of lessons, or the tests before and after; by default all.

    Returns
    -------
    list of Bank
        In the order of the course.

    Raises
    ------
    ProgressError
        For a lesson that the course does not have.
    """
    banks = gradebook.course_banks()
    if not lessons:
        return banks
    stems = [bank.lesson for bank in banks]
    known = lessons_by_name(stems)
    for name in lessons:
        if name not in known:
            raise ProgressError(nearest(name, stems, "lesson"))
    wanted = {known[name] for name in lessons}
    return [bank for bank in banks if bank.lesson in wanted]


def analyse_class(
    scores: pd.DataFrame,
    banks: Sequence[items.Bank],
    file_banks: Sequence[items.Bank] = (),
    recorded: RecordedAnswers | None = None,
) -> ClassAnalysis:
    """Return what a class understood.

    Parameters
    ----------
    scores : DataFrame
        The long table, a row for each student and item, as from `score_table`.
    banks : sequence of Bank
        The question banks it is to be about.
    file_banks : sequence of Bank, optional
        Files of questions that were marked again too.
    recorded : RecordedAnswers, optional
        Answers to other files, as they were recorded.

    Returns
    -------
    ClassAnalysis
        All that the page is written from.

    Raises
    ------
    ProgressError
        Where nobody answered any of their questions.
    """
    lessons = [lesson for bank in banks if (lesson := analyse_bank(scores, bank)).questions]
    files = [file for bank in file_banks if (file := analyse_bank(scores, bank)).questions]
    recorded = recorded or RecordedAnswers()
    if not (lessons or files or recorded.rows):
        raise ProgressError(
            "Nobody answered a question that can be right or wrong, so there is nothing to understand yet. "
            "No page was written."
        )
    forms = {bank.lesson: bank for bank in banks if bank.lesson in course.FORMS}
    gain = analyse_gain(scores, forms, course.OBJECTIVES) if len(forms) == len(course.FORMS) else None
    return ClassAnalysis(lessons, confidence_levels(scores, banks), gain, files, recorded)


def class_document(analysis: ClassAnalysis) -> Document:
    """Return the page about a class.

    Parameters
    ----------
    analysis : ClassAnalysis
        What the class understood.

    Returns
    -------
    Document
        The page.
    """
    lessons, size = analysis.lessons, analysis.students
    blocks: list[Block] = []
    if lessons:
        blocks += [
            *discussion_blocks(lessons, size),
            *size_blocks(lessons, size),
            *glance_blocks(lessons),
            *confidence_blocks(analysis.levels, lessons),
            *(gain_blocks(analysis.gain) if analysis.gain else []),
            *(block for lesson in lessons for block in lesson_blocks(lesson)),
        ]
    blocks += file_blocks(analysis.files, analysis.recorded)
    return Document(_TITLE, _TITLE, facts(lessons, size), blocks, closing(), GENERATOR)
