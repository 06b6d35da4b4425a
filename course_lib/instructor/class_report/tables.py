"""The questions of a lesson one by one: what is odd about them, their numbers, what was chosen."""

from course_lib import charts, items
from course_lib.instructor.class_report import formatting
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.methods import item_statistics
from course_lib.reports.blocks import CourseText, DocumentFigure, Heading, Lines, Paragraph, Table

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


def lesson_blocks(one):
    """Return the blocks on a lesson: what is worth a look, and every question of it.

    Parameters: `one` its `Analysed`.
    """
    bank = one.bank
    times = [each.times for each in one.asked]
    told = (
        f"{count_phrase(one.students, 'student')} answered "
        f"{count_phrase(len(one.asked), 'marked question')} of it."
    )
    if left_out := sum(each.left_out for each in times):
        told += (
            f" {left_out:,} of {left_out + sum(each.n for each in times):,} times are not known or left out."
        )
    noted = [line for each in one.asked for line in _noted(each)]
    if old := [f"{each.item.id} ({each.differs:,})" for each in one.asked if each.differs]:
        noted.append(f"An earlier version was answered of {', '.join(old)}, by as many students.")
    blocks = [
        Heading(
            2, [formatting.lesson_prefix(bank), CourseText(bank.title)], f"lesson-{bank.lesson.split('_')[0]}"
        ),
        Paragraph(told),
    ]
    if noted:
        blocks += [Heading(3, "Worth a look"), Lines(noted)]
    blocks.append(
        Table(
            "First attempts, question by question",
            list(_COLUMNS),
            [_row(each) for each in one.asked],
            24,
            True,
        )
    )
    if any(each.discrimination.rest for each in one.asked):
        blocks.append(
            DocumentFigure(
                charts.facility_and_discrimination(_points_of(one)),
                "Upper right is easy and telling; below the line the better students have fewer marks. "
                "Diamonds are named since they are hard or go little with the others.",
            )
        )
    chosen = [each for each in one.asked if isinstance(each.item, items.Single | items.Multiple)]
    if chosen:
        blocks.append(_options(chosen))
    others = [each for each in one.asked if each not in chosen and each.misreading]
    if others:
        blocks.append(_slips(others))
    return blocks


def _row(each):
    rest, few = each.discrimination.rest, each.discrimination.n < item_statistics.students_for_correlation()
    goes = "not defined"
    if rest:
        goes = formatting.correlation(rest) + (", too few" if few else "")
    index = each.discrimination.index
    few_groups = each.discrimination.n < item_statistics.students_for_groups()
    times = each.times
    seconds = (
        "not known" if times.median is None else f"{times.median:.0f} ({times.low:.0f} to {times.high:.0f})"
    )
    count = each.attempts
    moved = f"{count.first} → {count.last} of {count.n}"
    if count.lost:
        moved += f", {count.lost} lost it again"
    spread = each.facility
    return [
        each.item.id,
        f"{each.n:,}",
        f"{formatting.percent(spread.estimate)} ({formatting.interval_text(spread)})",
        f"{each.right:,}",
        goes,
        "not defined" if index is None else formatting.signed(index) + (", too few" if few_groups else ""),
        seconds,
        moved,
    ]


def _noted(each):
    """Yield sentences on what is odd about a question, where the class is large enough to say so."""
    item, rest = each.item, each.discrimination.rest
    enough = each.n >= item_statistics.students_for_share()
    if rest and rest.high < 0:
        yield (
            f"{item.id}: those who do well elsewhere have fewer marks here "
            f"({formatting.signed(rest.estimate)}). Look at the key and at the wording first."
        )
    elif (
        rest
        and rest.estimate < _LOOSE
        and each.discrimination.n >= item_statistics.students_for_correlation()
    ):
        yield (
            f"{item.id}: hardly goes with the other questions: {formatting.correlation(rest)}. It may ask "
            "for "
            "something else, or be unclear."
        )
    if enough and each.facility.estimate >= _EASY:
        yield f"{item.id}: {formatting.percent(each.facility.estimate)} of the marks; it tells nobody apart."
    if enough and isinstance(item, items.Single):
        keys = sum(option.key for option in item.option)
        if each.facility.high < keys / len(item.option):
            yield (
                f"{item.id}: right less often ({formatting.percent(each.facility.estimate)}) than by "
                "guessing "
                f"({formatting.percent(keys / len(item.option))}). Something draws away from the key."
            )
        table = each.options()
        upper = table["upper"].astype(float)
        if upper.notna().all() and not table.loc[upper.idxmax(), "key"]:
            yield [
                f"{item.id}: even in the upper third most chose ",
                CourseText(formatting.quote(table.loc[upper.idxmax(), "option"])),
                f" ({formatting.percent(upper.max())}).",
            ]


def _options(chosen):
    body = []
    for each in chosen:
        for row in each.options().itertuples(index=False):
            thirds = " / ".join(formatting.percent(one) for one in (row.lower, row.middle, row.upper))
            body.append(
                [
                    [f"{each.item.id}: ", CourseText(row.option)],
                    "right" if row.key else "",
                    formatting.percent(row.all),
                    thirds if each.n >= item_statistics.students_for_thirds() else "too few",
                ]
            )
    head = ["Question and option", "Key", "Chosen", "Lower / middle / upper third"]
    return Table("What was chosen first", head, body, first=58, wide=True)


def _slips(others):
    body = []
    for each in others:
        slip = each.misreading
        where = [CourseText(slip.where), ": "] if slip.where else []
        body.append(
            [
                each.item.id,
                [*where, CourseText(formatting.quote(slip.chosen))],
                f"{slip.count:,} of {slip.among:,}",
                [CourseText(slip.right)],
            ]
        )
    head = ["Question", "Most frequent slip", "Students", "Right"]
    return Table("Other questions: the slip that most share", head, body, first=22, wide=True)


def _points_of(one):
    import pandas as pd

    rows = [
        (
            each.item.id,
            each.facility.estimate,
            each.discrimination.rest.estimate if each.discrimination.rest else None,
        )
        for each in one.asked
    ]
    return pd.DataFrame(rows, columns=["question", "facility", "discrimination"])
