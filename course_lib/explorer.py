"""One widget for every chart that can be explored: native controls, one picture, its text.

Each explorer is a chart with controls. The page sends what the controls say, Python draws and answers with
the picture and its alternative text. Without Python the first picture stays, as a figure that needs nothing.
"""

import math
from dataclasses import dataclass

import traitlets
from IPython.display import display

from course_lib import charts, labels
from course_lib.charts.figure import moment
from course_lib.charts.timeline import CATEGORIES
from course_lib.errors import CourseError
from course_lib.packed import PackedWidget

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


@dataclass(frozen=True)
class Choice:
    """One of some texts; its value is the place of the text."""

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


class Explorer(PackedWidget):
    """A chart with controls.

    Parameters: `title` what is explored; `controls` a list of `Slider`, `Choice`, `Switch` and `Search`;
    `draw` a function that takes their values by name and returns a `charts` figure. `figure` is the one shown
    now.
    """

    picture = traitlets.Bytes().tag(sync=True)
    told = traitlets.Dict().tag(sync=True)

    def __init__(self, title, controls, draw):
        self._controls = {one.name: one for one in controls}
        self._draw = draw
        self.figure = None
        picture, told = self._step({})
        constants = {"title": title, "controls": [_described(one) for one in controls]}
        super().__init__(["explorer.js"], "explorer.css", constants, picture=picture, told=told)
        self.on_msg(self._hear)

    def __repr__(self):
        return f"<Explorer: {self.figure.alt if self.figure else 'nothing drawn'}>"

    def _ipython_display_(self):
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)
        still = self.figure._repr_html_() if self.figure else ""
        display({"text/plain": repr(self), "text/html": f"<div class='cx-still'>{still}</div>"}, raw=True)

    def _hear(self, _widget, message, _buffers):
        values = message.get("values") if isinstance(message, dict) else None
        if not isinstance(values, dict):
            return
        picture, told = self._step(values)
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
            return (None if kept else b""), {"alt": kept.alt if kept else "", "problem": str(error)}
        self.figure = figure
        return figure.quick_png(_DPI), {"alt": figure.alt, "caption": figure.words(), "problem": ""}


def _described(control):
    told = {name: getattr(control, name) for name in ("name", "label", "kind", "value")}
    if isinstance(control, Slider):
        told |= {"low": control.low, "high": control.high, "step": control.step, "texts": control.texts}
    if isinstance(control, Choice):
        told["texts"] = control.texts
    return told


def timeline(events, caption=""):
    """Explore a timeline by category, actor, years and words.

    Parameters: `events` a table as for `charts.timeline`, with `actors`, `description` besides.
    """
    years = [moment(date).year for date in events["date"]]
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
        "Timeline",
        [
            Choice("category", "Category", ("all", *(CATEGORIES[one] for one in categories))),
            Choice("actor", "Actor", ("all", *(labels.ACTORS[one] for one in actors))),
            Slider("first", "From", min(years), max(years), min(years)),
            Slider("last", "To", min(years), max(years), max(years)),
            Search("words", "Words in title or description"),
        ],
        draw,
    )


def lists(designations, groups, since="2012-01-01", until="2024-12-31", caption=""):
    """Explore who listed whom, month by month.

    Parameters: `designations` and `groups` as for `charts.lists_at`; `since` and `until` ends of the slider.
    """
    import pandas as pd

    months = pd.period_range(since, until, freq="M")
    texts = tuple(month.strftime("%B %Y") for month in months)

    def draw(month):
        day = min(months[int(month)].end_time.normalize(), pd.Timestamp(until))
        return charts.lists_at(designations, day.date().isoformat(), groups, caption=caption)

    last = len(months) - 1
    return Explorer("Who lists whom", [Slider("month", "End of", 0, last, last, texts=texts)], draw)


def network(relations, caption=""):
    """Explore signed ties by date, with Islamic State and without.

    Parameters: `relations` a table as for `charts.signed_network`, with several dates.
    """
    dates = tuple(sorted(map(str, set(relations["date"]))))

    def draw(date, without):
        rows = relations[relations["date"] == dates[int(date)]]
        return charts.signed_network(rows, ("isis",) if without else (), caption=caption)

    controls = [
        Slider("date", "Date", 0, len(dates) - 1, len(dates) - 1, texts=dates),
        Switch("without", "Without Islamic State"),
    ]
    return Explorer("Signed ties", controls, draw)


def positions(actors, ends=("leave", "keep"), caption=""):
    """Explore where median and mean move when positions and salience do.

    Parameters: `actors` and `ends` as for `charts.positions`.
    """
    names = [labels.ACTORS.get(one, one) for one in actors["actor"]]
    controls = []
    for number, (name, place, care) in enumerate(
        zip(names, actors["position"], actors["salience"], strict=True)
    ):
        controls.append(Slider(f"position{number}", f"{name}: position", 0, 100, float(place)))
        controls.append(Slider(f"salience{number}", f"{name}: salience", 0, 100, float(care)))

    def draw(**values):
        moved = actors.copy()
        for part in ("position", "salience"):
            moved[part] = [values[f"{part}{number}"] for number in range(len(actors))]
        return charts.positions(moved, ends, caption=caption)

    return Explorer("Positions and salience", controls, draw)


def base_rates(episodes, caption=""):
    """Explore how the rule that counts changes the rate.

    Parameters: `episodes` a table as for `charts.outcome_rates`.
    """
    from course_lib.charts.precedent import CONFLICTS, TIES

    def draw(ties, conflict):
        return charts.outcome_rates(episodes, list(TIES)[ties], list(CONFLICTS)[conflict], caption=caption)

    controls = [
        Choice("ties", "Unchanged outcomes", tuple(TIES.values())),
        Choice("conflict", "Which episodes", tuple(CONFLICTS.values())),
    ]
    return Explorer("Base rates under a rule", controls, draw)


def calibration(forecasts, caption=""):
    """Explore how the number of bins changes what a calibration seems to say.

    Parameters: `forecasts` a table as for `charts.calibration`.
    """

    def draw(bins):
        count = int(bins)
        return charts.calibration(forecasts, [n / count for n in range(count + 1)], caption=caption)

    return Explorer("Calibration", [Slider("bins", "Number of bins", 1, 10, 5)], draw)
