"""What a list of lessons in another order gives away is told."""

from course_lib import items
from course_lib.curriculum import course, syllabus
from course_lib.instructor.authoring import cross_references

STEMS = course.stems()
(ASKING,) = (
    stem for stem in STEMS if any(isinstance(item, items.Probability) for item in course.bank(stem).items)
)


def test_a_lesson_that_gives_the_forecasts_away_is_named(monkeypatch):
    """It tells of what came later, and stands before the questions about it."""
    at = STEMS.index(ASKING)
    assert not course.bank(STEMS[at + 1]).horizon
    moved = (STEMS[at + 1], *STEMS[: at + 1], *STEMS[at + 2 :])
    monkeypatch.setattr(syllabus, "_stems", lambda *_: moved)
    told = [one for one in cross_references.stale_references() if one.startswith("lessons/course.toml")]
    assert told == [
        f"lessons/course.toml: {STEMS[at + 1]} stands before {ASKING}, whose forecasts it may give away. Put "
        "it after that line."
    ]


def test_lessons_at_the_horizon_may_come_in_any_order(monkeypatch):
    """They know as little as the forecasts may."""
    at = STEMS.index(ASKING)
    monkeypatch.setattr(syllabus, "_stems", lambda *_: (*reversed(STEMS[:at]), *STEMS[at:]))
    assert not [one for one in cross_references.stale_references() if one.startswith("lessons/course.toml")]
