"""Questions of the course as other systems read them; what they cannot carry is said, never dropped.

Each format is one file with `write(lessons, losses)`: `moodle`, `gift`, `qti21` and `canvas`. The same
questions give the same bytes, and no file says when it was made.
"""

import contextlib
import importlib
import os
import uuid
from pathlib import Path

from course_lib.curriculum import course
from course_lib.curriculum.syllabus import lesson_number
from course_lib.errors import ItemError, ProgressError, nearest
from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.exported_question import ExportedLesson
from course_lib.instructor.lesson_names import lessons_by_name

FORMATS = ("moodle", "gift", "qti21", "canvas")
# Their keys are given away only when somebody asks for them by name.


def export_lessons(to, lessons):
    """Return lessons in the form of another system, and what was lost: bytes and a `Losses`.

    Parameters: `to` one of `FORMATS`; `lessons` a list of `Lesson`.
    """
    losses = ConversionReport()
    for lesson in lessons:
        for field in ("minutes", "activity_minutes", *(["horizon"] if lesson.bank.horizon else [])):
            losses.left_out(lesson.stem, field, "it belongs to the lesson, not to its questions")
        if to != "moodle":
            losses.left_out(lesson.stem, "question", "only Moodle has a place for it, beside a category")
    return _format(to).write(lessons, losses), losses


def select_lessons(names=None):
    """Return the lessons to export: those named, or all of the course without the tests before and after.

    Parameters: `names` stems or numbers of lessons, `before`, `after`.
    Raises: `ItemError` for a name that does not exist.
    """
    stems = [*course.all_stems(), *course.FORMS]
    known = lessons_by_name(stems)
    for name in names or ():
        if name not in known:
            raise ItemError(nearest(name, stems, "lesson"))
    return [_lesson(stem) for stem in dict.fromkeys(known[name] for name in names or course.stems())]


def _lesson(stem):
    bank = course.bank(stem)
    place = lesson_number(stem) if stem not in course.FORMS else None
    return ExportedLesson(stem, f"{place:02} {bank.title}" if place else bank.title, bank)


def write_export(to, out, names=None):
    """Write questions in the form of another system, and a report beside it; return what to tell.

    Parameters: `to` one of `FORMATS`; `out` the file to write, the report gets its name and `.report.txt`;
    `names` the lessons as in `chosen`, or None for all.
    Raises: `ItemError` for an unknown format or lesson, `ProgressError` where nothing can be written.
    """
    form, out = _format(to), Path(out)
    if out.is_dir():
        raise ProgressError(f"{out} is a folder. Name a file in it, for instance questions{form.SUFFIX}.")
    if out.suffix.lower() != form.SUFFIX:
        raise ProgressError(f"{out.name} does not end in {form.SUFFIX}, as a file for {form.NAME} has to.")
    lessons = select_lessons(names)
    data, losses = export_lessons(to, lessons)
    report = out.with_name(f"{out.name}.report.txt")
    asked = sum(len(lesson.bank.items) for lesson in lessons)
    heading = (
        f"{_counted(asked, 'question')} of {', '.join(lesson.stem for lesson in lessons)} for {form.NAME}."
    )
    told = losses.text(heading)
    for path, held in ((out, data), (report, told.encode())):
        _replace(path, held)
    lines = [f"{out} holds {_counted(asked, 'question')} for {form.NAME}."]
    if losses.entries:
        lines += ["What it cannot carry as the course has it:", *losses.summary()]
    lines.append(f"{report} says it question by question.")
    tests = [lesson.stem for lesson in lessons if lesson.stem in course.FORMS]
    also = f", those of the test{'s' if len(tests) > 1 else ''} {' and '.join(tests)} too" if tests else ""
    return [*lines, f"The file holds the keys{also}. Give it to no student."]


def _format(to):
    if to not in FORMATS:
        raise ItemError(nearest(to, FORMATS, "format"))
    return importlib.import_module(f"course_lib.instructor.export.{to}")


def _counted(count, what):
    return f"{count} {what}{'' if count == 1 else 's'}"


def _replace(path, data):
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".export-{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        os.replace(unfinished, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise ProgressError(f"{path} cannot be written: {error.strerror}.") from None
