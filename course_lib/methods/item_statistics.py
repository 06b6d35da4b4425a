"""What the answers of a class say about its questions, and how little a small class can say.

`scores` is always a table of marks from 0 to 1, a row for each student and a column for each question, with
nothing (NaN) where a student has no mark. Every interval is about chance in who sat in this class; it does
not tell whether a question asks for the right thing.
"""

import functools
import math
from dataclasses import dataclass

import numpy as np

from course_lib.errors import MethodError
from course_lib.methods.gain import ClassGain, class_gain
from course_lib.methods.quantiles import f_quantile, t_quantile
from course_lib.methods.rates import Interval, wilson_mean
from course_lib.methods.validation import finite_numbers, same_length

# Kelley's share for the upper and the lower group.
EXTREME = 0.27
# Whoever has not touched anything for longer was away.
IDLE = 900
# A correlation that an interval must tell from none; a width that still tells easy from hard; alphas told
# apart; a change of a class that is worth knowing of.
_CORRELATION, _HALF, _ALPHAS, _CHANGE = 0.3, 0.2, (0.7, 0.5), 0.1


def facility(marks, level=0.95):
    """Return the mean mark of a question with Wilson's interval: 1 where everybody is right.

    Parameters: `marks` from 0 to 1, missing ones are left out; `level` of the interval.
    Returns: an `Interval`, or None where there is no mark.
    Source: Wilson (1927), register key `wilson-1927-interval`.

    >>> facility([1, 1, 0, float("nan")]).estimate == 2 / 3
    True
    """
    marks = np.asarray(marks, dtype=float)
    marks = marks[~np.isnan(marks)]
    return wilson_mean(min(1.0, marks.mean()), len(marks), level) if len(marks) else None


def rest_scores(scores):
    """Return how well each student did in all questions but one, for each question left out in turn.

    A mark counts by how far it lies above the mean of its question, so that whoever left out hard questions
    gains nothing by it. Where everybody has every mark this orders students as their sum of the others does.

    Returns: an array like `scores`, with NaN where a student has fewer than half of the other questions.

    >>> rest_scores([[1, 1, 0], [0, 0, 0]]).tolist()
    [[0.25, 0.25, 0.5], [-0.25, -0.25, -0.5]]
    """
    scores = _table(scores)
    there = ~np.isnan(scores)
    counts = there.sum(0)
    means = np.where(there, scores, 0).sum(0) / np.maximum(counts, 1)
    above = np.where(there, scores - means, 0.0)
    others = there.sum(1)[:, None] - there
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = (above.sum(1)[:, None] - above) / others
    # Sums that differ by the last digit only are the same.
    rest = np.round(rest, 9) + 0.0
    return np.where(2 * others >= scores.shape[1] - 1, rest, np.nan) if scores.shape[1] > 1 else rest * np.nan


@dataclass(frozen=True)
class Discrimination:
    """How a question goes with the others: `n` students, `rest` the corrected correlation as an `Interval`.

    `index` is the mean mark of the upper 27 per cent less that of the lower; `group` how many each of them
    has. `rest` and `index` are None where they are not defined.
    """

    n: int
    rest: Interval | None
    index: float | None
    group: int


def discrimination(marks, rest, level=0.95):
    """Return how far those who do well elsewhere do well in a question.

    The correlation is of the question with all others ("corrected": without itself). Its interval is
    Fisher's, which supposes more regular marks than 0 and 1 and is therefore rough. Where several students
    share the place at which a group ends, each of them counts in part.

    Parameters: `marks` of one question; `rest` its column in `rests`; `level` of the interval.
    Returns: a `Discrimination`.
    Sources: Henrysson (1963), register key `henrysson-1963-item`; Kelley (1939), `kelley-1939-groups`;
    Bonett & Wright (2000), `bonett-wright-2000-correlations`.

    >>> one = discrimination([0, 0, 1, 1], [1, 2, 3, 4])
    >>> round(one.rest.estimate, 3), one.index, one.group
    (0.894, 1.0, 1)
    """
    marks, rest = np.asarray(marks, dtype=float), np.asarray(rest, dtype=float)
    same_length(marks=marks, rests=rest)
    both = ~(np.isnan(marks) | np.isnan(rest))
    marks, rest = marks[both], rest[both]
    n = len(marks)
    group = round(EXTREME * n)
    index = None
    if group:
        index = _extreme(marks, rest, group) - _extreme(marks, -rest, group)
    return Discrimination(n, _correlation(marks, rest, level), index, group)


def _extreme(marks, order, group):
    """Return the mean mark of the `group` students highest in order, shared ends in part."""
    end = np.partition(order, len(order) - group)[len(order) - group]
    inside, at = order > end, order == end
    return float((marks[inside].sum() + (group - inside.sum()) * marks[at].mean()) / group)


def _correlation(first, second, level):
    if len(first) < 4 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    r = float(np.clip(np.corrcoef(first, second)[0, 1], -1, 1))
    half = _z(level) / math.sqrt(len(first) - 3)
    if abs(r) > 1 - 1e-12:
        return Interval(r, r, r)
    return Interval(r, math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))


def score_thirds(rest):
    """Return for each student 0 for the lower third, 1 for the middle one, 2 for the upper, -1 for unknown.

    Students with the same value are in the same third, so thirds need not be equally large.

    >>> score_thirds([5, 1, 3, float("nan"), 3]).tolist()
    [2, 0, 1, -1, 1]
    """
    rest = np.asarray(rest, dtype=float)
    known = ~np.isnan(rest)
    places = np.full(len(rest), -1)
    if known.any():
        _, inverse, counts = np.unique(rest[known], return_inverse=True, return_counts=True)
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


def response_times(seconds, idle=IDLE):
    """Return the median and the quartiles of the seconds that students took.

    Left out are clocks that went backwards (below 0), times that are not known, and more than `idle`
    seconds, since whoever took that long was most likely away.

    >>> response_times([10, 20, 30, -5, 4000, None])
    Times(n=3, left_out=3, low=15.0, median=20.0, high=25.0)
    """
    seconds = np.asarray(seconds, dtype=float)
    kept = seconds[(seconds >= 0) & (seconds <= idle)]
    if not len(kept):
        return ResponseTimes(0, len(seconds), None, None, None)
    return ResponseTimes(len(kept), len(seconds) - len(kept), *np.percentile(kept, [25, 50, 75]).tolist())


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


def attempt_change(first, last, count):
    """Return what became of first attempts; whoever stopped after the first is counted with it as the last.

    Parameters: marks of the first and the last attempt (1 is right), and how many there were.

    >>> attempt_change([0, 0, 1], [1, 0, 1], [2, 1, 1])
    Attempts(n=3, first=1, last=2, again=1, mended=1, lost=0)
    """
    first, last = np.asarray(first, dtype=float), np.asarray(last, dtype=float)
    same_length(first=first, last=last, counts=count)
    both = ~(np.isnan(first) | np.isnan(last))
    one, other = first[both] >= 1, last[both] >= 1
    again = np.asarray(count)[both] > 1
    found = (both, one, other, again, ~one & other, one & ~other)
    return AttemptChange(*(int(part.sum()) for part in found))


@dataclass(frozen=True)
class CronbachAlpha:
    """Cronbach's alpha: `n` students who answered all `questions`, `alpha` with its interval `low` to `high`.

    `left_out` is how many students lacked a mark.
    """

    n: int
    questions: int
    alpha: float
    low: float
    high: float
    left_out: int


def cronbach_alpha(scores, level=0.95):
    """Return Cronbach's alpha with Feldt's interval: how far a sum of marks would come out the same again.

    alpha = k / (k - 1) * (1 - sum of the questions' variances / variance of the sums). It is a lower bound
    of reliability where errors are independent, and it grows with the number of questions, so a high value
    does not show that all ask for one thing. The interval supposes marks that vary alike and regularly; for
    marks of 0 and 1 it is rough.

    Parameters: `scores` see above; `level` of the interval.
    Returns: an `CronbachAlpha`.
    Raises: `MethodError` where fewer than two students answered all, for one question, or equal sums.
    Sources: Cronbach (1951), register key `cronbach-1951-alpha`; Feldt, Woodruff & Salih (1987),
    `feldt-1987-alpha`, formulas 6 and 7.

    By hand: the questions' variances are 1/4, 1/3 and 1/4, that of the sums 3, 2, 1, 0 is 5/3, and
    3/2 * (1 - (5/6) / (5/3)) = 3/2 * 1/2 = 0.75.

    >>> round(cronbach_alpha([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]).alpha, 6)
    0.75
    """
    scores = _table(scores)
    whole = scores[~np.isnan(scores).any(axis=1)]
    n, k = whole.shape
    if k < 2:
        raise MethodError("Alpha compares questions with each other, so it needs two at least.")
    if n < 2:
        raise MethodError(
            f"Of {_counted(len(scores), 'student')} {n or 'none'} answered all {k} questions. "
            "Alpha needs two who did."
        )
    spread = whole.sum(axis=1).var(ddof=1)
    if spread < 1e-12:
        raise MethodError(f"All {n} students have the same sum, so alpha is not defined.")
    alpha = float(k / (k - 1) * (1 - whole.var(axis=0, ddof=1).sum() / spread))
    return CronbachAlpha(n, k, alpha, *_feldt(alpha, n, k, level), len(scores) - n)


def _feldt(alpha, n, k, level):
    tail = (1 - level) / 2
    freedoms = n - 1, (n - 1) * (k - 1)
    return tuple(1 - (1 - alpha) * f_quantile(share, *freedoms) for share in (1 - tail, tail))


def accuracy_by_confidence(sure, right, students, levels=3, level=0.95):
    """Return how often answers were right that were given with the same certainty, the lowest first.

    One student gives several answers, and these go together; the interval is Wilson's for as many answers as
    they are worth, never more than there are. With one answer of each student it is Wilson's own.

    Parameters: `sure` places from 0 to `levels` - 1, missing ones are left out; `right` 1 or 0 for each;
    `students` whose answer it is, a number each.
    Returns: a list with an `Interval` and the number of answers for each place; (None, 0) without answers.

    >>> (low, few), (high, most) = accuracy_by_confidence([0, 1, 1], [0, 1, 0], [7, 7, 8], levels=2)
    >>> low.estimate, few, high.estimate, most
    (0.0, 1, 0.5, 2)
    """
    sure, right = np.asarray(sure, dtype=float), np.asarray(right, dtype=float)
    same_length(sure=sure, right=right, students=students)
    _, owner = np.unique(np.asarray(students), return_inverse=True)
    found = []
    for place in range(levels):
        chosen = (sure == place) & ~np.isnan(right)
        n = int(chosen.sum())
        if not n:
            found.append((None, 0))
            continue
        hits = np.bincount(owner[chosen], right[chosen])
        asked = np.bincount(owner[chosen])
        share = float(hits.sum() / n)
        spread = float(((hits - share * asked) ** 2).sum()) / n**2
        students_ = int((asked > 0).sum())
        worth = min(n, share * (1 - share) / spread) if spread > 0 else students_
        found.append((wilson_mean(share, worth, level), n))
    return found


@dataclass(frozen=True)
class MeanChange:
    """What changed between two tests: `students` with both, mean `change` as an `Interval`, the `gain`s.

    `gain` is the `ClassGain`, or None where all was right before; `hake` its interval, None with it.
    """

    students: int
    change: Interval
    gain: ClassGain | None
    hake: Interval | None


def mean_change(before, after, level=0.95):
    """Return the mean change of the students who took both tests, with intervals.

    The change has Student's interval for pairs. The interval of the normalised gain of the class is that of
    a ratio of two means of the same students, to first order; it is wide where little was missing before.
    It tells how far chance in who is in the class can go. It does not tell what made the change.

    Parameters: `before` and `after` shares from 0 to 1, one for each student, in the same order.
    Raises: `MethodError` for fewer than two students, or lists of two lengths.
    Source: Hake (1998), register key `hake-1998-engagement`.

    >>> one = mean_change([0.2, 0.4, 0.6], [0.4, 0.7, 0.7])
    >>> round(one.change.estimate, 2), round(one.change.low, 2), round(one.change.high, 2)
    (0.2, -0.05, 0.45)
    """
    before, after = list(before), list(after)
    same_length(before=before, after=after)
    before, after = finite_numbers(before, "share before", 0, 1), finite_numbers(after, "share after", 0, 1)
    n = len(before)
    if n < 2:
        raise MethodError("One student took both tests. A change of a class needs two at least.")
    t = t_quantile((1 + level) / 2, n - 1)
    apart = after - before
    half = t * apart.std(ddof=1) / math.sqrt(n)
    mean = float(apart.mean())
    told = Interval(mean, float(mean - half), float(mean + half))
    missing, left = 1 - before, 1 - after
    if missing.sum() == 0:
        return MeanChange(n, told, None, None)
    gain = class_gain(before, after)
    ratio = left.mean() / missing.mean()
    half = t * (left - ratio * missing).std(ddof=1) / math.sqrt(n) / missing.mean()
    return MeanChange(n, told, gain, Interval(gain.gain, float(gain.gain - half), float(gain.gain + half)))


@functools.cache
def students_for_share():
    """Return from how many students on the interval of a share of one half ends within 20 points of it.

    >>> students_for_share()
    21
    """
    return _first(lambda n: 0.5 - wilson_mean(0.5, n).low <= _HALF)


@functools.cache
def students_for_correlation():
    """Return from how many students on a correlation of 0.3 can be told from none.

    >>> students_for_correlation()
    44
    """
    return _first(lambda n: math.atanh(_CORRELATION) > _z(0.95) / math.sqrt(n - 3), 4)


@functools.cache
def students_for_groups():
    """Return from how many students on each group of 27 per cent is enough for a share.

    >>> students_for_groups()
    76
    """
    return _first(lambda n: round(EXTREME * n) >= students_for_share())


@functools.cache
def students_for_thirds():
    """Return from how many students on each third is enough for a share.

    >>> students_for_thirds()
    63
    """
    return 3 * students_for_share()


@functools.cache
def students_for_alpha(questions):
    """Return from how many students on an alpha of 0.7 can be told from 0.5, for so many questions.

    >>> students_for_alpha(15)
    27
    """
    alpha, other = _ALPHAS
    return _first(lambda n: _feldt(alpha, n, questions, 0.95)[0] > other)


@functools.cache
def students_for_change(questions):
    """Return from how many students on the mean change is known within 10 points, for tests so long.

    Counted is only the luck in answering so many questions twice, half of them right.

    >>> students_for_change(15)
    16
    """
    luck = math.sqrt(2 * 0.25 / questions)
    return _first(lambda n: t_quantile(0.975, n - 1) * luck / math.sqrt(n) <= _CHANGE)


def _first(holds, start=2):
    return next(n for n in range(start, 100_000) if holds(n))


def _z(level):
    from statistics import NormalDist

    return NormalDist().inv_cdf(0.5 + level / 2)


def _table(scores):
    table = np.asarray(scores, dtype=float)
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


def _counted(count, thing):
    return f"{count} {thing}{'' if count == 1 else 's'}"
