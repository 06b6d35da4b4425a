"""All figures of the course on one page, each with its alternative text, to be looked at side by side.

    .venv/bin/python tests/gallery.py OUT.html
"""

import html
import sys
from pathlib import Path

import pandas as pd

from course_lib import charts, evidence
from course_lib.methods import ach

HORIZON = "2024-12-31"


def _matrix():
    codes = evidence.table("ach_codings")
    return codes.pivot(index="evidence", columns="hypothesis", values="consistency")


def _weights(matrix):
    return ach.weights(evidence.table("ach_evidence").set_index("id").loc[matrix.index])


def _scores():
    matrix = _matrix()
    weight = _weights(matrix)
    both = pd.DataFrame({"weighted": ach.inconsistency(matrix, weight), "unweighted": ach.inconsistency(matrix)})
    return charts.inconsistency_scores(both, ach.untested(matrix))


def _sensitivity():
    matrix = _matrix()
    weight = _weights(matrix)
    return charts.sensitivity(ach.leave_one_out(matrix, weight), ach.inconsistency(matrix, weight))


def _window():
    clues = pd.DataFrame(
        {
            "clue": ["tells of the contact", "takes Assad to be in office"],
            "not_before": ["2024-12-12", None],
            "not_after": [None, "2024-12-08"],
        }
    )
    return charts.writing_window(clues)


def _fortnight():
    contacts = evidence.table("contacts", HORIZON)
    reactions = evidence.table("reactions", HORIZON)
    ours = contacts.assign(actor="russia", text=contacts["substance"])[["date", "actor", "text"]]
    theirs = reactions.assign(text=reactions["statement_or_action"])[["date", "actor", "text"]]
    return charts.fortnight(pd.concat([ours, theirs]))


def _forecasts():
    """Made-up probabilities: the outcomes are the table's."""
    rows = evidence.table("forecasts").merge(evidence.table("forecast_outcomes"), left_on="id", right_on="forecast")
    said = [0.1, 0.3, 0.5, 0.7, 0.9]
    return rows.assign(probability=[said[n % 5] if n % 9 else None for n in range(len(rows))])


def _positions():
    return pd.DataFrame(
        {
            "actor": ["syria_transitional_government", "russia", "turkey", "usa", "eu", "israel"],
            "position": [40, 95, 35, 20, 0, 80],
            "capability": [100, 60, 70, 80, 40, 50],
            "salience": [90, 80, 50, 30, 40, 30],
        }
    )


def _lessons():
    names = ["01 Reading the article", "02 Behind the byline"]
    return pd.DataFrame({"lesson": names, "answered": [12, 3], "right": [9, 1], "questions": [18, 14]})


def _tests():
    return pd.DataFrame({"objective": ["dates", "sources", "rates"], "before": [0.4, 0.5, None], "after": [0.8, 0.5, 0.6]})


GROUPS = ["hts", "jabhat_al_nusra", "isis", "al_qaeda", "hurras_al_din", "ahrar_al_sham", "hezbollah", "pkk", "taliban"]
PLACES = ["hmeimim", "tartus_port", "qamishli", "damascus", "aleppo", "hama", "homs", "idlib", "al_tanf", "raqqa"]


def _outlines():
    return evidence.outlines("countries"), evidence.outlines("governorates")


def _ties(date):
    ties = evidence.table("relations")
    return ties[ties["date"] == date]


def table(name, until=None):
    """One table of the course."""
    return evidence.table(name, until)


# Name of the figure, and how it is drawn from the tables of the course.
FIGURES = {
    "kinds_by_section": lambda: charts.kinds_by_section(table("claims")),
    "hedge_strip": lambda: charts.hedge_strip(table("hedges"), table("paragraphs")),
    "report_matrix": lambda: charts.report_matrix(table("rival_reports")),
    "writing_window": _window,
    "vetoes_by_theme": lambda: charts.vetoes_by_theme(table("vetoes")),
    "deaths_by_counter": lambda: charts.deaths_by_counter(table("fatalities")),
    "refugees_by_host": lambda: charts.refugees_by_host(table("refugees_by_country")),
    "territory": lambda: charts.territory(table("territorial_control")),
    "place_map": lambda: charts.place_map(table("places"), *_outlines(), PLACES, title="Bases and cities"),
    "timeline": lambda: charts.timeline(table("timeline")),
    "timeline of one category": lambda: charts.timeline(
        table("timeline").query("category == 'russia_syria_bases'")
    ),
    "family_tree": lambda: charts.family_tree(table("lineage"), table("actors")),
    "lists_at": lambda: charts.lists_at(table("designations"), HORIZON, GROUPS),
    "fighting_pairs": lambda: charts.fighting_pairs(table("ucdp_dyads")),
    "contact_log": lambda: charts.contact_log(table("contacts")),
    "fortnight": _fortnight,
    "evidence_matrix": lambda: charts.evidence_matrix(_matrix()),
    "inconsistency_scores": _scores,
    "sensitivity": _sensitivity,
    "signed_network": lambda: charts.signed_network(_ties("2024-11")),
    "signed_network without IS": lambda: charts.signed_network(_ties("2025-12"), ("isis",)),
    "balance_over_time": lambda: charts.balance_over_time(table("relations")),
    "indicators": lambda: charts.indicators(table("scenario_values"), table("scenarios")),
    "attacks_by_counter": lambda: charts.attacks_by_counter(table("isis_activity")),
    "returns": lambda: charts.returns(table("returns")),
    "monthly_deaths": lambda: charts.monthly_deaths(table("fatalities_monthly_after_2024")),
    "reactions_by_day": lambda: charts.reactions_by_day(table("reactions")),
    "two_stances": lambda: charts.two_stances(table("reactions")),
    "positions": lambda: charts.positions(_positions()),
    "ideal_points": lambda: charts.ideal_points(table("un_votes"), ["RUS", "USA", "TUR", "IRN", "ISR", "CHN", "SYR"]),
    "outcome_rates": lambda: charts.outcome_rates(table("negotiations")),
    "denominator": lambda: charts.denominator(14, 40, 21, 60),
    "delisting_order": lambda: charts.delisting_order(table("designations")),
    "forecasts_scored": lambda: charts.forecasts_scored(_forecasts()),
    "calibration": lambda: charts.calibration(_forecasts()),
    "brier_parts": lambda: charts.brier_parts(_forecasts()),
    "verdicts_by_section": lambda: charts.verdicts_by_section(evidence.verdicts()),
    "verdicts by kind": lambda: charts.verdicts_by_section(evidence.verdicts(), by="kind"),
    "course_progress": lambda: charts.course_progress(_lessons()),
    "before_and_after": lambda: charts.before_and_after(_tests()),
}


def page():
    """Return the page as HTML."""
    parts = []
    for name, draw in FIGURES.items():
        figure = draw()
        alt = html.escape(figure.alt)
        parts.append(f"<section><h2>{name}</h2>{figure._repr_html_()}<p><b>Read aloud:</b> {alt}</p></section>")
    style = "body{font-family:sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;line-height:1.5}"
    return (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Figures</title><style>{style}</style>"
        f"<h1>{len(parts)} figures</h1>{''.join(parts)}</html>"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
