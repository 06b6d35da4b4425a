"""Kappa and alpha, checked against published and hand-made results, and against a library."""

import itertools
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.errors import MethodError
from course_lib.methods.agreement import cohen_kappa, krippendorff_alpha

CODES = st.sampled_from(["fact", "motive", "prediction"])
PAIRS = st.lists(st.tuples(CODES, CODES), min_size=1, max_size=30)


def from_table(a, b, c, d):
    """Two coders with two codes, from the four cells of their table."""
    return ["x"] * (a + b) + ["y"] * (c + d), ["x"] * a + ["y"] * b + ["x"] * c + ["y"] * d


def test_the_worked_example_comes_out():
    """Ten units, eight agreements: 0.80 seen, 0.34 by luck, kappa 0.697."""
    result = cohen_kappa("AAABBBCCCA", "AABBBBCCAA")
    assert (result.n, round(result.observed, 2), round(result.expected, 2), round(result.kappa, 3)) == (
        10,
        0.80,
        0.34,
        0.697,
    )


@pytest.mark.parametrize(("table", "kappa"), [((45, 5, 5, 45), 0.80), ((85, 5, 5, 5), 0.444)])
def test_the_paradox_of_kappa_comes_out(table, kappa):
    """Two tables with the same agreement of 0.90 have kappas of 0.80 and 0.444."""
    result = cohen_kappa(*from_table(*table))
    assert result.observed == pytest.approx(0.90)
    assert result.kappa == pytest.approx(kappa, abs=5e-4)


@given(PAIRS)
def test_kappa_is_the_same_whoever_is_called_first(pairs):
    """The two coders play the same part."""
    first, second = zip(*pairs, strict=True)
    try:
        there, back = cohen_kappa(first, second), cohen_kappa(second, first)
    except MethodError:
        return
    assert there.kappa == pytest.approx(back.kappa)
    assert there.kappa <= 1


@given(PAIRS, st.randoms())
def test_the_order_of_the_units_does_not_matter(pairs, random):
    """Kappa is about the pairs, not about their order."""
    shuffled = random.sample(pairs, len(pairs))
    try:
        expected = cohen_kappa(*zip(*pairs, strict=True))
    except MethodError:
        return
    assert cohen_kappa(*zip(*shuffled, strict=True)).kappa == pytest.approx(expected.kappa)


@given(st.lists(CODES, min_size=2, max_size=30).filter(lambda codes: len(set(codes)) > 1))
def test_a_coder_agrees_fully_with_themselves(codes):
    """Full agreement is 1."""
    assert cohen_kappa(codes, codes).kappa == pytest.approx(1)


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (
            "ab",
            "a",
            "The first coder coded 2 units and the second 1. Kappa compares two codes for each unit: "
            "give both lists the same length and order.",
        ),
        ("", "", "There are no coded units, so there is nothing to compare. Give at least one."),
        (
            ["a", None],
            ["a", "b"],
            "The first coder has no code for unit 2. Code every unit, or leave the unit out for both coders.",
        ),
        (
            ["a", "b"],
            [float("nan"), "b"],
            "The second coder has no code for unit 1. "
            "Code every unit, or leave the unit out for both coders.",
        ),
        (
            "aaa",
            "aaa",
            "Both coders used one code, 'a', for everything. Agreement by luck is then certain and kappa is "
            "not defined. Choose units that call for more than one code.",
        ),
    ],
)
def test_input_that_cannot_be_compared_is_explained(first, second, sentence):
    """Each kind of unusable input has its sentence."""
    with pytest.raises(MethodError) as caught:
        cohen_kappa(first, second)
    assert str(caught.value) == sentence


CODES_3 = st.sampled_from([1, 2, 3])


@given(
    st.lists(st.tuples(CODES_3, CODES_3), min_size=2, max_size=30), st.sampled_from(["linear", "quadratic"])
)
def test_weighted_kappa_is_that_of_the_library(pairs, weights):
    """Near misses count as the library counts them."""
    from statsmodels.stats.inter_rater import cohens_kappa

    first, second = zip(*pairs, strict=True)
    try:
        ours = cohen_kappa(first, second, order=[1, 2, 3], weights=weights)
    except MethodError:
        return
    table = [[pairs.count((a, b)) for b in (1, 2, 3)] for a in (1, 2, 3)]
    theirs = cohens_kappa(table, wt=weights, return_results=False)
    assert ours.kappa == pytest.approx(theirs)


def test_the_worked_alphas_come_out():
    """Two coders with 20 codes, and a third with a gap."""
    two = krippendorff_alpha(["AAABBBCCCA", "AABBBBCCAA"])
    assert (two.alpha, two.observed, two.expected, two.n) == pytest.approx(
        (0.7099, 0.2, 0.6895, 20), abs=5e-5
    )
    three = krippendorff_alpha(["AAABBBCCCA", "AABBBBCCAA", [*"AABBBB", None, *"CCA"]])
    assert (three.alpha, three.n) == pytest.approx((0.7964, 29), abs=5e-5)


@given(
    st.lists(st.tuples(*[st.sampled_from([1, 2, 3, None])] * 3), min_size=2, max_size=15),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_alpha_is_that_of_the_library(units, level):
    """With three coders, gaps, and every level of measurement."""
    import krippendorff

    coders = list(zip(*units, strict=True))
    try:
        ours = krippendorff_alpha(coders, level)
    except MethodError:
        return
    given = [[float("nan") if code is None else code for code in codes] for codes in coders]
    # The library takes whatever one coder alone coded as a possible value too; the result is the same.
    theirs = krippendorff.alpha(reliability_data=given, level_of_measurement=level)
    assert ours.alpha == pytest.approx(theirs)
    assert ours.alpha <= 1


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: krippendorff_alpha(["AB"]), "There is 1 coder. Agreement is among two or more."),
        (
            lambda: krippendorff_alpha(["AB", "A"]),
            "The coders coded 2, 1 units. Give each list one place per unit, None where missing.",
        ),
        (
            lambda: krippendorff_alpha(["A", [None]]),
            "No unit has two codes, so nothing can be compared. Code some units twice.",
        ),
        (
            lambda: krippendorff_alpha(["AA", "AA"]),
            "Every code is 'A', so nobody could disagree and alpha is not defined. "
            "Choose units that call for more than one code.",
        ),
        (
            lambda: krippendorff_alpha(["AB", "AB"], "ordinal"),
            "The level is ordinal, so codes must be numbers. Use nominal for names.",
        ),
        (
            lambda: krippendorff_alpha(["AB", "AB"], "ranks"),
            "There is no level 'ranks'. There are: interval, nominal, ordinal.",
        ),
        (
            lambda: cohen_kappa("AB", "AB", weights="linear"),
            "Weights need the order of the codes. Give all codes from one end to the other.",
        ),
        (
            lambda: cohen_kappa("AB", "AX", order="AB"),
            "There is no code 'X'. There are: A, B.",
        ),
    ],
)
def test_bad_input_of_the_newer_measures_is_told(call, sentence):
    """What was given, and what to do."""
    with pytest.raises(MethodError) as caught:
        call()
    assert str(caught.value) == sentence


def test_a_published_table_with_many_gaps_comes_out():
    """Three coders and fifteen units, most coded by two: 0.691 for names, 0.811 for intervals."""
    gap = None
    coders = [
        [gap, gap, gap, gap, gap, 3, 4, 1, 2, 1, 1, 3, 3, gap, 3],
        [1, gap, 2, 1, 3, 3, 4, 3, gap, gap, gap, gap, gap, gap, gap],
        [gap, gap, 2, 1, 3, 4, 4, gap, 2, 1, 1, 3, 3, gap, 4],
    ]
    assert krippendorff_alpha(coders).alpha == pytest.approx(0.691, abs=5e-4)
    assert krippendorff_alpha(coders, "interval").alpha == pytest.approx(0.811, abs=5e-4)


def test_cohen_s_own_example_comes_out():
    """Cohen (1960): shares of 200 cases in three codes, kappa .492; the table as R's psych gives it."""
    shares = [[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]
    pairs = [(a, b) for a in range(3) for b in range(3) for _ in range(round(200 * shares[a][b]))]
    assert cohen_kappa(*zip(*pairs, strict=True)).kappa == pytest.approx(0.492, abs=5e-4)


def test_fleiss_cohen_and_everitt_s_example_comes_out():
    """Two raters, 200 cases in three codes, kappa .43, which is 3/7.

    The table is that of Fleiss, Cohen & Everitt in the examples of R's psych; R's laRs prints .43 for it.
    """
    table = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
    pairs = [(a, b) for a in range(3) for b in range(3) for _ in range(table[a][b])]
    assert cohen_kappa(*zip(*pairs, strict=True)).kappa == pytest.approx(3 / 7)


def test_krippendorff_s_four_observers_come_out():
    """Krippendorff (2011): twelve units, some not coded; nominal .743, ordinal .815, interval .849."""
    gap = None
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, gap, gap, gap],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, gap, 3],
        [gap, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, gap],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, gap],
    ]
    found = [krippendorff_alpha(observers, level).alpha for level in ("nominal", "ordinal", "interval")]
    assert found == pytest.approx([0.743, 0.815, 0.849], abs=5e-4)


def plain_alpha(coders, level):
    """Alpha by its definition: every pair of codes, in fractions."""
    units = [[code for code in unit if code is not None] for unit in zip(*coders, strict=True)]
    codes = sorted(code for unit in units if len(unit) > 1 for code in unit)

    def apart(a, b):
        if level == "nominal":
            return Fraction(a != b)
        if level == "interval":
            return (Fraction(a) - Fraction(b)) ** 2
        low, high = min(a, b), max(a, b)
        ends = Fraction(codes.count(low) + codes.count(high), 2)
        return (sum(low <= code <= high for code in codes) - ends) ** 2 if a != b else Fraction(0)

    within = sum(
        sum(apart(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
        if len(unit) > 1
    )
    overall = sum(apart(a, b) for a, b in itertools.permutations(codes, 2))
    return float(1 - within * (len(codes) - 1) / overall)


EXTREME = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0, 1, None]),
)


@given(
    st.lists(st.tuples(EXTREME, EXTREME, EXTREME), min_size=2, max_size=6),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_alpha_is_its_definition_whatever_the_numbers(units, level):
    """Huge, tiny, far from 0: to the last digit what fractions give for every pair."""
    coders = list(zip(*units, strict=True))
    try:
        ours = krippendorff_alpha(coders, level)
    except MethodError:
        return
    assert ours.alpha == plain_alpha(coders, level)


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "float16", "Int64", "category"])
@pytest.mark.parametrize("level", ["ordinal", "interval"])
def test_small_numbers_of_an_array_are_those_of_python(kind, level):
    """No kind of number runs over where it is subtracted or squared."""
    first, second = [100, 3, 120, 7, 100], [3, 100, 120, 7, 90]
    wanted = krippendorff_alpha([first, second], level)
    assert krippendorff_alpha([pd.Series(codes, dtype=kind) for codes in (first, second)], level) == wanted
    if kind not in ("Int64", "category"):
        assert krippendorff_alpha(np.array([first, second], dtype=kind), level) == wanted


def test_numbers_of_every_kind_are_numbers():
    """Truth values, fractions and decimals are compared as what they are worth."""
    first, second = [0, 1, 1, 0], [0, 1, 0, 0]
    wanted = krippendorff_alpha([first, second], "interval")
    for kind in (bool, Fraction, Decimal, np.int8, float):
        assert krippendorff_alpha([list(map(kind, first)), list(map(kind, second))], "interval") == wanted


def test_three_thousand_values_are_compared_by_their_sums():
    """As a library has it, which takes a matrix of 3,000 by 3,000 for it."""
    draw = np.random.default_rng(2)
    first = draw.permutation(3000)
    second = first + draw.integers(-3, 4, 3000)
    apart = ((first - second) ** 2).mean()
    both = np.concatenate([first, second])
    wanted = 1 - apart / (2 * both.var(ddof=1))
    assert krippendorff_alpha([first, second], "interval").alpha == pytest.approx(wanted, rel=1e-12)


def test_coders_are_matched_by_label():
    """The same codes in another order of units agree as before; other units are refused."""
    first = pd.Series(["a", "b", "a", "c"], index=["u1", "u2", "u3", "u4"])
    second = pd.Series(["a", "b", "c", "c"], index=first.index)
    mixed = second.sample(frac=1, random_state=5)
    assert cohen_kappa(first, mixed) == cohen_kappa(first, second)
    assert krippendorff_alpha([first, mixed]) == krippendorff_alpha([first, second])
    assert cohen_kappa(first, mixed.to_dict()) == cohen_kappa(first.tolist(), second.tolist())
    for compare in (cohen_kappa, lambda *coders: krippendorff_alpha(coders)):
        with pytest.raises(
            MethodError, match=r"^The labels of the .* differ: only the .* have 'u1', only the"
        ):
            compare(first, second.rename({"u1": "u9"}))


def test_an_order_given_as_a_column_is_read_by_its_values():
    """Not by its labels."""
    order = pd.Series([1, 2, 3], index=[3, 2, 1])
    codes = [1, 2, 3, 3], [1, 2, 2, 3]
    assert cohen_kappa(*codes, order, "linear") == cohen_kappa(*codes, [1, 2, 3], "linear")


@pytest.mark.parametrize(
    ("coders", "level", "sentence"),
    [
        (
            [["1", "10"], ["9", "10"]],
            "interval",
            "The level is interval, so codes must be numbers. Use nominal for names. '1' is text: turn the "
            "codes into numbers.",
        ),
        (
            [[float("inf"), 1], [2, 1]],
            "ordinal",
            "The level is ordinal, so codes must be numbers. Use nominal for names.",
        ),
        (
            pd.DataFrame({"ann": [1, 2], "bo": [1, 3]}),
            "nominal",
            "The coders are a table, which does not tell whether they stand in its rows or its columns. Give "
            "a list with the codes of each coder, such as [table[name] for name in table].",
        ),
        (
            [pd.Series([1, 2], ["a", "b"]), pd.Series([1, 2], ["b", "a"]), [1, 2]],
            "nominal",
            "The codes of coder 1 and the codes of coder 2 carry labels in two orders, and the codes of "
            "coder 3 carry none, so it is not known where they belong. Give labels to all, or to none.",
        ),
        (
            [pd.Series([1, 2], ["a", "a"]), pd.Series([1, 2], ["b", "a"])],
            "nominal",
            "The codes of coder 1 have the label 'a' more than once, so values cannot be matched by label. "
            "Give every label once, or values without labels in the same order.",
        ),
    ],
)
def test_coders_that_cannot_be_compared_are_told(coders, level, sentence):
    """What was given, and what to do."""
    with pytest.raises(MethodError) as caught:
        krippendorff_alpha(coders, level)
    assert str(caught.value) == sentence
