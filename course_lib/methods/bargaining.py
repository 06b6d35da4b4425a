"""Spatial bargaining: where actors with positions, power and interest on one issue may end up.

All three models put every actor on one line, which politics seldom is, and rest on guessed inputs: run them
over a range of guesses (`simulate`) and look at how wide the answers lie.

Inputs that carry labels (a Series, a dict) must all carry the same ones, and are matched by them; lists are
taken by place.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib.errors import MethodError
from course_lib.methods.validation import (
    align,
    by_label,
    finite_numbers,
    labels_of,
    same_length,
    whole_number,
)

Floats: TypeAlias = NDArray[np.float64]
# Kinds of offers, in the order in which actors prefer them.
_KINDS = ("confrontation", "compromise", "compellence")
# So many numbers of the votes of all actors between all pairs of positions are held at once.
_AT_ONCE = 1 << 18


class _Round(NamedTuple):
    """A round of the challenge model in many runs at once, each array with a row per run, a column per actor.

    `risks` exponents; of the offer that each actor takes `kind` (its place in `_KINDS`, beyond the last where
    there is none), `other` the place of who makes it, `position` where it leads; `moved` whether it moves.
    """

    risks: Floats
    kind: NDArray[np.intp]
    other: NDArray[np.intp]
    position: Floats
    moved: NDArray[np.bool_]


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
        For none, unequal numbers or labels, or weights that are all 0.

    References
    ----------
    Black (1948), register key `black-1948-rationale`.

    Examples
    --------
    >>> weighted_median([0, 40, 100], [1, 1, 3])
    100.0
    """
    places, by_actor = _weigh(positions, weights)
    return float(_medians(places[None], by_actor[None])[0])


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


def effective_power(
    capabilities: Iterable[float], saliences: Iterable[float]
) -> "NDArray[np.float64] | pd.Series[float]":
    """Return capability times salience, each from 0 to 100, as weights from 0 to 100.

    Parameters
    ----------
    capabilities, saliences : iterable of float
        From 0 to 100, one for each actor, in the same order.

    Returns
    -------
    ndarray or Series of float, shape (actors,)
        From 0 to 100; a Series where one of the two carries labels.

    Raises
    ------
    MethodError
        For unequal numbers or labels, or values out of their bounds.

    References
    ----------
    Bueno de Mesquita (1984), register key `buenodemesquita-1984-forecasting`.

    Examples
    --------
    >>> effective_power([100, 60], [90, 80]).tolist()
    [90.0, 48.0]
    """
    labels = labels_of(capabilities, saliences)
    power, care = align(capabilities=capabilities, saliences=saliences)
    weights = _power(finite_numbers(power, "capability", 0, 100), finite_numbers(care, "salience", 0, 100))
    return weights if labels is None else pd.Series(weights, index=labels)


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
        The length of the line, above 0; without it the range of the positions.

    Returns
    -------
    ndarray of float, shape (actors, actors)
        Zeros on its diagonal.

    Raises
    ------
    MethodError
        For unequal numbers or labels, values that cannot be, or all actors at one position.

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
    lists = {"positions": positions, "capabilities": capabilities, "saliences": saliences}
    if risks is not None:
        lists["risk exponents"] = risks
    stands, power, cares, *curves = align(**lists)
    places, by_actor, care = _actors(stands, power, cares)
    curve = finite_numbers(curves[0], "risk exponent", 0.5, 2) if curves else np.ones(len(places))
    length = np.ptp(places) if span is None else finite_numbers([span], "span", 0)[0]
    if length == 0:
        raise MethodError("The span is 0, so no distance can be told. Give the length of the line.")
    apart = np.abs(places[:, None] - places[None, :])[None] / length
    found: Floats = _gains(apart, _chances(apart, by_actor[None]), care[None], curve[None, :, None])[0]
    return found


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
        Of the actors, each once. Inputs that are labelled with these names are matched by them.
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
        For unequal numbers or labels, a name that stands twice, values that cannot be, or all actors at one
        place.

    Notes
    -----
    The original was never published in full, and Scholz, Calbert and Smith had to infer steps. A first
    attempt from outside could not reproduce the rounds that they published; a second one did, and so did the
    first with the authors' code (davidmasad.com/blog/bdm-model-sensitivity-analysis, which also tells how
    small differences in code change what comes out). Ours is checked where those rounds begin. It need not
    settle. Use it to see what the assumptions do, not to predict.

    References
    ----------
    As for `expected_gains`.

    Examples
    --------
    >>> run = challenge(["a", "b", "c"], [0, 40, 100], [50, 100, 50], [50, 90, 50], rounds=3)
    >>> run.medians[0]
    40.0
    """
    actors, stands, power, cares = _match_names(names, positions, capabilities, saliences)
    start, by_actor, care = _actors(stands, power, cares)
    rounds = whole_number(rounds, "rounds")
    span = np.array([np.ptp(start)])
    now, history = start.copy(), [start.copy()]
    risks: list[NDArray[np.float64]] = []
    moves: list[tuple[int, Hashable, Hashable, str, float]] = []
    settled = False
    for number in range(1, rounds + 1):
        found = _round(now[None], by_actor[None], care[None], span)
        risks.append(found.risks[0])
        settled = not found.moved.any()
        if settled:
            history.append(now.copy())
            break
        for at in np.flatnonzero(found.kind[0] < len(_KINDS)).tolist():
            kind, other = _KINDS[found.kind[0, at]], actors[found.other[0, at]]
            moves.append((number, actors[at], other, kind, float(found.position[0, at])))
        now = found.position[0]
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
    its bounds (positions between the lowest and highest of 0, 100 and those given). A draw in which no actor
    has any weight has no median, and is drawn again: there are always as many draws as were asked for.

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
        For unequal numbers or labels, values that cannot be, all actors at one position, or nobody with any
        weight.

    References
    ----------
    As for `expected_gains`.

    Examples
    --------
    >>> simulate([0, 100], [50, 50], [50, 50], spread=0, runs=2).compromise.tolist()
    [50.0, 50.0]
    """
    places, power, cares = align(positions=positions, capabilities=capabilities, saliences=saliences)
    stands, _, care = _actors(places, power, cares)
    given = np.stack([stands, finite_numbers(power, "capability", 0, 100), care])
    low, high = np.array([[min(0.0, stands.min()), 0, 0], [max(100.0, stands.max()), 100, 100]])
    reach = float(finite_numbers([spread], "spread", 0)[0])
    size, rounds = whole_number(runs, "runs"), whole_number(rounds, "rounds")
    draw = np.random.default_rng(seed)
    drawn = np.empty((size, *given.shape))
    empty = np.arange(size)
    # Somebody has weight as given, and then at least as often as not in a quarter of the draws.
    while len(empty):
        off = draw.uniform(-reach, reach, (len(empty), *given.shape))
        drawn[empty] = np.clip(given + off, low[:, None], high[:, None])
        empty = empty[_power(drawn[empty, 1], drawn[empty, 2]).sum(axis=1) == 0]
    at, care = drawn[:, 0], drawn[:, 2]
    by_actor = _power(drawn[:, 1], care)
    means = (at * by_actor).sum(axis=1) / by_actor.sum(axis=1)
    table = pd.DataFrame({"median": _medians(at, by_actor), "compromise": means})
    if rounds:
        table["challenge"] = _final_medians(at, by_actor, care, rounds)
    return table


def _power(capabilities: Floats, saliences: Floats) -> Floats:
    return capabilities * saliences / 100


def _medians(positions: Floats, by_actor: Floats) -> Floats:
    """Return the weighted median of each row."""
    order = np.argsort(positions, axis=1, kind="stable")
    reached = np.take_along_axis(by_actor, order, axis=1).cumsum(axis=1)
    # A hair of slack, since sums of fractions miss their half in floating point.
    first = (reached >= reached[:, -1:] / 2 * (1 - 1e-12)).argmax(axis=1)
    found: Floats = np.take_along_axis(positions, order, axis=1)[np.arange(len(positions)), first]
    return found


def _final_medians(positions: Floats, by_actor: Floats, saliences: Floats, rounds: int) -> Floats:
    """Return the median at which the challenge model ends in each row, some rows at once."""
    now = positions.copy()
    spans = np.ptp(positions, axis=1)
    moving = np.flatnonzero(spans > 0)
    step = max(1, _AT_ONCE // positions.shape[1] ** 3)
    for block in (moving[start : start + step] for start in range(0, len(moving), step)):
        for _ in range(rounds):
            found = _round(now[block], by_actor[block], saliences[block], spans[block])
            goes_on = found.moved.any(axis=1)
            block = block[goes_on]
            if not len(block):
                break
            now[block] = found.position[goes_on]
    return _medians(now, by_actor)


def _chances(apart: Floats, by_actor: Floats) -> Floats:
    """Return the chance of each challenge by votes, from how far positions lie apart."""
    # votes[run, i, j, k]: how far actor k would rather have i's position than j's
    votes = by_actor[:, None, None, :] * (apart[:, None, :, :] - apart[:, :, None, :])
    total = np.abs(votes).sum(axis=3)
    with np.errstate(invalid="ignore"):
        return np.where(total > 0, np.maximum(votes, 0).sum(axis=3) / total, 0.5)


def _gains(apart: Floats, chance: Floats, saliences: Floats, risks: Floats) -> Floats:
    """Return what each actor expects from challenging each other one, in each run."""
    won, lost = 2 - 4 * (0.5 - 0.5 * apart) ** risks, 2 - 4 * (0.5 + 0.5 * apart) ** risks
    resist = saliences[:, None, :] / 100
    found: Floats = resist * (chance * won + (1 - chance) * lost) + (1 - resist) * won - (2 - 4 * 0.5**risks)
    diagonal = np.arange(apart.shape[1])
    found[:, diagonal, diagonal] = 0
    return found


def _risk(apart: Floats, chance: Floats, saliences: Floats) -> Floats:
    """Return the risk exponent of each actor: the safer, the lower."""
    danger = _gains(apart, chance, saliences, np.ones((1, 1, 1))).sum(axis=1)
    most, least = danger.max(axis=1, keepdims=True), danger.min(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        safety = (2 * danger - most - least) / (most - least)
    return np.where(most > least, (1 - safety / 3) / (1 + safety / 3), 1.0)


def _round(positions: Floats, by_actor: Floats, saliences: Floats, spans: Floats) -> _Round:
    """Return what happens in a round, each run a row."""
    apart = np.abs(positions[:, :, None] - positions[:, None, :]) / spans[:, None, None]
    chance = _chances(apart, by_actor)
    risks = _risk(apart, chance, saliences)
    # How the challenged actor sees both sides: with its own risk exponent.
    mine = _gains(apart, chance, saliences, risks[:, :, None])
    theirs = _gains(apart, chance, saliences, risks[:, None, :]).transpose(0, 2, 1)
    here, there = positions[:, :, None], positions[:, None, :]
    offered = (here != there) & (theirs > 0)
    kinds = (theirs > mine) & (mine > 0), (mine < 0) & (theirs > -mine), mine < 0
    kind = np.select([offered & which for which in kinds], range(len(_KINDS)), len(_KINDS))
    with np.errstate(divide="ignore", invalid="ignore"):
        target = np.where(kind == 1, here + (there - here) * -mine / theirs, there)
    taken = kind.min(axis=2)
    way = np.where(kind == taken[:, :, None], np.abs(target - here), np.inf)
    other = way.argmin(axis=2)
    goal = np.take_along_axis(target, other[:, :, None], axis=2)[:, :, 0]
    position = np.where(taken < len(_KINDS), goal, positions)
    return _Round(risks, taken, other, position, np.abs(position - positions) > 1e-9)


def _match_names(
    names: Iterable[Hashable],
    positions: Iterable[float],
    capabilities: Iterable[float],
    saliences: Iterable[float],
) -> tuple[list[Hashable], Iterable[float], Iterable[float], Iterable[float]]:
    """Return names and inputs in one order, that of the names."""
    lists = {"positions": positions, "capabilities": capabilities, "saliences": saliences}
    actors = list(align(names=names)[0])
    own, labels = labels_of(names), labels_of(*lists.values())
    if own is not None:
        align(**{"names": names, **lists})
    elif labels is not None and labels != list(range(len(labels))) and set(labels) & set(actors):
        # Without labels of their own, names are what inputs may be labelled with.
        own = actors
    if own is not None:
        lists = {what: by_label(own, values, "names", what) for what, values in lists.items()}
    stands, power, care = align(**lists)
    same_length(names=actors, positions=stands)
    if len(set(actors)) != len(actors):
        raise MethodError("Two actors have the same name. Give every actor a name of its own.")
    return actors, stands, power, care


def _weigh(positions: Iterable[float], weights: Iterable[float]) -> tuple[Floats, Floats]:
    stands, weighs = align(positions=positions, weights=weights)
    places, by_actor = finite_numbers(stands, "position"), finite_numbers(weighs, "weight", 0)
    if by_actor.sum() == 0:
        raise MethodError("Every weight is 0, so nobody counts. Give at least one actor a weight above 0.")
    return places, by_actor


def _actors(
    positions: Iterable[float], capabilities: Iterable[float], saliences: Iterable[float]
) -> tuple[Floats, Floats, Floats]:
    """Return where actors stand, how much each counts, and how much each cares."""
    stands, power, cares = align(positions=positions, capabilities=capabilities, saliences=saliences)
    able, care = finite_numbers(power, "capability", 0, 100), finite_numbers(cares, "salience", 0, 100)
    places, by_actor = _weigh(stands, _power(able, care))
    if np.ptp(places) == 0:
        raise MethodError("All actors stand at one position, so there is nothing to bargain over.")
    return places, by_actor, care
