"""The page about a class: what to talk about tomorrow, then every question in numbers, pictures and words.

Nothing that a student typed is on it, no name and no pseudonym: only counts, and the words of the course.
"""

import re
from pathlib import Path

from course_lib import charts, course, evidence, gain, items
from course_lib.document import Course, Document, Heading, Lines, Link, Paragraph, Picture, Table
from course_lib.errors import ProgressError, nearest
from course_lib.methods import testing
from course_lib.methods.rates import wilson_mean
from course_lib.teach import gradebook, handins, places
from course_lib.teach.analysis import Analysed, analysed, certainty, gained
from course_lib.teach.cells import plain
from course_lib.teach.remarks import counted, reason
from course_lib.teach.sheets import replacing

GENERATOR = "reading-with-evidence class"
NAME = "class.html"
MOST_ITEMS, MOST_CHARTS = 5, 2
# A question with more marks than this is not misread.
_WELL = 0.8
_LOOSE, _EASY = 0.1, 0.95
_TITLE = "What the class understood"
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_METHODS = (
    "wilson-1927-interval",
    "henrysson-1963-item",
    "bonett-wright-2000-correlations",
    "kelley-1939-groups",
    "cronbach-1951-alpha",
    "feldt-1987-alpha",
    "hake-1998-engagement",
    "arxiv-2024-normalized-gain",
)
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`$]")
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


def made(folders, out, lessons=None, bar=None):
    """Read hand-ins, analyse them, write the page; return what to tell the instructor.

    Parameters: `folders` as in `handins.read`; `out` the file to write, or a folder for it; `lessons` names
    or numbers of lessons, or the tests before and after, by default all; `bar` as in `gradebook.made`.
    Raises: `ProgressError` where nothing can be read or written, or nobody answered what was asked for.
    """
    out = _file(Path(out))
    banks = _chosen(lessons)
    handed = handins.read(folders, passing=[out])
    # Of all lessons, since answers to the others are no answers to unknown questions.
    if bar:
        with bar(handed.total) as shown:
            handed.progress = shown.update
            marks = gradebook.marks(handed)
    else:
        marks = gradebook.marks(handed)
    found = handed.report
    if not found.students:
        raise ProgressError(
            f"{found.summary()} No page was written. The command gradebook writes a report of what was wrong."
        )
    page = document(marks, banks)
    with replacing(out) as part:
        part.write_text(page.html(), encoding="utf-8", newline="\n")
    told = [found.summary(), f"The page is in {plain(out)}. No student is named in it."]
    if found.remarks:
        told.append("What was remarked on the files is told by the command gradebook, in its report.")
    return told


def _file(out):
    if out.suffix.lower() in (".html", ".htm") and not out.is_dir():
        return out
    if out.suffix and not out.is_dir():
        raise ProgressError(
            f"{plain(out.name)} is no name for the page. Let it end in .html, or name a folder."
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProgressError(
            f"The folder {plain(out)} cannot be made ({reason(error)}). Name another."
        ) from None
    return out / NAME


def _chosen(lessons):
    banks = gradebook.banks()
    if not lessons:
        return banks
    known = {}
    for bank in banks:
        number = course.number(bank.lesson)
        known |= dict.fromkeys([bank.lesson, *([f"{number}", f"{number:02d}"] if number else [])], bank)
    for name in lessons:
        if name not in known:
            raise ProgressError(nearest(name, [bank.lesson for bank in banks], "lesson"))
    wanted = {known[name].lesson for name in lessons}
    return [bank for bank in banks if bank.lesson in wanted]


def document(marks, banks):
    """Return the page about a class as a `Document`.

    Parameters: `marks` the long table, as from `gradebook.marks`; `banks` the question banks it is about.
    Raises: `ProgressError` where nobody answered any of their questions.
    """
    found = [one for one in (analysed(marks, bank) for bank in banks) if one.asked]
    if not found:
        raise ProgressError(
            "Nobody answered a question that can be right or wrong, so there is nothing to understand yet. "
            "No page was written."
        )
    size = max(one.students for one in found)
    blocks = [
        *_talk(found, size),
        *_size(size, found),
        *_glance(found),
        *_certainty(marks, banks),
        *_gained(marks, banks),
    ]
    for one in found:
        blocks += _lesson(one)
    return Document(_TITLE, _TITLE, _facts(size, found), blocks, _closing(), GENERATOR)


def _facts(size, found):
    from course_lib import __version__

    answers = sum(asked.n for one in found for asked in one.asked)
    return [
        ("Students", f"{size:,}"),
        ("First marks", f"{answers:,} on {counted(sum(len(one.asked) for one in found), 'question')}"),
        ("Course", f"version {__version__}"),
    ]


# What to talk about.


def _talk(found, size):
    taught = [one for one in found if one.bank.lesson not in gain.FORMS] or found
    asked = [(one, each) for one in taught for each in one.asked]
    hard = [pair for pair in asked if pair[1].facility.estimate < _WELL]
    # The upper end of the interval: few answers do not push a question to the top.
    hard.sort(key=lambda pair: (pair[1].facility.high, pair[1].item.id))
    blocks = [Heading(2, "What to talk about tomorrow", "talk")]
    if size < testing.enough_for_share():
        blocks.append(
            Paragraph(
                f"{counted(size, 'student')}: take what follows as hints for a talk, not as findings. From "
                f"{testing.enough_for_share()} on a share says within 20 points what another such class "
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
            "The questions with the fewest marks at the first attempt, in the order of how sure that is. Why "
            "they were missed the numbers cannot tell; asking can."
        )
    )
    for number, (one, each) in enumerate(hard[:MOST_ITEMS], start=1):
        blocks += _misread(number, one, each)
    return [*blocks, *_charts(asked)]


def _misread(number, one, each):
    item, place = each.item, places.places(one.bank.lesson).get(each.item.check)
    under = f", {_flat(place.heading)}" if place and place.heading else ""
    slip = each.misreading
    blocks = [
        Heading(3, f"{number}. {_named(one.bank)}{under}"),
        Paragraph([Course(item.stem)]),
        Paragraph(_missed(each)),
    ]
    lines = []
    if slip:
        lines += [
            _done(slip),
            ["What the course says to it: ", Course(slip.feedback)],
            ["Right: ", Course(slip.right)],
        ]
    if said := _said(item, one.bank, place):
        lines.append(["The text before it says: ", Course(_quoted(said, whole=True))])
    lines.append(["To open the talk: ", *_opening(item, one.bank, slip)])
    blocks.append(Lines(lines))
    if isinstance(item, items.Single | items.Multiple):
        blocks.append(Picture(charts.distractors(_drawn(each)), _thirds_caption(each)))
    return blocks


def _missed(each):
    missed = each.n - each.right
    told = f"{_of(missed, each.n).capitalize()} did not get it right at the first attempt"
    parts = round(each.facility.estimate * each.n, 6) != each.right
    told += f"; the mean mark is {_percent(each.facility.estimate)}." if parts else "."
    if each.attempts.again:
        left = each.attempts.n - each.attempts.last
        told += f" At the last attempt it was still not right for {_of(left, each.attempts.n)}."
    if sure := each.sure[-1][1]:
        told += f" Of those who missed it at first, {_of(sure, missed)} had said that they were sure."
    return told


def _done(slip):
    where = ["“", Course(slip.where), "”: "] if slip.where else []
    chosen = slip.chosen if slip.did == "put it at" else _quoted(slip.chosen)
    told = _of(slip.count, slip.among)
    return [*where, told if where else told.capitalize(), f" {slip.did} ", Course(chosen), "."]


def _said(item, bank, place):
    if item.objective == 0 and bank.lesson in course.stems():
        # A question of recall asks about the lesson before.
        at = course.stems().index(bank.lesson)
        return places.said(item, places.passages(course.stems()[at - 1])) if at else ""
    return places.said(item, place.passages) if place else ""


def _opening(item, bank, slip):
    """Return the question that opens a talk: a hint that asks, the question again, or the lesson's own."""
    for hint in item.hints:
        if hint.strip().endswith("?"):
            return [Course(hint)]
    match item:
        case items.Multiple() if slip:
            return ["take this option alone: does it belong there or not? ", Course(_quoted(slip.chosen))]
        case items.Order() if slip:
            return ["ask what has to come before this, and what after it: ", Course(_quoted(slip.where))]
        case _ if slip:
            where = [Course(_quoted(slip.where)), ": "] if slip.where else []
            two = [Course(_quoted(slip.chosen)), " or ", Course(_quoted(slip.right))]
            return ["put the question again with two answers only. ", *where, *two, "?"]
    return [Course(bank.question), " (the question of the lesson)"]


def _charts(asked):
    groups = {}
    for one, each in asked:
        place = places.places(one.bank.lesson).get(each.item.check)
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
        under = f" under “{_flat(heading)}”" if heading else ""
        named = f"{_named(pairs[0][0].bank)}, the chart “{chart}”{under}: "
        of_each = [[Course(each.item.stem), f" ({_percent(each.facility.estimate)})"] for _, each in pairs]
        lines.append(
            [f"{named}mean mark at the first attempt {_percent(mean)}. Its questions:", Lines(of_each)]
        )
    return [*blocks, Lines(lines)]


# How much a class can say.


def _size(size, found):
    longest = max(len(one.asked) for one in found)
    share, groups = testing.enough_for_share(), testing.enough_for_groups()
    rows = [
        (
            "Share right, share of an option",
            share,
            "the interval of a half then ends within 20 points of it; below, easy and hard look alike",
        ),
        (
            "Goes with the others",
            testing.enough_for_correlation(),
            "a correlation of 0.3 can then be told from none",
        ),
        ("27 % index", groups, f"each of the two groups then has {share} students"),
        ("Options by thirds", testing.enough_for_thirds(), f"each third then has {share} students"),
        (
            "Cronbach's alpha",
            testing.enough_for_alpha(max(2, longest)),
            f"0.7 can then be told from 0.5, with {max(2, longest)} questions and everybody answering all",
        ),
        (
            "Before and after",
            testing.enough_for_change(15),
            "the mean change is then known within 10 points; the luck in 15 questions alone asks for so many",
        ),
    ]
    body = [
        [what, f"{least} students", why, "large enough" if size >= least else "too small: a hint only"]
        for what, least, why in rows
    ]
    head = ["Figure", "Means something from", "Because", f"This class of {size:,}"]
    return [
        Heading(2, "How much this class can say", "size"),
        Paragraph(
            "Every interval on this page is one of 95 per cent. It tells how far another class of the same "
            "kind could differ by chance. It cannot tell whether a question is a good one, or whether those "
            "who handed in are like those who did not."
        ),
        Table("From which number on a figure means something", head, body, first=24),
    ]


def _glance(found):
    body = []
    for one in found:
        mean = sum(each.facility.estimate for each in one.asked) / len(one.asked)
        few = min(one.asked, key=lambda each: each.facility.estimate)
        alpha = one.alpha if isinstance(one.alpha, str) else _alpha_cell(one.alpha)
        body.append(
            [
                [_number(one.bank), Course(one.bank.title)],
                f"{one.students:,}",
                f"{len(one.asked)}",
                _percent(mean),
                alpha,
                f"{few.item.id} ({_percent(few.facility.estimate)})",
            ]
        )
    head = ["Lesson", "Students", "Marked questions", "Mean mark", "Alpha (interval)", "Fewest marks"]
    return [
        Heading(2, "All at a glance", "glance"),
        Table("First attempts, lesson by lesson", head, body, first=26, wide=True),
        Paragraph(
            "Alpha is a lower bound of how far the sum of these marks would come out the same again. It "
            "grows with the number of questions and does not show that they all ask for one thing.",
            quiet=True,
        ),
    ]


def _alpha_cell(alpha):
    few = "" if alpha.n >= testing.enough_for_alpha(alpha.questions) else ", too few"
    return (
        f"{_signed(alpha.alpha)} ({_signed(alpha.low)} to {_signed(alpha.high)}{few}); "
        f"{counted(alpha.n, 'student')} answered all"
    )


def _certainty(marks, banks):
    levels = certainty(marks, banks)
    heading = Heading(2, "Confidence against correctness", "confidence")
    if levels is None:
        return [
            heading,
            Paragraph(
                "No marked answer says how sure a student was. A question asks for it where its bank has "
                "confidence = true."
            ),
        ]
    told = []
    for row in levels.itertuples():
        if row.n:
            told.append(
                f"Given as “{row.sure}”: {row.n:,}, of these {_percent(row.share)} right ({_range(row)})."
            )
        else:
            told.append(f"Given as “{row.sure}”: none.")
    first, last = levels.iloc[0], levels.iloc[-1]
    if first.n and last.n:
        if last.low > first.high:
            judged = "Who was sure was right more often than who guessed: the class can judge itself."
        elif last.high < first.low:
            judged = "Who was sure was right less often than who guessed. That is worth a talk."
        else:
            judged = (
                "The intervals of guesses and sure answers meet, so these answers do not show that the class "
                "knows what it knows."
            )
        told.append(judged)
    return [
        heading,
        Lines(told),
        Picture(
            charts.confidence_and_right(levels),
            "Several answers of one student go together; the intervals allow for that.",
        ),
    ]


def _gained(marks, banks):
    forms = {bank.lesson: bank for bank in banks if bank.lesson in gain.FORMS}
    if len(forms) < len(gain.FORMS):
        return []
    found = gained(marks, {name: forms[name] for name in gain.FORMS}, gain.OBJECTIVES)
    took = ", ".join(f"the test {name} by {counted(found.took[name], 'student')}" for name in gain.FORMS)
    blocks = [
        Heading(2, "Before and after", "gain"),
        Paragraph(f"Handed in: {took}, both by {found.both:,}."),
    ]
    if found.whole is None:
        return [*blocks, Paragraph("A change of the class can be told once two students have taken both.")]
    least = testing.enough_for_change(len(forms["before"].items))
    span, whole = found.whole.change, found.table.iloc[0]
    told = (
        f"Those who took both had {_percent(whole.before)} of the questions right before and "
        f"{_percent(whole.after)} after: a change of {_points(span.estimate)} percentage points "
        f"({_points(span.low)} to {_points(span.high)})."
    )
    if found.whole.gain:
        one, hake = found.whole.gain, found.whole.hake
        told += (
            f" Of what was missing before, the class has gained {_percent(one.gain)} "
            f"({_range(hake)}): the normalised gain of the class."
        )
        if one.single is not None:
            full = (
                f", without {counted(one.full, 'student')} who had everything right before"
                if one.full
                else ""
            )
            told += f" The mean of the students' own gains is {_percent(one.single)}{full}."
    if found.both < least:
        told += f" With fewer than {least} students this is a hint only."
    return [
        *blocks,
        Paragraph(told),
        Picture(charts.class_change(found.table), "Shares right before → after, and the change."),
        Paragraph(
            "Without a class that was taught otherwise this does not tell what the course has done. The two "
            "forms were built alike; whether they are equally hard is not known. Who gave up is not in it.",
            quiet=True,
        ),
    ]


# One lesson.


def _lesson(one: Analysed):
    bank = one.bank
    times = [each.times for each in one.asked]
    told = f"{counted(one.students, 'student')} answered {counted(len(one.asked), 'marked question')} of it."
    if left_out := sum(each.left_out for each in times):
        told += (
            f" {left_out:,} of {left_out + sum(each.n for each in times):,} times are not known or left out."
        )
    noted = [line for each in one.asked for line in _noted(each)]
    if old := [f"{each.item.id} ({each.differs:,})" for each in one.asked if each.differs]:
        noted.append(f"An earlier version was answered of {', '.join(old)}, by as many students.")
    blocks = [
        Heading(2, [_number(bank), Course(bank.title)], f"lesson-{bank.lesson.split('_')[0]}"),
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
            Picture(
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
    rest, few = each.discrimination.rest, each.discrimination.n < testing.enough_for_correlation()
    goes = "not defined"
    if rest:
        note = ", too few" if few else ""
        goes = f"{_signed(rest.estimate)} ({_signed(rest.low)} to {_signed(rest.high)}{note})"
    index = each.discrimination.index
    few_groups = each.discrimination.n < testing.enough_for_groups()
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
        f"{_percent(spread.estimate)} ({_percent(spread.low)} to {_percent(spread.high)})"
        if spread
        else "none",
        f"{each.right:,}",
        goes,
        "not defined" if index is None else _signed(index) + (", too few" if few_groups else ""),
        seconds,
        moved,
    ]


def _noted(each):
    """Yield sentences on what is odd about a question, where the class is large enough to say so."""
    item, rest = each.item, each.discrimination.rest
    enough = each.n >= testing.enough_for_share()
    if rest and rest.high < 0:
        yield (
            f"{item.id}: those who do well elsewhere have fewer marks here ({_signed(rest.estimate)}). Look "
            "at the key and at the wording first."
        )
    elif rest and rest.estimate < _LOOSE and each.discrimination.n >= testing.enough_for_correlation():
        yield (
            f"{item.id}: hardly goes with the other questions ({_signed(rest.estimate)}, "
            f"{_signed(rest.low)} to {_signed(rest.high)}). It may ask for something else, or be unclear."
        )
    if enough and each.facility.estimate >= _EASY:
        yield f"{item.id}: {_percent(each.facility.estimate)} of the marks; it tells nobody apart."
    if enough and isinstance(item, items.Single):
        keys = sum(option.key for option in item.option)
        if each.facility.high < keys / len(item.option):
            yield (
                f"{item.id}: right less often ({_percent(each.facility.estimate)}) than by guessing "
                f"({_percent(keys / len(item.option))}). Something draws away from the key."
            )
        table = each.options()
        upper = table["upper"].astype(float)
        if upper.notna().all() and not table.loc[upper.idxmax(), "key"]:
            yield [
                f"{item.id}: even in the upper third most chose ",
                Course(_quoted(table.loc[upper.idxmax(), "option"])),
                f" ({_percent(upper.max())}).",
            ]


def _options(chosen):
    body = []
    for each in chosen:
        for row in each.options().itertuples(index=False):
            thirds = " / ".join(_percent(one) for one in (row.lower, row.middle, row.upper))
            body.append(
                [
                    [f"{each.item.id}: ", Course(row.option)],
                    "right" if row.key else "",
                    _percent(row.all),
                    thirds if each.n >= testing.enough_for_thirds() else "too few",
                ]
            )
    head = ["Question and option", "Key", "Chosen", "Lower / middle / upper third"]
    return Table("What was chosen first", head, body, first=58)


def _slips(others):
    body = []
    for each in others:
        slip = each.misreading
        where = [Course(slip.where), ": "] if slip.where else []
        body.append(
            [
                each.item.id,
                [*where, Course(_quoted(slip.chosen))],
                f"{slip.count:,} of {slip.among:,}",
                [Course(slip.right)],
            ]
        )
    head = ["Question", "Most frequent slip", "Students", "Right"]
    return Table("Other questions: the slip that most share", head, body, first=22)


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


def _drawn(each):
    table = each.options()
    return table.assign(option=table["option"].map(_flat), all=table["all"].fillna(0.0))


def _thirds_caption(each):
    if each.n >= testing.enough_for_thirds():
        return "Thirds are by the marks in the other questions of the lesson."
    return f"Thirds are not shown for fewer than {testing.enough_for_thirds()} students."


def _closing():
    sources = [evidence.source(key) for key in _METHODS]
    cited = [part for one in sources for part in (Link(one.title, one.url), "; ")][:-1]
    return [
        "First attempts count unless something else is said. What was left open in a test has no marks; what "
        "was left out in a lesson is not counted. “Goes with the others” is the correlation of a question's "
        "marks with those in the other questions of the lesson, without itself. The 27 % index is the mean "
        "mark of the best 27 per cent in the other questions less that of the weakest.",
        f"Seconds are the median (quartiles) until the first answer; left out are clocks that went backwards "
        f"or stood wrong, and more than {testing.IDLE // 60} minutes, since whoever took that long was away.",
        ["Methods: ", *cited, "."],
    ]


# Words.


def _named(bank):
    return _number(bank).removesuffix(": ") or _flat(bank.title)


def _number(bank):
    number = course.number(bank.lesson)
    return f"Lesson {number}: " if number else ""


def _of(count, among):
    """Return a share as one says it: in tenths where there are enough for that, with the count."""
    exact = f"{count:,} of {among:,}"
    if among < testing.enough_for_share() or not count or count == among:
        return exact
    tenths = round(10 * count / among)
    if tenths in (0, 10):
        return f"{'fewer than one' if not tenths else 'more than nine'} in ten ({exact})"
    return f"{_NUMBERS[tenths]} in ten ({exact})"


def _percent(share):
    return "not known" if share is None or share != share else f"{_hundredths(share)}\u00a0%"


def _range(interval):
    return f"{_hundredths(interval.low)} to {_hundredths(interval.high)}\u00a0%"


def _hundredths(share):
    return f"{100 * share:.0f}".replace("-", "−")


def _points(share):
    rounded = round(100 * share)
    return f"{rounded:+d}".replace("-", "−") if rounded else "0"


def _signed(value):
    return f"{value:.2f}".replace("-", "−")


def _quoted(text, whole=False):
    text = " ".join(text.split())
    return f"“{text if whole else text.rstrip('.')}”"


def _flat(text):
    """Return the Markdown of a short text as plain words."""
    return " ".join(_MARKS.sub(lambda found: found[1] or "", text).split())
