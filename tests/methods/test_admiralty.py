"""Admiralty grades in words, and how many lie on the diagonal."""

import pytest

from course_lib import evidence
from course_lib.errors import MethodError
from course_lib.methods import admiralty


def test_a_grade_has_two_parts():
    """Letter and digit each have their own."""
    assert admiralty.describe_grade("C3") == ("C", "3")
    assert admiralty.describe_grade(" f6 ") == ("F", "6")


def test_one_in_six_would_lie_on_the_diagonal_by_chance():
    """All 36 grades once."""
    every = [letter + digit for letter in "ABCDEF" for digit in "123456"]
    found = admiralty.diagonal_share(every)
    assert (found.n, found.on) == (36, 6)
    assert found.share == pytest.approx(found.by_chance)


def test_the_course_s_own_grades_can_be_checked():
    """Every contact has a grade that the scale knows."""
    contacts = evidence.table("contacts")
    grades = contacts["source_reliability"] + contacts["information_credibility"].astype(str)
    assert admiralty.diagonal_share(grades).n == len(contacts)


@pytest.mark.parametrize(
    ("grade", "sentence"),
    [
        ("G1", "'G1' is no Admiralty grade. Write a letter from A to F and a digit from 1 to 6, as B2."),
        ("", "'' is no Admiralty grade. Write a letter from A to F and a digit from 1 to 6, as B2."),
        ("B", "'B' is no Admiralty grade. Write a letter from A to F and a digit from 1 to 6, as B2."),
        (None, "None is no Admiralty grade. Write a letter from A to F and a digit from 1 to 6, as B2."),
        ("B7", "'B7' is no Admiralty grade. Write a letter from A to F and a digit from 1 to 6, as B2."),
    ],
)
def test_what_is_no_grade_is_told(grade, sentence):
    """With what a grade looks like."""
    with pytest.raises(MethodError) as caught:
        admiralty.describe_grade(grade)
    assert str(caught.value) == sentence


def test_no_grades_have_no_share():
    """There is nothing to divide."""
    with pytest.raises(MethodError, match=r"^There are no grades, so there is no share\. Grade at least one"):
        admiralty.diagonal_share([])
