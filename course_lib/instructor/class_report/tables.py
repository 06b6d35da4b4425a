"""The questions of a lesson one by one: what is odd about them, their numbers, what was chosen."""

from collections.abc import Iterable, Iterator

import pandas as pd

from course_lib import charts, items
from course_lib.instructor.class_report import formatting
from course_lib.instructor.class_report.analysis import BankAnalysis, ItemAnalysis
from course_lib.instructor.class_report.distractors import Misreading
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.methods import sample_size
from course_lib.reports.blocks import (
    Block,
    CourseText,
    DocumentFigure,
    Heading,
    Lines,
    Paragraph,
    Table,
    Words,
)

_LOOSE, _EASY = 0.1, 0.95
_COLUMNS = (
    "Question",
    "Marks",
    "Mean mark",
    "Fully right",
    "Goes with the others",
    "27 % index",
    "Seconds",
    "Right, first → last",
)


def lesson_blocks(lesson: BankAnalysis) -> list[Block]:
    """Return the part of the page on a lesson: what is worth a look, and every question of it.

    Parameters
    ----------
    lesson : BankAnalysis
        The analysis of its questions.

    Returns
    -------
    list of blocks
        A heading and what stands under it.
    """
    bank = lesson.bank
    heading = Heading(
        2, [formatting.lesson_prefix(bank), CourseText(bank.title)], f"lesson-{bank.lesson.split('_')[0]}"
    )
    return [heading, *question_blocks(lesson)]


def question_blocks(lesson: BankAnalysis) -> list[Block]:
    """Return what is worth a look among some questions, and every one of them.

    Parameters
    ----------
    lesson : BankAnalysis
        The analysis of the questions of a lesson or a file.

    Returns
    -------
    list of blocks
        To stand under a heading.
    """
    questions = lesson.questions
    blocks: list[Block] = [Paragraph(_counts_sentences(lesson))]
    remarks = [remark for question in questions for remark in _remarks(question)]
    if old := [f"{question.item.id} ({question.outdated:,})" for question in questions if question.outdated]:
        remarks.append(f"An earlier version was answered of {', '.join(old)}, by as many students.")
    if remarks:
        blocks += [Heading(3, "Worth a look"), Lines(remarks)]
    rows = [_row(question) for question in questions]
    blocks.append(Table("First attempts, question by question", list(_COLUMNS), rows, first=24, wide=True))
    if any(question.discrimination.rest for question in questions):
        blocks.append(
            DocumentFigure(
                charts.facility_and_discrimination(_discrimination_table(questions)),
                "Upper right is easy and telling; below the line the better students have fewer marks. "
                "Diamonds are named since they are hard or go little with the others.",
            )
        )
    if choices := [question for question in questions if _has_options(question)]:
        blocks.append(_option_table(choices))
    slips = [
        (question, misreading)
        for question in questions
        if not _has_options(question) and (misreading := question.misreading)
    ]
    if slips:
        blocks.append(_misreading_table(slips))
    return blocks


def _has_options(question: ItemAnalysis) -> bool:
    return isinstance(question.item, items.Single | items.Multiple)


def _counts_sentences(lesson: BankAnalysis) -> str:
    sentences = (
        f"{count_phrase(lesson.students, 'student')} answered "
        f"{count_phrase(len(lesson.questions), 'marked question')} of it."
    )
    times = [question.times for question in lesson.questions]
    if left_out := sum(time.left_out for time in times):
        timed = left_out + sum(time.n for time in times)
        sentences += f" {left_out:,} of {timed:,} times are not known or left out."
    return sentences


def _row(question: ItemAnalysis) -> list[Words]:
    discrimination, times, attempts = question.discrimination, question.times, question.attempts
    correlation = "not defined"
    if discrimination.rest:
        few = discrimination.n < sample_size.students_for_correlation()
        correlation = formatting.correlation(discrimination.rest) + (", too few" if few else "")
    index = "not defined"
    if discrimination.index is not None:
        few = discrimination.n < sample_size.students_for_groups()
        index = formatting.with_sign(discrimination.index) + (", too few" if few else "")
    seconds = (
        "not known" if times.median is None else f"{times.median:.0f} ({times.low:.0f} to {times.high:.0f})"
    )
    change = f"{attempts.first} → {attempts.last} of {attempts.n}"
    if attempts.lost:
        change += f", {attempts.lost} lost it again"
    facility = question.facility
    return [
        question.item.id,
        f"{question.n:,}",
        f"{formatting.percent(facility.estimate)} ({formatting.interval_text(facility)})",
        f"{question.right:,}",
        correlation,
        index,
        seconds,
        change,
    ]


def _remarks(question: ItemAnalysis) -> Iterator[Words]:
    """Yield sentences on what is odd about a question, where the class is large enough to say so."""
    item, rest, facility = question.item, question.discrimination.rest, question.facility
    enough = question.n >= sample_size.students_for_share()
    if rest and rest.high < 0:
        yield (
            f"{item.id}: those who do well elsewhere have fewer marks here "
            f"({formatting.with_sign(rest.estimate)}). Look at the key and at the wording first."
        )
    elif (
        rest
        and rest.estimate < _LOOSE
        and question.discrimination.n >= sample_size.students_for_correlation()
    ):
        yield (
            f"{item.id}: hardly goes with the other questions: {formatting.correlation(rest)}. It may ask "
            "for something else, or be unclear."
        )
    if enough and facility.estimate >= _EASY:
        yield f"{item.id}: {formatting.percent(facility.estimate)} of the marks; it tells nobody apart."
    if enough and isinstance(item, items.Single):
        guessing = sum(option.key for option in item.option) / len(item.option)
        if facility.high < guessing:
            yield (
                f"{item.id}: right less often ({formatting.percent(facility.estimate)}) than by guessing "
                f"({formatting.percent(guessing)}). Something draws away from the key."
            )
        chosen = [(shares.upper, shares) for shares in question.option_shares() if shares.upper is not None]
        if chosen:
            share, favourite = max(chosen, key=lambda pair: pair[0])
            if not favourite.key:
                yield [
                    f"{item.id}: even in the upper third most chose ",
                    CourseText(formatting.quote(favourite.option)),
                    f" ({formatting.percent(share)}).",
                ]


def _option_table(questions: Iterable[ItemAnalysis]) -> Table:
    rows: list[list[Words]] = []
    for question in questions:
        enough = question.n >= sample_size.students_for_thirds()
        for option, key, share, *thirds in question.option_shares():
            rows.append(
                [
                    [f"{question.item.id}: ", CourseText(option)],
                    "right" if key else "",
                    formatting.percent(share),
                    " / ".join(map(formatting.percent, thirds)) if enough else "too few",
                ]
            )
    head = ["Question and option", "Key", "Chosen", "Lower / middle / upper third"]
    return Table("What was chosen first", head, rows, first=58, wide=True)


def _misreading_table(slips: Iterable[tuple[ItemAnalysis, Misreading]]) -> Table:
    rows: list[list[Words]] = []
    for question, slip in slips:
        where: list[Words] = [CourseText(slip.where), ": "] if slip.where else []
        rows.append(
            [
                question.item.id,
                [*where, CourseText(formatting.quote(slip.chosen))],
                f"{slip.count:,} of {slip.among:,}",
                [CourseText(slip.right)],
            ]
        )
    head = ["Question", "Most frequent slip", "Students", "Right"]
    return Table("Other questions: the slip that most share", head, rows, first=22, wide=True)


def _discrimination_table(questions: Iterable[ItemAnalysis]) -> pd.DataFrame:
    rows = [
        (
            question.item.id,
            question.facility.estimate,
            question.discrimination.rest.estimate if question.discrimination.rest else None,
        )
        for question in questions
    ]
    return pd.DataFrame(rows, columns=["question", "facility", "discrimination"])
