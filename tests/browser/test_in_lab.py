"""The first lesson in a real JupyterLab: answered by mouse and keyboard, interrupted, and answered again."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import zlib

import pytest
from lab_driver import Desk

from course_lib import paths
from course_lib.curriculum import course

pytest.importorskip("playwright")

STEM = "01_reading_the_article"
FIRST = "What does that change for you as a reader?"
RIGHT = "I use only what could be known on that day"


def test_an_answer_by_mouse_survives_a_restart(desk):
    """Feedback comes at once; after a restart the view says so, and the answer is back when run again."""
    from playwright.sync_api import expect

    form = desk.form(FIRST)
    form.get_by_label("I treat the article as if").check()
    form.get_by_role("button", name="Check").click()
    expect(form.locator(".cq-status")).to_contain_text("Not right yet")
    form.get_by_label(RIGHT).check()
    expect(form.locator(".cq-status")).to_contain_text("Changed since the last time. Choose “Check” again.")
    form.get_by_role("button", name="Check").click()
    expect(form.locator(".cq-status")).to_contain_text("Right (attempt 2)")
    expect(form.locator(".cq-status")).to_contain_text("Judging a text with later knowledge is easy")
    desk.restart()
    expect(form.locator(".cq-problem")).to_contain_text("Run this cell again: your answers are kept.")
    desk.run_all()
    form = desk.form(FIRST)
    expect(form.get_by_label(RIGHT)).to_be_checked()
    expect(form.locator(".cq-status")).to_contain_text("Right (attempt 2)")


def test_a_reload_with_a_living_kernel_keeps_the_answer(desk):
    """The answer is on disk the moment it is checked."""
    from playwright.sync_api import expect

    form = desk.form(FIRST)
    form.get_by_label(RIGHT).check()
    form.get_by_role("button", name="Check").click()
    expect(form.locator(".cq-status")).to_contain_text("Right")
    desk.page.reload()
    desk.rest()
    desk.run_all()
    expect(desk.form(FIRST).get_by_label(RIGHT)).to_be_checked()
    expect(desk.form(FIRST).locator(".cq-status")).to_contain_text("Right")


def test_the_keyboard_is_enough_and_its_keys_stay_in_the_quiz(desk):
    """Arrows choose, Enter checks; letters that JupyterLab knows as commands do nothing to the notebook."""
    from playwright.sync_api import expect

    form = desk.form(FIRST)
    before = desk.cells()
    form.get_by_role("radio").first.focus()
    desk.page.keyboard.press("Space")
    for key in ("a", "b", "d", "d", "x", "ArrowDown", "ArrowDown", "ArrowUp"):
        desk.page.keyboard.press(key)
    expect(form.get_by_role("radio").nth(1)).to_be_checked()
    desk.page.keyboard.press("ArrowDown")
    expect(form.get_by_label(RIGHT)).to_be_checked()
    desk.page.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Check")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(form.locator(".cq-status")).to_contain_text("Right")
    expect(form.get_by_role("button", name="Check")).to_be_focused()
    for key in ("a", "b", "d", "d"):
        desk.page.keyboard.press(key)
    assert desk.cells() == before


def test_what_was_chosen_survives_the_killing_of_the_kernel(desk):
    """Rows of the grid chosen but not checked are there again after the kernel was killed."""
    from playwright.sync_api import expect

    form = desk.form("What kind of claim is each of these?")
    rows = form.locator("fieldset.cq-row")
    rows.nth(0).get_by_label("fact").check()
    rows.nth(3).get_by_label("motive").check()
    desk.rest()
    number = desk.page.evaluate(
        """async () => {
          const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
          let said = '';
          const code = 'import os; print(os.getpid())';
          const future = kernel.requestExecute({ code, store_history: false });
          future.onIOPub = ({ header, content }) => {
            if (header.msg_type === 'stream') said += content.text;
          };
          await future.done;
          return Number(said);
        }"""
    )
    os.kill(number, signal.SIGKILL)
    expect(form.locator(".cq-problem")).to_contain_text("Run this cell again")
    expect(rows.nth(3).get_by_label("motive")).to_be_checked()
    desk.rest()
    desk.run_all()
    rows = desk.form("What kind of claim is each of these?").locator("fieldset.cq-row")
    expect(rows.nth(0).get_by_label("fact")).to_be_checked()
    expect(rows.nth(3).get_by_label("motive")).to_be_checked()


def test_every_type_of_question_answers_in_the_page(desk):
    """Ticks, a number and a grid filled in part are marked, each note beside what it is about."""
    from playwright.sync_api import expect

    ticks = desk.form("Which of these five claims are predictions?")
    for place in (0, 1):
        ticks.get_by_role("checkbox").nth(place).check()
    ticks.get_by_role("button", name="Check").click()
    expect(ticks.locator(".cq-status")).to_contain_text("Not right yet")
    expect(ticks.locator(".cq-options .cq-note")).to_have_count(2)

    number = desk.form("Another article has 600 words")
    number.get_by_role("textbox").fill("soon")
    number.get_by_role("button", name="Check").click()
    expect(number.locator(".cq-status")).to_contain_text("“soon” could not be read as a number.")
    number.get_by_role("textbox").fill("15,0")
    number.get_by_role("textbox").press("Enter")
    expect(number.locator(".cq-status")).to_contain_text("Right")

    grid = desk.form("What kind of claim is each of these?")
    rows = grid.locator("fieldset.cq-row")
    rows.nth(0).get_by_label("framing").check()
    rows.nth(1).get_by_label("fact").check()
    grid.get_by_role("button", name=re.compile("Hint 1")).click()
    expect(grid.locator(".cq-hint")).to_have_count(1)
    grid.get_by_role("button", name="Check").click()
    expect(grid.locator(".cq-status")).to_contain_text(
        "Not right yet. 1 of 2 rows you chose agree with the key."
    )
    expect(grid.locator(".cq-status")).to_contain_text("13 of 15 rows have no answer yet.")
    expect(rows.nth(0).locator(".cq-note.cq-wrong")).to_be_visible()
    expect(rows.nth(1).locator(".cq-note.cq-right")).to_be_visible()
    rows.nth(0).get_by_label("fact").check()
    expect(rows.nth(0).locator(".cq-note")).to_have_count(0)
    expect(rows.nth(1).locator(".cq-note.cq-right")).to_be_visible()


def test_the_other_types_by_keyboard_come_back_after_a_restart(types):
    """Order, match, forecast, text, word and certainty are answered without a mouse, marked, and kept."""
    from playwright.sync_api import expect

    keys = types.page.keyboard

    def ask(words):
        return types.form(words, group=0)

    order = ask("What comes first?")
    before = types.cells()
    for name, by in (("knead", "up"), ("bake", "down")):
        button = order.get_by_role("button", name=f"Move {by}: {name}", exact=True)
        for _ in range(2):
            if button.is_enabled():
                button.focus()
                keys.press("Enter")
    expect(order.locator("li").first).to_contain_text("knead")
    order.get_by_role("button", name="Check").press("Enter")
    expect(order.locator(".cq-status")).to_contain_text("Right")
    expect(order.locator("li .cq-note")).to_have_count(3)

    pairs = ask("Which tool?")
    pairs.get_by_label("cut").select_option(label="knife")
    pairs.get_by_label("stir").focus()
    keys.type("spoon")
    pairs.get_by_role("button", name="Check").press("Enter")
    expect(pairs.locator(".cq-status")).to_contain_text("Right")

    forecast = ask("Will it rise?")
    forecast.get_by_role("slider").focus()
    keys.press("ArrowRight")
    expect(forecast.get_by_role("textbox")).to_have_value("51")
    forecast.get_by_role("textbox").fill("35")
    expect(forecast.locator(".cq-read")).to_have_text("This will be lodged as 35 %.")
    keys.press("Enter")
    expect(forecast.locator(".cq-status")).to_contain_text("Lodged: 35 %.")
    expect(forecast.get_by_role("slider")).to_be_disabled()

    essay = ask("Say what bread is.")
    essay.get_by_role("textbox").focus()
    keys.type("add a dd b flour\nand water")
    essay.get_by_role("button", name="Hand in").press("Enter")
    expect(essay.locator(".cq-status")).to_contain_text("One possible answer.")

    sure = ask("Rye or wheat?")
    sure.get_by_label("sure", exact=True).check()
    for _ in range(2):
        sure.get_by_label("rye").check()
        sure.get_by_role("button", name="Check").press("Enter")
        expect(sure.locator(".cq-status")).to_contain_text("You were sure of this one.")
        expect(sure.locator(".cq-verdict")).to_be_visible()
    expect(sure.locator(".cq-status")).to_contain_text("(attempt 2)")
    sure.get_by_role("button", name="Show the answer").press("Enter")
    expect(sure.locator(".cq-revealed")).to_contain_text("wheat")
    fit = ask("How well does each flour fit?")
    for row, codes in {"rye": "+-", "wheat": "++"}.items():
        for column, code in zip(("bread", "cake"), codes, strict=True):
            fit.get_by_role("group", name=row).get_by_label(column).select_option(label=code)
    fit.get_by_role("button", name="Check").press("Enter")
    expect(fit.locator(".cq-status")).to_contain_text("Right")
    grain = ask("Which grain is in black bread?")
    grain.get_by_role("textbox").focus()
    keys.type("Rye")
    keys.press("Enter")
    expect(grain.locator(".cq-status")).to_contain_text("Right")
    review = types.page.locator(".cq-review").first
    expect(review).to_have_text("7 of 7 answered, 4 right.")
    assert types.cells() == before

    types.restart()
    types.run_all()
    expect(ask("What comes first?").locator("li").first).to_contain_text("knead")
    expect(ask("Which tool?").get_by_label("stir").locator("option:checked")).to_have_text("spoon")
    expect(ask("Will it rise?").get_by_role("textbox")).to_have_value("35")
    expect(ask("Will it rise?").get_by_role("textbox")).to_be_disabled()
    expect(ask("Say what").get_by_role("textbox")).to_have_value("add a dd b flour\nand water")
    expect(ask("Which grain").get_by_role("textbox")).to_have_value("Rye")
    cell = ask("How well does each flour fit?").get_by_role("group", name="rye").get_by_label("cake")
    expect(cell.locator("option:checked")).to_have_text("-")
    expect(ask("Rye or wheat?").get_by_label("sure", exact=True)).to_be_checked()
    expect(ask("Rye or wheat?").locator(".cq-revealed")).to_contain_text("wheat")


def test_a_forecast_is_lodged_as_it_was_read(types):
    """A decimal comma is read and told before it is lodged; after a restart the number stands there."""
    from playwright.sync_api import expect

    forecast = types.form("Will it rise?", group=0)
    field = forecast.get_by_role("textbox", name="Your probability")
    field.fill("7,5")
    # Nobody has seen yet what was read: the first press shows it.
    field.press("Enter")
    expect(forecast.locator(".cq-read")).to_have_text("This will be lodged as 7.5 %.")
    expect(forecast.locator(".cq-problem")).to_have_text("Look at what was read, then choose “Lodge” again.")
    expect(field).to_be_enabled()
    field.press("Enter")
    expect(forecast.locator(".cq-status")).to_contain_text("Lodged: 7.5 %.")
    expect(field).to_be_disabled()
    expect(field).to_have_value("7,5")
    expect(forecast.locator(".cq-read")).to_have_text("")
    types.restart()
    types.run_all()
    expect(types.form("Will it rise?", group=0).get_by_role("textbox")).to_have_value("7.5")


def test_a_share_is_asked_about_by_keyboard(types):
    """0.7 can be 0.7 or 70 per cent: two buttons say so, and nothing is lodged before one was chosen."""
    from playwright.sync_api import expect

    keys = types.page.keyboard
    forecast = types.form("Will it rise?", group=0)
    field = forecast.get_by_role("textbox", name="Your probability")
    field.focus()
    keys.type("0.7")
    asked = "“0.7” can be a share or per cent. Which do you mean?"
    expect(forecast.locator(".cq-read")).to_have_text(asked)
    expect(forecast.locator(".cq-read")).to_have_attribute("aria-live", "polite")
    keys.press("Enter")
    expect(forecast.locator(".cq-problem")).to_have_text(
        "Say first which number you mean, then choose “Lodge” again."
    )
    expect(field).to_be_enabled()
    choices = forecast.get_by_role("group", name=asked).get_by_role("button")
    expect(choices).to_have_text(["0.7 %", "70 %"])
    # The slider stands between the field and the buttons.
    for _ in range(3):
        keys.press("Tab")
    expect(choices.last).to_be_focused()
    keys.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value("70")
    expect(forecast.locator(".cq-read")).to_have_text("This will be lodged as 70 %.")
    expect(forecast.locator(".cq-problem")).to_have_text("")
    keys.press("Enter")
    expect(forecast.locator(".cq-status")).to_contain_text("Lodged: 70 %.")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_other_types_are_accessible_and_fit_a_phone(types, theme):
    """Axe finds nothing before or after answers; at 320 pixels nothing is wider than its place."""
    from axe_playwright_python.sync_playwright import Axe

    types.theme(theme)
    forecast = types.form("Will it rise?", group=0)
    forecast.get_by_role("textbox").fill("35")
    forecast.get_by_text("This will be lodged as 35 %.").wait_for()
    for words in ("Will it rise?", "Which tool?", "What comes first?"):
        form = types.form(words, group=0)
        form.locator("button[type=submit]").press("Enter")
        form.locator(".cq-verdict").wait_for()
    types.page.set_viewport_size({"width": 320, "height": 6_000})
    types.page.evaluate("() => { document.body.style.height = '100vh'; }")
    wanted = {"resultTypes": ["violations", "passes"]}
    found = Axe().run(types.page, context=".cq", options=wanted).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    checked = [len(one["nodes"]) for one in found["passes"] if one["id"] == "color-contrast"]
    assert sum(checked) > 20
    assert types.too_wide() == []


def test_a_test_is_handed_in_once_and_stays(types):
    """One button under all questions, by keyboard; afterwards feedback is there and nothing can change."""
    from playwright.sync_api import expect

    group = types.page.locator(".cq").nth(1)
    expect(group.get_by_role("button", name="Check")).to_have_count(0)
    types.form("Rye or wheat?", group=1).get_by_label("wheat").check()
    group.get_by_role("button", name="Hand in").press("Enter")
    for words, state in {"Rye or wheat?": "Right", "What comes first?": "Not answered yet"}.items():
        expect(types.form(words, group=1).locator(".cq-status")).to_contain_text(state)
        expect(types.form(words, group=1).locator("input:enabled, button:enabled")).to_have_count(0)
    expect(group.get_by_role("button", name="Hand in")).to_be_disabled()
    stems = group.locator("form > fieldset > legend").all_text_contents()
    types.restart()
    types.run_all()
    group = types.page.locator(".cq").nth(1)
    expect(types.form("Rye or wheat?", group=1).locator(".cq-status")).to_contain_text("Right")
    expect(group.get_by_role("button", name="Hand in")).to_be_disabled()
    assert group.locator("form > fieldset > legend").all_text_contents() == stems


def test_work_is_taken_along_and_brought_back(at_desk, lab, tmp_path):
    """One file from the course home, restored after everything is gone; a foreign file is refused."""
    from playwright.sync_api import expect

    from course_lib.student.progress import Progress

    shutil.rmtree(lab[0] / "my_work", ignore_errors=True)
    kept = Progress(lab[0] / "my_work" / "progress.sqlite")
    kept.record("01-a", "v1", "answer", 1, score=1.0, state="right")
    home = at_desk(stem="index")
    home.run_all()
    with home.page.expect_download() as saved:
        home.page.get_by_role("button", name="Download my work").press("Enter")
    assert re.fullmatch(r"my-work-\d{4}-\d\d-\d\d\.json", saved.value.suggested_filename)
    saved.value.save_as(tmp_path / "work.json")
    button = home.page.get_by_role("button", name="Download my work")
    told = home.page.locator(".cq").filter(has=button).get_by_role("status")
    expect(told).to_have_text("Answered questions in the file: 1.")
    events = kept.events()
    shutil.rmtree(lab[0] / "my_work")
    choose = home.page.get_by_label("Restore my work from a file:")
    choose.set_input_files(tmp_path / "work.json")
    # The answer, and that the test before the course was shown.
    expect(told).to_contain_text("Entries added: 2.")
    assert kept.events() == events
    (tmp_path / "foreign.json").write_text("{}", encoding="utf-8")
    choose.set_input_files(tmp_path / "foreign.json")
    expect(told).to_contain_text("was not made by this course's Download button")
    assert kept.events() == events


def _unpacked(frame):
    """What a message from the kernel holds packed with zlib, as one text."""
    found, at = [], frame.find(b"\x78\xda")
    while at >= 0:
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(frame[at:]).decode("utf-8", "replace"))
        at = frame.find(b"\x78\xda", at + 1)
    return "".join(found)


def test_before_an_answer_neither_key_nor_feedback_is_anywhere(desk):
    """Page, messages and saved file hold no feedback, hint, explanation or key."""
    import html

    secrets = set()
    for item in course.bank(STEM).items:
        secrets.update(
            [item.explain, *item.hints, getattr(item, "feedback", ""), getattr(item, "otherwise", "")]
        )
        secrets.update(option.feedback for option in getattr(item, "option", ()))
        secrets.update(
            text for row in getattr(item, "row", ()) for text in (row.feedback, *row.instead.values())
        )
    # The first plain stretch of each text: links and emphasis look different once they are rendered.
    secrets = {text.split("[")[0].split("*")[0][:60].strip() for text in secrets}
    secrets = {text for text in secrets if len(text) > 20}
    assert len(secrets) > 60
    saved = desk.save().read_text(encoding="utf-8")
    assert "cq" in desk.page.content()
    plain = (frame if isinstance(frame, str) else frame.decode("utf-8", "replace") for frame in desk.frames)
    packed = [_unpacked(frame) for frame in desk.frames if isinstance(frame, bytes)]
    assert sum(FIRST in one for one in packed) == 1
    frames = "".join([*plain, *packed])
    assert "What does that change for you as a reader?" in frames
    for name, place in {"page": desk.page.content(), "messages": frames, "file": saved}.items():
        plain = html.unescape(place)
        assert [secret for secret in secrets if secret in plain] == [], name


def test_an_exported_page_shows_the_questions_and_calls_nobody(desk):
    """The saved notebook as HTML, without kernel and network: questions and figures are there."""
    from playwright.sync_api import expect

    expect(desk.page.locator(".cq-fallback").first).to_be_hidden()
    saved = desk.save()
    assert "application/vnd.jupyter.widget-state+json" in saved.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "--to", "html", f"--output-dir={desk.base}", str(saved)]
    subprocess.run(command, check=True, capture_output=True)
    page = desk.page.context.browser.new_page()
    page.route("http*://**", lambda route: route.abort())
    page.goto((desk.base / f"{STEM}.html").as_uri())
    expect(page.locator(".cq-fallback li", has_text=FIRST)).to_be_visible()
    expect(page.locator(".cq-fallback li", has_text=re.compile(f"^{RIGHT}"))).to_be_visible()
    expect(page.locator("img[alt]").first).to_be_visible()
    page.close()


def test_the_questions_are_named_groups(desk):
    """A screen reader hears the question as the name of its choices."""
    tree = desk.form(FIRST).aria_snapshot()
    assert '- group "Question 1 of 2 Lessons 1 to 5 use nothing later than 31 December 2024.' in tree
    assert f'- radio "{RIGHT}, even where I happen to know what came after."' in tree
    assert '- button "Check"' in tree


@pytest.fixture(scope="module", params=course.stems())
def answered(request, browser, lab):
    """A lesson, run once for all that is looked at in it, with an answer to its first question."""
    shutil.rmtree(lab[0] / "my_work", ignore_errors=True)
    shutil.copyfile(paths.LESSONS / f"{request.param}.ipynb", lab[0] / "lessons" / f"{request.param}.ipynb")
    opened = Desk(browser, lab, stem=request.param)
    opened.run_all()
    form = opened.page.locator(".cq form").first
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Check").click()
    form.locator(".cq-verdict").wait_for()
    yield request.param, opened
    opened.close()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_what_a_lesson_shows(answered, theme):
    """No violation in any output, with contrast really checked; every picture has its text."""
    from axe_playwright_python.sync_playwright import Axe

    stem, opened = answered
    opened.theme(theme)
    opened.resize(1280, 24_000)
    # JupyterLab's body has no height, so that axe would take everything for hidden.
    opened.page.evaluate("() => { document.body.style.height = '100vh'; }")
    # Without the last option axe names one node for each rule that passed.
    wanted = {"resultTypes": ["violations", "passes"]}
    found = Axe().run(opened.page, context=".jp-OutputArea-output", options=wanted).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    checked = [one for one in found["passes"] if one["id"] == "color-contrast"]
    assert checked
    assert len(checked[0]["nodes"]) > 50
    pictures = opened.page.locator(".jp-OutputArea-output img")
    texts = [pictures.nth(n).get_attribute("alt") for n in range(pictures.count())]
    # Lesson 11 is for writing: its one figure comes when both tests were taken.
    assert (len(texts) >= 2) == (stem != "11_your_briefing")
    assert all(texts)


def test_a_narrow_window_needs_no_sideways_scrolling(answered):
    """At 420 pixels every question fits its place."""
    stem, opened = answered
    opened.resize(420, 900)
    # Lesson 10 asks for the forecasts that are not lodged yet, lesson 11 has the test after.
    more = {"10_the_gamble_scored": 30, "11_your_briefing": 15}.get(stem, 0)
    assert opened.page.locator(".cq form").count() == len(course.bank(stem).items) + more
    assert opened.too_wide() == []
