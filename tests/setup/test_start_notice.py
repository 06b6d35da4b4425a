"""What the course home tells of the last start."""

import re

import pytest

from course_lib import overview, paths
from course_lib.curriculum import course
from course_lib.setup.start_notice import start_notices
from course_lib.setup.start_report import VARIABLE, StartReport

FIRST, SECOND, THIRD, *_ = (f"{stem}.ipynb" for stem in course.stems())


@pytest.fixture
def told(monkeypatch, tmp_path):
    """A function that gives what is told of a report, without tags."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    (tmp_path / "lessons").mkdir()

    def tell(**fields):
        monkeypatch.setenv(VARIABLE, StartReport(**fields).environment({})[VARIABLE])
        return [re.sub(r"<[^>]+>", "", sentence) for sentence in start_notices()]

    return tell


def test_nothing_is_told_where_nothing_was_done(told, monkeypatch):
    """Nor where there was no start, as in a checkout opened by hand."""
    assert told() == []
    monkeypatch.delenv(VARIABLE)
    assert start_notices() == []
    assert 'role="note"' not in overview()._repr_html_()


def test_what_was_updated_is_told_by_the_titles_of_lessons(told):
    """The home is one of them; a file that is no lesson is told by its name."""
    assert told(updated=[FIRST]) == [
        "There is a new edition of 01 Reading the article. You had not changed it, so the new one has "
        "taken its place; run it again to see its results. Your answers are kept."
    ]
    assert told(updated=["index.ipynb", "<b>.ipynb"]) == [
        "There are new editions of Course home, &lt;b&gt;.ipynb. You had not changed them, so the new ones "
        "have taken their places; run them again to see their results. Your answers are kept."
    ]


def test_the_new_edition_beside_a_changed_lesson_is_a_link_while_it_is_there(told):
    """Its address can hold spaces; whoever took it away hears no more of it."""
    edition = "02_behind_the_byline (new edition).ipynb"
    assert told(kept={SECOND: edition}) == []
    (paths.home() / "lessons" / edition).touch()
    assert told(kept={SECOND: edition}) == [
        "You changed 02 Behind the byline, so it is as you left it. "
        f"The new edition lies beside it: {edition}."
    ]
    assert 'href="02_behind_the_byline%20%28new%20edition%29.ipynb"' in start_notices()[0]


def test_what_was_no_notebook_is_told_with_the_name_it_is_kept_under(told):
    """While it is there."""
    (paths.home() / "lessons" / "x (damaged).ipynb").touch()
    assert told(set_aside={THIRD: "x (damaged).ipynb", FIRST: "gone.ipynb"}) == [
        "What lay in the place of 03 Russia in Syria was no notebook any more. "
        "It is kept as x (damaged).ipynb, and the lesson is whole again."
    ]


def test_what_could_not_be_written_is_told_with_what_to_do(told):
    """A full disk in other words than a folder that cannot be written to."""
    assert told(full=True) == [
        "The disk is full, or what you may use of it, so answers may not be kept. "
        "Delete what you do not need, then start the course again."
    ]
    assert told(full=True, unwritten=[THIRD]) == [
        "The disk is full, or what you may use of it, so answers may not be kept, and these could not be "
        "brought up to date: 03 Russia in Syria. Delete what you do not need, then start the course again."
    ]
    assert told(unwritten=[THIRD]) == [
        "03 Russia in Syria could not be brought up to date. Close other programs that have it open, "
        "look whether its folder is yours to write to, then start the course again."
    ]
    assert told(unwritten=[FIRST, THIRD]) == [
        "These could not be brought up to date: 01 Reading the article, 03 Russia in Syria. Close other "
        "programs that have them open, look whether their folder is yours to write to, "
        "then start the course again."
    ]


def test_the_home_shows_it_before_the_next_step(told):
    """In a box."""
    told(updated=[FIRST])
    shown = overview()._repr_html_()
    assert (
        0
        < shown.index('<div role="note"')
        < shown.index("There is a new edition")
        < shown.index("course-step")
    )
