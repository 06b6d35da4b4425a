"""Scoring forecasts: how far probabilities were from what happened, and whether they can be trusted."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.errors import MethodError
from course_lib.methods.rates import wilson
from course_lib.methods.validation import finite_numbers, same_length


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


def brier(probabilities, outcomes):
    """Return the Brier score of forecasts of events: the mean squared distance from what happened.

    0 is perfect, 1 the worst possible, 0.25 what saying 0.5 to everything earns. Brier's own score of 1950
    sums over both outcomes and is twice this one.

    Parameters: `probabilities` from 0 to 1; `outcomes` 1 where the event happened, 0 where not; as many.
    Raises: `MethodError` for none, unequal numbers, or values that cannot be.
    Source: Brier (1950), register key `brier-1950-verification`.

    >>> float(brier([1, 0.5], [1, 0]))
    0.125
    """
    said, happened = _forecasts(probabilities, outcomes)
    return np.mean((said - happened) ** 2)


def log_score(probabilities, outcomes, base=np.e):
    """Return the mean surprise at what happened: minus the logarithm of the probability it was given.

    Infinite where something happened that was called impossible; nothing is clipped.

    Parameters: as for `brier`; `base` of the logarithm, e for nats and 2 for bits.
    Source: Good (1952), register key `good-1952-rational`.

    >>> float(log_score([0.5, 0.25], [1, 0], base=2))
    0.7075187496394219
    """
    said, happened = _forecasts(probabilities, outcomes)
    given = np.where(happened == 1, said, 1 - said)
    with np.errstate(divide="ignore"):
        # Adding nothing turns the -0.0 of perfect forecasts into 0.
        return -np.mean(np.log(given)) / np.log(base) + 0.0


def skill(score, reference):
    """Return how much better a score is than a reference: 1 perfect, 0 no better, below 0 worse.

    The base rate of the same few questions was not known beforehand; say so where it is the reference.

    Parameters: `score` and `reference` two Brier scores, or two other scores whose best is 0.
    Raises: `MethodError` where the reference is 0, since nothing can be better than perfect.

    >>> skill(0.125, 0.25)
    0.5
    """
    score, reference = finite_numbers([score, reference], "score", 0)
    if reference == 0:
        raise MethodError("The reference scores 0, which is perfect. Choose a reference that can be beaten.")
    return float(1 - score / reference)


def decompose(probabilities, outcomes, edges=None):
    """Split the Brier score into reliability, resolution and uncertainty, exactly.

    Reliability is how far the forecasts of a bin lie from what happened in it (lower is better), resolution
    how far the bins differ from the base rate (higher is better), uncertainty what no forecaster can change.

    Parameters: as for `brier`; `edges` of the bins from 0 to 1, or None for one bin per value.
    Returns: a `Decomposition`; with edges its `within` holds the variance within bins and its covariance.
    Source: Murphy (1973), register key `murphy-1973-partition`; the within-bin terms follow from the algebra.

    >>> parts = decompose([0.5, 0.5, 1], [0, 1, 1])
    >>> round(parts.reliability - parts.resolution + parts.uncertainty, 9) == round(parts.brier, 9)
    True
    """
    said, happened = _forecasts(probabilities, outcomes)
    bins = _bins(said, edges)
    overall = happened.mean()
    reliability = resolution = within = 0.0
    for name in np.unique(bins):
        inside = bins == name
        stated, seen = said[inside].mean(), happened[inside].mean()
        reliability += inside.sum() * (stated - seen) ** 2
        resolution += inside.sum() * (seen - overall) ** 2
        spread, other = said[inside] - stated, happened[inside] - seen
        within += (spread**2).sum() - 2 * (spread * other).sum()
    n = len(said)
    return Decomposition(
        float(brier(said, happened)),
        float(reliability / n),
        float(resolution / n),
        float(overall * (1 - overall)),
        float(within / n),
    )


def calibration(probabilities, outcomes, edges=None, level=0.95):
    """Return how often events happened that were given about the same probability.

    A bin of three or four forecasts says next to nothing: its interval shows how little.

    Parameters: as for `decompose`; `level` of the Wilson intervals.
    Returns: a table with a row per bin that holds a forecast: `from`, `to`, `stated` (mean probability), `n`,
    `happened` (how many), `frequency`, `low`, `high`.

    >>> calibration([0.2, 0.2, 0.9], [0, 1, 1])[["stated", "n", "frequency"]].values.tolist()
    [[0.2, 2.0, 0.5], [0.9, 1.0, 1.0]]
    """
    said, happened = _forecasts(probabilities, outcomes)
    bins = _bins(said, edges)
    rows = []
    for name in np.unique(bins):
        inside = bins == name
        n, k = int(inside.sum()), int(happened[inside].sum())
        interval = wilson(k, n, level)
        ends = (said[inside].min(), said[inside].max()) if edges is None else (edges[name], edges[name + 1])
        row = (*map(float, ends), said[inside].mean(), n, k, k / n, interval.low, interval.high)
        rows.append(row)
    return pd.DataFrame(rows, columns=["from", "to", "stated", "n", "happened", "frequency", "low", "high"])


def null_distribution(probabilities, truth=None, runs=10_000, seed=1):
    """Return the Brier scores that luck alone would give: one for each of many invented worlds.

    In each world every event happens or not by a draw of its own, with the probability in `truth`. Events
    that hang together are not drawn so; then luck is a larger part of the score than it seems here. Two
    forecasters of the same events with the same seed meet the same worlds.

    Parameters: `probabilities` that were said, from 0 to 1; `truth` those that events are drawn with, or None
    where what was said is right; `runs` worlds; `seed` of the draws.
    Returns: an array of `runs` scores.

    >>> null_distribution([0, 1], runs=3).tolist()
    [0.0, 0.0, 0.0]
    """
    said = list(probabilities)
    real = said if truth is None else list(truth)
    same_length(probabilities=said, truth=real)
    said, real = finite_numbers(said, "probability", 0, 1), finite_numbers(real, "probability", 0, 1)
    happened = np.random.default_rng(seed).random((runs, len(real))) < real
    return ((said - happened) ** 2).mean(axis=1)


def _forecasts(probabilities, outcomes):
    said, happened = list(probabilities), list(outcomes)
    same_length(probabilities=said, outcomes=happened)
    said = finite_numbers(said, "probability", 0, 1)
    happened = finite_numbers(
        [float(one) if isinstance(one, bool | np.bool_) else one for one in happened], "outcome"
    )
    for place, one in enumerate(happened, start=1):
        if one not in (0, 1):
            raise MethodError(f"The outcome at place {place} is {one:g}; it is 1 (happened) or 0 (did not).")
    return said, happened


def _bins(said, edges):
    if edges is None:
        return np.unique(said, return_inverse=True)[1]
    edges = finite_numbers(edges, "edge of a bin", 0, 1)
    if len(edges) < 2 or edges[0] != 0 or edges[-1] != 1 or (np.diff(edges) <= 0).any():
        raise MethodError(
            f"The edges of the bins are {', '.join(f'{edge:g}' for edge in edges)}; "
            "they must rise from 0 to 1."
        )
    # A forecast on an edge belongs to the bin above it, and 1 to the last.
    return np.clip(np.searchsorted(edges, said, side="right") - 1, 0, len(edges) - 2)
