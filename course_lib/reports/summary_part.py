"""The part of a portfolio that counts: what was answered in each lesson, and how much of it was right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from course_lib.curriculum import syllabus
from course_lib.items import Bank
from course_lib.messages import isolate, say
from course_lib.reports.blocks import Block, DocumentFigure, Heading, Paragraph, Table
from course_lib.reports.own_part import own_summary
from course_lib.student.own_files import OwnFile
from course_lib.student.records import QuestionRecord

if TYPE_CHECKING:
    from course_lib.charts.figure import Figure


class _Counts(NamedTuple):
    """How many questions of a lesson there are, were answered, were graded, and were right."""

    questions: int
    answered: int
    graded: int
    right_first: int
    right_last: int


def bank_records(bank: Bank, records: Mapping[str, QuestionRecord]) -> list[QuestionRecord]:
    """Return what became of the questions of a bank.

    Parameters
    ----------
    bank : Bank
        The bank.
    records : Mapping[str, QuestionRecord]
        What became of every question, by its id.

    Returns
    -------
    list of QuestionRecord
        In the order of the bank.
    """
    return [records[item.id] for item in bank.items]


def summary_blocks(
    banks: Sequence[Bank], records: Mapping[str, QuestionRecord], own_files: Sequence[OwnFile] = ()
) -> list[Block]:
    """Return the summary: a sentence where nothing is answered, else counts, a table and a figure.

    Parameters
    ----------
    banks : Sequence[Bank]
        Of the lessons in order.
    records : Mapping[str, QuestionRecord]
        What became of every question, by its id.
    own_files : Sequence[OwnFile], optional
        Files of one's own, which are counted beside the lessons.

    Returns
    -------
    list of Block
        Under a heading.
    """
    own = [Paragraph(own_summary(own_files))] if own_files else []
    counts = [_count(bank_records(bank, records)) for bank in banks]
    total = _Counts(*map(sum, zip(*counts, strict=True))) if counts else _Counts(0, 0, 0, 0, 0)
    heading = Heading(2, say("portfolio.summary.heading"), "summary")
    if not total.answered:
        begun = bool(own) or any(record.is_begun for record in records.values())
        sentence = say("portfolio.summary.unchecked") if begun else say("portfolio.summary.empty")
        size = say("portfolio.summary.size", lessons=len(banks), n=total.questions)
        return [heading, Paragraph(f"{sentence} {size}"), *own]
    sentences = [say("portfolio.summary.answered", answered=total.answered, n=total.questions)]
    if total.graded:
        sentences.append(
            say(
                "portfolio.summary.marked",
                n=total.graded,
                firsts=total.right_first,
                lasts=total.right_last,
            )
        )
    sentences.append(say("portfolio.summary.kept"))
    names = [_bank_name(bank) for bank in banks]
    blocks: list[Block] = [
        heading,
        Paragraph(" ".join(sentences)),
        *own,
        _count_table(names, counts, total),
        DocumentFigure(_progress_figure(names, counts), say("portfolio.summary.figure")),
    ]
    if left := [isolate(name) for name, count in zip(names, counts, strict=True) if not count.answered]:
        blocks.append(Paragraph(say("portfolio.summary.left", lessons="; ".join(left)), quiet=True))
    return blocks


def _count(records: Sequence[QuestionRecord]) -> _Counts:
    answered = [record for record in records if record.answered]
    graded = [record for record in answered if record.state != "kept"]
    return _Counts(
        len(records),
        len(answered),
        len(graded),
        sum(record.first == "right" for record in graded),
        sum(record.state == "right" for record in graded),
    )


def _bank_name(bank: Bank) -> str:
    number = syllabus.lesson_number(bank.lesson)
    return f"{f'{number:02}' if number else bank.lesson[:2]} {bank.title}"


def _count_table(names: Sequence[str], counts: Sequence[_Counts], total: _Counts) -> Table:
    head = [
        say("portfolio.summary.head.lesson"),
        say("portfolio.summary.head.questions"),
        say("portfolio.summary.head.answered"),
        say("portfolio.summary.head.marked"),
        say("portfolio.summary.head.right_first"),
        say("portfolio.summary.head.right_last"),
    ]
    rows = [[isolate(name), *map(str, count)] for name, count in zip(names, counts, strict=True)]
    sums = [say("portfolio.summary.all"), *map(str, total)]
    return Table(say("portfolio.summary.caption"), head, [*rows, sums], wide=True)


def _progress_figure(names: Sequence[str], counts: Sequence[_Counts]) -> Figure:
    import pandas as pd

    from course_lib import charts

    rows = [
        (name, count.answered, count.right_last, count.questions)
        for name, count in zip(names, counts, strict=True)
    ]
    return charts.course_progress(pd.DataFrame(rows, columns=["lesson", "answered", "right", "questions"]))
