"""A class that does not exist: submissions of students whose abilities are known, to try the commands with.

The questions are the course's, the files have the form that *Download my work* gives, and the same seed
always makes the same class. Nobody's real answers are in it.
"""

import csv
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib import files
from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.output_files import replacing_file, require_writable
from course_lib.instructor.submissions.remarks import count_phrase, error_reason
from course_lib.instructor.synthetic_class.behaviour import MANNERS, student_events
from course_lib.instructor.synthetic_class.oddities import oddity, submission_bytes
from course_lib.instructor.synthetic_class.questions import SyntheticQuestion
from course_lib.items import Bank
from course_lib.student.events import Event

MOST_STUDENTS = 1_000_000


@dataclass(frozen=True)
class SyntheticStudent:
    """One student of a class that does not exist.

    Attributes
    ----------
    name : str
        As the learning platform gives it.
    ability : float
        0 is the middle, 1 a standard deviation.
    manner : str
        How they work, one of `behaviour.MANNERS`.
    path : str
        Their file, below the folder of the class.
    odd : str, default ""
        What is odd with it, if anything.
    """

    name: str
    ability: float
    manner: str
    path: str
    odd: str = ""


def make_class(
    folder: str | Path,
    students: int = 200,
    seed: int = 1,
    lessons: Iterable[Bank] | None = None,
    odd: bool = True,
    progress: Callable[[int], object] | None = None,
) -> list[SyntheticStudent]:
    """Write the submissions of an example class, in the form of a Moodle download.

    Parameters
    ----------
    folder : str or Path
        Where to write, made if it is not there.
    students : int, default 200
        How many there are, 1 to 1,000,000.
    seed : int, default 1
        What makes the class what it is.
    lessons : iterable of Bank, optional
        The banks that are answered, by default all of the course.
    odd : bool, default True
        Whether a few files are as no file should be: damaged, copied, changed by hand, of an older version,
        with a wrong clock.
    progress : callable, optional
        Called with 1 after each student.

    Returns
    -------
    list of SyntheticStudent
        Who is in it.

    Raises
    ------
    ProgressError
        Where the folder holds files already, or cannot be written to, or so many students cannot be made.
    """
    folder = Path(folder)
    if not 1 <= students <= MOST_STUDENTS:
        raise ProgressError(
            f"A class of {students:,} cannot be made; it has 1 to {MOST_STUDENTS:,} students."
        )
    banks = gradebook.course_banks() if lessons is None else lessons
    questions = [SyntheticQuestion(item, seed) for bank in banks for item in bank.items]
    class_list = []
    previous: list[Event] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ProgressError(
                f"The folder {plain_cell(folder)} is not empty. Name another, or one to be made."
            )
        for number in range(1, students + 1):
            draw = random.Random(f"{seed} {number}")  # noqa: S311
            name = f"Student {number:0{len(str(students))}}"
            ability = draw.gauss(0, 1)
            manner = draw.choices(list(MANNERS), [manner.share for manner in MANNERS.values()])[0]
            events = student_events(questions, ability, MANNERS[manner], draw)
            what_is_odd = oddity(number, students) if odd else ""
            path = folder / f"{name}_{10_000 + number}_assignsubmission_file_" / "my-work-2026-05-29.json"
            path.parent.mkdir()
            files.write_whole(path, submission_bytes(events, previous, what_is_odd))
            relative_path = path.relative_to(folder).as_posix()
            class_list.append(SyntheticStudent(name, ability, manner, relative_path, what_is_odd))
            previous = events
            if progress:
                progress(1)
    except OSError as error:
        raise ProgressError(
            f"The folder {plain_cell(folder)} cannot be written to ({error_reason(error)})."
        ) from None
    return class_list


def require_abilities_path(path: str | Path, folder: str | Path) -> None:
    """Raise where `write_abilities` could not write, before a class is made.

    Parameters
    ----------
    path : str or Path
        The file for the abilities.
    folder : str or Path
        The folder of the class, which need not be there yet.

    Raises
    ------
    ProgressError
        Where nothing can be written there.
    """
    require_writable(Path(path), Path(folder))


def write_abilities(class_list: Iterable[SyntheticStudent], path: str | Path) -> None:
    """Write who is in an example class as CSV: what an analysis should find out.

    Parameters
    ----------
    class_list : iterable of SyntheticStudent
        As from `make_class`.
    path : str or Path
        The file.

    Raises
    ------
    ProgressError
        Where nothing can be written there.
    """
    with (
        replacing_file(Path(path)) as unfinished,
        open(unfinished, "w", encoding="utf-8-sig", newline="") as file,
    ):
        rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        rows.writerow(["name", "ability", "manner", "odd"])
        rows.writerows(
            [student.name, round(student.ability, 3), student.manner, student.odd] for student in class_list
        )


def describe_class(class_list: Sequence[SyntheticStudent], folder: str | Path) -> list[str]:
    """Return what to tell about an example class.

    Parameters
    ----------
    class_list : sequence of SyntheticStudent
        As from `make_class`.
    folder : str or Path
        Where it was written to.

    Returns
    -------
    list of str
        Sentences, and the commands that come next.
    """
    odd = [f"{student.name}: {student.odd}" for student in class_list if student.odd]
    folder_name = plain_cell(folder)
    # In double quotes every shell takes a name with a space for one.
    typed = f'"{folder_name}"' if " " in folder_name else folder_name
    return [
        f"{count_phrase(len(class_list), 'student')} handed in to {folder_name}. None of them exists.",
        *([f"Odd on purpose: {'; '.join(odd)}."] if odd else []),
        f"Next, the marks: python3 -m course_lib gradebook {typed} --out class.csv",
        f"And what the class understood: python3 -m course_lib understand {typed} --out understand.html",
    ]
