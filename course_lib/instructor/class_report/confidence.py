"""How sure the class was, against how often it was right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib import charts, items
from course_lib.instructor.class_report import formatting
from course_lib.instructor.class_report.analysis import BankAnalysis
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.methods import item_statistics, sample_size
from course_lib.methods.rates import Interval
from course_lib.reports.blocks import Block, CourseText, DocumentFigure, Heading, Lines, Paragraph, Words

# So many questions are named at which students were sure and not right.
MOST_SURE = 3


@dataclass(frozen=True)
class ConfidenceLevel:
    """How often answers were right that were given with the same certainty.

    Attributes
    ----------
    words : str
        How sure: one of `items.SURE`.
    n : int
        How many answers.
    share : Interval or None
        The share of them that was right, 0 to 1; None without answers.
    """

    words: str
    n: int
    share: Interval | None


def confidence_levels(scores: pd.DataFrame, banks: Iterable[items.Bank]) -> list[ConfidenceLevel]:
    """Return how often first attempts were right at each level of certainty.

    Parameters
    ----------
    scores : DataFrame
        The long table, as from `score_table`.
    banks : iterable of Bank
        The banks whose questions count, as far as they ask how sure a student is.

    Returns
    -------
    list of ConfidenceLevel
        The least sure first; empty where no scored answer says how sure a student was.
    """
    ids = {item.id for bank in banks for item in bank.items}
    known = scores["sure"].notna().to_numpy() & scores["first"].notna().to_numpy()
    known &= scores["item"].isin(ids).to_numpy()
    if not known.any():
        return []
    part = scores.loc[known, ["student", "first", "sure"]]
    right = (part["first"].to_numpy() >= 1).astype(float)
    shares = item_statistics.accuracy_by_confidence(
        part["sure"].to_numpy("float64"),
        right,
        part["student"].cat.codes.to_numpy().astype(np.int64),
        len(items.SURE),
    )
    return [ConfidenceLevel(words, n, share) for words, (share, n) in zip(items.SURE, shares, strict=True)]


def confidence_table(levels: Iterable[ConfidenceLevel]) -> pd.DataFrame:
    """Return levels of certainty as a table for `charts.confidence_and_right`.

    Parameters
    ----------
    levels : iterable of ConfidenceLevel
        As from `confidence_levels`.

    Returns
    -------
    DataFrame
        A row for each level: `sure` its words, `n` answers, the `share` right, 0 to 1, and the ends `low` and
        `high` of its interval, all three missing without answers.
    """
    rows = [
        (
            level.words,
            level.n,
            *((level.share.estimate, level.share.low, level.share.high) if level.share else (np.nan,) * 3),
        )
        for level in levels
    ]
    return pd.DataFrame(rows, columns=["sure", "n", "share", "low", "high"])


def confidence_blocks(levels: Sequence[ConfidenceLevel], lessons: Sequence[BankAnalysis]) -> list[Block]:
    """Return the part of the page on how sure the class was.

    Parameters
    ----------
    levels : sequence of ConfidenceLevel
        As from `confidence_levels`.
    lessons : sequence of BankAnalysis
        The lessons and tests of the page, each with answers.

    Returns
    -------
    list of blocks
        A heading and what stands under it.
    """
    heading = Heading(2, "Confidence against correctness", "confidence")
    if not levels:
        return [
            heading,
            Paragraph(
                "No marked answer says how sure a student was. A question asks for it where its bank has "
                "confidence = true."
            ),
        ]
    asking = sum(any(map(any, question.confidence)) for lesson in lessons for question in lesson.questions)
    comparison = _compare_ends(levels[0], levels[-1], max(lesson.students for lesson in lessons))
    return [
        heading,
        Paragraph(
            f"{count_phrase(asking, 'question')} asked how sure a student was before the answer was checked. "
            f"{comparison}"
        ),
        Lines([_level_sentence(level) for level in levels]),
        DocumentFigure(
            charts.confidence_and_right(confidence_table(levels)),
            "Several answers of one student go together; the intervals allow for that.",
        ),
        *_sure_and_not_right(lessons),
    ]


def _level_sentence(level: ConfidenceLevel) -> str:
    if level.share is None:
        return f"“{level.words}”: no answer."
    few = "; too few to mean much" if level.n < sample_size.students_for_share() else ""
    return (
        f"“{level.words}”: {count_phrase(level.n, 'answer')}, {formatting.percent(level.share.estimate)} of "
        f"them right ({formatting.interval_text(level.share)}{few})."
    )


def _compare_ends(guessed: ConfidenceLevel, sure: ConfidenceLevel, students: int) -> str:
    """Return what guesses and sure answers show about a class of so many students."""
    if guessed.share is None or sure.share is None:
        return "Guesses and sure answers cannot be compared, since there are none of one of the two."
    few, least = "", sample_size.students_for_share()
    if students < least:
        few = f" With fewer than {least} students this is a hint only."
    elif min(guessed.n, sure.n) < least:
        few = f" With fewer than {least} answers of one of the two this is a hint only."
    if sure.share.low > guessed.share.high:
        return f"Sure answers were right more often than guesses: the class can judge itself.{few}"
    if sure.share.high < guessed.share.low:
        return f"Sure answers were right less often than guesses. That is worth a talk.{few}"
    return (
        "The intervals of guesses and sure answers meet, so these answers do not show that the class knows "
        "what it knows."
    )


def _sure_and_not_right(lessons: Iterable[BankAnalysis]) -> list[Block]:
    """Return the questions at which most students were sure and not right."""
    misjudged = [
        (lesson, question)
        for lesson in lessons
        for question in lesson.questions
        if question.confidence[-1].not_right
    ]
    misjudged.sort(key=lambda pair: (-pair[1].confidence[-1].not_right, pair[1].item.id))
    lines: list[Words] = [
        [
            formatting.lesson_prefix(lesson.bank),
            CourseText(formatting.question_prompt(question.item)),
            f" ({question.confidence[-1].not_right:,} of {sum(question.confidence[-1]):,})",
        ]
        for lesson, question in misjudged[:MOST_SURE]
    ]
    if not lines:
        return []
    return [
        Paragraph("Most often sure and not right, of those who were sure at the first attempt:"),
        Lines(lines),
    ]
