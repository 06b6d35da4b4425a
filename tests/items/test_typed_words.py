"""Typed words count by what was written, not by how a keyboard or a program wrote it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import items
from course_lib.items import normalize_word

SAME = {
    "an accent composed or not": ("Lomé", "Lome\u0301"),
    "several accents in another order": ("\u1ead", "a\u0302\u0323"),
    "a letter of Korean or its parts": ("\ud55c", "\u1112\u1161\u11ab"),
    "apostrophes": ("don't", "don’t", "donʼt", "don´t", "don`t", "don‘t", "don′t", "don＇t"),
    "apostrophes of romanisations": ("Hay'at", "Hayʾat", "Hayʼat", "Hay’at", "Hayʿat"),
    "apostrophes of other alphabets": ("ג'", "ג׳"),
    "quotation marks": ('the "state"', "the “state”", "the „state“"),
    "hyphens": ("co-op", "co‐op", "co‑op", "co–op", "co−op", "co—op", "co－op", "co﹘op", "co־op"),
    "blanks": (
        "two words",
        "two\u00a0words",
        " two  words ",
        "two\u202fwords",
        "two\twords",
        "two\u3000words",
    ),
    "what is not seen": (
        "cooperate",
        "co\u00adoperate",
        "co\u200boperate",
        "\ufeffcooperate",
        "\u200ecooperate",
        "co\u2060oper\u034fate\ufe0f",
        "\u2067cooperate\u2069",
    ),
    "small and capital letters": ("Straße", "STRASSE", "straße", "STRAẞE"),
    "a final letter that a capital hides": ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
    "a capital with a dot": ("İstanbul", "istanbul", "Istanbul", "i\u0307stanbul"),
    "ligatures": ("five", "ﬁve"),
    "wide letters": ("UN", "ＵＮ"),
    "Roman numerals": ("XV", "ⅩⅤ", "xv"),
    "digits": ("2254", "٢٢٥٤", "۲۲۵۴", "２２５４", "२२५४"),
    "letters of Vietnamese": ("phở", "pho\u031b\u0309", "pho\u0309\u031b"),
    "a letter and the shape of it that a printed page has": ("葛", "葛\U000e0100"),
    "a word in Arabic that was made longer": ("محمد", "محـــمد"),
    "a joiner in Persian": ("می‌خواهم", "میخواهم"),
    "shapes of Arabic letters": ("سلام", "\ufeb3\ufefc\ufee1"),
    "an ellipsis": ("and so on...", "and so on…"),
}
DIFFERENT = [
    ("resume", "résumé"),
    ("22", "2²"),
    ("1/2", "½"),
    ("coop", "co-op"),
    ("dont", "don't"),
    ("twowords", "two words"),
    ("ısı", "isi"),
    ("ی", "ي"),
    ("ک", "ك"),
    ("أحمد", "احمد"),
    ("и", "й"),
    ("ё", "е"),
    ("5", "\u06005"),
    ("a.b", "a·b"),
    ("a", "а"),
    ("x", "×"),
]


@pytest.mark.parametrize("kind", SAME)
def test_what_is_written_in_another_way_is_the_same_word(kind):
    """In the function that compares, and as an answer to a question that expects any of the forms."""
    assert len({normalize_word(form) for form in SAME[kind]}) == 1
    for expected in SAME[kind]:
        answers = [items.Accepted(expected, "yes")]
        item = items.Word(
            id="a", type="word", check="c", objective=1, stem="?", answer=answers, otherwise="no"
        )
        assert {items.grade(item, typed.strip()).score for typed in SAME[kind]} == {1.0}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_means_something_else_is_another_word(one, other):
    """Letters with and without accents, digits set high, letters of two alphabets that look alike."""
    assert normalize_word(one) != normalize_word(other)


def test_capitals_count_where_the_question_says_so():
    """And all else is as forgiving."""
    assert normalize_word("Who’s WHO", match_case=True) == normalize_word(" Who's  WHO", match_case=True)
    assert normalize_word("WHO", match_case=True) != normalize_word("who", match_case=True)


def word_question(**answer):
    """A question that expects one word."""
    answers = [items.Accepted(feedback="yes", **answer)]
    return items.Word(id="a", type="word", check="c", objective=1, stem="?", answer=answers, otherwise="no")


def test_likeness_is_that_of_the_forms_compared():
    """A decomposed accent and another apostrophe take nothing from it; a slip takes what a slip takes."""
    item = word_question(text="d’Établissement", similar=0.9)
    assert items.grade(item, "d'E\u0301tablisement").score == 1
    assert items.grade(item, "d'E\u0301tabliment").score == 0


def test_a_long_text_is_like_itself():
    """Though some of its letters come often."""
    item = word_question(text="Hama and Homs " * 40)
    assert items.grade(item, "hama  and homs " * 40).score == 1


def test_what_is_not_seen_is_no_answer():
    """Nothing is marked wrong where nothing was typed."""
    assert items.grade(word_question(text="Homs"), "\u200b\u00ad").state == "unanswered"


@given(st.text())
def test_the_form_of_a_form_is_itself(text):
    """Whatever was typed, and however often it is compared."""
    form = normalize_word(text)
    assert normalize_word(form) == form
    assert normalize_word(unicodedata.normalize("NFD", text)) == form


def test_every_sign_has_one_form():
    """Each of Unicode, in the middle of a word."""
    signs = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    forms = {f"a{sign}b": normalize_word(f"a{sign}b", match_case=True) for sign in signs}
    assert [text for text, form in forms.items() if normalize_word(form, match_case=True) != form] == []
