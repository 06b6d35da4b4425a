"""The map of modules in ARCHITECTURE.md: every package and module with its first line, from the bottom up."""

import ast
import re
import tomllib
from pathlib import Path

from course_lib import paths
from course_lib.generated import keep_in_step

FILE = "ARCHITECTURE.md"
_HEAD = """\
# Architecture

Every package and module of `course_lib/` with its first line. The packages and modules at the margin \
stand from the bottom up: one may import from those above it, never from those below, as import-linter \
checks by the layers in `pyproject.toml`. Within a package modules stand by the alphabet and may import \
one another.

Written by `python3 -m course_lib tidy` from those layers and those first lines: change them, not this page. \
[CONTRIBUTING.md](CONTRIBUTING.md) says where something new goes.

"""


def module_map() -> str:
    """Return the map as Markdown: a list of the layers, lowest first, and of the modules in each package.

    Returns
    -------
    str
        One line for each package or module at the top, and one below it for each module inside.
    """
    project = tomllib.loads((paths.PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    lines: list[str] = []
    for layer in reversed(contract["layers"]):
        for name in sorted(layer.split(" | ")):
            lines += _lines(paths.PACKAGE / name, "")
    return "\n".join(lines)


def tidy_map(check: bool = False) -> list[str]:
    """Write the page of the map anew.

    Parameters
    ----------
    check : bool, default False
        Only tell, and write nothing.

    Returns
    -------
    list of str
        The name of the file, if it was out of step.
    """
    if paths.CHECKOUT is None:
        return []
    return [] if keep_in_step(paths.CHECKOUT / FILE, f"{_HEAD}{module_map()}\n", check) else [FILE]


def _lines(path: Path, indent: str) -> list[str]:
    """Return the line of a module, or of a package and what is in it."""
    if path.with_suffix(".py").is_file():
        return [f"{indent}- `{path.name}.py`: {_first_line(path.with_suffix('.py'))}"]
    inside = sorted(
        below.with_suffix("")
        for below in path.iterdir()
        if (below.suffix == ".py" and below.name != "__init__.py") or (below / "__init__.py").is_file()
    )
    head = f"{indent}- **`{path.name}/`**: {_first_line(path / '__init__.py')}"
    return [head, *(line for below in inside for line in _lines(below, indent + "  "))]


def _first_line(path: Path) -> str:
    """Return the first sentence of a module's docstring, as it stands in a list."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return re.sub(r"\s+", " ", docstring.partition("\n\n")[0])
