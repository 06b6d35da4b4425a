"""What the class gained between the test before the course and the test after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib import charts, items
from course_lib.curriculum import course
from course_lib.instructor.class_report import formatting
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.messages import say
from course_lib.methods import class_change, sample_size
from course_lib.methods.class_change import MeanChange
from course_lib.methods.rates import Interval
from course_lib.reports.blocks import Block, DocumentFigure, Heading, Paragraph


@dataclass(frozen=True)
class ObjectiveChange:
    """How the questions on one objective, or all, were answered before and after.

    Attributes
    ----------
    name : str
        What the objective is called.
    before, after : float
        The mean share right, 0 to 1.
    change : Interval
        The mean change, -1 to 1.
    """

    name: str
    before: float
    after: float
    change: Interval


@dataclass(frozen=True)
class TestGain:
    """What lies between two tests.

    Attributes
    ----------
    taken : dict of str to int
        For each test how many students submitted it.
    both : int
        How many submitted both.
    questions : int
        How many questions the test before has.
    whole : MeanChange or None
        The change in all questions; None where fewer than two students took both.
    changes : list of ObjectiveChange
        All questions, then each objective; empty where fewer than two students took both.
    """

    taken: dict[str, int]
    both: int
    questions: int
    whole: MeanChange | None
    changes: list[ObjectiveChange]

    def table(self) -> pd.DataFrame:
        """Return the changes as a table for `charts.class_change`.

        Returns
        -------
        DataFrame
            A row for all questions and for each objective: its name `objective`, mean shares `before` and
            `after`, their difference `change`, and the ends `low` and `high` of its interval.
        """
        rows = [
            (change.name, change.before, change.after, span.estimate, span.low, span.high)
            for change in self.changes
            for span in [change.change]
        ]
        return pd.DataFrame(rows, columns=["objective", "before", "after", "change", "low", "high"])


class _Form(NamedTuple):
    """Who submitted a test: their codes in order, and which questions each had right, a row a student."""

    students: NDArray[np.int64]
    right: NDArray[np.float64]
    objectives: list[int]


def analyse_gain(
    scores: pd.DataFrame, forms: Mapping[str, items.Bank], objectives: Mapping[int, str]
) -> TestGain:
    """Return what the students who took both tests have gained.

    Parameters
    ----------
    scores : DataFrame
        The long table, as from `score_table`.
    forms : mapping of str to Bank
        The tests `before` and `after`.
    objectives : mapping of int to str
        What the tests call each objective.

    Returns
    -------
    TestGain
        Of first attempts. Who has not every question has not submitted the test.
    """
    before, after = (_read_form(scores, forms[name]) for name in course.FORMS)
    taken = {name: len(form.students) for name, form in zip(course.FORMS, (before, after), strict=True)}
    both, at_before, at_after = np.intersect1d(
        before.students, after.students, assume_unique=True, return_indices=True
    )
    questions = len(forms[course.PRETEST].items)
    if len(both) < 2:
        return TestGain(taken, len(both), questions, None, [])
    whole, changes = None, list[ObjectiveChange]()
    for number, name in [(None, "all questions"), *objectives.items()]:
        columns = [
            [at for at, own in enumerate(form.objectives) if number is None or own == number]
            for form in (before, after)
        ]
        if not all(columns):
            continue
        first = before.right[at_before][:, columns[0]].mean(axis=1)
        second = after.right[at_after][:, columns[1]].mean(axis=1)
        change = class_change.mean_change(first, second)
        whole = whole or change
        changes.append(ObjectiveChange(name, float(first.mean()), float(second.mean()), change.change))
    return TestGain(taken, len(both), questions, whole, changes)


def _read_form(scores: pd.DataFrame, bank: items.Bank) -> _Form:
    graded = [item for item in bank.items if item.graded]
    own = scores[scores["item"].isin([item.id for item in graded]).to_numpy()]
    students, rows = np.unique(own["student"].cat.codes.to_numpy("int64"), return_inverse=True)
    columns = {item.id: at for at, item in enumerate(graded)}
    first = own["first"].to_numpy("float64")
    right = np.full((len(students), len(graded)), np.nan)
    right[rows, own["item"].map(columns).to_numpy("int64")] = np.where(np.isnan(first), np.nan, first >= 1)
    complete = ~np.isnan(right).any(axis=1)
    return _Form(students[complete].astype(np.int64), right[complete], [item.objective for item in graded])


def gain_blocks(gain: TestGain) -> list[Block]:
    """Return the part of the page on what the class gained.

    Parameters
    ----------
    gain : TestGain
        As from `analyse_gain`.

    Returns
    -------
    list of blocks
        A heading and what stands under it.
    """
    taken = ", ".join(f"the test {name} by {count_phrase(n, 'student')}" for name, n in gain.taken.items())
    blocks: list[Block] = [
        Heading(2, "Before and after", "gain"),
        Paragraph(f"Handed in: {taken}, both by {gain.both:,}."),
    ]
    if gain.whole is None:
        return [*blocks, Paragraph("A change of the class can be told once two students have taken both.")]
    few = ""
    if gain.both < (least := sample_size.students_for_change(gain.questions)):
        few = f" With fewer than {least} students this is a hint only."
    return [
        *blocks,
        Paragraph(f"{_change_sentences(gain.whole, gain.changes)}{few}"),
        DocumentFigure(charts.class_change(gain.table()), "Shares right before → after, and the change."),
        Paragraph(
            "Without a class that was taught otherwise this does not tell what the course has done. The two "
            "forms were built alike; whether they are equally hard is not known. Who gave up is not in it.",
            quiet=True,
        ),
    ]


def _change_sentences(whole: MeanChange, changes: Sequence[ObjectiveChange]) -> str:
    change, gain = whole.change, whole.gain
    sentences = (
        f"Those who took both had {formatting.percent(changes[0].before)} of the questions right before and "
        f"{formatting.percent(changes[0].after)} after: a change of {formatting.points(change.estimate)} "
        f"percentage points ({formatting.points(change.low)} to {formatting.points(change.high)})."
    )
    if gain is None:
        return f"{sentences} {say('class_gain.all_before')}"
    if whole.hake is None:
        some = whole.students - gain.full
        return f"{sentences} {say('class_gain.too_few', open=some, n=whole.students)}"
    if gain.gain < 0:
        return f"{sentences} {say('class_gain.loss')}"
    sentences += (
        f" Of what was missing before, the class has gained {formatting.percent(gain.gain)} "
        f"({formatting.interval_text(whole.hake)}): the normalised gain of the class."
    )
    # Below 0 in a class that has gained, the mean of single gains shows only how unsteady they are.
    if gain.single is None or gain.single < 0:
        return sentences
    full = (
        f", without {count_phrase(gain.full, 'student')} who had everything right before" if gain.full else ""
    )
    return f"{sentences} The mean of the students' own gains is {formatting.percent(gain.single)}{full}."
