"""Questions of a file of one's own that were moved, named, mended or taken out: each keeps its own answer."""

import copy
import json
from pathlib import Path

import pytest
from own_files import Page, write_own_class

from course_lib import quiz as module
from course_lib.instructor.gradebook.gradebook import build_gradebook
from course_lib.instructor.question_files import read_question_files
from course_lib.instructor.submissions.reading import read_submissions
from course_lib.quiz import quiz
from course_lib.student.own_files import collect_own
from course_lib.student.progress import Progress

CHANGED = (
    "This question has changed since you answered it. Your earlier answer is shown; please check it again."
)
STEMS = {
    "grain": "Which grain is the bread mostly made of in this region?",
    "river": "Which river runs through the old town of the capital?",
    "year": "In which year was the first bakery on record opened?",
    "hills": "How many hills was the city built on, as the legend has it?",
}
VALUES = {"grain": 1, "river": 2, "year": 1789, "hills": 7}


def question(name, **more):
    """One of the four, as jupyterquiz has it."""
    value = VALUES[name]
    return {
        "question": STEMS[name],
        "type": "numeric",
        "answers": [{"type": "value", "value": value, "correct": True}],
        **more,
    }


FILE = [question(name) for name in STEMS]


def mended(given):
    """The same with a letter mended."""
    return {**given, "question": given["question"].replace("e", "a", 1)}


def named(questions):
    """The same with ids."""
    return [{"id": f"q{place}", **given} for place, given in enumerate(questions)]


NEW = {**question("grain"), "question": "What is the price of a loaf?"}
AGAIN = copy.deepcopy(FILE)
LATER = {
    "as it was": (AGAIN, []),
    "two swapped": ([FILE[1], FILE[0], *FILE[2:]], []),
    "reversed": (FILE[::-1], []),
    "one put before": ([NEW, *FILE], []),
    "one put between": ([*FILE[:2], NEW, *FILE[2:]], []),
    "the first taken out": (FILE[1:], []),
    "ids given": (named(FILE), []),
    "ids given and reversed": (named(FILE)[::-1], []),
    "an id given, one put before": ([NEW, *FILE[:2], {**FILE[2], "id": "year"}, FILE[3]], []),
    "a letter mended": ([*FILE[:3], mended(FILE[3])], ["hills"]),
    "a letter mended, one put before": ([NEW, *FILE[:3], mended(FILE[3])], ["hills"]),
    "a letter mended, moved to the front": ([mended(FILE[3]), *FILE[:3]], ["hills"]),
    "a letter mended, an id given": ([*FILE[:3], {**mended(FILE[3]), "id": "h"}], ["hills"]),
    "all mended and reversed": ([mended(given) for given in FILE[::-1]], list(STEMS)),
}


@pytest.fixture(autouse=True)
def _fresh(tmp_path, monkeypatch):
    """Each test has a course home of its own, and Python has shown no list."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    module._cells.clear()


def write(questions, name="quiz.json"):
    """Write a file in the course home; return it."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(questions), encoding="utf-8")
    return path


def answer_all(shown):
    """Answer each question of the four rightly, but the third."""
    page = Page(shown)
    for asked in shown.questions:
        name = name_of(asked.stem)
        page.send("answer", asked.id, str(VALUES[name] + (name == "year")))


def name_of(stem):
    """The name of a question by what it asks, mended or not."""
    if "first bakery" in stem:
        return "year"
    return next((name for name, text in STEMS.items() if text[-20:] in stem), "new")


def standing(shown):
    """What stands under each question: the answer, and whether a change is told."""
    told = {}
    for asked in shown.questions:
        entry = shown.answers[asked.id]
        told[name_of(asked.stem)] = (entry.answer, entry.problem.startswith(CHANGED))
    return told


def expected(questions, changed):
    """What has to stand there."""
    names = [name_of(given["question"]) for given in questions]
    return {
        name: (None, False) if name == "new" else (str(VALUES[name] + (name == "year")), name in changed)
        for name in names
    }


def collected():
    """What the portfolio tells of the file: by question the answer and what became of it."""
    (file,), others, unmatched = collect_own(Progress().events())
    assert {event.kind for event in others} <= {"start"}
    assert unmatched == []
    answers = [
        (name_of(record.item.stem), record.response.answer, record.state)
        for record in file.records
        if record.response
    ]
    return sorted(answers), file


ALL = sorted(
    (name, str(value + (name == "year")), "not_yet" if name == "year" else "right")
    for name, value in VALUES.items()
)


@pytest.mark.parametrize("later", LATER, ids=str)
def test_each_answer_stays_with_its_question(later):
    """Whatever was done to the file, and when that is taken back; the portfolio loses and doubles none."""
    questions, changed = LATER[later]
    answer_all(quiz(write(FILE)))
    assert standing(quiz(write(questions))) == expected(questions, changed)
    assert collected()[0] == ALL
    # Run again nothing more is kept.
    before = len(Progress().events())
    assert standing(quiz(write(questions))) == expected(questions, changed)
    assert len(Progress().events()) == before
    assert standing(quiz(write(FILE))) == expected(FILE, [])
    assert collected()[0] == ALL
    assert standing(quiz(write(questions))) == expected(questions, changed)
    assert collected()[0] == ALL


@pytest.mark.parametrize("later", LATER, ids=str)
def test_answers_after_a_move_are_the_same_questions(later):
    """They count as further attempts of the same question, and are told once."""
    questions, _ = LATER[later]
    answer_all(quiz(write(FILE)))
    shown = quiz(write(questions))
    asked = next(one for one in shown.questions if name_of(one.stem) == "hills")
    entry = Page(shown).send("answer", asked.id, "8")
    assert (entry.state, entry.attempt) == ("not_yet", 2)
    answers, file = collected()
    assert [answer for answer in answers if answer[0] == "hills"] == [("hills", "8", "not_yet")]
    assert len(answers) == 4
    record = next(record for record in file.records if name_of(record.item.stem) == "hills")
    assert (record.attempts, record.first) == (2, "right")
    again = quiz(write(questions))
    assert again.answers[asked.id].attempt == 2


def test_a_question_that_was_taken_out_is_told_beside_the_one_in_its_place():
    """Both are answered; neither hides the other."""
    shown = quiz(write(FILE[:2]))
    answer_all(shown)
    shown = quiz(write([NEW, FILE[1]]))
    Page(shown).send("answer", "quiz.json#1", "3")
    answers, file = collected()
    assert [(name, answer) for name, answer, _ in answers] == [("grain", "1"), ("new", "3"), ("river", "2")]
    assert (file.answered, file.total) == (3, 3)


@pytest.mark.parametrize("later", LATER, ids=str)
def test_a_test_that_was_handed_in_stays_so(later):
    """Moved, named or mended, it opens no more."""
    Page(quiz(write(FILE), mode="test")).hand_in({f"quiz.json#{place}": "7" for place in (1, 2, 3, 4)})
    shown = quiz(write(LATER[later][0]), mode="test")
    assert all(entry.locked for entry in shown.answers.values())


@pytest.mark.parametrize("later", LATER, ids=str)
def test_a_teachers_file_marks_what_was_asked(later, tmp_path):
    """Whatever form of it the student had."""
    questions, changed = LATER[later]
    sent = [("answer", place, str(VALUES[name])) for place, name in enumerate(STEMS, start=1)]
    write_own_class(tmp_path / "in", json.dumps(FILE), {"anna": sent})
    files = read_question_files([write(questions)])
    book = build_gradebook(read_submissions(tmp_path / "in"), files=files)
    table = book.table("file").set_index("student")
    name = f"quiz.json answered of {len(questions)}"
    assert table.loc["anna", name] == sum(name_of(given["question"]) != "new" for given in questions)
    marks = book.scores[book.scores["lesson"] == "quiz.json"].set_index("item")
    assert marks["version_differs"].sum() == len(changed)
    for place, given in enumerate(questions, start=1):
        item = f"quiz.json#{given.get('id', place)}"
        if name_of(given["question"]) != "new":
            assert marks.loc[item, "last"] == 1, item


def test_a_mended_letter_keeps_the_answers_of_a_list():
    """In a later session as in the same cell; what was right then is said."""
    answer_all(quiz(FILE))
    module._cells.clear()
    later = [mended(FILE[0]), *FILE[1:]]
    shown = quiz(later)
    assert standing(shown) == expected(later, ["grain"])
    module._cells.clear()
    assert standing(quiz(later)) == expected(later, ["grain"])
    module._cells.clear()
    assert standing(quiz(json.dumps(FILE))) == expected(FILE, [])


def test_two_lists_on_one_page_are_two(monkeypatch):
    """Also where they differ by a letter; in one cell it is a letter that was mended."""
    cell = "first"
    monkeypatch.setattr(module, "_cell_id", lambda: cell)
    answer_all(quiz(FILE))
    later = [mended(FILE[0]), *FILE[1:]]
    cell = "second"
    assert not any(entry.answer for entry in quiz(later).answers.values())
    cell = "first"
    assert standing(quiz(later)) == expected(later, ["grain"])


def test_a_number_makes_another_question_of_a_list():
    """“What is 2 + 3?” is not a slip for “What is 2 + 4?”."""
    sums = [{**question("grain"), "question": f"What is the sum of 2 and {number}?"} for number in (3, 4)]
    shown = quiz(sums[:1])
    Page(shown).send("answer", shown.questions[0].id, "1")
    module._cells.clear()
    assert [entry.answer for entry in quiz(sums[1:]).answers.values()] == [None]


def test_a_list_can_have_a_name():
    """Then it is known by that, whatever it asks."""
    shown = quiz(FILE[:1], name="Week 1")
    assert shown.questions[0].id == "list Week 1#1"
    answer_all(shown)
    assert standing(quiz(FILE[1:], name="Week 1"))["river"] == (None, False)
    assert standing(quiz(FILE[::-1], name="Week 1"))["grain"] == ("1", False)


def test_a_file_that_was_moved_keeps_its_answers(capsys):
    """It is not where it was, and asks the same: so it is that file, and that is said."""
    answer_all(quiz(write(FILE, "week1/quiz.json")))
    Path("week1/quiz.json").unlink()
    later = [NEW, *FILE]
    assert standing(quiz(write(later, "later/quiz.json"))) == expected(later, [])
    assert capsys.readouterr().out == (
        "quiz.json: your answers are those to week1/quiz.json, which is not there any more.\n"
    )
    assert collected()[0] == ALL


def test_one_answer_is_enough_to_know_a_file_that_was_moved():
    """By what stood beside the question that was answered."""
    Page(quiz(write(FILE, "week1/quiz.json"))).send("answer", "week1/quiz.json#2", "2")
    Path("week1/quiz.json").unlink()
    assert standing(quiz(write(FILE, "later/quiz.json")))["river"] == ("2", False)


def test_a_copy_of_a_file_is_another_file(capsys):
    """As long as both are there."""
    answer_all(quiz(write(FILE, "week1/quiz.json")))
    copy_of = quiz(write(FILE, "week2/quiz.json"))
    assert not any(entry.answer for entry in copy_of.answers.values())
    assert capsys.readouterr().out == ""


def test_a_file_under_a_new_name_tells_where_the_answers_are(capsys):
    """It can be another one that asks the same, such as a test after the course."""
    answer_all(quiz(write(FILE, "pre.json")))
    Path("pre.json").unlink()
    shown = quiz(write(FILE, "post.json"))
    assert not any(entry.answer for entry in shown.answers.values())
    assert capsys.readouterr().out == (
        "post.json: answers to the same questions are kept under pre.json, which is not there any more. If "
        "this is that file under a new name, give it the old one again to see them.\n"
    )


def test_an_old_answer_belongs_to_the_file_that_was_opened_first():
    """Stores kept earlier knew a question by what it asks, in whichever file."""
    first = quiz(write(FILE, "a.json"))
    former = first._store._former_ids["a.json#1"]
    Progress().record(former, "0123456789", "answer", answer="1", score=1.0, state="right")
    assert quiz(write(FILE, "a.json")).answers["a.json#1"].answer == "1"
    assert quiz(write(FILE, "b.json")).answers["b.json#1"].answer is None
    assert quiz(write(FILE, "a.json")).answers["a.json#1"].answer == "1"
    (file,), _, _ = collect_own(Progress().events())
    assert (file.key, file.answered) == ("a.json", 1)


def test_some_drawn_questions_take_no_answers_of_others():
    """What was not drawn is in the file all the same."""
    answer_all(quiz(write(FILE)))
    path = write(FILE)
    for num in (1, 2, 3):
        shown = quiz(path, num=num)
        names = [name_of(asked.stem) for asked in shown.questions]
        assert standing(shown) == {name: expected(FILE, [])[name] for name in names}


def test_what_could_not_be_used_is_told_with_why(capsys):
    """Where no question is left, each is named in the place of the questions."""
    shown = quiz([{"question": "?", "type": "essay"}, 3])
    assert repr(shown).splitlines() == [
        "the list holds no question that could be asked.",
        "the list, question 1: the type 'essay' is none of multiple_choice, many_choice, numeric, string, "
        "so it was left out, as by jupyterquiz.",
        "the list, question 2: it is no table of fields, so it was left out.",
    ]
    assert capsys.readouterr().out == ""


ALIKE = [
    {
        "question": f"Which kind of {thing} is named first in the old chronicle of the town?",
        "type": "numeric",
        "answers": [{"type": "value", "value": place, "correct": True}],
    }
    for place, thing in enumerate(("grain", "bridge", "tower", "garden"))
]


@pytest.mark.parametrize("out", range(4))
def test_what_stood_beside_a_question_is_another_one(out):
    """Also where all ask nearly the same and one is taken out: its answer is told, and under no other."""
    shown = quiz(write(ALIKE))
    Page(shown).send("answer", f"quiz.json#{out + 1}", "9")
    left = [given for place, given in enumerate(ALIKE) if place != out]
    shown = quiz(write(left))
    assert [entry.answer for entry in shown.answers.values()] == [None] * 3
    Page(shown).send("answer", "quiz.json#1", "8")
    (file,), _, _ = collect_own(Progress().events())
    assert sorted(record.response.answer for record in file.records if record.response) == ["8", "9"]
    shown = quiz(write(ALIKE))
    assert [entry.answer for entry in shown.answers.values()] == [
        "9" if place == out else "8" if given is left[0] else None for place, given in enumerate(ALIKE)
    ]


def test_a_question_worded_anew_in_its_place_has_changed():
    """What stood about it tells which one it is, though one was put before."""
    answer_all(quiz(write(FILE)))
    anew = {**FILE[2], "question": "In which year did the first bakery that is on record sell bread?"}
    later = [NEW, *FILE[:2], anew, FILE[3]]
    shown = quiz(write(later))
    entry = shown.answers["quiz.json#4"]
    assert (entry.answer, entry.problem.startswith(CHANGED)) == ("1790", True)
    assert collected()[0] == ALL


BANK = """lesson = "own"
title = "Own"
question = "What?"
minutes = 5
activity_minutes = 0

[[item]]
id = "own-one"
type = "number"
check = "c"
objective = 1
stem = "How many loaves were baked on the first day?"
answer = 3
feedback = "Yes."
otherwise = "No."

[[item]]
id = "own-two"
type = "number"
check = "c"
objective = 1
stem = "How many mills stood at the river?"
answer = 2
feedback = "Yes."
otherwise = "No."
"""


def test_another_id_in_a_bank_of_our_form_keeps_the_answer():
    """In the quiz and in the portfolio, once, and on another machine too."""

    def shown(text, name="own.toml"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
        return quiz(name)

    Page(shown(BANK)).send("answer", "own.toml#own-one", "3")
    for text in (BANK.replace("own-one", "own-loaves"), BANK, BANK.replace("own-one", "own-bread")):
        answers = shown(text).answers
        assert [entry.answer for entry in answers.values()] == ["3", None]
        (file,), _, _ = collect_own(Progress().events())
        told = [(record.item.id, record.response.answer) for record in file.records if record.response]
        assert told == [(next(iter(answers)), "3")]
        assert (file.answered, file.total) == (1, 2)
    carried = Progress().export()
    Path("own.toml").unlink()
    other = Progress(Path("other") / "progress.sqlite")
    other.restore(carried)
    Path("course").mkdir()
    Path("course/own.toml").write_text(BANK, encoding="utf-8")
    assert next(iter(quiz("course/own.toml", other).answers.values())).answer == "3"
