"""Copying the lessons to a student's folder, and bringing them up to date, whatever stops it halfway."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import lesson_folders as folders
import pytest

from course_lib import files, paths
from course_lib.setup import editions, lesson_copies
from course_lib.setup.lesson_copies import RECORD, copy_lessons
from course_lib.setup.start_report import StartReport

NAMES = [f"{stem}.ipynb" for stem in folders.STEMS]


@pytest.fixture
def master(tmp_path, monkeypatch):
    """The course's own lessons, in their first edition."""
    folder = tmp_path / "master"
    folders.publish(folder, 1)
    monkeypatch.setattr(paths, "LESSONS", folder)
    return folder


@pytest.fixture
def mine(master, tmp_path):
    """A student's folder after a first start, with files of their own."""
    root = tmp_path / "mine"
    assert copy_lessons(root) == StartReport()
    for name, content in folders.OWN.items():
        (root / "lessons" / name).write_bytes(content)
    return root


def contents(root):
    """Every file below a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def notebooks(root):
    """The notebooks of a folder that are not the student's own."""
    return sorted(path.name for path in (root / "lessons").iterdir() if path.name not in folders.OWN)


def test_lessons_are_copied_without_the_keys(mine, master):
    """The notebooks of the list come along; the question banks and what is not in the list stay behind."""
    assert notebooks(mine) == sorted(NAMES)
    for name in NAMES:
        copied, shipped = folders.read(mine / "lessons" / name), folders.read(master / name)
        assert copied["cells"] == shipped["cells"]


def test_a_start_that_finds_everything_writes_nothing(mine):
    """Not even the times of files change."""
    before = {path: path.stat().st_mtime_ns for path in mine.rglob("*")}
    assert copy_lessons(mine) == StartReport()
    assert {path: path.stat().st_mtime_ns for path in mine.rglob("*")} == before


def test_a_lesson_that_was_only_run_gets_the_new_edition(mine, master):
    """Outputs, counts, metadata, ids, an empty last cell and the form of the file are no change."""
    for name in NAMES:
        folders.run_and_save(mine / "lessons" / name)
    run = contents(mine)
    assert copy_lessons(mine) == StartReport()
    assert contents(mine) == run, "without a new edition the results stay"
    folders.publish(master, 2)
    assert copy_lessons(mine) == StartReport(updated=NAMES)
    for name in NAMES:
        assert folders.sources(mine / "lessons" / name) == folders.sources(master / name)
    assert copy_lessons(mine) == StartReport()
    assert {name: contents(mine)[f"lessons/{name}"] for name in folders.OWN} == folders.OWN


def test_an_edition_may_differ_in_metadata_only(mine, master):
    """Then what JupyterLab is told of a cell comes along, and nobody needs to hear of it."""
    folders.run_and_save(mine / "lessons" / "01_a.ipynb")
    book = folders.read(master / "01_a.ipynb")
    book["cells"][1]["metadata"] = {"jupyter": {"source_hidden": True}}
    folders.write(master / "01_a.ipynb", book)
    assert copy_lessons(mine) == StartReport()
    assert folders.read(mine / "lessons" / "01_a.ipynb")["cells"] == book["cells"]


def _edit(book):
    book["cells"][1]["source"] = "1 + 3\n2 + 2"


def _add(book):
    book["cells"].append({"cell_type": "markdown", "id": "n", "metadata": {}, "source": "A note."})


def _remove(book):
    del book["cells"][1]


def _reorder(book):
    book["cells"].reverse()


def _retype(book):
    book["cells"][1]["cell_type"] = "raw"


@pytest.mark.parametrize("change", [_edit, _add, _remove, _reorder, _retype])
def test_a_changed_lesson_is_kept_and_the_new_edition_lies_beside(change, mine, master):
    """It is said at every start while the lesson is behind; a new edition taken away does not come back."""
    lesson, beside = mine / "lessons" / "01_a.ipynb", mine / "lessons" / "01_a (new edition).ipynb"
    book = folders.read(lesson)
    change(book)
    folders.write(lesson, book)
    changed = lesson.read_bytes()
    assert copy_lessons(mine) == StartReport(), "there is no newer edition"
    folders.publish(master, 2)
    others = [name for name in NAMES if name != lesson.name]
    told = {lesson.name: beside.name}
    assert copy_lessons(mine) == StartReport(updated=others, kept=told)
    assert copy_lessons(mine) == StartReport(kept=told)
    assert lesson.read_bytes() == changed
    assert folders.sources(beside) == folders.sources(master / lesson.name)
    folders.run_and_save(beside)
    folders.publish(master, 3)
    assert copy_lessons(mine) == StartReport(updated=others, kept=told), "one that was only run is brought on"
    assert folders.sources(beside) == folders.sources(master / lesson.name)
    beside.unlink()
    assert copy_lessons(mine) == StartReport()
    assert notebooks(mine) == sorted(NAMES)
    folders.publish(master, 4)
    assert copy_lessons(mine).kept == told
    assert lesson.read_bytes() == changed


def test_a_new_edition_that_was_changed_is_kept_too(mine, master):
    """The next one gets a number."""
    lessons = mine / "lessons"
    folders.add_note(lessons / "01_a.ipynb")
    folders.publish(master, 2)
    copy_lessons(mine)
    beside = lessons / "01_a (new edition).ipynb"
    folders.add_note(beside, "Another note.")
    own = beside.read_bytes()
    assert copy_lessons(mine).kept == {"01_a.ipynb": "01_a (new edition).ipynb"}
    folders.publish(master, 3)
    assert copy_lessons(mine).kept == {"01_a.ipynb": "01_a (new edition 2).ipynb"}
    assert beside.read_bytes() == own


def test_a_new_edition_that_takes_the_lesson_s_name_is_the_lesson(mine, master):
    """A student may put it there once they have taken their notes over."""
    lessons = mine / "lessons"
    folders.add_note(lessons / "01_a.ipynb")
    folders.publish(master, 2)
    copy_lessons(mine)
    (lessons / "01_a (new edition).ipynb").replace(lessons / "01_a.ipynb")
    assert copy_lessons(mine) == StartReport()
    folders.publish(master, 3)
    assert copy_lessons(mine) == StartReport(updated=NAMES)


@pytest.mark.parametrize(
    "stump", [b"", b" \n", b"\0" * 700, "start", "start of the course's file", "zeros at the end"]
)
def test_a_copy_that_broke_off_is_made_whole(stump, mine, master):
    """It is nobody's own, so nothing of it is kept."""
    lesson = mine / "lessons" / "01_a.ipynb"
    whole = lesson.read_bytes()
    if isinstance(stump, str):
        source = (master / lesson.name).read_bytes() if "course" in stump else whole
        stump = source[:300] + b"\0" * 100 * ("zeros" in stump)
    lesson.write_bytes(stump)
    assert copy_lessons(mine) == StartReport()
    assert lesson.read_bytes() == whole
    assert notebooks(mine) == sorted(NAMES)


@pytest.mark.parametrize(
    "content", [b"my notes", b"[]", b'{"cells": 3}', b"\xff\xfe", b'{"cells": [{"source": "mi', b"[" * 99_999]
)
def test_what_is_no_notebook_is_kept_under_another_name(content, mine):
    """It may be a student's, and it must not keep them out of the lesson."""
    lesson, aside = mine / "lessons" / "01_a.ipynb", mine / "lessons" / "01_a (damaged).ipynb"
    whole = lesson.read_bytes()
    lesson.write_bytes(content)
    assert copy_lessons(mine) == StartReport(set_aside={lesson.name: aside.name})
    assert (lesson.read_bytes(), aside.read_bytes()) == (whole, content)
    assert copy_lessons(mine) == StartReport()
    lesson.write_bytes(b"more notes")
    assert copy_lessons(mine).set_aside == {lesson.name: "01_a (damaged 2).ipynb"}
    assert aside.read_bytes() == content


def _directory(record):
    record.mkdir()


def _unreadable(record):
    record.write_text("{}", encoding="utf-8")
    record.chmod(0)


def _pipe(record):
    os.mkfifo(record)


RECORDS = {
    "empty": b"",
    "cut short": b'{"beside": {"01_a',
    "of another program": b'{"version": 3, "beside": [1], "index.ipynb": {"a": 1}}',
    "a list": b"[1, 2]",
    "no text": b"\xff\xff\x00",
    "deep": b"[" * 99_999,
    "a folder": _directory,
    "unreadable": _unreadable,
    "a pipe": _pipe,
}


@pytest.mark.parametrize("what", RECORDS)
def test_a_record_that_cannot_be_read_harms_nothing(what, mine, master):
    """What was only run is brought up to date, what was changed is kept; nothing else is called changed."""
    for name in NAMES:
        folders.run_and_save(mine / "lessons" / name)
    changed = mine / "lessons" / "02_b.ipynb"
    folders.add_note(changed)
    own = changed.read_bytes()
    record = mine / RECORD
    made = RECORDS[what]
    made(record) if callable(made) else record.write_bytes(made)
    folders.publish(master, 2)
    others = [name for name in NAMES if name != changed.name]
    told = {changed.name: "02_b (new edition).ipynb"}
    assert copy_lessons(mine) == StartReport(updated=others, kept=told)
    assert changed.read_bytes() == own
    assert copy_lessons(mine) == StartReport(kept=told)


def test_copies_of_earlier_versions_of_the_course_are_known(master, tmp_path, monkeypatch):
    """They do not say which edition they are: the record does of those not run, a list of others."""
    lessons = tmp_path / "mine" / "lessons"
    lessons.mkdir(parents=True)
    for name in NAMES:
        (lessons / name).write_bytes((master / name).read_bytes())
    record = {name: lesson_copies._checksum((master / name).read_bytes()) for name in NAMES}
    (tmp_path / "mine" / RECORD).write_text(json.dumps(record), encoding="utf-8")
    folders.run_and_save(lessons / "01_a.ipynb")
    folders.add_note(lessons / "02_b.ipynb")
    sign = editions.read_copy((lessons / "01_a.ipynb").read_bytes()).cells
    monkeypatch.setattr(editions, "_former_editions", lambda: {"01_a.ipynb": [sign]})
    folders.publish(master, 2)
    others = [name for name in NAMES if name != "02_b.ipynb"]
    told = {"02_b.ipynb": "02_b (new edition).ipynb"}
    assert copy_lessons(tmp_path / "mine") == StartReport(updated=others, kept=told)


def test_a_changed_copy_of_an_earlier_version_is_behind_only_if_the_lesson_changed(master, tmp_path):
    """The record of that version says what it was copied from."""
    lessons = tmp_path / "mine" / "lessons"
    lessons.mkdir(parents=True)
    for name in NAMES:
        (lessons / name).write_bytes((master / name).read_bytes())
    record = {name: lesson_copies._checksum((master / name).read_bytes()) for name in NAMES}
    (tmp_path / "mine" / RECORD).write_text(json.dumps(record), encoding="utf-8")
    folders.add_note(lessons / "02_b.ipynb")
    assert copy_lessons(tmp_path / "mine") == StartReport()
    assert copy_lessons(tmp_path / "mine") == StartReport()


def test_every_lesson_of_the_course_is_in_the_list_of_former_editions_or_newer():
    """The list holds signs that the course's lessons could have: for each lesson at least one."""
    assert set(editions._former_editions()) >= {"index.ipynb", "01_reading_the_article.ipynb"}
    signs = [sign for lesson in editions._former_editions().values() for sign in lesson]
    assert len(signs) > 50
    assert all(len(sign) == 16 and int(sign, 16) >= 0 for sign in signs)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be forked here")
def test_a_start_killed_at_any_step_keeps_nobody_out_and_loses_nothing(tmp_path):
    """At every file: before it is opened, half written, before it is moved, before what it replaces is."""
    tests = paths.CHECKOUT / "tests"
    done = subprocess.run(
        [sys.executable, tests / "killed_starts.py", tmp_path / "work"],
        env={**os.environ, "PYTHONPATH": f"{paths.CHECKOUT}{os.pathsep}{tests}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert sum(scene["kills"] for scene in counts.values()) >= 200
    assert {scene: (told["kept out"], told["lost"]) for scene, told in counts.items()} == dict.fromkeys(
        ("first", "only_run", "changed", "broken"), (0, 0)
    )


def test_a_disk_that_takes_no_more_is_told_and_leaves_no_stump(master, tmp_path):
    """With a limit on the size of files, as the system knows it: the longer lesson does not fit."""
    resource = pytest.importorskip("resource", reason="sizes of files cannot be limited here")
    book = folders.notebook("# long", "x" * 9_000)
    folders.write(master / "01_a.ipynb", book)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, limits[1]))
    try:
        report = copy_lessons(tmp_path / "mine")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert report == StartReport(unwritten=["01_a.ipynb"], full=True)
    assert notebooks(tmp_path / "mine") == sorted(set(NAMES) - {"01_a.ipynb"})
    assert copy_lessons(tmp_path / "mine") == StartReport()
    assert notebooks(tmp_path / "mine") == sorted(NAMES)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("moment", ["open", "fsync", "replace", "mkdir"])
def test_a_full_disk_at_any_moment_loses_nothing(moment, number, mine, master, monkeypatch):
    """Every lesson is as it was, and the next start with space brings the new edition."""
    folders.add_note(mine / "lessons" / "01_a.ipynb")
    before = contents(mine)
    folders.publish(master, 2)

    def full(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        if moment == "open":
            patch.setattr(Path, "write_bytes", full)
            patch.setattr(files, "open", full, raising=False)
        elif moment == "mkdir":
            patch.setattr(Path, "mkdir", full)
        else:
            patch.setattr(os, moment, full)
            patch.setattr(os, "link", full)
        report = copy_lessons(mine)
    assert report == StartReport(unwritten=NAMES, full=True)
    assert contents(mine) == before
    assert copy_lessons(mine).kept == {"01_a.ipynb": "01_a (new edition).ipynb"}


def test_a_lesson_that_is_held_open_elsewhere_is_left(mine, master, monkeypatch):
    """As Windows does it: what a program has open cannot be replaced. The others are brought up to date."""
    folders.publish(master, 2)
    old = (mine / "lessons" / "01_a.ipynb").read_bytes()
    replace = os.replace

    def refuse(source, target):
        if Path(target).name == "01_a.ipynb":
            raise PermissionError(errno.EACCES, "in use", str(target))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        report = copy_lessons(mine)
    assert report == StartReport(updated=[n for n in NAMES if n != "01_a.ipynb"], unwritten=["01_a.ipynb"])
    assert (mine / "lessons" / "01_a.ipynb").read_bytes() == old
    assert notebooks(mine) == sorted(NAMES)
    assert copy_lessons(mine) == StartReport(updated=["01_a.ipynb"])


def test_a_lesson_saved_while_it_was_looked_at_is_left(mine, master, monkeypatch):
    """A notebook that saves itself at this very moment, or another start, was faster."""
    folders.publish(master, 2)
    lesson = mine / "lessons" / "01_a.ipynb"
    look = lesson_copies.read_copy

    def save_meanwhile(content):
        if content == lesson.read_bytes():
            folders.add_note(lesson)
        return look(content)

    monkeypatch.setattr(lesson_copies, "read_copy", save_meanwhile)
    assert copy_lessons(mine) == StartReport(updated=[name for name in NAMES if name != "01_a.ipynb"])
    assert "My note." in folders.sources(lesson)


def test_two_starts_at_once_agree(master, tmp_path, monkeypatch):
    """The second does all its work between any two steps of the first."""
    root = tmp_path / "mine"
    link, replace, inside = os.link, os.replace, []

    def other_first(step):
        def run(*arguments):
            if not inside:
                inside.append(step)
                copy_lessons(root)
                inside.clear()
            return step(*arguments)

        return run

    monkeypatch.setattr(os, "link", other_first(link))
    monkeypatch.setattr(os, "replace", other_first(replace))
    assert copy_lessons(root) == StartReport()
    assert notebooks(root) == sorted(NAMES)
    (root / "lessons" / "01_a.ipynb").write_bytes(b"mine, but damaged")
    folders.publish(master, 2)
    copy_lessons(root)
    aside = [path.read_bytes() for path in (root / "lessons").glob("*damaged*")]
    assert b"mine, but damaged" in aside
    assert copy_lessons(root) == StartReport()
    for name in NAMES:
        assert folders.sources(root / "lessons" / name) == folders.sources(master / name)


def test_what_a_killed_start_left_is_cleared_away_after_an_hour(mine):
    """Not before: another start may be writing it. A clock that was set back only makes it later."""
    old, young, coming = (mine / "lessons" / f".{sign * 32}.ipynb" for sign in "abc")
    for path, time in ((old, 1), (young, None), (coming, 4e9)):
        path.write_text("{", encoding="utf-8")
        if time:
            os.utime(path, (time, time))
    copy_lessons(mine)
    assert [path.exists() for path in (old, young, coming)] == [False, True, True]


def test_links_and_other_things_in_a_lesson_s_place_are_left(mine, master, tmp_path):
    """A link is somebody's purpose; what cannot be a lesson is told."""
    lessons = mine / "lessons"
    elsewhere = tmp_path / "elsewhere.ipynb"
    (lessons / "01_a.ipynb").replace(elsewhere)
    (lessons / "01_a.ipynb").symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    (lessons / "02_b.ipynb").unlink()
    (lessons / "02_b.ipynb").symlink_to(tmp_path / "gone")
    (lessons / "03_c.ipynb").unlink()
    (lessons / "03_c.ipynb").mkdir()
    (lessons / "04_d.ipynb").unlink()
    (lessons / "04_d.ipynb").symlink_to("04_d.ipynb")
    folders.publish(master, 2)
    report = copy_lessons(mine)
    assert report.unwritten == ["02_b.ipynb", "03_c.ipynb", "04_d.ipynb"]
    assert not report.full
    assert elsewhere.read_bytes() == before
    assert (lessons / "01_a.ipynb").is_symlink()
    assert not (tmp_path / "gone").exists()


def test_lessons_may_lie_behind_a_link_to_a_folder(master, tmp_path):
    """On another disk, for example; but the course's own lessons are never written through one."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "disk").mkdir()
    (tmp_path / "mine" / "lessons").symlink_to(tmp_path / "disk")
    assert copy_lessons(tmp_path / "mine") == StartReport()
    assert (tmp_path / "disk" / "index.ipynb").is_file()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "lessons").symlink_to(master)
    before = contents(master)
    assert copy_lessons(tmp_path / "other") == StartReport()
    assert contents(master) == before


def test_a_folder_with_lessons_and_data_of_its_own_is_left_alone(master, tmp_path):
    """Such as another checkout, or what was fetched from a teacher's repository."""
    root = tmp_path / "own"
    folders.publish(root / "lessons", 7)
    (root / "data").mkdir()
    (root / "data" / "datapackage.json").write_text("{}", encoding="utf-8")
    before = contents(root)
    assert copy_lessons(root) == StartReport()
    assert contents(root) == before


def test_a_file_where_the_folder_belongs_is_told(master, tmp_path):
    """It stays as it is."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "lessons").write_text("my list of lessons", encoding="utf-8")
    assert copy_lessons(tmp_path / "mine") == StartReport(unwritten=NAMES)
    assert (tmp_path / "mine" / "lessons").read_text(encoding="utf-8") == "my list of lessons"


def test_a_folder_from_another_machine_needs_no_record(mine, master, tmp_path):
    """Only the notebooks came along: what was only run is brought up to date, what was changed is kept."""
    other = tmp_path / "other" / "lessons"
    other.mkdir(parents=True)
    folders.add_note(mine / "lessons" / "01_a.ipynb")
    for name in NAMES:
        (other / name).write_bytes((mine / "lessons" / name).read_bytes())
    folders.publish(master, 2)
    told = {"01_a.ipynb": "01_a (new edition).ipynb"}
    others = [name for name in NAMES if name != "01_a.ipynb"]
    assert copy_lessons(other.parent) == StartReport(updated=others, kept=told)
