"""Structural balance: whether friends of friends are friends, and how many ties stand in the way.

Ties are positive (1) or negative (-1); pairs without a tie, or with a neutral one (0), are left out, since a
missing tie is no friendship. A signed network is a table with the fields `a`, `b` and `sign`, a row per tie:
what every function here takes, and what `flip_tie` and `remove_actor` return. A dict from pair to sign and
rows of actor, actor, sign are taken as well.

The smallest number of ties in the way is found by going through every division into two camps: up to 20
actors that is at most half a million divisions, exact, and it counts all the best ones, which a heuristic on
a graph library would not.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib.errors import MethodError, nearest
from course_lib.methods.validation import is_number, require_fields

# Beyond this the divisions take more memory and time than anybody waits for.
MOST_ACTORS = 20
# So many best divisions are listed; there can be tens of thousands, and nobody reads them.
MOST_LISTED = 32
Pair: TypeAlias = tuple[str, str]
Ties: TypeAlias = pd.DataFrame | Mapping[Pair, int] | Iterable[tuple[str, str, int]]
_FIELDS = ("a", "b", "sign")


@dataclass(frozen=True)
class Frustration:
    """The fewest ties whose sign must change for balance, and the divisions that need no more.

    `ties` counted, `index` the fewest, `share` = 1 - 2 index / ties (1 where nothing stands in the way),
    `divisions` how many are best, `camps` the first of them, at most `MOST_LISTED`, each a pair of sorted
    tuples, `against` for each of these the ties in the way.
    """

    ties: int
    index: int
    share: float
    divisions: int
    camps: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    against: tuple[tuple[Pair, ...], ...]


def tie_signs(ties: Ties) -> dict[Pair, int]:
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
        For a field that is missing, an actor without a name, a tie of an actor with itself, a pair told
        twice, or a sign that is none.

    Examples
    --------
    >>> tie_signs([("b", "a", -1), ("a", "c", 0)])
    {('a', 'b'): -1}
    """
    found: dict[Pair, int] = {}
    for first, second, sign in _rows(ties):
        pair = _pair(first, second)
        if first == second:
            raise MethodError(f"There is a tie of {first} with itself. A tie joins two actors.")
        if not is_number(sign) or sign not in (-1, 0, 1):
            raise MethodError(f"The sign of {pair[0]} and {pair[1]} is {sign!r}; it is 1, 0 or -1.")
        if pair in found:
            raise MethodError(
                f"The tie of {pair[0]} and {pair[1]} is told twice. Choose one date, or one coder."
            )
        found[pair] = int(sign)
    return {pair: sign for pair, sign in found.items() if sign}


def _rows(ties: Ties) -> Iterable[tuple[str, str, int]]:
    if isinstance(ties, pd.DataFrame):
        require_fields(ties.columns, _FIELDS)
        return zip(*(ties[field].tolist() for field in _FIELDS), strict=True)
    if isinstance(ties, Mapping):
        known = cast(Mapping[Pair, int], ties)
        return [(*pair, sign) for pair, sign in known.items()]
    rows = list(ties)
    for place, row in enumerate(rows, start=1):
        if len(row) != len(_FIELDS):
            raise MethodError(f"The tie at place {place} is {row!r}. A tie is actor, actor and sign.")
    return rows


def _pair(first: object, second: object) -> Pair:
    for name in (first, second):
        if not isinstance(name, str):
            raise MethodError(f"There is a tie of {first} and {second}. Actors are named by texts.")
    first, second = str(first), str(second)
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
    """Return the fewest ties that stand in the way of balance, exactly, with the best divisions.

    All best divisions are counted, and the first `MOST_LISTED` of them are listed.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        As for `tie_signs`; at most `MOST_ACTORS` actors.

    Returns
    -------
    Frustration
        The index, the number of best divisions, and the first of them.

    Raises
    ------
    MethodError
        For no ties or too many actors, and as for `tie_signs`.

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
    actors, wrong = _ties_in_the_way(known)
    least = int(wrong.min())
    best = np.flatnonzero(wrong == least)
    divisions, against = [], []
    for division in best[:MOST_LISTED].tolist():
        other = {actor: _in_second_camp(division, place) for place, actor in enumerate(actors)}
        first, second = ([actor for actor in actors if other[actor] == side] for side in (False, True))
        divisions.append((tuple(first), tuple(second)))
        against.append(tuple(pair for pair, sign in known.items() if _is_against(other, pair, sign)))
    share = 1 - 2 * least / len(known)
    return Frustration(len(known), least, share, len(best), tuple(divisions), tuple(against))


def _ties_in_the_way(known: Mapping[Pair, int]) -> tuple[list[str], NDArray[np.int16]]:
    """Return the actors, and for each division into two camps how many ties stand in its way.

    A division is a number: its bit k tells whether the actor at place k + 1 is in the second camp. The actor
    at place 0 never is, or every division would come twice. The counts of a network with one actor more
    follow from those without it: by what that actor's ties to either camp add.
    """
    if not known:
        raise MethodError("There are no ties, so there is nothing to balance. Give at least one.")
    actors = _actors(known)
    if len(actors) > MOST_ACTORS:
        raise MethodError(f"There are {len(actors)} actors; every division is tried for up to {MOST_ACTORS}.")
    wrong = np.array([sum(sign < 0 for sign in known.values())], dtype=np.int16)
    for place, actor in enumerate(actors[1:], start=1):
        signs = [known.get(_pair(earlier, actor), 0) for earlier in actors[:place]]
        second = np.zeros(1, dtype=np.int16)
        for sign in signs[1:]:
            second = np.concatenate([second, second + np.int16(sign)])
        # A friend in the other camp is in the way, and an enemy there no longer is.
        wrong = np.concatenate([wrong + second, wrong + np.int16(sum(signs)) - second])
    return actors, wrong


def _in_second_camp(division: int, place: int) -> bool:
    return place > 0 and bool(division >> (place - 1) & 1)


def _is_against(other: Mapping[str, bool], pair: Pair, sign: int) -> bool:
    return (other[pair[0]] == other[pair[1]]) != (sign > 0)


def flip_tie(ties: Ties, a: str, b: str) -> pd.DataFrame:
    """Return the ties with the sign of one turned round.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three.
    a, b : str
        The two actors.

    Returns
    -------
    DataFrame
        The ties as every function takes them, one of them turned round: a table with all its fields, of a
        dict or rows one with `a`, `b` and `sign`.

    Raises
    ------
    MethodError
        Where these two have no tie.

    Examples
    --------
    >>> flip_tie([("a", "b", 1)], "b", "a").values.tolist()
    [['a', 'b', -1]]
    """
    known = tie_signs(ties)
    pair = _pair(a, b)
    if pair not in known:
        raise MethodError(nearest(" and ".join(pair), [" and ".join(tie) for tie in known], "tie of"))
    table = _table(ties, known)
    turned = [_pair(first, second) == pair for first, second in zip(table["a"], table["b"], strict=True)]
    return table.assign(sign=table["sign"].where(~np.array(turned), -table["sign"]))


def remove_actor(ties: Ties, actor: str) -> pd.DataFrame:
    """Return the ties without those of one actor.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three.
    actor : str
        Whose ties are left out.

    Returns
    -------
    DataFrame
        The ties that are left, as every function takes them: a table with all its fields, of a dict or rows
        one with `a`, `b` and `sign`.

    Raises
    ------
    MethodError
        For an actor that has no tie.

    Examples
    --------
    >>> remove_actor([("a", "b", 1), ("b", "c", 1)], "a").values.tolist()
    [['b', 'c', 1]]
    """
    known = tie_signs(ties)
    if actor not in _actors(known):
        raise MethodError(nearest(actor, _actors(known), "actor"))
    table = _table(ties, known)
    return table[(table["a"] != actor) & (table["b"] != actor)]


def flip_effects(ties: Ties) -> pd.DataFrame:
    """Return what turning round each tie would do: one row per tie.

    Turning a tie round lowers the index where the tie stands in the way of some best division, raises it
    where it stands in the way neither of a best division nor of one that is worse by one, and else leaves it.

    Parameters
    ----------
    ties : DataFrame, mapping or iterable of tuple
        A table with the fields `a`, `b` and `sign`, a dict from pair to sign, or rows of these three; at most
        `MOST_ACTORS` actors.

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
    actors, wrong = _ties_in_the_way(known)
    least = int(wrong.min())
    place = {actor: number for number, actor in enumerate(actors)}
    reached = [np.flatnonzero(wrong == least + more) for more in (0, 1)]
    found = triads(known)
    # By how many triads are in balance afterwards: of those with the tie, the others.
    gains: Counter[Pair] = Counter()
    for *three, balanced in found[["a", "b", "c", "balanced"]].itertuples(index=False, name=None):
        for pair in itertools.combinations(three, 2):
            gains[pair] += -1 if balanced else 1
    rows = []
    for (first, second), sign in known.items():
        ends = place[first], place[second]
        change = next((more - 1 for more, some in enumerate(reached) if _any_against(some, ends, sign)), 1)
        after = int(found["balanced"].sum()) + gains[first, second]
        share = after / len(found) if len(found) else float("nan")
        rows.append((first, second, sign, share, least + change, change))
    return pd.DataFrame(rows, columns=["a", "b", "sign", "balanced", "frustration", "change"])


def _any_against(divisions: NDArray[np.intp], ends: tuple[int, int], sign: int) -> bool:
    """Return whether a tie between the actors at two places stands in the way of some of the divisions."""
    sides = [divisions >> (at - 1) & 1 if at else np.zeros_like(divisions) for at in ends]
    return bool(((sides[0] == sides[1]) != (sign > 0)).any())


def _table(ties: Ties, known: Mapping[Pair, int]) -> pd.DataFrame:
    """Return ties as a table, one that was given as it is."""
    return ties if isinstance(ties, pd.DataFrame) else pd.DataFrame(_rows(known), columns=list(_FIELDS))


def _actors(known: Mapping[Pair, int]) -> list[str]:
    return sorted({actor for pair in known for actor in pair})
