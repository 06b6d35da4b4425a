"""Competing hypotheses, checked against the worked matrix and by properties."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import evidence
from course_lib.errors import MethodError
from course_lib.methods import ach

CELLS = st.lists(st.tuples(*[st.sampled_from(ach.CODES)] * 3), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def coded():
    """The coded matrix, and the weights of its rows."""
    long = evidence.table("ach_codings")
    matrix = long.pivot(index="evidence", columns="hypothesis", values="consistency")
    rows = evidence.table("ach_evidence").set_index("id").loc[matrix.index]
    return matrix, ach.row_weights(rows)


def table(cells):
    """A matrix with three hypotheses."""
    return pd.DataFrame(cells, columns=["H1", "H2", "H3"])


def test_the_hand_made_example_comes_out():
    """Three rows, high and medium: 24 against H1, 4 against H5."""
    matrix = pd.DataFrame({"H1": ["II", "I", "N"], "H5": ["CC", "C", "I"]})
    rows = pd.DataFrame(
        {"credibility": ["high", "medium", "medium"], "relevance": ["high", "high", "medium"]}
    )
    assert ach.inconsistency(matrix, ach.row_weights(rows)).to_dict() == {"H1": 24, "H5": 4}


def test_the_whole_matrix_comes_out(coded):
    """24 rows by 7 hypotheses: with weights, without, neutral cells, and the first nine rows."""
    matrix, weight = coded
    assert ach.inconsistency(matrix, weight).tolist() == [138, 30, 61, 39, 8, 4, 15]
    assert ach.inconsistency(matrix).tolist() == [18, 4, 8, 6, 2, 1, 2]
    assert ach.count_untested(matrix).tolist() == [9, 19, 14, 11, 7, 7, 10]
    assert ach.inconsistency(matrix[:9], weight[:9]).tolist() == [78, 15, 39, 9, 0, 0, 0]


def test_single_rows_decide_between_the_last_three(coded):
    """Without E13, H5 and H6 are level; without E22, H7 is ahead of H5."""
    scores = ach.leave_one_out(*coded)
    assert scores.loc["E13", "H5"] == scores.loc["E13", "H6"] == 4
    assert scores.loc["E22", "H7"] < scores.loc["E22", "H5"]


def test_labels_lead_weights_to_their_rows(coded):
    """Shuffled, as a dict or in order, labelled weights give the same result in every function."""
    matrix, weight = coded
    shuffled = weight.sample(frac=1, random_state=3)
    assert shuffled.index.tolist() != weight.index.tolist()
    groups = pd.Series([name[:2] for name in matrix.index], matrix.index)
    for function in (
        ach.inconsistency,
        ach.leave_one_out,
        ach.cells_to_overturn,
        lambda codes, weights: ach.recode_range(codes, 2, weights),
        lambda codes, weights: ach.leave_group_out(codes, groups.sample(frac=1, random_state=4), weights),
    ):
        wanted = function(matrix, weight.tolist())
        for given_weights in (weight, shuffled, shuffled.to_dict()):
            assert function(matrix, given_weights).equals(wanted)


def test_labels_that_are_not_those_of_the_rows_are_refused(coded):
    """One letter off, one too many, and a table that was numbered anew: nothing is matched by place."""
    matrix, weight = coded
    for other in (
        weight.rename({"E01": "E1"}),
        pd.concat([weight, pd.Series({"E99": 1})]),
        weight.iloc[1:],
        weight.reset_index(drop=True),
    ):
        for function in (ach.inconsistency, ach.leave_one_out, ach.cells_to_overturn):
            with pytest.raises(
                MethodError, match="^The labels of the rows and of the weights differ: only the"
            ):
                function(matrix, other)


def test_rows_that_depend_on_each_other_fall_out_together(coded):
    """Leaving a group out is leaving its rows out, whether rows are named by group or groups by row."""
    matrix, weight = coded
    group = ["one" if name in ("E07", "E09", "E12") else None for name in matrix.index]
    kept = matrix.drop(["E07", "E09", "E12"])
    expected = ach.inconsistency(kept, weight.loc[kept.index])
    assert ach.leave_group_out(matrix, group, weight).loc["one"].tolist() == expected.tolist()
    named = {"one": ["E07", "E09", "E12"], "E01 alone": ["E01"]}
    found = ach.leave_group_out(matrix, named, weight)
    assert found.loc["one"].tolist() == expected.tolist()
    assert found.loc["E01 alone"].tolist() == ach.leave_one_out(matrix, weight).loc["E01"].tolist()


@given(CELLS, st.randoms())
def test_the_order_of_rows_and_hypotheses_does_not_matter(cells, random):
    """Scores belong to names."""
    matrix = table(cells)
    mixed = matrix.sample(frac=1, random_state=random.randint(0, 99))[["H3", "H1", "H2"]]
    assert ach.inconsistency(mixed).sort_index().tolist() == ach.inconsistency(matrix).tolist()


@given(CELLS)
def test_scores_stay_in_their_bounds(cells):
    """At most two for each row; a row alone adds what leaving it out takes away."""
    matrix = table(cells)
    scores = ach.inconsistency(matrix)
    assert scores.between(0, 2 * len(matrix)).all()
    assert ach.diagnosticity(matrix).between(0, 1).all()
    assert (ach.leave_one_out(matrix) <= scores).all(axis=None)


@given(CELLS, st.integers(0, 4))
def test_the_range_after_recoding_is_what_trying_all_gives(cells, k):
    """Lowest and highest are reached, and nothing lies beyond."""
    matrix = table(cells[:4])[["H1"]]
    k = min(k, len(matrix))
    tried = []
    for places in itertools.combinations(range(len(matrix)), k):
        for codes in itertools.product(["C", "I", "II"], repeat=k):
            other = matrix.copy()
            for place, code in zip(places, codes, strict=True):
                other.iloc[place, 0] = code
            tried.append(ach.inconsistency(other)["H1"])
    row = ach.recode_range(matrix, k).loc["H1"]
    assert (row["low"], row["high"]) == (min(tried), max(tried))


def test_weights_in_parts_are_not_cut_off():
    """One cell of weight one half: from 0 to 1."""
    row = ach.recode_range(pd.DataFrame({"H1": ["I"]}), 1, [0.5]).loc["H1"]
    assert row.tolist() == [0, 0.5, 1]
    level = pd.DataFrame({"H1": ["C", "C", "C"], "H2": ["I", "I", "I"]})
    assert ach.cells_to_overturn(level, [0.1, 0.2, 0.3])["H2"] == 1


def test_two_coders_are_matched_by_the_names_of_rows_and_columns(coded):
    """A matrix agrees with itself in any order."""
    matrix, _ = coded
    mixed = matrix.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    kappa, alpha = ach.coder_agreement(matrix, mixed)
    assert (kappa.kappa, alpha.alpha) == (1, 1)


def test_how_few_cells_carry_the_order(coded):
    """H5 and H7 are level with H6 after one cell; H1 only after many."""
    few = ach.cells_to_overturn(*coded)
    assert few["H6"] == 0
    assert few["H5"] == 1
    assert few["H1"] > 5


@given(CELLS)
def test_that_many_cells_do_bring_the_rival_level(cells):
    """Recoding one cell less leaves the gap open, for the best choice of cells."""
    matrix = table(cells)
    scores = ach.inconsistency(matrix)
    leader = scores.idxmin()
    for rival, k in ach.cells_to_overturn(matrix).items():
        gains = [ach.AGAINST[code] for code in matrix[rival]]
        gains = sorted(gains + [2 - ach.AGAINST[code] for code in matrix[leader]], reverse=True)
        gap = scores[rival] - scores[leader]
        assert sum(gains[:k]) >= gap
        assert k == 0 or sum(gains[: k - 1]) < gap


def test_two_coders_are_compared_as_an_order(coded):
    """The same matrix agrees fully; one step away costs less than four."""
    matrix, _ = coded
    kappa, alpha = ach.coder_agreement(matrix, matrix)
    assert (kappa.kappa, alpha.alpha) == (1, 1)
    near, far = matrix.copy(), matrix.copy()
    near.iloc[0, 0], far.iloc[0, 0] = "II", "CC"
    assert matrix.iloc[0, 0] == "I"
    assert ach.coder_agreement(matrix, near)[0].kappa > ach.coder_agreement(matrix, far)[0].kappa


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: ach.inconsistency(pd.DataFrame()),
            "The matrix has no cells. Give evidence in rows and hypotheses in columns.",
        ),
        (
            lambda: ach.inconsistency(pd.DataFrame({"H1": ["X"]}, index=["E1"])),
            "The cell of E1 and H1 is 'X'; it is one of CC, C, N, I, II.",
        ),
        (
            lambda: ach.inconsistency(pd.DataFrame({"H1": [None]}, index=["E1"])),
            "The cell of E1 and H1 is empty; it is one of CC, C, N, I, II.",
        ),
        (
            lambda: ach.inconsistency(pd.DataFrame({"H1": ["I"]}), [1, 2]),
            "There are 2 weights for 1 rows. Give one for each row.",
        ),
        (
            lambda: ach.inconsistency(pd.DataFrame({"H1": ["I"]}, index=["E1"]), [float("nan")]),
            "The weight of E1 is nan; it must be a number from 0 up.",
        ),
        (
            lambda: ach.inconsistency(pd.DataFrame({"H1": ["I"]}, index=["E1"]), ["much"]),
            "The weight of E1 is 'much'; it must be a number from 0 up.",
        ),
        (
            lambda: ach.inconsistency(pd.DataFrame({"H1": ["I"]}), pd.DataFrame({"w": [1]})),
            "The weights are a table. Give one of its columns.",
        ),
        (
            lambda: ach.inconsistency(pd.DataFrame([["I", "C"]], columns=["H1", "H1"])),
            "Two hypotheses are called H1. Give every hypothesis a name of its own.",
        ),
        (
            lambda: ach.inconsistency(
                pd.DataFrame({"H1": ["I", "C"]}, index=["E1", "E2"]), pd.Series({"E2": 1, "E3": 2})
            ),
            "The labels of the rows and of the weights differ: only the rows have 'E1', only the weights "
            "have 'E3'. Give both the same labels, or values without labels in the same order.",
        ),
        (
            lambda: ach.inconsistency(
                pd.DataFrame({"H1": ["I", "C"]}, index=["E01", "E02"]), pd.Series({"E02": 1, "E1": 2})
            ),
            "The labels of the rows and of the weights differ: only the rows have 'E01', only the weights "
            "have 'E1'. Did you mean 'E01' by 'E1'? Give both the same labels, or values without labels in "
            "the same order.",
        ),
        (
            lambda: ach.leave_group_out(pd.DataFrame({"H1": ["I"]}, index=["E1"]), {"one": ["E01"]}),
            "There is no row 'E01'. Did you mean 'E1'? There are: E1.",
        ),
        (
            lambda: ach.row_weights(pd.DataFrame({"credibilty": ["high"], "relevance": ["low"]})),
            "There is no field 'credibility'. Did you mean 'credibilty'? There are: credibilty, relevance.",
        ),
        (
            lambda: ach.row_weights(pd.DataFrame({"credibility": ["hihg"], "relevance": ["low"]})),
            "There is no word for credibility 'hihg'. Did you mean 'high'? There are: high, low, medium.",
        ),
        (
            lambda: ach.diagnosticity(pd.DataFrame({"H1": ["I"]})),
            "There is one hypothesis only. Competing hypotheses are two or more.",
        ),
        (
            lambda: ach.recode_range(pd.DataFrame({"H1": ["I"]}), 2),
            "The number of cells is 2; it is a whole number from 0 to 1.",
        ),
        (
            lambda: ach.leave_group_out(pd.DataFrame({"H1": ["I"]}), [None]),
            "No row has a group. Name at least one group of rows that depend on each other.",
        ),
        (
            lambda: ach.coder_agreement(pd.DataFrame({"H1": ["I"]}), pd.DataFrame({"H2": ["I"]})),
            "The two matrices have other columns: only the first has H1, only the second has H2. "
            "Code the same evidence and hypotheses.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input_is_told(call, sentence):
    """What was given, and what to do."""
    with pytest.raises(MethodError) as caught:
        call()
    assert str(caught.value) == sentence
