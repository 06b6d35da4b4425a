"""Explore what happened when."""

import pandas as pd

from course_lib import charts, items
from course_lib.charts.figure import CaptionLike, Figure
from course_lib.charts.moments import known_moment
from course_lib.charts.timeline import CATEGORIES
from course_lib.evidence import labels
from course_lib.messages import say
from course_lib.widgets.explorer import Choice, Explorer, LessonText, Search, Slider


def timeline(events: pd.DataFrame, caption: CaptionLike = "") -> Explorer:
    """Explore a timeline by category, actor, years and words.

    Parameters
    ----------
    events : DataFrame
        As for `charts.timeline`, with `actors`, `description` besides.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """
    years = [known_moment(date).year for date in events["date"]]
    categories = [category for category in CATEGORIES if (events["category"] == category).any()]
    present = {actor for actors in events["actors"] for actor in actors}
    actors = [actor for actor in labels.ACTORS if actor in present]

    def draw(category: int, actor: int, first: float, last: float, words: str) -> Figure:
        rows = events[[first <= year <= last for year in years]]
        if category:
            rows = rows[rows["category"] == categories[category - 1]]
        if actor:
            rows = rows[[actors[actor - 1] in named for named in rows["actors"]]]
        if words.strip():
            text = (rows["title"] + " " + rows["description"]).map(items.normalize_word)
            rows = rows[text.str.contains(items.normalize_word(words), regex=False)]
        return charts.timeline(rows, caption=caption)

    return Explorer(
        say("explorer.timeline.title"),
        [
            Choice(
                "category",
                say("explorer.timeline.category"),
                (
                    say("explorer.timeline.all_categories"),
                    *(LessonText(CATEGORIES[category]) for category in categories),
                ),
            ),
            Choice(
                "actor",
                say("explorer.timeline.actor"),
                (
                    say("explorer.timeline.all_actors"),
                    *(LessonText(labels.ACTORS[actor]) for actor in actors),
                ),
            ),
            Slider("first", say("explorer.timeline.first"), min(years), max(years), min(years)),
            Slider("last", say("explorer.timeline.last"), min(years), max(years), max(years)),
            Search("words", say("explorer.timeline.words")),
        ],
        draw,
    )
