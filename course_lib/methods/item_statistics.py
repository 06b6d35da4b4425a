"""What the answers of a class say about its questions: facility, discrimination, times, alpha, certainty.

`scores` is always a table of scores from 0 to 1, a row for each student and a column for each question, with
nothing (NaN) where a student has no score. Every interval is about chance in who sat in this class; it does
not tell whether a question asks for the right thing.

Where a function takes several lists, those that carry labels (a Series) must carry the same ones, and are
matched by them; others are taken by place.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.errors import MethodError
from course_lib.methods.quantiles import f_quantile
from course_lib.methods.rates import Interval, normal_quantile, wilson_mean
from course_lib.methods.validation import align, inner_share, labels_of

# Kelley's share for the upper and the lower group.
EXTREME = 0.27
# Whoever has not touched anything for longer was away.
IDLE_SECONDS = 900

Values: TypeAlias = ArrayLike
# NumPy's whole numbers take their precision as a parameter, and any will do.
Counts: TypeAlias = Sequence[int] | NDArray[np.integer[Any]]
Table: TypeAlias = ArrayLike


def facility(scores: Values, level: float = 0.95) -> Interval | None:
    """Return the mean score of a question with Wilson's interval: 1 where everybody is right.

    Parameters
    ----------
    scores : array_like of float, shape (students,)
        Of one question, from 0 to 1; missing ones are left out.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    Interval or None
        None where there is no score.

    Raises
    ------
    MethodError
        For a score or a level that cannot be.

    References
    ----------
    Wilson (1927), register key `wilson-1927-interval`.

    Examples
    --------
    >>> facility([1, 1, 0, float("nan")]).estimate == 2 / 3
    True
    """
    (known,) = _columns(marks=scores)
    _require_scores(known, "mark")
    known = known[~np.isnan(known)]
    return wilson_mean(min(1.0, float(known.mean())), len(known), level) if len(known) else None


def rest_scores(scores: Table) -> NDArray[np.float64]:
    """Return how well each student did in all questions but one, for each question left out in turn.

    A score counts by how far it lies above the mean of its question, so that whoever left out hard questions
    gains nothing by it. Where everybody has every score this orders students as their sum of the others does.

    Parameters
    ----------
    scores : array_like of float, shape (students, questions)
        From 0 to 1, NaN where a student has no score.

    Returns
    -------
    ndarray of float, shape (students, questions)
        NaN where a student has fewer than half of the other questions.

    Raises
    ------
    MethodError
        For no scores, or scores that cannot be.

    Examples
    --------
    >>> rest_scores([[1, 1, 0], [0, 0, 0]]).tolist()
    [[0.25, 0.25, 0.5], [-0.25, -0.25, -0.5]]
    """
    table = _table(scores)
    there = ~np.isnan(table)
    counts = there.sum(0)
    means = np.where(there, table, 0).sum(0) / np.maximum(counts, 1)
    above = np.where(there, table - means, 0.0)
    others = there.sum(1)[:, None] - there
    with np.errstate(invalid="ignore", divide="ignore"):
        rest: NDArray[np.float64] = (above.sum(1)[:, None] - above) / others
    # Sums that differ by the last digit only are the same.
    rest = np.round(rest, 9) + 0.0
    return np.where((2 * others >= table.shape[1] - 1) & (table.shape[1] > 1), rest, np.nan)


@dataclass(frozen=True)
class Discrimination:
    """How a question goes with the others: `n` students, `rest` the corrected correlation as an `Interval`.

    `index` is the mean score of the upper 27 per cent less that of the lower; `group` how many each of them
    has. `rest` and `index` are None where they are not defined.
    """

    n: int
    rest: Interval | None
    index: float | None
    group: int


def discrimination(scores: Values, rest: Values, level: float = 0.95) -> Discrimination:
    """Return how far those who do well elsewhere do well in a question.

    The correlation is of the question with all others ("corrected": without itself). Its interval is
    Fisher's, which supposes more regular scores than 0 and 1 and is therefore rough. Where several students
    share the place at which a group ends, each of them counts in part.

    Parameters
    ----------
    scores : array_like of float, shape (students,)
        Of one question.
    rest : array_like of float, shape (students,)
        Its column in `rest_scores`.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    Discrimination
        The correlation with its interval, and the index.

    Raises
    ------
    MethodError
        Where the two are of different lengths or have different labels, or for a level that cannot be.

    References
    ----------
    Henrysson (1963), register key `henrysson-1963-item`; Kelley (1939), `kelley-1939-groups`; Bonett & Wright
    (2000), `bonett-wright-2000-correlations`.

    Examples
    --------
    >>> found = discrimination([0, 0, 1, 1], [1, 2, 3, 4])
    >>> round(found.rest.estimate, 3), found.index, found.group
    (0.894, 1.0, 1)
    """
    own, others = _columns(marks=scores, rests=rest)
    both = ~(np.isnan(own) | np.isnan(others))
    own, others = own[both], others[both]
    n = len(own)
    group = round(EXTREME * n)
    index = None
    if group:
        index = _extreme(own, others, group) - _extreme(own, -others, group)
    return Discrimination(n, _correlation(own, others, level), index, group)


def _extreme(scores: NDArray[np.float64], order: NDArray[np.float64], group: int) -> float:
    """Return the mean score of the `group` students highest in order, shared ends in part."""
    end = np.partition(order, len(order) - group)[len(order) - group]
    inside, at = order > end, order == end
    return float((scores[inside].sum() + (group - inside.sum()) * scores[at].mean()) / group)


def _correlation(first: NDArray[np.float64], second: NDArray[np.float64], level: float) -> Interval | None:
    if len(first) < 4 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    r = float(np.clip(np.corrcoef(first, second)[0, 1], -1, 1))
    half = normal_quantile(level) / math.sqrt(len(first) - 3)
    if abs(r) > 1 - 1e-12:
        return Interval(r, r, r)
    return Interval(r, math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))


def score_thirds(rest: Values) -> NDArray[np.intp]:
    """Return for each student 0 for the lower third, 1 for the middle one, 2 for the upper, -1 for unknown.

    Students with the same value are in the same third, so thirds need not be equally large.

    Parameters
    ----------
    rest : array_like of float, shape (students,)
        What students are ordered by; NaN where it is unknown.

    Returns
    -------
    ndarray of int, shape (students,)
        The third of each student.

    Raises
    ------
    MethodError
        For what is no list of numbers.

    Examples
    --------
    >>> score_thirds([5, 1, 3, float("nan"), 3]).tolist()
    [2, 0, 1, -1, 1]
    """
    (order,) = _columns(rests=rest)
    known = ~np.isnan(order)
    places: NDArray[np.intp] = np.full(len(order), -1)
    if known.any():
        _, inverse, counts = np.unique(order[known], return_inverse=True, return_counts=True)
        middles = np.cumsum(counts) - counts / 2
        places[known] = np.minimum(2, (3 * middles / known.sum()).astype(int))[inverse]
    return places


@dataclass(frozen=True)
class ResponseTimes:
    """Seconds for a question: of `n` students, `left_out` besides; the quartiles and the median."""

    n: int
    left_out: int
    low: float | None
    median: float | None
    high: float | None


def response_times(seconds: Values, idle: float = IDLE_SECONDS) -> ResponseTimes:
    """Return the median and the quartiles of the seconds that students took.

    Left out are clocks that went backwards (below 0), times that are not known, and more than `idle`
    seconds, since whoever took that long was most likely away.

    Parameters
    ----------
    seconds : array_like of float, shape (students,)
        What each took.
    idle : float, optional
        The most seconds that count.

    Returns
    -------
    ResponseTimes
        The quartiles, None where no time is left.

    Raises
    ------
    MethodError
        For what is no list of numbers.

    Examples
    --------
    >>> response_times([10, 20, 30, -5, 4000, None])
    ResponseTimes(n=3, left_out=3, low=15.0, median=20.0, high=25.0)
    """
    (taken,) = _columns(seconds=seconds)
    plausible = taken[(taken >= 0) & (taken <= idle)]
    if not len(plausible):
        return ResponseTimes(0, len(taken), None, None, None)
    return ResponseTimes(
        len(plausible), len(taken) - len(plausible), *np.percentile(plausible, [25, 50, 75]).tolist()
    )


@dataclass(frozen=True)
class AttemptChange:
    """First attempts against last: `n` students with both, right `first` and `last`; `again` tried once more.

    Of those not right at first, `mended` were right in the end; `lost` were right at first and not at last.
    """

    n: int
    first: int
    last: int
    again: int
    mended: int
    lost: int


def attempt_change(first: Values, last: Values, count: Counts) -> AttemptChange:
    """Return what became of first attempts; whoever stopped after the first is counted with it as the last.

    Parameters
    ----------
    first, last : array_like of float, shape (students,)
        The scores of the first and the last attempt; 1 is right.
    count : array_like of int, shape (students,)
        How many attempts there were.

    Returns
    -------
    AttemptChange
        How many of each kind.

    Raises
    ------
    MethodError
        For lists of different lengths or with different labels, and for scores that cannot be.

    Examples
    --------
    >>> attempt_change([0, 0, 1], [1, 0, 1], [2, 1, 1])
    AttemptChange(n=3, first=1, last=2, again=1, mended=1, lost=0)
    """
    begins, ends, counts = _columns(first=first, last=last, counts=count)
    for marks, name in ((begins, "first mark"), (ends, "last mark")):
        _require_scores(marks, name)
    both = ~(np.isnan(begins) | np.isnan(ends))
    at_first, at_last = begins[both] >= 1, ends[both] >= 1
    again = counts[both] > 1
    found = (both, at_first, at_last, again, ~at_first & at_last, at_first & ~at_last)
    return AttemptChange(*(int(part.sum()) for part in found))


@dataclass(frozen=True)
class CronbachAlpha:
    """Cronbach's alpha: `n` students who answered all `questions`, `alpha` with its interval `low` to `high`.

    `left_out` is how many students lacked a score.
    """

    n: int
    questions: int
    alpha: float
    low: float
    high: float
    left_out: int


def cronbach_alpha(scores: Table, level: float = 0.95) -> CronbachAlpha:
    """Return Cronbach's alpha with Feldt's interval: how far a sum of scores would come out the same again.

    alpha = k / (k - 1) * (1 - sum of the questions' variances / variance of the sums). It is a lower bound
    of reliability where errors are independent, and it grows with the number of questions, so a high value
    does not show that all ask for one thing. The interval supposes scores that vary alike and regularly; for
    scores of 0 and 1 it is rough.

    Parameters
    ----------
    scores : array_like of float, shape (students, questions)
        From 0 to 1, NaN where a student has no score.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    CronbachAlpha
        Alpha with its interval.

    Raises
    ------
    MethodError
        Where fewer than two students answered all, for one question, equal sums, or a score or level that
        cannot be.

    References
    ----------
    Cronbach (1951), register key `cronbach-1951-alpha`; Feldt, Woodruff & Salih (1987), `feldt-1987-alpha`,
    formulas 6 and 7. By hand: the questions' variances are 1/4, 1/3 and 1/4, that of the sums 3, 2, 1, 0 is
    5/3, and 3/2 * (1 - (5/6) / (5/3)) = 3/2 * 1/2 = 0.75.

    Examples
    --------
    >>> round(cronbach_alpha([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]).alpha, 6)
    0.75
    """
    table = _table(scores)
    whole = table[~np.isnan(table).any(axis=1)]
    n, k = whole.shape
    if k < 2:
        raise MethodError("Alpha compares questions with each other, so it needs two at least.")
    if n < 2:
        raise MethodError(
            f"Of {_count_phrase(len(table), 'student')} {n or 'none'} answered all {k} questions. "
            "Alpha needs two who did."
        )
    spread = whole.sum(axis=1).var(ddof=1)
    if spread < 1e-12:
        raise MethodError(f"All {n} students have the same sum, so alpha is not defined.")
    alpha = float(k / (k - 1) * (1 - whole.var(axis=0, ddof=1).sum() / spread))
    return CronbachAlpha(n, k, alpha, *feldt_interval(alpha, n, k, level), len(table) - n)


def feldt_interval(alpha: float, n: int, k: int, level: float) -> tuple[float, float]:
    """Return the ends of Feldt's interval for Cronbach's alpha.

    Parameters
    ----------
    alpha : float
        The estimate.
    n : int
        How many students, two at least.
    k : int
        How many questions, two at least.
    level : float
        Of the interval, between 0 and 1.

    Returns
    -------
    tuple of float
        The lower and the upper end.

    Raises
    ------
    MethodError
        For a level that is not between 0 and 1, and for fewer than two students or questions.

    References
    ----------
    Feldt, Woodruff & Salih (1987), register key `feldt-1987-alpha`, formulas 6 and 7.
    """
    if n < 2 or k < 2:
        raise MethodError(
            f"There are {n} students and {k} questions. The interval needs two of each at least."
        )
    tail = (1 - inner_share(level, "level")) / 2
    freedoms = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * f_quantile(share, *freedoms) for share in (1 - tail, tail))
    return low, high


def accuracy_by_confidence(
    sure: Values,
    right: Values,
    students: Counts,
    levels: int = 3,
    level: float = 0.95,
) -> list[tuple[Interval | None, int]]:
    """Return how often answers were right that were given with the same certainty, the lowest first.

    One student gives several answers, and these go together. The interval is Wilson's for as many answers as
    they are worth: their number, divided by how much more the share varies from student to student than it
    would if each answer stood for itself. That is never more than there are, so that students who are all
    alike, or all right, have the interval of answers that stand for themselves, and the less they differ the
    narrower it is. Of one student alone nothing is known of others: all answers are worth one. With one
    answer of each student it is Wilson's own.

    Parameters
    ----------
    sure : array_like of float, shape (answers,)
        Places from 0 to `levels` - 1, NaN where it is not known.
    right : array_like of float, shape (answers,)
        1 or 0, NaN where it is not known.
    students : array_like of int, shape (answers,)
        Whose answer it is, a number each.
    levels : int, default 3
        How many places there are.
    level : float, default 0.95
        Of the interval, between 0 and 1.

    Returns
    -------
    list of (Interval or None, int)
        For each place the share and the number of answers; (None, 0) without answers.

    Raises
    ------
    MethodError
        For lists of different lengths or with different labels, and for places, answers or a level that
        cannot be.

    References
    ----------
    Korn & Graubard (1998), register key `korn-graubard-1998-proportions`, for the effective number of
    answers; Wilson (1927), register key `wilson-1927-interval`.

    Examples
    --------
    >>> (low, few), (high, most) = accuracy_by_confidence([0, 1, 1], [0, 1, 0], [7, 7, 8], levels=2)
    >>> low.estimate, few, high.estimate, most
    (0.0, 1, 0.5, 2)
    """
    certain, correct, whose = _in_one_order(sure=sure, right=right, students=students)
    places, hits_given = _numbers(certain, "certainties"), _numbers(correct, "answers")
    _require_scores(hits_given, "answer")
    outside = ~np.isnan(places) & ~((places >= 0) & (places < levels) & (places == np.floor(places)))
    for at in np.flatnonzero(outside)[:1].tolist():
        raise MethodError(
            f"The certainty at place {at + 1} is {places[at]:g}; it must be a whole number from 0 to "
            f"{levels - 1}, or missing."
        )
    _, owner = np.unique(whose, return_inverse=True)
    found: list[tuple[Interval | None, int]] = []
    for place in range(levels):
        chosen = (places == place) & ~np.isnan(hits_given)
        n = int(chosen.sum())
        if not n:
            found.append((None, 0))
            continue
        hits = np.bincount(owner[chosen], hits_given[chosen])
        answers = np.bincount(owner[chosen])
        share = min(1.0, float(hits.sum() / n))
        spread = float(((hits - share * answers) ** 2).sum()) / n**2
        alone = np.count_nonzero(answers) == 1
        worth = 1 if alone else min(n, share * (1 - share) / spread) if spread > 0 else n
        found.append((wilson_mean(share, worth, level), n))
    return found


def _columns(**given: Any) -> list[NDArray[np.float64]]:
    """Return lists of numbers in one order, as arrays."""
    return [_numbers(values, name) for name, values in zip(given, _in_one_order(**given), strict=True)]


def _in_one_order(**given: Any) -> list[NDArray[Any]]:
    """Return lists in one order, by label where they have labels."""
    lists = {
        name: values if labels_of(values) is not None else np.asarray(values)
        for name, values in given.items()
    }
    return [np.asarray(values) for values in align(**lists)]


def _numbers(values: ArrayLike, name: str, dimensions: int = 1) -> NDArray[np.float64]:
    try:
        numbers = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise MethodError(f"The {name} are no numbers. Give numbers, and NaN where one is missing.") from None
    if dimensions == 1 and numbers.ndim != 1:
        raise MethodError(f"The {name} are a table. Give one of its columns.")
    return numbers


def _require_scores(scores: NDArray[np.float64], name: str) -> None:
    outside = ~np.isnan(scores) & ~((scores >= 0) & (scores <= 1))
    for at in np.flatnonzero(outside)[:1].tolist():
        raise MethodError(
            f"The {name} at place {at + 1} is {scores[at]:g}; it must be from 0 to 1, or missing."
        )


def _table(scores: Table) -> NDArray[np.float64]:
    table = _numbers(scores, "marks", 2)
    if table.ndim != 2 or not table.size:
        raise MethodError("There are no marks: give a row for each student and a column for each question.")
    outside = ~np.isnan(table) & ~((table >= 0) & (table <= 1))
    if outside.any():
        row, column = (int(place[0]) + 1 for place in np.nonzero(outside))
        raise MethodError(
            f"The mark in row {row}, column {column} is {table[row - 1, column - 1]:g}; "
            "it must be from 0 to 1, or missing."
        )
    return table


def _count_phrase(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
