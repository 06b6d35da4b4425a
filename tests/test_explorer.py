"""Explorers: what they draw for what the controls say, and what they do with what no control says."""

import io

import gallery
import pytest
from PIL import Image

from course_lib import evidence, explorer

MAKE = {
    "timeline": lambda: explorer.timeline(evidence.table("timeline")),
    "lists": lambda: explorer.lists(evidence.table("designations"), gallery.GROUPS),
    "network": lambda: explorer.network(evidence.table("relations")),
    "positions": lambda: explorer.positions(gallery._positions()),
    "base_rates": lambda: explorer.base_rates(evidence.table("negotiations")),
    "calibration": lambda: explorer.calibration(gallery._forecasts()),
}


def say(widget, **values):
    """Send what the page would send; return the words it would then show."""
    widget._hear(None, {"values": values, "id": "a-1"}, [])
    return widget.told


@pytest.mark.parametrize("name", MAKE)
def test_an_explorer_begins_with_a_picture_and_its_text(name):
    """A PNG file, an alternative text, and the figure with its table for those who want more."""
    widget = MAKE[name]()
    assert Image.open(io.BytesIO(widget.picture)).format == "PNG"
    assert widget.told["alt"] == widget.figure.alt
    assert len(widget.figure.table)
    assert repr(widget) == f"<Explorer: {widget.figure.alt}>"


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("timeline", {"category": 1, "first": 2015, "last": 2020}, ": war "),
        ("timeline", {"words": "HMEIMIM"}, "Hmeimim"),
        ("timeline", {"actor": 1, "first": 2024}, "2026"),
        ("lists", {"month": 30}, "31 July 2014"),
        ("network", {"date": 0}, "2014-06"),
        ("network", {"date": 4, "without": True}, "12 actors"),
        ("positions", {"position1": 0}, "Russia at 0"),
        ("base_rates", {"ties": 2}, "unchanged left out"),
        ("base_rates", {"conflict": 1}, "14 of 37"),
        ("calibration", {"bins": 1}, "Points for 1 bins of 25"),
    ],
)
def test_the_controls_change_what_is_drawn(name, values, said):
    """The text tells of the new picture, and the answer says which question it belongs to."""
    widget = MAKE[name]()
    before = widget.picture
    told = say(widget, **values)
    assert said in told["alt"]
    assert told["problem"] == ""
    assert told["echo"] == "a-1"
    assert widget.picture != before


def test_what_cannot_be_drawn_is_said_and_the_picture_stays():
    """Nothing found is a sentence, not an empty picture."""
    widget = MAKE["timeline"]()
    before, alt = widget.picture, widget.told["alt"]
    told = say(widget, words="no such words anywhere")
    assert told["problem"] == "The table has no rows, so there are no events to draw."
    assert told["alt"] == alt
    assert widget.picture == before


@pytest.mark.parametrize(
    "values",
    [
        {"category": 99},
        {"category": "1"},
        {"category": True},
        {"first": "x", "last": None},
        {"first": float("nan")},
        {"words": "a" * 10_000_000},
        {"words": ["a"]},
        {"__class__": 1, "unknown": 2},
    ],
)
def test_what_no_control_says_does_no_harm(values):
    """Messages from a page are not trusted."""
    widget = MAKE["timeline"]()
    told = say(widget, **values)
    assert told["echo"] == "a-1"
    assert told["alt"]


@pytest.mark.parametrize("message", [None, "x", {}, {"values": 3}, {"values": None}])
def test_a_message_that_means_nothing_changes_nothing(message):
    """It is not even answered."""
    widget = MAKE["calibration"]()
    before = dict(widget.told)
    widget._hear(None, message, [])
    assert widget.told == before


def test_without_python_a_figure_stays(monkeypatch):
    """The first picture is an output of its own, with its text and numbers."""
    shown = []
    monkeypatch.setattr("course_lib.explorer.display", lambda data, **_: shown.append(data))
    MAKE["base_rates"]()._ipython_display_()
    widget, still = shown
    assert "application/vnd.jupyter.widget-view+json" in widget
    assert "<img alt=" in still["text/html"]
    assert "The numbers as a table" in still["text/html"]


def test_stepping_leaves_no_figures_behind():
    """What was drawn before can be collected."""
    import gc
    import weakref

    widget = MAKE["calibration"]()
    old = weakref.ref(widget.figure)
    for bins in range(1, 6):
        say(widget, bins=bins)
    gc.collect()
    assert old() is None
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []
