"""The text that a new lesson begins with: its notebook and its bank, filled with the table's own numbers."""

import json
import re
from dataclasses import dataclass
from importlib import resources
from string import Template

from course_lib import dates, evidence, items
from course_lib.curriculum import course
from course_lib.setup import tidy

# What the text of a new lesson is marked with; no lesson of the course may still have it.
MARK = "(Placeholder)"
ACTIVITY_MINUTES = 18
# The ends of the ids of those questions that make sense without their lesson, and may be asked again.
RECALLED = ("recall-row", "recall-horizon", "counts-limit", "desk-sentence")
_OPENS = re.compile(r"^(?:%%|#) begin opens\n(.*?)^(?:%%|#) end opens\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class LessonFacts:
    """What the templates of a lesson are filled with.

    Attributes
    ----------
    stem : str
        The stem of its files.
    title, question : str
        As on screen.
    horizon : str or None
        The last day whose events it uses, ISO; None for a lesson that begins on the first
        day of the course and goes on.
    drafts, both, twelve : int
        Of the drafts vetoed by Russia up to that day: all, those that China vetoed too, those with twelve
        votes in favour or more.
    """

    stem: str
    title: str
    question: str
    horizon: str | None
    drafts: int
    both: int
    twelve: int

    @property
    def printed_line(self) -> str:
        """What the cell prints that every test run compares."""
        return f"{self.drafts} drafts vetoed by Russia, {self.both} of them by China too\n"


def lesson_facts(stem: str, title: str, question: str, horizon: str | None) -> LessonFacts:
    """Return what the templates of a lesson are filled with.

    Parameters
    ----------
    stem : str
        The stem of its files.
    title, question : str
        As on screen.
    horizon : str or None
        The last day whose events it uses, ISO.

    Returns
    -------
    LessonFacts
        With the numbers of the table of vetoes.
    """
    vetoes = evidence.table("vetoes", horizon or course.first_day())
    return LessonFacts(
        stem,
        title,
        question,
        horizon,
        drafts=len(vetoes),
        both=int(vetoes["china_veto"].sum()),
        twelve=int((vetoes["votes_yes"] >= 12).sum()),
    )


def bank_text(facts: LessonFacts) -> str:
    """Return the question bank of a new lesson.

    Parameters
    ----------
    facts : LessonFacts
        What it is filled with.

    Returns
    -------
    str
        TOML.

    Raises
    ------
    ItemError
        Where the template gives no bank.
    """
    text = _fill("bank.txt", facts, _minutes(facts))
    items.load(text, f"lessons/items/{facts.stem}.toml", evidence.registered_keys())
    return text


def lesson_notebook_text(facts: LessonFacts) -> str:
    """Return the notebook of a new lesson in committed form.

    Parameters
    ----------
    facts : LessonFacts
        What it is filled with.

    Returns
    -------
    str
        JSON.
    """
    text = _fill("lesson.txt", facts, _minutes(facts))
    cells = []
    for part in re.split(r"^%% ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        kind, name, *tags = head.split()
        stream = {"name": "stdout", "output_type": "stream", "text": facts.printed_line}
        code = {"cell_type": "code", "outputs": [stream] if tags else []}
        cells.append(
            {
                **({"cell_type": "markdown"} if kind == "md" else code),
                "id": name,
                "source": body.strip("\n"),
                "metadata": {"tags": [tidy.KEPT]} if tags else {},
            }
        )
    return tidy.notebook_text(tidy.clean_notebook({"cells": cells}))


def _minutes(facts: LessonFacts) -> int:
    """Return the minutes a lesson takes: reading, 45 seconds a question, the activity, a fifth on top."""
    words = len(re.sub(r"\(https?://\S+\)", "", _fill("lesson.txt", facts)).split())
    questions = _fill("bank.txt", facts).count("[[item]]")
    return min(50, max(35, round(1.2 * (words / 200 + (questions - 1) * 0.75 + ACTIVITY_MINUTES))))


def _fill(name: str, facts: LessonFacts, minutes: int | None = None) -> str:
    """Return a template filled; the part on the opened horizon is left out where there is none."""
    template = resources.files("course_lib.instructor.authoring").joinpath("templates", name)
    text = _OPENS.sub("" if facts.horizon else r"\1", template.read_text(encoding="utf-8"))
    day = facts.horizon or course.first_day()
    begins = dates.english_date(day)
    return Template(text).safe_substitute(
        {
            "number": facts.stem[:2],
            "stem": facts.stem,
            "title": facts.title,
            "question": facts.question,
            # What JSON writes between quotation marks TOML reads alike.
            "stem_text": json.dumps(facts.stem, ensure_ascii=False),
            "title_text": json.dumps(facts.title, ensure_ascii=False),
            "question_text": json.dumps(facts.question, ensure_ascii=False),
            "day": day,
            "standing": (
                f"uses only what was known by {begins}"
                if facts.horizon
                else f"first what was known by {begins}, then what came after"
            ),
            "horizon_line": f'horizon = "{facts.horizon}"\n' if facts.horizon else "",
            "activity": ACTIVITY_MINUTES,
            "drafts": facts.drafts,
            "both": facts.both,
            "alone": facts.drafts - facts.both,
            "twelve": facts.twelve,
            **({} if minutes is None else {"minutes": minutes}),
        }
    )
