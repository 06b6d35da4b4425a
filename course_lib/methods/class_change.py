"""How a class changed between two tests, and how far chance in who is in the class can go."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from course_lib.errors import MethodError
from course_lib.methods.gain import ClassGain, class_gain
from course_lib.methods.quantiles import t_quantile
from course_lib.methods.rates import Interval
from course_lib.methods.validation import align, finite_numbers, inner_share

# What differs by less differs in the last digits of floating point only.
_SAME = 1e-12


@dataclass(frozen=True)
class MeanChange:
    """What changed between two tests: `students` with both, mean `change` as an `Interval`, the `gain`s.

    `gain` is the `ClassGain`, or None where all was right before; `hake` its interval, None with it, and
    where too few had anything to gain for there to be one.
    """

    students: int
    change: Interval
    gain: ClassGain | None
    hake: Interval | None


def mean_change(before: Iterable[float], after: Iterable[float], level: float = 0.95) -> MeanChange:
    """Return the mean change of the students who took both tests, with intervals.

    The change has Student's interval for pairs. The normalised gain of the class is a ratio of two means of
    the same students; its interval is that of such a ratio to first order. Such a ratio has an interval only
    where its denominator, the mean share that was missing before, can itself be told from 0 (Fieller). Where
    most had everything right it cannot, and there is no interval. Nor is there one where it would reach as
    far to either side as from nothing gained to everything, as with two students, since it would hold
    whatever can be; nor where all students changed in one proportion, so that nothing can be said of chance.
    An interval tells how far chance in who is in the class can go. It does not tell what made the change.

    Parameters
    ----------
    before, after : iterable of float
        Shares from 0 to 1, one for each student, in the same order; two Series are matched by their labels.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    MeanChange
        The change and the gain, with intervals.

    Raises
    ------
    MethodError
        For fewer than two students, lists of two lengths or with different labels, shares that cannot be, or
        a level that is not between 0 and 1.

    References
    ----------
    Hake (1998), register key `hake-1998-engagement`; Fieller (1954), register key `fieller-1954-interval`,
    whose set of ratios is bounded on this condition only.

    Examples
    --------
    >>> changed = mean_change([0.2, 0.4, 0.6], [0.4, 0.7, 0.7]).change
    >>> round(changed.estimate, 2), round(changed.low, 2), round(changed.high, 2)
    (0.2, -0.05, 0.45)
    """
    firsts, seconds = align(before=before, after=after)
    then, now = finite_numbers(firsts, "share before", 0, 1), finite_numbers(seconds, "share after", 0, 1)
    n = len(then)
    if n < 2:
        raise MethodError("One student took both tests. A change of a class needs two at least.")
    reach = t_quantile((1 + inner_share(level, "level")) / 2, n - 1) / math.sqrt(n)
    apart = now - then
    mean, half = float(apart.mean()), float(reach * apart.std(ddof=1))
    changed = Interval(mean, mean - half, mean + half)
    missing, left = 1 - then, 1 - now
    if missing.sum() == 0:
        return MeanChange(n, changed, None, None)
    gain = class_gain(then, now)
    beyond = left - left.mean() / missing.mean() * missing
    half = float(reach * beyond.std(ddof=1) / missing.mean())
    alike = np.abs(beyond).max() <= _SAME * max(left.max(), missing.max())
    if alike or half >= 1 or reach * missing.std(ddof=1) >= missing.mean():
        return MeanChange(n, changed, gain, None)
    return MeanChange(n, changed, gain, Interval(gain.gain, gain.gain - half, gain.gain + half))
