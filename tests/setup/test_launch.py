"""Copying the lessons to a student's folder."""

import pytest

from course_lib import paths
from course_lib.errors import SetupError
from course_lib.setup import launch


@pytest.fixture
def master(tmp_path, monkeypatch):
    """The course's own lessons, which a newer version may change."""
    folder = tmp_path / "master"
    (folder / "items").mkdir(parents=True)
    (folder / "index.ipynb").write_text("home 1", encoding="utf-8")
    (folder / "01_a.ipynb").write_text("lesson 1", encoding="utf-8")
    (folder / "items" / "01_a.toml").write_text("the key", encoding="utf-8")
    (folder / "02_b.ipynb").write_text("a lesson that was left out", encoding="utf-8")
    (folder / "course.toml").write_text('lessons = ["01_a"]', encoding="utf-8")
    monkeypatch.setattr(paths, "LESSONS", folder)
    return folder


def test_lessons_are_copied_without_the_keys(master, tmp_path):
    """The notebooks come along, the question banks stay behind."""
    assert launch.student_folder(tmp_path / "mine") == tmp_path / "mine"
    copied = sorted(path.name for path in (tmp_path / "mine").rglob("*"))
    assert copied == [".course.json", "01_a.ipynb", "index.ipynb", "lessons"]


def test_a_newer_lesson_replaces_an_unchanged_one_only(master, tmp_path, capsys):
    """What the student changed is kept, and said; the rest is brought up to date."""
    mine = tmp_path / "mine"
    launch.student_folder(mine)
    (mine / "lessons" / "01_a.ipynb").write_text("my notes", encoding="utf-8")
    (master / "01_a.ipynb").write_text("lesson 2", encoding="utf-8")
    (master / "index.ipynb").write_text("home 2", encoding="utf-8")
    launch.student_folder(mine)
    assert (mine / "lessons" / "01_a.ipynb").read_text(encoding="utf-8") == "my notes"
    assert (mine / "lessons" / "index.ipynb").read_text(encoding="utf-8") == "home 2"
    assert capsys.readouterr().out == "Kept as you changed them, although there is a newer form: 01_a.ipynb\n"


def test_in_a_checkout_the_student_works_in_the_checkout():
    """Without a folder given there is nothing to copy."""
    assert launch.student_folder() == paths.CHECKOUT


def test_a_folder_that_cannot_be_made_is_said(master, tmp_path):
    """The sentence names the folder and the option."""
    (tmp_path / "mine").write_text("a file", encoding="utf-8")
    with pytest.raises(SetupError) as caught:
        launch.student_folder(tmp_path / "mine")
    assert str(caught.value) == (
        f"The folder {tmp_path / 'mine'} cannot be written to. Choose another with --lab-dir."
    )
