"""Median, mean and challenge model, checked against published and hand-made numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.errors import MethodError
from course_lib.methods import bargaining

NAMES = ["Damascus", "Russia", "Turkey", "US", "EU", "Israel"]
PLACES = [40, 95, 35, 20, 0, 80]
POWER = [100, 60, 70, 80, 40, 50]
CARE = [90, 80, 50, 30, 40, 30]
# Emission standards for cars: position in years, capability, salience (Bueno de Mesquita 1994).
YEARS = [4, 7, 4, 4, 10, 10, 10, 7, 4, 7]
STATES = [8, 8, 3, 16, 16, 16, 16, 5, 5, 8]
INTEREST = [80, 40, 20, 80, 60, 60, 90, 10, 100, 70]
LINES = st.lists(
    st.tuples(st.integers(0, 100), st.integers(1, 100), st.integers(1, 100)), min_size=2, max_size=7
).filter(lambda rows: len({row[0] for row in rows}) > 1)


def test_the_class_example_comes_out():
    """Six actors and the bases: weights, median 40, mean 48.53."""
    weights = bargaining.effective_power(POWER, CARE)
    assert weights.tolist() == [90, 48, 35, 24, 16, 15]
    assert bargaining.weighted_median(PLACES, weights) == 40
    assert bargaining.weighted_mean(PLACES, weights) == pytest.approx(48.53, abs=5e-3)
    assert bargaining.weighted_mean(PLACES, [1] * 6) == 45


def test_the_published_table_comes_out():
    """Ten countries: a median of 7 years and a mean of 7.39."""
    weights = bargaining.effective_power(STATES, INTEREST)
    assert bargaining.weighted_median(YEARS, weights) == 7
    assert bargaining.weighted_mean(YEARS, weights) == pytest.approx(7.39, abs=5e-3)


def test_one_pair_comes_out():
    """Russia expects to lose from challenging Damascus, Damascus to gain from challenging Russia."""
    found = bargaining.expected_gains(PLACES, POWER, CARE)
    assert found[1, 0] == pytest.approx(-0.4066, abs=5e-5)
    assert found[0, 1] == pytest.approx(0.6959, abs=5e-5)


def test_the_challenge_model_begins_at_the_published_median():
    """The first median is the weighted one; positions stay on the line; risk exponents between 0.5 and 2."""
    names = [str(n) for n in range(10)]
    run = bargaining.challenge(names, YEARS, STATES, INTEREST, rounds=8)
    assert run.medians[0] == 7
    assert run.positions.iloc[0].tolist() == YEARS
    assert run.positions.to_numpy().min() >= 4
    assert run.positions.to_numpy().max() <= 10
    assert run.risks.to_numpy().min() >= 0.5
    assert run.risks.to_numpy().max() <= 2
    assert set(run.moves["kind"]) <= {"confrontation", "compromise", "compellence"}


def test_a_run_tells_every_move():
    """Between two rounds only those who took an offer moved, to where it says."""
    run = bargaining.challenge(NAMES, PLACES, POWER, CARE, rounds=3)
    for number in range(1, len(run.positions)):
        before, after = run.positions.loc[number - 1], run.positions.loc[number]
        told = run.moves[run.moves["round"] == number].set_index("actor")["position"]
        assert after[told.index].tolist() == pytest.approx(told.tolist())
        rest = [name for name in NAMES if name not in told.index]
        assert after[rest].tolist() == before[rest].tolist()


def test_two_rounds_by_hand():
    """Two actors alike but for their places: neither gains by a challenge, and nobody moves."""
    run = bargaining.challenge(["a", "b"], [0, 100], [50, 50], [100, 100])
    assert run.settled
    assert run.moves.empty
    assert run.medians == (0.0, 0.0)


@given(LINES, st.integers(-50, 50), st.integers(1, 5))
def test_moving_or_stretching_the_line_moves_the_answers(rows, shift, scale):
    """Expected gains know distances only in shares of the line."""
    places, power, care = map(list, zip(*rows, strict=True))
    weights = bargaining.effective_power(power, care)
    other = [scale * place + shift for place in places]
    median, mean = bargaining.weighted_median(places, weights), bargaining.weighted_mean(places, weights)
    assert bargaining.weighted_median(other, weights) == pytest.approx(scale * median + shift)
    assert bargaining.weighted_mean(other, weights) == pytest.approx(scale * mean + shift)
    assert np.allclose(
        bargaining.expected_gains(other, power, care), bargaining.expected_gains(places, power, care)
    )


@given(LINES)
def test_the_median_wins_every_vote_by_pairs(rows):
    """No other position is nearer to half of the weight."""
    places, power, care = map(np.array, zip(*rows, strict=True))
    weights = bargaining.effective_power(power, care)
    median = bargaining.weighted_median(places, weights)
    for rival in set(places.tolist()):
        closer = weights[np.abs(places - rival) < np.abs(places - median)].sum()
        assert closer <= weights.sum() / 2 + 1e-9


def test_the_median_does_not_mind_how_extreme_an_extreme_is():
    """The mean does."""
    weights = bargaining.effective_power(POWER, CARE)
    further = [40, 200, 35, 20, 0, 80]
    assert bargaining.weighted_median(further, weights) == 40
    assert bargaining.weighted_mean(further, weights) > bargaining.weighted_mean(PLACES, weights)


def test_draws_are_the_same_again_and_wider_with_more_doubt():
    """A seed gives the same draws; no doubt gives the answer itself."""
    first, again = (bargaining.simulate(PLACES, POWER, CARE, runs=50) for _ in range(2))
    assert first.equals(again)
    by_hand = [bargaining.weighted_median(PLACES, [1] * 6), bargaining.weighted_mean(PLACES, [1] * 6)]
    assert bargaining.simulate(PLACES, [100] * 6, [100] * 6, spread=0, runs=1).loc[0].tolist() == by_hand
    none = bargaining.simulate(PLACES, POWER, CARE, spread=0, runs=3)
    assert none["median"].tolist() == [40] * 3
    wide = bargaining.simulate(PLACES, POWER, CARE, spread=30, runs=200)
    narrow = bargaining.simulate(PLACES, POWER, CARE, spread=5, runs=200)
    assert wide["compromise"].std() > narrow["compromise"].std()


def test_draws_run_the_challenge_model_where_it_is_asked():
    """Without doubt every draw ends where the one run ends; a draw with all at one place ends there."""
    end = bargaining.challenge(NAMES, PLACES, POWER, CARE, rounds=4).medians[-1]
    sure = bargaining.simulate(PLACES, POWER, CARE, spread=0, runs=2, rounds=4)
    assert sure["challenge"].tolist() == [end, end]
    drawn = bargaining.simulate(PLACES, POWER, CARE, runs=20, rounds=4)
    without = bargaining.simulate(PLACES, POWER, CARE, runs=20)
    assert drawn[["median", "compromise"]].equals(without)
    near = bargaining.simulate([0, 5], [50, 50], [50, 50], spread=40, runs=50, rounds=1)
    assert (near["compromise"] == 0).any()
    assert (near.loc[near["compromise"] == 0, "challenge"] == 0).all()


def step_by_step(places, power, care, rounds):
    """The challenge model written out for one pair after another, as its description has it."""
    weights = [p * c / 100 for p, c in zip(power, care, strict=True)]
    span, actors = max(places) - min(places), range(len(places))
    now = list(places)

    def gain(i, j, risk):
        far = [[abs(a - b) / span for b in now] for a in now]
        votes = [weights[k] * (far[j][k] - far[i][k]) for k in actors]
        total = sum(map(abs, votes))
        chance = sum(vote for vote in votes if vote > 0) / total if total else 0.5
        won, lost = (2 - 4 * (0.5 + side * 0.5 * far[i][j]) ** risk for side in (-1, 1))
        resist = care[j] / 100
        return resist * (chance * won + (1 - chance) * lost) + (1 - resist) * won - (2 - 4 * 0.5**risk)

    for _ in range(rounds):
        danger = [sum(gain(i, j, 1) for i in actors if i != j) for j in actors]
        reach = max(danger) - min(danger)
        safety = [(2 * one - max(danger) - min(danger)) / reach if reach else 0 for one in danger]
        risks = [(1 - one / 3) / (1 + one / 3) for one in safety]
        goals = {}
        for at in actors:
            offers = []
            for other in actors:
                mine, theirs = gain(at, other, risks[at]), gain(other, at, risks[at])
                if now[at] == now[other] or theirs <= 0:
                    continue
                if theirs > mine > 0:
                    offers.append((0, abs(now[other] - now[at]), now[other]))
                elif mine < 0:
                    way = (now[other] - now[at]) * min(1, -mine / theirs)
                    offers.append((1 if theirs > -mine else 2, abs(way), now[at] + way))
            if offers:
                goals[at] = min(offers)[2]
        if all(abs(goal - now[at]) <= 1e-9 for at, goal in goals.items()):
            break
        for at, goal in goals.items():
            now[at] = goal
    return now


@settings(max_examples=40, deadline=None)
@given(LINES, st.integers(1, 4))
def test_the_rounds_are_those_written_out(rows, rounds):
    """All pairs at once give what one pair after the other gives, in one run and in many."""
    places, power, care = map(list, zip(*rows, strict=True))
    wanted = step_by_step(places, power, care, rounds)
    run = bargaining.challenge(range(len(places)), places, power, care, rounds)
    assert run.positions.iloc[-1].tolist() == pytest.approx(wanted, abs=1e-6)
    drawn = bargaining.simulate(places, power, care, spread=0, runs=3, rounds=rounds)
    assert drawn["challenge"].tolist() == [run.medians[-1]] * 3


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.sampled_from([0, 1, 50]), st.sampled_from([1, 2])), min_size=2
    ),
    st.integers(0, 40),
)
def test_no_draw_is_lost(rows, spread):
    """With inputs next to nothing too there are as many draws as were asked for, none without a median."""
    places, power, care = map(list, zip(*rows, strict=True))
    if len(set(places)) == 1 or not any(power):
        return
    table = bargaining.simulate(places, power, care, spread, runs=200, rounds=1)
    assert len(table) == 200
    assert table.notna().all(axis=None)
    assert table.to_numpy().min() >= 0
    assert table.to_numpy().max() <= 100


def test_inputs_are_matched_by_label():
    """Shuffled columns, or columns labelled with the names, give what lists in order give."""
    columns = [pd.Series(values, index=NAMES) for values in (PLACES, POWER, CARE)]
    mixed = [columns[0], *(one.sample(frac=1, random_state=seed) for seed, one in enumerate(columns[1:]))]
    wanted = bargaining.challenge(NAMES, PLACES, POWER, CARE, rounds=3)
    for names, inputs in (
        (NAMES, mixed),
        (NAMES[::-1], mixed),
        (pd.Series(NAMES, index=NAMES), mixed),
        (NAMES, [one.to_dict() for one in mixed]),
        (NAMES, [pd.Series(values) for values in (PLACES, POWER, CARE)]),
    ):
        run = bargaining.challenge(names, *inputs, rounds=3)
        assert run.medians == pytest.approx(wanted.medians)
        assert run.positions[NAMES].to_numpy() == pytest.approx(wanted.positions.to_numpy())
    weights = bargaining.effective_power(*mixed[1:])
    assert weights[NAMES].tolist() == [90, 48, 35, 24, 16, 15]
    assert bargaining.weighted_median(mixed[0], weights) == 40
    assert bargaining.weighted_mean(mixed[0], weights) == bargaining.weighted_mean(PLACES, weights[NAMES])
    assert bargaining.simulate(*mixed, runs=9, rounds=2).equals(
        bargaining.simulate(PLACES, POWER, CARE, runs=9, rounds=2)
    )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: bargaining.weighted_median([], []),
            "There is no position, so there is nothing to compute. Give at least one.",
        ),
        (
            lambda: bargaining.weighted_median([1, 2], [1]),
            "There are 2 positions, 1 weights. Give as many of each, in the same order.",
        ),
        (
            lambda: bargaining.weighted_mean([1], [0]),
            "Every weight is 0, so nobody counts. Give at least one actor a weight above 0.",
        ),
        (
            lambda: bargaining.effective_power([120], [50]),
            "The capability at place 1 is 120; it must be a number from 0 to 100.",
        ),
        (
            lambda: bargaining.weighted_mean([float("nan")], [1]),
            "The position at place 1 is nan; it must be a finite number.",
        ),
        (
            lambda: bargaining.challenge(["a", "b"], [1, 1], [1, 1], [1, 1]),
            "All actors stand at one position, so there is nothing to bargain over.",
        ),
        (
            lambda: bargaining.simulate({"a": 1, "b": 2}, {"a": 1, "c": 2}, {"a": 1, "b": 2}),
            "The labels of the positions and of the capabilities differ: only the positions have 'b', only "
            "the capabilities have 'c'. Give both the same labels, or values without labels in the same "
            "order.",
        ),
        (
            lambda: bargaining.challenge(["a", "c"], {"a": 1, "b": 2}, [1, 1], [1, 1]),
            "The labels of the names and of the positions differ: only the names have 'c', only the "
            "positions have 'b'. Give both the same labels, or values without labels in the same order.",
        ),
        (
            lambda: bargaining.expected_gains([1, 2], [1, 1], [1, 1], span=-1),
            "The span at place 1 is -1; it must be at least 0.",
        ),
        (
            lambda: bargaining.simulate([1, 2], [1, 1], [1, 1], rounds=-1),
            "The number of rounds is -1; it must be a whole number from 0 up.",
        ),
        (
            lambda: bargaining.challenge(["a", "a"], [1, 2], [1, 1], [1, 1]),
            "Two actors have the same name. Give every actor a name of its own.",
        ),
    ],
)
def test_bad_input_is_told(call, sentence):
    """What was given, and what to do."""
    with pytest.raises(MethodError) as caught:
        call()
    assert str(caught.value) == sentence
