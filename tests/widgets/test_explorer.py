"""Explorers: what they draw for what the controls say, and what they do with what no control says."""

import html
import io
import json
import re
import zlib

import gallery
import pytest
from msgspec import UNSET
from PIL import Image

from course_lib import evidence, explorer
from course_lib.errors import ChartError

MAKE = {
    "timeline": lambda: explorer.timeline(evidence.table("timeline")),
    "lists": lambda: explorer.lists(
        evidence.table("designations"), gallery.GROUPS, actors=evidence.table("actors")
    ),
    "network": lambda: explorer.network(evidence.table("relations")),
    "flip": lambda: explorer.flip_tie(gallery._few()),
    "reactions": lambda: explorer.reactions(evidence.table("reactions")),
    "two_stances": lambda: explorer.two_stances(evidence.table("reactions", gallery.HORIZON)),
    "positions": lambda: explorer.positions(gallery._positions(), outcome=(50, 75)),
    "base_rates": lambda: explorer.base_rates(evidence.table("negotiations")),
    "calibration": lambda: explorer.calibration(gallery._forecasts()),
    "hypotheses": lambda: _hypotheses(gallery._matrix().head(9).replace("I", "N")),
}


def _hypotheses(own):
    """The explorer of explanations, for a reader who coded as `own` says and took one piece more from it."""
    return explorer.hypotheses(
        evidence.table("ach_evidence"),
        evidence.table("ach_codings"),
        own=lambda: own,
        added=lambda: own.tail(1).rename({"E09": "E25"}),
        groups={"two of them": ("E04", "E06")},
        horizon=gallery.HORIZON,
    )


def say(widget, **values):
    """Send what the page would send; return the words it would then show."""
    widget._hear(None, {"values": values, "numbers": False, "id": "a-1"}, [])
    return widget.told


@pytest.mark.parametrize("name", MAKE)
def test_an_explorer_begins_with_a_picture_and_its_text(name):
    """A PNG file, an alternative text, and the figure with its table for those who want more."""
    widget = MAKE[name]()
    assert Image.open(io.BytesIO(widget.picture)).format == "PNG"
    assert widget.told.alt == widget.figure.alt
    assert len(widget.figure.table)
    assert repr(widget) == f"<Explorer: {widget.figure.alt}>"


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("timeline", {"category": 1, "first": 2015, "last": 2020}, ": war "),
        ("timeline", {"words": "HMEIMIM"}, "Hmeimim"),
        ("timeline", {"actor": 1, "first": 2024}, "2026"),
        ("lists", {"month": 30}, "31 July 2014"),
        ("lists", {"month": 30}, "Hurras al-Din: none recorded; not yet UN, US (SDGT), EU and Australia."),
        ("network", {"date": 0}, "June 2014"),
        ("network", {"date": 4, "out": 5}, "12 actors"),
        ("network", {"date": 3, "kept": 2}, "only ties with a document. 19 of 31 triads"),
        ("flip", {"tie": 11}, "11 of 13 triads"),
        ("flip", {"without": True}, "at least 1 of 9 ties"),
        ("reactions", {"about": 1}, "for 3 reactions of 1 actors"),
        ("reactions", {"stances": False}, "Stances are not shown"),
        ("two_stances", {"stances": False}, "9 on the Russian bases, of 5. Heard on both: "),
        ("positions", {"position1": 0}, "Russia at 0"),
        ("positions", {"weights": 1}, "Russia at 95 (weight 60)"),
        ("positions", {"weights": 2}, "Russia at 95 (weight 100)"),
        ("positions", {"spread": 0}, "the median between 40 and 40"),
        ("positions", {"challenge": True}, "Challenge model 37"),
        ("base_rates", {"ties": 2}, "unchanged left out"),
        ("base_rates", {"conflict": 1}, "14 of 37"),
        ("base_rates", {"by": 1}, "governing already 1 of 2"),
        ("base_rates", {"by": 2}, "a local truce 1 of 6"),
        ("base_rates", {"by": 3}, "a signed text 12 of 21"),
        ("calibration", {"bins": 1}, "Points for 1 bins of 25"),
        ("hypotheses", {"then": 1}, "H1 Assad deal: 87, 3 cells untested"),
        ("hypotheses", {"weighted": False}, "H1 Assad deal: 18, 9 cells untested"),
        ("hypotheses", {"left": 1}, "H1 Assad deal: 102, 9 cells untested"),
        ("hypotheses", {"left": 2}, "H1 Assad deal: 132, 9 cells untested"),
        ("hypotheses", {"codes": 1}, "H1 Assad deal: 48, "),
        ("hypotheses", {"codes": 2}, "H1 Assad deal: one coder 78 and you 48, "),
        ("hypotheses", {"more": 6}, "H5 bases: 8, 7 cells untested"),
    ],
)
def test_the_controls_change_what_is_drawn(name, values, said):
    """The text tells of the new picture, and the answer says which question it belongs to."""
    widget = MAKE[name]()
    before = widget.picture
    told = say(widget, **values)
    assert said in told.alt
    assert told.problem == ""
    assert told.echo == "a-1"
    assert widget.picture != before


def test_what_was_seen_can_be_hidden():
    """Where an outcome lies is a coder's judgement, so it has a switch."""
    widget = MAKE["positions"]()
    assert "What was seen is placed between 50 and 75." in widget.told.alt
    assert "What was seen" not in say(widget, seen=False).alt


@pytest.mark.parametrize("name", ["reactions", "two_stances"])
def test_stances_of_a_coder_can_be_switched_off(name):
    """They are called a coder's on screen; without them no number, title or word tells one."""
    widget = MAKE[name]()
    assert "coder's judgement" in widget.figure.axes[0].get_title(loc="left")
    told = say(widget, stances=False)
    assert told.alt.endswith("Stances are not shown.")
    assert "coder" not in widget.figure.axes[0].get_title(loc="left")
    assert not [column for column in widget.figure.table if "stance" in column]


def test_codes_that_are_not_there_yet_are_asked_for():
    """Somebody who has not coded sees the coder's scores, and what to do to see their own."""
    widget = _hypotheses(gallery._matrix().head(0))
    assert "H1 Assad deal: 138" in widget.told.alt
    assert say(widget, codes=1).problem.startswith("You have no codes yet. Fill in the matrix above")
    assert say(widget, more=1).problem.startswith("The new piece has no codes yet.")
    assert say(widget, more=1, then=1).problem == ""


def test_explanations_can_be_explored_by_one_coder_alone():
    """Without codes of the reader's own, the controls for them are not there."""
    widget = explorer.hypotheses(evidence.table("ach_evidence"), evidence.table("ach_codings"))
    assert list(widget._controls) == ["weighted", "left"]
    assert "24 pieces of evidence." in widget.told.caption


def test_what_cannot_be_drawn_is_said_and_the_picture_stays():
    """Nothing found is a sentence, not an empty picture."""
    widget = MAKE["timeline"]()
    before, alt = widget.picture, widget.told.alt
    told = say(widget, words="no such words anywhere")
    assert told.problem == "The table has no rows, so there are no events to draw."
    assert told.ours is False
    assert told.alt == alt
    assert widget.picture == before


@pytest.mark.parametrize(
    "values",
    [
        {"category": 99},
        {"category": "1"},
        {"category": True},
        {"first": "x", "last": True},
        {"first": float("nan")},
        {"words": "a" * 10_000_000},
        {"words": 7},
        {"__class__": 1, "unknown": 2},
    ],
)
def test_what_no_control_says_does_no_harm(values):
    """Messages from a page are not trusted."""
    widget = MAKE["timeline"]()
    told = say(widget, **values)
    assert told.echo == "a-1"
    assert told.alt


@pytest.mark.parametrize(
    "message",
    [
        None,
        "x",
        {},
        {"values": 3},
        {"values": None},
        {"values": {}, "numbers": False},
        {"values": {"bins": None}, "numbers": False, "id": "a"},
        {"values": {"bins": [3]}, "numbers": False, "id": "a"},
    ],
)
def test_a_message_that_means_nothing_changes_nothing(message):
    """It is not even answered."""
    widget = MAKE["calibration"]()
    before = widget.told
    widget._hear(None, message, [])
    assert widget.told == before


def test_doubtful_episodes_can_be_left_out_one_reason_or_several():
    """Each switch takes its episodes out, and the text says which are missing."""
    episodes = evidence.table("negotiations")
    low, brief = episodes["confidence"] == "low", episodes["years_observed"] < 5
    widget = explorer.base_rates(episodes, {"coded with low confidence": low, "watched too briefly": brief})
    assert "without those" not in widget.told.alt
    assert "jihadist 2 of 13" in say(widget, without0=True).alt
    told = say(widget, without0=True, without1=True).alt
    assert "without those coded with low confidence, without those watched too briefly" in told
    assert "jihadist 2 of 7" in told


@pytest.mark.parametrize("name", MAKE)
def test_the_numbers_are_sent_to_whoever_opens_them(name):
    """Each row of the picture that was drawn, whole, in a frame that scrolls; nothing before it is open."""
    widget = MAKE[name]()
    assert widget.told.numbers is UNSET
    assert say(widget).numbers is UNSET
    widget._hear(None, {"values": {}, "numbers": True, "id": "a-2"}, [])
    shown = widget.told.numbers
    assert shown.startswith('<div role="region" tabindex="0" aria-label="The numbers as a table"')
    assert shown.count("<tr") == 1 + len(widget.figure.table)
    texts = widget.figure.table.select_dtypes(exclude="number").to_numpy().ravel()
    longest = max(map(str, texts), key=len, default="")
    assert html.escape(longest, quote=False) in shown
    assert say(widget).numbers is UNSET


def test_the_numbers_of_the_picture_stay_where_nothing_can_be_drawn():
    """What was folded out belongs to the picture that is still there."""
    widget = MAKE["timeline"]()
    values = {"words": "no such words anywhere"}
    widget._hear(None, {"values": values, "numbers": True, "id": "a-3"}, [])
    assert widget.told.problem
    assert widget.told.numbers is UNSET


def test_a_page_may_ask_for_numbers_before_anything_could_be_drawn():
    """Where no picture was ever drawn there is no table to send, and the problem is told."""

    def draw():
        raise ChartError("There is nothing to draw.")

    widget = explorer.Explorer("Nothing", [], draw)
    widget._hear(None, {"values": {}, "numbers": True, "id": "a-4"}, [])
    assert widget.told.problem == "There is nothing to draw."
    assert widget.told.numbers is UNSET


def test_without_python_a_figure_stays(monkeypatch):
    """The first picture is an output of its own, with its text and numbers."""
    shown = []
    monkeypatch.setattr("course_lib.widgets.base.display", lambda data, **_: shown.append(data))
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


def test_a_tie_that_is_left_out_cannot_be_turned():
    """The switch wins, and the picture before it stays."""
    widget = MAKE["flip"]()
    told = say(widget, tie=3, without=True)
    assert told.problem == (
        "The tie of Russia and Turkey rests on one coder's judgement, and such ties are left out."
    )
    assert told.ours is True
    told = say(widget, tie=4, without=True)
    said = "With Russia and HTS made friendly: 2 of 4 triads in balance, 2 of 9 ties in the way."
    assert said in told.caption


@pytest.mark.parametrize("name", MAKE)
def test_the_page_is_told_which_choices_are_the_tables(another_language, name):
    """In another language Latin letters stand only in what tables and figures call things, and are marked."""
    shown = json.loads(zlib.decompress(MAKE[name]().constants))
    ours = [shown["title"], *(one["label"] for one in shown["controls"])]
    for one in shown["controls"]:
        texts, named = one.get("texts", ()), one.get("named", ())
        assert all(re.search("[A-Za-z]", texts[place]) for place in named)
        ours += [text for place, text in enumerate(texts) if place not in named]
    own = [re.sub("\u2068[^\u2069]*\u2069", "", text) for text in ours]
    assert [text for text in own if re.search("[A-Za-z]", text)] == []
