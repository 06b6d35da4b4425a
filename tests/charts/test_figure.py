"""A figure reaches those who cannot see it."""

import re

import pandas as pd
import pseudo

from course_lib import evidence
from course_lib.charts.figure import finish_figure, new_figure
from course_lib.charts.wording import join_words


def drawn(**given):
    """A figure with these attributes."""
    figure, _ = new_figure(2, 1)
    for name, value in given.items():
        setattr(figure, name, value)
    return figure._repr_html_()


def test_the_alternative_text_stands_in_the_page():
    """Quotation marks and signs in it cannot break out of the attribute."""
    html = drawn(alt='A "b" < c')
    assert 'alt="A &#34;b&#34; &lt; c"' in html
    assert re.search(r'src="data:image/png;base64,[A-Za-z0-9+/=]{100,}"', html)


def test_the_numbers_stand_under_the_picture():
    """Blanks are shown as blanks, not as nan."""
    html = drawn(alt="x", table=pd.DataFrame({"year": [2011], "deaths": [None]}))
    assert "<summary" in html
    assert "<td></td>" in html
    assert '<div role="region" tabindex="0" aria-label="The numbers as a table"' in html
    assert "nan" not in html.lower().split("base64")[0] + html.lower().split("</figcaption>")[1]


def test_a_plain_caption_is_escaped():
    """A caption is text, unless it knows how to show itself."""
    assert "<figcaption>a &lt; b</figcaption>" in drawn(alt="x", caption="a < b")


def test_a_figure_is_marked_where_the_interface_has_another_language(another_language):
    """Picture, caption and numbers are in the language of the lessons; what is said of them is not."""
    claims, verdicts = evidence.table("claims"), evidence.table("verdicts")
    figure = finish_figure(
        new_figure(2, 1)[0], "A dot.", claims[["id"]].head(1), "One dot.", claims, verdicts
    )
    shown = figure._repr_html_()
    assert shown.startswith(f'<figure lang="{pseudo.LANGUAGE}" dir="rtl" ')
    assert '<bdi lang="en"><img alt="A dot."' in shown
    assert '<figcaption><bdi lang="en">One dot.</bdi> ' in shown
    assert re.search(r'</summary><div role="region" [^>]*><div lang="en" dir="auto"><table', shown)
    assert re.findall("\u2068([^\u2069]*)\u2069", figure.credit) == ["claims", "verdicts"]


def test_words_are_joined_as_in_a_sentence():
    """One, two and three words; and none."""
    assert [join_words(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
