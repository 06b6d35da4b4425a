"""Whether files of one name are one student's: where they lie in several places, their entries decide."""

from collections.abc import Iterator, Sequence

from course_lib.instructor.submissions import archive
from course_lib.instructor.submissions.archive import FileLocation, UnreadError
from course_lib.instructor.submissions.grouping import Unit
from course_lib.instructor.submissions.remarks import SubmissionReport, count_phrase


def merge_units(
    units: Sequence[Unit], report: SubmissionReport
) -> Iterator[tuple[str, str, tuple[FileLocation, ...]]]:
    """Yield each student of one name: what they are called, their platform's number, their files.

    Every entry has an identity made by chance, and a file has all entries so far: two files of one student
    have some in common, unless the first was lost. Places of one name without an entry in common are never
    one student, and two numbers of one download never are.

    Parameters
    ----------
    units : sequence of Unit
        The places of one name (see `grouping.group_by_place`).
    report : SubmissionReport
        What was kept apart is remarked there.

    Yields
    ------
    tuple of str, str and tuple of FileLocation
        In the order in which the places were met.
    """
    if len(units) == 1:
        (unit,) = units
        yield unit.name, unit.number, unit.files
        return
    people: list[tuple[list[Unit], set[str]]] = []
    for unit in units:
        entries = _entry_ids(unit.files)
        found = next(
            (
                person
                for person in people
                if person[1] & entries and not any(_are_two(unit, other) for other in person[0])
            ),
            None,
        )
        if found is None:
            people.append(([unit], entries))
        else:
            found[0].append(unit)
            found[1].update(entries)
    names = [units[0].name] * len(people)
    if len(people) > 1:
        names = [f"{units[0].name} {members[0].mark}".strip() for members, _ in people]
        names = [
            f"{name} ({members[0].folders})" if names.count(name) > 1 and members[0].folders else name
            for name, (members, _) in zip(names, people, strict=True)
        ]
    for name, (members, _) in zip(names, people, strict=True):
        yield name, members[0].number, tuple(location for unit in members for location in unit.files)
    if len(people) > 1:
        text = (
            f"{count_phrase(len(people), 'student')} of this name, in {count_phrase(len(units), 'place')}; "
            "what has no entry in common is not put together."
        )
        report.add("apart", units[0].name, text)


def merge_folder(
    units: Sequence[Unit],
) -> Iterator[tuple[str, str, tuple[FileLocation, ...]]]:
    """Yield each student of one folder: what they are called, no number, their files.

    The folder is one student's where each of its files has an entry in common with another; else each file is
    its own, as in the folder of a class, where one student may have copied another's.

    Parameters
    ----------
    units : sequence of Unit
        What lies in the folder, by name.

    Yields
    ------
    tuple of str, str and tuple of FileLocation
        The folder's name with all of its files, or each name with its own.
    """
    entries = [_entry_ids(unit.files) for unit in units]
    joined, left = entries[0], entries[1:]
    while touching := [ids for ids in left if ids & joined]:
        joined = joined.union(*touching)
        left = [ids for ids in left if not ids & joined]
    if len(units) > 1 and not left:
        yield units[0].folders, "", tuple(location for unit in units for location in unit.files)
        return
    for unit in units:
        yield unit.name, unit.number, unit.files


def _are_two(unit: Unit, other: Unit) -> bool:
    """Tell whether one download gives two places two numbers."""
    return (
        unit.download is not None
        and unit.download == other.download
        and bool(unit.number and other.number)
        and unit.number != other.number
    )


def _entry_ids(files: Sequence[FileLocation]) -> set[str]:
    """Return the identities of all entries in some files; what cannot be read is told when it is graded."""
    found: set[str] = set()
    for location in files:
        try:
            events, _ = archive.parse_submission(archive.read_content(location))
        except UnreadError:
            continue
        found.update(event.uid for event in events)
    return found
