"""What the course consists of follows its files, and what the library needs of it is found by role."""

import shutil
from collections import Counter
from typing import get_args

import pytest

from course_lib import items, paths
from course_lib.curriculum import course, syllabus

SCORED = "10_the_gamble_scored"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the lessons that a test may change."""
    lessons = tmp_path / "lessons"
    shutil.copytree(paths.LESSONS, lessons)
    monkeypatch.setattr(paths, "LESSONS", lessons)
    monkeypatch.setattr(paths, "ITEMS", lessons / "items")
    return lessons


def test_every_role_is_one_question_s():
    """What the library needs is there, once in the whole course; a shared role may be several questions'."""
    roles = Counter(item.role for stem in course.stems() for item in course.bank(stem).items if item.role)
    assert roles.keys() == set(get_args(items.Role)) - {""}
    assert {role for role, count in roles.items() if count > 1} == items.SHARED_ROLES
    options = [
        option.role
        for stem in course.stems()
        for item in course.bank(stem).items
        for option in getattr(item, "option", ())
        if option.role
    ]
    assert sorted(options) == sorted(set(get_args(items.OptionRole)) - {""})


def test_a_question_is_found_by_its_role():
    """Whichever lesson asks it, and whatever its id is."""
    item = course.item_with_role("opens_outcomes")
    assert item in course.bank(SCORED).items
    assert item.role == "opens_outcomes"


def test_a_question_of_a_lesson_that_is_not_listed_is_found_too(monkeypatch):
    """An answer that was given while the lesson was listed still counts."""
    listed = tuple(stem for stem in course.stems() if stem != SCORED)
    monkeypatch.setattr(syllabus, "_stems", lambda *_: listed)
    assert course.item_with_role("opens_outcomes") in course.bank(SCORED).items


def test_a_role_that_nobody_has_is_nobody_s(folder):
    """A course without the lesson does without what it asks."""
    (folder / "items" / f"{SCORED}.toml").unlink()
    text = (folder / "course.toml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines(keepends=True) if SCORED not in line]
    (folder / "course.toml").write_text("".join(kept), encoding="utf-8")
    assert course.item_with_role("opens_outcomes") is None


def test_a_role_that_another_lesson_has_is_told(folder):
    """With the question that has it; a shared one is not, nor the bank's own."""
    path = folder / "items" / "09_precedent.toml"
    text = path.read_text(encoding="utf-8")
    name = course.bank("09_precedent").items[0].id
    for role in ("knew_outcomes", "remembered_forecast"):
        path.write_text(text.replace("[[item]]", f'[[item]]\nrole = "{role}"', 1), encoding="utf-8")
        faults, _ = course.examine_bank(path)
        assert faults == [
            f"09_precedent.toml, item '{name}', field 'role': is 'knew_outcomes', which item '10-followed' "
            f"of lesson {SCORED} has already; one of the course can have it."
        ] * (role == "knew_outcomes")
    assert course.examine_bank(folder / "items" / f"{SCORED}.toml")[0] == []


def test_a_file_that_was_changed_is_read_anew(folder):
    """Banks, the list of lessons, the glossary and the questions that come back, without being told."""
    first, second, *_ = course.stems()
    path = folder / "items" / f"{first}.toml"
    before = course.bank(first)
    assert course.bank(first) is before
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'title = "{before.title}"', 'title = "Bread"'), encoding="utf-8")
    assert course.bank(first).title == "Bread"
    listed = (folder / "course.toml").read_text(encoding="utf-8")
    lines = listed.splitlines(keepends=True)
    kept = [line for line in lines if f'"{first}"' not in line]
    assert len(kept) < len(lines)
    (folder / "course.toml").write_text("".join(kept), encoding="utf-8")
    assert course.stems()[0] == second
    assert {item.id for item in before.items} <= course.unlisted_items()
    with (folder / "glossary.toml").open("a", encoding="utf-8") as file:
        file.write('\n"bread price" = "What bread costs."\n')
    assert course.glossary()["bread price"] == "What bread costs."
    (folder / "recall.toml").write_text('"01" = ["01-bread"]\n', encoding="utf-8")
    assert course.standalone_items() == {"01-bread"}


def test_another_folder_has_another_course(folder, monkeypatch):
    """What was read of one is not taken for the other's."""
    first = course.stems()[0]
    path = folder / "items" / f"{first}.toml"
    title = course.bank(first).title
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'title = "{title}"', 'title = "Bread"'), encoding="utf-8")
    assert course.bank(first).title == "Bread"
    monkeypatch.undo()
    assert course.bank(first).title == title
