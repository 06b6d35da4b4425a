"""Words and numbers as figures write them."""

from collections.abc import Iterable

import pandas as pd
from pandas.api.typing import NAType


def join_words(parts: Iterable[object]) -> str:
    """Join words as a sentence in the language of the lessons does.

    Parameters
    ----------
    parts : iterable
        Words, or what is written as words.

    Returns
    -------
    str
        With commas and "and" between them.

    Examples
    --------
    >>> join_words(["a", "b", "c"])
    'a, b and c'
    """
    words = [str(part) for part in parts]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def percent(share: float | NAType) -> str:
    """Return a share in whole per cent.

    Parameters
    ----------
    share : float
        From 0 to 1, or missing.

    Returns
    -------
    str
        Words where it is missing.

    Examples
    --------
    >>> percent(0.256), percent(float("nan"))
    ('26 %', 'not known')
    """
    return "not known" if pd.isna(share) else f"{100 * share:.0f} %"


def percentage_points(share: float) -> str:
    """Return a difference of shares in whole percentage points, with its sign.

    Parameters
    ----------
    share : float
        From −1 to 1.

    Returns
    -------
    str
        Zero has no sign.

    Examples
    --------
    >>> percentage_points(0.25), percentage_points(-0.1), percentage_points(-0.001)
    ('+25', '−10', '0')
    """
    return f"{100 * share:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def signed_number(value: float) -> str:
    """Return a number with two decimals.

    Parameters
    ----------
    value : float
        The number.

    Returns
    -------
    str
        With the sign for minus that stands in print.

    Examples
    --------
    >>> signed_number(-0.123)
    '−0.12'
    """
    return f"{value:.2f}".replace("-", "−")
