"""Analysis of competing hypotheses: which explanation the evidence contradicts, and how much hangs on a cell.

A matrix has a row for each piece of evidence and a column for each hypothesis. Each cell says how expected
the evidence is if the hypothesis is true: CC very consistent, C consistent, N neutral, I inconsistent, II
very inconsistent. Experiments found no gain in accuracy from the method: it shows reasoning, it does not
find the truth (register keys `dhami-belton-mandel-2019-ach`, `karvetski-mandel-2020-coherence`).

Weights and groups that carry labels (a Series, a dict) must carry those of the rows, and are matched by them;
lists are taken by place.
"""

import itertools
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
import pandas as pd

from course_lib.errors import MethodError, nearest
from course_lib.methods.agreement import CohenKappa, KrippendorffAlpha, cohen_kappa, krippendorff_alpha
from course_lib.methods.validation import by_label, is_number, require_fields

CODES = ("CC", "C", "N", "I", "II")
# What a cell counts against its hypothesis, and what a word of credibility or relevance weighs.
AGAINST = {"CC": 0, "C": 0, "N": 0, "I": 1, "II": 2}
WEIGHTS = {"low": 1, "medium": 2, "high": 3}
T = TypeVar("T")
Weights: TypeAlias = Iterable[float] | Mapping[Hashable, float]
Groups: TypeAlias = Iterable[str | None] | Mapping[str, Iterable[Hashable]]


def row_weights(evidence: pd.DataFrame) -> "pd.Series[int]":
    """Return the weight of each row: credibility times relevance, each low 1, medium 2 or high 3.

    The numbers are a convention, so run everything without them too.

    Parameters
    ----------
    evidence : DataFrame
        With the fields `credibility` and `relevance`, in the order of the matrix.

    Returns
    -------
    Series of int
        From 1 to 9, with the index of the table.

    Raises
    ------
    MethodError
        For a field that is missing, or a word that is not one of the three.

    Examples
    --------
    >>> row_weights(pd.DataFrame({"credibility": ["high"], "relevance": ["low"]})).tolist()
    [3]
    """
    parts = []
    require_fields(evidence.columns, ("credibility", "relevance"))
    for field in ("credibility", "relevance"):
        for word in evidence[field]:
            if word not in WEIGHTS:
                raise MethodError(nearest(word, WEIGHTS, f"word for {field}"))
        parts.append(evidence[field].map(WEIGHTS).astype(int))
    return parts[0] * parts[1]


def inconsistency(matrix: pd.DataFrame, weight: Weights | None = None) -> "pd.Series[float]":
    """Return how much speaks against each hypothesis: the weighted sum of its I (1) and II (2).

    Consistent cells count nothing, since the same evidence often fits several hypotheses. The lowest is the
    least contradicted, which may only mean that nothing tested it: read it beside `untested`.

    Parameters
    ----------
    matrix : DataFrame
        Codes, evidence in rows and hypotheses in columns.
    weight : iterable of float, optional
        One number per row, matched by label where it has labels; without it each row weighs 1.

    Returns
    -------
    Series of float
        The sums, with the hypotheses as index.

    Raises
    ------
    MethodError
        For no cells, a code that is not known, or weights that do not fit.

    References
    ----------
    Heuer (1999), register key `heuer-1999-psychology`.

    Examples
    --------
    >>> inconsistency(pd.DataFrame({"H1": ["II", "I"], "H2": ["C", "I"]}), [9, 6]).to_dict()
    {'H1': 24, 'H2': 6}
    """
    against, by_row = _against(matrix, weight)
    return against.mul(by_row, axis=0).sum()


def count_untested(matrix: pd.DataFrame) -> "pd.Series[int]":
    """Return how many cells of each hypothesis say nothing for or against it (N).

    Parameters
    ----------
    matrix : DataFrame
        Codes, evidence in rows and hypotheses in columns.

    Returns
    -------
    Series of int
        With the hypotheses as index.

    Raises
    ------
    MethodError
        For no cells, or a code that is not known.

    Examples
    --------
    >>> count_untested(pd.DataFrame({"H1": ["N", "I"], "H2": ["N", "N"]})).to_dict()
    {'H1': 1, 'H2': 2}
    """
    _against(matrix)
    return (matrix == "N").sum()


def diagnosticity(matrix: pd.DataFrame) -> "pd.Series[float]":
    """Return the share of pairs of hypotheses that each row tells apart: 0 none, 1 all.

    A row with one code for every hypothesis is worth nothing here, whatever its weight.

    Parameters
    ----------
    matrix : DataFrame
        Codes, evidence in rows and hypotheses in columns.

    Returns
    -------
    Series of float
        From 0 to 1, with the rows as index.

    Raises
    ------
    MethodError
        For no cells, a code that is not known, or one hypothesis only.

    References
    ----------
    Heuer (1999), register key `heuer-1999-psychology`, on evidence that tells hypotheses apart.

    Examples
    --------
    >>> diagnosticity(pd.DataFrame({"H1": ["I", "C"], "H2": ["C", "CC"]})).tolist()
    [1.0, 0.0]
    """
    against, _ = _against(matrix)
    pairs = list(itertools.combinations(against.columns, 2))
    if not pairs:
        raise MethodError("There is one hypothesis only. Competing hypotheses are two or more.")
    apart = [against[first] != against[second] for first, second in pairs]
    return pd.concat(apart, axis=1).sum(axis=1) / len(pairs)


def leave_one_out(matrix: pd.DataFrame, weight: Weights | None = None) -> pd.DataFrame:
    """Return the scores without each row in turn: one row of scores per piece of evidence left out.

    Parameters
    ----------
    matrix : DataFrame
        Codes, evidence in rows and hypotheses in columns.
    weight : iterable of float, optional
        One number per row, matched by label where it has labels; without it each row weighs 1.

    Returns
    -------
    DataFrame
        A row of scores for each piece of evidence left out, a column for each hypothesis.

    Raises
    ------
    MethodError
        As for `inconsistency`.

    References
    ----------
    Heuer (1999), register key `heuer-1999-psychology`, on how sensitive a conclusion is to a few items.

    Examples
    --------
    >>> leave_one_out(pd.DataFrame({"H1": ["II", "I"]}, index=["e1", "e2"])).H1.to_dict()
    {'e1': 1, 'e2': 2}
    """
    against, by_row = _against(matrix, weight)
    counted = against.mul(by_row, axis=0)
    return counted.sum() - counted


def leave_group_out(matrix: pd.DataFrame, groups: Groups, weight: Weights | None = None) -> pd.DataFrame:
    """Return the scores without each group of rows that depend on each other, such as one government's words.

    Parameters
    ----------
    matrix : DataFrame
        Codes, evidence in rows and hypotheses in columns.
    groups : mapping of str to iterable of label, or iterable of str or None
        From a name to its rows; or one name per row, None for a row that stands alone and is never left out.
        A Series is matched by label.
    weight : iterable of float, optional
        One number per row, matched by label where it has labels; without it each row weighs 1.

    Returns
    -------
    DataFrame
        A row of scores for each group, a column for each hypothesis.

    Raises
    ------
    MethodError
        Where names and rows differ in number, labels are not those of the rows, or no row has a group.

    Examples
    --------
    >>> matrix = pd.DataFrame({"H1": ["II", "I", "I"]}, index=["e1", "e2", "e3"])
    >>> leave_group_out(matrix, {"one ministry": ["e1", "e2"]}).H1.to_dict()
    {'one ministry': 1}
    >>> leave_group_out(matrix, ["a", "a", None]).H1.to_dict()
    {'a': 1}
    """
    against, by_row = _against(matrix, weight)
    counted = against.mul(by_row, axis=0)
    chosen = _rows_by_group(matrix, groups)
    if not chosen:
        raise MethodError("No row has a group. Name at least one group of rows that depend on each other.")
    return pd.DataFrame({name: counted[~rows].sum() for name, rows in chosen.items()}).T


def _rows_by_group(matrix: pd.DataFrame, groups: Groups) -> "dict[str, pd.Series[bool]]":
    """Return for each group whether a row is in it."""
    if isinstance(groups, Mapping):
        named = {name: list(rows) for name, rows in cast(Mapping[str, Iterable[Hashable]], groups).items()}
        for row in (row for rows in named.values() for row in rows):
            if row not in matrix.index:
                raise MethodError(nearest(row, map(str, matrix.index), "row"))
        return {
            name: pd.Series(matrix.index.isin(rows), matrix.index) for name, rows in named.items() if rows
        }
    names = ["" if pd.isna(name) else str(name) for name in _one_for_each_row(matrix, groups, "groups")]
    known = [name for name in dict.fromkeys(names) if name]
    return {name: pd.Series([own == name for own in names], matrix.index) for name in known}


def recode_range(matrix: pd.DataFrame, k: int, weight: Weights | None = None) -> pd.DataFrame:
    """Return the lowest and highest score each hypothesis can get where up to k of its cells are recoded.

    A score whose range reaches that of another rests on fewer than k + 1 codes. The search is exact, since
    every cell counts by itself.

    Parameters
    ----------
    matrix : DataFrame
        Codes, evidence in rows and hypotheses in columns.
    k : int
        How many cells, at most as many as there are rows.
    weight : iterable of float, optional
        One number per row, matched by label where it has labels; without it each row weighs 1.

    Returns
    -------
    DataFrame
        With the columns `low`, `score` and `high`, a row for each hypothesis.

    Raises
    ------
    MethodError
        For a k that cannot be, and as for `inconsistency`.

    Examples
    --------
    >>> recode_range(pd.DataFrame({"H1": ["II", "I"]}), 1).loc["H1"].tolist()
    [1, 3, 4]
    """
    against, by_row = _against(matrix, weight)
    if not _is_whole(k) or not 0 <= k <= len(matrix):
        raise MethodError(f"The number of cells is {k!r}; it is a whole number from 0 to {len(matrix)}.")
    down = against.mul(by_row, axis=0)
    up = (2 - against).mul(by_row, axis=0)
    score = down.sum()
    most = {name: [half[name].nlargest(k).sum() for half in (down, up)] for name in against.columns}
    return pd.DataFrame(
        {
            "low": {name: score[name] - most[name][0] for name in most},
            "score": score,
            "high": {name: score[name] + most[name][1] for name in most},
        }
    )


def cells_to_overturn(matrix: pd.DataFrame, weight: Weights | None = None) -> "pd.Series[int]":
    """Return how few cells would have to be recoded for each hypothesis to draw level with the leading one.

    Each cell of the leader or of the rival may get any other code; the search is exact, since every cell
    counts by itself. A small number means that the order rests on a few judgements.

    Parameters
    ----------
    matrix : DataFrame
        Codes, evidence in rows and hypotheses in columns.
    weight : iterable of float, optional
        One number per row, matched by label where it has labels; without it each row weighs 1.

    Returns
    -------
    Series of int
        With the hypotheses as index; 0 for the leader and whatever is level with it.

    Raises
    ------
    MethodError
        As for `inconsistency`.

    Examples
    --------
    >>> cells_to_overturn(pd.DataFrame({"H1": ["II", "II"], "H2": ["C", "I"]})).to_dict()
    {'H1': 2, 'H2': 0}
    """
    against, by_row = _against(matrix, weight)
    score = against.mul(by_row, axis=0).sum()
    leader = against.columns[int(np.argmin(score))]
    counts = {}
    for name in against.columns:
        gap = score[name] - score[leader]
        gains = pd.concat([against[name] * by_row, (2 - against[leader]) * by_row])
        reached = np.concatenate([[0], gains.sort_values(ascending=False).cumsum()])
        # A hair of slack, since sums of fractions miss their goal in floating point.
        counts[name] = int(np.argmax(reached >= gap - 1e-9 * abs(gap)))
    return pd.Series(counts)


def coder_agreement(first: pd.DataFrame, second: pd.DataFrame) -> tuple[CohenKappa, KrippendorffAlpha]:
    """Return how far two coders of one matrix agree, beyond luck.

    Parameters
    ----------
    first, second : DataFrame
        Matrices with the same rows and columns, in any order.

    Returns
    -------
    tuple of CohenKappa and KrippendorffAlpha
        Cohen's kappa with linear weights (codes as an order from CC to II), and Krippendorff's alpha for
        ordered codes.

    Raises
    ------
    MethodError
        Where the two do not have the same rows and columns.

    Examples
    --------
    >>> kappa, alpha = coder_agreement(pd.DataFrame({"H1": ["I", "C"]}), pd.DataFrame({"H1": ["I", "C"]}))
    >>> kappa.kappa, alpha.alpha
    (1.0, 1.0)
    """
    _against(first)
    _against(second)
    for own, other, what in (
        (first.index, second.index, "rows"),
        (first.columns, second.columns, "columns"),
    ):
        if len(own) != len(other) or set(own) != set(other) or not (own.is_unique and other.is_unique):
            only = [_only(own, other, "first"), _only(other, own, "second")]
            told = ", ".join(part for part in only if part) or "a name stands there twice"
            raise MethodError(
                f"The two matrices have other {what}: {told}. Code the same evidence and hypotheses."
            )
    second = second.loc[first.index, first.columns]
    ours, theirs = first.to_numpy().ravel().tolist(), second.to_numpy().ravel().tolist()
    kappa: CohenKappa = cohen_kappa(ours, theirs, order=CODES, weights="linear")
    ranks = [[CODES.index(code) for code in codes] for codes in (ours, theirs)]
    return kappa, krippendorff_alpha(ranks, level="ordinal")


def _only(own: "pd.Index[Any]", other: "pd.Index[Any]", which: str) -> str:
    missing = [str(name) for name in own if name not in other]
    return f"only the {which} has {', '.join(missing)}" if missing else ""


def _is_whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _one_for_each_row(matrix: pd.DataFrame, values: Iterable[T], name: str) -> Collection[T]:
    """Return values in the order of the rows, by label where they have labels."""
    given = by_label(matrix.index, values, "rows", name)
    if len(given) != len(matrix):
        raise MethodError(f"There are {len(given)} {name} for {len(matrix)} rows. Give one for each row.")
    return given


def _against(matrix: pd.DataFrame, weight: Weights | None = None) -> "tuple[pd.DataFrame, pd.Series[float]]":
    """Return what each cell counts against its hypothesis, and the weight of each row."""
    if matrix.empty:
        raise MethodError("The matrix has no cells. Give evidence in rows and hypotheses in columns.")
    if not matrix.columns.is_unique:
        twice = matrix.columns[matrix.columns.duplicated()][0]
        raise MethodError(f"Two hypotheses are called {twice}. Give every hypothesis a name of its own.")
    for row, cells in zip(matrix.index, matrix.itertuples(index=False), strict=True):
        for hypothesis, code in zip(matrix.columns, cells, strict=True):
            if not isinstance(code, str) or code not in AGAINST:
                given = "empty" if pd.isna(code) is True else repr(code)
                raise MethodError(
                    f"The cell of {row} and {hypothesis} is {given}; it is one of {', '.join(CODES)}."
                )
    if weight is None:
        weight = [1] * len(matrix)
    values = list(_one_for_each_row(matrix, weight, "weights"))
    for row, value in zip(matrix.index, values, strict=True):
        if not is_number(value) or value < 0:
            told = value.item() if isinstance(value, np.generic) else value
            raise MethodError(f"The weight of {row} is {told!r}; it must be a number from 0 up.")
    return matrix.map(AGAINST.__getitem__), pd.Series(values, index=matrix.index)
