"""Maps drawn with matplotlib alone: places on outlines, with disputed areas named as such."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import matplotlib.collections
import matplotlib.style
import msgspec
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields, table_rows
from course_lib.charts.wording import join_words
from course_lib.evidence.dataset import Outlines

MARKS = {
    "base": "s",
    "airbase": "^",
    "port": "D",
    "city": "o",
    "governorate_capital": "o",
    "frontline_town": ".",
    "border_crossing": "x",
}
KINDS = {
    "base": "base",
    "airbase": "air base",
    "port": "port",
    "city": "city",
    "governorate_capital": "city",
    "frontline_town": "town",
    "border_crossing": "border crossing",
}
SYRIA = (35.2, 42.7, 32.1, 37.6)
# Where the names of neighbours stand: degrees east and north.
_NAME_PLACES = {
    "Turkey": (38.6, 37.35),
    "Iraq": (42.0, 34.1),
    "Jordan": (37.6, 32.25),
    "Lebanon": (35.95, 34.2),
}
# What the outlines cannot decide is written on the map.
NOTE = "Golan Heights: occupied by Israel, claimed by Syria. Outlines are no statement on borders."


class _Place(msgspec.Struct):
    """A place, in degrees."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float


def place_map(
    places: pd.DataFrame,
    countries: Outlines,
    governorates: Outlines,
    chosen: Collection[str] | None = None,
    numbers: Mapping[str, str] | None = None,
    russian: Collection[str] = (),
    title: str = "Places",
    caption: CaptionLike = "",
) -> Figure:
    """Draw places in Syria on the outlines of its governorates and neighbours.

    Parameters
    ----------
    places : DataFrame
        With `id`, `name`, `kind`, `lat`, `lon` (degrees).
    countries : dict
        GeoJSON, in degrees.
    governorates : dict
        GeoJSON, in degrees.
    chosen : collection of str, optional
        Ids of the places that are named; all inside the frame by default.
    numbers : mapping of str to str, optional
        From id to a text that stands behind the name, such as a day.
    russian : collection of str, optional
        Ids of sites that Russian forces used, drawn in Russia's colour.
    title : str, default "Places"
        Over the map.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has a row per place drawn.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(places, "id name kind lat lon", "places")
    west, east, south, north = SYRIA
    inside = places[places["lon"].between(west, east) & places["lat"].between(south, north)]
    if chosen is not None:
        inside = inside[inside["id"].isin(list(chosen))]
    require_fields(inside, "id", "places inside Syria")
    numbers = numbers or {}
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8.4, 6.6)
        axes.set_facecolor("#e8eff5")
        for shapes, face, edge, width in (
            (countries, "#f4f1ea", "#b8b2a4", 0.8),
            (governorates, "#fffdf8", "#cfc8b8", 0.6),
        ):
            axes.add_collection(
                matplotlib.collections.PolyCollection(
                    list(_rings(shapes)), facecolors=face, edgecolors=edge, linewidths=width
                )
            )
        for feature in countries["features"]:
            name = str(feature["properties"].get("name", ""))
            if name in _NAME_PLACES:
                axes.text(
                    *_NAME_PLACES[name], name.upper(), color="#6b6557", fontsize=8, ha="center", alpha=0.9
                )
        axes.text(35.3, 35.9, "MEDITERRANEAN", color="#5a7a94", fontsize=7, rotation=90, va="center")
        taken: list[_Label] = []
        for row in table_rows(inside.sort_values("lat", ascending=False), _Place):
            colour = colours.actor_colour("russia") if row.id in russian else colours.INK
            axes.scatter(row.lon, row.lat, marker=MARKS.get(row.kind, "o"), s=34, color=colour, zorder=4)
            text = f"{row.name}{f' {numbers[row.id]}' if row.id in numbers else ''}"
            label = _place_label(row.lon, row.lat, len(text), taken)
            taken.append(label)
            axes.annotate(
                text,
                (row.lon, row.lat),
                (label.lon, label.lat),
                fontsize=7.5,
                ha="left" if label.side > 0 else "right",
                va="center",
                zorder=5,
                arrowprops={"arrowstyle": "-", "color": colours.LINE, "linewidth": 0.5, "shrinkB": 3},
                bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.8},
            )
        # One degree is shorter from west to east than from south to north.
        axes.set_aspect(1 / math.cos(math.radians((south + north) / 2)))
        axes.set_xlim(west, east)
        axes.set_ylim(south, north)
        axes.set_xticks([])
        axes.set_yticks([])
        marks = {KINDS.get(kind, kind): MARKS.get(kind, "o") for kind in dict.fromkeys(inside["kind"])}
        for name, mark in marks.items():
            axes.scatter([], [], marker=mark, s=34, color=colours.INK, label=name)
        if inside["id"].isin(list(russian)).any():
            axes.plot(
                [], [], color=colours.actor_colour("russia"), linewidth=6, label="used by Russian forces"
            )
        axes.legend(loc="lower right", fontsize=8, frameon=True, facecolor="white", edgecolor="none")
        axes.set_title(title)
        axes.set_xlabel(NOTE, fontsize=7, color=colours.SOFT)
    summaries = [
        f"{row.name} ({numbers[row.id]})" if row.id in numbers else row.name
        for row in table_rows(inside, _Place)
    ]
    alt = (
        f"Map of Syria with its governorates and neighbours: {title}. {len(inside)} places: "
        f"{join_words(summaries)}. {NOTE}"
    )
    table = inside[["name", "kind", "lat", "lon"]]
    return finish_figure(figure, alt, table, caption, places)


def _rings(outlines: Outlines) -> Iterator[NDArray[np.float64]]:
    """Yield the outer ring of every polygon as pairs of degrees."""
    for feature in outlines["features"]:
        geometry = feature["geometry"]
        whole = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for polygon in whole:
            yield np.asarray(polygon[0], float)


class _Label(NamedTuple):
    """Where the text beside a point begins, its width in degrees, and its side: 1 for right, -1 for left."""

    lon: float
    lat: float
    width: float
    side: int

    @property
    def west(self) -> float:
        """The western end of the text."""
        return self.lon if self.side > 0 else self.lon - self.width

    def covers(self, other: "_Label") -> bool:
        """Return whether two texts run into each other."""
        return (
            abs(self.lat - other.lat) < 0.15
            and self.west < other.west + other.width
            and other.west < self.west + self.width
        )


def _place_label(lon: float, lat: float, length: int, taken: Sequence[_Label]) -> _Label:
    """Return a place for a label beside a point that no label so far covers."""
    width = 0.062 * length + 0.1
    for shift in (0, 0.17, -0.17, 0.34, -0.34, 0.5, -0.5, 0.66, -0.66):
        for side in (1, -1):
            label = _Label(lon + 0.12 * side, lat + shift, width, side)
            inside = SYRIA[0] < label.west and label.west + width < SYRIA[1]
            if inside and not any(map(label.covers, taken)):
                return label
    return _Label(lon + 0.12, lat, width, 1)
