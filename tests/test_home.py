"""The course home: how far, the next step, what comes back, Binder, the course itself."""

import html
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from course_lib import __version__, about, begin, evidence, home, items, overview, paths, recall_questions
from course_lib.curriculum import course
from course_lib.student import recall
from course_lib.student.events import FORMAT
from course_lib.student.progress import Progress
from course_lib.widgets.page_types import Entry

FIRST, SECOND, *_, LAST = course.stems()
WRONG = "01-recall-verdict"


@pytest.fixture(autouse=True)
def no_binder(monkeypatch):
    """A machine that is not Binder's, wherever the tests run."""
    for name in home._BINDER:
        monkeypatch.delenv(name, raising=False)


def item(name):
    """A question of the course."""
    return next(one for stem in course.stems() for one in course.bank(stem).items if one.id == name)


def answer(name, state="right", days=0, version=None, uid=None):
    """Put an answer into the student's work, some days ago, as a restored file does."""
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
    event = {
        "uid": uid or f"{name}{state}{days}".replace("-", "").replace("_", "").replace(".", ""),
        "at": at,
        "item": name,
        "version": version or item(name).version,
        "kind": "answer",
        "answer": None,
        "score": None,
        "state": state,
        "attempt": 1,
        "sure": None,
    }
    return Progress().restore(json.dumps({"format": FORMAT, "form": 1, "events": [event]}))


def finish(stem, but=0, state="right"):
    """Answer all questions of a lesson but the last few."""
    asked = course.bank(stem).items
    for one in asked[: len(asked) - but]:
        answer(one.id, state)


def button(shown):
    """Where the button of the next step leads, and its words."""
    return re.search(r'<a class="course-step" href="([^"]+)"[^>]*>([^<]+)</a>', shown._repr_html_()).groups()


def send(quiz, kind, given, turn):
    """Send what the page would send for the question that came back, as its how many-th message."""
    message = {"kind": kind, "item": WRONG, "answer": given, "sure": None}
    quiz._hear(None, {**message, "page": "p", "turn": turn, "id": f"p-{turn}"}, [])


def test_a_new_student_begins_with_the_first_lesson():
    """The step, its minutes, the whole and every lesson in words."""
    title, minutes = course.bank(FIRST).title, course.bank(FIRST).minutes
    questions = sum(len(course.bank(stem).items) for stem in course.stems())
    shown = str(overview()).splitlines()
    assert shown[0] == f"Next step: {title}, about {minutes} minutes"
    assert shown[1] == f"Begin lesson 01: {title}"
    left = home._time(sum(course.bank(stem).minutes for stem in course.stems()))
    assert shown[2].startswith("Before that, if you like, answer the 15 questions further down on this page")
    assert shown[3] == f"In all: 0 of {questions} questions answered, {left} left"
    assert shown[4] == f"01 {title} not begun, {minutes} minutes"
    assert len(shown) == 5 + len(course.stems())
    assert button(overview()) == (f"{FIRST}.ipynb", f"Begin lesson 01: {title}")


def test_the_test_before_is_named_until_it_is_too_late_for_it():
    """The button leads past it; once it is handed in, or a lesson is begun, nothing more is said."""
    assert "Before that, if you like" in str(overview())
    one = course.form_bank("before").items[0]
    Progress().record(one.id, one.version, "answer", items.key_answer(one), 1.0, "right")
    assert "Before that" not in str(overview())


def test_a_lesson_begun_is_gone_on_with():
    """Minutes shrink with the questions that are answered; wrong ones count as answered."""
    total, minutes = len(course.bank(FIRST).items), course.bank(FIRST).minutes
    finish(FIRST, but=total - 6, state="not_yet")
    left = round(minutes * (1 - 6 / total))
    assert button(overview())[1] == f"Go on with lesson 01: {course.bank(FIRST).title}"
    assert f"6 of {total} answered, 0 of 6 right, {left} minutes left" in str(overview())
    assert "Before that" not in str(overview())


def test_a_lesson_without_its_optional_questions_is_done():
    """Four fifths are enough, and the way leads on; what is open is still counted."""
    total = len(course.bank(FIRST).items)
    finish(FIRST, but=total - recall.answers_needed(total) + 1)
    assert button(overview())[0] == f"{FIRST}.ipynb"
    finish(FIRST, but=total - recall.answers_needed(total))
    assert button(overview())[0] == f"{SECOND}.ipynb"
    assert "✓ done" in str(overview()).splitlines()[3]


def test_what_cannot_be_right_does_not_look_wrong():
    """Whoever is right wherever one can be is told so; forecasts alone are neither right nor wrong."""
    stem = "05_the_dialogue"
    total = len(course.bank(stem).items)
    kept = [one for one in course.bank(stem).items if not one.graded]
    for one in kept:
        answer(one.id, "kept")
    line = next(line for line in str(overview()).splitlines() if line.startswith("05 "))
    assert f"{len(kept)} of {total} answered, " in line
    assert "right" not in line
    for one in course.bank(stem).items:
        if one.graded:
            answer(one.id)
    marked = total - len(kept)
    assert f"{total} of {total} answered, {marked} of {marked} right, ✓ done" in str(overview())
    assert f"{total} of " in str(overview()).splitlines()[2]
    assert f"questions answered, {marked} of {marked} right, " in str(overview()).splitlines()[2]


def test_what_was_left_open_comes_last():
    """With all lessons done the button goes back to the first open question, and then away."""
    for stem in course.stems():
        finish(stem, but=1 if stem == SECOND else 0)
    title = course.bank(SECOND).title
    assert str(overview()).startswith(f"Next step: 1 question still open in {title}; all lessons are done")
    assert button(overview()) == (f"{SECOND}.ipynb", f"Go back to lesson 02: {title}")
    finish(SECOND)
    assert str(overview()).startswith("You have answered every question of the course.")
    assert "course-step" not in overview()._repr_html_()
    assert "left" not in str(overview())


def test_links_are_relative_and_keep_their_keys():
    """They hold under any address, and JupyterLab takes no key pressed on them for a command."""
    answer(WRONG, "not_yet", days=2)
    for markup in (overview()._repr_html_(), recall_questions().panel._repr_html_()):
        links = re.findall(r"<a [^>]*>", markup)
        assert links
        for link in links:
            assert (paths.LESSONS / re.search('href="([^"]+)"', link)[1]).is_file()
            assert 'data-lm-suppress-shortcuts="true"' in link


def test_bars_say_in_words_what_they_show():
    """Half answered is half a bar, and a screen reader is not told twice."""
    bar = home._bar(home.AnswerCount(done=5, right=2, graded=4, total=10))
    assert "inline-size:50%" in bar
    assert 'aria-hidden="true"' in bar


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (125, "2 hours 5 minutes"),
    ],
)
def test_time_is_told_in_hours_and_minutes(minutes, words):
    """One hour, two hours, no nought where nothing is over."""
    assert home._time(minutes) == words


def test_a_lesson_of_one_minute_has_no_minutes(monkeypatch):
    """Words that change with a number do so in the list too."""
    monkeypatch.setattr(home, "_minutes_left", lambda _stem, _counts: 1)
    answer(WRONG)
    lines = str(overview()).splitlines()
    assert lines[3].endswith("1 of 1 right, 1 minute left")
    assert lines[4].endswith("not begun, 1 minute")


@pytest.mark.parametrize("name", home._BINDER)
def test_binder_users_are_warned_first(monkeypatch, name):
    """The note stands above everything else, and nowhere but on Binder."""
    warning = "You are on Binder. Your answers are not safe here."
    assert warning not in str(overview())
    monkeypatch.setenv(name, "somewhere")
    told = str(overview())
    assert told.startswith(warning)
    assert "Choose Download my work further down on this page before you leave" in told
    monkeypatch.setenv(name, "")
    assert not home.on_binder()


def test_damaged_work_is_told_and_the_course_still_shown(home):
    """One sentence instead of an error, and the lessons are there to be opened."""
    (home / "my_work").mkdir()
    (home / "my_work" / "progress.sqlite").write_text("nothing of the kind", encoding="utf-8")
    sentence = "my_work/progress.sqlite is damaged or is not a progress file"
    assert str(overview()).startswith(sentence)
    assert f"Begin lesson 01: {course.bank(FIRST).title}" in str(overview())
    assert str(recall_questions()).startswith(sentence)
    assert "not begun" in begin(FIRST)._repr_html_()


def test_a_lesson_shows_where_one_is():
    """The list of a lesson is that of the home, without a link to itself."""
    shown = home.lesson_list(Progress(), FIRST)
    assert "(you are here)" in shown
    assert f'href="{FIRST}.ipynb"' not in shown
    assert f'href="{SECOND}.ipynb"' in shown


def test_nothing_comes_back_to_who_answered_nothing_wrongly():
    """A sentence, and no questions."""
    answer(WRONG, "right", days=3)
    assert repr(recall_questions()) == "Nothing to answer again."
    assert recall_questions().quiz is None


def test_what_waits_is_told_with_its_day():
    """Wrong today: tomorrow, or after one more lesson."""
    answer(WRONG, "not_yet")
    day = datetime.now().astimezone() + timedelta(days=1)
    assert str(recall_questions()) == (
        f"Nothing to answer again today. 1 question will come back, the first on {day.day} {day:%B %Y} or "
        "after 1 more lesson."
    )


def test_at_most_five_are_asked_at_a_time():
    """The five longest due, and how many more there are."""
    names = sorted(name for name in course.standalone_items() if name.startswith("01-"))[:7]
    for place, name in enumerate(names):
        answer(name, "not_yet", days=20 - place)
    shown = recall_questions()
    assert [question.id for question in shown.quiz.questions] == names[:5]
    lines = str(shown).splitlines()
    assert lines[0] == "5 questions to answer again, without looking anything up."
    assert lines[1] == "2 more questions can be asked today: run this cell again after these."
    assert lines[2] == f"To read again afterwards: 01 {course.bank(FIRST).title} ."
    assert lines[3] == "Questions from lessons 1 to 5 are about what could be known on 31 December 2024."
    answer(names[6], "right", days=0)
    assert "1 more question can be asked today" in str(recall_questions())


def test_a_late_lesson_alone_says_nothing_of_the_horizon():
    """From lesson 6 on the questions know what came after."""
    answer("06-recall-log", "not_yet", days=1)
    shown = recall_questions()
    assert len(shown.quiz.questions) == 1
    assert "31 December 2024" not in str(shown)


def test_a_question_that_comes_back_is_blank_and_its_answers_are_kept():
    """Neither the earlier answer nor its feedback nor hints nor attempts are shown; what comes is stored."""
    for days, uid in ((3, "a"), (2, "b")):
        answer(WRONG, "not_yet", days=days, uid=uid)
    Progress().record(WRONG, item(WRONG).version, "hint")
    Progress().record(WRONG, item(WRONG).version, "reveal")
    quiz = recall_questions().quiz
    assert quiz._entries[WRONG] == Entry()
    key = items.key_answer(item(WRONG))
    for attempt, given in enumerate(([key + 1, key - 1][key > 0], key), start=1):
        send(quiz, "draft", given, 2 * attempt - 1)
        send(quiz, "answer", given, 2 * attempt)
        assert quiz._entries[WRONG].attempt == attempt
    assert quiz._entries[WRONG].state == "right"
    assert [event.attempt for event in Progress().events() if event.kind == "answer"][-2:] == [3, 4]
    assert "will come back" in str(recall_questions())


def test_answered_right_at_a_return_it_is_gone_for_three_days():
    """The next time the cell is run the question is not there."""
    answer(WRONG, "not_yet", days=1)
    quiz = recall_questions().quiz
    right = items.key_answer(item(WRONG))
    send(quiz, "answer", right, 1)
    shown = recall_questions()
    assert shown.quiz is None
    day = datetime.now().astimezone() + timedelta(days=3)
    assert f"the first on {day.day} {day:%B %Y} or after 3 more lessons." in str(shown)


def test_foreign_and_changed_questions_are_no_trouble():
    """A file of another course, an older wording, a wrong clock, the same file twice."""
    Progress().record("77-else", "v", "answer", 1, state="not_yet")
    answer("01-recall-horizon", "not_yet", days=5, version="older")
    answer("01-doubt-which", "not_yet", days=-20_000, uid="future")
    answer("01-doubt-meaning", "not_yet", days=20_000, uid="past")
    assert answer("01-doubt-meaning", "not_yet", days=20_000, uid="past") == 0
    asked = [question.id for question in recall_questions().quiz.questions]
    assert asked == ["01-doubt-which", "01-doubt-meaning"]
    assert "3 of 18 answered" in str(overview())


def test_the_course_says_which_it_is():
    """Version and the month of the evidence, and lines to copy for a report."""
    package = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert evidence.edition() == {"version": package["version"], "as_of": package["course:as_of"]}
    told = str(about())
    assert f"This is version {__version__} of the course." in told
    assert "was collected up to about March 2026." in told
    pattern = html.unescape(re.search("<pre[^>]*>(.*)</pre>", about()._repr_html_(), re.DOTALL)[1])
    assert [line.partition(":")[0] for line in pattern.splitlines()] == [
        "Course",
        "Evidence",
        "File and lesson",
        "Heading, and the question by its id or first words",
        "What stands there",
        "What should stand there",
        "Source (title, date, address)",
    ]


def test_the_home_page_calls_what_there_is():
    """Every cell is one import and one call; its text sends nobody to the folder with the keys."""
    book = json.loads((paths.LESSONS / "index.ipynb").read_text(encoding="utf-8"))
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert re.fullmatch(r"from course_lib import (\w+)\n\n\1\(\)", source), source
    text = "\n".join("".join(cell["source"]) for cell in book["cells"])
    assert "If you find a mistake" in text
    assert "lessons/items" not in text
