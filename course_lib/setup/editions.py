"""Editions of a lesson: what tells a student's copy that was only run from one that was changed.

Standard library only: lessons are copied before anything is installed. A copy says in its metadata which
edition it is, and JupyterLab keeps that when it saves. So it needs no record beside it that could be lost.
"""

import functools
import hashlib
import json
from pathlib import Path
from typing import NamedTuple, TypeGuard

_STAMP = "course_edition"
# Of copies that were made before they said which edition they are.
_FORMER = Path(__file__).with_name("former_editions.json")


class EditionStamp(NamedTuple):
    """Which edition a copy is: signs for the sources of its cells and for the file it was copied from."""

    cells: str = ""
    file: str = ""


class LessonEdition(NamedTuple):
    """A lesson as the course has it, and as it is copied.

    Attributes
    ----------
    original : bytes
        The course's file.
    content : bytes
        The copy: the same with its stamp.
    stamp : EditionStamp
        Which edition it is.
    """

    original: bytes
    content: bytes
    stamp: EditionStamp


class LessonCopy(NamedTuple):
    """A student's copy of a lesson.

    Attributes
    ----------
    cells : str
        The sign for the sources of its cells as they are now.
    stamp : EditionStamp
        The edition it says it was copied from; empty where it says nothing.
    """

    cells: str
    stamp: EditionStamp

    def is_unchanged(self, name: str) -> bool:
        """Tell whether the copy was at most run and saved since it was made.

        Parameters
        ----------
        name : str
            The lesson's file name, for copies that do not say which edition they are.

        Returns
        -------
        bool
            Whether its cells are still those of an edition.
        """
        return self.cells == self.stamp.cells or self.cells in _former_editions().get(name, ())


def read_edition(path: Path) -> LessonEdition:
    """Return a lesson of the course as it is to be copied.

    Parameters
    ----------
    path : Path
        The course's file.

    Returns
    -------
    LessonEdition
        A file that is no notebook is copied as it is.

    Raises
    ------
    OSError
        Where it cannot be read.
    """
    original = path.read_bytes()
    book = _read_notebook(original)
    if book is None:
        return LessonEdition(original, original, EditionStamp(_sign(original), _sign(original)))
    stamp = EditionStamp(_cells_sign(book), _sign(original))
    metadata = book.get("metadata")
    stamped = {**(metadata if _is_fields(metadata) else {}), _STAMP: stamp._asdict()}
    text = json.dumps({**book, "metadata": stamped}, indent=1, ensure_ascii=False) + "\n"
    return LessonEdition(original, text.encode("utf-8", "surrogatepass"), stamp)


def read_copy(content: bytes) -> LessonCopy | None:
    """Return what a student's copy of a lesson says.

    Parameters
    ----------
    content : bytes
        Of its file.

    Returns
    -------
    LessonCopy or None
        None where it is no notebook.
    """
    book = _read_notebook(content)
    if book is None:
        return None
    metadata = book.get("metadata")
    said = metadata.get(_STAMP) if _is_fields(metadata) else None
    fields = said if _is_fields(said) else {}
    return LessonCopy(
        _cells_sign(book), EditionStamp(str(fields.get("cells", "")), str(fields.get("file", "")))
    )


def is_stump(content: bytes, edition: LessonEdition) -> bool:
    """Tell whether what stands in a lesson's place is nothing but a copy that broke off.

    Parameters
    ----------
    content : bytes
        Of the file, which is no notebook.
    edition : LessonEdition
        The lesson as it is to be.

    Returns
    -------
    bool
        Whether nothing of a student's can be in it: it is empty, or a beginning of the lesson.
    """
    # After a power cut a file can be as long as it was to be and hold nothing but zeros.
    rest = content.rstrip(b"\0")
    return not rest.strip() or edition.original.startswith(rest) or edition.content.startswith(rest)


def _read_notebook(content: bytes) -> dict[str, object] | None:
    try:
        book = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not _is_fields(book) or not isinstance(cells := book.get("cells"), list):
        return None
    return book if all(_is_fields(cell) and _is_source(cell.get("source")) for cell in cells) else None


def _cells_sign(book: dict[str, object]) -> str:
    """Return a sign for types and sources of a notebook's cells; empty ones come with leaving the last."""
    cells = book["cells"]
    texts = [
        [str(cell.get("cell_type")), "".join(cell["source"]).replace("\r\n", "\n")]
        for cell in (cells if isinstance(cells, list) else [])
    ]
    written = [[kind, text] for kind, text in texts if text.strip()]
    dumped = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    return _sign(dumped.encode("utf-8", "surrogatepass"))


def _is_fields(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_source(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(line, str) for line in value)
    )


def _sign(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


@functools.cache
def _former_editions() -> dict[str, list[str]]:
    former: dict[str, list[str]] = json.loads(_FORMER.read_text(encoding="utf-8"))
    return former
