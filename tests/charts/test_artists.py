"""What each figure drew, asked from its artists: bars, points, lines and cells against its table."""

import gallery
import matplotlib.collections
import numpy as np
import pytest

from course_lib import charts, evidence, labels
from course_lib.charts import colours
from course_lib.errors import ChartError
from course_lib.methods import balance


def points(figure, axes=0):
    """Every point that a scatter of the figure has drawn, without the empty ones of a legend."""
    found = [
        one.get_offsets()
        for one in figure.axes[axes].collections
        if isinstance(one, matplotlib.collections.PathCollection)
    ]
    found = [np.ma.filled(np.ma.asarray(one, dtype=float), np.nan) for one in found if len(one)]
    return np.vstack(found) if found else np.empty((0, 2))


def bars(figure, axes=0):
    """The lengths of all bars, lying or standing."""
    patches = [bar for group in figure.axes[axes].containers for bar in group]
    lying = figure.axes[axes].containers and figure.axes[axes].containers[0].orientation == "horizontal"
    return [bar.get_width() if lying else bar.get_height() for bar in patches]


def lines(figure, axes=0):
    """The values of every line with more than two points."""
    return [line.get_ydata() for line in figure.axes[axes].lines if len(line.get_xdata()) > 2]


def words(figure, axes=0):
    """Every text inside the axes."""
    return [text.get_text().strip() for text in figure.axes[axes].texts]


def table(name):
    """One table of the course."""
    return evidence.table(name)


def _territory(figure):
    given = table("territorial_control")
    drawn = sum(len(points(figure, at)) for at in range(len(figure.axes)))
    return drawn, given["share_pct"].notna().sum()


def _reports(figure):
    given = table("rival_reports")[list(charts.byline.FEATURES)].to_numpy().astype(bool)
    shown = [
        one.get_facecolor()[0]
        for one in figure.axes[0].collections
        if isinstance(one, matplotlib.collections.PathCollection)
    ]
    filled = sum(tuple(face[:3]) != (1, 1, 1) for face in shown)
    return filled, given.sum()


def _listed(figure):
    cells = figure.table.drop(columns="group").to_numpy()
    return len(points(figure)), (cells == "listed").sum()


def _ties(figure):
    drawn = sum(
        len(one.get_segments())
        for one in figure.axes[0].collections
        if isinstance(one, matplotlib.collections.LineCollection)
    )
    return drawn, len(balance.signed(gallery._ties("2024-11")))


# Of each figure: what was drawn, and what should have been.
DRAWN = {
    "report_matrix": _reports,
    "writing_window": lambda one: (len(one.axes[0].get_yticks()), 3),
    "vetoes_by_theme": lambda one: (sum(bars(one)), len(table("vetoes"))),
    "deaths_by_counter": lambda one: (len(points(one)), len(one.table)),
    "refugees_by_host": lambda one: (
        round(sum(line[-1] for line in lines(one)) * 1e6),
        table("refugees_by_country").query("year == 2025")[["refugees", "asylum_seekers"]].sum().sum(),
    ),
    "territory": _territory,
    "place_map": lambda one: (len(points(one)), len(gallery.PLACES)),
    "timeline": lambda one: (len(points(one)), len(table("timeline"))),
    "timeline of one category": lambda one: (len(points(one)), 14),
    "family_tree": lambda one: (
        sum(text.arrow_patch is not None for text in one.axes[0].texts),
        len(one.table),
    ),
    "family_tree of some": lambda one: (
        sum(text.arrow_patch is not None for text in one.axes[0].texts),
        len(one.table),
    ),
    "lists_at": _listed,
    "fighting_pairs": lambda one: (lines(one)[0].sum(), table("ucdp_dyads")["non_state_dyads"].sum()),
    "contact_log": lambda one: (len(points(one)), len(table("contacts"))),
    "fortnight": lambda one: (len(points(one)), len(one.table)),
    "evidence_matrix": lambda one: (sorted(words(one)), sorted(gallery._matrix().to_numpy().ravel())),
    "evidence_matrix, with weights": lambda one: (
        sorted(text for text in words(one) if text.isdigit()),
        sorted(map(str, one.table["weight"])),
    ),
    "inconsistency_scores": lambda one: (sorted(bars(one))[-3:], [39, 61, 138]),
    "sensitivity": lambda one: (len(points(one)), 24 * 7),
    "signed_network": _ties,
    "balance_over_time": lambda one: (len(lines(one)) * len(one.axes), 4),
    "balance_over_time, documents": lambda one: (
        one.table.query("actors == 'all'")["in the way"].tolist(),
        [7, 8, 8, 7, 5],
    ),
    "indicators": lambda one: (words(one).count("not found"), 3),
    "attacks_by_counter": lambda one: (len(words(one)), len(one.table)),
    "returns": lambda one: (len(points(one)), len(one.table)),
    "stock_and_returns": lambda one: (
        [round(bar * 1e6) for bar in sorted(bars(one))[-2:]],
        [1_086_410, 1_341_148],
    ),
    "monthly_deaths": lambda one: (sum(bars(one)), one.table["deaths_all"].sum()),
    "reactions_by_day": lambda one: (len(points(one)), (table("reactions")["scope"] != "none").sum()),
    "two_stances": lambda one: (len(points(one)), len(one.table)),
    "reactions_by_day without stances": lambda one: (
        len(points(one)),
        (table("reactions")["scope"] != "none").sum(),
    ),
    "positions": lambda one: (
        points(one)[:, 0].round(2).tolist(),
        [*gallery._positions()["position"], 40.0, 48.53],
    ),
    "positions with the challenge model and an outcome": lambda one: (len(points(one)), 6 + 3),
    "challenge_rounds": lambda one: (len(lines(one)), 6),
    "ideal_points": lambda one: (len(lines(one)), 7),
    "outcome_rates": lambda one: (points(one)[:, 0].round(3).tolist(), one.table["rate"].tolist()),
    "outcome_rates, by state": lambda one: (
        points(one)[:, 0].round(3).tolist(),
        one.table["rate"].tolist(),
    ),
    "denominator": lambda one: (points(one)[:, 0].round(2).tolist(), [0.4, 0.35, 0.35]),
    "delisting_order": lambda one: (
        sum(line.get_marker() == "|" for line in one.axes[0].lines),
        one.table["delisted_on"].notna().sum(),
    ),
    "forecasts_scored": lambda one: (
        len(points(one)),
        one.table["probability"].notna().sum() + one.table["outcome"].isin(["yes", "no"]).sum(),
    ),
    "calibration": lambda one: (points(one)[:, 1].round(3).tolist(), one.table["frequency"].tolist()),
    "brier_parts": lambda one: (round(sum(bars(one)[:-1]), 6), round(bars(one)[-1], 6)),
    "verdicts_by_section": lambda one: (sum(bars(one)), 93),
    "verdicts_by_section, by kind": lambda one: (sum(bars(one)), 93),
    "course_progress": lambda one: (sum(bars(one)), 18 + 14 + 12 + 3 + 9 + 1),
    "before_and_after": lambda one: (np.isfinite(points(one)[:, 0]).sum(), 5),
    "facility_and_discrimination": lambda one: (
        sorted(points(one).round(2).tolist()),
        [[0.31, -0.12], [0.55, 0.28], [0.62, 0.41]],
    ),
    "distractors": lambda one: (
        [bars(one), np.isfinite(points(one)[:, 0]).sum()],
        [one.table["all"].tolist(), 9],
    ),
    "distractors of a small class": lambda one: (
        [bars(one), np.isfinite(points(one)[:, 0]).sum()],
        [[0.52, 0.4, 0.08], 0],
    ),
    "confidence_and_right": lambda one: (points(one)[:, 1].tolist(), [0.35, 0.6, 0.7]),
    "class_change": lambda one: (points(one)[:, 0].tolist(), [0.19, -0.02]),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_draws_what_it_was_given(name):
    """Nothing is left out and nothing made up."""
    drawn, wanted = DRAWN[name](gallery.drawn(name))
    assert drawn == wanted
    assert wanted


def test_every_figure_s_artists_are_asked():
    """Those about the article have a file of their own."""
    named = {name.replace(",", " ").split()[0] for name in DRAWN}
    assert named | {"kinds_by_section", "hedge_strip"} == set(charts.__all__)


def test_attacks_in_a_whole_month_are_its_rate():
    """56 in October are 56 a month, and what one counter says twice of one time is one bar."""
    drawn = gallery.drawn("attacks_by_counter").table
    assert drawn.loc[drawn["to"] == "2024-10-31", "attacks per month"].tolist() == [58.7, 56.0]
    assert len(drawn[(drawn["from"] == "2024-01-01") & (drawn["to"] == "2024-12-01")]) == 1


def test_a_choice_of_ties_that_does_not_exist_is_refused():
    """The choices there are stand in the message."""
    with pytest.raises(ChartError, match="choice of ties 'documents'.*only ties with a document"):
        charts.signed_network(gallery._few(), kept="documents")


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "colour", sorted({*colours.ACTORS.values(), *colours.SERIES, colours.OTHER, colours.NEUTRAL})
)
def test_marks_stand_out_from_the_paper(colour):
    """Three to one at least, as graphics need it; the paper is white in both themes."""
    assert 1.05 / (_luminance(colour) + 0.05) >= 3


def test_friend_and_foe_differ_in_grey_too():
    """Blue and orange are told apart by their lightness, and by dashes besides."""
    light, dark = sorted(map(_luminance, (colours.NEGATIVE, colours.POSITIVE)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) > 1.5


def test_actors_with_a_colour_have_a_name():
    """What is drawn in a colour of its own can be called by a short name."""
    others = {"government", "opposition_incl_hts"}
    assert set(colours.ACTORS) - others <= set(labels.ACTORS)
