"""Files are written whole or not at all, and one that is made anew replaces none."""

import errno
import os

import pytest

from course_lib import files


def entries(folder):
    """What a folder holds, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_is_replaced_whole_or_stays(tmp_path):
    """After an error the earlier one is there, and nothing beside it."""
    path = tmp_path / "answers.txt"
    files.write_whole(path, "first\n")

    def write_half():
        with files.replacing(path) as unfinished:
            unfinished.write_text("second", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert entries(tmp_path) == {"answers.txt": b"first\n"}
    files.write_whole(path, b"third")
    assert entries(tmp_path) == {"answers.txt": b"third"}


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def file_system(request, monkeypatch):
    """File systems on which a file may have two names, and such on which it may not."""
    if not request.param:

        def refuse(_source, _target):
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("file_system")
def test_a_new_file_replaces_none(tmp_path):
    """What has its name already stays, be it a file, a folder or a link that leads nowhere."""
    files.create_whole(tmp_path / "new", "text\n")
    assert entries(tmp_path) == {"new": b"text\n"}
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    for name in ("new", "folder", "link"):
        with pytest.raises(FileExistsError):
            files.create_whole(tmp_path / name, "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "link", "new"]
    assert (tmp_path / "new").read_bytes() == b"text\n"


@pytest.mark.usefixtures("file_system")
def test_a_new_file_may_be_for_its_owner_only(tmp_path):
    """Its rights are those of any other file unless that is asked for."""
    files.create_whole(tmp_path / "open", "text")
    files.create_whole(tmp_path / "own", "text", private=True)
    (tmp_path / "other").write_text("text", encoding="utf-8")
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes["own"] == 0o600
    assert modes["open"] == modes["other"]


@pytest.mark.usefixtures("file_system")
def test_nothing_is_left_of_a_new_file_that_cannot_be_written(tmp_path, monkeypatch):
    """Neither its name nor what was written beside it."""

    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        files.create_whole(tmp_path / "new", "text")
    assert entries(tmp_path) == {}
