"""What was learned between two tests, as a share of what there was to learn."""

from dataclasses import dataclass

from course_lib.errors import MethodError
from course_lib.methods.validation import finite_numbers, same_length


def normalised_gain(before, after):
    """Return the normalised gain: the share of what was missing before that is there after.

    1 means that nothing is missing any more, 0 no change, below 0 that less was right after than before.
    Where all was right before nothing is missing, and the gain is not defined. Just below that it is
    unsteady: one question less right afterwards makes it very low.

    Parameters: `before` and `after` shares right, from 0 to 1; of one person, or the means of a class.
    Raises: `MethodError` for shares that cannot be, and for 1 before.
    Source: Hake (1998), register key `hake-1998-engagement`, who computed it from the means of classes.

    >>> normalised_gain(0.25, 0.625)
    0.5
    """
    before, after = finite_numbers([before, after], "share", 0, 1).tolist()
    if before == 1:
        raise MethodError(
            "All was right before, so nothing was left to gain and normalised gain is not defined. "
            "Tell both shares instead."
        )
    return (after - before) / (1 - before)


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


def class_gain(before, after):
    """Return the `ClassGain` of students who took both tests.

    Without a class that was taught otherwise it does not tell what the course has done, and few students
    leave it uncertain.

    Parameters: `before` and `after` shares right from 0 to 1, one for each student, in the same order.
    Raises: `MethodError` for none, for lists of two lengths, or where every share before is 1.

    >>> one = class_gain([0.2, 0.6, 1.0], [0.6, 0.8, 1.0])
    >>> round(one.gain, 2), round(one.single, 2), one.full
    (0.5, 0.5, 1)
    """
    before, after = list(before), list(after)
    same_length(before=before, after=after)
    before, after = finite_numbers(before, "share before", 0, 1), finite_numbers(after, "share after", 0, 1)
    means = float(before.mean()), float(after.mean())
    pairs = zip(before.tolist(), after.tolist(), strict=True)
    single = [normalised_gain(first, second) for first, second in pairs if first < 1]
    mean = sum(single) / len(single) if single else None
    return ClassGain(len(before), *means, normalised_gain(*means), mean, len(before) - len(single))
