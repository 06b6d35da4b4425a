"""Taking the work along: what the controls send and hear."""

import json
import re

import pseudo
import pytest

from course_lib import my_work
from course_lib.student.progress import Progress


@pytest.fixture
def work(monkeypatch):
    """The controls for a student who has answered one question, with what they send."""
    Progress().record("01-a", "v1", "answer", 1, score=1.0, state="right")
    made = my_work()
    made.sent = []
    monkeypatch.setattr(made, "send", made.sent.append)
    return made


def test_the_file_holds_every_answer(work):
    """One message with the text of the file, and a sentence that says how much is in it."""
    work._hear(None, {"kind": "download"}, [])
    (message,) = work.sent
    assert message["kind"] == "file"
    assert [event["item"] for event in json.loads(message["text"])["events"]] == ["01-a"]
    assert work.told == "Answered questions in the file: 1."


def test_a_file_is_restored_once(work, tmp_path):
    """What is new is added and counted; the second time nothing is."""
    other = Progress(tmp_path / "other.sqlite")
    other.record("01-b", "v1", "answer", 2)
    for told in ("Entries added: 1.", "Everything in the file was here already."):
        work._hear(None, {"kind": "restore", "text": other.export()}, [])
        assert work.told.startswith(told)
    assert set(Progress().answers()) == {"01-a", "01-b"}


@pytest.mark.parametrize("message", [None, {}, {"kind": "delete"}, {"kind": ["restore"]}])
def test_a_message_that_means_nothing_does_nothing(work, message):
    """Nothing is sent, told or changed."""
    work._hear(None, message, [])
    assert (work.sent, work.told) == ([], "")


def test_a_file_that_is_none_is_told(work):
    """The sentence reaches the page."""
    work._hear(None, {"kind": "restore", "text": "{}"}, [])
    assert work.told.startswith("The file was not made by this course's Download button.")


def test_what_the_controls_say_comes_from_the_file_of_words(work, tmp_path):
    """In a language that nobody speaks: each sentence that Python sends to the page."""
    other = Progress(tmp_path / "other.sqlite")
    other.record("01-b", "v1", "answer", 2)
    told = []
    with pseudo.interface_in_pseudo(tmp_path):
        for message in ({"kind": "download"}, *[{"kind": "restore", "text": other.export()}] * 2):
            work._hear(None, message, [])
            told.append(work.told)
    assert all(told)
    assert len(set(told)) == 3
    assert not re.search("[A-Za-z]", "".join(told))
