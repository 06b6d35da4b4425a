"""Structural balance: whether friends of friends are friends, and how many ties stand in the way.

Ties are positive (1) or negative (-1); pairs without a tie, or with a neutral one (0), are left out, since a
missing tie is no friendship. The smallest number of ties in the way is found by trying every division into
two camps at once with numpy: up to 20 actors that is at most half a million divisions, exact, and it gives
all the best ones, which a heuristic on a graph library would not.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib.errors import MethodError, nearest

# Beyond this the divisions no longer fit into memory at once.
MOST_ACTORS = 20
_AT_ONCE = 1 << 16
Pair: TypeAlias = tuple[str, str]
SignedNetwork: TypeAlias = dict[Pair, int]
Ties: TypeAlias = pd.DataFrame | Mapping[Pair, int] | Iterable[tuple[str, str, int]]


@dataclass(frozen=True)
class Frustration:
    """The fewest ties whose sign must change for balance, and the divisions that need no more.

    `ties` counted, `index` the fewest, `share` = 1 - 2 index / ties (1 where nothing stands in the way),
    `camps` every best division as a pair of sorted tuples, `against` for each the ties in the way.
    """

    ties: int
    index: int
    share: float
    camps: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    against: tuple[tuple[Pair, ...], ...]


def tie_signs(ties: Ties) -> SignedNetwork:
    """Return ties as a dict from pair to sign, each pair once, names sorted; neutral ties are left out.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three.

    Returns
    -------
    dict of (str, str) to int
        From a pair of names, sorted, to 1 or -1.

    Raises
    ------
    MethodError
        For a tie of an actor with itself, a pair told twice, or a sign that is none.

    Examples
    --------
    >>> tie_signs([("b", "a", -1), ("a", "c", 0)])
    {('a', 'b'): -1}
    """
    found: SignedNetwork = {}
    for first, second, sign in _rows(ties):
        pair = _pair(first, second)
        if first == second:
            raise MethodError(f"There is a tie of {first} with itself. A tie joins two actors.")
        if sign not in (-1, 0, 1):
            raise MethodError(f"The sign of {pair[0]} and {pair[1]} is {sign!r}; it is 1, 0 or -1.")
        if pair in found:
            raise MethodError(
                f"The tie of {pair[0]} and {pair[1]} is told twice. Choose one date, or one coder."
            )
        found[pair] = int(sign)
    return {pair: sign for pair, sign in found.items() if sign}


def _rows(ties: Ties) -> Iterable[tuple[str, str, int]]:
    if isinstance(ties, pd.DataFrame):
        return zip(ties["a"], ties["b"], ties["sign"], strict=True)
    return tie_rows(cast(Mapping[Pair, int], ties)) if isinstance(ties, Mapping) else ties


def _pair(first: str, second: str) -> Pair:
    return (first, second) if first <= second else (second, first)


def triads(ties: Ties) -> pd.DataFrame:
    """Return every three actors with ties among all of them, and whether they are in balance.

    Balanced means that the product of the three signs is positive. In the weak form of Davis three mutual
    enemies are no contradiction either.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three.

    Returns
    -------
    DataFrame
        With `a`, `b`, `c`, `negative` (how many of the three ties), `balanced` and `weakly_balanced`.

    Raises
    ------
    MethodError
        As for `tie_signs`.

    References
    ----------
    Heider (1946), register key `heider-1946-attitudes`; Cartwright & Harary (1956),
    `cartwright-harary-1956-balance`.

    Examples
    --------
    >>> triads([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)]).balanced.tolist()
    [True]
    """
    known = tie_signs(ties)
    rows = []
    for three in itertools.combinations(_actors(known), 3):
        pairs = [_pair(*two) for two in itertools.combinations(three, 2)]
        if all(pair in known for pair in pairs):
            negative = sum(known[pair] < 0 for pair in pairs)
            rows.append((*three, negative, negative % 2 == 0, negative != 1))
    return pd.DataFrame(rows, columns=["a", "b", "c", "negative", "balanced", "weakly_balanced"])


def balance_degree(ties: Ties) -> float:
    """Return the share of triads in balance, or NaN where there is no triad.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three.

    Returns
    -------
    float
        From 0 to 1, or NaN where there is no triad.

    Raises
    ------
    MethodError
        As for `tie_signs`.

    Examples
    --------
    >>> balance_degree([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])
    0.0
    """
    found = triads(ties)
    return float(found["balanced"].mean()) if len(found) else float("nan")


def frustration(ties: Ties) -> Frustration:
    """Return the fewest ties that stand in the way of balance, exactly, with every best division.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        As for `tie_signs`; at most `MOST_ACTORS` actors.

    Returns
    -------
    Frustration
        The index, and every best division.

    Raises
    ------
    MethodError
        For no ties or too many actors.

    References
    ----------
    Facchetti, Iacono & Altafini (2011), register key `facchetti-2011-balance`; Aref & Wilson (2018),
    `aref-wilson-2018-partial`.

    Examples
    --------
    >>> frustration([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]).index
    1
    """
    known = tie_signs(ties)
    if not known:
        raise MethodError("There are no ties, so there is nothing to balance. Give at least one.")
    actors = _actors(known)
    if len(actors) > MOST_ACTORS:
        raise MethodError(f"There are {len(actors)} actors; every division is tried for up to {MOST_ACTORS}.")
    place = {actor: at for at, actor in enumerate(actors)}
    ends = np.array([[place[first], place[second]] for first, second in known])
    positive = np.array(list(known.values())) > 0
    least: int = len(known) + 1
    best: list[NDArray[np.bool_]] = []
    # The first actor always stands in the first camp, or every division would come twice.
    for start in range(0, 1 << (len(actors) - 1), _AT_ONCE):
        numbers = np.arange(start, min(start + _AT_ONCE, 1 << (len(actors) - 1)))
        camps = np.zeros((len(numbers), len(actors)), dtype=bool)
        camps[:, 1:] = (numbers[:, None] >> np.arange(len(actors) - 1)) & 1
        together = camps[:, ends[:, 0]] == camps[:, ends[:, 1]]
        wrong = (together != positive).sum(axis=1)
        if wrong.min() <= least:
            best = [*(best if wrong.min() == least else []), *camps[wrong == wrong.min()]]
            least = int(wrong.min())
    divisions, against = [], []
    for camps in best:
        sides = (
            tuple(actor for actor, other in zip(actors, camps, strict=True) if not other),
            tuple(actor for actor, other in zip(actors, camps, strict=True) if other),
        )
        divisions.append(sides)
        together = camps[ends[:, 0]] == camps[ends[:, 1]]
        against.append(tuple(pair for pair, bad in zip(known, together != positive, strict=True) if bad))
    return Frustration(len(known), least, 1 - 2 * least / len(known), tuple(divisions), tuple(against))


def flip_tie(ties: Ties, a: str, b: str) -> SignedNetwork:
    """Return the ties, as a dict, with the sign of one turned round.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three.
    a, b : str
        The two actors.

    Returns
    -------
    dict of (str, str) to int
        The ties, one of them turned round.

    Raises
    ------
    MethodError
        Where these two have no tie.

    Examples
    --------
    >>> flip_tie([("a", "b", 1)], "b", "a")
    {('a', 'b'): -1}
    """
    known = tie_signs(ties)
    pair = _pair(a, b)
    if pair not in known:
        raise MethodError(nearest(" and ".join(pair), [" and ".join(tie) for tie in known], "tie of"))
    return {**known, pair: -known[pair]}


def remove_actor(ties: Ties, actor: str) -> SignedNetwork:
    """Return the ties, as a dict, without those of one actor.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three.
    actor : str
        Whose ties are left out.

    Returns
    -------
    dict of (str, str) to int
        The ties that are left.

    Raises
    ------
    MethodError
        For an actor that has no tie.

    Examples
    --------
    >>> remove_actor([("a", "b", 1), ("b", "c", 1)], "a")
    {('b', 'c'): 1}
    """
    known = tie_signs(ties)
    if actor not in _actors(known):
        raise MethodError(nearest(actor, _actors(known), "actor"))
    return {pair: sign for pair, sign in known.items() if actor not in pair}


def flip_effects(ties: Ties) -> pd.DataFrame:
    """Return what turning round each tie would do: one row per tie.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three.

    Returns
    -------
    DataFrame
        With `a`, `b`, `sign` (as it is), `balanced` (share of triads in balance afterwards), `frustration`
        (index afterwards) and `change` (of the index).

    Raises
    ------
    MethodError
        As for `frustration`.

    Examples
    --------
    >>> flip_effects([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]).frustration.tolist()
    [0, 0, 0]
    """
    known = tie_signs(ties)
    now = frustration(known).index
    found = []
    for pair, sign in known.items():
        other = flip_tie(known, *pair)
        index = frustration(other).index
        found.append((*pair, sign, balance_degree(other), index, index - now))
    return pd.DataFrame(found, columns=["a", "b", "sign", "balanced", "frustration", "change"])


def tie_rows(known: Mapping[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    """Return ties given as a dict as rows of actor, actor and sign.

    Parameters
    ----------
    known : mapping of (str, str) to int
        The ties.

    Returns
    -------
    list of (str, str, int)
        A row for each tie.

    Examples
    --------
    >>> tie_rows({("a", "b"): 1})
    [('a', 'b', 1)]
    """
    return [(*pair, sign) for pair, sign in known.items()]


def _actors(known: SignedNetwork) -> list[str]:
    return sorted({actor for pair in known for actor in pair})
