"""Forecasts against outcomes: closed until the student opens them, and honest about few forecasts."""

import re
from datetime import UTC, datetime, timedelta

import pseudo
import pytest

from course_lib import begin, evidence
from course_lib.curriculum import course
from course_lib.curriculum.syllabus import lessons_phrase
from course_lib.html.panels import Panel
from course_lib.student import forecasts, progress

CLOSED = (
    "The outcomes are closed. Answer the last question under “Open the outcomes” first, then run this cell "
    "again."
)
# Places of options of the question that opens the outcomes.
OPEN_OWN, OPEN_EXAMPLE = 1, 2
EXAMPLE = "An invented example, not your forecasts: it says "
RULE = (
    "10 per cent where the day came by the middle of 2025, 25 per cent by its end, 40 per cent where it came "
    "later, and 75 per cent where the question asks whether something stays as it was"
)


class Student:
    """Somebody who answers as the page does, an answer a second, on days that can be moved on."""

    def __init__(self):
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.lesson = begin("10_the_gamble_scored")
        self.gamble = self.lesson.score_forecasts()
        self.every = {item.id: item for stem in course.stems() for item in course.bank(stem).items}

    def answer(self, name, value):
        """Record an answer to a question."""
        self.now += timedelta(seconds=1)
        self.lesson.progress.record(name, self.every[name].version, "answer", value, None, "kept")

    def lodge(self, **percent):
        """Lodge forecasts by their number."""
        for name, value in percent.items():
            self.answer(f"05-{name}", value)

    def lodge_all(self, value=50):
        """Lodge all thirty with the same number."""
        self.lodge(**{f"F{number:02}": value for number in range(1, 31)})

    def wait(self, **time):
        """Let time pass."""
        self.now += timedelta(**time)


@pytest.fixture
def student(monkeypatch):
    """A student in lesson 10, with a clock of their own."""
    one = Student()

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return one.now

    monkeypatch.setattr(progress, "datetime", Clock)
    return one


def everything(one):
    """All that tells of outcomes."""
    return [one.outcomes(), one.chart(), one.scores(), one.calibration(), one.parts(), one.memory()]


@pytest.mark.parametrize("said", [None, 0, 9, "1", [1]])
def test_nothing_is_told_before_the_student_opens_it(student, said):
    """Neither running all cells nor “not yet”, nor an answer that cannot be, opens the outcomes."""
    student.lodge_all()
    if said is not None:
        student.answer("10-open", said)
    shown = [*everything(student.gamble), student.gamble.reveal("secret")]
    assert [str(one) for one in shown] == [CLOSED] * 7


def test_the_options_that_open_are_those_of_the_question():
    """The roles in the bank stand at the options that say so, and an answer is read by them."""
    item = forecasts.outcomes_question()
    assert [option.text for option in item.option] == [
        "Not yet: I want to lodge forecasts first.",
        "Open them, and score my own forecasts.",
        "Open them, and show me the invented example.",
    ]
    assert [option.role for option in item.option] == ["", "own_forecasts", "invented_example"]
    assert [forecasts.opening_role(answer) for answer in (0, OPEN_OWN, OPEN_EXAMPLE, 3, None, "1", [1])] == [
        "",
        "own_forecasts",
        "invented_example",
        *[""] * 4,
    ]


def test_whoever_has_lodged_nothing_sees_an_example_that_is_called_one(student):
    """In the figures, in the scores and in the memory."""
    student.answer("10-open", OPEN_EXAMPLE)
    assert str(student.gamble.chart().caption) == f"{EXAMPLE}{RULE}."
    assert student.gamble.parts().words().startswith(EXAMPLE)
    assert student.gamble.calibration().figure.words().startswith(EXAMPLE)
    scores = str(student.gamble.scores())
    assert "you 2" not in scores
    assert "invented example 29 0.334 0.890 -0.34 -0.35" in scores
    assert "a coin 29 0.250 0.693" in scores
    assert "You have lodged no forecast that can be scored. The example is invented" in scores
    memory = str(student.gamble.memory())
    assert "There is nothing of yours to compare" in memory
    assert "Below is an invented memory, made up to show the effect" in memory
    assert "Of 6 numbers, 6 moved towards what happened and 0 away from it." in memory


def test_own_forecasts_are_shown_once_there_are_enough(student):
    """Ten of them, and the figures are the student's own; the example stays one choice away."""
    student.lodge(**{f"F{number:02}": 40 for number in range(1, 9)}, F10=40)
    student.wait(days=1)
    student.answer("10-open", OPEN_OWN)
    assert student.gamble.chart().words().startswith(EXAMPLE)
    assert "9 forecasts say next to nothing about you. From 10 on the figures" in str(student.gamble.scores())


def test_ten_forecasts_are_enough(student):
    """One that is not resolved counts for none."""
    student.lodge(**{f"F{number:02}": 40 for number in range(1, 12)})
    student.answer("10-open", OPEN_OWN)
    assert str(student.gamble.chart().caption) == "Your own forecasts, 10 of them resolved."
    assert "say next to nothing" not in str(student.gamble.scores())
    student.answer("10-open", OPEN_EXAMPLE)
    assert student.gamble.chart().words().startswith(EXAMPLE)


def test_what_is_lodged_after_opening_is_no_forecast(student):
    """It is neither scored nor hidden, and lodging is over."""
    student.lodge(F01=70, F04=20)
    student.answer("10-open", OPEN_OWN)
    student.lodge(F06=99)
    told = str(student.gamble.outcomes())
    assert "You lodged 2 forecasts that can be scored , of 29 that are resolved." in told
    assert "1 more was lodged after you had opened the outcomes. That is no forecast" in told
    assert "lodged too late to be scored" in told
    assert "you said 70 %, Brier score 0.09" in told
    assert "you 2 0.365" in str(student.gamble.scores())
    rows = student.lesson.forecasts_with_outcomes().set_index("id")
    assert rows.loc["F06", "late"]
    assert rows["probability"].dropna().to_dict() == {"F01": 0.7, "F04": 0.2}
    assert str(student.lesson.open_forecasts()) == (
        "You have opened the outcomes. What was not lodged before cannot be lodged any more."
    )


def test_closing_again_does_not_make_late_forecasts_early(student):
    """Once the outcomes were open, they were seen."""
    student.answer("10-open", OPEN_EXAMPLE)
    student.answer("10-open", 0)
    student.lodge(F01=99)
    assert str(student.gamble.scores()) == CLOSED
    assert student.lesson.forecasts().set_index("forecast").loc["F01", "late"]


def test_an_infinite_score_is_told_with_its_forecast(student):
    """Nothing is clipped, and what it would be without is said."""
    student.lodge(F04=0, F01=70, F03=0)
    student.answer("10-open", OPEN_OWN)
    told = str(student.gamble.scores())
    assert "you 3 0.363 infinite" in told
    assert "Your log score is infinite , because of F04: 0 or 100 per cent was said" in told
    assert "Nothing was clipped. Without that forecast the log score would be 0.178, over 2." in told


def test_questions_with_one_and_the_same_outcome_have_no_skill_against_the_base_rate(student):
    """Their base rate is a perfect rival, and a log score of nothing but one miss has no rest."""
    student.lodge(F04=0)
    student.answer("10-open", OPEN_OWN)
    told = str(student.gamble.scores())
    assert "you 1 1.000 infinite -3.00 cannot be told" in told
    assert "Nothing was clipped." in told
    assert "1 forecast says next to nothing about you." in told
    assert "the log score would be" not in told


def test_what_weakens_a_forecast_is_said(student):
    """Knowing outcomes, lodging after lesson 6, and a no that rests on an empty search."""
    student.lodge(F12=10, F01=70)
    student.answer(next(name for name in student.every if name.startswith("06-")), 0)
    student.lodge(F04=50)
    student.answer("10-followed", 2)
    student.answer("10-open", OPEN_OWN)
    told = str(student.gamble.scores())
    assert "You said that you had heard of most outcomes when you lodged." in told
    named = lessons_phrase(
        [course.lesson_number_of(next(name for name in student.every if name.startswith("06-")))]
    )
    assert f"1 of them was lodged after you had begun {named}, which tells of things that came later." in told
    assert "The no of F12 rests on a search that found nothing. Without it your Brier score is 0.170." in told


def test_a_lesson_after_the_opening_one_tells_of_later_things_too(student):
    """Whoever has read lesson 11 knows what came, though lesson 10 is not opened yet."""
    student.lodge(F01=70)
    last = next(name for name in student.every if name.startswith("11-"))
    student.answer(last, "x")
    student.lodge(F04=50, F06=50)
    student.answer("10-open", OPEN_OWN)
    told = str(student.gamble.scores())
    named = lessons_phrase([course.lesson_number_of(last)])
    assert f"2 of them were lodged after you had begun {named}, which tells of things that came" in told


def test_lessons_are_named_that_were_begun_before_every_one_of_them(student):
    """Not one that was begun later, nor one that tells of nothing later, nor the one with the outcomes."""
    student.answer("10-followed", 0)
    student.answer(next(name for name in student.every if name.startswith("04-")), 0)
    student.lodge(F01=70)
    telling = [
        next(name for name in student.every if name.startswith(number)) for number in ("07-", "06-", "11-")
    ]
    for name in telling:
        student.answer(name, 0)
    student.lodge(F04=50)
    student.answer(next(name for name in student.every if name.startswith("08-")), 0)
    student.lodge(F06=50)
    student.answer("10-open", OPEN_OWN)
    told = str(student.gamble.scores())
    named = lessons_phrase(list(map(course.lesson_number_of, telling)))
    assert f"2 of them were lodged after you had begun {named}, which tell of things that came later." in told


def test_who_has_begun_nothing_that_tells_is_told_nothing(student):
    """Lesson 10 asks for forecasts itself, and tells nothing before the outcomes are open."""
    student.answer("10-followed", 0)
    student.lodge(F01=70)
    student.answer("10-open", OPEN_OWN)
    assert "after you had begun" not in str(student.gamble.scores())


def test_memory_is_set_beside_the_record(student):
    """Towards what happened, away from it, or the same; only what was remembered before the opening."""
    student.lodge(F01=70, F04=60, F06=50, F26=30)
    student.wait(days=3)
    for name, kept in {"F01": "80", "F04": "40 %", "F06": "52", "F18": "20"}.items():
        student.answer(f"10-remember-{name}", kept)
    student.answer("10-open", OPEN_OWN)
    student.answer("10-remember-F26", "1")
    student.answer("10-remember-F01", "99")
    told = str(student.gamble.memory())
    assert "Of 3 numbers, 1 moved towards what happened and 1 away from it." in told
    assert "The mean move is 3 points away from it." in told
    assert "70 % 80 % yes towards it" in told
    assert "60 % 40 % yes away from it" in told
    assert "50 % 52 % yes the same" in told
    assert "Not compared: F18, since you lodged it less than an hour before, or not at all." in told
    assert "30 %" not in told


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (("70", "60"), "On average there was no move."),
        (("80", "50"), "On average there was no move."),
        (("71", "60"), "The mean move is 0.5 points towards it."),
        (("70", "59.6"), "The mean move is 0.2 points away from it."),
    ],
)
def test_a_memory_that_did_not_move_is_called_so(student, kept, told):
    """No move goes neither way, whether nothing moved or two moves cancel out; a small one is no zero."""
    student.lodge(F01=70, F04=60)
    student.wait(days=3)
    for name, number in zip(("F01", "F04"), kept, strict=True):
        student.answer(f"10-remember-{name}", number)
    student.answer("10-open", OPEN_OWN)
    shown = str(student.gamble.memory())
    assert told in shown
    assert ("The mean move is" in shown) == ("The mean move is" in told)


def test_what_was_lodged_a_moment_ago_is_no_test_of_memory(student):
    """Then the invented memory is shown, and called so."""
    student.lodge(F01=70)
    student.wait(minutes=59)
    student.answer("10-remember-F01", "70")
    student.answer("10-open", OPEN_OWN)
    told = str(student.gamble.memory())
    assert "There is nothing of yours to compare" in told
    assert "Not compared: F01" in told


def test_the_six_remembered_have_come_out(student):
    """They ask for forecasts that are resolved, half of them each way, in the words of the table."""
    rows = evidence.table("forecasts").merge(
        evidence.table("forecast_outcomes"), left_on="id", right_on="forecast"
    )
    rows = rows.set_index("id")
    asked = {name[-3:]: item for name, item in student.every.items() if name.startswith("10-remember-")}
    assert rows.loc[list(asked), "outcome"].value_counts().to_dict() == {"yes": 3, "no": 3}
    for name, item in asked.items():
        assert f"*{rows.loc[name, 'question']}*" in item.stem


def test_whatever_rests_on_an_empty_search_is_a_no():
    """The four are resolved, and their evidence says what was found."""
    rows = evidence.table("forecast_outcomes").set_index("forecast")
    asked = [item for stem in course.stems() for item in course.bank(stem).items]
    empty = [forecasts.forecast_number(item) for item in asked if item.role == "empty_search_forecast"]
    assert sorted(empty) == ["F08", "F12", "F16", "F28"]
    assert set(rows.loc[empty, "outcome"]) == {"no"}
    assert rows.loc[empty, "evidence"].str.contains("found").all()


def test_two_forecasts_ask_whether_something_stays():
    """Those to which the example says 75 per cent."""
    asked = [item for stem in course.stems() for item in course.bank(stem).items]
    stays = [item for item in asked if item.role == "status_quo_forecast"]
    assert [forecasts.forecast_number(item) for item in stays] == ["F01", "F27"]
    assert all("still" in item.stem or "operate" in item.stem for item in stays)


def test_lodging_shows_what_is_missing_and_nothing_else(student):
    """Those not lodged yet, then a sentence."""
    student.lodge(F01=70)
    shown = [question.id for question in student.lesson.open_forecasts().questions]
    assert len(shown) == 29
    assert "05-F01" not in shown
    student.lodge_all()
    assert str(student.lesson.open_forecasts()) == "All forecasts of the course are lodged. Go on below."


def test_what_is_revealed_is_left_as_it_is(student):
    """Once open, a thing is shown itself."""
    student.answer("10-open", OPEN_EXAMPLE)
    panel = Panel("x")
    assert student.gamble.reveal(panel) is panel


def test_every_word_comes_from_the_file_of_words(student, tmp_path):
    """In a language that nobody speaks, no Latin letter is left in what the interface says."""
    student.lodge(F04=0, F01=70, F03=0, F12=10)
    student.wait(days=1)
    student.answer("10-remember-F01", "80")
    student.answer("10-remember-F18", "80")
    student.answer("10-followed", 1)
    with pseudo.interface_in_pseudo(tmp_path):
        shown = [student.gamble.reveal(None)]
        student.answer("10-open", OPEN_OWN)
        student.lodge(F06=99)
        shown += [student.gamble.outcomes(), student.gamble.scores(), student.gamble.memory()]
        shown += [student.gamble.chart(), student.gamble.parts()]
        told = [pseudo.interface_texts(one._repr_html_()) for one in shown]
    assert [text for texts in told for text in texts if re.search("[A-Za-z]", text)] == []
    assert all(told)
