"""Which files are one student's: told by the names that learning platforms, students and the course give."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.archive import FileLocation
from course_lib.instructor.submissions.discovery import FoundFile, readable_name
from course_lib.instructor.submissions.pseudonyms import normalise_name

# How learning platforms call a student's folder or file in a download; `id` is a number of the platform.
_PLATFORMS = [
    re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_\w+?_.*", re.DOTALL),
    re.compile(r"(?P<name>[^_]+?)(?:_LATE)?_(?P<id>\d+)_\d+_.+", re.DOTALL),
    # Brightspace: its two numbers are the course's and the task's, and the time is all that tells two apart.
    re.compile(r"\d+-\d+ - (?P<name>.+?) - (?P<id>\D+\d{1,2}, \d{4} \d{3,4} [AP]M)( - .*)?", re.DOTALL),
    re.compile(r".+_(?P<name>[^_]+)(?P<id>)_attempt_\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d.*", re.DOTALL),
]
# The name the course gives a file, which says nothing of the student; a browser may add a number.
_COURSE_NAME = re.compile(
    r"(?P<name>.*?)[-_ ]*my[-_ ]work([-_ ]\d{4}-\d\d-\d\d)?[-_ ]*(\(\d+\)|\d+)?", re.DOTALL | re.I
)


class _PlatformName(NamedTuple):
    """What a learning platform calls a student: the folders above, the name, a number of the platform."""

    folders: tuple[str, ...]
    name: str
    number: str


def group_by_student(files: Iterable[FoundFile]) -> list[tuple[str, list[FileLocation]]]:
    """Return the files by student.

    A platform's name for the student counts first. A file with a name of its own is one student; files that
    are called as the course calls them belong to the folder they are in. What could be two people is never
    put together.

    Parameters
    ----------
    files : iterable of FoundFile
        As from `list_files`.

    Returns
    -------
    list of tuple of str and list of FileLocation
        Each student's name as the files have it, and where the files are.

    Examples
    --------
    >>> anna, ben = FileLocation("/a", "Anna/my-work.json"), FileLocation("/b", "Ben/my-work.json")
    >>> files = [FoundFile(("Anna", "my-work.json"), anna), FoundFile(("Ben", "my-work.json"), ben)]
    >>> [name for name, locations in group_by_student(files)]
    ['Anna', 'Ben']
    """
    by_platform: list[tuple[_PlatformName, FileLocation]] = []
    by_file: list[tuple[tuple[str, ...], str, FileLocation]] = []
    by_folder: list[tuple[tuple[str, ...], FileLocation]] = []
    for names, location in files:
        texts = tuple(map(readable_name, names))
        if platform := _platform_name(texts):
            by_platform.append((platform, location))
        elif stem := _own_stem(texts[-1]):
            by_file.append((texts[:-1], stem, location))
        else:
            by_folder.append((texts, location))
    groups: dict[str, list[FileLocation]] = defaultdict(list)
    display_names: dict[str, str] = {}
    for name, location in (*_platform_names(by_platform), *_file_names(by_file), *_folder_names(by_folder)):
        display_names.setdefault(normalise_name(name), plain_cell(name))
        groups[normalise_name(name)].append(location)
    return [(display_names[key], locations) for key, locations in groups.items()]


def _platform_name(texts: tuple[str, ...]) -> _PlatformName | None:
    for at in range(len(texts) - 1, -1, -1):
        for form in _PLATFORMS:
            if match := form.fullmatch(texts[at]):
                return _PlatformName(texts[:at], match["name"], match["id"])
    return None


def _own_stem(name: str) -> str:
    """Return what a student called the file, or nothing where it is called as the course calls it."""
    stem = re.sub(r"(\.json|\.txt)+$", "", name, flags=re.IGNORECASE)
    match = _COURSE_NAME.fullmatch(stem)
    return match["name"].strip(" -_") if match else stem


def _platform_names(
    files: Sequence[tuple[_PlatformName, FileLocation]],
) -> Iterator[tuple[str, FileLocation]]:
    # Two of one name in one download are two people; in the next download their numbers may be others.
    numbers = defaultdict(set)
    for platform, _ in files:
        numbers[platform.folders, normalise_name(platform.name)].add(platform.number)
    twice = {name for (_, name), known in numbers.items() if len(known) > 1}
    for platform, location in files:
        is_ambiguous = normalise_name(platform.name) in twice
        yield f"{platform.name} {platform.number}" if is_ambiguous else platform.name, location


def _file_names(
    files: Sequence[tuple[tuple[str, ...], str, FileLocation]],
) -> Iterator[tuple[str, FileLocation]]:
    stems: dict[str, int] = defaultdict(int)
    for _, stem, _ in files:
        stems[normalise_name(stem)] += 1
    for folders, stem, location in files:
        yield "/".join((*folders, stem)) if stems[normalise_name(stem)] > 1 else stem, location


def _folder_names(
    files: Sequence[tuple[tuple[str, ...], FileLocation]],
) -> Iterator[tuple[str, FileLocation]]:
    """Yield the name for each file that does not tell one: the folders in which the files differ."""
    depths: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for texts, _ in files:
        for level, folder in enumerate(texts[:-1]):
            depths[len(texts)][level].add(folder)
    for texts, location in files:
        folders = texts[:-1]
        differing = [folder for level, folder in enumerate(folders) if len(depths[len(texts)][level]) > 1]
        yield "/".join(differing) or (folders[-1] if folders else texts[-1].rsplit(".", 1)[0]), location
