"""The class and its lessons at a glance: what its size allows one to say, one line a lesson, the methods."""

from collections.abc import Sequence

from course_lib import evidence
from course_lib.instructor.class_report import formatting
from course_lib.instructor.class_report.analysis import BankAnalysis
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.methods import item_statistics, sample_size
from course_lib.methods.item_statistics import CronbachAlpha
from course_lib.reports.blocks import Block, CourseText, Heading, Link, Paragraph, Table, Words

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
# So many questions has each of the two tests of the course.
_TEST_QUESTIONS = 15


def facts(lessons: Sequence[BankAnalysis], size: int) -> list[tuple[str, Words]]:
    """Return what stands at the head of the page.

    Parameters
    ----------
    lessons : sequence of BankAnalysis
        The lessons and tests of the page.
    size : int
        How many students are in the class.

    Returns
    -------
    list of (words, words)
        Names, and what stands behind each.
    """
    from course_lib import __version__

    questions = [question for lesson in lessons for question in lesson.questions]
    answers = sum(question.n for question in questions)
    marks = f"{answers:,} on {count_phrase(len(questions), 'question')}"
    return [
        ("Students", f"{size:,}"),
        # Files of questions are counted in parts of their own.
        *([("First marks", marks)] if questions else []),
        ("Course", f"version {__version__}"),
    ]


def size_blocks(lessons: Sequence[BankAnalysis], size: int) -> list[Block]:
    """Return the part of the page on what can be said of a class of its size.

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
    longest = max(2, *(len(lesson.questions) for lesson in lessons))
    share, groups = sample_size.students_for_share(), sample_size.students_for_groups()
    figures = [
        (
            "Share right, share of an option",
            share,
            "the interval of a half then ends within 20 points of it; below, easy and hard look alike",
        ),
        (
            "Goes with the others",
            sample_size.students_for_correlation(),
            "a correlation of 0.3 can then be told from none",
        ),
        ("27 % index", groups, f"each of the two groups then has {share} students"),
        ("Options by thirds", sample_size.students_for_thirds(), f"each third then has {share} students"),
        (
            "Cronbach's alpha",
            sample_size.students_for_alpha(longest),
            f"0.7 can then be told from 0.5, with {longest} questions and everybody answering all",
        ),
        (
            "Before and after",
            sample_size.students_for_change(_TEST_QUESTIONS),
            f"the mean change is then known within 10 points; the luck in {_TEST_QUESTIONS} questions alone "
            "asks for so many",
        ),
    ]
    rows: list[list[Words]] = [
        [figure, f"{least} students", reason, "large enough" if size >= least else "too small: a hint only"]
        for figure, least, reason in figures
    ]
    head = ["Figure", "Means something from", "Because", f"This class of {size:,}"]
    return [
        Heading(2, "How much this class can say", "size"),
        Paragraph(
            "Every interval on this page is one of 95 per cent. It tells how far another class of the same "
            "kind could differ by chance. It cannot tell whether a question is a good one, or whether those "
            "who handed in are like those who did not."
        ),
        Table("From which number on a figure means something", head, rows, first=24, wide=True),
    ]


def glance_blocks(lessons: Sequence[BankAnalysis]) -> list[Block]:
    """Return the part of the page that has a line for each lesson.

    Parameters
    ----------
    lessons : sequence of BankAnalysis
        The lessons and tests of the page, each with answers.

    Returns
    -------
    list of blocks
        A heading and what stands under it.
    """
    rows: list[list[Words]] = []
    for lesson in lessons:
        mean = sum(question.facility.estimate for question in lesson.questions) / len(lesson.questions)
        hardest = min(lesson.questions, key=lambda question: question.facility.estimate)
        rows.append(
            [
                [formatting.lesson_prefix(lesson.bank), CourseText(lesson.bank.title)],
                f"{lesson.students:,}",
                f"{len(lesson.questions)}",
                formatting.percent(mean),
                lesson.alpha if isinstance(lesson.alpha, str) else _alpha_cell(lesson.alpha),
                f"{hardest.item.id} ({formatting.percent(hardest.facility.estimate)})",
            ]
        )
    head = ["Lesson", "Students", "Marked questions", "Mean mark", "Alpha (interval)", "Fewest marks"]
    return [
        Heading(2, "All at a glance", "glance"),
        Table("First attempts, lesson by lesson", head, rows, first=26, wide=True),
        Paragraph(
            "Alpha is a lower bound of how far the sum of these marks would come out the same again. It "
            "grows with the number of questions and does not show that they all ask for one thing.",
            quiet=True,
        ),
    ]


def _alpha_cell(alpha: CronbachAlpha) -> str:
    few = "" if alpha.n >= sample_size.students_for_alpha(alpha.questions) else ", too few"
    return (
        f"{formatting.with_sign(alpha.alpha)} "
        f"({formatting.with_sign(alpha.low)} to {formatting.with_sign(alpha.high)}{few}); "
        f"{count_phrase(alpha.n, 'student')} answered all"
    )


def closing() -> list[Words]:
    """Return the last words of the page: what its figures count, and where their methods come from.

    Returns
    -------
    list of words
        A paragraph each.
    """
    sources = [evidence.source(key) for key in _METHODS]
    cited = [part for source in sources for part in (Link(source.title, source.url), "; ")][:-1]
    return [
        "First attempts count unless something else is said. What was left open in a test has no marks; what "
        "was left out in a lesson is not counted. “Goes with the others” is the correlation of a question's "
        "marks with those in the other questions of the lesson, without itself. The 27 % index is the mean "
        "mark of the best 27 per cent in the other questions less that of the weakest.",
        f"Seconds are the median (quartiles) until the first answer; left out are clocks that went backwards "
        f"or stood wrong, and more than {item_statistics.IDLE_SECONDS // 60} minutes, since whoever took "
        "that long was away.",
        ["Methods: ", *cited, "."],
    ]
