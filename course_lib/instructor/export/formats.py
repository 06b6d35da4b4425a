"""The systems that questions can be written for: a new one is a module with a `Format`, and a line here."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from course_lib.errors import ItemError, nearest
from course_lib.instructor.export.canvas import Canvas
from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.gift import Gift
from course_lib.instructor.export.lessons import ExportedLesson
from course_lib.instructor.export.moodle import Moodle
from course_lib.instructor.export.qti21 import Qti21


class Format(Protocol):
    """How questions are written for a system. The same questions give the same bytes."""

    @property
    def name(self) -> str:
        """What the format is called."""

    @property
    def ending(self) -> str:
        """The ending of its files, with the point."""

    @property
    def holds_lesson_question(self) -> bool:
        """Whether the question of a lesson has a place in it."""

    def write(self, lessons: Sequence[ExportedLesson], report: ConversionReport) -> bytes:
        """Return lessons as a file of this format.

        Parameters
        ----------
        lessons : sequence of ExportedLesson
            The questions.
        report : ConversionReport
            Where everything is noted that the format cannot carry as the course has it.

        Returns
        -------
        bytes
            What the file holds; nothing in it says when it was made.
        """


FORMATS: Mapping[str, Format] = {
    "moodle": Moodle(),
    "gift": Gift(),
    "qti21": Qti21(),
    "canvas": Canvas(),
}


def select_format(name: str) -> Format:
    """Return a format by its name.

    Parameters
    ----------
    name : str
        One of `FORMATS`.

    Returns
    -------
    Format
        The format.

    Raises
    ------
    ItemError
        Where there is none of this name.

    Examples
    --------
    >>> select_format("gift").ending
    '.txt'
    """
    if name not in FORMATS:
        raise ItemError(nearest(name, FORMATS, "format"))
    return FORMATS[name]
