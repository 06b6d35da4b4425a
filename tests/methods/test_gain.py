"""Normalised gain, checked against its definition and at its edges."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import evidence
from course_lib.errors import MethodError
from course_lib.methods import gain

SHARE = st.integers(0, 15).map(lambda right: right / 15)
FULL = (
    "^All was right before, so nothing was left to gain and normalised gain is not defined. "
    "Tell both shares instead.$"
)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [(0.25, 0.625, 0.5), (0, 1, 1), (0.4, 0.4, 0), (0.6, 0.4, -0.5), (14 / 15, 13 / 15, -1), (0, 0, 0)],
)
def test_worked_gains_come_out(before, after, wanted):
    """The share of what was missing that is there afterwards."""
    assert gain.normalised_gain(before, after) == pytest.approx(wanted)


@given(SHARE, SHARE)
def test_a_gain_is_one_at_most_and_has_the_sign_of_the_change(before, after):
    """It is defined everywhere but at a full score before."""
    if before == 1:
        with pytest.raises(MethodError, match=FULL):
            gain.normalised_gain(before, after)
        return
    share = gain.normalised_gain(before, after)
    assert share <= 1
    assert (share > 0) == (after > before)
    assert (share < 0) == (after < before)
    assert before + share * (1 - before) == pytest.approx(after)


@pytest.mark.parametrize("wrong", [-0.1, 1.5, float("nan"), "x", None])
def test_a_share_that_cannot_be_is_named(wrong):
    """With its place, and what it must be."""
    with pytest.raises(MethodError) as caught:
        gain.normalised_gain(0.5, wrong)
    assert str(caught.value) == f"The share at place 2 is {wrong!r}; it must be a number from 0 to 1."


def test_a_class_is_told_by_its_means():
    """The gain of the means is not the mean of the gains; who was full before counts in the first only."""
    one = gain.class_gain([0, 0.8, 1], [0.5, 0.8, 1])
    assert (one.students, one.full) == (3, 1)
    assert (one.before, one.after) == pytest.approx((0.6, 2.3 / 3))
    assert one.gain == pytest.approx((2.3 / 3 - 0.6) / 0.4)
    assert one.single == pytest.approx(0.25)


def test_a_class_is_matched_by_label():
    """The same students in another order have gained the same; other students are refused."""
    before = pd.Series([0.2, 0.4, 1.0], index=["s1", "s2", "s3"])
    after = pd.Series([1.0, 0.4, 0.9], index=["s3", "s1", "s2"])
    assert gain.class_gain(before, after) == gain.class_gain([0.2, 0.4, 1.0], [0.4, 0.9, 1.0])
    with pytest.raises(
        MethodError, match="^The labels of the before and of the after differ: only the before"
    ):
        gain.class_gain(before, after.rename({"s3": "s4"}))


@given(st.lists(st.tuples(SHARE, SHARE), min_size=1))
def test_a_class_is_told_as_its_students_are(pairs):
    """The mean of single gains is that of `normalised_gain`, student after student."""
    if all(first == 1 for first, _ in pairs):
        return
    found = gain.class_gain(*zip(*pairs, strict=True))
    single = [gain.normalised_gain(first, second) for first, second in pairs if first < 1]
    assert found.single == pytest.approx(sum(single) / len(single))
    assert found.full == len(pairs) - len(single)


def test_a_class_that_cannot_be_told_is_refused():
    """No students, two lengths, or nothing to gain."""
    with pytest.raises(MethodError, match="^There is no share before, so there is nothing to compute"):
        gain.class_gain([], [])
    with pytest.raises(MethodError, match="^There are 2 before, 1 after. Give as many of each"):
        gain.class_gain([0.1, 0.2], [0.3])
    with pytest.raises(MethodError, match=FULL):
        gain.class_gain([1, 1], [0.8, 1])


def test_what_the_method_rests_on_is_registered():
    """With the address of the paper that defined it."""
    assert evidence.source("hake-1998-engagement").url == "https://doi.org/10.1119/1.18809"
    assert evidence.source("arxiv-2024-normalized-gain").url == "https://arxiv.org/abs/2407.07730"
