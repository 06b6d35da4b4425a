"""Lessons to export, exports as readers of other people see them, and answers to compare scores by."""

import io
import itertools
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from course_lib import evidence, items
from course_lib.curriculum import course
from course_lib.instructor import export
from course_lib.instructor.export.lessons import ExportedLesson

BANK = Path(__file__).with_name("instructor") / "export" / "export.toml"


def lesson_of_every_type():
    """The lesson with every type in every form."""
    bank = items.load(BANK.read_text(encoding="utf-8"), BANK.name, evidence.registered_keys())
    return ExportedLesson("98_exchange", "98 Bread / cake", bank)


def all_lessons():
    """All lessons of the course, the two tests, and the one with every type."""
    return [*export.select_lessons([*course.stems(), "before", "after"]), lesson_of_every_type()]


def single_question_lesson(item, **more):
    """A lesson with one question."""
    told = {"lesson": "98_x", "title": "X", "question": "?", "minutes": 1, "activity_minutes": 0}
    return ExportedLesson("98_x", "98 X", items.Bank(items=[item], **told, **more))


def unzip(data):
    """The files of a package: a dict from path to bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def local_name(tag):
    """A tag without its namespace."""
    return tag.split("}")[-1]


def sample_answers(item):
    """Answers of all kinds, as `items.grade` takes them: right, wrong, and in part right."""
    match item:
        case items.Single():
            return list(range(len(item.option)))
        case items.Multiple():
            places = range(len(item.option))
            return [
                list(some) for n in range(1, len(places) + 1) for some in itertools.combinations(places, n)
            ]
        case items.Number():
            # Written out, so that no reader has to know of exponents.
            near = [item.answer, item.answer + item.tolerance, item.answer - item.tolerance]
            other = item.bounds[0] if item.bounds else 987654
            known = [*near, *(other.value for other in [*item.mistake, *item.also]), other]
            ends = [end for rule in item.rule for end in (rule.value, rule.low, rule.high) if end is not None]
            # On each end, where rounding begins and ends, and between.
            known += [end + step for end in ends for step in (0, -1e-4, 1e-4, -0.006, 0.006, -0.6, 0.6)]
            return [f"{value:.10f}".rstrip("0").rstrip(".") for value in known]
        case items.Word():
            return [*(accepted.text for accepted in item.answer), "zzz"]
        case items.Grid() | items.Match():
            key = items.key_answer(item)
            wrong = [(place + 1) % len(item.choices) for place in key]
            half = len(key) // 2
            return [key, wrong, [*key[:half], *wrong[half:]], [key[0], *[None] * (len(key) - 1)]]
        case items.Matrix():
            key = items.key_answer(item)
            wrong = [[(place + 1) % len(item.choices) for place in row] for row in key]
            return [
                key,
                wrong,
                [key[0], *wrong[1:]],
                [[row[0], *other[1:]] for row, other in zip(key, wrong, strict=True)],
            ]
        case items.Order():
            key = items.key_answer(item)
            return [key, key[::-1], [key[1], key[0], *key[2:]], [*key[2:], *key[:2]]]
    return []


def parse_xml(data):
    """The root of an XML file."""
    return ElementTree.fromstring(data)
