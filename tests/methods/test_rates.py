"""Shares of few cases, base rates and updating, checked against worked numbers and a statistics library."""

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from course_lib import evidence
from course_lib.errors import MethodError
from course_lib.methods import rates

SHARES = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.fixture(scope="module")
def episodes():
    """The table of talks."""
    return evidence.table("negotiations")


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (7, 40, 0.0875, 0.3195),
        (0, 14, 0, 0.2153),
        (21, 49, 0.300, 0.567),
        (1, 5, 0.036, 0.624),
        (2, 3, 0.208, 0.939),
        (2, 2, 0.342, 1),
    ],
)
def test_worked_intervals_come_out(k, n, low, high):
    """Wilson's interval to the digits of the worked examples."""
    one = rates.wilson(k, n)
    assert (one.low, one.high) == pytest.approx((low, high), abs=5e-4)


@given(SHARES, st.floats(0.5, 0.999))
def test_intervals_are_those_of_the_library(share, level):
    """And they stay between 0 and 1 and hold the share."""
    one = rates.wilson(*share, level)
    assert (one.low, one.high) == pytest.approx(
        proportion_confint(*share, alpha=1 - level, method="wilson"), abs=1e-9
    )
    assert 0 <= one.low <= one.estimate <= one.high <= 1


@given(SHARES, SHARES)
def test_differences_are_those_of_the_library(first, second):
    """Newcombe's interval, within -1 and 1, turned round when the two change places."""
    one = rates.difference(*first, *second)
    low, high = confint_proportions_2indep(*first, *second, compare="diff", method="newcomb")
    assert (one.low, one.high) == pytest.approx((low, high), abs=1e-9)
    back = rates.difference(*second, *first)
    assert (back.low, back.high) == pytest.approx((-one.high, -one.low))


def test_the_worked_difference_comes_out():
    """10 of 25 before, 18 of 25 after: 0.32, from 0.045 to 0.535."""
    one = rates.difference(18, 25, 10, 25)
    assert (one.estimate, one.low, one.high) == pytest.approx((0.32, 0.045, 0.535), abs=5e-4)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, (21, 49)),
        ({"kinds": ["jihadist"]}, (2, 15)),
        ({"kinds": ["islamist"]}, (5, 10)),
        ({"kinds": ["leftist", "nationalist", "separatist", "other"]}, (14, 24)),
        ({"per_conflict": "last"}, (21, 37)),
        ({"per_conflict": "first"}, (14, 37)),
        ({"ties": "drop"}, (21, 44)),
        ({"ties": "half"}, (23.5, 49)),
    ],
    ids=str,
)
def test_base_rates_under_each_rule_come_out(episodes, rule, expected):
    """The same table gives other rates under other rules."""
    one = rates.base_rate(episodes, **rule)
    assert (one.successes, one.n) == expected
    asked = episodes[episodes["group_kind"].isin(rule["kinds"])] if "kinds" in rule else episodes
    assert one.n + sum(one.dropped.values()) == len(asked)


def test_the_order_of_episodes_does_not_matter(episodes):
    """First and last of a conflict go by its years."""
    for which in ("first", "last"):
        there = rates.base_rate(episodes, per_conflict=which)
        back = rates.base_rate(episodes[::-1], per_conflict=which)
        assert (there.successes, there.n) == (back.successes, back.n)


def test_doubtful_episodes_are_told_by_reason(episodes):
    """Low confidence, nothing read, watched too briefly, the group to be judged; empty reasons not."""
    read = evidence.table("sources").query("seen")["key"]
    found = rates.doubts(episodes, read, ["Hayat Tahrir al-Sham", "a group of no name"])
    assert {reason: sum(marked) for reason, marked in found.items()} == {
        "coded with low confidence": 14,
        "whose sources were not read": 12,
        "watched for under five years": 23,
        "about Hayat Tahrir al-Sham": 4,
    }
    assert rates.doubts(episodes[:0], read) == {}


def test_one_class_under_every_rule_comes_out(episodes):
    """A row per rule, and one per reason to leave episodes out."""
    doubtful = rates.doubts(episodes, [], ["Hayat Tahrir al-Sham"])
    table = rates.under_rules(episodes, ["jihadist"], doubtful).set_index("rule")
    counts = dict(zip(table.index, zip(table["favourable"], table["cases"], strict=True), strict=True))
    assert counts == {
        "as coded": (2, 15),
        "unchanged counts half": (3, 15),
        "unchanged left out": (2, 13),
        "first of each conflict": (2, 11),
        "last of each conflict": (2, 11),
        "without those coded with low confidence": (2, 13),
        "without those watched for under five years": (2, 9),
        "without those about Hayat Tahrir al-Sham": (2, 14),
    }
    assert table.loc["as coded", ["low", "high"]].tolist() == pytest.approx([0.037, 0.379], abs=5e-4)
    every = rates.under_rules(episodes).set_index("rule")
    assert (every.loc["as coded", "favourable"], every.loc["as coded", "cases"]) == (21, 49)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((84, 101), (89, 105), -0.1177, 0.0851),
    ],
)
def test_newcombe_s_intervals_come_out(first, second, low, high):
    """Three of Newcombe's contrasts and a trial, by his method 10.

    Values as WUSS 2016, paper 127, page 9, has them, www.lexjansen.com/wuss/2016/127_Final_Paper_PDF.pdf,
    seen in the tests of the R package lumen.
    """
    one = rates.difference(*first, *second)
    assert (one.low, one.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("n1", "n2"), [(10, 20), (10, 10), (3, 400)])
def test_nothing_against_nothing_is_two_upper_limits(n1, n2):
    """Wilson's upper limit for 0 of n is z²/(n + z²): Newcombe's limits are one and, below 0, the other."""
    one, z2 = rates.difference(0, n1, 0, n2), NormalDist().inv_cdf(0.975) ** 2
    assert (one.low, one.high) == pytest.approx((-z2 / (n2 + z2), z2 / (n1 + z2)))


def test_unchanged_counts_half(episodes):
    """One unchanged case is half a success, and the interval is that of the mean."""
    counted = episodes[episodes["scope"].isin(["ceasefire", "national_settlement"])]
    unchanged = counted[counted["outcome_5y"] == "unchanged"].head(1)
    one = rates.base_rate(unchanged, ties="half")
    assert (one.successes, one.n, one.interval.estimate) == (0.5, 1, 0.5)
    assert one.interval == rates.wilson_mean(0.5, 1)
    assert rates.base_rate(unchanged).successes == 0


def test_doubts_belong_to_their_episodes(episodes):
    """In another order of episodes the same are left out; a list of another length is refused."""
    doubtful = rates.doubts(episodes, [], ["Hayat Tahrir al-Sham"])
    mixed = episodes.sample(frac=1, random_state=6)
    wanted = rates.under_rules(episodes, ["jihadist"], doubtful)
    assert rates.under_rules(mixed, ["jihadist"], doubtful).equals(wanted)
    by_place = {reason: marked.tolist() for reason, marked in doubtful.items()}
    assert rates.under_rules(episodes, ["jihadist"], by_place).equals(wanted)
    kept = rates.leave_out(mixed, doubtful, doubtful)
    assert set(kept["id"]) == {
        name for name, *marks in zip(episodes["id"], *doubtful.values(), strict=True) if not any(marks)
    }
    with pytest.raises(MethodError, match="^The labels of the episodes and of the values of 'coded with low"):
        rates.under_rules(episodes[1:], None, doubtful)


def test_updating_comes_out():
    """A quarter and a ratio of 4; the same report counted twice."""
    assert rates.update(0.25, 4) == pytest.approx(0.5714, abs=5e-5)
    assert rates.update(rates.update(0.25, 4), 4) == pytest.approx(0.8421, abs=5e-5)


@given(st.floats(0.01, 0.99), st.floats(0.01, 100))
def test_updating_is_bayes_rule(prior, ratio):
    """The odds form is that of two likelihoods; evidence and its opposite take each other back."""
    joint = prior * min(1, ratio), (1 - prior) * min(1, 1 / ratio)
    assert joint[0] / sum(joint) == pytest.approx(rates.update(prior, ratio))
    assert rates.update(rates.update(prior, ratio), 1 / ratio) == pytest.approx(prior)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: rates.wilson(0, 0),
            "There are no cases, so there is no share. Choose a rule that leaves some.",
        ),
        (
            lambda: rates.wilson(3, 2),
            "The number of successes is 3, which is more than there are (2).",
        ),
        (
            lambda: rates.wilson(-1, 2),
            "The number of successes is -1; it must be a whole number from 0 up.",
        ),
        (
            lambda: rates.wilson(1, 2.5),
            "The number of cases is 2.5; it must be a whole number from 0 up.",
        ),
        (
            lambda: rates.wilson(1, 2, 95),
            "The level at place 1 is 95; it must be a number from 0 to 1.",
        ),
        (lambda: rates.update(1, 4), "The prior is 1; it must lie between 0 and 1, and be neither."),
        (
            lambda: rates.update(0.5, 0),
            "The likelihood ratio is 0, which rules the hypothesis out. Say how unlikely instead.",
        ),
        (
            lambda: rates.base_rate(evidence.table("negotiations"), kinds=["jihadists"]),
            "There is no kind of group 'jihadists'. Did you mean 'jihadist' or 'islamist'? There are: "
            "islamist, jihadist, leftist, nationalist, other, separatist.",
        ),
        (
            lambda: rates.under_rules(evidence.table("negotiations"), ["jihadists"]),
            "There is no kind of group 'jihadists'. Did you mean 'jihadist' or 'islamist'? There are: "
            "islamist, jihadist, leftist, nationalist, other, separatist.",
        ),
        (
            lambda: rates.under_rules(evidence.table("negotiations"), "jihadist"),
            "The kinds of group are one text, 'jihadist'. Give a list, such as ['jihadist'].",
        ),
        (
            lambda: rates.under_rules(evidence.table("negotiations"), []),
            "There are no cases, so there is no share. Choose a rule that leaves some.",
        ),
        (
            lambda: rates.under_rules(evidence.table("negotiations")[:0]),
            "There are no cases, so there is no share. Choose a rule that leaves some.",
        ),
        (
            lambda: rates.under_rules(evidence.table("negotiations")[:2], None, {"late": [True]}),
            "There are 1 values of 'late' for 2 episodes. Give one for each.",
        ),
        (
            lambda: rates.under_rules(evidence.table("negotiations")[:1], None, {"late": [float("nan")]}),
            "The value of 'late' at place 1 is nan; it is True or False.",
        ),
        (
            lambda: rates.leave_out(evidence.table("negotiations"), {"late": []}, ["lat"]),
            "There is no reason 'lat'. Did you mean 'late'? There are: late.",
        ),
        (
            lambda: rates.doubts(evidence.table("negotiations"), [], "al-Nusra"),
            "The names of groups are one text, 'al-Nusra'. Give a list, such as ['al-Nusra'].",
        ),
        (
            lambda: rates.base_rate(evidence.table("negotiations").rename(columns={"scope": "scopes"})),
            "There is no field 'scope'. Did you mean 'scopes'? There are: channel, coding_note, confidence, "
            "conflict, country, end_year, formal_agreement, group, group_in_politics_after, group_kind, id, "
            "later and 14 more.",
        ),
        (
            lambda: rates.base_rate(evidence.table("negotiations"), ties="draw"),
            "There is no rule for ties 'draw'. Did you mean 'drop'? There are: drop, fail, half.",
        ),
    ],
)
def test_bad_input_is_told(call, sentence):
    """What was given, and what to do."""
    with pytest.raises(MethodError) as caught:
        call()
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ((0.5, 0), "There are 0 marks, so there is no mean. Give one at least."),
        ((1.5, 3), "The mean at place 1 is 1.5; it must be a number from 0 to 1."),
        ((0.5, 3, 1), "The level is 1; it must lie between 0 and 1, and be neither."),
    ],
)
def test_a_mean_of_marks_that_cannot_be_is_refused(asked, wanted):
    """With what was given."""
    with pytest.raises(MethodError) as caught:
        rates.wilson_mean(*asked)
    assert str(caught.value) == wanted
