"""Values checked before a method works on them: what is wrong is said with the value and its place."""

import numpy as np

from course_lib.errors import MethodError


def finite_numbers(values, name, low=-np.inf, high=np.inf):
    """Return values as a one-dimensional array of finite numbers from `low` to `high`.

    Parameters: `values` a sequence; `name` what they are, for the message.
    Raises: `MethodError` for none, for something that is no number, for one outside the bounds.

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


def same_length(**lists):
    """Raise `MethodError` unless all lists are of one length; the keywords are what they are called."""
    lengths = {name: len(values) for name, values in lists.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{count} {name}" for name, count in lengths.items())
        raise MethodError(f"There are {told}. Give as many of each, in the same order.")


def whole_number(value, name, most=None):
    """Return a whole number that is not negative, and not above `most`.

    Raises: `MethodError` for anything else.
    """
    if isinstance(value, bool) or not _is_number(value) or value != int(value) or value < 0:
        raise MethodError(f"The number of {name} is {value!r}; it must be a whole number from 0 up.")
    if most is not None and value > most:
        raise MethodError(f"The number of {name} is {value}, which is more than there are ({most}).")
    return int(value)


def _is_number(value):
    try:
        return not isinstance(value, str | bytes | bool) and bool(np.isfinite(value))
    except TypeError:
        return False
