"""Answers to an earlier form of a question, carried over to today's form.

An answer is kept as the places of what was chosen, so that a mended letter leaves it as it is, and another
order or number of options would make it mean something else. What was chosen is found again by its words.
"""

import difflib
from collections.abc import Sequence
from typing import NamedTuple

from course_lib import items
from course_lib.items import Answer, Item, PublicView

# Two wordings with less in common than this share are of two questions.
ALIKE, _LONGEST_COMPARED = 0.6, 400


class CarriedAnswer(NamedTuple):
    """An answer to an earlier form of a question, as an answer to today's.

    Attributes
    ----------
    answer : Answer
        What of it can still be chosen.
    whole : bool
        Whether that is all of it.
    same_words : bool
        Whether what was chosen reads as it did.
    """

    answer: Answer
    whole: bool = True
    same_words: bool = True


def is_another_question(old: Item, item: Item) -> bool:
    """Tell whether another question stands now where one stood, as when one was put before it.

    Parameters
    ----------
    old : Item
        What was shown.
    item : Item
        What stands there now.

    Returns
    -------
    bool
        Whether neither the wording is alike nor anything that can be chosen is the same.

    Examples
    --------
    >>> from course_lib.items import Number
    >>> first, mended, other = (
    ...     Number(id="a", type="number", check="c", objective=1, stem=stem)
    ...     for stem in ("How many eggs?", "How many egs?", "What is the date?")
    ... )
    >>> is_another_question(first, mended), is_another_question(first, other)
    (False, True)
    """
    if stem_likeness(old, item) >= ALIKE:
        return False
    before, now = (_chosen_from(question) for question in (old, item))
    return before.isdisjoint(now)


def stem_likeness(old: Item, item: Item) -> float:
    """Return how much two questions have in common of what they ask.

    Parameters
    ----------
    old, item : Item
        The questions.

    Returns
    -------
    float
        From 0 to 1: Ratcliff and Obershelp's share of signs that stand in both in the same order.

    Examples
    --------
    >>> from course_lib.items import Number
    >>> eggs, egs = (Number(id="a", type="number", check="c", objective=1, stem=s) for s in ("eggs", "egs"))
    >>> round(stem_likeness(eggs, egs), 2)
    0.86
    """
    stems = [question.stem[:_LONGEST_COMPARED] for question in (old, item)]
    return difflib.SequenceMatcher(None, stems[0], stems[1], autojunk=False).ratio()


def _chosen_from(item: Item) -> set[str]:
    view = items.public_view(item)
    return {
        *view.get("options", ()),
        *view.get("choices", ()),
        *(row["text"] for row in view.get("rows", ())),
    }


class _PartOfAnswer(NamedTuple):
    """Where something stands now, None where nowhere, and whether it reads as it did."""

    now: int | None
    same_words: bool


def carry_answer(old: Item, item: Item, answer: Answer) -> CarriedAnswer:
    """Return an answer to an earlier form of a question as an answer to today's.

    What was chosen is found again by its words; else, where as many things stand as before, as the one that
    alone is new, or at its place where what stands there is new.

    Parameters
    ----------
    old : Item
        The earlier form, of which only what is shown counts.
    item : Item
        Today's.
    answer : Answer
        To the earlier form, in its normal form.

    Returns
    -------
    CarriedAnswer
        How much of it could be carried over.

    Examples
    --------
    >>> from course_lib.items import Option, Single
    >>> old, new = (
    ...     Single(id="a", type="single", check="c", objective=1, stem="?", option=option)
    ...     for texts in ("yes no", "no perhaps yes")
    ...     for option in [[Option(text, "") for text in texts.split()]]
    ... )
    >>> carry_answer(old, new, 0)
    CarriedAnswer(answer=2, whole=True, same_words=True)
    """
    before, now = items.public_view(old), items.public_view(item)
    if before["type"] != now["type"]:
        typed = isinstance(item, items.Number | items.Word | items.Text) and isinstance(answer, str)
        return CarriedAnswer(answer) if typed else CarriedAnswer(_blank(item), answer is None)
    if isinstance(item, items.Single) and isinstance(answer, int):
        place = _places(before["options"], now["options"])[answer]
        return CarriedAnswer(place.now, place.now is not None, place.same_words)
    if isinstance(item, items.Multiple | items.Order) and isinstance(answer, list):
        return _carry_options(item, before, now, [at for at in answer if isinstance(at, int)])
    if isinstance(item, items.Grid | items.Match | items.Matrix) and isinstance(answer, list):
        return _carry_rows(before, now, answer)
    return CarriedAnswer(answer)


def _places(before: Sequence[str], now: Sequence[str]) -> list[_PartOfAnswer]:
    """Return for each of some texts where it stands now."""
    gone = [text for text in before if text not in now]
    new = [place for place, text in enumerate(now) if text not in before]
    found = []
    for place, text in enumerate(before):
        if now[place : place + 1] == [text]:
            found.append(_PartOfAnswer(place, True))
        elif text in now:
            found.append(_PartOfAnswer(now.index(text), True))
        elif len(before) == len(now) and len(gone) == len(new) == 1:
            # The one that is gone is the one that is new, also where the choices are sorted anew.
            found.append(_PartOfAnswer(new[0], False))
        elif len(before) == len(now) and place in new:
            found.append(_PartOfAnswer(place, False))
        else:
            found.append(_PartOfAnswer(None, False))
    return found


def _carry_options(
    item: items.Multiple | items.Order, before: PublicView, now: PublicView, answer: list[int]
) -> CarriedAnswer:
    places = _places(before["options"], now["options"])
    chosen = [places[at] for at in answer]
    carried = [place.now for place in chosen if place.now is not None]
    whole, same_words = len(carried) == len(chosen), all(place.same_words for place in chosen)
    if isinstance(item, items.Multiple):
        return CarriedAnswer(sorted(set(carried)), whole, same_words)
    # An order is one of all things or none.
    if sorted(carried) != list(range(len(now["options"]))):
        return CarriedAnswer(None, False, False)
    return CarriedAnswer(carried, whole, same_words)


def _carry_rows(before: PublicView, now: PublicView, answer: Sequence[object]) -> CarriedAnswer:
    choices = _places(before["choices"], now["choices"])
    rows = _places([row["text"] for row in now["rows"]], [row["text"] for row in before["rows"]])
    columns = _places(now.get("columns", [""]), before.get("columns", [""]))
    given = [cells if isinstance(cells, list) else [cells] for cells in answer]
    carried: list[list[int | None]] = []
    places: list[_PartOfAnswer] = []
    for row in rows:
        cells: list[int | None] = []
        for column in columns:
            cell = None if row.now is None or column.now is None else given[row.now][column.now]
            place = choices[cell] if isinstance(cell, int) else None
            cells.append(place.now if place else None)
            if place:
                same_words = place.same_words and row.same_words and column.same_words
                places.append(_PartOfAnswer(place.now, same_words))
        carried.append(cells)
    chosen = sum(cell is not None for cells in given for cell in cells)
    whole = sum(place.now is not None for place in places) == chosen
    same_words = whole and all(place.same_words for place in places)
    if "columns" in now:
        return CarriedAnswer([*carried], whole, same_words)
    return CarriedAnswer([cells[0] for cells in carried], whole, same_words)


def _blank(item: Item) -> Answer:
    """Return an answer in which nothing is chosen or written."""
    match item:
        case items.Multiple():
            return []
        case items.Number() | items.Word() | items.Text():
            return ""
        case items.Grid():
            return [None] * len(item.row)
        case items.Match():
            return [None] * len(item.pair)
        case items.Matrix():
            return [[None] * len(item.columns) for _ in item.row]
        case items.Single() | items.Order() | items.Probability():
            return None
