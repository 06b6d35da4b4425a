"""Lessons as an instructor names them."""

from collections.abc import Iterable

from course_lib.curriculum import syllabus


def lessons_by_name(stems: Iterable[str]) -> dict[str, str]:
    """Return what lessons and tests may be called.

    Parameters
    ----------
    stems : iterable of str
        The stems of the lessons' files, and the names of tests.

    Returns
    -------
    dict of str to str
        From a stem, or the lesson's number in the course, 3 or 03, to the stem.
    """
    names: dict[str, str] = {}
    for stem in stems:
        number = syllabus.lesson_number(stem)
        names |= dict.fromkeys([stem, *([f"{number}", f"{number:02}"] if number else [])], stem)
    return names
