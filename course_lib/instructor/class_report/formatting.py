"""How the page about a class says shares, intervals and names of lessons."""

import re

from course_lib import items
from course_lib.curriculum import syllabus
from course_lib.html.markdown import render_markdown
from course_lib.methods import sample_size
from course_lib.methods.rates import Interval

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def lesson_phrase(bank: items.Bank) -> str:
    """Return what a lesson is called in a sentence: its number, or of a test its title.

    Parameters
    ----------
    bank : Bank
        The question bank of the lesson.

    Returns
    -------
    str
        Plain text, such as ``Lesson 3``.
    """
    return lesson_prefix(bank).removesuffix(": ") or plain_markdown(bank.title)


def lesson_prefix(bank: items.Bank) -> str:
    """Return what stands before the title of a lesson, or nothing for a test.

    Parameters
    ----------
    bank : Bank
        The question bank of the lesson.

    Returns
    -------
    str
        Plain text, such as ``Lesson 3:`` with a space behind it.
    """
    number = syllabus.lesson_number(bank.lesson)
    return f"Lesson {number}: " if number else ""


def share_of(count: int, among: int) -> str:
    """Return a share as one says it: in tenths where there are enough for that, with the count.

    Parameters
    ----------
    count : int
        How many.
    among : int
        Of how many.

    Returns
    -------
    str
        Plain text.

    Examples
    --------
    >>> share_of(3, 7), share_of(61, 200), share_of(1, 50)
    ('3 of 7', 'three in ten (61 of 200)', 'fewer than one in ten (1 of 50)')
    """
    exact = f"{count:,} of {among:,}"
    if among < sample_size.students_for_share() or not count or count == among:
        return exact
    tenths = round(10 * count / among)
    if tenths in (0, 10):
        return f"{'fewer than one' if not tenths else 'more than nine'} in ten ({exact})"
    return f"{NUMBERS[tenths]} in ten ({exact})"


def percent(share: float | None) -> str:
    r"""Return a share as per cent.

    Parameters
    ----------
    share : float or None
        From 0 to 1; None or NaN where it is not known.

    Returns
    -------
    str
        Plain text.

    Examples
    --------
    >>> percent(None), percent(0.125).replace("\u00a0", " ")
    ('not known', '12 %')
    """
    return "not known" if share is None or share != share else f"{_hundredths(share)}\u00a0%"


def interval_text(interval: Interval) -> str:
    """Return the ends of an interval of a share as per cent.

    Parameters
    ----------
    interval : Interval
        Of a share from 0 to 1.

    Returns
    -------
    str
        Plain text, such as ``12 to 34 %``.
    """
    return f"{_hundredths(interval.low)} to {_hundredths(interval.high)}\u00a0%"


def points(share: float) -> str:
    """Return a change of a share in percentage points, with its sign.

    Parameters
    ----------
    share : float
        From -1 to 1.

    Returns
    -------
    str
        A whole number.

    Examples
    --------
    >>> points(0.126), points(-0.126), points(-0.001)
    ('+13', '−13', '0')
    """
    rounded = round(100 * share)
    return f"{rounded:+d}".replace("-", "−") if rounded else "0"


def with_sign(value: float) -> str:
    """Return a correlation or the like with two digits.

    Parameters
    ----------
    value : float
        From -1 to 1.

    Returns
    -------
    str
        The number with a minus sign where it is negative.

    Examples
    --------
    >>> with_sign(-0.255)
    '−0.26'
    """
    return f"{value:.2f}".replace("-", "−")


def correlation(interval: Interval) -> str:
    """Return a correlation or the like with its interval.

    Parameters
    ----------
    interval : Interval
        From -1 to 1.

    Returns
    -------
    str
        Plain text.

    Examples
    --------
    >>> correlation(Interval(0.3, -0.1, 0.6))
    '0.30 (−0.10 to 0.60)'
    """
    return f"{with_sign(interval.estimate)} ({with_sign(interval.low)} to {with_sign(interval.high)})"


def quote(text: str, whole: bool = False) -> str:
    """Return a text in quotation marks, on one line.

    Parameters
    ----------
    text : str
        The text.
    whole : bool, default False
        Whether a full stop at its end stays.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> quote("Two places matter."), quote("Two places matter.", whole=True)
    ('“Two places matter”', '“Two places matter.”')
    """
    text = " ".join(text.split())
    return f"“{text if whole else text.rstrip('.')}”"


def question_prompt(item: items.Item) -> str:
    """Return what a question asks, without the tables in it, which do not fit on a line.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    str
        Markdown of the bank.
    """
    parts = re.split(r"\n\s*\n", item.stem.strip())
    return " ".join(part for part in parts if not part.startswith("|"))


def plain_markdown(text: str) -> str:
    r"""Return the Markdown of a short text as plain words.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    str
        Plain text.

    Examples
    --------
    >>> plain_markdown("a **b** [c](http://d) `e`"), plain_markdown("$5 for 2 * 3")
    ('a b c e', '$5 for 2 * 3')
    >>> plain_markdown(r"H<sub>2</sub>O or \_\_init\_\_<br>b")
    'H2O or __init__ b'
    """
    return render_markdown(text, inline=True).replace("<br>", " ").striptags()


def _hundredths(share: float) -> str:
    """Return a share in hundredths, without a sign behind."""
    return f"{100 * share:.0f}".replace("-", "−")
