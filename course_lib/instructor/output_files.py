"""Files that the commands for instructors write: whole or not at all, and what is in the way is told."""

import errno
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from course_lib import files
from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.remarks import error_reason


@contextmanager
def replacing_file(path: Path) -> Generator[Path]:
    """Give a path to write to; the file takes its place only when it is whole.

    Parameters
    ----------
    path : Path
        The file that is to be written or replaced.

    Yields
    ------
    Path
        A path in the same folder with the same ending.

    Raises
    ------
    ProgressError
        Where nothing can be written there.
    """
    try:
        with files.replacing(path) as unfinished:
            yield unfinished
    except OSError as error:
        raise _writing_error(path, error) from None


def require_writable(path: Path, coming: Path | None = None) -> None:
    """Raise where a file could not be written, as long as nothing else has been done.

    Parameters
    ----------
    path : Path
        The file that is to be written or replaced.
    coming : Path, optional
        A folder that is going to be made first, with those above it that are missing.

    Raises
    ------
    ProgressError
        Where `replacing_file` would raise it.
    """
    folder = path.parent.resolve()
    if coming is not None and coming.resolve().is_relative_to(folder):
        while not folder.exists():
            folder = folder.parent
    try:
        if path.is_dir() or (coming is not None and coming.resolve().is_relative_to(path.resolve())):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _writing_error(path, error) from None


def _writing_error(path: Path, error: OSError) -> ProgressError:
    return ProgressError(
        f"{plain_cell(path)} cannot be written ({error_reason(error)}). Close it in other programs, or "
        "name a folder that exists and is yours."
    )
