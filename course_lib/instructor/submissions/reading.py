"""Submissions: from a folder, a zip or what a learning platform gives, to students with their events.

A submitted file is what *Download my work* gives a student. Nothing in one is trusted: whatever cannot be
read is told in a sentence of the report, and the rest goes on. No more than one student's events are in
memory at a time.
"""

import itertools
import os
import secrets
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions import archive
from course_lib.instructor.submissions.archive import FileLocation, UnreadError
from course_lib.instructor.submissions.discovery import FoundFile, list_files
from course_lib.instructor.submissions.events import order_events
from course_lib.instructor.submissions.grouping import group_by_place
from course_lib.instructor.submissions.merging import merge_folder, merge_units
from course_lib.instructor.submissions.pseudonyms import normalise_name, pseudonym
from course_lib.instructor.submissions.remarks import Remark, SubmissionReport, count_phrase
from course_lib.student.events import Event

# What one student can have made in years; more is no work of a person.
MOST_EVENTS = 250_000


class ProgressBar(Protocol):
    """What shows how far the reading has come, such as a bar of `tqdm`."""

    def update(self, n: int, /) -> object:
        """Go on by so many files.

        Parameters
        ----------
        n : int
            How many files were just done.

        Returns
        -------
        object
            Nothing that is used.
        """


Bar = Callable[[int], AbstractContextManager[ProgressBar]]


@dataclass(frozen=True)
class Student:
    """One student with their events.

    Attributes
    ----------
    name : str
        As their files have it.
    pseudonym : str
        What they are called elsewhere.
    events : list of Event
        Oldest first.
    moments : list of float or None
        The seconds since 1970 at which the events happened, or None where the clock cannot be right.
    files : int, default 1
        How many files the events come from.
    number : str, default ""
        What the platform that the files come from knows the student by, where it says.
    """

    name: str
    pseudonym: str
    events: list[Event]
    moments: list[float] | None
    files: int = 1
    number: str = ""


@dataclass(frozen=True)
class FileGroup:
    """The files that are taken for one student's, not read yet.

    Attributes
    ----------
    name : str
        The student's name as the files have it.
    pseudonym : str
        What the student is called elsewhere.
    files : tuple of FileLocation
        Where the files are.
    number : str, default ""
        What the platform that they come from knows the student by, where it says.
    """

    name: str
    pseudonym: str
    files: tuple[FileLocation, ...]
    number: str = ""


class StudentReading(NamedTuple):
    """What reading one student's files gave.

    Attributes
    ----------
    student : Student or None
        None where no file gave anything.
    remarks : list of Remark
        What the instructor should know of the files.
    read : int
        How many of the files were read.
    """

    student: Student | None
    remarks: list[Remark]
    read: int


class Submissions:
    """What students submitted; `read_submissions` makes it.

    Parameters
    ----------
    groups : sequence of FileGroup
        The files by student, ordered by pseudonym, so that the order tells nothing of the names.
    report : SubmissionReport
        What was remarked so far; reading adds to it.
    progress : callable, optional
        Called with the number of files just done.
    """

    def __init__(
        self,
        groups: Sequence[FileGroup],
        report: SubmissionReport,
        progress: Callable[[int], object] | None = None,
    ) -> None:
        self.groups = groups
        self.report = report
        self.progress = progress

    @property
    def students(self) -> Iterator[Student]:
        """Every student in turn with their events; what is found is added to the report."""
        try:
            for group in self.groups:
                student, remarks, read = read_student(group)
                self.count(remarks, read, len(group.files), student is not None)
                if student is not None:
                    yield student
        finally:
            archive.close_archives()

    def count(self, remarks: Iterable[Remark], read: int, files: int, students: int) -> None:
        """Add to the report what was read, and pass on how far the reading has come.

        Parameters
        ----------
        remarks : iterable of Remark
            What the instructor should know.
        read : int
            How many files gave entries.
        files : int
            How many files were tried.
        students : int
            How many students the entries came from.
        """
        self.report.remarks += remarks
        self.report.read += read
        self.report.students += students
        if self.progress:
            self.progress(files)

    @contextmanager
    def show_progress(self, bar: Bar | None) -> Generator[None]:
        """Show how far the reading has come for as long as the context lasts.

        Parameters
        ----------
        bar : callable, optional
            Given a number of files, returns a context manager that gives a `ProgressBar`; nothing is shown
            without one.

        Yields
        ------
        None
            Reading belongs into the context.
        """
        if bar is None:
            yield
            return
        with bar(self.total) as progress_bar:
            self.progress = progress_bar.update
            yield

    @property
    def total(self) -> int:
        """How many files there are to read."""
        return sum(len(group.files) for group in self.groups)


def read_submissions(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    progress: Callable[[int], object] | None = None,
    salt: bytes | None = None,
    passing: Iterable[str | os.PathLike[str]] = (),
) -> Submissions:
    """Return the submissions in folders, zips and files; the files themselves are read later.

    Parameters
    ----------
    paths : str, path or iterable of these
        Folders, zips and files.
    progress : callable, optional
        Called with the number of files just done.
    salt : bytes, optional
        What pseudonyms are made with (see `pseudonyms.class_salt`); by default one that holds once.
    passing : iterable of str or path, optional
        Files that are passed over, such as a result of an earlier run.

    Returns
    -------
    Submissions
        The files by student.

    Raises
    ------
    ProgressError
        Where a path has no name or does not exist, or they hold no file at all.
    """
    named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    if any(not os.fspath(path) for path in named):
        # A variable of the shell that is not set; as a path it would be the folder one is in.
        raise ProgressError(
            "A folder was given without a name. Give the folder, or the zip from your learning platform; the "
            "folder you are in is '.'."
        )
    sources = [Path(path) for path in named]
    report = SubmissionReport()
    passed_over = {os.path.abspath(path) for path in passing}
    files: list[FoundFile] = []
    for source in sources:
        if not source.exists():
            raise ProgressError(f"There is no file or folder {plain_cell(source)}. Check its name.")
        files += list_files(source, report, passed_over)
    report.files += len(files)
    report.folders = len({_folder_of(file) for file in files})
    if not report.files:
        raise ProgressError(
            f"There is no file in {' or '.join(map(plain_cell, sources))}. Give the folder, or the zip from "
            "your learning platform, with the files that students handed in."
        )
    salt = secrets.token_bytes(32) if salt is None else salt
    groups: list[FileGroup] = []
    taken: set[str] = set()
    places = group_by_place(files)
    by_name = (student for units in places.by_name for student in merge_units(units, report))
    by_folder = (student for units in places.by_folder for student in merge_folder(units))
    for name, number, locations in itertools.chain(by_name, by_folder):
        distinct, again = name, 1
        while normalise_name(distinct) in taken:
            again += 1
            distinct = f"{name} ({again})"
        taken.add(normalise_name(distinct))
        groups.append(FileGroup(distinct, pseudonym(distinct, salt), locations, number))
    archive.close_archives()
    groups.sort(key=lambda group: group.pseudonym)
    return Submissions(groups, report, progress)


def read_student(group: FileGroup) -> StudentReading:
    """Return a student with their events, and what there is to remark on the files.

    Parameters
    ----------
    group : FileGroup
        The files of one student.

    Returns
    -------
    StudentReading
        The student, or None; the remarks; how many files were read.
    """
    remarks: list[Remark] = []
    events: dict[str, Event] = {}
    read, shared = 0, False

    def remark(kind: str, about: str, text: str, alike: str = "") -> None:
        remarks.append(Remark(kind, plain_cell(about), text, group.pseudonym, alike))

    for location in group.files:
        if len(events) > MOST_EVENTS:
            text = f"was not read: those before it have {len(events):,} entries, more than a student makes."
            remark("unread", location.label, text)
            continue
        try:
            file_events, problem = archive.parse_submission(archive.read_content(location))
        except UnreadError as error:
            remark(error.kind, location.label, str(error))
            continue
        if problem:
            remark("partly", location.label, problem)
        read += 1
        before, conflicts = len(events), 0
        for event in file_events:
            earlier = events.setdefault(event.uid, event)
            conflicts += earlier is not event and earlier != event
        shared |= len(events) - before < len(file_events)
        if conflicts:
            entries = count_phrase(conflicts, "entry")
            text = f"has {entries} that stood before with another content; the first counts."
            remark("partly", location.label, text)
    if not read:
        return StudentReading(None, remarks, 0)
    if read > 1 and shared:
        alike = "they share entries, as files of one student do."
        remark("several", group.name, f"{read} files; {alike}", f"several files each; {alike}")
    elif read > 1:
        text = (
            f"{read} files in one place; they have no entry in common. If they are of different students, "
            "give each a folder or a name of its own."
        )
        remark("doubtful", group.name, text)
    in_order, moments = order_events(list(events.values()), lambda text: remark("clock", group.name, text))
    student = Student(group.name, group.pseudonym, in_order, moments, read, group.number)
    return StudentReading(student, remarks, read)


def _folder_of(file: FoundFile) -> tuple[str, ...]:
    """Return the folder a file lies in, on the disk or in a zip."""
    path = file.location.path
    return (path, *file.names[:-1]) if file.location.entry is not None else (os.path.dirname(path),)
