"""What a notebook shows before each check, for the questions that speak of it.

A question such as "Read the figure above" is nothing without the figure. So the cells of its lesson are run,
in a folder that is thrown away, and what they show is kept: figures, explorers as they first stand, tables,
and printed lines that the lesson keeps.
"""

import ast
import contextlib
import functools
import io
import os
import re
import tempfile
import warnings
from collections.abc import Generator, Mapping
from pathlib import Path

from markupsafe import Markup

from course_lib import items, paths
from course_lib.charts.figure import Figure
from course_lib.curriculum import course
from course_lib.files import FileState, file_state
from course_lib.html.panels import Panel
from course_lib.instructor.export.texts import inner_xml, parse_html
from course_lib.instructor.notebooks import read_notebook
from course_lib.setup.tidy import KEPT
from course_lib.widgets.explorer import Explorer

# A figure, or a table or printed lines as HTML that is XML too.
Exhibit = Figure | Markup
# More than this was not meant by one question.
_MOST = 4
_CHECK = re.compile(r"\blesson\.check\(\s*[\"']([^\"']+)[\"']")
_HEADING = re.compile(r"^#{1,3} ", re.MULTILINE)
_SPEAKS = re.compile(
    r"\b(figures?|tables?|pictures?|sliders?|maps?|charts?|matrix|explorer|timeline|printed|above)\b",
    re.IGNORECASE,
)


def needs_exhibit(item: items.Item) -> bool:
    """Tell whether a question speaks of something that its lesson shows before it.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    bool
        Whether it has to be taken along.
    """
    return item.id not in course.standalone_items() and bool(_SPEAKS.search(item.stem))


def lesson_exhibits(stem: str) -> Mapping[str, tuple[Exhibit, ...]]:
    """Return what a lesson's notebook shows before each of its checks.

    Parameters
    ----------
    stem : str
        The stem of the lesson's files.

    Returns
    -------
    Mapping of str to tuple of Figure or Markup
        By check; without the checks from the first cell that cannot be run, and empty where the lesson has
        no notebook.
    """
    path = paths.LESSONS / f"{stem}.ipynb"
    return _run_lesson(path, file_state(path))


@functools.cache
def _run_lesson(path: Path, _state: FileState | None) -> Mapping[str, tuple[Exhibit, ...]]:
    try:
        cells = read_notebook(path).cells
    except (OSError, ValueError):
        return {}
    by_check: dict[str, tuple[Exhibit, ...]] = {}
    # What was shown since the last heading, and of it since the last check.
    section: list[Exhibit] = []
    since: list[Exhibit] = []
    names: dict[str, object] = {}
    with _unknown_student():
        for cell in cells:
            if cell.cell_type == "markdown" and _HEADING.search(cell.text):
                section, since = [], []
            if cell.cell_type != "code":
                continue
            if check := _CHECK.search(cell.text):
                by_check.setdefault(check[1], tuple((since or section)[-_MOST:]))
                since = []
                continue
            try:
                exhibit = _run(cell.text, names, KEPT in cell.metadata.tags)
            except Exception:  # noqa: BLE001 - what a cell of a lesson can raise has no bounds
                break
            if exhibit is not None:
                section.append(exhibit)
                since.append(exhibit)
    return by_check


@contextlib.contextmanager
def _unknown_student() -> Generator[None]:
    """Run something as a student of whom nothing is known, and leave no trace."""
    before = os.environ.get("COURSE_HOME")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.environ["COURSE_HOME"] = folder
        try:
            yield
        finally:
            os.environ.pop("COURSE_HOME")
            if before is not None:
                os.environ["COURSE_HOME"] = before


def _run(source: str, names: dict[str, object], printed: bool) -> Exhibit | None:
    """Run a cell; return what it shows at its end, or prints if that is kept, or None."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        # The cells are the course's own.
        exec(compile(ast.Module(body, []), "<lesson>", "exec"), names)  # noqa: S102
        value: object = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<lesson>", "eval"), names)  # noqa: S307
    if isinstance(value, Explorer):
        value = value.figure
    if isinstance(value, Figure):
        return value
    if isinstance(value, Panel) and value.markup.startswith("<table"):
        return inner_xml(parse_html(value.markup))
    if printed and output.getvalue().strip():
        return inner_xml(parse_html(Markup("<pre>{}</pre>").format(output.getvalue().strip())))
    return None
