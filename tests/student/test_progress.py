"""A student's answers stay, all of them, and are found again."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from course_lib.errors import ProgressError
from course_lib.student.progress import Progress


@pytest.fixture
def progress(tmp_path):
    """A student's progress in a folder of its own."""
    return Progress(tmp_path / "my_work" / "progress.sqlite")


def test_nothing_is_written_before_the_first_answer(progress):
    """Opening a lesson leaves no file behind."""
    assert progress.test_uid("test:before") is None
    assert progress.last("a") is None
    assert progress.answers() == {}
    assert progress.count("a", "hint") == 0
    assert not progress.path.exists()


def test_an_answer_comes_back_as_it_was_given(progress):
    """Whatever JSON can hold is found again, also by another object on the same file."""
    progress.record("a", "v1", "answer", [0, None, 2], score=0.5, state="not_yet")
    event = Progress(progress.path).last("a")
    assert (event.answer, event.score, event.state, event.attempt) == ([0, None, 2], 0.5, "not_yet", 1)


@pytest.mark.parametrize("score", [5.0, -0.1, float("nan"), float("inf")])
def test_a_score_outside_0_to_1_is_refused(progress, score):
    """What was given and what is allowed is said, and nothing is written."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - compared word for word
        progress.record("a", "v1", "answer", 1, score=score)
    assert str(caught.value) == f"score is {score}; it is a number from 0 to 1, or None where there is none"
    assert not progress.path.exists()


@pytest.mark.parametrize(
    ("answer", "kind"), [(object(), "object"), ({1, 2}, "set"), ([b"0"], "list"), (float("nan"), "float")]
)
def test_an_answer_that_json_cannot_hold_is_refused(progress, answer, kind):
    """What was given and what is allowed is said, and nothing is written."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - compared word for word
        progress.record("a", "v1", "draft", answer)
    assert str(caught.value) == (
        f"answer is of type {kind}, and it or a part of it is nothing that JSON can hold; "
        "it is None, True, False, a text, a finite number, or a list or dict of these"
    )
    assert not progress.path.exists()


@pytest.mark.parametrize("score", [0, 0.5, 1, None])
def test_every_score_from_0_to_1_is_kept(progress, score):
    """Both ends belong to it."""
    progress.record("a", "v1", "answer", 1, score=score)
    assert progress.last("a").score == score


def test_attempts_are_counted_and_the_first_is_kept(progress):
    """Every answer is a new event; drafts and hints are no attempts."""
    progress.record("a", "v1", "draft", 1)
    assert progress.record("a", "v1", "answer", 1) == 1
    progress.record("a", "v1", "hint")
    assert progress.record("a", "v1", "answer", 2) == 2
    assert [event.answer for event in progress.events() if event.kind == "answer"] == [1, 2]


def test_a_draft_after_an_answer_is_the_newest_but_not_the_checked_one(progress):
    """A student who changes an answer without checking it keeps both."""
    progress.record("a", "v1", "answer", 1)
    progress.record("a", "v1", "draft", 2)
    assert progress.last("a").answer == 2
    assert progress.last_answer("a").answer == 1
    assert progress.answers()["a"].answer == 1


def test_a_test_begins_once(progress):
    """Looking for its beginning writes nothing; whoever begins it again is given the same one."""
    progress.record("a", "v1", "draft", 1)
    assert progress.test_uid("test:before") is None
    with ThreadPoolExecutor(8) as pool:
        uids = set(pool.map(lambda _: Progress(progress.path).begin_test("test:before"), range(16)))
    assert uids == {progress.test_uid("test:before")}
    assert [event.kind for event in progress.events()] == ["draft", "start"]
    assert progress.events()[1].uid in uids


def test_reading_changes_no_byte_and_needs_no_right_to_write(progress, monkeypatch):
    """Every reading opens the file for reading only."""
    progress.record("a", "v1", "answer", 1)
    opened, connect = [], sqlite3.connect

    def watched(database, **how):
        opened.append(connect(database, **how))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", watched)
    before = progress.path.read_bytes()
    progress.export()
    assert progress.events() == [progress.last("a")]
    assert progress.count("a", "hint") == 0
    assert progress.test_uid("a") is None
    assert progress.path.read_bytes() == before
    assert len(opened) == 5
    monkeypatch.undo()
    with contextlib.closing(progress._connect_to_read()) as db, pytest.raises(sqlite3.OperationalError):
        db.execute("CREATE TABLE more (a)")


@pytest.mark.parametrize("name", ["with blank", "50 % & more?", "Übung #1", "a;b='c'"])
def test_a_store_is_read_whatever_its_folder_is_called(tmp_path, name):
    """Signs that mean something in an address mean nothing here."""
    progress = Progress(tmp_path / name / "progress.sqlite")
    progress.record("a", "v1", "answer", 1)
    assert progress.last("a").answer == 1


def test_a_write_that_was_cut_off_is_undone_by_whoever_reads_next(progress):
    """A kernel that is killed in the middle of writing leaves half a change and the way back beside it."""
    progress.record("a", "v1", "answer", 1)
    program = (
        "import os, signal, sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "db.execute('PRAGMA cache_size = 1'); db.execute('BEGIN IMMEDIATE'); "
        "many = \"INSERT INTO events VALUES (NULL, ?, 'x', 'b', 'v', 'answer', ?, NULL, NULL, 1, NULL)\"; "
        "db.executemany(many, ((str(n), 'x' * 2000) for n in range(200))); "
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(progress.path)], check=False)
    assert done.returncode != 0
    assert progress.path.with_name("progress.sqlite-journal").stat().st_size
    assert [event.item for event in progress.events()] == ["a"]


def test_hints_are_counted(progress):
    """How many hints were taken is known."""
    progress.record("a", "v1", "hint")
    progress.record("a", "v1", "hint")
    assert progress.count("a", "hint") == 2


@pytest.mark.parametrize("change", ["DELETE FROM events", "UPDATE events SET score = 1"])
def test_events_can_be_neither_removed_nor_changed(progress, change):
    """The file itself refuses to forget."""
    progress.record("a", "v1", "answer", 1, score=0.0)
    with sqlite3.connect(progress.path) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(change)
    db.close()
    assert progress.last("a").score == 0.0


def test_two_notebooks_may_write_at_once(progress):
    """Eighty answers from eight writers are all there, each with an attempt number of its own."""
    with ThreadPoolExecutor(8) as pool:
        attempts = list(pool.map(lambda n: Progress(progress.path).record("a", "v1", "answer", n), range(80)))
    assert sorted(attempts) == list(range(1, 81))


def test_an_answer_survives_the_killing_of_its_process(progress):
    """What was recorded is on disk before `record` returns."""
    program = (
        "import os, signal, pathlib, sys; from course_lib.student.progress import Progress; "
        "Progress(pathlib.Path(sys.argv[1])).record('a', 'v1', 'draft', 'half'); "
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(progress.path)], check=False)
    assert done.returncode != 0
    assert progress.last("a").answer == "half"


@pytest.mark.parametrize(
    ("field", "value"), [("answer", "{not JSON"), ("answer", "[" * 100_000), ("attempt", "often")]
)
def test_an_entry_that_was_changed_by_hand_is_a_damaged_file(progress, field, value):
    """Whatever reads it gets the sentence, and the file stays."""
    progress.record("01-a", "v1", "answer", 1)
    with contextlib.closing(sqlite3.connect(progress.path, isolation_level=None)) as db:
        for (guard,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {guard}")
        db.execute(f"UPDATE events SET {field} = ?", (value,))
    for read in (progress.events, progress.export, lambda: progress.last("01-a"), progress.answers):
        with pytest.raises(ProgressError, match="progress.sqlite is damaged or is not a progress file"):
            read()
    assert progress.path.is_file()


def test_a_damaged_file_is_named_and_left_alone(progress):
    """A file that is no database is not overwritten."""
    progress.path.parent.mkdir()
    progress.path.write_bytes(b"this is not a database, whatever its name says" * 40)
    before = progress.path.read_bytes()
    with pytest.raises(ProgressError) as caught:
        progress.record("a", "v1", "answer", 1)
    assert str(caught.value) == (
        "my_work/progress.sqlite is damaged or is not a progress file (file is not a database). "
        "It was left as it is. Rename it to start a new one, and keep the old one for your instructor."
    )
    assert progress.path.read_bytes() == before


def test_a_file_of_a_newer_course_is_left_alone(progress):
    """An older course does not write into what it cannot read."""
    progress.path.parent.mkdir()
    db = sqlite3.connect(progress.path)
    db.execute("PRAGMA user_version = 9")
    db.close()
    with pytest.raises(ProgressError) as caught:
        progress.answers()
    assert str(caught.value) == (
        "my_work/progress.sqlite was written by a newer version of the course (form 9; this one reads 1). "
        "It was left as it is. Update the course, then try again."
    )


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    """Where there is no place to write, the student hears it."""
    (tmp_path / "my_work").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(ProgressError) as caught:
        Progress(tmp_path / "my_work" / "progress.sqlite").record("a", "v1", "answer", 1)
    assert str(caught.value) == (
        "my_work/progress.sqlite cannot be written here: the folder or the file is read-only. "
        "Move the course to a folder of your own and answer again."
    )


def test_a_full_disk_is_said(progress, monkeypatch):
    """When nothing more fits, the student hears that the disk is full."""
    progress.record("a", "v1", "answer", 1)
    real = sqlite3.connect

    def small(*args, **kwargs):
        db = real(*args, **kwargs)
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
        return db

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(ProgressError) as caught:
        progress.record("a", "v1", "answer", "x" * 20_000)
    assert str(caught.value) == (
        "The disk is full, so my_work/progress.sqlite could not be written. Free some space and answer again."
    )


def test_an_unknown_kind_of_event_is_refused(progress):
    """A slip in the code is caught before it is stored for good."""
    with pytest.raises(ValueError, match="kind is 'anwser'; it is one of draft, answer, hint"):
        progress.record("a", "v1", "anwser", 1)


def test_work_comes_back_on_another_machine_and_nothing_is_doubled(progress, tmp_path):
    """All events arrive once, also when the file is restored twice or both sides went on."""
    progress.record("a", "v1", "answer", 1, score=0.0, state="not_yet", sure=2)
    progress.record("a", "v1", "hint")
    other = Progress(tmp_path / "other" / "progress.sqlite")
    assert other.restore(progress.export()) == 2
    assert other.restore(progress.export()) == 0
    assert other.events() == progress.events()
    newer = progress.record("a", "v1", "answer", 2, score=1.0, state="right")
    other.record("b", "v1", "answer", 3)
    assert other.restore(progress.export()) == 1
    assert newer == 2
    assert (other.last("a").answer, other.last("b").answer) == (2, 3)


def test_what_is_restored_later_does_not_hide_a_newer_answer(progress, tmp_path):
    """The newest answer is the one given last, whatever order it arrived in."""
    old = Progress(tmp_path / "old" / "progress.sqlite")
    old.record("a", "v1", "answer", "first")
    progress.record("a", "v1", "answer", "second")
    progress.restore(old.export())
    assert progress.last("a").answer == "second"
    assert progress.answers()["a"].answer == "second"


_READABLE = '{"format": "reading-with-evidence work", "form": 1, "events": '


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is damaged or is no file of your work: it cannot be read."),
        ("\x00\x01", "The file is damaged or is no file of your work: it cannot be read."),
        ("[" * 100_000, "The file is damaged or is no file of your work: it cannot be read."),
        (
            '{"events": []}',
            "The file was not made by this course's Download button. Choose the one that was.",
        ),
        ("[]", "The file was not made by this course's Download button. Choose the one that was."),
        (
            '{"format": "reading-with-evidence work", "form": 9}',
            "The file has form 9; this version of the course reads 1. Update the course, then try again.",
        ),
        (_READABLE + '[{"uid": "a"}]}', "The file is damaged: at least one answer in it is not complete."),
        (_READABLE + "7}", "The file is damaged: at least one answer in it is not complete."),
        (
            "a" * 50_000_001,
            "The file has 50 million characters; a file of your work has at most 50.",
        ),
    ],
    ids=["empty", "bytes", "nested", "foreign", "list", "newer", "half", "no-list", "long"],
)
def test_a_damaged_or_foreign_file_changes_nothing(progress, text, sentence):
    """One sentence, and the answers are as they were."""
    progress.record("a", "v1", "answer", 1)
    before = progress.events()
    with pytest.raises(ProgressError) as caught:
        progress.restore(text)
    assert str(caught.value) == f"{sentence} Nothing was changed."
    assert progress.events() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "grade"),
        ("at", "soon"),
        ("uid", "'; DROP"),
        ("attempt", -1),
        ("attempt", "1"),
        ("score", "x"),
    ],
)
def test_an_event_that_cannot_be_is_refused_with_its_file(progress, field, value):
    """One bad entry and none is taken."""
    progress.record("a", "v1", "answer", 1)
    saved = json.loads(progress.export())
    saved["events"].append({**saved["events"][0], "uid": "b" * 32, field: value})
    with pytest.raises(ProgressError, match="at least one answer in it is not complete"):
        progress.restore(json.dumps(saved))
    assert len(progress.events()) == 1
