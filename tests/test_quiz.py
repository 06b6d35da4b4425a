"""The door for questions of one's own: either import works, whichever comes first."""

import itertools
import json
import subprocess
import sys

import pytest

IMPORTS = [
    "from course_lib import quiz",
    "from course_lib.quiz import quiz",
    "import course_lib.quiz as quiz",
]
PROGRAM = """
import sys
from pathlib import Path

file, *lines = sys.argv[1:]
for line in lines:
    names = {}
    exec(line, names)
    for given in ((file,), (Path(file), None, "end")):
        shown = names["quiz"](*given)
        print(type(shown).__module__, repr(shown), shown.mode)
"""


@pytest.fixture
def file(tmp_path):
    """A file with one question, as jupyterquiz reads it."""
    answers = [{"answer": "rye", "correct": False}, {"answer": "wheat", "correct": True}]
    path = tmp_path / "questions.json"
    path.write_text(
        json.dumps([{"question": "Which grain?", "type": "multiple_choice", "answers": answers}]),
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("imports", list(itertools.permutations(IMPORTS)), ids=" | ".join)
def test_every_import_can_be_called_in_any_order(file, imports):
    """In one session, both with a path alone and with all that the function takes."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file), *imports], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    shown = [
        "course_lib.widgets.quiz <Quiz: 1 question> practice",
        "course_lib.widgets.quiz <Quiz: 1 question> end",
    ]
    assert done.stdout.splitlines() == shown * len(IMPORTS)


def test_what_a_notebook_imports_is_not_loaded_before_it_is_used():
    """The front page alone brings in none of the course's modules."""
    program = (
        "import sys, course_lib; print(*(name for name in sys.modules if name.startswith('course_lib.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
