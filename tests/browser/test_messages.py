"""The course in a language that nobody speaks, from right to left: every word comes from the one file.

As somebody would who puts the course into another language, the test changes `lessons/words.toml` in a copy
of the course and nothing else. Then a student answers, in a real JupyterLab.
"""

import re
import shutil

import pseudo
import pytest
from lab_driver import running_lab
from student import notebook_done, planned

from course_lib import paths
from course_lib.curriculum import course
from course_lib.messages import MessageCatalogue

# Every text a page shows or reads out, with the language it is marked as, where that is ours to mark.
TEXTS = """() => {
  const found = [];
  const shown = (node) => node.closest("script, style, .MathJax, mjx-container, math") === null;
  const put = (node, text) => {
    const plain = text.replace(/\\u2068[^\\u2069]*\\u2069/g, "").trim();
    if (plain && shown(node)) found.push([node.closest("[lang]:not(html)")?.lang ?? "", plain]);
  };
  // What a cell prints is part of its lesson.
  for (const output of document.querySelectorAll(".jp-OutputArea-output:not(.jp-RenderedText)")) {
    const texts = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) put(texts.currentNode.parentElement, texts.currentNode.data);
    for (const node of [output, ...output.querySelectorAll("*")]) {
      for (const name of ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]) {
        if (node.hasAttribute(name)) put(node, node.getAttribute(name));
      }
    }
  }
  return found;
}"""
# What is wider than its place, or laid out from the left.
BROKEN = """() => {
  const TEXT = "p, li, td, th, dt, dd, ul, ol, dl, caption, summary";
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const ours = [...document.querySelectorAll(".jp-OutputArea-output [lang=ar-XB]:not([dir=auto])")];
  const wide = ours.flatMap((root) => [root, ...root.querySelectorAll("form, button, select, p, summary")])
    .filter((node) => node.checkVisibility() && getComputedStyle(node).overflowX === "visible")
    // A table of many columns scrolls with its output on a small screen, in any language.
    .filter((node) => node.scrollWidth > node.clientWidth + 1 && !node.querySelector("table"))
    .map((node) => `too wide: ${node.tagName} ${node.className} ${node.textContent.slice(0, 60)}`);
  const left = ours.filter((node) => getComputedStyle(node).direction !== "rtl")
    .map((node) => `from the left: ${node.tagName} ${node.textContent.slice(0, 60)}`);
  const set = ours.flatMap((root) => [...root.querySelectorAll(TEXT)])
    .filter((node) => node.closest("[lang], [dir]").lang === "ar-XB" && node.checkVisibility())
    .filter((node) => {
      const { textAlign, paddingLeft, paddingRight, marginLeft, marginRight } = getComputedStyle(node);
      return textAlign === "left" || parseFloat(paddingLeft) > parseFloat(paddingRight)
        || parseFloat(marginLeft) > parseFloat(marginRight);
    })
    .map((node) => `set from the left: ${node.tagName} ${node.textContent.slice(0, 60)}`);
  return [...wide, ...left, ...set];
}"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A JupyterLab on a copy of the course whose file of words is in the language nobody speaks."""
    base = tmp_path_factory.mktemp("words")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(base))
        with running_lab(base) as lab:
            shutil.copytree(paths.ITEMS, base / "lessons" / "items")
            for name in ("course_lib", "data"):
                shutil.copytree(
                    paths.CHECKOUT / name, base / name, ignore=shutil.ignore_patterns("__pycache__")
                )
            shutil.copy(paths.CHECKOUT / "pyproject.toml", base)
            (base / "lessons" / "words.toml").write_text(pseudo.file(), encoding="utf-8")
            yield lab


def test_the_language_is_whole():
    """It has every message of the file, with the same places, and no Latin letter."""
    own, other = (
        MessageCatalogue(text) for text in ((paths.LESSONS / "words.toml").read_text("utf-8"), pseudo.file())
    )
    assert own.messages.keys() == other.messages.keys()
    for key, message in other.messages.items():
        for text in message.values() if isinstance(message, dict) else [message]:
            assert not re.search("[A-Za-z]", re.sub(r"\{\w+\}|</?[bi]>", "", text)), key


@pytest.mark.parametrize("stem", ["index", *course.stems()])
def test_every_word_comes_from_the_file(browser, copy, stem):
    """No Latin letter in what the interface says, before and after the student's answers; the page holds."""
    plan = planned(course.form_bank("before") if stem == "index" else course.bank(stem))
    tests = stem == "index" or stem == course.stems()[-1]
    if stem == course.stems()[-1]:
        plan |= planned(course.form_bank("after"))
    seen = set()

    def look(desk):
        seen.update((lang, text) for lang, text in desk.page.evaluate(TEXTS))
        for width in (420, 1280):
            desk.page.set_viewport_size({"width": width, "height": 900})
            desk.page.wait_for_function("(width) => innerWidth === width", arg=width)
            assert desk.page.evaluate(BROKEN) == [], width

    def look_again(desk):
        look(desk)
        # Panels on what was answered tell it when they are run again.
        desk.run_all()
        look(desk)

    notebook_done(browser, copy, stem, plan, tests, look_again)
    ours = {text for lang, text in seen if lang == pseudo.LANGUAGE}
    assert len(ours) > 50
    assert sorted(text for text in ours if re.search("[A-Za-z]", text)) == []
    assert sorted(text for lang, text in seen if not lang) == []
