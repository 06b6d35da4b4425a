"""Figures about who reported the event: what each report tells, when the article can have been written."""

import matplotlib.dates
import matplotlib.style
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import axis_place, mid_moment, moment_range
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words

FEATURES = {
    "names_the_official": "names the official",
    "dates_the_contact": "dates the contact",
    "quotes_official": "quotes the official",
    "mentions_assad_fall": "mentions Assad's fall",
    "mentions_bases": "mentions the bases",
}


def report_matrix(reports: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw which report of one event tells what: a filled square for yes, an empty one for no.

    Parameters
    ----------
    reports : DataFrame
        With `outlet`, `date`, `relation_to_event` and the fields of `FEATURES`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per report, fullest first.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(reports, f"outlet date relation_to_event {' '.join(FEATURES)}", "reports")
    features = reports[list(FEATURES)].fillna(False).astype(bool)
    order = features.sum(axis=1).sort_values(ascending=False, kind="stable").index
    reports, features = reports.loc[order], features.loc[order]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.4 + 0.24 * len(reports))
        for row, (_, cells) in enumerate(features.iterrows()):
            for column, yes in enumerate(cells):
                axes.scatter(
                    column,
                    row,
                    s=70,
                    marker="s",
                    facecolor=colours.POSITIVE if yes else colours.PAPER,
                    edgecolor=colours.LINE if not yes else colours.POSITIVE,
                )
        names = [
            f"{name[:46]}{'*' if kind == 'object' else ''}"
            for name, kind in zip(reports["outlet"], reports["relation_to_event"], strict=True)
        ]
        axes.set_yticks(range(len(reports)), names, fontsize=8)
        axes.set_xticks(range(len(FEATURES)), [text.replace(" ", "\n", 1) for text in FEATURES.values()])
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xlim(-0.6, len(FEATURES) - 0.4)
        axes.set_ylim(len(reports) - 0.4, -0.8)
        axes.set_title("What each report tells (* the article)", pad=14)
    shares = [f"{text} {int(features[field].sum())}" for field, text in FEATURES.items()]
    studied = features[reports["relation_to_event"] == "object"]
    lacks = [text for field, text in FEATURES.items() if len(studied) and not studied[field].any()]
    alt = (
        f"Matrix of {len(reports)} reports and {len(FEATURES)} features, filled where a report has one. "
        f"Reports that have each: {join_words(shares)}. "
        + (f"The article under study lacks: {join_words(lacks)}." if lacks else "")
    )
    table = reports[["outlet", "date"]].join(
        features.rename(columns=FEATURES).replace({True: "yes", False: "no"})
    )
    return finish_figure(figure, alt, table, caption, reports)


def writing_window(clues: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw when a text can have been written: a bar for each clue, and the days that all of them leave.

    Parameters
    ----------
    clues : DataFrame
        With `clue`, `not_before` and `not_after`: ISO dates, empty where a clue says nothing.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per clue; its last row is what all leave.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(clues, "clue not_before not_after", "clues")
    start, end = (clues[field].map(mid_moment) for field in ("not_before", "not_after"))
    known = pd.concat([start, end]).dropna()
    first, last = (known.min(), known.max()) if len(known) else (pd.Timestamp(0), pd.Timestamp(0))
    room = max((last - first) * 0.1, pd.Timedelta(days=5))
    left, right = first - room, last + room
    rows = [*zip(clues["clue"], start, end, strict=True), ("All together", start.max(), end.min())]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.2 + 0.42 * len(rows))
        for row, (_, low, high) in enumerate(rows):
            whole = row == len(rows) - 1
            begin = left if pd.isna(low) else low
            finish = right if pd.isna(high) else high
            if begin > finish:
                middle = finish + (begin - finish) / 2
                axes.text(axis_place(middle), row, "no day left", ha="center", va="center", fontsize=9)
            else:
                axes.plot(
                    [axis_place(begin), axis_place(finish)],
                    [row, row],
                    color=colours.NEGATIVE if whole else colours.POSITIVE,
                    linewidth=7,
                    solid_capstyle="butt",
                )
            for at in (low, high):
                if pd.notna(at):
                    axes.plot([axis_place(at)] * 2, [row - 0.25, row + 0.25], color=colours.INK)
        axes.set_yticks(range(len(rows)), [name for name, _, _ in rows])
        axes.set_ylim(len(rows) - 0.5, -0.6)
        axes.set_xlim(axis_place(left), axis_place(right))
        axes.xaxis.set_major_locator(matplotlib.dates.AutoDateLocator(maxticks=6))
        axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%-d %b %Y"))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_title("When the text can have been written")
    low, high = start.max(), end.min()
    if pd.notna(low) and pd.notna(high) and low > high:
        conclusion = "The clues contradict each other: no day is left."
    elif pd.isna(low) and pd.isna(high):
        conclusion = "No clue fixes a day."
    elif pd.isna(high):
        conclusion = f"Together they leave every day from {moment_range([low])} on."
    elif pd.isna(low):
        conclusion = f"Together they leave every day up to {moment_range([high])}."
    else:
        conclusion = f"Together they leave {moment_range([low, high])}."
    alt = f"Bars on a line of time, one for each of {len(clues)} clues in the text. {conclusion}"
    records = [
        (name, *(None if pd.isna(moment) else moment.date().isoformat() for moment in ends))
        for name, *ends in rows
    ]
    return finish_figure(
        figure, alt, pd.DataFrame(records, columns=["clue", "not before", "not after"]), caption, clues
    )
