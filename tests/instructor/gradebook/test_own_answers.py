"""Files of questions count in the gradebook: marked again where they are given, else as recorded."""

import csv
import json
import shutil

import pytest
from own_files import write_own_class

from course_lib import paths
from course_lib.__main__ import main
from course_lib.errors import ItemError
from course_lib.instructor.gradebook.gradebook import build_gradebook
from course_lib.instructor.question_files import match_files, matching_file, read_question_files
from course_lib.instructor.submissions.reading import read_submissions

KEPT = paths.CHECKOUT / "tests" / "student" / "kept" / "own"
QUIZ = (KEPT / "quiz.json").read_text(encoding="utf-8")
MOVES = {
    "anna": [("answer", 1, 0), ("answer", 1, 1), ("answer", 2, [0, 2]), ("answer", 4, "yeast")],
    "ben": [("answer", 1, 0), ("draft", 2, [0])],
    "cem": [],
}


@pytest.fixture
def handed_in(tmp_path):
    """A class of three, one of whom answered nothing."""
    folder = tmp_path / "class"
    write_own_class(folder, QUIZ, MOVES)
    # Whoever answered nothing has an empty file, which is one all the same.
    return folder


@pytest.fixture
def given(tmp_path):
    """The file at hand, in another folder than on the students' machines."""
    path = tmp_path / "teacher" / "quiz.json"
    path.parent.mkdir()
    path.write_text(QUIZ, encoding="utf-8")
    return path


def built(folder, *files):
    """The gradebook, its table by the names of the files, and its report."""
    book = build_gradebook(read_submissions(folder), files=read_question_files(files))
    table = book.table("file").set_index("student")
    return book, table[[name for name in table.columns if "quiz.json" in name]], book.report


def test_a_file_that_is_not_at_hand_is_told_as_it_was_recorded(handed_in):
    """Beside the lessons, whose numbers it does not change, and never as questions that nobody knows."""
    book, table, report = built(handed_in)
    assert table.loc[["anna", "ben"]].to_dict("list") == {
        "quiz.json answered of 4, as recorded": [3, 1],
        "quiz.json marked, as recorded": [3, 1],
        "quiz.json right, as recorded": [3, 0],
        "quiz.json last try %, as recorded": [100.0, 0.0],
    }
    assert book.table("file")["lessons answered of 233"].sum() == 0
    assert [
        (remark.kind, remark.about, remark.text) for remark in report.remarks if remark.kind != "unread"
    ] == [("own", "quiz.json", "2 students answered 3 questions of it; the marks are as recorded.")]


def test_a_file_that_is_given_is_marked_again(handed_in, given):
    """All its questions are known then, and marks that were changed by hand are found."""
    work = json.loads((handed_in / "ben.json").read_text(encoding="utf-8"))
    for event in work["events"]:
        if event["kind"] == "answer":
            event.update(score=1.0, state="right")
    (handed_in / "ben.json").write_text(json.dumps(work), encoding="utf-8")
    _, recorded, _ = built(handed_in)
    assert recorded.loc["ben", "quiz.json right, as recorded"] == 1
    book, table, report = built(handed_in, given)
    assert table.loc[["anna", "ben"]].to_dict("list") == {
        "quiz.json answered of 4": [3, 1],
        "quiz.json first try %": [50.0, 0.0],
        "quiz.json last try %": [75.0, 0.0],
    }
    assert "lessons answered of 233" in book.table().columns
    assert [remark.kind for remark in report.remarks if remark.kind not in ("unread", "version")] == [
        "scores"
    ]


def test_answers_and_questions_say_how_they_were_marked(handed_in, given, tmp_path):
    """In the table of all answers and that of questions: again, or as recorded, in words."""
    book, _, _ = built(handed_in)
    book.write_answers(tmp_path / "answers.csv", "file")
    with open(tmp_path / "answers.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(row["student"], row["lesson"], row["item"], row["answer_last"], row["marked"]) for row in rows]
    assert sorted(told) == [
        ("anna", "quiz.json", "quiz.json#1", "wheat", "as recorded"),
        ("anna", "quiz.json", "quiz.json#2", "flour; water", "as recorded"),
        ("anna", "quiz.json", "quiz.json#4", "yeast", "as recorded"),
        ("ben", "quiz.json", "quiz.json#1", "rye", "as recorded"),
    ]
    questions = book.questions()
    own = questions[questions["marked"] == "as recorded"].set_index("item")
    assert own["students"].to_dict() == {"quiz.json#1": 2, "quiz.json#2": 1, "quiz.json#4": 1}
    assert own.loc["quiz.json#1", "last try %"] == 50
    again = built(handed_in, given)[0].questions().set_index("item")
    assert again.loc["quiz.json#1", ["students", "marked"]].tolist() == [2, "again"]
    for name in ("class.csv", "class.xlsx", "class.html"):
        book.write_table(tmp_path / name)


def test_students_with_one_key_are_one_file(tmp_path):
    """Also where they were shown other wordings; as most were shown it, so it is told."""
    folder = tmp_path / "class"
    mended = QUIZ.replace("Which grain has", "What grain has")
    moves = {name: [("answer", 1, 1)] for name in ("a", "b", "c")}
    write_own_class(folder, {"a": mended, "b": QUIZ, "c": mended}, moves)
    (file,) = built(folder)[0].recorded.files()
    assert (file.key, file.total, [snapshot.stem[:10] for snapshot, _ in file.questions]) == (
        "quiz.json",
        4,
        ["What grain"],
    )


def test_answers_of_an_earlier_store_are_marked_where_the_file_is_given(tmp_path):
    """Else they are told as what they are."""
    folder = tmp_path / "class"
    folder.mkdir()
    shutil.copyfile(KEPT / "work.json", folder / "anna.json")
    report = built(folder)[2]
    assert "own" in {remark.kind for remark in report.remarks}
    assert not [remark for remark in report.remarks if "jq-" in remark.text and remark.kind == "unknown"]
    files = read_question_files([KEPT / "quiz.json", KEPT / "exam.json", KEPT / "bread.toml"])
    book = build_gradebook(read_submissions(folder), files=files)
    row = book.table("file").iloc[0]
    assert row["quiz.json answered of 4"] == 3
    assert row["exam.json answered of 2"] == 1
    assert row["bread.toml answered of 2"] == 2
    assert {remark.kind for remark in book.report.remarks} <= {"version"}


def test_a_file_is_found_by_its_name_then_by_its_folders(tmp_path):
    """A store calls it by the folders on the student's machine."""
    for week in ("week1", "week2"):
        (tmp_path / week).mkdir()
        (tmp_path / week / "quiz.json").write_text(QUIZ, encoding="utf-8")
    one = read_question_files([tmp_path / "week1" / "quiz.json"])
    assert [file.bank.lesson for file in one] == ["quiz.json"]
    assert matching_file("my folder/quiz.json", one) is one[0]
    assert matching_file("my folder/quiz2.json", one) is None
    both = read_question_files([tmp_path / "week1" / "quiz.json", tmp_path / "week2" / "quiz.json"])
    assert [file.bank.lesson for file in both] == ["week1/quiz.json", "week2/quiz.json"]
    assert matching_file("home/week2/quiz.json", both) is both[1]
    assert matching_file("week1/quiz.json", both) is both[0]


def test_two_files_of_one_name_in_a_store_are_never_one(tmp_path):
    """The one whose folders agree with the given file is that file; where none agrees better, none is."""
    (tmp_path / "week1").mkdir()
    (tmp_path / "week1" / "quiz.json").write_text(QUIZ, encoding="utf-8")
    files = read_question_files([tmp_path / "week1" / "quiz.json"])
    assert match_files(["week1/quiz.json", "week2/quiz.json"], files) == {"week1/quiz.json": files[0]}
    assert match_files(["a/quiz.json", "b/quiz.json"], files) == {}
    assert match_files(["a/quiz.json", "a/quiz.json", "a/other.json"], files) == {"a/quiz.json": files[0]}


def test_a_file_that_cannot_be_read_is_told(tmp_path, given):
    """Before anything is marked."""
    with pytest.raises(ItemError) as told:
        read_question_files([tmp_path / "gone.json"])
    assert str(told.value) == (
        f"There is no file {tmp_path / 'gone.json'} that could be read. Check the name after --questions."
    )
    with pytest.raises(ItemError, match="is named twice with --questions. Name each file once."):
        read_question_files([given, given])


def test_damaged_descriptions_are_remarked_and_nothing_breaks(handed_in):
    """The other students are not touched."""
    work = json.loads((handed_in / "ben.json").read_text(encoding="utf-8"))
    for event in work["events"]:
        if event["kind"] == "start":
            event["answer"] = {"file": "quiz.json", "stem": 7}
    (handed_in / "ben.json").write_text(json.dumps(work), encoding="utf-8")
    book, table, report = built(handed_in)
    assert table.loc["anna", "quiz.json right, as recorded"] == 3
    texts = [remark.text for remark in report.remarks if remark.kind == "partly" and remark.about == "ben"]
    assert "2 descriptions of questions in files of their own cannot be read." in texts
    assert book.table().shape[0] >= 2


def test_the_command_marks_files_that_are_named(handed_in, given, tmp_path, capsys):
    """With --questions, and says in the report what was not marked again without it."""
    out = tmp_path / "marks.csv"
    assert main(["gradebook", str(handed_in), "--out", str(out), "--names", "file"]) == 0
    assert "answered of 4, as recorded" in out.read_text(encoding="utf-8-sig")
    report = (tmp_path / "marks-report.txt").read_text(encoding="utf-8")
    assert "Files of questions that are not the course's" in report
    assert "Entries for questions that this version does not have" not in report
    command = ["gradebook", str(handed_in), "--out", str(out), "--names", "file", "--questions", str(given)]
    assert main(command) == 0
    assert '"quiz.json answered of 4"' in out.read_text(encoding="utf-8-sig")
    assert "as recorded" not in out.read_text(encoding="utf-8-sig")
    capsys.readouterr()
