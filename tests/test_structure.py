"""The house keeps its shape: imports go down the floors, names are explained, files keep one style."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib import paths

LIBRARY = paths.CHECKOUT / "course_lib"
# What a pure module may import of ours, by its package.
PURE = {
    "methods": {"errors", "methods"},
    "items": {"errors", "items", "methods"},
    "student/recall.py": {"items"},
}


def run(*command):
    """Run a tool of this environment in the checkout; return what it did."""
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=paths.CHECKOUT, capture_output=True, text=True, check=False
    )


def imported(path):
    """The packages and modules at the top of the library that a file imports from, wherever it does so."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "course_lib":
            _, *rest = node.module.split(".")
            found.update(rest[:1] or [alias.name for alias in node.names])
    return found


def test_imports_go_down_only():
    """The layers of pyproject.toml hold, and every module has its place in them."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=paths.CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(paths.CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: 1 kept, 0 broken." in done.stdout


@pytest.mark.parametrize("place", PURE)
def test_pure_modules_know_neither_files_nor_widgets_nor_words(place):
    """Grading and methods take values and give values; whoever shows them says them."""
    files = sorted((LIBRARY / place).rglob("*.py")) or [LIBRARY / place]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert imported(path) <= PURE[place], path
        assert not re.search(
            r"\bopen\(|\.read_text|\.write_text|import (os|pathlib|anywidget|matplotlib)", text
        ), path


def test_what_starts_on_a_bare_machine_needs_nothing_else():
    """Before the environment exists, the command imports from the standard library and old syntax only."""
    program = (
        "import sys; import course_lib.__main__; from course_lib.setup import doctor, launch; "
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(paths.CHECKOUT)!r}); {program}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    foreign = {name.split(".")[0] for name in done.stdout.split()} - set(sys.stdlib_module_names)
    assert {name for name in foreign if not name.startswith("_")} == {"course_lib"}


def tracked():
    """The project's text files, as git knows them."""
    git = shutil.which("git")
    if git is None or not (paths.CHECKOUT / ".git").exists():
        pytest.skip("this is no git checkout; clone the course with git to run this test")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=paths.CHECKOUT, capture_output=True, text=True, check=True
    )
    found = [paths.CHECKOUT / name for name in listed.stdout.split("\0") if name]
    return [path for path in found if path.is_file() and path.suffix not in (".png",)]


def test_no_file_names_a_machine_or_a_registry():
    """Files speak of the course, not of the machine they were made on."""
    # Put together here, so that this file does not hold what it looks for.
    unwanted = re.compile(
        "|".join(
            [
                r"(?<![\w.])/home" + r"/\w+",
                r"(?<![\w.])/Us" + r"ers/\w+",
                "files.python" + "hosted",
                "pypi" + r"\.org/simple",
                "/site" + "-packages/",
            ]
        )
    )
    told = {
        path.name: found
        for path in tracked()
        if (found := unwanted.findall(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert told == {}


@pytest.mark.parametrize("asked", [["check"], ["format", "--check"]], ids=["rules", "format"])
def test_the_code_keeps_one_style(asked):
    """Ruff finds nothing, in the library, the tests and the lessons' cells."""
    done = run("ruff", *asked, ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_types_fit():
    """Mypy, strictly, and ty find nothing: in the library, and in a program that uses its public face."""
    done = run("mypy", "--python-executable", sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.match(r"Success: no issues found in \d{3} source files", done.stdout)
    # The environment that runs this test is the one whose packages are looked at, wherever it is.
    done = run("ty", "check", "--python", sys.executable, "--output-format", "concise")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no python files found" not in (done.stdout + done.stderr).lower()
