"""Questions of one's own in any notebook: `from course_lib import quiz`, then `quiz("questions.json")`.

Notebooks elsewhere hold `from course_lib.quiz import quiz` too, so that the module can be called as well.
"""

import hashlib
import json
import posixpath
import sys
import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from course_lib import evidence, items, paths
from course_lib.curriculum import question_files
from course_lib.errors import ItemError, ProgressError
from course_lib.items.draws import draw_options, draw_questions
from course_lib.items.jupyterquiz import ImportedQuestions, decode_text, read_jupyterquiz, read_questions
from course_lib.items.jupyterquiz.loose_json import parse_loose_json
from course_lib.student.progress import Progress
from course_lib.widgets.quiz import Quiz

__all__ = ["quiz"]

# A list of questions, or the table around one, as other tools take it.
Questions = Sequence[Mapping[str, object]] | Mapping[str, object]

# What `display_quiz` of jupyterquiz takes beside these, all about how a page looks or what it writes into it.
_DISPLAY = frozenset(
    {"border_radius", "colors", "load_js", "max_width", "preserve_responses", "question_alignment"}
)


class _FileContent(NamedTuple):
    """What was given, read: how it is called, what asks its questions, and these."""

    name: str
    owner: str
    read: ImportedQuestions
    is_foreign: bool


def quiz(
    path: str | Path | Questions,
    progress: Progress | None = None,
    mode: str = "practice",
    *,
    num: int | None = None,
    shuffle_questions: bool = False,
    shuffle_answers: bool | None = None,
    shuffle: bool | None = None,
    **display: object,
) -> Quiz:
    """Return questions as a widget: of a file of ours (TOML), or of one for jupyterquiz or ipyquizjb (JSON).

    What could not be taken from a file is printed. Orders are the student's own and stay the same when the
    cell is run again.

    Parameters
    ----------
    path : str, Path, sequence or mapping
        The file, or what such a file for jupyterquiz or ipyquizjb holds.
    progress : Progress, optional
        Where answers are kept; by default the student's.
    mode : str, default "practice"
        As for `Quiz`.
    num : int, optional
        So many of the questions, drawn; by default all.
    shuffle_questions : bool, default False
        Whether they are asked in an order of their own.
    shuffle_answers : bool, optional
        Whether options stand in an order of their own; by default those of jupyterquiz do, as there.
    shuffle : bool, optional
        Both of them.
    **display : object
        What else `display_quiz` takes: it is told that it has no meaning here.

    Returns
    -------
    Quiz
        Shows itself in a notebook.

    Raises
    ------
    ItemError
        For a file that cannot be read, or holds no question.
    """
    if unknown := sorted(display.keys() - _DISPLAY):
        raise TypeError(f"quiz() got an unexpected keyword argument {unknown[0]!r}")
    source = _read(path)
    told = list(source.read.remarks)
    if display:
        told.append(f"{', '.join(sorted(display))}: has no meaning here; the course has a look of its own.")
    print("\n".join(told), end="\n" if told else "")  # noqa: T201 - told where the cell is
    questions = source.read.items
    if not questions:
        raise ItemError(f"{source.name} holds no question that could be asked.")
    if shuffle is not None:
        shuffle_questions = shuffle_answers = shuffle
    elif shuffle_answers is None:
        shuffle_answers = source.is_foreign
    number = _number(num, len(questions))
    progress = progress or Progress()
    orders: dict[str, list[int]] = {}
    if shuffle_questions or shuffle_answers or number:
        seed = _seed(progress, source.owner)
        if shuffle_questions or number:
            questions = draw_questions(questions, seed, number)
        if shuffle_answers:
            orders = draw_options(questions, seed)
    former = source.read.former_ids
    return Quiz(questions, progress, mode, owner=source.owner, former_ids=former, orders=orders)


def _number(num: int | None, count: int) -> int | None:
    """Return how many questions are drawn, or None for all of them."""
    if num is None:
        return None
    if type(num) is not int or num < 1:
        raise ItemError(f"num is {num!r}; it is how many questions are asked, a whole number from 1.")
    return num if num < count else None


def _seed(progress: Progress, key: str) -> str:
    try:
        return progress.begin_test(f"order:{key}")
    except ProgressError:
        # Each question says already that nothing can be kept.
        return key


def _read(given: str | Path | Questions) -> _FileContent:
    if isinstance(given, str) and given.lstrip()[:1] in ("[", "{"):
        key = _list_key(parse_loose_json(given, "the text"))
        return _FileContent("the text", key, read_jupyterquiz(given, "the text", key), True)
    if not isinstance(given, str | Path):
        try:
            # As a file would hold it, so that a list and a file of the same mean the same.
            parsed = json.loads(json.dumps(given))
        except (TypeError, ValueError, RecursionError) as error:
            raise ItemError(f"the list holds what no file of questions could: {error}.") from None
        key = _list_key(parsed)
        return _FileContent("the list", key, read_questions(parsed, "the list", key), True)
    if isinstance(given, str):
        _refuse_address(given)
    path = Path(given)
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        raise ItemError(f"There is no file {path} that could be read. Check its name and folder.") from None
    if path.resolve().is_relative_to(paths.ITEMS.resolve()):
        bank = items.load(decode_text(content, path.name), path.name, evidence.registered_keys())
        return _FileContent(path.name, path.stem, ImportedQuestions(bank.items), False)
    key = paths.file_key(path)
    read = question_files.parse_question_file(content, path.name, key)
    return _FileContent(path.name, key, read, question_files.is_foreign(path.name))


def _list_key(parsed: object) -> str:
    """Return what a list is known by, which has no name: what it asks, so that two lists are two."""
    questions = parsed.get("questions", parsed) if isinstance(parsed, dict) else parsed
    asked = [
        question.get("question", question.get("body")) if isinstance(question, dict) else None
        for question in (questions if isinstance(questions, list) else [questions])
    ]
    return f"list {hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:8]}"


def _refuse_address(given: str) -> None:
    if given.lower().startswith(("http://", "https://")):
        name = posixpath.basename(urllib.parse.urlsplit(given).path) or "questions.json"
        raise ItemError(
            f"{given} is an address, and this course reads nothing from the network. Download the file into "
            f'the folder of this notebook, then write quiz("{name}").'
        )
    if given.startswith("#"):
        raise ItemError(
            f"{given} names a part of a page, which Python cannot see. Save the questions in a file, then "
            "give its name."
        )


class _CallableModule(ModuleType):
    """A module that is called like its function."""

    def __call__(
        self,
        path: str | Path | Questions,
        progress: Progress | None = None,
        mode: str = "practice",
        *,
        num: int | None = None,
        shuffle_questions: bool = False,
        shuffle_answers: bool | None = None,
        shuffle: bool | None = None,
        **display: object,
    ) -> Quiz:
        return quiz(
            path,
            progress,
            mode,
            num=num,
            shuffle_questions=shuffle_questions,
            shuffle_answers=shuffle_answers,
            shuffle=shuffle,
            **display,
        )


sys.modules[__name__].__class__ = _CallableModule
