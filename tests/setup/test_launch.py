"""The student's folder, and what a start says of it."""

import errno
import json
import os
from pathlib import Path

import lesson_folders as folders
import pytest

from course_lib import paths
from course_lib.errors import SetupError
from course_lib.setup import launch
from course_lib.setup.start_report import VARIABLE, StartReport


@pytest.fixture
def master(tmp_path, monkeypatch):
    """The course's own lessons, which a newer version may change."""
    folder = tmp_path / "master"
    folders.publish(folder, 1)
    monkeypatch.setattr(paths, "LESSONS", folder)
    return folder


@pytest.fixture
def full_disk(monkeypatch):
    """A disk on which no file can be written."""

    def refuse(*_arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(os, "fsync", refuse)


class _ServerStartedError(Exception):
    """Stands for the server: nothing comes back after it."""


@pytest.fixture
def server(monkeypatch, tmp_path):
    """What a hub's server would be started with."""
    program = tmp_path / "bin" / "python"
    program.parent.mkdir()
    program.with_name("jupyterhub-singleuser").touch()
    monkeypatch.setattr("sys.executable", str(program))
    started = []

    def start(path, arguments, environment):
        started.append((Path(path).name, arguments[1:], environment))
        raise _ServerStartedError

    monkeypatch.setattr(os, "execve", start)
    return started


def test_lessons_are_copied_to_the_student_s_folder(master, tmp_path, capsys):
    """A first start has nothing to say."""
    assert launch.student_folder(tmp_path / "mine") == (tmp_path / "mine", StartReport())
    assert (tmp_path / "mine" / "lessons" / "index.ipynb").is_file()
    assert capsys.readouterr().out == ""


def test_what_was_updated_and_kept_is_said(master, tmp_path, capsys):
    """In the terminal, and in a variable that the course home reads."""
    mine = tmp_path / "mine"
    launch.student_folder(mine)
    folders.add_note(mine / "lessons" / "01_a.ipynb")
    (mine / "lessons" / "02_b.ipynb").write_text("my notes", encoding="utf-8")
    folders.publish(master, 2)
    (mine / "lessons" / "03_c.ipynb").unlink()
    (mine / "lessons" / "03_c.ipynb").mkdir()
    _, report = launch.student_folder(mine)
    assert capsys.readouterr().out == (
        "Brought up to date, since you had not changed them: "
        "index.ipynb, 04_d.ipynb, 05_e.ipynb, 06_f.ipynb, 07_g.ipynb, 08_h.ipynb\n"
        "Kept as you changed them, with the new edition beside each: "
        "01_a.ipynb (see '01_a (new edition).ipynb')\n"
        "Copied anew, since what was there is no notebook; it is kept: "
        "02_b.ipynb (now '02_b (damaged).ipynb')\n"
        "Left as they are, since they cannot be read or written: 03_c.ipynb. "
        "Close programs that hold them open, look whether the folder is yours to write to, "
        "then start the course again.\n"
    )
    assert json.loads(report.environment({})[VARIABLE])["kept"] == {"01_a.ipynb": "01_a (new edition).ipynb"}


def test_in_a_checkout_the_student_works_in_the_checkout():
    """Without a folder given there is nothing to copy."""
    assert launch.student_folder() == (paths.CHECKOUT, StartReport())
    assert launch.student_folder(paths.CHECKOUT) == (paths.CHECKOUT, StartReport())


def test_a_folder_that_cannot_be_made_is_said(master, tmp_path):
    """The sentence names the folder and the option."""
    (tmp_path / "mine").write_text("a file", encoding="utf-8")
    with pytest.raises(SetupError) as caught:
        launch.student_folder(tmp_path / "mine")
    assert str(caught.value) == (
        f"The folder {tmp_path / 'mine'} cannot be written to. Choose another with --lab-dir."
    )


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_told_and_the_server_starts(master, tmp_path, capsys):
    """JupyterLab can delete what is not needed."""
    root, report = launch.student_folder(tmp_path / "mine")
    assert root.is_dir()
    assert report.full
    names = ", ".join(f"{stem}.ipynb" for stem in folders.STEMS)
    assert capsys.readouterr().out == (
        f"The disk is full, or what you may use of it. These could not be written: {names}. "
        "Delete what you do not need, then start the course again.\n"
    )


@pytest.mark.usefixtures("full_disk")
def test_on_a_hub_the_server_starts_on_a_full_disk(master, server, tmp_path, capsys):
    """With the report in its environment."""
    with pytest.raises(_ServerStartedError):
        launch.hub_server(["--port=1"], tmp_path / "mine")
    [(program, arguments, environment)] = server
    assert (program, arguments) == ("jupyterhub-singleuser", ["--port=1"])
    assert environment["COURSE_HOME"] == str(tmp_path / "mine")
    assert json.loads(environment[VARIABLE])["full"] is True
    assert "The disk is full" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["a file", "a file for lessons", "a link to itself", "no rights"])
def test_on_a_hub_the_server_starts_whatever_stands_in_the_way(what, master, server, tmp_path, monkeypatch):
    """Without a server a student could not put anything right."""
    mine = tmp_path / "mine"
    if what == "a file":
        mine.write_text("a file", encoding="utf-8")
    elif what == "a file for lessons":
        mine.mkdir()
        (mine / "lessons").touch()
    elif what == "a link to itself":
        mine.symlink_to(mine)
    else:

        def refuse(*_arguments, **_options):
            raise PermissionError(errno.EROFS, os.strerror(errno.EROFS))

        monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(_ServerStartedError):
        launch.hub_server(folder=mine)
    assert json.loads(server[0][2][VARIABLE])["unwritten"] == [f"{stem}.ipynb" for stem in folders.STEMS]


@pytest.mark.parametrize("inside", ["", "lessons"])
def test_a_folder_that_may_not_be_looked_into_is_told(inside, master, server, tmp_path):
    """On a hub the server starts; otherwise another folder is asked for."""
    mine = tmp_path / "mine"
    launch.student_folder(mine)
    (mine / inside).chmod(0)
    try:
        if os.access(mine / inside, os.R_OK):
            pytest.skip("to whoever runs this no folder is closed")
        with pytest.raises(_ServerStartedError):
            launch.hub_server(folder=mine)
        with pytest.raises(SetupError, match="cannot be written to. Choose another with --lab-dir."):
            launch.student_folder(mine)
    finally:
        (mine / inside).chmod(0o700)
    assert json.loads(server[0][2][VARIABLE])["unwritten"] == [f"{stem}.ipynb" for stem in folders.STEMS]


def test_on_a_hub_the_server_starts_where_the_list_of_lessons_is_broken(master, server, tmp_path, capsys):
    """It may be a student's own, who has to mend it."""
    (master / "course.toml").write_text("lessons = [", encoding="utf-8")
    with pytest.raises(_ServerStartedError):
        launch.hub_server(folder=tmp_path / "mine")
    assert capsys.readouterr().out.startswith("lessons/course.toml is not valid TOML: ")


def test_a_folder_that_is_read_only_opens_where_the_lessons_are(master, tmp_path, monkeypatch, capsys):
    """Nothing has to be written, so nothing is said; of a new edition it is said that it could not be."""
    mine = tmp_path / "mine"
    launch.student_folder(mine)

    def refuse(*_arguments, **_options):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    for name in ("open", "link", "replace", "unlink"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert launch.student_folder(mine) == (mine, StartReport())
    folders.publish(master, 2)
    names = [f"{stem}.ipynb" for stem in folders.STEMS]
    assert launch.student_folder(mine) == (mine, StartReport(unwritten=names))
    assert capsys.readouterr().out.startswith("Left as they are, since they cannot be read or written: index")


@pytest.mark.parametrize(
    "said", ["", "{", "[]", "null", '{"updated": 3, "kept": [1], "full": "yes"}', "[" * 99_999]
)
def test_a_report_that_cannot_be_read_says_nothing(said, monkeypatch):
    """The variable may be anybody's."""
    monkeypatch.setenv(VARIABLE, said)
    assert StartReport.from_environment() == StartReport()


def test_a_report_reaches_the_kernel_as_it_was_made(monkeypatch):
    """Through the environment."""
    report = StartReport(["a"], {"b": "c"}, {"d": "e"}, ["f"], full=True)
    monkeypatch.setenv(VARIABLE, report.environment({})[VARIABLE])
    assert StartReport.from_environment() == report
