"""Item analysis: from the long table of scores to numbers on every question of a bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib import items
from course_lib.errors import MethodError
from course_lib.instructor.class_report.distractors import (
    AnswerCount,
    Misreading,
    decode_answer,
    most_frequent_misreading,
    option_counts,
)
from course_lib.methods import item_statistics, sample_size
from course_lib.methods.item_statistics import AttemptChange, CronbachAlpha, Discrimination, ResponseTimes
from course_lib.methods.rates import Interval

# The class is looked at in so many parts of about the same size.
_THIRDS = 3


class RightCount(NamedTuple):
    """How many of those who were equally sure were right.

    Attributes
    ----------
    right, not_right : int
        How many had the whole score, and how many had less.
    """

    right: int
    not_right: int


class OptionShares(NamedTuple):
    """How often an option was chosen first.

    Attributes
    ----------
    option : str
        Its text, Markdown.
    key : bool
        Whether it is right.
    all : float or None
        The share of all students who chose it, 0 to 1; None where nobody answered.
    lower, middle, upper : float or None
        The same in each third of the class; None where the class is too small for thirds.
    """

    option: str
    key: bool
    all: float | None
    lower: float | None
    middle: float | None
    upper: float | None


@dataclass(frozen=True)
class ItemAnalysis:
    """What became of one question.

    Attributes
    ----------
    item : Item
        The question.
    n : int
        How many students have a score for their first attempt.
    facility : Interval
        Their mean score, 0 to 1.
    right : int
        How many of them were fully right.
    discrimination : Discrimination
        How the question goes with the others.
    attempts : AttemptChange
        First attempts against last.
    times : ResponseTimes
        Seconds until the first answer.
    answers : list of (answer, int)
        Every answer in its normal form, and how many gave it first.
    by_third : list of list of (answer, int)
        The same for each third of the class by the scores in the other questions, the lower first.
    confidence : list of RightCount
        For each level of `items.SURE`, how many were right and how many not.
    outdated : int
        How many answered an earlier version.
    """

    item: items.Item
    n: int
    facility: Interval
    right: int
    discrimination: Discrimination
    attempts: AttemptChange
    times: ResponseTimes
    answers: list[AnswerCount]
    by_third: list[list[AnswerCount]]
    confidence: list[RightCount]
    outdated: int

    @property
    def misreading(self) -> Misreading | None:
        """The slip that most students share, or None."""
        return most_frequent_misreading(self.item, self.answers) if self.item.graded else None

    def option_shares(self) -> list[OptionShares]:
        """Return how often each option was chosen first.

        Returns
        -------
        list of OptionShares
            For each option; empty for a question without options.
        """
        if not isinstance(self.item, items.Single | items.Multiple):
            return []
        enough = self.n >= sample_size.students_for_thirds()
        by_third = self.by_third if enough else [[]] * _THIRDS
        columns = [_option_shares(self.item, answers) for answers in (self.answers, *by_third)]
        return [
            OptionShares(option.text, option.key, *shares)
            for option, *shares in zip(self.item.option, *columns, strict=True)
        ]

    def option_table(self) -> pd.DataFrame:
        """Return how often each option was chosen first as a table for `charts.distractors`.

        Returns
        -------
        DataFrame
            A row for each option with the fields of `OptionShares`.
        """
        return pd.DataFrame(self.option_shares(), columns=list(OptionShares._fields))


@dataclass(frozen=True)
class BankAnalysis:
    """What became of the questions of a bank.

    Attributes
    ----------
    bank : Bank
        The bank.
    students : int
        How many students answered any of them.
    questions : list of ItemAnalysis
        Those that can be right or wrong and were answered, in the order of the bank.
    alpha : CronbachAlpha or str
        How far the sum of their scores would come out the same again, or the sentence why it is not known.
    """

    bank: items.Bank
    students: int
    questions: list[ItemAnalysis]
    alpha: CronbachAlpha | str


def analyse_bank(scores: pd.DataFrame, bank: items.Bank) -> BankAnalysis:
    """Return what became of the questions of a bank.

    Parameters
    ----------
    scores : DataFrame
        The long table, a row for each student and item, as from `score_table`.
    bank : Bank
        The question bank.

    Returns
    -------
    BankAnalysis
        Without questions where nobody answered one of the bank.
    """
    lessons = scores["lesson"].cat
    place = int(lessons.categories.get_indexer(pd.Index([bank.lesson]))[0])
    part = scores[(lessons.codes == place).to_numpy() & (place >= 0)]
    if part.empty:
        return BankAnalysis(bank, 0, [], "Nobody answered anything.")
    _, rows = np.unique(part["student"].cat.codes.to_numpy(), return_inverse=True)
    graded = [item for item in bank.items if item.graded]
    places = {name: at for at, name in enumerate(part["item"].cat.categories)}
    codes = part["item"].cat.codes.to_numpy()
    chosen = [codes == places.get(item.id, -2) for item in graded]
    first = part["first"].to_numpy("float64")
    table = np.full((rows.max() + 1, len(graded)), np.nan)
    for column, own in enumerate(chosen):
        table[rows[own], column] = first[own]
    rest = item_statistics.rest_scores(table) if graded else table
    questions = [
        _analyse_item(item, part[own], rows[own], table[:, column], rest[:, column])
        for column, (item, own) in enumerate(zip(graded, chosen, strict=True))
    ]
    return BankAnalysis(
        bank, len(table), [question for question in questions if question is not None], _alpha(table)
    )


def _analyse_item(
    item: items.Item,
    part: pd.DataFrame,
    rows: NDArray[np.int64],
    scores: NDArray[np.float64],
    rest: NDArray[np.float64],
) -> ItemAnalysis | None:
    """Return what became of a question, or None where nobody has a score.

    `part` is the long table of the question and `rows` whose answers these are; `scores` and `rest` have
    each student of the bank.
    """
    first = part["first"].to_numpy("float64")
    facility = item_statistics.facility(first)
    if facility is None:
        return None
    thirds = item_statistics.score_thirds(rest)[rows]
    sure = part["sure"].fillna(len(items.SURE)).to_numpy("int64")
    known, right = ~np.isnan(first), first >= 1
    answers, by_third = _count_answers(item, part["answer_first"], thirds)
    return ItemAnalysis(
        item=item,
        n=int(known.sum()),
        facility=facility,
        right=int(right.sum()),
        discrimination=item_statistics.discrimination(scores, rest),
        attempts=item_statistics.attempt_change(
            first, part["last"].to_numpy("float64"), part["attempts"].to_numpy()
        ),
        times=item_statistics.response_times(part["seconds"].to_numpy("float64")),
        answers=answers,
        by_third=by_third,
        confidence=[
            RightCount(
                int((known & (sure == level) & right).sum()), int((known & (sure == level) & ~right).sum())
            )
            for level in range(len(items.SURE))
        ],
        outdated=int(part["version_differs"].sum()),
    )


def _count_answers(
    item: items.Item, column: pd.Series, thirds: NDArray[np.int64]
) -> tuple[list[AnswerCount], list[list[AnswerCount]]]:
    """Return every answer with how often it was given, by all and in each third."""
    codes = column.cat.codes.to_numpy("int64")
    there = codes >= 0
    different, place = np.unique(codes[there], return_inverse=True)
    # The last column has those whose third is not known, which is -1.
    counts = np.zeros((len(different), _THIRDS + 1), "int64")
    np.add.at(counts, (place, thirds[there]), 1)
    answers, by_third = list[AnswerCount](), [list[AnswerCount]() for _ in range(_THIRDS)]
    for text, row in zip(column.cat.categories[different], counts.tolist(), strict=True):
        answer = decode_answer(item, text)
        if answer is None:
            continue
        answers.append((answer, sum(row)))
        for third, count in zip(by_third, row, strict=False):
            if count:
                third.append((answer, count))
    return answers, by_third


def _alpha(scores: NDArray[np.float64]) -> CronbachAlpha | str:
    there = scores[:, ~np.isnan(scores).all(axis=0)] if scores.size else scores
    try:
        return item_statistics.cronbach_alpha(there)
    except MethodError as error:
        return str(error)


def _option_shares(item: items.Single | items.Multiple, answers: Sequence[AnswerCount]) -> list[float | None]:
    counts, among = option_counts(item, answers)
    return [count / among if among else None for count in counts]
