"""Scoring forecasts: how far probabilities were from what happened, and whether they can be trusted.

Probabilities and outcomes that carry labels (a Series, a dict) must carry the same ones, and are matched by
them; lists are taken by place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib.errors import MethodError
from course_lib.methods.rates import wilson
from course_lib.methods.validation import align, finite_numbers, whole_number


@dataclass(frozen=True)
class Decomposition:
    """The parts of a Brier score: `brier` = `reliability` - `resolution` + `uncertainty` + `within`.

    `within` is what forecasts of one bin differ among themselves; it is 0 where each bin holds one value.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float


def brier(probabilities: Iterable[float], outcomes: Iterable[float]) -> float:
    """Return the Brier score of forecasts of events: the mean squared distance from what happened.

    0 is perfect, 1 the worst possible, 0.25 what saying 0.5 to everything earns. Brier's own score of 1950
    sums over both outcomes and is twice this one.

    Parameters
    ----------
    probabilities : iterable of float
        What was said, from 0 to 1.
    outcomes : iterable of float
        1 where the event happened, 0 where not; as many.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    MethodError
        For none, unequal numbers or labels, or values that cannot be.

    References
    ----------
    Brier (1950), register key `brier-1950-verification`.

    Examples
    --------
    >>> float(brier([1, 0.5], [1, 0]))
    0.125
    """
    said, happened = _forecasts(probabilities, outcomes)
    return float(np.mean((said - happened) ** 2))


def log_score(probabilities: Iterable[float], outcomes: Iterable[float], base: float = np.e) -> float:
    """Return the mean surprise at what happened: minus the logarithm of the probability it was given.

    Infinite where something happened that was called impossible; nothing is clipped.

    Parameters
    ----------
    probabilities : iterable of float
        What was said, from 0 to 1.
    outcomes : iterable of float
        1 where the event happened, 0 where not; as many.
    base : float, default e
        Of the logarithm, above 1: e for nats and 2 for bits.

    Returns
    -------
    float
        From 0 up.

    Raises
    ------
    MethodError
        As for `brier`, and for a base that cannot be.

    References
    ----------
    Good (1952), register key `good-1952-rational`.

    Examples
    --------
    >>> float(log_score([0.5, 0.25], [1, 0], base=2))
    0.7075187496394219
    """
    said, happened = _forecasts(probabilities, outcomes)
    if finite_numbers([base], "base", 1)[0] == 1:
        raise MethodError("The base is 1, which no logarithm has. Give e for nats or 2 for bits.")
    given = np.where(happened == 1, said, 1 - said)
    with np.errstate(divide="ignore"):
        # Adding nothing turns the -0.0 of perfect forecasts into 0.
        return float(-np.mean(np.log(given)) / np.log(base) + 0.0)


def skill(score: float, reference: float) -> float:
    """Return how much better a score is than a reference: 1 perfect, 0 no better, below 0 worse.

    The base rate of the same few questions was not known beforehand; say so where it is the reference.

    Parameters
    ----------
    score, reference : float
        Two Brier scores, or two other scores whose best is 0.

    Returns
    -------
    float
        At most 1.

    Raises
    ------
    MethodError
        Where the reference is 0, since nothing can be better than perfect.

    Examples
    --------
    >>> skill(0.125, 0.25)
    0.5
    """
    own, other = finite_numbers([score, reference], "score", 0).tolist()
    if other == 0:
        raise MethodError("The reference scores 0, which is perfect. Choose a reference that can be beaten.")
    return float(1 - own / other)


def decompose(
    probabilities: Iterable[float], outcomes: Iterable[float], edges: Iterable[float] | None = None
) -> Decomposition:
    """Split the Brier score into reliability, resolution and uncertainty, exactly.

    Reliability is how far the forecasts of a bin lie from what happened in it (lower is better), resolution
    how far the bins differ from the base rate (higher is better), uncertainty what no forecaster can change.

    Parameters
    ----------
    probabilities : iterable of float
        What was said, from 0 to 1.
    outcomes : iterable of float
        1 where the event happened, 0 where not; as many.
    edges : iterable of float, optional
        Of the bins, rising from 0 to 1; without them one bin per value.

    Returns
    -------
    Decomposition
        With edges its `within` holds the variance within bins and its covariance.

    Raises
    ------
    MethodError
        As for `brier`, and for edges that do not rise from 0 to 1.

    References
    ----------
    Murphy (1973), register key `murphy-1973-partition`; the within-bin terms follow from the algebra.

    Examples
    --------
    >>> parts = decompose([0.5, 0.5, 1], [0, 1, 1])
    >>> round(parts.reliability - parts.resolution + parts.uncertainty, 9) == round(parts.brier, 9)
    True
    """
    said, happened = _forecasts(probabilities, outcomes)
    bins = _bins(said, edges)
    overall = happened.mean()
    sizes = np.bincount(bins)
    stated, seen = (np.bincount(bins, values) / np.maximum(sizes, 1) for values in (said, happened))
    reliability, resolution = (sizes * (stated - seen) ** 2).sum(), (sizes * (seen - overall) ** 2).sum()
    spread, other = said - stated[bins], happened - seen[bins]
    within = (spread**2 - 2 * spread * other).sum()
    n = len(said)
    return Decomposition(
        float(brier(said, happened)),
        float(reliability / n),
        float(resolution / n),
        float(overall * (1 - overall)),
        float(within / n),
    )


def calibration(
    probabilities: Iterable[float],
    outcomes: Iterable[float],
    edges: Iterable[float] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how often events happened that were given about the same probability.

    A bin of three or four forecasts says next to nothing: its interval shows how little.

    Parameters
    ----------
    probabilities : iterable of float
        What was said, from 0 to 1.
    outcomes : iterable of float
        1 where the event happened, 0 where not; as many.
    edges : iterable of float, optional
        Of the bins, rising from 0 to 1; without them one bin per value.
    level : float, default 0.95
        Of the Wilson intervals.

    Returns
    -------
    DataFrame
        A row per bin that holds a forecast: `from`, `to`, `stated` (mean probability), `n`, `happened` (how
        many), `frequency`, `low`, `high`.

    Raises
    ------
    MethodError
        As for `decompose`, and for a level that is not between 0 and 1.

    References
    ----------
    Wilson (1927), register key `wilson-1927-interval`, for the intervals.

    Examples
    --------
    >>> calibration([0.2, 0.2, 0.9], [0, 1, 1])[["stated", "n", "frequency"]].values.tolist()
    [[0.2, 2.0, 0.5], [0.9, 1.0, 1.0]]
    """
    said, happened = _forecasts(probabilities, outcomes)
    ends_of_bins = None if edges is None else list(edges)
    bins = _bins(said, ends_of_bins)
    rows = []
    for name in np.unique(bins):
        inside = bins == name
        n, k = int(inside.sum()), int(happened[inside].sum())
        interval = wilson(k, n, level)
        if ends_of_bins is None:
            first, last = said[inside].min(), said[inside].max()
        else:
            first, last = ends_of_bins[name], ends_of_bins[name + 1]
        row = (float(first), float(last), said[inside].mean(), n, k, k / n, interval.low, interval.high)
        rows.append(row)
    return pd.DataFrame(rows, columns=["from", "to", "stated", "n", "happened", "frequency", "low", "high"])


def null_distribution(
    probabilities: Iterable[float],
    truth: Iterable[float] | None = None,
    runs: int = 10_000,
    seed: int = 1,
) -> NDArray[np.float64]:
    """Return the Brier scores that luck alone would give: one for each of many invented worlds.

    In each world every event happens or not by a draw of its own, with the probability in `truth`. Events
    that hang together are not drawn so; then luck is a larger part of the score than it seems here. Two
    forecasters of the same events with the same seed meet the same worlds.

    Parameters
    ----------
    probabilities : iterable of float
        What was said, from 0 to 1.
    truth : iterable of float, optional
        The probabilities that events are drawn with; without them what was said is right.
    runs : int, default 10000
        How many worlds.
    seed : int, default 1
        Of the draws.

    Returns
    -------
    ndarray of float, shape (runs,)
        The scores.

    Raises
    ------
    MethodError
        For no probabilities, unequal numbers or labels, values that are no probability, or a number of worlds
        that cannot be.

    Examples
    --------
    >>> null_distribution([0, 1], runs=3).tolist()
    [0.0, 0.0, 0.0]
    """
    stated, actual = align(probabilities=probabilities, truth=probabilities if truth is None else truth)
    said, real = finite_numbers(stated, "probability", 0, 1), finite_numbers(actual, "probability", 0, 1)
    runs = whole_number(runs, "runs")
    happened = np.random.default_rng(seed).random((runs, len(real))) < real
    scores: NDArray[np.float64] = ((said - happened) ** 2).mean(axis=1)
    return scores


def _forecasts(
    probabilities: Iterable[float], outcomes: Iterable[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what was said and what happened."""
    stated, seen = align(probabilities=probabilities, outcomes=outcomes)
    said = finite_numbers(stated, "probability", 0, 1)
    happened = finite_numbers(
        [float(value) if isinstance(value, bool | np.bool_) else value for value in seen], "outcome"
    )
    for place in np.flatnonzero((happened != 0) & (happened != 1))[:1].tolist():
        raise MethodError(
            f"The outcome at place {place + 1} is {happened[place]:g}; it is 1 (happened) or 0 (did not)."
        )
    return said, happened


def _bins(said: NDArray[np.float64], edges: Iterable[float] | None) -> NDArray[np.intp]:
    """Return the number of the bin of each forecast."""
    if edges is None:
        return np.unique(said, return_inverse=True)[1]
    ends = finite_numbers(edges, "edge of a bin", 0, 1)
    if len(ends) < 2 or ends[0] != 0 or ends[-1] != 1 or (np.diff(ends) <= 0).any():
        raise MethodError(
            f"The edges of the bins are {', '.join(f'{edge:g}' for edge in ends)}; "
            "they must rise from 0 to 1."
        )
    # A forecast on an edge belongs to the bin above it, and 1 to the last.
    return np.clip(np.searchsorted(ends, said, side="right") - 1, 0, len(ends) - 2)
