"""Copying the lessons to a student's folder and bringing them up to date, never over what a student changed.

Standard library only. Whatever stops a start halfway, a full disk or a kill, the next one goes on from what
it finds: every file is there whole or not at all, and tells by itself which edition of a lesson it is.
"""

import contextlib
import hashlib
import itertools
import json
import os
from collections.abc import Generator, Iterator
from pathlib import Path

from course_lib import paths
from course_lib.curriculum import syllabus
from course_lib.files import (
    FileState,
    create_whole,
    file_state,
    is_full,
    remove_unfinished,
    replacing,
    write_whole,
)
from course_lib.setup.editions import LessonEdition, is_stump, read_copy, read_edition
from course_lib.setup.start_report import StartReport

RECORD = ".course.json"
# The field of the record for what was laid beside lessons; the others are of earlier versions of the course.
_BESIDE = "beside"


def copy_lessons(root: Path) -> StartReport:
    """Copy the lessons to the folder `lessons` in a student's folder, or bring what is there up to date.

    A lesson that was only run is replaced by a new edition; beside one that was changed the new edition is
    laid under a name of its own. What is no notebook is kept under another name, unless it is only a copy
    that broke off. Nothing else is touched, and a folder with lessons and data of its own not at all.

    Parameters
    ----------
    root : Path
        The student's folder.

    Returns
    -------
    StartReport
        What was done, and what could not be written and why; no error of a file stops the others.
    """
    report = StartReport()
    folder = root / "lessons"
    if os.path.realpath(folder) == os.path.realpath(paths.LESSONS) or paths.content_root(root) == root:
        return report
    # Only the notebooks: the banks hold the keys, and the library reads them from its own place.
    names = [f"{stem}.ipynb" for stem in ("index", *syllabus.stems())]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        report.unwritten += names
        report.full = is_full(error)
        return report
    remove_unfinished(folder)
    remove_unfinished(root)
    desk = _Desk(root, report)
    for name in names:
        try:
            desk.bring(name)
        except OSError as error:
            report.unwritten.append(name)
            report.full = report.full or is_full(error)
    desk.write_record()
    return report


class _Desk:
    """A student's folder while the lessons are brought to it."""

    def __init__(self, root: Path, report: StartReport) -> None:
        self.folder = root / "lessons"
        self.record = root / RECORD
        self.report = report
        self.recorded = _read_fields(self.record)
        beside = (self.recorded or {}).get(_BESIDE)
        # By name which edition was laid there: one that a student took away does not come back.
        self.beside: dict[str, object] = dict(beside) if isinstance(beside, dict) else {}

    def bring(self, name: str) -> None:
        """Bring one lesson; raise `OSError` where it cannot be read or written."""
        edition = read_edition(paths.LESSONS / name)
        target = self.folder / name
        if target.is_symlink() and target.is_file():
            # Somebody put it there on purpose, and what it leads to may be anybody's.
            return
        state = file_state(target)
        if state is None and not target.is_symlink():
            _create(target, edition)
            return
        if not target.is_file():
            raise FileExistsError(target)
        content = target.read_bytes()
        copy = read_copy(content)
        if content == edition.content:
            return
        if content == edition.original or (copy is None and is_stump(content, edition)):
            _replace(target, edition, state)
        elif copy is None:
            self._set_aside(target, edition, state)
        elif copy.cells == edition.stamp.cells:
            # Run and saved. An edition that differs in nothing but what JupyterLab is told is no reason to
            # take the results away, unless the copy says that it is of another.
            if copy.stamp.file and copy.stamp.file != edition.stamp.file:
                _replace(target, edition, state)
        elif copy.is_unchanged(name) or self._former_checksum(name) == _checksum(content):
            if _replace(target, edition, state):
                self.report.updated.append(name)
        elif copy.stamp.cells != edition.stamp.cells and self._former_checksum(name) != _checksum(
            edition.original
        ):
            self._lay_beside(name, edition)

    def write_record(self) -> None:
        """Write down what was laid beside lessons; without that the next start does no harm."""
        fields = {**(self.recorded or {}), _BESIDE: self.beside}
        if self.recorded == fields or (self.recorded == {} and not self.beside):
            return
        try:
            write_whole(self.record, json.dumps(fields, indent=1) + "\n")
        except OSError as error:
            self.report.full = self.report.full or is_full(error)

    def _former_checksum(self, name: str) -> object:
        """Return the checksum that an earlier version of the course wrote down for a lesson it copied."""
        return (self.recorded or {}).get(name)

    def _lay_beside(self, name: str, edition: LessonEdition) -> None:
        """Lay a new edition beside a lesson that a student changed, unless they took it away before."""
        for place in _names_beside(self.folder / name, "new edition"):
            state = file_state(place)
            if state is None and not place.is_symlink():
                if self.beside.get(place.name) == edition.stamp.cells:
                    return
                _create(place, edition)
            elif place.is_symlink() or not place.is_file():
                continue
            else:
                content = place.read_bytes()
                copy = read_copy(content)
                if copy is None:
                    if not is_stump(content, edition):
                        continue
                    _replace(place, edition, state)
                elif edition.stamp.cells not in (copy.cells, copy.stamp.cells):
                    if not copy.is_unchanged(name):
                        continue
                    _replace(place, edition, state)
            self.beside[place.name] = edition.stamp.cells
            self.report.kept[name] = place.name
            return

    def _set_aside(self, target: Path, edition: LessonEdition, state: FileState | None) -> None:
        """Give what is no notebook another name, and the lesson its place: nobody is kept out of it."""
        with _replacing_unchanged(target, state) as unfinished:
            unfinished.write_bytes(edition.content)
            aside = next(
                place for place in _names_beside(target, "damaged") if not _is_taken(place, but_for=target)
            )
            if not aside.exists():
                _give_second_name(target, aside)
        self.report.set_aside[target.name] = aside.name


class _ChangedMeanwhileError(OSError):
    """Somebody else wrote a file after it was looked at."""


@contextlib.contextmanager
def _replacing_unchanged(target: Path, state: FileState | None) -> Generator[Path]:
    """Replace a file as `replacing` does, unless another start or an open notebook has written it since."""
    with replacing(target) as unfinished:
        yield unfinished
        if file_state(target) not in (state, None):
            raise _ChangedMeanwhileError(target)


def _create(place: Path, edition: LessonEdition) -> None:
    # Another start at the same moment may have been faster: it wrote the same.
    with contextlib.suppress(FileExistsError):
        create_whole(place, edition.content)


def _replace(target: Path, edition: LessonEdition, state: FileState | None) -> bool:
    """Put an edition in the place of a copy; return whether the copy was still as it was looked at."""
    try:
        with _replacing_unchanged(target, state) as unfinished:
            unfinished.write_bytes(edition.content)
    except _ChangedMeanwhileError:
        return False
    return True


def _names_beside(lesson: Path, what: str) -> Iterator[Path]:
    for number in itertools.count(1):
        yield lesson.with_name(f"{lesson.stem} ({what}{f' {number}' if number > 1 else ''}){lesson.suffix}")


def _is_taken(place: Path, but_for: Path) -> bool:
    """Tell whether a name is somebody else's; a start that was killed may have given it to the same file."""
    return place.is_symlink() or (place.exists() and not place.samefile(but_for))


def _give_second_name(file: Path, name: Path) -> None:
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems let a file have one name only.
        file.rename(name)


def _read_fields(record: Path) -> dict[str, object] | None:
    """Return what a record says: nothing where there is none, None where it cannot be read."""
    if not record.is_file():
        return None if record.exists() else {}
    try:
        fields = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
