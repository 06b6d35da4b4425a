"""The student's forecasts against what happened, shown only once the student has opened the outcomes.

Running all cells opens nothing: a question has to be answered first. Whoever has lodged too few forecasts
for a figure sees an invented example in it, and is told so.
"""

import html
import math
from datetime import datetime

import numpy as np

from course_lib import charts, course, evidence, explorer, items, lodged, panels
from course_lib.charts.figure import listing
from course_lib.dates import long_date
from course_lib.methods import forecast
from course_lib.syllabus import spoken

# With fewer forecasts than this a figure shows the example.
ENOUGH = 10
RULE = (
    "10 per cent where the day came by the middle of 2025, 25 per cent by its end, 40 per cent where it came "
    "later, and 75 per cent where the question asks whether something stays as it was"
)
# The questions that ask whether something stays as it was.
_STAYS = ("F01", "F27")
# Their "no" rests on a search that found nothing.
_EMPTY = ("F12", "F16", "F28")
_CLOSED = (
    "The outcomes are closed. Answer the last question under “Open the outcomes” first, then run this cell "
    "again."
)
_GROUPS = {
    "yes": "Happened, by the criterion",
    "no": "Did not happen, by the criterion",
    "unresolved": "Not resolved: the record seen does not decide it, and no score counts it",
}
# Two answers nearer than this, in per cent, count as the same.
_NEAR = 5
# What is lodged and remembered within an hour is no test of memory.
_SITTING = 3600
_HEAD = (
    "Forecaster",
    "Forecasts",
    "Brier score",
    "Log score (nats)",
    "Skill against a coin",
    "Skill against the base rate",
)
_KNEW = {
    1: "You said that you had heard of some outcomes when you lodged. So the score is in part one of memory.",
    2: "You said that you had heard of most outcomes when you lodged. So the score is mostly one of memory.",
}


class Gamble:
    """Forecasts, outcomes and scores of one student; every call reads the answers anew.

    Parameters: `asked` the questions of the course; `progress` where the answers are.
    """

    def __init__(self, asked, progress):
        self._asked = {item.id: item for item in asked}
        self._progress = progress

    def reveal(self, shown):
        """Return what is to be shown, or a sentence while the outcomes are closed."""
        return shown if self._choice() else panels.paragraphs([_CLOSED])

    def outcomes(self):
        """Return each forecast with what happened, the evidence and its sources, in groups to fold out."""
        if not self._choice():
            return self.reveal(None)
        rows = self._own()
        late = int(rows["late"].sum())
        lines = [
            f"<b>You lodged {_resolved(rows)['probability'].count()} forecasts that can be scored</b>, of "
            f"{rows['outcome'].isin(['yes', 'no']).sum()} that are resolved."
        ]
        if late:
            lines.append(
                f"{late} more {'was' if late == 1 else 'were'} lodged after you had opened the outcomes. "
                f"{'That is no forecast' if late == 1 else 'Those are no forecasts'}, and no score counts "
                f"{'it' if late == 1 else 'them'}."
            )
        groups = "".join(_group(title, rows[rows["outcome"] == name]) for name, title in _GROUPS.items())
        return panels.Panel(panels.paragraphs(lines).markup + groups)

    def chart(self):
        """Return the figure of forecasts and outcomes."""
        if not self._choice():
            return self.reveal(None)
        rows, caption = self._used()
        return charts.forecasts_scored(rows.assign(question=rows["id"] + " " + rows["question"]), caption)

    def calibration(self):
        """Return the calibration with its bins to be changed."""
        if not self._choice():
            return self.reveal(None)
        rows, caption = self._used()
        return explorer.calibration(rows, caption)

    def parts(self):
        """Return the figure of what the Brier score is made of."""
        if not self._choice():
            return self.reveal(None)
        rows, caption = self._used()
        return charts.brier_parts(rows, caption=caption)

    def scores(self):
        """Return the scores beside those of a coin, of the base rate and of the example: a `Panel`."""
        if not self._choice():
            return self.reveal(None)
        mine, example = _resolved(self._own()), _resolved(self._example())
        shown = mine if len(mine) else example
        happened = _happened(shown)
        share = happened.mean()
        base = [share] * len(shown)
        body = [_line("you", mine)] if len(mine) else []
        if len(mine):
            example = example[example["id"].isin(mine["id"])]
        body.append(_line("invented example", example))
        body.append(_line("a coin", shown.assign(probability=0.5)))
        body.append(_line("base rate of these questions", shown.assign(probability=base)))
        table = panels.rows("Scores on the same resolved questions", _HEAD, body)
        lines = [
            "A coin says 50 per cent to everything. The base rate of these questions is "
            f"{share:.0%}: that share of them came to <i>yes</i>. Nobody could know it beforehand, so that "
            "it is an unfair rival.",
            "The questions were written afterwards, among things that went either way. A rule such as "
            "<i>most things stay as they are</i> is a good start for questions that come along by "
            "themselves; on questions picked like these it can do badly. A base rate belongs to a class.",
        ]
        lines += self._told(mine) if len(mine) else [self._none()]
        return panels.Panel(table + panels.paragraphs(lines).markup)

    def memory(self):
        """Return what the student remembered beside what was lodged, and which way it had moved."""
        if not self._choice():
            return self.reveal(None)
        found, skipped = self._remembered()
        lines = []
        if not found:
            lines.append(
                "There is nothing of yours to compare: that needs a forecast lodged at least an hour before "
                "you were asked what you remember of it. Below is an invented memory, made up to show the "
                "effect: a forecaster who remembers each number half way towards what happened."
            )
            rows = self._example().set_index("id")
            found = [
                (name, 100 * said, 50 * (said + (rows.loc[name, "outcome"] == "yes")), rows.loc[name])
                for name, said in rows.loc[self._asked_back(), "probability"].items()
            ]
        body, moves = [], []
        for name, said, kept, row in found:
            move = (kept - said) * (1 if row["outcome"] == "yes" else -1)
            moves.append(move)
            way = "the same" if abs(move) < _NEAR else "towards it" if move > 0 else "away from it"
            end = "yes" if row["outcome"] == "yes" else "no"
            body.append((f"{name} {row['question']}", f"{said:g} %", f"{kept:g} %", end, way))
        count = {way: [row[-1] for row in body].count(way) for way in ("towards it", "away from it")}
        mean = sum(moves) / len(moves)
        lines.append(
            f"<b>Of {len(body)} numbers, {count['towards it']} moved towards what happened and "
            f"{count['away from it']} away from it.</b> The mean move is {abs(mean):.0f} points "
            f"{'towards' if mean >= 0 else 'away from'} it. Numbers less than {_NEAR} points apart count as "
            "the same."
        )
        if skipped:
            lines.append(
                f"Not compared: {listing(skipped)}, since you lodged {'it' if len(skipped) == 1 else 'them'} "
                "less than an hour before, or not at all."
            )
        lines.append("So few numbers show one memory on one day. They cannot show a habit.")
        head = ("Forecast", "Lodged", "Remembered", "Outcome", "Memory had moved")
        return panels.Panel(
            panels.paragraphs(lines).markup + panels.rows("Remembered and lodged", head, body)
        )

    def _choice(self):
        event = self._progress.checked(lodged.OPENS)
        return event.answer if event and event.answer in (lodged.OWN, lodged.EXAMPLE) else None

    def _own(self):
        tables = [evidence.table(name) for name in ("forecasts", "forecast_outcomes")]
        return lodged.scored(lodged.table(self._asked.values(), self._progress), *tables)

    def _example(self):
        rows = self._own()
        return rows.assign(probability=[_by_rule(row) for row in rows.itertuples()])

    def _used(self):
        """Return the forecasts that a figure shows, and what is said under it."""
        count = len(_resolved(self._own()))
        if self._choice() == lodged.OWN and count >= ENOUGH:
            return self._own(), f"Your own forecasts, {count} of them resolved."
        return self._example(), f"An invented example, not your forecasts: it says {RULE}."

    def _none(self):
        return (
            "You have lodged no forecast that can be scored. <b>The example is invented</b>, by somebody who "
            f"knew the outcomes; it follows a rule without looking at the question further: {RULE}."
        )

    def _told(self, mine):
        """Return what has to be said of the student's own scores: sentences as HTML."""
        said, happened = mine["probability"], _happened(mine)
        lines = []
        if len(mine) < ENOUGH:
            lines.append(
                f"{len(mine)} {'forecast says' if len(mine) == 1 else 'forecasts say'} next to nothing about "
                f"you. From {ENOUGH} on the figures show yours; until then they show the invented example."
            )
        lost = mine[(said - happened).abs() == 1]
        if len(lost):
            lines.append(
                f"<b>Your log score is infinite</b>, because of {html.escape(listing(lost['id']))}: 0 or 100 "
                "per cent was said, and the opposite came. Nothing was clipped. " + _finite(mine, lost)
            )
        low, high = np.quantile(forecast.luck(said), [0.05, 0.95])
        lines.append(
            f"If your probabilities were exactly right, and the questions had nothing to do with each other, "
            f"luck alone would put your Brier score between {low:.2f} and {high:.2f} in nine of ten worlds. "
            f"It is {forecast.brier(said, happened):.2f}. The questions do hang together, so that luck "
            "is a larger part still."
        )
        kept = mine[~mine["id"].isin(_EMPTY)]
        if 0 < len(kept) < len(mine):
            lines.append(
                f"The <i>no</i> of {listing(one for one in _EMPTY if one in set(mine['id']))} rests on a "
                "search that found nothing. Without "
                f"{'it' if len(mine) - len(kept) == 1 else 'them'} your Brier score is "
                f"{forecast.brier(kept['probability'], _happened(kept)):.3f}."
            )
        return [*lines, *self._knowing(mine)]

    def _knowing(self, mine):
        """Return what weakens the student's forecasts as forecasts: knowledge of what came."""
        lines = []
        event = self._progress.checked("10-followed")
        if event and event.answer in _KNEW:
            lines.append(_KNEW[event.answer])
        told = self._telling()
        later = {item.id for stem in told for item in course.bank(stem).items}
        first = next((one.at for one in self._progress.events() if one.item in later), None)
        asked = {name.split("-", 1)[1]: name for name in self._asked}
        after = [one for one in mine["id"] if first and self._progress.checked(asked[one]).at > first]
        if after:
            lines.append(
                f"{len(after)} of them {'was' if len(after) == 1 else 'were'} lodged after you had begun "
                f"{spoken(map(course.number, told))}, which tell of things that came later."
            )
        return lines

    def _telling(self):
        """Return the stems of the lessons before the one that opens the outcomes which tell of later."""
        end = course.place(lodged.OPENS) or len(course.stems()) + 1
        return [stem for stem in course.stems()[: end - 1] if not course.bank(stem).horizon]

    def _asked_back(self):
        """Return the numbers of the forecasts that the student is asked to remember."""
        return [name.rsplit("-", 1)[1] for name in self._asked if name.startswith("10-remember-")]

    def _remembered(self):
        """Return what can be compared, and the forecasts whose memory came too soon or has no match."""
        end = lodged.opened(self._progress)
        given = {}
        for event in self._progress.events():
            if event.kind == "answer" and event.item.startswith("10-remember-") and event.at <= end:
                given[event.item.rsplit("-", 1)[1]] = event
        rows = self._own().set_index("id")
        found, skipped = [], []
        for name in self._asked_back():
            if name not in given:
                continue
            kept = [one for one in items.readings(str(given[name].answer)) if 0 <= one <= 100]
            first = self._progress.checked(f"05-{name}")
            if kept and first and _seconds(first.at, given[name].at) >= _SITTING:
                found.append((name, 100 * rows.loc[name, "probability"], kept[0], rows.loc[name]))
            else:
                skipped.append(name)
        return found, skipped


def _by_rule(row):
    if row.id in _STAYS:
        return 0.75
    day = f"{row.resolves:%Y-%m-%d}"
    return 0.1 if day <= "2025-06-30" else 0.25 if day <= "2025-12-31" else 0.4


def _resolved(rows):
    return rows[rows["outcome"].isin(["yes", "no"]) & rows["probability"].notna()]


def _happened(rows):
    return (rows["outcome"] == "yes").astype(int)


def _finite(mine, lost):
    kept = mine[~mine["id"].isin(lost["id"])]
    if kept.empty:
        return ""
    score = forecast.log_score(kept["probability"], _happened(kept))
    without = "that forecast" if len(lost) == 1 else "those forecasts"
    return f"Without {without} the log score would be {score:.3f}, over {len(kept)}."


def _line(name, rows):
    """Return a forecaster's scores as the texts of a row."""
    said, happened = rows["probability"], _happened(rows)
    brier, log = forecast.brier(said, happened), forecast.log_score(said, happened)
    share = happened.mean()
    rival = share * (1 - share)
    skill = f"{forecast.skill(brier, rival):+.2f}" if rival else "cannot be told"
    told = f"{log:.3f}" if math.isfinite(log) else "infinite"
    return name, str(len(rows)), f"{brier:.3f}", told, f"{forecast.skill(brier, 0.25):+.2f}", skill


def _group(title, rows):
    """Return the forecasts with one outcome as HTML, folded away until opened."""
    listed = "".join(_entry(row) for row in rows.itertuples())
    return (
        f'<details><summary data-lm-suppress-shortcuts="true"><b>{html.escape(title)}</b> ({len(rows)})'
        f"</summary><ul>{listed}</ul></details>"
    )


def _entry(row):
    said = "you lodged none"
    if row.late:
        said = "lodged too late to be scored"
    elif row.probability == row.probability:
        said = f"you said {100 * row.probability:g} %"
        if row.outcome in ("yes", "no"):
            said += f", Brier score {(row.probability - (row.outcome == 'yes')) ** 2:.2f}"
    note = f" <i>{html.escape(row.note)}</i>" if isinstance(row.note, str) else ""
    return (
        f"<li><b>{row.id} {html.escape(row.question)}</b> {said}<br>{html.escape(row.evidence)}{note}<br>"
        f"The question ran until {long_date(f'{row.resolves:%Y-%m-%d}')}. "
        f"Sources: {evidence.cite(*row.source_keys)._repr_html_()}</li>"
    )


def _seconds(first, then):
    return (datetime.fromisoformat(then) - datetime.fromisoformat(first)).total_seconds()
