"""The tests before and after: shown, handed in once, and told without flattery or shame."""

import pytest

import course_lib
from course_lib import begin, items, pretest_posttest
from course_lib.curriculum import course
from course_lib.errors import ItemError
from course_lib.student.progress import Progress

STEM = "11_your_briefing"


def hand_in(name, wrong=(), open_=()):
    """Answer a form as the page does: all right but for some numbers, some left open."""
    quiz = pretest_posttest.form_quiz(name, Progress())
    given = {}
    for number, item in enumerate(course.form_bank(name).items, start=1):
        given[item.id] = items.key_answer(item)
        if number in wrong:
            given[item.id] = (
                "-1"
                if isinstance(item, items.Number)
                else [0]
                if isinstance(item, items.Multiple)
                else _miss(item)
            )
        if number in open_:
            given[item.id] = "" if isinstance(item, items.Number) else [] if item.type == "multiple" else None
    message = {"kind": "finish", "answers": given, "sure": dict.fromkeys(given)}
    quiz._hear(None, {**message, "page": "p", "turn": 1, "id": "p-1"}, [])
    return quiz


def _miss(item):
    return next(place for place, option in enumerate(item.option) if not option.key)


def told():
    """What a student is told."""
    return str(begin(STEM).gain()).splitlines()


def test_the_test_before_is_shown_on_the_course_home():
    """Fifteen questions without key or feedback, to be handed in together."""
    quiz = course_lib.pretest()
    assert (quiz.mode, len(quiz.questions)) == ("test", 15)
    assert "Yes. The second half stands" not in repr(quiz.questions) + repr(quiz.answers)


def test_the_test_after_is_shown_in_a_lesson():
    """The other form, not the same."""
    quiz = begin(STEM).posttest()
    assert {question.id for question in quiz.questions} == {
        item.id for item in course.form_bank("after").items
    }


def test_a_form_that_does_not_exist_is_answered_with_the_nearest():
    """A slip in the name is easy to mend."""
    with pytest.raises(ItemError) as caught:
        course.form_bank("befor")
    assert str(caught.value) == ("There is no test 'befor'. Did you mean 'before'? There are: after, before.")


def test_a_form_is_no_lesson():
    """It is in no list of lessons, and its questions are not counted with theirs."""
    assert not {"before", "after"} & set(course.stems())


def test_feedback_comes_when_all_is_handed_in_and_the_first_answers_stay():
    """Each question has its note; a second handing in changes nothing."""
    quiz = hand_in("before", wrong=[1, 8])
    assert all(entry.locked and entry.notes for entry in quiz.answers.values())
    hand_in("before")
    marks = pretest_posttest.questions_right("before", Progress())
    assert [number for number, mark in enumerate(marks.values(), start=1) if not mark] == [1, 8]


def test_a_form_that_was_begun_is_not_yet_taken():
    """Drafts are kept, and nothing is told before all is handed in."""
    item = course.form_bank("before").items[0]
    Progress().record(item.id, item.version, "draft", 0)
    assert pretest_posttest.questions_right("before", Progress()) is None
    assert pretest_posttest.objective_scores(Progress())["before"].isna().all()


def test_what_was_left_open_is_not_right():
    """A form may be handed in with gaps."""
    hand_in("before", open_=[2, 3, 8])
    marks = pretest_posttest.questions_right("before", Progress())
    assert (len(marks), sum(marks.values())) == (15, 12)


def test_scores_are_shares_by_objective():
    """A row for each objective, as the figure takes it; what was not taken is missing."""
    hand_in("before", wrong=[1, 2, 3, 5])
    rows = pretest_posttest.objective_scores(Progress())
    assert rows.columns.tolist() == ["objective", "before", "after"]
    assert rows["objective"].tolist() == list(course.OBJECTIVES.values())
    assert rows["before"].round(3).tolist() == [0, 0.667, 1, 1, 1]
    assert rows["after"].isna().all()


def test_before_the_first_test_there_is_a_calm_sentence():
    """That there are two; no lesson is called the last, since another may be."""
    assert told() == [
        "Nothing to compare yet. There is a test before, on the course home, and one after. What has changed "
        "can be told once both are handed in."
    ]


def test_one_test_is_told_without_the_other():
    """Nobody is sent back to a test that makes no sense any more."""
    hand_in("before", wrong=[4])
    assert told() == [
        "Before: 14 of 15 right.",
        "What has changed can be told once the test after is handed in.",
    ]


def test_only_the_last_test_is_no_fault():
    """Whoever came late still has what they know."""
    hand_in("after", wrong=[4, 5])
    assert told() == [
        "After: 13 of 15 right.",
        "You did not take the test before, so there is no change to tell. What you know now is yours all the "
        "same.",
    ]
    assert "<img" not in begin(STEM).gain()._repr_html_()


LITTLE = (
    "By objective there are three questions in each form. There a single slip looks like a third: take "
    "those points as hints where to look again, no more."
)


def test_a_gain_is_told_with_its_interval():
    """Newcombe's interval for 6 and 12 of 15, and the share of what was missing."""
    hand_in("before", wrong=range(1, 10))
    hand_in("after", wrong=[1, 2, 3])
    lines = told()
    assert lines[:4] == [
        "Before: 6 of 15 right. After: 12 of 15.",
        "Of what was missing before you have gained 67 per cent. This share is called normalised gain (Hake "
        "1998).",
        "How much can 15 questions show? If each form were 15 questions drawn by luck from very many, a "
        "change between +5 and +64 percentage points would fit what you see (95 per cent interval).",
        LITTLE,
    ]
    assert 'alt="Two points for each of 5 objectives' in begin(STEM).gain()._repr_html_()


def test_a_gain_that_luck_could_make_is_called_so():
    """Two questions more are within the interval of no change."""
    hand_in("before", wrong=[1, 2, 3, 4, 5])
    hand_in("after", wrong=[1, 2, 3])
    assert told()[1:3] == [
        "Of what was missing before you have gained 40 per cent. This share is called normalised gain (Hake "
        "1998).",
        "How much can 15 questions show? If each form were 15 questions drawn by luck from very many, a "
        "change between −18 and +41 percentage points would fit what you see (95 per cent interval). No "
        "change at all would fit too.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            [1, 2],
            [3, 4],
            "As many as before. That says nothing against you: the questions are others, and much of what "
            "you did in the lessons, your forecasts and your brief among it, no such test asks for.",
        ),
        (
            [1],
            [3, 4, 5],
            "Fewer than before. This happens, with other questions and at the end of long work, and it does "
            "not mean that you know less. The feedback above shows which ideas are worth another look.",
        ),
        ([], [], "All was right before, so there was nothing left to gain here."),
        (
            [],
            [7],
            "All was right before, so there was nothing left to gain here. A slip or two after prove "
            "little; the feedback says what they were.",
        ),
    ],
)
def test_no_gain_is_no_shame(before, after, sentence):
    """As many, fewer, or nothing left to gain: each has its sentence, and none blames."""
    hand_in("before", wrong=before)
    hand_in("after", wrong=after)
    lines = told()
    assert lines[1] == sentence
    assert "normalised" not in lines[1]
    assert lines[-1].startswith(LITTLE[:40]) or LITTLE in lines
