"""Which lessons the course has, and in which order: what `lessons/course.toml` says.

Only the standard library is used, since the lessons are copied before the environment is there.
"""

import functools
import re

from course_lib import paths
from course_lib.errors import CourseError, nearest
from course_lib.messages import say

LIST = "lessons/course.toml"
# The first two digits begin the ids of the lesson's questions.
STEM = re.compile(r"[0-9]{2}_[a-z0-9]+(_[a-z0-9]+)*")
_LIKE = 'lessons = ["01_first", "02_second"]'
_KEYS = ("lessons", "needs")


def stems():
    """Return the stems of the lessons in the order of the course.

    Raises: `CourseError` with every fault of the list, one sentence each.
    """
    return _stems(paths.LESSONS)


@functools.cache
def _stems(folder):
    path = folder / "course.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(f"{LIST} is missing. It lists the lessons in their order: {_LIKE}.") from None
    except UnicodeDecodeError:
        raise CourseError(f"{LIST} is not UTF-8. Save the file as UTF-8, then try again.") from None
    except OSError as error:
        raise CourseError(f"{LIST} cannot be read: {error.strerror}.") from None
    notebooks = {path.stem for path in folder.glob("*.ipynb")}
    return parse_syllabus(text, notebooks, {path.stem for path in (folder / "items").glob("*.toml")})


def parse_syllabus(text, notebooks, banks):
    """Return the stems in the text of a list of lessons.

    Parameters: `text` as in lessons/course.toml; `notebooks` and `banks` the stems that have such a file.
    Raises: `CourseError` with every fault, one sentence each.
    """
    import tomllib

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{LIST} is not valid TOML: {error}. Write it like this: {_LIKE}.") from None
    listed, needs = given.get("lessons"), given.get("needs", {})
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise CourseError(f"{LIST}: 'lessons' is no list of names. Write it like this: {_LIKE}.")
    if not listed:
        raise CourseError(f"{LIST}: the list of lessons is empty. Put in at least one: {_LIKE}.")
    faults = [f"{LIST}: {nearest(name, _KEYS, 'field')}" for name in given if name not in _KEYS]
    for stem in dict.fromkeys(listed):
        faults += _of_one(stem, listed.count(stem), notebooks, banks)
    numbers = {}
    for stem in dict.fromkeys(one for one in listed if STEM.fullmatch(one)):
        numbers.setdefault(stem[:2], []).append(stem)
    faults += [
        f"{LIST}: {' and '.join(same)} begin with the same number, and so would the ids of their questions. "
        "Give one of them another number."
        for same in numbers.values()
        if len(same) > 1
    ]
    faults += _unmet(listed, needs)
    if faults:
        raise CourseError("\n".join(faults))
    return tuple(listed)


def forget_syllabus():
    """Read the list anew when it is next asked for, since it was changed."""
    _stems.cache_clear()


def lesson_number(stem):
    """Return a lesson's place in the course, from 1: the number that is shown. None if it is not listed."""
    return stems().index(stem) + 1 if stem in stems() else None


def all_stems():
    """Return the stems of all lessons that have a notebook and a bank, listed or not; the listed first."""
    there = sorted(
        path.stem
        for path in paths.ITEMS.glob("*.toml")
        if STEM.fullmatch(path.stem) and (paths.LESSONS / f"{path.stem}.ipynb").is_file()
    )
    return (*stems(), *(stem for stem in there if stem not in stems()))


def lessons_phrase(numbers):
    """Return the numbers of lessons as a text speaks of them.

    >>> [lessons_phrase(some) for some in ([5], [1, 2], [1, 2, 3, 4, 5], [1, 2, 3, 7])]
    ['lesson 5', 'lessons 1 and 2', 'lessons 1 to 5', 'lessons 1, 2, 3 and 7']
    """
    numbers = list(numbers)
    return say("lesson.numbers.named", n=len(numbers), numbers=number_list(numbers))


def number_list(numbers):
    """Return the numbers of lessons as they stand in a sentence that says by itself what they number.

    >>> number_list([5]), number_list([1, 2]), number_list([1, 2, 3])
    ('5', '1 and 2', '1 to 3')
    """
    numbers = sorted(numbers)
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return say("lesson.numbers.from_to", first=numbers[0], last=numbers[-1])
    *head, last = map(str, numbers)
    return say("lesson.numbers.and_last", numbers=", ".join(head), last=last) if head else last


def _of_one(stem, count, notebooks, banks):
    if count > 1:
        yield f"{LIST}: {stem!r} stands {count} times. Leave one line."
    known = sorted(one for one in notebooks & banks if STEM.fullmatch(one))
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


def _unmet(listed, needs):
    if not isinstance(needs, dict) or not all(isinstance(one, list) for one in needs.values()):
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
