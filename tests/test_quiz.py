"""The door for questions of one's own: either import works, whichever comes first."""

import base64
import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import UNSET
from own_files import Page

from course_lib import paths
from course_lib.errors import ItemError
from course_lib.html.panels import Panel
from course_lib.items import load
from course_lib.quiz import quiz
from course_lib.student.progress import Progress

IMPORTS = [
    "from course_lib import quiz",
    "from course_lib.quiz import quiz",
    "import course_lib.quiz as quiz",
]
PROGRAM = """
import sys
from pathlib import Path

file, *lines = sys.argv[1:]
for line in lines:
    names = {}
    exec(line, names)
    for given in ((file,), (Path(file), None, "end")):
        shown = names["quiz"](*given)
        print(type(shown).__module__, repr(shown), shown.mode)
"""


@pytest.fixture
def file(tmp_path):
    """A file with one question, as jupyterquiz reads it."""
    answers = [{"answer": "rye", "correct": False}, {"answer": "wheat", "correct": True}]
    path = tmp_path / "questions.json"
    path.write_text(
        json.dumps([{"question": "Which grain?", "type": "multiple_choice", "answers": answers}]),
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("imports", list(itertools.permutations(IMPORTS)), ids=" | ".join)
def test_every_import_can_be_called_in_any_order(file, imports):
    """In one session, both with a path alone and with all that the function takes."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file), *imports], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    shown = [
        "course_lib.widgets.quiz <Quiz: 1 question> practice",
        "course_lib.widgets.quiz <Quiz: 1 question> end",
    ]
    assert done.stdout.splitlines() == shown * len(IMPORTS)


def test_what_a_notebook_imports_is_not_loaded_before_it_is_used():
    """The front page alone brings in none of the course's modules."""
    program = (
        "import sys, course_lib; print(*(name for name in sys.modules if name.startswith('course_lib.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


CHOICES = [
    {
        "question": f"Question {number}?",
        "type": "multiple_choice",
        "answers": [{"answer": f"a{place}", "correct": place == 0} for place in range(4)],
    }
    for number in range(1, 9)
]


def orders(shown):
    """The order of the options of each question, as a page is sent it."""
    return [question.order for question in shown.questions]


def write(path, questions):
    """Write questions as a file for jupyterquiz; return the file."""
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(json.dumps(questions), encoding="utf-8")
    return path


def test_options_stand_in_an_order_of_the_students_own_that_stays(home):
    """Such files often have the right one first; run again, each stands where it stood."""
    path = write(home / "q.json", CHOICES)
    first, again = quiz(path), quiz(path)
    assert orders(first) == orders(again)
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders(first))
    # Of 24 orders each; all eight alike, or none with another option in front, is as good as impossible.
    assert len({tuple(order) for order in orders(first)}) > 1
    assert any(order[0] != 0 for order in orders(first))
    other = quiz(path, Progress(home / "another" / "progress.sqlite"))
    assert orders(other) != orders(first)
    kept = [(event.item, event.kind) for event in Progress().events()]
    assert kept == [("order:q.json", "start")]


def test_orders_can_be_switched_off(home):
    """Then everything stands as in the file, and nothing is kept."""
    path = write(home / "q.json", CHOICES)
    for shown in (quiz(path, shuffle=False), quiz(path, shuffle_answers=False)):
        assert orders(shown) == [UNSET] * 8
        assert [question.id for question in shown.questions] == [f"q.json#{place}" for place in range(1, 9)]
    assert Progress().events() == []


def test_some_questions_are_drawn_and_stay_drawn(home):
    """As many as `num` says, the same when the cell is run again; more than there are is all."""
    path = write(home / "q.json", CHOICES)
    ids = [question.id for question in quiz(path, num=3).questions]
    assert len(set(ids)) == 3
    assert [question.id for question in quiz(path, num=3).questions] == ids
    assert len(quiz(path, num=99).questions) == 8
    mixed = [question.id for question in quiz(path, shuffle_questions=True).questions]
    assert mixed[:3] == ids
    assert sorted(mixed) == [f"q.json#{place}" for place in range(1, 9)] != mixed


def test_what_has_no_page_shows_the_same_order(home):
    """Where neither Python nor a script runs, the right option is not first either."""
    shown = quiz(write(home / "q.json", CHOICES[:1]))
    texts = re.findall(r"<li>(a\d)</li>", shown.fallback())
    assert texts == [f"a{place}" for place in shown.questions[0].order]


def test_a_list_and_a_text_are_taken_as_a_file_is(capsys):
    """As jupyterquiz takes a list; what it looks like is said to mean nothing."""
    two = [question.id for question in quiz(CHOICES[:2]).questions]
    assert [re.sub("[0-9a-f]{8}", "…", name) for name in two] == ["list …#1", "list …#2"]
    one = {quiz(given).questions[0].id for given in ({"questions": CHOICES[:1]}, json.dumps(CHOICES[:1]))}
    assert len(one) == 1
    assert one.isdisjoint(two)
    assert capsys.readouterr().out == ""
    quiz(CHOICES, colors="fdsp", border_radius=3)
    assert capsys.readouterr().out == (
        "border_radius, colors: has no meaning here; the course has a look of its own.\n"
    )
    with pytest.raises(TypeError, match=r"quiz\(\) got an unexpected keyword argument 'shuffling'"):
        quiz(CHOICES, shuffling=True)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            "https://example.org/w/q.json?raw=1",
            "https://example.org/w/q.json?raw=1 is an address, and this course reads nothing from the "
            'network. Download the file into the folder of this notebook, then write quiz("q.json").',
        ),
        (
            "HTTP://example.org",
            "HTTP://example.org is an address, and this course reads nothing from the network. Download "
            'the file into the folder of this notebook, then write quiz("questions.json").',
        ),
        (
            "ftp://example.org/a/q.json",
            "ftp://example.org/a/q.json is an address, and this course reads nothing from the network. "
            'Download the file into the folder of this notebook, then write quiz("q.json").',
        ),
        (
            "file:///data/my%20q.json",
            'file:///data/my%20q.json is an address; name the file itself: quiz("/data/my q.json").',
        ),
        (
            "#part",
            "#part names a part of a page, which Python cannot see. Save the questions in a file, then "
            "give its name.",
        ),
        ("none.json", "There is no file none.json that could be read. Check its name and folder."),
        ("a\0b", "There is no file a\0b that could be read. Check its name and folder."),
        ([], "the list holds no question that could be asked."),
        (
            [{"question": {1, 2}}],
            "the list holds what no file of questions could: Object of type set is not JSON serializable.",
        ),
        (
            [{"front": "a", "back": "b"}],
            "the list holds 1 flash card for jupytercards, which have a front and a back and ask nothing "
            "that could be marked; show them with display_flashcards of that package.",
        ),
    ],
)
def test_what_cannot_be_asked_is_told(given, sentence):
    """In one sentence that says what to do, in the place of the questions, so that the cells below run on."""
    shown = quiz(given)
    assert isinstance(shown, Panel)
    assert repr(shown) == sentence


@pytest.mark.parametrize("num", [0, -1, 2.5, True, "five"])
def test_num_is_a_number_of_questions(num):
    """Anything else is told."""
    with pytest.raises(ItemError) as error:
        quiz(CHOICES, num=num)
    assert str(error.value) == f"num is {num!r}; it is how many questions are asked, a whole number from 1."


@pytest.mark.parametrize("name", ["q.json", "q.JSON", "q.Json5"])
def test_the_ending_of_a_file_is_looked_at_in_any_case(home, name):
    """As some systems write it."""
    assert len(quiz(write(home / name, CHOICES)).questions) == 8


def test_remarks_stand_above_the_questions(home, capsys):
    """What could not be taken over is printed where the cell is; the rest is asked."""
    shown = quiz(write(home / "q.json", [*CHOICES[:1], {"question": "?", "type": "essay"}]))
    assert len(shown.questions) == 1
    assert capsys.readouterr().out == (
        "q.json, question 2: the type 'essay' is none of multiple_choice, many_choice, numeric, string, "
        "so it "
        "was left out, as by jupyterquiz.\n"
    )


def test_a_question_is_known_by_its_file_and_place(home, tmp_path_factory, monkeypatch):
    """The same question in two files is two; a file outside the course goes by the folders in the user's."""
    user = tmp_path_factory.mktemp("user")
    monkeypatch.setattr(Path, "home", lambda: user)
    places = (home / "pre.json", home / "week1" / "post.json", user / "a" / "week1" / "q.json")
    ids = [quiz(write(path, CHOICES)).questions[0].id for path in places]
    assert ids == ["pre.json#1", "week1/post.json#1", "a/week1/q.json#1"]
    monkeypatch.chdir(write(user / "b" / "week1" / "q.json", CHOICES).parent)
    assert quiz("q.json").questions[0].id == "b/week1/q.json#1"


def test_a_file_in_very_long_folders_is_known_by_a_sign_for_them(home):
    """So that what is kept of it has room; its name stays, and another folder has another sign."""
    ids = [
        quiz(write(home / (letter * 150) / ("e" * 90 + ".json"), CHOICES)).questions[0].id for letter in "kl"
    ]
    assert [re.sub("^[0-9a-f]{8}/", "…/", name) for name in ids] == ["…/" + "e" * 90 + ".json#1"] * 2
    assert ids[0] != ids[1]


def test_two_lists_are_two_tests():
    """What was handed in of one opens no other."""
    first = quiz(CHOICES[:1], mode="test")
    first._hear(None, {"kind": "finish", "id": "1", "answers": {}, "sure": {}, "page": "p", "turn": 1}, [])
    assert all(entry.locked for entry in quiz(CHOICES[:1], mode="test").answers.values())
    assert not any(entry.locked for entry in quiz(CHOICES[1:2], mode="test").answers.values())


def test_questions_of_ones_own_in_our_form_are_known_by_their_file_too(home):
    """Their ids follow its key; what stands first in an order to be made is the same as before."""
    bank = (Path(__file__).parent / "every_type.toml").read_text(encoding="utf-8")
    (home / "own.toml").write_text(bank, encoding="utf-8")
    shown = quiz(home / "own.toml")
    old = load(bank, "own.toml").items
    assert [question.id for question in shown.questions] == [f"own.toml#{item.id}" for item in old]
    new = {item.id: item for item in shown._items.values()}
    assert [new[f"own.toml#{item.id}"].version for item in old] == [item.version for item in old]
    ordered = [item for item in old if item.type == "order"]
    assert [new[f"own.toml#{item.id}"].shuffled for item in ordered] == [item.shuffled for item in ordered]
    assert ordered


def test_a_bank_of_the_course_keeps_its_ids():
    """Its questions are the lesson's, whoever asks them."""
    path = paths.ITEMS / "01_reading_the_article.toml"
    assert all(question.id.startswith("01-") for question in quiz(path).questions)


# One point, as a picture.
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_pictures_beside_a_file_are_shown(home, capsys):
    """They go into the page, in questions, options and feedback; what is not there, or elsewhere, is told."""
    written = f"data:image/png;base64,{base64.b64encode(DOT).decode()}"
    folder = home / "bread"
    question = {
        "question": (
            "<img src='img/a dot.png' alt='a dot'> <img src='img/none.png' alt='none'> "
            f"<img src='{written}' alt='inner'> <img src='https://example.org/net.png' alt='net'> "
            "<img src='notes.txt' alt='notes'>"
        ),
        "type": "multiple_choice",
        "answers": [
            {"answer": "<img src='img/a%20dot.png' alt='same'>", "correct": True, "feedback": "Yes."},
            {"answer": "b", "correct": False, "feedback": "<img src='img/a dot.png' alt='told'>"},
        ],
    }
    write(folder / "q.json", [question])
    (folder / "img").mkdir()
    (folder / "img" / "a dot.png").write_bytes(DOT)
    shown = quiz(folder / "q.json", shuffle=False)
    (asked,) = shown.questions
    assert asked.stem.count(written) == 2
    assert asked.options[0] == f'<img src="{written}" alt="same">'
    assert 'href="https://example.org/net.png"' in asked.stem
    assert "example.org" not in "".join(re.findall("<img[^>]*>", asked.stem))
    assert written in str(shown.fallback())
    Page(shown).send("answer", asked.id, 1)
    assert written in str(shown.answers[asked.id])
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "q.json, question 1: what could not be carried over is left out: the picture "
        "'https://example.org/net.png', which is on the network; a link stands for it.",
        "q.json: the picture 'img/none.png' is not there, seen from the folder of the file; its words stand "
        "in its place.",
        "q.json: the picture 'notes.txt' is none of .gif, .jpeg, .jpg, .png, .svg, .webp.",
    ]
    # What is kept beside the answers stays short.
    kept = "".join(str(event.answer) for event in Progress().events())
    assert "base64" not in kept
