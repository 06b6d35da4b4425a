"""Spatial bargaining: where actors with positions, power and interest on one issue may end up.

All three models put every actor on one line, which politics seldom is, and rest on guessed inputs: run them
over a range of guesses (`simulate`) and look at how wide the answers lie.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib.errors import MethodError
from course_lib.methods.validation import finite_numbers, same_length, whole_number

Floats: TypeAlias = NDArray[np.float64]


class _Offer(NamedTuple):
    """An offer to an actor: its rank among kinds, the kind, who makes it, and where it leads."""

    rank: int
    kind: str
    other: int
    position: float


def weighted_median(positions: Iterable[float], weights: Iterable[float]) -> float:
    """Return the position at which the weights, added up from the low end, first reach half of their total.

    With preferences that fall with distance it beats every other position in a vote by pairs. Making an
    extreme position more extreme does not move it.

    Parameters
    ----------
    positions : iterable of float
        Where each actor stands.
    weights : iterable of float
        From 0 up, as many, not all 0.

    Returns
    -------
    float
        One of the positions.

    Raises
    ------
    MethodError
        For none, unequal numbers, or weights that are all 0.

    References
    ----------
    Black (1948), register key `black-1948-rationale`.

    Examples
    --------
    >>> weighted_median([0, 40, 100], [1, 1, 3])
    100.0
    """
    places, by_actor = _weigh(positions, weights)
    order = np.argsort(places, kind="stable")
    reached = np.cumsum(by_actor[order])
    # A hair of slack, since sums of fractions miss their half in floating point.
    return float(places[order][np.argmax(reached >= reached[-1] / 2 * (1 - 1e-12))])


def weighted_mean(positions: Iterable[float], weights: Iterable[float]) -> float:
    """Return the mean of the positions by weight, which every actor pulls in proportion.

    Parameters
    ----------
    positions : iterable of float
        Where each actor stands.
    weights : iterable of float
        From 0 up, as many, not all 0.

    Returns
    -------
    float
        The mean.

    Raises
    ------
    MethodError
        As for `weighted_median`.

    Examples
    --------
    >>> weighted_mean([0, 100], [3, 1])
    25.0
    """
    places, by_actor = _weigh(positions, weights)
    return float(np.average(places, weights=by_actor))


def effective_power(capabilities: Iterable[float], saliences: Iterable[float]) -> NDArray[np.float64]:
    """Return capability times salience, each from 0 to 100, as weights from 0 to 100.

    Parameters
    ----------
    capabilities, saliences : iterable of float
        From 0 to 100, one for each actor, in the same order.

    Returns
    -------
    ndarray of float, shape (actors,)
        From 0 to 100.

    Raises
    ------
    MethodError
        For unequal numbers, or values out of their bounds.

    Examples
    --------
    >>> effective_power([100, 60], [90, 80]).tolist()
    [90.0, 48.0]
    """
    power, care = list(capabilities), list(saliences)
    same_length(capabilities=power, saliences=care)
    return finite_numbers(power, "capability", 0, 100) * finite_numbers(care, "salience", 0, 100) / 100


@dataclass(frozen=True)
class Challenge:
    """What the challenge model found, round by round.

    `medians` the weighted median at the start and after each round; `positions` a table with a row per round
    and a column per actor; `risks` the risk exponents per round; `moves` a table with `round`, `actor`,
    `towards`, `kind` (confrontation, compromise, compellence), `position`; `settled` whether nothing moved
    any more before the rounds ran out.
    """

    medians: tuple[float, ...]
    positions: pd.DataFrame
    risks: pd.DataFrame
    moves: pd.DataFrame
    settled: bool


def expected_gains(
    positions: Iterable[float],
    capabilities: Iterable[float],
    saliences: Iterable[float],
    risks: Iterable[float] | None = None,
    span: float | None = None,
) -> NDArray[np.float64]:
    """Return what each actor expects from challenging each other one, in the challenge model.

    Entry [i, j] is E_i(ij): the challenger's chance is the weighted vote between the two positions, its
    utilities are curved by its risk exponent, and the challenged actor resists as far as it cares (the
    leading salience is the responder's). The status quo is taken as certain (Q = 1), as in the replication.

    Parameters
    ----------
    positions : iterable of float
        Where each actor stands.
    capabilities, saliences : iterable of float
        From 0 to 100, one for each actor, in the same order.
    risks : iterable of float, optional
        Exponents from 0.5 to 2; without them 1, which is neutral.
    span : float, optional
        The length of the line; without it the range of the positions.

    Returns
    -------
    ndarray of float, shape (actors, actors)
        Zeros on its diagonal.

    Raises
    ------
    MethodError
        For values that cannot be, or all actors at one position.

    References
    ----------
    Scholz, Calbert & Smith (2011), register key `scholz-2011-unravelling`, after Bueno de Mesquita (1984),
    `buenodemesquita-1984-forecasting`.

    Examples
    --------
    >>> power, care = [60, 100, 70, 80, 40, 50], [80, 90, 50, 30, 40, 30]
    >>> float(expected_gains([95, 40, 35, 20, 0, 80], power, care)[0, 1].round(4))
    -0.4066
    """
    places, by_actor, care = _actors(positions, capabilities, saliences)
    curve = np.ones(len(places)) if risks is None else finite_numbers(risks, "risk exponent", 0.5, 2)
    return _gains(places, by_actor, care, curve[:, None], span or float(np.ptp(places)))


def challenge(
    names: Iterable[Hashable],
    positions: Iterable[float],
    capabilities: Iterable[float],
    saliences: Iterable[float],
    rounds: int = 10,
) -> Challenge:
    """Run the challenge model until nobody moves, or for a number of rounds.

    A round has five stages: the chance of each challenge by votes; expected gains of risk-neutral actors; how
    safe each actor is and from that its risk exponent, between 0.5 and 2; expected gains again, each seen
    through the eyes of the one who is challenged; offers, of which each actor takes the one that moves it
    least, a lost confrontation before a compromise before compellence.

    Parameters
    ----------
    names : iterable of hashable
        Of the actors, each once.
    positions : iterable of float
        Where each actor stands.
    capabilities, saliences : iterable of float
        From 0 to 100, one for each actor, in the same order.
    rounds : int, default 10
        The most that are run.

    Returns
    -------
    Challenge
        What was found, round by round.

    Raises
    ------
    MethodError
        For fewer than two actors, or for all at one place.

    Notes
    -----
    the original was never published in full, and Scholz, Calbert and Smith had to infer steps. A first
    attempt from outside could not reproduce the rounds that they published; a second one did, and so did the
    first with the authors' code (davidmasad.com/blog/bdm-model-sensitivity-analysis, which also tells how
    small differences in code change what comes out). Ours is checked where those rounds begin. It need not
    settle. Use it to see what the assumptions do, not to predict.

    References
    ----------
    as for `expected_gains`.

    Examples
    --------
    >>> run = challenge(["a", "b", "c"], [0, 40, 100], [50, 100, 50], [50, 90, 50], rounds=3)
    >>> run.medians[0]
    40.0
    """
    actors = list(names)
    start, by_actor, care = _actors(positions, capabilities, saliences)
    same_length(names=actors, positions=start)
    if len(set(actors)) != len(actors):
        raise MethodError("Two actors have the same name. Give every actor a name of its own.")
    rounds = whole_number(rounds, "rounds")
    span = float(np.ptp(start))
    now, history = start.copy(), [start.copy()]
    risks: list[NDArray[np.float64]] = []
    moves: list[tuple[int, Hashable, Hashable, str, float]] = []
    settled = False
    for number in range(1, rounds + 1):
        curve = _risk(now, by_actor, care, span)
        risks.append(curve)
        found = _offers(now, by_actor, care, curve, span)
        settled = not any(abs(offer.position - now[at]) > 1e-9 for at, offer in found.items())
        if settled:
            history.append(now.copy())
            break
        for at, offer in found.items():
            moves.append((number, actors[at], actors[offer.other], offer.kind, offer.position))
            now[at] = offer.position
        history.append(now.copy())
    medians = tuple(weighted_median(places, by_actor) for places in history)
    return Challenge(
        medians,
        pd.DataFrame(history, columns=actors).rename_axis("round"),
        pd.DataFrame(risks, columns=actors, index=pd.RangeIndex(1, len(risks) + 1, name="round")),
        pd.DataFrame(moves, columns=["round", "actor", "towards", "kind", "position"]),
        settled,
    )


def simulate(
    positions: Iterable[float],
    capabilities: Iterable[float],
    saliences: Iterable[float],
    spread: float = 10,
    runs: int = 1000,
    rounds: int = 0,
    seed: int = 20241212,
) -> pd.DataFrame:
    """Return what median and mean become when every input is off by chance, and the challenge model if asked.

    Each input is drawn evenly from as far as `spread` below to as far above what was given, and kept within
    its bounds (positions between the lowest and highest of 0, 100 and those given).

    Parameters
    ----------
    positions : iterable of float
        Where each actor stands.
    capabilities, saliences : iterable of float
        From 0 to 100, one for each actor, in the same order.
    spread : float, default 10
        How far off an input may be, in points, either way.
    runs : int, default 1000
        How many draws.
    rounds : int, default 0
        Rounds of the challenge model, which is left out for 0.
    seed : int, optional
        For the same draws again.

    Returns
    -------
    DataFrame
        A row per draw and the columns `median`, `compromise` and, with rounds, `challenge`, the median at
        which the challenge model ends.

    Raises
    ------
    MethodError
        As for `challenge`.

    Examples
    --------
    >>> simulate([0, 100], [50, 50], [50, 50], spread=0, runs=2).compromise.tolist()
    [50.0, 50.0]
    """
    capabilities = list(capabilities)
    stands, _, care = _actors(positions, capabilities, saliences)
    power = finite_numbers(capabilities, "capability", 0, 100)
    reach = float(finite_numbers([spread], "spread", 0)[0])
    size = whole_number(runs, "runs"), 3, len(stands)
    off = np.random.default_rng(seed).uniform(-reach, reach, size)
    inputs = (
        (stands, min(0.0, float(stands.min())), max(100.0, float(stands.max()))),
        (power, 0.0, 100.0),
        (care, 0.0, 100.0),
    )
    drawn = np.stack(
        [np.clip(values + off[:, at], low, high) for at, (values, low, high) in enumerate(inputs)]
    )
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
            challenge(range(len(row)), row, powers, cares, rounds).medians[-1] if np.ptp(row) > 0 else row[0]
            for row, powers, cares in zip(*drawn, strict=True)
        ]
    return table


def _gains(positions: Floats, by_actor: Floats, saliences: Floats, risks: Floats, span: float) -> Floats:
    apart = np.abs(positions[:, None] - positions[None, :]) / span
    # votes[i, j, k]: how far actor k would rather have i's position than j's
    votes = by_actor * (apart[None, :, :] - apart[:, None, :])
    total = np.abs(votes).sum(axis=2)
    with np.errstate(invalid="ignore"):
        chance = np.where(total > 0, np.clip(votes, 0, None).sum(axis=2) / total, 0.5)
    won, lost = 2 - 4 * (0.5 - 0.5 * apart) ** risks, 2 - 4 * (0.5 + 0.5 * apart) ** risks
    resist = saliences[None, :] / 100
    found: Floats = resist * (chance * won + (1 - chance) * lost) + (1 - resist) * won - (2 - 4 * 0.5**risks)
    np.fill_diagonal(found, 0)
    return found


def _risk(positions: Floats, by_actor: Floats, saliences: Floats, span: float) -> Floats:
    danger = _gains(positions, by_actor, saliences, np.ones((len(positions), 1)), span).sum(axis=0)
    reach = danger.max() - danger.min()
    if reach == 0:
        return np.ones(len(positions))
    safety: Floats = (2 * danger - danger.max() - danger.min()) / reach
    return (1 - safety / 3) / (1 + safety / 3)


def _offers(
    positions: Floats, by_actor: Floats, saliences: Floats, risks: Floats, span: float
) -> dict[int, _Offer]:
    """Return the offer each actor takes, by the place of the actor."""
    taken: dict[int, _Offer] = {}
    for at in range(len(positions)):
        # How the challenged actor sees both sides: with its own risk exponent.
        seen = _gains(positions, by_actor, saliences, np.full((len(positions), 1), risks[at]), span)
        offers: list[_Offer] = []
        for other in range(len(positions)):
            mine, theirs = seen[at, other], seen[other, at]
            if positions[at] == positions[other] or theirs <= 0:
                continue
            if theirs > mine > 0:
                offers.append(_Offer(0, "confrontation", other, float(positions[other])))
            elif mine < 0 and theirs > -mine:
                step = (positions[other] - positions[at]) * -mine / theirs
                offers.append(_Offer(1, "compromise", other, float(positions[at] + step)))
            elif mine < 0:
                offers.append(_Offer(2, "compellence", other, float(positions[other])))
        if offers:
            here = float(positions[at])
            taken[at] = min(offers, key=lambda offer: (offer.rank, abs(offer.position - here)))
    return taken


def _weigh(positions: Iterable[float], weights: Iterable[float]) -> tuple[Floats, Floats]:
    stands, weighs = list(positions), list(weights)
    same_length(positions=stands, weights=weighs)
    places, by_actor = finite_numbers(stands, "position"), finite_numbers(weighs, "weight", 0)
    if by_actor.sum() == 0:
        raise MethodError("Every weight is 0, so nobody counts. Give at least one actor a weight above 0.")
    return places, by_actor


def _actors(
    positions: Iterable[float], capabilities: Iterable[float], saliences: Iterable[float]
) -> tuple[Floats, Floats, Floats]:
    """Return where actors stand, how much each counts, and how much each cares."""
    stands, care = list(positions), list(saliences)
    power = effective_power(capabilities, care)
    same_length(positions=stands, capabilities=power)
    places, by_actor = _weigh(stands, power)
    if np.ptp(places) == 0:
        raise MethodError("All actors stand at one position, so there is nothing to bargain over.")
    return places, by_actor, finite_numbers(care, "salience", 0, 100)
