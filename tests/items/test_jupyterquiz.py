"""Files that teachers have for jupyterquiz mean here what they mean there; what is otherwise is said."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import items
from course_lib.errors import ItemError
from course_lib.items.jupyterquiz import decode_text, read_jupyterquiz, read_questions
from course_lib.widgets.quiz import Quiz

GOOD, BAD = (Path(__file__).parents[1] / folder for folder in ("question_files", "bad/question_files"))
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


def read(*questions):
    """The one question that was read, or None, and the remarks without the name of the file."""
    found = read_questions(list(questions), "q.json")
    remarks = [remark.removeprefix("q.json, ") for remark in found.remarks]
    return (found.items[0] if found.items else None), remarks


def choice(*keys, kind="multiple_choice"):
    """A choice with one answer for each of these values of `correct`."""
    answers = [{"answer": f"a{place}", "correct": key} for place, key in enumerate(keys)]
    return {"question": "?", "type": kind, "answers": answers}


def numeric(*answers, **fields):
    """A question for a number."""
    return {"question": "?", "type": "numeric", "answers": list(answers), **fields}


def string(*answers):
    """A question for a word."""
    return {"question": "?", "type": "string", "answers": list(answers)}


def said(item, typed):
    """The state of a typed answer, and the first thing said to it."""
    result = items.grade(item, typed)
    return result.state, result.notes[0].text if result.notes else ""


def test_a_choice_is_read_with_code_markup_and_mathematics():
    """HTML means what it means, formulas keep their signs, missing feedback is made up for."""
    item, remarks = read(CHOICE)
    assert remarks == []
    assert item.stem == "What is <strong>2</strong> + $x$ & more?\n\n```\nx = 2\n```"
    assert [option.text for option in item.option] == ["4", "<code>x + 1</code>"]
    assert [option.feedback for option in item.option] == ["Yes, <em>four</em>.", "That is not right."]
    assert items.grade(item, 0).state == "right"


@pytest.mark.parametrize("kind", ["multiple_choice", "many_choice"])
def test_the_number_of_right_answers_decides_and_not_the_type(kind):
    """One right: one is chosen. Several: all of them. None: it is kept and not marked."""
    one, _ = read(choice(True, False, kind=kind))
    assert (one.type, items.grade(one, 0).state) == ("single", "right")
    two, _ = read(choice(True, True, False, kind=kind))
    assert (two.type, items.grade(two, [0, 1]).state) == ("multiple", "right")
    assert items.grade(two, [0]).state == "not_yet"
    none, remarks = read(choice(False, False, kind=kind))
    assert remarks == ["question 1: no answer is right, so it is kept and not marked."]
    assert items.grade(none, 0) == items.Result("kept", None, [])


@pytest.mark.parametrize(
    ("value", "key", "told"),
    [
        (True, True, None),
        (False, False, None),
        (None, False, None),
        ("true", True, "'true' for true or false, which is read as right"),
        ("False", False, "'False' for true or false, which is read as not right"),
        (1, True, "1 for true or false, which is read as right"),
        (0, False, "0 for true or false, which is read as not right"),
    ],
)
def test_what_stands_for_true_is_read_as_meant(value, key, told):
    """What is neither true nor false is told."""
    item, remarks = read(choice(value, True, False))
    assert item.option[0].key is key
    assert remarks == ([f"question 1: answer 1 has {told}."] if told else [])


def test_texts_that_are_numbers_or_nothing_are_shown():
    """As a page would write them; an answer without any is numbered."""
    answers = [{"answer": 2.0, "correct": True}, {"answer": False, "correct": False}, {"correct": False}]
    item, remarks = read({"question": 7, "type": "many_choice", "answers": answers})
    assert (item.stem, [option.text for option in item.option]) == ("7", ["2", "false", "(answer 3)"])
    assert remarks == ["question 1: answer 3 has no text."]


@pytest.mark.parametrize(
    ("typed", "state", "feedback"),
    [
        ("3.14", "right", "Yes."),
        ("3.1415", "right", "Yes."),
        ("3.146", "not_yet", "No."),
        ("10", "right", "Also."),
        ("11,5", "right", "Also."),
        ("3", "not_yet", "Too rough."),
        ("12", "not_yet", "No."),
        ("11.96", "not_yet", "No."),
        ("22/7", "right", "Yes."),
    ],
)
def test_numbers_keep_their_precision_and_ranges(typed, state, feedback):
    """What is typed is rounded to significant digits; a range has its lower end and not its upper one."""
    item, remarks = read(NUMBER)
    assert remarks == []
    assert said(item, typed) == (state, feedback)
    assert items.key_lines(item) == ["3.14: Yes.", "10 ≤ … \\< 12: Also."]


def test_the_first_rule_that_fits_decides_on_a_number():
    """Also where it is not right; where two mark otherwise, the later one is told."""
    wide = {"range": [0, 10], "correct": False, "feedback": "Wide."}
    item, remarks = read(numeric(wide, {"value": 5, "correct": True}, {"value": 10, "correct": True}))
    assert remarks == [
        "question 1: answer 2 overlaps an earlier one that marks otherwise; the earlier one decides."
    ]
    assert said(item, "5") == ("not_yet", "Wide.")
    assert said(item, "10") == ("right", "That is right.")
    assert items.key_answer(item) == "10"


def test_a_value_before_the_range_around_it_is_an_exception():
    """So such files name it, and nothing is told."""
    item, remarks = read(numeric({"value": 5, "correct": True}, {"range": [0, 10], "feedback": "Near."}))
    assert remarks == []
    assert [said(item, typed)[0] for typed in ("5", "5.1")] == ["right", "not_yet"]


def test_a_number_in_quotation_marks_is_a_number():
    """A fraction is one too, and the ends of a range are."""
    item, remarks = read(
        numeric({"value": "72.5", "correct": True}, {"value": "1/4", "correct": True}, {"range": ["1", "2"]})
    )
    assert remarks == []
    assert [said(item, typed)[0] for typed in ("72.50", "0.25", "1.5")] == ["right", "right", "not_yet"]


def test_a_range_may_be_open_at_an_end():
    """`Infinity`, or a number too great for a computer, is no end at all."""
    text = '[{"question": "?", "type": "numeric", "answers": [{"range": [0, Infinity], "correct": true}]}]'
    (item,) = read_jupyterquiz(text, "q.json").items
    assert [said(item, typed)[0] for typed in ("1e300", "-1")] == ["right", "not_yet"]
    assert items.grade(item, items.key_answer(item)).state == "right"


@pytest.mark.parametrize(
    ("typed", "state", "feedback"),
    [
        ("Strawberry", "right", "Yes."),
        ("strawbery", "right", "Yes."),
        ("Tomato", "not_yet", "Not in a kitchen."),
        ("tomato", "not_yet", "Think of June."),
        ("", "unanswered", ""),
    ],
)
def test_words_are_compared_as_loosely_as_asked(typed, state, feedback):
    """Case and likeness follow each answer."""
    item, remarks = read(WORD)
    assert remarks == []
    assert said(item, typed) == (state, feedback)


def test_the_first_word_that_is_like_enough_decides():
    """By the share of letters that stay, not by the likest; what it hides is told."""
    kitten = {"answer": "kitten", "correct": False, "feedback": "A cat.", "fuzzy_threshold": 0.5}
    item, remarks = read(string(kitten, {"answer": "sitting", "correct": True}))
    assert remarks == [
        "question 1: answer 2 is taken by an earlier one that marks otherwise; the earlier one decides.",
        "question 1: no text is right, so it is kept and not marked.",
    ]
    assert said(item, "sitting") == ("kept", "A cat.")


@pytest.mark.parametrize("typed", ["Lome\u0301", "LOMÉ", " lomé "])
def test_a_word_counts_however_its_accent_is_typed(typed):
    """A decomposed accent is the same letter; so are an apostrophe of either kind."""
    item, _ = read(string({"answer": "Lomé", "correct": True}))
    assert said(item, typed)[0] == "right"
    item, _ = read(string({"answer": "don't", "correct": True}))
    assert said(item, "don’t")[0] == "right"


@pytest.mark.parametrize(
    ("question", "kind", "remark"),
    [
        (
            {"type": "numeric", "question": "?"},
            "number",
            "it has no answers, so that it is shown and not marked",
        ),
        (
            {"type": "string", "question": "?", "answers": []},
            "word",
            "it has no answers, so that it is shown and not marked",
        ),
        ({**choice(), "answers": "4"}, "single", "it has no answers, so that it is shown and not marked"),
        (
            numeric({"value": "four", "correct": True}),
            "number",
            "answer 1 has the value 'four', which is no number, so it was left out",
        ),
        (
            numeric({"range": [1], "correct": True}),
            "number",
            "answer 1 has the range [1], which is no two numbers, so it was left out",
        ),
        (
            numeric({"range": [3, 1], "correct": True}),
            "number",
            "answer 1 has a range from 3 to 1, into which no number falls",
        ),
        (
            numeric({"value": False, "correct": True}),
            "number",
            "answer 1 has the value false, which JavaScript takes for 0",
        ),
        (
            numeric({"value": 1, "correct": True}, precision=0),
            "number",
            "its precision 0 is no number of digits, so numbers are not rounded",
        ),
        (string({"answer": "a"}), "word", "no text is right, so it is kept and not marked"),
        (
            string({"answer": "a", "correct": True, "fuzzy_threshold": 80}),
            "word",
            "answer 1 has a 'fuzzy_threshold' of 80, which is no share from 0 to 1, so it must be typed "
            "exactly",
        ),
        ({**CHOICE, "answer_cols": 2}, "single", "'answer_cols' is about layout and has no meaning here"),
        ({**CHOICE, "points": 2}, "single", "'points' has no meaning here"),
        ({**CHOICE, "question": ""}, "single", None),
        ({**choice(True, False), "question": None}, "single", "it has no text under 'question'"),
        (
            {**choice(True, False), "type": None},
            "single",
            "it has no type, so jupyterquiz does not show it; it is read as 'multiple_choice'",
        ),
        (
            {**numeric({"value": 1, "correct": True}), "type": None},
            "number",
            "it has no type, so jupyterquiz does not show it; it is read as 'numeric'",
        ),
        ({"question": "?"}, None, "it has no type, so it was left out, as by jupyterquiz"),
        (
            {"question": "?", "type": "essay"},
            None,
            "the type 'essay' is none of multiple_choice, many_choice, numeric, string, so it was left "
            "out, as by jupyterquiz",
        ),
        (
            {**choice(True, False), "type": " Multiple-Choice"},
            "single",
            "the type ' Multiple-Choice' is none that jupyterquiz shows; it is read as 'multiple_choice'",
        ),
        (
            {**numeric({"value": 1, "correct": True}), "type": "NUMERIC"},
            "number",
            "the type 'NUMERIC' is none that jupyterquiz shows; it is read as 'numeric'",
        ),
        (
            {"body": "?", "type": "multiple_choice", "answers": ["a", "b"], "answer": ["a"]},
            "single",
            "the type 'multiple_choice' is none that ipyquizjb shows; it is read as 'MULTIPLE_CHOICE'",
        ),
        (
            {**CHOICE, "answers": {"a": {"answer": "a", "correct": True}, "b": {"answer": "b"}}},
            "single",
            "its 'answers' are a table, which jupyterquiz cannot show; they are read in their order",
        ),
        ("?", None, "it is no table of fields, so it was left out"),
        (
            {**CHOICE, "answers": [{"answer": "a", "correct": True}, "b", None]},
            "single",
            "answer 2 is no table, so it is shown and not right",
        ),
        (choice(True, True, True), "multiple", None),
    ],
)
def test_what_jupyterquiz_shows_is_shown_and_what_is_odd_is_named(question, kind, remark):
    """By file and question, in a sentence."""
    item, remarks = read(question)
    assert (item.type if item else None) == kind
    assert remarks[:1] == ([f"question 1: {remark}."] if remark else [])


def test_the_same_of_several_questions_is_told_once():
    """With their numbers."""
    _, remarks = read({**CHOICE, "points": 1}, CHOICE, {**CHOICE, "points": 2}, {**CHOICE, "points": 3})
    assert remarks == ["questions 1, 3 and 4: 'points' has no meaning here."]


def test_what_is_left_out_of_the_texts_of_a_question_is_named_once():
    """Tags, attributes, what looks like a tag, money and lost backslashes."""
    odd = {
        **choice(True, False),
        "question": "<span style='color:red'>Red</span> <script>1</script>",
        "hint": "List<int>",
        "code": "<i>x</i>",
    }
    odd["answers"][0] |= {"answer": "$5 and $6", "feedback": "$\beta$ <u class='k'>x</u>"}
    item, remarks = read(odd)
    assert remarks == [
        "question 1: what could not be carried over is left out: style, <script>, <i> and class.",
        "question 1: <int> is taken for a tag, as by a browser, and not shown; write &lt; for the sign.",
        "question 1: dollar signs before numbers are read as money, where jupyterquiz draws mathematics.",
        "question 1: a backslash of mathematics is lost, since JSON and JavaScript read it with the letter "
        "after it; write two of them.",
    ]
    assert item.option[0].text == "\\$5 and \\$6"


def test_a_question_is_known_by_its_own_id_or_its_place():
    """Whatever is mended in it; its version tells its wording, not how it is carried over."""
    first, second = {**CHOICE, "id": "grain"}, {**CHOICE, "question": "Other?"}
    found = read_questions(
        [first, second, {**CHOICE, "id": "grain"}, {**CHOICE, "id": 2}], "q.json", "w/q.json"
    )
    assert [item.id for item in found.items] == ["w/q.json#grain", "w/q.json#2-2", "w/q.json#3", "w/q.json#2"]
    assert found.remarks == [
        "q.json, question 3: its id 'grain' is that of an earlier one, so its place stands for it."
    ]
    versions = [item.version for item in found.items]
    assert versions[0] == versions[2] == versions[3] == items.version_of(CHOICE) != versions[1]


def test_former_ids_are_those_that_old_stores_hold():
    """Made of the content, as version 1 of the importer made them; the second of two alike has a number."""
    found = read_questions([WORD, NUMBER, WORD, {"question": "?", "type": "essay"}], "q.json")
    assert found.former_ids == {
        "q.json#1": "jq-f82de9f7",
        "q.json#2": "jq-47637397",
        "q.json#3": "jq-f82de9f7-2",
    }


def test_what_javascript_takes_is_taken():
    """Comments, names without quotation marks, commas at the end, a semicolon, a mark at the beginning."""
    content = (GOOD / "loose.json").read_bytes()
    for given_ in (content, b"\xef\xbb\xbf" + content, content.decode().encode("utf-16")):
        found = read_jupyterquiz(decode_text(given_, "loose.json"), "loose.json")
        assert [option.text for option in found.items[0].option] == ["wheat", "rye"]
        assert found.remarks == []


def test_a_field_that_stands_twice_is_told():
    """Its last value counts, as in JavaScript; in strict JSON and in loose."""
    strict = '[{"question": "a", "type": "string", "question": "b", "answers": []}]'
    for text in (strict, strict.replace('"', "'")):
        read = read_jupyterquiz(text, "q.json")
        assert read.items[0].stem == "b"
        assert read.remarks[-1] == (
            "q.json: 'question' stands more than once in one table; the last counts, as in JavaScript."
        )


def test_a_single_backslash_is_read_as_javascript_reads_it():
    """It is dropped, and that is told with its line."""
    text = (GOOD / "single_backslash.json").read_text(encoding="utf-8")
    found = read_jupyterquiz(text, "q.json")
    assert found.items[0].stem == "Is (x) a letter?"
    assert found.remarks == [
        "q.json, line 1: a single backslash is dropped, as JavaScript drops it, so that what was mathematics "
        "is none; write two of them."
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "missing-comma",
            'missing-comma.json, line 4, column 5: \'{"answer": "rye", "correct": f…\' cannot stand '
            "there: a comma or a colon is missing before it, or a sign among numbers. Nothing was read "
            "from it.",
        ),
        (
            "latin-1",
            "latin-1.json is no text in UTF-8: line 2, column 26 has the byte E9, in Windows-1252 or "
            "Latin-1 the sign 'é'. Save it as UTF-8, then try again.",
        ),
        (
            "never-closed",
            "never-closed.json ends in line 3 before what it begins is closed: a quotation mark or a "
            "bracket is missing. Nothing was read from it.",
        ),
        (
            "curly-quotes",
            "curly-quotes.json, line 1, column 3: '“question”: \"Which grain?\"}]' cannot stand there: "
            'quotation marks have to be straight ones ("). Nothing was read from it.',
        ),
        (
            "python-true",
            "python-true.json, line 1, column 101: 'True}]}]' cannot stand there: true and false are "
            "written in small letters. Nothing was read from it.",
        ),
        (
            "python-none",
            "python-none.json, line 3, column 34: 'None}' cannot stand there: None is Python's; write null "
            "for it. Nothing was read from it.",
        ),
        (
            "python-letter",
            'python-letter.json, line 3, column 16: \'r"Rye", "correct": true}\' cannot stand there: the '
            "letter before a quotation mark is Python's. Nothing was read from it.",
        ),
        (
            "python-three-marks",
            "python-three-marks.json, line 3, column 18: '\"Rye' cannot stand there: three quotation marks "
            "are Python's; write one, and \\n for a break. Nothing was read from it.",
        ),
        (
            "python-round-brackets",
            'python-round-brackets.json, line 3, column 5: \'("Rye", "Wheat")\' cannot stand there: round '
            "brackets are Python's; write square ones. Nothing was read from it.",
        ),
        (
            "python-name",
            'python-name.json, line 1, column 1: \'questions = [{"question": "Whi…\' cannot stand there: the '
            "file begins with the bracket of the list; leave out what stands before it. Nothing was read "
            "from it.",
        ),
        (
            "hash-comment",
            "hash-comment.json, line 3, column 40: '# of course' cannot stand there: a comment begins with "
            "//. Nothing was read from it.",
        ),
        (
            "decimal-comma",
            "decimal-comma.json, line 1, column 75: '}]}]' cannot stand there: the number before it has a "
            "decimal comma; write a point. Nothing was read from it.",
        ),
        (
            "nought-before",
            "nought-before.json, line 1, column 71: '072}]}]' cannot stand there: a whole number does not "
            "begin with 0. Nothing was read from it.",
        ),
        (
            "text-behind",
            "text-behind.json, line 2, column 1: 'Rye, of course.' cannot stand there: what the file begins "
            "with has ended before it; leave it out. Nothing was read from it.",
        ),
        (
            "division",
            "division.json, line 1, column 72: '3, \"correct\": true}]}]' cannot stand there: a division "
            "is no number; write it out, or between quotation marks. Nothing was read from it.",
        ),
        (
            "text-over-two-lines",
            "text-over-two-lines.json, line 1: a text goes on over the end of the line, so its quotation "
            "mark is missing; write \\n for a break. Nothing was read from it.",
        ),
        ("empty", "empty.json is empty. Write a list of questions into it."),
        (
            "flash-cards",
            "flash-cards.json holds 2 flash cards for jupytercards, which have a front and a back and "
            "ask nothing that could be marked; show them with display_flashcards of that package.",
        ),
        (
            "other-table",
            "other-table.json holds a table with the fields 'title', 'pages', and no list of "
            'questions. jupyterquiz has [{"question": …, "type": …, "answers": […]}, …], ipyquizjb '
            '{"questions": […]}.',
        ),
        (
            "text-alone",
            'text-alone.json holds a text, and no list of questions. jupyterquiz has [{"question": …, '
            '"type": …, "answers": […]}, …], ipyquizjb {"questions": […]}.',
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(name, sentence):
    """One sentence: the file, where, what stands there and what to do."""
    path = BAD / f"{name}.json"
    with pytest.raises(ItemError) as error:
        read_jupyterquiz(decode_text(path.read_bytes(), path.name), path.name)
    assert str(error.value) == sentence


def test_files_of_ipyquizjb_are_read():
    """A choice of one or several, a number, a text with its model answer; the rest is told."""
    found = read_jupyterquiz((GOOD / "ipyquizjb.json").read_text(encoding="utf-8"), "q.json")
    one, several, number, text = found.items
    assert (one.stem, one.explain) == ("Which is <strong>grain</strong>?", "It has ears.")
    assert [option.text for option in one.option] == ["rye", "a\\<b", "beet"]
    assert items.grade(one, 0).state == items.grade(several, [1, 2]).state == "right"
    assert (number.stem, said(number, "4")[0], said(number, "5")[0]) == ("$2 + 2$?", "right", "not_yet")
    assert (text.stem, text.model) == ("Why rye?", "It bears cold.<br><br>And poor soil.")
    assert found.remarks == [
        "q.json: 'passing_threshold' beside 'questions' has no meaning here.",
        "q.json, question 2: 'when' has no meaning here: questions for a second try are asked with the "
        "others.",
        "q.json, question 5: the type 'ESSAY' is none of MULTIPLE_CHOICE, NUMERIC, TEXT, so it was left out, "
        "as by ipyquizjb.",
    ]


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
        "type": st.sampled_from(["multiple_choice", "many_choice", "numeric", "string", "TEXT"]) | _JSON,
        "answers": st.lists(_ANSWER, max_size=4) | _JSON,
    },
    optional={
        "code": _JSON,
        "precision": st.integers(-2, 5) | _JSON,
        "hint": _JSON,
        "id": _JSON,
        "body": _JSON,
        "answer": _JSON,
        "notes": _JSON,
    },
)


# The first question loads the Markdown library, which takes longer than the others.
@settings(deadline=None)
@given(st.lists(_QUESTION, max_size=3) | _JSON)
def test_whatever_is_in_a_file_is_asked_or_named(parsed):
    """No file crashes; each question read can be shown, answered with its key, and is right then."""
    try:
        found = read_questions(parsed, "q.json")
    except ItemError:
        assert not isinstance(parsed, list)
        return
    if isinstance(parsed, list):
        assert len(found.items) + sum("left out" in remark for remark in found.remarks) >= bool(parsed)
    assert len({item.id for item in found.items}) == len(found.items)
    if found.items:
        Quiz(found.items)
    for item in found.items:
        answer = items.key_answer(item)
        assert answer is None or items.grade(item, answer).state == "right"


def test_reading_what_json_writes_gives_the_same():
    """A list made in Python and the file of it are the same questions."""
    questions = [CHOICE, NUMBER, WORD]
    assert read_jupyterquiz(json.dumps(questions), "q.json") == read_questions(questions, "q.json")
