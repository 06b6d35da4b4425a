"""What to talk about tomorrow: the questions and the charts that were misread most, in the course's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from course_lib import charts, items
from course_lib.curriculum import course, syllabus
from course_lib.instructor.class_report import formatting, question_context
from course_lib.instructor.class_report.analysis import BankAnalysis, ItemAnalysis
from course_lib.instructor.class_report.distractors import Misreading
from course_lib.instructor.class_report.question_context import QuestionContext
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.methods import sample_size
from course_lib.methods.rates import wilson_mean
from course_lib.reports.blocks import Block, CourseText, DocumentFigure, Heading, Lines, Paragraph, Words

MOST_ITEMS, MOST_CHARTS = 5, 2
# A question with a higher mean score than this is not misread.
_WELL = 0.8


class _LessonQuestion(NamedTuple):
    """A question in its lesson, and where it stands there, if the notebook tells."""

    bank: items.Bank
    analysis: ItemAnalysis
    context: QuestionContext | None


def discussion_blocks(lessons: Sequence[BankAnalysis], size: int) -> list[Block]:
    """Return the part of the page on what to talk about: five questions and two charts.

    Parameters
    ----------
    lessons : sequence of BankAnalysis
        The lessons and tests of the page.
    size : int
        How many students are in the class.

    Returns
    -------
    list of blocks
        A heading and what stands under it.
    """
    taught = [lesson for lesson in lessons if lesson.bank.lesson not in course.FORMS] or lessons
    questions = [
        _LessonQuestion(
            lesson.bank,
            question,
            question_context.question_contexts(lesson.bank.lesson).get(question.item.check),
        )
        for lesson in taught
        for question in lesson.questions
    ]
    hard = [question for question in questions if question.analysis.facility.estimate < _WELL]
    # The upper end of the interval: few answers do not push a question to the top.
    hard.sort(key=lambda question: (question.analysis.facility.high, question.analysis.item.id))
    blocks: list[Block] = [Heading(2, "What to talk about tomorrow", "talk")]
    if size < (least := sample_size.students_for_share()):
        blocks.append(
            Paragraph(
                f"{count_phrase(size, 'student')}: take what follows as hints for a talk, not as findings. "
                f"From {least} on a share says within 20 points what another such class would do. In a small "
                "class counts may also point to persons, so show this page to nobody."
            )
        )
    if not hard:
        return [
            *blocks,
            Paragraph("Every question has four of five marks or more. Nothing was misread much."),
        ]
    blocks.append(
        Paragraph(
            "The questions with the fewest marks at the first attempt. Where few answered, luck may have "
            "done it, so such a question stands further down. Why they were missed the numbers cannot tell; "
            "asking can."
        )
    )
    for number, question in enumerate(hard[:MOST_ITEMS], start=1):
        blocks += _question_blocks(number, question)
    return [*blocks, *_chart_blocks(questions)]


def _question_blocks(number: int, question: _LessonQuestion) -> list[Block]:
    bank, analysis, context = question
    item, slip = analysis.item, analysis.misreading
    under = f", {formatting.plain_markdown(context.heading)}" if context and context.heading else ""
    lines: list[Words] = []
    if slip:
        lines += [
            _slip_line(slip),
            ["What the course says to it: ", CourseText(slip.feedback)],
            ["Right: ", CourseText(slip.right)],
        ]
    if sentences := _lesson_sentences(question):
        lines.append(["The text before it says: ", CourseText(formatting.quote(sentences, whole=True))])
    lines.append(["To open the talk: ", *_opening_question(item, bank, slip)])
    blocks: list[Block] = [
        Heading(3, f"{number}. {formatting.lesson_phrase(bank)}{under}"),
        Paragraph([CourseText(formatting.question_prompt(item))]),
        Paragraph(_missed_sentences(analysis)),
        Lines(lines),
    ]
    if isinstance(item, items.Single | items.Multiple):
        blocks.append(DocumentFigure(charts.distractors(_choices_table(analysis)), _thirds_caption(analysis)))
    return blocks


def _missed_sentences(question: ItemAnalysis) -> str:
    missed = question.n - question.right
    sentences = (
        f"{formatting.share_of(missed, question.n).capitalize()} did not get it right at the first attempt"
    )
    in_parts = round(question.facility.estimate * question.n, 6) != question.right
    sentences += f"; the mean mark is {formatting.percent(question.facility.estimate)}." if in_parts else "."
    if question.attempts.again:
        left = formatting.share_of(question.attempts.n - question.attempts.last, question.attempts.n)
        sentences += f" At the last attempt it was still not right for {left}."
    if sure := question.confidence[-1].not_right:
        sentences += (
            f" Of those who missed it at first, {formatting.share_of(sure, missed)} had said "
            "that they were sure."
        )
    return sentences


def _slip_line(slip: Misreading) -> list[Words]:
    """Return how many made a slip, and which."""
    where: list[Words] = ["“", CourseText(slip.where), "”: "] if slip.where else []
    chosen = slip.chosen if slip.verb == "put it at" else formatting.quote(slip.chosen)
    share = formatting.share_of(slip.count, slip.among)
    return [*where, share if where else share.capitalize(), f" {slip.verb} ", CourseText(chosen), "."]


def _lesson_sentences(question: _LessonQuestion) -> str:
    """Return what the lesson says about what a question asks for, or nothing."""
    item, stems = question.analysis.item, syllabus.stems()
    if item.objective == 0 and question.bank.lesson in stems:
        # A question of recall asks about the lesson before.
        place = stems.index(question.bank.lesson)
        passages = question_context.lesson_passages(stems[place - 1]) if place else ()
    else:
        passages = question.context.passages if question.context else ()
    return question_context.related_sentences(item, passages)


def _opening_question(item: items.Item, bank: items.Bank, slip: Misreading | None) -> list[Words]:
    """Return the question that opens a talk: a hint that asks, the question again, or the lesson's own."""
    for hint in item.hints:
        if hint.strip().endswith("?"):
            return [CourseText(hint)]
    if slip is None:
        return [CourseText(bank.question), " (the question of the lesson)"]
    if isinstance(item, items.Multiple):
        return [
            "take this option alone: does it belong there or not? ",
            CourseText(formatting.quote(slip.chosen)),
        ]
    if isinstance(item, items.Order):
        return [
            "ask what has to come before this, and what after it: ",
            CourseText(formatting.quote(slip.where)),
        ]
    where: list[Words] = [CourseText(formatting.quote(slip.where)), ": "] if slip.where else []
    return [
        "put the question again with two answers only. ",
        *where,
        CourseText(formatting.quote(slip.chosen)),
        " or ",
        CourseText(formatting.quote(slip.right)),
        "?",
    ]


class _ChartKey(NamedTuple):
    """Which chart: that of a lesson under a heading, or one that its bank names, which has none."""

    lesson: str
    chart: str
    heading: str


@dataclass(frozen=True)
class _ChartQuestions:
    """A chart with the questions about it."""

    bank: items.Bank
    key: _ChartKey
    questions: list[ItemAnalysis] = field(default_factory=list)

    @property
    def score(self) -> float:
        """The mean of the questions' mean scores, 0 to 1."""
        return sum(question.facility.estimate for question in self.questions) / len(self.questions)

    @property
    def highest(self) -> float:
        """The upper end of its interval, for as many students as answered the least answered question."""
        fewest = min(question.n for question in self.questions)
        return wilson_mean(min(1.0, self.score), fewest).high


def _chart_blocks(questions: Iterable[_LessonQuestion]) -> list[Block]:
    ranked = sorted(_group_by_chart(questions), key=lambda chart: (chart.highest, chart.key))
    misread = [chart for chart in ranked if chart.score < _WELL]
    if not misread:
        return []
    return [
        Heading(3, "Two charts to look at again" if len(misread) > 1 else "A chart to look at again"),
        Paragraph(
            "The charts whose questions, those right after them or with them, have the fewest marks. Whether "
            "the chart was misread or the question, look at together."
        ),
        Lines([_chart_line(chart) for chart in misread[:MOST_CHARTS]]),
    ]


def _group_by_chart(questions: Iterable[_LessonQuestion]) -> Iterable[_ChartQuestions]:
    by_key: dict[_ChartKey, _ChartQuestions] = {}
    for bank, analysis, context in questions:
        if figure := analysis.item.figure:
            key = _ChartKey(bank.lesson, figure.chart.replace("_", " "), "")
        elif context and context.chart:
            key = _ChartKey(bank.lesson, context.chart, context.heading)
        else:
            continue
        by_key.setdefault(key, _ChartQuestions(bank, key)).questions.append(analysis)
    return by_key.values()


def _chart_line(chart: _ChartQuestions) -> list[Words]:
    under = f" under “{formatting.plain_markdown(chart.key.heading)}”" if chart.key.heading else ""
    prompts: list[Words] = [
        [
            CourseText(formatting.question_prompt(question.item)),
            f" ({formatting.percent(question.facility.estimate)})",
        ]
        for question in chart.questions
    ]
    return [
        f"{formatting.lesson_phrase(chart.bank)}, the chart “{chart.key.chart}”{under}: mean mark at the "
        f"first attempt {formatting.percent(chart.score)}. Its questions:",
        Lines(prompts),
    ]


def _choices_table(question: ItemAnalysis) -> pd.DataFrame:
    """Return the options as `charts.distractors` takes them, in plain words."""
    table = question.option_table()
    return table.assign(option=table["option"].map(formatting.plain_markdown), all=table["all"].fillna(0.0))


def _thirds_caption(question: ItemAnalysis) -> str:
    least = sample_size.students_for_thirds()
    if question.n >= least:
        return "Thirds are by the marks in the other questions of the lesson."
    return f"Thirds are not shown for fewer than {least} students."
