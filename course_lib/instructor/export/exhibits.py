"""What a notebook shows before each check, for the questions that speak of it.

A question such as "Read the figure above" is nothing without the figure. So the cells of its lesson are run,
in a folder that is thrown away, and what they show is kept: figures, explorers as they first stand, tables,
and printed lines that the lesson keeps.
"""

import ast
import contextlib
import functools
import html
import io
import json
import os
import re
import tempfile
import warnings

from course_lib import paths
from course_lib.charts.figure import Figure
from course_lib.curriculum import course
from course_lib.html.panels import Panel
from course_lib.setup.tidy import KEPT

# More than this was not meant by one question.
_MOST = 4
_CHECK = re.compile(r"\blesson\.check\(\s*[\"']([^\"']+)[\"']")
_HEADING = re.compile(r"^#{1,3} ", re.MULTILINE)
_SPEAKS = re.compile(
    r"\b(figures?|tables?|pictures?|sliders?|maps?|charts?|matrix|explorer|timeline|printed|above)\b",
    re.IGNORECASE,
)


def needs_exhibit(item):
    """Tell whether a question speaks of something that its lesson shows before it."""
    return item.id not in course.standalone_items() and bool(_SPEAKS.search(item.stem))


@functools.cache
def lesson_exhibits(stem):
    """Return what a lesson's notebook shows before each of its checks.

    Returns: a dict from check to a list of `Figure`s, HTML texts of tables and of printed lines; empty where
    the lesson has no notebook, or it cannot be run.
    """
    try:
        book = json.loads((paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"))
        cells = [
            (one["cell_type"], "".join(one["source"]), one["metadata"].get("tags", []))
            for one in book["cells"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    found, section, since, names = {}, [], [], {}
    with _elsewhere():
        for kind, source, tags in cells:
            if kind == "markdown" and _HEADING.search(source):
                section, since = [], []
            if kind != "code":
                continue
            if check := _CHECK.search(source):
                found.setdefault(check[1], (since or section)[-_MOST:])
                since = []
                continue
            try:
                one = _run(source, names, KEPT in tags)
            except Exception:  # noqa: BLE001 - what a cell of a lesson can raise has no bounds
                break
            if one is not None:
                section.append(one)
                since.append(one)
    return found


@contextlib.contextmanager
def _elsewhere():
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


def _run(source, names, printed):
    """Run a cell; return what it shows at its end, or prints if that is kept, or None."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    held = io.StringIO()
    with contextlib.redirect_stdout(held), contextlib.redirect_stderr(io.StringIO()):
        # The cells are the course's own.
        exec(compile(ast.Module(body, []), "<lesson>", "exec"), names)  # noqa: S102
        value = eval(compile(ast.Expression(last.value), "<lesson>", "eval"), names) if last else None  # noqa: S307
    # An explorer holds the figure it shows.
    value = getattr(value, "figure", None) or value if hasattr(value, "told") else value
    if isinstance(value, Figure):
        return value
    if isinstance(value, Panel) and value.markup.startswith("<table"):
        return value.markup
    if printed and held.getvalue().strip():
        return f"<pre>{html.escape(held.getvalue().strip(), quote=False)}</pre>"
    return None
