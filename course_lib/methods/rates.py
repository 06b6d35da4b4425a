"""Rates from few cases: how sure one can be, which cases count, and what evidence does to a belief."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from course_lib.errors import MethodError, NoCasesError, nearest
from course_lib.methods.validation import (
    by_label,
    finite_numbers,
    inner_share,
    list_names,
    require_fields,
    whole_number,
)

if TYPE_CHECKING:
    import pandas as pd


_NO_CASES = "There are no cases, so there is no share. Choose a rule that leaves some."
# What a table of episodes has to have.
_FIELDS = ("outcome_5y", "scope", "timing", "route_to_power", "group_kind", "conflict", "end_year")


@dataclass(frozen=True)
class Interval:
    """An estimate with the ends of its interval."""

    estimate: float
    low: float
    high: float


def normal_quantile(level: float) -> float:
    """Return how many standard errors an interval of this level reaches to either side.

    Parameters
    ----------
    level : float
        Of the interval, between 0 and 1.

    Returns
    -------
    float
        Above 0.

    Raises
    ------
    MethodError
        For a level that is not between 0 and 1.

    Examples
    --------
    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf(0.5 + inner_share(level, "level") / 2)


def wilson(k: int, n: int, level: float = 0.95) -> Interval:
    """Return the share k of n with Wilson's interval, which stays between 0 and 1 and works for few cases.

    The interval covers chance in drawing the cases and nothing else: neither how they were chosen nor how
    they were coded.

    Parameters
    ----------
    k : int
        How many successes.
    n : int
        Among how many cases.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    Interval
        Within 0 and 1.

    Raises
    ------
    MethodError
        For no cases, more successes than cases, or a level that cannot be.

    References
    ----------
    Wilson (1927), register key `wilson-1927-interval`.

    Examples
    --------
    >>> share = wilson(0, 14)
    >>> share.low, round(share.high, 4)
    (0.0, 0.2153)
    """
    cases = whole_number(n, "cases")
    if cases == 0:
        raise NoCasesError(_NO_CASES)
    return wilson_mean(whole_number(k, "successes", cases) / cases, cases, level)


def wilson_mean(mean: float, n: float, level: float = 0.95) -> Interval:
    """Return a mean of n scores from 0 to 1 with Wilson's interval.

    Of scores that are 0 or 1 it is the interval of their share. Scores between them vary less than that, and
    the interval is then wider than it need be.

    Parameters
    ----------
    mean : float
        From 0 to 1.
    n : float
        Above 0: of how many scores, or of as many as they are worth.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    Interval
        Within 0 and 1.

    Raises
    ------
    MethodError
        For a mean, number or level that cannot be.

    References
    ----------
    Wilson (1927), register key `wilson-1927-interval`.

    Examples
    --------
    >>> wilson_mean(0.5, 10) == wilson(5, 10)
    True
    """
    if not n > 0:
        raise NoCasesError(f"There are {n} marks, so there is no mean. Give one at least.")
    p, z = float(finite_numbers([mean], "mean", 0, 1)[0]), normal_quantile(level)
    width = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / width
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / width
    # At the ends the formula gives exactly 0 and 1; floating point does not.
    low = 0.0 if p == 0 else centre - half
    high = 1.0 if p == 1 else centre + half
    return Interval(p, low, high)


def difference(k1: int, n1: int, k2: int, n2: int, level: float = 0.95) -> Interval:
    """Return the difference of two shares, k1 of n1 less k2 of n2, with Newcombe's interval.

    For two separate sets of cases. For the same people before and after, another method is needed.

    Parameters
    ----------
    k1, n1 : int
        Successes and cases of the first set.
    k2, n2 : int
        Those of the second.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    Interval
        Within -1 and 1.

    Raises
    ------
    MethodError
        As for `wilson`.

    References
    ----------
    Newcombe (1998), register key `newcombe-1998-difference`, method 10, which joins two Wilson intervals.

    Examples
    --------
    >>> apart = difference(18, 25, 10, 25)
    >>> round(apart.estimate, 2), round(apart.low, 3), round(apart.high, 3)
    (0.32, 0.045, 0.535)
    """
    first, second = wilson(k1, n1, level), wilson(k2, n2, level)
    apart = first.estimate - second.estimate
    low = apart - math.hypot(first.estimate - first.low, second.high - second.estimate)
    high = apart + math.hypot(first.high - first.estimate, second.estimate - second.low)
    return Interval(apart, low, high)


@dataclass(frozen=True)
class BaseRate:
    """A base rate with the rule it comes from: `successes` of `n` cases, `interval`, `dropped` by reason.

    `successes` is a whole number, but where a rule counts a case half.
    """

    successes: float
    n: int
    interval: Interval
    dropped: dict[str, int]


# What counts as favourable: peace of some kind, or power won at the ballot.
FAVOURABLE = ("settled", "reduced_violence")


def base_rate(
    episodes: "pd.DataFrame",
    kinds: Iterable[str] | None = None,
    ties: str = "fail",
    per_conflict: str = "all",
    level: float = 0.95,
) -> BaseRate:
    """Return how often talks were followed by a favourable outcome, under a rule that is yours to choose.

    An episode counts where its outcome is known, where there were talks at all, and where they were not the
    mere recognition of a group that had won already. Every rule gives another rate: show several.

    Parameters
    ----------
    episodes : DataFrame
        With the fields `outcome_5y`, `scope`, `timing`, `route_to_power`, `group_kind`, `conflict` and
        `end_year`.
    kinds : iterable of str, optional
        Of group, that belong to the reference class; without them all.
    ties : {"fail", "drop", "half"}, default "fail"
        What "unchanged" counts as; "half" is half a success.
    per_conflict : {"all", "first", "last"}, default "all"
        Which episodes of one conflict count.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    BaseRate
        With "half" the successes need not be a whole number; the interval is then that of a mean of scores.

    Raises
    ------
    MethodError
        For a field that is missing, a rule or kind that is not known, or where no case is left.

    References
    ----------
    Wilson (1927), register key `wilson-1927-interval`, for the interval.

    Examples
    --------
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
    require_fields(episodes.columns, _FIELDS)
    table = episodes
    if kinds is not None:
        wanted = _known_kinds(episodes, kinds)
        table = table[table["group_kind"].isin(wanted)]
    dropped: dict[str, int] = {}

    def drop(rows: "pd.Series[bool]", why: str) -> "pd.DataFrame":
        dropped[why] = int(rows.sum())
        return table[~rows]

    table = drop(table["outcome_5y"] == "ongoing", "outcome not known yet")
    table = drop(table["scope"] == "no_talks_control", "no talks")
    won = table["timing"].isin(["post_victory", "mixed"]) & (table["scope"] == "recognition")
    table = drop(won, "recognition of a group that had won")
    if ties == "drop":
        table = drop(table["outcome_5y"] == "unchanged", "unchanged")
    if per_conflict in ("first", "last"):
        table = table.sort_values("end_year", kind="stable")
        again = table.duplicated("conflict", keep="first" if per_conflict == "first" else "last")
        table = drop(again, f"not the {per_conflict} of its conflict")
    ballot = (table["outcome_5y"] == "group_in_power") & (table["route_to_power"] == "ballot")
    good: float = int((table["outcome_5y"].isin(FAVOURABLE) | ballot).sum())
    if not len(table):
        raise NoCasesError(_NO_CASES)
    if ties == "half":
        halves = int((table["outcome_5y"] == "unchanged").sum())
        good += halves / 2 if halves % 2 else halves // 2
    return BaseRate(good, len(table), wilson_mean(good / len(table), len(table), level), dropped)


def _known_kinds(episodes: "pd.DataFrame", kinds: Iterable[str]) -> list[str]:
    """Return kinds of group as a list, all of which the table has."""
    wanted = list_names(kinds, "kinds of group")
    present = sorted(set(episodes["group_kind"].dropna()))
    for kind in wanted:
        if kind not in present:
            raise MethodError(nearest(kind, present, "kind of group"))
    if not wanted:
        raise NoCasesError(_NO_CASES)
    return wanted


def doubts(
    episodes: "pd.DataFrame", read: Iterable[str], focal: Iterable[str] = ()
) -> "dict[str, pd.Series[bool]]":
    """Return which episodes one may wish to leave out: a dict from reason to whether it holds for each.

    Parameters
    ----------
    episodes : DataFrame
        As for `base_rate`, with `confidence`, `years_observed`, `group` and `source_keys` besides.
    read : iterable of str
        The keys of sources that were read.
    focal : iterable of str, optional
        Names of groups that are to be judged, and so should not be among the cases that judge them.

    Returns
    -------
    dict of str to Series of bool
        Only reasons that meet some episode; each Series has the index of the table.

    Raises
    ------
    MethodError
        For a field that is missing, or one text instead of several names.
    """
    import pandas as pd

    require_fields(episodes.columns, ("confidence", "years_observed", "group", "source_keys"))
    known = set(list_names(read, "keys"))
    found = {
        "coded with low confidence": [confidence == "low" for confidence in episodes["confidence"]],
        "whose sources were not read": [not known & set(keys) for keys in episodes["source_keys"]],
        "watched for under five years": [int(years) < 5 for years in episodes["years_observed"]],
    }
    for name in list_names(focal, "names of groups"):
        found[f"about {name}"] = [name in group for group in episodes["group"]]
    return {
        reason: pd.Series(doubtful, index=episodes.index)
        for reason, doubtful in found.items()
        if any(doubtful)
    }


def under_rules(
    episodes: "pd.DataFrame",
    kinds: Iterable[str] | None = None,
    doubtful: "Mapping[str, Sequence[bool] | pd.Series[bool]] | None" = None,
) -> "pd.DataFrame":
    """Return the base rate of one class under every rule: a table with a row per rule.

    Parameters
    ----------
    episodes : DataFrame
        As for `base_rate`.
    kinds : iterable of str, optional
        Of group, that belong to the reference class; without them all.
    doubtful : mapping of str to Series or sequence of bool, optional
        As `doubts` returns it: each reason is a rule of its own, which leaves those episodes out. A Series is
        matched by label.

    Returns
    -------
    DataFrame
        With `rule`, `favourable`, `cases`, `share`, `low` and `high`. Rules without a case are left out.

    Raises
    ------
    MethodError
        As for `base_rate`, where no rule leaves a case, and for reasons that do not fit the table.
    """
    import pandas as pd

    require_fields(episodes.columns, _FIELDS)
    wanted = None if kinds is None else _known_kinds(episodes, kinds)
    rules: dict[str, tuple[str, str]] = {
        "as coded": ("fail", "all"),
        "unchanged counts half": ("half", "all"),
        "unchanged left out": ("drop", "all"),
        "first of each conflict": ("fail", "first"),
        "last of each conflict": ("fail", "last"),
    }
    chosen = [(rule, episodes, how) for rule, how in rules.items()]
    for reason, marked in (doubtful or {}).items():
        kept = leave_out(episodes, {reason: marked}, [reason])
        chosen.append((f"without those {reason}", kept, rules["as coded"]))
    rows = []
    for rule, left, (ties, per_conflict) in chosen:
        present = wanted and [kind for kind in wanted if (left["group_kind"] == kind).any()]
        try:
            found = base_rate(left, present, ties, per_conflict)
        except NoCasesError:
            continue
        interval = found.interval
        rows.append((rule, found.successes, found.n, interval.estimate, interval.low, interval.high))
    if not rows:
        raise NoCasesError(_NO_CASES)
    return pd.DataFrame(rows, columns=["rule", "favourable", "cases", "share", "low", "high"])


def leave_out(
    episodes: "pd.DataFrame",
    doubtful: "Mapping[str, Sequence[bool] | pd.Series[bool]]",
    reasons: Iterable[str],
) -> "pd.DataFrame":
    """Return the episodes for which none of some reasons holds.

    Parameters
    ----------
    episodes : DataFrame
        As for `base_rate`.
    doubtful : mapping of str to Series or sequence of bool
        As `doubts` returns it. A Series is matched by label.
    reasons : iterable of str
        Which of them count.

    Returns
    -------
    DataFrame
        The rows that are left.

    Raises
    ------
    MethodError
        For a reason that is not there, and for one that does not fit the table.
    """
    kept = np.ones(len(episodes), dtype=bool)
    for reason in list_names(reasons, "reasons"):
        if reason not in doubtful:
            raise MethodError(nearest(reason, doubtful, "reason"))
        marked = by_label(episodes.index, doubtful[reason], "episodes", f"values of {reason!r}")
        if len(marked) != len(episodes):
            raise MethodError(
                f"There are {len(marked)} values of {reason!r} for {len(episodes)} episodes. "
                "Give one for each."
            )
        for place, value in enumerate(marked, start=1):
            if not isinstance(value, bool | np.bool_):
                raise MethodError(
                    f"The value of {reason!r} at place {place} is {value!r}; it is True or False."
                )
        kept &= ~np.asarray(marked, dtype=bool)
    return episodes[kept]


def update(prior: float, ratio: float) -> float:
    """Return the probability after evidence: prior odds times the likelihood ratio, as a probability.

    The ratio is how much more probable the evidence is if the hypothesis is true than if it is not. Evidence
    that came from the same place as earlier evidence must not count twice.

    Parameters
    ----------
    prior : float
        Between 0 and 1.
    ratio : float
        Above 0.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    MethodError
        For a prior of 0 or 1, which no evidence can move, or a ratio that cannot be.

    References
    ----------
    Good (1985), register key `good-1985-weight`.

    Examples
    --------
    >>> update(0.5, 3)
    0.75
    """
    before, factor = inner_share(prior, "prior"), float(finite_numbers([ratio], "likelihood ratio", 0)[0])
    if factor == 0:
        raise MethodError(
            "The likelihood ratio is 0, which rules the hypothesis out. Say how unlikely instead."
        )
    odds = before / (1 - before) * factor
    return odds / (1 + odds)
