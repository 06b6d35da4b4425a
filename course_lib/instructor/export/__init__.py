"""Questions of the course as other systems read them; what they cannot carry is said, never dropped.

`export_lessons` gives the bytes of a file and the report on what was lost, as an `Export`; that writes itself
and says what it holds. Each format is a package or module of its own, and is listed in `formats`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.curriculum import course
from course_lib.errors import ProgressError
from course_lib.files import write_whole
from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.formats import FORMATS, Format, select_format
from course_lib.instructor.export.lessons import ExportedLesson, select_lessons

__all__ = [
    "FORMATS",
    "Export",
    "ExportedLesson",
    "Format",
    "export_lessons",
    "report_path",
    "require_file_name",
    "select_format",
    "select_lessons",
]


@dataclass(frozen=True)
class Export:
    """Lessons in the form of another system.

    Attributes
    ----------
    form : Format
        The format they were written in.
    lessons : sequence of ExportedLesson
        What was exported.
    data : bytes
        What the file holds.
    report : ConversionReport
        What was left out or changed.
    """

    form: Format
    lessons: Sequence[ExportedLesson]
    data: bytes
    report: ConversionReport

    @property
    def _count(self) -> str:
        count = sum(len(lesson.bank.items) for lesson in self.lessons)
        return f"{count} question{'' if count == 1 else 's'}"

    def report_text(self) -> str:
        """Return the report as a text.

        Returns
        -------
        str
            What was exported, the losses in sum, and question by question.
        """
        stems = ", ".join(lesson.stem for lesson in self.lessons)
        return self.report.text(f"{self._count} of {stems} for {self.form.name}.")

    def write(self, out: Path) -> None:
        """Write the file, and the report beside it.

        Parameters
        ----------
        out : Path
            The file; folders that are missing are made.

        Raises
        ------
        ProgressError
            Where nothing can be written there.
        """
        for path, content in ((out, self.data), (report_path(out), self.report_text())):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, content)
            except OSError as error:
                raise ProgressError(f"{path} cannot be written: {error.strerror}.") from None

    def summary(self, out: Path) -> list[str]:
        """Return what to tell whoever exported: what the file holds, what was lost, and who may not see it.

        Parameters
        ----------
        out : Path
            The file that was written.

        Returns
        -------
        list of str
            Lines.
        """
        lines = [f"{out} holds {self._count} for {self.form.name}."]
        if self.report.entries:
            lines += ["What it cannot carry as the course has it:", *self.report.summary()]
        lines.append(f"{report_path(out)} says it question by question.")
        tests = [lesson.stem for lesson in self.lessons if lesson.stem in course.FORMS]
        also = (
            f", those of the test{'s' if len(tests) > 1 else ''} {' and '.join(tests)} too" if tests else ""
        )
        return [*lines, f"The file holds the keys{also}. Give it to no student."]


def report_path(out: Path) -> Path:
    """Return where the report on an export is written.

    Parameters
    ----------
    out : Path
        The file of the export.

    Returns
    -------
    Path
        A file beside it.
    """
    return out.with_name(f"{out.name}.report.txt")


def export_lessons(to: str, lessons: Sequence[ExportedLesson]) -> Export:
    """Return lessons in the form of another system, and what was lost.

    Parameters
    ----------
    to : str
        One of `FORMATS`.
    lessons : sequence of ExportedLesson
        What to export.

    Returns
    -------
    Export
        The bytes and the report.

    Raises
    ------
    ItemError
        For an unknown format.
    """
    form = select_format(to)
    report = ConversionReport()
    for lesson in lessons:
        for field in ("minutes", "activity_minutes", *(["horizon"] if lesson.bank.horizon else [])):
            report.note_omission(lesson.stem, field, "it belongs to the lesson, not to its questions")
        if not form.holds_lesson_question:
            report.note_omission(lesson.stem, "question", "only Moodle has a place for it, beside a category")
    return Export(form, lessons, form.write(lessons, report), report)


def require_file_name(out: Path, form: Format) -> None:
    """Raise where a file of a format cannot have this name.

    Parameters
    ----------
    out : Path
        The file that is to be written.
    form : Format
        Its format.

    Raises
    ------
    ProgressError
        Where it is a folder, or has another ending.
    """
    if out.is_dir():
        raise ProgressError(f"{out} is a folder. Name a file in it, for instance questions{form.ending}.")
    if out.suffix.lower() != form.ending:
        raise ProgressError(f"{out.name} does not end in {form.ending}, as a file for {form.name} has to.")
