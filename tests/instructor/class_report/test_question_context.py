"""Where questions stand: read from the notebooks, and calm about notebooks that are not as they should be."""

import json

import pytest

from course_lib import paths
from course_lib.curriculum import course
from course_lib.instructor.class_report import question_context
from course_lib.instructor.notebooks import parse_notebook


def contexts(*cells):
    """Where checks stand among cells: a text is code, a pair has code and its tags, a list is Markdown."""
    book = []
    for cell in cells:
        source, tags = cell if isinstance(cell, tuple) else (cell, [])
        kind = "markdown" if isinstance(source, list) else "code"
        text = source[0] if isinstance(source, list) else source
        book.append({"cell_type": kind, "source": [text], "metadata": {"tags": tags}})
    return question_context.notebook_contexts(parse_notebook(json.dumps({"cells": book})))


@pytest.mark.parametrize("stem", course.stems())
def test_every_check_of_a_lesson_is_found(stem):
    """With a heading; what is asked in a lesson can be led back to its text."""
    found = question_context.question_contexts(stem)
    checks = {item.check for item in course.bank(stem).items}
    assert checks - found.keys() <= {"forecasts"}
    assert all(found[check].heading for check in checks & found.keys())


def test_the_chart_before_a_check_is_the_one_in_the_notebook():
    """Three that were looked up by hand: a chart, one with controls, none."""
    found = question_context.question_contexts("03_russia_in_syria")
    assert found["vetoes"].chart == "vetoes by theme"
    assert found["vetoes"].heading == "The first tool: the veto"
    assert found["events"].chart == "timeline"
    assert found["territory"].chart == "territory"
    assert found["claims"].chart == ""
    assert found["recall"].chart == ""


def test_a_printed_number_may_stand_between_a_table_may_not():
    """And neither may a heading, another check or an unknown chart."""
    chart, kept = "charts.timeline(events)", ("print(1)", ["nbval-check-output"])
    check = 'lesson.check("one")'
    assert contexts(chart, kept, check)["one"].chart == "timeline"
    assert contexts("explorer.network(ties)", ["Read."], check)["one"].chart == "network"
    assert contexts(chart, "lesson.show(table)", check)["one"].chart == ""
    assert contexts(chart, ["## Next"], check)["one"].chart == ""
    assert contexts(chart, 'lesson.check("zero")', check)["one"].chart == ""
    assert contexts("charts.byline.FEATURES", "charts.nothing(1)", check)["one"].chart == ""


def test_the_text_before_is_that_of_the_section():
    """In passages; tables and code are none, and a list has one for each line."""
    found = contexts(
        ["## Old\n\nLong ago."],
        ["## New\n\nFirst line\nof two.\n\n| a |\n|---|\n\n- **One.** It.\n- Two."],
        'lesson.check("one")',
    )
    assert found["one"].heading == "New"
    assert found["one"].passages == ("First line of two.", "**One.** It.", "Two.")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": [{}]}', '{"cells": 3}', "\udcff"])
def test_a_notebook_that_cannot_be_read_has_no_places(tmp_path, monkeypatch, text):
    """Nor has one that is not there."""
    monkeypatch.setattr(paths, "LESSONS", tmp_path)
    (tmp_path / "78_bad.ipynb").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert question_context.question_contexts("78_bad") == {}
    assert question_context.question_contexts("79_none") == {}


def test_a_notebook_that_has_changed_is_read_anew(tmp_path, monkeypatch):
    """An author sees what the lesson says now."""
    monkeypatch.setattr(paths, "LESSONS", tmp_path)
    for name in ("one", "another"):
        cell = {"cell_type": "code", "source": [f'lesson.check("{name}")']}
        (tmp_path / "77_made.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
        assert list(question_context.question_contexts("77_made")) == [name]


def test_what_is_told_of_the_text_has_to_do_with_the_question(bank):
    """The passage that shares its rare words; nothing where none shares enough."""
    item = next(one for one in course.bank("03_russia_in_syria").items if one.id == "03-vetoes-alone")
    found = question_context.related_sentences(
        item, question_context.question_contexts("03_russia_in_syria")["vetoes"].passages
    )
    assert found.startswith("Before aircraft, Russia used its vote.")
    assert question_context.related_sentences(item, ("Bread is baked in the morning.",)) == ""
    assert question_context.related_sentences(bank.items[0], ()) == ""
