"""The figures, grouped by what they are about: a table goes in, a figure with alternative text comes out.

article        the article itself: kinds of claim by section, hedges along the text
byline         who reported the event, and when the article can have been written
classroom      a class: its questions, what was chosen, how sure it was, what it gained
counts         counts that disagree: vetoes, deaths, refugees, territory, returns, attacks
dialogue       the contacts, and the fortnight day by day
explanations   the matrix of competing explanations, and how firm its scores are
groups         families of groups, lists, fights
learning       the student's own progress
maps           places on outlines
network        signed ties and their balance
precedent      base rates under rules
scored         forecasts and claims against what happened
stances        reactions, positions, votes
timeline       events on a line of time
"""

from course_lib.charts.article import hedge_strip, kinds_by_section
from course_lib.charts.byline import report_matrix, writing_window
from course_lib.charts.classroom import (
    class_change,
    confidence_and_right,
    distractors,
    facility_and_discrimination,
)
from course_lib.charts.counts import (
    attacks_by_counter,
    deaths_by_counter,
    indicators,
    monthly_deaths,
    refugees_by_host,
    returns,
    stock_and_returns,
    territory,
    vetoes_by_theme,
)
from course_lib.charts.dialogue import contact_log, fortnight
from course_lib.charts.explanations import evidence_matrix, inconsistency_scores, sensitivity
from course_lib.charts.groups import delisting_order, family_tree, fighting_pairs, lists_at
from course_lib.charts.learning import before_and_after, course_progress
from course_lib.charts.maps import place_map
from course_lib.charts.network import balance_over_time, signed_network
from course_lib.charts.precedent import denominator, outcome_rates
from course_lib.charts.scored import brier_parts, calibration, forecasts_scored, verdicts_by_section
from course_lib.charts.stances import challenge_rounds, ideal_points, positions, reactions_by_day, two_stances
from course_lib.charts.timeline import timeline

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
