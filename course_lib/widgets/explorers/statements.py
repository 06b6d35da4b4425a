"""Explore who said what: reactions day by day, and where each stands on two questions."""

import pandas as pd

from course_lib import charts
from course_lib.charts.figure import CaptionLike, Figure
from course_lib.charts.stances import SCOPES
from course_lib.messages import say
from course_lib.widgets.explorer import Choice, Explorer, LessonText, Switch


def reactions(table: pd.DataFrame, caption: CaptionLike = "") -> Explorer:
    """Explore who reacted to what, with the coder's stances and without.

    Parameters
    ----------
    table : DataFrame
        As for `charts.reactions_by_day`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """
    scopes = [scope for scope in SCOPES if (table["scope"] == scope).any()]

    def draw(about: int, stances: bool) -> Figure:
        rows = table[table["scope"] == scopes[about - 1]] if about else table
        return charts.reactions_by_day(rows, stances, caption=caption)

    controls = [
        Choice(
            "about",
            say("explorer.reactions.about"),
            (say("explorer.reactions.all_three"), *(LessonText(SCOPES[scope]) for scope in scopes)),
        ),
        Switch("stances", say("explorer.reactions.stances"), True),
    ]
    return Explorer(say("explorer.reactions.title"), controls, draw)


def two_stances(table: pd.DataFrame, caption: CaptionLike = "") -> Explorer:
    """Explore who stands where on contact and on the bases, with the coder's stances and without.

    Parameters
    ----------
    table : DataFrame
        As for `charts.two_stances`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """

    def draw(stances: bool) -> Figure:
        return charts.two_stances(table, stances, caption)

    switch = Switch("stances", say("explorer.two_stances.stances"), True)
    return Explorer(say("explorer.two_stances.title"), [switch], draw)
