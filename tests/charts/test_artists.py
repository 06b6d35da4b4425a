"""What each figure drew, asked from its artists: bars, points, lines and cells against its table."""

import gallery
import matplotlib.collections
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from course_lib import charts, evidence
from course_lib.charts import colours, network
from course_lib.errors import ChartError
from course_lib.evidence import labels
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
    return drawn, len(balance.tie_signs(gallery._ties("2024-11")))


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
    "two_stances without stances": lambda one: (
        [len(points(one)), sum(map(int, words(one)))],
        [
            (one.table.drop(columns="actor") > 0).to_numpy().sum(),
            table("reactions")[["stance_towards_hts_contact", "stance_towards_russian_bases"]].count().sum(),
        ],
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
    drawn, wanted = DRAWN[name](gallery.draw(name))
    assert drawn == wanted
    assert wanted


def test_every_figure_s_artists_are_asked():
    """Those about the article have a file of their own."""
    named = {name.replace(",", " ").split()[0] for name in DRAWN}
    assert named | {"kinds_by_section", "hedge_strip"} == set(charts.__all__)


def test_attacks_in_a_whole_month_are_its_rate():
    """56 in October are 56 a month, and what one counter says twice of one time is one bar."""
    drawn = gallery.draw("attacks_by_counter").table
    assert drawn.loc[drawn["to"] == "2024-10-31", "attacks per month"].tolist() == [58.7, 56.0]
    assert len(drawn[(drawn["from"] == "2024-01-01") & (drawn["to"] == "2024-12-01")]) == 1


@pytest.mark.parametrize("kept", network.KEPT)
def test_a_share_of_ties_not_in_the_way_is_one_of_all_ties(kept):
    """It is what the table says it is, in the figure and in its words, with Islamic State and without."""
    figure = charts.balance_over_time(table("relations"), kept=kept)
    rows = figure.table
    assert (rows["ties not in the way"] == (1 - rows["in the way"] / rows["ties"]).round(3)).all()
    drawn = np.concatenate(lines(figure, 1))
    by_line = rows.sort_values("actors", kind="stable")
    assert drawn.round(3).tolist() == by_line["ties not in the way"].tolist()
    told = [part.split("triads, ")[1].split()[0] for part in figure.alt.split(": ", 1)[1].split("; ")]
    assert told == [f"{1 - row[5] / row.ties:.2f}" for row in rows.itertuples()]


def test_three_quarters_of_the_ties_were_not_in_the_way_on_the_eve():
    """17 of 67 are in the way in November 2024, and the figure says 0.75."""
    rows = charts.balance_over_time(table("relations")).table.query("actors == 'all'")
    assert rows["ties not in the way"].round(2).tolist() == [0.81, 0.8, 0.75, 0.75, 0.84]
    assert rows.set_index("date").loc["2024-11", ["in the way", "ties"]].tolist() == [17, 67]


@pytest.mark.parametrize(
    ("day", "hurras", "ahrar"),
    [
        ("2016-04-25", "not yet", "not yet"),
        ("2016-04-26", "not yet", "other"),
        ("2018-02-26", "not yet", "other"),
        ("2018-02-27", "not listed", "other"),
    ],
)
def test_what_began_later_is_not_yet_on_a_list(day, hurras, ahrar):
    """Neither a request that was made later, nor a search for a group that was founded later, is shown."""
    groups = ["hurras_al_din", "ahrar_al_sham"]
    figure = charts.lists_at(table("designations"), day, groups, actors=table("actors"))
    assert figure.table["UN"].tolist() == [hurras, ahrar]
    signs = {"not yet": "–", "not listed": "no", "other": "other"}
    for row, state in enumerate((hurras, ahrar)):
        drawn = [one.get_text() for one in figure.axes[0].texts if one.get_position() == (0, row)]
        assert drawn == [signs[state]]
    later = figure.alt.count("not yet UN")
    assert later == [hurras, ahrar].count("not yet")
    assert "– not yet: listing, request or group came later" in figure.axes[0].get_xlabel()


def test_all_rows_without_which_a_score_is_lowest_are_named():
    """In the picture and in its words; rows that tie are as good as each other."""
    figure = gallery.draw("sensitivity")
    shown = [" ".join(one.split()) for one in words(figure)]
    for told in ("without E04, E06 or E22", "without E04 or E24", "without E19"):
        assert told in shown
        assert told in figure.alt
    scores, _ = gallery._sensitivity()
    assert scores.index[scores["H1"] == scores["H1"].min()].tolist() == ["E04", "E06", "E22"]


def _boxes(figure):
    """The boxes of all dots and of all labels inside the axes, in pixels."""
    FigureCanvasAgg(figure).draw()
    axes = figure.axes[0]
    dots = []
    for one in axes.collections:
        if isinstance(one, matplotlib.collections.PathCollection):
            places = axes.transData.transform(one.get_offsets())
            for (x, y), size in zip(places, one.get_sizes(), strict=True):
                radius = size**0.5 / 2 * figure.dpi / 72
                dots.append(Bbox([(x - radius, y - radius), (x + radius, y + radius)]))
    return dots, [text.get_window_extent() for text in axes.texts]


@pytest.mark.parametrize("many", [1, 3, 14])
def test_the_size_of_a_bin_is_written_clear_of_its_dot(many):
    """At 0 and at 1 too, where the interval ends within the dot, and with as many as the course has."""
    forecasts = pd.DataFrame(
        {"probability": [0.0, 1.0] * many, "outcome": ["no", "yes"] * many, "question": "x"}
    )
    figure = charts.calibration(forecasts)
    dots, texts = _boxes(figure)
    assert len(dots) == len(texts) == 2
    assert not [1 for dot in dots for text in texts if dot.overlaps(text)]
    frame = figure.axes[0].get_window_extent()
    assert all(frame.x0 < text.x0 and text.x1 < frame.x1 and text.y1 <= frame.y1 for text in texts)


def test_points_that_share_a_place_are_joined_to_it():
    """The European Union and Ukraine stand at one place; a line leads there, and the figure says so."""
    figure = gallery.draw("two_stances")
    joined = [line.get_xydata().tolist() for line in figure.axes[0].lines if line.get_linewidth() == 1.2]
    assert joined == [[[2, -2], [2, -2.2]], [[2, 1], [2, 0.8]]]
    assert "joined by a line: all at the place of the point on top" in words(figure)
    assert "Points joined by a line share the place of the one on top." in figure.alt
    alone = charts.two_stances(table("reactions").query("actor == 'turkey'"))
    assert "joined" not in alone.alt + " ".join(words(alone))


# What dichromats see of red, green and blue: Machado, Oliveira & Fernandes (2009), at full severity.
_SEEN = {
    "all cones": np.eye(3),
    "no red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "no green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
}


def _apart(first, second, eye):
    """How far two colours are apart in the space of Lab, for one kind of eye."""
    places = []
    for colour in (first, second):
        parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        seen = np.clip(np.array(_SEEN[eye]) @ linear, 0, 1)
        to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
        xyz = np.array(to_xyz) @ seen / [0.9505, 1, 1.089]
        x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
        places.append(np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)]))
    return float(np.linalg.norm(places[0] - places[1]))


@pytest.mark.parametrize("eye", _SEEN)
@pytest.mark.parametrize(
    "other", ["syria_transitional_government", "russia", "turkey", "eu", "usa", "israel"]
)
def test_ukraine_is_told_apart_from_whoever_is_drawn_beside_it(other, eye):
    """Among the lines of the challenge model in lesson 08, for every kind of eye."""
    assert _apart(colours.actor_colour("ukraine"), colours.actor_colour(other), eye) > 15


def test_one_name_is_true_of_the_authorities_at_both_times():
    """The figures say what the lessons say, of the caretakers of December 2024 and of those after them."""
    name = labels.ACTORS["syria_transitional_government"]
    full = table("actors").set_index("id").loc["syria_transitional_government", "name"]
    assert name == full == "Syrian transitional authorities"
    assert name in gallery.draw("two_stances").alt


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
