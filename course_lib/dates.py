"""Days as exactly as they are known: a day, a month or a year, read, compared and written out."""

import calendar
import re
from datetime import date

from course_lib.errors import EvidenceError
from course_lib.messages import say

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def day(value: object) -> date:
    """Return a day as a `date`.

    Parameters
    ----------
    value : str or date
        An ISO day, or a `date` or moment.

    Returns
    -------
    date
        The day.

    Raises
    ------
    EvidenceError
        Where it is no day, or none that exists.

    Examples
    --------
    >>> day("2024-12-31")
    datetime.date(2024, 12, 31)
    """
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    year, month, number = _parts(value)
    try:
        if month and number:
            return date(int(year), int(month), int(number))
        raise ValueError
    except ValueError:
        raise EvidenceError(
            f"{str(value)!r} is not a day that exists. Write it as year-month-day, for instance 2024-12-31."
        ) from None


def last_day(value: object, whole_month: bool = False) -> date:
    """Return the last day that a day, month or year may mean.

    Parameters
    ----------
    value : str, int or date
        ISO text, a year as a number, or a `date`.
    whole_month : bool, default False
        Whether a day stands for its month.

    Returns
    -------
    date
        The day.

    Raises
    ------
    EvidenceError
        Where it is no date.

    Examples
    --------
    >>> last_day("2024-02").isoformat(), last_day(2024).isoformat()
    ('2024-02-29', '2024-12-31')
    """
    year, month_, number = _parts(value)
    if number and not whole_month:
        return day(value)
    month = int(month_ or 12)
    return date(int(year), month, calendar.monthrange(int(year), month)[1])


def long_date(value: object) -> str:
    """Return a date as the course writes it, as exact as it is known.

    Parameters
    ----------
    value : str, int or date
        ISO text, a year as a number, a `date`, or nothing.

    Returns
    -------
    str
        In the language of the interface; empty for nothing.

    Raises
    ------
    EvidenceError
        Where it is no date.

    Examples
    --------
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


def english_date(value: object) -> str:
    """Return a date as figures and the pages for instructors write it, which are in English everywhere.

    Parameters
    ----------
    value : str, int or date
        ISO text, a year as a number, a `date`, or nothing.

    Returns
    -------
    str
        In English; empty for nothing.

    Raises
    ------
    EvidenceError
        Where it is no date.

    Examples
    --------
    >>> english_date("2024-12-12"), english_date("2024-12"), english_date("2024")
    ('12 December 2024', 'December 2024', '2024')
    """
    if not value:
        return ""
    year, month, number = _parts(value)
    words = [str(int(number))] if number else []
    words += [calendar.month_name[int(month)]] if month else []
    return " ".join([*words, year])


def not_a_date(value: object) -> EvidenceError:
    """Return the error for what should be a date and is none.

    Parameters
    ----------
    value : object
        What was given.

    Returns
    -------
    EvidenceError
        To be raised: it says how a date is written.

    Examples
    --------
    >>> print(not_a_date("soon"))
    'soon' is not a date. Write it as year-month-day, for instance 2024-12-31.
    """
    return EvidenceError(f"{value!r} is not a date. Write it as year-month-day, for instance 2024-12-31.")


def _parts(value: object) -> tuple[str, str | None, str | None]:
    found = _PARTIAL.fullmatch(value.isoformat()[:10] if isinstance(value, date) else str(value))
    if not found:
        raise not_a_date(value)
    year, month, number = found.groups()
    return year, month, number
