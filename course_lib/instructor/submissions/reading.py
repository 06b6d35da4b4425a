"""Hand-in files: from a folder, a zip or what a learning platform gives, to students with their events.

A hand-in file is what *Download my work* gives a student. Nothing in one is trusted: whatever cannot be
read is told in a sentence of the report, and the rest goes on. No more than one student's events are in
memory at a time.
"""

import hashlib
import heapq
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions import archive
from course_lib.instructor.submissions.archive import UnreadError, read_content
from course_lib.instructor.submissions.discovery import group_by_student, list_files
from course_lib.instructor.submissions.pseudonyms import pseudonym
from course_lib.instructor.submissions.remarks import Remark, SubmissionReport, count_phrase

# What one student can have made in years; more is no work of a person.
MOST_EVENTS = 250_000
# No entry of this course is older, and a clock may be a little fast.
_EARLIEST = datetime(2024, 1, 1, tzinfo=UTC).timestamp()
_FAST = timedelta(days=2)


@dataclass(frozen=True)
class Student:
    """One student: `name` as their files have it, `pseudonym`, `events` oldest first.

    `moments` are the seconds at which the events happened, or None where the clock cannot be right; `files`
    how many files the events come from.
    """

    name: str
    pseudonym: str
    events: list
    moments: Any
    files: int = 1


@dataclass(frozen=True)
class FileGroup:
    """The files that are taken for one student's, not read yet."""

    name: str
    pseudonym: str
    files: tuple


class Submissions:
    """What students handed in; `read` makes it.

    `groups` the files by student, ordered by pseudonym, so that the order tells nothing of the names;
    `report` what was remarked so far.
    """

    def __init__(self, groups, report, progress=None):
        self.groups = groups
        self.report = report
        self.progress = progress

    @property
    def students(self):
        """Yield every student in turn with their events; what is found is added to the report."""
        try:
            for group in self.groups:
                student, remarks, read = read_student(group)
                self.seen(remarks, read, len(group.files), student is not None)
                if student is not None:
                    yield student
        finally:
            archive.close_archives()

    def seen(self, remarks, read, files, students):
        """Count what was read, and pass on how far the reading has come."""
        self.report.remarks += remarks
        self.report.read += read
        self.report.students += students
        if self.progress:
            self.progress(files)

    @property
    def total(self):
        """How many files there are to read."""
        return sum(len(group.files) for group in self.groups)


def read_submissions(paths, progress=None, salt=None, passing=()):
    """Return the hand-ins in folders, zips and files as `Submissions`; the files themselves are read later.

    Parameters: `paths` one path or several; `progress` is called with the number of files just done; `salt`
    the bytes that pseudonyms are made with (see `pseudonyms.class_salt`), or None for some that hold once;
    `passing` files that are passed over, such as a result of an earlier run.
    Raises: `ProgressError` where a path does not exist or holds no file at all.
    """
    paths = [Path(one) for one in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
    report = SubmissionReport()
    passed = {os.path.abspath(one) for one in passing}
    found = []
    for path in paths:
        if not path.exists():
            raise ProgressError(f"There is no file or folder {plain_cell(path)}. Check its name.")
        found += list_files(path, report, passed)
    report.files += len(found)
    if not report.files:
        raise ProgressError(
            f"There is no file in {' or '.join(plain_cell(path) for path in paths)}. Give the "
            "folder, or the zip "
            "from your learning platform, with the files that students handed in."
        )
    salt = secrets.token_bytes(32) if salt is None else salt
    groups = [FileGroup(name, pseudonym(name, salt), tuple(files)) for name, files in group_by_student(found)]
    groups.sort(key=lambda group: group.pseudonym)
    return Submissions(groups, report, progress)


def read_student(group):
    """Return a student with their events, or None; then the remarks, and how many files were read.

    Parameters: `group` the files of one student.
    """
    remarks, events, read, shared = [], {}, 0, False

    def tell(kind, about, text, alike=""):
        remarks.append(Remark(kind, plain_cell(about), text, group.pseudonym, alike))

    for place in group.files:
        if len(events) > MOST_EVENTS:
            told = f"was not read: those before it have {len(events):,} entries, more than a student makes."
            tell("unread", place.shown, told)
            continue
        try:
            found, problem = archive.parse_events(read_content(place))
        except UnreadError as error:
            tell(error.kind, place.shown, str(error))
            continue
        if problem:
            tell("partly", place.shown, problem)
        read += 1
        before, twice = len(events), 0
        for event in found:
            other = events.setdefault(event.uid, event)
            twice += other is not event and other != event
        shared |= len(events) - before < len(found)
        if twice:
            tell(
                "partly",
                place.shown,
                f"has {count_phrase(twice, 'entry')} that stood before with another content; the "
                "first counts.",
            )
    if not read:
        return None, remarks, 0
    if read > 1:
        told = alike = "they share entries, as files of one student do."
        if not shared:
            alike = ""
            told = (
                "they have no entry in common. If they are of different students, give each a folder or a "
                "name of its own."
            )
        tell("several", group.name, f"{read} files; {told}", alike and f"several files each; {alike}")
    in_order, moments = order_events(list(events.values()), lambda text: tell("clock", group.name, text))
    return Student(group.name, group.pseudonym, in_order, moments, read), remarks, read


def order_events(events, tell):
    """Return events oldest first with their moments, or in the order of attempts where clocks are wrong."""
    latest = (datetime.now(UTC) + _FAST).timestamp()
    moments = [_moment(event.at) for event in events]
    wrong = [at for at, moment in enumerate(moments) if moment is None or not _EARLIEST <= moment <= latest]
    if not wrong:
        order = sorted(range(len(events)), key=moments.__getitem__)
        return [events[at] for at in order], [moments[at] for at in order]
    tell(
        f"{len(wrong)} of {count_phrase(len(events), 'entry')} "
        f"{'has' if len(wrong) == 1 else 'have'} a time that "
        f"cannot be right, such as {plain_cell(events[wrong[0]].at, 40) or 'none'}."
    )
    # Whatever the clocks said, the count of attempts went up.
    return sorted(events, key=lambda event: event.attempt), None


def _moment(text):
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def fingerprint(uids, size=32):
    """Return the smallest of the numbers that entries' identities stand for: enough to find copies by."""
    return heapq.nsmallest(size, (_number(uid) for uid in uids))


def _number(uid):
    try:
        return int(uid[-16:], 16) & (2**64 - 1)
    except ValueError:
        return int.from_bytes(hashlib.blake2b(uid.encode("utf-8", "replace"), digest_size=8).digest())
