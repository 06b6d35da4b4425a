"""Charts to be explored, by what they are about: a table goes in, a chart with controls comes out.

events        what happened when
listings      who listed whom, month by month
ties          signed ties between actors, and what turning one round does to their balance
statements    who reacted to what, and who stands where
bargaining    where models of bargaining arrive when their inputs move
precedent     how rules and classes change a base rate
forecasts     what the number of bins does to a calibration
explanations  what speaks against each hypothesis, by whose codes

For a chart of one's own: `Explorer` with a `Slider`, `Choice`, `Switch` or `Search` for each input.
"""

from course_lib.widgets.explorer import Choice, Control, Explorer, LessonText, Search, Slider, Switch
from course_lib.widgets.explorers.bargaining import positions
from course_lib.widgets.explorers.events import timeline
from course_lib.widgets.explorers.explanations import hypotheses
from course_lib.widgets.explorers.forecasts import calibration
from course_lib.widgets.explorers.listings import lists
from course_lib.widgets.explorers.precedent import base_rates
from course_lib.widgets.explorers.statements import reactions, two_stances
from course_lib.widgets.explorers.ties import flip_tie, network

__all__ = [
    "Choice",
    "Control",
    "Explorer",
    "LessonText",
    "Search",
    "Slider",
    "Switch",
    "base_rates",
    "calibration",
    "flip_tie",
    "hypotheses",
    "lists",
    "network",
    "positions",
    "reactions",
    "timeline",
    "two_stances",
]
