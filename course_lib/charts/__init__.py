"""The figures, grouped by what they are about: a table goes in, a figure with alternative text comes out.

article              the article itself: kinds of claim by section, hedges along the text
attacks              attacks by Islamic State, as each counter gives them
bargaining           what bargaining models make of positions and weights
byline               who reported the event, and when the article can have been written
classroom            a class: how sure it was, what it gained
dialogue             the contacts, and the fortnight day by day
displacement         refugees and displaced people: hosts, returns, the fall in their number
explanations         the matrix of competing explanations, and how firm its scores are
fatalities           deaths per year and per month, as each counter gives them
fighting             groups that fought each other
learning             the student's own progress
lineage              families of groups
listings             who listed whom, and when a list took a group off
maps                 places on outlines
network              signed ties and their balance
precedent            base rates under rules
question_analysis    the questions of a class: how they worked, what was chosen
scored               forecasts against what happened
stances              reactions by day, and stances on two questions
territorial_control  who held what share of the country
timeline             events on a line of time
transition           indicators of the transition
verdicts             verdicts on the article's claims
vetoes               Russia's vetoes by subject
votes                positions estimated from votes in the United Nations

Beside them stands what they share: figure (the figure itself), axes, colours, moments, tables, wording.
"""

from course_lib.charts.article import hedge_strip, kinds_by_section
from course_lib.charts.attacks import attacks_by_counter
from course_lib.charts.bargaining import challenge_rounds, positions
from course_lib.charts.byline import report_matrix, writing_window
from course_lib.charts.classroom import class_change, confidence_and_right
from course_lib.charts.dialogue import contact_log, fortnight
from course_lib.charts.displacement import refugees_by_host, returns, stock_and_returns
from course_lib.charts.explanations import evidence_matrix, inconsistency_scores, sensitivity
from course_lib.charts.fatalities import deaths_by_counter, monthly_deaths
from course_lib.charts.fighting import fighting_pairs
from course_lib.charts.learning import before_and_after, course_progress
from course_lib.charts.lineage import family_tree
from course_lib.charts.listings import delisting_order, lists_at
from course_lib.charts.maps import place_map
from course_lib.charts.network import balance_over_time, signed_network
from course_lib.charts.precedent import denominator, outcome_rates
from course_lib.charts.question_analysis import distractors, facility_and_discrimination
from course_lib.charts.scored import brier_parts, calibration, forecasts_scored
from course_lib.charts.stances import reactions_by_day, two_stances
from course_lib.charts.territorial_control import territory
from course_lib.charts.timeline import timeline
from course_lib.charts.transition import indicators
from course_lib.charts.verdicts import verdicts_by_section
from course_lib.charts.vetoes import vetoes_by_theme
from course_lib.charts.votes import ideal_points

__all__ = [
    "attacks_by_counter",
    "balance_over_time",
    "before_and_after",
    "brier_parts",
    "calibration",
    "challenge_rounds",
    "class_change",
    "confidence_and_right",
    "contact_log",
    "course_progress",
    "deaths_by_counter",
    "delisting_order",
    "denominator",
    "distractors",
    "evidence_matrix",
    "facility_and_discrimination",
    "family_tree",
    "fighting_pairs",
    "forecasts_scored",
    "fortnight",
    "hedge_strip",
    "ideal_points",
    "inconsistency_scores",
    "indicators",
    "kinds_by_section",
    "lists_at",
    "monthly_deaths",
    "outcome_rates",
    "place_map",
    "positions",
    "reactions_by_day",
    "refugees_by_host",
    "report_matrix",
    "returns",
    "sensitivity",
    "signed_network",
    "stock_and_returns",
    "territory",
    "timeline",
    "two_stances",
    "verdicts_by_section",
    "vetoes_by_theme",
    "writing_window",
]
