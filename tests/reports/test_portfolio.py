"""The portfolio: what it says, what it keeps to itself, and that what a student typed stays text."""

import html
import itertools
import json
import random
import re
import time

import pandas as pd
import pseudo
import pytest
import students
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pages import TAGS, Page

from course_lib import evidence, items
from course_lib.curriculum import course
from course_lib.reports import (
    answers,
    blocks,
    document,
    forecasts_part,
    forms_part,
    lessons_part,
    markdown_writer,
    output,
    plain_text,
    portfolio,
    summary_part,
)
from course_lib.student import forecasts, records
from course_lib.student.progress import Progress


def item(name):
    """A question of the course by its id."""
    return next(one for one in students.course_items() if one.id == name)


def page(progress, **how):
    """The portfolio of a student as a parsed page."""
    return Page(output.build_portfolio(progress, **how).html())


@pytest.fixture(scope="module")
def portfolios(tmp_path_factory):
    """The three made-up students: their progress, page and Markdown."""
    made = {}
    for name in ("careful", "hasty", "adversarial"):
        progress = getattr(students, name)(tmp_path_factory.mktemp(name) / "progress.sqlite")
        written = output.build_portfolio(progress)
        made[name] = (progress, written.html(), written.markdown())
    return made


def test_an_unanswered_course_gives_a_calm_short_page():
    """One sentence, a line for the name, and nothing that is not there."""
    written = output.build_portfolio(Progress())
    count = sum(len(course.bank(stem).items) for stem in course.stems())
    found = Page(written.html())
    assert (
        f"Nothing is answered yet. The course has {len(course.stems())} lessons with {count} questions."
        in (found.text)
    )
    assert [level for level, _ in found.headings] == [1, 2]
    assert "img" not in found.tags
    assert "nav" not in found.tags
    assert len(written.html()) < 12_000
    assert written.markdown().count("\n") < 25
    assert repr(written) == f"<Portfolio: 0 of {count} questions answered>"


@pytest.mark.parametrize("name", ["careful", "hasty", "adversarial"])
def test_a_page_is_whole_and_holds_nothing_from_elsewhere(portfolios, name):
    """Known tags that nest, headings in order, pictures in the page, links to registered addresses only."""
    _, text, _ = portfolios[name]
    found = Page(text)
    assert found.faults == []
    assert found.open == []
    assert set(found.tags) <= TAGS
    levels = [level for level, _ in found.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - one <= 1 for one, later in itertools.pairwise(levels))
    assert all(words.strip() for _, words in found.headings)
    assert not [one for one in found.attributes if one[1].startswith("on")]
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert ("meta", "content", policy) in found.attributes
    assert ("html", "lang", "en") in found.attributes
    assert ("html", "dir", "ltr") in found.attributes
    assert all(
        value.startswith("data:image/png;base64,") for _, key, value in found.attributes if key == "src"
    )
    urls = {one.url for one in evidence.sources().listed} | {"https://creativecommons.org/licenses/by/4.0/"}
    links = {value for tag, key, value in found.attributes if (tag, key) == ("a", "href")}
    assert {link for link in links if not link.startswith("#")} <= urls
    names = [value for _, key, value in found.attributes if key == "id"]
    assert len(set(names)) == len(names)
    assert {link[1:] for link in links if link.startswith("#")} <= set(names)
    pictures = found.tags.count("img")
    assert pictures == sum(
        bool(value) for tag, key, value in found.attributes if (tag, key) == ("img", "alt")
    )
    assert found.tags.count("caption") == found.tags.count("table")
    assert found.tags.count("th") == sum((tag, key) == ("th", "scope") for tag, key, _ in found.attributes)


@pytest.mark.parametrize("name", ["careful", "hasty", "adversarial"])
def test_the_same_answers_give_the_same_page(portfolios, name):
    """Nothing of the machine or the day is in it."""
    progress, text, markdown = portfolios[name]
    again = output.build_portfolio(progress)
    assert again.html() == text
    assert again.markdown() == markdown


def test_a_careful_student_finds_everything(portfolios):
    """Every text in full, every question, scores, both figures of forecasts, tests, sources."""
    progress, text, markdown = portfolios["careful"]
    found = Page(text)
    titles = [words for level, words in found.headings if level == 2]
    assert titles[:4] == ["Summary", "Your brief", "Before and after", "Your forecasts"]
    assert titles[-1] == "Sources of what you answered"
    assert len(titles) == 5 + len(course.stems())
    given = progress.answers()
    for one in students.course_items():
        if isinstance(one, items.Text):
            assert given[one.id].answer in found.quotes
    for wanted in ("Brier score", "Log score (nats)", "Skill against a coin", "Skill against the base rate"):
        assert wanted in found.text
        assert wanted in markdown
    assert "30 of 30 forecasts are lodged. What happened is told for lodged forecasts only." in found.text
    outcomes = evidence.table("forecast_outcomes")
    assert all(" ".join(one.split()) in found.text for one in outcomes["evidence"])
    assert found.tags.count("img") == 4


def test_the_numbers_of_the_summary_are_those_of_the_answers(tmp_path):
    """First attempts against last, as the marking rules have it."""
    progress = Progress(tmp_path / "p.sqlite")
    one, two, three = [each for each in course.bank("01_reading_the_article").items if each.type == "single"][
        :3
    ]
    wrong = next(at for at, option in enumerate(one.option) if not option.key)
    students.record(progress, one, wrong)
    students.record(progress, one, items.key_answer(one))
    students.record(progress, two, items.key_answer(two))
    students.record(progress, three, next(at for at, option in enumerate(three.option) if not option.key))
    told = page(progress).text
    assert (
        "Answers that can be right or wrong: 3, of these right at the first attempt: 1, at the last: 2."
    ) in told
    for words in ("right at the last of 2 attempts", "right at the first attempt", "not right"):
        assert words in told


def test_forecasts_are_scored_as_the_methods_do(tmp_path):
    """Two lodged: Brier, log and skill by hand; too few for a calibration figure."""
    progress = Progress(tmp_path / "p.sqlite")
    students.record(progress, item(forecasts.outcomes_question().id), students.OWN)
    early = Progress(tmp_path / "early.sqlite")
    students.record(early, item("05-F01"), 80)
    students.record(early, item("05-F02"), 30)
    students.record(early, item(forecasts.outcomes_question().id), students.OWN)
    told = page(early).text
    # F01 happened, F02 did not.
    assert "Brier score 0.065" in told
    assert "Log score (nats) 0.290" in told
    assert "Skill against a coin +0.74" in told
    assert "A calibration figure needs at least 10 scored forecasts; you have 2." in told
    students.record(progress, item("05-F01"), 100)
    late = page(progress).text
    assert "lodged after the outcomes were opened, so not scored" in late
    assert "None of them can be scored." in late


def test_one_who_was_certain_and_wrong_is_told_so(tmp_path):
    """An infinite score is named, and a base rate that cannot be beaten."""
    progress = Progress(tmp_path / "p.sqlite")
    students.record(progress, item("05-F01"), 0)
    students.record(progress, item(forecasts.outcomes_question().id), students.OWN)
    told = page(progress).text
    assert "F01: 0 or 100 per cent was said, and the opposite came" in told
    assert "cannot be told all came out alike, so the base rate cannot be beaten" in told


OUTCOMES = evidence.table("forecast_outcomes").set_index("forecast")


@pytest.mark.parametrize("opened", [False, True])
def test_no_outcome_of_a_forecast_that_was_not_lodged(tmp_path, opened):
    """Neither evidence nor sources nor a picture tells of it; a draft changes nothing."""
    progress = Progress(tmp_path / "p.sqlite")
    students.record(progress, item("05-F01"), 70)
    students.record(progress, item("05-F10"), 40, "draft")
    if opened:
        students.record(progress, item(forecasts.outcomes_question().id), students.OWN)
    written = output.build_portfolio(progress)
    for text in (Page(written.html()).text, written.markdown(), html.unescape(written.html())):
        shown = [name for name, row in OUTCOMES.iterrows() if row["evidence"][:40] in text]
        assert shown == (["F01"] if opened else [])
        assert "F10" in text
    told = Page(written.html()).text
    assert "(set to 40 per cent, not lodged)" in told
    if not opened:
        place = course.lesson_number_of(forecasts.outcomes_question().id)
        assert f"What happened is told here once you have opened the outcomes in lesson {place}, " in told
    ours = {evidence.source(key).url for key in OUTCOMES.loc["F01", "source_keys"]}
    theirs = {evidence.source(key).url for row in OUTCOMES.drop("F01")["source_keys"] for key in row} - ours
    links = {value for tag, key, value in Page(written.html()).attributes if (tag, key) == ("a", "href")}
    # What the answered questions themselves rest on.
    known = {
        evidence.source(key).url
        for name in ("05-F01", forecasts.outcomes_question().id)
        for key in item(name).sources
    }
    assert links & (theirs - known) == set()


def _secrets(one):
    """What tells the key of a question, and stands nowhere else."""
    told = [one.explain, *one.hints, getattr(one, "feedback", ""), getattr(one, "otherwise", "")]
    told += [getattr(one, "model", "")]
    for part in ("option", "row", "pair", "step", "mistake", "also", "answer"):
        parts = getattr(one, part, ())
        told += [each.feedback for each in parts] if isinstance(parts, list) else []
    plain = (re.split(r"[\[*$_`\\]", text)[0][:60].strip() for text in told)
    return [text for text in plain if len(text) > 20]


@pytest.mark.parametrize("name", ["careful", "hasty", "adversarial"])
def test_neither_key_nor_feedback_nor_model_answer_is_in_it(portfolios, name):
    """Stems and own answers only: what teaches stands in the course."""
    _, text, markdown = portfolios[name]
    told = Page(text).text
    secrets = [secret for one in students.course_items() for secret in _secrets(one)]
    assert len(secrets) > 800
    own = " ".join(one.stem for one in students.course_items())
    assert [one for one in secrets if (one in told or one in markdown) and one not in own] == []


def test_a_question_that_is_not_answered_is_not_in_it(portfolios):
    """A hasty student does not find what they left out."""
    progress, text, _ = portfolios["hasty"]
    seen = {event.item for event in progress.events()}
    told = Page(text).text
    plain = {one.id: re.split(r"[\[*$_`\\\n]", one.stem)[0].strip() for one in students.course_items()}
    forecasts = {one.id for one in students.course_items() if isinstance(one, items.Probability)}
    left = [words for name, words in plain.items() if name not in seen | forecasts and len(words) > 25]
    given = {plain[name] for name in seen}
    assert len(left) > 100
    assert [words for words in left if words in told and words not in given] == []


def test_a_row_that_was_left_open_keeps_its_key(tmp_path):
    """Beside the key stand only the rows that were coded."""
    grid = next(one for one in students.course_items() if isinstance(one, items.Grid) and one.graded)
    progress = Progress(tmp_path / "p.sqlite")
    key = items.key_answer(grid)
    students.record(progress, grid, [key[0], *[None] * (len(key) - 1)])
    text = output.build_portfolio(progress).markdown()
    rows = [line for line in text.splitlines() if line.startswith("|")]
    table = rows[rows.index("| What is coded | Your code | Key |") + 2 :][: len(key)]
    assert table[0].endswith(f"| {grid.row[0].key} | {grid.row[0].key} |")
    assert all(line.endswith("| – |  |") for line in table[1:])
    assert f"{1 / len(key):.0%} of it agrees with the key" in text


def test_a_draft_is_shown_without_its_key_or_mark(tmp_path):
    """Chosen and never checked: no mark, no key, no list to check a text against."""
    progress = Progress(tmp_path / "p.sqlite")
    grid = next(one for one in students.course_items() if isinstance(one, items.Grid) and one.graded)
    text = next(one for one in students.course_items() if isinstance(one, items.Text) and one.rubric)
    students.record(progress, grid, items.key_answer(grid), "draft")
    students.record(progress, text, "begun", "draft")
    told = page(progress)
    assert "Chosen, not checked yet:" in told.text
    assert "A draft, not handed in:" in told.text
    assert told.quotes == ["begun"]
    assert "Key" not in told.words
    assert "The list to check it against:" not in told.text
    assert "No question of the lessons has been checked yet." in told.text


def test_a_later_draft_stands_beside_what_was_checked(tmp_path):
    """Neither is lost."""
    progress = Progress(tmp_path / "p.sqlite")
    text = next(one for one in students.course_items() if isinstance(one, items.Text))
    students.record(progress, text, "first " * text.minimum)
    students.record(progress, text, "second", "draft")
    number = next(one for one in students.course_items() if isinstance(one, items.Number) and one.graded)
    students.record(progress, number, "7")
    students.record(progress, number, "9", "draft")
    told = page(progress)
    assert told.quotes == [("first " * text.minimum), "second"]
    assert "A later draft, not handed in:" in told.text
    assert "later, not checked: 9" in told.text


def test_a_long_answer_stands_under_its_table(tmp_path):
    """A number or word of a thousand letters leaves the table readable, and loses nothing."""
    progress = Progress(tmp_path / "p.sqlite")
    number = next(one for one in students.course_items() if isinstance(one, items.Number) and one.graded)
    students.record(progress, number, "7")
    students.record(progress, number, "x" * 1_000, "draft")
    told = page(progress)
    assert "a long answer, in full below this table (1000 characters)" in told.text
    assert told.quotes == ["7", "x" * 1_000]


def test_a_unit_reads_well_beside_any_number(tmp_path):
    """Units are worded for many: beside a one, or beside no number, they stand in brackets."""
    number = next(
        one for one in students.course_items() if isinstance(one, items.Number) and one.unit == "claims"
    )
    for typed, told in {
        "1": "1 (claims)",
        "1,0": "1,0 (claims)",
        "12%": "12% (claims)",
        "2": "2 claims",
        "-1": "-1 claims",
        "1,5": "1,5 claims",
        "11": "11 claims",
    }.items():
        progress = Progress(tmp_path / f"{typed[:3]}.sqlite")
        students.record(progress, number, "7")
        progress.record(number.id, number.version, "draft", typed)
        assert f"later, not checked: {told} " in page(progress).text
    for unit in ("(year)", "per cent", "per 1,000 words"):
        same = next(
            one for one in students.course_items() if isinstance(one, items.Number) and one.unit == unit
        )
        students.record(progress, same, "1")
        assert f"1 {unit}" in page(progress).text


def test_a_text_handed_in_often_is_told_with_its_attempt(tmp_path):
    """In words up to the third time, then by number: twenty-two has another ending than twenty-four."""
    progress = Progress(tmp_path / "p.sqlite")
    text = next(one for one in students.course_items() if isinstance(one, items.Text))
    ends = []
    for _ in range(22):
        students.record(progress, text, "word " * text.minimum)
        ends.append(re.search(r"Handed in on \d[^.]*", page(progress).text)[0].partition(", ")[2])
    assert ends[:3] == ["", "for the second time", "for the third time"]
    assert ends[20:] == ["attempt 21", "attempt 22"]


def test_a_question_asked_under_a_table_is_asked_in_the_portfolio(tmp_path):
    """Two paragraphs of which the second one asks; what only says how a forecast counts stays away."""
    progress = Progress(tmp_path / "p.sqlite")
    luck = item("01-agreement-luck")
    students.record(progress, luck, items.key_answer(luck))
    told = page(progress).text
    assert luck.stem.strip().rpartition("\n\n")[2] in told
    assert "| 45 |" not in told
    forecast = item("05-F01")
    assert answers.question_text(forecast) == [blocks.CourseText(forecast.stem.partition("\n\n")[0])]


def test_marks_that_pile_up_are_counted():
    """A letter with hundreds of marks does not run into the lines around; accents and other scripts stay."""
    assert plain_text.printable("Z" + "\u0301" * 180) == "Z" + "\u0301" * 8 + "⟨172 more marks⟩"
    for text in ("e\u0301te\u0301", "שָׁלוֹם", "ที่", "مُحَمَّد"):
        assert plain_text.printable(text) == text


def test_answers_of_another_version_lose_nothing(tmp_path):
    """Changed since: told. Not valid any more, or of no question: shown as kept, and counted for nothing."""
    progress = Progress(tmp_path / "p.sqlite")
    one = next(each for each in students.course_items() if isinstance(each, items.Single) and each.graded)
    progress.record(one.id, "old", "answer", items.key_answer(one), 0.0, "not_yet")
    progress.record(one.id, "old", "answer", 99, 1.0, "right")
    progress.record("03-gone", "old", "answer", "what I <b>wrote</b>", None, "kept")
    progress.record("test:recall", "", "start")
    told = page(progress)
    assert "not right; the question has changed since, so the answer may read differently now" in told.text
    assert "it is no answer to the question as it stands" in told.text
    assert "03-gone" in told.text
    assert told.quotes == ["99", "what I <b>wrote</b>"]
    assert "test:recall" not in told.text
    assert "Key" not in told.words


def test_a_mark_that_was_changed_in_the_file_is_not_believed(portfolios):
    """A wrong answer that is kept as right counts as what it is."""
    progress, text, _ = portfolios["adversarial"]
    claimed = sum(event.state == "right" for event in progress.answers().values())
    counted = int(
        re.search(r"right at the first attempt: \d+, at the last: (\d+)\.", Page(text).text).group(1)
    )
    assert counted < claimed / 3


def test_a_name_is_text_and_stands_nowhere_unless_given(portfolios, tmp_path):
    """In the title and in its line; a long or broken one is cut to one line."""
    progress = Progress(tmp_path / "p.sqlite")
    told = output.build_portfolio(progress, "  <b>Ada\n</title>\u202e " + "x" * 500).html()
    assert "<title>Portfolio of &lt;b&gt;Ada &lt;/title&gt;⟨U+202E⟩ xxx" in told
    assert Page(told).faults == []
    assert "x" * 130 not in told
    assert "to be filled in" in Page(portfolios["careful"][1]).text


def test_the_quotes_of_a_harmful_student_are_what_was_typed(portfolios):
    """Every text is there, letter by letter, with its breaks; only what no page can hold is replaced."""
    progress, text, _ = portfolios["adversarial"]
    quotes = Page(text).quotes
    texts = {one.id for one in students.course_items() if isinstance(one, items.Text)}
    typed = [event.answer for event in progress.events() if event.item in texts]
    assert len([one for one in typed if isinstance(one, str)]) >= len(texts)
    for one in typed:
        assert "\n".join(plain_text.printable_lines(records.answer_text(one))) in quotes


def _rendered(text):
    """The text of Markdown's quotes as a reader sees it, and the tags it was made with."""
    tags, words = set(), []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        tags.add(token.tag)
        for child in token.children or ():
            tags.add(child.tag)
            words.append("\n" if child.type in ("hardbreak", "softbreak") else child.content)
    return "".join(words), tags


def _letters(text):
    return "".join(text.split())


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(),
        st.text(alphabet="\n #*_-+=~`|<>[]()!&;:.1a\\$^\t@/\u202e\x00"),
        st.sampled_from(students.HARM),
    )
)
def test_a_text_is_a_text_in_both_forms(typed):
    """Whatever is typed, a page and Markdown show its letters and nothing else becomes of it."""
    shown_blocks = [
        blocks.Quote(typed),
        blocks.Table("T", ["a", "b"], [["row", [blocks.StudentText(typed)]]]),
    ]
    made = document.Document("t", "h", [], shown_blocks, [])
    found = Page(made.html())
    assert found.faults == []
    assert found.tags.count("blockquote") == found.tags.count("table") == 1
    assert set(found.tags) <= TAGS
    assert found.quotes == ["\n".join(plain_text.printable_lines(typed))]
    made.html().encode("utf-8")
    made.markdown().encode("utf-8")
    shown = _letters("\n".join(plain_text.printable_lines(typed)))
    words, tags = _rendered(markdown_writer.block_markdown(shown_blocks[0]))
    assert _letters(words) == shown
    assert tags <= {"blockquote", "p", "br", ""}
    words, tags = _rendered(markdown_writer.block_markdown(shown_blocks[1]))
    assert _letters(words) == _letters("Tabrow" + " ↵ ".join(plain_text.printable_lines(typed)))
    assert tags <= {"table", "thead", "tbody", "tr", "th", "td", "p", "strong", ""}


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([one.id for one in students.course_items()] + ["x", "", "05-", "11-brief-x"]),
            st.sampled_from(["answer", "draft", "hint", "reveal", "finish"]),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
                lambda inner: (
                    st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
                ),
                max_leaves=8,
            ),
            st.sampled_from(["right", "not_yet", "kept", "unanswered", None, "other"]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_no_events_break_it(given_events):
    """Anything that a file of work can hold gives a page whose tags nest."""
    versions = {one.id: one.version for one in students.course_items()}
    events = [
        answers_event(number, name, versions.get(name, "v") if fresh else "old", kind, answer, state)
        for number, (name, kind, answer, state, fresh) in enumerate(given_events)
    ]
    works, odd = records.collect_records(events, students.course_items())
    assert len(works) == len(students.course_items())
    shown_blocks = [*portfolio.unmatched_blocks(odd)]
    for stem in course.stems():
        bank = course.bank(stem)
        shown_blocks += lessons_part.lesson_blocks(bank, summary_part.bank_records(bank, works))
    shown_blocks += [*lessons_part.brief_blocks(works), *forecasts_part.forecast_blocks(works, None)]
    shown_blocks = [block for block in shown_blocks if not isinstance(block, blocks.DocumentFigure)]
    made = document.Document("t", "h", [], shown_blocks, [])
    assert Page(made.html()).faults == []
    assert made.markdown()


def answers_event(number, name, version, kind, answer, state):
    """An event as a file of work gives it."""
    from course_lib.student.events import Event

    return Event(
        f"u{number}", "2026-W01-1" if number % 2 else "", name, version, kind, answer, None, state, 1, 99
    )


def test_ten_thousand_events_take_a_few_seconds(tmp_path):
    """With every question answered many times."""
    progress = Progress(tmp_path / "p.sqlite")
    students.careful(progress.path)
    row = json.loads(progress.export())
    few = row["events"]
    row["events"] = [{**few[n % len(few)], "uid": f"{n:06x}"} for n in range(10_000)]
    many = Progress(tmp_path / "many.sqlite")
    assert many.restore(json.dumps(row)) == 10_000
    begun = time.perf_counter()
    written = output.build_portfolio(many)
    written.html()
    written.markdown()
    took = time.perf_counter() - begun
    print(f"10,000 events: {took:.1f} seconds")
    assert took < 20


def test_the_markdown_says_the_same(portfolios):
    """The same headings, questions and texts, and the alternative text of every picture."""
    _, text, markdown = portfolios["careful"]
    found = Page(text)
    assert [len(one) for one in re.findall(r"^(#+) ", markdown, flags=re.MULTILINE)] == [
        level for level, _ in found.headings
    ]
    alts = [value for tag, key, value in found.attributes if (tag, key) == ("img", "alt")]
    assert markdown.count("Figure: ") == len(alts)
    assert _letters(alts[0][:60]) in _letters(markdown.replace("\\", ""))
    assert "<table" not in markdown
    assert "data:image" not in markdown


def test_a_course_without_tests_or_forecasts_has_a_portfolio(tmp_path):
    """Any banks will do."""
    head = 'lesson = "98_own"\ntitle = "Own"\nquestion = "Why?"\nminutes = 40\nactivity_minutes = 5\n'
    body = (
        '[[item]]\nid = "98-a"\ntype = "word"\ncheck = "c"\nobjective = 1\nstem = "$x$ ![a](b.png) which?"\n'
    )
    body += 'otherwise = "no"\n[[item.answer]]\ntext = "this"\nfeedback = "yes"\n'
    bank = items.load(head + body, "own.toml")
    progress = Progress(tmp_path / "p.sqlite")
    students.record(progress, bank.items[0], "this")
    written = portfolio.compile_portfolio(progress, [bank])
    found = Page(written.html())
    assert "98 Own" in found.text
    # The picture of the question stands in a file that does not come along.
    assert found.tags.count("img") == 1
    assert "Your forecasts" not in found.text
    assert "![" not in written.markdown()


def test_shares_of_a_test_come_from_the_first_answers(tmp_path):
    """Half of the test before is right, the test after is not taken."""
    progress, draw = Progress(tmp_path / "p.sqlite"), random.Random(9)
    for number, one in enumerate(course.form_bank("before").items):
        answer = items.key_answer(one)
        students.record(progress, one, answer if number % 3 else students.any_answer(one, draw))
        students.record(progress, one, answer)
    found = page(progress)
    assert "The test before" in found.text
    assert "The test after" not in found.text
    assert "not taken" in found.text
    assert "gain" not in found.text
    taken = {
        "before": [
            records.QuestionRecord(
                one, response=items.read_response(one, items.key_answer(one)), state="right", first="right"
            )
            for one in course.form_bank("before").items
        ]
    }
    table, figure = forms_part.objective_blocks(taken, {1: "One"})
    assert table.rows == [["One", "100%", "not taken"]]
    assert isinstance(figure.figure.table, pd.DataFrame)


@pytest.mark.parametrize("name", ["careful", "hasty", "adversarial"])
def test_every_word_comes_from_the_file_of_words(portfolios, tmp_path, name):
    """In a language that nobody speaks: no Latin letter is left, and what is the lessons' is marked."""
    with pseudo.interface_in_pseudo(tmp_path):
        made = output.build_portfolio(portfolios[name][0], "Ada")
        text, markdown = made.html(), made.markdown()
    assert Page(text).faults == []
    assert ("html", "lang", pseudo.LANGUAGE) in Page(text).attributes
    assert ("html", "dir", "rtl") in Page(text).attributes
    told = pseudo.interface_texts(text)
    assert len(told) > 200
    assert [one for one in told if re.search("[A-Za-z]", one)] == []
    assert text.count('<bdi lang="en">') > 200
    assert "⟨U+2068⟩" not in text
    if name != "adversarial":
        assert _mixed(markdown) == []


def _mixed(markdown):
    """The lines and cells of Markdown where words of two languages meet that nothing keeps apart."""
    parts = [part for line in markdown.splitlines() for part in line.split(" | ") if line[:1] != ">"]
    # Addresses aside, and what begins or ends with emphasis, which would not bear a sign beside it.
    parts = [re.sub(r"\(<\S*>\)|\u2068[^\u2069]*\u2069|\*[^*]+\*[?!.]?", "", part) for part in parts]
    return [part for part in parts if re.search("[A-Za-z]", part) and re.search("[\u0600-\u06ff]", part)]


def test_what_stands_among_other_words_is_set_apart_in_markdown(tmp_path):
    """Unless emphasis begins or ends there; alone it needs no sign."""
    parts = ["a ", blocks.CourseText("b"), blocks.StudentText("c"), [blocks.CourseText("*d*")]]
    alone = [blocks.CourseText("e")]
    assert markdown_writer.inline_markdown(parts) + markdown_writer.inline_markdown(alone) == "a bc*d*e"
    with pseudo.interface_in_pseudo(tmp_path):
        assert markdown_writer.inline_markdown(parts) == "a \u2068b\u2069\u2068c\u2069*d*"
        assert markdown_writer.inline_markdown(alone) == "e"
