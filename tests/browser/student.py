"""A student who answers every question of a notebook, in a real JupyterLab."""

import html
import re

from lab_driver import Desk

from course_lib import items
from course_lib.html.markdown import render_markdown

FORECAST = 30  # per cent, for every question: what it earns can be worked out by hand
FILL = """async ([plan, hand_in]) => {
  const told = (node) => node.dispatchEvent(new Event("input", { bubbles: true }));
  const settled = (node) => node.dispatchEvent(new Event("change", { bubbles: true }));
  const type = (node, value) => { node.value = value; told(node); settled(node); };
  const fill = {
    single: (form, answer) => form.querySelector(`.cq-options input[value="${answer}"]`).click(),
    multiple: (form, answer) => form.querySelectorAll(".cq-options input").forEach((box) => {
      if (box.checked !== answer.includes(Number(box.value))) box.click();
    }),
    number: (form, answer) => type(form.querySelector("input"), answer),
    word: (form, answer) => type(form.querySelector("input"), answer),
    // What is typed is asked about first; the slider says a number at once.
    probability: (form, answer) => type(form.querySelector("input[type=range]"), answer),
    text: (form, answer) => type(form.querySelector("textarea"), answer),
    grid: (form, answer) => form.querySelectorAll(".cq-row").forEach((row, at) =>
      row.querySelectorAll("input")[answer[at]].click()),
    match: (form, answer) => form.querySelectorAll("select").forEach((menu, at) => type(menu, answer[at])),
    matrix: (form, answer) => form.querySelectorAll(".cq-row").forEach((row, at) =>
      row.querySelectorAll("select").forEach((menu, n) => type(menu, answer[at][n]))),
    order: (form, answer) => {
      const list = form.querySelector("ol");
      const steps = [...list.children];
      answer.forEach((place, at) => {
        while ([...list.children].indexOf(steps[place]) > at) steps[place].querySelector("button").click();
      });
    },
  };
  const forms = [...document.querySelectorAll(".cq form")];
  const words = (node) => node.textContent.replace(/\\s+/g, " ").trim();
  const stem = (form) => words(form.querySelector("legend > span:last-child"));
  const unknown = [];
  for (const form of forms) {
    const found = plan.filter((one) => one.stem === stem(form));
    // The same question can stand on a page twice where two grids share a stem: then their order counts.
    const one = found.find((each) => !each.done) ?? found[0];
    if (!one) { unknown.push(stem(form)); continue; }
    one.done = true;
    fill[one.type](form, one.answer);
    if (one.sure !== null) form.querySelectorAll(".cq-sure input")[one.sure]?.click();
    form.querySelector("button[type=submit]")?.click();
  }
  if (hand_in) document.querySelectorAll(".cq > .cq-buttons .cq-button").forEach((button) => button.click());
  return unknown;
}"""
SHOWN = "(count) => document.querySelectorAll('.cq form').length === count"
ANSWERED = """(count) => {
  const forms = [...document.querySelectorAll(".cq form")];
  return forms.length === count && forms.every((form) => form.querySelector(".cq-status").textContent !== "");
}"""
UNMARKED = """() => [...document.querySelectorAll(".cq form")]
  .filter((form) => form.querySelector(".cq-status").textContent === "")
  .map((form) => form.querySelector("legend").textContent.trim() + ": " +
    (form.querySelector(".cq-problem").textContent || "nothing was said"))"""
PROBLEMS = """() => [...document.querySelectorAll('.cq-problem')].map((one) => one.textContent)
  .filter((text) => text)"""


def plain(item):
    """The stem as the page shows it."""
    first = item.stem.strip().partition("\n\n")[0]
    text = re.sub(r"<[^>]+>", "", render_markdown(first, inline=True))
    return " ".join(html.unescape(text).split())


def wrong(item):
    """An answer that fits the question and is not right."""
    key = items.key_answer(item)
    match item:
        case items.Single():
            return next(place for place, option in enumerate(item.option) if not option.key)
        case items.Multiple():
            return [place for place in range(len(item.option)) if place not in key] or key[:1]
        case items.Number():
            return "-98765"
        case items.Word():
            return "nothing of the kind"
        case items.Grid():
            return [(at + 1) % len(item.choices) for at in key]
        case items.Match():
            return [(at + 1) % len(item.choices) for at in key]
        case items.Matrix():
            return [[(at + 1) % len(item.choices) for at in row] for row in key]
        case items.Order():
            return key[::-1]
    raise TypeError(item)


def kept(item):
    """What this student gives where nothing is right or wrong."""
    match item:
        case items.Probability():
            return FORECAST
        case items.Text():
            return (
                f"Written for {item.id}. " + "What was found stands above, with its source and its day. " * 30
            )
        case items.Single():
            return 1 if item.role == "opens_outcomes" else 0
        case items.Multiple():
            return [0]
        case items.Number():
            return str(FORECAST)
        case items.Grid():
            return [0] * len(item.row)
        case items.Matrix():
            return [[0] * len(item.columns) for _ in item.row]
    raise TypeError(item)


def planned(bank):
    """What this student answers, and whether it is right: wrong at every fourth question that can be."""
    plan, marked = {}, 0
    for item in bank.items:
        good = None
        if item.graded:
            marked += 1
            good = marked % 4 != 0
        answer = kept(item) if good is None else items.key_answer(item) if good else wrong(item)
        state = items.grade(item, items.valid_answer(item, answer)).state
        assert (state == "right") == bool(good), (item.id, state)
        plan[item.id] = (item, answer, good)
    return plan


def notebook_done(browser, lab, stem, plan, hand_in=False, then=None):
    """Open a notebook, run it, answer everything on it; return what `then` makes of it afterwards."""
    desk = Desk(browser, lab, stem=stem)
    desk.run_all()
    told = [
        {"stem": plain(item), "type": item.type, "answer": answer, "sure": 1 if item.confidence else None}
        for item, answer, _ in plan.values()
    ]
    if plan:
        _reached(desk, stem, SHOWN, len(plan))
        unknown = desk.page.evaluate(FILL, [told, hand_in])
        assert unknown == [], (stem, unknown)
        _reached(desk, stem, ANSWERED, len(plan))
        problems = desk.page.evaluate(PROBLEMS)
        assert problems == [], (stem, problems)
    made = then(desk) if then else None
    desk.close()
    return made


def _reached(desk, stem, state, count):
    """Wait until the page is in this state; if it never is, say which questions are in the way."""
    from playwright.sync_api import TimeoutError as Late

    try:
        desk.page.wait_for_function(state, arg=count)
    except Late:
        shown = desk.page.locator(".cq form").count()
        told = [f"{stem}: {shown} of {count} questions are shown. Without a mark:"]
        raise AssertionError("\n".join(told + desk.page.evaluate(UNMARKED) + desk.errors)) from None
