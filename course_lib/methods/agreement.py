"""How far coders agree, beyond what chance alone would give."""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from course_lib.errors import MethodError, nearest
from course_lib.methods.validation import align, labels_of

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
        The codes, one for each unit, in the same order; two Series are matched by their labels.
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
        For no units, unequal lengths or labels, a missing code, a code that is not in the order, or a single
        code used for everything.

    References
    ----------
    Cohen (1960), register key `cohen-1960-kappa`.

    Examples
    --------
    >>> round(cohen_kappa("AAABBBCCCA", "AABBBBCCAA").kappa, 3)
    0.697
    """
    if labels_of(first) is None or labels_of(second) is None:
        first, second = list(first), list(second)
        if len(first) != len(second):
            raise MethodError(
                f"The first coder coded {len(first)} units and the second {len(second)}. "
                "Kappa compares two codes for each unit: give both lists the same length and order."
            )
    first, second = (_plain(codes) for codes in align(**{"first coder": first, "second coder": second}))
    order = None if order is None else _plain(order)
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
    if weights is None:
        expected = sum(ours[code] * theirs[code] for code in ours) / n**2
    else:
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
        One list of codes per coder, one place per unit, None where it is missing. Series are matched by their
        labels.
    level : {"nominal", "ordinal", "interval"}, default "nominal"
        How codes are compared; the last two are for codes that are numbers. Numbers as text are refused,
        since "10" comes before "9" in the order of texts.

    Returns
    -------
    KrippendorffAlpha
        Alpha and its parts.

    Raises
    ------
    MethodError
        For a table instead of lists, fewer than two coders, unequal lengths or labels, nothing to pair, one
        code throughout, or codes that are no finite numbers where numbers are needed.

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
    columns = _coders(coders)
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
    if level == "nominal":
        return _alpha([_unequal_pairs(Counter(unit)) for unit in units], _unequal_pairs(counts), units, 1)
    for code in counts:
        if not _is_number(code):
            written = isinstance(code, str) and _is_number(code, of_text=True)
            text = f" {code!r} is text: turn the codes into numbers." if written else ""
            raise MethodError(f"The level is {level}, so codes must be numbers. Use nominal for names.{text}")
    parts, places = _midranks(counts) if level == "ordinal" else _whole_multiples(counts)
    pairs = [_squared_distances([places[code] for code in unit]) for unit in units]
    overall = _squared_distances([places[code] for unit in units for code in unit])
    return _alpha(pairs, overall, units, parts * parts)


def _alpha(
    pairs: Sequence[int], overall: int, units: Sequence[Sequence[Any]], parts: int
) -> KrippendorffAlpha:
    """Return alpha from the distances of all ordered pairs of codes, within each unit and among all codes.

    Everything is counted in whole numbers, since sums of squares of numbers that lie far from 0, or far
    apart, lose what they are computed for in floating point. `parts` is by how much distances are too large.
    """
    by_size: Counter[int] = Counter()
    for distance, unit in zip(pairs, units, strict=True):
        by_size[len(unit)] += distance
    n = sum(map(len, units))
    within = sum((Fraction(distance, size - 1) for size, distance in by_size.items()), Fraction())
    observed = within / (n * parts)
    expected = Fraction(overall, n * (n - 1) * parts)
    return KrippendorffAlpha(n, _as_float(observed), _as_float(expected), float(1 - observed / expected))


def _as_float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _coders(coders: Iterable[Iterable[Any]]) -> list[list[Any]]:
    """Return a list of codes for each coder, all in the order of the first."""
    if isinstance(coders, Mapping) or hasattr(coders, "columns"):
        raise MethodError(
            "The coders are a table, which does not tell whether they stand in its rows or its columns. "
            "Give a list with the codes of each coder, such as [table[name] for name in table]."
        )
    given: list[Any] = [list(codes) if labels_of(codes) is None else codes for codes in coders]
    if len(given) < 2:
        raise MethodError(f"There is {len(given)} coder. Agreement is among two or more.")
    if any(labels_of(codes) is None for codes in given):
        lengths = [len(codes) for codes in given]
        if len(set(lengths)) > 1:
            told = ", ".join(map(str, lengths))
            raise MethodError(
                f"The coders coded {told} units. Give each list one place per unit, None where missing."
            )
    named = {f"codes of coder {number}": codes for number, codes in enumerate(given, start=1)}
    return [_plain(codes) for codes in align(**named)]


def _plain(codes: Iterable[Any]) -> list[Any]:
    """Return codes as Python's own values: small integers of an array run over where they are subtracted."""
    return [code.item() if isinstance(code, np.generic) else code for code in codes]


def _missing(code: object) -> bool:
    """Return whether a code is None or a value that does not equal itself, as NaN and pandas' NA."""
    return code is None or (code == code) is not True


def _is_number(code: Any, of_text: bool = False) -> bool:
    """Return whether a code is a finite number of any kind, or a text that one could be read from."""
    try:
        Fraction(code)
    except (TypeError, ValueError, OverflowError):
        return False
    return of_text or not isinstance(code, str)


def _unequal_pairs(counts: Counter[Any]) -> int:
    """Return how many ordered pairs of codes are unequal."""
    return counts.total() ** 2 - sum(count * count for count in counts.values())


def _midranks(counts: Counter[Any]) -> tuple[int, dict[Any, int]]:
    """Return 2, and twice the middle rank of each code: their differences are the ordinal distances."""
    places, before = {}, 0
    for code in sorted(counts):
        places[code] = 2 * before + counts[code]
        before += counts[code]
    return 2, places


def _whole_multiples(counts: Counter[Any]) -> tuple[int, dict[Any, int]]:
    """Return a number by which every code becomes a whole one, and what it becomes."""
    exact = {code: Fraction(code) for code in counts}
    common = math.lcm(*(value.denominator for value in exact.values()))
    return common, {code: int(value * common) for code, value in exact.items()}


def _squared_distances(places: Sequence[int]) -> int:
    """Return the sum of the squared distances of all ordered pairs of whole numbers."""
    total = sum(places)
    return 2 * (len(places) * sum(place * place for place in places) - total * total)


def _credit(order: Sequence[Hashable] | None, weights: str | None) -> Callable[[Hashable, Hashable], float]:
    """Return how far two codes agree, from 0 to 1."""
    if weights is None:
        return lambda a, b: float(a == b)
    if weights not in ("linear", "quadratic"):
        raise MethodError(nearest(weights, ("linear", "quadratic"), "kind of weights"))
    if order is None or len(order) < 2:
        raise MethodError("Weights need the order of the codes. Give all codes from one end to the other.")
    place = {code: at for at, code in enumerate(order)}
    if len(place) < len(order):
        raise MethodError("The order has a code twice. Give every code once, from one end to the other.")
    power = 1 if weights == "linear" else 2
    return lambda a, b: 1 - (abs(place[a] - place[b]) / (len(order) - 1)) ** power
