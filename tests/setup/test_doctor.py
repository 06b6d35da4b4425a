"""What the examination says."""

import sys

import pytest

from course_lib.setup import doctor


def test_the_examination_names_what_the_course_needs():
    """Python, environment, kernel, front end, place for answers, disk and browser each have a line."""
    lines = []
    doctor.examine_machine(lines.append)
    text = "\n".join(lines)
    for words in (
        "Python 3.",
        "the environment",
        "a kernel starts",
        "front end",
        "answers",
        "of disk",
        "Chromium",
    ):
        assert words in text
    assert all(line.startswith(("ok ", "missing ", "note ", "Reading with Evidence")) for line in lines)


def test_a_folder_that_cannot_be_written_is_missing(tmp_path, monkeypatch):
    """The result is then that something is missing."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "file" / "home"))
    lines = []
    assert doctor.examine_machine(lines.append) is False
    assert any(line.startswith("missing  your answers can be written") for line in lines)


def test_the_browser_is_the_one_asked_for(tmp_path, monkeypatch):
    """A setting decides, and one that leads nowhere finds nothing."""
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert str(doctor.find_chromium()) == sys.executable
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    assert doctor.find_chromium() is None


@pytest.mark.parametrize("path", ["my_work"])
def test_the_home_folder_is_not_named(path, tmp_path, monkeypatch):
    """The name of a home folder is often a person's name."""
    monkeypatch.setattr(doctor.Path, "home", lambda: tmp_path)
    assert doctor._short(tmp_path / path) == f"~/{path}"
