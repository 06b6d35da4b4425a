"""Figures of counts that disagree: vetoes, deaths, refugees, territory, returns, attacks."""

import textwrap

import matplotlib.dates
import matplotlib.style
import matplotlib.ticker
import pandas as pd

from course_lib.charts import colours
from course_lib.charts.figure import (
    STYLE,
    finish_figure,
    join_words,
    mid_moment,
    moment_range,
    new_figure,
    require_fields,
    spread_labels,
)
from course_lib.dates import english_date

PARTIES = {
    "government": "government",
    "opposition_incl_hts": "opposition and HTS",
    "sdf": "SDF",
    "isis": "Islamic State",
}
_MARKS = "osD^vP*Xh<>p"
# In the order in which they are drawn, the whole country first.
_AREAS = ("Syria", "north and east Syria (SDF area)", "central Syria (Badia)", "Syria and Iraq", "Iraq")
_WHOLE = matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:,.0f}")


def vetoes_by_theme(vetoes, caption=""):
    """Draw Russia's vetoes on Syria by subject, those with China apart from those without.

    Parameters: `vetoes` a table with `theme`, `china_veto` and `date`, a row per draft resolution; `caption`
    what stands under the picture.
    Returns: a `Figure` whose table has a row per subject.
    """
    require_fields(vetoes, "theme china_veto date", "vetoes")
    counts = pd.crosstab(vetoes["theme"], vetoes["china_veto"].astype(bool))
    counts = counts.reindex(columns=[True, False], fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.3 + 0.42 * len(counts))
        left = pd.Series(0, index=counts.index)
        for together, colour, hatch in (
            (True, colours.POSITIVE, None),
            (False, colours.actor_colour("russia"), "//"),
        ):
            name = "with China" if together else "Russia without China"
            bars = axes.barh(
                counts.index,
                counts[together],
                left=left,
                color=colour,
                hatch=hatch,
                edgecolor="white",
                label=name,
                height=0.66,
            )
            axes.bar_label(
                bars,
                [str(n) if n else "" for n in counts[together]],
                label_type="center",
                color=colours.INK,
                fontsize=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
            left += counts[together]
        axes.invert_yaxis()
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("vetoes")
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        axes.set_title("Russia's vetoes on Syria by subject")
        figure.legend(loc="outside lower center", ncols=2, fontsize=9)
    alone = int(counts[False].sum())
    most = counts.sum(axis=1)
    days = [mid_moment(one) for one in vetoes["date"]]
    alt = (
        f"Stacked bars: {len(vetoes)} draft resolutions on Syria that Russia vetoed, "
        f"{moment_range(days)}, by "
        f"subject. "
        f"{len(vetoes) - alone} together with China, {alone} without. "
        f"Most concern {join_words(most.index[most == most.max()])} ({most.max()}). "
        + " ".join(f"{name}: {row[True]} with, {row[False]} without." for name, row in counts.iterrows())
    )
    table = counts.rename(columns={True: "with China", False: "without China"}).rename_axis(columns=None)
    return finish_figure(figure, alt, table.rename_axis("subject").reset_index(), caption, vetoes)


def deaths_by_counter(fatalities, caption=""):
    """Draw deaths per year as each counter gives them, with ranges, one panel for one kind of count.

    Counts of different things are never joined: each counter and measure has a line and a mark of its own,
    and years without a figure stay empty.

    Parameters: `fatalities` a table with `year`, `counter`, `measure`, `series`, `deaths`, `low`, `high`;
    `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per year, counter and measure drawn.
    """
    require_fields(fatalities, "year counter measure series deaths low high", "deaths")
    whole = ["all", "all_organised_violence", "all_documented", "all_revised"]
    wanted = fatalities["measure"].isin(whole) & (fatalities["series"] == "annual")
    shown = fatalities[wanted].sort_values(["counter", "measure", "year"])
    require_fields(shown, "year", "deaths of one year")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 4.2)
        ends = []
        for number, ((counter, measure), rows) in enumerate(
            shown.groupby(["counter", "measure"], sort=False)
        ):
            colour = colours.SERIES[number % len(colours.SERIES)]
            values = rows["deaths"].astype(float)
            line = rows.set_index("year")["deaths"].astype(float)
            line = line[~line.index.duplicated()].reindex(range(line.index.min(), line.index.max() + 1))
            axes.plot(line.index, line, color=colour, linewidth=1.4, alpha=0.8)
            axes.scatter(rows["year"], values, color=colour, marker=_MARKS[number], s=26, zorder=3)
            ranged = rows[rows["low"].notna() & rows["high"].notna()]
            axes.vlines(
                ranged["year"],
                ranged["low"].astype(float),
                ranged["high"].astype(float),
                color=colour,
                alpha=0.6,
            )
            name = (
                counter
                if measure == "all"
                else f"{counter}, {measure.removeprefix('all_').replace('_', ' ')}"
            )
            ends.append((name, colour, _MARKS[number]))
        for name, colour, mark in ends:
            axes.plot([], [], color=colour, marker=mark, label=name, linewidth=1.4, markersize=5)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(_WHOLE)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_ylabel("deaths in the year")
        axes.grid(axis="y")
        axes.set_title("Deaths in Syria: one year, many totals")
        axes.legend(fontsize=8, loc="upper right")
    spread = shown.groupby("year")["deaths"].agg(["min", "max", "count"])
    widest = (spread["max"] - spread["min"]).astype(float).idxmax()
    row = spread.loc[widest]
    alt = (
        f"Lines of deaths per year by {len(ends)} counters and measures, {shown['year'].min()} to "
        f"{shown['year'].max()}, with ranges where a counter gives one. Counters: "
        f"{join_words(name for name, _, _ in ends)}. They lie furthest apart for {widest}: from "
        f"{row['min']:,} to "
        f"{row['max']:,} deaths in {row['count']} figures. They count different things."
    )
    table = shown[["year", "counter", "measure", "deaths", "low", "high"]]
    return finish_figure(figure, alt, table, caption, fatalities)


def refugees_by_host(refugees, caption="", hosts=5):
    """Draw where Syrian refugees and asylum seekers were at each year's end: a line per host country.

    Parameters: `refugees` a table with `year`, `country`, `refugees`, `asylum_seekers`; `caption` what stands
    under the picture; `hosts` how many countries have a line of their own (the rest is one).
    Returns: a `Figure` whose table has a row per year.
    """
    require_fields(refugees, "year country refugees asylum_seekers", "refugees")
    both = refugees["refugees"].fillna(0).astype(int) + refugees["asylum_seekers"].fillna(0).astype(int)
    wide = refugees.assign(people=both).pivot_table(
        index="year", columns="country", values="people", aggfunc="sum"
    )
    named = wide.drop(columns="All other countries", errors="ignore")
    top = list(named.max().nlargest(hosts).index)
    table = wide[top].assign(**{"all others": wide.drop(columns=top).sum(axis=1)})
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 4)
        places = {}
        hues = [hue for hue in colours.SERIES if hue not in (colours.SERIES[3], colours.OTHER)]
        for number, name in enumerate(table):
            fixed = {"Turkey": colours.actor_colour("turkey"), "all others": colours.OTHER}
            colour = fixed.get(name, hues[number % len(hues)])
            axes.plot(
                table.index,
                table[name] / 1e6,
                color=colour,
                marker=_MARKS[number],
                markersize=4,
                linewidth=1.6,
            )
            places[name] = (table[name].iloc[-1] / 1e6, colour)
        highest = max(table.to_numpy().max() / 1e6, 1e-6)
        for name, at in zip(
            places, spread_labels([value for value, _ in places.values()], 0.045 * highest), strict=True
        ):
            axes.annotate(
                name,
                (table.index[-1], places[name][0]),
                (table.index[-1] + 0.35, at),
                color=places[name][1],
                fontsize=9,
                va="center",
            )
        axes.set_xlim(table.index.min() - 0.3, table.index.max() + 2.6)
        axes.set_xticks(range(int(table.index.min()), int(table.index.max()) + 1, 2))
        axes.set_ylim(0, 1.06 * highest)
        axes.set_ylabel("million people at the end of the year")
        axes.grid(axis="y")
        axes.set_title("Syrian refugees and asylum seekers by host country")
    last = table.index.max()
    peak = table.sum(axis=1)
    alt = (
        f"Lines for {len(top)} host countries and all others, {table.index.min()} to {last}. At the end "
        f"of {last}: "
        f"{join_words(f'{name} {value:,}' for name, value in table.loc[last].astype(int).items())}. "
        f"The sum was largest in {peak.idxmax()}, with {int(peak.max()):,} people."
    )
    return finish_figure(
        figure, alt, table.astype(int).rename_axis(columns=None).reset_index(), caption, refugees
    )


def territory(control, caption=""):
    """Draw what share of the country each party held, by source: a panel per party, a mark per figure.

    A claim by a party to the war has an open mark, a range a line; nothing joins figures of several sources.

    Parameters: `control` a table with `as_of`, `source_name`, `actor`, `share_pct`, `low_pct`, `high_pct`,
    `basis`; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per figure drawn.
    """
    require_fields(control, "as_of source_name actor share_pct low_pct high_pct basis", "shares")
    parties = [party for party in PARTIES if (control["actor"] == party).any()]
    require_fields(control[control["actor"].isin(parties)], "actor", "shares of a known party")
    when = control["as_of"].map(mid_moment)
    short = control["source_name"].str.split(r"[(,]| cited| via| as ", regex=True).str[0].str.strip()
    sources = list(dict.fromkeys(short))
    with matplotlib.style.context(STYLE):
        figure, all_axes = new_figure(
            8, 1.2 + 1.45 * len(parties), nrows=len(parties), sharex=True, squeeze=False
        )
        for axes, party in zip(all_axes[:, 0], parties, strict=True):
            for index, row in control[control["actor"] == party].iterrows():
                at, colour = when[index], colours.actor_colour(party)
                mark = _MARKS[sources.index(short[index]) % len(_MARKS)]
                low, high = (row[name] for name in ("low_pct", "high_pct"))
                if pd.notna(row["share_pct"]):
                    open_mark = row["basis"] == "claim"
                    axes.scatter(
                        at,
                        row["share_pct"],
                        marker=mark,
                        s=30,
                        facecolor="none" if open_mark else colour,
                        edgecolor=colour,
                        zorder=3,
                    )
                if pd.notna(low) and pd.notna(high):
                    axes.vlines(at, low, high, color=colour, linewidth=2)
                elif pd.notna(low) and pd.isna(row["share_pct"]):
                    axes.annotate(
                        "", (at, low + 18), (at, low), arrowprops={"arrowstyle": "->", "color": colour}
                    )
            axes.set_ylim(0, 105)
            axes.set_yticks([0, 50, 100])
            axes.grid(axis="y")
            axes.set_ylabel("%", rotation=0, labelpad=10)
            axes.set_title(PARTIES[party], fontsize=10)
        for number, name in enumerate(sources):
            axes.scatter([], [], marker=_MARKS[number % len(_MARKS)], s=30, color=colours.SOFT, label=name)
        figure.suptitle(
            "Share of Syria's area held, by source", fontsize=12, fontweight="bold", x=0.01, ha="left"
        )
        figure.legend(loc="outside lower center", ncols=3, fontsize=8)
    told = []
    for party in parties:
        rows = control[(control["actor"] == party) & control["share_pct"].notna()]
        if len(rows):
            told.append(
                f"{PARTIES[party]} {rows['share_pct'].min():.0f} to {rows['share_pct'].max():.0f} per "
                f"cent in "
                f"{len(rows)} figures"
            )
    claims = control[(control["basis"] == "claim") & control["share_pct"].notna()]
    alt = (
        f"Points in {len(parties)} panels: shares of Syria's area from {len(sources)} sources, "
        f"{moment_range(when.dropna())}. "
        f"{join_words(told)}. "
        + (
            "Open marks are claims of a party: "
            f"{join_words(f'{v:.0f} per cent' for v in claims['share_pct'])}."
            if len(claims)
            else ""
        )
    )
    table = control[["as_of", "source_name", "actor", "share_pct", "low_pct", "high_pct", "basis"]]
    return finish_figure(figure, alt, table, caption, control)


def attacks_by_counter(activity, caption=""):
    """Draw how many attacks each counter gives for Islamic State, as bars over the time they cover.

    Each bar is a monthly rate over its own period and area, areas apart; nothing is joined to one line, since
    no two counters count the same. What one counter says twice of one time is drawn once.

    Parameters: `activity` a table with `period_start`, `period_end`, `area`, `measure`, `value`, `who_says`;
    `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per bar, with attacks per month.
    """
    require_fields(activity, "period_start period_end area measure value who_says", "attacks")
    rows = activity[activity["measure"].isin(["attacks", "attacks_claimed", "attacks_per_month"])].copy()
    rows = rows[rows["value"].notna()]
    require_fields(rows, "value", "attacks")
    told = rows["measure"].replace("attacks_per_month", "attacks")
    rows = rows[
        ~rows.assign(told=told).duplicated(["period_start", "period_end", "area", "who_says", "told"])
    ]
    start, end = rows["period_start"].map(mid_moment), rows["period_end"].map(mid_moment)
    months = ((end - start).dt.days + 1) / 30.44
    # Whole months count as such, or a month's 56 attacks would be 55 a month.
    months = months.where((months - months.round()).abs() > 0.05, months.round())
    rate = rows["value"].astype(float) / months.clip(lower=1)
    rate[rows["measure"] == "attacks_per_month"] = rows["value"].astype(float)
    area = rows["area"].map(lambda name: _AREAS.index(name) if name in _AREAS else len(_AREAS))
    order = pd.DataFrame({"area": area, "start": start}).sort_values(["area", "start"], kind="stable").index
    rows, start, end, rate = rows.loc[order], start[order], end[order], rate[order]
    who = rows["who_says"].str.split(" data quoted").str[0].str.split(" counted by ").str[-1]
    names = who + ": " + rows["area"].str.split(" (", regex=False).str[0]
    names += rows["measure"].map({"attacks_claimed": ", as IS claims"}).fillna("")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.6, 1.3 + 0.22 * len(rows))
        for at, index in enumerate(order):
            finish = max(end[index], start[index] + pd.Timedelta(days=30))
            claimed = rows["measure"][index] == "attacks_claimed"
            colour = colours.NEUTRAL if claimed else colours.actor_colour("isis")
            axes.plot([start[index], finish], [at, at], color=colour, linewidth=5, solid_capstyle="butt")
            axes.text(finish, at, f" {rate[index]:.0f}", va="center", fontsize=8, fontweight="bold")
            if at and area[index] != area[order[at - 1]]:
                axes.axhline(at - 0.5, color=colours.LINE, linewidth=0.6)
        if (rows["measure"] == "attacks_claimed").any():
            axes.plot([], [], color=colours.NEUTRAL, linewidth=5, label="as claimed by Islamic State")
            figure.legend(loc="outside lower center", fontsize=8)
        axes.set_yticks(range(len(order)), list(names), fontsize=7.5)
        axes.set_ylim(len(order) - 0.5, -0.6)
        axes.set_xlim(start.min() - pd.Timedelta(days=40), end.max() + pd.Timedelta(days=200))
        # No year is named that no bar reaches.
        years = range(start.min().year, end.max().year + 1)
        axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], [str(year) for year in years])
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        figure.suptitle(
            "Attacks of Islamic State per month, by area and counter",
            fontsize=12,
            fontweight="bold",
            x=0.01,
            ha="left",
        )
    table = pd.DataFrame(
        {
            "who says": rows["who_says"],
            "area": rows["area"],
            "what": rows["measure"].str.replace("_", " "),
            "from": start.dt.date.astype(str),
            "to": end.dt.date.astype(str),
            "attacks per month": rate.round(1),
        }
    )
    whole = table[table["area"] == "Syria"]
    both = whole if len(whole) else table
    low, high = (both.loc[pick(both["attacks per month"])] for pick in (pd.Series.idxmin, pd.Series.idxmax))
    alt = (
        f"Bars over time, one for each of {len(rows)} counts by {rows['who_says'].nunique()} counters, "
        f"with attacks per "
        f"month written beside. {'For all of Syria' if len(whole) else 'In all'} they run from "
        f"{low['attacks per month']:.0f} a month ({low['who says']}, {low['from']} to {low['to']}) to "
        f"{high['attacks per month']:.0f} ({high['who says']}, {high['from']} to {high['to']}). "
        "Counters and areas differ, so the bars are not one line."
    )
    return finish_figure(figure, alt, table, caption, activity)


def returns(people, caption=""):
    """Draw how many people had come back by each date, as reported: refugees and displaced within Syria.

    Parameters: `people` a table with `as_of`, `measure`, `value`, `precision`, `who_says`; `caption` what
    stands under the picture.
    Returns: a `Figure` whose table has a row per figure drawn.
    """
    require_fields(people, "as_of measure value precision who_says", "returns")
    kinds = {"refugee_returns_cumulative": "refugees", "idp_returns_cumulative": "displaced within Syria"}
    rows = people[people["measure"].isin(kinds) & people["value"].notna()].copy()
    require_fields(rows, "value", "returns since 8 December 2024")
    rows["when"] = rows["as_of"].map(mid_moment)
    rows = rows.sort_values("when")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.6)
        for (measure, name), colour, mark in zip(
            kinds.items(), (colours.POSITIVE, colours.NEGATIVE), "os", strict=True
        ):
            one = rows[rows["measure"] == measure]
            if one.empty:
                continue
            axes.plot(one["when"], one["value"] / 1e6, color=colour, linewidth=1, alpha=0.6)
            exact = one["precision"] == "exact"
            for which, face in ((exact, colour), (~exact, "white")):
                axes.scatter(
                    one["when"][which],
                    one["value"][which] / 1e6,
                    marker=mark,
                    facecolor=face,
                    edgecolor=colour,
                    zorder=3,
                )
            axes.annotate(
                name,
                (one["when"].iloc[-1], one["value"].iloc[-1] / 1e6),
                xytext=(6, 6),
                textcoords="offset points",
                color=colour,
                fontsize=9,
                ha="right",
                va="bottom",
            )
        axes.set_ylim(0, rows["value"].max() / 1e6 * 1.18)
        axes.set_ylabel("million people since 8 December 2024")
        axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%b %Y"))
        axes.grid(axis="y")
        axes.set_title("People reported as returned (open marks: rounded figures)")
    told = [
        f"{name}: {one['value'].iloc[-1]:,} by {english_date(one['as_of'].iloc[-1])}"
        for measure, name in kinds.items()
        if len(one := rows[rows["measure"] == measure])
    ]
    alt = (
        f"Points joined by thin lines: people reported as returned since 8 December 2024, "
        f"{english_date(rows['as_of'].iloc[0])} to {english_date(rows['as_of'].iloc[-1])}. "
        f"Latest figures: {join_words(told)}. {int((rows['precision'] != 'exact').sum())} of {len(rows)} "
        f"are rounded."
    )
    table = rows[["as_of", "measure", "value", "precision", "who_says"]]
    return finish_figure(figure, alt, table, caption, people)


def indicators(values, scenarios, caption=""):
    """Set out what each indicator of the transition showed at three dates, as text in cells.

    A cell is empty where nothing was found, and says so.

    Parameters: `values` a table with `scenario`, `period`, `value`; `scenarios` with `id`, `driver`;
    `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per driver and a column per period.
    """
    require_fields(values, "scenario period value", "indicators")
    require_fields(scenarios, "id driver", "drivers")
    periods = list(dict.fromkeys(values["period"]))
    wide = values.pivot(index="scenario", columns="period", values="value")[periods]
    wide = wide.loc[[one for one in scenarios["id"] if one in wide.index]]
    names = scenarios.set_index("id")["driver"]
    cells = [[textwrap.wrap(str(text), 34) for text in row] for row in wide.fillna("not found").to_numpy()]
    heights = [max(len(cell) for cell in row) for row in cells]
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(2.1 * (1 + 1.25 * len(periods)), 0.9 + 0.14 * (sum(heights) + len(cells)))
        axes.axis("off")
        axes.set_xlim(0, 1 + len(periods) * 1.25)
        total = sum(heights) + len(cells)
        axes.set_ylim(total + 0.5, -1.4)
        for column, period in enumerate(periods):
            axes.text(1 + 1.25 * column, -0.4, period, fontweight="bold", fontsize=9)
        top = 0.3
        for row, (scenario, height) in enumerate(zip(wide.index, heights, strict=True)):
            axes.axhline(top - 0.1, color=colours.LINE, linewidth=0.6)
            axes.text(
                0,
                top + 0.2,
                "\n".join(textwrap.wrap(names[scenario], 22)),
                va="top",
                fontsize=8.5,
                fontweight="bold",
            )
            for column, lines in enumerate(cells[row]):
                none = lines == ["not", "found"] or " ".join(lines) == "not found"
                axes.text(
                    1 + 1.25 * column,
                    top + 0.2,
                    "\n".join(lines),
                    va="top",
                    fontsize=8,
                    color=colours.SOFT if none else colours.INK,
                    style="italic" if none else "normal",
                )
            top += height + 1
        axes.set_title("What each indicator showed")
    missing = int((wide == "not found").to_numpy().sum() + wide.isna().to_numpy().sum())
    alt = (
        f"Table of {len(wide)} drivers of the transition at {len(periods)} "
        f"date{'s' if len(periods) > 1 else ''} ({join_words(periods)}): "
        f"{join_words(names[one] for one in wide.index)}. {missing} of {wide.size} cells: not found."
    )
    table = wide.rename_axis(columns=None).rename(index=names).rename_axis("driver").reset_index()
    return finish_figure(figure, alt, table, caption, values, scenarios)


def stock_and_returns(displacement, since=2019, caption=""):
    """Draw, year by year, how many refugees are recorded as returned and by how much their number fell.

    The two stand side by side and are never subtracted: people leave the stock by other ways too, and join.

    Parameters: `displacement` a table with `year`, `refugees_unhcr` (at the year's end) and
    `returned_refugees` (in the year); `since` the first year drawn; `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per year; a fall below zero is a rise.
    """
    require_fields(displacement, "year refugees_unhcr returned_refugees", "refugees")
    rows = displacement.sort_values("year").set_index("year")
    table = pd.DataFrame(
        {
            "refugees at the end": rows["refugees_unhcr"],
            "fall in the year": -rows["refugees_unhcr"].diff(),
            "returned in the year": rows["returned_refugees"],
        }
    )
    table = table[(table.index >= since) & table["fall in the year"].notna()]
    require_fields(table, "", "refugees of a year with one before it")
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.6)
        for shift, name, label, colour, hatch in (
            (
                -0.2,
                "fall in the year",
                "fall in the number of refugees (below zero: a rise)",
                colours.NEUTRAL,
                "//",
            ),
            (0.2, "returned in the year", "refugees recorded as returned", colours.POSITIVE, None),
        ):
            values = table[name].astype(float) / 1e6
            bars = axes.bar(
                table.index + shift,
                values,
                width=0.38,
                color=colour,
                hatch=hatch,
                edgecolor="white",
                label=label,
            )
            shown = ["" if value != value else f"{value:.2f}" for value in values]
            axes.bar_label(bars, shown, fontsize=7, padding=2)
        axes.axhline(0, color=colours.INK, linewidth=0.8)
        axes.set_xticks(table.index)
        axes.margins(y=0.12)
        axes.set_ylabel("million people in the year")
        axes.grid(axis="y")
        axes.legend(fontsize=9, loc="upper left")
        axes.set_title("Refugees: recorded returns and the fall in the stock")
    last = table.index[-1]
    told = [
        f"{year}: {'fall' if row['fall in the year'] >= 0 else 'rise'} of "
        f"{abs(int(row['fall in the year'])):,}, "
        + (
            "no figure for returns"
            if pd.isna(row["returned in the year"])
            else f"{int(row['returned in the year']):,} returned"
        )
        for year, row in table.iterrows()
    ]
    alt = (
        f"Pairs of bars for each year from {table.index[0]} to {last}: by how much the number of Syrian "
        f"refugees fell, and how many are recorded as returned. {'; '.join(told)}."
    )
    return finish_figure(figure, alt, table.reset_index(), caption, displacement)


def monthly_deaths(months, caption=""):
    """Draw deaths per month after December 2024 as one counter gives them, civilians apart from others.

    Parameters: `months` a table with `month`, `counter`, `civilians`, `non_civilians`, `deaths_all`;
    `caption` what stands under the picture.
    Returns: a `Figure` whose table has a row per month; months without a figure are left empty.
    """
    require_fields(months, "month counter civilians non_civilians deaths_all", "deaths")
    rows = (
        months.dropna(subset=["deaths_all"]).assign(when=months["month"].map(mid_moment)).sort_values("when")
    )
    require_fields(rows, "when", "deaths")
    every = pd.period_range(rows["when"].min(), rows["when"].max(), freq="M")
    table = rows.set_index(rows["when"].dt.to_period("M"))[["civilians", "non_civilians", "deaths_all"]]
    table = table.reindex(every)
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.4)
        place = range(len(table))
        civil, other = (table[name].astype(float).fillna(0) for name in ("civilians", "non_civilians"))
        axes.bar(place, civil, color=colours.NEGATIVE, label="civilians", width=0.7)
        axes.bar(
            place,
            other,
            bottom=civil,
            color=colours.NEUTRAL,
            hatch="//",
            edgecolor="white",
            label="others",
            width=0.7,
        )
        for at in place:
            if pd.isna(table["deaths_all"].iloc[at]):
                axes.text(at, 40, "no\nfigure", ha="center", fontsize=7, color=colours.SOFT)
        if "note" in rows:
            # Above all, a month that was not counted whole must not look like a quiet one.
            notes = rows.set_index(rows["when"].dt.to_period("M"))["note"].reindex(every).fillna("")
            for at, note in zip(place, notes, strict=True):
                high = float(civil.iloc[at] + other.iloc[at])
                axes.text(
                    at, high + 30, "\n".join(textwrap.wrap(note, 13)), ha="center", va="bottom", fontsize=7
                )
            axes.set_ylim(0, 1.25 * float((civil + other).max()))
        axes.set_xticks(list(place), [one.strftime("%b\n%Y") for one in every], fontsize=8)
        axes.yaxis.set_major_formatter(_WHOLE)
        axes.set_ylabel("deaths in the month")
        axes.grid(axis="y")
        axes.legend(fontsize=9)
        axes.set_title(f"Deaths per month counted by {join_words(dict.fromkeys(rows['counter']))}")
    top = table["deaths_all"].astype(float).nlargest(2)
    highest = [f"{at.strftime('%B %Y')} ({value:,.0f})" for at, value in top.items()]
    alt = (
        f"Stacked bars of deaths per month, {every[0].strftime('%B %Y')} to "
        f"{every[-1].strftime('%B %Y')}, civilians "
        f"and others. Highest: "
        f"{join_words(highest)}. "
        f"{int(table['deaths_all'].isna().sum())} months have no figure."
    )
    shown = table.rename_axis("month").reset_index().assign(month=lambda one: one["month"].astype(str))
    return finish_figure(figure, alt, shown, caption, months)
