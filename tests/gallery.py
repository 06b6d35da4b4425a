"""All figures of the course on one page, each with its alternative text, to be looked at side by side.

.venv/bin/python tests/gallery.py OUT.html
"""

import html
import sys
from pathlib import Path

import pandas as pd

from course_lib import charts, evidence
from course_lib.evidence import labels
from course_lib.methods import ach

HORIZON = "2024-12-31"


def _matrix():
    codes = evidence.table("ach_codings")
    return codes.pivot(index="evidence", columns="hypothesis", values="consistency")


def _weights(matrix):
    return ach.row_weights(evidence.table("ach_evidence").set_index("id").loc[matrix.index])


def _scores():
    matrix = _matrix()
    weight = _weights(matrix)
    both = pd.DataFrame(
        {"weighted": ach.inconsistency(matrix, weight), "unweighted": ach.inconsistency(matrix)}
    )
    return both, ach.count_untested(matrix)


def _sensitivity():
    matrix = _matrix()
    weight = _weights(matrix)
    return ach.leave_one_out(matrix, weight), ach.inconsistency(matrix, weight)


def _window():
    return pd.DataFrame(
        {
            "clue": ["tells of the contact", "takes Assad to be in office"],
            "not_before": ["2024-12-12", None],
            "not_after": [None, "2024-12-08"],
        }
    )


def _fortnight():
    contacts = evidence.table("contacts", HORIZON)
    reactions = evidence.table("reactions", HORIZON)
    kinds = contacts["channel"].map(
        {"direct": "met", "military deconfliction": "met", "mediated": "in_touch"}
    )
    ours = contacts.assign(actor="russia", kind=kinds.fillna("message"), text=contacts["substance"])
    theirs = reactions.assign(
        kind=reactions["contact"].fillna("other"), text=reactions["statement_or_action"]
    )
    return pd.concat([one[["date", "actor", "kind", "text"]] for one in (ours, theirs)])


def _forecasts():
    """Made-up probabilities: the outcomes are the table's."""
    rows = evidence.table("forecasts").merge(
        evidence.table("forecast_outcomes"), left_on="id", right_on="forecast"
    )
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
    return pd.DataFrame(
        {"objective": ["dates", "sources", "rates"], "before": [0.4, 0.5, None], "after": [0.8, 0.5, 0.6]}
    )


def _questions():
    """Made-up marks: one question that the better students get wrong, one without a correlation."""
    return pd.DataFrame(
        {
            "question": ["03-vetoes-alone", "03-events-reward", "03-counts-apart", "03-recall-notfound"],
            "facility": [0.62, 0.31, 0.55, 1.0],
            "discrimination": [0.41, -0.12, 0.28, None],
        }
    )


def _choices():
    rows = [
        ("Weight: twenty sources are stronger evidence than one.", False, 0.52, 0.7, 0.5, 0.3),
        ("Spread: more people read it, but there is still one voice.", True, 0.4, 0.2, 0.4, 0.65),
        ("Balance: outlets of several countries cancel each other's leaning.", False, 0.08, 0.1, 0.1, 0.05),
    ]
    return pd.DataFrame(rows, columns=["option", "key", "all", "lower", "middle", "upper"])


def _certain():
    rows = [
        ("guessing", 40, 0.35, 0.2, 0.52),
        ("fairly sure", 120, 0.6, 0.5, 0.69),
        ("sure", 90, 0.7, 0.6, 0.8),
    ]
    return pd.DataFrame(rows, columns=["sure", "n", "share", "low", "high"])


def _changes():
    rows = [("all questions", 0.42, 0.61, 0.19, 0.14, 0.24), ("sources", 0.5, 0.48, -0.02, -0.1, 0.06)]
    return pd.DataFrame(rows, columns=["objective", "before", "after", "change", "low", "high"])


GROUPS = [
    "hts",
    "jabhat_al_nusra",
    "isis",
    "al_qaeda",
    "hurras_al_din",
    "ahrar_al_sham",
    "hezbollah",
    "pkk",
    "taliban",
]
# The days of the timeline's events E096, E098, E101, E103 and E104.
FELL = {
    "aleppo": "30 November",
    "hama": "5 December",
    "daraa": "6 December",
    "homs": "7 December",
    "damascus": "8 December",
}
PLACES = [
    "hmeimim",
    "tartus_port",
    "qamishli",
    "damascus",
    "aleppo",
    "hama",
    "homs",
    "idlib",
    "al_tanf",
    "raqqa",
]


def _outlines():
    return evidence.outlines("countries"), evidence.outlines("governorates")


def _ties(date):
    ties = evidence.table("relations")
    return ties[ties["date"] == date]


def _few():
    """The ties among six actors on the eve of the offensive, as lesson 07 has them."""
    few = ["russia", "assad_government", "iran", "hts", "turkey", "usa"]
    ties = _ties("2024-11")
    return ties[ties["a"].isin(few) & ties["b"].isin(few)]


def table(name, until=None):
    """One table of the course."""
    return evidence.table(name, until)


# Name of the figure: the function, and a function for what it is given.
FIGURES = {
    "kinds_by_section": lambda: [table("claims")],
    "hedge_strip": lambda: [table("hedges"), table("paragraphs")],
    "report_matrix": lambda: [table("rival_reports")],
    "writing_window": lambda: [_window()],
    "vetoes_by_theme": lambda: [table("vetoes")],
    "deaths_by_counter": lambda: [table("fatalities")],
    "refugees_by_host": lambda: [table("refugees_by_country")],
    "territory": lambda: [table("territorial_control")],
    "place_map": lambda: [table("places"), *_outlines(), PLACES, None, PLACES[:3], "Bases and cities"],
    "place_map, December 2024": lambda: [
        table("places"),
        *_outlines(),
        list(FELL),
        FELL,
        (),
        "Where the front was",
    ],
    "timeline": lambda: [table("timeline")],
    "timeline of one category": lambda: [
        table("timeline").query("category == 'russia_syria_bases'"),
        "The Russian bases",
    ],
    "family_tree": lambda: [table("lineage"), table("actors")],
    "family_tree of some": lambda: [table("lineage"), table("actors"), "hts", GROUPS[:5]],
    "lists_at": lambda: [table("designations"), HORIZON, GROUPS],
    "fighting_pairs": lambda: [table("ucdp_dyads")],
    "contact_log": lambda: [table("contacts")],
    "fortnight": lambda: [_fortnight()],
    "evidence_matrix": lambda: [_matrix()],
    "evidence_matrix, with weights": lambda: [
        _matrix().rename(columns=labels.HYPOTHESES),
        "",
        _weights(_matrix()),
    ],
    "inconsistency_scores": lambda: [*_scores()],
    "sensitivity": lambda: [*_sensitivity()],
    "signed_network": lambda: [_ties("2024-11")],
    "signed_network without IS": lambda: [_ties("2025-12"), ("isis",)],
    "balance_over_time": lambda: [table("relations")],
    "balance_over_time, documents": lambda: [
        table("relations"),
        ("isis",),
        "",
        "only ties with a document",
    ],
    "indicators": lambda: [table("scenario_values"), table("scenarios")],
    "attacks_by_counter": lambda: [table("isis_activity")],
    "returns": lambda: [table("returns")],
    "stock_and_returns": lambda: [table("displacement")],
    "monthly_deaths": lambda: [table("fatalities_monthly_after_2024")],
    "reactions_by_day": lambda: [table("reactions")],
    "two_stances": lambda: [table("reactions")],
    "reactions_by_day without stances": lambda: [table("reactions"), False],
    "two_stances without stances": lambda: [table("reactions"), False],
    "positions": lambda: [_positions()],
    "positions with the challenge model and an outcome": lambda: [
        _positions(),
        ("leave", "keep"),
        10,
        6,
        (50, 75),
    ],
    "challenge_rounds": lambda: [_positions()],
    "ideal_points": lambda: [table("un_votes"), ["RUS", "USA", "TUR", "IRN", "ISR", "CHN", "SYR"]],
    "outcome_rates": lambda: [table("negotiations")],
    "outcome_rates, by state": lambda: [table("negotiations"), "drop", "last", "", "timing", ["in doubt"]],
    "denominator": lambda: [14, 40, 21, 60],
    "delisting_order": lambda: [table("designations")],
    "forecasts_scored": lambda: [_forecasts()],
    "calibration": lambda: [_forecasts()],
    "brier_parts": lambda: [_forecasts()],
    "verdicts_by_section": lambda: [evidence.verdicts()],
    "verdicts_by_section, by kind": lambda: [evidence.verdicts(), "", "kind"],
    "course_progress": lambda: [_lessons()],
    "before_and_after": lambda: [_tests()],
    "facility_and_discrimination": lambda: [_questions()],
    "distractors": lambda: [_choices()],
    "distractors of a small class": lambda: [_choices().assign(lower=None, middle=None, upper=None)],
    "confidence_and_right": lambda: [_certain()],
    "class_change": lambda: [_changes()],
}


def draw(name, given=None):
    """Return one figure; `given` stands in for what it is usually given."""
    chart = getattr(charts, name.replace(",", " ").split()[0])
    return chart(*(FIGURES[name]() if given is None else given))


def page(figures=None):
    """Return the page as HTML; `figures` a dict from name to figure, where they are drawn already."""
    parts = []
    for name, figure in (figures or {name: draw(name) for name in FIGURES}).items():
        alt = html.escape(figure.alt)
        parts.append(
            f"<section><h2>{name}</h2>{figure._repr_html_()}<p><b>Read aloud:</b> {alt}</p></section>"
        )
    style = "body{font-family:sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;line-height:1.5}"
    return (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Figures</title><style>{style}</style>"
        f"<h1>{len(parts)} figures</h1>{''.join(parts)}</html>"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
