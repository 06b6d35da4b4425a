"""Files of questions that a teacher gives, so that answers to them can be marked again."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course_lib import items
from course_lib.curriculum.question_files import parse_question_file
from course_lib.errors import ItemError
from course_lib.instructor.cells import plain_cell


@dataclass(frozen=True)
class QuestionFile:
    """A file of questions.

    Attributes
    ----------
    path : Path
        The file.
    bank : Bank
        Its questions; their ids begin with the name of the bank, which is that of the file.
    former_ids : mapping of str to str
        From their ids to those in stores kept earlier.
    """

    path: Path
    bank: items.Bank
    former_ids: Mapping[str, str]

    def question_id(self, key: str, item_id: str) -> str:
        """Return the id of a question here.

        Parameters
        ----------
        key : str
            What a student's store calls the file.
        item_id : str
            The id of the question there.

        Returns
        -------
        str
            The same place or name under this file's.
        """
        return self.bank.lesson + item_id[len(key) :]


def read_question_files(paths: Iterable[str | os.PathLike[str]]) -> list[QuestionFile]:
    """Return the questions of files.

    Parameters
    ----------
    paths : iterable of str or path
        Files of ours (TOML), or for jupyterquiz or ipyquizjb (JSON).

    Returns
    -------
    list of QuestionFile
        In their order.

    Raises
    ------
    ItemError
        For a file that cannot be read, that holds no question, or that is named twice.
    """
    files = [Path(path).resolve() for path in paths]
    names = [file.name for file in files]
    found: list[QuestionFile] = []
    for file in files:
        alone = names.count(file.name) == 1
        key = file.name if alone else f"{file.parent.name}/{file.name}"
        if key in [known.bank.lesson for known in found]:
            raise ItemError(f"{plain_cell(key)} is named twice with --questions. Name each file once.")
        found.append(_read_file(file, key))
    return found


def _read_file(path: Path, key: str) -> QuestionFile:
    try:
        content = path.read_bytes()
    except OSError:
        raise ItemError(
            f"There is no file {plain_cell(path)} that could be read. Check the name after --questions."
        ) from None
    imported = parse_question_file(content, path.name, key)
    questions = imported.items
    if not questions:
        raise ItemError(f"{plain_cell(path.name)} holds no question that could be marked.")
    bank = items.Bank(lesson=key, title=key, question="", minutes=0, activity_minutes=0, items=questions)
    return QuestionFile(path, bank, imported.former_ids)


def matching_file(key: str, files: Sequence[QuestionFile]) -> QuestionFile | None:
    """Return the file that a student's store means.

    A store calls a file by the folders it lay in on the student's machine, so that its name decides, and
    among files of one name the folders that they have in common.

    Parameters
    ----------
    key : str
        What the store calls the file.
    files : sequence of QuestionFile
        Those that were given.

    Returns
    -------
    QuestionFile or None
        None where none has its name.
    """
    parts = PurePosixPath(key).parts
    named = [file for file in files if parts[-1:] == (file.path.name,)]
    return max(named, key=lambda file: _common_end(parts, file.path.parts), default=None)


def match_files(keys: Sequence[str], files: Sequence[QuestionFile]) -> dict[str, QuestionFile]:
    """Return the file that each of the files in a student's store means.

    Two files of one name in one store are two: the one whose folders agree better with those of the given
    file is that file, and the other is not at hand.

    Parameters
    ----------
    keys : sequence of str
        What the store calls its files.
    files : sequence of QuestionFile
        Those that were given.

    Returns
    -------
    dict of str to QuestionFile
        By what the store calls them; without those that are not at hand.
    """
    matches: dict[str, QuestionFile] = {}
    for file in files:
        mine = [key for key in dict.fromkeys(keys) if matching_file(key, files) is file]
        agreement = {key: _common_end(PurePosixPath(key).parts, file.path.parts) for key in mine}
        best = [key for key in mine if agreement[key] == max(agreement.values())]
        if len(best) == 1:
            matches[best[0]] = file
    return matches


def _common_end(parts: Sequence[str], others: Sequence[str]) -> int:
    count = 0
    for mine, theirs in zip(reversed(parts), reversed(others), strict=False):
        if mine != theirs:
            break
        count += 1
    return count
