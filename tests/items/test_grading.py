"""What can be asked, and how it is graded."""

import itertools
import re
import tomllib
from datetime import date
from typing import get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import items, paths
from course_lib.curriculum import course
from course_lib.errors import AnswerError, ItemError
from course_lib.html.feedback import error_text, message_html

BAD = sorted((paths.CHECKOUT / "tests" / "bad" / "items").glob("*.toml"))
BANKS = [course.bank(stem) for stem in course.stems()]
ASKED = [item for bank in BANKS for item in bank.items]


def options(*keys):
    """Options with these keys."""
    return [items.Option(f"text {n}", f"feedback {n}", key) for n, key in enumerate(keys)]


def item(kind, **fields):
    """An item of this type with the usual rest."""
    common = {"id": "01-a", "check": "c", "objective": 1, "stem": "?", "type": kind}
    return items.TYPES[kind](**common, **fields)


def said(result):
    """What a result has to say: for each note where it belongs, its grade, its text, its message."""
    return [
        (
            note.where,
            note.right,
            note.text or "\n".join(f"- {line}" for line in note.lines),
            message_html(note.message) if note.message else "",
        )
        for note in result.notes
    ]


MATCH = item(
    "match",
    pair=[items.Pair("Rome", "Italy", "yes"), items.Pair("Paris", "France", "oui")],
    extra=["Spain"],
)
ORDER = item("order", step=[items.Step(name, f"{name} first") for name in ("one", "two", "three", "four")])
FORECAST = item("probability", resolves=date(2025, 12, 31))
ESSAY = item("text", model="A good one.", rubric=["names a source", "says when"], minimum=3)
SURVEY = item("single", option=[items.Option("a", ""), items.Option("b", "")], survey=True)
MANY = item("multiple", option=options(True, False, True, False, False))
NUMBER = item(
    "number",
    answer=1288,
    tolerance=0.5,
    feedback="yes",
    otherwise="no",
    mistake=[items.Mistake(20, "that is the other one")],
)
GRID = item(
    "grid",
    choices=["a", "b"],
    row=[
        items.GridRow("one", key="a", feedback="first"),
        items.GridRow("two", key="b", feedback="f", instead={"a": "why not"}),
    ],
)

MATRIX = item(
    "matrix",
    columns=["x", "y"],
    choices=["C", "N", "I"],
    row=[
        items.MatrixRow("one", key=["C", "I"], feedback="first"),
        items.MatrixRow("two", key=["N", "N"], feedback="f"),
    ],
)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_broken_bank_is_told_all_its_faults(path):
    """Each broken bank carries in its first lines the sentences it must produce, in order."""
    text = path.read_text(encoding="utf-8")
    expected = re.findall(r"(?m)^# (.+)$", text)
    with pytest.raises(ItemError) as caught:
        items.load(text, "bank.toml", {"bread-2024", "salt-2023"})
    assert expected
    assert caught.value.faults == expected


def test_an_unreadable_bank_is_told_where():
    """Broken TOML is one fault, with line and column."""
    with pytest.raises(ItemError) as caught:
        items.load('lesson = "01\n', "bank.toml")
    assert re.fullmatch(
        r"bank\.toml is not valid TOML: .*line 1.*\. Nothing of it can be used before that is mended\.",
        str(caught.value),
    )


def test_a_bank_nested_too_deep_is_told():
    """As one that cannot be read, not as an error of Python's."""
    with pytest.raises(ItemError) as caught:
        items.load("x = " + "[" * 100_000, "bank.toml")
    assert str(caught.value) == (
        "bank.toml is not valid TOML: maximum recursion depth exceeded. Nothing of it can be used before "
        "that is mended."
    )


def test_one_option_is_right_and_each_has_its_feedback():
    """A single choice is right or not right yet, and nothing chosen is not an answer."""
    one = item("single", option=options(False, True))
    assert items.grade(one, 1) == items.Result("right", 1.0, [items.Note("option:1", True, "feedback 1")])
    assert items.grade(one, 0) == items.Result("not_yet", 0.0, [items.Note("option:0", False, "feedback 0")])
    assert items.grade(one, None) == items.Result("unanswered", None, [])


@given(st.sets(st.integers(0, 4)))
def test_ticks_score_between_nothing_and_all(ticked):
    """Only the exact set is right and scores 1; nothing scores below 0."""
    result = items.grade(MANY, sorted(ticked))
    if not ticked:
        assert result.state == "unanswered"
        return
    assert 0 <= result.score <= 1
    assert (result.state == "right") == (ticked == {0, 2}) == (result.score == 1)


@given(st.lists(st.booleans(), min_size=2, max_size=8).filter(lambda keys: 0 < sum(keys) < len(keys)))
def test_ticking_everything_earns_nothing(keys):
    """Whatever the key, all boxes together score 0 and are not right."""
    result = items.grade(item("multiple", option=options(*keys)), list(range(len(keys))))
    assert result.score == pytest.approx(0)
    assert result.state == "not_yet"


def test_what_is_missing_is_counted_not_named():
    """A student learns how many ticks are missing, not which."""
    note = items.grade(MANY, [0]).notes[-1]
    assert (note.where, note.right, note.text) == ("item", None, "")
    assert message_html(note.message) == "1 more of the options belongs here."


@pytest.mark.parametrize(
    "typed", ["1288", "1,288", "1.288", "1 288", "1\u202f288", " +1288.4 ", "1'288", "1288,0"]
)
def test_a_number_may_be_typed_in_many_ways(typed):
    """Grouping, decimal comma, sign and blanks are understood."""
    assert items.grade(NUMBER, items.valid_answer(NUMBER, typed)).state == "right"


def test_a_usual_mistake_has_its_own_feedback():
    """Other wrong numbers get the general one."""
    assert items.grade(NUMBER, "20").notes == [items.Note("item", False, "that is the other one")]
    assert items.grade(NUMBER, "21").notes == [items.Note("item", False, "no")]


def test_an_untouched_field_is_not_an_answer():
    """Empty is unanswered even where 0 would be right."""
    zero = item("number", answer=0, feedback="yes", otherwise="no")
    assert items.grade(zero, "").state == "unanswered"
    assert items.grade(zero, "0").state == "right"


def test_what_is_no_number_is_said():
    """The sentence shows what was typed and what a number looks like."""
    (note,) = items.grade(NUMBER, "many").notes
    expected = "“many” could not be read as a number. Write it in figures, for instance 12.5 or 12,5."
    assert (note.text, message_html(note.message)) == ("", expected)
    assert items.grade(NUMBER, "many").state == "unanswered"
    (note,) = items.grade(NUMBER, "<b>many").notes
    assert message_html(note.message).startswith("“&lt;b&gt;many” could not")


def test_a_grid_scores_by_rows():
    """Open rows are counted, wrong choices may have feedback of their own."""
    assert items.grade(GRID, [None, None]).state == "unanswered"
    half = items.grade(GRID, [None, 0])
    assert half.score == 0
    assert said(half) == [
        ("item", None, "", "1 of 2 rows has no answer yet."),
        ("row:1", False, "why not", ""),
    ]
    assert items.grade(GRID, [0, 1]).state == "right"
    assert items.grade(GRID, [1, 1]).score == 0.5


def test_a_matrix_scores_by_cells():
    """Open cells are counted; each row says how many of its cells agree."""
    assert items.grade(MATRIX, [[None, None], [None, None]]).state == "unanswered"
    some = items.grade(MATRIX, [[0, 0], [None, None]])
    assert (some.state, some.score) == ("not_yet", 0.25)
    assert said(some) == [
        ("item", None, "", "2 of 4 cells have no answer yet."),
        ("row:0", False, "first", "1 of 2 cells agree with the key."),
    ]
    # What is said of a row tells its key, so it waits until the row is filled.
    assert said(items.grade(MATRIX, [[0, None], [None, None]]))[1:] == [
        ("row:0", None, "", "1 of 2 cells agree with the key.")
    ]
    assert items.grade(MATRIX, [[0, 2], [1, 1]]).state == "right"
    survey = item("matrix", columns=["x"], choices=["C", "N"], row=[items.MatrixRow("one")])
    assert items.grade(survey, [[0]]) == items.Result("kept", None, [])


def test_a_grid_without_a_key_is_kept():
    """A survey is neither right nor wrong."""
    survey = item("grid", choices=["a", "b"], row=[items.GridRow("one")])
    assert items.grade(survey, [0]) == items.Result("kept", None, [])


@pytest.mark.parametrize(
    ("asked", "raw"),
    [
        (MANY, [9]),
        (MANY, "0"),
        (MANY, [True]),
        (NUMBER, 5),
        (NUMBER, "1" * 20_001),
        (GRID, [0]),
        (GRID, [0, 7]),
        (MATRIX, [[0, 1]]),
        (MATRIX, [[0], [1]]),
        (MATRIX, [[0, 1], [0, 3]]),
        (MATRIX, [0, 1]),
    ],
)
def test_what_cannot_be_an_answer_is_refused(asked, raw):
    """Messages from a page are not trusted."""
    with pytest.raises(AnswerError) as caught:
        items.valid_answer(asked, raw)
    assert re.search(
        r"is no answer to item '01-a' of type \w+\. Run the cell again\.$", error_text(caught.value)
    )


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.id)
def test_nothing_of_the_key_is_shown_before_an_answer(asked):
    """What a page is given holds no feedback, hint, explanation, source or answer."""
    shown = repr(items.public_view(asked))
    secret = [*asked.hints, asked.explain, *asked.sources]
    secret += [option.feedback for option in getattr(asked, "option", ())]
    secret += [
        text
        for row in getattr(asked, "row", ())
        for text in (row.feedback, *getattr(row, "instead", {}).values())
    ]
    secret += [getattr(asked, name, "") for name in ("feedback", "otherwise")]
    assert [text for text in secret if text and text in shown] == []
    shared = {"id", "type", "stem", "hints", "graded", "confidence"}
    own = {"options", "unit", "decimals", "choices", "columns", "rows", "resolves", "minimum", "lines"}
    assert items.public_view(asked).keys() <= shared | own


@pytest.mark.parametrize("asked", [one for one in ASKED if one.graded], ids=lambda asked: asked.id)
def test_the_key_of_every_question_is_right(asked):
    """Answering as the bank says scores 1."""
    answer = items.key_answer(asked)
    result = items.grade(asked, items.valid_answer(asked, answer))
    assert (result.state, result.score) == ("right", 1.0)


def test_the_right_option_has_no_usual_place():
    """In the course's single choices the key is not always first, nor mostly the longest."""
    singles = [asked for asked in ASKED if isinstance(asked, items.Single) and asked.graded]
    places = [next(n for n, option in enumerate(one.option) if option.key) for one in singles]
    assert max(places.count(place) for place in set(places)) <= len(places) / 2


def test_a_changed_question_has_another_version():
    """An answer can be told to belong to an older form."""
    assert MANY.version != item("multiple", option=options(True, False, True, False, True)).version
    assert MANY.version == item("multiple", option=options(True, False, True, False, False)).version


# Whoever changes one of these questions on purpose writes its new version here.
PINNED = {
    "01-recall-horizon": "f0cfc134c0",
    "03-recall-witnesses": "e7d0cff1d5",
    "05-recall-label": "8b6018796f",
    "08-recall-counters": "a0ffdfd529",
    "11-recall-brier": "58195a937b",
}


def test_the_version_of_a_question_stays():
    """What a student answered counts as outdated only where the author changed the question."""
    assert {one.id: one.version for one in ASKED if one.id in PINNED} == PINNED


def test_a_new_optional_field_changes_no_version(monkeypatch):
    """Types may grow, in a question and in its parts: the versions hang on what the author wrote alone."""
    wide = msgspec.defstruct("Wide", [("weight", int, 1)], bases=(items.Option,), frozen=True)
    for name, kind in items.TYPES.items():
        fields = [("seconds", int | None, None)]
        if "option" in kind.__struct_fields__:
            fields.append(("option", list[wide]))
        grown = msgspec.defstruct(kind.__name__, fields, bases=(kind,), frozen=True, kw_only=True)
        monkeypatch.setitem(items.TYPES, name, grown)
    texts = [(stem, paths.bank_file(stem).read_text(encoding="utf-8")) for stem in course.stems()]
    loaded = [one for stem, text in texts for one in items.load(text, stem).items]
    assert {one.seconds for one in loaded} == {None}
    assert {one.option[0].weight for one in loaded if hasattr(one, "option")} == {1}
    assert [one.version for one in loaded] == [one.version for one in ASKED]


def test_a_bank_says_the_same_however_it_is_written():
    """Order of fields, ends of lines and a point behind a whole number are not what an author changes."""
    text = paths.bank_file(course.stems()[0]).read_text(encoding="utf-8")
    table = tomllib.loads(text)["item"][0]
    backwards = dict(reversed(table.items()))
    assert items.version_of(backwards) == items.version_of(table) == ASKED[0].version
    assert items.version_of({"stem": "a\r\nb", "answer": 3.0}) == items.version_of(
        {"answer": 3, "stem": "a\nb"}
    )
    assert items.version_of({**table, "stem": table["stem"] + "!"}) != ASKED[0].version


def test_a_role_changes_no_version():
    """What the library needs a question for is not what a student is asked; a choice with that name is."""
    text = paths.bank_file("10_the_gamble_scored").read_text(encoding="utf-8")
    tables = tomllib.loads(text)["item"]
    with_role = [one for one in tables if "role" in one]
    assert len(with_role) == 8
    assert sum("role" in option for one in with_role for option in one.get("option", ())) == 4
    for table in with_role:
        bare = {name: value for name, value in table.items() if name != "role"}
        if "option" in table:
            bare["option"] = [
                {name: value for name, value in option.items() if name != "role"}
                for option in table["option"]
            ]
        assert items.version_of(bare) == items.version_of(table)
    named = {"id": "01-a", "row": [{"text": "a", "instead": {"role": "no"}}]}
    assert items.version_of(named) != items.version_of({"id": "01-a", "row": [{"text": "a", "instead": {}}]})


def test_the_version_of_a_question_with_a_role_stays():
    """Answers that were given before there were roles belong to these questions as they stand."""
    asked = {item.id: item.version for item in course.bank("10_the_gamble_scored").items if item.role}
    assert asked == {
        "10-remember-F01": "b2791f4b17",
        "10-remember-F04": "3c99b70af8",
        "10-remember-F06": "b6fee782ec",
        "10-remember-F18": "b8100bada5",
        "10-remember-F19": "82bce5e4a3",
        "10-remember-F26": "8f54f1a6d8",
        "10-followed": "d9302cd10f",
        "10-open": "ac798ffcb6",
    }


def test_no_bank_can_name_its_version():
    """It is told as a field that is not known."""
    text = paths.bank_file(course.stems()[0]).read_text(encoding="utf-8")
    with pytest.raises(ItemError, match="field 'version': is not known here"):
        items.load(text.replace("[[item]]", '[[item]]\nversion = "1"', 1), "bank.toml")


def test_matching_scores_by_rows_and_shows_every_choice_once():
    """Choices stand in an order that tells nothing; open rows are counted."""
    assert MATCH.choices == ["France", "Italy", "Spain"]
    assert items.grade(MATCH, [None, None]).state == "unanswered"
    half = items.grade(MATCH, [1, 2])
    assert (half.state, half.score) == ("not_yet", 0.5)
    assert half.notes == [items.Note("row:0", True, "yes"), items.Note("row:1", False, "oui")]
    assert items.grade(MATCH, [1, 0]).state == "right"


def test_an_order_is_never_right_at_first():
    """What is shown first is mixed, the same for everybody; untouched, it is not an answer."""
    assert ORDER.shuffled != [0, 1, 2, 3]
    assert sorted(ORDER.shuffled) == [0, 1, 2, 3]
    assert items.public_view(ORDER)["options"] == [ORDER.step[place].text for place in ORDER.shuffled]
    assert items.grade(ORDER, None).state == "unanswered"


@given(st.permutations(range(4)))
def test_an_order_scores_by_its_pairs(answer):
    """Only the right order is right and scores 1; the reverse scores nothing; wrong pairs are counted."""
    result = items.grade(ORDER, answer)
    order = [ORDER.shuffled[place] for place in answer]
    assert 0 <= result.score <= 1
    assert (result.state == "right") == (order == [0, 1, 2, 3]) == (result.score == 1)
    if order == [3, 2, 1, 0]:
        assert result.score == 0
    pairs = list(itertools.combinations(order, 2))
    in_wrong_pair = {step for pair in pairs if pair[0] > pair[1] for step in pair}
    right = [note.where for note in result.notes if note.right]
    assert right == [f"step:{place}" for place in answer if ORDER.shuffled[place] not in in_wrong_pair]
    below = [note.where for note in result.notes if note.right is False]
    assert below == [f"step:{answer[at]}" for at in range(3) if order[at] > order[at + 1]]
    assert bool(below) == (result.state == "not_yet")


def test_an_order_is_told_by_the_pairs_that_are_the_wrong_way_round():
    """One step moved from the first place to the last leaves one neighbour to change, not four places."""
    moved = [ORDER.shuffled.index(step) for step in (1, 2, 3, 0)]
    assert said(items.grade(ORDER, moved)) == [
        (f"step:{moved[2]}", False, "", "This comes after the one that stands below it."),
        ("item", None, "", "3 of 6 pairs are the wrong way round."),
    ]


def test_a_forecast_is_lodged_not_marked():
    """The day on which it resolves is told."""
    result = items.grade(FORECAST, 35)
    assert (result.state, result.score) == ("kept", None)
    assert message_html(result.notes[0].message) == (
        "Lodged: 35 %. It stays locked until the question resolves, on 31 December 2025."
    )
    assert items.grade(FORECAST, None).state == "unanswered"


def test_a_text_is_handed_in_when_it_is_long_enough():
    """Model answer and list come afterwards; until then the words are counted."""
    short = items.grade(ESSAY, "too short")
    assert short.state == "unanswered"
    assert (
        message_html(short.notes[0].message) == "2 of at least 3 words so far. Your text is kept as you type."
    )
    done = items.grade(ESSAY, "this is enough")
    assert (done.state, done.score) == ("kept", None)
    assert said(done)[0] == ("item", None, "A good one.", "<b>One possible answer.</b>")
    assert done.notes[1].lines == ["names a source", "says when"]
    assert items.grade(ESSAY, "  ").notes == []


def test_a_number_without_an_answer_is_kept():
    """Any number will do, and what is no number is still said."""
    asked = item("number", unit="per cent")
    assert not asked.graded
    assert items.grade(asked, "35 %") == items.Result("kept", None, [])
    assert items.grade(asked, "") == items.Result("unanswered", None, [])
    assert items.grade(asked, "many").state == "unanswered"
    assert items.key_answer(asked) is None


def test_a_survey_is_kept_whatever_is_chosen():
    """Without a key nothing is right or wrong, and there is nothing to show."""
    assert items.grade(SURVEY, 1) == items.Result("kept", None, [])
    assert items.key_answer(SURVEY) is None
    many = item("multiple", option=[items.Option("a", "why a"), items.Option("b", "")], survey=True)
    assert items.grade(many, [0, 1]) == items.Result("kept", None, [items.Note("option:0", None, "why a")])


def test_any_of_several_keys_is_enough_where_the_question_says_so():
    """One right option chosen is right."""
    one = item("single", option=options(True, True, False), any_key=True)
    assert items.grade(one, 1).state == "right"
    assert items.grade(one, 2).state == "not_yet"


@pytest.mark.parametrize(
    "asked", [MANY, NUMBER, GRID, MATRIX, MATCH, ORDER, item("single", option=options(False, True))]
)
def test_showing_the_answer_shows_a_right_one(asked):
    """The key is an answer that is right, and is told in words with its feedback."""
    assert items.grade(asked, items.key_answer(asked)).state == "right"
    assert items.valid_answer(asked, items.key_answer(asked)) == items.key_answer(asked)
    assert items.key_lines(asked)


@pytest.mark.parametrize(
    ("state", "sure", "sentence"),
    [
        ("not_yet", 2, "You were sure of this one."),
        ("right", 0, "You were guessing, and it is right."),
        ("right", 2, ""),
        ("not_yet", 0, ""),
        ("not_yet", None, ""),
    ],
)
def test_certainty_is_held_against_the_mark(state, sure, sentence):
    """Only where the two do not go together is there something to say."""
    note = items.confidence_note(state, sure)
    assert bool(note) == bool(sentence)
    assert (message_html(note.message) if note else "").startswith(sentence)


@pytest.mark.parametrize(
    ("asked", "raw"),
    [
        (MATCH, [0]),
        (MATCH, [0, 3]),
        (ORDER, [0, 1, 2]),
        (ORDER, [0, 0, 1, 2]),
        (ORDER, "up"),
        (FORECAST, 101),
        (FORECAST, -1),
        (FORECAST, True),
        (FORECAST, "35"),
        (FORECAST, float("nan")),
        (ESSAY, None),
    ],
)
def test_what_cannot_be_an_answer_of_the_newer_types_is_refused(asked, raw):
    """Messages from a page are not trusted."""
    with pytest.raises(AnswerError) as caught:
        items.valid_answer(asked, raw)
    assert "is no answer to item" in error_text(caught.value)


def test_a_text_that_is_too_long_is_told():
    """How long it is, how long it may be, and that it is not kept yet; the longest one is."""
    assert items.valid_answer(ESSAY, "a" * 20_000) == "a" * 20_000
    with pytest.raises(AnswerError) as caught:
        items.valid_answer(ESSAY, "a" * 20_001)
    assert error_text(caught.value) == (
        "Your text has 20001 characters; at most 20000 can be kept. "
        "What you see here is not kept until you shorten it."
    )


def test_a_number_outside_its_bounds_is_no_answer():
    """A probability above 100 per cent is told, and may be mended; within, a survey keeps it."""
    asked = item("number", unit="per cent", bounds=[0, 100], explain="Kept as it is.")
    result = items.grade(asked, "140")
    assert (result.state, result.score) == ("unanswered", None)
    assert said(result) == [("item", None, "", "“140” lies outside 0 to 100. Give a number in between.")]
    assert items.grade(asked, "-1").state == "unanswered"
    assert [items.grade(asked, given).state for given in ("0", "62,5 %", "100")] == ["kept"] * 3


def test_a_second_model_answer_is_shown_beside_the_first():
    """Where a text can come to different conclusions, one of each is told before the list."""
    asked = item("text", model="It did.", other="It did not.", rubric=["says why"])
    assert [(message, text) for _, _, text, message in said(items.grade(asked, "Perhaps."))] == [
        ("<b>One possible answer.</b>", "It did."),
        ("<b>Another, which comes to something else.</b>", "It did not."),
        ("<b>Check yours against this list.</b>", "- says why"),
    ]


def test_every_type_of_question_has_a_response_of_its_own():
    """What is read belongs to its question's type: of each there is one class, and no more."""
    kinds = [get_type_hints(kind)["item"] for kind in get_args(items.Response)]
    assert kinds == list(items.TYPES.values()) == list(get_args(items.Item))
    assert list(items.answer_types()) == list(items.TYPES)
    answers = [(GRID, [0, None]), (MATCH, [1, None]), (ORDER, [3, 2, 1, 0]), (MANY, [1, 0]), (NUMBER, " 20 ")]
    for asked, raw in answers:
        response = items.read_response(asked, raw)
        assert get_type_hints(type(response))["item"] is type(asked)
        assert response == type(response)(asked, items.valid_answer(asked, raw))


@pytest.mark.parametrize("asked", [ORDER, FORECAST])
def test_nothing_chosen_is_a_blank_response(asked):
    """None is no place and no probability: it is told apart before anything is graded."""
    assert items.read_response(asked, None) == items.BlankResponse(asked)
    assert items.valid_answer(asked, None) is None


def test_what_cannot_be_an_answer_is_not_graded():
    """It is refused with a sentence, where before it was graded by its luck."""
    with pytest.raises(AnswerError) as caught:
        items.grade(GRID, [0])
    assert error_text(caught.value) == "[0] is no answer to item '01-a' of type grid. Run the cell again."


def test_the_first_lesson_and_the_sample_bank_ask_for_every_type():
    """Tests of page and exports try whatever a bank can ask: a type that is new is put into the file."""
    text = (paths.CHECKOUT / "tests" / "every_type.toml").read_text(encoding="utf-8")
    sample = items.load(text, "every_type.toml")
    tried = {type(item) for item in [*course.bank(course.all_stems()[0]).items, *sample.items]}
    assert set(get_args(items.Item)) - tried == set(), "tests/every_type.toml has no question of these types"
