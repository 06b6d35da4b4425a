"""The figures about the article, checked through what they drew."""

import pandas as pd
import pytest

from course_lib import charts, evidence
from course_lib.errors import ChartError


@pytest.fixture(scope="module")
def claims():
    """The article's claims."""
    return evidence.table("claims")


@pytest.fixture(scope="module")
def strip():
    """The strip of hedges."""
    return charts.hedge_strip(evidence.table("hedges"), evidence.table("paragraphs"))


def test_the_bars_hold_every_claim(claims):
    """The widths of all bars add up to the number of claims."""
    figure = charts.kinds_by_section(claims)
    widths = sum(bar.get_width() for group in figure.axes[0].containers for bar in group)
    assert widths == len(claims) == 93
    assert figure.table.drop(columns="section").to_numpy().sum() == 93


def test_the_bars_say_in_words_what_they_show(claims):
    """The alternative text gives kind of chart, totals and the sections that stand out."""
    assert charts.kinds_by_section(claims).alt == (
        "Stacked bars: 93 claims in 10 sections of the article, by kind. In all: fact 40, prediction 23, "
        "motive 12, attributed statement 6, judgement 6 and framing 6. Most claims stand under Motives and "
        "Regional stability (15 each). Predictions are among the most frequent kinds in Regional stability, "
        "Counterterrorism and Conclusion."
    )


def test_one_claim_is_enough_for_bars(claims):
    """A table of one row is drawn."""
    figure = charts.kinds_by_section(claims.head(1))
    assert figure.table.shape[0] == 1
    assert "Most claims stand under Title (1)" in figure.alt


def test_no_claims_no_bars(claims):
    """An empty table is refused with a reason."""
    with pytest.raises(ChartError, match="^The table has no rows, so there are no claims to draw.$"):
        charts.kinds_by_section(claims.head(0))


def test_every_hedge_has_its_mark(strip):
    """The strip has a mark per hedge, at its place in the text."""
    marks = sorted(
        line[0][0] for lines in strip.axes[0].collections for line in lines.get_segments() if len(line) == 2
    )
    assert marks == sorted(evidence.table("hedges")["position"])


def test_the_strip_counts_every_word_and_hedge(strip):
    """The table beside the strip adds up to the whole article."""
    assert strip.table["words"].sum() == evidence.table("paragraphs")["words"].sum() == 1288
    assert strip.table["hedges"].sum() == 26


def test_the_strip_says_in_words_what_it_shows(strip):
    """The alternative text gives totals, the rate and where there is no hedge."""
    assert strip.alt.startswith(
        "Strip along the 1,288 words of the article with a mark for each of 26 hedges: "
        "could 14, may 8 and might 4. That is 20.2 per 1,000 words."
    )
    assert strip.alt.endswith("No hedge at all: Opening and Context.")


def test_a_text_without_hedges_is_drawn(strip):
    """Nothing to mark is a result too."""
    none = pd.DataFrame({"position": pd.Series(dtype=int), "word": pd.Series(dtype=str)})
    figure = charts.hedge_strip(none, pd.DataFrame({"section": ["intro"], "words": [50]}))
    assert figure.table["hedges"].sum() == 0
    assert "That is 0.0 per 1,000 words." in figure.alt


def test_no_words_no_strip():
    """A text without words is refused with a reason."""
    empty = pd.DataFrame({"section": [], "words": []})
    with pytest.raises(
        ChartError, match="^The table of paragraphs has no words, so there is no text to draw along.$"
    ):
        charts.hedge_strip(pd.DataFrame({"position": [], "word": []}), empty)
