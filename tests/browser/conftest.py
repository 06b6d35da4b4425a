"""A real JupyterLab and a real browser for every test in this folder."""

import os
import shutil

import pytest
from lab_driver import STEM, Desk, find_chromium, running_browser, running_lab
from lab_driver import notebook as _notebook

from course_lib import paths

pytest.importorskip("playwright")


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """One JupyterLab for all tests."""
    if find_chromium() is None:
        reason = (
            "no Chromium was found; on Debian: apt-get install chromium, elsewhere set CHROMIUM to its path"
        )
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests."""
    with running_browser() as running:
        yield running


@pytest.fixture(scope="session")
def notebook():
    """A function that writes a notebook: its path, then the source of each cell."""
    return _notebook


@pytest.fixture
def at_desk(browser, lab):
    """A function that opens a lesson: what it opened is closed in the end."""
    opened = []

    def open_lesson(**how):
        opened.append(Desk(browser, lab, **how))
        return opened[-1]

    yield open_lesson
    for one in opened:
        one.close()


@pytest.fixture
def desk(browser, lab):
    """The lesson, run, for a student who has answered nothing."""
    shutil.rmtree(lab[0] / "my_work", ignore_errors=True)
    shutil.copyfile(paths.LESSONS / f"{STEM}.ipynb", lab[0] / "lessons" / f"{STEM}.ipynb")
    opened = Desk(browser, lab)
    opened.run_all()
    yield opened
    opened.close()


@pytest.fixture
def types(browser, lab):
    """A notebook with the types of question that the first lesson does not use, run."""
    shutil.rmtree(lab[0] / "my_work", ignore_errors=True)
    bank = paths.CHECKOUT / "tests" / "every_type.toml"
    code = [
        "from pathlib import Path",
        "from course_lib import items",
        "from course_lib.student.progress import Progress",
        "from course_lib.widgets.quiz import Quiz",
        f"bank = items.load(Path({str(bank)!r}).read_text(encoding='utf-8'), 'bank.toml')",
        "Quiz(bank.items, Progress())",
    ]
    tested = "Quiz(bank.items[:3], Progress(Path('test.sqlite')), mode='test')"
    (lab[0] / "lessons" / "test.sqlite").unlink(missing_ok=True)
    _notebook(lab[0] / "lessons" / "types.ipynb", "\n".join(code), tested)
    opened = Desk(browser, lab, stem="types")
    opened.run_all()
    yield opened
    opened.close()
