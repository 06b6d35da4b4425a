"""How an answer is told to somebody who reads it: a text, a coding beside its key, a check in a few words.

A key is told beside what was checked against it, row by row, and never for what was left open.
"""

import re

from course_lib import items
from course_lib.dates import long_date
from course_lib.messages import isolate, say
from course_lib.reports.document import (
    HERE,
    CourseText,
    Lines,
    Paragraph,
    Quote,
    StudentText,
    Table,
    insert_part,
)

# A typed answer that is longer stands under its table, not in it.
_LONGEST_CELL = 160
# More columns than this do not fit a small screen.
_NARROW = 4
_OPEN = "–"
_TIMES = {2: "second", 3: "third"}
# Units that are the same for one and for many.
_SAME = ("per ", "%", "(")
# What is read as a number other than one.
_MANY = re.compile(r"(?!1(?:[.,]0*)?$)[-+−]?[0-9][0-9.,\s]*")


def question_text(item):
    """Return the first paragraph of a question, and the last one where the question is asked only there."""
    first, _, rest = item.stem.strip().partition("\n\n")
    last = rest.rpartition("\n\n")[2]
    return [CourseText(f"{first} {last}" if last.endswith("?") else first)]


def text_blocks(work):
    """Return a text with the list to check it against, which comes once it was handed in: blocks."""
    blocks = []
    if work.answered:
        told = [_handed_in(work), *([say("portfolio.text.changed")] if work.changed else [])]
        blocks += [Quote(work.answer), Paragraph(" ".join(told), quiet=True)]
    if work.draft is not None:
        later = say("portfolio.text.later_draft") if work.answered else say("portfolio.text.draft")
        blocks += [Paragraph(later, quiet=True), Quote(work.draft)]
    if not blocks:
        return [Paragraph(say("portfolio.text.nothing"), quiet=True)]
    if work.answered and not work.changed and work.item.rubric:
        rubric = Lines([[CourseText(line)] for line in work.item.rubric])
        blocks += [Paragraph(say("portfolio.text.rubric"), quiet=True), rubric]
    return blocks


def _handed_in(work):
    day, n = long_date(work.day), work.attempts
    if n < 2:
        return say("portfolio.text.handed_in_on", day=day) if day else say("portfolio.text.handed_in")
    time = say(f"portfolio.text.time.{_TIMES.get(n, 'later')}", n=n)
    if day:
        return say("portfolio.text.handed_in_on_again", day=day, time=time)
    return say("portfolio.text.handed_in_again", time=time)


def coding_blocks(work):
    """Return codings, matches and orders: beside the key where they were checked against one."""
    blocks = []
    if work.answered:
        blocks += [Paragraph(_result(work), quiet=True), _laid_out(work.item, work.answer, work.is_keyed)]
    if work.draft is not None:
        later = say("portfolio.coded.later") if work.answered else say("portfolio.coded.draft")
        blocks += [Paragraph(later, quiet=True), _laid_out(work.item, work.draft, False)]
    return blocks


def _laid_out(item, answer, keyed):
    if isinstance(item, items.Order):
        return _ordered(item, answer)
    if isinstance(item, items.Matrix):
        rows = [
            [_row_name(line), *(_code(item, at, keyed and line.key[n]) for n, at in enumerate(cells))]
            for line, cells in zip(item.row, answer, strict=True)
        ]
        caption = say("portfolio.coded.codes_and_key") if keyed else say("portfolio.coded.codes")
        head = [say("portfolio.coded.what"), *map(isolate, item.columns)]
        return Table(caption, head, rows, first=30, wide=len(item.columns) > _NARROW)
    if isinstance(item, items.Match):
        parts = [([CourseText(pair.text)], pair.match) for pair in item.pair]
        caption = say("portfolio.coded.matches")
        head = [say("portfolio.coded.this"), say("portfolio.coded.belongs_to"), say("portfolio.coded.right")]
    else:
        parts = [(_row_name(row), row.key) for row in item.row]
        caption = say("portfolio.coded.coding_and_key") if keyed else say("portfolio.coded.coding")
        head = [say("portfolio.coded.what"), say("portfolio.coded.yours"), say("portfolio.coded.key")]
    rows = [
        [name, _code(item, at), _beside(item, at, key)][: 2 + keyed]
        for (name, key), at in zip(parts, answer, strict=True)
    ]
    return Table(caption, head[: 2 + keyed], rows, first=50)


def _ordered(item, answer):
    return Lines([[CourseText(item.step[item.shuffled[at]].text)] for at in answer], ordered=True)


def _row_name(row):
    return [f"{isolate(row.ref)} " if row.ref else "", CourseText(row.text)]


def _code(item, at, key=None):
    if at is None:
        return _OPEN
    code = item.choices[at]
    return f"{isolate(code)} [{isolate(key)}]" if key and key != code else isolate(code)


def _beside(item, at, key):
    """Return what stands beside a choice; a row that was left open keeps its key to itself."""
    if at is None:
        return ""
    if isinstance(item, items.Match):
        return say("portfolio.coded.fits") if item.choices[at] == key else say("portfolio.coded.fits_not")
    return isolate(key)


def check_blocks(works):
    """Return questions, answers and results in one table: blocks."""
    if not works:
        return []
    rows, long = [], []
    for work in works:
        told = answer_in_words(work)
        typed = [one for one in (work.answer, work.draft) if isinstance(one, str)]
        if any(len(one) > _LONGEST_CELL for one in typed):
            told = say("portfolio.checks.long", n=max(map(len, typed)))
            long += [Paragraph(question_text(work.item)), *map(Quote, typed)]
        rows.append([question_text(work.item), told, _result(work)])
    head = [
        say("portfolio.checks.question"),
        say("portfolio.checks.your_answer"),
        say("portfolio.checks.result"),
    ]
    return [Table(say("portfolio.checks.caption"), head, rows), *long]


def answer_in_words(work):
    """Return a short answer in words: what was checked, and what was chosen later."""
    if not work.answered:
        return _short(work.item, work.draft) if work.draft is not None else say("portfolio.checks.not_yet")
    told = _short(work.item, work.answer)
    if work.draft is None:
        return told
    later = insert_part(say("portfolio.checks.later", answer=HERE), _short(work.item, work.draft))
    return Lines([told, later], kind="plain")


def _short(item, answer):
    match item:
        case items.Single():
            return [CourseText(item.option[answer].text)]
        case items.Multiple():
            parts = [[CourseText(item.option[at].text)] for at in answer]
            return parts[0] if len(parts) == 1 else Lines(parts)
        case items.Probability():
            return say("portfolio.per_cent", percent=f"{answer:g}")
        case items.Order():
            return _ordered(item, answer)
        case items.Matrix():
            told = [", ".join(_code(item, at) for at in cells) for cells in answer]
        case items.Grid() | items.Match():
            told = [_code(item, at) for at in answer]
        case _:
            return _typed(answer, item.unit if isinstance(item, items.Number) else "")
    names = [CourseText(part.text) for part in (item.pair if isinstance(item, items.Match) else item.row)]
    return Lines([[name, ": ", code] for name, code in zip(names, told, strict=True)])


def _typed(answer, unit):
    if not unit:
        return [StudentText(answer)]
    # Units are worded for many; beside a one, or beside no number, they only say what was asked for.
    if not unit.startswith(_SAME) and not _MANY.fullmatch(answer.strip()):
        return insert_part(say("portfolio.unit", number=HERE, unit=isolate(unit)), StudentText(answer))
    return [StudentText(answer), f" {isolate(unit)}"]


def _result(work):
    """Return what became of an answer, in a few words."""
    if not work.answered:
        return say("portfolio.result.chosen") if work.draft is not None else say("portfolio.result.open")
    parts = [_mark(work)]
    if (
        work.is_keyed
        and work.state != "right"
        and isinstance(work.item, items.Grid | items.Matrix | items.Match)
    ):
        share = items.grade(work.item, work.answer).score
        parts.append(say("portfolio.result.agrees", share=f"{share:.0%}"))
    if work.hints:
        parts.append(say("portfolio.result.hints", n=work.hints))
    if work.shown:
        parts.append(say("portfolio.result.shown"))
    if work.sure is not None:
        parts.append(say(f"portfolio.result.sure.{work.sure}"))
    if work.changed:
        parts.append(say("portfolio.result.changed"))
    return "; ".join(parts)


def _mark(work):
    n, first = work.attempts, work.first == "right"
    match work.state:
        case "kept":
            return say("portfolio.result.kept")
        case "right" if n == 1:
            return say("portfolio.result.right")
        case "right":
            return (
                say("portfolio.result.right_twice", n=n) if first else say("portfolio.result.right_last", n=n)
            )
        case _ if n == 1:
            return say("portfolio.result.not_right")
        case _ if first:
            return say("portfolio.result.right_first", n=n)
    return say("portfolio.result.not_right_last", n=n)


def lodged_forecast(work):
    """Return what was lodged as a forecast, and when."""
    lines = [say("portfolio.per_cent", percent=f"{work.answer:g}")]
    if work.day:
        lines.append(say("portfolio.lodged.on", day=long_date(work.day)))
    else:
        lines.append(say("portfolio.lodged.some_day"))
    if work.attempts == 2:
        lines.append(say("portfolio.lodged.twice", first=f"{work.first_answer:g}"))
    elif work.attempts > 2:
        lines.append(say("portfolio.lodged.often", n=work.attempts, first=f"{work.first_answer:g}"))
    if work.changed:
        lines.append(say("portfolio.lodged.reworded"))
    return Lines(lines, kind="plain")


def open_forecast(work, question):
    """Return a forecast that was not lodged, and what it was set to, if anything.

    Parameters: `question` its words.
    """
    if work.draft is None:
        return question
    return say("portfolio.lodged.only_set", question=question, percent=f"{work.draft:g}")
