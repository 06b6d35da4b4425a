"""Counting hedges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.errors import MethodError
from course_lib.methods.text import attribution, hedging


def test_hedges_are_counted_whole_and_in_any_case():
    """ "Maybe" and "mighty" are no hedges of the list; "MAY" is."""
    result = hedging("MAY it be? Maybe. A mighty text could, and couldn't.")
    assert result.counts == {"may": 1, "might": 0, "could": 1}
    assert result.words == 10


def test_the_rate_is_per_thousand_words():
    """Nine hedges in 600 words are 15 per 1,000."""
    assert hedging("may " * 9 + "word " * 591).per_thousand == pytest.approx(15)


@given(st.lists(st.sampled_from(["may", "might", "could", "will", "the"]), min_size=1))
def test_a_text_twice_over_hedges_at_the_same_rate(words):
    """Rates do not depend on length."""
    once, twice = hedging(" ".join(words)), hedging(" ".join(words * 2))
    assert twice.per_thousand == pytest.approx(once.per_thousand)
    assert 0 <= once.per_thousand <= 1000


def test_a_text_without_words_is_explained():
    """No words, no rate."""
    with pytest.raises(MethodError) as caught:
        hedging("2015 — ?")
    expected = "The text has no words, so there is no rate. Paste an English text."
    assert str(caught.value) == expected


def test_attribution_is_counted_by_expression():
    """Two words make one expression; a part of a word is none; quotations are counted by their marks."""
    found = attribution(
        "According to officials, “it rained”. Analysts believe so, he SAID; sayso is no word."
    )
    assert found.attributing["according to"] == 1
    assert found.attributing["believe"] == 1
    assert found.attributing["said"] == 1
    assert found.attributing["says"] == 0
    assert {word for word, count in found.unnamed.items() if count} == {"analysts", "officials"}
    assert (found.quoted, found.words) == (1, 14)
    assert found.per_thousand == pytest.approx(1000 * 3 / 14)


def test_a_text_without_words_is_refused_for_attribution_too():
    """The same sentence as for hedges."""
    with pytest.raises(MethodError, match="^The text has no words, so there is no rate"):
        attribution("1 2 3")


def test_neighbours_are_counted_once_each():
    """One after the other, and at both ends."""
    assert attribution("Experts, experts everywhere: experts.").unnamed["experts"] == 3
    assert attribution("According to according to him, said said.").attributing["said"] == 2
    assert attribution("According to according to him.").attributing["according to"] == 2
    assert attribution("According. To whom?").attributing["according to"] == 0


def test_letters_are_those_of_all_scripts():
    """A name is one word, however its letters are put together; marks and unseen signs do not part it."""
    for name in ("Erdoğan", "Erdog\u0306an", "Эрдоган", "أردوغان", "Łódź", "हिन्दी", "co\u00adoperate"):
        assert hedging(f"{name} may.").words == 2
    assert hedging("Кажется, может быть", ["может быть"]).counts == {"может быть": 1}
    assert hedging("können könnten", ["konnten", "KÖNNTEN"]).counts == {"konnten": 0, "KÖNNTEN": 1}


@pytest.mark.parametrize("sign", ["'", "’", "ʼ"])
def test_an_apostrophe_belongs_to_its_word_and_not_to_its_end(sign):
    """Officials' claims are those of officials; couldn't is no could."""
    found = attribution(f"The officials{sign} claims, {sign}experts{sign} said")
    assert (found.unnamed["officials"], found.unnamed["experts"], found.words) == (1, 1, 5)
    doubt = hedging("It couldn't.".replace("'", sign), ["could", "couldn't"])
    assert doubt.counts == {"could": 0, "couldn't": 1}


def test_dashes_part_words_and_hyphens_do_not():
    """Two hyphens are a dash."""
    assert hedging("could--and could—and could–and, might-be, may‑be").counts == {
        "may": 0,
        "might": 0,
        "could": 3,
    }


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("On 8 May 2025 they met.", 0),
        ("On the 8th of May they met; on May 9th they may meet again.", 1),
        ("Since May, in May, of May, until May", 0),
        ("Early May and last May", 0),
        ("April, May and June; from April to May; May–July", 0),
        ("mid-May", 0),
        ("It was 1990. May it be so?", 1),
        ("MAY they? Russia May Leave Syria", 2),
        ("Theresa May may go", 2),
        ("What Comes Next May Surprise", 1),
        ("may 8 people come in may", 2),
    ],
)
def test_the_month_is_no_hedge(text, count):
    """By the rule of the docstring: a day, a year, a preposition or another month beside it."""
    assert hedging(text).counts["may"] == count


def test_a_single_text_is_no_list_of_hedges():
    """Its letters would be counted."""
    with pytest.raises(MethodError) as caught:
        hedging("It may rain.", "may")
    assert str(caught.value) == "The hedges are one text, 'may'. Give a list, such as ['may']."
    assert hedging("It may.", ["may", "MAY"]).per_thousand == 500
