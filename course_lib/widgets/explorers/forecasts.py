"""Explore what the number of bins does to a calibration."""

import pandas as pd

from course_lib import charts
from course_lib.charts.figure import CaptionLike, Figure
from course_lib.messages import say
from course_lib.widgets.explorer import Explorer, Slider


def calibration(forecasts: pd.DataFrame, caption: CaptionLike = "") -> Explorer:
    """Explore how the number of bins changes what a calibration seems to say.

    Parameters
    ----------
    forecasts : DataFrame
        As for `charts.calibration`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """

    def draw(bins: float) -> Figure:
        count = int(bins)
        return charts.calibration(forecasts, [edge / count for edge in range(count + 1)], caption=caption)

    slider = Slider("bins", say("explorer.calibration.bins"), 1, 10, 5)
    return Explorer(say("explorer.calibration.title"), [slider], draw)
