"""Questions of one's own in any notebook: `from course_lib import quiz`, then `quiz("questions.json")`.

Notebooks elsewhere hold `from course_lib.quiz import quiz` too, so that the module can be called as well.
"""

import hashlib
import json
import posixpath
import re
import sys
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import NamedTuple

import msgspec

from course_lib import evidence, items, paths
from course_lib.curriculum import question_files
from course_lib.curriculum.question_pictures import read_pictures
from course_lib.errors import ItemError, ProgressError
from course_lib.html.panels import Panel, paragraph_panel
from course_lib.items.draws import draw_options, draw_questions
from course_lib.items.jupyterquiz import ImportedQuestions, decode_text, read_jupyterquiz, read_questions
from course_lib.student.kept_forms import find_owner
from course_lib.student.progress import Progress
from course_lib.widgets.quiz import Quiz

__all__ = ["quiz"]

# A list of questions, or the table around one, as other tools take it.
Questions = Sequence[Mapping[str, object]] | Mapping[str, object]

# What `display_quiz` of jupyterquiz takes beside these, all about how a page looks or what it writes into it.
_DISPLAY = frozenset(
    {"border_radius", "colors", "load_js", "max_width", "preserve_responses", "question_alignment"}
)
_LIST = "list "
# The lists that were shown since Python started, by what they are known by: the cell that showed each.
_cells: dict[str, str] = {}


class _FileContent(NamedTuple):
    """What was given, read: how it is called, what asks its questions, and these."""

    name: str
    owner: str
    read: ImportedQuestions
    is_foreign: bool
    path: Path | None = None


def quiz(
    path: str | Path | Questions,
    progress: Progress | None = None,
    mode: str = "practice",
    *,
    num: int | None = None,
    shuffle_questions: bool = False,
    shuffle_answers: bool | None = None,
    shuffle: bool | None = None,
    name: str | None = None,
    **display: object,
) -> Quiz | Panel:
    """Return questions as a widget: of a file of ours (TOML), or of one for jupyterquiz or ipyquizjb (JSON).

    What could not be taken from a file is printed; of one that cannot be asked at all it is shown why, and
    the cells below run on. Orders are the student's own and stay the same when the cell is run again.

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
    name : str, optional
        What a list made in Python is known by; without it, by what it asks.
    **display : object
        What else `display_quiz` takes: it is told that it has no meaning here.

    Returns
    -------
    Quiz or Panel
        Shows itself in a notebook: the questions, or why there are none.

    Raises
    ------
    ItemError
        For a mode or a `num` that there is not.
    """
    if unknown := sorted(display.keys() - _DISPLAY):
        raise TypeError(f"quiz() got an unexpected keyword argument {unknown[0]!r}")
    try:
        source = _read(path, name)
    except ItemError as error:
        return paragraph_panel(error.faults)
    folder = source.path.parent if source.path else Path()
    beside, missing = read_pictures(source.read.items, folder, source.name)
    pictures = {**source.read.pictures, **beside}
    progress = progress or Progress()
    source, moved = _under_kept_key(source, progress)
    told = [*source.read.remarks, *missing, *moved]
    if display:
        told.append(f"{', '.join(sorted(display))}: has no meaning here; the course has a look of its own.")
    questions = source.read.items
    if not questions:
        return paragraph_panel([f"{source.name} holds no question that could be asked.", *told])
    print("\n".join(told), end="\n" if told else "")  # noqa: T201 - told where the cell is
    if shuffle is not None:
        shuffle_questions = shuffle_answers = shuffle
    elif shuffle_answers is None:
        shuffle_answers = source.is_foreign
    number = _number(num, len(questions))
    orders: dict[str, list[int]] = {}
    if shuffle_questions or shuffle_answers or number:
        seed = _seed(progress, source.owner)
        if shuffle_questions or number:
            questions = draw_questions(questions, seed, number)
        if shuffle_answers:
            orders = draw_options(questions, seed)
    former, in_file = source.read.former_ids, source.read.items
    return Quiz(
        questions,
        progress,
        mode,
        owner=source.owner,
        former_ids=former,
        orders=orders,
        in_file=in_file,
        pictures=pictures,
    )


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


def _read(given: str | Path | Questions, name: str | None) -> _FileContent:
    if isinstance(given, str) and given.lstrip()[:1] in ("[", "{"):
        return _list_content("the text", read_jupyterquiz(given, "the text", _LIST), name)
    if not isinstance(given, str | Path):
        try:
            # As a file would hold it, so that a list and a file of the same mean the same.
            parsed = json.loads(json.dumps(given))
        except (TypeError, ValueError, RecursionError) as error:
            raise ItemError(f"the list holds what no file of questions could: {error}.") from None
        return _list_content("the list", read_questions(parsed, "the list", _LIST), name)
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
    return _FileContent(path.name, key, read, question_files.is_foreign(path.name), path)


def _list_content(called: str, read: ImportedQuestions, name: str | None) -> _FileContent:
    """Return the questions of a list under what it is known by: its name, else what it asks."""
    asked = json.dumps([item.stem for item in read.items])
    key = " ".join((name or "").split())[: paths.LONGEST_FILE_KEY]
    key = key or hashlib.sha256(asked.encode()).hexdigest()[:8]
    return _under_key(_FileContent(called, _LIST, read, True), f"{_LIST}{key}")


def _under_kept_key(source: _FileContent, progress: Progress) -> tuple[_FileContent, list[str]]:
    """Return what was read under the key that the store has for it, and what is to be told of that.

    A file that was taken to another folder, or to another machine, is the one that is not there any more. A
    list in which a letter was mended is the one that it was, unless another cell shows that one too.
    """
    is_list, cell = source.owner.startswith(_LIST), _cell_id()

    def may_be(key: str) -> bool:
        if is_list:
            return key.startswith(_LIST) and (key not in _cells or "" != _cells[key] == cell)
        return not key.startswith(_LIST) and paths.is_gone(key)

    if not is_list and source.path is None:
        return source, []
    try:
        key = find_owner(progress.events(), source.owner, source.read.items, may_be)
    except ProgressError:
        # Each question says already that nothing can be kept.
        return source, []
    told = []
    if not is_list and key != source.owner:
        if PurePosixPath(key).name != PurePosixPath(source.owner).name:
            return source, [
                f"{source.name}: answers to the same questions are kept under {key}, which is not there any "
                "more. If this is that file under a new name, give it the old one again to see them."
            ]
        told.append(f"{source.name}: your answers are those to {key}, which is not there any more.")
    if is_list:
        _cells[key] = cell
    return (source if key == source.owner else _under_key(source, key)), told


def _under_key(source: _FileContent, key: str) -> _FileContent:
    """Return what was read as if it had another key."""
    ids = {item.id: key + item.id[len(source.owner) :] for item in source.read.items}
    renamed = [msgspec.structs.replace(item, id=ids[item.id]) for item in source.read.items]
    former = {ids[name]: given for name, given in source.read.former_ids.items()}
    return source._replace(owner=key, read=ImportedQuestions(renamed, source.read.remarks, former))


def _cell_id() -> str:
    """Return the notebook's id of the cell that runs, or nothing where there is none."""
    from IPython.core.getipython import get_ipython

    get_parent = getattr(get_ipython(), "get_parent", None)
    parent: object = get_parent() if get_parent else None
    metadata = parent.get("metadata") if isinstance(parent, dict) else None
    cell = metadata.get("cellId") if isinstance(metadata, dict) else None
    return cell if isinstance(cell, str) else ""


def _refuse_address(given: str) -> None:
    if re.match(r"(?i)file://", given):
        path = urllib.request.url2pathname(urllib.parse.urlsplit(given).path)
        raise ItemError(f'{given} is an address; name the file itself: quiz("{path}").')
    if re.match(r"(?i)[a-z][a-z0-9+.-]*://", given):
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
        name: str | None = None,
        **display: object,
    ) -> Quiz | Panel:
        return quiz(
            path,
            progress,
            mode,
            num=num,
            shuffle_questions=shuffle_questions,
            shuffle_answers=shuffle_answers,
            shuffle=shuffle,
            name=name,
            **display,
        )


sys.modules[__name__].__class__ = _CallableModule
