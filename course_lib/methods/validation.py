"""Values checked before a method works on them: what is wrong is said with the value and its place."""

import math
from collections.abc import Iterable, Sized
from numbers import Real
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from course_lib.errors import MethodError


def finite_numbers(
    values: Iterable[object], name: str, low: float = -np.inf, high: float = np.inf
) -> NDArray[np.float64]:
    """Return values as a one-dimensional array of finite numbers from `low` to `high`.

    Parameters
    ----------
    values : iterable of float
        What is checked, at least one.
    name : str
        What they are, for the message.
    low, high : float, optional
        The bounds, both allowed.

    Returns
    -------
    ndarray of float, shape (n,)
        The same values.

    Raises
    ------
    MethodError
        For none, for something that is no number, for one outside the bounds.

    Examples
    --------
    >>> finite_numbers([0.2, 1], "probability", 0, 1).tolist()
    [0.2, 1.0]
    """
    given = list(values)
    if not given:
        raise MethodError(f"There is no {name}, so there is nothing to compute. Give at least one.")
    for place, value in enumerate(given, start=1):
        if not _is_number(value) or not low <= value <= high:
            wanted = "a finite number"
            if np.isfinite(low) or np.isfinite(high):
                wanted = f"a number from {low:g} to {high:g}" if np.isfinite(high) else f"at least {low:g}"
            raise MethodError(f"The {name} at place {place} is {value!r}; it must be {wanted}.")
    return np.array(given, dtype=float)


def same_length(**lists: Sized) -> None:
    """Raise `MethodError` unless all lists are of one length.

    Parameters
    ----------
    **lists : sized
        The lists, by what they are called.

    Raises
    ------
    MethodError
        Where they are of more than one length.
    """
    lengths = {name: len(values) for name, values in lists.items()}
    if len(set(lengths.values())) > 1:
        counts = ", ".join(f"{count} {name}" for name, count in lengths.items())
        raise MethodError(f"There are {counts}. Give as many of each, in the same order.")


def whole_number(value: object, name: str, most: int | None = None) -> int:
    """Return a whole number that is not negative, and not above `most`.

    Parameters
    ----------
    value : int
        What is checked.
    name : str
        What it is the number of, for the message.
    most : int, optional
        The largest that is allowed.

    Returns
    -------
    int
        The number.

    Raises
    ------
    MethodError
        For anything else.
    """
    if isinstance(value, bool) or not _is_number(value) or value != int(value) or value < 0:
        raise MethodError(f"The number of {name} is {value!r}; it must be a whole number from 0 up.")
    if most is not None and value > most:
        raise MethodError(f"The number of {name} is {value}, which is more than there are ({most}).")
    return int(value)


def _is_number(value: object) -> TypeGuard[float]:
    return not isinstance(value, bool) and isinstance(value, Real) and math.isfinite(value)
