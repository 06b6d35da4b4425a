"""How far two coders agree, beyond what chance alone would give."""

from collections import Counter
from dataclasses import dataclass

from course_lib.errors import MethodError


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa and its parts: `n` units, `observed` and `expected` shares of agreement, `kappa`."""

    n: int
    observed: float
    expected: float
    kappa: float


def cohen_kappa(first, second):
    """Return Cohen's kappa for two coders who coded the same units.

    Two coders agree on some units by luck alone, the more so the fewer codes they use. Kappa takes the
    agreement that luck would give, from how often each coder used each code, out of the agreement seen:
    kappa = (observed - expected) / (1 - expected). 1 is full agreement, 0 is what luck would give,
    below 0 is less than that.

    Parameters: `first`, `second` the codes, one per unit, in the same order.
    Returns: a `Kappa`.
    Raises: `MethodError` for no units, unequal lengths, a missing code, or a single code used for everything.
    Source: Cohen (1960), register key `cohen-1960-kappa`.

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
            if code is None or code != code:
                raise MethodError(
                    f"The {coder} coder has no code for unit {place}. "
                    "Code every unit, or leave the unit out for both coders."
                )
    n = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    ours, theirs = Counter(first), Counter(second)
    expected = sum(ours[code] * theirs[code] for code in ours) / n**2
    if expected == 1:
        raise MethodError(
            f"Both coders used one code, {first[0]!r}, for everything. Agreement by luck is then certain "
            "and kappa is not defined. Choose units that call for more than one code."
        )
    return Kappa(n, observed, expected, (observed - expected) / (1 - expected))
