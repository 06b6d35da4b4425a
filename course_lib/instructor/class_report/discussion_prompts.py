"""What to talk about tomorrow: the questions and the charts that were misread most, in the course's words."""

from course_lib import charts, items
from course_lib.curriculum import course
from course_lib.instructor.class_report import formatting, question_context
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.methods import item_statistics
from course_lib.methods.rates import wilson_mean
from course_lib.reports.blocks import CourseText, DocumentFigure, Heading, Lines, Paragraph

MOST_ITEMS, MOST_CHARTS = 5, 2
# A question with more marks than this is not misread.
_WELL = 0.8


def discussion_blocks(found, size):
    """Return the blocks on what to talk about: five questions and two charts.

    Parameters: `found` the `Analysed` of lessons and tests; `size` how many students are in the class.
    """
    taught = [one for one in found if one.bank.lesson not in course.FORMS] or found
    asked = [(one, each) for one in taught for each in one.asked]
    hard = [pair for pair in asked if pair[1].facility.estimate < _WELL]
    # The upper end of the interval: few answers do not push a question to the top.
    hard.sort(key=lambda pair: (pair[1].facility.high, pair[1].item.id))
    blocks = [Heading(2, "What to talk about tomorrow", "talk")]
    if size < item_statistics.students_for_share():
        blocks.append(
            Paragraph(
                f"{count_phrase(size, 'student')}: take what follows as hints for a talk, not as "
                "findings. From "
                f"{item_statistics.students_for_share()} on a share says within 20 points what another such "
                "class "
                "would do. In a small class counts may also point to persons, so show this page to nobody."
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
    for number, (one, each) in enumerate(hard[:MOST_ITEMS], start=1):
        blocks += _misread(number, one, each)
    return [*blocks, *_charts(asked)]


def _misread(number, one, each):
    item, place = each.item, question_context.question_contexts(one.bank.lesson).get(each.item.check)
    under = f", {formatting.plain_markdown(place.heading)}" if place and place.heading else ""
    slip = each.misreading
    blocks = [
        Heading(3, f"{number}. {formatting.lesson_phrase(one.bank)}{under}"),
        Paragraph([CourseText(formatting.question_prompt(item))]),
        Paragraph(_missed(each)),
    ]
    lines = []
    if slip:
        lines += [
            _done(slip),
            ["What the course says to it: ", CourseText(slip.feedback)],
            ["Right: ", CourseText(slip.right)],
        ]
    if said := _said(item, one.bank, place):
        lines.append(["The text before it says: ", CourseText(formatting.quote(said, whole=True))])
    lines.append(["To open the talk: ", *_opening(item, one.bank, slip)])
    blocks.append(Lines(lines))
    if isinstance(item, items.Single | items.Multiple):
        blocks.append(DocumentFigure(charts.distractors(_drawn(each)), _thirds_caption(each)))
    return blocks


def _missed(each):
    missed = each.n - each.right
    told = f"{formatting.share_of(missed, each.n).capitalize()} did not get it right at the first attempt"
    parts = round(each.facility.estimate * each.n, 6) != each.right
    told += f"; the mean mark is {formatting.percent(each.facility.estimate)}." if parts else "."
    if each.attempts.again:
        left = each.attempts.n - each.attempts.last
        told += (
            f" At the last attempt it was still not right for {formatting.share_of(left, each.attempts.n)}."
        )
    if sure := each.sure[-1][1]:
        told += (
            f" Of those who missed it at first, {formatting.share_of(sure, missed)} had said "
            "that they were sure."
        )
    return told


def _done(slip):
    where = ["“", CourseText(slip.where), "”: "] if slip.where else []
    chosen = slip.chosen if slip.did == "put it at" else formatting.quote(slip.chosen)
    told = formatting.share_of(slip.count, slip.among)
    return [*where, told if where else told.capitalize(), f" {slip.did} ", CourseText(chosen), "."]


def _said(item, bank, place):
    if item.objective == 0 and bank.lesson in course.stems():
        # A question of recall asks about the lesson before.
        at = course.stems().index(bank.lesson)
        return (
            question_context.related_sentences(item, question_context.passages(course.stems()[at - 1]))
            if at
            else ""
        )
    return question_context.related_sentences(item, place.passages) if place else ""


def _opening(item, bank, slip):
    """Return the question that opens a talk: a hint that asks, the question again, or the lesson's own."""
    for hint in item.hints:
        if hint.strip().endswith("?"):
            return [CourseText(hint)]
    match item:
        case items.Multiple() if slip:
            return [
                "take this option alone: does it belong there or not? ",
                CourseText(formatting.quote(slip.chosen)),
            ]
        case items.Order() if slip:
            return [
                "ask what has to come before this, and what after it: ",
                CourseText(formatting.quote(slip.where)),
            ]
        case _ if slip:
            where = [CourseText(formatting.quote(slip.where)), ": "] if slip.where else []
            two = [
                CourseText(formatting.quote(slip.chosen)),
                " or ",
                CourseText(formatting.quote(slip.right)),
            ]
            return ["put the question again with two answers only. ", *where, *two, "?"]
    return [CourseText(bank.question), " (the question of the lesson)"]


def _charts(asked):
    groups = {}
    for one, each in asked:
        place = question_context.question_contexts(one.bank.lesson).get(each.item.check)
        if each.item.figure:
            groups.setdefault((one.bank.lesson, each.item.figure.chart.replace("_", " "), ""), []).append(
                (one, each)
            )
        elif place and place.chart:
            groups.setdefault((one.bank.lesson, place.chart, place.heading), []).append((one, each))
    ranked = []
    for key, pairs in groups.items():
        mean = sum(each.facility.estimate for _, each in pairs) / len(pairs)
        few = min(each.n for _, each in pairs)
        ranked.append((wilson_mean(min(1.0, mean), few).high, key, mean, pairs))
    ranked = [one for one in sorted(ranked, key=lambda one: one[:2]) if one[2] < _WELL]
    if not ranked:
        return []
    blocks = [
        Heading(3, "Two charts to look at again" if len(ranked) > 1 else "A chart to look at again"),
        Paragraph(
            "The charts whose questions, those right after them or with them, have the fewest marks. Whether "
            "the chart was misread or the question, look at together."
        ),
    ]
    lines = []
    for _, (_, chart, heading), mean, pairs in ranked[:MOST_CHARTS]:
        under = f" under “{formatting.plain_markdown(heading)}”" if heading else ""
        named = f"{formatting.lesson_phrase(pairs[0][0].bank)}, the chart “{chart}”{under}: "
        of_each = [
            [
                CourseText(formatting.question_prompt(each.item)),
                f" ({formatting.percent(each.facility.estimate)})",
            ]
            for _, each in pairs
        ]
        lines.append(
            [
                f"{named}mean mark at the first attempt {formatting.percent(mean)}. Its questions:",
                Lines(of_each),
            ]
        )
    return [*blocks, Lines(lines)]


def _drawn(each):
    table = each.options()
    return table.assign(option=table["option"].map(formatting.plain_markdown), all=table["all"].fillna(0.0))


def _thirds_caption(each):
    if each.n >= item_statistics.students_for_thirds():
        return "Thirds are by the marks in the other questions of the lesson."
    return f"Thirds are not shown for fewer than {item_statistics.students_for_thirds()} students."
