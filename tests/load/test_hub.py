"""The load test itself runs: one student on a real JupyterHub with the course's own configuration."""

import subprocess
import sys
from pathlib import Path

import pytest

from course_lib import paths

HUB = Path(__file__).with_name("hub.py")


@pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub does not run on Windows")
def test_a_student_works_on_a_hub():
    """Logged in, lesson run, question answered; the report has no failure and names every measure."""
    done = subprocess.run([sys.executable, str(HUB), "1"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("1 students, 10 at a time: 1 finished, 0 failed\n")
    for measure in (
        "login to desk, s: median",
        "lesson run, s: median",
        "answer, ms: median",
        "memory per student",
    ):
        assert measure in done.stdout


@pytest.mark.parametrize("asked", [["0"], ["51"], ["3", "--together", "0"]])
def test_the_class_is_bounded(asked):
    """No class that this machine could not bear is started by a slip."""
    done = subprocess.run([sys.executable, str(HUB), *asked], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "between 1 and 50 students, at least one at a time" in done.stderr


def test_both_ways_of_hosting_start_the_same_server():
    """The values for Kubernetes say what the configuration for one machine says."""
    one = (paths.CHECKOUT / "binder" / "hub" / "course.py").read_text(encoding="utf-8")
    many = (paths.CHECKOUT / "binder" / "hub" / "values.yaml").read_text(encoding="utf-8")
    assert '"-P", "-m", "course_lib", "hub-server", "--"]' in one
    assert 'cmd: ["python", "-P", "-m", "course_lib", "hub-server", "--"]' in many
    for said in ("lab/tree/reading-with-evidence/lessons/index.ipynb", "400M", "1G"):
        assert said in one
        assert said in many
