"""How far coders agree, beyond what chance alone would give."""

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from course_lib.errors import MethodError, nearest

LEVELS = ("nominal", "ordinal", "interval")


@dataclass(frozen=True)
class CohenKappa:
    """Cohen's kappa and its parts: `n` units, `observed` and `expected` shares of agreement, `kappa`."""

    n: int
    observed: float
    expected: float
    kappa: float


@dataclass(frozen=True)
class KrippendorffAlpha:
    """Krippendorff's alpha and its parts: `n` codes compared, `observed` and `expected` disagreement."""

    n: int
    observed: float
    expected: float
    alpha: float


def cohen_kappa(
    first: Iterable[Hashable],
    second: Iterable[Hashable],
    order: Sequence[Hashable] | None = None,
    weights: str | None = None,
) -> CohenKappa:
    """Return Cohen's kappa for two coders who coded the same units.

    Two coders agree on some units by luck alone, the more so the fewer codes they use. Kappa takes the
    agreement that luck would give, from how often each coder used each code, out of the agreement seen:
    kappa = (observed - expected) / (1 - expected). 1 is full agreement, 0 is what luck would give,
    below 0 is less than that. With weights, codes that lie close in an order disagree less.

    Parameters
    ----------
    first, second : iterable of hashable
        The codes, one for each unit, in the same order.
    order : sequence of hashable, optional
        All codes from one end to the other; needed for weights.
    weights : {"linear", "quadratic"}, optional
        How disagreement grows with the distance of two codes in the order.

    Returns
    -------
    CohenKappa
        Kappa and its parts.

    Raises
    ------
    MethodError
        For no units, unequal lengths, a missing code, or a single code used for everything.

    References
    ----------
    Cohen (1960), register key `cohen-1960-kappa`.

    Examples
    --------
    >>> round(cohen_kappa("AAABBBCCCA", "AABBBBCCAA").kappa, 3)
    0.697
    """
    first, second = list(first), list(second)
    if len(first) != len(second):
        raise MethodError(
            f"The first coder coded {len(first)} units and the second {len(second)}. "
            "Kappa compares two codes for each unit: give both lists the same length and order."
        )
    if not first:
        raise MethodError("There are no coded units, so there is nothing to compare. Give at least one.")
    for coder, codes in (("first", first), ("second", second)):
        for place, code in enumerate(codes, start=1):
            if _missing(code):
                raise MethodError(
                    f"The {coder} coder has no code for unit {place}. "
                    "Code every unit, or leave the unit out for both coders."
                )
            if order is not None and code not in order:
                raise MethodError(nearest(code, map(str, order), "code"))
    credit = _credit(order, weights)
    n = len(first)
    observed = sum(credit(a, b) for a, b in zip(first, second, strict=True)) / n
    ours, theirs = Counter(first), Counter(second)
    expected = sum(ours[a] * theirs[b] * credit(a, b) for a in ours for b in theirs) / n**2
    if expected == 1:
        raise MethodError(
            f"Both coders used one code, {first[0]!r}, for everything. Agreement by luck is then certain "
            "and kappa is not defined. Choose units that call for more than one code."
        )
    return CohenKappa(n, observed, expected, (observed - expected) / (1 - expected))


def krippendorff_alpha(coders: Iterable[Iterable[Hashable]], level: str = "nominal") -> KrippendorffAlpha:
    """Return Krippendorff's alpha for any number of coders, with codes missing here and there.

    Alpha compares the disagreement within units with the disagreement among all codes thrown together:
    alpha = 1 - observed / expected. A unit that one coder alone coded says nothing about agreement and is
    left out. Its author suggests 0.80 for firm and 0.667 for tentative conclusions.

    Parameters
    ----------
    coders : iterable of iterable
        One list of codes for each coder, a code for each unit, None where it is missing.
    level : {"nominal", "ordinal", "interval"}, default "nominal"
        How codes are compared; the last two are for codes that are numbers.

    Returns
    -------
    KrippendorffAlpha
        Alpha and its parts.

    Raises
    ------
    MethodError
        For fewer than two coders, unequal lengths, nothing to pair, or one code throughout.

    References
    ----------
    Krippendorff (2018), register key `krippendorff-2018-content`; Hayes & Krippendorff (2007),
    `hayes-krippendorff-2007-call`.

    Examples
    --------
    >>> round(krippendorff_alpha(["AAABBBCCCA", "AABBBBCCAA"]).alpha, 4)
    0.7099
    """
    if level not in LEVELS:
        raise MethodError(nearest(level, LEVELS, "level"))
    columns = [list(codes) for codes in coders]
    if len(columns) < 2:
        raise MethodError(f"There is {len(columns)} coder. Agreement is among two or more.")
    if len({len(codes) for codes in columns}) > 1:
        lengths = ", ".join(str(len(codes)) for codes in columns)
        raise MethodError(
            f"The coders coded {lengths} units. Give each list one place per unit, None where missing."
        )
    units = [[code for code in unit if not _missing(code)] for unit in zip(*columns, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    if not units:
        raise MethodError("No unit has two codes, so nothing can be compared. Code some units twice.")
    counts = Counter(code for unit in units for code in unit)
    if len(counts) == 1:
        raise MethodError(
            f"Every code is {next(iter(counts))!r}, so nobody could disagree and alpha is not defined. "
            "Choose units that call for more than one code."
        )
    apart = _distance(counts, level)
    n = counts.total()
    observed = (
        sum(sum(apart(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in units)
        / n
    )
    expected = sum(counts[a] * counts[b] * apart(a, b) for a in counts for b in counts) / (n * (n - 1))
    return KrippendorffAlpha(n, observed, expected, 1 - observed / expected)


def _missing(code: object) -> bool:
    return code is None or code != code


def _credit(order: Sequence[Hashable] | None, weights: str | None) -> Callable[[Hashable, Hashable], float]:
    """Return how far two codes agree, from 0 to 1."""
    if weights is None:
        return lambda a, b: float(a == b)
    if weights not in ("linear", "quadratic"):
        raise MethodError(nearest(weights, ("linear", "quadratic"), "kind of weights"))
    if order is None or len(order) < 2:
        raise MethodError("Weights need the order of the codes. Give all codes from one end to the other.")
    place = {code: at for at, code in enumerate(order)}
    power = 1 if weights == "linear" else 2
    return lambda a, b: 1 - (abs(place[a] - place[b]) / (len(order) - 1)) ** power


def _distance(counts: Counter[Hashable], level: str) -> Callable[[Hashable, Hashable], float]:
    """Return how far two codes are apart at a level of measurement."""
    if level == "nominal":
        return lambda a, b: float(a != b)
    try:
        numbers: list[float] = np.asarray(list(counts), dtype=float).tolist()
    except (TypeError, ValueError):
        raise MethodError(f"The level is {level}, so codes must be numbers. Use nominal for names.") from None
    value = dict(zip(counts, numbers, strict=True))
    if level == "interval":
        return lambda a, b: (value[a] - value[b]) ** 2
    codes = sorted(counts, key=value.__getitem__)
    before = dict(zip(codes, np.cumsum([0, *(counts[code] for code in codes[:-1])]), strict=True))

    def ordinal(a: Hashable, b: Hashable) -> float:
        low, high = sorted((a, b), key=value.__getitem__)
        between = before[high] + counts[high] - before[low]
        return float((between - (counts[low] + counts[high]) / 2) ** 2)

    return ordinal
