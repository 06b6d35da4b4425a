"""Grading a report: how reliable its source is and how credible its information, each by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from course_lib.errors import MethodError

_LETTERS = "ABCDEF"
_DIGITS = "123456"


class GradeWords(NamedTuple):
    """What an Admiralty grade says of the source, by its `letter`, and of the information, by its `digit`."""

    letter: str
    digit: str


@dataclass(frozen=True)
class Diagonal:
    """How many grades of `n` lie `on` the diagonal A1 to F6, as a `share`; `by_chance` is one in six."""

    n: int
    on: int
    share: float
    by_chance: float = 1 / 6


def describe_grade(grade: object) -> GradeWords:
    """Return what an Admiralty grade says: its parts, each with words of its own.

    The letter is about the source, the digit about this piece of information; F and 6 mean unknown, not
    worst. The scale has no numbers behind it, so grades are neither added nor averaged.

    Parameters
    ----------
    grade : str
        A letter and a digit, as ``B2``.

    Returns
    -------
    GradeWords
        The letter and the digit, each with the key of what it says.

    Raises
    ------
    MethodError
        For anything else.

    References
    ----------
    Irwin & Mandel (2019), register key `irwin-mandel-2019-information`.

    Examples
    --------
    >>> describe_grade("b2")
    GradeWords(letter='B', digit='2')
    """
    return _parts(grade)


def diagonal_share(grades: Iterable[object]) -> Diagonal:
    """Return how many grades lie on the diagonal, where letter and digit say the same.

    Raters tend to let one scale decide the other. Where most grades lie on the diagonal, the two were hardly
    judged by themselves: of 1,400 field reports 87 per cent did.

    Parameters
    ----------
    grades : iterable of str
        As ``B2``, at least one.

    Returns
    -------
    Diagonal
        How many, of how many.

    Raises
    ------
    MethodError
        For no grades, or for something that is none.

    References
    ----------
    the study of 1968 as reported in register key `blockint-2021-admiralty`.

    Examples
    --------
    >>> diagonal_share(["A1", "B2", "B3", "C3"]).share
    0.75
    """
    parts = [_parts(grade) for grade in grades]
    if not parts:
        raise MethodError("There are no grades, so there is no share. Grade at least one report.")
    on = sum(_LETTERS.index(letter) == _DIGITS.index(digit) for letter, digit in parts)
    return Diagonal(len(parts), on, on / len(parts))


def _parts(grade: object) -> GradeWords:
    text = str(grade).strip().upper()
    if len(text) != 2 or text[0] not in _LETTERS or text[1] not in _DIGITS:
        raise MethodError(
            f"{grade!r} is no Admiralty grade. Write a letter from A to F and a digit from 1 to 6, as B2."
        )
    return GradeWords(*text)
