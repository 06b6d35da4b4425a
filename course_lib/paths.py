"""Where files are: the only module that knows.

The course runs from a checkout (a folder with pyproject.toml beside `course_lib`) or from an
installed wheel, which carries the same `lessons` and `data` inside the package. A student's
answers go to `my_work` in the folder the student works in, never into the package.
"""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None
_HOLD = CHECKOUT or PACKAGE / "_course"

STATIC = PACKAGE / "static"
DATA = _HOLD / "data"
LESSONS = _HOLD / "lessons"
ITEMS = LESSONS / "items"


def home():
    """Return the folder the student works in: the nearest one above here that holds `lessons/index.ipynb`.

    `COURSE_HOME` overrides it; without either it is the checkout, or the current folder.
    """
    if os.environ.get("COURSE_HOME"):
        return Path(os.environ["COURSE_HOME"]).expanduser().resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "lessons" / "index.ipynb").is_file():
            return folder
    return CHECKOUT or here


def work():
    """Return the folder that holds the student's answers (it may not exist yet)."""
    return home() / "my_work"


def bank(stem):
    """Return the question bank of the lesson with this file stem."""
    return ITEMS / (stem + ".toml")
