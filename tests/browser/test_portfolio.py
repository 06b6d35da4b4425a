"""The portfolio as a file in a browser: without network, read, heard and printed; and its two buttons."""

import re
import shutil
import zlib

import pseudo
import pytest
import students

from course_lib.reports import output
from course_lib.student.progress import Progress

pytest.importorskip("playwright")

STUDENTS = ("careful", "hasty", "adversarial")
RIGHT = "right > document.documentElement.clientWidth + 1"
# What is wider than the place it stands in, unless it is scrolled there.
WIDE = """() => [...document.querySelectorAll('body, body *')]
  .filter((one) => !one.closest('.away, .skip, math') && !one.parentElement.closest('.wide'))
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => `${one.tagName} ${one.textContent.slice(0, 60)}`)"""
PRINTED = """() => [...document.querySelectorAll('body *')]
  .filter((one) => !one.closest('.away, .skip, math') && getComputedStyle(one).display !== 'none')
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => `${one.tagName} ${one.textContent.slice(0, 60)}`)"""
# Numbers and words of up to eight letters in tables that run over two lines.
BROKEN = r"""() => [...document.querySelectorAll('th, td')].flatMap((cell) => {
  const found = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    if (walk.currentNode.parentElement.closest('.own, math')) continue;
    for (const one of walk.currentNode.data.matchAll(/[^\s]+/g)) {
      if (!/^[-+]?[\p{L}\p{N}.]{1,8}$/u.test(one[0])) continue;
      const range = document.createRange();
      range.setStart(walk.currentNode, one.index);
      range.setEnd(walk.currentNode, one.index + one[0].length);
      const lines = new Set([...range.getClientRects()].map((part) => Math.round(part.top)));
      if (lines.size > 1) found.push(one[0]);
    }
  }
  return found;
})"""
# Less the margins of 16 millimetres, in CSS pixels.
PAPER = {"A4": (210, 842), "Letter": (216, 792)}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The portfolios of three made-up students, and of one who answered nothing, as files."""
    folder = tmp_path_factory.mktemp("portfolios")
    for name in (*STUDENTS, "nobody"):
        progress = getattr(students, name, Progress)(folder / f"{name}.sqlite")
        (folder / f"{name}.html").write_text(output.build_portfolio(progress).html(), encoding="utf-8")
    with pseudo.interface_in_pseudo(folder):
        made = output.build_portfolio(Progress(folder / "careful.sqlite")).html()
    (folder / "mirrored.html").write_text(made, encoding="utf-8")
    return folder


@pytest.fixture
def read(browser, files):
    """A function that opens a portfolio without network: what is asked for and what goes wrong is noted."""
    opened = []

    def open_file(name, **how):
        page = browser.new_page(offline=True, **how)
        page.asked, page.wrong = [], []
        page.on("request", lambda one: page.asked.append(one.url))
        page.on("console", lambda one: page.wrong.append(one.text))
        page.on("pageerror", lambda one: page.wrong.append(str(one)))
        page.on("dialog", lambda one: page.wrong.append(one.message))
        page.goto((files / f"{name}.html").as_uri())
        opened.append(page)
        return page

    yield open_file
    for page in opened:
        page.close()


@pytest.mark.parametrize("name", [*STUDENTS, "nobody"])
def test_it_asks_for_nothing_and_runs_nothing(read, files, name):
    """One file and the pictures in it; no word on the console, no dialog, its own title."""
    page = read(name)
    page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    elsewhere = [url for url in page.asked if not url.startswith("data:")]
    assert elsewhere == [(files / f"{name}.html").as_uri()]
    assert page.wrong == []
    assert page.title() == "Portfolio: Reading a News Story with Evidence"
    broken = "() => [...document.images].filter((one) => !one.complete || !one.naturalWidth).length"
    assert page.evaluate(broken) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*STUDENTS, "nobody", "mirrored"])
def test_axe_finds_nothing(browser, files, name, scheme):
    """Every rule, best practices and contrast among them, in light and in dark."""
    from axe_playwright_python.sync_playwright import Axe

    # The policy of the page lets no script in, not even that of the test.
    page = browser.new_page(color_scheme=scheme, bypass_csp=True)
    page.goto((files / f"{name}.html").as_uri())
    found = Axe().run(page, options={"resultTypes": ["violations", "passes", "incomplete"]}).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    passed = {one["id"]: len(one["nodes"]) for one in found["passes"]}
    assert passed["color-contrast"] > (5 if name == "nobody" else 100)
    unsure = [one["nodes"] for one in found["incomplete"] if one["id"] == "color-contrast"]
    # Axe does not know the ground of an inline part that runs over several lines; it is that of its cell.
    assert [node["html"] for nodes in unsure for node in nodes if not node["html"].startswith("<bdi")] == []
    page.close()


def test_a_screen_reader_hears_its_parts(read):
    """Landmarks, one title, named tables with heads for rows and columns, pictures with their texts."""
    page = read("careful")
    tree = page.locator("body").aria_snapshot()
    for part in ("banner", 'navigation "Contents"', "main", "contentinfo"):
        assert f"- {part}:" in tree
    assert 'heading "Portfolio: Reading a News Story with Evidence" [level=1]' in tree
    for title in ("Summary", "Your brief", "Your forecasts", "Lesson 1: Reading the article"):
        assert f'heading "{title}" [level=2]' in tree
    assert '- table "Questions answered, first attempts against last":' in tree
    assert '- columnheader "Right at first"' in tree
    assert '- rowheader "01 Reading the article"' in tree
    assert 'img "Bars for' in tree
    assert page.get_by_role("table").count() == page.locator("table > caption").count()


def test_the_keyboard_skips_to_the_content_and_finds_wide_tables(read):
    """The first key is the way past the contents; a table that scrolls can be reached and has a name."""
    page = read("careful", viewport={"width": 400, "height": 800})
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
    wide = page.locator(".wide").first
    wide.focus()
    assert wide.evaluate("(one) => one === document.activeElement && one.scrollWidth > one.clientWidth")
    assert wide.get_attribute("aria-label").startswith("Questions answered")


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("name", STUDENTS)
def test_nothing_is_wider_than_the_window(read, name, width):
    """From a phone to a desk: no sideways scrolling, however long a word is."""
    page = read(name, viewport={"width": width, "height": 800})
    assert page.evaluate(WIDE) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [375, 420, 640])
@pytest.mark.parametrize("name", STUDENTS)
def test_no_number_and_no_short_word_of_a_table_is_broken(read, name, width):
    """On a phone a score of 0.52 stays one number: a table that does not fit is scrolled, or hyphenated."""
    assert read(name, viewport={"width": width, "height": 800}).evaluate(BROKEN) == []


def test_text_from_the_right_reads_from_the_right(read):
    """An Arabic text goes by its own direction; a sign that turns words turns nothing else."""
    page = read("adversarial")
    arabic = page.locator("blockquote", has_text=re.compile("^النص من")).first
    assert arabic.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    assert "⟨U+202E⟩" in page.locator("blockquote", has_text="turned").first.inner_text()
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "ltr"


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_in_a_language_from_the_right_is_mirrored(read, width):
    """Nothing stands out on either side; tables begin on the right, and so does the line beside a quote."""
    page = read("mirrored", viewport={"width": width, "height": 800})
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate(WIDE) + page.evaluate(WIDE.replace(RIGHT, "left < -1")) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    first, last = (page.locator("table").first.locator("thead th").nth(at).bounding_box() for at in (0, -1))
    assert first["x"] > last["x"]
    quote = page.locator("blockquote").first
    assert quote.evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    assert page.locator(".skip").bounding_box()["x"] > width
    named = page.locator("h2 bdi").first
    assert named.evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    assert named.get_attribute("lang") == "en"
    formulas = page.locator("math").all()
    assert all(one.evaluate("(one) => getComputedStyle(one).direction") == "ltr" for one in formulas)


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("name", [*STUDENTS, "mirrored"])
def test_it_prints(read, name, paper):
    """A sane number of pages of the right size; nothing wider than the page, no picture cut."""
    page = read(name, color_scheme="dark")
    pdf = page.pdf(format=paper, print_background=True)
    assert pdf.startswith(b"%PDF")
    width, height = PAPER[paper]
    sizes = {
        tuple(round(float(one)) for one in box.split())
        for box in re.findall(rb"/MediaBox\s*\[\s*([\d. ]+)\]", pdf + _unpacked(pdf))
    }
    assert {size[3] for size in sizes} <= {height, height - 1, height + 1}
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf + _unpacked(pdf)))
    print(f"{name} on {paper}: {pages} pages")
    assert 5 < pages < 110
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round((width - 32) / 25.4 * 96), "height": 900})
    assert page.evaluate(PRINTED) == []
    # On Letter, whose width is no whole number of pixels, the outermost one is not drawn.
    ends = "() => [...document.querySelectorAll('table')].map((one) => one.getBoundingClientRect().right)"
    assert max(page.evaluate(ends)) <= page.evaluate("() => document.documentElement.clientWidth") - 1
    look = "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).display]"
    assert page.locator("html").evaluate(look)[0] == "rgb(255, 255, 255)"
    assert page.locator("thead").first.evaluate(look)[1] == "table-header-group"
    least = (height / 72 * 25.4 - 36) / 25.4 * 96
    heights = page.evaluate("() => [...document.querySelectorAll('figure')].map((one) => one.offsetHeight)")
    assert max(heights, default=0) <= least
    address = "(one) => getComputedStyle(one, '::after').content"
    assert "http" in page.locator(".sources a").first.evaluate(address)


def _unpacked(pdf):
    """The compressed parts of a PDF."""
    found = []
    for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, flags=re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            continue
    return b"".join(found)


def test_both_files_come_from_the_notebook(at_desk, lab, notebook, tmp_path):
    """By keyboard, in JupyterLab: a page and a text with the name that was typed, and a word on each."""
    from playwright.sync_api import expect

    shutil.rmtree(lab[0] / "my_work", ignore_errors=True)
    students.hasty(lab[0] / "my_work" / "progress.sqlite")
    notebook(lab[0] / "lessons" / "folio.ipynb", "from course_lib import portfolio\nportfolio()")
    desk = at_desk(stem="folio")
    desk.run_all()
    panel = desk.page.locator(".cq")
    expect(panel.locator("p").first).to_contain_text("Your portfolio has your answers to")
    desk.page.route("http*://*/**", lambda route: route.abort())
    panel.get_by_label("Your name, if it is to stand in the file").fill("Ada <b>d d</b>")
    for words, name in (
        ("Download as a page (HTML)", "portfolio.html"),
        ("Download as text", "portfolio.md"),
    ):
        with desk.page.expect_download() as saved:
            panel.get_by_role("button", name=words).press("Enter")
        assert saved.value.suggested_filename == name
        saved.value.save_as(tmp_path / name)
        expect(panel.get_by_role("status")).to_contain_text(f"Your browser saves it as {name}, with ")
    desk.page.unroute("http*://*/**")
    made = output.build_portfolio(Progress(lab[0] / "my_work" / "progress.sqlite"), "Ada <b>d d</b>")
    assert (tmp_path / "portfolio.html").read_text(encoding="utf-8") == made.html()
    assert (tmp_path / "portfolio.md").read_text(encoding="utf-8") == made.markdown()
    desk.restart()
    expect(panel.get_by_role("status")).to_contain_text("Run this cell again: your answers are kept.")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_the_controls(at_desk, lab, notebook, theme):
    """Names and contrast, in both themes, in a narrow window."""
    from axe_playwright_python.sync_playwright import Axe

    notebook(lab[0] / "lessons" / "folio.ipynb", "from course_lib import portfolio\nportfolio()")
    desk = at_desk(stem="folio", width=420)
    desk.theme(theme)
    desk.run_all()
    desk.page.evaluate("() => { document.body.style.height = '100vh'; }")
    found = Axe().run(desk.page, context=".cq", options={"resultTypes": ["violations", "passes"]}).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert "color-contrast" in [one["id"] for one in found["passes"]]
    assert desk.too_wide() == []
