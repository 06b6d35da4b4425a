"""Figures about reactions: who said what when, where actors stand, and what bargaining models make of it."""

import matplotlib.style
import pandas as pd

from course_lib import labels
from course_lib.charts import colours
from course_lib.charts.figure import STYLE, apart, blank, finished, listing, moment, needed, span, time_axis
from course_lib.methods import bargaining

SCOPES = {"a": "Russia's contact with HTS", "b": "contact by anyone", "c": "the Russian bases"}
_MARKS = {"a": "D", "b": "o", "c": "s"}
_STANCE = {-2: "#b8531a", -1: "#f2c49b", 0: "#ffffff", 1: "#a9c4d8", 2: "#22577a"}


def reactions_by_day(reactions, caption=""):
    """Draw who reacted when and to what: a row per actor, a mark per statement; an empty row says nothing.

    Parameters: `reactions` a table with `actor`, `date`, `scope`, `stance_towards_hts_contact`; `caption`
    what stands under the picture.
    Returns: a `Figure` whose table has a row per reaction.
    """
    needed(reactions, "actor date scope stance_towards_hts_contact", "reactions")
    rows = reactions[reactions["scope"].isin(SCOPES)]
    needed(rows, "scope", "reactions to one of the three")
    rows = rows.assign(when=rows["date"].map(moment)).sort_values("when", kind="stable")
    actors = list(dict.fromkeys(rows["actor"]))
    with matplotlib.style.context(STYLE):
        figure, axes = blank(8.6, 1.6 + 0.27 * len(actors))
        for place, actor in enumerate(actors):
            axes.axhline(place, color="#e4e7eb", linewidth=0.8, zorder=0)
            for row in rows[rows["actor"] == actor].itertuples():
                stance = row.stance_towards_hts_contact
                axes.scatter(
                    row.when,
                    place,
                    marker=_MARKS[row.scope],
                    s=44,
                    facecolor=_STANCE[int(stance)] if pd.notna(stance) else "none",
                    edgecolor=colours.INK,
                    linewidth=0.8,
                    zorder=3,
                )
        axes.set_yticks(range(len(actors)), [labels.ACTORS.get(one, one) for one in actors], fontsize=8)
        axes.set_ylim(len(actors) - 0.4, -0.7)
        axes.tick_params(axis="y", length=0)
        time_axis(axes, rows["when"])
        for scope, name in SCOPES.items():
            axes.scatter(
                [], [], marker=_MARKS[scope], facecolor="white", edgecolor=colours.INK, s=44, label=name
            )
        for stance, name in ((-2, "against contact"), (0, "neither"), (2, "for contact")):
            axes.scatter(
                [], [], marker="o", facecolor=_STANCE[stance], edgecolor=colours.INK, s=44, label=name
            )
        figure.legend(loc="outside lower center", ncols=3, fontsize=8)
        axes.set_title("Who reacted when, and to what (stances coded)")
    counts = rows["scope"].map(SCOPES).value_counts()
    about = [labels.ACTORS.get(one, one) for one in dict.fromkeys(rows.loc[rows["scope"] == "a", "actor"])]
    alt = (
        f"Marks on a line of time for {len(rows)} reactions of {len(actors)} actors, "
        f"{span(rows['when'].dropna())}. About: "
        f"{listing(f'{name} {count}' for name, count in counts.items())}. "
        + (
            f"Those who spoke about Russia's contact itself: {listing(about)}."
            if about
            else "None spoke about Russia's contact itself."
        )
    )
    keep = [
        name
        for name in ("actor", "date", "scope", "stance_towards_hts_contact", "statement_or_action")
        if name in rows
    ]
    return finished(figure, alt, rows[keep], caption, reactions)


def two_stances(reactions, caption=""):
    """Draw where actors stand on two questions at once: contact with HTS, and the Russian bases.

    An actor stands at its latest coded stance on each; those with one stance alone are listed, not placed.

    Parameters: `reactions` a table with `actor`, `date`, `stance_towards_hts_contact`,
    `stance_towards_russian_bases`; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per actor.
    """
    fields = ["stance_towards_hts_contact", "stance_towards_russian_bases"]
    needed(reactions, f"actor date {' '.join(fields)}", "stances")
    rows = reactions.assign(when=reactions["date"].map(moment)).sort_values("when", kind="stable")
    latest = rows.groupby("actor")[fields].last()
    both = latest.dropna().astype(int)
    needed(both.reset_index(), "actor", "actors with both stances")
    with matplotlib.style.context(STYLE):
        figure, axes = blank(7.2, 5.6)
        axes.axhline(0, color=colours.LINE, linewidth=0.8)
        axes.axvline(0, color=colours.LINE, linewidth=0.8)
        for (x, y), group in both.groupby(fields):
            for number, actor in enumerate(group.index):
                axes.scatter(x, y - 0.2 * number, s=70, color=colours.of(actor), zorder=3)
                axes.annotate(
                    labels.ACTORS.get(actor, actor),
                    (x, y - 0.2 * number),
                    xytext=(8, 0),
                    textcoords="offset points",
                    fontsize=8.5,
                    va="center",
                )
        axes.set_xlim(-2.4, 3.1)
        axes.set_ylim(-2.8, 2.5)
        axes.set_xticks(range(-2, 3))
        axes.set_yticks(range(-2, 3))
        axes.set_xlabel("contact with HTS or the new authorities: −2 against, 2 for")
        axes.set_ylabel("Russian bases: −2 against, 2 for")
        axes.grid()
        axes.set_title("Two questions, two stances (coded, latest of each)")
    told = [
        f"{labels.ACTORS.get(actor, actor)} ({row.iloc[0]:+d}, {row.iloc[1]:+d})"
        for actor, row in both.iterrows()
    ]
    rest = [labels.ACTORS.get(one, one) for one in latest.index.difference(both.index)]
    alt = (
        f"Points for {len(both)} actors by stance on contact and on the Russian bases, each from -2 to "
        f"2: {listing(told)}. " + (f"Without a stance on both: {listing(rest)}." if rest else "")
    )
    table = both.reset_index()
    table["actor"] = table["actor"].map(lambda one: labels.ACTORS.get(one, one))
    return finished(figure, alt, table, caption, reactions)


def positions(actors, ends=("leave", "keep"), spread=10, caption=""):
    """Draw actors on the line of one issue by weight, with median, mean, and how far doubt moves both.

    Parameters: `actors` a table with `actor`, `position`, `capability`, `salience` (0 to 100); `ends` what 0
    and 100 mean; `spread` how far each input may be off; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per actor.
    """
    needed(actors, "actor position capability salience", "positions")
    given = [actors[name].tolist() for name in ("position", "capability", "salience")]
    weight = bargaining.weight(given[1], given[2])
    median, mean = bargaining.weighted_median(given[0], weight), bargaining.compromise(given[0], weight)
    draws = bargaining.simulate(*given, spread=spread, runs=300)
    low, high = (draws.quantile(q) for q in (0.05, 0.95))
    with matplotlib.style.context(STYLE):
        figure, axes = blank(8, 3.9)
        for number, (name, at, size) in enumerate(zip(actors["actor"], given[0], weight, strict=True)):
            axes.vlines(at, 0, size, color=colours.of(name), linewidth=5, alpha=0.85)
            axes.annotate(
                labels.ACTORS.get(name, name),
                (at, size),
                xytext=(0, 4 + 9 * (number % 2)),
                textcoords="offset points",
                ha="center",
                fontsize=8,
            )
        top = max(weight) * 1.3
        for value, name, mark, level in ((median, "median", "v", -0.07), (mean, "mean", "o", -0.14)):
            column = "median" if name == "median" else "compromise"
            axes.hlines(level * top, low[column], high[column], color=colours.INK, linewidth=1.4)
            axes.scatter(value, level * top, marker=mark, color=colours.INK, zorder=3)
            axes.text(101.5, level * top, f"{name} {value:.0f}", fontsize=8, va="center")
        axes.axhline(0, color=colours.LINE, linewidth=0.8)
        axes.set_xlim(-3, 118)
        axes.set_ylim(-0.2 * top, top)
        axes.set_xticks([0, 25, 50, 75, 100], [f"0\n{ends[0]}", "25", "50", "75", f"100\n{ends[1]}"])
        axes.set_yticks([0, round(max(weight) / 2), round(max(weight))])
        axes.set_ylabel("weight")
        axes.set_title("Positions by weight, with median and mean")
    told = [
        f"{labels.ACTORS.get(name, name)} at {at:g} (weight {size:.0f})"
        for name, at, size in zip(actors["actor"], given[0], weight, strict=True)
    ]
    alt = (
        f"Bars on a line from 0 ({ends[0]}) to 100 ({ends[1]}): {listing(told)}. Weighted median "
        f"{median:.0f}, mean "
        f"{mean:.1f}. With every input up to {spread:g} off, nine in ten draws put the median between "
        f"{low['median']:.0f} and {high['median']:.0f} and the mean between {low['compromise']:.0f} and "
        f"{high['compromise']:.0f}."
    )
    table = actors[["actor", "position", "capability", "salience"]].assign(weight=weight.round(1))
    return finished(figure, alt, table, caption, actors)


def ideal_points(votes, countries=None, caption=""):
    """Draw estimated positions in UN votes over the years, with their intervals, a line per country.

    Parameters: `votes` a table with `year`, `iso3`, `country`, `ideal_point_final_passage`,
    `low5_final_passage`, `high95_final_passage`; `countries` ISO codes that are drawn (None takes all);
    `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per year and country.
    """
    fields = ["ideal_point_final_passage", "low5_final_passage", "high95_final_passage"]
    needed(votes, f"year iso3 country {' '.join(fields)}", "positions")
    rows = votes if countries is None else votes[votes["iso3"].isin(countries)]
    needed(rows, "year", "positions of these countries")
    tints = {
        "RUS": "russia",
        "USA": "usa",
        "TUR": "turkey",
        "IRN": "iran",
        "ISR": "israel",
        "CHN": "china",
        "SAU": "saudi_arabia",
    }
    with matplotlib.style.context(STYLE):
        figure, axes = blank(8.4, 4.2)
        ends = []
        for iso, one in rows.sort_values("year").groupby("iso3", sort=False):
            colour = colours.of(tints.get(iso, iso.lower()))
            axes.plot(one["year"], one[fields[0]], color=colour, linewidth=1.5)
            axes.fill_between(
                one["year"],
                one[fields[1]].astype(float),
                one[fields[2]].astype(float),
                color=colour,
                alpha=0.14,
            )
            ends.append(
                (one["country"].iloc[-1], float(one[fields[0]].iloc[-1]), one["year"].iloc[-1], colour)
            )
        for (name, value, year, colour), at in zip(ends, apart([end[1] for end in ends], 0.22), strict=True):
            axes.annotate(name, (year, value), (year + 0.6, at), fontsize=8, color=colour, va="center")
        axes.set_xlim(rows["year"].min() - 0.5, rows["year"].max() + 6.5)
        axes.set_xticks(range(-(-int(rows["year"].min()) // 5) * 5, int(rows["year"].max()) + 1, 5))
        axes.set_ylabel("position (no unit)")
        axes.grid(axis="y")
        axes.set_title("Positions estimated from votes in the UN General Assembly")
    last = rows["year"].max()
    newest = rows[rows["year"] == last].sort_values(fields[0])
    told = [f"{row.country} {row.ideal_point_final_passage:.2f}" for row in newest.itertuples()]
    alt = (
        f"Lines with shaded intervals for {rows['iso3'].nunique()} countries, {rows['year'].min()} to "
        f"{last}. "
        f"In {last}, from lowest to highest: {listing(told)}."
    )
    return finished(figure, alt, rows[["year", "country", *fields]], caption, votes)
