"""Values of a foreign file as JavaScript takes them: numbers in texts, texts of numbers, what is true."""

import math
import re

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def as_text(value: object) -> str:
    """Return a value as the text that a page would show.

    Parameters
    ----------
    value : object
        Anything that a file holds.

    Returns
    -------
    str
        Empty for nothing.

    Examples
    --------
    >>> [as_text(value) for value in ("a", 2.0, 0.5, True, None, [1, "b"])]
    ['a', '2', '0.5', 'true', '', '1, b']
    """
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e21:
            return str(int(value))
        case list():
            return ", ".join(map(as_text, value))
        case _:
            return str(value)


def as_number(value: object) -> float | None:
    """Return the number that a value is, or that stands in a text.

    Parameters
    ----------
    value : object
        Anything that a file holds.

    Returns
    -------
    float or None
        Infinity too; None for what is no number.

    Examples
    --------
    >>> [as_number(value) for value in (3, "72.5", " 1/4 ", True, "many", [2])]
    [3.0, 72.5, 0.25, None, None, None]
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            return None if math.isnan(value) else float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf
    if not isinstance(value, str):
        return None
    parts = [part.strip() for part in value.replace("−", "-").split("/")]
    if len(parts) > 2 or not all(map(_NUMBER.fullmatch, parts)):
        return None
    top, bottom = float(parts[0]), float(parts[1]) if len(parts) == 2 else 1.0
    return top / bottom if bottom else None


def is_right(value: object) -> tuple[bool, bool]:
    """Return whether an answer is meant to be right, and whether that is told in an odd way.

    Parameters
    ----------
    value : object
        What stands under ``correct``; None where nothing does.

    Returns
    -------
    bool
        Whether it is right.
    bool
        Whether it is neither true nor false nor left out.

    Examples
    --------
    >>> [is_right(value) for value in (True, None, 1, "true", "False", "")]
    [(True, False), (False, False), (True, True), (True, True), (False, True), (False, True)]
    """
    if value is None or isinstance(value, bool):
        return bool(value), False
    if isinstance(value, str):
        return value.strip().lower() not in {"", "false", "no", "0", "null", "undefined"}, True
    return bool(value) and value == value, True
