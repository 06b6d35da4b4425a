"""Quantiles of Student's t and of F, by which intervals of means and of alpha are drawn."""

import math

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
    if share < 0.5:
        return -t_quantile(1 - share, freedom)
    if share == 0.5:
        return 0.0
    # The square of t is F with one degree of freedom above.
    return math.sqrt(f_quantile(2 * share - 1, 1, freedom))


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
    low, high = 0.0, 1.0
    while _f_share(high, above, below) < share:
        low, high = high, 2 * high
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _f_share(middle, above, below) < share else (low, middle)
    return (low + high) / 2


def _require_possible(share: float, *freedoms: float) -> None:
    if not 0 < share < 1:
        raise MethodError(f"The share is {share!r}; it must lie between 0 and 1, and be neither.")
    for freedom in freedoms:
        if not (freedom > 0 and math.isfinite(freedom)):
            raise MethodError(f"The degrees of freedom are {freedom!r}; they must be above 0.")


def _f_share(value: float, above: float, below: float) -> float:
    return beta_share(above * value / (above * value + below), above / 2, below / 2)


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
        Where the continued fraction does not settle.

    Examples
    --------
    >>> round(beta_share(0.25, 2, 3), 6)
    0.261719
    """
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
