"""Where a question stands in its lesson: under which heading, after which chart, after which text."""

import functools
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from course_lib import charts, items, paths
from course_lib.files import FileState, file_state
from course_lib.instructor.notebooks import LessonNotebook, read_notebook
from course_lib.setup.tidy import KEPT

_CHECK = re.compile(r"\blesson\.check\(\s*[\"']([^\"']+)[\"']")
_CHART_CALL = re.compile(r"\b(charts|explorer)\.(\w+)\(")
_HEADING = re.compile(r"^(#{1,3}) +(.+)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_PASSAGE = re.compile(r"\n\s*\n|\n(?=(?:[-*]|\d+\.) )")
_BULLET = re.compile(r"^(?:[-*]|\d+\.) +")
_SENTENCE = re.compile(r"(?<=[.?])\s+(?=[A-Z*“])")
# A longer passage is cut to the sentences that have most to do with the question.
_LONG = 420
# Two words in common may be chance.
_FEWEST = 3


@dataclass(frozen=True)
class QuestionContext:
    """Where a check stands in its lesson.

    Attributes
    ----------
    heading : str
        The heading of its section, Markdown.
    passages : tuple of str
        The text before it in that section, Markdown.
    chart : str
        What was drawn right before it in that section, or empty; cells that only print a number may stand
        between.
    """

    heading: str
    passages: tuple[str, ...]
    chart: str = ""


def question_contexts(stem: str) -> Mapping[str, QuestionContext]:
    """Return where every check of a lesson stands.

    Parameters
    ----------
    stem : str
        The stem of the lesson's files.

    Returns
    -------
    mapping of str to QuestionContext
        By the name of the check; empty where the notebook cannot be read.
    """
    path = paths.LESSONS / f"{stem}.ipynb"
    return _read_contexts(path, file_state(path))


@functools.cache
def _read_contexts(path: Path, _state: FileState | None) -> Mapping[str, QuestionContext]:
    try:
        notebook = read_notebook(path)
    except (OSError, ValueError):
        return MappingProxyType({})
    return MappingProxyType(notebook_contexts(notebook))


def notebook_contexts(notebook: LessonNotebook) -> dict[str, QuestionContext]:
    """Return where every check of a notebook stands.

    Parameters
    ----------
    notebook : LessonNotebook
        The lesson.

    Returns
    -------
    dict of str to QuestionContext
        By the name of the check; of two checks of one name the first.
    """
    contexts: dict[str, QuestionContext] = {}
    heading, passages, chart = "", list[str](), ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            if titles := _HEADING.findall(cell.text):
                heading, passages, chart = titles[-1][1].strip(), [], ""
            passages += _passages(cell.text)
        elif check := _CHECK.search(cell.text):
            contexts.setdefault(check[1], QuestionContext(heading, tuple(passages), chart))
            chart = ""
        elif names := [name for room, name in _CHART_CALL.findall(cell.text) if _is_chart(room, name)]:
            chart = names[-1].replace("_", " ")
        elif KEPT not in cell.metadata.tags:
            chart = ""
    return contexts


def lesson_passages(stem: str) -> tuple[str, ...]:
    """Return every passage of text in a lesson that stands before a check.

    Parameters
    ----------
    stem : str
        The stem of the lesson's files.

    Returns
    -------
    tuple of str
        Markdown, each passage once.
    """
    contexts = question_contexts(stem).values()
    return tuple(dict.fromkeys(passage for context in contexts for passage in context.passages))


def related_sentences(item: items.Item, candidates: Iterable[str]) -> str:
    """Return the sentences among some passages that have most words in common with a question.

    Words that stand in many of the passages count little.

    Parameters
    ----------
    item : Item
        The question.
    candidates : iterable of str
        Passages of its lesson, Markdown.

    Returns
    -------
    str
        Markdown; empty where no passage has enough to do with the question.
    """
    question_words = {
        word.casefold() for text in (item.stem, *items.key_lines(item)) for word in _WORD.findall(text)
    }
    pieces = [piece for passage in candidates for piece in _pieces(passage)]
    shared = [{word.casefold() for word in _WORD.findall(piece)} & question_words for piece in pieces]
    occurrences = [word for words in shared for word in words]
    weights = {word: math.log(1 + len(pieces) / occurrences.count(word)) for word in set(occurrences)}
    # Added up in one order, since sums of the same weights in another may differ by their last digit.
    scores = [
        (sum(weights[word] for word in sorted(words)), piece)
        for words, piece in zip(shared, pieces, strict=True)
        if len(words) >= _FEWEST
    ]
    _, best = max(scores, key=lambda scored: scored[0], default=(0.0, ""))
    return best


def _pieces(text: str) -> list[str]:
    if len(text) <= _LONG:
        return [text]
    sentences = _SENTENCE.split(text)
    return [" ".join(sentences[start : start + 2]) for start in range(max(1, len(sentences) - 1))]


def _passages(source: str) -> list[str]:
    parts = (_BULLET.sub("", part.strip()) for part in _PASSAGE.split(_HEADING.sub("", source)))
    return [" ".join(part.split()) for part in parts if part and not part.startswith(("|", "<", "```"))]


def _is_chart(room: str, name: str) -> bool:
    # Whatever an explorer shows is a chart with controls.
    return room == "explorer" or name in charts.__all__
