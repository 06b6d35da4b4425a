"""Scores of forecasts, checked against the worked example and by their identities."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.errors import MethodError
from course_lib.methods import agreement, forecast

SAID = [0.2] * 5 + [0.6] * 3 + [0.9] * 2
SEEN = [1, 0, 0, 0, 0, 1, 1, 0, 1, 1]
MANY = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 1])), min_size=1, max_size=40)


def test_the_ten_forecasts_come_out():
    """Brier, its parts, the logarithmic score in nats and bits, and skill against two references."""
    assert forecast.brier(SAID, SEEN) == pytest.approx(0.15)
    parts = forecast.decompose(SAID, SEEN)
    assert (parts.reliability, parts.resolution, parts.uncertainty, parts.within) == pytest.approx(
        (0.0033, 0.1033, 0.25, 0), abs=5e-5
    )
    assert forecast.log_score(SAID, SEEN) == pytest.approx(0.4651, abs=5e-5)
    assert forecast.log_score(SAID, SEEN, base=2) == pytest.approx(0.6710, abs=5e-5)
    assert forecast.log_score([0.5], [1]) == pytest.approx(math.log(2))
    assert forecast.skill(0.15, 0.25) == pytest.approx(0.40)
    assert forecast.skill(0.15, forecast.brier([0.3] * 10, SEEN)) == pytest.approx(0.4828, abs=5e-5)


def test_the_calibration_table_comes_out():
    """Three values, with sizes and Wilson intervals."""
    table = forecast.calibration(SAID, SEEN)
    assert table["stated"].tolist() == pytest.approx([0.2, 0.6, 0.9])
    assert table["n"].tolist() == [5, 3, 2]
    assert table["happened"].tolist() == [1, 2, 2]
    assert table["low"].tolist() == pytest.approx([0.036, 0.208, 0.342], abs=5e-4)
    assert table["high"].tolist() == pytest.approx([0.624, 0.939, 1.0], abs=5e-4)


@given(MANY, st.integers(1, 10))
def test_the_parts_add_up_exactly(rows, bins):
    """BS = REL - RES + UNC + what lies within bins, whatever the bins; without bins nothing lies within."""
    said, seen = zip(*rows, strict=True)
    for edges in (None, np.linspace(0, 1, bins + 1)):
        one = forecast.decompose(said, seen, edges)
        assert one.brier == pytest.approx(one.reliability - one.resolution + one.uncertainty + one.within)
        assert edges is not None or one.within == pytest.approx(0, abs=1e-12)
        assert min(one.reliability, one.resolution, one.uncertainty) >= 0


@given(MANY)
def test_a_score_is_between_nothing_and_one(rows):
    """And the same in any order."""
    said, seen = zip(*rows, strict=True)
    assert 0 <= forecast.brier(said, seen) <= 1
    assert forecast.brier(said[::-1], seen[::-1]) == pytest.approx(forecast.brier(said, seen))
    assert forecast.log_score(said, seen) >= 0
    assert forecast.calibration(said, seen)["n"].sum() == len(said)


@given(st.floats(0, 1), st.integers(0, 20), st.integers(0, 20))
def test_saying_what_one_believes_scores_best(said, yes, no):
    """Both scores are proper: no other number beats the share that comes true."""
    if yes + no == 0:
        return
    seen = [1] * yes + [0] * no
    honest = [yes / (yes + no)] * len(seen)
    for score in (forecast.brier, forecast.log_score):
        assert score(honest, seen) <= score([said] * len(seen), seen) + 1e-12


def test_what_was_called_impossible_and_came_costs_without_bound():
    """Nothing is clipped in silence."""
    assert forecast.log_score([0, 0.5], [1, 1]) == math.inf
    assert forecast.log_score([1, 0], [1, 0]) == 0


def test_a_forecast_on_an_edge_counts_above_it():
    """And certainty belongs to the last bin."""
    table = forecast.calibration([0.5, 1.0], [1, 1], edges=[0, 0.5, 1])
    assert table[["from", "to", "n"]].to_numpy().tolist() == [[0.5, 1.0, 2.0]]


def test_finley_s_tornadoes_come_out():
    """28 hits, 72 false alarms, 23 misses, 2680 others, as Australia's Bureau of Meteorology gives them.

    Said as 0 or 1 the Brier score is .0339 = .0186 - .0025 + .0179; Heidke's score, which is Cohen's kappa of
    what was said and what was seen, is .355.
    """
    said, seen = [1] * 100 + [0] * 2703, [1] * 28 + [0] * 72 + [1] * 23 + [0] * 2680
    parts = forecast.decompose(said, seen)
    assert (parts.brier, parts.reliability, parts.resolution, parts.uncertainty) == pytest.approx(
        (0.0339, 0.0186, 0.0025, 0.0179), abs=5e-5
    )
    assert parts.within == pytest.approx(0)
    assert agreement.cohen_kappa(said, seen).kappa == pytest.approx(0.355, abs=5e-4)


def test_outcomes_are_matched_to_forecasts_by_label():
    """In another order they give the same scores; with other labels they are refused."""
    said = pd.Series([0.1, 0.2, 0.9], index=["rain", "snow", "sun"])
    seen = pd.Series([1, 0, 0], index=["sun", "snow", "rain"])
    for function in (forecast.brier, forecast.log_score, forecast.decompose):
        assert function(said, seen) == function([0.1, 0.2, 0.9], [0, 0, 1]) == function(said, seen.to_dict())
    assert forecast.calibration(said, seen).equals(forecast.calibration([0.1, 0.2, 0.9], [0, 0, 1]))
    truth = pd.Series([0.2, 0.1, 0.9], index=["snow", "rain", "sun"])
    assert (
        forecast.null_distribution(said, truth, 50).tolist()
        == forecast.null_distribution(said, None, 50).tolist()
    )
    for function in (forecast.brier, forecast.log_score, forecast.decompose, forecast.calibration):
        with pytest.raises(
            MethodError, match="^The labels of the probabilities and of the outcomes differ: "
        ):
            function(said, seen.rename({"sun": "Sun"}))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: forecast.brier([], []),
            "There is no probability, so there is nothing to compute. Give at least one.",
        ),
        (
            lambda: forecast.brier([0.5, 1.2], [1, 0]),
            "The probability at place 2 is 1.2; it must be a number from 0 to 1.",
        ),
        (
            lambda: forecast.brier([float("nan")], [1]),
            "The probability at place 1 is nan; it must be a number from 0 to 1.",
        ),
        (
            lambda: forecast.brier([0.5], [1, 0]),
            "There are 1 probabilities, 2 outcomes. Give as many of each, in the same order.",
        ),
        (
            lambda: forecast.brier([0.5], [0.5]),
            "The outcome at place 1 is 0.5; it is 1 (happened) or 0 (did not).",
        ),
        (
            lambda: forecast.brier([0.5], ["yes"]),
            "The outcome at place 1 is 'yes'; it must be a finite number.",
        ),
        (
            lambda: forecast.decompose([0.5], [1], edges=[0, 0.5]),
            "The edges of the bins are 0, 0.5; they must rise from 0 to 1.",
        ),
        (
            lambda: forecast.brier(pd.DataFrame({0: [0.5]}), [1]),
            "The probabilities are a table. Give one of its columns.",
        ),
        (
            lambda: forecast.brier({0.5, 0.2}, [1, 0]),
            "The probabilities are a set, which has no order. Give a list.",
        ),
        (
            lambda: forecast.log_score([0.5], [1], base=1),
            "The base is 1, which no logarithm has. Give e for nats or 2 for bits.",
        ),
        (
            lambda: forecast.null_distribution([0.5], runs=-1),
            "The number of runs is -1; it must be a whole number from 0 up.",
        ),
        (
            lambda: forecast.calibration([0.5], [1], level=95),
            "The level at place 1 is 95; it must be a number from 0 to 1.",
        ),
        (
            lambda: forecast.skill(0.1, 0),
            "The reference scores 0, which is perfect. Choose a reference that can be beaten.",
        ),
    ],
)
def test_bad_input_is_told(call, sentence):
    """What was given, and what to do."""
    with pytest.raises(MethodError) as caught:
        call()
    assert str(caught.value) == sentence


def test_luck_has_the_spread_that_theory_gives():
    """The mean is that of p(1-p), the variance that of p(1-p)(1-2p)²/n, and a coin's score never moves."""
    said = [0.1, 0.3, 0.5, 0.7, 0.9] * 6
    scores = forecast.null_distribution(said)
    p = np.array(said)
    assert len(scores) == 10_000
    assert scores.mean() == pytest.approx((p * (1 - p)).mean(), abs=0.001)
    assert scores.var() == pytest.approx((p * (1 - p) * (1 - 2 * p) ** 2).mean() / len(p), rel=0.05)
    assert set(forecast.null_distribution([0.5] * 7, runs=20)) == {0.25}


def test_two_forecasters_meet_the_same_worlds():
    """With the same truth and seed the same events happen to both."""
    always, never = (
        forecast.null_distribution([1] * 5, [0.3] * 5),
        forecast.null_distribution([0] * 5, [0.3] * 5),
    )
    assert always == pytest.approx(1 - never)
    assert (
        forecast.null_distribution([0.4], runs=9).tolist()
        == forecast.null_distribution([0.4], [0.4], runs=9).tolist()
    )


@pytest.mark.parametrize(("said", "truth"), [([], None), ([0.5], []), ([1.5], None), ([0.5], [2])])
def test_luck_of_what_cannot_be_is_refused(said, truth):
    """No forecast, unequal numbers, or a value outside 0 to 1."""
    with pytest.raises(MethodError):
        forecast.null_distribution(said, truth)
