"""Figures about precedent: base rates under switchable rules, and the trap of the missing denominator."""

from collections.abc import Sequence

import matplotlib.style
import msgspec
import pandas as pd
from matplotlib.axes import Axes

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words
from course_lib.errors import NoCasesError
from course_lib.methods import rates

KINDS = {
    "all": None,
    "jihadist": ["jihadist"],
    "national Islamist": ["islamist"],
    "all other groups": ["leftist", "nationalist", "other", "separatist"],
}
# By what the episodes can be divided into classes: words, field, and the values of each class.
CLASSES = {
    "kind": ("kind of group", "group_kind", KINDS),
    "timing": (
        "state of the group",
        "timing",
        {
            "all": None,
            "still fighting": ["wartime"],
            "in prison": ["custody"],
            "governing already": ["post_victory"],
        },
    ),
    "scope": (
        "aim of the talks",
        "scope",
        {
            "all": None,
            "a settlement": ["national_settlement"],
            "a ceasefire": ["ceasefire"],
            "a local truce": ["local_truce"],
            "an exchange of captives": ["hostage_exchange"],
            "leaving violence": ["disengagement"],
        },
    ),
    "agreement": (
        "what was signed",
        "formal_agreement",
        {"all": None, "a signed text": ["yes"], "something partial": ["partial"], "nothing": ["no"]},
    ),
}
TIES = {"fail": "unchanged counts as failure", "half": "unchanged counts half", "drop": "unchanged left out"}
CONFLICTS = {"all": "every episode", "first": "first of each conflict", "last": "last of each conflict"}


class _Rate(msgspec.Struct):
    """How many cases of a class came out well, and the ends of the interval around their share."""

    groups: str
    favourable: float
    cases: int
    low: float
    high: float


def outcome_rates(
    episodes: pd.DataFrame,
    ties: str = "fail",
    per_conflict: str = "all",
    caption: CaptionLike = "",
    by: str = "kind",
    without: Sequence[str] = (),
) -> Figure:
    """Draw how often talks were followed by a favourable outcome, by class, with Wilson intervals.

    Parameters
    ----------
    episodes : DataFrame
        As for `methods.rates.base_rate`.
    ties : str, default "fail"
        The rule for an unchanged outcome, one of `TIES`.
    per_conflict : str, default "all"
        Which episodes of a conflict count, one of `CONFLICTS`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.
    by : str, default "kind"
        By what episodes are divided, one of `CLASSES`.
    without : sequence of str, optional
        Words for episodes that were taken out of the table before.

    Returns
    -------
    Figure
        Its table has a row per class: successes, cases, rate, low, high.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    words, field, classes = CLASSES[by]
    require_fields(
        episodes, f"outcome_5y scope timing route_to_power group_kind conflict end_year {field}", "episodes"
    )
    records = []
    for name, values in classes.items():
        rows = episodes if values is None else episodes[episodes[field].isin(values)]
        try:
            base_rate = rates.base_rate(rows, None, ties, per_conflict)
        except NoCasesError:
            continue
        interval = base_rate.interval
        records.append(
            (name, base_rate.successes, base_rate.n, interval.estimate, interval.low, interval.high)
        )
    table = pd.DataFrame(records, columns=["groups", "favourable", "cases", "rate", "low", "high"])
    require_fields(table, "groups", "rates under this rule")
    left_out = "".join(f",\nwithout those {case}" for case in without)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.5 + 0.45 * len(table) + 0.17 * len(without))
        _forest(axes, table, "groups", "favourable", "cases", "rate", first=colours.POSITIVE)
        axes.set_xlabel(f"share favourable ({TIES[ties]}, {CONFLICTS[per_conflict]}){left_out}", fontsize=9)
        axes.set_title("What followed talks, with Wilson intervals (coded)")
    summaries = [
        f"{row.groups} {row.favourable:g} of {row.cases} ({row.low:.2f} to {row.high:.2f})"
        for row in table_rows(table, _Rate)
    ]
    alt = (
        f"Points with intervals: share of episodes of talks with a favourable outcome, by {words}; "
        f"{TIES[ties]}, {CONFLICTS[per_conflict]}{left_out}. {join_words(summaries)}. "
        f"The table holds talks only: it says nothing about doing without."
    )
    return finish_figure(figure, alt, table.round(3), caption, episodes)


def denominator(
    settled_with_talks: int, with_talks: int, settled_without: int, without: int, caption: CaptionLike = ""
) -> Figure:
    """Draw the trap of the missing denominator: the same counts seen from the settled cases and from all.

    Parameters
    ----------
    settled_with_talks : int
        Conflicts that were settled, among those with talks.
    with_talks : int
        Conflicts with talks.
    settled_without : int
        Conflicts that were settled, among those without talks.
    without : int
        Conflicts without talks.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per way of seeing it.

    Raises
    ------
    MethodError
        For counts that cannot be, such as more settled than there are.
    """
    among = rates.wilson(settled_with_talks, settled_with_talks + settled_without)
    first, second = rates.wilson(settled_with_talks, with_talks), rates.wilson(settled_without, without)
    table = pd.DataFrame(
        [
            (
                "talks among settled conflicts",
                settled_with_talks,
                settled_with_talks + settled_without,
                *_interval_ends(among),
            ),
            ("settled among those with talks", settled_with_talks, with_talks, *_interval_ends(first)),
            ("settled among those without", settled_without, without, *_interval_ends(second)),
        ],
        columns=["share of", "k", "n", "share", "low", "high"],
    )
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 2.6)
        _forest(axes, table, "share of", "k", "n", "share", first=colours.NEGATIVE)
        axes.set_title("The same conflicts, divided by different totals")
    alt = (
        "Three points with intervals. "
        + " ".join(
            f"{name.capitalize()}: {k} of {n}, {share:.2f} ({low:.2f} to {high:.2f})."
            for name, k, n, share, low, high in table.to_numpy()
        )
        + " Only the second and third together say whether talks go with settlement."
    )
    return finish_figure(figure, alt, table.round(3), caption)


def _interval_ends(interval: rates.Interval) -> tuple[float, float, float]:
    return interval.estimate, interval.low, interval.high


def _forest(
    axes: Axes, table: pd.DataFrame, names: str, successes: str, cases: str, share: str, first: str
) -> None:
    """Draw a share and its interval per row, the first row in a colour of its own and a diamond."""
    for place, row in enumerate(table.to_dict("records")):
        colour = first if place == 0 else colours.POSITIVE
        axes.hlines(place, row["low"], row["high"], color=colour, linewidth=2.4)
        axes.scatter(row[share], place, s=60, color=colour, marker="D" if place == 0 else "o", zorder=3)
        axes.text(1.03, place, f"{row[successes]:g} of {row[cases]}", va="center", fontsize=9)
    axes.set_yticks(range(len(table)), table[names])
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_xlim(0, 1.2)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
