"""The built package carries the course and opens it."""

import os
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from course_lib import paths


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the checkout with the locked builder."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=paths.CHECKOUT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A trial environment with the wheel in it; its other packages are those of the tests."""
    folder = tmp_path_factory.mktemp("trial") / "env"
    venv.create(folder, with_pip=False)
    scheme = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars=scheme))
    with zipfile.ZipFile(wheel) as held:
        held.extractall(packages)
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def run(folder, *command, **options):
    """The trial environment's Python, away from the checkout."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    settings = {
        name: value for name, value in os.environ.items() if name not in ("COURSE_HOME", "PYTHONPATH")
    }
    return [str(python), "-m", "course_lib", *command], {"cwd": folder.parent, "env": settings, **options}


def _refused(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) != 0


def test_the_wheel_carries_the_course_and_nothing_private(wheel):
    """Lessons, questions, tables and the widget are in; tests, answers and leftovers are not."""
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "course_lib/_course/lessons/01_reading_the_article.ipynb",
        "course_lib/_course/lessons/items/01_reading_the_article.toml",
        "course_lib/_course/lessons/course.toml",
        "course_lib/instructor/authoring/templates/lesson.txt",
        "course_lib/instructor/authoring/templates/bank.txt",
        "course_lib/_course/data/tables/claims.csv",
        "course_lib/_course/data/datapackage.json",
        "course_lib/widgets/bundles/quiz.js",
        "course_lib/widgets/bundles/unpack.js",
        "course_lib/widgets/bundles/bundles.json",
        "course_lib/widgets/bundles/inputs/table.js",
        "course_lib/widgets/quiz.css",
        "course_lib/widgets/explorer.css",
        "course_lib/widgets/page/inputs/table.css",
    ):
        assert needed in names
    assert any(name.endswith("share/jupyter/lab/settings/overrides.json") for name in names)
    assert any(name.endswith("entry_points.txt") for name in names)
    assert [name for name in names if "tests/" in name or "my_work" in name or "checkpoint" in name] == []


def test_the_installed_course_uses_what_it_carries(installed):
    """Tables and lessons come from the package, and the test command says what it lacks."""
    program = (
        "import course_lib as c, course_lib.paths; print(c.paths.CHECKOUT, len(c.evidence.table('claims')))"
    )
    command, options = run(installed)
    done = subprocess.run([command[0], "-c", program], capture_output=True, text=True, check=True, **options)
    assert done.stdout.split() == ["None", "93"]
    command, options = run(installed, "test")
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 1
    assert done.stderr == (
        "The tests are part of the course's source, not of the installed package. Fetch the source.\n"
    )


def test_the_installed_course_opens(installed):
    """Start copies the lessons into a folder of the student's and JupyterLab answers."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    lab = Path(sys.executable).with_name("jupyter-lab")
    program = (
        "import sys; from pathlib import Path; from course_lib.setup.launch import open_lab; "
        f"sys.exit(open_lab(browser=False, port={port}, extra=['--IdentityProvider.token=t'], "
        f"program=Path({str(lab)!r})))"
    )
    command, options = run(installed)
    options |= {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen([command[0], "-c", program], **options) as lab_process:
        try:
            # JupyterLab prints its address when its port is bound; the loop ends there or with the process.
            said = []
            for line in lab_process.stdout:
                said.append(line)
                if f"127.0.0.1:{port}/lab" in line:
                    break
            assert lab_process.poll() is None, "".join(said)
            while lab_process.poll() is None and _refused(port):
                pass  # the address is printed a moment before the port answers
            for method, path in (("GET", "contents/lessons/index.ipynb"), ("POST", "shutdown")):
                asked = urllib.request.Request(
                    f"http://127.0.0.1:{port}/api/{path}", method=method, headers={"Authorization": "token t"}
                )
                with urllib.request.urlopen(asked) as answer:
                    assert answer.status == 200
            lab_process.stdout.read()
            assert lab_process.wait(60) == 0
        finally:
            if lab_process.poll() is None:
                lab_process.terminate()
    lessons = options["cwd"] / "reading-with-evidence" / "lessons"
    assert (lessons / "01_reading_the_article.ipynb").is_file()
    assert not (lessons / "items").exists()
