"""Setting up: what is made, what is repaired, and what is said when it cannot be done."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections import namedtuple

import pytest

from course_lib import paths
from course_lib.errors import SetupError
from course_lib.setup import environment
from course_lib.setup.environment import LAYERS, Environment

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A checkout with the course's lock and nothing installed; without uv and without a network."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    binder = tmp_path / "binder"
    binder.mkdir()
    for name in LAYERS.values():
        (binder / name).write_text("# nothing to install\n", encoding="utf-8")
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    return Environment(tmp_path)


def test_an_environment_is_made_and_then_left_alone(place):
    """The first call works in steps, the second does nothing."""
    lines = []
    place.ensure(["kernel", "lab"], lines.append)
    assert [line.split("]")[0] for line in lines[:-1]] == ["[1/3", "[1/3", "[2/3", "[2/3", "[3/3", "[3/3"]
    assert place.is_ready(["kernel", "lab"])
    done = subprocess.run(
        [place.program("python"), "-c", "import course_lib"], cwd=place.root, capture_output=True, check=False
    )
    assert done.returncode == (0 if (place.root / "course_lib").exists() else 1)
    assert (place.folder / "share/jupyter/lab/settings/overrides.json").is_file()
    again = []
    place.ensure(["kernel", "lab"], again.append)
    assert again == []


def test_a_layer_is_added_without_making_all_anew(place):
    """The tests' tools come on top of what is there."""
    place.ensure(["kernel", "lab"], lambda line: None)
    lines = []
    place.ensure(["kernel", "lab", "test"], lines.append)
    assert not any("Making .venv" in line for line in lines)
    assert place.is_ready(["test"])


def test_a_changed_lock_is_installed(place):
    """The marker knows the lock it was made from."""
    place.ensure(["kernel"], lambda line: None)
    (place.root / "binder" / LAYERS["kernel"]).write_text("# another lock\n", encoding="utf-8")
    assert not place.is_ready(["kernel"])
    place.ensure(["kernel"], lambda line: None)
    assert place.is_ready(["kernel"])


def test_an_interrupted_installation_is_begun_again(place):
    """What was left half-way is made anew."""
    place.ensure(["kernel"], lambda line: None)
    place.marker.write_text(json.dumps({"state": "installing"}), encoding="utf-8")
    (place.folder / "half").write_text("left behind", encoding="utf-8")
    place.ensure(["kernel"], lambda line: None)
    assert place.is_ready(["kernel"])
    assert not (place.folder / "half").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be forked here")
def test_a_making_that_is_killed_at_any_step_is_finished_by_the_next(tmp_path):
    """Between marker and folder, while an old one is cleared away, with half a package, holding the lock."""
    tests = paths.CHECKOUT / "tests"
    done = subprocess.run(
        [sys.executable, tests / "killed_setups.py", tmp_path / "work"],
        env={**os.environ, "PYTHONPATH": f"{paths.CHECKOUT}{os.pathsep}{tests}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert sum(scene["kills"] for scene in counts.values()) >= 200
    assert [*counts] == ["first", "unfinished", "another_lock", "broken"]
    assert [told for scene in counts.values() for told in scene["said"]] == []


def test_what_is_half_made_counts_as_free(place, monkeypatch):
    """An interrupted installation fills the disk, and the next one takes its place."""
    place.ensure(["kernel"], lambda line: None)
    place.marker.write_text(json.dumps({"state": "installing"}), encoding="utf-8")
    (place.folder / "half").write_bytes(b"x" * 2_000_000)
    monkeypatch.setattr(environment, "NEEDED_BYTES", 1_900_000)
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda folder: Usage(1, 1, 100_000))
    place.ensure(["kernel"], lambda line: None)
    assert place.is_ready(["kernel"])


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "The disk is full. Free about 1 GB"),
        (errno.EIO, f"[Errno {errno.EIO}] {os.strerror(errno.EIO)}. Put that right"),
    ],
)
def test_what_stops_the_making_is_a_sentence(number, told, place, monkeypatch):
    """Also where there seemed to be space enough."""

    def refuse(_handle):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(SetupError) as caught:
            place.ensure(["kernel"], lambda line: None)
    assert str(caught.value) == f"The environment could not be made: {told}, then try again."
    place.ensure(["kernel"], lambda line: None)
    assert place.is_ready(["kernel"])


def test_an_environment_of_somebody_else_is_left_alone(place):
    """A .venv without our marker is not deleted."""
    place.folder.mkdir()
    (place.folder / "theirs").write_text("", encoding="utf-8")
    with pytest.raises(SetupError) as caught:
        place.ensure(["kernel"], lambda line: None)
    assert str(caught.value) == (
        f"{place.folder} was not made by this course, so it is left alone. "
        "Move it away or rename it, then try again."
    )
    assert (place.folder / "theirs").exists()


def test_a_full_disk_is_said_before_anything_is_made(place, monkeypatch):
    """The student hears how much is free and how much is needed."""
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda folder: Usage(1, 1, 5_000_000))
    with pytest.raises(SetupError) as caught:
        place.ensure(["kernel"], lambda line: None)
    assert str(caught.value) == (
        f"There are 5 MB free in {place.root}, and the course needs about 900 MB. "
        "Free some space, then try again."
    )
    assert not place.folder.exists()


def test_a_folder_that_cannot_be_written_is_said(place, monkeypatch):
    """A read-only folder has its sentence."""

    def refuse(dir):
        raise PermissionError

    monkeypatch.setattr(environment.tempfile, "TemporaryFile", refuse)
    with pytest.raises(SetupError) as caught:
        place.ensure(["kernel"], lambda line: None)
    assert str(caught.value) == (
        f"The folder {place.root} cannot be written to. "
        "Copy the course to a folder of your own, then try again."
    )


def test_a_missing_lock_file_is_named(place):
    """A checkout that is not whole is told so."""
    (place.root / "binder" / "requirements-lab.txt").unlink()
    with pytest.raises(SetupError) as caught:
        place.ensure(["kernel"], lambda line: None)
    assert str(caught.value) == (
        "The lock file binder/requirements-lab.txt is missing. Fetch the course again, then try again."
    )


def test_without_a_network_there_is_one_sentence(place, monkeypatch):
    """Packages that cannot be fetched are told from other failures, and the next try begins again."""
    pin = "course-no-such-package==1 --hash=sha256:" + "0" * 64
    (place.root / "binder" / LAYERS["kernel"]).write_text(pin + "\n", encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    with pytest.raises(SetupError) as caught:
        place.ensure(["kernel"], lambda line: None)
    assert str(caught.value) == (
        "The packages could not be fetched: there is no network, or the package index cannot be reached. "
        f"Connect, then try again. The installer's own words are in {place.log}."
    )
    assert place.read_marker() == environment.Marker("installing")


def test_two_installations_do_not_run_at_once(place):
    """The second hears about the first; a lock left by a dead process is taken over."""
    lock = place.root / ".venv.lock"
    lock.write_text(str(os.getpid()), encoding="ascii")
    with pytest.raises(
        SetupError, match=r"^Another start or test of this course is installing right now\. Wait"
    ):
        place.ensure(["kernel"], lambda line: None)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    lock.write_text(str(gone.pid), encoding="ascii")
    place.ensure(["kernel"], lambda line: None)
    assert place.is_ready(["kernel"])
    assert not lock.exists()


def test_programs_are_found_on_windows_too(tmp_path):
    """Windows keeps programs in another folder and under another ending."""
    assert (
        Environment(tmp_path, windows=True).program("python") == tmp_path / ".venv" / "Scripts" / "python.exe"
    )
    assert Environment(tmp_path, windows=False).program("python") == tmp_path / ".venv" / "bin" / "python"


def test_the_running_checkout_fits_its_lock():
    """The tests run in an environment made from the committed lock, not in some other one."""
    if paths.CHECKOUT is None or sys.prefix != str(paths.CHECKOUT / ".venv"):
        pytest.skip(
            "these tests do not run in the checkout's own .venv; start them with python3 -m course_lib test"
        )
    if not (paths.CHECKOUT / ".venv" / "course.json").exists():
        pytest.skip("this .venv was made by hand; start the tests with python3 -m course_lib test")
    assert Environment(paths.CHECKOUT).is_ready(["kernel", "lab", "test"])


@pytest.mark.parametrize(
    ("dependencies", "met"),
    [
        ([], True),
        (["pytest>=1"], True),
        (["pytest>=1.2.3.4", "hypothesis"], True),
        (["pytest>=1", "hypothesis>=9999"], False),
        (["pytest>=1,<9999"], True),
        (["pytest>=1,<1.1"], False),
        (["pytest>=1", "course-no-such-package>=1"], False),
    ],
)
def test_an_environment_that_has_what_is_needed_is_known(place, dependencies, met):
    """Every dependency is there, none older than the project allows."""
    (place.root / "pyproject.toml").write_text(
        f"[project]\ndependencies = {json.dumps(dependencies)}\n", encoding="utf-8"
    )
    assert place.dependencies_met() is met


def test_every_dependency_is_a_name_a_lower_bound_and_perhaps_an_upper_one():
    """Before anything is installed no more than that can be read."""
    project = tomllib.loads((paths.CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dependencies"]
    form = r"[A-Za-z0-9._-]+>=\d+(\.\d+)*(,<\d+(\.\d+)*)?"
    odd = [requirement for requirement in project["dependencies"] if not re.fullmatch(form, requirement)]
    assert odd == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")
def test_a_program_ends_in_its_own_way_when_it_is_stopped():
    """Ctrl-C reaches both programs; the inner one asks first, as JupyterLab does, and its status counts."""
    inner = (
        "import signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]); "
        "print('open', flush=True); signal.sigwait([signal.SIGINT]); "
        "print('really?', flush=True); signal.sigwait([signal.SIGINT]); print('closed'); sys.exit(7)"
    )
    outer = (
        "import sys; from course_lib.setup.processes import run_until_end; "
        f"sys.exit(run_until_end([sys.executable, '-c', {inner!r}]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", outer],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as both:
        for said in ("open\n", "really?\n"):
            assert both.stdout.readline() == said
            os.killpg(both.pid, signal.SIGINT)
        out, err = both.communicate()
    assert (out, err, both.returncode) == ("closed\n", "", 7)
