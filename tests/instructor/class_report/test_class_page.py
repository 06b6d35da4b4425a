"""What is planted in a class is found again, in numbers that others compute alike; nobody is named."""

import itertools
import json
import re

import classroom
import numpy as np
import pandas as pd
import pytest
import students
from pages import TAGS, Page

from course_lib import evidence, items
from course_lib.__main__ import main
from course_lib.curriculum import course
from course_lib.errors import ProgressError
from course_lib.instructor import synthetic_class
from course_lib.instructor.class_report import analysis, class_page, confidence, formatting, gain
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.submissions import reading
from course_lib.methods import class_change, item_statistics
from course_lib.reports.blocks import Paragraph

STEM = "03_russia_in_syria"
BAD, MISREAD = "03-vetoes-conclude", "03-events-reward"
# The wrong option that seven of ten are made to choose.
OPTION = 0


def page_html(scores, banks):
    """The page about a class."""
    return class_page.class_document(class_page.analyse_class(scores, banks)).html()


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A class with a bad question and a misconception: its folder, what was answered, the marks."""
    folder = tmp_path_factory.mktemp("planted") / "class"
    bank = course.bank(STEM)
    given = classroom.write_submissions(folder, [bank], 150, seed=4, bad=[BAD], misread={MISREAD: OPTION})
    return folder, given, gradebook.score_table(reading.read_submissions(folder), [bank])


@pytest.fixture(scope="module")
def questions(planted):
    """What became of each question."""
    return {
        question.item.id: question
        for question in analysis.analyse_bank(planted[2], course.bank(STEM)).questions
    }


@pytest.fixture(scope="module")
def page(planted):
    """The page about the class."""
    return Page(page_html(planted[2], [course.bank(STEM)]))


@pytest.fixture(scope="module")
def whole_course(tmp_path_factory):
    """An example class with all lessons and both tests: its marks."""
    folder = tmp_path_factory.mktemp("all") / "class"
    synthetic_class.make_class(folder, 40, seed=2)
    return gradebook.score_table(reading.read_submissions(folder))


def test_the_planted_bad_question_is_the_one_that_is_told(page, questions):
    """Its correlation is below nothing, its index too, and no other question is told of like that."""
    assert questions[BAD].discrimination.rest.high < 0
    assert questions[BAD].discrimination.index < -0.2
    told = re.findall(r"(\S+): those who do well elsewhere have fewer marks here", page.text)
    assert told == [BAD]
    usual = [
        each.discrimination.rest.estimate for name, each in questions.items() if name not in (BAD, MISREAD)
    ]
    assert min(usual) > 0.1


def test_the_planted_misconception_is_the_first_to_talk_about(page, planted, questions):
    """With the option, how many chose it, its feedback, the text before it and the bank's own question."""
    item = questions[MISREAD].item
    chosen = sum(one[MISREAD] == OPTION for one in planted[1])
    headings = [words for level, words in page.headings if level == 3]
    assert headings[0] == "1. Lesson 3, Where and when"
    tenths = formatting.NUMBERS[round(chosen / 15)].capitalize()
    wanted = f"{tenths} in ten ({chosen} of 150) chose “{item.option[OPTION].text.rstrip('.')}”."
    assert wanted in page.text
    talk = page.text.split(wanted)[1].split("2. Lesson 3")[0]
    assert f"What the course says to it: {formatting.plain_markdown(item.option[OPTION].feedback)}" in talk
    assert "The text before it says: “Two places matter most for Russia" in talk
    assert f"To open the talk: {item.hints[0]}" in talk
    assert item.hints[0].endswith("?")


def test_the_charts_most_misread_are_those_before_the_questions_most_missed(page):
    """By hand: the timeline stands before the planted misconception, the vetoes before the bad question."""
    told = page.text.split("Two charts to look at again", 1)[1].split("How much this class can say")[0]
    charts_ = re.findall(r"the chart “([^”]+)” under “([^”]+)”", told)
    assert ("timeline", "Where and when") in charts_
    assert len(charts_) == 2


def test_every_number_of_a_question_is_what_pandas_makes_of_the_answers(planted, questions):
    """Marked anew from what was answered, without the long table."""
    bank, given = course.bank(STEM), planted[1]
    graded = [item for item in bank.items if item.graded]
    scores = pd.DataFrame(
        {
            item.id: [items.grade(item, items.valid_answer(item, one[item.id])).score for one in given]
            for item in graded
        }
    )
    for item in graded:
        each, own = questions[item.id], scores[item.id]
        others = scores.drop(columns=item.id).sum(axis=1)
        assert each.n == len(given)
        assert each.facility.estimate == pytest.approx(own.mean(), abs=1e-6)
        assert each.right == (own >= 1).sum()
        assert each.discrimination.rest.estimate == pytest.approx(own.corr(others), abs=1e-5)
        order = others.sort_values(kind="stable").index
        cut = round(0.27 * len(own))
        if others[order].iloc[cut - 1] < others[order].iloc[cut] and (
            others[order].iloc[-cut - 1] < others[order].iloc[-cut]
        ):
            assert each.discrimination.index == pytest.approx(
                own[order[-cut:]].mean() - own[order[:cut]].mean(), abs=1e-5
            )
        if isinstance(item, items.Single):
            counts = pd.Series([one[item.id] for one in given]).value_counts()
            shares = counts.reindex(range(len(item.option)), fill_value=0) / len(given)
            table = each.option_table()
            assert table["all"].tolist() == pytest.approx(shares.tolist())
            thirds = item_statistics.score_thirds(others)
            for at, name in enumerate(("lower", "middle", "upper")):
                chosen = pd.Series([one[item.id] for one in given])[thirds == at]
                wanted = chosen.value_counts(normalize=True).reindex(range(len(item.option)), fill_value=0)
                assert table[name].tolist() == pytest.approx(wanted.tolist())
    alpha = analysis.analyse_bank(planted[2], bank).alpha
    variance = scores.var().sum() / scores.sum(axis=1).var()
    assert alpha.alpha == pytest.approx(len(graded) / (len(graded) - 1) * (1 - variance), abs=1e-5)
    assert (alpha.n, alpha.left_out) == (150, 0)


def test_attempts_and_times_are_those_of_the_files(planted, questions):
    """Read once more from the files themselves."""
    folder = planted[0]
    first, last, again = 0, 0, 0
    for path in folder.iterdir():
        events = [one for one in json.loads(path.read_text())["events"] if one["item"] == MISREAD]
        first += events[0]["state"] == "right"
        last += events[-1]["state"] == "right"
        again += len(events) > 1
    count = questions[MISREAD].attempts
    assert (count.first, count.last, count.again) == (first, last, again)
    assert count.mended == last - first + count.lost
    assert (
        10
        <= questions[MISREAD].times.low
        <= questions[MISREAD].times.median
        <= questions[MISREAD].times.high
        <= 120
    )


def test_who_says_to_be_sure_is_set_against_who_is_right(tmp_path, bank):
    """A class that is surest where it is wrong is told so, with the counts."""
    folder = tmp_path / "class"
    classroom.write_submissions(folder, [bank], 60, sure=lambda _, right, draw: 0 if right else 2)
    marks = gradebook.score_table(reading.read_submissions(folder), [bank])
    levels = confidence.confidence_table(confidence.confidence_levels(marks, [bank]))
    right = int((marks.loc[marks["item"] == "01-one", "first"] >= 1).sum())
    assert levels["n"].tolist() == [right, 0, 60 - right]
    assert levels["share"].tolist()[::2] == [1.0, 0.0]
    told = Page(page_html(marks, [bank])).text
    assert f"“guessing”: {right} answers, 100 % of them right (" in told
    assert "“fairly sure”: no answer." in told
    assert "Sure answers were right less often than guesses. That is worth a talk." in told
    missed = 60 - right
    named = told.split("Most often sure and not right, of those who were sure at the first attempt: ")[1]
    assert named.startswith(f"{formatting.question_prompt(bank.items[0])} ({missed} of {missed})")
    assert f"({missed} of {missed}) had said" in told or f"{missed} of {missed} had said" in told


def test_certainty_that_tells_nothing_is_called_so(tmp_path, bank):
    """Chance alone; and a class that can judge itself."""
    for name, sure, wanted in (
        ("chance", lambda _able, _right, draw: draw.choice((0, 2)), "the intervals of guesses"),
        ("good", lambda _able, right, _draw: 2 if right else 0, "the class can judge itself."),
    ):
        classroom.write_submissions(tmp_path / name, [bank], 60, sure=sure)
        marks = gradebook.score_table(reading.read_submissions(tmp_path / name), [bank])
        assert wanted in Page(page_html(marks, [bank])).text.replace("The ", "the ")


@pytest.mark.parametrize(
    ("students", "hint"),
    [
        (20, "With fewer than 21 students this is a hint only. "),
        (60, "With fewer than 21 answers of one of the two this is a hint only. "),
        (150, ""),
    ],
)
def test_certainty_in_few_answers_is_called_a_hint(tmp_path, bank, students, hint):
    """In a small class no sentence stands without its warning."""
    classroom.write_submissions(
        tmp_path / "class", [bank], students, sure=lambda _, right, draw: 2 if right else 0
    )
    marks = gradebook.score_table(reading.read_submissions(tmp_path / "class"), [bank])
    text = Page(page_html(marks, [bank])).text
    assert f"than guesses: the class can judge itself. {hint}“guessing”: " in text


def test_before_and_after_is_what_the_marks_give(whole_course):
    """All questions and each objective, from the long table by pandas."""
    forms = {name: course.form_bank(name) for name in course.FORMS}
    found = gain.analyse_gain(whole_course, forms, course.OBJECTIVES)
    right = whole_course.assign(right=whole_course["first"] >= 1)
    wide = {}
    for name, bank in forms.items():
        own = right[right["item"].isin([item.id for item in bank.items])]
        table = own.astype({"student": str, "item": str}).pivot(
            index="student", columns="item", values="right"
        )
        wide[name] = table.dropna().astype(float)
    both = wide["before"].index.intersection(wide["after"].index)
    assert found.both == len(both)
    apart = wide["after"].loc[both].mean(axis=1) - wide["before"].loc[both].mean(axis=1)
    assert found.whole.change.estimate == pytest.approx(apart.mean())
    for number, name in course.OBJECTIVES.items():
        row = found.table().set_index("objective").loc[name]
        for form, bank in forms.items():
            ours = [item.id for item in bank.items if item.objective == number]
            assert row[form] == pytest.approx(wide[form].loc[both, ours].to_numpy().mean())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            [1, 1, 1, 14 / 15],
            [1, 1, 1, 3 / 15],
            "1 of 4 students had anything left to gain, and they are too few",
        ),
        ([1, 1, 1], [1, 0.8, 0.6], "Everything was right before, so there was nothing left to gain."),
        (
            [0.5, 0.4, 0.6, 0.5, 0.6, 0.4],
            [0.4, 0.3, 0.4, 0.4, 0.5, 0.3],
            "Less was right after than before, so there is no gain",
        ),
        ([0.2, 0.4, 0.6, 0.3], [0.4, 0.7, 0.7, 0.6], "the class has gained 36\u00a0% ("),
    ],
)
def test_a_gain_is_told_where_there_is_one(before, after, told):
    """No share of what was missing where hardly anything or nothing was, or where less is there now."""
    whole = class_change.mean_change(before, after)
    one = gain.ObjectiveChange(
        "all questions", sum(before) / len(before), sum(after) / len(after), whole.change
    )
    found = gain.TestGain({"before": 4, "after": 4}, len(before), 15, whole, [one])
    paragraphs = [str(block.words) for block in gain.gain_blocks(found) if isinstance(block, Paragraph)]
    assert told in paragraphs[1]
    assert ("normalised gain of the class" in paragraphs[1]) == ("has gained 36" in told)
    assert not re.search("−[0-9]+\u00a0%", paragraphs[1])


def test_one_student_with_both_tests_shows_no_change(whole_course):
    """A sentence says from when on."""
    first = whole_course["student"].cat.categories[0]
    alone = whole_course[whole_course["student"] == first]
    banks = gradebook.course_banks()
    text = Page(page_html(alone, banks)).text
    assert "A change of the class can be told once two students have taken both." in text
    assert "1 student: take what follows as hints for a talk, not as findings. From 21 on a share" in text
    assert "show this page to nobody" in text


def test_a_class_that_is_too_small_is_told_so_figure_by_figure(tmp_path):
    """Seven students: every figure is marked, and what is shown is called a hint."""
    folder = tmp_path / "class"
    bank = course.bank(STEM)
    classroom.write_submissions(folder, [bank], 7)
    found = Page(page_html(gradebook.score_table(reading.read_submissions(folder), [bank]), [bank]))
    assert found.text.count("too small: a hint only") == 6
    assert "of 7 chose" in found.text
    assert "Thirds are not shown for fewer than 63 students." in found.text
    assert "in ten (" not in found.text
    assert "those who do well elsewhere" not in found.text


def test_large_classes_are_not_warned(page):
    """A hundred and fifty are enough for everything."""
    assert "too small" not in page.text
    assert "too few" not in page.text
    assert page.text.count("large enough") == 6


def test_the_page_is_whole_and_holds_nothing_from_elsewhere(whole_course):
    """Known tags that nest, pictures in the page with words, links to registered sources only."""
    text = page_html(whole_course, gradebook.course_banks())
    found = Page(text)
    assert (found.faults, found.open) == ([], [])
    assert set(found.tags) <= TAGS
    levels = [level for level, _ in found.headings]
    assert levels[:2] == [1, 2]
    assert all(later - one <= 1 for one, later in itertools.pairwise(levels))
    assert not [one for one in found.attributes if one[1].startswith("on")]
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert ("meta", "content", policy) in found.attributes
    assert ("meta", "content", class_page.GENERATOR) in found.attributes
    sources = {value for _, key, value in found.attributes if key == "src"}
    assert all(value.startswith("data:image/png;base64,") for value in sources)
    links = {value for tag, key, value in found.attributes if (tag, key) == ("a", "href")}
    urls = {one.url for one in evidence.sources().listed}
    assert {link for link in links if not link.startswith("#")} <= urls
    assert found.tags.count("img") == sum(
        bool(value) for tag, key, value in found.attributes if (tag, key) == ("img", "alt")
    )
    assert found.headings[1][1] == "What to talk about tomorrow"
    assert not re.search(r"\bnan\b|None ?[%()]|\bNone to\b|<NA>", found.text)


def test_the_same_answers_give_the_same_page(planted, tmp_path):
    """Whatever pseudonyms were drawn, and nothing of the day or the machine is in it."""
    bank = course.bank(STEM)
    again = gradebook.score_table(reading.read_submissions(planted[0]), [bank])
    assert page_html(again, [bank]) == page_html(planted[2], [bank])


def test_nobody_is_on_the_page_and_nothing_that_was_typed(tmp_path):
    """Names, pseudonyms, words and numbers of one's own; what is shown of typed words is the bank's."""
    folder = tmp_path / "class"
    bank = course.bank("07_regional_stability")
    typed = [*students.HARM[:4], "my name is Zebedee", "0151 4711 4711", "=1+1"]
    classroom.write_submissions(folder, [bank], 30, typed=[one for one in typed if len(one) < 20_000])
    handed = reading.read_submissions(folder)
    marks = gradebook.score_table(handed, [bank])
    text = page_html(marks, [bank])
    for secret in ("Zebedee", "Quux", "4711", "onerror", "onload", "document.title", "<script", "=1+1"):
        assert secret not in text
    for pseudonym in marks["student"].cat.categories:
        assert pseudonym not in text


def test_only_what_is_asked_for_is_on_the_page(tmp_path, capsys):
    """By number, by name, a test; answers to other lessons are no remark."""
    folder = tmp_path / "class"
    banks = [course.bank(STEM), course.bank("04_actors_and_labels"), course.form_bank("before")]
    classroom.write_submissions(folder, banks, 8)
    out = tmp_path / "page.html"
    asked = ["understand", str(folder), "--out", str(out), "--lesson", "3", "--lesson", "before"]
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines() == [
        "8 files in 1 folder looked at, 8 read, from 8 students. Nothing to remark.",
        f"The page is in {tmp_path / 'page.html'}. No student is named in it.",
    ]
    found = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    titles = [words for level, words in found.headings if level == 2]
    assert titles[-2:] == ["Lesson 3: Russia in Syria", course.form_bank("before").title]
    assert "04-" not in found.text
    # The test before the course asks what nobody could have read.
    assert "1. Lesson 3" in found.text
    assert not re.search(r"\d\. Fifteen questions", found.text.split("How much this class can say")[0])


def test_a_question_with_a_figure_of_its_own_counts_for_its_chart(planted):
    """Its chart is the one that its bank names."""
    item = next(one for one in course.bank(STEM).items if one.id == MISREAD)
    figured = items.FigureSpec("kinds_by_section", ["claims"])
    changed = type(item)(
        **{name: getattr(item, name) for name in item.__struct_fields__} | {"figure": figured}
    )
    bank = course.bank(STEM)
    fields = {name: getattr(bank, name) for name in bank.__struct_fields__}
    bank = type(bank)(**fields | {"items": [changed if one.id == MISREAD else one for one in bank.items]})
    text = Page(page_html(planted[2], [bank])).text
    assert "Lesson 3, the chart “kinds by section”: mean mark at the first attempt" in text


def test_the_command_writes_the_page(planted, tmp_path, capsys):
    """Into a folder that it makes, or a file; what to do next is said."""
    assert main(["understand", str(planted[0]), "--out", str(tmp_path / "new" / "folder")]) == 0
    out = tmp_path / "new" / "folder" / "class.html"
    assert capsys.readouterr().out.splitlines() == [
        "150 files in 1 folder looked at, 150 read, from 150 students. Nothing to remark.",
        f"The page is in {out}. No student is named in it.",
    ]
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    # Written beside the hand-ins it is no hand-in the next time.
    asked = ["understand", str(planted[0]), "--out", str(planted[0] / "class.html"), "--lesson", "3"]
    assert main(asked) == 0
    assert main(asked) == 0
    assert "Nothing to remark" in capsys.readouterr().out.splitlines()[-2]
    (planted[0] / "class.html").unlink()


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path, bad, capsys):
    """One damaged file among good ones; only damaged ones."""
    folder = tmp_path / "class"
    classroom.write_submissions(folder, [course.bank(STEM)], 3)
    bad("cut-short.json", folder)
    assert main(["understand", str(folder), "--out", str(tmp_path / "page.html")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("4 files in 1 folder looked at, ")
    assert told[-1] == "What was remarked on the files is told by the command gradebook, in its report."
    alone = bad("web-page.json", tmp_path / "alone")
    assert main(["understand", str(alone), "--out", str(tmp_path / "none.html")]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "1 file in 1 folder looked at, 0 read, from 0 students. 1 remark. No page was written. The command "
        "gradebook writes a report of what was wrong."
    )
    assert not (tmp_path / "none.html").exists()
    assert main(["understand", str(alone), "--out", str(tmp_path / "new" / "folder")]) == 1
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("out", "lessons", "wanted"),
    [
        ("page.csv", None, "page.csv is no name for the page. Let it end in .html, or name a folder."),
        ("file/deep", None, "The folder {} cannot be made (Not a directory). Name another."),
        (
            "page.html",
            ["03_rusia_in_syria"],
            "There is no lesson '03_rusia_in_syria'. Did you mean '03_russia",
        ),
        (
            "page.html",
            ["5"],
            "Nobody answered a question that can be right or wrong, so there is nothing to understand yet. "
            "No page was written.",
        ),
    ],
)
def test_what_cannot_be_done_is_told(planted, tmp_path, capsys, out, lessons, wanted):
    """In a sentence, and nothing is written."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    asked = [word for lesson in lessons or [] for word in ("--lesson", lesson)]
    assert main(["understand", str(planted[0]), "--out", str(tmp_path / out), *asked]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith(wanted.format(tmp_path / out))
    assert not (tmp_path / "page.html").exists()


def test_a_class_that_is_right_in_everything_has_nothing_to_talk_about(tmp_path, make, bank):
    """One calm sentence."""
    for number in range(3):
        make.file(tmp_path / "class" / f"{number}.json", make.entry(), make.entry("01-number", "12"))
    marks = gradebook.score_table(reading.read_submissions(tmp_path / "class"), [bank])
    text = Page(page_html(marks, [bank])).text
    assert "Every question has four of five marks or more. Nothing was misread much." in text


def test_marks_without_a_lesson_are_no_fault(bank):
    """An empty table of the right form gives the sentence."""
    names = ["student", "lesson", "item", "state", "answer_first", "answer_last"]
    empty = pd.DataFrame({name: pd.Categorical([]) for name in names})
    assert analysis.analyse_bank(empty, bank).questions == []
    with pytest.raises(ProgressError, match="^Nobody answered a question that can be right or wrong"):
        class_page.analyse_class(empty, [bank])


def test_shares_are_said_as_people_say_them():
    """Tenths where a class is large enough, counts always."""
    told = [formatting.share_of(*one) for one in ((3, 7), (61, 200), (0, 50), (50, 50), (1, 50), (49, 50))]
    assert told == [
        "3 of 7",
        "three in ten (61 of 200)",
        "0 of 50",
        "50 of 50",
        "fewer than one in ten (1 of 50)",
        "more than nine in ten (49 of 50)",
    ]


def test_a_question_with_a_table_is_told_without_it():
    """What it asks stands after the table, and is kept."""
    bank = course.bank("01_reading_the_article")
    told = formatting.question_prompt(next(item for item in bank.items if "\n|" in item.stem))
    assert "|" not in told
    assert told.endswith("Why is kappa so much lower for pair B?")


def test_the_course_asks_for_certainty_in_each_lesson_with_evidence(whole_course):
    """One or two questions of lessons 1 to 9, and a class that judges itself is told so."""
    asking = {bank.lesson: sum(item.confidence for item in bank.items) for bank in gradebook.course_banks()}
    assert [count for stem, count in asking.items() if stem[:2] in ("10", "11", "be", "af")] == [0] * 4
    assert {count for stem, count in asking.items() if stem[0] == "0"} <= {1, 2}
    told = Page(page_html(whole_course, gradebook.course_banks())).text
    assert f"{sum(asking.values())} questions asked how sure a student was before the answer" in told


def test_a_bank_without_a_notebook_is_told_without_places(planted):
    """Nothing of the page hangs on the notebook."""
    marks = planted[2]
    renamed = marks.assign(lesson=marks["lesson"].cat.rename_categories({STEM: "88_elsewhere"}))
    bank = course.bank(STEM)
    bank = type(bank)(**{n: getattr(bank, n) for n in bank.__struct_fields__} | {"lesson": "88_elsewhere"})
    text = Page(page_html(renamed, [bank])).text
    assert "The text before it says" not in text
    assert "the chart “" not in text
    assert "1. Russia in Syria" in text


def test_time_that_cannot_be_is_left_out_and_counted(planted):
    """A clock that went backwards and an hour away."""
    marks = planted[2].copy()
    own = (marks["item"] == MISREAD).to_numpy()
    seconds = marks["seconds"].to_numpy().copy()
    at = np.flatnonzero(own)
    seconds[at[:2]] = [-5, 4000]
    found = analysis.analyse_bank(marks.assign(seconds=seconds), course.bank(STEM))
    times = next(each.times for each in found.questions if each.item.id == MISREAD)
    assert (times.n, times.left_out) == (148, 2)
