"""The questions at any size, in any colours, written from either side, and in two tabs at once."""

import json
import shutil

import pytest

from course_lib.student.progress import Progress

pytest.importorskip("playwright")

LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
SIZES = {"wide": (1280, 900, 1), "at 200 %": (640, 450, 2), "phone": (320, 640, 2)}
# As on a computer that is too slow for anywidget's two seconds: they are over before any script has come.
SLOW = """AbortSignal.timeout = () => {
  const over = new AbortController();
  queueMicrotask(() => over.abort());
  return over.signal;
};"""
HEAD = """
lesson = "98_hard"
title = "Hard"
question = "Does it fit?"
minutes = 40
activity_minutes = 5
"""
# Unbroken, as an address can be.
LONG = "x" * 300
ARABIC = "ما الذي تغيّر في دمشق؟"


def _item(name, kind, stem, **fields):
    told = {"id": f"98-{name}", "type": kind, "check": "one", "objective": 1, "stem": stem, **fields}
    return "\n[[item]]\n" + "\n".join(f"{field} = {json.dumps(value)}" for field, value in told.items())


def _parts(name, parts):
    return "".join(
        f"\n[[item.{name}]]\n" + "\n".join(f"{field} = {json.dumps(value)}" for field, value in part.items())
        for part in parts
    )


def _bank():
    """Return the bank as TOML."""
    rows = [f"A piece of evidence, number {n}, told in one short sentence" for n in range(1, 25)]
    codes = ["CC", "C", "N", "I", "II"]
    hypotheses = [f"H{n} motive" for n in range(1, 8)]
    wide = [{"text": text, "ref": f"E{n}", "key": "H1", "feedback": "why"} for n, text in enumerate(rows)]
    coded = [{"text": text, "ref": f"E{n}", "key": ["C"] * 7, "feedback": "w"} for n, text in enumerate(rows)]
    options = [{"text": LONG, "feedback": "long"}, {"text": "word " * 60, "feedback": "wide", "key": True}]
    arabic = [{"text": "الحكومة", "feedback": "نعم", "key": True}, {"text": "لا شيء", "feedback": "لا"}]
    return (
        HEAD
        + _item("long", "single", "How long?" + " long" * 60)
        + _parts("option", options)
        + _item("arabic", "single", ARABIC)
        + _parts("option", arabic)
        + _item("grid", "grid", "Which one?", choices=[f"H{n}" for n in range(1, 8)])
        + _parts("row", wide)
        + _item("matrix", "matrix", "How well does each fit?", columns=hypotheses, choices=codes)
        + _parts("row", coded)
    )


@pytest.fixture
def hard(lab, notebook):
    """A notebook with the questions that strain a page, not yet opened."""
    shutil.rmtree(lab[0] / "my_work", ignore_errors=True)
    (lab[0] / "lessons" / "hard.toml").write_text(_bank(), encoding="utf-8")
    notebook(lab[0] / "lessons" / "hard.ipynb", "from course_lib import quiz\nquiz('hard.toml')")
    return {"stem": "hard"}


@pytest.mark.parametrize("size", SIZES)
def test_long_words_and_large_tables_fit_every_width(at_desk, hard, size):
    """Nothing is wider than its place, whether the window is narrow or the page enlarged."""
    width, height, scale = SIZES[size]
    desk = at_desk(**hard, width=width, height=height, device_scale_factor=scale)
    desk.run_all()
    assert desk.page.locator(".cq form").count() == 4
    assert desk.too_wide() == []
    for words in ("How long?", "Which one?", "How well does each fit?"):
        box = desk.form(words).bounding_box()
        assert 200 < box["width"] <= width


def test_a_matrix_of_24_by_7_is_answered_by_keyboard(at_desk, hard):
    """Each cell is named by its column, each row by its evidence; heads stand over the columns."""
    from playwright.sync_api import expect

    desk = at_desk(**hard)
    desk.run_all()
    form = desk.form("How well does each fit?")
    row = form.get_by_role("group", name="E0 A piece of evidence, number 1,")
    cells = row.get_by_role("combobox")
    expect(cells).to_have_count(7)
    cells.first.focus()
    for code in ("C", "C", "N"):
        desk.page.keyboard.type(code)
        desk.page.keyboard.press("Tab")
    expect(row.get_by_label("H4 motive")).to_be_focused()
    form.get_by_role("button", name="Check").press("Enter")
    expect(form.locator(".cq-status")).to_contain_text("165 of 168 cells have no answer yet.")
    expect(row.locator(".cq-note")).to_contain_text("of 7 cells agree with the key.")
    heads = form.locator(".cq-heads")
    expect(heads).to_have_count(3)
    for n in range(7):
        head, cell = heads.first.locator("span").nth(n + 1).bounding_box(), cells.nth(n).bounding_box()
        assert abs(head["x"] + head["width"] / 2 - cell["x"] - cell["width"] / 2) < 2
    assert form.bounding_box()["height"] < 24 * 60


def test_a_large_grid_keeps_a_name_for_every_choice(at_desk, hard):
    """Where the heads stand above, a screen reader still hears each choice; the notes stand under the row."""
    from playwright.sync_api import expect

    desk = at_desk(**hard)
    desk.run_all()
    form = desk.form("Which one?")
    row = form.get_by_role("group", name="E3 A piece of evidence, number 4,")
    row.get_by_role("radio", name="H2").check()
    form.get_by_role("button", name="Check").click()
    expect(row.locator(".cq-note")).to_contain_text("why")
    note, choices = row.locator(".cq-note").bounding_box(), row.get_by_role("radio").first.bounding_box()
    assert note["y"] > choices["y"]
    assert form.bounding_box()["height"] < 24 * 60


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("size", ["wide", "phone"])
def test_axe_finds_nothing_in_large_tables(at_desk, hard, theme, size):
    """Names, order, contrast and size of targets, before and after an answer."""
    from axe_playwright_python.sync_playwright import Axe

    desk = at_desk(**hard, width=SIZES[size][0], height=20_000)
    desk.theme(theme)
    desk.run_all()
    form = desk.form("How well does each fit?")
    form.get_by_role("combobox").first.select_option(label="C")
    form.get_by_role("button", name="Check").click()
    form.locator(".cq-verdict").wait_for()
    desk.page.evaluate("() => { document.body.style.height = '100vh'; }")
    rules = {"resultTypes": ["violations", "passes"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(desk.page, context=".cq", options=rules).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    passed = {one["id"]: len(one["nodes"]) for one in found["passes"]}
    assert passed["target-size"] > 300
    assert passed["color-contrast"] > 50


def test_forced_colours_keep_focus_choice_and_verdict_visible(at_desk, hard):
    """With the system's own colours nothing depends on ours."""
    desk = at_desk(**hard, forced_colors="active")
    desk.run_all()
    form = desk.form("How long?")
    form.get_by_role("radio").first.check()
    button = form.get_by_role("button", name="Check")
    button.focus()
    desk.page.keyboard.press("Enter")
    form.locator(".cq-verdict").wait_for()
    look = """(node) => { const style = getComputedStyle(node);
      return [style.outlineStyle, style.borderStyle, style.forcedColorAdjust]; }"""
    assert button.evaluate(look) == ["solid", "solid", "auto"]
    assert (
        form.locator(".cq-note").first.evaluate("(node) => getComputedStyle(node).borderInlineStartStyle")
        == "solid"
    )
    assert "→" in form.locator(".cq-verdict").inner_text()


def test_nothing_moves_for_those_who_asked_for_less(at_desk, hard):
    """With reduced motion no part of a question is animated, before or after an answer."""
    desk = at_desk(**hard, reduced_motion="reduce")
    desk.run_all()
    form = desk.form("How long?")
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Check").click()
    form.locator(".cq-verdict").wait_for()
    moving = """() => {
      const running = document.getAnimations().filter(({ effect }) => effect.target?.closest('.cq'));
      const parts = [...document.querySelectorAll('.cq *')];
      return running.length + parts.filter((one) => getComputedStyle(one).transitionDuration !== '0s').length;
    }"""
    assert desk.page.evaluate(moving) == 0


@pytest.mark.parametrize("page", ["ltr", "rtl"])
def test_arabic_reads_from_the_right(at_desk, hard, page):
    """A text goes by its own script; on a page from right to left the whole question turns."""
    desk = at_desk(**hard)
    desk.run_all()
    desk.page.evaluate(f"() => document.querySelectorAll('.cq').forEach((one) => {{ one.dir = '{page}'; }})")
    form = desk.form(ARABIC)
    radio, text = form.get_by_role("radio").first, form.locator(".cq-choice span").first
    assert text.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    stem = form.locator("legend span").last
    assert stem.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    before = radio.bounding_box()["x"] < text.bounding_box()["x"]
    assert before == (page == "ltr")
    assert desk.too_wide() == []


def test_a_slow_computer_hears_what_python_says(at_desk, hard):
    """anywidget gives up a widget that is not ready within two seconds; ours are answered and marked."""
    from playwright.sync_api import expect

    slow = at_desk(**hard, first=SLOW)
    slow.run_all()
    form = slow.form("How long?")
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Check").click()
    expect(form.locator(".cq-status")).to_contain_text("Not right yet")
    assert any("Failed to initialize" in error for error in slow.errors)


def test_two_tabs_on_one_notebook_lose_nothing(at_desk, hard):
    """Answers from either tab are kept and counted; run again, the newest stands in the form."""
    from playwright.sync_api import expect

    one = at_desk(**hard)
    one.run_all()
    two = at_desk(**hard)
    two.run_all()
    forms = [tab.form("How long?") for tab in (one, two)]
    for form, place, told in zip(forms, (0, 1), ("Not right yet", "Right (attempt 2)"), strict=True):
        form.get_by_role("radio").nth(place).check()
        form.get_by_role("button", name="Check").click()
        expect(form.locator(".cq-status")).to_contain_text(told)
    kept = Progress(one.base / "my_work" / "progress.sqlite").events()
    assert [(event.answer, event.attempt) for event in kept if event.kind == "answer"] == [(0, 1), (1, 2)]
    one.run_all()
    expect(one.form("How long?").get_by_role("radio").nth(1)).to_be_checked()
