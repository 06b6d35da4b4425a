"""Kappa, checked against published and hand-made results."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.errors import MethodError
from course_lib.methods.agreement import cohen_kappa

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
