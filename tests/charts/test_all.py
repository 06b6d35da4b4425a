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
from course_lib.methods import rates

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


def _description(chart, parameter):
    """What a figure's function says of a parameter, in one line; for "As for `x`", what x says."""
    told = re.search(rf"(?m)^{parameter} : .*\n((?:    .*(?:\n|$))+)", inspect.getdoc(chart)).group(1)
    told = " ".join(told.split())
    other = re.match(r"As for `(?:methods\.)?([\w.]+)`\.", told)
    if not other:
        return told
    source = rates if other.group(1).startswith("rates.") else charts
    return _description(getattr(source, other.group(1).removeprefix("rates.")), parameter)


def _tables_and_fields():
    """Each table that a figure is given: figure, parameter, and the fields that its description asks for."""
    found = []
    for name in charts.__all__:
        chart = getattr(charts, name)
        for parameter, one in inspect.signature(chart).parameters.items():
            if "DataFrame" in str(one.annotation):
                asked = re.split(r", and (?:with )?`\w+` where|; without it", _description(chart, parameter))[
                    0
                ]
                found.append(
                    (name, parameter, [field for field in re.findall(r"`(\w+)`", asked) if field.islower()])
                )
    return found


ASKED = _tables_and_fields()
# Their columns are hypotheses, or ways of counting: any name will do, but there must be one.
ANY_COLUMN = {"evidence_matrix", "inconsistency_scores", "sensitivity"}


def _given(name):
    """What a figure is given in the gallery, by parameter."""
    signature = inspect.signature(getattr(charts, name))
    given = dict(signature.bind(*gallery.FIGURES[name]()).arguments)
    return given | {"actors": gallery.table("actors")} if name == "lists_at" else given


def test_every_figure_is_asked_for_its_tables():
    """Only `denominator` draws no table; whoever asks for one says which fields, or takes any."""
    assert {name for name, _, _ in ASKED} == set(charts.__all__) - {"denominator"}
    assert {name for name, _, fields in ASKED if not fields} == ANY_COLUMN
    assert sum(len(fields) for _, _, fields in ASKED) > 150


@pytest.mark.parametrize(("name", "parameter", "fields"), ASKED)
def test_a_table_without_its_fields_is_refused(name, parameter, fields):
    """All fields, and each field alone: the sentence names what is missing, and what is there."""
    given = _given(name)
    whole = given[parameter]
    if name in ANY_COLUMN:
        with pytest.raises(ChartError, match=r"^The table has no columns, so there are no \w+ to draw\.$"):
            getattr(charts, name)(**given | {parameter: whole.iloc[:, :0]})
        return
    for gone in ([*whole.columns], *([field] for field in fields)):
        poor = whole.drop(columns=gone)
        names = r"[\w, ]+" if len(gone) > 1 else gone[0]
        told = rf"^The table has no field {names}, so there are no .+ to draw\. It has: "
        with pytest.raises(ChartError, match=told + re.escape(f"{', '.join(poor.columns)}.") + "$"):
            getattr(charts, name)(**given | {parameter: poor})


def test_a_hypothesis_without_a_score_of_its_own_is_named():
    """Scores without one row are drawn against those with all: one that is missing there is told."""
    scores, whole = gallery._sensitivity()
    told = r"^The table has no field H1, so there are no scores with all rows to draw\. It has: H2, "
    with pytest.raises(ChartError, match=told):
        charts.sensitivity(scores, whole.drop("H1"))


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
