"""Figures about the contacts: the log by channel and grade, and who spoke when in the decisive fortnight."""

import matplotlib.dates
import matplotlib.style
import msgspec
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.moments import axis_place, known_moment, mid_moment, moment_range
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words
from course_lib.evidence import labels

CHANNELS = {
    "direct": "direct",
    "mediated": "mediated",
    "military deconfliction": "military",
    "public statement": "statement",
}
_MARKS = {"A": "*", "B": "o", "C": "s", "D": "D", "E": "v", "F": "x"}
_FACES = dict(zip("123456", ("#1f2933", "#22577a", "#6b9ab8", "#b4cbda", "#ffffff", "#ffffff"), strict=True))


class _Contact(msgspec.Struct):
    """What an actor did, and on which day."""

    actor: str
    kind: str
    when: pd.Timestamp


def contact_log(contacts: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw every contact by date and channel; the mark is the source's grade, its shade the information's.

    Parameters
    ----------
    contacts : DataFrame
        With `date`, `channel`, `source_reliability`, `information_credibility`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per contact.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(contacts, "date channel source_reliability information_credibility", "contacts")
    rows = contacts.assign(when=contacts["date"].map(mid_moment)).sort_values("when")
    channels = [channel for channel in CHANNELS if (rows["channel"] == channel).any()]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.6 + 0.75 * len(channels))
        for place, channel in enumerate(channels):
            inside = rows[rows["channel"] == channel]
            # Contacts of one month stand above each other, or they would hide each other.
            step = inside.groupby(inside["when"].dt.to_period("Q")).cumcount()
            for (_, row), shift in zip(inside.iterrows(), step, strict=True):
                axes.scatter(
                    row["when"],
                    place - 0.1 * min(shift, 7) + 0.25,
                    marker=_MARKS[row["source_reliability"]],
                    s=34,
                    facecolor=_FACES[str(row["information_credibility"])],
                    edgecolor=colours.INK,
                    linewidth=0.7,
                )
        axes.set_yticks(range(len(channels)), [CHANNELS[channel] for channel in channels])
        axes.set_ylim(len(channels) - 0.35, -0.75)
        axes.tick_params(axis="y", length=0)
        # No year is named that the contacts do not reach.
        years = range(rows["when"].min().year, rows["when"].max().year + 1)
        axes.set_xticks([axis_place(pd.Timestamp(year, 1, 1)) for year in years], list(map(str, years)))
        axes.grid(axis="x")
        for letter in sorted(rows["source_reliability"].unique()):
            axes.scatter([], [], marker=_MARKS[letter], color=colours.SOFT, s=34, label=f"source {letter}")
        for digit in sorted(rows["information_credibility"].astype(str).unique()):
            axes.scatter(
                [],
                [],
                marker="o",
                facecolor=_FACES[digit],
                edgecolor=colours.INK,
                s=34,
                label=f"information {digit}",
            )
        figure.legend(loc="outside lower center", ncols=5, fontsize=8)
        axes.set_title("Contacts between Russia and armed groups in Syria")
    counts = rows["channel"].value_counts()
    grades = (rows["source_reliability"] + rows["information_credibility"].astype(str)).value_counts()
    alt = (
        f"Marks on a line of time for {len(rows)} contacts, {moment_range(rows['when'])}, by channel: "
        f"{join_words(f'{CHANNELS.get(str(name), name)} {count}' for name, count in counts.items())}. "
        f"Most frequent grades: {join_words(f'{grade} {count}' for grade, count in grades.head(3).items())}."
    )
    keep = [name for name in ("date", "russian_side", "counterpart", "channel") if name in rows]
    table = rows[[*keep, "source_reliability", "information_credibility"]]
    return finish_figure(figure, alt, table, caption, contacts)


KINDS = {
    "met": "met",
    "in_touch": "told of contact",
    "message": "message",
    "other": "said or did something else",
}
_KIND_MARKS = {"met": ("o", True), "in_touch": ("D", True), "message": ("^", False), "other": ("o", False)}


def fortnight(
    events: pd.DataFrame, first: str = "2024-11-27", last: str = "2024-12-20", caption: CaptionLike = ""
) -> Figure:
    """Draw day by day who met HTS or told of contact with it: a row per actor, a mark per event.

    Parameters
    ----------
    events : DataFrame
        With `date` (ISO day), `actor`, `kind` (one of `KINDS`) and `text`.
    first : str, default "2024-11-27"
        The first day drawn, ISO.
    last : str, default "2024-12-20"
        The last day drawn, ISO.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per event.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(events, "date actor kind text", "events")
    rows = events.assign(when=events["date"].map(mid_moment)).sort_values("when", kind="stable")
    begin, end = known_moment(first), known_moment(last)
    rows = rows[rows["when"].between(begin, end)]
    require_fields(rows, "when", f"events from {first} to {last}")
    actors = list(dict.fromkeys(rows["actor"]))
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.6 + 0.36 * len(actors))
        for place, actor in enumerate(actors):
            axes.hlines(place, axis_place(begin), axis_place(end), color="#e4e7eb", linewidth=1, zorder=0)
            for _, inside in rows[rows["actor"] == actor].groupby("when"):
                # Events of one day stand beside each other.
                for shift, row in zip(_day_shifts(len(inside)), table_rows(inside, _Contact), strict=True):
                    mark, full = _KIND_MARKS[row.kind]
                    axes.scatter(
                        axis_place(row.when + pd.Timedelta(days=shift)),
                        place,
                        s=44,
                        marker=mark,
                        facecolor=colours.actor_colour(actor) if full else "white",
                        edgecolor=colours.actor_colour(actor),
                        linewidth=1.3,
                        zorder=3,
                    )
        fall = pd.Timestamp("2024-12-08")
        if begin < fall < end:
            axes.axvline(axis_place(fall), color=colours.INK, linewidth=1, linestyle="--")
            axes.text(axis_place(fall), -0.8, " Assad falls, 8 December", fontsize=8, va="bottom")
        axes.set_yticks(
            range(len(actors)), [labels.ACTORS.get(actor, actor.replace("_", " ")) for actor in actors]
        )
        axes.set_ylim(len(actors) - 0.4, -1.0)
        edge = pd.Timedelta(days=0.7)
        axes.set_xlim(axis_place(begin - edge), axis_place(end + edge))
        axes.xaxis.set_major_locator(matplotlib.dates.DayLocator(interval=3))
        axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%-d %b"))
        axes.tick_params(axis="y", length=0)
        for kind, name in KINDS.items():
            if (rows["kind"] == kind).any():
                mark, full = _KIND_MARKS[kind]
                face = colours.SOFT if full else "white"
                axes.scatter([], [], marker=mark, facecolor=face, edgecolor=colours.SOFT, label=name)
        figure.legend(loc="outside lower center", ncols=4, fontsize=8)
        axes.set_title("Who was in contact with HTS, day by day", pad=14)
    contact = rows[rows["kind"].isin(["met", "in_touch"])].drop_duplicates("actor")
    summaries = [
        f"{labels.actor_name(row.actor)} {row.when.day} {row.when:%B} ({KINDS[row.kind]})"
        for row in table_rows(contact, _Contact)
    ]
    alt = (
        f"Marks on a calendar from {moment_range([begin, end])}: {len(rows)} events of {len(actors)} actors. "
        + (
            f"First day with contact, by actor: {join_words(summaries)}."
            if summaries
            else "None of them is a contact."
        )
    )
    return finish_figure(figure, alt, rows[["date", "actor", "kind", "text"]], caption, events)


def _day_shifts(count: int) -> list[float]:
    """Return places around a day for so many marks, in days."""
    return [0.42 * (number - (count - 1) / 2) for number in range(count)]
