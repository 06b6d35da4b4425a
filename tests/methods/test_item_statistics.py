"""Item analysis, checked against other people's code, brute force, and classes made by chance."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from course_lib import evidence
from course_lib.errors import MethodError
from course_lib.methods import class_change, gain, item_statistics, quantiles, sample_size

NONE = float("nan")
MARKS = arrays.arrays(
    float, st.tuples(st.integers(4, 12), st.integers(3, 6)), elements=st.sampled_from([0.0, 0.5, 1.0])
)


@pytest.fixture
def draw():
    """Chance that comes out the same in every run."""
    return np.random.default_rng(11)


def answered(draw, students, questions, spread=1.0):
    """Marks of a class with known abilities: students × questions of 0 and 1, and the abilities."""
    able = draw.normal(0, spread, students)
    hard = draw.normal(0, 0.8, questions)
    chance = 1 / (1 + np.exp(hard - able[:, None]))
    return (draw.random((students, questions)) < chance).astype(float), able


@pytest.mark.parametrize("share", [0.005, 0.025, 0.3, 0.5, 0.9, 0.975])
@pytest.mark.parametrize("freedom", [1, 2, 7, 30, 199, 99_999])
def test_quantiles_are_those_of_scipy(share, freedom):
    """Also for a class of a hundred thousand."""
    assert quantiles.t_quantile(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), rel=1e-8)
    for below in (1, 14, 14 * freedom):
        wanted = stats.f.ppf(share, freedom, below)
        assert quantiles.f_quantile(share, freedom, below) == pytest.approx(wanted, rel=2e-8)


@pytest.mark.parametrize("freedom", [0.5, 1, 3, 1e6])
@pytest.mark.parametrize("share", [1e-18, 1e-6, 1 - 1e-6, 1 - 1e-12])
def test_quantiles_far_out_are_those_of_scipy(share, freedom):
    """Where the share beyond is tiny too."""
    assert quantiles.t_quantile(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), rel=1e-6)
    assert quantiles.f_quantile(share, freedom, 2) == pytest.approx(stats.f.ppf(share, freedom, 2), rel=1e-6)


def test_the_incomplete_beta_function_is_that_of_scipy():
    """From end to end."""
    for value, a, b in itertools.product([0, 1e-9, 0.2, 0.5, 0.99, 1], [0.5, 3, 400], [0.5, 7, 90]):
        assert quantiles.beta_share(value, a, b) == pytest.approx(stats.beta.cdf(value, a, b), abs=1e-12)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ((1, 5), "The share is 1; it must lie between 0 and 1, and be neither."),
        ((0.5, 0), "The degrees of freedom are 0; they must be above 0."),
    ],
)
def test_a_quantile_that_cannot_be_is_refused(asked, wanted):
    """With what was given."""
    with pytest.raises(MethodError) as caught:
        quantiles.t_quantile(*asked)
    assert str(caught.value) == wanted


@given(st.lists(st.sampled_from([0, 1, None]), min_size=1, max_size=40))
def test_facility_is_the_share_right_with_wilson_s_interval(marks):
    """As statsmodels has it; missing marks are no wrong ones."""
    found = item_statistics.facility([NONE if one is None else one for one in marks])
    there = [one for one in marks if one is not None]
    if not there:
        assert found is None
        return
    low, high = proportion_confint(sum(there), len(there), method="wilson")
    assert (found.estimate, found.low, found.high) == pytest.approx(
        (np.mean(there), low, high), rel=1e-9, abs=1e-9
    )


def test_marks_in_parts_get_an_interval_that_is_wide_enough(draw):
    """Of marks from 0 to 1 the true mean is held at least as often as it should be."""
    held = 0
    for _ in range(2000):
        one = item_statistics.facility(draw.beta(2, 3, 20))
        held += one.low <= 0.4 <= one.high
    assert held / 2000 > 0.95


@settings(max_examples=60, deadline=None)
@given(MARKS)
def test_the_correlation_is_with_the_sum_of_the_others(scores):
    """Where nothing is missing: pandas' correlation with the sum of all other columns."""
    table, rest = pd.DataFrame(scores), item_statistics.rest_scores(scores)
    for column in table:
        others = table.drop(columns=column).sum(axis=1)
        found = item_statistics.discrimination(scores[:, column], rest[:, column]).rest
        if table[column].nunique() < 2 or others.nunique() < 2:
            assert found is None
        else:
            assert found.estimate == pytest.approx(table[column].corr(others), abs=1e-6)


def test_what_is_missing_neither_helps_nor_harms():
    """By hand: of those left out nothing is counted, and too few marks order nobody."""
    scores = [[1, 1, 1, 0], [0, 0, NONE, 0], [1, NONE, NONE, NONE], [0, 1, 0, 0]]
    rest = item_statistics.rest_scores(scores)
    means = np.nanmean(np.array(scores), axis=0)
    assert rest[0, 0] == pytest.approx(((1 - means[1]) + (1 - means[2]) + (0 - means[3])) / 3)
    assert rest[1, 0] == pytest.approx(((0 - means[1]) + (0 - means[3])) / 2)
    assert np.isnan(rest[2]).tolist() == [True, True, True, True]


def test_the_interval_of_the_correlation_is_fisher_s(draw):
    """As scipy has it."""
    scores, _ = answered(draw, 60, 8)
    rest = item_statistics.rest_scores(scores)
    found = item_statistics.discrimination(scores[:, 0], rest[:, 0]).rest
    wanted = stats.pearsonr(scores[:, 0], rest[:, 0])
    span = wanted.confidence_interval(0.95)
    assert (found.estimate, found.low, found.high) == pytest.approx((wanted.statistic, span.low, span.high))


def test_the_upper_and_lower_groups_do_not_hang_on_the_order(draw):
    """With ties at their ends the index is the mean over all ways to break them."""
    rest = np.array([1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4])
    marks = draw.integers(0, 2, len(rest)).astype(float)
    found = item_statistics.discrimination(marks, rest)
    size = round(0.27 * len(rest))
    assert found.group == size == 3
    each = []
    for _ in range(4000):
        order = np.lexsort((draw.random(len(rest)), rest))
        each.append(marks[order[-size:]].mean() - marks[order[:size]].mean())
    assert found.index == pytest.approx(np.mean(each), abs=0.02)
    mixed = draw.permutation(len(rest))
    assert item_statistics.discrimination(marks[mixed], rest[mixed]).index == pytest.approx(found.index)


def test_a_question_that_all_or_none_answer_has_no_correlation():
    """Nor has one with three answers."""
    assert item_statistics.discrimination([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]).rest is None
    assert item_statistics.discrimination([0, 1, 1], [1, 2, 3]).rest is None
    assert item_statistics.discrimination([], []) == item_statistics.Discrimination(0, None, None, 0)


@given(st.lists(st.one_of(st.integers(-3, 3), st.none()), min_size=1, max_size=40))
def test_thirds_are_in_order_and_whole(values):
    """Whoever did better is never in a lower third; the same is in the same."""
    found = item_statistics.score_thirds([NONE if one is None else one for one in values])
    pairs = [(value, place) for value, place in zip(values, found, strict=True) if value is not None]
    assert all(place == -1 for value, place in zip(values, found, strict=True) if value is None)
    for (one, place), (other, its) in itertools.product(pairs, pairs):
        assert place <= its or one > other


def test_thirds_of_different_values_are_thirds():
    """As pandas cuts them."""
    values = np.random.default_rng(1).permutation(30).astype(float)
    assert item_statistics.score_thirds(values).tolist() == pd.qcut(values, 3, labels=False).tolist()


def test_clocks_that_cannot_be_are_left_out():
    """Backwards, unknown, too long; the rest is as pandas has it."""
    seconds = [12.0, 700, 900, 901, -1, NONE, 30, 45, 80]
    found = item_statistics.response_times(seconds)
    kept = pd.Series([12.0, 700, 900, 30, 45, 80])
    assert (found.n, found.left_out) == (6, 3)
    assert [found.low, found.median, found.high] == kept.quantile([0.25, 0.5, 0.75]).tolist()
    assert item_statistics.response_times([NONE, -2]) == item_statistics.ResponseTimes(0, 2, None, None, None)
    assert item_statistics.response_times([10, 50], idle=20).n == 1


def test_first_and_last_attempts_are_counted():
    """Half right is not right; whoever has no first mark is not compared."""
    found = item_statistics.attempt_change([0, 0.5, 1, 1, NONE, 0], [1, 0.5, 1, 0, 1, 0], [3, 2, 1, 2, 2, 1])
    assert found == item_statistics.AttemptChange(n=5, first=2, last=2, again=3, mended=1, lost=1)


def test_alpha_is_that_of_the_analysis_of_variance(draw):
    """1 - residual / between students, as statsmodels' two-way table has them."""
    scores, _ = answered(draw, 25, 6)
    long = pd.DataFrame(scores).rename_axis("student").reset_index()
    long = long.melt("student", var_name="question", value_name="mark")
    table = anova_lm(ols("mark ~ C(student) + C(question)", long).fit())
    squares = table["sum_sq"] / table["df"]
    wanted = 1 - squares["Residual"] / squares["C(student)"]
    assert item_statistics.cronbach_alpha(scores).alpha == pytest.approx(wanted)


def test_the_interval_of_alpha_is_that_of_feldt_s_example():
    """0.79 of 26 questions and 41 students, 90 per cent; once more by scipy."""
    low, high = item_statistics.feldt_interval(0.79, 41, 26, 0.9)
    assert (round(low, 3), round(high, 3)) == (0.705, 0.862)
    wanted = [1 - 0.21 * stats.f.ppf(share, 40, 40 * 25) for share in (0.95, 0.05)]
    assert (low, high) == pytest.approx(wanted)


def test_the_interval_of_alpha_holds_what_it_should(draw):
    """Marks that vary alike, with a known reliability: 95 of 100 intervals hold it."""
    students, questions = 20, 6
    true = questions * 0.5 / (1 + (questions - 1) * 0.5)
    held = 0
    for _ in range(1500):
        marks = draw.normal(0, 1, (students, 1)) + draw.normal(0, 1, (students, questions))
        # Squeezed into 0 to 1, which alpha does not feel.
        one = item_statistics.cronbach_alpha((marks - marks.min()) / np.ptp(marks))
        held += one.low <= true <= one.high
    assert held / 1500 == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize(
    ("scores", "wanted"),
    [
        ([[1], [0]], "Alpha compares questions with each other, so it needs two at least."),
        (
            [[1, NONE], [0, 1]],
            "Of 2 students 1 answered all 2 questions. Alpha needs two who did.",
        ),
        ([[1, NONE]], "Of 1 student none answered all 2 questions. Alpha needs two who did."),
        ([[1, 0], [0, 1]], "All 2 students have the same sum, so alpha is not defined."),
        ([], "There are no marks: give a row for each student and a column for each question."),
        ([[1, 2]], "The mark in row 1, column 2 is 2; it must be from 0 to 1, or missing."),
    ],
)
def test_an_alpha_that_cannot_be_is_refused(scores, wanted):
    """With the reason."""
    with pytest.raises(MethodError) as caught:
        item_statistics.cronbach_alpha(scores)
    assert str(caught.value) == wanted


def test_who_lacks_a_mark_is_left_out_of_alpha():
    """And counted."""
    scores = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0], [NONE, 1, 1]]
    found = item_statistics.cronbach_alpha(scores)
    assert (found.n, found.questions, found.left_out) == (4, 3, 1)
    assert found.alpha == pytest.approx(0.75)


def test_one_answer_of_each_student_gives_wilson_s_interval():
    """As statsmodels has it."""
    right = [1] * 7 + [0] * 3
    ((found, count),) = item_statistics.accuracy_by_confidence([0] * 10, right, range(10), levels=1)
    assert (found.low, found.high) == pytest.approx(proportion_confint(7, 10, method="wilson"))
    assert count == 10


def test_the_interval_of_certainty_minds_who_answered(draw):
    """Ten answers each, students who differ: the interval holds the true share, a plain one does not."""
    held = plain = 0
    for _ in range(400):
        able = draw.beta(1, 1, 20)
        right = (draw.random((20, 10)) < able[:, None]).ravel().astype(float)
        ((found, n),) = item_statistics.accuracy_by_confidence(
            np.zeros(200), right, np.repeat(np.arange(20), 10), levels=1
        )
        held += found.low <= 0.5 <= found.high
        low, high = proportion_confint(right.sum(), n, method="wilson")
        plain += low <= 0.5 <= high
    assert held / 400 > 0.91
    assert plain / 400 < 0.75


def spans(right_by_student, asked):
    """The width and the lower end of the interval, of students who were all asked as often."""
    right = [[1] * count + [0] * (asked - count) for count in right_by_student]
    whose = np.repeat(np.arange(len(right_by_student)), asked)
    answers = np.concatenate(right)
    ((found, _),) = item_statistics.accuracy_by_confidence(np.zeros(len(answers)), answers, whose, levels=1)
    return found.high - found.low, found.low


@given(st.integers(2, 12), st.lists(st.integers(0, 12), min_size=2, max_size=12), st.data())
def test_less_spread_never_widens_the_interval(asked, counts, data):
    """Where one student more alike takes an answer from one less alike, the interval is no wider."""
    counts = [min(count, asked) for count in counts]
    most, least = counts.index(max(counts)), counts.index(min(counts))
    moved = data.draw(st.integers(0, (counts[most] - counts[least]) // 2))
    nearer = list(counts)
    nearer[most] -= moved
    nearer[least] += moved
    assert spans(nearer, asked)[0] <= spans(counts, asked)[0] + 1e-12


@given(st.integers(2, 8), st.integers(2, 30))
def test_one_more_right_answer_never_lowers_the_lower_end(asked, students):
    """From all right but one to all right there is no jump."""
    ends = [spans([asked] * (students - 1) + [asked - wrong], asked)[1] for wrong in (1, 0)]
    assert ends[0] <= ends[1] + 1e-12


def test_a_class_that_is_alike_has_the_interval_of_its_answers():
    """Twenty students, three of ten each: Wilson's of 60 of 200, next to that of a class with one at four."""
    low, high = proportion_confint(60, 200, method="wilson")
    assert spans([3] * 20, 10) == pytest.approx((high - low, low))
    assert spans([4, *[3] * 19], 10)[1] == pytest.approx(low, abs=0.01)
    # Of one student nothing is known of others.
    low, high = proportion_confint(0.7, 1, method="wilson")
    assert spans([7], 10) == pytest.approx((high - low, low))


def test_answers_without_a_certainty_are_left_out():
    """And a level that nobody chose is empty."""
    found = item_statistics.accuracy_by_confidence([NONE, 2, 2, 0], [1, 1, NONE, 0], [1, 2, 3, 4])
    assert [count for _, count in found] == [1, 0, 1]
    assert found[1] == (None, 0)
    # Everybody right: nobody differs, and there is an interval all the same.
    ((all_right, _),) = item_statistics.accuracy_by_confidence([0] * 4, [1] * 4, [1, 1, 2, 2], levels=1)
    assert (all_right.low, all_right.high) == pytest.approx(proportion_confint(4, 4, method="wilson"))


def test_the_change_has_the_interval_of_pairs(draw):
    """As statsmodels has it; the gain of the means is Hake's."""
    before = draw.integers(2, 10, 30) / 15
    after = np.minimum(1, before + draw.integers(-1, 5, 30) / 15)
    found = class_change.mean_change(before, after)
    assert (found.change.low, found.change.high) == pytest.approx(DescrStatsW(after - before).tconfint_mean())
    assert found.gain == gain.class_gain(before, after)
    assert found.hake.estimate == found.gain.gain
    drawn = draw.integers(0, 30, (4000, 30))
    then, now = before[drawn].mean(1), after[drawn].mean(1)
    again = (now - then) / (1 - then)
    low, high = np.quantile(again, [0.025, 0.975])
    assert (found.hake.low, found.hake.high) == pytest.approx((low, high), abs=0.02)


def test_a_gain_has_no_interval_where_too_few_had_anything_to_gain():
    """One of four; six of twenty, all alike, who lost most; three who are alike."""
    none = class_change.mean_change([1, 1, 1, 14 / 15], [1, 1, 1, 3 / 15])
    assert (none.hake, none.students - none.gain.full) == (None, 1)
    assert class_change.mean_change([1] * 14 + [14 / 15] * 6, [1] * 14 + [3 / 15] * 6).hake is None
    assert class_change.mean_change([0.5, 0.5, 0.5], [0.75, 0.75, 0.75]).hake is None
    assert class_change.mean_change([0.5, 0.5], [0.7, 0.9]).hake is None
    assert class_change.mean_change([0.2, 0.4, 0.6, 0.3], [0.4, 0.7, 0.7, 0.6]).hake is not None


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), min_size=2, max_size=30))
def test_an_interval_of_the_gain_is_there_where_what_was_missing_can_be_told_from_none(pairs):
    """As scipy's t test of the missing shares has it; it holds the gain, and has some width."""
    before, after = np.array(pairs).T / 15
    hake = class_change.mean_change(before, after).hake
    missing = 1 - before
    if hake is None:
        left = 1 - after
        some = missing.std() > 0 and stats.ttest_1samp(missing, 0).pvalue < 0.05 - 1e-9
        alike = missing.sum() and np.allclose(left, left.mean() / missing.mean() * missing, atol=1e-9)
        beyond = left - left.mean() / missing.mean() * missing if missing.sum() else left
        wide = stats.t.ppf(0.975, len(pairs) - 1) * stats.sem(beyond) >= (1 - 1e-9) * missing.mean()
        assert alike or wide or not (some or (missing.std() == 0 and missing.sum() > 0))
    else:
        assert hake.high - hake.low < 2
        assert missing.std() == 0 or stats.ttest_1samp(missing, 0).pvalue < 0.05 + 1e-9
        assert hake.low < hake.estimate < hake.high


def test_students_are_matched_by_label():
    """In another order of students all numbers are the same; other students are refused."""
    names = [f"s{number}" for number in range(12)]
    draw = np.random.default_rng(4)
    before, after = (pd.Series(draw.integers(2, 14, 12) / 15, index=names) for _ in range(2))
    mixed = after.sample(frac=1, random_state=2)
    assert class_change.mean_change(before, mixed) == class_change.mean_change(before, after)
    marks = pd.Series(draw.integers(0, 2, 12).astype(float), index=names)
    assert item_statistics.discrimination(marks, mixed) == item_statistics.discrimination(marks, after)
    count = pd.Series(draw.integers(1, 3, 12), index=names).sample(frac=1, random_state=1)
    assert item_statistics.attempt_change(before, mixed, count) == item_statistics.attempt_change(
        before.to_numpy(), after.to_numpy(), count[names].to_numpy()
    )
    sure = pd.Series(draw.integers(0, 3, 12), index=names).sample(frac=1, random_state=3)
    owner = pd.Series(names, index=names)
    assert item_statistics.accuracy_by_confidence(sure, marks, owner) == (
        item_statistics.accuracy_by_confidence(sure.to_numpy(), marks[sure.index], list(sure.index))
    )
    for function in (class_change.mean_change, item_statistics.discrimination):
        with pytest.raises(
            MethodError, match="^The labels of the .* differ: only the .* have 's0', only the"
        ):
            function(before, after.rename({"s0": "S0"}))


# How many of 1,000 candidates gave each pattern of answers to five items, from 00000 to 11111: section 6 of
# the Law School Admission Test, Bock & Lieberman (1970), as OpenBUGS has it.
LSAT6 = [
    *(3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15),
    *(10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298),
]


def test_section_six_of_the_law_school_test_comes_out():
    """Alpha .295, and each item with the others .113, .153, .173, .144, .122, as R's ltm has them."""
    patterns = np.array(list(itertools.product([0, 1], repeat=5)), dtype=float)
    scores = np.repeat(patterns, LSAT6, axis=0)
    assert len(scores) == 1000
    assert item_statistics.cronbach_alpha(scores).alpha == pytest.approx(0.295, abs=5e-4)
    rest = item_statistics.rest_scores(scores)
    found = [item_statistics.discrimination(scores[:, at], rest[:, at]).rest.estimate for at in range(5)]
    assert found == pytest.approx([0.113, 0.153, 0.173, 0.144, 0.122], abs=6e-4)


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        (
            lambda: item_statistics.facility([0, 2, 1]),
            "The mark at place 2 is 2; it must be from 0 to 1, or missing.",
        ),
        (
            lambda: item_statistics.facility([0, 1], level=95),
            "The level at place 1 is 95; it must be a number from 0 to 1.",
        ),
        (
            lambda: item_statistics.discrimination([0, 1], ["low", "high"]),
            "The rests are no numbers. Give numbers, and NaN where one is missing.",
        ),
        (
            lambda: item_statistics.score_thirds([[1, 2]]),
            "The rests are a table. Give one of its columns.",
        ),
        (
            lambda: item_statistics.attempt_change([0], [-1], [1]),
            "The last mark at place 1 is -1; it must be from 0 to 1, or missing.",
        ),
        (
            lambda: item_statistics.accuracy_by_confidence([0, 3], [1, 1], [1, 2]),
            "The certainty at place 2 is 3; it must be a whole number from 0 to 2, or missing.",
        ),
        (
            lambda: sample_size.students_for_change(0),
            "There are no questions, so there is no change to know. Give one at least.",
        ),
        (
            lambda: item_statistics.feldt_interval(0.5, 1, 5, 0.95),
            "There are 1 students and 5 questions. The interval needs two of each at least.",
        ),
    ],
)
def test_what_cannot_be_a_class_is_told(call, wanted):
    """With the value and its place."""
    with pytest.raises(MethodError) as caught:
        call()
    assert str(caught.value) == wanted


def test_the_interval_of_the_gain_holds_what_it_should(draw):
    """Classes of 25 from a known population."""
    held = 0
    for _ in range(1500):
        able = draw.uniform(0.2, 0.7, 25)
        before = draw.binomial(15, able) / 15
        after = draw.binomial(15, able + 0.4 * (1 - able)) / 15
        one = class_change.mean_change(before, after)
        held += one.hake.low <= 0.4 <= one.hake.high
    assert held / 1500 == pytest.approx(0.95, abs=0.02)


def test_a_change_that_cannot_be_told_is_refused():
    """One student, two lengths; a full class has a change and no gain."""
    with pytest.raises(MethodError) as caught:
        class_change.mean_change([0.5], [0.7])
    assert str(caught.value) == "One student took both tests. A change of a class needs two at least."
    with pytest.raises(MethodError, match="^There are 2 before, 1 after. Give as many of each"):
        class_change.mean_change([0.1, 0.2], [0.3])
    full = class_change.mean_change([1, 1], [1, 0.8])
    assert (full.gain, full.hake) == (None, None)
    assert full.change.estimate == pytest.approx(-0.1)


def test_the_numbers_from_which_a_class_is_large_enough():
    """Each is the first that holds, by other people's code."""
    n = sample_size.students_for_share()
    reach = [0.5 - proportion_confint(one / 2, one, method="wilson")[0] for one in (n - 1, n)]
    assert reach[0] > 0.2 >= reach[1]
    n = sample_size.students_for_correlation()
    z = stats.norm.ppf(0.975)
    assert np.tanh(np.arctanh(0.3) - z / np.sqrt(n - 3)) > 0 > np.tanh(np.arctanh(0.3) - z / np.sqrt(n - 4))
    for questions in (10, 15, 20):
        n = sample_size.students_for_alpha(questions)
        lows = [1 - 0.3 * stats.f.ppf(0.975, one - 1, (one - 1) * (questions - 1)) for one in (n - 1, n)]
        assert lows[0] <= 0.5 < lows[1]
    n = sample_size.students_for_change(15)
    reach = [stats.t.ppf(0.975, one - 1) * np.sqrt(0.5 / 15 / one) for one in (n - 1, n)]
    assert reach[0] > 0.1 >= reach[1]
    assert round(0.27 * sample_size.students_for_groups()) == sample_size.students_for_share()
    assert sample_size.students_for_thirds() == 3 * sample_size.students_for_share()


@pytest.mark.parametrize(
    "key",
    [
        "bonett-wright-2000-correlations",
        "cronbach-1951-alpha",
        "feldt-1987-alpha",
        "henrysson-1963-item",
        "kelley-1939-groups",
    ],
)
def test_what_the_methods_rest_on_is_registered(key):
    """With the address of the paper, named in the docstring of what uses it."""
    assert evidence.source(key).url.startswith("https://doi.org/10.")
    assert any(
        key in (one.__doc__ or "") for one in (item_statistics.discrimination, item_statistics.cronbach_alpha)
    )
