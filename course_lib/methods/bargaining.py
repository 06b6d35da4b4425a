"""Spatial bargaining: where actors with positions, power and interest on one issue may end up.

All three models put every actor on one line, which politics seldom is, and rest on guessed inputs: run them
over a range of guesses (`simulate`) and look at how wide the answers lie.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.errors import MethodError
from course_lib.methods.validation import finite_numbers, same_length, whole_number


def weighted_median(positions, weights):
    """Return the position at which the weights, added up from the low end, first reach half of their total.

    With preferences that fall with distance it beats every other position in a vote by pairs. Making an
    extreme position more extreme does not move it.

    Parameters: `positions` numbers; `weights` numbers from 0 up, as many, not all 0.
    Source: Black (1948), register key `black-1948-rationale`.

    >>> weighted_median([0, 40, 100], [1, 1, 3])
    100.0
    """
    positions, weights = _weighted(positions, weights)
    order = np.argsort(positions, kind="stable")
    reached = np.cumsum(weights[order])
    # A hair of slack, since sums of fractions miss their half in floating point.
    return float(positions[order][np.argmax(reached >= reached[-1] / 2 * (1 - 1e-12))])


def weighted_mean(positions, weights):
    """Return the mean of the positions by weight, which every actor pulls in proportion.

    >>> weighted_mean([0, 100], [3, 1])
    25.0
    """
    positions, weights = _weighted(positions, weights)
    return float(np.average(positions, weights=weights))


def effective_power(capabilities, saliences):
    """Return capability times salience, each from 0 to 100, as weights from 0 to 100.

    >>> effective_power([100, 60], [90, 80]).tolist()
    [90.0, 48.0]
    """
    capabilities, saliences = list(capabilities), list(saliences)
    same_length(capabilities=capabilities, saliences=saliences)
    return (
        finite_numbers(capabilities, "capability", 0, 100)
        * finite_numbers(saliences, "salience", 0, 100)
        / 100
    )


@dataclass(frozen=True)
class Challenge:
    """What the challenge model found, round by round.

    `medians` the weighted median at the start and after each round; `positions` a table with a row per round
    and a column per actor; `risks` the risk exponents per round; `moves` a table with `round`, `actor`,
    `towards`, `kind` (confrontation, compromise, compellence), `position`; `settled` whether nothing moved
    any more before the rounds ran out.
    """

    medians: tuple
    positions: pd.DataFrame
    risks: pd.DataFrame
    moves: pd.DataFrame
    settled: bool


def expected_gains(positions, capabilities, saliences, risks=None, span=None):
    """Return what each actor expects from challenging each other one, in the challenge model.

    Entry [i, j] is E_i(ij): the challenger's chance is the weighted vote between the two positions, its
    utilities are curved by its risk exponent, and the challenged actor resists as far as it cares (the
    leading salience is the responder's). The status quo is taken as certain (Q = 1), as in the replication.

    Parameters: `positions` numbers; `capabilities`, `saliences` from 0 to 100; `risks` exponents from 0.5 to
    2, or None for 1 (neutral); `span` the length of the line, or None for the range of the positions.
    Returns: a square array with zeros on its diagonal.
    Source: Scholz, Calbert & Smith (2011), register key `scholz-2011-unravelling`, after Bueno de Mesquita
    (1984), `buenodemesquita-1984-forecasting`.

    >>> power, care = [60, 100, 70, 80, 40, 50], [80, 90, 50, 30, 40, 30]
    >>> float(expected_gains([95, 40, 35, 20, 0, 80], power, care)[0, 1].round(4))
    -0.4066
    """
    positions, by_actor, saliences = _actors(positions, capabilities, saliences)
    risks = np.ones(len(positions)) if risks is None else finite_numbers(risks, "risk exponent", 0.5, 2)
    return _gains(positions, by_actor, saliences, risks[:, None], span or np.ptp(positions))


def challenge(names, positions, capabilities, saliences, rounds=10):
    """Run the challenge model until nobody moves, or for a number of rounds.

    A round has five stages: the chance of each challenge by votes; expected gains of risk-neutral actors; how
    safe each actor is and from that its risk exponent, between 0.5 and 2; expected gains again, each seen
    through the eyes of the one who is challenged; offers, of which each actor takes the one that moves it
    least, a lost confrontation before a compromise before compellence.

    Limits: the original was never published in full, and Scholz, Calbert and Smith had to infer steps. A
    first attempt from outside could not reproduce the rounds that they published; a second one did, and so
    did the first with the authors' code (davidmasad.com/blog/bdm-model-sensitivity-analysis, which also tells
    how small differences in code change what comes out). Ours is checked where those rounds begin. It need
    not settle. Use it to see what the assumptions do, not to predict.

    Parameters: `names` of the actors, each once; `positions` numbers; `capabilities` and `saliences` from 0
    to 100; `rounds` at most.
    Returns: a `Challenge`.
    Raises: `MethodError` for fewer than two actors, or for all at one place.
    Source: as for `gains`.

    >>> run = challenge(["a", "b", "c"], [0, 40, 100], [50, 100, 50], [50, 90, 50], rounds=3)
    >>> run.medians[0]
    40.0
    """
    names = list(names)
    positions, by_actor, saliences = _actors(positions, capabilities, saliences)
    same_length(names=names, positions=positions)
    if len(set(names)) != len(names):
        raise MethodError("Two actors have the same name. Give every actor a name of its own.")
    rounds = whole_number(rounds, "rounds")
    span = np.ptp(positions)
    now, history, risks, moves = positions.copy(), [positions.copy()], [], []
    settled = False
    for number in range(1, rounds + 1):
        curve = _risk(now, by_actor, saliences, span)
        risks.append(curve)
        found = _offers(now, by_actor, saliences, curve, span)
        settled = not any(abs(offer[3] - now[at]) > 1e-9 for at, offer in found.items())
        if settled:
            history.append(now.copy())
            break
        for at, (kind, _, towards, position) in found.items():
            moves.append((number, names[at], names[towards], kind, position))
            now[at] = position
        history.append(now.copy())
    medians = tuple(weighted_median(places, by_actor) for places in history)
    return Challenge(
        medians,
        pd.DataFrame(history, columns=names).rename_axis("round"),
        pd.DataFrame(risks, columns=names, index=pd.RangeIndex(1, len(risks) + 1, name="round")),
        pd.DataFrame(moves, columns=["round", "actor", "towards", "kind", "position"]),
        settled,
    )


def simulate(positions, capabilities, saliences, spread=10, runs=1000, rounds=0, seed=20241212):
    """Return what median and mean become when every input is off by chance, and the challenge model if asked.

    Each input is drawn evenly from as far as `spread` below to as far above what was given, and kept within
    its bounds (positions between the lowest and highest of 0, 100 and those given).

    Parameters: as for `challenge`; `spread` in points; `runs` how many draws; `rounds` of the
    challenge model, which is left out for 0; `seed` for the same again.
    Returns: a table with a row per draw and the columns `median`, `compromise` and, with rounds, `challenge`,
    the median at which the challenge model ends.

    >>> simulate([0, 100], [50, 50], [50, 50], spread=0, runs=2).compromise.tolist()
    [50.0, 50.0]
    """
    positions, _, saliences = _actors(positions, capabilities, saliences)
    capabilities = finite_numbers(capabilities, "capability", 0, 100)
    spread = float(finite_numbers([spread], "spread", 0)[0])
    size = whole_number(runs, "runs"), 3, len(positions)
    off = np.random.default_rng(seed).uniform(-spread, spread, size)
    ends = min(0, positions.min()), max(100, positions.max())
    given = ((positions, ends), (capabilities, (0, 100)), (saliences, (0, 100)))
    drawn = np.stack([np.clip(one + off[:, at], *ends) for at, (one, ends) in enumerate(given)])
    drawn = drawn[:, (drawn[1] * drawn[2]).sum(axis=1) > 0]
    places, by_actor = drawn[0], drawn[1] * drawn[2] / 100
    order = np.argsort(places, axis=1, kind="stable")
    reached = np.take_along_axis(by_actor, order, axis=1).cumsum(axis=1)
    # A hair of slack, as in `weighted_median`.
    first = (reached >= reached[:, -1:] / 2 * (1 - 1e-12)).argmax(axis=1)
    medians = np.take_along_axis(places, order, axis=1)[np.arange(len(places)), first]
    table = pd.DataFrame({"median": medians, "compromise": np.average(places, axis=1, weights=by_actor)})
    if rounds:
        table["challenge"] = [
            challenge(range(len(one)), one, power, care, rounds).medians[-1] if np.ptp(one) > 0 else one[0]
            for one, power, care in zip(*drawn, strict=True)
        ]
    return table


def _gains(positions, by_actor, saliences, risks, span):
    apart = np.abs(positions[:, None] - positions[None, :]) / span
    # votes[i, j, k]: how far actor k would rather have i's position than j's
    votes = by_actor * (apart[None, :, :] - apart[:, None, :])
    total = np.abs(votes).sum(axis=2)
    with np.errstate(invalid="ignore"):
        chance = np.where(total > 0, np.clip(votes, 0, None).sum(axis=2) / total, 0.5)
    won, lost = 2 - 4 * (0.5 - 0.5 * apart) ** risks, 2 - 4 * (0.5 + 0.5 * apart) ** risks
    resist = saliences[None, :] / 100
    found = resist * (chance * won + (1 - chance) * lost) + (1 - resist) * won - (2 - 4 * 0.5**risks)
    np.fill_diagonal(found, 0)
    return found


def _risk(positions, by_actor, saliences, span):
    danger = _gains(positions, by_actor, saliences, np.ones((len(positions), 1)), span).sum(axis=0)
    reach = danger.max() - danger.min()
    if reach == 0:
        return np.ones(len(positions))
    safety = (2 * danger - danger.max() - danger.min()) / reach
    return (1 - safety / 3) / (1 + safety / 3)


def _offers(positions, by_actor, saliences, risks, span):
    """Return the offer each actor takes: a dict from its place to kind, size of the move, whom, where."""
    taken = {}
    for at in range(len(positions)):
        # How the challenged actor sees both sides: with its own risk exponent.
        seen = _gains(positions, by_actor, saliences, np.full((len(positions), 1), risks[at]), span)
        offers = []
        for other in range(len(positions)):
            mine, theirs = seen[at, other], seen[other, at]
            if positions[at] == positions[other] or theirs <= 0:
                continue
            if theirs > mine > 0:
                offers.append((0, "confrontation", other, positions[other]))
            elif mine < 0 and theirs > -mine:
                step = (positions[other] - positions[at]) * -mine / theirs
                offers.append((1, "compromise", other, positions[at] + step))
            elif mine < 0:
                offers.append((2, "compellence", other, positions[other]))
        if offers:
            _, kind, other, position = min(offers, key=lambda one: (one[0], abs(one[3] - positions[at])))
            taken[at] = (kind, abs(position - positions[at]), other, float(position))
    return taken


def _weighted(positions, weights):
    positions, weights = list(positions), list(weights)
    same_length(positions=positions, weights=weights)
    positions, weights = finite_numbers(positions, "position"), finite_numbers(weights, "weight", 0)
    if weights.sum() == 0:
        raise MethodError("Every weight is 0, so nobody counts. Give at least one actor a weight above 0.")
    return positions, weights


def _actors(positions, capabilities, saliences):
    positions = list(positions)
    by_actor = effective_power(capabilities, saliences)
    same_length(positions=positions, capabilities=by_actor)
    positions, by_actor = _weighted(positions, by_actor)
    if np.ptp(positions) == 0:
        raise MethodError("All actors stand at one position, so there is nothing to bargain over.")
    return positions, by_actor, finite_numbers(saliences, "salience", 0, 100)
