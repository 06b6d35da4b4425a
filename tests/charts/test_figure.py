"""A figure reaches those who cannot see it."""

import re

import pandas as pd

from course_lib.charts.figure import blank, listing


def drawn(**given):
    """A figure with these attributes."""
    figure, _ = blank(2, 1)
    for name, value in given.items():
        setattr(figure, name, value)
    return figure._repr_html_()


def test_the_alternative_text_stands_in_the_page():
    """Quotation marks and signs in it cannot break out of the attribute."""
    html = drawn(alt='A "b" < c')
    assert 'alt="A &quot;b&quot; &lt; c"' in html
    assert re.search(r'src="data:image/png;base64,[A-Za-z0-9+/=]{100,}"', html)


def test_the_numbers_stand_under_the_picture():
    """Blanks are shown as blanks, not as nan."""
    html = drawn(alt="x", table=pd.DataFrame({"year": [2011], "deaths": [None]}))
    assert "<summary" in html
    assert "<td></td>" in html
    assert "nan" not in html.lower().split("base64")[0] + html.lower().split("</figcaption>")[1]


def test_a_plain_caption_is_escaped():
    """A caption is text, unless it knows how to show itself."""
    assert "<figcaption>a &lt; b</figcaption>" in drawn(alt="x", caption="a < b")


def test_words_are_joined_as_in_a_sentence():
    """One, two and three words; and none."""
    assert [listing(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
