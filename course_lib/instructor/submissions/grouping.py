"""Which files are one student's: told by the names that learning platforms, students and the course give."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.archive import FileLocation
from course_lib.instructor.submissions.discovery import FoundFile, readable_name
from course_lib.instructor.submissions.platforms import Submitter, find_submitter, logins
from course_lib.instructor.submissions.pseudonyms import normalise_name

# The name the course gives a file, which says nothing of the student; a browser may add a number.
_COURSE_NAME = re.compile(
    r"(?P<name>.*?)[-_ ]*my[-_ ]work([-_ ]\d{4}-\d\d-\d\d)?[-_ ]*(\(\d+\)|\d+)?", re.DOTALL | re.I
)

# A folder with more files than that is a class's, not a student's.
_MOST_OF_ONE = 20


class Unit(NamedTuple):
    """Files that lie where only one person's can lie.

    Attributes
    ----------
    name : str
        The person's name as the files have it.
    mark : str
        What the platform tells two of one name apart by: a number or a time.
    folders : str
        Where they lie.
    number : str
        What a platform itself knows the person by, where it says.
    download : tuple of str or None
        The folders of the platform's download; None where no platform gave them.
    files : tuple of FileLocation
        Where they are.
    """

    name: str
    mark: str
    folders: str
    number: str
    download: tuple[str, ...] | None
    files: tuple[FileLocation, ...]


class NamedPlaces(NamedTuple):
    """Places of files, put together by what may be one person's.

    Attributes
    ----------
    by_name : list of list of Unit
        In each list the places of one name, in the order in which they were met.
    by_folder : list of list of Unit
        In each list what lies under several names in one folder that may be a student's.
    """

    by_name: list[list[Unit]]
    by_folder: list[list[Unit]]


def group_by_place(files: Iterable[FoundFile]) -> NamedPlaces:
    """Return the files by the place that can be one person's only, and the places by name and by folder.

    A platform's name for the student counts first, then the folder of a student, then the name of a file.
    Several places under one name, and several names in one folder, may be one person or several, which
    their entries tell (see `merging`).

    Parameters
    ----------
    files : iterable of FoundFile
        As from `list_files`.

    Returns
    -------
    NamedPlaces
        Every file is in one of its lists.

    Examples
    --------
    >>> anna, ben = FileLocation("/a", "Anna/my-work.json"), FileLocation("/b", "Ben/my-work.json")
    >>> files = [FoundFile(("Anna", "my-work.json"), anna), FoundFile(("Ben", "my-work.json"), ben)]
    >>> [[unit.name for unit in units] for units in group_by_place(files).by_name]
    [['Anna'], ['Ben']]
    """
    by_platform: list[tuple[Submitter, FileLocation]] = []
    by_file: list[tuple[tuple[str, ...], str, FileLocation]] = []
    by_folder: list[tuple[tuple[str, ...], FileLocation]] = []
    for names, location in files:
        texts = tuple(map(readable_name, names))
        if submitter := find_submitter(texts):
            by_platform.append((submitter, location))
        elif stem := _own_stem(texts[-1]):
            by_file.append((texts[:-1], stem, location))
        else:
            by_folder.append((texts, location))
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in _platform_units(by_platform):
        groups[normalise_name(unit.name)].append(unit)
    persons = _personal_folders([folders for folders, *_ in by_file] + [texts[:-1] for texts, _ in by_folder])
    alike = Counter(folders[-1] for folders in persons)
    others: dict[tuple[str, tuple[str, ...]], list[FileLocation]] = defaultdict(list)
    display_names: dict[str, str] = {}
    for name, folders, location in (*_file_names(by_file), *_folder_names(by_folder)):
        display_names.setdefault(normalise_name(name), plain_cell(name))
        others[normalise_name(name), folders].append(location)
    shared: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
    for (key, folders), locations in others.items():
        place = "/".join(map(plain_cell, folders))
        if folders in persons and alike[folders[-1]] == 1:
            place = plain_cell(folders[-1])
        unit = Unit(display_names[key], "", place, "", None, tuple(locations))
        if folders in persons:
            shared[folders].append(unit)
        else:
            groups[key].append(unit)
    return NamedPlaces(list(groups.values()), list(shared.values()))


def _personal_folders(places: Sequence[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return the folders with a few files each that lie beside others with files: they may be students'."""
    counts = Counter(places)
    beside = Counter(folders[:-1] for folders in counts if folders)
    return {
        folders
        for folders, count in counts.items()
        if folders and 1 < count <= _MOST_OF_ONE and beside[folders[:-1]] > 1
    }


def _own_stem(name: str) -> str:
    """Return what a student called the file, or nothing where it is called as the course calls it."""
    stem = re.sub(r"(\.json|\.txt)+$", "", name, flags=re.IGNORECASE)
    match = _COURSE_NAME.fullmatch(stem)
    return match["name"].strip(" -_") if match else stem


def _platform_units(files: Sequence[tuple[Submitter, FileLocation]]) -> Iterator[Unit]:
    units: dict[tuple[tuple[str, ...], str, str], list[tuple[Submitter, FileLocation]]] = defaultdict(list)
    for submitter, location in _with_logins(files):
        # Where there is no number, the time is all that tells two of one name in one download apart.
        units[submitter.download, normalise_name(submitter.name), submitter.number or submitter.time].append(
            (submitter, location)
        )
    for (download, _, apart), members in units.items():
        submitter = members[0][0]
        name = plain_cell(submitter.name)
        yield Unit(
            name,
            plain_cell(apart) if apart != submitter.name else "",
            "/".join(map(plain_cell, download)),
            plain_cell(submitter.number),
            download,
            tuple(location for _, location in members),
        )


def _with_logins(files: Sequence[tuple[Submitter, FileLocation]]) -> list[tuple[Submitter, FileLocation]]:
    """Return the files with the login in the place of what Blackboard gives before a time."""
    by_download: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for submitter, _ in files:
        if _is_login(submitter):
            by_download[submitter.download].append(submitter.name)
    known = {
        (download, name): login
        for download, names in by_download.items()
        for name, login in zip(names, logins(names), strict=True)
    }
    told = []
    for submitter, location in files:
        if _is_login(submitter):
            login = known[submitter.download, submitter.name]
            submitter = submitter._replace(name=login, number=login, time="")
        told.append((submitter, location))
    return told


def _is_login(submitter: Submitter) -> bool:
    return not submitter.number and re.fullmatch(r"[\d-]+", submitter.time) is not None


def _file_names(
    files: Sequence[tuple[tuple[str, ...], str, FileLocation]],
) -> Iterator[tuple[str, tuple[str, ...], FileLocation]]:
    stems: dict[str, int] = defaultdict(int)
    for _, stem, _ in files:
        stems[normalise_name(stem)] += 1
    for folders, stem, location in files:
        name = "/".join((*folders, stem)) if stems[normalise_name(stem)] > 1 else stem
        yield name, folders, location


def _folder_names(
    files: Sequence[tuple[tuple[str, ...], FileLocation]],
) -> Iterator[tuple[str, tuple[str, ...], FileLocation]]:
    """Yield a name for each file that tells none: the folders in which they differ; then its folders."""
    depths: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for texts, _ in files:
        for level, folder in enumerate(texts[:-1]):
            depths[len(texts)][level].add(folder)
    for texts, location in files:
        folders = texts[:-1]
        differing = [folder for level, folder in enumerate(folders) if len(depths[len(texts)][level]) > 1]
        name = "/".join(differing) or (folders[-1] if folders else texts[-1].rsplit(".", 1)[0])
        yield name, folders, location
