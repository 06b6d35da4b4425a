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
