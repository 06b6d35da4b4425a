"""Days as exactly as they are known: a day, a month or a year, read, compared and written out."""

import calendar
import re
from datetime import date

from course_lib.errors import EvidenceError
from course_lib.messages import say

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def day(value):
    """Return an ISO day, or a `date`, as a `date`; `EvidenceError` for anything else.

    >>> day("2024-12-31")
    datetime.date(2024, 12, 31)
    """
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    year, month, number = _parts(value)
    try:
        return date(int(year), int(month), int(number))
    except (TypeError, ValueError):
        raise EvidenceError(
            f"{str(value)!r} is not a day that exists. Write it as year-month-day, for instance 2024-12-31."
        ) from None


def last_day(value, whole_month=False):
    """Return the last day that a day, month or year may mean.

    Parameters: `value` ISO text, a year as a number, or a `date`; `whole_month` whether a day stands for
    its month.

    >>> last_day("2024-02").isoformat(), last_day(2024).isoformat()
    ('2024-02-29', '2024-12-31')
    """
    year, month, number = _parts(value)
    month = int(month or 12)
    if number and not whole_month:
        return day(value)
    return date(int(year), month, calendar.monthrange(int(year), month)[1])


def long_date(value):
    """Return a date as the course writes it, as exact as it is known; empty text stays empty.

    >>> long_date("2024-12-12"), long_date("2024-12"), long_date("2024")
    ('12 December 2024', 'December 2024', '2024')
    """
    if not value:
        return ""
    year, month, number = _parts(value)
    if not month:
        return year
    name = say(f"dates.month.{int(month)}")
    if not number:
        return say("dates.month_of", month=name, year=year)
    return say("dates.day", day=int(number), month=name, year=year)


def english_date(value):
    """Return a date as figures and the pages for instructors write it, which are in English everywhere.

    >>> english_date("2024-12-12"), english_date("2024-12"), english_date("2024")
    ('12 December 2024', 'December 2024', '2024')
    """
    if not value:
        return ""
    year, month, number = _parts(value)
    words = [str(int(number))] if number else []
    words += [calendar.month_name[int(month)]] if month else []
    return " ".join([*words, year])


def _parts(value):
    found = _PARTIAL.fullmatch(value.isoformat()[:10] if isinstance(value, date) else str(value))
    if not found:
        raise EvidenceError(f"{value!r} is not a date. Write it as year-month-day, for instance 2024-12-31.")
    return found.groups()
