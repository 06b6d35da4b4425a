"""Help for those who write questions: a schema for their editor, and advice on the usual faults of items.

The advice follows common guides to writing choice questions. It is advice, not a rule: a bank with some
can still be used.
"""

import inspect
import re

import msgspec

from course_lib.items.banks import Bank
from course_lib.items.types import TYPES, Multiple, Single

# Fewer questions than this say nothing about a habit, and a habit is more than this share of them.
_ENOUGH, _HABIT = 5, 0.6
_EVERYTHING = re.compile(r"\b(all|none|both|neither) of (the|these) (above|options|answers)\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(always|never|impossible|certainly)\b", re.IGNORECASE)
_LEANING = re.compile(r"\bof the following\b", re.IGNORECASE)


def schema():
    """Return the JSON Schema of a question bank, made from the types of question themselves."""
    _, parts = msgspec.json.schema_components([Bank, *TYPES.values()], ref_template="#/$defs/{name}")
    for part in parts.values():
        # How far a docstring is indented depends on the versions of Python and msgspec; the file does not.
        if "description" in part:
            part["description"] = inspect.cleandoc(part["description"])
    head = parts.pop("Bank")
    head["properties"].pop("items")
    head["properties"]["item"] = {
        "type": "array",
        "minItems": 1,
        "items": {"anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in TYPES.values()]},
    }
    for kind in TYPES.values():
        parts[kind.__name__]["properties"].pop("version")
    head["required"] = [*(name for name in head["required"] if name != "items"), "item"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **head,
        "additionalProperties": False,
        "$defs": parts,
    }


def advice(bank, name):
    """Return what an experienced writer of questions would remark on a `Bank`, one sentence each.

    Parameters: `bank` the questions; `name` of the file as the sentences should give it.
    """
    said = []
    for item in bank.items:
        if _LEANING.search(item.stem):
            said.append(
                f"{name}, item {item.id!r}: the stem leans on its options (“of the following”). "
                "Ask so that it can be answered before they are read."
            )
        for place, option in enumerate(getattr(item, "option", ()), start=1):
            if found := _EVERYTHING.search(option.text):
                said.append(
                    f"{name}, item {item.id!r}, option {place}: “{found.group()}” is chosen for its form. "
                    "Write out what it stands for."
                )
            elif not option.key and item.graded and (found := _ABSOLUTE.search(option.text)):
                said.append(
                    f"{name}, item {item.id!r}, option {place}: “{found.group()}” in a wrong option gives it "
                    "away. Make the claim as careful as those of the other options."
                )
    return [*said, *_habits(bank, name)]


def _habits(bank, name):
    singles = [item for item in bank.items if isinstance(item, Single) and item.graded and not item.any_key]
    if len(singles) < _ENOUGH:
        return []
    said = []
    places = [next(at for at, one in enumerate(item.option, start=1) if one.key) for item in singles]
    place = max(set(places), key=places.count)
    if places.count(place) > _HABIT * len(places):
        said.append(
            f"{name}: the right option stands at place {place} in {places.count(place)} of {len(places)} "
            "single choices. Spread it."
        )
    longest = sum(_longest(item) for item in singles)
    if longest > _HABIT * len(singles):
        said.append(
            f"{name}: the right option is the longest in {longest} of {len(singles)} single choices. "
            "Write the others as fully."
        )
    many = [item for item in bank.items if isinstance(item, Multiple) and item.graded]
    counts = {sum(option.key for option in item.option) for item in many}
    if len(many) >= _ENOUGH and len(counts) == 1:
        said.append(f"{name}: every multiple choice has {counts.pop()} right options. Vary the number.")
    return said


def _longest(item):
    key = next(option for option in item.option if option.key)
    return all(len(key.text) > len(option.text) for option in item.option if option is not key)
