"""The part of a portfolio on the tests before and after: what was right in each, objective by objective."""

from collections.abc import Mapping, Sequence

from course_lib.curriculum.course import FORMS
from course_lib.items import Bank
from course_lib.messages import isolate, say
from course_lib.reports.answer_blocks import check_blocks
from course_lib.reports.blocks import Block, DocumentFigure, Heading, Paragraph, Table
from course_lib.reports.summary_part import bank_records
from course_lib.student.records import QuestionRecord


def form_blocks(
    forms: Mapping[str, Bank], records: Mapping[str, QuestionRecord], objectives: Mapping[int, str]
) -> list[Block]:
    """Return the tests that were taken; the first answers count.

    Parameters
    ----------
    forms : Mapping[str, Bank]
        The banks of the tests, by their names ``before`` and ``after``.
    records : Mapping[str, QuestionRecord]
        What became of every question, by its id.
    objectives : Mapping[int, str]
        What the tests ask for, by its number.

    Returns
    -------
    list of Block
        Empty where no test was taken.
    """
    blocks: list[Block] = []
    taken: dict[str, list[QuestionRecord]] = {}
    for name, bank in forms.items():
        form = bank_records(bank, records)
        answered = [record for record in form if record.answered]
        if answered:
            taken[name] = form
            right = sum(record.first == "right" for record in answered)
            left = len(form) - len(answered)
            blocks += [
                Heading(3, say(f"portfolio.tests.form.{name}")),
                Paragraph(say("portfolio.tests.right", right=right, n=len(form), left=left)),
                *check_blocks(answered),
            ]
    if not taken:
        return []
    heading = Heading(2, say("portfolio.tests.heading"), "tests")
    return [heading, *objective_blocks(taken, objectives), *blocks]


def objective_blocks(
    taken: Mapping[str, Sequence[QuestionRecord]], objectives: Mapping[int, str]
) -> list[Block]:
    """Return the share right before and after for each objective: a table and a figure.

    Parameters
    ----------
    taken : Mapping[str, Sequence[QuestionRecord]]
        What became of the questions of each test that was taken, by its name.
    objectives : Mapping[int, str]
        What the tests ask for, by its number.

    Returns
    -------
    list of Block
        Empty where there are no objectives.
    """
    import pandas as pd

    from course_lib import charts

    if not objectives:
        return []
    shares = {name: [_share(taken.get(name, ()), number) for number in objectives] for name in FORMS}
    rows = [
        [isolate(objective), *map(_percent, parts)]
        for objective, *parts in zip(objectives.values(), *shares.values(), strict=True)
    ]
    head = [say("portfolio.tests.objective"), say("portfolio.tests.before"), say("portfolio.tests.after")]
    scores = pd.DataFrame({"objective": list(objectives.values()), **shares}).astype(
        dict.fromkeys(FORMS, float)
    )
    return [
        Table(say("portfolio.tests.caption"), head, rows),
        DocumentFigure(charts.before_and_after(scores), say("portfolio.tests.figure")),
    ]


def _share(records: Sequence[QuestionRecord], objective: int) -> float | None:
    """Return the share of an objective's questions right at the first attempt; None where it has none."""
    right = [record.first == "right" for record in records if record.item.objective == objective]
    return sum(right) / len(right) if right else None


def _percent(share: float | None) -> str:
    return say("portfolio.tests.not_taken") if share is None else f"{share:.0%}"
