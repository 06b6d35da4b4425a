"""The whole course once through: a student in a real JupyterLab, from the test before to the portfolio."""

import html
import json
import re

import pytest
from lab_driver import Desk, running_lab

from course_lib import course, evidence, items, lodged
from course_lib.markdown import markdown
from course_lib.progress import Progress

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
    probability: (form, answer) => type(form.querySelector("input[type=number]"), answer),
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
    text = re.sub(r"<[^>]+>", "", markdown(first, inline=True))
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
            return lodged.OWN if item.id == lodged.OPENS else 0
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


@pytest.fixture(scope="module")
def walk(browser, tmp_path_factory):
    """The student's way through the course: the folder, the plan of every bank, and the portfolio's text."""
    base = tmp_path_factory.mktemp("whole")
    plans = {name: planned(course.form(name)) for name in ("before", "after")}
    plans |= {stem: planned(course.bank(stem)) for stem in course.stems()}
    with running_lab(base) as lab:
        _page(browser, lab, "index", plans["before"], hand_in=True)
        for stem in course.stems()[:-1]:
            _page(browser, lab, stem, plans[stem])
        last = course.stems()[-1]
        portfolio = _page(browser, lab, last, plans[last] | plans["after"], hand_in=True, then=_downloaded)
        home = _page(browser, lab, "index", {}, then=lambda desk: desk.page.content())
    return base, plans, portfolio, home


def _page(browser, lab, stem, plan, hand_in=False, then=None):
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
        assert unknown == [], stem
        _reached(desk, stem, ANSWERED, len(plan))
        assert desk.page.evaluate(PROBLEMS) == [], stem
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
    """Every lesson stands there as answered in full, with as many right as expected."""
    _, plans, _, home = walk
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", home)).split())
    for stem in course.stems():
        right = sum(bool(good) for _, _, good in plans[stem].values())
        assert re.search(rf"{len(plans[stem])} of {len(plans[stem])}[^.]{{0,60}}?\b{right}\b right", text), (
            stem
        )


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
    from course_lib import gain

    base, plans, _, _ = walk
    table = gain.scores(Progress(base / "my_work" / "progress.sqlite")).set_index("objective")
    for name in ("before", "after"):
        shares = {}
        for item, _, good in plans[name].values():
            shares.setdefault(item.objective, []).append(bool(good))
        expected = [sum(marks) / len(marks) for _, marks in sorted(shares.items())]
        assert table[name].tolist() == pytest.approx(expected), json.dumps(expected)
