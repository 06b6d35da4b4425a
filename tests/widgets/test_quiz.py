"""What the widget sends to the page, what it hears, and what a student is told when something is wrong."""

import html
import itertools
import json
import re
import threading
import zlib

import msgspec
import pseudo
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course_lib import items, paths
from course_lib.errors import ItemError, ProgressError
from course_lib.html.markdown import _renderer, render_markdown
from course_lib.student.progress import Progress
from course_lib.widgets.quiz import Quiz

BANK = """
lesson = "99_bread"
title = "Bread"
question = "What is bread?"
minutes = 40
activity_minutes = 5

[[item]]
id = "99-flour"
type = "single"
check = "one"
objective = 1
stem = "Which *grain*?\\n\\nA second paragraph."
hints = ["It grows in fields.", "It begins with w."]
explain = "EXPLANATION of flour."
[[item.option]]
text = "rye"
feedback = "FEEDBACK for rye, see [a study](source:cohen-1960-kappa)."
[[item.option]]
text = "wheat"
key = true
feedback = "FEEDBACK for wheat."

[[item]]
id = "99-parts"
type = "multiple"
check = "one"
objective = 1
stem = "What is in it?"
[[item.option]]
text = "flour"
key = true
feedback = "FEEDBACK for flour."
[[item.option]]
text = "sand"
feedback = "FEEDBACK for sand."

[[item]]
id = "99-weight"
type = "number"
check = "one"
objective = 1
stem = "How heavy?"
answer = 750
unit = "grams"
feedback = "FEEDBACK for the weight."
otherwise = "FEEDBACK for another weight."

[[item]]
id = "99-rows"
type = "grid"
check = "one"
objective = 1
stem = "Sort them."
choices = ["hot", "cold"]
[[item.row]]
text = "oven"
ref = "r1"
key = "hot"
feedback = "FEEDBACK for the oven."
[[item.row]]
text = "cellar"
key = "cold"
feedback = "FEEDBACK for the cellar."
"""
MORE = (paths.CHECKOUT / "tests" / "every_type.toml").read_text(encoding="utf-8")
FIRST = "99-flour"
# A page numbers what it sends.
TURNS = itertools.count(1)


@pytest.fixture
def asked():
    """Four questions about bread, one of each type."""
    return items.load(BANK, "bread.toml").items


@pytest.fixture
def quiz(asked):
    """The four questions as a student first meets them."""
    return Quiz(asked, Progress())


@pytest.fixture
def more():
    """Six questions of the other types."""
    return items.load(MORE, "bread.toml").items


def say(quiz, kind, item, answer=None, name="a-1", sure=None):
    """Send what the page would send; return what it would then show for the item."""
    message = {"kind": kind, "item": item, "answer": answer, "id": name, "sure": sure}
    quiz._hear(None, {**message, "page": "p", "turn": next(TURNS)}, [])
    return quiz.answers[item]


def shown_on(quiz):
    """What the page is sent of all entries, as text."""
    return json.dumps(quiz.get_state()["answers"])


def sent_by(quiz):
    """What the page is sent for a widget, unpacked, without the script that is the same for all."""
    state = quiz.get_state(drop_defaults=False)
    unpacked = zlib.decompress(state["constants"]).decode()
    plain = {name: state[name] for name in state if name not in ("_esm", "code", "constants", "script")}
    return unpacked + json.dumps(plain)


def test_nothing_to_find_before_an_answer(quiz):
    """Neither key, feedback, hints, explanation nor source is in what the page gets or the file keeps."""
    # The id of a model is drawn by chance, and may hold any number.
    bundle = re.sub(r"[0-9a-f]{32}", "", repr(quiz._repr_mimebundle_()))
    sent = sent_by(quiz) + quiz.fallback() + bundle
    assert "wheat" in sent
    for secret in ("FEEDBACK", "EXPLANATION", "It grows", '"key"', "'key'", "750", "cohen", "otherwise"):
        assert secret not in sent, secret


def test_feedback_comes_for_what_was_chosen_only(quiz):
    """An answer brings its own feedback, and not that of the options left alone."""
    shown = say(quiz, "answer", FIRST, 0)
    assert shown.state == "not_yet"
    assert shown.attempt == 1
    assert shown.echo == "a-1"
    assert "FEEDBACK for rye" in shown.notes[0].html
    assert "FEEDBACK for wheat" not in shown_on(quiz)


def test_a_source_in_feedback_becomes_a_link(quiz):
    """Feedback names its source, and the link opens beside the lesson."""
    shown = say(quiz, "answer", FIRST, 0).notes[0].html
    assert '<a href="http' in shown
    assert 'target="_blank"' in shown
    assert 'rel="noopener noreferrer"' in shown


@pytest.mark.parametrize(
    ("item", "answer", "state"),
    [
        ("99-flour", 1, "right"),
        ("99-flour", None, "unanswered"),
        ("99-parts", [0], "right"),
        ("99-parts", [0, 1], "not_yet"),
        ("99-parts", [], "unanswered"),
        ("99-weight", " 750 ", "right"),
        ("99-weight", "7,5", "not_yet"),
        ("99-weight", "", "unanswered"),
        ("99-rows", [0, 1], "right"),
        ("99-rows", [0, None], "not_yet"),
        ("99-rows", [None, None], "unanswered"),
    ],
)
def test_every_type_is_marked(quiz, item, answer, state):
    """The page is told the state that the marking rule found; an empty answer is never right or wrong."""
    shown = say(quiz, "answer", item, answer)
    assert shown.state == state
    assert shown.attempt == (0 if state == "unanswered" else 1)
    assert (quiz._progress.last_answer(item) is None) == (state == "unanswered")


def test_answers_come_back_when_the_cell_is_run_again(asked, quiz):
    """A second widget shows the answer, its feedback, the attempt and the hints of the first."""
    say(quiz, "hint", FIRST)
    say(quiz, "answer", FIRST, 0)
    say(quiz, "answer", FIRST, 1)
    say(quiz, "draft", "99-weight", "12")
    again = Quiz(asked, Progress()).answers
    assert again[FIRST].answer == 1
    assert again[FIRST].state == "right"
    assert again[FIRST].attempt == 2
    assert again[FIRST].notes == quiz.answers[FIRST].notes
    assert again[FIRST].hints == [render_markdown("It grows in fields.")]
    assert again["99-weight"].answer == "12"
    assert again["99-weight"].state is None


def test_a_draft_after_an_answer_keeps_both(asked, quiz):
    """What was changed since the check comes back, with the feedback for what was checked."""
    say(quiz, "answer", "99-rows", [0, 0])
    say(quiz, "draft", "99-rows", [0, 1])
    again = Quiz(asked, Progress()).answers["99-rows"]
    assert again.answer == [0, 1]
    assert again.graded == [0, 0]
    assert again.state == "not_yet"


def test_an_answer_does_not_overtake_its_draft(asked, tmp_path):
    """The kernel can give the two to different threads; the mark stays whichever comes to an end first."""
    answered = threading.Event()

    class Slow(Progress):
        def record(self, item, version, kind, **told):
            if kind == "draft":
                other.start()
                # Were both heard at once, the answer would be marked now, and its mark lost afterwards.
                answered.wait(0.5)
            return super().record(item, version, kind, **told)

    def sent(kind):
        page = {"kind": kind, "item": FIRST, "answer": 0, "id": kind, "sure": None}
        page |= {"page": "p", "turn": next(TURNS)}
        quiz._handle_custom_msg(page, [])
        if kind == "answer":
            answered.set()

    # What is read once is read before.
    say(Quiz(asked, Progress()), "answer", FIRST, 0)
    quiz = Quiz(asked, Slow(tmp_path / "slow.sqlite"))
    other = threading.Thread(target=sent, args=("answer",))
    sent("draft")
    other.join()
    assert quiz.answers[FIRST].state is not None
    assert quiz.answers[FIRST].echo == "answer"


def numbered(*messages, page="p"):
    """Messages as a page sends them, one after the other."""
    return [
        {"sure": None, **message, "page": page, "turn": turn, "id": f"{page}-{turn}"}
        for turn, message in enumerate(messages, 1)
    ]


def draft(answer, item="99-parts"):
    """What the page sends when something was changed."""
    return {"kind": "draft", "item": item, "answer": answer}


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_a_test_is_kept_as_it_was_handed_in_whatever_is_heard_first(asked, order):
    """Threads do not keep the order: a draft that comes late is neither taken nor refused."""
    test = Quiz(asked, Progress(), "test")
    given = {FIRST: 1, "99-parts": [0, 1], "99-weight": "", "99-rows": [None, None]}
    handed_in = {"kind": "finish", "answers": given, "sure": {}}
    sent = numbered(draft([0]), draft([0, 1]), draft(1, FIRST), handed_in)
    for place in order:
        test._hear(None, sent[place], [])
    for quiz in (test, Quiz(asked, Progress(), "test")):
        assert {name: entry.answer for name, entry in quiz.answers.items()} == {**given}
        assert {entry.problem for entry in quiz.answers.values()} == {""}
        assert all(entry.locked for entry in quiz.answers.values())
    # What is changed afterwards is refused, from this page and from another.
    for later in (numbered(*[draft([1])] * 5)[-1], numbered(draft([1]), page="other")[0]):
        test._hear(None, later, [])
        assert test.answers["99-parts"].problem == "This test was handed in; its answers stay as they are."
        assert test.answers["99-parts"].answer == [0, 1]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_a_mark_is_for_what_was_checked_and_the_newest_stays(asked, order):
    """Whichever message is heard first: the mark of the one that asked for it, and what was changed since."""
    quiz = Quiz(asked, Progress())
    checked = {"kind": "answer", "item": "99-parts", "answer": [0]}
    sent = numbered(draft([1]), draft([0]), checked, draft([0, 1]))
    for place in order:
        quiz._hear(None, sent[place], [])
    for widget in (quiz, Quiz(asked, Progress())):
        entry = widget.answers["99-parts"]
        assert (entry.answer, entry.graded, entry.state) == ([0, 1], [0], "right")
        assert entry.attempt == 1


@pytest.mark.parametrize("late", [True, False])
def test_a_lodged_forecast_stays_as_it_was_lodged(more, late):
    """Also where something that was typed afterwards is heard before."""
    quiz = Quiz(more, Progress())
    name = next(item.id for item in more if isinstance(item, items.Probability))
    lodged = {"kind": "answer", "item": name, "answer": 30}
    sent = numbered(lodged, draft(70, name))
    for message in sent[::-1] if late else sent:
        quiz._hear(None, message, [])
    for widget in (quiz, Quiz(more, Progress())):
        assert (widget.answers[name].answer, widget.answers[name].locked) == (30, True)


def test_hints_come_one_by_one_and_end(quiz):
    """Each request brings one more hint; when all are out, nothing more is recorded."""
    for count in (1, 2, 2):
        assert len(say(quiz, "hint", FIRST).hints) == count
    assert quiz._progress.count(FIRST, "hint") == 2


def test_a_changed_question_says_so(asked, quiz):
    """An answer to an older wording is shown; its old mark is told in words, not as today's."""
    say(quiz, "answer", FIRST, 0)
    changed = items.load(BANK.replace("Which *grain*?", "Which grain is it?"), "bread.toml").items
    shown = Quiz(changed, Progress()).answers[FIRST]
    assert shown.answer == 0
    assert shown.state is None
    assert shown.notes == []
    assert shown.problem == (
        "This question has changed since you answered it. Your earlier answer is shown; "
        "please check it again. It was not yet right at that time."
    )


def test_an_answer_that_no_longer_fits_is_told(asked, quiz):
    """Where a question lost an option, the old answer cannot be shown, which is said, and nothing breaks."""
    say(quiz, "answer", "99-rows", [0, 1])
    shorter = BANK.rsplit("[[item.row]]", 1)[0]
    shown = Quiz(items.load(shorter, "bread.toml").items, Progress()).answers["99-rows"]
    assert shown.answer is None
    assert shown.state is None
    assert shown.problem == (
        "This question has changed since you answered it, and not all of your earlier answer fits it as it "
        "stands. Your answer is kept; please answer again. It was right at that time."
    )


@pytest.mark.parametrize(
    "message",
    [
        None,
        "answer",
        {},
        {"kind": "answer"},
        {"kind": "answer", "item": "99-gone", "answer": 1, "sure": None, "page": "p", "turn": 1, "id": "a"},
        {"kind": "cheat", "item": FIRST, "answer": 1, "sure": None, "page": "p", "turn": 1, "id": "a"},
        {"kind": "answer", "item": [FIRST]},
        {"kind": ["answer"], "item": FIRST},
        {"answer": 1, "item": FIRST, "sure": None, "page": "p", "turn": 1, "id": "a"},
        {"kind": "answer", "item": FIRST, "answer": {}, "sure": None, "page": "p", "turn": 1, "id": "a"},
        {"kind": "answer", "item": FIRST, "answer": 1, "sure": "x", "page": "p", "turn": 1, "id": "a"},
    ],
)
def test_a_message_that_means_nothing_changes_nothing(quiz, message):
    """Whatever reaches the kernel over the wire, nothing is recorded and nothing is given away."""
    before = dict(quiz.answers)
    quiz._hear(None, message, [])
    assert quiz.answers == before
    assert quiz._progress.events() == []


def test_an_answer_of_the_wrong_form_is_refused_in_words(quiz):
    """A number where ticks belong is no answer; what was there before stays."""
    say(quiz, "answer", "99-parts", [0])
    shown = say(quiz, "answer", "99-parts", 7)
    assert shown.problem == "7 is no answer to item '99-parts' of type multiple. Run the cell again."
    assert shown.answer == [0]
    assert len(quiz._progress.events()) == 1


def test_a_file_that_cannot_be_written_is_told_and_loses_nothing(asked, tmp_path):
    """What was typed stays on the screen with its feedback, under a sentence that it is not saved."""
    quiz = Quiz(asked, Progress(tmp_path / "p.sqlite"))
    (tmp_path / "p.sqlite").write_text("no database", encoding="utf-8")
    shown = say(quiz, "answer", FIRST, 1)
    assert shown.problem.startswith("Not saved: ")
    assert shown.problem.endswith(
        "It was left as it is. Rename it to start a new one, and keep the old one for your instructor."
    )
    assert shown.answer == 1
    assert shown.state == "right"
    assert (tmp_path / "p.sqlite").read_text(encoding="utf-8") == "no database"


def test_a_damaged_file_is_told_when_the_cell_is_run(asked, tmp_path):
    """The questions still show, each with the sentence about the file."""
    (tmp_path / "p.sqlite").write_text("no database", encoding="utf-8")
    shown = Quiz(asked, Progress(tmp_path / "p.sqlite")).answers
    assert all("is damaged or is not a progress file" in entry.problem for entry in shown.values())


def test_without_progress_the_widget_says_that_nothing_is_kept(asked):
    """Nobody believes an answer is stored that is not."""
    quiz = Quiz(asked)
    assert quiz.answers[FIRST].problem == "Answers are not kept here."
    assert say(quiz, "answer", FIRST, 1).attempt == 1
    assert say(quiz, "answer", FIRST, 1).attempt == 2


def test_markup_in_a_question_does_no_harm():
    """Scripts, handlers, frames and other addresses than the web's are taken out."""
    risky = (
        "<img src=x onerror=alert(1)> [go](javascript:alert(1)) [in](data:text/html,hi)\n\n"
        "<iframe src='http://evil'></iframe>"
    )
    shown = render_markdown(risky)
    assert "<img" not in shown
    assert "<iframe" not in shown
    assert "href" not in shown
    assert "&lt;img" in shown


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12))
@example("  two  spaces ")
@example("1. a list")
@example("a) no list ")
@example("2024")
@example("a – b … “c” (d)")
@example("é ß ﬁ ½ ² ٣")
def test_the_short_way_for_plain_texts_gives_the_same(text):
    """A text without marks of Markdown is as the libraries would give it, a line alone a paragraph."""
    render, clean = _renderer()
    assert render_markdown(text, inline=True) == clean(render.renderInline(text))
    line = text.strip()
    paragraph = f"<p>{clean(render.renderInline(line))}</p>\n" if line else ""
    assert render_markdown(text) == (clean(render.render(text)) if "\n" in line else paragraph)


@pytest.mark.parametrize(
    "text", ["1972. It failed.", "1972) It failed.", "- 5 degrees", "# 4", "> 5 per cent"]
)
def test_a_text_is_shown_with_its_beginning(text):
    """As the question, an option and its feedback, a hint and the key: in each place where a page has it."""
    options = [items.Option(text, text, True), items.Option("No", "No.")]
    item = items.Single(
        id="99-a",
        type="single",
        check="c",
        objective=1,
        stem=text,
        hints=[text],
        explain=text,
        option=options,
    )
    rest = items.Single(id="99-b", type="single", check="c", objective=1, stem="?", option=options)
    quiz = Quiz([item, rest], Progress())
    written = html.escape(text)
    assert sent_by(quiz).count(json.dumps(written)[1:-1]) == 3
    assert quiz.fallback().count(written) == 3
    shown = say(quiz, "hint", "99-a")
    assert shown.hints == [f"<p>{written}</p>\n"]
    shown = say(quiz, "answer", "99-a", 0)
    assert [note.html for note in shown.notes] == [f"<p>{written}</p>\n"] * 2
    for name in ("a-2", "a-3"):
        say(quiz, "answer", "99-b", 1, name)
    shown = say(quiz, "reveal", "99-b")
    assert f"<li>{written.removesuffix('.')}: {written}</li>" in shown.revealed


def test_a_list_stays_a_list():
    """Bullets and numbers, one within the other."""
    shown = render_markdown("- one\n  1. two\n- three")
    assert re.sub(r"\n", "", shown) == "<ul><li>one<ol><li>two</li></ol></li><li>three</li></ul>"


def test_mathematics_becomes_what_browsers_draw_themselves():
    """A formula is MathML, dollars are dollars, and code stays code."""
    shown = render_markdown(r"So $\frac{20}{1288}$ it is.")
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">' in shown
    assert "<mfrac><mrow><mn>20</mn></mrow><mrow><mn>1288</mn></mrow></mfrac>" in shown
    assert 'display="block"' in render_markdown("$$\\kappa = 1$$")
    for plain in ("It costs $5 a day.", "From $5 to $6.", r"\$x\$", "`$x$`"):
        assert "<math" not in render_markdown(plain), plain


@pytest.mark.parametrize("latex", [r"\frac{1}", r"\left(", "{", "}", "x^", "_", r"\begin{matrix}", r"\sqrt["])
def test_a_formula_that_cannot_be_read_is_shown_as_typed(latex):
    """A slip in a formula does not take the whole group of questions away."""
    shown = render_markdown(f"Before ${latex}$ after.")
    assert "Before" in shown
    assert "after." in shown
    assert "<math" in shown or f"<code>{latex}</code>" in shown


@pytest.mark.parametrize(
    "risky",
    [
        r"$\href{javascript:alert(1)}{x}$",
        "$<script>alert(1)</script>$",
        r"$\text{<img src=x onerror=alert(1)>}$",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<svg onload=alert(1)>",
        '[a](https://example.org "x\\" onmouseover=alert(1)")',
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](vbscript:alert(1))",
        "![a](javascript:alert(1))",
        "<a href='javascript:alert(1)'>a</a>",
        "<div style='position:fixed;inset:0'>a</div>",
        "<form action='https://example.org'><button>a</button></form>",
        "<meta http-equiv=refresh content='0;url=https://example.org'>",
        "<" * 5_000,
        "[" * 5_000,
        "$" * 5_001,
        "a\x00b\u202ec",
    ],
)
def test_nothing_risky_gets_through(risky):
    """No script, handler, frame, form, style or strange address is left, in running text or beside it."""
    for shown in (render_markdown(risky), render_markdown(risky, inline=True)):
        tags = re.findall(r"<\s*/?\s*([a-zA-Z][\w-]*)([^>]*)>", shown)
        allowed = {
            "p",
            "a",
            "img",
            "code",
            "em",
            "strong",
            "math",
            "mrow",
            "mi",
            "mo",
            "mn",
            "mtext",
            "mspace",
        }
        assert {name for name, _ in tags} <= allowed
        told = " ".join(rest for _, rest in tags).lower()
        for bad in (" on", "style", "script", "src=x"):
            assert bad not in re.sub(r'title="[^"]*"', "", told), bad


RISKY = [
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "<style>*{display:none}</style>",
    "a" * 1_000_000,
    [[[[]]]],
    {"answer": 1},
    [0, [1], "2"],
    -1,
    10**400,
    1e308,
    True,
    ["<script>alert(1)</script>"] * 7,
]


@pytest.mark.parametrize("kind", ["draft", "answer"])
@pytest.mark.parametrize("risky", RISKY, ids=lambda risky: repr(risky)[:20])
def test_what_a_restored_file_holds_does_no_harm(asked, more, kind, risky):
    """Answers nobody can have given are not shown; text that was typed comes back as text, not as markup."""
    all_items = [*asked, *more]
    events = [
        {
            "uid": f"{n:032x}",
            "at": "2024-12-31T12:00:00.000000+00:00",
            "item": item.id,
            "version": item.version,
            "kind": kind,
            "answer": risky,
            "score": None,
            "state": "kept",
            "attempt": 1,
            "sure": 99,
        }
        for n, item in enumerate(all_items)
    ]
    progress = Progress()
    file = {"format": "reading-with-evidence work", "form": 1, "events": events}
    try:
        progress.restore(json.dumps(file))
    except ProgressError:
        assert progress.events() == []
    for entry in Quiz(all_items, progress).answers.values():
        shown = "".join([note.html for note in entry.notes] + [entry.revealed, entry.problem])
        assert re.search(r"<(img|style|script)|href=.?javascript", shown) is None
        assert len(shown) < 5_000
        assert entry.sure in (None, 0, 1, 2)
    quiz = Quiz(asked, progress)
    for item in asked:
        assert say(quiz, "answer", item.id, items.key_answer(item)).state == "right"


def test_further_paragraphs_stand_under_the_question(quiz):
    """The first paragraph names the inputs for a screen reader; the rest follows."""
    assert quiz.questions[0].stem == "Which <em>grain</em>?"
    assert quiz.questions[0].more == "<p>A second paragraph.</p>\n"


def test_a_page_without_a_kernel_shows_the_questions(quiz, monkeypatch):
    """On a preview page the stems, options and rows are readable, with the way to answer them."""
    shown = []
    monkeypatch.setattr(
        "course_lib.widgets.base.display", lambda data, raw, metadata=None: shown.append(data)
    )
    quiz._ipython_display_()
    widget, readable = shown
    assert readable["text/plain"] == "<Quiz: 4 questions>"
    assert (
        "<p>To answer, open this notebook in JupyterLab and run this cell.</p><ol>" in readable["text/html"]
    )
    for text in ("rye", "wheat", "How heavy?", "For each: hot, cold", "cellar"):
        assert text in readable["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in widget


def test_one_question_is_one_question(asked):
    """The plain text counts in English."""
    assert repr(Quiz(asked[:1])) == "<Quiz: 1 question>"


def test_nothing_of_the_other_types_is_found_before_an_answer(more):
    """Neither order, matches, model answer nor rubric is in what the page gets."""
    quiz = Quiz(more, Progress())
    sent = sent_by(quiz) + quiz.fallback()
    assert "knead" in sent
    assert "FEEDBACK" not in sent
    shown = next(question for question in quiz.questions if question.id == "99-steps")
    assert shown.options != ["knead", "rest", "bake"]


@pytest.mark.parametrize(
    ("item", "answer", "state"),
    [
        ("99-sure", 1, "right"),
        ("99-steps", None, "unanswered"),
        ("99-pairs", [0, 2], "right"),
        ("99-pairs", [None, 2], "not_yet"),
        ("99-rise", 40, "kept"),
        ("99-rise", None, "unanswered"),
        ("99-essay", "two words", "unanswered"),
        ("99-essay", "three words now", "kept"),
    ],
)
def test_the_other_types_are_marked_or_kept(more, item, answer, state):
    """What can be right is marked; forecasts and texts are kept."""
    assert say(Quiz(more, Progress()), "answer", item, answer).state == state


def test_an_order_comes_back_as_it_was_left(more):
    """The key's order is right whatever the mixed order shown first."""
    quiz = Quiz(more, Progress())
    steps = next(item for item in more if item.id == "99-steps")
    shown = say(quiz, "answer", "99-steps", items.key_answer(steps))
    assert shown.state == "right"
    assert Quiz(more, Progress()).answers["99-steps"].answer == items.key_answer(steps)


def test_the_answer_is_shown_after_two_tries_and_stays(more):
    """Earlier requests are refused in words; it comes back when the cell is run again."""
    quiz = Quiz(more, Progress())
    say(quiz, "answer", "99-sure", 0)
    refused = say(quiz, "reveal", "99-sure")
    assert refused.problem == "The answer is shown after 2 attempts. Try again first."
    assert refused.revealed == ""
    say(quiz, "answer", "99-sure", 0)
    shown = say(quiz, "reveal", "99-sure").revealed
    assert "wheat: FEEDBACK wheat." in shown
    assert "rye" not in shown
    say(quiz, "reveal", "99-sure")
    assert quiz._progress.count("99-sure", "reveal") == 1
    assert Quiz(more, Progress()).answers["99-sure"].revealed == shown


@pytest.mark.parametrize("item", ["99-rise", "99-essay"])
def test_where_nothing_is_right_there_is_nothing_to_show(more, item):
    """A forecast and a text have no key to ask for."""
    quiz = Quiz(more, Progress())
    for _ in range(2):
        say(quiz, "answer", item, 40 if item == "99-rise" else "three words now")
    assert "after 2 attempts" in say(quiz, "reveal", item).problem


def test_certainty_is_kept_with_the_answer(more):
    """It comes back, and is spoken of where it does not go with the mark."""
    quiz = Quiz(more, Progress())
    shown = say(quiz, "answer", "99-sure", 0, sure=2)
    assert "You were sure of this one." in shown.notes[-1].html
    again = Quiz(more, Progress()).answers["99-sure"]
    assert again.sure == 2
    assert again.notes == shown.notes
    assert say(quiz, "draft", "99-sure", 0, sure=9).sure is None
    assert say(quiz, "draft", "99-pairs", [0, 1], sure=1).sure is None


def test_a_forecast_is_locked_once_lodged(more):
    """Drafts may change; what is lodged may not, now or when the cell is run again."""
    quiz = Quiz(more, Progress())
    assert say(quiz, "draft", "99-rise", 30).locked is False
    assert say(quiz, "answer", "99-rise", 40).locked is True
    for widget in (quiz, Quiz(more, Progress())):
        shown = say(widget, "answer", "99-rise", 90)
        assert shown.answer == 40
        assert shown.problem == "This forecast is lodged and stays as it is until 31 December 2025."
    assert quiz._progress.last_answer("99-rise").answer == 40


def test_a_typed_forecast_is_lodged_only_after_what_was_read_was_seen(more):
    """A text is read, told and kept as a number; the page sends the number once it has shown it."""
    quiz = Quiz(more, Progress())
    shown = say(quiz, "draft", "99-rise", "7,5")
    assert (shown.answer, shown.reading.of, shown.reading.value) == ("7,5", "7,5", 7.5)
    assert shown.reading.says == "This will be lodged as 7.5 %."
    assert quiz._progress.last("99-rise").answer == 7.5
    shown = say(quiz, "answer", "99-rise", "12,5 %")
    assert (shown.locked, shown.state, shown.attempt) == (False, None, 0)
    assert shown.reading.says == "This will be lodged as 12.5 %."
    assert shown.problem == "Look at what was read, then choose “Lodge” again."
    assert quiz._progress.last_answer("99-rise") is None
    shown = say(quiz, "answer", "99-rise", 12.5)
    assert (shown.locked, shown.graded, shown.reading, shown.problem) == (True, 12.5, None, "")
    again = Quiz(more, Progress()).answers["99-rise"]
    assert (again.answer, again.locked, again.reading) == (12.5, True, None)


@pytest.mark.parametrize(
    ("typed", "says", "choices", "problem"),
    [
        (
            "0,7",
            "“0,7” can be a share or per cent. Which do you mean?",
            [("0.7", "0.7 %", 0.7), ("70", "70 %", 70)],
            "Say first which number you mean, then choose “Lodge” again.",
        ),
        (
            "1/3",
            "“1/3” can be a share or per cent. Which do you mean?",
            [("0.33", "0.33 %", 0.33), ("33.33", "33.33 %", 33.33)],
            "Say first which number you mean, then choose “Lodge” again.",
        ),
        ("140", "“140” lies outside 0 to 100. Give a number in between.", [], None),
        (
            "likely",
            "“likely” could not be read as a number. Write it in figures, for instance 12.5 or 12,5.",
            [],
            None,
        ),
    ],
)
@pytest.mark.parametrize("mode", ["practice", "test"])
def test_no_forecast_is_locked_at_a_number_that_was_not_meant(more, mode, typed, says, choices, problem):
    """What can be two numbers is asked about, what is none is told; nothing is kept as lodged."""
    quiz = Quiz(more, Progress(), mode)
    if mode == "practice":
        say(quiz, "answer", "99-rise", typed)
    else:
        quiz._hear(None, numbered({"kind": "finish", "answers": {"99-rise": typed}, "sure": {}})[0], [])
        problem = problem and problem.replace("Lodge", "Hand in")
    shown = quiz.answers["99-rise"]
    assert (shown.answer, shown.locked, shown.reading.says) == (typed, False, says)
    offered = [(choice.text, choice.label, choice.value) for choice in shown.reading.choices]
    assert offered == choices
    assert shown.problem == (problem or says)
    assert quiz._progress.last_answer("99-rise") is None


def test_what_was_read_of_a_number_is_shown_as_one_types(asked):
    """Where a sign can be read in two ways, each is offered in a form that is read in one."""
    quiz = Quiz(asked, Progress())
    assert say(quiz, "draft", "99-weight", "1 234,5").reading.says == "Read as 1234.5."
    assert say(quiz, "draft", "99-weight", "35 %").reading.says == "Read as 35 %."
    assert say(quiz, "draft", "99-weight", "1/3").reading.says == "Read as 0.333333."
    assert say(quiz, "draft", "99-weight", "soon").reading is None
    shown = say(quiz, "draft", "99-weight", "1.234").reading
    assert shown.says == "This can be read in two ways. Which do you mean?"
    assert [choice.text for choice in shown.choices] == ["1.2340", "1234"]
    assert Quiz(asked, Progress()).answers["99-weight"].reading.of == "1.234"


def test_a_remembered_probability_is_asked_about_like_a_lodged_one():
    """A number in per cent that has no key is a forecast too: under 1 it can be a share."""
    remembered = items.Number(
        id="99-then", type="number", check="c", objective=1, stem="?", unit="per cent", bounds=[0, 100]
    )
    quiz = Quiz([remembered], Progress())
    shown = say(quiz, "draft", "99-then", "0.7").reading
    assert shown.says == "“0.7” can be a share or per cent. Which do you mean?"
    assert [choice.text for choice in shown.choices] == ["0.7 %", "70 %"]
    assert say(quiz, "draft", "99-then", "0.7 %").reading.says == "Read as 0.7 %."


def test_a_forecast_that_could_not_be_kept_is_not_locked(more, tmp_path):
    """Only what is on disk counts as lodged."""
    quiz = Quiz(more, Progress(tmp_path / "p.sqlite"))
    (tmp_path / "p.sqlite").write_text("no database", encoding="utf-8")
    shown = say(quiz, "answer", "99-rise", 40)
    assert shown.problem.startswith("Not saved: ")
    assert shown.locked is False


MARKED = re.compile(r'<(bdi|div) lang="en"[^>]*>.*?</\1>', re.DOTALL)


def test_what_the_course_and_what_the_bank_says_is_told_apart(another_language, asked, more):
    """Where the languages differ, what a note has from the bank is marked, and the rest is translated."""
    quiz = Quiz([*asked, *more], Progress())
    notes = []
    for item, answer in (
        ("99-rows", [0, None]),
        ("99-essay", "three words now"),
        ("99-fit", [[0, 0], [1, 0]]),
    ):
        notes += [note.html for note in say(quiz, "answer", item, answer).notes]
    said = [re.search("[\u0600-\u06ff]", one) is not None for one in notes]
    bank = [MARKED.search(one) is not None for one in notes]
    assert list(zip(said, bank, strict=True)) == [(True, False), (False, True), *[(True, True)] * 4]
    say(quiz, "answer", FIRST, 0)
    say(quiz, "answer", FIRST, 0)
    revealed = say(quiz, "reveal", FIRST).revealed
    assert "FEEDBACK for wheat" in revealed
    for shown in (*notes, revealed, quiz.fallback().split("</style>")[1]):
        assert re.search("[A-Za-z]", re.sub("<[^>]*>", "", MARKED.sub("", shown))) is None
    assert f'lang="{pseudo.LANGUAGE}" dir="rtl"' in quiz.fallback()


def test_where_both_have_one_language_a_note_is_one_paragraph(more):
    """Nothing is marked, and what the course says leads into what the bank says."""
    shown = say(Quiz(more, Progress()), "answer", "99-essay", "three words now").notes
    assert shown[0].html.startswith("<p><b>One possible answer.</b> ")
    assert shown[1].html.startswith("<p><b>Check yours against this list.</b></p><ul>")
    assert not any(MARKED.search(note.html) for note in shown)


def finish(quiz, answers, sure=None):
    """Send what the button under all questions would send."""
    message = {"kind": "finish", "answers": answers, "sure": sure or {}, "id": "all-1"}
    quiz._hear(None, {**message, "page": "p", "turn": next(TURNS)}, [])
    return quiz.answers


ALL = {"99-flour": 1, "99-parts": [0, 1], "99-weight": "", "99-rows": [0, 1]}


def test_a_check_at_the_end_marks_all_together(asked):
    """Nothing is marked before; afterwards everything is, and may be checked again."""
    quiz = Quiz(asked, Progress(), mode="end")
    assert say(quiz, "answer", FIRST, 1).state is None
    states = {name: entry.state for name, entry in finish(quiz, ALL).items()}
    assert states == {
        "99-flour": "right",
        "99-parts": "not_yet",
        "99-weight": "unanswered",
        "99-rows": "right",
    }
    assert finish(quiz, ALL | {"99-weight": "750"})["99-weight"].state == "right"
    assert quiz.answers["99-flour"].attempt == 2
    assert {entry.echo for entry in quiz.answers.values()} == {"all-1"}


def test_a_survey_marks_nothing(asked):
    """What is chosen is kept; neither feedback, hint nor answer is given, now or later."""
    quiz = Quiz(asked, Progress(), mode="survey")
    say(quiz, "hint", FIRST)
    shown = finish(quiz, ALL)
    assert {shown[name].state for name in ALL if name != "99-weight"} == {"kept"}
    for widget in (quiz, Quiz(asked, Progress(), mode="survey")):
        assert "FEEDBACK" not in shown_on(widget)
        assert widget.answers[FIRST].hints == []
        assert widget.answers[FIRST].answer == 1


def test_a_test_is_handed_in_once(asked):
    """No feedback before, all of it after, and nothing changes any more, not even in another notebook."""
    quiz = Quiz(asked, Progress(), mode="test")
    for kind in ("answer", "hint", "reveal"):
        assert say(quiz, kind, FIRST, 1).state is None
    assert "FEEDBACK" not in shown_on(quiz)
    handed = finish(quiz, ALL)
    assert all(entry.locked for entry in handed.values())
    assert "FEEDBACK for wheat" in shown_on(quiz)
    for widget in (quiz, Quiz(asked, Progress(), mode="test")):
        finish(widget, ALL | {"99-flour": 0})
        assert widget.answers[FIRST].answer == 1
        assert widget.answers[FIRST].attempt == 1
        told = say(widget, "draft", FIRST, 0).problem
        assert told == "This test was handed in; its answers stay as they are."


def test_a_test_that_was_handed_in_tells_what_was_missed(asked):
    """The answer comes with its feedback where it was wrong or left open, and nowhere else, also later."""
    quiz = Quiz(asked, Progress(), mode="test")
    assert not any(entry.revealed for entry in quiz.answers.values())
    finish(quiz, ALL | {"99-flour": 0})
    wrong = [item.id for item in asked if item.graded and quiz.answers[item.id].state != "right"]
    assert FIRST in wrong
    for widget in (quiz, Quiz(asked, Progress(), mode="test")):
        told = [name for name, entry in widget.answers.items() if entry.revealed]
        assert told == wrong
        assert "FEEDBACK for wheat" in widget.answers[FIRST].revealed


def test_a_test_has_an_order_of_the_student_s_own(asked, tmp_path):
    """The same order every time for one student, other orders for others, and all questions in each."""
    orders = set()
    for number in range(12):
        progress = Progress(tmp_path / f"{number}.sqlite")
        first, again = (Quiz(asked, progress, mode="test").questions for _ in range(2))
        assert first == again
        assert sorted(question.id for question in first) == sorted(ALL)
        flour = next(question for question in first if question.id == FIRST)
        assert sorted(flour.order) == [0, 1]
        orders.add(tuple(question.id for question in first))
    assert len(orders) > 3


def test_a_test_that_cannot_be_kept_can_be_handed_in_again(asked, tmp_path):
    """It is not locked before it is on disk."""
    path = tmp_path / "p.sqlite"
    quiz = Quiz(asked, Progress(path), mode="test")
    kept = path.read_bytes()
    path.write_text("no database", encoding="utf-8")
    handed = finish(quiz, ALL)
    assert all(entry.problem.startswith("Not saved: ") for entry in handed.values())
    assert not any(entry.locked for entry in handed.values())
    path.write_bytes(kept)
    assert all(entry.locked for entry in finish(quiz, ALL).values())


def test_a_test_that_could_not_be_closed_is_not_closed(asked, monkeypatch):
    """Where the last entry does not fit on the disk, the student is told and may try again."""
    progress = Progress()
    quiz = Quiz(asked, progress, mode="test")
    record = progress.record

    def full(item, version, kind, **told):
        if kind == "finish":
            raise ProgressError("The disk is full.")
        return record(item, version, kind, **told)

    monkeypatch.setattr(progress, "record", full)
    for entry in finish(quiz, ALL).values():
        assert entry.problem == "Not saved: The disk is full."
        assert not entry.locked


def test_practice_before_a_test_does_not_hand_it_in(asked):
    """Only handing in ends a test; what was practised is not."""
    progress = Progress()
    say(Quiz(asked, progress), "answer", FIRST, 1)
    assert not any(entry.locked for entry in Quiz(asked, progress, mode="test").answers.values())


def test_an_unknown_mode_is_answered_with_the_nearest(asked):
    """What exists is said."""
    with pytest.raises(ItemError) as caught:
        Quiz(asked, mode="tests")
    assert str(caught.value) == (
        "There is no mode 'tests'. Did you mean 'test'? There are: end, practice, survey, test."
    )


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"answers": []},
        {"answers": {}, "sure": 7},
        {"answers": {FIRST: "x"}},
        {"answers": {FIRST: {"a": 1}}, "sure": {}},
        {"answers": {FIRST: 1}, "sure": {}, "kind": "ending"},
        {"answers": {FIRST: 1}, "sure": {}, "kind": None},
    ],
)
def test_an_ending_that_means_nothing_marks_nothing(asked, message):
    """In practice there is no ending; elsewhere it needs its answers."""
    for mode in ("practice", "end"):
        quiz = Quiz(asked, Progress(), mode=mode)
        quiz._hear(None, {"kind": "finish", "page": "p", "turn": 1, "id": "a", **message}, [])
        assert quiz._progress.events() == []


def test_a_question_may_stand_under_a_figure(asked):
    """The figure is drawn at the horizon, with its alternative text; an unknown one is told."""
    figure = items.FigureSpec("kinds_by_section", ["claims"])
    with_figure = msgspec.structs.replace(asked[0], figure=figure)
    shown = Quiz([with_figure], until="2024-12-31").questions[0].more
    assert '<img alt="' in shown
    assert shown.endswith("<p>A second paragraph.</p>\n")
    unknown = msgspec.structs.replace(asked[0], figure=items.FigureSpec("kind_by_section", ["claims"]))
    with pytest.raises(ItemError, match=r"There is no figure 'kind_by_section'\. Did you mean 'kinds_by_sec"):
        Quiz([unknown])


def test_what_a_page_writes_into_its_own_state_counts_for_nothing(asked):
    """A page that says it is in practice, unlocked and full of attempts gets neither marks nor the answer."""
    quiz = Quiz(asked, Progress(), mode="test")
    finish(quiz, ALL)
    sent = quiz.get_state()["answers"]
    forged = {name: {**entry, "locked": False, "attempt": 9} for name, entry in sent.items()}
    quiz.set_state({"mode": "practice", "answers": forged})
    assert say(quiz, "reveal", FIRST).revealed == ""
    assert say(quiz, "draft", FIRST, 0).answer == 1
    finish(quiz, ALL | {"99-flour": 0})
    assert quiz.answers[FIRST].answer == 1
    assert quiz._progress.count(FIRST, "answer") == 1
