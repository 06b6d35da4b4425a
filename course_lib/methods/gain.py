"""What was learned between two tests, as a share of what there was to learn."""

from collections.abc import Iterable
from dataclasses import dataclass

from course_lib.errors import MethodError
from course_lib.methods.validation import align, finite_numbers


def normalised_gain(before: float, after: float) -> float:
    """Return the normalised gain: the share of what was missing before that is there after.

    1 means that nothing is missing any more, 0 no change, below 0 that less was right after than before.
    Where all was right before nothing is missing, and the gain is not defined. Just below that it is
    unsteady: one question less right afterwards makes it very low, far below -1. It is made for gains; a loss
    is better told in points. Marx and Cummings relate a loss to what there was to lose instead.

    Parameters
    ----------
    before, after : float
        Shares right, from 0 to 1; of one person, or the means of a class.

    Returns
    -------
    float
        At most 1.

    Raises
    ------
    MethodError
        For shares that cannot be, and for 1 before.

    References
    ----------
    Hake (1998), register key `hake-1998-engagement`, who computed it from the means of classes; for single
    students and losses Marx & Cummings (2007), register key `marx-cummings-2007-change`.

    Examples
    --------
    >>> normalised_gain(0.25, 0.625)
    0.5
    """
    then, now = finite_numbers([before, after], "share", 0, 1).tolist()
    if then == 1:
        raise MethodError(
            "All was right before, so nothing was left to gain and normalised gain is not defined. "
            "Tell both shares instead."
        )
    return float((now - then) / (1 - then))


@dataclass(frozen=True)
class ClassGain:
    """What a class gained: `students` with both tests, mean shares `before` and `after`, `gain` of the means.

    `single` is the mean of the students' own gains without those that are not defined (`full` of them); None
    where none is left. `gain` is the one to report: errors of measurement distort the mean of single gains
    more (register key `arxiv-2024-normalized-gain`).
    """

    students: int
    before: float
    after: float
    gain: float
    single: float | None
    full: int


def class_gain(before: Iterable[float], after: Iterable[float]) -> ClassGain:
    """Return the `ClassGain` of students who took both tests.

    Without a class that was taught otherwise it does not tell what the course has done, and few students
    leave it uncertain.

    Parameters
    ----------
    before, after : iterable of float
        Shares right from 0 to 1, one for each student, in the same order; two Series are matched by their
        labels.

    Returns
    -------
    ClassGain
        The means, and their gain.

    Raises
    ------
    MethodError
        For none, for lists of two lengths or with different labels, for shares that cannot be, or where every
        share before is 1.

    References
    ----------
    Hake (1998), register key `hake-1998-engagement`.

    Examples
    --------
    >>> gained = class_gain([0.2, 0.6, 1.0], [0.6, 0.8, 1.0])
    >>> round(gained.gain, 2), round(gained.single, 2), gained.full
    (0.5, 0.5, 1)
    """
    firsts, seconds = align(before=before, after=after)
    then, now = finite_numbers(firsts, "share before", 0, 1), finite_numbers(seconds, "share after", 0, 1)
    means = float(then.mean()), float(now.mean())
    open_to_gain = then < 1
    single = ((now - then)[open_to_gain] / (1 - then)[open_to_gain]).tolist()
    mean = sum(single) / len(single) if single else None
    return ClassGain(len(then), *means, normalised_gain(*means), mean, len(then) - len(single))
