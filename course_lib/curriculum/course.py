"""The lessons of the course, their question banks, the glossary and what each lesson rests on."""

import contextlib
import functools
import json
import re
import tomllib

from course_lib import evidence, items, paths
from course_lib.curriculum.syllabus import all_stems, lesson_number, stems
from course_lib.errors import ItemError, nearest
from course_lib.generated import keep_in_step

# The tests before and after the course: their names, and the blueprint that both follow.
FORMS = ("before", "after")
OBJECTIVES = {
    1: "Claims and attribution",
    2: "Sources and dating",
    3: "Numbers and base rates",
    4: "Labels, methods, limits",
    5: "Forecasts and revision",
}
LEVELS = ("understand", "apply", "judge")


def horizons():
    """Return the numbers of the lessons that stand at a horizon: a dict from its ISO day to them."""
    found = {}
    for stem in stems():
        if bank(stem).horizon:
            found.setdefault(bank(stem).horizon, []).append(lesson_number(stem))
    return found


def lesson_number_of(item):
    """Return the number of the lesson that asks a question, by its id; None if none that is listed does."""
    asking = (stem for stem in stems() if any(one.id == item for one in bank(stem).items))
    return lesson_number(next(asking, None))


@functools.cache
def unlisted_items():
    """Return the ids of the questions of lessons that are there, but not in the list of the course."""
    found = set()
    for stem in all_stems()[len(stems()) :]:
        # A lesson that is still being written spoils nothing.
        with contextlib.suppress(ItemError):
            found.update(item.id for item in bank(stem).items)
    return frozenset(found)


@functools.cache
def form_bank(name):
    """Return one of the two tests of the course as a bank.

    Parameters: `name` before or after.
    """
    if name not in FORMS:
        raise ItemError(nearest(name, FORMS, "test"))
    return bank(name)


@functools.cache
def bank(stem):
    """Return the question bank of a lesson."""
    path = paths.bank(stem)
    shown = f"lessons/items/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ItemError(f"{shown} is not UTF-8. Save the file as UTF-8, then try again.") from None
    return items.load(text, shown, evidence.registered_keys())


def tidy_schema(check=False):
    """Write the schema of question banks anew, or only name it where it is out of step (`check`)."""
    from course_lib.items.schema import schema

    text = json.dumps(schema(), indent=1) + "\n"
    return [] if keep_in_step(paths.ITEMS / "schema.json", text, check) else ["lessons/items/schema.json"]


def examine_bank(path):
    """Return what is wrong with a question bank, and what might be better: two lists of sentences.

    Parameters: `path` of the TOML file.
    """
    from course_lib.items.advice import advice

    try:
        found = items.load(path.read_text(encoding="utf-8"), path.name, evidence.registered_keys())
    except ItemError as error:
        return error.faults, []
    except UnicodeDecodeError:
        return [f"{path.name} cannot be read: it is not text in UTF-8."], []
    except OSError as error:
        return [f"{path.name} cannot be read: {error.strerror}."], []
    return [], advice(found, path.name)


@functools.cache
def glossary():
    """Return the course's glossary: a dict from term to its explanation."""
    return tomllib.loads((paths.LESSONS / "glossary.toml").read_text(encoding="utf-8"))


@functools.cache
def standalone_items():
    """Return the ids of the questions that make sense without their lesson, and may be asked again."""
    listed = tomllib.loads((paths.LESSONS / "recall.toml").read_text(encoding="utf-8"))
    return frozenset(name for names in listed.values() for name in names)


@functools.cache
def source_keys(stem):
    """Return the register keys a lesson rests on, sorted: from its bank and from its notebook's links."""
    text = paths.bank(stem).read_text(encoding="utf-8")
    keys = set(re.findall(r"\(source:([\w-]+)\)", text))
    keys.update(key for item in bank(stem).items for key in item.sources)
    book = json.loads((paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"))
    links = re.findall(
        r"\]\((https?://[^)\s]+)\)", "\n".join("".join(cell["source"]) for cell in book["cells"])
    )
    by_url = {row.url: row.key for row in evidence.table("sources").itertuples() if isinstance(row.url, str)}
    keys.update(by_url[link] for link in links if link in by_url)
    return tuple(sorted(keys))
