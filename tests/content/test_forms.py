"""The tests before and after the course: fifteen pairs, compared question by question."""

import json
import re
import tomllib

import pytest

from course_lib import evidence, items, paths
from course_lib.curriculum import course
from course_lib.html.markdown import render_markdown
from course_lib.items.advice import advice

BEFORE, AFTER = (course.form_bank(name).items for name in course.FORMS)
PAIRS = list(zip(BEFORE, AFTER, strict=True))
NAMES = [first.id.removeprefix("before-") for first in BEFORE]
LATER_YEAR = re.compile(r"\b20(?:2[5-9]|[3-9]\d)\b")
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z]+)*")
_NO_TEXT = {"id", "type", "check", "level", "sources"}


def pairs(test):
    """Run a test once for each pair, named by its number."""
    return pytest.mark.parametrize(("first", "second"), PAIRS, ids=NAMES)(test)


def texts(value, name=""):
    """Every text of a bank as it is shown."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in texts(inner, key)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner, name)]
    return [value] if isinstance(value, str) and name not in _NO_TEXT else []


def bank(stem):
    """The texts of a bank's questions."""
    return texts(tomllib.loads(paths.bank_file(stem).read_text(encoding="utf-8"))["item"])


def runs(shown, length):
    """Every run of so many words."""
    found = set()
    for text in shown:
        words = _WORD.findall(text.lower().replace("’", "'"))
        found |= {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}
    return found


def words(text):
    """How many words a text has."""
    return len(text.split())


def alike(first, second, share, few):
    """Whether two counts are alike: within a share of the larger, or only a few apart."""
    return abs(first - second) <= max(few, share * max(first, second))


def keys(item):
    """How many options are right."""
    return sum(option.key for option in getattr(item, "option", ()))


def longest(item):
    """Whether the right option can be found by its length."""
    most = max(len(option.text) for option in item.option)
    return any(option.key and len(option.text) == most for option in item.option)


def test_the_blueprint_is_filled_once():
    """Each objective at each level, in this order, in both forms."""
    wanted = [(objective, level) for objective in course.OBJECTIVES for level in course.LEVELS]
    assert len(wanted) == 15
    for name, form in zip(course.FORMS, (BEFORE, AFTER), strict=True):
        assert [(item.objective, item.level) for item in form] == wanted
        assert [item.id for item in form] == [f"{name}-{number:02}" for number in range(1, 16)]
        assert {item.check for item in form} == {name}


@pairs
def test_a_pair_is_built_alike(first, second):
    """Same type, as many options, right ones and known slips, the same unit."""
    assert (first.type, first.objective, first.level) == (second.type, second.objective, second.level)
    assert len(getattr(first, "option", ())) == len(getattr(second, "option", ()))
    assert keys(first) == keys(second)
    for field in ("unit", "tolerance", "hints", "figure", "confidence"):
        assert getattr(first, field, None) == getattr(second, field, None)
    assert len(getattr(first, "mistake", ())) == len(getattr(second, "mistake", ()))


@pairs
def test_a_pair_takes_as_long_to_read(first, second):
    """Stems, options and feedback are about as long in both."""
    assert alike(words(first.stem), words(second.stem), 0.2, 3)
    shown, told = (
        [
            sum(words(getattr(option, field)) for option in getattr(item, "option", ()))
            for item in (first, second)
        ]
        for field in ("text", "feedback")
    )
    assert alike(*shown, 0.25, 4)
    assert alike(*told, 0.3, 6)


@pairs
def test_a_pair_has_another_surface(first, second):
    """No option of one is an option of the other, and no number that is right here is right there."""
    shown = [{option.text for option in getattr(item, "option", ())} for item in (first, second)]
    assert shown[0] & shown[1] == set()
    if isinstance(first, items.Number):
        assert first.answer != second.answer


def test_neither_form_gives_the_other_away():
    """They share no run of five words, in questions or feedback."""
    assert runs(bank("before"), 5) & runs(bank("after"), 5) == set()


@pytest.mark.parametrize("name", course.FORMS)
def test_a_form_and_the_lessons_share_no_wording(name):
    """What a lesson asks or says is not what a form asks: no run of seven words is in both."""
    ours = runs(bank(name), 7)
    assert [run for stem in course.stems() for run in ours & runs(bank(stem), 7)] == []


@pytest.mark.parametrize("name", course.FORMS)
def test_a_beginner_can_try_every_question(name):
    """Nothing of the course's own matter and no term of the trade is needed: everyday news, invented."""
    terms = [term.casefold() for term in course.glossary()] + [
        "syria",
        "moscow",
        "russia",
        "brier",
        "admiralty",
    ]
    everyday = {"claim", "fact", "judgement", "prediction", "forecast", "motive", "origin", "key", "salience"}
    told = "\n".join(
        text for item in course.form_bank(name).items for text in texts(json.loads(_shown(item)))
    ).casefold()
    assert [
        term for term in terms if term not in everyday and re.search(rf"\b{re.escape(term)}\b", told)
    ] == []


def _shown(item):
    return json.dumps(items.public_view(item))


def test_the_form_before_stays_at_the_horizon():
    """It is taken before lesson 1, which stands at 31 December 2024."""
    text = paths.bank_file("before").read_text(encoding="utf-8")
    assert LATER_YEAR.findall(text) == []
    dates = evidence.table("sources").set_index("key")["date"].dropna()
    assert [key for item in BEFORE for key in item.sources if dates.get(key, "") > "2024-12-31"] == []


@pytest.mark.parametrize("name", course.FORMS)
def test_a_form_cannot_be_passed_by_its_looks(name):
    """The right option is not known by its place or its length, in one form no more than in the other."""
    assert advice(course.form_bank(name), name) == []
    singles = [item for item in course.form_bank(name).items if isinstance(item, items.Single)]
    assert len(singles) == 12
    assert sum(longest(item) for item in singles) in (3, 4)


@pytest.mark.parametrize("name", course.FORMS)
def test_every_choice_in_a_form_brings_feedback(name):
    """Whatever is chosen, something is said that reads well; nothing before it is handed in."""
    for item in course.form_bank(name).items:
        assert item.hints == []
        tried = [option.feedback for option in getattr(item, "option", ())]
        if isinstance(item, items.Number):
            tried = [item.feedback, item.otherwise, *(one.feedback for one in item.mistake)]
            values = [item.answer, *(one.value for one in item.mistake)]
            states = [items.grade(item, f"{value:g}").state for value in values]
            assert states == ["right"] + ["not_yet"] * len(item.mistake)
        for text in tried:
            assert words(text) >= 7, item.id
            assert "](" not in render_markdown(text), item.id
            assert "*" not in re.sub(r"<[^>]*>", "", render_markdown(text)), item.id


def test_what_is_right_follows_from_what_is_told():
    """The four numbers, computed again."""
    told = {item.id: item.answer for item in (*BEFORE, *AFTER) if isinstance(item, items.Number)}
    assert told == {
        "before-08": 100 * 20 / 200,
        "after-08": 100 * 60 / 300,
        "before-14": 100 * 80 / (80 + 120),
        "after-14": 100 * 90 / (90 + 210),
    }
