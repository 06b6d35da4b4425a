"""How the page about a class says shares, intervals and names of lessons."""

import re

from course_lib.curriculum import course
from course_lib.methods import item_statistics

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`$]")


def lesson_phrase(bank):
    """Return what a lesson is called in a sentence: its number, or of a test its title."""
    return lesson_prefix(bank).removesuffix(": ") or plain_markdown(bank.title)


def lesson_prefix(bank):
    """Return what stands before the title of a lesson, or nothing for a test."""
    number = course.lesson_number(bank.lesson)
    return f"Lesson {number}: " if number else ""


def share_of(count, among):
    """Return a share as one says it: in tenths where there are enough for that, with the count.

    >>> share_of(3, 7), share_of(61, 200), share_of(1, 50)
    ('3 of 7', 'three in ten (61 of 200)', 'fewer than one in ten (1 of 50)')
    """
    exact = f"{count:,} of {among:,}"
    if among < item_statistics.students_for_share() or not count or count == among:
        return exact
    tenths = round(10 * count / among)
    if tenths in (0, 10):
        return f"{'fewer than one' if not tenths else 'more than nine'} in ten ({exact})"
    return f"{NUMBERS[tenths]} in ten ({exact})"


def percent(share):
    """Return a share as per cent."""
    return "not known" if share is None or share != share else f"{hundredths(share)}\u00a0%"


def interval_text(interval):
    """Return the ends of an interval of a share as per cent."""
    return f"{hundredths(interval.low)} to {hundredths(interval.high)}\u00a0%"


def hundredths(share):
    """Return a share in hundredths, without a sign behind."""
    return f"{100 * share:.0f}".replace("-", "−")


def points(share):
    """Return a change of a share in percentage points, with its sign."""
    rounded = round(100 * share)
    return f"{rounded:+d}".replace("-", "−") if rounded else "0"


def signed(value):
    """Return a correlation or the like with two digits."""
    return f"{value:.2f}".replace("-", "−")


def correlation(interval):
    """Return a correlation or the like with its interval."""
    return f"{signed(interval.estimate)} ({signed(interval.low)} to {signed(interval.high)})"


def quote(text, whole=False):
    """Return a text in quotation marks, without the full stop at its end unless it is `whole`."""
    text = " ".join(text.split())
    return f"“{text if whole else text.rstrip('.')}”"


def question_prompt(item):
    """Return what a question asks, without the tables in it, which do not fit on a line."""
    parts = re.split(r"\n\s*\n", item.stem.strip())
    return " ".join(part for part in parts if not part.startswith("|"))


def plain_markdown(text):
    """Return the Markdown of a short text as plain words.

    >>> plain_markdown("a **b** [c](http://d) `e`")
    'a b c e'
    """
    return " ".join(_MARKS.sub(lambda found: found[1] or "", text).split())
