"""Maps drawn with matplotlib alone: places on outlines, with disputed areas named as such."""

import math

import matplotlib.collections
import matplotlib.style

from course_lib.charts import colours
from course_lib.charts.figure import STYLE, finish_figure, join_words, new_figure, require_fields

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
# What the outlines cannot decide is written on the map.
NOTE = "Golan Heights: occupied by Israel, claimed by Syria. Outlines are no statement on borders."


def place_map(
    places, countries, governorates, chosen=None, numbers=None, russian=(), title="Places", caption=""
):
    """Draw places in Syria on the outlines of its governorates and neighbours.

    Parameters: `places` a table with `id`, `name`, `kind`, `lat`, `lon`; `countries` and `governorates`
    outlines as GeoJSON; `chosen` ids of the places that are named (None names all inside the frame);
    `numbers` a dict from id to a text that stands behind the name, such as a day; `russian` ids of sites that
    Russian forces used, drawn in Russia's colour; `title` over the map;
    `caption` under it.
    Returns: a `Figure` whose table has a row per place drawn.
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
            name = feature["properties"].get("name", "")
            spot = {
                "Turkey": (38.6, 37.35),
                "Iraq": (42.0, 34.1),
                "Jordan": (37.6, 32.25),
                "Lebanon": (35.95, 34.2),
            }.get(name)
            if spot:
                axes.text(*spot, name.upper(), color="#6b6557", fontsize=8, ha="center", alpha=0.9)
        axes.text(35.3, 35.9, "MEDITERRANEAN", color="#5a7a94", fontsize=7, rotation=90, va="center")
        taken = []
        for row in inside.sort_values("lat", ascending=False).itertuples():
            colour = colours.actor_colour("russia") if row.id in russian else colours.INK
            axes.scatter(row.lon, row.lat, marker=MARKS.get(row.kind, "o"), s=34, color=colour, zorder=4)
            text = f"{row.name}{f' {numbers[row.id]}' if row.id in numbers else ''}"
            lon, lat, side = _free(row.lon, row.lat, len(text), taken)
            taken.append((lon, lat, len(text), side))
            axes.annotate(
                text,
                (row.lon, row.lat),
                (lon, lat),
                fontsize=7.5,
                ha="left" if side > 0 else "right",
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
        shown = {KINDS.get(kind, kind): MARKS.get(kind, "o") for kind in dict.fromkeys(inside["kind"])}
        for name, mark in shown.items():
            axes.scatter([], [], marker=mark, s=34, color=colours.INK, label=name)
        if inside["id"].isin(list(russian)).any():
            axes.plot(
                [], [], color=colours.actor_colour("russia"), linewidth=6, label="used by Russian forces"
            )
        axes.legend(loc="lower right", fontsize=8, frameon=True, facecolor="white", edgecolor="none")
        axes.set_title(title)
        axes.set_xlabel(NOTE, fontsize=7, color=colours.SOFT)
    told = [
        f"{row.name} ({numbers[row.id]})" if row.id in numbers else row.name for row in inside.itertuples()
    ]
    alt = (
        f"Map of Syria with its governorates and neighbours: {title}. {len(inside)} places: "
        f"{join_words(told)}. {NOTE}"
    )
    table = inside[["name", "kind", "lat", "lon"]]
    return finish_figure(figure, alt, table, caption, places)


def _rings(shapes):
    """Yield the outer ring of every polygon as pairs of degrees."""
    for feature in shapes["features"]:
        geometry = feature["geometry"]
        many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for polygon in many:
            yield polygon[0]


def _free(lon, lat, length, taken):
    """Return a place for a label beside a point that no label so far covers."""
    width = 0.062 * length + 0.1
    for shift in (0, 0.17, -0.17, 0.34, -0.34, 0.5, -0.5, 0.66, -0.66):
        for side in (1, -1):
            at = (lon + 0.12 * side, lat + shift)
            left = at[0] if side > 0 else at[0] - width
            clash = any(
                abs(at[1] - other_lat) < 0.15
                and left
                < (start := other_lon if other_side > 0 else other_lon - 0.062 * n - 0.1) + 0.062 * n + 0.1
                and start < left + width
                for other_lon, other_lat, n, other_side in taken
            )
            if not clash and SYRIA[0] < left and left + width < SYRIA[1]:
                return *at, side
    return lon + 0.12, lat, 1
