"""A test is handed in for each lesson or file by itself, and stays so; earlier stores shared a name."""

import itertools

import pytest
from own_files import Page, json_questions

from course_lib import begin, items
from course_lib.student.events import Event
from course_lib.student.progress import Progress
from course_lib.student.tests_taken import group_test, is_handed_in, key_of_test, start_uid
from course_lib.widgets.quiz import Quiz

FILE = """[{{"question": "{}?", "type": "multiple_choice",
  "answers": [{{"answer": "a", "correct": true}}, {{"answer": "b", "correct": false}}]}}]"""


def file_test(key, stem):
    """A file with one question, asked as a test."""
    questions, former = json_questions(FILE.format(stem), key)
    return Quiz(questions, Progress(), "test", None, key, former)


def is_locked(quiz):
    """Whether all of it stays as it is; never of some."""
    locked = {entry.locked for entry in quiz.answers.values()}
    assert len(locked) == 1
    return locked == {True}


def test_two_files_are_two_tests():
    """Handing in one opens nothing of the other, which stands as it stood."""
    first = file_test("one.json", "First")
    Page(first).hand_in({"one.json#1": 1})
    assert is_locked(file_test("one.json", "First"))
    other = file_test("two.json", "Second")
    assert not is_locked(other)
    assert other.answers["two.json#1"].revealed == ""
    Page(other).hand_in({"two.json#1": 0})
    assert other.answers["two.json#1"].state == "right"
    assert is_locked(file_test("two.json", "Second"))


@pytest.mark.parametrize("name", ["desk", "recall"])
def test_groups_of_one_name_in_two_lessons_are_two_tests(name):
    """Also in the other order."""
    stems = ["03_russia_in_syria", "04_actors_and_labels"]
    for stem, other in itertools.permutations(stems):
        progress = Progress(Progress().path.with_name(f"{stem}.sqlite"))
        lesson, next_lesson = begin(stem), begin(other)
        lesson.progress = next_lesson.progress = progress
        group = [item for item in lesson.bank.items if item.check == name]
        Page(lesson.check(name, mode="test")).hand_in({item.id: items.key_answer(item) for item in group})
        assert is_locked(lesson.check(name, mode="test"))
        assert not is_locked(next_lesson.check(name, mode="test"))


def test_no_owner_and_group_read_like_another():
    """Colons in the name of a file do not make it another file with another group."""
    names = ["a", "a:b", "a%3Ab", "b", ":", "a:"]
    keys = {key_of_test(owner, check) for owner in names for check in names}
    assert len(keys) == len(names) ** 2


def event(item, kind, uid="0"):
    """One entry."""
    return Event(uid, "2026-01-01T00:00:00+00:00", item, "v", kind, 0, None, None, 1, None)


OLD_END = event("test:jupyterquiz", "finish")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], False),
        ([OLD_END], False),
        ([event("q#1", "draft"), OLD_END], False),
        ([OLD_END, event("q#1", "answer")], False),
        ([event("q#1", "answer"), OLD_END], True),
        # Practised before another group of the name was handed in.
        ([event("q#1", "answer"), event("other", "answer"), OLD_END], False),
        ([event("q#1", "answer"), event("q#2", "answer"), event("other", "answer"), OLD_END], True),
        ([event("test:q:jupyterquiz", "finish")], True),
        ([event("test:other:jupyterquiz", "finish")], False),
    ],
)
def test_an_end_under_the_shared_name_counts_for_the_test_that_was_answered(events, expected):
    """And for none that was never opened."""
    text = FILE.format("A")[:-1] + "," + FILE.format("B")[1:]
    questions, _ = json_questions(text, "q")
    assert is_handed_in(group_test(questions, "q"), events) is expected


def test_a_beginning_under_the_shared_name_gives_the_order_where_the_test_was_touched():
    """Else the test begins anew; its own beginning always counts."""
    questions, _ = json_questions(FILE.format("A"), "q")
    test = group_test(questions, "q")
    old, own = event("test:jupyterquiz", "start", "old"), event("test:q:jupyterquiz", "start", "own")
    assert start_uid(test, []) is None
    assert start_uid(test, [old]) is None
    assert start_uid(test, [old, event("q#1", "draft")]) == "old"
    assert start_uid(test, [old, event("q#1", "draft"), own]) == "own"
