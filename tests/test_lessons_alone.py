"""Lessons that are tested alone, as an author does: `course test -- lessons/03_russia_in_syria.ipynb`."""

import os
import subprocess
import sys

from course_lib import paths


def files(folder):
    """Every file below a folder, with when it was written."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_lessons_alone_run_in_one_process_each_and_leave_a_student_s_work_alone(tmp_path):
    """Cells of a lesson need those before them; what a run answers is nobody's answer."""
    before = files(paths.CHECKOUT / "my_work")
    lessons = ["lessons/03_russia_in_syria.ipynb", "lessons/11_your_briefing.ipynb"]
    settings = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "COV_")) and name != "IPYTHONDIR"
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", *lessons],
        cwd=paths.CHECKOUT,
        env={**settings, "COURSE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert " passed in " in done.stdout
    assert files(paths.CHECKOUT / "my_work") == before
    assert files(tmp_path) == {}
