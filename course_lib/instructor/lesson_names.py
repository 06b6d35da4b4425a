"""Lessons as an instructor names them."""

from course_lib.curriculum import course


def lessons_by_name(stems):
    """Return what lessons and tests may be called: a dict from a stem or a number, 3 or 03, to the stem."""
    named = {}
    for stem in stems:
        place = course.lesson_number(stem)
        named |= dict.fromkeys([stem, *([f"{place}", f"{place:02}"] if place else [])], stem)
    return named
