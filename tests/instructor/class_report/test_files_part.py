"""Files of questions of one's own on the page about a class."""

import re

import pytest
from own_files import write_own_class

from course_lib import paths
from course_lib.__main__ import main
from course_lib.errors import ProgressError
from course_lib.instructor.class_report.class_page import build_class_report
from course_lib.instructor.question_files import read_question_files
from course_lib.instructor.submissions.reading import read_submissions

KEPT = paths.CHECKOUT / "tests" / "student" / "kept" / "own"
QUIZ = (KEPT / "quiz.json").read_text(encoding="utf-8")


@pytest.fixture
def handed_in(tmp_path):
    """A class of six who answered a file of the teacher's own and nothing else."""
    folder = tmp_path / "class"
    moves = {
        f"student{number}": [
            ("answer", 1, number % 2),
            ("answer", 1, 1),
            ("answer", 2, [0, 2] if number else [0, 1]),
            ("answer", 3, "60"),
            ("answer", 4, "my own word"),
        ]
        for number in range(6)
    }
    write_own_class(folder, QUIZ, moves)
    return folder


def words(folder, *files):
    """The words of the page."""
    report = build_class_report(read_submissions(folder), [], read_question_files(files))
    page = str(report.document().html()).partition("</style>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ")


def test_a_file_that_is_not_at_hand_is_counted_as_recorded(handed_in):
    """With what was chosen, and with what is not looked at; nothing that was typed."""
    page = words(handed_in)
    for told in (
        "File: quiz.json",
        "6 students answered 4 of 4 questions.",
        "The file was not at hand, so nothing was marked again",
        "what to talk about, the lessons at a glance, how sure the class was and what it gained are about "
        "the course's own questions alone.",
        "Which grain has the most gluten? 6 3 → 6 of 6 (50 % at first) rye : 3 wheat : 3",
        "flour; water : 5 flour; sand : 1",
        "How many minutes are an hour? 6 6 → 6 of 6 (100 % at first) typed by each, so not told here",
    ):
        assert told.replace("'", "&#39;") in page or told in page, told
    assert "my own word" not in page
    assert not re.search(r"student[0-9]", page)


def test_a_file_that_is_given_is_analysed_as_a_lesson(handed_in):
    """With facility and options, and apart from the course's questions."""
    page = words(handed_in, KEPT / "quiz.json")
    assert "6 students answered 4 marked questions of it." in page
    assert "First attempts, question by question" in page
    assert "quiz.json#1: wheat right 50 %" in page
    assert "as recorded" not in page
    assert "my own word" not in page


def test_nothing_to_tell_is_still_an_error(tmp_path):
    """Where nobody answered a question of the course or of a file."""
    folder = tmp_path / "class"
    write_own_class(folder, QUIZ, {"anna": [("draft", 1, 0)]})
    with pytest.raises(ProgressError, match="Nobody answered a question that can be right or wrong"):
        build_class_report(read_submissions(folder), [])


def test_the_command_takes_files(handed_in, tmp_path, capsys):
    """With --questions."""
    out = tmp_path / "class.html"
    assert (
        main(["understand", str(handed_in), "--out", str(out), "--questions", str(KEPT / "quiz.json")]) == 0
    )
    assert "First attempts, question by question" in out.read_text(encoding="utf-8")
    capsys.readouterr()
