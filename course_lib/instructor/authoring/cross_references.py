"""What lessons say of each other by number, and what they give away, held against the list of lessons."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from course_lib import items, paths
from course_lib.curriculum import course, syllabus
from course_lib.instructor.notebooks import read_notebook

_LINK = re.compile(r"\[([^\]]*)\]\((\d\d_\w+)\.ipynb\)")
_NUMBERED = re.compile(r"\b[Ll]essons? (\d+(?:(?:, | and | to )\d+)*)\b")
_LAST = re.compile(r"\b[Tt]he last lesson\b")
# Later than any day, for a lesson without a horizon.
_NEVER = "9999"


class _TextOfLesson(NamedTuple):
    """A text that may speak of a lesson: where it stands, what it says, whether links work there."""

    where: str
    text: str
    has_links: bool


def stale_references() -> list[str]:
    """Return the places that no longer fit the list of lessons.

    A number with a link is held against the lesson it leads to. A number without one is taken for the number
    in the lesson's file name, which was its place when the text was written.

    Returns
    -------
    list of str
        One sentence each.
    """
    stale = [f"{text.where}: {fault}" for text in _lesson_texts() for fault in _faults(text)]
    return [*_spoilers(), *stale]


def _spoilers() -> Iterator[str]:
    """Yield a sentence for each lesson before the forecasts that stands at no horizon, or at a later one."""
    forecasting: items.Bank | None = None
    for stem in reversed(syllabus.stems()):
        bank = course.bank(stem)
        if forecasting and (bank.horizon or _NEVER) > (forecasting.horizon or _NEVER):
            yield (
                f"lessons/course.toml: {stem} stands before {forecasting.lesson}, whose forecasts it may "
                "give away. Put it after that line."
            )
        if any(isinstance(item, items.Probability) for item in bank.items):
            forecasting = bank


def _lesson_texts() -> Iterator[_TextOfLesson]:
    stems = syllabus.stems()
    for stem in ("index", *stems):
        for cell in read_notebook(paths.LESSONS / f"{stem}.ipynb").cells:
            if cell.cell_type == "markdown":
                yield _TextOfLesson(f"lessons/{stem}.ipynb, cell {cell.id!r}", cell.text, True)
    for path in (*map(paths.bank_file, stems), paths.LESSONS / "glossary.toml"):
        name = path.relative_to(paths.LESSONS.parent).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield _TextOfLesson(f"{name}, line {number}", line, False)


def _faults(part: _TextOfLesson) -> Iterator[str]:
    yield from _link_faults(part.text)
    yield from _number_faults(_LINK.sub("", part.text), part.has_links)
    final = _final_lesson() if _LAST.search(part.text) else None
    if final and syllabus.stems()[-1] != final:
        yield f"says “the last lesson” and means {final}. Name it by its title."


def _link_faults(text: str) -> Iterator[str]:
    for words, stem in _LINK.findall(text):
        number, named = syllabus.lesson_number(stem), _NUMBERED.search(words)
        if number is None:
            yield f"links to {stem}.ipynb, which is not in the list. Take the link out."
        elif named and named[1] != str(number):
            yield f"says “{words}” of {stem}, which is lesson {number} now. Write {number}."


def _number_faults(text: str, has_links: bool) -> Iterator[str]:
    known = {int(stem[:2]): stem for stem in syllabus.all_stems()}
    for named in _NUMBERED.finditer(text):
        meant = [known[number] for number in _numbers(named[1]) if number in known]
        places = {stem: syllabus.lesson_number(stem) for stem in meant}
        now = [number for number in places.values() if number is not None]
        gone = [stem for stem in meant if places[stem] is None]
        if gone:
            verb = "is" if len(gone) == 1 else "are"
            yield f"says “{named[0]}”, but {', '.join(gone)} {verb} not in the list. Take that out."
        elif meant and set(now) != set(_numbers(named[1])):
            alone = len(meant) == 1
            link = f", or write [lesson {now[0]}]({meant[0]}.ipynb)" if has_links and alone else ""
            is_now = f"{meant[0]} is lesson {now[0]}" if alone else f"these are {_lessons_phrase(now)}"
            yield f"says “{named[0]}”, but {is_now} now. Name the lesson by its title{link}."


def _lessons_phrase(numbers: Sequence[int]) -> str:
    """Return the numbers of several lessons in words."""
    *head, last = sorted(numbers)
    row = len(head) > 1 and last - head[0] == len(head)
    return f"lessons {head[0]} to {last}" if row else f"lessons {', '.join(map(str, head))} and {last}"


def _final_lesson() -> str | None:
    """Return the lesson that has the test after the course, which was written as the last one."""
    for stem in syllabus.all_stems():
        if "lesson.posttest()" in (paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"):
            return stem
    return None


def _numbers(text: str) -> list[int]:
    """Return the numbers in a text like "1, 3 and 5" or "1 to 5"."""
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    return list(range(numbers[0], numbers[-1] + 1)) if " to " in text else numbers
