"""How a class changed between two tests, and how far chance in who is in the class can go."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from course_lib.errors import MethodError
from course_lib.methods.gain import ClassGain, class_gain
from course_lib.methods.quantiles import t_quantile
from course_lib.methods.rates import Interval
from course_lib.methods.validation import finite_numbers, same_length


@dataclass(frozen=True)
class MeanChange:
    """What changed between two tests: `students` with both, mean `change` as an `Interval`, the `gain`s.

    `gain` is the `ClassGain`, or None where all was right before; `hake` its interval, None with it.
    """

    students: int
    change: Interval
    gain: ClassGain | None
    hake: Interval | None


def mean_change(before: Iterable[float], after: Iterable[float], level: float = 0.95) -> MeanChange:
    """Return the mean change of the students who took both tests, with intervals.

    The change has Student's interval for pairs. The interval of the normalised gain of the class is that of
    a ratio of two means of the same students, to first order; it is wide where little was missing before.
    It tells how far chance in who is in the class can go. It does not tell what made the change.

    Parameters
    ----------
    before, after : iterable of float
        Shares from 0 to 1, one for each student, in the same order.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    MeanChange
        The change and the gain, with intervals.

    Raises
    ------
    MethodError
        For fewer than two students, or lists of two lengths.

    References
    ----------
    Hake (1998), register key `hake-1998-engagement`.

    Examples
    --------
    >>> changed = mean_change([0.2, 0.4, 0.6], [0.4, 0.7, 0.7]).change
    >>> round(changed.estimate, 2), round(changed.low, 2), round(changed.high, 2)
    (0.2, -0.05, 0.45)
    """
    firsts, seconds = list(before), list(after)
    same_length(before=firsts, after=seconds)
    then, now = finite_numbers(firsts, "share before", 0, 1), finite_numbers(seconds, "share after", 0, 1)
    n = len(then)
    if n < 2:
        raise MethodError("One student took both tests. A change of a class needs two at least.")
    t = t_quantile((1 + level) / 2, n - 1)
    apart = now - then
    half = t * apart.std(ddof=1) / math.sqrt(n)
    mean = float(apart.mean())
    changed = Interval(mean, float(mean - half), float(mean + half))
    missing, left = 1 - then, 1 - now
    if missing.sum() == 0:
        return MeanChange(n, changed, None, None)
    gain = class_gain(then, now)
    ratio = left.mean() / missing.mean()
    half = t * (left - ratio * missing).std(ddof=1) / math.sqrt(n) / missing.mean()
    return MeanChange(n, changed, gain, Interval(gain.gain, float(gain.gain - half), float(gain.gain + half)))
