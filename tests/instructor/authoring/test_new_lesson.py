"""A new lesson passes every test of content as it is, and nothing is overwritten."""

import os
import shutil
import subprocess
import sys

import pytest

from course_lib import items, paths
from course_lib.curriculum import course
from course_lib.errors import CourseError
from course_lib.instructor.authoring import new_lesson
from course_lib.items.advice import advice

NEW = "12_bread_prices"
STANDING = "13_salt"
PARTS = ("course_lib", "data", "lessons", "tests", "pyproject.toml")
MAKE = """
from course_lib.instructor.authoring import new_lesson
print(*new_lesson.write_lesson("12_bread_prices", 'Bread, "prices" and C#', after="09_precedent"), sep="\\n")
print(*new_lesson.write_lesson("13_salt", "Salt", "Who counts?", horizon="2024-12-31"), sep="\\n")
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the checkout with two new lessons in it, the environment to run it, and what was said."""
    folder = tmp_path_factory.mktemp("copy") / "course"
    for name in PARTS:
        source = paths.CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, folder / name)
    for page in paths.CHECKOUT.glob("*.md"):
        shutil.copy(page, folder)
    # The kernels of the tests import the copy too.
    settings = {**os.environ, "PYTHONPATH": str(folder), "COURSE_HOME": str(folder)}
    command = [sys.executable, "-c", MAKE]
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder, settings, done.stdout


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Lessons of the course that a test may add to."""
    lessons = tmp_path / "lessons"
    shutil.copytree(paths.LESSONS, lessons)
    monkeypatch.setattr(paths, "LESSONS", lessons)
    monkeypatch.setattr(paths, "ITEMS", lessons / "items")
    return lessons


def test_what_was_made_is_said(copy):
    """Files, place and what to do next."""
    assert copy[2].splitlines()[:3] == [
        f"Written: lessons/{NEW}.ipynb and lessons/items/{NEW}.toml.",
        "Entered into lessons/course.toml as lesson 10, and four of its questions into lessons/recall.toml.",
        "It runs as it is. Replace everything marked (Placeholder), then: "
        f"python3 -m course_lib test -- tests/content -k {NEW}",
    ]
    assert copy[2].splitlines()[4].startswith("Entered into lessons/course.toml as lesson 6, ")


def test_what_is_to_be_replaced_is_marked_in_the_new_files_only(copy):
    """Both files of each new lesson have the mark, and no other file of the course."""
    lessons = copy[0] / "lessons"
    files = [*sorted(lessons.glob("*.ipynb")), *sorted((lessons / "items").glob("*.toml"))]
    marked = [path.name for path in files if new_lesson.MARK in path.read_text(encoding="utf-8")]
    assert marked == [f"{NEW}.ipynb", f"{STANDING}.ipynb", f"{NEW}.toml", f"{STANDING}.toml"]


@pytest.mark.parametrize("stem", [NEW, STANDING])
def test_a_new_lesson_passes_the_tests_of_content(copy, stem):
    """Those that the command runs by its name, its own cells, and what recall and the schema ask."""
    where, settings, _ = copy
    files = [
        "tests/content",
        "tests/student/test_recall.py",
        "tests/items/test_schema.py",
        f"lessons/{stem}.ipynb",
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files, "-k", stem]
    done = subprocess.run(command, cwd=where, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "skipped" not in done.stdout.splitlines()[-1]
    listed = [*command, "--collect-only"]
    found = subprocess.run(listed, cwd=where, env=settings, capture_output=True, text=True, check=False)
    assert "test_nothing_a_lesson_shows_is_later_than_its_horizon" in found.stdout
    half = "test_the_first_half_of_a_lesson_stands_at_the_horizon" in found.stdout
    assert half == (stem == NEW)
    assert f"lessons/{stem}.ipynb" in found.stdout


def test_what_is_left_to_replace_fails_in_the_copy(copy):
    """Nobody can hand out a course with such a text in it unnoticed."""
    where, settings, _ = copy
    asked = "test_no_text_that_is_to_be_replaced or test_what_lessons_say_of_each_other"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/content", "-k", asked]
    done = subprocess.run(command, cwd=where, env=settings, capture_output=True, text=True, check=False)
    assert "2 failed" in done.stdout


def test_the_questions_are_of_many_types_and_bear_no_habit(folder):
    """Twelve at least, six types, and nothing for an experienced writer to remark."""
    new_lesson.write_lesson(NEW, "Bread")
    bank = course.bank(NEW)
    assert len(bank.items) == 14
    assert {type(item) for item in bank.items} >= {
        items.Single,
        items.Multiple,
        items.Number,
        items.Grid,
        items.Match,
        items.Order,
        items.Text,
    }
    assert advice(bank, NEW) == []
    assert all(item.stem.startswith(new_lesson.MARK) for item in bank.items)


def test_nothing_is_written_over(folder):
    """A name or a number that is taken is said, and every file stays as it was."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for stem, told in (
        ("03_russia_in_syria", "There is a lesson 03_russia_in_syria already. Nothing was written; "),
        (
            "03_bread",
            "The number 03 belongs to 03_russia_in_syria, and the ids of its questions begin with it. Free "
            "is 12_bread. What students see is the place in the list, not this number.",
        ),
    ):
        with pytest.raises(CourseError) as caught:
            new_lesson.write_lesson(stem, "Bread")
        assert str(caught.value).startswith(told)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_draft_writes_nothing(folder):
    """Its texts can be read before anything is there."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    draft = new_lesson.draft_lesson(NEW, "Bread")
    assert items.load(draft.bank, "bank.toml").title == "Bread"
    assert f'"{NEW}"' in draft.syllabus
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", [f"{NEW}.ipynb", f"items/{NEW}.toml"])
def test_a_file_that_came_to_be_in_the_meantime_stays(folder, name):
    """A draft is checked once more before it is written."""
    draft = new_lesson.draft_lesson(NEW, "Bread")
    (folder / name).write_text("Somebody else's.", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(CourseError, match=f"^There is a lesson {NEW} already. Nothing was written; "):
        draft.write()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", [f"{NEW}.ipynb", f"items/{NEW}.toml"])
def test_a_file_that_came_to_be_after_the_check_stays(folder, monkeypatch, name):
    """Somebody else may write it at the very moment: it is kept, and nothing of the lesson is left."""
    draft = new_lesson.draft_lesson(NEW, "Bread")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def check_too_early(_stem):
        (folder / name).write_text("Somebody else's.", encoding="utf-8")

    monkeypatch.setattr(new_lesson, "_require_free", check_too_early)
    with pytest.raises(CourseError) as caught:
        draft.write()
    assert str(caught.value) == (
        f"There is a lesson {NEW} already. Nothing was written; choose another name."
    )
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert after == before | {folder / name: b"Somebody else's."}


@pytest.mark.parametrize("name", ["recall.toml", "course.toml"])
def test_a_lesson_that_cannot_be_entered_is_not_written(folder, name):
    """Where a list of the course cannot be replaced, the other stays and no file of the lesson is left."""
    draft = new_lesson.draft_lesson(NEW, "Bread")
    (folder / name).unlink()
    (folder / name).mkdir()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(OSError, match="directory"):
        draft.write()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "stem", ["", "bread", "1_bread", "12", "12_", "12_Bread", "12-bread", "../12_a", "12_é"]
)
def test_a_name_that_cannot_be_is_told(stem):
    """With what a name looks like."""
    with pytest.raises(CourseError) as caught:
        new_lesson.write_lesson(stem, "Bread")
    assert str(caught.value) == (
        f"{stem!r} cannot be the name of a lesson. It is two digits, then words in small letters, with _ "
        "between them, like 12_bread_prices."
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"title": " "}, "The title is one line of 1 to 100 characters; this has 0."),
        (
            {"title": "a\nb"},
            "The title is one line of 1 to 100 characters; this has 3, one of which cannot be shown.",
        ),
        ({"question": "x" * 101}, "The question is one line of 1 to 100 characters; this has 101."),
        (
            {"horizon": "2024-06-30"},
            "A horizon before 31 December 2024 leaves no verdict on any claim; 2024-06-30 was given. Give "
            "2024-12-31, or a later day.",
        ),
        (
            {"horizon": "2030-01-01"},
            "The evidence ends about March 2026, so a horizon at 2030-01-01 would hide nothing. Leave "
            "--horizon out.",
        ),
        (
            {"after": "02_behind_the_byline"},
            "There the lesson would stand before 05_the_dialogue, whose forecasts it may give away. Add "
            "--horizon 2024-12-31, or put it later with --after.",
        ),
    ],
)
def test_what_cannot_be_made_is_told(folder, given, told):
    """One sentence, and no file."""
    with pytest.raises(CourseError) as caught:
        new_lesson.write_lesson(NEW, **{"title": "Bread", **given})
    assert str(caught.value) == told
    assert not (folder / f"{NEW}.ipynb").exists()


def test_an_unknown_neighbour_or_day_is_told(folder):
    """With the nearest names, or what a day looks like."""
    with pytest.raises(CourseError, match="^There is no lesson '09_preceden'. Did you mean '09_precedent'"):
        new_lesson.write_lesson(NEW, "Bread", after="09_preceden")
    with pytest.raises(CourseError, match="2024-13-01"):
        new_lesson.write_lesson(NEW, "Bread", horizon="2024-13-01")


def test_a_list_on_one_line_is_left_alone(folder):
    """What cannot be entered safely is said, and nothing is written."""
    (folder / "course.toml").write_text('lessons = ["05_the_dialogue", "09_precedent"]\n', encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        new_lesson.write_lesson(NEW, "Bread")
    assert str(caught.value) == (
        "lessons/course.toml has not one line for each lesson, so nothing can be put in. Write it as in the "
        "comment at its head, then try again."
    )
    assert not (folder / f"{NEW}.ipynb").exists()
    assert NEW not in (folder / "recall.toml").read_text(encoding="utf-8")


def test_an_installed_package_is_not_written_to(monkeypatch):
    """The source is."""
    monkeypatch.setattr(paths, "LESSONS", paths.PACKAGE / "_course" / "lessons")
    with pytest.raises(CourseError) as caught:
        new_lesson.write_lesson(NEW, "Bread")
    assert str(caught.value) == (
        "New lessons are written into the source of the course, not into the installed package. "
        "Fetch the source."
    )
