"""Questions of one's own in any notebook: `from course_lib import quiz`, then `quiz("questions.json")`.

Notebooks elsewhere hold `from course_lib.quiz import quiz` too, so that the module can be called as well.
"""

import sys
from pathlib import Path
from types import ModuleType

from course_lib.widgets.quiz import Quiz, quiz

__all__ = ["quiz"]


class _Door(ModuleType):
    """A module that is called like its function."""

    def __call__(self, path: str | Path, mode: str = "practice") -> Quiz:
        return quiz(path, mode=mode)


sys.modules[__name__].__class__ = _Door
