"""Which lessons the course has, and in which order: what `lessons/course.toml` says.

Only the standard library is used, since the lessons are copied before the environment is there.
"""

import functools
import os
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeGuard

from course_lib import paths
from course_lib.errors import CourseError, nearest
from course_lib.files import FileState, file_state
from course_lib.messages import say

LIST = "lessons/course.toml"
# The first two digits begin the ids of the lesson's questions.
STEM = re.compile(r"[0-9]{2}_[a-z0-9]+(_[a-z0-9]+)*")
_LIKE = 'lessons = ["01_first", "02_second"]'
_DAY_LIKE = 'first_day = "2024-12-31"'
_KEYS = ("first_day", "lessons", "needs")


def stems() -> tuple[str, ...]:
    """Return the stems of the lessons in the order of the course.

    Returns
    -------
    tuple of str
        The stems.

    Raises
    ------
    CourseError
        With every fault of the list, one sentence each.
    """
    path = paths.LESSONS / "course.toml"
    notebooks, banks = _names(paths.LESSONS, ".ipynb"), _names(paths.LESSONS / "items", ".toml")
    return _stems(path, file_state(path), notebooks, banks)


@functools.cache
def _stems(
    path: Path, _state: FileState | None, notebooks: frozenset[str], banks: frozenset[str]
) -> tuple[str, ...]:
    return parse_syllabus(_read(path), notebooks, banks)


def first_day() -> str:
    """Return the day on which the course begins: what it looks back from, and begins to give verdicts at.

    Returns
    -------
    str
        The ISO day.

    Raises
    ------
    CourseError
        Where the list of lessons names none.
    """
    path = paths.LESSONS / "course.toml"
    return _first_day(path, file_state(path))


@functools.cache
def _first_day(path: Path, _state: FileState | None) -> str:
    day = _parse(_read(path)).get("first_day")
    if day is None:
        raise CourseError(
            f"{LIST}: 'first_day' is missing. Write the day on which the course begins above the list: "
            f"{_DAY_LIKE}."
        )
    if not _is_day(day):
        raise CourseError(_day_fault(day))
    return day


def _is_day(value: object) -> TypeGuard[str]:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _day_fault(value: object) -> str:
    return f"{LIST}: 'first_day' is {str(value)!r}, which is no day in quotation marks. Write {_DAY_LIKE}."


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(f"{LIST} is missing. It lists the lessons in their order: {_LIKE}.") from None
    except UnicodeDecodeError:
        raise CourseError(f"{LIST} is not UTF-8. Save the file as UTF-8, then try again.") from None
    except OSError as error:
        raise CourseError(f"{LIST} cannot be read: {error.strerror}.") from None


def _parse(text: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CourseError(f"{LIST} is not valid TOML: {error}. Write it like this: {_LIKE}.") from None


def _names(folder: Path, ending: str) -> frozenset[str]:
    """Return the names of the files with this ending, without it."""
    try:
        return frozenset(name.removesuffix(ending) for name in os.listdir(folder) if name.endswith(ending))
    except OSError:
        return frozenset()


def parse_syllabus(text: str, notebooks: Collection[str], banks: Collection[str]) -> tuple[str, ...]:
    """Return the stems in the text of a list of lessons.

    Parameters
    ----------
    text : str
        As in lessons/course.toml.
    notebooks : collection of str
        The stems of the notebooks that are there.
    banks : collection of str
        The stems of the question banks that are there.

    Returns
    -------
    tuple of str
        The stems, in the order of the list.

    Raises
    ------
    CourseError
        With every fault, one sentence each.

    Examples
    --------
    >>> parse_syllabus('lessons = ["02_b", "01_a"]', {"01_a", "02_b"}, {"01_a", "02_b"})
    ('02_b', '01_a')
    """
    table = _parse(text)
    listed = table.get("lessons")
    if not isinstance(listed, list) or not all(isinstance(stem, str) for stem in listed):
        raise CourseError(f"{LIST}: 'lessons' is no list of names. Write it like this: {_LIKE}.")
    if not listed:
        raise CourseError(f"{LIST}: the list of lessons is empty. Put in at least one: {_LIKE}.")
    faults = [f"{LIST}: {nearest(name, _KEYS, 'field')}" for name in table if name not in _KEYS]
    for stem in dict.fromkeys(listed):
        faults += _stem_faults(stem, listed.count(stem), set(notebooks), set(banks))
    numbers: dict[str, list[str]] = {}
    for stem in dict.fromkeys(stem for stem in listed if STEM.fullmatch(stem)):
        numbers.setdefault(stem[:2], []).append(stem)
    faults += [
        f"{LIST}: {' and '.join(same)} begin with the same number, and so would the ids of their questions. "
        "Give one of them another number."
        for same in numbers.values()
        if len(same) > 1
    ]
    if "first_day" in table and not _is_day(table["first_day"]):
        faults.append(_day_fault(table["first_day"]))
    faults += _unmet_needs(listed, table.get("needs", {}))
    if faults:
        raise CourseError("\n".join(faults))
    return tuple(listed)


def lesson_number(stem: str | None) -> int | None:
    """Return a lesson's place in the course: the number that is shown.

    Parameters
    ----------
    stem : str or None
        The stem of the lesson's files.

    Returns
    -------
    int or None
        From 1; None if it is not listed.
    """
    listed = stems()
    return listed.index(stem) + 1 if stem in listed else None


def all_stems() -> tuple[str, ...]:
    """Return the stems of all lessons that have a notebook and a bank, listed or not.

    Returns
    -------
    tuple of str
        The listed first, in the order of the course; the others by name.
    """
    listed = stems()
    there = _names(paths.LESSONS, ".ipynb") & _names(paths.ITEMS, ".toml")
    return (*listed, *sorted(stem for stem in there if STEM.fullmatch(stem) and stem not in listed))


def lessons_phrase(numbers: Iterable[int]) -> str:
    """Return the numbers of lessons as a text speaks of them.

    Parameters
    ----------
    numbers : iterable of int
        One or more.

    Returns
    -------
    str
        In the language of the interface.

    Examples
    --------
    >>> [lessons_phrase(some) for some in ([5], [1, 2], [1, 2, 3, 4, 5], [1, 2, 3, 7])]
    ['lesson 5', 'lessons 1 and 2', 'lessons 1 to 5', 'lessons 1, 2, 3 and 7']
    """
    numbers = list(numbers)
    return say("lesson.numbers.named", n=len(numbers), numbers=number_list(numbers))


def number_list(numbers: Iterable[int]) -> str:
    """Return the numbers of lessons as they stand in a sentence that says by itself what they number.

    Parameters
    ----------
    numbers : iterable of int
        One or more.

    Returns
    -------
    str
        In the language of the interface.

    Examples
    --------
    >>> number_list([5]), number_list([1, 2]), number_list([1, 2, 3])
    ('5', '1 and 2', '1 to 3')
    """
    numbers = sorted(numbers)
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return say("lesson.numbers.from_to", first=numbers[0], last=numbers[-1])
    *head, last = map(str, numbers)
    return say("lesson.numbers.and_last", numbers=", ".join(head), last=last) if head else last


def _stem_faults(stem: str, count: int, notebooks: set[str], banks: set[str]) -> Iterator[str]:
    if count > 1:
        yield f"{LIST}: {stem!r} stands {count} times. Leave one line."
    known = sorted(name for name in notebooks & banks if STEM.fullmatch(name))
    if stem not in notebooks | banks:
        yield f"{LIST}: {nearest(stem, known, 'lesson')}"
    elif not STEM.fullmatch(stem):
        yield (
            f"{LIST}: {stem!r} is no lesson. A lesson's name is two digits, then words in small letters, "
            "like 12_bread_prices."
        )
    elif stem not in banks:
        yield (
            f"{LIST}: {stem!r} has a notebook, but no question bank lessons/items/{stem}.toml. "
            "Write one, or take the line out."
        )
    elif stem not in notebooks:
        yield (
            f"{LIST}: {stem!r} has a question bank, but no notebook lessons/{stem}.ipynb. "
            "Write one, or take the line out."
        )


def _unmet_needs(listed: list[str], needs: object) -> Iterator[str]:
    if not isinstance(needs, dict) or not all(isinstance(others, list) for others in needs.values()):
        yield f'{LIST}: a line under [needs] gives a list of lessons, like 10_b = ["05_a"].'
        return
    for stem, others in needs.items():
        for other in others if stem in listed else ():
            if other not in listed:
                yield (
                    f"{LIST}: {stem!r} needs {other!r}, which is not in the list. Put that in, before it, "
                    f"or take {stem!r} out too."
                )
            elif listed.index(other) > listed.index(stem):
                yield f"{LIST}: {stem!r} needs {other!r} and stands before it. Put it after that line."
