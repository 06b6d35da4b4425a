"""Quantiles of Student's t and of F, by which intervals of means and of alpha are drawn."""

import math
from collections.abc import Callable

from course_lib.errors import MethodError

# A continued fraction that has not settled by then does not settle.
_MOST_STEPS = 20_000
_SETTLED = 1e-15
_TINY = 1e-300


def t_quantile(share: float, freedom: float) -> float:
    """Return the value below which this share of Student's t lies.

    Parameters
    ----------
    share : float
        Between 0 and 1.
    freedom : float
        Degrees of freedom, above 0.

    Returns
    -------
    float
        The quantile.

    Raises
    ------
    MethodError
        For a share or degrees of freedom that cannot be.

    Examples
    --------
    >>> round(t_quantile(0.975, 10), 4)
    2.2281
    """
    _require_possible(share, freedom)
    if share == 0.5:
        return 0.0
    # The square of t is F with one degree of freedom above, of which both ends of t are the upper end.
    beyond = 2 * min(share, 1 - share)
    return math.copysign(math.sqrt(_f_beyond(beyond, 1, freedom)), share - 0.5)


def f_quantile(share: float, above: float, below: float) -> float:
    """Return the value below which this share of the F distribution lies.

    Parameters
    ----------
    share : float
        Between 0 and 1.
    above, below : float
        The degrees of freedom, above 0.

    Returns
    -------
    float
        The quantile, from 0 up.

    Raises
    ------
    MethodError
        For a share or degrees of freedom that cannot be.

    Examples
    --------
    >>> round(f_quantile(0.95, 5, 10), 4)
    3.3258
    """
    _require_possible(share, above, below)
    if share > 0.5:
        return _f_beyond(1 - share, above, below)
    return _first_not_below(
        lambda value: beta_share(above * value / (above * value + below), above / 2, below / 2) < share
    )


def _f_beyond(share: float, above: float, below: float) -> float:
    """Return the value above which a share of F lies: from its upper end, whose small shares are exact."""
    return _first_not_below(
        lambda value: beta_share(below / (above * value + below), below / 2, above / 2) > share
    )


def _first_not_below(is_below: Callable[[float], bool]) -> float:
    """Return where a value begins not to lie below what is sought."""
    low, high = 0.0, 1.0
    while is_below(high):
        low, high = high, 2 * high
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _require_possible(share: float, *freedoms: float) -> None:
    if not 0 < share < 1:
        raise MethodError(f"The share is {share!r}; it must lie between 0 and 1, and be neither.")
    for freedom in freedoms:
        if not (freedom > 0 and math.isfinite(freedom)):
            raise MethodError(f"The degrees of freedom are {freedom!r}; they must be above 0.")


def beta_share(value: float, a: float, b: float) -> float:
    """Return the share of the beta distribution below a value: the regularised incomplete beta function.

    Parameters
    ----------
    value : float
        Where the share ends; it lies between 0 and 1.
    a, b : float
        The parameters of the distribution, above 0.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    MethodError
        For parameters that cannot be, and where the continued fraction does not settle.

    References
    ----------
    The continued fraction is DLMF 8.17.22, https://dlmf.nist.gov/8.17.E22.

    Examples
    --------
    >>> round(beta_share(0.25, 2, 3), 6)
    0.261719
    """
    if not (a > 0 and b > 0 and math.isfinite(a + b)) or math.isnan(value):
        raise MethodError(f"There is no share of a beta distribution for {value!r}, {a!r} and {b!r}.")
    if value <= 0 or value >= 1:
        return float(value >= 1)
    logs = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(value) + b * math.log1p(-value)
    # On the other side of the middle the fraction settles slowly, so the other end is taken.
    if value < (a + 1) / (a + b + 2):
        return math.exp(logs) * _fraction(value, a, b) / a
    return 1 - math.exp(logs) * _fraction(1 - value, b, a) / b


def _fraction(value: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, _off_zero(1 - (a + b) * value / (a + 1))
    d = 1 / d
    whole = d
    for step in range(1, _MOST_STEPS):
        for factor in (
            step * (b - step) * value / ((a + 2 * step - 1) * (a + 2 * step)),
            -(a + step) * (a + b + step) * value / ((a + 2 * step) * (a + 2 * step + 1)),
        ):
            d = 1 / _off_zero(1 + factor * d)
            c = _off_zero(1 + factor / c)
            whole *= c * d
        if abs(c * d - 1) < _SETTLED:
            return whole
    raise MethodError(f"The quantile for {a:g} and {b:g} did not settle.")


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
