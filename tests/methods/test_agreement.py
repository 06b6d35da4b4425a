"""Kappa, checked against published and hand-made results."""

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
