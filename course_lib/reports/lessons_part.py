"""The parts of a portfolio on what was answered in the lessons: the student's brief, and each lesson."""

from collections.abc import Mapping, Sequence

from course_lib import evidence, items
from course_lib.curriculum import course, syllabus
from course_lib.items import Bank
from course_lib.messages import say
from course_lib.reports.answer_blocks import check_blocks, coding_blocks, text_blocks
from course_lib.reports.answers import answer_in_words, question_text
from course_lib.reports.blocks import HERE, Block, CourseText, Heading, Paragraph, Words, insert_part
from course_lib.reports.forecasts_part import forecast_number
from course_lib.student.records import QuestionRecord

# The roles of the questions that the student's brief is made of, in the order in which they are read.
BRIEF = {
    "brief_question": "question",
    "brief_known": "known",
    "brief_unknown": "unknown",
    "brief_judgement": "judgement",
    "brief_probability": "probability",
    "brief_change": "change",
}


def brief_blocks(records: Mapping[str, QuestionRecord]) -> list[Block]:
    """Return the brief of the student, which is asked for in parts, as one text.

    Parameters
    ----------
    records : Mapping[str, QuestionRecord]
        What became of every question, by its id.

    Returns
    -------
    list of Block
        Empty where the course asks for none.
    """
    by_role = {record.item.role: record for record in records.values()}
    parts = {name: by_role[role] for role, name in BRIEF.items() if role in by_role}
    if not parts:
        return []
    blocks: list[Block] = [Heading(2, say("portfolio.brief.heading"), "brief")]
    if not any(record.is_begun for record in parts.values()):
        first = next(iter(parts.values()))
        lesson = course.lesson_number_of(first.item.id)
        return [*blocks, Paragraph(say("portfolio.brief.nothing", lesson=lesson))]
    for name, record in parts.items():
        blocks.append(Heading(3, say(f"portfolio.brief.part.{name}")))
        if isinstance(record.item, items.Text):
            blocks += text_blocks(record, record.item)
        else:
            blocks.append(Paragraph(answer_in_words(record)))
    return blocks


def lesson_blocks(bank: Bank, records: Sequence[QuestionRecord]) -> list[Block]:
    """Return what was answered in a lesson: texts, codings, then everything short in one table.

    Parameters
    ----------
    bank : Bank
        Of the lesson.
    records : Sequence[QuestionRecord]
        What became of its questions.

    Returns
    -------
    list of Block
        Empty where nothing was begun; what stands in the brief or among the forecasts is not told again.
    """
    begun = [record for record in records if record.is_begun and record.item.role not in BRIEF]
    if not begun:
        return []
    blocks: list[Block] = [
        Heading(2, _title(bank), f"lesson-{bank.lesson[:2]}"),
        Paragraph([CourseText(bank.question)]),
    ]
    forecasts = set(evidence.table("forecasts")["id"])
    apart = [
        record
        for record in begun
        if isinstance(record.item, items.Probability) and forecast_number(record.item) in forecasts
    ]
    return blocks + (
        record_blocks([record for record in begun if record not in apart])
        or [Paragraph(say("portfolio.lesson.forecasts"))]
    )


def record_blocks(records: Sequence[QuestionRecord]) -> list[Block]:
    """Return answers by how they are told: texts, codings, then everything short in one table.

    Parameters
    ----------
    records : Sequence[QuestionRecord]
        What became of questions that were begun.

    Returns
    -------
    list of Block
        Empty where there are none.
    """
    texts: list[Block] = []
    codings: list[Block] = []
    short: list[QuestionRecord] = []
    for record in records:
        item = record.item
        match item:
            case items.Text():
                texts += [Heading(4, question_text(item)), *text_blocks(record, item)]
            case items.Grid() | items.Matrix() | items.Match() | items.Order():
                codings += [Heading(4, question_text(item)), *coding_blocks(record)]
            case items.Single() | items.Multiple() | items.Number() | items.Word() | items.Probability():
                short.append(record)
    parts = {
        say("portfolio.lesson.texts"): texts,
        say("portfolio.lesson.codings"): codings,
        say("portfolio.lesson.checks"): check_blocks(short),
    }
    blocks: list[Block] = []
    for name, part in parts.items():
        blocks += [Heading(3, name), *part] if part else []
    return blocks


def _title(bank: Bank) -> list[Words]:
    title: list[Words] = [CourseText(bank.title)]
    if number := syllabus.lesson_number(bank.lesson):
        return insert_part(say("portfolio.lesson.heading", number=number, title=HERE), title)
    return title
