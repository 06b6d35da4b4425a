"""Where hand-ins are: in folders, zips and what learning platforms give; and which are one student's.

Names alone are looked at. Nothing is unpacked onto the disk, no link is followed.
"""

import os
import re
import stat
import zipfile
from collections import defaultdict
from dataclasses import dataclass

from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.archive import too_long
from course_lib.instructor.submissions.pseudonyms import normalise_name
from course_lib.instructor.submissions.remarks import error_reason
from course_lib.student.events import LONGEST_FILE

# Entries have identities made by chance, which do not shrink: what is packed smaller than this is a trap.
_PACKED, _WORTH_A_LOOK = 100, 1_000_000
# No download has as many folders in each other; what has is a trap, or a loop that is no link.
_DEEPEST = 50
_SYSTEM = {"__macosx", "thumbs.db", "desktop.ini"}
_READ = {".json", ".txt", ""}
_PACKS = {".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz"}
# How learning platforms call a student's folder or file in a download; `id` is a number of the platform.
_PLATFORMS = [
    re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_\w+?_.*", re.DOTALL),
    re.compile(r"(?P<name>[^_]+?)(?:_LATE)?_(?P<id>\d+)_\d+_.+", re.DOTALL),
    # Brightspace: its two numbers are the course's and the task's, and the time is all that tells two apart.
    re.compile(r"\d+-\d+ - (?P<name>.+?) - (?P<id>\D+\d{1,2}, \d{4} \d{3,4} [AP]M)( - .*)?", re.DOTALL),
    re.compile(r".+_(?P<name>[^_]+)(?P<id>)_attempt_\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d.*", re.DOTALL),
]
# The name the course gives a file, which says nothing of the student; a browser may add a number.
_OURS = re.compile(
    r"(?P<name>.*?)[-_ ]*my[-_ ]work([-_ ]\d{4}-\d\d-\d\d)?[-_ ]*(\(\d+\)|\d+)?", re.DOTALL | re.I
)


@dataclass(frozen=True)
class FileLocation:
    """Where a file is: on the disk, or at place `entry` in a zip; `shown` is what the report calls it."""

    path: str
    shown: str
    entry: int | None = None


def list_files(path, report, passed=()):
    """Yield what may be a hand-in: the parts of its name below the given path, and its place."""
    if path.is_file() and path.suffix.lower() == ".zip":
        yield from _in_zip(path, (), path.name, report)
    elif path.is_file():
        yield (path.name,), FileLocation(os.path.abspath(path), _text(path.name))
    elif path.is_dir():
        yield from _in_folder(path, (), report, passed)
    else:
        report.files += 1
        report.add("unread", path.name, "is neither a file nor a folder.")


def _in_folder(folder, parts, report, passed):
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        report.add(
            "unread", "/".join(map(_text, parts)) or str(folder), f"cannot be opened ({error_reason(error)})."
        )
        return
    for entry in entries:
        if _is_system(entry.name) or os.path.abspath(entry.path) in passed:
            continue
        below = (*parts, entry.name)
        shown = "/".join(map(_text, below))
        suffix = os.path.splitext(entry.name)[1].lower()

        def odd(kind, text, shown=shown):
            report.files += 1
            report.add(kind, shown, text)

        try:
            if entry.is_symlink():
                odd("unread", "is a link to another place; it was not followed.")
            elif entry.is_dir() and len(below) > _DEEPEST:
                odd("unread", f"is a folder under {_DEEPEST} others; it was not looked into. Move it up.")
            elif entry.is_dir():
                yield from _in_folder(entry.path, below, report, passed)
            elif not stat.S_ISREG(entry.stat().st_mode):
                odd("unread", "is no ordinary file.")
            elif suffix == ".zip":
                yield from _in_zip(entry.path, (*parts, entry.name[:-4]), shown, report)
            elif told := _not_read(suffix):
                odd("foreign", told)
            elif (size := entry.stat().st_size) > LONGEST_FILE:
                odd("unread", too_long(size))
            else:
                yield below, FileLocation(os.path.abspath(entry.path), shown)
        except OSError as error:
            odd("unread", f"cannot be read ({error_reason(error)}).")


def _in_zip(path, parts, shown, report):
    def odd(kind, about, text):
        report.files += 1
        report.add(kind, about, text)

    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except Exception as error:  # noqa: BLE001 - a damaged list of contents can raise nearly anything
        odd("unread", shown, f"is no zip archive that can be opened ({error_reason(error)}).")
        return
    for at, entry in enumerate(entries):
        # A dot for the folder itself, as some programs write it, makes nothing hidden.
        names = re.sub(r"^(\.[/\\])+", "", entry.filename)
        names = re.split(r"[/\\]", names)
        if entry.filename.endswith("/") or (any(map(_is_system, names)) and ".." not in names):
            continue
        inside = f"{shown}/{_text(entry.filename)}"
        suffix = os.path.splitext(names[-1])[1].lower()
        if not entry.filename:
            odd("unread", shown, "holds a file without a name; that one was not read.")
        elif ".." in names or not names[0] or re.match(r"[A-Za-z]:", names[0]):
            odd("unread", inside, "has a name that leads out of its folder; it was not read.")
        elif stat.S_ISLNK(entry.external_attr >> 16):
            odd("unread", inside, "is a link to another place; it was not followed.")
        elif entry.flag_bits & 1:
            odd("unread", inside, "is locked with a password; unpack the archive and hand in what is in it.")
        elif suffix == ".zip":
            odd(
                "unread", inside, "is an archive inside an archive; unpack the outer one and read its folder."
            )
        elif told := _not_read(suffix):
            odd("foreign", inside, told)
        elif entry.file_size > LONGEST_FILE:
            odd("unread", inside, too_long(entry.file_size))
        elif entry.file_size > max(_WORTH_A_LOOK, _PACKED * entry.compress_size):
            odd("unread", inside, "is packed far smaller than any hand-in can be; it was not read.")
        else:
            yield (*parts, *names), FileLocation(os.path.abspath(path), inside, at)


def _is_system(name):
    return name.startswith(".") or name.casefold() in _SYSTEM


def _not_read(suffix):
    if suffix in _PACKS:
        return f"is an archive of a kind that is not read ({suffix}); unpack it, or make it a zip."
    return "" if suffix in _READ else f"ends in {plain_cell(suffix, 20)}; a hand-in ends in .json."


def _text(name):
    """Return a file's name as text, whatever bytes it has on the disk."""
    return os.fsencode(name).decode("utf-8", "replace") if isinstance(name, str) else str(name)


def group_by_student(found):
    """Return the places by student: pairs of a name and a list.

    A platform's name for the student counts first. A file with a name of its own is one student; files that
    are called as the course calls them belong to the folder they are in. What could be two people is never
    put together.
    """
    platform, own, ours = [], [], []
    for names, place in found:
        texts = tuple(map(_text, names))
        if (told := _by_platform(texts)) is not None:
            platform.append((*told, place))
            continue
        stem = re.sub(r"(\.json|\.txt)+$", "", texts[-1], flags=re.IGNORECASE)
        match = _OURS.fullmatch(stem)
        stem = match["name"].strip(" -_") if match else stem
        if stem:
            own.append((texts[:-1], stem, place))
        else:
            ours.append((texts, place))
    groups = defaultdict(list)
    names = {}

    def put(name, place):
        names.setdefault(normalise_name(name), plain_cell(name))
        groups[normalise_name(name)].append(place)

    # Two of one name in one download are two people; in the next download their numbers may be others.
    numbers = defaultdict(set)
    for above, name, number, _ in platform:
        numbers[above, normalise_name(name)].add(number)
    twice = {name for (_, name), known in numbers.items() if len(known) > 1}
    for _, name, number, place in platform:
        put(f"{name} {number}" if normalise_name(name) in twice else name, place)
    stems = defaultdict(int)
    for _, stem, _ in own:
        stems[normalise_name(stem)] += 1
    for above, stem, place in own:
        put("/".join((*above, stem)) if stems[normalise_name(stem)] > 1 else stem, place)
    for name, place in _by_folder(ours):
        put(name, place)
    return [(names[key], places) for key, places in groups.items()]


def _by_platform(texts):
    """Return the folders above, name and number that a platform gave, or None."""
    for at in range(len(texts) - 1, -1, -1):
        for form in _PLATFORMS:
            if found := form.fullmatch(texts[at]):
                return texts[:at], found["name"], found["id"]
    return None


def _by_folder(ours):
    """Yield the name for each file that does not tell one: the folders in which the files differ."""
    depths = defaultdict(lambda: defaultdict(set))
    for texts, _ in ours:
        for level, folder in enumerate(texts[:-1]):
            depths[len(texts)][level].add(folder)
    for texts, place in ours:
        folders = texts[:-1]
        differing = [one for level, one in enumerate(folders) if len(depths[len(texts)][level]) > 1]
        yield "/".join(differing) or (folders[-1] if folders else texts[-1].rsplit(".", 1)[0]), place
