"""The lessons of the course, their question banks, the glossary and what each lesson rests on."""

import contextlib
import functools
import json
import re
import tomllib
from pathlib import Path

import msgspec

from course_lib import evidence, items, paths
from course_lib.curriculum.syllabus import all_stems, first_day, lesson_number, stems
from course_lib.errors import ItemError, nearest
from course_lib.evidence.dataset import EvidenceDataset
from course_lib.files import FileState, file_state
from course_lib.generated import keep_in_step
from course_lib.items import SHARED_ROLES, Bank, Item, Role

__all__ = [
    "FORMS",
    "LEVELS",
    "OBJECTIVES",
    "POSTTEST",
    "PRETEST",
    "all_stems",
    "bank",
    "examine_bank",
    "first_day",
    "form_bank",
    "glossary",
    "horizons",
    "item_with_role",
    "lesson_number",
    "lesson_number_of",
    "source_keys",
    "standalone_items",
    "stems",
    "tidy_schema",
    "unlisted_items",
]

# The tests before and after the course: their names, and the blueprint that both follow.
PRETEST, POSTTEST = FORMS = ("before", "after")
OBJECTIVES = {
    1: "Claims and attribution",
    2: "Sources and dating",
    3: "Numbers and base rates",
    4: "Labels, methods, limits",
    5: "Forecasts and revision",
}
LEVELS = ("understand", "apply", "judge")


def horizons() -> dict[str, list[int]]:
    """Return the lessons that stand at a horizon.

    Returns
    -------
    dict of str to list of int
        From the horizon's ISO day to the numbers of the lessons, in the order of the course.

    Raises
    ------
    CourseError
        Where the list of lessons has faults.
    ItemError
        Where a question bank has faults.
    """
    numbers: dict[str, list[int]] = {}
    for number, stem in enumerate(stems(), start=1):
        if horizon := bank(stem).horizon:
            numbers.setdefault(horizon, []).append(number)
    return numbers


def lesson_number_of(item: str) -> int | None:
    """Return the number of the lesson that asks a question.

    Parameters
    ----------
    item : str
        The id of the question.

    Returns
    -------
    int or None
        The lesson's place in the course, from 1; None if no lesson that is listed asks it.
    """
    for number, stem in enumerate(stems(), start=1):
        if any(question.id == item for question in bank(stem).items):
            return number
    return None


def item_with_role(role: Role) -> Item | None:
    """Return the question that the library needs for something.

    Parameters
    ----------
    role : Role
        As the question bank gives it.

    Returns
    -------
    Item or None
        The question; one of a lesson that is listed before any other. None where no lesson has one.

    Raises
    ------
    ItemError
        Where a question bank of a lesson that is listed has faults.
    """
    for stem in stems():
        for item in bank(stem).items:
            if item.role == role:
                return item
    return next((item for item in _unlisted_questions() if item.role == role), None)


def unlisted_items() -> frozenset[str]:
    """Return the ids of the questions of lessons that are there, but not in the list of the course.

    Returns
    -------
    frozenset of str
        The ids; those of a bank that has faults are left out.
    """
    return frozenset(item.id for item in _unlisted_questions())


def _unlisted_questions() -> list[Item]:
    unlisted = []
    for stem in all_stems()[len(stems()) :]:
        # A lesson that is still being written spoils nothing.
        with contextlib.suppress(ItemError):
            unlisted += bank(stem).items
    return unlisted


def form_bank(name: str) -> Bank:
    """Return one of the two tests of the course as a bank.

    Parameters
    ----------
    name : str
        One of `FORMS`.

    Returns
    -------
    Bank
        Its questions, in order.

    Raises
    ------
    ItemError
        Where there is no such test, or its bank has faults.
    """
    if name not in FORMS:
        raise ItemError(nearest(name, FORMS, "test"))
    return bank(name)


def bank(stem: str) -> Bank:
    """Return the question bank of a lesson.

    Parameters
    ----------
    stem : str
        The stem of the lesson's files.

    Returns
    -------
    Bank
        Its questions, in order.

    Raises
    ------
    ItemError
        Where it has faults, with every one.
    OSError
        Where it cannot be read.
    """
    path = paths.bank_file(stem)
    known = evidence.dataset()
    return _read_bank(path, file_state(path), known, known.table_state("sources"))


@functools.cache
def _read_bank(
    path: Path, _state: FileState | None, known: EvidenceDataset, _sources: FileState | None
) -> Bank:
    name = f"lessons/items/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ItemError(f"{name} is not UTF-8. Save the file as UTF-8, then try again.") from None
    return items.load(text, name, known.register.keys())


def tidy_schema(check: bool = False) -> list[str]:
    """Write the schema of question banks anew where it is out of step with the types of question.

    Parameters
    ----------
    check : bool, default False
        Whether to name it only, and write nothing.

    Returns
    -------
    list of str
        The file if it was out of step, otherwise nothing.
    """
    from course_lib.items.schema import schema

    text = json.dumps(schema(), indent=1) + "\n"
    return [] if keep_in_step(paths.ITEMS / "schema.json", text, check) else ["lessons/items/schema.json"]


def examine_bank(path: Path) -> tuple[list[str], list[str]]:
    """Return what is wrong with a question bank, and what might be better.

    Parameters
    ----------
    path : Path
        The TOML file.

    Returns
    -------
    tuple of list of str and list of str
        Faults and advice, in sentences.
    """
    from course_lib.items.advice import advice

    try:
        examined = items.load(path.read_text(encoding="utf-8"), path.name, evidence.registered_keys())
    except ItemError as error:
        return error.faults, []
    except UnicodeDecodeError:
        return [f"{path.name} cannot be read: it is not text in UTF-8."], []
    except OSError as error:
        return [f"{path.name} cannot be read: {error.strerror}."], []
    return _roles_taken(examined, path), advice(examined, path.name)


def _roles_taken(examined: Bank, path: Path) -> list[str]:
    """Return what is wrong with the roles of a bank's questions beside those of the other lessons."""
    faults = []
    for stem in all_stems():
        if paths.bank_file(stem).name == path.name:
            continue
        with contextlib.suppress(ItemError):
            others = {item.role: item.id for item in bank(stem).items if item.role not in ("", *SHARED_ROLES)}
            faults += [
                f"{path.name}, item {item.id!r}, field 'role': is {item.role!r}, which item "
                f"{others[item.role]!r} of lesson {stem} has already; one of the course can have it."
                for item in examined.items
                if item.role in others
            ]
    return faults


def glossary() -> dict[str, str]:
    """Return the course's glossary.

    Returns
    -------
    dict of str to str
        From a term to its explanation.
    """
    return _parse_glossary((paths.LESSONS / "glossary.toml").read_text(encoding="utf-8"))


def standalone_items() -> frozenset[str]:
    """Return the questions that make sense without their lesson, and may be asked again.

    Returns
    -------
    frozenset of str
        Their ids.
    """
    return _parse_recall((paths.LESSONS / "recall.toml").read_text(encoding="utf-8"))


@functools.cache
def _parse_glossary(text: str) -> dict[str, str]:
    return msgspec.convert(tomllib.loads(text), dict[str, str])


@functools.cache
def _parse_recall(text: str) -> frozenset[str]:
    lessons = msgspec.convert(tomllib.loads(text), dict[str, list[str]])
    return frozenset(item for listed in lessons.values() for item in listed)


def source_keys(stem: str) -> tuple[str, ...]:
    """Return the register keys a lesson rests on: from its bank and from its notebook's links.

    Parameters
    ----------
    stem : str
        The stem of the lesson's files.

    Returns
    -------
    tuple of str
        The keys, sorted.
    """
    text = paths.bank_file(stem).read_text(encoding="utf-8")
    keys = set(re.findall(r"\(source:([\w-]+)\)", text))
    keys.update(key for item in bank(stem).items for key in item.sources)
    book = json.loads((paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"))
    links = re.findall(
        r"\]\((https?://[^)\s]+)\)", "\n".join("".join(cell["source"]) for cell in book["cells"])
    )
    by_url = {row.url: row.key for row in evidence.table("sources").itertuples() if isinstance(row.url, str)}
    keys.update(by_url[link] for link in links if link in by_url)
    return tuple(sorted(keys))
