"""Questions of one's own in any notebook: `from course_lib import quiz`, then `quiz("questions.json")`.

Notebooks elsewhere hold `from course_lib.quiz import quiz` too, so that the module can be called as well.
"""

import json
import sys
from pathlib import Path
from types import ModuleType

from course_lib import evidence, items
from course_lib.errors import ItemError
from course_lib.student.progress import Progress
from course_lib.widgets.quiz import Quiz

__all__ = ["quiz"]


def quiz(path: str | Path, progress: Progress | None = None, mode: str = "practice") -> Quiz:
    """Return the questions of a file as a widget: one of ours (TOML), or one that jupyterquiz reads (JSON).

    What could not be taken from a jupyterquiz file is printed.

    Parameters
    ----------
    path : str or Path
        The file.
    progress : Progress, optional
        Where answers are kept; by default the student's.
    mode : str, default "practice"
        As for `Quiz`.

    Returns
    -------
    Quiz
        Shows itself in a notebook.

    Raises
    ------
    ItemError
        For a file that cannot be read, or holds no question.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        questions = json.loads(text) if path.suffix == ".json" else None
    except OSError:
        raise ItemError(f"There is no file {path} that could be read. Check its name and folder.") from None
    except (ValueError, RecursionError):
        raise ItemError(
            f"{path.name} is damaged or no text in UTF-8. Save it anew, then try again."
        ) from None
    if path.suffix == ".json":
        from course_lib.items.jupyterquiz import from_jupyterquiz

        asked, remarks = from_jupyterquiz(questions, path.name)
        print("\n".join(remarks), end="\n" if remarks else "")  # noqa: T201 - told where the cell is
    else:
        asked = items.load(text, path.name, evidence.registered_keys()).items
    if not asked:
        raise ItemError(f"{path.name} holds no question that could be asked.")
    return Quiz(asked, progress or Progress(), mode)


class _CallableModule(ModuleType):
    """A module that is called like its function."""

    def __call__(self, path: str | Path, progress: Progress | None = None, mode: str = "practice") -> Quiz:
        return quiz(path, progress, mode)


sys.modules[__name__].__class__ = _CallableModule
