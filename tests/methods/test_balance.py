"""Balance and frustration, checked against worked networks and by trying everything."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import evidence
from course_lib.errors import MethodError
from course_lib.methods import balance

BEFORE = [
    ("Russia", "Assad", 1),
    ("Russia", "Iran", 1),
    ("Assad", "Iran", 1),
    ("Russia", "HTS", -1),
    ("Assad", "HTS", -1),
    ("Iran", "HTS", -1),
    ("Turkey", "HTS", 1),
    ("Turkey", "Assad", -1),
    ("Russia", "Turkey", 1),
    ("US", "Assad", -1),
    ("US", "Iran", -1),
    ("US", "HTS", -1),
    ("US", "Turkey", 1),
]
AFTER = [
    ("Russia", "Damascus", 1),
    ("Turkey", "Damascus", 1),
    ("US", "Damascus", 1),
    ("Iran", "Damascus", -1),
    ("Russia", "Turkey", 1),
    ("Russia", "Iran", 1),
    ("US", "Turkey", 1),
    ("US", "Iran", -1),
    ("Israel", "Damascus", -1),
    ("US", "Israel", 1),
    ("Israel", "Iran", -1),
    ("Turkey", "Israel", -1),
]
PAIRS = list(itertools.combinations("abcdef", 2))
NETWORKS = st.lists(st.sampled_from([-1, 0, 1]), min_size=len(PAIRS), max_size=len(PAIRS)).map(
    lambda signs: [(*pair, sign) for pair, sign in zip(PAIRS, signs, strict=True)]
)


def by_hand(ties):
    """The index, and how many divisions reach it, found one division at a time."""
    known = balance.tie_signs(ties)
    actors = sorted({actor for pair in known for actor in pair})
    counts = []
    for sides in itertools.product([0, 1], repeat=len(actors) - 1):
        side = dict(zip(actors, (0, *sides), strict=True))
        counts.append(sum((side[a] == side[b]) != (sign > 0) for (a, b), sign in known.items()))
    return min(counts), counts.count(min(counts))


@pytest.mark.parametrize(
    ("ties", "triads", "balanced", "index", "share", "divisions"),
    [(BEFORE, 12, 7, 2, 0.692, 1), (AFTER, 9, 5, 3, 0.5, 4)],
    ids=["before", "after"],
)
def test_the_worked_networks_come_out(ties, triads, balanced, index, share, divisions):
    """Six actors before and after: triads, those in balance, the index, the best divisions."""
    found = balance.triads(ties)
    assert (len(found), found["balanced"].sum()) == (triads, balanced)
    assert balance.balance_degree(ties) == pytest.approx(balanced / triads)
    result = balance.frustration(ties)
    assert (result.index, len(result.camps)) == (index, divisions)
    assert result.share == pytest.approx(share, abs=5e-4)
    assert all(len(against) == index for against in result.against)


def test_the_best_division_is_named():
    """Two camps, and the two ties that stand in the way."""
    (camps,) = balance.frustration(BEFORE).camps
    assert set(camps) == {("Assad", "Iran", "Russia"), ("HTS", "Turkey", "US")}
    assert set(balance.frustration(BEFORE).against[0]) == {("HTS", "US"), ("Russia", "Turkey")}


@pytest.mark.parametrize("date", ["2014-06", "2016-12", "2020-03", "2024-11", "2025-12"])
def test_the_coded_networks_come_out_exactly(date):
    """Every division of the table's networks has been tried."""
    table = evidence.table("relations")
    ties = table[table["date"] == date]
    result = balance.frustration(ties)
    assert (result.index, len(result.camps)) == by_hand(ties)


@given(NETWORKS)
def test_the_index_is_what_trying_one_by_one_gives(ties):
    """The search over all divisions at once misses none and counts none twice."""
    if not balance.tie_signs(ties):
        return
    result = balance.frustration(ties)
    assert (result.index, len(result.camps)) == by_hand(ties)
    assert len(set(result.camps)) == len(result.camps)


@given(NETWORKS, st.permutations("abcdef"))
def test_names_do_not_matter(ties, names):
    """Called otherwise, the network is as balanced."""
    if not balance.tie_signs(ties):
        return
    called = dict(zip("abcdef", names, strict=True))
    other = [(called[a], called[b], sign) for a, b, sign in ties]
    assert balance.frustration(other).index == balance.frustration(ties).index
    assert balance.triads(other)["balanced"].sum() == balance.triads(ties)["balanced"].sum()


@given(NETWORKS)
def test_balance_and_frustration_agree(ties):
    """Without a tie in the way every triad is balanced; turning one changes the index by at most 1."""
    if not balance.tie_signs(ties):
        return
    if balance.frustration(ties).index == 0:
        assert balance.triads(ties)["balanced"].all()
    table = balance.flip_effects(ties)
    assert table["change"].between(-1, 1).all()
    assert len(table) == len(balance.tie_signs(ties))


def test_three_mutual_enemies_are_balanced_only_weakly():
    """Davis allows them, Cartwright and Harary do not."""
    found = balance.triads([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)])
    assert (found["balanced"].tolist(), found["weakly_balanced"].tolist()) == ([False], [True])


def test_without_an_actor_its_ties_are_gone():
    """The others keep theirs."""
    left = balance.remove_actor(BEFORE, "US")
    assert len(left) == 9
    assert not any("US" in pair for pair in balance.tie_signs(left))


def test_no_triad_has_no_share():
    """Two actors are no triad; the share is not a number."""
    assert balance.balance_degree([("a", "b", 1)]) != balance.balance_degree([("a", "b", 1)])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: balance.frustration([]),
            "There are no ties, so there is nothing to balance. Give at least one.",
        ),
        (
            lambda: balance.tie_signs([("a", "a", 1)]),
            "There is a tie of a with itself. A tie joins two actors.",
        ),
        (lambda: balance.tie_signs([("a", "b", 2)]), "The sign of a and b is 2; it is 1, 0 or -1."),
        (
            lambda: balance.tie_signs([("a", "b", 1), ("b", "a", 1)]),
            "The tie of a and b is told twice. Choose one date, or one coder.",
        ),
        (
            lambda: balance.frustration([(f"a{n}", f"a{n + 1}", 1) for n in range(30)]),
            "There are 31 actors; every division is tried for up to 20.",
        ),
        (
            lambda: balance.remove_actor([("Iran", "Syria", 1)], "Irna"),
            "There is no actor 'Irna'. Did you mean 'Iran'? There are: Iran, Syria.",
        ),
        (
            lambda: balance.flip_tie([("a", "b", 1)], "a", "c"),
            "There is no tie of 'a and c'. Did you mean 'a and b'? There are: a and b.",
        ),
    ],
)
def test_bad_input_is_told(call, sentence):
    """What was given, and what to do."""
    with pytest.raises(MethodError) as caught:
        call()
    assert str(caught.value) == sentence
