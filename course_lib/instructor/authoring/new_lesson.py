"""A new lesson that runs and keeps every rule of the course, with a text that is to be replaced."""

import json
import re
from importlib import resources
from string import Template

from course_lib import dates, evidence, items, paths
from course_lib.curriculum import course, syllabus
from course_lib.errors import CourseError, EvidenceError, nearest
from course_lib.setup import tidy

# What the text of a new lesson is marked with; no lesson of the course may still have it.
MARK = "(Placeholder)"
QUESTION = f"{MARK} Which question does this lesson answer?"
# Verdicts are given from this day on, and a lesson without a horizon begins here.
FIRST_DAY = "2024-12-31"
ACTIVITY_MINUTES = 18
_LONGEST = 100


def write_lesson(stem, title, question=QUESTION, horizon=None, after=None):
    """Write a lesson's notebook and question bank and enter it into the list; return what was done.

    Parameters: `stem` the name of its files; `title` and `question` as on screen; `horizon` the last day
    whose events it uses (ISO), or None for a lesson that begins at the end of 2024 and then goes on; `after`
    the lesson it follows, else the last one that stands at a horizon, or the last one.
    Returns: a list of sentences.
    Raises: `CourseError` with a sentence where it cannot be; then nothing was written.
    """
    if paths.LESSONS.is_relative_to(paths.PACKAGE):
        raise CourseError(
            "New lessons are written into the source of the course, not into the installed package. "
            "Fetch the source."
        )
    title, question = _line(title, "title"), _line(question, "question")
    horizon = horizon and _day(horizon)
    _check(stem)
    before = _following(horizon, after)
    listed = _entered(stem, before)
    told = _facts(stem, title, question, horizon)
    book, bank = _notebook(told), _bank(told)
    recall = paths.LESSONS / "recall.toml"
    returning = "".join(f'    "{stem[:2]}-{name}",\n' for name in _RETURNING)
    again = f'{recall.read_text(encoding="utf-8")}"{stem[:2]}" = [\n{returning}]\n'
    for path, text in (
        (paths.LESSONS / f"{stem}.ipynb", book),
        (paths.bank(stem), bank),
    ):
        # Never over a file that came to be in the meantime.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    recall.write_text(again, encoding="utf-8", newline="\n")
    (paths.LESSONS / "course.toml").write_text(listed, encoding="utf-8", newline="\n")
    place = syllabus.lesson_number(stem)
    return [
        f"Written: lessons/{stem}.ipynb and lessons/items/{stem}.toml.",
        f"Entered into {syllabus.LIST} as lesson {place}, and four of its questions into "
        "lessons/recall.toml.",
        f"It runs as it is. Replace everything marked {MARK}, then: "
        f"python3 -m course_lib test -- tests/content -k {stem}",
    ]


_RETURNING = ("recall-row", "recall-horizon", "counts-limit", "desk-sentence")


def placeholders_left():
    """Return the names of lessons and banks in which something is still marked as to be replaced."""
    files = [*sorted(paths.LESSONS.glob("*.ipynb")), *sorted(paths.ITEMS.glob("*.toml"))]
    return [path.name for path in files if MARK in path.read_text(encoding="utf-8")]


def _line(text, what):
    text = str(text).strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise CourseError(
            f"The {what} is one line of 1 to {_LONGEST} characters; this has {len(text)}"
            f"{'' if text.isprintable() else ', one of which cannot be shown'}."
        )
    return text


def _day(text):
    try:
        day = dates.day(text).isoformat()
    except EvidenceError as error:
        raise CourseError(str(error)) from None
    if day < FIRST_DAY:
        raise CourseError(
            f"A horizon before 31 December 2024 leaves no verdict on any claim; {day} was given. Give "
            f"{FIRST_DAY}, or a later day."
        )
    if day[:7] > evidence.edition()["as_of"]:
        end = dates.english_date(evidence.edition()["as_of"])
        raise CourseError(
            f"The evidence ends about {end}, so a horizon at {day} would hide nothing. Leave --horizon out."
        )
    return day


def _check(stem):
    if not syllabus.STEM.fullmatch(stem):
        raise CourseError(
            f"{stem!r} cannot be the name of a lesson. It is two digits, then words in small letters, with _ "
            "between them, like 12_bread_prices."
        )
    there = sorted({path.stem for path in (*paths.LESSONS.glob("*.ipynb"), *paths.ITEMS.glob("*.toml"))})
    if stem in there:
        raise CourseError(f"There is a lesson {stem} already. Nothing was written; choose another name.")
    if same := [one for one in there if one[:2] == stem[:2]]:
        free = next((n for n in range(1, 100) if f"{n:02}" not in {one[:2] for one in there}), None)
        raise CourseError(
            f"The number {stem[:2]} belongs to {same[0]}, and the ids of its questions begin with it. "
            + (f"Free is {free:02}{stem[2:]}. " if free else "No number is free. ")
            + "What students see is the place in the list, not this number."
        )


def _following(horizon, after):
    """Return the lesson that a new one follows, or None where it is the first."""
    listed = syllabus.stems()
    if after is not None and after not in listed:
        raise CourseError(nearest(after, listed, "lesson"))
    if after is None and horizon:
        after = next((stem for stem in reversed(listed) if course.bank(stem).horizon), None)
    elif after is None:
        after = listed[-1]
    place = listed.index(after) + 1 if after else 0
    asking = next(
        (
            stem
            for stem in listed[place:]
            if any(isinstance(item, items.Probability) for item in course.bank(stem).items)
        ),
        None,
    )
    if asking and (horizon or "9999") > FIRST_DAY:
        raise CourseError(
            f"There the lesson would stand before {asking}, whose forecasts it may give away. Add "
            f"--horizon {FIRST_DAY}, or put it later with --after."
        )
    return after


def _entered(stem, after):
    """Return the text of the list of lessons with the new one in it."""
    text = (paths.LESSONS / "course.toml").read_text(encoding="utf-8")
    line = f'    "{stem}",\n'
    if after is None:
        new = re.sub(r"^(lessons = \[\n)", rf"\g<1>{line}", text, count=1, flags=re.MULTILINE)
    else:
        new = re.sub(
            rf"""^([ \t]*["']{after}["'])[ \t]*,?([^\n]*)\n""",
            rf"\g<1>,\g<2>\n{line}",
            text,
            count=1,
            flags=re.MULTILINE,
        )
    files = {*syllabus.all_stems(), stem}
    if new == text or stem not in syllabus.parse_syllabus(new, files, files):
        raise CourseError(
            f"{syllabus.LIST} has not one line for each lesson, so nothing can be put in. "
            "Write it as in the comment at its head, then try again."
        )
    return new


def _facts(stem, title, question, horizon):
    """Return what the templates are filled with: the table's own numbers among it."""
    vetoes = evidence.table("vetoes", horizon or FIRST_DAY)
    both = int(vetoes["china_veto"].sum())
    day = dates.english_date(horizon or FIRST_DAY)
    told = {
        "stem": stem,
        "number": stem[:2],
        "title": title,
        "question": question,
        "day": horizon or FIRST_DAY,
        "standing": f"stands at {day}" if horizon else f"begins at {day}, then goes on",
        "activity": ACTIVITY_MINUTES,
        "horizon_line": f'horizon = "{horizon}"\n' if horizon else "",
        "drafts": len(vetoes),
        "both": both,
        "alone": len(vetoes) - both,
        "twelve": int((vetoes["votes_yes"] >= 12).sum()),
        "opens": not horizon,
    }
    # What JSON writes between quotation marks TOML reads alike.
    told |= {f"{name}_text": json.dumps(told[name], ensure_ascii=False) for name in ("stem", "title")}
    told["question_text"] = json.dumps(question, ensure_ascii=False)
    told["minutes"] = _minutes(told)
    return told


def _minutes(told):
    """Return the minutes a lesson takes: reading, 45 seconds a question, the activity, a fifth on top."""
    words = len(re.sub(r"\(https?://\S+\)", "", _template("lesson.txt", told)).split())
    asked = _template("bank.txt", told).count("[[item]]")
    return min(50, max(35, round(1.2 * (words / 200 + (asked - 1) * 0.75 + told["activity"]))))


def _template(name, told):
    """Return a template filled; the part on the opened horizon is left out where there is none."""
    text = resources.files("course_lib.instructor").joinpath("templates", name).read_text(encoding="utf-8")
    part = r"^(?:%%|#) begin opens\n(.*?)^(?:%%|#) end opens\n"
    text = re.sub(part, r"\1" if told["opens"] else "", text, flags=re.MULTILINE | re.DOTALL)
    return Template(text).safe_substitute(told)


def _bank(told):
    text = _template("bank.txt", told)
    items.load(text, f"lessons/items/{told['stem']}.toml", evidence.registered_keys())
    return text


def _notebook(told):
    cells = []
    for part in re.split(r"^%% ", _template("lesson.txt", told), flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        kind, name, *kept = head.split()
        cell = {"cell_type": "markdown" if kind == "md" else "code", "id": name, "source": body.strip("\n")}
        if kind == "code":
            printed = f"{told['drafts']} drafts vetoed by Russia, {told['both']} of them by China too\n"
            stream = {"name": "stdout", "output_type": "stream", "text": printed}
            cell |= {"outputs": [stream] if kept else []}
        cells.append(cell | ({"metadata": {"tags": [tidy.KEPT]}} if kept else {}))
    return tidy.notebook_text(tidy.clean_notebook({"cells": cells}))
