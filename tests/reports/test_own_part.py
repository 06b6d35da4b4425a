"""Questions in files of one's own stand in the portfolio under their file, told without it."""

import json
import re
import shutil

import msgspec
import pytest
from markdown_it import MarkdownIt
from own_files import Page, json_questions, toml_questions

from course_lib import home, items, paths
from course_lib.portfolio_panel import PortfolioPanel
from course_lib.reports.output import build_portfolio
from course_lib.student.own_files import collect_own
from course_lib.student.progress import Progress
from course_lib.widgets.quiz import Quiz

KEPT = paths.CHECKOUT / "tests" / "student" / "kept" / "own"
QUIZ = (KEPT / "quiz.json").read_text(encoding="utf-8")
BREAD = (KEPT / "bread.toml").read_text(encoding="utf-8")


def opened(text, key, mode="practice"):
    """A file as a page that is open."""
    questions, former = (toml_questions if key.endswith(".toml") else json_questions)(text, key)
    return Page(Quiz(questions, Progress(), mode, None, key, former))


@pytest.fixture
def answered():
    """Two files, answered in part; one of them a question wrongly, then rightly, and mended since."""
    page = opened(QUIZ, "quiz.json")
    page.send("answer", "quiz.json#1", 0)
    page.send("answer", "quiz.json#1", 1)
    page.send("answer", "quiz.json#2", [0, 1])
    page.send("draft", "quiz.json#4", "yea")
    mended = opened(QUIZ.replace("minutes are", "minutes make"), "quiz.json")
    opened(QUIZ, "quiz.json").send("answer", "quiz.json#3", "60")
    mended.send("draft", "quiz.json#3", "61")
    opened(BREAD, "bread.toml").send("answer", "bread.toml#99-why", "It keeps *longer*.")


def lines(text):
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(text).partition("</style>")[2])).replace(" ", " ")


@pytest.mark.usefixtures("answered")
def test_each_file_is_a_part_of_the_portfolio():
    """With each question, the answer in words, what became of it and how often it was tried."""
    built = build_portfolio(Progress())
    assert built.answered == 0
    own = "Questions in files of your own: quiz.json 3 of 4 answered; bread.toml 1 of 2 answered."
    assert built.own == own
    words = lines(built.html())
    assert "quiz.json 3 of 4 answered; bread.toml 1 of 2 answered." in words
    part = words[words.rindex(" quiz.json 3 of 4 questions of this file are answered.") :]
    for told in (
        "Answers that can be right or wrong: 3, of these right at the first attempt: 1, at the last: 2.",
        "Told as it was kept when you answered; the file itself is not read here.",
        "Which grain has the most gluten? wheat right at the last of 2 attempts",
        "Which of these are in bread? flour sand not right",
        "How many minutes are an hour? 60 later, not checked: 61 right at the first attempt; "
        "the question has changed since; it is told as it was",
        "What makes dough rise? yea chosen, not checked",
        "bread.toml 1 of 2 questions of this file are answered.",
        "It keeps *longer*.",
    ):
        assert told in part, told
    # No key and no feedback.
    assert not re.search("Less than another|It slows it down|easier to digest|Names a reason", words)
    assert "Answers that fit no question" not in words
    assert "quiz.json" in str(built.markdown())


@pytest.mark.usefixtures("answered")
def test_home_and_panel_count_them_beside_the_course():
    """What the course counts stays the course's."""
    own = "Questions in files of your own: quiz.json 3 of 4 answered; bread.toml 1 of 2 answered."
    assert own in str(home.overview().markup)
    panel = PortfolioPanel()
    assert panel.summary.endswith(own)
    assert "answers to 0 of " in panel.summary


def test_no_file_no_word():
    """Whoever has no file of their own reads nothing of it."""
    assert "your own" not in str(home.overview().markup)
    assert "your own" not in PortfolioPanel().summary
    assert build_portfolio(Progress()).own == ""


def test_a_test_of_a_file_is_told_with_what_was_left_open():
    """A question left open in a test that was handed in is no answer."""
    opened(QUIZ, "exam.json", "test").hand_in(
        {"exam.json#1": 1, "exam.json#2": [], "exam.json#3": "", "exam.json#4": ""}
    )
    (file,), _, unmatched = collect_own(Progress().events())
    assert (file.key, file.answered, file.total, unmatched) == ("exam.json", 1, 4, [])


def test_answers_of_an_earlier_store_are_told_once_the_file_was_shown(home):
    """Under the file, and not among what fits no question."""
    (home / "my_work").mkdir()
    shutil.copyfile(KEPT / "progress.sqlite", home / "my_work" / "progress.sqlite")
    assert "Answers that fit no question" in str(build_portfolio(Progress()).html())
    for name in ("quiz.json", "bread.toml"):
        opened((KEPT / name).read_text(encoding="utf-8"), name)
    opened((KEPT / "exam.json").read_text(encoding="utf-8"), "exam.json", "test")
    built = build_portfolio(Progress())
    assert "Answers that fit no question" not in str(built.html())
    counts = [(file.key, file.answered, file.total) for file in collect_own(Progress().events())[0]]
    assert sorted(counts) == [("bread.toml", 2, 2), ("exam.json", 1, 2), ("quiz.json", 3, 4)]


DAMAGED = [
    {},
    [],
    "text",
    7,
    {"file": "quiz.json"},
    {"file": "other.json"},
    {"file": ""},
    {"stem": "x" * 20_001},
    {"options": []},
    {"options": ["a"] * 501},
    {"options": [1]},
    {"type": "spell"},
    {"type": "order", "options": ["one"]},
    {"type": "probability", "resolves": "soon"},
    {"type": "grid", "choices": []},
    {"total": -1},
    {"place": 10**30},
    {"stem": "half a sign: \ud83d"},
    {"options": ["half a sign: \ud83d"]},
]


@pytest.mark.parametrize("damaged", DAMAGED, ids=range(len(DAMAGED)))
def test_what_is_damaged_breaks_nothing(damaged):
    """The answer beside it is told as it is kept."""
    questions, former = json_questions(QUIZ, "quiz.json")
    Page(Quiz(questions, Progress(), owner="quiz.json", former_ids=former)).send("answer", "quiz.json#1", 1)
    events = [msgspec.to_builtins(event) for event in Progress().events()]
    whole = damaged != {"file": "quiz.json"}
    if isinstance(damaged, dict) and damaged:
        events[0]["answer"].update(damaged)
    else:
        events[0]["answer"] = damaged
    work = {"format": "reading-with-evidence work", "form": 1, "events": events}
    progress = Progress(Progress().path.with_name("damaged.sqlite"))
    progress.restore(json.dumps(work))
    built = build_portfolio(progress)
    assert ("Answers that fit no question" in str(built.html())) is whole
    assert bool(built.own) is not whole


def test_a_harmful_name_of_a_file_is_text():
    """It stands in a heading and changes nothing."""
    key = "<b>a</b> [x](http://example.org) `b`.json"
    opened(QUIZ, key).send("answer", f"{key}#1", 1)
    built = build_portfolio(Progress())
    assert "<b>a</b>" not in str(built.html())
    assert "&lt;b&gt;a&lt;/b&gt; [x](http://example.org)" in str(built.html())
    assert "[x](http" not in str(built.markdown())


FORGED = [
    "<script>document.title = 1</script>",
    "<img src=x onerror=alert(1)>![a](https://example.org/a.png)",
    "[a](javascript:alert(1)) <https://example.org> [b][c]",
    "[c]: https://example.org",
    "$<iframe src=x>$ <u onclick=alert(1)>b</u> <kbd>c",
    "<div><style>*{display:none}</style>",
    "</td></table><h1>d</h1> | e",
    "[f](source:nobody-2020)",
]


@pytest.mark.parametrize("text", FORGED)
def test_what_was_forged_is_text_in_both_forms(text):
    """In a stem and in options of a hand-in that was made up: no element and no address in it is read."""
    questions, former = json_questions(QUIZ, "quiz.json")
    Page(Quiz(questions, Progress(), owner="quiz.json", former_ids=former)).send("answer", "quiz.json#1", 1)
    events = [msgspec.to_builtins(event) for event in Progress().events()]
    snapshot = next(event["answer"] for event in events if isinstance(event["answer"], dict))
    honest = build_portfolio(Progress())
    snapshot.update(stem=text, options=[text, text])
    progress = Progress(Progress().path.with_name("forged.sqlite"))
    progress.restore(json.dumps({"format": "reading-with-evidence work", "form": 1, "events": events}))
    forged = build_portfolio(progress)
    assert forged.own == honest.own
    program = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    before, after = (program.render(str(built.markdown())) for built in (honest, forged))
    assert elements(after) - elements(before) <= {"<kbd>"}
    # A page shows an address between pointed brackets as a link, as the course does.
    link = '<a href="https://example.org" '
    new = {tag for tag in elements(forged.html()) - elements(honest.html()) if not tag.startswith(link)}
    assert {re.split(r"[ >]", tag)[0] for tag in new} <= {"<kbd", "<math", "<mrow", "<mo", "<mi", "<code"}


def elements(markup):
    """The tags in HTML that begin something, with their attributes."""
    return set(re.findall(r"<[^/<>][^<>]*>", str(markup)))


def test_every_type_is_told_as_it_was_answered():
    """No type of question needs its file to be read."""
    samples = items.load(
        (paths.CHECKOUT / "tests" / "every_type.toml").read_text(encoding="utf-8"), "x"
    ).items
    questions = [msgspec.structs.replace(item, id=f"x.toml#{item.id}") for item in samples]
    page = Page(Quiz(questions, Progress(), owner="x.toml"))
    for item in questions:
        answer = {"probability": 30, "text": "word " * 200}.get(item.type, items.key_answer(item))
        if answer is not None:
            page.send("answer", item.id, answer)
    (file,), others, unmatched = collect_own(Progress().events())
    assert (others, unmatched) == ([], [])
    assert {record.item.type for record in file.records if record.answered} == {
        item.type for item in questions
    }
    assert not any(record.is_keyed for record in file.records)
    assert build_portfolio(Progress()).html()
