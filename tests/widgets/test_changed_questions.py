"""A question of a file is known by its place: mending it loses no answer, and what was chosen is told."""

import json
import operator
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_files import Page, json_questions, toml_questions

from course_lib import items
from course_lib.messages import say
from course_lib.student.carried_answers import carry_answer
from course_lib.student.own_questions import (
    QuestionSnapshot,
    describe_questions,
    described_item,
    read_snapshot,
)
from course_lib.student.progress import Progress
from course_lib.student.question_store import QuestionStore
from course_lib.widgets.changed_questions import chosen_words
from course_lib.widgets.quiz import Quiz
from course_lib.widgets.quiz_entries import restore_entry

CHANGED = (
    "This question has changed since you answered it. Your earlier answer is shown; please check it again."
)
UNFIT = (
    "This question has changed since you answered it, and not all of your earlier answer fits it as it "
    "stands. Your answer is kept; please answer again."
)
HEAD = 'lesson = "99_bread"\ntitle = "Bread"\nquestion = "?"\nminutes = 1\nactivity_minutes = 1\n'
FILE = (
    HEAD
    + """
[[item]]
id = "99-single"
type = "single"
check = "one"
objective = 1
stem = "Which grain?"
hints = ["It grows."]
explain = "Because."
[[item.option]]
text = "rye"
feedback = "Not rye."
[[item.option]]
text = "wheat"
key = true
feedback = "Yes."
[[item]]
id = "99-multiple"
type = "multiple"
check = "one"
objective = 1
stem = "What is in it?"
[[item.option]]
text = "flour"
key = true
feedback = "Yes."
[[item.option]]
text = "sand"
feedback = "No."
[[item.option]]
text = "water"
key = true
feedback = "Yes."
[[item]]
id = "99-number"
type = "number"
check = "one"
objective = 1
stem = "How heavy?"
answer = 750
unit = "grams"
feedback = "Yes."
otherwise = "No."
[[item]]
id = "99-word"
type = "word"
check = "one"
objective = 1
stem = "What makes it rise?"
otherwise = "No."
[[item.answer]]
text = "yeast"
feedback = "Yes."
[[item]]
id = "99-grid"
type = "grid"
check = "one"
objective = 1
stem = "Sort them."
choices = ["hot", "cold"]
[[item.row]]
text = "oven"
key = "hot"
feedback = "Yes."
[[item.row]]
text = "cellar"
key = "cold"
feedback = "Yes."
[[item]]
id = "99-matrix"
type = "matrix"
check = "one"
objective = 1
stem = "Weigh them."
columns = ["alpha", "beta"]
choices = ["for", "anti"]
[[item.row]]
text = "crumb"
key = ["for", "anti"]
feedback = "Yes."
[[item.row]]
text = "smell"
key = ["anti", "for"]
feedback = "Yes."
[[item]]
id = "99-match"
type = "match"
check = "one"
objective = 1
stem = "Match them."
[[item.pair]]
text = "baguette"
match = "France"
feedback = "Yes."
[[item.pair]]
text = "pita"
match = "Levant"
feedback = "Yes."
[[item]]
id = "99-order"
type = "order"
check = "one"
objective = 1
stem = "Put them in order."
[[item.step]]
text = "mix"
feedback = "First."
[[item.step]]
text = "rest"
feedback = "Then."
[[item.step]]
text = "bake"
feedback = "Last."
[[item]]
id = "99-forecast"
type = "probability"
check = "one"
objective = 1
stem = "Will it rise?"
resolves = 2030-01-01
[[item]]
id = "99-text"
type = "text"
check = "one"
objective = 1
stem = "Why bread?"
model = "It keeps."
rubric = ["A reason."]
"""
)
ANSWERS = {
    "single": 1,
    "multiple": [0, 2],
    "number": "750",
    "word": "salt",
    "grid": [0, None],
    "matrix": [[0, 1], [None, 0]],
    "match": [1, 0],
    "order": [2, 0, 1],
    "probability": 30,
    "text": "It feeds many.",
}
WORDS = {
    "single": "wheat",
    "multiple": "flour; water",
    "number": "750",
    "word": "salt",
    "grid": "oven: hot",
    "matrix": "crumb: for, anti; smell: for",
    "match": "baguette: Levant; pita: France",
    "probability": "30",
    "text": "It feeds many.",
}
FIELDS = ["stem", "text", "feedback", "otherwise", "explain", "unit", "model", "match", "hints", "rubric"]
FIELDS += ["choices", "columns", "key"]
# Every letter of a text that a question has, by the place in the file; not of a name that the course gives.
LETTERS = [
    at
    for match in re.finditer(
        rf"^(?:{'|'.join(FIELDS)}) = (.*)$",
        FILE,
        re.MULTILINE,
    )
    for at in range(match.start(1), match.end(1))
    if FILE[at].isalpha() and match[1] != "true"
]


def quiz_of(text, progress=None, mode="practice", key="bread.toml"):
    """The file as a widget."""
    questions, former = toml_questions(text, key)
    return Quiz(questions, progress or Progress(), mode, None, key, former)


def answer_all(quiz, kind="answer"):
    """Answer every question."""
    page = Page(quiz)
    for question in toml_questions(FILE, "bread.toml")[0]:
        assert page.send(kind, question.id, ANSWERS[question.type]).problem == ""


def mended(at):
    """The file with another letter at a place, everywhere in its table where the word is named."""
    letter = "x" if FILE[at] != "x" else "z"
    tables = re.split(r"(?=^\[\[item\]\])", FILE, flags=re.MULTILINE)
    start = 0
    for number, table in enumerate(tables):
        if start <= at < start + len(table):
            here = at - start
            first = re.compile(r"\w*$").search(table[:here]).start()
            last = here + re.compile(r"\w*").match(table[here:]).end()
            word = table[first:last]
            if re.search(rf'^(?:key|choices|columns) = .*"{word}"', table, re.MULTILINE):
                new = word[: here - first] + letter + word[here - first + 1 :]
                tables[number] = table.replace(f'"{word}"', f'"{new}"')
            else:
                tables[number] = table[:here] + letter + table[here + 1 :]
        start += len(table)
    return "".join(tables)


@pytest.mark.parametrize("kind", ["answer", "draft"])
def test_mending_any_letter_loses_no_answer(tmp_path, kind):
    """Of any field of any question: all ten answers stand, and that one has changed is said once."""
    store = Progress(tmp_path / "store.sqlite")
    answer_all(quiz_of(FILE, store), kind)
    assert len(LETTERS) > 300
    # A draft is read as an answer is.
    for at in LETTERS if kind == "answer" else LETTERS[::7]:
        text = mended(at)
        assert text != FILE
        questions, former = toml_questions(text, "bread.toml")
        entries = {
            question.id: restore_entry(
                question, QuestionStore(store, questions, "bread.toml", former), "practice"
            )
            for question in questions
        }
        assert len(entries) == len(ANSWERS)
        for question in questions:
            answer = entries[question.id].answer
            if question.type == "match":
                # Its choices are sorted, so that a letter can change their order.
                told = chosen_words(items.read_response(question, answer))
                assert len(told) == len(WORDS["match"])
                assert sum(map(operator.ne, told, WORDS["match"])) <= 1
            else:
                assert answer == ANSWERS[question.type], (at, question.id)
        told = [entry.problem for entry in entries.values() if entry.problem]
        assert len(told) == 1
        assert told[0].startswith("This question has changed since you answered it. Your "), told


def test_a_mended_letter_of_a_jupyterquiz_file_keeps_the_answer():
    """The name of the question is its place, whatever it says."""
    before = json.dumps(
        [
            {
                "question": "Capitol of Togo?",
                "type": "multiple_choice",
                "answers": [{"answer": "Lome", "correct": True}, {"answer": "Accra", "correct": False}],
            },
        ]
    )
    questions, former = json_questions(before, "typo.json")
    Page(Quiz(questions, Progress(), owner="typo.json", former_ids=former)).send("answer", "typo.json#1", 0)
    questions, former = json_questions(before.replace("Capitol", "Capital"), "typo.json")
    entry = Quiz(questions, Progress(), owner="typo.json", former_ids=former).answers["typo.json#1"]
    assert (entry.answer, entry.attempt, entry.state) == (0, 1, None)
    assert entry.problem == f"{CHANGED} It was right at that time."
    # Checked again it is marked as today's, and nothing is said of the change.
    checked = Page(Quiz(questions, Progress(), owner="typo.json")).send("answer", "typo.json#1", 0)
    assert (checked.state, checked.attempt, checked.problem) == ("right", 2, "")


def test_the_same_question_in_two_files_is_two_questions():
    """What is answered in one is open in the other."""
    text = json.dumps(
        [{"question": "?", "type": "numeric", "answers": [{"type": "value", "value": 3, "correct": True}]}]
    )
    shown = {}
    for key in ("pre.json", "post.json"):
        questions, former = json_questions(text, key)
        shown[key] = Quiz(questions, Progress(), owner=key, former_ids=former)
    Page(shown["pre.json"]).send("answer", "pre.json#1", "3")
    questions, former = json_questions(text, "post.json")
    assert (
        Quiz(questions, Progress(), owner="post.json", former_ids=former).answers["post.json#1"].answer
        is None
    )


@pytest.mark.parametrize(
    ("old", "new", "answer", "problem"),
    [
        # The words are found at another place.
        (
            'text = "rye"\nfeedback = "Not rye."',
            'text = "oat"\nfeedback = "."\n[[item.option]]\ntext = "rye"\nfeedback = "."',
            2,
            CHANGED,
        ),
        # Another word stands there, and nothing else has moved: the old one is told.
        ('text = "wheat"', 'text = "spelt"', 1, f"{CHANGED} You answered: wheat."),
        # What was chosen is gone.
        (
            'text = "rye"\nfeedback = "Not rye."\n[[item.option]]\ntext = "wheat"\n',
            'text = "oat"\nfeedback = "."\n[[item.option]]\ntext = "rice"\nfeedback = "."\n'
            '[[item.option]]\ntext = "maize"\n',
            None,
            f"{UNFIT} You answered: wheat.",
        ),
    ],
)
def test_what_was_chosen_is_what_was_meant(old, new, answer, problem):
    """An answer is kept as a place, but it is for the words that stood there."""
    answer_all(quiz_of(FILE))
    assert old in FILE
    entry = quiz_of(FILE.replace(old, new)).answers["bread.toml#99-single"]
    assert (entry.answer, entry.state) == (answer, None)
    assert entry.problem == f"{problem} It was right at that time."


def test_an_answer_does_not_move_to_another_question():
    """Where another was put before it, it stands with its question, and that one is open."""
    file = [
        {"question": stem, "type": "numeric", "answers": [{"type": "value", "value": value, "correct": True}]}
        for stem, value in (("How many minutes are an hour?", 60), ("Which year is it now?", 2026))
    ]
    questions, _ = json_questions(json.dumps(file[:1]), "quiz.json")
    Page(Quiz(questions, Progress(), owner="quiz.json")).send("answer", "quiz.json#1", "60")
    questions, _ = json_questions(json.dumps(file[::-1]), "quiz.json")
    entries = Quiz(questions, Progress(), owner="quiz.json").answers
    assert [(entry.answer, entry.problem) for entry in entries.values()] == [
        (None, ""),
        ("60", f"{CHANGED} It was right at that time."),
    ]
    # Where it is in the file no more, the question in its place tells what was asked.
    questions, _ = json_questions(json.dumps(file[1:]), "quiz.json")
    (entry,) = Quiz(questions, Progress(), owner="quiz.json").answers.values()
    assert (entry.answer, entry.state) == (None, None)
    assert entry.problem == (
        f"{UNFIT} You were asked: How many minutes are an hour? You answered: 60. It was right at that time."
    )


def test_another_type_of_question_tells_the_old_answer():
    """Nothing of it fits, and nothing of it is dropped."""
    answer_all(quiz_of(FILE))
    head, tail = FILE.split('[[item]]\nid = "99-multiple"')
    word = (
        HEAD
        + """
[[item]]
id = "99-single"
type = "word"
check = "one"
objective = 1
stem = "Which grain?"
otherwise = "No."
[[item.answer]]
text = "wheat"
feedback = "Yes."
"""
    )
    entry = quiz_of(word + '[[item]]\nid = "99-multiple"' + tail).answers["bread.toml#99-single"]
    assert entry.answer == ""
    assert entry.problem == f"{UNFIT} You answered: wheat. It was right at that time."
    assert head


def test_a_changed_question_of_a_test_that_was_handed_in_stays():
    """It cannot be checked again, so nothing asks for that."""
    page = Page(quiz_of(FILE, mode="test"))
    page.hand_in({question.id: ANSWERS[question.type] for question in toml_questions(FILE, "bread.toml")[0]})
    entry = quiz_of(FILE.replace("Which grain?", "What grain?"), mode="test").answers["bread.toml#99-single"]
    assert (entry.answer, entry.locked) == (1, True)
    assert entry.problem == f"{say('quiz.changed_locked')} It was right at that time."


@pytest.mark.parametrize("question", toml_questions(FILE, "bread.toml")[0], ids=lambda item: item.type)
def test_a_question_is_told_without_its_file(question):
    """What is kept has no key and no feedback, and an answer to it reads as it did."""
    snapshot = describe_questions([question], "bread.toml")[question.id]
    kept = json.dumps(msgspec.to_builtins(snapshot))
    assert not re.search("feedback|Not rye|Yes|model|It keeps|rubric|explain|Because", kept)
    told = described_item(msgspec.convert(json.loads(kept), QuestionSnapshot), question.id, question.version)
    assert {**items.public_view(told), "graded": question.graded} == {
        **items.public_view(question),
        "hints": len(question.hints),
    }
    answer = items.valid_answer(told, ANSWERS[question.type])
    if question.type in WORDS:
        assert chosen_words(items.read_response(told, answer)) == WORDS[question.type]
    assert carry_answer(told, question, answer).answer == answer


def test_what_was_shown_is_kept_once_for_each_version():
    """Before the first entry, also where several pages are open."""
    text = FILE.replace("Which grain?", "What grain?")
    for file in (FILE, FILE, text, text):
        page = Page(quiz_of(file))
        page.send("hint", "bread.toml#99-single")
        page.send("answer", "bread.toml#99-single", 1)
    events = Progress().item_events("bread.toml#99-single")
    stems = [(at, snapshot.stem) for at, event in enumerate(events) if (snapshot := read_snapshot(event))]
    assert [stem for _, stem in stems] == ["Which grain?", "What grain?"]
    assert stems[0][0] == 0
    assert [event.kind for event in events].count("answer") == 4


texts = st.text(alphabet="abc", min_size=1, max_size=2)
options = st.lists(texts, min_size=1, max_size=4, unique=True)


def choice(words, kind):
    """A question with these options."""
    option = [items.Option(word, "") for word in words]
    return (items.Single if kind == "single" else items.Multiple)(
        id="a", type=kind, check="c", objective=1, stem="?", option=option
    )


@given(options, options, st.data())
def test_a_carried_choice_is_the_one_that_was_made(before, after, data):
    """Where it is said to read as it did, it does; where it is whole, as much is chosen as before."""
    old, new = choice(before, "multiple"), choice(after, "multiple")
    chosen = data.draw(st.lists(st.sampled_from(range(len(before))), unique=True).map(sorted))
    carried = carry_answer(old, new, chosen)
    assert items.valid_answer(new, carried.answer) == carried.answer
    words = {after[place] for place in carried.answer}
    if carried.same_words and carried.whole:
        assert words == {before[place] for place in chosen}
    if carried.whole:
        assert len(words) == len(chosen)
    assert {before[place] for place in chosen} & set(after) <= words
