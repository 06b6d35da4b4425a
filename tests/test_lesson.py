"""The calls a notebook makes."""

import re

import pytest

from course_lib import begin, evidence
from course_lib.curriculum import course
from course_lib.errors import CourseError

STEM = "01_reading_the_article"
GRID = "01-code-claims"


@pytest.fixture
def first():
    """The first lesson, for a student who has answered nothing."""
    return begin(STEM)


def answer(first, item_id, given, state="right", score=1.0):
    """Store an answer as the widget does."""
    item = next(item for item in first.bank.items if item.id == item_id)
    first.progress.record(item_id, item.version, "answer", given, score=score, state=state)
    return item


def test_a_lesson_says_where_it_stands_in_the_course(first):
    """Number, minutes and the horizon are shown at the start, with the way to the other lessons."""
    html = first._repr_html_()
    assert (
        f"Lesson 1 of {len(course.stems())} · about {first.bank.minutes} minutes · as of 31 December 2024"
        in html
    )
    assert "(you are here)" in html
    assert repr(first) == f"<Lesson 1 of {len(course.stems())}: Reading the article>"


def test_a_lesson_that_does_not_exist_is_answered_with_the_nearest():
    """A slip in the name is easy to mend."""
    with pytest.raises(
        CourseError, match="^There is no lesson '01_reading_article'. Did you mean '01_reading_the_art"
    ):
        begin("01_reading_article")


def test_a_check_that_does_not_exist_is_answered_with_the_nearest(first):
    """The sentence names the lesson and its checks."""
    with pytest.raises(
        CourseError, match="^There is no check in lesson 01_reading_the_article 'kind'. Did you mean"
    ):
        first.check("kind")


def test_a_check_shows_its_items(first):
    """All questions of a group come in one widget."""
    expected = [item.id for item in first.bank.items if item.check == "recall"]
    assert [item.id for item in first.check("recall").questions] == expected


def test_the_agreement_waits_for_an_answer(first):
    """The key is not shown before the grid has been checked."""
    shown = first.agreement(GRID)._repr_html_()
    assert "Fill in the grid above and choose Check." in shown
    assert "Key" not in shown


def test_full_agreement_with_the_key_is_said(first):
    """A student who codes as the key does gets kappa 1 and no list of differences."""
    item = next(item for item in first.bank.items if item.id == GRID)
    answer(first, GRID, [item.choices.index(row.key) for row in item.row])
    shown = str(first.agreement(GRID))
    assert "You and the key agree on 15 of 15 claims coded" in shown
    assert "Cohen's kappa is 1.00" in shown.replace("  ", " ")
    assert "Where you differ" not in shown


def test_differences_are_listed_claim_by_claim(first):
    """Where a code differs, the student sees both."""
    item = next(item for item in first.bank.items if item.id == GRID)
    codes = [item.choices.index(row.key) for row in item.row]
    codes[0], codes[1] = 5, None
    answer(first, GRID, codes, state="not_yet", score=13 / 15)
    shown = str(first.agreement(GRID))
    assert "agree on 13 of 14 claims coded" in shown
    assert f"C03 {item.row[0].text} framing fact" in shown


def test_one_code_for_everything_is_explained(first):
    """Even a student who clicks one column gets a number or a reason, not an error."""
    answer(first, GRID, [0] * 15, state="not_yet", score=4 / 15)
    assert "Cohen's kappa is 0.00" in str(first.agreement(GRID))


def test_where_there_is_no_kappa_a_reason_stands_in_its_place(first):
    """Nothing coded, or by both one code alone."""
    item = next(item for item in first.bank.items if item.id == GRID)
    answer(first, GRID, [None] * 15, state="not_yet", score=0)
    assert "There are no coded units, so there is nothing to compare." in str(first.agreement(GRID))
    code = item.row[0].key
    place = item.choices.index(code)
    answer(first, GRID, [place if row.key == code else None for row in item.row], state="not_yet", score=0.2)
    shown = first.agreement(GRID)._repr_html_()
    assert f"Both coders used one code, '{code}', for everything." in shown
    assert "kappa is <b>" not in shown


def test_what_was_left_open_in_a_test_is_not_counted(first):
    """An open question is handed in with the others and stays open."""
    before = str(first.finish())
    first.progress.record(GRID, "v1", "answer", None, state="unanswered")
    assert str(first.finish()) == before


@pytest.mark.parametrize("wrong", [[0] * 14, [99] * 15, "x", {"a": 1}])
def test_an_answer_that_cannot_be_is_not_taken_for_one(first, wrong):
    """A file brought back may hold anything."""
    version = next(item for item in first.bank.items if item.id == GRID).version
    first.progress.record(GRID, version, "answer", wrong, score=0.2, state="not_yet")
    assert "Fill in the grid above" in str(first.agreement(GRID))


def test_an_answer_to_an_older_form_of_the_grid_does_not_count(first):
    """If the question has changed since, the comparison waits for a new answer."""
    first.progress.record(GRID, "older", "answer", [0] * 15, score=0.2, state="not_yet")
    assert "Fill in the grid above" in str(first.agreement(GRID))


def test_the_claims_shown_are_those_known_at_the_horizon(first):
    """Predictions are open in lesson 1, and all 93 claims are there."""
    claims = first.claims().claims
    assert len(claims) == 93
    predictions = claims.loc[claims["kind"] == "causal_prediction", "verdict"]
    assert set(predictions) <= {"open", "not_checkable"}


def test_claims_can_be_asked_for_by_section(first):
    """A later lesson shows only the claims it is about."""
    assert set(first.claims("context-role", "intro").claims["section"]) == {"context-role", "intro"}
    with pytest.raises(CourseError, match="^There is no section 'context'. Did you mean"):
        first.claims("context")


def test_a_table_is_shown_in_full_under_a_caption(first):
    """Long cells are not cut, signs are escaped and the columns are named as headers."""
    table = evidence.table("claims").head(3)[["id", "claim"]].assign(claim="<" + "long " * 40)
    html = first.show(table, "Three & more")._repr_html_()
    assert "<caption>Three &amp; more</caption>" in html
    assert "&lt;" + "long " * 39 in html
    assert html.count('<th scope="col" style="text-align:start">') == 2


def test_terms_come_from_the_glossary(first):
    """A term is explained in one place for all lessons; a missing one is named."""
    assert "a network of armed groups" in str(first.terms("al-Qaeda")).lower()
    with pytest.raises(CourseError, match="^There is no term in the glossary 'hedges'. Did you mean 'hedge'"):
        first.terms("hedges")


def test_the_end_counts_what_was_answered(first):
    """Answered, right and open are told apart, and what can be right from what is kept."""
    asked, count = first.bank.items, len(first.bank.items)
    assert str(first.finish()).startswith(f"You have answered 0 of {count} questions.\nStill open")
    for item in asked:
        answer(first, item.id, 0, state="right" if item.check == "recall" else "not_yet")
    told = f"You have answered {count} of {count} questions. Right: 2 of "
    assert str(first.finish()).startswith(f"{told}{count}.\nNext: ")
    answer(first, asked[-1].id, 0, state="kept")
    kept = "Texts, forecasts and surveys are kept, not marked."
    assert str(first.finish()).startswith(f"{told}{count - 1}. {kept}\nNext: ")


def test_the_sources_are_those_of_the_questions_and_of_the_text(first):
    """Keys from feedback links, from items and from links in the notebook are all there."""
    keys = course.source_keys(STEM)
    assert {"interfax-2024-bogdanov", "cohen-1960-kappa", "ap-2021-timeline"} <= set(keys)
    assert list(keys) == sorted(keys)


def test_what_a_notebook_may_import_is_what_the_front_page_says():
    """Every public name of the package exists and is told of in its docstring."""
    import course_lib

    for name in course_lib.__all__:
        assert getattr(course_lib, name) is not None
        assert re.search(rf"\b{name}\b", course_lib.__doc__), name
    with pytest.raises(AttributeError, match="^module 'course_lib' has no attribute 'nonsense'$"):
        _ = course_lib.nonsense


def test_grades_are_told_in_words_once_both_grids_are_filled():
    """Letters and digits make grades; how many lie on the diagonal is told beside what luck would bring."""
    second = begin("02_behind_the_byline")
    letters, digits = "02-grade-source", "02-grade-information"
    assert "Fill in both grids above" in str(second.grades(letters, digits))
    answer(second, letters, [0, 1, 2, 3, 4, 5])
    assert "Fill in both grids above" in str(second.grades(letters, digits))
    answer(second, digits, [0, 1, 2, 3, 4, 0])
    shown = str(second.grades(letters, digits))
    assert "5 of your 6 grades lie on the diagonal" in shown
    assert "Luck alone would put 1 there." in shown
    assert "source cannot be judged, information confirmed by other sources" in shown


@pytest.fixture
def motives():
    """The lesson in which a matrix is coded."""
    return begin("06_motives")


def _coded(motives, wanted):
    item = next(item for item in motives.bank.items if item.id == "06-matrix-own")
    return [[item.choices.index(code) for code in row] for row in wanted]


def _coder():
    codes = evidence.table("ach_codings", until="2024-12-31")
    return codes.pivot(index="evidence", columns="hypothesis", values="consistency").head(9)


def test_codes_of_a_matrix_come_as_a_table_once_it_is_saved(motives):
    """Before that the table is empty, with its columns; a row that is not whole is left out."""
    assert motives.coding("06-matrix-own").empty
    assert list(motives.coding("06-matrix-own")) == ["H1", "H2", "H3", "H4", "H5", "H6", "H7"]
    given = _coded(motives, _coder().to_numpy())
    given[1][3] = None
    answer(motives, "06-matrix-own", given, state="kept", score=None)
    mine = motives.coding("06-matrix-own")
    assert mine.to_dict() == _coder().drop("E02").to_dict()


@pytest.mark.parametrize("wrong", [[[0] * 7] * 8, [[9] * 7] * 9, "x", None])
def test_codes_that_cannot_be_are_none(motives, wrong):
    """A file brought back may hold anything."""
    answer(motives, "06-matrix-own", wrong, state="kept", score=None)
    assert motives.coding("06-matrix-own").empty


def test_two_coders_are_set_side_by_side_after_saving(motives):
    """First a sentence without any code, then how far they agree and the reasons where they are far apart."""
    codings = evidence.table("ach_codings", until="2024-12-31")
    assert "Fill in at least one whole row" in str(motives.compare_coding("06-matrix-own", codings))
    given = _coder()
    given.loc["E06", "H1"] = "CC"
    answer(motives, "06-matrix-own", _coded(motives, given.to_numpy()), state="kept", score=None)
    shown = str(motives.compare_coding("06-matrix-own", codings))
    assert "You and the coder give the same code in 62 of 63 cells (9 rows filled in whole)." in shown
    assert "E06 H1 CC II From this date no Assad government exists" in shown
    assert "one person's judgement" in shown


def test_two_coders_with_one_code_get_a_reason(motives):
    """Luck explains all of it."""
    codings = evidence.table("ach_codings", until="2024-12-31").assign(consistency="I")
    given = _coded(motives, [["I"] * 7] * 9)
    answer(motives, "06-matrix-own", given, state="kept", score=None)
    shown = str(motives.compare_coding("06-matrix-own", codings))
    assert "Both coders used one code, 'I', for everything." in shown
    assert "Beyond luck" not in shown


def test_far_codes_are_shown_up_to_a_number(motives):
    """One code everywhere is far from the coder's in many cells: the farthest are listed."""
    codings = evidence.table("ach_codings", until="2024-12-31")
    answer(motives, "06-matrix-own", [[4] * 7] * 9, state="kept", score=None)
    shown = motives.compare_coding("06-matrix-own", codings)._repr_html_()
    assert "the farthest 8 of" in shown
    assert shown.count("<tr>") == 9
