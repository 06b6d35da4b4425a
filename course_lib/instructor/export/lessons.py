"""Lessons on their way into another system: which of them, under what title, and their questions by check."""

from collections.abc import Iterable
from dataclasses import dataclass

from course_lib import items
from course_lib.curriculum import course
from course_lib.curriculum.syllabus import all_stems, lesson_number, stems
from course_lib.errors import ItemError, nearest
from course_lib.instructor.lesson_names import lessons_by_name


@dataclass(frozen=True)
class ExportedLesson:
    """The questions of one bank.

    Attributes
    ----------
    stem : str
        The stem of the lesson's files, or the name of a test.
    title : str
        As a folder of its questions is called.
    bank : Bank
        The questions.
    """

    stem: str
    title: str
    bank: items.Bank

    def checks(self) -> dict[str, list[items.Item]]:
        """Return the questions by check.

        Returns
        -------
        dict of str to list of Item
            In the order of the bank.
        """
        by_check: dict[str, list[items.Item]] = {}
        for item in self.bank.items:
            by_check.setdefault(item.check, []).append(item)
        return by_check


def select_lessons(names: Iterable[str] | None = None) -> list[ExportedLesson]:
    """Return the lessons to export: those named, or all of the course without the tests before and after.

    Parameters
    ----------
    names : iterable of str, optional
        Stems or numbers of lessons, ``before``, ``after``.

    Returns
    -------
    list of ExportedLesson
        Each once, in the order named.

    Raises
    ------
    ItemError
        For a name that does not exist.
    """
    all_names = [*all_stems(), *course.FORMS]
    stems_by_name = lessons_by_name(all_names)
    named = list(names or ())
    for name in named:
        if name not in stems_by_name:
            raise ItemError(nearest(name, all_names, "lesson"))
    return [_lesson(stem) for stem in dict.fromkeys([stems_by_name[name] for name in named] or stems())]


def _lesson(stem: str) -> ExportedLesson:
    bank = course.bank(stem)
    number = lesson_number(stem) if stem not in course.FORMS else None
    return ExportedLesson(stem, f"{number:02} {bank.title}" if number else bank.title, bank)
