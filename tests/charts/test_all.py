"""Every figure of the course: drawn whole, told in words, and calm about thin tables and holes in them."""

import inspect
import re

import gallery
import matplotlib.text
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from course_lib import charts
from course_lib.errors import ChartError, CourseError

NAMES = list(gallery.FIGURES)
TABLED = [name for name in NAMES if any(isinstance(one, pd.DataFrame) for one in gallery.FIGURES[name]())]


@pytest.fixture(scope="module")
def figures():
    """Every figure, drawn once."""
    return {name: gallery.draw(name) for name in NAMES}


def test_the_gallery_has_every_figure():
    """What the charts offer is looked at."""
    assert {name.replace(",", " ").split()[0] for name in NAMES} == set(charts.__all__)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_says_what_it_shows(figures, name):
    """Whole sentences with numbers, no holes, and not longer than anybody would listen to."""
    alt = figures[name].alt
    assert alt.endswith(".")
    assert any(sign.isdigit() for sign in alt)
    assert not {"nan", "NaN", "None", "NaT", "<NA>"} & set(alt.replace(",", " ").replace(".", " ").split())
    assert 60 < len(alt) < 1_600
    assert "_" not in alt


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_carries_its_numbers_and_where_they_are_from(figures, name):
    """The table has rows; tables of the course are named under the picture."""
    figure = figures[name]
    assert len(figure.table)
    given = [one for one in gallery.FIGURES[name]() if isinstance(one, pd.DataFrame)]
    known = [one.attrs["table"] for one in given if one.attrs.get("table")]
    assert all(table in figure.credit for table in known) or name in ("kinds_by_section", "hedge_strip")


def _undrawn(axis):
    """The labels of ticks that exist, but lie beyond the ends of their axis."""
    low, high = sorted(axis.get_view_interval())
    ticks = [*axis.majorTicks, *axis.minorTicks]
    off = [tick for tick in ticks if not axis.axes.axison or not low <= tick.get_loc() <= high]
    return [label for tick in off for label in (tick.label1, tick.label2)]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_figure_is_cut_off(figures, name):
    """Every text lies inside the picture, and the figure has a title."""
    figure = figures[name]
    FigureCanvasAgg(figure).draw()
    whole = figure.bbox
    texts = [
        one for one in figure.findobj(matplotlib.text.Text) if one.get_visible() and one.get_text().strip()
    ]
    assert texts
    hidden = {label for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in _undrawn(axis)}
    outside = []
    for text in texts:
        box = text.get_window_extent()
        inside = whole.x0 - 2 <= box.x0 and box.x1 <= whole.x1 + 2 and whole.y0 - 2 <= box.y0
        if text not in hidden and not (inside and box.y1 <= whole.y1 + 2):
            outside.append(text.get_text())
    assert outside == []
    titles = [axes.get_title(loc="left") or axes.get_title() for axes in figure.axes]
    assert any(titles) or figure._suptitle is not None


@pytest.mark.parametrize("name", TABLED)
def test_an_empty_table_is_refused_with_a_reason(name):
    """A sentence says why there is nothing to draw."""
    given = [one.head(0) if isinstance(one, pd.DataFrame) else one for one in gallery.FIGURES[name]()]
    with pytest.raises(ChartError, match=r"no .* to draw|no day|nothing"):
        gallery.draw(name, given)


@pytest.mark.parametrize("name", TABLED)
def test_a_table_without_its_fields_is_refused(name):
    """The missing field is named, and those that are there."""
    given = gallery.FIGURES[name]()
    first = next(at for at, one in enumerate(given) if isinstance(one, pd.DataFrame))
    free = ("evidence_matrix", "inconsistency_scores", "sensitivity", "kinds_by_section", "hedge_strip")
    if name.split(",")[0] in free:
        pytest.skip("any column is a hypothesis here, or the fields are those of lesson 01")
    given[first] = given[first].rename(columns=lambda column: f"other {column}")
    with pytest.raises(ChartError, match=r"^The table has no field .* to draw\. It has: "):
        gallery.draw(name, given)


@pytest.mark.parametrize("name", TABLED)
@pytest.mark.parametrize("rows", [1, 2])
def test_one_row_is_drawn_or_refused_with_a_reason(name, rows):
    """Thin tables do not crash a chart."""
    given = [one.head(rows) if isinstance(one, pd.DataFrame) else one for one in gallery.FIGURES[name]()]
    try:
        figure = gallery.draw(name, given)
    except CourseError:
        return
    assert figure.png()
    assert figure.alt


@pytest.mark.parametrize("name", TABLED)
def test_holes_are_drawn_as_holes(name):
    """Wherever a field may be empty in the data, every other cell of it is emptied."""
    given = []
    for one in gallery.FIGURES[name]():
        if isinstance(one, pd.DataFrame) and one.attrs.get("table"):
            holes = one.copy()
            for column in holes.columns[holes.isna().any()]:
                holes.loc[holes.index[::2], column] = np.nan if holes[column].dtype.kind == "f" else None
            given.append(holes)
        else:
            given.append(one)
    try:
        figure = gallery.draw(name, given)
    except CourseError:
        return
    assert figure.png()
    assert not {"nan", "None", "NaT", "<NA>"} & set(figure.alt.replace(",", " ").split())


@pytest.mark.parametrize("name", charts.__all__)
def test_a_figure_s_function_says_what_it_needs(name):
    """One sentence first; every parameter, what comes back and what is refused; a caption can be given."""
    chart = getattr(charts, name)
    described = inspect.getdoc(chart)
    assert described.split("\n")[0].endswith(".")
    parameters, _, after = described.partition("\nParameters\n----------\n")[2].partition(
        "\nReturns\n-------\n"
    )
    asked = inspect.signature(chart).parameters
    assert re.findall(r"(?m)^(\w+) : ", parameters) == list(asked)
    assert after.startswith("Figure\n    Its table has ")
    assert "\nRaises\n------\n" in after
    assert "caption" in asked


def test_the_gallery_is_one_page(figures):
    """Every figure with its text, in one file without anything from elsewhere."""
    page = gallery.page(figures)
    assert page.count("<section>") == len(NAMES)
    assert page.count("Read aloud:") == len(NAMES)
    assert "http" not in page.replace("http://www.w3.org", "")
