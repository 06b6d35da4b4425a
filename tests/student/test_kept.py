"""Work that was saved earlier is read for good: a store and a hand-in kept from the first form of 0.1.0.

Their questions had versions of another kind, so that every answer counts as one to an earlier wording.
In the folder `own` is a store from before questions of one's own were known by their files, with the files.
"""

import json
import shutil

import msgspec
import own_files
import pytest

from course_lib import begin, items, paths
from course_lib.curriculum import course
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.submissions import reading
from course_lib.messages import say
from course_lib.student.own_questions import read_snapshot
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
    """The answer is shown, not marked, with what became of it then; a forecast stands as it was lodged."""
    reading = course.bank("01_reading_the_article").items
    answered = [item for item in reading if store.last(item.id)]
    assert len(answered) == 4
    for name, entry in Quiz(answered, store).answers.items():
        assert entry.answer == store.last(name).answer
        state = store.last_answer(name).state
        then = [say(f"quiz.was_then.{state}")] if state != "kept" else []
        assert entry.problem == " ".join([say("quiz.changed"), *then])
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


OWN = KEPT / "own"


@pytest.fixture
def own_store(tmp_path):
    """A student's store with answers to files of their own, kept before these were known by their files."""
    path = tmp_path / "my_work" / "progress.sqlite"
    path.parent.mkdir()
    shutil.copyfile(OWN / "progress.sqlite", path)
    return Progress()


def own_quiz(name, store, mode="practice", mended=None):
    """A file that is kept beside that store, with a letter mended or not."""
    text = (OWN / name).read_text(encoding="utf-8")
    if mended:
        assert mended[0] in text
        text = text.replace(*mended)
    read = own_files.toml_questions if name.endswith(".toml") else own_files.json_questions
    questions, former_ids = read(text, name)
    return Quiz(questions, store, mode, None, name, former_ids)


def test_answers_to_files_of_ones_own_come_back(own_store):
    """Marked as they were, with attempts, hints and what was only typed."""
    quiz = own_quiz("quiz.json", own_store)
    entries = [quiz.answers[f"quiz.json#{place}"] for place in range(1, 5)]
    assert [entry.answer for entry in entries] == [1, [0, 1], "60", "yea"]
    assert [entry.state for entry in entries] == ["right", "not_yet", "right", None]
    assert [entry.attempt for entry in entries] == [2, 1, 1, 0]
    bread = own_quiz("bread.toml", own_store).answers
    assert (bread["bread.toml#99-crust"].state, len(bread["bread.toml#99-crust"].hints)) == ("right", 1)
    assert bread["bread.toml#99-why"].answer == "It keeps longer."
    assert {entry.problem for entry in (*entries, *bread.values())} == {""}
    # The next attempt is counted on from there.
    assert own_files.Page(quiz).send("answer", "quiz.json#1", 0).attempt == 3


def test_a_file_of_ones_own_that_has_changed_takes_no_answers_of_another(own_store):
    """In earlier stores two files could use one id: what was answered then counts for that wording alone."""
    mended = own_quiz("bread.toml", own_store, mended=("makes a crust", "turns a crust")).answers
    assert mended["bread.toml#99-crust"].answer is None
    assert mended["bread.toml#99-why"].answer == "It keeps longer."


def test_a_test_of_a_file_that_was_handed_in_stays_so(own_store):
    """With its answers and marks; the file that was never opened is open."""
    exam = own_quiz("exam.json", own_store, "test").answers
    assert all(entry.locked for entry in exam.values())
    assert {name: (entry.answer, entry.state) for name, entry in exam.items()} == {
        "exam.json#1": (0, "right"),
        "exam.json#2": ("", "unanswered"),
    }
    later = own_quiz("later.json", own_store, "test").answers
    assert not any(entry.locked for entry in later.values())


def test_a_lessons_group_that_was_handed_in_stays_so(own_store):
    """And that of the same name in the next lesson, which was locked with it, is open."""
    handed_in = begin("03_russia_in_syria").check("recall", mode="test").answers.values()
    assert all(entry.locked for entry in handed_in)
    assert {entry.answer for entry in handed_in} == {0}
    other = begin("04_actors_and_labels").check("recall", mode="test").answers.values()
    assert not any(entry.locked or entry.revealed for entry in other)


def test_old_answers_can_be_told_without_the_file_once_it_was_shown(own_store):
    """What is shown of a question is kept beside its answers, with the id under which these stand."""
    own_quiz("quiz.json", own_store)
    kept = [snapshot for event in own_store.events() if (snapshot := read_snapshot(event))]
    assert [(snapshot.file, snapshot.place) for snapshot in kept] == [
        ("quiz.json", place) for place in range(1, 5)
    ]
    assert {snapshot.former for snapshot in kept} <= {event.item for event in own_store.events()}
    before = len(own_store.events())
    own_quiz("quiz.json", own_store)
    assert len(own_store.events()) == before
