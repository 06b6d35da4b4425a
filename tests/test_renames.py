"""Names that the library had before stand nowhere any more."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from course_lib import paths

TABLE = tomllib.loads((paths.CHECKOUT / "tests" / "renames" / "names.toml").read_text(encoding="utf-8"))
MODULES = TABLE["modules"]
# These are still packages or modules, of something else.
STANDING = {old for old in MODULES if (paths.PACKAGE / old.replace(".", "/")).is_dir() or old == "quiz"}


def texts():
    """The project's own texts by name: code, notebooks, pages, settings; not the table itself."""
    endings = ("*.py", "*.ipynb", "*.md", "*.toml", "*.txt", "*.yml", "*.yaml", "*.js", "*.json", "*.cff")
    listed = subprocess.run(
        ["git", "ls-files", "-z", *endings, ".ci", "binder/postBuild"],
        cwd=paths.CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git checkout; clone the course with git to run this test")
    names = [name for name in listed.stdout.split("\0") if name and not name.startswith("tests/renames/")]
    return {name: (paths.CHECKOUT / name).read_text(encoding="utf-8", errors="replace") for name in names}


def test_old_modules_are_named_nowhere():
    """Neither as an import nor as a path."""
    olds = sorted(MODULES.keys() - STANDING, key=len, reverse=True)
    assert len(olds) > 60
    dotted = "|".join(map(re.escape, olds))
    slashed = "|".join(re.escape(old.replace(".", "/")) for old in olds)
    old = re.compile(
        rf"course_lib\.({dotted})\b(?!\.(css|js))|course_lib/({slashed})(\.py\b|/)|course_lib/stati[c]\b"
    )
    found = {name: sorted({match.group() for match in old.finditer(text)}) for name, text in texts().items()}
    assert {name: olds for name, olds in found.items() if olds} == {}


def test_old_functions_and_classes_are_gone():
    """No module defines one, and nothing reaches for one through its module, in code or in a text of code."""
    wrong = []
    for old, names in TABLE["names"].items():
        module = MODULES.get(old, old)
        path = paths.PACKAGE / module.replace(".", "/")
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if path.is_file():
            tree = ast.parse(path.read_text(encoding="utf-8"))
            defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
            wrong += [f"{module}.{name}" for name in names.keys() & defined]
    assert wrong == []
    reached = {
        f"{new.rpartition('.')[2]}.{name}"
        for old, names in TABLE["names"].items()
        for new in {old, MODULES.get(old, old)}
        for name in names
    }
    # The message catalogue has keys, and pandas and the like have methods, of such a form.
    old = re.compile(rf"(?<![\w.\"'\[])({'|'.join(sorted(map(re.escape, reached)))})\(")
    found = {
        name: sorted({match.group(1) for match in old.finditer(text)})
        for name, text in texts().items()
        if name.endswith((".py", ".ipynb", ".md"))
    }
    assert {name: olds for name, olds in found.items() if olds} == {}


# Old names that mean something else in a page for people: types of question, commands, files, keys of a file.
ALSO = {
    "before": "the first of the two tests",
    "course": "the short name of the command",
    "number": "a type of question",
    "reason": "a key of a horizon",
    "text": "a type of question",
    "tidy": "a command",
}


def old_names_in_backticks(text):
    """The spans of code in Markdown that name what the library had: a module, a file, a function, a class."""
    names = {name for names in TABLE["names"].values() for name in names}
    modules = MODULES.keys() - STANDING
    stems = {old.rpartition(".")[2] for old in MODULES}
    files = {path.name for path in [*paths.PACKAGE.rglob("*.py"), *(paths.CHECKOUT / "binder").rglob("*.py")]}
    reached = {
        f"{module.rpartition('.')[2]}.{name}"
        for old, of_module in TABLE["names"].items()
        for module in (old, MODULES.get(old, old))
        for name in of_module
    }
    found = []
    for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"(?ms)^```.*?^```", "", text)):
        name = re.sub(r"\(.*\)$", "", span).removeprefix("course_lib.")
        file = Path(name)
        if (
            name in (names | modules) - ALSO.keys()
            or ".".join(name.split(".")[-2:]) in reached
            or (file.suffix == ".py" and file.stem in stems and file.name not in files)
        ):
            found.append(span)
    return found


def test_no_page_names_in_backticks_what_is_gone():
    """Neither a module nor a function, by itself, with its module or as a file; fields of data are others."""
    pages = {
        name: text for name, text in texts().items() if name.endswith(".md") and name != "data/README.md"
    }
    assert {"README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"} <= pages.keys()
    found = {name: old_names_in_backticks(text) for name, text in pages.items()}
    assert {name: olds for name, olds in found.items() if olds} == {}
    spans = {span for text in pages.values() for span in re.findall(r"`(\w+)`", text)}
    assert [name for name in ALSO if name not in spans] == []


def test_old_names_in_backticks_are_found():
    """Each way of writing one; what has kept its name is no old one."""
    text = (paths.CHECKOUT / "tests" / "renames" / "old_names.md").read_text(encoding="utf-8")
    gone = text.partition("## Gone")[2].partition("## Standing")[0]
    assert gone.count("- `") == 6
    assert old_names_in_backticks(text) == re.findall(r"(?m)^- `(.*)`$", gone)


def test_the_old_methods_of_a_lesson_are_gone():
    """A notebook calls them by their new names."""
    from course_lib.lesson import Lesson

    renamed = TABLE["methods"]["Lesson"]
    assert [name for name in renamed if hasattr(Lesson, name)] == []
    assert [name for name in renamed.values() if not hasattr(Lesson, name)] == []
    called = re.compile(rf"lesson\.({'|'.join(renamed)})\(")
    assert [name for name, text in texts().items() if called.search(text)] == []


def test_blame_looks_through_commits_that_are_there():
    """Those that only moved and renamed are named by commits of this history."""
    text = (paths.CHECKOUT / ".git-blame-ignore-revs").read_text(encoding="utf-8")
    commits = re.findall(r"(?m)^[0-9a-f]{40}$", text)
    assert len(commits) >= 2

    def git(*arguments):
        return subprocess.run(
            ["git", *arguments], cwd=paths.CHECKOUT, capture_output=True, text=True, check=False
        )

    if git("rev-parse", "--is-shallow-repository").stdout.strip() != "false":
        pytest.skip("this is no checkout with its whole history; clone the course with git to run this test")
    assert [one for one in commits if git("merge-base", "--is-ancestor", one, "HEAD").returncode] == []
