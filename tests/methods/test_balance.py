"""Balance and frustration, checked against worked networks and by trying everything."""

import itertools
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import charts, evidence
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


# Friends and enemies among sixteen tribes of the highlands of New Guinea, each pair once: the matrix of Read
# (1954), "Cultures of the Central Highlands, New Guinea", as the package signnet has it.
FRIENDS = """
    Gavev-Kotun Gavev-Nagad Gavev-Gama Kotun-Nagad Kotun-Gama Ove-Alika Ove-Gahuk Ove-Masil Ove-Ukudz
    Alika-Ukudz Nagam-Masil Nagam-Notoh Nagam-Seuve Gahuk-Masil Gahuk-Ukudz Gahuk-Geham Gahuk-Asaro
    Masil-Ukudz Masil-Geham Masil-Asaro Masil-Uheto Ukudz-Geham Ukudz-Asaro Notoh-Kohik Notoh-Uheto
    Kohik-Uheto Geham-Asaro Uheto-Seuve Nagad-Gama
"""
ENEMIES = """
    Gavev-Ove Gavev-Alika Gavev-Nagam Gavev-Gahuk Gavev-Asaro Kotun-Ove Kotun-Nagam Kotun-Gahuk Kotun-Notoh
    Kotun-Kohik Nagam-Nagad Nagam-Gama Gahuk-Notoh Gahuk-Uheto Gahuk-Gama Ukudz-Seuve Notoh-Geham
    Notoh-Nagad Kohik-Geham Kohik-Nagad Geham-Uheto Geham-Nagad Geham-Gama Asaro-Seuve Asaro-Nagad
    Asaro-Gama Uheto-Nagad Uheto-Gama Seuve-Gama
"""


def test_the_highland_tribes_come_out():
    """58 ties, 68 triads of which 59 are in balance, and a single division that leaves 7 ties in the way."""
    ties = {
        tuple(pair.split("-")): sign
        for pairs, sign in ((FRIENDS, 1), (ENEMIES, -1))
        for pair in pairs.split()
    }
    assert len({name for pair in ties for name in pair}) == 16
    result = balance.frustration(ties)
    assert (result.ties, result.index, result.divisions) == (58, 7, 1)
    assert balance.balance_degree(ties) == pytest.approx(0.8676471)
    assert result.share == pytest.approx(0.7586207)


def all_hostile(actors):
    """Every pair of so many actors, hostile."""
    return [(f"a{a:02}", f"a{b:02}", -1) for a, b in itertools.combinations(range(actors), 2)]


def test_best_divisions_are_counted_and_some_are_listed():
    """Twenty actors, all hostile, can be halved in 92,378 ways; six in ten, all of which are listed."""
    many = balance.frustration(all_hostile(20))
    assert (many.index, many.divisions) == (90, math.comb(20, 10) // 2)
    assert len(many.camps) == len(many.against) == balance.MOST_LISTED
    assert len(set(many.camps)) == balance.MOST_LISTED
    assert {(len(first), len(second)) for first, second in many.camps} == {(10, 10)}
    few = balance.frustration(all_hostile(6))
    assert (few.divisions, len(few.camps)) == (10, 10)


@given(NETWORKS)
def test_what_a_turned_tie_does_is_what_turning_it_gives(ties):
    """The index and the share of balanced triads, without going through the divisions again."""
    if not balance.tie_signs(ties):
        return
    now = balance.frustration(ties).index
    for row in balance.flip_effects(ties).itertuples():
        turned = balance.flip_tie(ties, row.b, row.a)
        assert row.frustration == balance.frustration(turned).index == now + row.change
        assert row.balanced == pytest.approx(balance.balance_degree(turned), nan_ok=True)


def test_what_is_returned_is_a_table_as_every_function_takes_it():
    """Other fields stay, the table that was given too, and a figure can be drawn of what is left."""
    table = evidence.table("relations").query("date == '2025-12'")
    signs = table["sign"].tolist()
    turned, left = balance.flip_tie(table, "usa", "iran"), balance.remove_actor(table, "russia")
    assert list(turned.columns) == list(left.columns) == list(table.columns)
    assert table["sign"].tolist() == signs
    assert (turned["sign"] != table["sign"]).sum() == 1
    for function in (balance.tie_signs, balance.triads, balance.frustration, balance.flip_effects):
        function(turned)
        function(left)
        function(balance.remove_actor(balance.flip_tie(BEFORE, "US", "HTS"), "Iran"))
    assert charts.signed_network(balance.remove_actor(turned, "isis")).alt
    rows = balance.tie_signs(AFTER)
    assert balance.tie_signs(balance.flip_tie(balance.flip_tie(rows, "US", "Iran"), "Iran", "US")) == rows


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
        (lambda: balance.tie_signs([("a", "b", False)]), "The sign of a and b is False; it is 1, 0 or -1."),
        (lambda: balance.tie_signs([("a", "b", 2)]), "The sign of a and b is 2; it is 1, 0 or -1."),
        (
            lambda: balance.tie_signs([("a", "b", 1), ("b", "a", 1)]),
            "The tie of a and b is told twice. Choose one date, or one coder.",
        ),
        (
            lambda: balance.tie_signs(pd.DataFrame({"a": ["x"], "b": ["y"], "signs": [1]})),
            "There is no field 'sign'. Did you mean 'signs'? There are: a, b, signs.",
        ),
        (
            lambda: balance.tie_signs([("a", None, 1)]),
            "There is a tie of a and None. Actors are named by texts.",
        ),
        (
            lambda: balance.triads([("a", "b")]),
            "The tie at place 1 is ('a', 'b'). A tie is actor, actor and sign.",
        ),
        (
            lambda: balance.flip_effects(all_hostile(21)),
            "There are 21 actors; every division is tried for up to 20.",
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
