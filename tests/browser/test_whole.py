"""The whole course once through: a student in a real JupyterLab, from the test before to the portfolio."""

import html
import json
import re

import pytest
from lab_driver import running_lab
from student import FORECAST, notebook_done, planned

from course_lib import evidence
from course_lib.curriculum import course
from course_lib.student.progress import Progress


@pytest.fixture(scope="module")
def walk(browser, tmp_path_factory):
    """The student's way through the course: the folder, the plan of every bank, and the portfolio's text."""
    base = tmp_path_factory.mktemp("whole")
    plans = {name: planned(course.form_bank(name)) for name in ("before", "after")}
    plans |= {stem: planned(course.bank(stem)) for stem in course.stems()}
    with running_lab(base) as lab:
        notebook_done(browser, lab, "index", plans["before"], hand_in=True)
        for stem in course.stems()[:-1]:
            notebook_done(browser, lab, stem, plans[stem])
        last = course.stems()[-1]
        portfolio = notebook_done(
            browser, lab, last, plans[last] | plans["after"], hand_in=True, then=_downloaded
        )
        home = notebook_done(browser, lab, "index", {}, then=lambda desk: desk.page.content())
    return base, plans, portfolio, home


def _downloaded(desk):
    with desk.page.expect_download() as coming:
        desk.page.get_by_role(
            "button", name=re.compile("HTML|web page|portfolio", re.IGNORECASE)
        ).first.click()
    return coming.value.path().read_text(encoding="utf-8")


def test_every_answer_of_the_student_is_kept_and_marked(walk):
    """All questions of the course, each with the mark that was expected."""
    base, plans, _, _ = walk
    answers = Progress(base / "my_work" / "progress.sqlite").answers()
    expected = {name: good for plan in plans.values() for name, (_, _, good) in plan.items()}
    assert len(expected) > 230
    assert sorted(expected.keys() - answers.keys()) == []
    wrongly = {
        name: (answers[name].state, good)
        for name, good in expected.items()
        if (answers[name].state == "right") != bool(good)
    }
    assert wrongly == {}


def test_the_home_shows_the_course_done(walk):
    """Every lesson stands there as answered in full, with as many right as expected of what can be."""
    _, plans, _, home = walk
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", home)).split())
    for stem in course.stems():
        count = len(plans[stem])
        marked = [good for _, _, good in plans[stem].values() if good is not None]
        told = f"{course.lesson_number(stem):02} {course.bank(stem).title} {count} of {count} answered"
        told += f", {sum(marked)} of {len(marked)} right" if marked else ""
        assert told in text, stem


def test_the_portfolio_holds_the_students_work_and_scores(walk):
    """The brief and the revised belief in full, and the Brier score as it comes out by hand."""
    _, plans, portfolio, _ = walk
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", portfolio)).split())
    for name in ("11-brief-question", "11-brief-known", "11-brief-change", "10-revised-belief"):
        assert f"Written for {name}." in text, name
    outcomes = evidence.table("forecast_outcomes")["outcome"].value_counts()
    said = FORECAST / 100
    brier = (outcomes["yes"] * (said - 1) ** 2 + outcomes["no"] * said**2) / (
        outcomes["yes"] + outcomes["no"]
    )
    assert f"{brier:.3f}"[:4] in text
    answered = sum(len(plans[stem]) for stem in course.stems())
    assert f"{answered} of {answered}" in text
    assert "http-equiv" in portfolio


def test_the_gain_is_that_of_the_two_tests(walk, monkeypatch):
    """Before and after are taken with the same share right here, so that nothing is gained."""
    from course_lib import pretest_posttest

    base, plans, _, _ = walk
    table = pretest_posttest.objective_scores(Progress(base / "my_work" / "progress.sqlite")).set_index(
        "objective"
    )
    for name in ("before", "after"):
        shares = {}
        for item, _, good in plans[name].values():
            shares.setdefault(item.objective, []).append(bool(good))
        expected = [sum(marks) / len(marks) for _, marks in sorted(shares.items())]
        assert table[name].tolist() == pytest.approx(expected), json.dumps(expected)
