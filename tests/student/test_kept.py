"""Work that was saved earlier is read for good: a store and a hand-in kept from the first form of 0.1.0.

Their questions had versions of another kind, so that every answer counts as one to an earlier wording.
"""

import json
import shutil

import msgspec
import pytest

from course_lib import items, paths
from course_lib.curriculum import course
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.submissions import reading
from course_lib.messages import say
from course_lib.student.progress import Progress
from course_lib.widgets.quiz import Quiz

KEPT = paths.CHECKOUT / "tests" / "student" / "kept"
EVENTS = 65


@pytest.fixture
def store(tmp_path):
    """The store that is kept, as a student's."""
    path = tmp_path / "my_work" / "progress.sqlite"
    path.parent.mkdir()
    shutil.copyfile(KEPT / "progress.sqlite", path)
    return Progress()


def test_every_event_of_the_store_is_read(store):
    """All kinds, in their order, as the file that was taken along has them too."""
    read = [msgspec.to_builtins(event) for event in store.events()]
    assert len(read) == EVENTS
    assert {event["kind"] for event in read} == {"draft", "answer", "hint", "reveal", "start", "finish"}
    assert read == json.loads((KEPT / "work.json").read_text(encoding="utf-8"))["events"]


def test_the_file_that_was_taken_along_is_brought_back(tmp_path):
    """Into an empty store, and once only."""
    fresh = Progress(tmp_path / "fresh.sqlite")
    text = (KEPT / "work.json").read_text(encoding="utf-8")
    assert fresh.restore(text) == EVENTS
    assert fresh.restore(text) == 0


def test_answers_come_back_and_say_that_the_question_has_changed(store):
    """The answer is shown, not marked; a forecast stands as it was lodged."""
    reading = course.bank("01_reading_the_article").items
    answered = [item for item in reading if store.last(item.id)]
    assert len(answered) == 4
    for name, entry in Quiz(answered, store).answers.items():
        assert entry.answer == store.last(name).answer
        assert entry.problem == say("quiz.changed")
        assert entry.state is None
    forecasts = [item for item in course.bank("05_the_dialogue").items if isinstance(item, items.Probability)]
    entries = Quiz(forecasts, store).answers.values()
    assert len(entries) == 30
    assert all(entry.locked and entry.state == "kept" for entry in entries)


def test_a_test_that_was_handed_in_stays_so(store):
    """It is not opened again."""
    assert store.count("test:before", "finish") == 1
    quiz = Quiz(course.form_bank("before").items, store, mode="test")
    assert all(entry.locked for entry in quiz.answers.values())


def test_the_hand_in_is_a_row_of_the_gradebook(tmp_path):
    """Marked again, with a remark on what was answered in an earlier version."""
    folder = tmp_path / "class"
    folder.mkdir()
    shutil.copyfile(KEPT / "work.json", folder / "anna.json")
    handed = reading.read_submissions(folder)
    table = gradebook.build_gradebook(handed).table()
    assert len(table) == 1
    assert {remark.kind for remark in handed.report.remarks} == {"version"}
