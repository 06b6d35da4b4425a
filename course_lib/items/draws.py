"""Orders that look like chance and hang on a seed alone, so that they come back when a cell is run again."""

import hashlib
from collections.abc import Sequence

from course_lib.items.types import Item, Multiple, Single


def draw_questions(items: Sequence[Item], seed: str, number: int | None = None) -> list[Item]:
    """Return questions in an order of their own, or some of them.

    Each is placed by itself: where one is added to a file, the others keep their order among themselves.

    Parameters
    ----------
    items : sequence of Item
        The questions.
    seed : str
        What the order hangs on, beside the ids.
    number : int, optional
        How many; by default all.

    Returns
    -------
    list of Item
        In the order in which they are to be asked.

    Examples
    --------
    >>> from course_lib.items import Number
    >>> asked = [Number(id=name, type="number", check="c", objective=0, stem="?") for name in "abcd"]
    >>> [item.id for item in draw_questions(asked, "y")]
    ['a', 'c', 'd', 'b']
    >>> [item.id for item in draw_questions(asked[:3], "y", 2)]
    ['a', 'c']
    """
    return sorted(items, key=lambda item: _place(seed, item.id))[:number]


def draw_options(items: Sequence[Item], seed: str) -> dict[str, list[int]]:
    """Return for each question with options an order of them.

    Parameters
    ----------
    items : sequence of Item
        The questions.
    seed : str
        What the orders hang on, beside the ids.

    Returns
    -------
    dict of str to list of int
        By the id of the question the places of the first option to be shown, the second and so on.
    """
    return {
        item.id: _drawn_places(len(item.option), f"{seed}\n{item.id}")
        for item in items
        if isinstance(item, Single | Multiple)
    }


def _drawn_places(count: int, seed: str) -> list[int]:
    return sorted(range(count), key=lambda at: _place(seed, str(at)))


def _place(seed: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{name}".encode(errors="backslashreplace")).digest()
