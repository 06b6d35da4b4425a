"""A new lesson that runs and keeps every rule of the course, with a text that is to be replaced."""

import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from course_lib import dates, evidence, items, paths
from course_lib.curriculum import course, syllabus
from course_lib.errors import CourseError, EvidenceError, nearest
from course_lib.files import create_whole, write_whole
from course_lib.instructor.authoring.lesson_templates import (
    MARK,
    RECALLED,
    bank_text,
    lesson_facts,
    lesson_notebook_text,
)

QUESTION = f"{MARK} Which question does this lesson answer?"
_LONGEST = 100
# Later than any day, for a lesson without a horizon.
_NEVER = "9999"


@dataclass(frozen=True)
class LessonDraft:
    """A new lesson that is not written yet.

    Attributes
    ----------
    stem : str
        The stem of its files.
    place : int
        Its place in the course, from 1.
    notebook, bank : str
        The texts of its two files.
    syllabus, recall : str
        The texts of `lessons/course.toml` and `lessons/recall.toml` with the lesson in them.
    """

    stem: str
    place: int
    notebook: str
    bank: str
    syllabus: str
    recall: str

    def write(self) -> None:
        """Write the lesson's notebook and question bank, and enter it into the lists of the course.

        Raises
        ------
        CourseError
            Where a file of its name came to be in the meantime; then nothing was written.
        OSError
            Where a file cannot be written; then nothing was written either.
        """
        _require_free(self.stem)
        new_files = {
            paths.LESSONS / f"{self.stem}.ipynb": self.notebook,
            paths.bank_file(self.stem): self.bank,
        }
        try:
            with ExitStack() as undo:
                for path, text in new_files.items():
                    # Never over a file that came to be since the names were looked at.
                    create_whole(path, text)
                    undo.callback(path.unlink, missing_ok=True)
                # The lists come last, since they name the files.
                recall = paths.LESSONS / "recall.toml"
                earlier = recall.read_bytes()
                write_whole(recall, self.recall)
                undo.callback(write_whole, recall, earlier)
                write_whole(paths.LESSONS / "course.toml", self.syllabus)
                undo.pop_all()
        except FileExistsError:
            raise _stem_taken(self.stem) from None

    def summary(self) -> list[str]:
        """Return what was done and what is to be done next.

        Returns
        -------
        list of str
            A sentence or two each.
        """
        return [
            f"Written: lessons/{self.stem}.ipynb and lessons/items/{self.stem}.toml.",
            f"Entered into {syllabus.LIST} as lesson {self.place}, and four of its questions into "
            "lessons/recall.toml.",
            f"It runs as it is. Replace everything marked {MARK}, then: "
            f"python3 -m course_lib test -- tests/content -k {self.stem}",
        ]


def write_lesson(
    stem: str, title: str, question: str = QUESTION, horizon: str | None = None, after: str | None = None
) -> list[str]:
    """Write a lesson's notebook and question bank and enter it into the list.

    Parameters
    ----------
    stem : str
        The name of its files.
    title : str
        The title, as on screen.
    question : str, optional
        The question that it answers, as on screen.
    horizon : str or None, optional
        The last day whose events it uses, ISO; without it the lesson begins at the end of 2024 and goes on.
    after : str or None, optional
        The lesson it follows, else the last one that stands at a horizon, or the last one.

    Returns
    -------
    list of str
        What was done, in sentences.

    Raises
    ------
    CourseError
        Where it cannot be; then nothing was written.
    """
    draft = draft_lesson(stem, title, question, horizon, after)
    draft.write()
    return draft.summary()


def draft_lesson(
    stem: str, title: str, question: str = QUESTION, horizon: str | None = None, after: str | None = None
) -> LessonDraft:
    """Return a new lesson that is to be written.

    Parameters
    ----------
    stem : str
        The name of its files.
    title : str
        The title, as on screen.
    question : str, optional
        The question that it answers, as on screen.
    horizon : str or None, optional
        The last day whose events it uses, ISO; without it the lesson begins at the end of 2024 and goes on.
    after : str or None, optional
        The lesson it follows, else the last one that stands at a horizon, or the last one.

    Returns
    -------
    LessonDraft
        The texts of its files.

    Raises
    ------
    CourseError
        Where it cannot be.
    """
    if paths.LESSONS.is_relative_to(paths.PACKAGE):
        raise CourseError(
            "New lessons are written into the source of the course, not into the installed package. "
            "Fetch the source."
        )
    title, question = _require_line(title, "title"), _require_line(question, "question")
    day = _require_horizon(horizon) if horizon else None
    _require_name(stem)
    _require_free(stem)
    listed, place = _syllabus_with(stem, _lesson_before(day, after))
    facts = lesson_facts(stem, title, question, day)
    recalled = "".join(f'    "{stem[:2]}-{name}",\n' for name in RECALLED)
    recall = (paths.LESSONS / "recall.toml").read_text(encoding="utf-8")
    return LessonDraft(
        stem,
        place,
        notebook=lesson_notebook_text(facts),
        bank=bank_text(facts),
        syllabus=listed,
        recall=f'{recall}"{stem[:2]}" = [\n{recalled}]\n',
    )


def _lesson_files() -> list[Path]:
    return [*sorted(paths.LESSONS.glob("*.ipynb")), *sorted(paths.ITEMS.glob("*.toml"))]


def _require_line(text: str, what: str) -> str:
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise CourseError(
            f"The {what} is one line of 1 to {_LONGEST} characters; this has {len(text)}"
            f"{'' if text.isprintable() else ', one of which cannot be shown'}."
        )
    return text


def _require_horizon(text: str) -> str:
    try:
        day = dates.day(text).isoformat()
    except EvidenceError as error:
        raise CourseError(str(error)) from None
    # Verdicts are given from this day on.
    first = course.first_day()
    if day < first:
        raise CourseError(
            f"A horizon before {dates.english_date(first)} leaves no verdict on any claim; {day} was given. "
            f"Give {first}, or a later day."
        )
    if day[:7] > evidence.edition()["as_of"]:
        end = dates.english_date(evidence.edition()["as_of"])
        raise CourseError(
            f"The evidence ends about {end}, so a horizon at {day} would hide nothing. Leave --horizon out."
        )
    return day


def _require_name(stem: str) -> None:
    if not syllabus.STEM.fullmatch(stem):
        raise CourseError(
            f"{stem!r} cannot be the name of a lesson. It is two digits, then words in small letters, with _ "
            "between them, like 12_bread_prices."
        )


def _require_free(stem: str) -> None:
    """Raise where a lesson has this name or number."""
    stems = sorted({path.stem for path in _lesson_files()})
    if stem in stems:
        raise _stem_taken(stem)
    numbers = {known[:2]: known for known in reversed(stems)}
    if stem[:2] in numbers:
        free = next((n for n in range(1, 100) if f"{n:02}" not in numbers), None)
        raise CourseError(
            f"The number {stem[:2]} belongs to {numbers[stem[:2]]}, and the ids of its questions begin with "
            "it. "
            + (f"Free is {free:02}{stem[2:]}. " if free else "No number is free. ")
            + "What students see is the place in the list, not this number."
        )


def _stem_taken(stem: str) -> CourseError:
    return CourseError(f"There is a lesson {stem} already. Nothing was written; choose another name.")


def _lesson_before(horizon: str | None, after: str | None) -> str | None:
    """Return the lesson that a new one follows, or None where it is the first."""
    listed = syllabus.stems()
    if after is not None and after not in listed:
        raise CourseError(nearest(after, listed, "lesson"))
    if after is None and horizon:
        after = next((stem for stem in reversed(listed) if course.bank(stem).horizon), None)
    elif after is None:
        after = listed[-1]
    place = listed.index(after) + 1 if after else 0
    forecasting = next((stem for stem in listed[place:] if _asks_forecasts(stem)), None)
    if forecasting and (horizon or _NEVER) > course.first_day():
        raise CourseError(
            f"There the lesson would stand before {forecasting}, whose forecasts it may give away. Add "
            f"--horizon {course.first_day()}, or put it later with --after."
        )
    return after


def _asks_forecasts(stem: str) -> bool:
    return any(isinstance(item, items.Probability) for item in course.bank(stem).items)


def _syllabus_with(stem: str, after: str | None) -> tuple[str, int]:
    """Return the text of the list of lessons with the new one in it, and its place from 1."""
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
    stems = syllabus.parse_syllabus(new, files, files)
    if new == text or stem not in stems:
        raise CourseError(
            f"{syllabus.LIST} has not one line for each lesson, so nothing can be put in. "
            "Write it as in the comment at its head, then try again."
        )
    return new, stems.index(stem) + 1
