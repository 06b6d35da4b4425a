"""Where submissions are: in folders, zips and what learning platforms give.

Names alone are looked at. Nothing is unpacked onto the disk, no link is followed.
"""

import os
import re
import stat
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.archive import FileLocation, size_refusal
from course_lib.instructor.submissions.platforms import is_beside
from course_lib.instructor.submissions.remarks import SubmissionReport, error_reason
from course_lib.student.events import LONGEST_FILE

# Entries have identities made by chance, which do not shrink: what is packed smaller than this is a trap.
_PACKED, _WORTH_A_LOOK = 100, 1_000_000
# No download has as many folders in each other; what has is a trap, or a loop that is no link.
_DEEPEST = 50
# The mark of a name in a zip that is in UTF-8; several programs leave it out.
_UTF_8 = 0x800
_SYSTEM = {"__macosx", "thumbs.db", "desktop.ini"}
_READ = {".json", ".txt", ""}
_PACKS = {".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz"}


class FoundFile(NamedTuple):
    """A file that may be a submission.

    Attributes
    ----------
    names : tuple of str
        The parts of its name below the path that was looked into.
    location : FileLocation
        Where it is.
    """

    names: tuple[str, ...]
    location: FileLocation


def list_files(path: Path, report: SubmissionReport, passing: Collection[str] = ()) -> Iterator[FoundFile]:
    """Yield what may be a submission.

    Parameters
    ----------
    path : Path
        A folder, a zip or a file.
    report : SubmissionReport
        Where files that cannot be one are counted and remarked.
    passing : collection of str, optional
        Absolute paths that are passed over.

    Yields
    ------
    FoundFile
        In the order of their names; those of a zip in its own.
    """
    if path.is_file() and path.suffix.lower() == ".zip":
        yield from _list_zip(path, (), path.name, report)
    elif path.is_file():
        yield FoundFile((path.name,), FileLocation(os.path.abspath(path), readable_name(path.name)))
    elif path.is_dir():
        yield from _list_folder(path, (), report, passing)
    else:
        _refuse(report, "unread", path.name, "is neither a file nor a folder.")


def readable_name(name: str) -> str:
    """Return a file's name as text, whatever bytes it has on the disk.

    Parameters
    ----------
    name : str
        The name as the system gives it.

    Returns
    -------
    str
        The same, with a replacement character for what is no text.

    Examples
    --------
    >>> readable_name("anna.json")
    'anna.json'
    """
    return os.fsencode(name).decode("utf-8", "replace")


def _refuse(report: SubmissionReport, kind: str, about: str, text: str) -> None:
    report.files += 1
    report.add(kind, about, text)


def _list_folder(
    path: str | Path, names: tuple[str, ...], report: SubmissionReport, passing: Collection[str]
) -> Iterator[FoundFile]:
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        label = "/".join(map(readable_name, names)) or str(path)
        report.add("unread", label, f"cannot be opened ({error_reason(error)}).")
        return
    for entry in entries:
        if not _is_passed_over(entry.name) and os.path.abspath(entry.path) not in passing:
            below = (*names, entry.name)
            label = "/".join(map(readable_name, below))
            try:
                yield from _list_entry(entry, below, label, report, passing)
            except OSError as error:
                _refuse(report, "unread", label, f"cannot be read ({error_reason(error)}).")


def _list_entry(
    entry: os.DirEntry[str],
    names: tuple[str, ...],
    label: str,
    report: SubmissionReport,
    passing: Collection[str],
) -> Iterator[FoundFile]:
    suffix = os.path.splitext(entry.name)[1].lower()
    if entry.is_symlink():
        _refuse(report, "unread", label, "is a link to another place; it was not followed.")
    elif entry.is_dir() and len(names) > _DEEPEST:
        text = f"is a folder under {_DEEPEST} others; it was not looked into. Move it up."
        _refuse(report, "unread", label, text)
    elif entry.is_dir():
        yield from _list_folder(entry.path, names, report, passing)
    elif not stat.S_ISREG(entry.stat().st_mode):
        _refuse(report, "unread", label, "is no ordinary file.")
    elif suffix == ".zip":
        yield from _list_zip(entry.path, (*names[:-1], entry.name[:-4]), label, report)
    elif text := _suffix_refusal(suffix):
        _refuse(report, "foreign", label, text)
    elif (size := entry.stat().st_size) > LONGEST_FILE:
        _refuse(report, "unread", label, size_refusal(size))
    else:
        yield FoundFile(names, FileLocation(os.path.abspath(entry.path), label))


def _list_zip(
    path: str | Path, folders: tuple[str, ...], label: str, report: SubmissionReport
) -> Iterator[FoundFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except Exception as error:  # noqa: BLE001 - a damaged list of contents can raise nearly anything
        text = f"is no zip archive that can be opened ({error_reason(error)})."
        _refuse(report, "unread", label, text)
        return
    for at, entry in enumerate(entries):
        # A dot for the folder itself, as some programs write it, makes nothing hidden.
        filename = _zip_name(entry)
        names = re.split(r"[/\\]", re.sub(r"^(\.[/\\])+", "", filename))
        if filename.endswith("/") or (any(map(_is_passed_over, names)) and ".." not in names):
            continue
        inside = f"{label}/{readable_name(filename)}"
        if not filename:
            _refuse(report, "unread", label, "holds a file without a name; that one was not read.")
        elif refusal := _zip_entry_refusal(entry, names):
            kind, text = refusal
            _refuse(report, kind, inside, text)
        else:
            yield FoundFile((*folders, *names), FileLocation(os.path.abspath(path), inside, at))


def _zip_entry_refusal(entry: zipfile.ZipInfo, names: list[str]) -> tuple[str, str] | None:
    """Return why a file in a zip is not read, as a kind of remark and a sentence, or None."""
    suffix = os.path.splitext(names[-1])[1].lower()
    if ".." in names or not names[0] or re.match(r"[A-Za-z]:", names[0]):
        return "unread", "has a name that leads out of its folder; it was not read."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "unread", "is a link to another place; it was not followed."
    if entry.flag_bits & 1:
        return "unread", "is locked with a password; unpack the archive and hand in what is in it."
    if suffix == ".zip":
        return "unread", "is an archive inside an archive; unpack the outer one and read its folder."
    if text := _suffix_refusal(suffix):
        return "foreign", text
    if entry.file_size > LONGEST_FILE:
        return "unread", size_refusal(entry.file_size)
    if entry.file_size > max(_WORTH_A_LOOK, _PACKED * entry.compress_size):
        return "unread", "is packed far smaller than any hand-in can be; it was not read."
    return None


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of a file in a zip, as UTF-8 where it is, whether the zip says so or not."""
    if entry.flag_bits & _UTF_8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _SYSTEM or is_beside(name)


def _suffix_refusal(suffix: str) -> str:
    """Return why a file with this ending is not read, or nothing."""
    if suffix in _PACKS:
        return f"is an archive of a kind that is not read ({suffix}); unpack it, or make it a zip."
    return "" if suffix in _READ else f"ends in {plain_cell(suffix, 20)}; a hand-in ends in .json."
