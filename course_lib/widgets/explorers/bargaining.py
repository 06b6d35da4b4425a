"""Explore where models of bargaining arrive when their inputs move."""

from collections.abc import Sequence

import pandas as pd

from course_lib import charts
from course_lib.charts.figure import CaptionLike, Figure
from course_lib.evidence import labels
from course_lib.messages import isolate, say
from course_lib.widgets.explorer import Choice, Control, Explorer, Slider, Switch


def positions(
    actors: pd.DataFrame,
    ends: Sequence[str] = ("leave", "keep"),
    outcome: tuple[float, float] | None = None,
    rounds: int = 6,
    caption: CaptionLike = "",
) -> Explorer:
    """Explore where median, mean and challenge model move when positions, salience, weights and doubt do.

    Parameters
    ----------
    actors : DataFrame
        As for `charts.positions`.
    ends : sequence of str, default ("leave", "keep")
        What the positions 0 and 100 are.
    outcome : tuple of float and float, optional
        Between which positions lies what was seen.
    rounds : int, default 6
        Of the challenge model.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """

    def draw(weights: int, spread: float, challenge: bool, seen: bool = False, **values: float) -> Figure:
        moved = actors.copy()
        for field in ("position", "salience"):
            moved[field] = [values[f"{field}{number}"] for number in range(len(actors))]
        for field in ("salience", "capability")[:weights]:
            moved[field] = 100
        return charts.positions(
            moved, ends, spread, rounds if challenge else 0, outcome if seen else None, caption=caption
        )

    weightings = (
        say("explorer.positions.both"),
        say("explorer.positions.capability"),
        say("explorer.positions.equal"),
    )
    controls: list[Control] = [
        Choice("weights", say("explorer.positions.weights"), weightings),
        Slider("spread", say("explorer.positions.spread"), 0, 40, 10, step=5),
    ]
    inputs = zip(actors["actor"], actors["position"], actors["salience"], strict=True)
    for number, (actor, place, care) in enumerate(inputs):
        name = isolate(labels.actor_name(actor))
        position = say("explorer.positions.position", actor=name)
        salience = say("explorer.positions.salience", actor=name)
        controls.append(Slider(f"position{number}", position, 0, 100, float(place)))
        controls.append(Slider(f"salience{number}", salience, 0, 100, float(care)))
    controls.append(Switch("challenge", say("explorer.positions.challenge")))
    if outcome:
        controls.append(Switch("seen", say("explorer.positions.seen"), True))
    return Explorer(say("explorer.positions.title"), controls, draw)
