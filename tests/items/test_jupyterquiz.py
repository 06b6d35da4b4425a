"""Files that teachers have for jupyterquiz are read whole; what has no meaning here is said."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import items
from course_lib.errors import ItemError
from course_lib.items.jupyterquiz import from_jupyterquiz
from course_lib.quiz import quiz
from course_lib.widgets.page_types import ShownNumber, ShownSingle, ShownWord
from course_lib.widgets.quiz import Quiz

CHOICE = {
    "question": "What is <b>2</b> + \\(x\\) &amp; more?",
    "type": "multiple_choice",
    "code": "x = 2",
    "answers": [
        {"answer": "4", "correct": True, "feedback": "Yes, <i>four</i>."},
        {"code": "x + 1", "correct": False},
    ],
}
NUMBER = {
    "question": "Pi?",
    "type": "numeric",
    "precision": 3,
    "answers": [
        {"type": "value", "value": 3.14, "correct": True, "feedback": "Yes."},
        {"type": "range", "range": [10, 12], "correct": True, "feedback": "Also."},
        {"type": "value", "value": 3, "correct": False, "feedback": "Too rough."},
        {"type": "default", "feedback": "No."},
    ],
}
WORD = {
    "question": "A red fruit?",
    "type": "string",
    "answers": [
        {"answer": "strawberry", "correct": True, "feedback": "Yes.", "fuzzy_threshold": 0.8},
        {"answer": "Tomato", "correct": False, "match_case": True, "feedback": "Not in a kitchen."},
        {"type": "default", "feedback": "Think of June."},
    ],
}


def read(*given):
    """The items and remarks of a file with these questions."""
    return from_jupyterquiz(list(given), "q.json")


def test_a_choice_is_read_with_code_markup_and_mathematics():
    """Inline HTML becomes Markdown, formulas keep their signs, missing feedback is made up for."""
    (item,), remarks = read(CHOICE)
    assert remarks == []
    assert item.stem == "What is **2** + $x$ & more?\n\n```\nx = 2\n```"
    assert [option.text for option in item.option] == ["4", "`x + 1`"]
    assert [option.feedback for option in item.option] == ["Yes, *four*.", "That is not right."]
    assert items.grade(item, 0).state == "right"


@pytest.mark.parametrize(
    ("keys", "type_", "kind"),
    [
        ([True, True, False], "multiple_choice", "any"),
        ([False, False], "multiple_choice", "survey"),
        ([False, False], "many_choice", "survey"),
        ([True, True], "many_choice", "all"),
    ],
)
def test_any_number_of_right_answers_is_understood(keys, type_, kind):
    """Several right in a single choice: one is enough. None: a survey. All: ticking all is right."""
    answers = [{"answer": f"a{n}", "correct": key} for n, key in enumerate(keys)]
    (item,), remarks = read({"question": "?", "type": type_, "answers": answers})
    if kind == "any":
        assert item.any_key
        assert items.grade(item, 1).state == "right"
    elif kind == "survey":
        assert remarks == ["q.json, question 1: no answer is right, so it is kept and not marked."]
        assert items.grade(item, 0 if type_ == "multiple_choice" else [0]) == items.Result("kept", None, [])
    else:
        assert items.grade(item, [0, 1]).score == 1
        assert items.grade(item, [0]).state == "not_yet"


@pytest.mark.parametrize(
    ("typed", "state", "said"),
    [
        ("3.14", "right", "Yes."),
        ("3.1415", "right", "Yes."),
        ("3.146", "not_yet", "No."),
        ("11,5", "right", "Also."),
        ("3", "not_yet", "Too rough."),
        ("12.1", "not_yet", "No."),
    ],
)
def test_numbers_keep_their_precision_and_ranges(typed, state, said):
    """Precision counts significant digits; a range has both ends."""
    (item,), remarks = read(NUMBER)
    assert remarks == []
    result = items.grade(item, typed)
    assert (result.state, result.notes[0].text) == (state, said)


@pytest.mark.parametrize(
    ("typed", "state", "said"),
    [
        ("Strawberry", "right", "Yes."),
        ("strawbery", "right", "Yes."),
        ("Tomato", "not_yet", "Not in a kitchen."),
        ("tomato", "not_yet", "Think of June."),
        ("", "unanswered", None),
    ],
)
def test_words_are_compared_as_loosely_as_asked(typed, state, said):
    """Case and likeness follow each answer."""
    (item,), remarks = read(WORD)
    assert remarks == []
    result = items.grade(item, typed)
    assert result.state == state
    assert [note.text for note in result.notes] == ([said] if said else [])


@pytest.mark.parametrize(
    ("given_", "remark"),
    [
        ({"type": "numeric"}, "it has no text under 'question', so it was left out"),
        (
            {"question": "?", "type": "essay", "answers": [{}]},
            "the type 'essay' is not known, so it was left out",
        ),
        (
            {"question": "?", "type": ["numeric"], "answers": []},
            "the type ['numeric'] is not known, so it was left out",
        ),
        ({"question": "?", "type": "numeric", "answers": "4"}, "it has no answers, so it was left out"),
        (
            {"question": "?", "type": "numeric", "answers": [{"value": "four", "correct": True}]},
            "answer 1 is no number that could be compared, so it was left out",
        ),
        ({**CHOICE, "answer_cols": 2}, "'answer_cols' has no meaning here"),
        (
            {"question": "?", "type": "string", "answers": [{"answer": "a"}]},
            "no word is right, so it was left out",
        ),
    ],
)
def test_what_cannot_be_taken_is_named(given_, remark):
    """By file and question."""
    _, remarks = read(given_)
    assert remarks[0] == f"q.json, question 1: {remark}."


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
_ANSWER = st.fixed_dictionaries(
    {},
    optional={
        "answer": _JSON,
        "code": _JSON,
        "correct": _JSON,
        "feedback": _JSON,
        "type": st.sampled_from(["value", "range", "default"]) | _JSON,
        "value": _JSON,
        "range": st.lists(st.floats() | st.integers(), min_size=2, max_size=2) | _JSON,
        "match_case": _JSON,
        "fuzzy_threshold": st.floats() | _JSON,
    },
)
_QUESTION = st.fixed_dictionaries(
    {
        "question": st.text(max_size=20) | _JSON,
        "type": st.sampled_from(["multiple_choice", "many_choice", "numeric", "string"]) | _JSON,
        "answers": st.lists(_ANSWER, max_size=4) | _JSON,
    },
    optional={"code": _JSON, "precision": st.integers(-2, 5) | _JSON, "hint": _JSON},
)


# The first question loads the Markdown library, which takes longer than the others.
@settings(deadline=None)
@given(st.lists(_QUESTION, max_size=3) | _JSON)
def test_whatever_is_in_a_file_is_asked_or_named(given_):
    """No file crashes; each question read can be shown, answered with its key, and is right then."""
    asked, remarks = from_jupyterquiz(given_, "q.json")
    if isinstance(given_, list):
        assert len(asked) + sum("left out" in remark for remark in remarks) >= len(given_)
    Quiz(asked)
    for item in asked:
        answer = items.key_answer(item)
        assert answer is None or items.grade(item, items.valid_answer(item, answer)).state == "right"


def test_a_file_just_works(tmp_path, capsys):
    """A teacher's file is shown with one call, and remarks stand above it."""
    path = tmp_path / "q.json"
    path.write_text(json.dumps([CHOICE, NUMBER, WORD, {"question": "?", "type": "essay"}]), encoding="utf-8")
    shown = quiz(path)
    assert [type(question) for question in shown.questions] == [ShownSingle, ShownNumber, ShownWord]
    assert capsys.readouterr().out == (
        "q.json, question 4: the type 'essay' is not known, so it was left out.\n"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "There is no file {path} that could be read. Check its name and folder."),
        (b"{", "q.json is damaged or no text in UTF-8. Save it anew, then try again."),
        (b"\xff\xfe", "q.json is damaged or no text in UTF-8. Save it anew, then try again."),
        (b"[]", "q.json holds no question that could be asked."),
    ],
)
def test_a_file_that_cannot_be_asked_is_told(tmp_path, text, sentence):
    """One sentence each."""
    path = tmp_path / "q.json"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(ItemError) as caught:
        quiz(path)
    assert str(caught.value) == sentence.format(path=path)
