"""From how many students on a number about a class says something."""

import functools
import math
from collections.abc import Callable
from statistics import NormalDist

from course_lib.errors import MethodError
from course_lib.methods.item_statistics import EXTREME, feldt_interval
from course_lib.methods.quantiles import t_quantile
from course_lib.methods.rates import wilson_mean
from course_lib.methods.validation import whole_number

# A correlation that an interval must tell from none; a width that still tells easy from hard; alphas told
# apart; a change of a class that is worth knowing of.
_CORRELATION, _HALF, _ALPHAS, _CHANGE = 0.3, 0.2, (0.7, 0.5), 0.1


@functools.cache
def students_for_share() -> int:
    """Return from how many students on the interval of a share of one half ends within 20 points of it.

    Returns
    -------
    int
        How many.

    Examples
    --------
    >>> students_for_share()
    21
    """
    return _first(lambda n: 0.5 - wilson_mean(0.5, n).low <= _HALF)


@functools.cache
def students_for_correlation() -> int:
    """Return from how many students on a correlation of 0.3 can be told from none.

    Returns
    -------
    int
        How many.

    Examples
    --------
    >>> students_for_correlation()
    44
    """
    return _first(lambda n: math.atanh(_CORRELATION) > NormalDist().inv_cdf(0.975) / math.sqrt(n - 3), 4)


@functools.cache
def students_for_groups() -> int:
    """Return from how many students on each group of 27 per cent is enough for a share.

    Returns
    -------
    int
        How many.

    Examples
    --------
    >>> students_for_groups()
    76
    """
    return _first(lambda n: round(EXTREME * n) >= students_for_share())


@functools.cache
def students_for_thirds() -> int:
    """Return from how many students on each third is enough for a share.

    Returns
    -------
    int
        How many.

    Examples
    --------
    >>> students_for_thirds()
    63
    """
    return 3 * students_for_share()


@functools.cache
def students_for_alpha(questions: int) -> int:
    """Return from how many students on an alpha of 0.7 can be told from 0.5, for so many questions.

    Parameters
    ----------
    questions : int
        How many there are, two at least.

    Returns
    -------
    int
        How many.

    Raises
    ------
    MethodError
        For fewer than two questions.

    Examples
    --------
    >>> students_for_alpha(15)
    27
    """
    alpha, other = _ALPHAS
    return _first(lambda n: feldt_interval(alpha, n, questions, 0.95)[0] > other)


@functools.cache
def students_for_change(questions: int) -> int:
    """Return from how many students on the mean change is known within 10 points, for tests so long.

    Counted is only the luck in answering so many questions twice, half of them right.

    Parameters
    ----------
    questions : int
        How many a test has, one at least.

    Returns
    -------
    int
        How many.

    Raises
    ------
    MethodError
        For a number of questions that cannot be.

    Examples
    --------
    >>> students_for_change(15)
    16
    """
    if whole_number(questions, "questions") == 0:
        raise MethodError("There are no questions, so there is no change to know. Give one at least.")
    luck = math.sqrt(2 * 0.25 / questions)
    return _first(lambda n: t_quantile(0.975, n - 1) * luck / math.sqrt(n) <= _CHANGE)


def _first(holds: Callable[[int], bool], start: int = 2) -> int:
    return next(n for n in range(start, 100_000) if holds(n))
