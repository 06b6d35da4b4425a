"""Dates are kept as exactly as they are known."""

from datetime import date

import pytest

from course_lib import dates
from course_lib.errors import EvidenceError


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2024-12-12", "12 December 2024"),
        ("2024-12", "December 2024"),
        ("2024", "2024"),
        (date(2024, 2, 3), "3 February 2024"),
        ("", ""),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(value, words):
    """A month is not made into a day."""
    assert dates.long_date(value) == words


@pytest.mark.parametrize(
    ("value", "whole_month", "last"),
    [
        ("2024", False, date(2024, 12, 31)),
        (2024, False, date(2024, 12, 31)),
        ("2023-02", False, date(2023, 2, 28)),
        ("2024-02-03", False, date(2024, 2, 3)),
        ("2024-02-03", True, date(2024, 2, 29)),
    ],
)
def test_what_is_known_roughly_counts_by_its_last_day(value, whole_month, last):
    """What might have happened after a horizon is not shown before it."""
    assert dates.last_day(value, whole_month) == last


@pytest.mark.parametrize("value", ["2024-02-30", "2024-00-01", "2024-12", "2024"])
def test_a_day_that_does_not_exist_is_told(value):
    """Word for word."""
    with pytest.raises(EvidenceError) as caught:
        dates.day(value)
    assert str(caught.value) == (
        f"{value!r} is not a day that exists. Write it as year-month-day, for instance 2024-12-31."
    )
