"""One widget for every chart that can be explored: native controls, one picture, its text.

Each explorer is a chart with controls. The page sends what the controls say, Python draws and answers with
the picture and its alternative text. Without Python the first picture stays, as a figure that needs nothing.
"""

import math
from dataclasses import dataclass

import traitlets

from course_lib import charts
from course_lib.charts.moments import mid_moment
from course_lib.charts.network import KEPT
from course_lib.charts.stances import SCOPES
from course_lib.charts.timeline import CATEGORIES
from course_lib.dates import day, last_day, long_date
from course_lib.errors import ChartError, CourseError
from course_lib.evidence import labels
from course_lib.messages import isolate, say
from course_lib.methods import ach, balance
from course_lib.widgets import page_types
from course_lib.widgets.base import PackedWidget

# Fine enough for a screen, and half the time of the figures that stand still.
_DPI = 100
_LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Slider:
    """A number between two ends; with `texts` it counts through them and shows the text."""

    name: str
    label: str
    low: float
    high: float
    value: float
    step: float = 1
    texts: tuple = ()
    kind: str = "slider"

    def checked(self, value):
        """Return a value that the slider can have, or its own."""
        known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return min(max(value, self.low), self.high) if known else self.value


class LessonText(str):
    """A text of a choice in the language of the lessons; the others are the interface's."""


@dataclass(frozen=True)
class Choice:
    """One of some texts, `LessonText` or not; its value is the place of the text."""

    name: str
    label: str
    texts: tuple
    value: int = 0
    kind: str = "choice"

    def checked(self, value):
        """Return a place that exists, or the one at first."""
        known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(self.texts)
        return value if known else self.value


@dataclass(frozen=True)
class Switch:
    """Something that is on or off."""

    name: str
    label: str
    value: bool = False
    kind: str = "switch"

    def checked(self, value):
        """Return whether it is on."""
        return value is True


@dataclass(frozen=True)
class Search:
    """A text to look for."""

    name: str
    label: str
    value: str = ""
    kind: str = "search"

    def checked(self, value):
        """Return a text of a bearable length."""
        return value[:_LONGEST_SEARCH] if isinstance(value, str) else self.value


class _SaidError(ChartError):
    """What keeps a picture from being drawn, in the words of the interface."""


class Explorer(PackedWidget):
    """A chart with controls.

    Parameters: `title` what is explored; `controls` a list of `Slider`, `Choice`, `Switch` and `Search`;
    `draw` a function that takes their values by name and returns a `charts` figure. `figure` is the one shown
    now; the page asks for its table when that is folded out.
    """

    picture = traitlets.Bytes().tag(sync=True)
    told = traitlets.Dict().tag(sync=True)

    def __init__(self, title, controls, draw):
        self._controls = {one.name: one for one in controls}
        self._draw = draw
        self.figure = None
        picture, told = self._step({})
        shown = [_shown(one) for one in controls]
        constants = page_types.ShownExplorer(title, shown, say("figure.numbers"))
        super().__init__(
            ["explorer.js"], "explorer.css", "page.explorer", constants, picture=picture, told=told
        )
        self.on_msg(self._hear)

    def __repr__(self):
        return f"<Explorer: {self.figure.alt if self.figure else 'nothing drawn'}>"

    def _ipython_display_(self):
        still = self.figure._repr_html_() if self.figure else ""
        self.display_with(f"<div class='cx-still'>{still}</div>")

    def _hear(self, _widget, message, _buffers):
        values = message.get("values") if isinstance(message, dict) else None
        if not isinstance(values, dict):
            return
        picture, told = self._step(values)
        # Only a table that is open is sent. Where nothing could be drawn, that of the picture stays.
        if message.get("numbers") is True and picture is not None and self.figure is not None:
            told["numbers"] = self.figure.numbers()
        with self.hold_sync():
            if picture is not None:
                self.picture = picture
            self.told = {**told, "echo": str(message.get("id"))[:40]}

    def _step(self, values):
        """Return picture and words for what the controls say; no picture where it cannot be drawn."""
        known = {name: one.checked(values.get(name, one.value)) for name, one in self._controls.items()}
        try:
            figure = self._draw(**known)
        except CourseError as error:
            kept = self.figure
            # Charts say what is wrong in the language of the lessons.
            told = {"problem": str(error), "ours": isinstance(error, _SaidError)}
            return (None if kept else b""), {"alt": kept.alt if kept else "", **told}
        self.figure = figure
        return figure.quick_png(_DPI), {"alt": figure.alt, "caption": figure.words(), "problem": ""}


def _shown(control):
    """Return what a page is told of a control."""
    match control:
        case Slider(name, label, low, high, value, step, texts):
            return page_types.ShownSlider(name, label, value, low, high, step, list(texts))
        case Choice(name, label, texts, value):
            named = [place for place, text in enumerate(texts) if isinstance(text, LessonText)]
            return page_types.ShownChoice(name, label, value, [*map(str, texts)], named)
        case Switch(name, label, value):
            return page_types.ShownSwitch(name, label, value)
        case Search(name, label, value):
            return page_types.ShownSearch(name, label, value)


def timeline(events, caption=""):
    """Explore a timeline by category, actor, years and words.

    Parameters: `events` a table as for `charts.timeline`, with `actors`, `description` besides.
    """
    years = [mid_moment(date).year for date in events["date"]]
    categories = [one for one in CATEGORIES if (events["category"] == one).any()]
    present = {actor for actors in events["actors"] for actor in actors}
    actors = [one for one in labels.ACTORS if one in present]

    def draw(category, actor, first, last, words):
        inside = [first <= year <= last for year in years]
        rows = events[inside]
        if category:
            rows = rows[rows["category"] == categories[category - 1]]
        if actor:
            rows = rows[[actors[actor - 1] in named for named in rows["actors"]]]
        if words.strip():
            text = (rows["title"] + " " + rows["description"]).str.casefold()
            rows = rows[text.str.contains(words.strip().casefold(), regex=False)]
        return charts.timeline(rows, caption=caption)

    return Explorer(
        say("explorer.timeline.title"),
        [
            Choice(
                "category",
                say("explorer.timeline.category"),
                (
                    say("explorer.timeline.all_categories"),
                    *(LessonText(CATEGORIES[one]) for one in categories),
                ),
            ),
            Choice(
                "actor",
                say("explorer.timeline.actor"),
                (say("explorer.timeline.all_actors"), *(LessonText(labels.ACTORS[one]) for one in actors)),
            ),
            Slider("first", say("explorer.timeline.first"), min(years), max(years), min(years)),
            Slider("last", say("explorer.timeline.last"), min(years), max(years), max(years)),
            Search("words", say("explorer.timeline.words")),
        ],
        draw,
    )


def lists(designations, groups, since="2012-01-01", until="2024-12-31", caption="", actors=None):
    """Explore who listed whom, month by month.

    Parameters: `designations`, `groups` and `actors` as for `charts.lists_at`; `since` and `until` ends of
    the slider.
    """
    import pandas as pd

    months = pd.period_range(since, until, freq="M")
    texts = tuple(long_date(str(month)) for month in months)

    def draw(month):
        day = min(months[int(month)].end_time.normalize(), pd.Timestamp(until))
        return charts.lists_at(designations, day.date().isoformat(), groups, caption, actors)

    last = len(months) - 1
    month = Slider("month", say("explorer.lists.month"), 0, last, last, texts=texts)
    return Explorer(say("explorer.lists.title"), [month], draw)


def network(relations, caption=""):
    """Explore signed ties by date, without any one actor, and by what the ties rest on.

    Parameters: `relations` a table as for `charts.signed_network`, with several dates and `basis`.
    """
    dates = sorted(map(str, set(relations["date"])))
    present = {*relations["a"], *relations["b"]}
    actors = [one for one in labels.ACTORS if one in present]

    def draw(date, out, kept):
        rows = relations[relations["date"] == dates[int(date)]]
        left = (actors[out - 1],) if out else ()
        return charts.signed_network(rows, left, caption, list(KEPT)[kept])

    last = len(dates) - 1
    controls = [
        Slider("date", say("explorer.network.date"), 0, last, last, texts=tuple(map(long_date, dates))),
        Choice(
            "out",
            say("explorer.network.out"),
            (say("explorer.network.nobody"), *(LessonText(labels.ACTORS[one]) for one in actors)),
        ),
        Choice("kept", say("explorer.network.kept"), tuple(map(LessonText, KEPT))),
    ]
    return Explorer(say("explorer.network.title"), controls, draw)


def flip_tie(relations, caption=""):
    """Explore what turning one tie round does to the balance among a few actors.

    Parameters: `relations` a table as for `charts.signed_network`, of one date and with `basis`.
    """
    rows = relations[relations["sign"] != 0].reset_index(drop=True)
    pairs = [
        f"{labels.ACTORS.get(row.a, row.a)} and {labels.ACTORS.get(row.b, row.b)}"
        for row in rows.itertuples()
    ]
    judged = rows["basis"] == "coder_judgement"

    def words(ties):
        triads, found = balance.triads(ties), balance.frustration(ties)
        return (
            f"{int(triads['balanced'].sum())} of {len(triads)} triads in balance, "
            f"{found.index} of {found.ties} ties in the way"
        )

    def draw(tie, without):
        known = rows[~judged] if without else rows
        # What stands under a picture is in the language of what stands in it.
        told = [caption, f"As coded: {words(known)}."]
        if tie:
            if tie - 1 not in known.index:
                raise _SaidError(say("explorer.flip.left_out", pair=isolate(pairs[tie - 1])))
            known = known.copy()
            known.loc[tie - 1, "sign"] *= -1
            now = "friendly" if known.loc[tie - 1, "sign"] > 0 else "hostile"
            told.append(f"With {pairs[tie - 1]} made {now}: {words(known)}.")
        return charts.signed_network(known, (), " ".join(told).strip())

    signs = ["friendly" if sign > 0 else "hostile" for sign in rows["sign"]]
    texts = [LessonText(f"{pair} ({sign})") for pair, sign in zip(pairs, signs, strict=True)]
    controls = [
        Choice("tie", say("explorer.flip.tie"), (say("explorer.flip.no_tie"), *texts)),
        Switch("without", say("explorer.flip.without")),
    ]
    return Explorer(say("explorer.flip.title"), controls, draw)


def reactions(table, caption=""):
    """Explore who reacted to what, with the coder's stances and without.

    Parameters: `table` as for `charts.reactions_by_day`.
    """
    scopes = [one for one in SCOPES if (table["scope"] == one).any()]

    def draw(about, stances):
        rows = table[table["scope"] == scopes[about - 1]] if about else table
        return charts.reactions_by_day(rows, stances, caption=caption)

    controls = [
        Choice(
            "about",
            say("explorer.reactions.about"),
            (say("explorer.reactions.all_three"), *(LessonText(SCOPES[one]) for one in scopes)),
        ),
        Switch("stances", say("explorer.reactions.stances"), True),
    ]
    return Explorer(say("explorer.reactions.title"), controls, draw)


def two_stances(table, caption=""):
    """Explore who stands where on contact and on the bases, with the coder's stances and without.

    Parameters: `table` as for `charts.two_stances`.
    """

    def draw(stances):
        return charts.two_stances(table, stances, caption)

    switch = Switch("stances", say("explorer.two_stances.stances"), True)
    return Explorer(say("explorer.two_stances.title"), [switch], draw)


def positions(actors, ends=("leave", "keep"), outcome=None, rounds=6, caption=""):
    """Explore where median, mean and challenge model move when positions, salience, weights and doubt do.

    Parameters: `actors`, `ends` and `outcome` as for `charts.positions`; `rounds` of the challenge model.
    """
    names = [isolate(labels.ACTORS.get(one, one)) for one in actors["actor"]]
    weightings = (
        say("explorer.positions.both"),
        say("explorer.positions.capability"),
        say("explorer.positions.equal"),
    )
    controls = [
        Choice("weights", say("explorer.positions.weights"), weightings),
        Slider("spread", say("explorer.positions.spread"), 0, 40, 10, step=5),
    ]
    for number, (name, place, care) in enumerate(
        zip(names, actors["position"], actors["salience"], strict=True)
    ):
        position = say("explorer.positions.position", actor=name)
        salience = say("explorer.positions.salience", actor=name)
        controls.append(Slider(f"position{number}", position, 0, 100, float(place)))
        controls.append(Slider(f"salience{number}", salience, 0, 100, float(care)))
    controls.append(Switch("challenge", say("explorer.positions.challenge")))
    if outcome:
        controls.append(Switch("seen", say("explorer.positions.seen"), True))

    def draw(weights, spread, challenge, seen=False, **values):
        moved = actors.copy()
        for part in ("position", "salience"):
            moved[part] = [values[f"{part}{number}"] for number in range(len(actors))]
        for part in ("salience", "capability")[:weights]:
            moved[part] = 100
        shown = outcome if seen else None
        return charts.positions(moved, ends, spread, rounds if challenge else 0, shown, caption=caption)

    return Explorer(say("explorer.positions.title"), controls, draw)


def base_rates(episodes, doubtful=None, caption=""):
    """Explore how the rule that counts, and the class, change the rate.

    Parameters: `episodes` a table as for `charts.outcome_rates`; `doubtful` a dict from a reason to a list of
    bool, as `methods.rates.doubts` gives it: each can be switched off.
    """
    from course_lib.charts.precedent import CLASSES, CONFLICTS, TIES

    reasons = doubtful or {}

    def draw(by, ties, conflict, **switches):
        off = [reason for place, reason in enumerate(reasons) if switches[f"without{place}"]]
        marked = [any(row) for row in zip(*(reasons[reason] for reason in off), strict=True)]
        rows = episodes[[not one for one in marked]] if off else episodes
        rule = list(TIES)[ties], list(CONFLICTS)[conflict]
        return charts.outcome_rates(rows, *rule, caption=caption, by=list(CLASSES)[by], without=off)

    controls = [
        Choice(
            "by", say("explorer.base_rates.by"), tuple(LessonText(words) for words, _, _ in CLASSES.values())
        ),
        Choice("ties", say("explorer.base_rates.ties"), tuple(map(LessonText, TIES.values()))),
        Choice("conflict", say("explorer.base_rates.conflict"), tuple(map(LessonText, CONFLICTS.values()))),
        *(
            Switch(f"without{place}", say("explorer.base_rates.without", reason=isolate(reason)))
            for place, reason in enumerate(reasons)
        ),
    ]
    return Explorer(say("explorer.base_rates.title"), controls, draw)


def calibration(forecasts, caption=""):
    """Explore how the number of bins changes what a calibration seems to say.

    Parameters: `forecasts` a table as for `charts.calibration`.
    """

    def draw(bins):
        count = int(bins)
        return charts.calibration(forecasts, [n / count for n in range(count + 1)], caption=caption)

    bins = Slider("bins", say("explorer.calibration.bins"), 1, 10, 5)
    return Explorer(say("explorer.calibration.title"), [bins], draw)


# As the figure calls them, in the language of the lessons.
_WHOSE = ("one coder", "you")


def hypotheses(pieces, codings, own=None, added=None, groups=None, horizon=None):
    """Explore what speaks against each hypothesis: by whose codes, with weights or not, without some rows.

    Parameters: `pieces` a table with `id`, `date`, `credibility`, `relevance`; `codings` one with `evidence`,
    `hypothesis`, `consistency`. `own` and `added` are functions that return the reader's codes as
    `Lesson.codes` does, asked anew at every step: of these pieces, and of one that the table does not have.
    `groups` a dict from a name to rows that are left out together; `horizon` an ISO day: what was known by
    then can be looked at alone.
    """
    import pandas as pd

    coded = codings.pivot(index="evidence", columns="hypothesis", values="consistency")
    weight = ach.row_weights(pieces.set_index("id")).to_dict()
    heavy = sorted({one * other for one in ach.WEIGHTS.values() for other in ach.WEIGHTS.values()})
    gone: list[tuple[str, tuple]] = [(say("explorer.hypotheses.nothing"), ())]
    gone += [(LessonText(name), rows) for name, rows in (groups or {}).items()]
    gone += [
        (
            say("explorer.hypotheses.piece", piece=isolate(row.id), day=long_date(row.date)),
            (row.id,),
        )
        for row in pieces.itertuples()
    ]
    early = {row.id for row in pieces.itertuples() if horizon and last_day(row.date) <= day(horizon)}

    def draw(then=0, codes=0, weighted=True, left=0, more=0):
        mine = own() if own and codes else coded
        if mine.empty:
            raise _SaidError(say("explorer.hypotheses.no_codes"))
        known = (early if then else set(weight)) - set(gone[left][1])
        rows = [name for name in mine.index if name in known]
        scale = {name: weight[name] for name in rows}
        extra = added() if added and more and not then else mine.head(0)
        if more and not then and extra.empty:
            raise _SaidError(say("explorer.hypotheses.no_new_codes"))
        scale |= dict.fromkeys(extra.index, heavy[int(more) - 1])
        sets = {_WHOSE[0]: coded, _WHOSE[1]: mine} if codes == 2 else {_WHOSE[codes]: mine}
        whole = {whose: pd.concat([codes_.loc[rows], extra]) for whose, codes_ in sets.items()}
        numbers = list(scale.values()) if weighted else None
        scores = pd.DataFrame({whose: ach.inconsistency(one, numbers) for whose, one in whole.items()})
        untested = ach.count_untested(whole[list(whole)[-1]])
        told = [f"{len(rows)} pieces of evidence{' and the one you added' if len(extra) else ''}."]
        told.append("Weights: one coder's." if weighted else "Each weighs 1.")
        if codes == 2:
            told.append("Untested cells are counted in your codes.")
        return charts.inconsistency_scores(
            scores.rename(index=labels.HYPOTHESES),
            untested.rename(index=labels.HYPOTHESES),
            " ".join(told),
            f"What speaks against each, coded by {' and by '.join(sets)}",
        )

    controls = [
        Switch("weighted", say("explorer.hypotheses.weighted"), True),
        Choice("left", say("explorer.hypotheses.left"), tuple(text for text, _ in gone)),
    ]
    if own:
        whose = (
            say("explorer.hypotheses.one_coder"),
            say("explorer.hypotheses.you"),
            say("explorer.hypotheses.both"),
        )
        controls.insert(0, Choice("codes", say("explorer.hypotheses.codes"), whose))
    if horizon:
        known = (say("explorer.hypotheses.all"), say("explorer.hypotheses.by_day", day=long_date(horizon)))
        controls.insert(0, Choice("then", say("explorer.hypotheses.then"), known))
    if added:
        texts = (say("explorer.hypotheses.left_out"), *map(str, heavy))
        own_piece = say("explorer.hypotheses.more")
        controls.append(Slider("more", own_piece, 0, len(heavy), 0, texts=texts))
    return Explorer(say("explorer.hypotheses.title"), controls, draw)
