"""Where files are: the only module that knows.

The course runs from a checkout (a folder with pyproject.toml beside `course_lib`) or from an
installed wheel, which carries the same `lessons` and `data` inside the package. Where the installed
library is used in a folder that holds lessons with their banks and data of its own, those count: so
content can be changed, or fetched, apart from the environment. A student's answers go to `my_work`
in the folder the student works in, never into the package.
"""

import hashlib
import os
import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# What a file of questions is known by is at most as long, unless its name alone is longer.
LONGEST_FILE_KEY = 200
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None


def content_root(start: Path) -> Path:
    """Return the folder whose lessons and data are used: the nearest above `start`, or the package's own.

    Parameters
    ----------
    start : Path
        Where to begin.

    Returns
    -------
    Path
        The folder.
    """
    for folder in (start, *start.parents):
        # Unlike those of pathlib these tell a folder that may not be looked into from none without an error.
        if os.path.isdir(folder / "lessons" / "items") and os.path.isfile(
            folder / "data" / "datapackage.json"
        ):
            return folder
    return PACKAGE / "_course"


_HOLD = CHECKOUT or content_root(Path.cwd())

DATA = _HOLD / "data"
LESSONS = _HOLD / "lessons"
ITEMS = LESSONS / "items"
MESSAGES = LESSONS / "words.toml"


def home() -> Path:
    """Return the folder the student works in: the nearest one above here that holds `lessons/index.ipynb`.

    `COURSE_HOME` overrides it; without either it is the checkout, or the current folder.

    Returns
    -------
    Path
        The folder.
    """
    if os.environ.get("COURSE_HOME"):
        return Path(os.environ["COURSE_HOME"]).expanduser().resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if os.path.isfile(folder / "lessons" / "index.ipynb"):
            return folder
    return CHECKOUT or here


def work() -> Path:
    """Return the folder that holds the student's answers.

    Returns
    -------
    Path
        The folder; it may not exist yet.
    """
    return home() / "my_work"


def bank_file(stem: str) -> Path:
    """Return the file of the question bank of a lesson.

    Parameters
    ----------
    stem : str
        The stem of the lesson's files.

    Returns
    -------
    Path
        The file, whether there is one or not.
    """
    return ITEMS / (stem + ".toml")


def file_key(path: Path) -> str:
    """Return what a file of questions is known by, whichever folder a notebook is run in.

    Parameters
    ----------
    path : Path
        The file, as a notebook names it.

    Returns
    -------
    str
        Its path from the course home where it lies inside, else from the user's home folder or the root, with
        slashes. Of folders that are too many to keep, a short sign for them stands in their place.
    """
    file = path.resolve()
    place = next(place for place in _places(file.anchor) if file.is_relative_to(place))
    key = file.relative_to(place).as_posix()
    if len(key) <= LONGEST_FILE_KEY:
        return key
    folders = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{folders}/{file.name}"


def is_gone(key: str) -> bool:
    """Tell whether no file is where one was that is known by a key.

    Parameters
    ----------
    key : str
        As from `file_key`.

    Returns
    -------
    bool
        Whether neither the course home nor the user's nor the root has it.
    """
    # Of a sign for folders nothing can be told.
    if len(key) > LONGEST_FILE_KEY or re.match(r"[0-9a-f]{8}/[^/]+$", key):
        return False
    try:
        return not any((place / key).exists() for place in _places(Path.cwd().anchor))
    except OSError:
        return False
    except ValueError:
        return True


def _places(root: str) -> list[Path]:
    """Return the folders from which files are named, the nearest first."""
    course = home().resolve()
    is_home = bool(os.environ.get("COURSE_HOME")) or os.path.isfile(course / "lessons" / "index.ipynb")
    return [*([course] if is_home else []), Path.home().resolve(), Path(root)]
