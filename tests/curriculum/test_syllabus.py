"""The list of lessons: what it may say, what is wrong with it, and that everything follows it."""

import re
import tomllib

import pytest

from course_lib import begin, home, overview, paths, pretest_posttest
from course_lib.curriculum import course, syllabus
from course_lib.errors import CourseError
from course_lib.instructor.authoring import cross_references
from course_lib.instructor.gradebook import gradebook
from course_lib.reports import output
from course_lib.student.progress import Progress

# As it was written: a list that was changed is put aside for these tests.
STEMS = tuple(sorted(course.all_stems()))
THIRD, FOURTH, FORECASTS, SCORED = STEMS[2], STEMS[3], "05_the_dialogue", "10_the_gamble_scored"
A, B = {"01_a", "02_b", "notes"}, {"01_a", "02_b"}
LIKE = 'Write it like this: lessons = ["01_first", "02_second"].'


@pytest.fixture
def order(monkeypatch):
    """A function that gives the course other lessons for one test."""

    def set_to(*stems):
        monkeypatch.setattr(syllabus, "_stems", lambda *_: stems)

    return set_to


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lessons = [", "lessons/course.toml is not valid TOML: "),
        ("", f"lessons/course.toml: 'lessons' is no list of names. {LIKE}"),
        ("lessons = '01_a'", f"lessons/course.toml: 'lessons' is no list of names. {LIKE}"),
        ("lessons = [1]", f"lessons/course.toml: 'lessons' is no list of names. {LIKE}"),
        (
            "lessons = []",
            "lessons/course.toml: the list of lessons is empty. Put in at least one: "
            'lessons = ["01_first", "02_second"].',
        ),
        (
            "lessons = ['01_a', '01_a']",
            "lessons/course.toml: '01_a' stands 2 times. Leave one line.",
        ),
        (
            "lessons = ['01_aa']",
            "lessons/course.toml: There is no lesson '01_aa'. Did you mean '01_a'? There are: 01_a, 02_b.",
        ),
        (
            "lessons = ['notes']",
            "lessons/course.toml: 'notes' is no lesson. A lesson's name is two digits, then words in small "
            "letters, like 12_bread_prices.",
        ),
        (
            "lessons = ['01_a']\nfirst_day = 2024-12-31",
            "lessons/course.toml: 'first_day' is '2024-12-31', which is no day in quotation marks. "
            'Write first_day = "2024-12-31".',
        ),
        (
            "lessons = ['01_a']\nfirst_day = '2024-12-32'",
            "lessons/course.toml: 'first_day' is '2024-12-32', which is no day in quotation marks. "
            'Write first_day = "2024-12-31".',
        ),
        (
            "lessons = ['01_a']\nlesson = 1",
            "lessons/course.toml: There is no field 'lesson'. Did you mean 'lessons'? "
            "There are: first_day, lessons, needs.",
        ),
        (
            "lessons = ['02_b']\n[needs]\n02_b = ['01_a']",
            "lessons/course.toml: '02_b' needs '01_a', which is not in the list. Put that in, before it, or "
            "take '02_b' out too.",
        ),
        (
            "lessons = ['02_b', '01_a']\n[needs]\n02_b = ['01_a']",
            "lessons/course.toml: '02_b' needs '01_a' and stands before it. Put it after that line.",
        ),
        (
            "needs = 1\nlessons = ['01_a']",
            'lessons/course.toml: a line under [needs] gives a list of lessons, like 10_b = ["05_a"].',
        ),
    ],
)
def test_a_list_that_cannot_be_used_says_why(text, told):
    """Every fault is a sentence with what to do."""
    with pytest.raises(CourseError) as caught:
        syllabus.parse_syllabus(text, A, B)
    assert str(caught.value).startswith(told)
    assert str(caught.value) == told or "TOML" in told


@pytest.mark.parametrize(
    ("notebooks", "banks", "told"),
    [
        (
            {"01_a"},
            set(),
            "lessons/course.toml: '01_a' has a notebook, but no question bank lessons/items/01_a.toml. Write "
            "one, or take the line out.",
        ),
        (
            set(),
            {"01_a"},
            "lessons/course.toml: '01_a' has a question bank, but no notebook lessons/01_a.ipynb. Write one, "
            "or take the line out.",
        ),
    ],
)
def test_a_lesson_without_one_of_its_files_is_named(notebooks, banks, told):
    """The missing file is named."""
    with pytest.raises(CourseError) as caught:
        syllabus.parse_syllabus("lessons = ['01_a']", notebooks, banks)
    assert str(caught.value) == told


def test_two_lessons_cannot_have_one_number():
    """Their questions could have the same ids. All faults are told at once."""
    both = {"01_a", "01_b"}
    with pytest.raises(CourseError) as caught:
        syllabus.parse_syllabus("lessons = ['01_a', '01_b', '03_c']", both, both)
    assert str(caught.value).splitlines() == [
        "lessons/course.toml: There is no lesson '03_c'. Did you mean '01_b' or '01_a'? There are: 01_a, "
        "01_b.",
        "lessons/course.toml: 01_a and 01_b begin with the same number, and so would the ids of their "
        "questions. Give one of them another number.",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            None,
            "lessons/course.toml is missing. It lists the lessons in their order: "
            'lessons = ["01_first", "02_second"].',
        ),
        (b"\xff", "lessons/course.toml is not UTF-8. Save the file as UTF-8, then try again."),
    ],
)
def test_a_list_that_cannot_be_read_is_said(tmp_path, monkeypatch, content, told):
    """No file, or no text."""
    monkeypatch.setattr(paths, "LESSONS", tmp_path)
    if content:
        (tmp_path / "course.toml").write_bytes(content)
    with pytest.raises(CourseError) as caught:
        syllabus.stems()
    assert str(caught.value) == told


def test_a_lesson_left_out_is_not_shown_and_not_counted_but_its_answers_are_kept(order):
    """Home, numbers, next lesson, portfolio and marks go by the list; the work keeps everything."""
    one = course.bank(THIRD).items[0]
    Progress().record(one.id, one.version, "answer", 0, 0.0, "not_yet")
    order(*(stem for stem in STEMS if stem != THIRD))
    shown = str(overview())
    assert course.bank(THIRD).title not in shown
    assert f"04 {course.bank(FORECASTS).title}" in shown
    assert home.count_answers(course.bank(THIRD), Progress().answers())[0] == 1
    assert f'href="{FOURTH}.ipynb"' in begin(STEMS[1]).finish()._repr_html_()
    assert repr(begin(FOURTH)).startswith(f"<Lesson 3 of {len(STEMS) - 1}: ")
    assert THIRD not in [bank.lesson for bank in gradebook.course_banks()]
    made = output.build_portfolio(Progress())
    assert (made.answered, made.questions) == (
        0,
        sum(len(course.bank(stem).items) for stem in STEMS if stem != THIRD),
    )
    assert "1 answer to lessons that this course does not have is kept in the file of your work." in (
        made.markdown()
    )
    assert "Answers that fit no question" not in made.markdown()


def test_a_lesson_that_is_not_listed_can_be_tried(order):
    """Whoever writes one, or has an old copy, can run it; it says that it does not count."""
    order(*STEMS[:4])
    one = begin(SCORED)
    assert repr(one).startswith("<Not one of the course's lessons, so it is not counted: ")
    assert len(one.forecasts()) == 30
    assert "Next:" not in one.finish()._repr_html_()


def test_moved_lessons_have_the_numbers_of_their_places(order):
    """The third and the fourth change places, in the home, in what a horizon says and in the portfolio."""
    order(STEMS[0], STEMS[1], FOURTH, THIRD, *STEMS[4:])
    lines = [line for line in str(overview()).splitlines() if line[:2].isdecimal()]
    assert lines[2].startswith(f"03 {course.bank(FOURTH).title} ")
    assert lines[3].startswith(f"04 {course.bank(THIRD).title} ")
    assert course.horizons() == {"2024-12-31": [1, 2, 3, 4, 5]}
    order(*STEMS[5:7], *STEMS[:5])
    assert course.horizons() == {"2024-12-31": [3, 4, 5, 6, 7]}
    assert course.lesson_number_of(course.bank(FORECASTS).items[0].id) == 7
    assert course.lesson_number_of("no-such") is None


def test_places_that_name_a_lesson_by_its_old_number_are_named(order):
    """In cells with and without links, in banks and in the glossary; nothing while all is as written."""
    order(*STEMS)
    assert cross_references.stale_references() == []
    order(STEMS[0], STEMS[1], FOURTH, THIRD, *STEMS[4:])
    told = cross_references.stale_references()
    assert (
        f"lessons/{FOURTH}.ipynb, cell 'recall-intro': says “lesson 3” of {THIRD}, which is lesson 4 now. "
        "Write 4."
    ) in told
    assert (
        f"lessons/{THIRD}.ipynb, cell 'next': says “Lesson 4”, but {FOURTH} is lesson 3 now. Name the lesson "
        f"by its title, or write [lesson 3]({FOURTH}.ipynb)."
    ) in told
    assert not any("Lessons 1 to 5" in one for one in told)
    assert any(re.match(rf"lessons/items/{FOURTH}\.toml, line \d+: says “Lesson 3”", one) for one in told)


def test_places_that_name_a_lesson_that_is_gone_are_named(order):
    """Links, with a number and without one, and numbers by themselves."""
    order(*(stem for stem in STEMS[:-1] if stem != THIRD))
    told = cross_references.stale_references()
    link = f"lessons/{FOURTH}.ipynb, cell 'recall-intro': links to {THIRD}.ipynb, which is not in the list. "
    assert link + "Take the link out." in told
    gone = f"says “Lessons 1 to 5”, but {THIRD} is not in the list. Take that out."
    assert f"lessons/index.ipynb, cell 'rules': {gone}" in told
    last = f"links to {STEMS[-1]}.ipynb, which is not in the list. Take the link out."
    assert f"lessons/index.ipynb, cell 'before': {last}" in told


def test_the_last_lesson_is_named_once_it_is_another(order, monkeypatch):
    """A text that means the one with the test after."""
    where = "lessons/index.ipynb, cell 'before'"
    text = cross_references._TextOfLesson(where, "The last lesson has its pair.", True)
    monkeypatch.setattr(cross_references, "_lesson_texts", lambda: [text])
    order(*STEMS)
    assert cross_references.stale_references() == []
    order(*STEMS[:-1])
    told = f"says “the last lesson” and means {STEMS[-1]}. Name it by its title."
    assert cross_references.stale_references() == [f"{where}: {told}"]


def test_what_is_scored_needs_what_was_forecast():
    """The list that is handed out says so, and a list without the forecasts is refused."""
    text = (paths.LESSONS / "course.toml").read_text(encoding="utf-8")
    needs = tomllib.loads(text)["needs"]
    assert needs == {SCORED: [FORECASTS]}
    with pytest.raises(CourseError) as caught:
        syllabus.parse_syllabus(
            f"lessons = [{SCORED!r}]\n[needs]\n{SCORED} = [{FORECASTS!r}]", set(STEMS), set(STEMS)
        )
    assert str(caught.value) == (
        f"lessons/course.toml: '{SCORED}' needs '{FORECASTS}', which is not in the list. Put that in, before "
        f"it, or take '{SCORED}' out too."
    )


def test_the_first_day_comes_from_the_list(tmp_path, monkeypatch):
    """The test before the course knows nothing later, whichever day the list says; without one it is told."""
    assert syllabus.first_day() == min(course.horizons())
    monkeypatch.setattr(paths, "LESSONS", tmp_path)
    listed = tmp_path / "course.toml"
    listed.write_text('first_day = "2025-06-30"\nlessons = []\n', encoding="utf-8")
    monkeypatch.setattr(pretest_posttest, "Quiz", lambda _items, _progress, _mode, until, _owner: until)
    assert pretest_posttest.pretest() == "2025-06-30"
    for line, told in (
        (
            "",
            "'first_day' is missing. Write the day on which the course begins above the list: "
            'first_day = "2024-12-31".',
        ),
        (
            'first_day = "soon"\n',
            "'first_day' is 'soon', which is no day in quotation marks. Write first_day = \"2024-12-31\".",
        ),
    ):
        listed.write_text(f"{line}lessons = []\n", encoding="utf-8")
        with pytest.raises(CourseError) as caught:
            syllabus.first_day()
        assert str(caught.value) == f"lessons/course.toml: {told}"
