"""What lessons say of each other by number, and what they give away, held against the list of lessons."""

import json
import re

from course_lib import items, paths
from course_lib.curriculum import course

_LINK = re.compile(r"\[([^\]]*)\]\((\d\d_\w+)\.ipynb\)")
_SAID = re.compile(r"\b[Ll]essons? (\d+(?:(?:, | and | to )\d+)*)\b")
_LAST = re.compile(r"\b[Tt]he last lesson\b")


def stale_references():
    """Return the places that no longer fit the list of lessons, one sentence each.

    A number with a link is held against the lesson it leads to. A number without one is taken for the number
    in the lesson's file name, which was its place when the text was written.
    """
    said = [f"{where}: {told}" for where, text, linked in _texts() for told in _amiss(text, linked)]
    return [*_giving_away(), *said]


def _giving_away():
    """Yield a sentence for each lesson before the forecasts that stands at no horizon, or at a later one."""
    asking = None
    for stem in reversed(course.stems()):
        bank = course.bank(stem)
        if asking and (bank.horizon or "9999") > (asking.horizon or "9999"):
            yield (
                f"lessons/course.toml: {stem} stands before {asking.lesson}, whose forecasts it may give "
                f"away. Put it after that line."
            )
        if any(isinstance(item, items.Probability) for item in bank.items):
            asking = bank


def _texts():
    """Yield each text that may speak of a lesson: where it stands, what it says, whether links work there."""
    for stem in ("index", *course.stems()):
        book = json.loads((paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"))
        for cell in book["cells"]:
            if cell["cell_type"] == "markdown":
                yield f"lessons/{stem}.ipynb, cell {cell['id']!r}", "".join(cell["source"]), True
    files = [paths.bank(stem) for stem in course.stems()]
    for path in (*files, paths.LESSONS / "glossary.toml"):
        name = path.relative_to(paths.LESSONS.parent).as_posix()
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{name}, line {at}", line, False


def _amiss(text, linked):
    for words, stem in _LINK.findall(text):
        number, said = course.lesson_number(stem), _SAID.search(words)
        if number is None:
            yield f"links to {stem}.ipynb, which is not in the list. Take the link out."
        elif said and said[1] != str(number):
            yield f"says “{words}” of {stem}, which is lesson {number} now. Write {number}."
    known = {int(stem[:2]): stem for stem in course.all_stems()}
    for said in _SAID.finditer(_LINK.sub("", text)):
        meant = [known[number] for number in _numbers(said[1]) if number in known]
        now = [course.lesson_number(stem) for stem in meant]
        gone = [stem for stem, number in zip(meant, now, strict=True) if number is None]
        if gone:
            verb = "is" if len(gone) == 1 else "are"
            yield f"says “{said[0]}”, but {', '.join(gone)} {verb} not in the list. Take that out."
        elif meant and set(now) != set(_numbers(said[1])):
            link = linked and len(now) == 1 and f", or write [lesson {now[0]}]({meant[0]}.ipynb)"
            is_now = f"{meant[0]} is lesson {now[0]}" if len(now) == 1 else f"these are {_lessons(now)}"
            yield f"says “{said[0]}”, but {is_now} now. Name the lesson by its title{link or ''}."
    if _LAST.search(text) and (final := _final()) and course.stems()[-1] != final:
        yield f"says “the last lesson” and means {final}. Name it by its title."


def _lessons(numbers):
    """Return the numbers of several lessons in words."""
    *head, last = sorted(numbers)
    row = len(head) > 1 and last - head[0] == len(head)
    return f"lessons {head[0]} to {last}" if row else f"lessons {', '.join(map(str, head))} and {last}"


def _final():
    """Return the lesson that has the test after the course, which was written as the last one."""
    for stem in course.all_stems():
        if "lesson.posttest()" in (paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"):
            return stem
    return None


def _numbers(said):
    """Return the numbers in a text like "1, 3 and 5" or "1 to 5"."""
    numbers = [int(one) for one in re.findall(r"\d+", said)]
    return list(range(numbers[0], numbers[-1] + 1)) if " to " in said else numbers
