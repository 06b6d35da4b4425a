"""Values checked before a method works on them: what is wrong is said with the value and its place.

Lists that belong together are matched by their labels where they carry any, and by their place where not.
"""

import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence, Sized
from numbers import Real
from typing import Any, TypeGuard, TypeVar

import numpy as np
from numpy.typing import NDArray

from course_lib.errors import MethodError, nearest

T = TypeVar("T")
# Types of which a list becomes an array without a look at each value; a truth value is no number.
_PLAIN = frozenset({int, float, np.float64, np.float32, np.int64, np.int32})
_MOST_NAMED = 3


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
        For none, for a table or a set, for something that is no number, for one outside the bounds.

    Examples
    --------
    >>> finite_numbers([0.2, 1], "probability", 0, 1).tolist()
    [0.2, 1.0]
    """
    given = _values(values, name)
    if not len(given):
        raise MethodError(f"There is no {name}, so there is nothing to compute. Give at least one.")
    numbers = _floats(given)
    if numbers is not None and (np.isfinite(numbers) & (numbers >= low) & (numbers <= high)).all():
        return numbers
    for place, value in enumerate(given, start=1):
        if not is_number(value) or not low <= value <= high:
            wanted = "a finite number"
            if np.isfinite(low) or np.isfinite(high):
                wanted = f"a number from {low:g} to {high:g}" if np.isfinite(high) else f"at least {low:g}"
            shown = value.item() if isinstance(value, np.generic) else value
            raise MethodError(f"The {name} at place {place} is {shown!r}; it must be {wanted}.")
    return np.array(list(given), dtype=float)


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


def align(**lists: Iterable[T]) -> list[Collection[T]]:
    """Return lists that belong together in one order, and of one length.

    Those that carry labels (a Series its index, a dict its keys) must carry the same ones, and take the order
    of the first of them. Those without labels are taken by place.

    Parameters
    ----------
    **lists : iterable
        The lists, by what they are called.

    Returns
    -------
    list of collection
        In the order in which they were given.

    Raises
    ------
    MethodError
        Where labels differ, one stands twice in another order, or lengths differ; for a table or a set; and
        where labels stand in two orders and one of the lists has none.

    Examples
    --------
    >>> align(said={"a": 0.2, "b": 0.7}, seen={"b": 1, "a": 0})
    [[0.2, 0.7], [0, 1]]
    """
    labels = {name: _labels(values) for name, values in lists.items()}
    plain = {name: _values(values, name) for name, values in lists.items()}
    labelled = [name for name, own in labels.items() if own is not None]
    if len(labelled) > 1:
        first = labelled[0]
        order = labels[first]
        moved = [name for name in labelled if not _same_order(order, labels[name])]
        for name in moved:
            plain[name] = _in_order(order, labels[name], plain[name], first, name)
        unlabelled = [name for name in lists if name not in labelled]
        if moved and unlabelled:
            raise MethodError(
                f"The {first} and the {moved[0]} carry labels in two orders, and the {unlabelled[0]} carry "
                "none, so it is not known where they belong. Give labels to all, or to none."
            )
    same_length(**plain)
    return list(plain.values())


def by_label(labels: Iterable[Hashable], values: Iterable[T], whose: str, name: str) -> Collection[T]:
    """Return values in the order of given labels: by their own labels, or by place where they have none.

    Parameters
    ----------
    labels : iterable of hashable
        In whose order the values are wanted.
    values : iterable
        A Series or dict with the same labels, or a list.
    whose, name : str
        What the labels and the values belong to, for the message.

    Returns
    -------
    collection
        The values; of a list without labels, as many as it has.

    Raises
    ------
    MethodError
        Where the labels differ, or one stands twice in another order; for a table.

    Examples
    --------
    >>> by_label(["a", "b"], {"b": 2, "a": 1}, "rows", "weights")
    [1, 2]
    """
    own = _labels(values)
    plain: Collection[T] = _values(values, name)
    order = list(labels)
    if own is not None and not _same_order(order, own):
        plain = _in_order(order, own, plain, whose, name)
    return plain


def labels_of(*lists: object) -> list[Hashable] | None:
    """Return the labels of the first of some lists that carries any.

    Parameters
    ----------
    *lists : object
        Series or dicts, which carry labels, and lists, which do not.

    Returns
    -------
    list of hashable, or None
        None where none carries labels.

    Examples
    --------
    >>> labels_of([1, 2], {"a": 1, "b": 2})
    ['a', 'b']
    """
    found = (_labels(values) for values in lists)
    return next((list(labels) for labels in found if labels is not None), None)


def require_fields(fields: Iterable[Hashable], names: Iterable[str]) -> None:
    """Raise `MethodError` unless a table has fields of these names.

    Parameters
    ----------
    fields : iterable of hashable
        Those that it has.
    names : iterable of str
        Those that are needed.

    Raises
    ------
    MethodError
        For the first that is missing, with the nearest that exist.
    """
    known = [str(field) for field in fields]
    for name in names:
        if name not in known:
            raise MethodError(nearest(name, known, "field"))


def list_names(values: Iterable[str], name: str) -> list[str]:
    """Return names as a list, and refuse a single text, of which every letter would be a name.

    Parameters
    ----------
    values : iterable of str
        The names.
    name : str
        What they are, for the message.

    Returns
    -------
    list of str
        The same names.

    Raises
    ------
    MethodError
        For a text.

    Examples
    --------
    >>> list_names(("may", "might"), "hedges")
    ['may', 'might']
    """
    if isinstance(values, str):
        raise MethodError(f"The {name} are one text, {values!r}. Give a list, such as [{values!r}].")
    return list(values)


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
    if not is_number(value) or value != int(value) or value < 0:
        raise MethodError(f"The number of {name} is {value!r}; it must be a whole number from 0 up.")
    if most is not None and value > most:
        raise MethodError(f"The number of {name} is {value}, which is more than there are ({most}).")
    return int(value)


def is_number(value: Any) -> TypeGuard[float]:
    """Return whether something is a finite number: a truth value or a text is none.

    Parameters
    ----------
    value : object
        What is looked at.

    Returns
    -------
    bool
        Whether it can be computed with.

    Examples
    --------
    >>> is_number(0.5), is_number(True), is_number("0.5"), is_number(float("inf"))
    (True, False, False, False)
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def inner_share(value: float, name: str) -> float:
    """Return a number between 0 and 1 that is neither.

    Parameters
    ----------
    value : float
        What is checked.
    name : str
        What it is, for the message.

    Returns
    -------
    float
        The number.

    Raises
    ------
    MethodError
        For anything else.
    """
    share = float(finite_numbers([value], name, 0, 1)[0])
    if share in (0, 1):
        raise MethodError(f"The {name} is {share:g}; it must lie between 0 and 1, and be neither.")
    return share


def _floats(given: Collection[object]) -> NDArray[np.float64] | None:
    """Return plain numbers as an array, or None where each has to be looked at."""
    if isinstance(given, np.ndarray):
        return given.astype(float) if given.ndim == 1 and given.dtype.kind in "iuf" else None
    try:
        return np.array(given, dtype=float) if set(map(type, given)) <= _PLAIN else None
    except OverflowError:
        return None


def _values(values: Any, name: str) -> Any:
    """Return what can be gone through twice: an array as it is, the values of a Series or dict, a list."""
    if isinstance(values, np.ndarray):
        return values
    if isinstance(values, Mapping):
        return list(values.values())
    if hasattr(values, "columns") and hasattr(values, "index"):
        raise MethodError(f"The {name} are a table. Give one of its columns.")
    if isinstance(values, set | frozenset):
        raise MethodError(f"The {name} are a set, which has no order. Give a list.")
    if _labels(values) is not None:
        return values.to_numpy()
    return list(values)


def _labels(values: Any) -> Any:
    """Return the labels of a Series or dict, or None for what has none."""
    if isinstance(values, Mapping):
        return list(values)
    # Known by what it has, since a look at pandas' own type would load pandas where nothing else needs it.
    # What pandas calls an Index is no list with labels, and the `index` of a list is a method.
    index = getattr(values, "index", None) if hasattr(values, "reindex") else None
    return None if callable(index) else index


def _same_order(first: Any, second: Any) -> bool:
    if hasattr(first, "equals") and hasattr(second, "equals"):
        return bool(first.equals(second))
    return list(first) == list(second)


def _in_order(order: Any, own: Any, values: Any, whose: str, name: str) -> Any:
    """Return values in the order of other labels, which must be the same ones, each once."""
    wanted, there = list(order), list(own)
    for labels, what in ((wanted, whose), (there, name)):
        if len(set(labels)) < len(labels):
            twice = next(label for label, count in Counter(labels).items() if count > 1)
            raise MethodError(
                f"The {what} have the label {_show(twice)} more than once, so values cannot be matched by "
                "label. Give every label once, or values without labels in the same order."
            )
    known, given = set(wanted), set(there)
    missing = [label for label in wanted if label not in given]
    unknown = [label for label in there if label not in known]
    if missing or unknown:
        parts = [
            f"only the {what} have {_some(labels)}"
            for what, labels in ((whose, missing), (name, unknown))
            if labels
        ]
        raise MethodError(
            f"The labels of the {whose} and of the {name} differ: {', '.join(parts)}."
            f"{_hint(unknown, missing)} Give both the same labels, or values without labels in the same "
            "order."
        )
    places = {label: place for place, label in enumerate(there)}
    chosen = [places[label] for label in wanted]
    return values[chosen] if isinstance(values, np.ndarray) else [values[place] for place in chosen]


def _hint(unknown: Sequence[object], missing: Sequence[object]) -> str:
    """Return a question for the first unknown label that is nearly one of those missing."""
    import difflib  # rarely needed

    for label in unknown[:_MOST_NAMED]:
        for near in difflib.get_close_matches(str(label), map(str, missing), n=1):
            return f" Did you mean {near!r} by {_show(label)}?"
    return ""


def _some(labels: Sequence[object]) -> str:
    named = ", ".join(map(_show, labels[:_MOST_NAMED]))
    more = len(labels) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def _show(label: object) -> str:
    return repr(label.item() if isinstance(label, np.generic) else label)
