"""What is read on a page: tables that can be reached and scrolled, and numbers written one way."""

import re

import pandas as pd
import pytest

from course_lib.html import panels

MADE = {
    "texts": lambda caption: panels.table_html(caption, ["a", "b"], [("1", "2")]),
    "a DataFrame": lambda caption: panels.reading_table(pd.DataFrame({"a": [1]}), caption)._repr_html_(),
}


def cells(*columns):
    """The texts of the cells of a table with these columns, a list for each column."""
    table = pd.DataFrame({f"c{place}": column for place, column in enumerate(columns)})
    found = re.findall(r"<td[^>]*>(.*?)</td>", panels.reading_table(table, "x").markup)
    return [found[place :: len(columns)] for place in range(len(columns))]


@pytest.mark.parametrize("name", MADE)
def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches(name):
    """On a narrow page it does not run past its frame, and the frame says what it holds."""
    shown = MADE[name]('Deaths "and"\nmore')
    frame = re.search(r"<div ([^>]*)><table", shown)[1]
    assert 'role="region" tabindex="0"' in frame
    assert 'aria-label="Deaths &#34;and&#34; more"' in frame
    assert 'style="overflow-x:auto"' in frame
    assert 'data-lm-suppress-shortcuts="true"' in frame
    assert "</table></div>" in shown


@pytest.mark.parametrize("kind", ["int64", "Int64", "float64", "Float64", "object"])
def test_numbers_of_a_column_are_written_one_way(kind):
    """Commas from a thousand on, whatever the numbers are kept as; years have none."""
    deaths, years = pd.Series([29376, 8352, 7], dtype=kind), pd.Series([2014, 2023, 2024], dtype=kind)
    assert cells(deaths, years) == [["29,376", "8,352", "7"], ["2014", "2023", "2024"]]


def test_what_is_no_whole_number_stays_as_it_is():
    """Shares are as exact as before, blanks are blank, and truth is no number."""
    assert cells([1 / 3, None, 1234.5], [True, None, False], [None, None, None]) == [
        ["0.333333", "", "1,234.5"],
        ["True", "", "False"],
        ["", "", ""],
    ]
