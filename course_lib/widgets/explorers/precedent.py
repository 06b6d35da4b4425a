"""Explore how the rule that counts, and the class, change a base rate."""

from collections.abc import Mapping, Sequence

import pandas as pd

from course_lib import charts
from course_lib.charts.figure import CaptionLike, Figure
from course_lib.charts.precedent import CLASSES, CONFLICTS, TIES
from course_lib.messages import isolate, say
from course_lib.methods import rates
from course_lib.widgets.explorer import Choice, Explorer, LessonText, Switch


def base_rates(
    episodes: pd.DataFrame,
    doubtful: "Mapping[str, Sequence[bool] | pd.Series[bool]] | None" = None,
    caption: CaptionLike = "",
) -> Explorer:
    """Explore how the rule that counts, and the class, change the rate.

    Parameters
    ----------
    episodes : DataFrame
        As for `charts.outcome_rates`.
    doubtful : Mapping of str to Series or sequence of bool, optional
        From a reason to whether it holds for each episode, as `methods.rates.doubts` gives it: each can be
        switched off.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """
    reasons = doubtful or {}

    def draw(by: int, ties: int, conflict: int, **switches: bool) -> Figure:
        off = [reason for place, reason in enumerate(reasons) if switches[f"without{place}"]]
        rows = rates.leave_out(episodes, reasons, off)
        rule = list(TIES)[ties], list(CONFLICTS)[conflict]
        return charts.outcome_rates(rows, *rule, caption=caption, by=list(CLASSES)[by], without=off)

    classes = tuple(LessonText(words) for words, _, _ in CLASSES.values())
    controls = [
        Choice("by", say("explorer.base_rates.by"), classes),
        Choice("ties", say("explorer.base_rates.ties"), tuple(map(LessonText, TIES.values()))),
        Choice("conflict", say("explorer.base_rates.conflict"), tuple(map(LessonText, CONFLICTS.values()))),
        *(
            Switch(f"without{place}", say("explorer.base_rates.without", reason=isolate(reason)))
            for place, reason in enumerate(reasons)
        ),
    ]
    return Explorer(say("explorer.base_rates.title"), controls, draw)
