"""Files of questions on the page about a class: analysed where they are at hand, else counted."""

from collections import Counter
from collections.abc import Sequence

from course_lib.instructor.class_report import formatting
from course_lib.instructor.class_report.analysis import BankAnalysis
from course_lib.instructor.class_report.tables import question_blocks
from course_lib.instructor.gradebook.own_answers import RecordedRow
from course_lib.instructor.gradebook.recorded_answers import RecordedAnswers, RecordedFile
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.reports.blocks import Block, CourseText, Heading, Lines, Paragraph, StudentText, Table, Words
from course_lib.student.own_questions import QuestionSnapshot

# A submission that was made up could name any number.
_MOST_FILES, _MOST_QUESTIONS, _MOST_ANSWERS = 30, 200, 12
_LEFT_OUT = (
    "It is counted by itself: what to talk about, the lessons at a glance, how sure the class was and what "
    "it gained are about the course's own questions alone."
)
_AS_RECORDED = (
    "The file was not at hand, so nothing was marked again: right is what each student's machine recorded, "
    "and the questions are told as most students were shown them. Whether a question goes with the others "
    "is not looked at. Name the file with --questions, and it is analysed as a lesson is."
)
# What is typed is a student's own, and not on this page.
_TYPED = frozenset({"number", "word", "text", "probability"})


def file_blocks(files: Sequence[BankAnalysis], recorded: RecordedAnswers) -> list[Block]:
    """Return the parts of the page on files of questions.

    Parameters
    ----------
    files : sequence of BankAnalysis
        Those that were marked again.
    recorded : RecordedAnswers
        The answers to others.

    Returns
    -------
    list of blocks
        A heading for each file with what stands under it.
    """
    blocks: list[Block] = []
    for place, analysis in enumerate(files, start=1):
        heading = Heading(2, ["File: ", StudentText(analysis.bank.lesson)], f"file-{place}")
        blocks += [heading, Paragraph(_LEFT_OUT, quiet=True), *question_blocks(analysis)]
    others = recorded.files()
    for place, file in enumerate(others[:_MOST_FILES], start=len(files) + 1):
        heading = Heading(2, ["File: ", StudentText(file.key)], f"file-{place}")
        blocks += [heading, *_recorded_blocks(file, recorded)]
    if len(others) > _MOST_FILES:
        more = count_phrase(len(others) - _MOST_FILES, "file")
        blocks.append(Paragraph(f"{more} more are not shown; the gradebook has the answers to them."))
    return blocks


def _recorded_blocks(file: RecordedFile, recorded: RecordedAnswers) -> list[Block]:
    rows = [row for row in recorded.rows if row.snapshot.file == file.key]
    students = len({row.student for row in rows})
    counts = (
        f"{count_phrase(students, 'student')} answered {len(file.questions)} of "
        f"{count_phrase(file.total, 'question')}."
    )
    cells: list[list[Words]] = []
    for snapshot, name in file.questions[:_MOST_QUESTIONS]:
        cells.append(_question_row(snapshot, [row for row in rows if row.item == name]))
    head = ["Question", "Students", "Right, first → last", "What was chosen first"]
    blocks: list[Block] = [
        Paragraph(counts),
        Paragraph(f"{_AS_RECORDED} {_LEFT_OUT}", quiet=True),
        Table("Question by question, as recorded", head, cells, first=36, wide=True),
    ]
    if (more := len(file.questions) - _MOST_QUESTIONS) > 0:
        blocks.append(Paragraph(f"{count_phrase(more, 'question')} more are in the gradebook."))
    return blocks


def _question_row(snapshot: QuestionSnapshot, rows: Sequence[RecordedRow]) -> list[Words]:
    stem = snapshot.stem.strip().partition("\n\n")[0]
    answered = [row for row in rows if row.attempts]
    marked = [row for row in answered if row.last is not None]
    right = "not marked"
    if marked:
        firsts = sum(row.first == 1 for row in marked)
        lasts = sum(row.last == 1 for row in marked)
        right = f"{firsts} → {lasts} of {len(marked)} ({formatting.percent(_mean(marked))} at first)"
    return [[CourseText(stem)], f"{len(answered):,}", right, _distribution(snapshot, answered)]


def _mean(rows: Sequence[RecordedRow]) -> float | None:
    scores = [row.first for row in rows if row.first is not None]
    return sum(scores) / len(scores) if scores else None


def _distribution(snapshot: QuestionSnapshot, rows: Sequence[RecordedRow]) -> Words:
    if snapshot.type in _TYPED:
        return "typed by each, so not told here"
    counts = Counter(row.answer_first for row in rows if row.answer_first)
    if not counts:
        return "nothing"
    told = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    lines: list[Words] = [[StudentText(words), f": {count:,}"] for words, count in told[:_MOST_ANSWERS]]
    if len(told) > _MOST_ANSWERS:
        lines.append(f"{len(told) - _MOST_ANSWERS} other answers")
    return Lines(lines)
