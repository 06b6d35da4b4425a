"""The course home in a real JupyterLab: the next step by keyboard, what comes back, and how it looks."""

import json
import shutil
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from lab_driver import IDLE, running_lab

from course_lib import items
from course_lib.curriculum import course
from course_lib.student.events import FORMAT
from course_lib.student.progress import Progress

pytest.importorskip("playwright")

SECOND = course.stems()[1]
WRONG = "01-recall-verdict"
OPENED = "() => window.jupyterapp.shell.currentWidget.context?.path"


def _answered(base):
    """Give the student an answered first lesson, with one question answered wrongly the day before."""
    shutil.rmtree(base / "my_work", ignore_errors=True)
    at = (datetime.now(UTC) - timedelta(days=1, minutes=5)).isoformat(timespec="milliseconds")
    told = [
        {
            "uid": uuid.uuid4().hex,
            "at": at,
            "item": one.id,
            "version": one.version,
            "kind": "answer",
            "answer": None,
            "score": None,
            "state": "not_yet" if one.id == WRONG else "right",
            "attempt": 1,
            "sure": None,
        }
        for one in course.bank("01_reading_the_article").items
    ]
    Progress(base / "my_work" / "progress.sqlite").restore(
        json.dumps({"format": FORMAT, "form": 1, "events": told})
    )


@pytest.fixture
def page(at_desk, lab):
    """A function that opens the home of a student who has done one lesson."""

    def opened(**how):
        _answered(lab[0])
        one = at_desk(stem="index", **how)
        one.run_all()
        return one

    return opened


def _to_the_step(page):
    """Reach the button with the Tab key alone, from the first link of the page."""
    page.locator(".jp-RenderedMarkdown a").first.focus()
    step = page.locator("a.course-step")
    for _ in range(40):
        page.keyboard.press("Tab")
        if step.evaluate("(one) => one === document.activeElement"):
            return step
    raise AssertionError("the Tab key does not reach the next step")


def test_the_keyboard_opens_the_next_step(page):
    """Tab reaches the button, which then has a frame; Enter opens the lesson in the same window."""
    home = page()
    step = _to_the_step(home.page)
    assert step.inner_text().startswith("Begin lesson 02: ")
    assert step.evaluate("(one) => getComputedStyle(one).outlineWidth") == "3px"
    home.page.keyboard.press("Enter")
    home.page.wait_for_function(f"() => ({OPENED})() === 'lessons/{SECOND}.ipynb'")
    assert home.page.url.endswith(f"/doc/tree/lessons/{SECOND}.ipynb")
    assert len(home.page.context.pages) == 1
    home.page.wait_for_function(IDLE)


@pytest.mark.parametrize("prefix", ["/", "/hub/someone/"])
def test_the_next_step_opens_in_place_under_any_address(browser, tmp_path, prefix):
    """In the full desk the lesson opens beside the home, also where the server has a base address."""
    with running_lab(tmp_path / "lab", prefix) as (base, address):
        _answered(base)
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/lab/tree/lessons/index.ipynb?token=t&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_function(f"() => ({OPENED})() === 'lessons/index.ipynb'")
        page.wait_for_function(IDLE)
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.locator("a.course-step").press("Enter")
        page.wait_for_function(f"() => ({OPENED})() === 'lessons/{SECOND}.ipynb'")
        assert len(page.context.pages) == 1
        page.close()


def test_a_question_that_comes_back_is_answered_and_gone(page):
    """It stands there without yesterday's answer; answered right it is gone when the cell is run again."""
    from playwright.sync_api import expect

    home = page()
    form = home.form("What has been found?")
    expect(form.get_by_role("radio", checked=True)).to_have_count(0)
    expect(form.locator(".cq-verdict")).to_have_count(0)
    item = next(one for one in course.bank("01_reading_the_article").items if one.id == WRONG)
    form.get_by_role("radio").nth(items.key_answer(item)).focus()
    home.page.keyboard.press("Space")
    form.get_by_role("button", name="Check").press("Enter")
    expect(form.locator(".cq-verdict")).to_have_text("✓ Right")
    home.run_all()
    expect(home.page.get_by_text("Nothing to answer again today. 1 question will come back")).to_be_visible()
    expect(home.page.locator(".cq form", has_text="What has been found?")).to_have_count(0)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_on_the_home_page(page, theme):
    """With the warning for Binder, bars, button and a question; the button's contrast is really checked."""
    from axe_playwright_python.sync_playwright import Axe

    home = page(height=6_000)
    home.theme(theme)
    warn = "import os; os.environ['BINDER_LAUNCH_HOST'] = 'x'"
    home.page.evaluate(
        """async (code) => {
          const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
          await kernel.requestExecute({ code, store_history: false }).done;
        }""",
        warn,
    )
    home.run_all()
    home.page.get_by_text("Your answers are not safe here.").wait_for()
    home.page.evaluate("() => { document.body.style.height = '100vh'; }")
    wanted = {"resultTypes": ["violations", "passes"]}
    found = Axe().run(home.page, context=".jp-OutputArea-output", options=wanted).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    checked = [
        node["html"] for one in found["passes"] if one["id"] == "color-contrast" for node in one["nodes"]
    ]
    assert any("course-step" in html for html in checked)
    assert len(checked) > 30


def test_the_home_page_fits_a_narrow_window(page):
    """At 420 pixels nothing that is shown is wider than its place."""
    home = page(width=420)
    wide = """() => [...document.querySelectorAll('.jp-OutputArea-output')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.slice(0, 60))"""
    assert home.page.evaluate(wide) == []
