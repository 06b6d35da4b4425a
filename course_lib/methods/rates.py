"""Rates from few cases: how sure one can be, which cases count, and what evidence does to a belief."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from course_lib.errors import MethodError, NoCasesError, nearest
from course_lib.methods.validation import finite_numbers, same_length, whole_number


@dataclass(frozen=True)
class Interval:
    """An estimate with the ends of its interval."""

    estimate: float
    low: float
    high: float


def wilson(k, n, level=0.95):
    """Return the share k of n with Wilson's interval, which stays between 0 and 1 and works for few cases.

    The interval covers chance in drawing the cases and nothing else: neither how they were chosen nor how
    they were coded.

    Parameters: `k` successes among `n` cases; `level` of the interval, between 0 and 1.
    Returns: an `Interval`.
    Raises: `MethodError` for no cases, more successes than cases, or a level that cannot be.
    Source: Wilson (1927), register key `wilson-1927-interval`.

    >>> one = wilson(0, 14)
    >>> one.low, round(one.high, 4)
    (0.0, 0.2153)
    """
    n = whole_number(n, "cases")
    if n == 0:
        raise NoCasesError("There are no cases, so there is no share. Choose a rule that leaves some.")
    return wilson_mean(whole_number(k, "successes", n) / n, n, level)


def wilson_mean(mean, n, level=0.95):
    """Return a mean of n marks from 0 to 1 with Wilson's interval.

    Of marks that are 0 or 1 it is the interval of their share. Marks between them vary less than that, and
    the interval is then wider than it need be.

    Parameters: `mean` from 0 to 1; `n` above 0, of marks, or of as many as they are worth; `level` as above.
    Returns: an `Interval`.
    Raises: `MethodError` for a mean, number or level that cannot be.

    >>> wilson_mean(0.5, 10) == wilson(5, 10)
    True
    """
    if not n > 0:
        raise NoCasesError(f"There are {n} marks, so there is no mean. Give one at least.")
    p, z = float(finite_numbers([mean], "mean", 0, 1)[0]), _z(level)
    width = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / width
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / width
    # At the ends the formula gives exactly 0 and 1; floating point does not.
    low = 0.0 if p == 0 else centre - half
    high = 1.0 if p == 1 else centre + half
    return Interval(p, low, high)


def difference(k1, n1, k2, n2, level=0.95):
    """Return the difference of two shares, k1 of n1 less k2 of n2, with Newcombe's interval.

    For two separate sets of cases. For the same people before and after, another method is needed.

    Returns: an `Interval` within -1 and 1.
    Source: Newcombe (1998), method 10, which joins two Wilson intervals.

    >>> one = difference(18, 25, 10, 25)
    >>> round(one.estimate, 2), round(one.low, 3), round(one.high, 3)
    (0.32, 0.045, 0.535)
    """
    first, second = wilson(k1, n1, level), wilson(k2, n2, level)
    apart = first.estimate - second.estimate
    low = apart - math.hypot(first.estimate - first.low, second.high - second.estimate)
    high = apart + math.hypot(first.high - first.estimate, second.estimate - second.low)
    return Interval(apart, low, high)


@dataclass(frozen=True)
class BaseRate:
    """A base rate with the rule it comes from: `successes` of `n` cases, `interval`, `dropped` by reason."""

    successes: int
    n: int
    interval: Interval
    dropped: dict


# What counts as favourable: peace of some kind, or power won at the ballot.
FAVOURABLE = ("settled", "reduced_violence")


def base_rate(episodes, kinds=None, ties="fail", per_conflict="all", level=0.95):
    """Return how often talks were followed by a favourable outcome, under a rule that is yours to choose.

    An episode counts where its outcome is known, where there were talks at all, and where they were not the
    mere recognition of a group that had won already. Every rule gives another rate: show several.

    Parameters: `episodes` a table with the fields `outcome_5y`, `scope`, `timing`, `route_to_power`,
    `group_kind`, `conflict` and `end_year`; `kinds` of group that belong to the reference class, or None for
    all; `ties` what "unchanged" counts as: "fail", "drop" or "half" (half a success); `per_conflict` which
    episodes of one conflict count: "all", "first" or "last".
    Returns: a `BaseRate`; with "half" the number of successes is rounded down.
    Raises: `MethodError` for a rule or kind that is not known, or where no case is left.

    >>> import pandas as pd
    >>> same = {"scope": "ceasefire", "timing": "wartime", "route_to_power": "none", "group_kind": "leftist"}
    >>> rows = pd.DataFrame({"outcome_5y": ["settled", "escalated"], "conflict": ["A", "B"]})
    >>> base_rate(rows.assign(end_year=1990, **same)).interval.estimate
    0.5
    """
    for given, known, name in (
        (ties, ("fail", "drop", "half"), "rule for ties"),
        (per_conflict, ("all", "first", "last"), "rule for conflicts"),
    ):
        if given not in known:
            raise MethodError(nearest(given, known, name))
    table = episodes
    if kinds is not None:
        present = sorted(set(episodes["group_kind"]))
        for kind in kinds:
            if kind not in present:
                raise MethodError(nearest(kind, present, "kind of group"))
        table = table[table["group_kind"].isin(list(kinds))]
    dropped = {}

    def drop(rows, why):
        dropped[why] = int(rows.sum())
        return table[~rows]

    table = drop(table["outcome_5y"] == "ongoing", "outcome not known yet")
    table = drop(table["scope"] == "no_talks_control", "no talks")
    won = table["timing"].isin(["post_victory", "mixed"]) & (table["scope"] == "recognition")
    table = drop(won, "recognition of a group that had won")
    if ties == "drop":
        table = drop(table["outcome_5y"] == "unchanged", "unchanged")
    if per_conflict != "all":
        table = table.sort_values("end_year", kind="stable")
        again = table.duplicated("conflict", keep=per_conflict)
        table = drop(again, f"not the {per_conflict} of its conflict")
    ballot = (table["outcome_5y"] == "group_in_power") & (table["route_to_power"] == "ballot")
    good = int((table["outcome_5y"].isin(FAVOURABLE) | ballot).sum())
    if ties == "half":
        good += int((table["outcome_5y"] == "unchanged").sum()) // 2
    return BaseRate(good, len(table), wilson(good, len(table), level), dropped)


def doubts(episodes, read, focal=()):
    """Return which episodes one may wish to leave out, and why: a dict from reason to a list of bool.

    Parameters: `episodes` as for `base_rate`, with `confidence`, `years_observed`, `group` and `source_keys`
    besides; `read` the keys of sources that were read; `focal` names of groups that are to be judged, and so
    should not be among the cases that judge them.
    Returns: only reasons that meet some episode.
    """
    read = set(read)
    found = {
        "coded with low confidence": [one == "low" for one in episodes["confidence"]],
        "whose sources were not read": [not read & set(keys) for keys in episodes["source_keys"]],
        "watched for under five years": [int(years) < 5 for years in episodes["years_observed"]],
    }
    for name in focal:
        found[f"about {name}"] = [name in group for group in episodes["group"]]
    return {reason: marked for reason, marked in found.items() if any(marked)}


def under_rules(episodes, kinds=None, doubtful=None):
    """Return the base rate of one class under every rule: a table with a row per rule.

    Parameters: `episodes` and `kinds` as for `base_rate`; `doubtful` as `doubts` returns it: each reason is a
    rule of its own, which leaves those episodes out.
    Returns: a DataFrame with rule, favourable, cases, share, low, high. Rules without a case are left out.
    """
    import pandas as pd

    rules = {
        "as coded": {},
        "unchanged counts half": {"ties": "half"},
        "unchanged left out": {"ties": "drop"},
        "first of each conflict": {"per_conflict": "first"},
        "last of each conflict": {"per_conflict": "last"},
    }
    chosen = [(rule, episodes, how) for rule, how in rules.items()]
    for reason, marked in (doubtful or {}).items():
        chosen.append((f"without those {reason}", episodes[[not one for one in marked]], {}))
    rows = []
    for rule, left, how in chosen:
        present = kinds and [kind for kind in kinds if (left["group_kind"] == kind).any()]
        try:
            found = base_rate(left, present, **how)
        except NoCasesError:
            continue
        interval = found.interval
        rows.append((rule, found.successes, found.n, interval.estimate, interval.low, interval.high))
    return pd.DataFrame(rows, columns=["rule", "favourable", "cases", "share", "low", "high"])


def update(prior, ratio):
    """Return the probability after evidence: prior odds times the likelihood ratio, as a probability.

    The ratio is how much more probable the evidence is if the hypothesis is true than if it is not. Evidence
    that came from the same place as earlier evidence must not count twice.

    Parameters: `prior` between 0 and 1; `ratio` above 0.
    Raises: `MethodError` for a prior of 0 or 1, which no evidence can move, or a ratio that cannot be.
    Source: Good (1985), register key `good-1985-weight`.

    >>> update(0.5, 3)
    0.75
    """
    prior, ratio = _open(prior, "prior"), float(finite_numbers([ratio], "likelihood ratio", 0)[0])
    if ratio == 0:
        raise MethodError(
            "The likelihood ratio is 0, which rules the hypothesis out. Say how unlikely instead."
        )
    odds = prior / (1 - prior) * ratio
    return odds / (1 + odds)


def decibans(ratio):
    """Return the weight of evidence: ten times the common logarithm of its likelihood ratio.

    >>> decibans(100)
    20.0
    """
    ratio = float(finite_numbers([ratio], "likelihood ratio", 0)[0])
    if ratio == 0:
        raise MethodError("The likelihood ratio is 0; its weight is without bound. Say how unlikely instead.")
    return 10 * math.log10(ratio)


def update_all(priors, likelihoods):
    """Return the probabilities of several hypotheses after evidence.

    Parameters: `priors` that add up to 1; `likelihoods` of the evidence under each, from 0 to 1, as many.
    Returns: an array of posteriors that add up to 1.
    Raises: `MethodError` where priors do not add up, or where the evidence is impossible under all.

    >>> update_all([0.5, 0.5], [0.8, 0.2]).tolist()
    [0.8, 0.2]
    """
    priors, likelihoods = list(priors), list(likelihoods)
    same_length(priors=priors, likelihoods=likelihoods)
    priors, likelihoods = (
        finite_numbers(priors, "prior", 0, 1),
        finite_numbers(likelihoods, "likelihood", 0, 1),
    )
    if abs(priors.sum() - 1) > 1e-6:
        raise MethodError(f"The priors add up to {priors.sum():g}; they must add up to 1.")
    joint = priors * likelihoods
    if joint.sum() == 0:
        raise MethodError("The evidence is impossible under every hypothesis. One of them must allow it.")
    return joint / joint.sum()


def _z(level):
    return NormalDist().inv_cdf(0.5 + _open(level, "level") / 2)


def _open(value, name):
    value = float(finite_numbers([value], name, 0, 1)[0])
    if value in (0, 1):
        raise MethodError(f"The {name} is {value:g}; it must lie between 0 and 1, and be neither.")
    return np.float64(value).item()
