"""Explorers in a real JupyterLab: by keyboard, on a phone, in both themes, without Python."""

import re

import pytest

from course_lib import paths

pytest.importorskip("playwright")

SOURCE = """import sys
sys.path.insert(0, {tests!r})
import gallery
from course_lib import evidence, explorer
explorer.network(evidence.table("relations"))"""
SECOND = 'explorer.timeline(evidence.table("timeline"))'
LOADED = "(image) => image.complete && image.naturalWidth > 300"


def _holding(words):
    """A pattern that holds wherever these words stand."""
    return re.compile(re.escape(words))


@pytest.fixture
def explored(lab, notebook, at_desk):
    """A function that opens a notebook with two explorers and runs it."""
    source = SOURCE.format(tests=str(paths.CHECKOUT / "tests"))
    notebook(lab[0] / "lessons" / "explorers.ipynb", source, SECOND)

    def opened(theme="JupyterLab Light", **how):
        desk = at_desk(stem="explorers", **how)
        desk.theme(theme)
        desk.run_all()
        desk.page.locator(".cx img").first.wait_for()
        return desk

    return opened


def test_arrows_move_the_slider_and_the_picture_follows(explored):
    """Only by keyboard: date, alternative text and what is read out change; the notebook stays as it is."""
    from playwright.sync_api import expect

    desk = explored()
    cells = desk.cells()
    one = desk.page.locator(".cx").first
    expect(one.locator("output")).to_have_text("December 2025")
    before = one.locator("img").get_attribute("src")
    one.get_by_role("slider", name="Date").focus()
    desk.page.keyboard.press("ArrowLeft")
    expect(one.locator("output")).to_have_text("November 2024")
    expect(one.locator("img")).to_have_attribute("alt", _holding("November 2024"))
    expect(one.locator(".cx-status")).to_contain_text("November 2024")
    expect(one.locator("img")).not_to_have_attribute("src", before)
    expect(one.get_by_role("slider", name="Date")).to_be_focused()
    one.get_by_label("Leave out").press("I")
    expect(one.locator("img")).to_have_attribute("alt", _holding("13 actors"))
    for key in ("a", "b", "d", "d"):
        desk.page.keyboard.press(key)
    assert desk.cells() == cells
    assert one.locator("img").evaluate(LOADED)


def test_many_steps_in_a_row_end_with_the_last(explored):
    """While Python draws, only the newest wish waits; the picture that stays belongs to it."""
    from playwright.sync_api import expect

    desk = explored()
    one = desk.page.locator(".cx").nth(1)
    one.get_by_role("slider", name="From").focus()
    for _ in range(9):
        desk.page.keyboard.press("ArrowRight")
    expect(one.locator("output").first).to_have_text("2020")
    expect(one.locator("img")).to_have_attribute("alt", _holding("2020 to"))


def test_the_numbers_fold_out_and_follow_the_controls(explored):
    """By keyboard: asked for when they are opened, those of the picture shown, in a frame that scrolls."""
    from playwright.sync_api import expect

    desk = explored(width=420)
    cells = desk.cells()
    one = desk.page.locator(".cx").first
    expect(one.locator(".cx-numbers table")).to_have_count(0)
    one.locator("summary").press("Enter")
    rows = one.locator(".cx-numbers tbody tr")
    expect(rows.first).to_contain_text("2025-12")
    one.get_by_role("slider", name="Date").press("ArrowLeft")
    expect(rows.first).to_contain_text("2024-11")
    expect(one.locator("img")).to_have_attribute("alt", _holding("November 2024"))
    frame = one.get_by_role("region", name="The numbers as a table")
    frame.press("End")
    assert frame.evaluate("(one) => one.scrollWidth > 0 && getComputedStyle(one).overflowX === 'auto'")
    assert one.evaluate("(all) => all.scrollWidth <= all.clientWidth + 1")
    for key in ("a", "d", "d"):
        desk.page.keyboard.press(key)
    assert desk.cells() == cells


def test_a_search_without_a_find_says_so(explored):
    """The picture stays, and the sentence is where a screen reader hears it."""
    from playwright.sync_api import expect

    desk = explored()
    one = desk.page.locator(".cx").nth(1)
    one.get_by_label("Words in title or description").fill("zzz")
    expect(one.locator(".cx-status")).to_have_text("The table has no rows, so there are no events to draw.")
    assert one.locator("img").evaluate(LOADED)
    one.get_by_label("Words in title or description").fill("hmeimim")
    expect(one.locator(".cx-status")).to_contain_text("events")


def test_without_python_an_explorer_says_so(explored):
    """After a restart the controls answer with what to do."""
    from playwright.sync_api import expect

    desk = explored()
    desk.restart()
    one = desk.page.locator(".cx").first
    expect(one.locator(".cx-status")).to_have_text("Python was restarted. Run this cell again to explore.")
    assert one.locator("img").evaluate(LOADED)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_explorers_are_accessible_and_fit_a_phone(explored, theme):
    """Axe finds nothing; at 320 pixels nothing is wider than its place."""
    from axe_playwright_python.sync_playwright import Axe

    desk = explored(theme, width=320, height=8_000)
    desk.page.evaluate("() => { document.body.style.height = '100vh'; }")
    desk.page.locator(".cx summary").first.click()
    desk.page.locator(".cx-numbers table").first.wait_for()
    rules = {"resultTypes": ["violations", "passes"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(desk.page, context=".cx", options=rules).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert {one["id"] for one in found["passes"]} >= {"color-contrast", "image-alt", "label", "target-size"}
    wide = desk.page.locator(".cx").evaluate_all(
        "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    )
    assert wide == 0


def test_the_figure_that_stays_is_hidden_while_the_explorer_works(explored):
    """Two outputs, one to be seen at a time."""
    from playwright.sync_api import expect

    desk = explored()
    expect(desk.page.locator(".cx-still").first).to_be_hidden()
    tree = desk.page.locator(".cx").first.aria_snapshot()
    assert '- group "Signed ties"' in tree
    assert '- slider "Date"' in tree
    assert 'img "Network of' in tree
