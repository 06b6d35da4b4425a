"""Advice to those who write questions, on the usual faults of items.

The advice follows common guides to writing choice questions. It is advice, not a rule: a bank with some
can still be used.
"""

import re
from collections import Counter

from course_lib.items.typed_numbers import within_tolerance
from course_lib.items.types import Bank, Multiple, Number, Single

# Fewer questions than this say nothing about a habit, and a habit is more than this share of them.
_ENOUGH, _HABIT = 5, 0.6
_EVERYTHING = re.compile(r"\b(all|none|both|neither) of (the|these) (above|options|answers)\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(always|never|impossible|certainly)\b", re.IGNORECASE)
_LEANING = re.compile(r"\bof the following\b", re.IGNORECASE)


def advice(bank: Bank, name: str) -> list[str]:
    """Return what an experienced writer of questions would remark on a bank.

    Parameters
    ----------
    bank : Bank
        The questions.
    name : str
        The file, as the sentences should give it.

    Returns
    -------
    list of str
        One sentence or two for each remark; empty where there is nothing to say.
    """
    remarks = []
    for item in bank.items:
        if _LEANING.search(item.stem):
            remarks.append(
                f"{name}, item {item.id!r}: the stem leans on its options (“of the following”). "
                "Ask so that it can be answered before they are read."
            )
        if isinstance(item, Number) and (remark := _exactness(item)):
            remarks.append(f"{name}, item {item.id!r}: {remark}")
        options = item.option if isinstance(item, Single | Multiple) else []
        for place, option in enumerate(options, start=1):
            if match := _EVERYTHING.search(option.text):
                remarks.append(
                    f"{name}, item {item.id!r}, option {place}: “{match.group()}” is chosen for its form. "
                    "Write out what it stands for."
                )
            elif not option.key and item.graded and (match := _ABSOLUTE.search(option.text)):
                remarks.append(
                    f"{name}, item {item.id!r}, option {place}: “{match.group()}” in a wrong option gives it "
                    "away. Make the claim as careful as those of the other options."
                )
    return [*remarks, *_habits(bank, name)]


def _exactness(item: Number) -> str:
    """Return what a question leaves open about how exact its number is asked; nothing where it does not."""
    if item.answer is None:
        return ""
    exact = f"the answer {item.answer:.12g} is right within {item.tolerance:g}"
    if item.decimals is None:
        # A whole number that has to be met exactly is a count, or a year.
        if item.tolerance == 0 and float(item.answer).is_integer():
            return ""
        return f"{exact}, and nothing tells how exact it is asked. Give decimals, which the page shows."
    half = 0.5 * 10.0**-item.decimals
    if round(item.answer, item.decimals) == item.answer or within_tolerance(half, 0, item.tolerance):
        return ""
    return (
        f"{exact}, finer than its decimals = {item.decimals} tell. Give a tolerance of at least {half:g}, "
        "or more decimals."
    )


def _habits(bank: Bank, name: str) -> list[str]:
    singles = [item for item in bank.items if isinstance(item, Single) and item.graded and not item.any_key]
    if len(singles) < _ENOUGH:
        return []
    remarks = []
    places = Counter(_key_place(item) for item in singles)
    # Of places that are used as often, the first.
    place = max(sorted(places), key=places.__getitem__)
    if places[place] > _HABIT * len(singles):
        remarks.append(
            f"{name}: the right option stands at place {place} in {places[place]} of {len(singles)} "
            "single choices. Spread it."
        )
    longest = sum(_is_key_longest(item) for item in singles)
    if longest > _HABIT * len(singles):
        remarks.append(
            f"{name}: the right option is the longest in {longest} of {len(singles)} single choices. "
            "Write the others as fully."
        )
    many = [item for item in bank.items if isinstance(item, Multiple) and item.graded]
    counts = {sum(option.key for option in item.option) for item in many}
    if len(many) >= _ENOUGH and len(counts) == 1:
        remarks.append(f"{name}: every multiple choice has {counts.pop()} right options. Vary the number.")
    return remarks


def _key_place(item: Single) -> int:
    return next(place for place, option in enumerate(item.option, start=1) if option.key)


def _is_key_longest(item: Single) -> bool:
    key = next(option for option in item.option if option.key)
    return all(len(key.text) > len(option.text) for option in item.option if option is not key)
