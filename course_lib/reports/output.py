"""The portfolio of a student from the course's own banks, and written as a file."""

import uuid
from pathlib import Path

from course_lib.curriculum import course
from course_lib.errors import ProgressError
from course_lib.reports import portfolio
from course_lib.reports.document import GENERATOR
from course_lib.student.events import LONGEST_FILE
from course_lib.student.progress import Progress


def build_portfolio(progress, name=""):
    """Return the `Portfolio` of a student from the course's own banks and tests."""
    banks = [course.bank(stem) for stem in course.stems()]
    forms = {form: course.form_bank(form) for form in course.FORMS}
    return portfolio.compile_portfolio(
        progress, banks, forms, course.OBJECTIVES, name, course.unlisted_items()
    )


def progress_from_file(path, folder):
    """Return the `Progress` in an exported file of work, unpacked in an empty folder.

    Raises: `ProgressError` with a sentence where the file is not there, too long, damaged or not ours.
    """
    path = Path(path)
    try:
        # A character takes four bytes at most; how many there are is looked at when they are read.
        if path.stat().st_size > 4 * LONGEST_FILE:
            raise ProgressError(f"{path.name} is too large to be a file of your work. Nothing was written.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ProgressError(
            f"{path.name} is no file of your work: it is not text in UTF-8. Nothing was written."
        ) from None
    except OSError:
        raise ProgressError(
            f"{path} cannot be read. Check its name and folder. "
            "It is the file that the button Download my work gave you."
        ) from None
    found = Progress(Path(folder) / "progress.sqlite")
    found.restore(text)
    return found


def write_portfolio(path, text):
    """Write a portfolio whole or not at all; a file that is no portfolio of ours stays as it is.

    Raises: `ProgressError` with a sentence where it cannot be written.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise ProgressError(f"{path} is a folder. Name a file in it, for instance portfolio.html.")
        if path.exists() and not _is_ours(path):
            raise ProgressError(
                f"{path} exists and is no portfolio of this course, so it was left as it is. "
                "Choose another name with --out."
            )
        unfinished = path.with_name(f".portfolio-{uuid.uuid4().hex}")
        try:
            unfinished.write_text(text, encoding="utf-8", newline="\n")
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except FileNotFoundError:
        raise ProgressError(f"There is no folder {path.parent}. Make it, or choose another --out.") from None
    except OSError as error:
        raise ProgressError(f"{path} cannot be written: {error.strerror}. Choose another --out.") from None


def _is_ours(path):
    with path.open("rb") as file:
        return GENERATOR.encode() in file.read(2000)
