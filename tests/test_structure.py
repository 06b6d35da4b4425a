"""The house keeps its shape: imports go down the floors, names are explained, files keep one style."""

import ast
import re
import shutil
import subprocess
import sys

import pytest

from course_lib import paths

LIBRARY = paths.CHECKOUT / "course_lib"
# A module may import from the floors below its own, and from its own family (charts, methods).
FLOORS = [
    {"errors", "paths"},
    {"words"},
    {"committed", "dates", "syllabus"},
    {
        "cards",
        "environment",
        "items",
        "labels",
        "methods",
        "notebooks",
        "page_types",
        "panels",
        "recall",
        "references",
        "tables",
    },
    {"answers", "evidence", "packed", "page_declarations"},
    {"charts", "course", "desk", "doctor", "ledger", "lodged", "markdown", "progress"},
    {"comparisons", "document", "explorer", "quiz", "work"},
    {"gain", "gamble", "home", "telling"},
    {"lesson", "report", "teach"},
    {"briefcase"},
    {"__main__"},
]
FLOOR = {name: level for level, names in enumerate(FLOORS) for name in names}
MODULES = sorted(path for path in LIBRARY.rglob("*.py") if path != LIBRARY / "__init__.py")


def room(path):
    """The room a file belongs to: its module, or its family's."""
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def imported(path):
    """The rooms a file imports from, wherever in the file it does so."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "course_lib":
            _, *rest = node.module.split(".")
            found.update(rest[:1] or [alias.name for alias in node.names])
    return found - {"__version__"}


def test_every_module_has_its_floor():
    """A new room is given its place in the house."""
    assert {room(path) for path in MODULES} == set(FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_imports_go_down_only(path):
    """No room knows the rooms above it, nor its neighbours on the same floor."""
    own = room(path)
    above = {other for other in imported(path) if other != own and FLOOR[other] >= FLOOR[own]}
    assert above == set()


@pytest.mark.parametrize("name", ["items", "methods", "recall"])
def test_pure_rooms_know_neither_files_nor_widgets(name):
    """Marking and methods take values and give values."""
    files = [path for path in MODULES if room(path) == name]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert imported(path) <= {"dates", "errors", "words", name}
        assert not re.search(
            r"\bopen\(|\.read_text|\.write_text|import (os|pathlib|anywidget|matplotlib)", text
        )


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
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *asked, "."],
        cwd=paths.CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_types_fit():
    """The type checker finds nothing."""
    done = subprocess.run(
        # The environment that runs this test is the one whose packages are looked at, wherever it is.
        [sys.executable, "-m", "ty", "check", "--python", sys.executable, "--output-format", "concise"],
        cwd=paths.CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no python files found" not in (done.stdout + done.stderr).lower()
