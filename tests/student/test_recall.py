"""When questions come back: the rules of the spacing, and any history a clock or a file can bring."""

import random
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_counter import count_calls

from course_lib import items
from course_lib.curriculum import course
from course_lib.student import recall
from course_lib.student.events import Event

NOW = datetime(2026, 5, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# Lessons of five questions: four of them, and a lesson is done.
LESSONS = {
    f"{lesson:02d}": [
        SimpleNamespace(id=f"{lesson:02d}-{number}", version="v1", graded=number < 4) for number in range(5)
    ]
    for lesson in range(1, 10)
}
ALL = {item.id for asked in LESSONS.values() for item in asked}
ONE = "01-0"


def event(item=ONE, state="not_yet", at=NOW, version="v1", kind="answer", attempt=1):
    """One thing a student did; `at` a moment or any text."""
    at = at if isinstance(at, str) else at.isoformat(timespec="milliseconds")
    return Event(f"{item}{state}{at}", at, item, version, kind, 0, None, state, attempt, None)


def coming(events, now=NOW, returning=ALL):
    """What comes back, by id."""
    return {one.item.id: one for one in recall.schedule_recall(events, LESSONS, returning, now)}


def due(events, now=NOW):
    """The ids of what is due."""
    return [name for name, one in coming(events, now).items() if one.due]


def done(lesson, at):
    """The events of a lesson that was done at this moment, all right but those that are kept."""
    return [event(f"{lesson:02d}-{n}", "right", at) for n in range(4)]


def test_a_wrong_answer_comes_back_the_next_day():
    """Not on the same day, but from the first minute of the next."""
    late = datetime(2026, 5, 9, 23, 50, tzinfo=UTC)
    history = [event(at=late)]
    assert due(history, late + timedelta(minutes=9)) == []
    assert due(history, late + timedelta(minutes=10)) == [ONE]
    assert coming(history, late)[ONE].day.isoformat() == "2026-05-10"


def test_a_day_is_the_students_own():
    """The same two moments lie on one date in one zone, and on two in another."""
    wrong, now = datetime(2026, 5, 9, 20, 0, tzinfo=UTC), datetime(2026, 5, 9, 23, 0, tzinfo=UTC)
    assert due([event(at=wrong)], now) == []
    assert due([event(at=wrong)], now.astimezone(ZoneInfo("Asia/Damascus"))) == [ONE]


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Pacific/Kiritimati"])
def test_clocks_that_go_back_an_hour_change_no_day(zone):
    """Every hour of the nights in which clocks change: due from midnight on, and not before."""
    wrong = datetime(2026, 10, 24, 12, 0, tzinfo=ZoneInfo(zone))
    for hour in range(40):
        now = (wrong.astimezone(UTC) + timedelta(hours=hour)).astimezone(ZoneInfo(zone))
        assert bool(due([event(at=wrong.astimezone(UTC))], now)) == (now.date() > wrong.date())


def test_one_more_lesson_brings_it_back_on_the_same_day():
    """A lesson is done with the fourth of its five questions; one that is only begun does not count."""
    wrong = event(at=NOW - timedelta(hours=3))
    begun = done(2, NOW - timedelta(hours=1))
    assert due([wrong, *begun[:3]]) == []
    assert coming([wrong, *begun[:3]])[ONE].lessons == 1
    assert due([wrong, *begun]) == [ONE]
    assert coming([wrong, *begun])[ONE].lessons == 0


def test_neither_its_own_lesson_nor_one_done_before_counts():
    """The end of the lesson in which it was asked comes too soon; what was done earlier is no distance."""
    before, wrong = done(2, NOW - timedelta(hours=3)), event(at=NOW - timedelta(hours=2))
    own = [event(f"01-{n}", "right", NOW - timedelta(hours=1)) for n in range(1, 5)]
    assert due([*before, wrong, *own]) == []


def test_it_comes_back_after_one_three_and_seven_days_and_is_gone():
    """Each right answer that was due moves it on; between two of them it is not asked."""
    history, at = [event(at=NOW)], NOW
    for gap in (1, 3, 7):
        assert [day for day in range(gap + 3) if due(history, at + day * DAY)] == [gap, gap + 1, gap + 2]
        at += gap * DAY
        history.append(event(state="right", at=at))
    assert coming(history, at + 400 * DAY) == {}


def test_it_comes_back_after_one_three_and_seven_lessons():
    """The same in one long day: each time so many other lessons as the step asks for."""
    at = NOW - timedelta(hours=10)
    history, lesson = [event(at=at)], 2
    for gap in (1, 3):
        for left in range(gap, 0, -1):
            assert due(history) == []
            assert coming(history)[ONE].lessons == left
            at += timedelta(minutes=1)
            history += done(lesson, at)
            lesson += 1
        assert due(history) == [ONE]
        at += timedelta(minutes=1)
        history.append(event(state="right", at=at))
    assert coming(history)[ONE].step == 2
    assert coming(history)[ONE].lessons == 7


def test_a_wrong_answer_at_a_return_begins_again():
    """Two steps are lost, and the next return is a day away."""
    history = [event(at=NOW), event(state="right", at=NOW + DAY), event(at=NOW + 4 * DAY)]
    assert coming(history, NOW + 4 * DAY)[ONE].step == 0
    assert due(history, NOW + 4 * DAY) == []
    assert due(history, NOW + 5 * DAY) == [ONE]


def test_right_before_it_is_due_changes_nothing():
    """Corrected a minute after the feedback, it still comes back the next day."""
    history = [event(at=NOW), event(state="right", at=NOW + timedelta(minutes=1))]
    assert coming(history, NOW + DAY) == coming(history[:1], NOW + DAY)


def test_what_is_gone_begins_again_when_answered_wrongly():
    """Gone is not for ever."""
    history = [event(at=NOW)] + [event(state="right", at=NOW + day * DAY) for day in (1, 4, 11)]
    assert coming(history, NOW + 11 * DAY) == {}
    assert due([*history, event(at=NOW + 20 * DAY)], NOW + 21 * DAY) == [ONE]


@pytest.mark.parametrize(
    "other",
    [
        event("01-4"),  # has no key
        event("99-1"),  # of another course
        event(version="older"),
        event(kind="draft"),
        event(kind="hint", state=None),
        event(kind="finish", state=None, item="test:x"),
        event(state="unanswered"),
        event(state="kept"),
        event(state="right"),
        event(state=None),
    ],
    ids=lambda one: f"{one.item} {one.kind} {one.state} {one.version}",
)
def test_what_is_no_wrong_answer_brings_nothing_back(other):
    """Drafts, hints, forecasts, foreign and changed questions."""
    assert coming([other], NOW + 9 * DAY) == {}


def test_only_questions_that_may_return_do():
    """The list decides."""
    assert coming([event(), event("02-1")], NOW + DAY, {"02-1"}).keys() == {"02-1"}


def test_an_answer_to_a_changed_question_does_not_move_it_on():
    """A right answer to other words says nothing of these."""
    history = [event(at=NOW), event(state="right", at=NOW + DAY, version="older")]
    assert coming(history, NOW + DAY)[ONE].step == 0


def test_the_longest_due_is_asked_first():
    """By day, then by the moment of the answer; what is not due comes last."""
    history = [
        event("03-1", at=NOW - 3 * DAY),
        event("01-1", at=NOW - 2 * DAY),
        event("02-1", at=NOW - 3 * DAY - timedelta(minutes=1)),
        event("01-0", at=NOW),
    ]
    assert list(coming(history)) == ["02-1", "03-1", "01-1", "01-0"]


@pytest.mark.parametrize(
    "at",
    [
        "1970-01-01T00:00:00+00:00",
        "2099-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "2026-05-01",
        "2026-05-01T08:00:00",
        "yesterday",
        "",
    ],
)
def test_an_answer_from_a_wrong_clock_comes_back_and_can_be_got_rid_of(at):
    """It is due now, and three right answers end it, though their dates lie before or after its own."""
    history = [event(at=at)]
    assert due(history) == [ONE]
    for day in (0, 3, 10):
        assert due(history, NOW + day * DAY) == [ONE]
        history.append(event(state="right", at=NOW + day * DAY))
        assert due(history, NOW + day * DAY) == []
    assert coming(history, NOW + 30 * DAY) == {}


def test_an_answer_of_the_next_hour_is_of_today():
    """Two machines differ a little: what came from the other is not due at once, and its order is kept."""
    ahead = [event(at=NOW + timedelta(hours=1))]
    assert due(ahead) == []
    assert due(ahead, NOW + DAY) == [ONE]


MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
NEAR = st.integers(-40 * 24, 0).map(lambda hours: NOW + timedelta(hours=hours))
EVENTS = st.builds(
    event,
    item=st.sampled_from(["01-0", "01-1", "02-0", "02-1", "02-2", "02-3", "03-0", "01-4", "99-9"]),
    state=st.sampled_from(["right", "not_yet", "not_yet", "unanswered", None]),
    at=NEAR | MOMENTS | st.sampled_from(["", "2026-05-09T10:00:00"]),
    version=st.sampled_from(["v1", "v1", "v1", "older"]),
    kind=st.sampled_from(["answer", "answer", "answer", "draft", "hint"]),
)
HISTORIES = st.lists(EVENTS, max_size=60)


@given(HISTORIES, st.randoms(use_true_random=False))
def test_order_doubles_and_foreign_events_change_nothing(history, chance):
    """A file restored twice, or together with somebody else's, gives the same questions."""
    other = [event("77-1"), *history, *history]
    chance.shuffle(other)
    assert coming(other) == coming(history)


@given(HISTORIES)
def test_nothing_comes_back_before_its_day_or_its_lesson(history):
    """A due question has its distance, and one that is not has not; steps and counts stay within bounds."""
    for name, one in coming(history).items():
        assert one.due == (NOW.date() >= one.day or one.lessons == 0)
        assert 0 <= one.step <= 2
        assert 0 <= one.lessons <= recall.GAPS[one.step]
        assert name in ALL
        assert one.item.graded


@given(HISTORIES, st.integers(1, 400))
def test_time_alone_takes_nothing_back(history, days):
    """What is due stays due until it is answered."""
    past = [one for one in history if recall._moment(one.at, NOW).at <= NOW and one.at[:4] < "2027"]
    assert set(due(past)) <= set(due(past, NOW + days * DAY))
    assert coming(past).keys() == coming(past, NOW + days * DAY).keys()


@given(HISTORIES)
def test_who_answers_right_whenever_asked_is_done_in_eleven_days(history):
    """After any history of the past three right answers end every question, and no fourth is asked for."""
    past = [one for one in history if one.at[:10] <= "2026-05-10"]
    asked = dict.fromkeys(ALL, 0)
    for day in range(1, 13):
        for name in due(past, NOW + day * DAY):
            past.append(event(name, "right", NOW + day * DAY))
            asked[name] += 1
    assert max(asked.values()) <= 3
    assert coming(past, NOW + 13 * DAY) == {}


@given(HISTORIES)
def test_a_wrong_answer_now_means_tomorrow(history):
    """Whatever was before it."""
    past = [one for one in history if one.at[:10] < "2026-05-10"]
    one = coming([*past, event(at=NOW)])[ONE]
    assert (one.step, one.day, one.lessons, one.due) == (0, (NOW + DAY).date(), 1, False)


def test_ten_times_the_events_are_hardly_more_than_ten_times_the_work():
    """Many answers, hints and drafts over a year; as they are sorted, a third more is allowed."""
    chance = random.Random(1)
    names, states = sorted(ALL), ["right", "not_yet"]
    history = [
        event(chance.choice(names), chance.choice(states), NOW - timedelta(minutes=chance.randrange(500_000)))
        for _ in range(10_000)
    ]
    assert recall.schedule_recall(history, LESSONS, ALL, NOW)
    few, many = (
        count_calls(recall.schedule_recall, history[:count], LESSONS, ALL, NOW) for count in (1_000, 10_000)
    )
    assert 3 * many <= 40 * few


KEYED = ("single", "multiple", "number", "word", "match", "order")
ELSEWHERE = re.compile(
    r"\b(figure|table|text|picture|explorer|timeline|matrix|map|list|search|slider|sources?|row)s?"
    r"( \w+)? (above|below)\b|\bin this row\b"
    r"|\b(in|at|under|beside|see|of) the (figure|explorer|timeline|slider|strip|map|cell above)\b"
    r"|\b[Rr]ead the (figure|table|row|column|matrix|strip|map)\b"
    r"|\b[Ll]ook at the [sfm]|\bthe column \*|\bprinted lines?\b"
)


def test_what_may_return_makes_sense_by_itself():
    """Listed questions exist, have a key and no figure, are short, and nothing in them points to a page."""
    known = {item.id: item for stem in course.all_stems() for item in course.bank(stem).items}
    assert course.standalone_items() <= known.keys()
    for name in sorted(course.standalone_items()):
        item = known[name]
        assert item.graded, name
        assert item.figure is None, name
        assert item.type in KEYED, name
        texts = [text for _, text in items.banks.field_texts(msgspec.to_builtins(item))]
        assert [text for text in texts if ELSEWHERE.search(text)] == [], name


@pytest.mark.parametrize(
    "name",
    [
        "01-doubt-where",
        "03-vetoes-alone",
        "04-lists-pale",
        "06-added-weight",
        "07-after-robust",
        "01-code-claims",
    ],
)
def test_what_needs_its_lesson_does_not_return(name):
    """A strip, a figure, a table, accounts told just before, printed lines, a long activity."""
    assert name not in course.standalone_items()


@pytest.mark.parametrize("stem", course.stems())
def test_every_lesson_has_questions_that_may_return(stem):
    """Its two recall questions at least, and two or more of its own; none of the tests before and after."""
    ours = {item.id for item in course.bank(stem).items} & course.standalone_items()
    assert {item.id for item in course.bank(stem).items if item.check == "recall"} <= ours
    assert len(ours) >= 4
