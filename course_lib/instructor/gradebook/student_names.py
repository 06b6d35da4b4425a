"""How the students of a gradebook are shown: by pseudonym, by their files, or as a list says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib.instructor.cells import safe_cell
from course_lib.instructor.submissions.pseudonyms import normalise_name, read_name_list
from course_lib.instructor.submissions.remarks import SubmissionReport

StudentNames = Literal["pseudonym", "file"] | Mapping[str, str]


def choose_names(names: str | Path) -> StudentNames:
    """Return how students are to be shown.

    Parameters
    ----------
    names : str or Path
        "pseudonym", "file", or the path of a CSV file with names.

    Returns
    -------
    {"pseudonym", "file"} or dict of str to str
        For a file its names, as from `read_name_list`.

    Raises
    ------
    ProgressError
        Where the file cannot be used.

    Examples
    --------
    >>> choose_names("file")
    'file'
    """
    if names == "pseudonym":
        return "pseudonym"
    return "file" if names == "file" else read_name_list(names)


def shown_names(
    students: pd.DataFrame, names: StudentNames, report: SubmissionReport | None = None
) -> NDArray[np.object_]:
    """Return what each student is called in a table, safe to open in a spreadsheet, no two alike.

    Parameters
    ----------
    students : DataFrame
        As from `student_list`.
    names : {"pseudonym", "file"} or mapping of str to str
        The pseudonym, the name that the files have, or a mapping from such a name to another.
    report : SubmissionReport, optional
        Where students are remarked whose names are not in the mapping; they are shown by pseudonym.

    Returns
    -------
    ndarray of str
        In the order of `students`.
    """
    display_names: list[str] = []
    known = {} if isinstance(names, str) else {normalise_name(name): other for name, other in names.items()}
    for pseudonym, name in zip(students["student"], students["name"], strict=True):
        if names == "file":
            display_names.append(name)
        elif names == "pseudonym" or normalise_name(name) in known:
            display_names.append(known.get(normalise_name(name), pseudonym))
        else:
            display_names.append(pseudonym)
            if report is not None:
                report.add("names", name, f"is not in the list; shown as {pseudonym}.")
    return np.array(_number_repeats(map(safe_cell, display_names)), dtype=object)


def missing_names(students: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """Return what those in a list are called who have not submitted.

    Parameters
    ----------
    students : DataFrame
        As from `student_list`.
    names : mapping of str to str
        From names that files have to those that are shown.

    Returns
    -------
    list of str
        In the order of the list, safe to open in a spreadsheet.
    """
    known = set(map(normalise_name, students["name"]))
    return [
        safe_cell(display_name) for name, display_name in names.items() if normalise_name(name) not in known
    ]


def _number_repeats(names: Iterable[str]) -> list[str]:
    """Return names so that each stands once: a number is added to the others."""
    counts: Counter[str] = Counter()
    distinct = []
    for name in names:
        counts[name] += 1
        distinct.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return distinct
