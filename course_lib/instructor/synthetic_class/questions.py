"""How hard each question is in a class that does not exist, and the answers that are given to it there."""

import bisect
import itertools
import math
import random
from collections.abc import Sequence
from typing import NamedTuple

from course_lib import items

# More wrong answers than this are equally tempting.
_FEW = 10
# How tempting each of a few wrong answers is, as a share of the one before.
_NEXT_SHARE = 0.45
_SENTENCE = (
    "The report names two sources and gives no date for either so that the claim can be checked only in part"
)


class SyntheticAnswer(NamedTuple):
    """An answer with what grading makes of it.

    Attributes
    ----------
    answer : Answer
        The answer in its normal form.
    state : State, optional
        Of its result.
    score : float, optional
        Its score, 0 to 1.
    """

    answer: items.Answer
    state: items.State | None = None
    score: float | None = None


class SyntheticQuestion:
    """An item with how hard it is in this class, and the answers that are given to it with their scores.

    Parameters
    ----------
    item : Item
        The question.
    seed : int
        Of the class.

    Attributes
    ----------
    difficulty : float
        On the scale of abilities: who is exactly as able is right half of the time.
    right : SyntheticAnswer or None
        A right answer, where there is one.
    wrong : list of SyntheticAnswer
        Others, the most tempting one first; of a survey simply some.
    """

    def __init__(self, item: items.Item, seed: int) -> None:
        draw = random.Random(f"{seed} {item.id}")  # noqa: S311
        self.item = item
        self.difficulty = draw.gauss(-0.4, 0.8)
        self.wrong = [self._grade(answer) for answer in _wrong_answers(item, draw)]
        # One wrong answer tempts more than the others, as in real classes; tables are wrong in many ways.
        share = 1 if len(self.wrong) > _FEW else _NEXT_SHARE
        self._weights = list(itertools.accumulate(share**at for at in range(len(self.wrong))))
        self.right = self._grade(items.key_answer(item)) if item.graded else None

    def answer(self, strength: float, draw: random.Random) -> SyntheticAnswer:
        """Return an answer: the stronger the student, the more often it is right.

        Parameters
        ----------
        strength : float
            Ability with whatever adds to it; less the difficulty it gives the chance, on a logistic curve.
        draw : Random
            What chance comes from.

        Returns
        -------
        SyntheticAnswer
            The answer with its score.
        """
        if self.right and draw.random() < 1 / (1 + math.exp(self.difficulty - strength)):
            return self.right
        return self.wrong[bisect.bisect_left(self._weights, draw.random() * self._weights[-1])]

    def _grade(self, answer: items.Answer) -> SyntheticAnswer:
        response = items.read_response(self.item, answer)
        result = items.grade_response(response)
        return SyntheticAnswer(response.answer, result.state, result.score)


def _wrong_answers(item: items.Item, draw: random.Random) -> list[items.Answer]:
    """Return some answers that are not right, the most tempting one first; of a survey simply some."""
    candidates = _candidates(item, draw)
    if isinstance(item, items.Single | items.Probability | items.Text):
        return candidates
    wanted = "not_yet" if item.graded else "kept"
    wrong = [answer for answer in candidates if items.grade(item, answer).state == wanted]
    return wrong or [_opposite(item)]


def _candidates(item: items.Item, draw: random.Random) -> list[items.Answer]:
    match item:
        case items.Single():
            wrong = [at for at, option in enumerate(item.option) if not option.key]
            return [*draw.sample(wrong, len(wrong))]
        case items.Multiple():
            places = range(len(item.option))
            return [sorted(draw.sample(places, draw.randint(1, len(places)))) for _ in range(8)]
        case items.Number():
            return [f"{value:.15g}" for value in _wrong_numbers(item)]
        case items.Word():
            return [*(word.text for word in item.answer if not word.key), "no idea", "both of them"]
        case items.Order():
            order = item.key_places
            swapped = [_swap(_swap(order, draw), draw) for _ in range(15)]
            return [*swapped, *(draw.sample(range(len(order)), len(order)) for _ in range(15))]
        case items.Matrix():
            blank: list[list[int | None]] = [[None] * len(item.columns)] * len(item.row)
            rows: Sequence[Sequence[int | None]] = item.key_rows if item.graded else blank
            return [_filled_matrix(item, rows, draw) for _ in range(60)]
        case items.Grid():
            open_row: list[int | None] = [None] * len(item.row)
            row: Sequence[int | None] = item.key_places or open_row
            return [_filled_row(item.choices, row, draw) for _ in range(60)]
        case items.Match():
            return [_filled_row(item.choices, item.key_places, draw) for _ in range(60)]
        case items.Probability():
            return [draw.choice((5, 10, 20, 25, 40, 50, 60, 75, 90)) for _ in range(8)]
        case items.Text():
            words = itertools.cycle(_SENTENCE.split())
            length = max(1, item.minimum) + 5
            return [" ".join(itertools.islice(words, length + more)) for more in range(0, 40, 5)]


def _wrong_numbers(item: items.Number) -> list[float]:
    middle = (item.answer or 50) + 1
    numbers = [*(mistake.value for mistake in item.mistake), middle * 10 + item.tolerance, middle * 2 + 7]
    if item.bounds:
        low, high = item.bounds
        numbers += [low + (high - low) * share for share in (0.17, 0.55, 0.83)]
    return numbers


def _opposite(item: items.Item) -> items.Answer:
    match item:
        case items.Multiple():
            return [at for at in range(len(item.option)) if at not in item.key_places]
        case items.Order():
            return item.key_places[::-1]
        case (
            items.Single()
            | items.Number()
            | items.Word()
            | items.Grid()
            | items.Matrix()
            | items.Match()
            | items.Probability()
            | items.Text()
        ):
            return items.key_answer(item)


def _swap(order: list[int], draw: random.Random) -> list[int]:
    """Return an order with two neighbours exchanged."""
    at = draw.randrange(len(order) - 1)
    return [*order[:at], order[at + 1], order[at], *order[at + 2 :]]


def _filled_row(choices: Sequence[str], right: Sequence[int | None], draw: random.Random) -> list[int | None]:
    """Return rows filled in with some wrong, or of a survey by chance."""
    share = draw.uniform(0.15, 0.7)
    return [_filled_cell(choices, cell, share, draw) for cell in right]


def _filled_matrix(
    item: items.Matrix, right: Sequence[Sequence[int | None]], draw: random.Random
) -> list[list[int | None]]:
    """Return a table filled in with some cells wrong, or of a survey by chance."""
    share = draw.uniform(0.15, 0.7)
    return [[_filled_cell(item.choices, cell, share, draw) for cell in row] for row in right]


def _filled_cell(choices: Sequence[str], right: int | None, share: float, draw: random.Random) -> int:
    return draw.randrange(len(choices)) if right is None or draw.random() < share else right
