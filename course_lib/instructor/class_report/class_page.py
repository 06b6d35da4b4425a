"""The page about a class: what to talk about tomorrow, then every question in numbers, pictures and words.

Nothing that a student typed is on it, no name and no pseudonym: only counts, and the words of the course.
"""

from pathlib import Path

from course_lib import charts, evidence
from course_lib.curriculum import course
from course_lib.errors import ProgressError, nearest
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.class_report import formatting
from course_lib.instructor.class_report.analysis import analyse_bank, analyse_gain, confidence_table
from course_lib.instructor.class_report.discussion_prompts import discussion_blocks
from course_lib.instructor.class_report.tables import lesson_blocks
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.gradebook.spreadsheets import replacing_file
from course_lib.instructor.lesson_names import lessons_by_name
from course_lib.instructor.submissions import reading
from course_lib.instructor.submissions.remarks import count_phrase, error_reason
from course_lib.methods import item_statistics
from course_lib.reports.blocks import (
    CourseText,
    DocumentFigure,
    Heading,
    Lines,
    Link,
    Paragraph,
    Table,
)
from course_lib.reports.document import Document

GENERATOR = "reading-with-evidence class"
NAME = "class.html"
_TITLE = "What the class understood"
# So many questions are named at which students were sure and not right.
MOST_SURE = 3
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


def write_class_report(folders, out, lessons=None, bar=None):
    """Read hand-ins, analyse them, write the page; return what to tell the instructor.

    Parameters: `folders` as in `read_submissions`; `out` the file to write or its folder; `lessons` names
    or numbers of lessons, or the tests before and after, by default all; `bar` as in `write_gradebook`.
    Raises: `ProgressError` where nothing can be read or written, or nobody answered what was asked for.
    """
    out = _file(Path(out))
    banks = _chosen(lessons)
    handed = reading.read_submissions(folders, passing=[out])
    # Of all lessons, since answers to the others are no answers to unknown questions.
    if bar:
        with bar(handed.total) as shown:
            handed.progress = shown.update
            marks = gradebook.score_table(handed)
    else:
        marks = gradebook.score_table(handed)
    found = handed.report
    if not found.students:
        raise ProgressError(
            f"{found.summary()} No page was written. The command gradebook writes a report of what was wrong."
        )
    page = class_document(marks, banks)
    with replacing_file(out) as part:
        part.write_text(page.html(), encoding="utf-8", newline="\n")
    told = [found.summary(), f"The page is in {plain_cell(out)}. No student is named in it."]
    if found.remarks:
        told.append("What was remarked on the files is told by the command gradebook, in its report.")
    return told


def _file(out):
    if out.suffix.lower() in (".html", ".htm") and not out.is_dir():
        return out
    if out.suffix and not out.is_dir():
        raise ProgressError(
            f"{plain_cell(out.name)} is no name for the page. Let it end in .html, or name a folder."
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProgressError(
            f"The folder {plain_cell(out)} cannot be made ({error_reason(error)}). Name another."
        ) from None
    return out / NAME


def _chosen(lessons):
    banks = gradebook.course_banks()
    if not lessons:
        return banks
    stems = [bank.lesson for bank in banks]
    known = lessons_by_name(stems)
    for name in lessons:
        if name not in known:
            raise ProgressError(nearest(name, stems, "lesson"))
    wanted = {known[name] for name in lessons}
    return [bank for bank in banks if bank.lesson in wanted]


def class_document(marks, banks):
    """Return the page about a class as a `Document`.

    Parameters: `marks` the long table, as from `score_table`; `banks` the question banks it is about.
    Raises: `ProgressError` where nobody answered any of their questions.
    """
    found = [one for one in (analyse_bank(marks, bank) for bank in banks) if one.asked]
    if not found:
        raise ProgressError(
            "Nobody answered a question that can be right or wrong, so there is nothing to understand yet. "
            "No page was written."
        )
    size = max(one.students for one in found)
    blocks = [
        *discussion_blocks(found, size),
        *_size(size, found),
        *_glance(found),
        *_certainty(marks, banks, found),
        *_gained(marks, banks),
    ]
    for one in found:
        blocks += lesson_blocks(one)
    return Document(_TITLE, _TITLE, _facts(size, found), blocks, _closing(), GENERATOR)


def _facts(size, found):
    from course_lib import __version__

    answers = sum(asked.n for one in found for asked in one.asked)
    return [
        ("Students", f"{size:,}"),
        ("First marks", f"{answers:,} on {count_phrase(sum(len(one.asked) for one in found), 'question')}"),
        ("Course", f"version {__version__}"),
    ]


def _size(size, found):
    longest = max(len(one.asked) for one in found)
    share, groups = item_statistics.students_for_share(), item_statistics.students_for_groups()
    rows = [
        (
            "Share right, share of an option",
            share,
            "the interval of a half then ends within 20 points of it; below, easy and hard look alike",
        ),
        (
            "Goes with the others",
            item_statistics.students_for_correlation(),
            "a correlation of 0.3 can then be told from none",
        ),
        ("27 % index", groups, f"each of the two groups then has {share} students"),
        ("Options by thirds", item_statistics.students_for_thirds(), f"each third then has {share} students"),
        (
            "Cronbach's alpha",
            item_statistics.students_for_alpha(max(2, longest)),
            f"0.7 can then be told from 0.5, with {max(2, longest)} questions and everybody answering all",
        ),
        (
            "Before and after",
            item_statistics.students_for_change(15),
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
        Table("From which number on a figure means something", head, body, first=24, wide=True),
    ]


def _glance(found):
    body = []
    for one in found:
        mean = sum(each.facility.estimate for each in one.asked) / len(one.asked)
        few = min(one.asked, key=lambda each: each.facility.estimate)
        alpha = one.alpha if isinstance(one.alpha, str) else _alpha_cell(one.alpha)
        body.append(
            [
                [formatting.lesson_prefix(one.bank), CourseText(one.bank.title)],
                f"{one.students:,}",
                f"{len(one.asked)}",
                formatting.percent(mean),
                alpha,
                f"{few.item.id} ({formatting.percent(few.facility.estimate)})",
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
    few = "" if alpha.n >= item_statistics.students_for_alpha(alpha.questions) else ", too few"
    return (
        f"{formatting.signed(alpha.alpha)} "
        f"({formatting.signed(alpha.low)} to {formatting.signed(alpha.high)}{few}); "
        f"{count_phrase(alpha.n, 'student')} answered all"
    )


def _certainty(marks, banks, found):
    levels = confidence_table(marks, banks)
    heading = Heading(2, "Confidence against correctness", "confidence")
    if levels is None:
        return [
            heading,
            Paragraph(
                "No marked answer says how sure a student was. A question asks for it where its bank has "
                "confidence = true."
            ),
        ]
    asking = sum(any(map(any, each.sure)) for one in found for each in one.asked)
    told = []
    for row in levels.itertuples():
        if row.n:
            few = "; too few to mean much" if row.n < item_statistics.students_for_share() else ""
            told.append(
                f"“{row.sure}”: {count_phrase(row.n, 'answer')}, {formatting.percent(row.share)} of "
                "them right "
                f"({formatting.interval_text(row)}{few})."
            )
        else:
            told.append(f"“{row.sure}”: no answer.")
    return [
        heading,
        Paragraph(
            f"{count_phrase(asking, 'question')} asked how sure a student was before the answer was checked. "
            f"{_judged(levels.iloc[0], levels.iloc[-1], max(one.students for one in found))}"
        ),
        Lines(told),
        DocumentFigure(
            charts.confidence_and_right(levels),
            "Several answers of one student go together; the intervals allow for that.",
        ),
        *_sure_and_not_right(found),
    ]


def _judged(guessed, sure, students):
    if not guessed.n or not sure.n:
        return "Guesses and sure answers cannot be compared, since there are none of one of the two."
    few, least = "", item_statistics.students_for_share()
    if students < least:
        few = f" With fewer than {least} students this is a hint only."
    elif min(guessed.n, sure.n) < least:
        few = f" With fewer than {least} answers of one of the two this is a hint only."
    if sure.low > guessed.high:
        return f"Sure answers were right more often than guesses: the class can judge itself.{few}"
    if sure.high < guessed.low:
        return f"Sure answers were right less often than guesses. That is worth a talk.{few}"
    return (
        "The intervals of guesses and sure answers meet, so these answers do not show that the class knows "
        "what it knows."
    )


def _sure_and_not_right(found):
    """Return the questions at which most students were sure and not right."""
    asked = [(one, each, *each.sure[-1]) for one in found for each in one.asked if each.sure[-1][1]]
    asked.sort(key=lambda row: (-row[3], row[1].item.id))
    lines = [
        [
            formatting.lesson_prefix(one.bank),
            CourseText(formatting.question_prompt(each.item)),
            f" ({wrong:,} of {right + wrong:,})",
        ]
        for one, each, right, wrong in asked[:MOST_SURE]
    ]
    told = "Most often sure and not right, of those who were sure at the first attempt:"
    return [Paragraph(told), Lines(lines)] if lines else []


def _gained(marks, banks):
    forms = {bank.lesson: bank for bank in banks if bank.lesson in course.FORMS}
    if len(forms) < len(course.FORMS):
        return []
    found = analyse_gain(marks, {name: forms[name] for name in course.FORMS}, course.OBJECTIVES)
    took = ", ".join(
        f"the test {name} by {count_phrase(found.took[name], 'student')}" for name in course.FORMS
    )
    blocks = [
        Heading(2, "Before and after", "gain"),
        Paragraph(f"Handed in: {took}, both by {found.both:,}."),
    ]
    if found.whole is None:
        return [*blocks, Paragraph("A change of the class can be told once two students have taken both.")]
    least = item_statistics.students_for_change(len(forms["before"].items))
    span, whole = found.whole.change, found.table.iloc[0]
    told = (
        f"Those who took both had {formatting.percent(whole.before)} of the questions right before and "
        f"{formatting.percent(whole.after)} after: a change of {formatting.points(span.estimate)} percentage "
        f"points ({formatting.points(span.low)} to {formatting.points(span.high)})."
    )
    if found.whole.gain:
        one, hake = found.whole.gain, found.whole.hake
        told += (
            f" Of what was missing before, the class has gained {formatting.percent(one.gain)} "
            f"({formatting.interval_text(hake)}): the normalised gain of the class."
        )
        if one.single is not None:
            full = (
                f", without {count_phrase(one.full, 'student')} who had everything right before"
                if one.full
                else ""
            )
            told += f" The mean of the students' own gains is {formatting.percent(one.single)}{full}."
    if found.both < least:
        told += f" With fewer than {least} students this is a hint only."
    return [
        *blocks,
        Paragraph(told),
        DocumentFigure(charts.class_change(found.table), "Shares right before → after, and the change."),
        Paragraph(
            "Without a class that was taught otherwise this does not tell what the course has done. The two "
            "forms were built alike; whether they are equally hard is not known. Who gave up is not in it.",
            quiet=True,
        ),
    ]


def _closing():
    sources = [evidence.source(key) for key in _METHODS]
    cited = [part for one in sources for part in (Link(one.title, one.url), "; ")][:-1]
    return [
        "First attempts count unless something else is said. What was left open in a test has no marks; what "
        "was left out in a lesson is not counted. “Goes with the others” is the correlation of a question's "
        "marks with those in the other questions of the lesson, without itself. The 27 % index is the mean "
        "mark of the best 27 per cent in the other questions less that of the weakest.",
        f"Seconds are the median (quartiles) until the first answer; left out are clocks that went backwards "
        f"or stood wrong, and more than {item_statistics.IDLE // 60} minutes, since whoever took that long "
        "was away.",
        ["Methods: ", *cited, "."],
    ]
