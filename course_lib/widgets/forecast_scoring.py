"""The student's forecasts against what happened, shown only once the student has opened the outcomes.

Running all cells opens nothing: a question has to be answered first. Whoever has lodged too few forecasts
for a figure sees an invented example in it, and is told so.
"""

import html
import math
from datetime import datetime

import numpy as np

from course_lib import charts, evidence, items
from course_lib.charts.figure import Caption
from course_lib.curriculum import course
from course_lib.curriculum.syllabus import lessons_phrase
from course_lib.dates import long_date
from course_lib.html import panels
from course_lib.markup import lesson_html, lesson_text
from course_lib.messages import say
from course_lib.methods import forecast
from course_lib.student import forecasts
from course_lib.widgets import explorer

# With fewer forecasts than this a figure shows the example.
ENOUGH = 10
# The questions that ask whether something stays as it was.
_STAYS = ("F01", "F27")
# Their "no" rests on a search that found nothing; that of F08 for its last four weeks.
_EMPTY = ("F08", "F12", "F16", "F28")
_OUTCOMES = ("yes", "no", "unresolved")
# Two answers nearer than this, in per cent, count as the same.
_NEAR = 5
# What is lodged and remembered within an hour is no test of memory.
_SITTING = 3600
# Options of the question on what a student knew when lodging that have something to say.
_KNEW = {"knew_some": "some", "knew_most": "most"}


class ForecastScoring:
    """Forecasts, outcomes and scores of one student; every call reads the answers anew.

    Parameters: `asked` the questions of the course; `progress` where the answers are.
    """

    def __init__(self, asked, progress):
        self._asked = {item.id: item for item in asked}
        self._progress = progress

    def reveal(self, shown):
        """Return what is to be shown, or a sentence while the outcomes are closed."""
        return shown if self._choice() else panels.paragraph_panel([say("gamble.closed")])

    def outcomes(self):
        """Return each forecast with what happened, the evidence and its sources, in groups to fold out."""
        if not self._choice():
            return self.reveal(None)
        rows = self._own()
        late = int(rows["late"].sum())
        resolved = rows["outcome"].isin(["yes", "no"]).sum()
        lines = [say("gamble.outcomes.lodged", n=len(_resolved(rows)), resolved=resolved)]
        if late:
            lines.append(say("gamble.outcomes.late", n=late))
        groups = "".join(
            _group(say(f"gamble.outcomes.group.{name}"), rows[rows["outcome"] == name]) for name in _OUTCOMES
        )
        return panels.Panel(panels.paragraph_panel(lines).markup + groups)

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
        body = [_line(say("gamble.scores.you"), mine)] if len(mine) else []
        if len(mine):
            example = example[example["id"].isin(mine["id"])]
        body.append(_line(say("gamble.scores.example"), example))
        body.append(_line(say("gamble.scores.coin"), shown.assign(probability=0.5)))
        body.append(_line(say("gamble.scores.base_rate"), shown.assign(probability=base)))
        head = (
            say("gamble.scores.head.forecaster"),
            say("gamble.scores.head.forecasts"),
            say("gamble.scores.head.brier"),
            say("gamble.scores.head.log"),
            say("gamble.scores.head.against_coin"),
            say("gamble.scores.head.against_base_rate"),
        )
        table = panels.table_html(say("gamble.scores.caption"), head, body)
        lines = [say("gamble.scores.rivals", share=f"{share:.0%}"), say("gamble.scores.picked")]
        lines += self._told(mine) if len(mine) else [say("gamble.scores.none", rule=say("gamble.rule"))]
        return panels.Panel(table + panels.paragraph_panel(lines).markup)

    def memory(self):
        """Return what the student remembered beside what was lodged, and which way it had moved."""
        if not self._choice():
            return self.reveal(None)
        found, skipped = self._remembered()
        lines = []
        if not found:
            lines.append(say("gamble.memory.invented"))
            rows = self._example().set_index("id")
            found = [
                (name, 100 * said, 50 * (said + (rows.loc[name, "outcome"] == "yes")), rows.loc[name])
                for name, said in rows.loc[self._asked_back(), "probability"].items()
            ]
        body, moves, ways = [], [], []
        for name, said, kept, row in found:
            move = (kept - said) * (1 if row["outcome"] == "yes" else -1)
            moves.append(move)
            ways.append("same" if abs(move) < _NEAR else "towards" if move > 0 else "away")
            way = say(f"gamble.memory.way.{ways[-1]}")
            end = say("gamble.memory.yes") if row["outcome"] == "yes" else say("gamble.memory.no")
            body.append((f"{name} {row['question']}", f"{said:g} %", f"{kept:g} %", end, way))
        mean = sum(moves) / len(moves)
        towards, away = ways.count("towards"), ways.count("away")
        counted = say("gamble.memory.moved", n=len(body), towards=towards, away=away)
        mean_move = _mean_move(mean)
        lines.append(f"{counted} {mean_move} {say('gamble.memory.near', n=_NEAR)}")
        if skipped:
            lines.append(say("gamble.memory.skipped", n=len(skipped), forecasts=_listing(skipped)))
        lines.append(say("gamble.memory.one_day"))
        head = (
            say("gamble.memory.head.forecast"),
            say("gamble.memory.head.lodged"),
            say("gamble.memory.head.remembered"),
            say("gamble.memory.head.outcome"),
            say("gamble.memory.head.way"),
        )
        table = panels.table_html(say("gamble.memory.caption"), head, body, content=(0,))
        return panels.Panel(panels.paragraph_panel(lines).markup + table)

    def _choice(self):
        opens = forecasts.outcomes_question()
        event = self._progress.last_answer(opens.id) if opens else None
        return forecasts.opening_role(event.answer) if event else ""

    def _own(self):
        tables = [evidence.table(name) for name in ("forecasts", "forecast_outcomes")]
        return forecasts.forecasts_with_outcomes(
            forecasts.forecast_table(self._asked.values(), self._progress), *tables
        )

    def _example(self):
        rows = self._own()
        return rows.assign(probability=[_by_rule(row) for row in rows.itertuples()])

    def _used(self):
        """Return the forecasts that a figure shows, and what is said under it."""
        count = len(_resolved(self._own()))
        if self._choice() == "own_forecasts" and count >= ENOUGH:
            return self._own(), Caption(say("gamble.own", n=count))
        return self._example(), Caption(say("gamble.example", rule=say("gamble.rule")))

    def _told(self, mine):
        """Return what has to be said of the student's own scores: sentences as HTML."""
        said, happened = mine["probability"], _happened(mine)
        lines = []
        if len(mine) < ENOUGH:
            lines.append(say("gamble.scores.too_few", n=len(mine), enough=ENOUGH))
        lost = mine[(said - happened).abs() == 1]
        if len(lost):
            told = say("gamble.scores.infinite_log", forecasts=_listing(lost["id"]))
            lines.append(" ".join([told, *_finite(mine, lost)]))
        low, high = np.quantile(forecast.null_distribution(said), [0.05, 0.95])
        brier = forecast.brier(said, happened)
        lines.append(say("gamble.scores.luck", low=f"{low:.2f}", high=f"{high:.2f}", brier=f"{brier:.2f}"))
        kept = mine[~mine["id"].isin(_EMPTY)]
        if 0 < len(kept) < len(mine):
            named = _listing(one for one in _EMPTY if one in set(mine["id"]))
            brier = f"{forecast.brier(kept['probability'], _happened(kept)):.3f}"
            lines.append(say("gamble.scores.empty", n=len(mine) - len(kept), forecasts=named, brier=brier))
        return [*lines, *self._knowing(mine)]

    def _knowing(self, mine):
        """Return what weakens the student's forecasts as forecasts: knowledge of what came."""
        lines = []
        if (known := self._known_beforehand()) in _KNEW:
            lines.append(say(f"gamble.knew.{_KNEW[known]}"))
        begun = self._begun()
        asked = self._forecasts()
        moments = [self._progress.last_answer(asked[one].id).at for one in mine["id"]]
        after = [at for at in moments if begun and at > min(begun.values())]
        if after:
            # Those that were begun before the first of them, so that it is true of every one.
            numbers = [number for number, at in begun.items() if at < min(after)]
            told = {"n": len(after), "lessons": lessons_phrase(numbers)}
            one = len(numbers) == 1
            lines.append(say("gamble.after_lesson", **told) if one else say("gamble.after_lessons", **told))
        return lines

    def _begun(self):
        """Return when each lesson that tells of later things was begun, by its number.

        The one that opens the outcomes does not count: it asks for forecasts too, and tells nothing before
        they are open.
        """
        opening = forecasts.outcomes_question()
        opens = course.lesson_number_of(opening.id) if opening else None
        telling = {
            item.id: number
            for number, stem in enumerate(course.stems(), start=1)
            if number != opens and not course.bank(stem).horizon
            for item in course.bank(stem).items
        }
        begun = {}
        for event in self._progress.events():
            if event.item in telling:
                begun.setdefault(telling[event.item], event.at)
        return begun

    def _asked_back(self):
        """Return the numbers of the forecasts that the student is asked to remember."""
        return list(self._remembering())

    def _remembering(self):
        """Return the questions that ask what was lodged, by the number of the forecast."""
        return {
            forecasts.forecast_number(item): item
            for item in self._asked.values()
            if item.role == "remembered_forecast"
        }

    def _forecasts(self):
        """Return the questions that ask for a forecast, by its number."""
        return {
            forecasts.forecast_number(item): item
            for item in self._asked.values()
            if isinstance(item, items.Probability)
        }

    def _known_beforehand(self):
        """Return the role of the option that says what the student knew when lodging, or an empty text."""
        item = course.item_with_role("knew_outcomes")
        event = self._progress.last_answer(item.id) if item else None
        known = event and isinstance(event.answer, int) and event.answer in range(len(item.option))
        return item.option[event.answer].role if known else ""

    def _remembered(self):
        """Return what can be compared, and the forecasts whose memory came too soon or has no match."""
        end = forecasts.outcomes_opened_at(self._progress)
        given, asked = {}, self._forecasts()
        numbers = {item.id: number for number, item in self._remembering().items()}
        for event in self._progress.events():
            if event.kind == "answer" and event.item in numbers and event.at <= end:
                given[numbers[event.item]] = event
        rows = self._own().set_index("id")
        found, skipped = [], []
        for name in self._asked_back():
            if name not in given:
                continue
            kept = [one for one in items.parse_numbers(str(given[name].answer)) if 0 <= one <= 100]
            first = self._progress.last_answer(asked[name].id) if name in asked else None
            if kept and first and _seconds(first.at, given[name].at) >= _SITTING:
                found.append((name, 100 * rows.loc[name, "probability"], kept[0], rows.loc[name]))
            else:
                skipped.append(name)
        return found, skipped


def _mean_move(mean):
    """Return a sentence on the mean move, above 0 towards what happened; a small one is not called none."""
    if not mean:
        return say("gamble.memory.mean.none")
    points = round(abs(mean)) if abs(mean) >= 1 else f"{abs(mean):.1g}"
    if mean > 0:
        return say("gamble.memory.mean.towards", n=points)
    return say("gamble.memory.mean.away", n=points)


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
    """Return what the log score would be without those that made it infinite, where others are left."""
    kept = mine[~mine["id"].isin(lost["id"])]
    if kept.empty:
        return []
    score = forecast.log_score(kept["probability"], _happened(kept))
    return [say("gamble.scores.finite_log", n=len(lost), score=f"{score:.3f}", left=len(kept))]


def _listing(names):
    """Return the numbers of forecasts as a sentence lists them, as HTML."""
    *head, last = (lesson_text(name) for name in names)
    return say("gamble.listing", some=", ".join(head), last=last) if head else last


def _line(name, rows):
    """Return a forecaster's scores as the texts of a row."""
    said, happened = rows["probability"], _happened(rows)
    brier, log = forecast.brier(said, happened), forecast.log_score(said, happened)
    share = happened.mean()
    rival = share * (1 - share)
    skill = f"{forecast.skill(brier, rival):+.2f}" if rival else say("gamble.scores.no_skill")
    told = f"{log:.3f}" if math.isfinite(log) else say("gamble.scores.infinite")
    return name, str(len(rows)), f"{brier:.3f}", told, f"{forecast.skill(brier, 0.25):+.2f}", skill


def _group(title, rows):
    """Return the forecasts with one outcome as HTML, folded away until opened."""
    listed = "".join(_entry(row) for row in rows.itertuples())
    return (
        f'<details><summary data-lm-suppress-shortcuts="true"><b>{html.escape(title)}</b> ({len(rows)})'
        f"</summary><ul>{listed}</ul></details>"
    )


def _entry(row):
    said = say("gamble.outcomes.none")
    if row.late:
        said = say("gamble.outcomes.too_late")
    elif row.probability == row.probability:
        percent = f"{100 * row.probability:g}"
        said = say("gamble.outcomes.said", percent=percent)
        if row.outcome in ("yes", "no"):
            brier = f"{(row.probability - (row.outcome == 'yes')) ** 2:.2f}"
            said = say("gamble.outcomes.said_and_scored", percent=percent, brier=brier)
    question = lesson_html(f"{row.id} {html.escape(row.question)}")
    note = f" <i>{html.escape(row.note)}</i>" if isinstance(row.note, str) else ""
    found = lesson_html(f"{html.escape(row.evidence)}{note}")
    day, sources = long_date(f"{row.resolves:%Y-%m-%d}"), evidence.cite(*row.source_keys)._repr_html_()
    until = say("gamble.outcomes.until", day=day, sources=sources)
    return f"<li><b>{question}</b> {said}<br>{found}<br>{until}</li>"


def _seconds(first, then):
    return (datetime.fromisoformat(then) - datetime.fromisoformat(first)).total_seconds()
