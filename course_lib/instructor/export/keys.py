"""What is right in questions that are tables or pairs, as the places of choices, counted from 0."""

from course_lib import items


def row_keys(item: items.Grid) -> list[int | None]:
    """Return the place of the right choice of each row.

    Parameters
    ----------
    item : Grid
        The question.

    Returns
    -------
    list of int or None
        None for a row without a key.
    """
    return [None if row.key is None else item.choices.index(row.key) for row in item.row]


def cell_keys(item: items.Matrix) -> list[list[int | None]]:
    """Return the place of the right choice of each cell.

    Parameters
    ----------
    item : Matrix
        The question.

    Returns
    -------
    list of list of int or None
        For each row its columns; None for cells without a key.
    """
    return [
        [item.choices.index(choice) for choice in row.key] if row.key else [None] * len(item.columns)
        for row in item.row
    ]


def pair_keys(item: items.Match) -> list[int]:
    """Return the place of the right choice of each pair.

    Parameters
    ----------
    item : Match
        The question.

    Returns
    -------
    list of int
        Places in `item.choices`.
    """
    return [item.choices.index(pair.match) for pair in item.pair]
