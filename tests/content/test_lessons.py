"""What every lesson owes its students: the same bones, clean files, links that lead to registered sources."""

import html
import json
import re
import statistics

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from course_lib import evidence, items, lesson, paths
from course_lib.curriculum import course
from course_lib.evidence.labels import KINDS
from course_lib.html.feedback import message_html
from course_lib.html.markdown import render_markdown
from course_lib.instructor.authoring import cross_references, new_lesson
from course_lib.setup import tidy

STEMS = course.stems()
BONES = [
    "What you will be able to do",
    "Before you start",
    "What the article says",
    "The article on this point",
    "Data desk (optional)",
    "Summary",
    "What comes next",
    "Sources of this lesson",
]
WORDS_A_MINUTE = 200
SECONDS_AN_ITEM = 45
ALLOWED_TAGS = {tidy.KEPT}
HORIZON = "2024-12-31"
OPENS = "## The horizon opens"


def book(stem):
    """A notebook's cells."""
    return json.loads((paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"))["cells"]


def text(stem):
    """A notebook's Markdown."""
    return "\n".join("".join(cell["source"]) for cell in book(stem) if cell["cell_type"] == "markdown")


def code(stem):
    """The sources of a notebook's code cells."""
    return ["".join(cell["source"]) for cell in book(stem) if cell["cell_type"] == "code"]


def bank_text(stem):
    """The text of a lesson's question bank."""
    return paths.bank_file(stem).read_text(encoding="utf-8")


def without_forecasts(stem, shown):
    """What a lesson shows, less the questions and days of its forecasts: they ask about later."""
    for item in course.bank(stem).items:
        if isinstance(item, items.Probability):
            for one in (*item.stem.split("\n\n"), str(item.resolves)):
                shown = shown.replace(one, "").replace(html.escape(one, quote=False), "")
    return shown


def later_years(shown, horizon=HORIZON):
    """The years in a text that come after a horizon."""
    return [year for year in re.findall(r"\b20\d\d\b", shown) if year > horizon[:4]]


def every_notebook():
    """The stems of all notebooks, the course home included."""
    return sorted(path.stem for path in paths.LESSONS.glob("*.ipynb"))


def test_every_lesson_has_its_bank_and_every_bank_its_lesson():
    """Same stem, same thing: a notebook and a question bank for each lesson, whether it is listed or not."""
    banks = {path.stem for path in paths.ITEMS.glob("*.toml")} - {"before", "after"}
    assert {"index", *banks} == set(every_notebook())
    assert set(STEMS) <= banks


@pytest.mark.parametrize("stem", STEMS)
def test_a_lesson_has_one_title_and_its_question(stem):
    """The first cell gives the title and the question of the bank, and there is no other title."""
    titles = re.findall(r"^# (.+)$", text(stem), flags=re.MULTILINE)
    assert titles == [course.bank(stem).title]
    assert f"**{course.bank(stem).question}**" in "".join(book(stem)[0]["source"])
    assert f"About {course.bank(stem).minutes} minutes" in "".join(book(stem)[0]["source"])


@pytest.mark.parametrize("stem", STEMS)
def test_a_lesson_has_the_bones_in_order(stem):
    """Every lesson is built alike, so that a student knows where they are."""
    headings = re.findall(r"^## (.+)$", text(stem), flags=re.MULTILINE)
    assert [heading for heading in headings if heading in BONES] == BONES
    assert headings[-1] == BONES[-1]
    assert code(stem)[-1] == "lesson.sources()"


@pytest.mark.parametrize("stem", STEMS)
def test_every_objective_is_asked_twice(stem):
    """Three or four objectives, each with at least two questions; recall counts for none."""
    part = text(stem).split("## What you will be able to do")[1].split("##")[0]
    objectives = [int(number) for number in re.findall(r"^(\d)\. ", part, flags=re.MULTILINE)]
    assert objectives in ([1, 2, 3], [1, 2, 3, 4])
    asked = [item.objective for item in course.bank(stem).items]
    assert {number: asked.count(number) for number in objectives if asked.count(number) < 2} == {}
    assert set(asked) - {0} == set(objectives)
    assert asked.count(0) == 2
    assert len(asked) >= 12


def test_no_text_that_is_to_be_replaced_is_left():
    """What `course new-lesson` has written was replaced by a lesson."""
    files = [*paths.LESSONS.glob("*.ipynb"), *paths.ITEMS.glob("*.toml")]
    assert len(files) >= 2 * len(STEMS)
    assert [path.name for path in files if new_lesson.MARK in path.read_text(encoding="utf-8")] == []


def test_what_lessons_say_of_each_other_fits_their_order():
    """Numbers in the texts are those of the list; after a change this names every place."""
    assert cross_references.stale_references() == []


@pytest.mark.parametrize("stem", STEMS)
def test_every_check_is_shown_once(stem):
    """Each group of questions in the bank stands in the notebook, in the same order."""
    shown = re.findall(r'lesson\.check\("([\w-]+)"\)', "\n".join(code(stem)))
    assert shown == list(dict.fromkeys(item.check for item in course.bank(stem).items))


@pytest.mark.parametrize("stem", STEMS)
def test_a_lesson_takes_the_time_it_says(stem, record_property):
    """Reading at 200 words a minute, 45 seconds a question and the activity come to the minutes given."""
    bank = course.bank(stem)
    words = len(re.sub(r"\(https?://\S+\)", "", text(stem)).split())
    # The activity's own item is in its minutes, and so is a round of forecasts.
    asked = [item for item in bank.items if not isinstance(item, items.Probability)]
    minutes = words / WORDS_A_MINUTE + (len(asked) - 1) * SECONDS_AN_ITEM / 60 + bank.activity_minutes
    # The list of claims and the feedback are read too, in part: a fifth on top of the rest.
    estimate = 1.2 * minutes
    record_property("minutes", round(estimate))
    print(f"{stem}: {words} words, {len(asked)} items and an activity, about {estimate:.0f} minutes")
    final = course.form_bank("after").minutes if "lesson.posttest()" in code(stem) else 0
    assert 35 <= bank.minutes - final <= 50
    assert abs(estimate + final - bank.minutes) <= 5


@pytest.mark.parametrize("stem", every_notebook())
def test_cells_show_ideas_not_machinery(stem):
    """Code cells stay short, and no function is defined in them."""
    sizes = sorted(len(source.splitlines()) for source in code(stem))
    assert statistics.median(sizes) <= 3
    assert sizes[int(0.95 * (len(sizes) - 1))] <= 12
    assert sizes[-1] <= 25
    assert not any(re.search(r"^\s*(def|class) ", source, flags=re.MULTILINE) for source in code(stem))


def test_committed_notebooks_are_clean():
    """The files are in the form that the tidy command writes."""
    assert every_notebook()
    assert tidy.tidy_lessons(check=True) == []


@pytest.mark.parametrize("stem", every_notebook())
def test_cells_have_names_of_their_own(stem):
    """Ids are unique, readable and stable, and only known tags are used."""
    ids = [cell["id"] for cell in book(stem)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]+", name) for name in ids)
    assert {tag for cell in book(stem) for tag in cell["metadata"].get("tags", [])} <= ALLOWED_TAGS


@pytest.mark.parametrize("stem", STEMS)
def test_the_numbers_a_lesson_prints_are_kept_for_comparison(stem):
    """Every cell that prints a result keeps it, so that a change of the number fails the run."""
    prints = [
        cell for cell in book(stem) if cell["cell_type"] == "code" and "print(" in "".join(cell["source"])
    ]
    assert prints
    for cell in prints:
        assert cell["metadata"].get("tags") == [tidy.KEPT], cell["id"]
        assert cell["execution_count"] == 1, cell["id"]
        assert [output["name"] for output in cell["outputs"]] == ["stdout"], cell["id"]


@pytest.mark.parametrize("stem", every_notebook())
def test_every_link_leads_somewhere(stem):
    """Links go to registered sources or to files of the course."""
    links = re.findall(r"\]\(([^)\s]+)\)", text(stem))
    registered = set(evidence.table("sources")["url"].dropna())
    lost = [
        link
        for link in links
        if (link not in registered if link.startswith("http") else not (paths.LESSONS / link).is_file())
    ]
    assert links
    assert lost == []


@pytest.mark.parametrize("stem", STEMS)
def test_every_source_of_a_bank_is_registered(stem):
    """Keys in the questions and their feedback stand in the register."""
    known = set(evidence.table("sources")["key"])
    keys = set(course.source_keys(stem))
    keys.update(re.findall(r"\(source:([^)]*)\)", bank_text(stem)))
    assert keys
    assert keys - known == set()


@pytest.mark.parametrize("stem", STEMS)
def test_a_grid_about_claims_follows_the_table(stem):
    """Rows that name a claim carry its words, and its kind as their key."""
    claims = evidence.table("claims").set_index("id")
    for item in course.bank(stem).items:
        for row in getattr(item, "row", ()):
            if row.ref in claims.index:
                assert row.text == claims.loc[row.ref, "claim"]
                assert row.key == KINDS[claims.loc[row.ref, "kind"]]


@pytest.mark.parametrize("stem", [stem for stem in STEMS if course.bank(stem).horizon])
def test_nothing_later_than_the_horizon_shows(stem):
    """Neither the text, nor the questions, nor a source is from after the lesson's last day."""
    horizon = course.bank(stem).horizon
    sources = evidence.table("sources").set_index("key")["date"].dropna()
    late = [key for key in course.source_keys(stem) if key in sources and sources[key] > horizon]
    assert late == []
    assert later_years(text(stem), horizon) == []
    assert later_years(without_forecasts(stem, bank_text(stem)), horizon) == []
    shown = lesson.begin(stem).claims().claims
    assert len(shown)
    assert shown["known"].dropna().max() <= pd.Timestamp(horizon)


def until_they_ask_for(kind):
    """The lessons up to the last one that has such a question, in the order of the list."""
    asking = [at for at, stem in enumerate(STEMS) if any(kind(item) for item in course.bank(stem).items)]
    return STEMS[: max(asking, default=-1) + 1]


# Up to the forecasts nothing may tell what came of them; from where they are opened on all is open.
FORECASTING = until_they_ask_for(lambda item: isinstance(item, items.Probability))
BEFORE_OPENING = until_they_ask_for(lambda item: item.role == "opens_outcomes")[:-1]
OPENING = [
    stem
    for stem in STEMS
    if not course.bank(stem).horizon and (stem in BEFORE_OPENING or OPENS in text(stem))
]


@pytest.mark.parametrize("stem", FORECASTING or [pytest.param("", marks=pytest.mark.skip("no forecasts"))])
def test_whatever_comes_before_the_forecasts_stands_at_a_horizon(stem):
    """No lesson up to the one with the forecasts tells of later; that one stands at 31 December 2024."""
    horizon = course.bank(stem).horizon
    assert horizon is not None
    assert horizon <= HORIZON


def _answers(item):
    """Every answer to a question that brings other feedback, the right one among them."""
    places = range(len(getattr(item, "option", ())))
    match item:
        case items.Single():
            return [*places]
        case items.Multiple():
            return [[place] for place in places] + [items.key_answer(item)]
        case items.Number() if not item.graded:
            return ["50"]
        case items.Number():
            return [
                f"{value:.15g}" for value in [item.answer, *(one.value for one in item.mistake), -98_765.4]
            ]
        case items.Grid():
            return [[at] * len(item.row) for at in range(len(item.choices))]
        case items.Matrix():
            return [[[at] * len(item.columns)] * len(item.row) for at in range(len(item.choices))]
        case items.Order():
            return [list(range(len(item.step))), items.key_answer(item)]
        case items.Text():
            return [item.model]
    return [items.key_answer(item)]


@pytest.mark.parametrize("stem", STEMS)
def test_every_answer_brings_feedback_that_reads_well(stem):
    """Each question answered in every way: something is said, its links lead on, no markup is left over."""
    for item in course.bank(stem).items:
        for answer in _answers(item):
            result = items.grade(item, items.valid_answer(item, answer))
            assert result.notes, (item.id, answer)
            for note in result.notes:
                message = message_html(note.message) if note.message else ""
                shown = message + render_markdown(note.text)
                assert len(f"{message} {note.text}".split()) >= 4, (item.id, answer)
                assert "](" not in shown, item.id
                assert "source:" not in shown, item.id
                assert "**" not in shown, item.id


# Days to come that were known on the last day of the horizon: the end of a term, the end of a mission.
KNOWN_AHEAD = ("20 January 2025", "2025-01-20", "September 2026")


def early_part(stem):
    """The cells of a lesson that stand at the horizon: all of them, or those before it opens."""
    cells = nbformat.read(paths.LESSONS / f"{stem}.ipynb", as_version=4).cells
    opens = [at for at, cell in enumerate(cells) if cell["source"].startswith(OPENS)]
    assert len(opens) == (0 if course.bank(stem).horizon else 1)
    return cells[: opens[0]] if opens else cells


@pytest.mark.parametrize("stem", [stem for stem in STEMS if course.bank(stem).horizon or stem in OPENING])
def test_nothing_a_lesson_shows_is_later_than_its_horizon(stem):
    """Run up to where the horizon opens, no figure, table or alternative text tells of a later year."""
    run = nbformat.v4.new_notebook(cells=early_part(stem))
    NotebookClient(run, resources={"metadata": {"path": paths.LESSONS}}).execute()
    shown = [
        text
        for cell in run.cells
        for output in cell.get("outputs", ())
        for kind, text in {**output.get("data", {}), "text": output.get("text", "")}.items()
        if isinstance(text, str) and "widget" not in kind
    ]
    assert len(shown) > 20
    plain = re.sub(r"base64,[A-Za-z0-9+/=]+", "", "\n".join(shown))
    if course.bank(stem).horizon:
        plain = without_forecasts(stem, plain)
    for day in KNOWN_AHEAD:
        plain = plain.replace(day, "")
    horizon = course.bank(stem).horizon or HORIZON
    # A count such as 2070 is no year.
    years = re.finditer(r"\b20[0-4]\d\b", plain)
    later = [plain[max(0, one.start() - 30) : one.end()] for one in years if one.group() > horizon[:4]]
    assert later == []


@pytest.mark.parametrize("stem", OPENING or [pytest.param("", marks=pytest.mark.skip("none opens"))])
def test_the_first_half_of_a_lesson_stands_at_the_horizon(stem):
    """Before the horizon opens, neither the text nor a question nor a source is from a later day."""
    cells = early_part(stem)
    early = "\n".join(cell["source"] for cell in cells)
    checks = re.findall(r'lesson\.check\("([\w-]+)"\)', early)
    asked = [item for item in course.bank(stem).items if item.check in checks]
    assert len(asked) >= 5
    told = early + "\n".join(repr(item) for item in asked)
    assert later_years(re.sub(r"source:[\w-]+|sources=\[[^\]]*\]|\(https?://\S+\)", "", told)) == []
    register = evidence.table("sources").set_index("key")
    by_url = {url: key for key, url in register["url"].dropna().items()}
    keys = set(re.findall(r"\(source:([\w-]+)\)", told))
    keys.update(key for item in asked for key in item.sources)
    keys.update(by_url[link] for link in re.findall(r"\]\((https?://[^)\s]+)\)", early))
    dates = register["date"].dropna()
    assert keys
    assert {key: dates[key] for key in keys if key in dates and dates[key] > HORIZON} == {}


def test_forecasts_ask_what_the_table_asks():
    """Each row of the table is one question of lesson 5, word for word, and resolves on its day."""
    asked = {
        item.id: (item.stem, item.resolves.isoformat())
        for stem in course.all_stems()
        for item in course.bank(stem).items
        if isinstance(item, items.Probability)
    }
    rows = evidence.table("forecasts").itertuples()
    assert asked == {
        f"05-{row.id}": (f"{row.question}\n\n{row.criterion}", str(row.resolves)[:10]) for row in rows
    }
    assert len(asked) == 30


def test_graded_contacts_have_the_grades_of_the_table():
    """The keys of both grids, letter and digit, are those of the table of contacts."""
    contacts = evidence.table("contacts", "2024-12-31").set_index("id")
    grids = {item.id: item for item in course.bank("05_the_dialogue").items if isinstance(item, items.Grid)}
    for name, field in (("source", "source_reliability"), ("information", "information_credibility")):
        rows = grids[f"05-grade-{name}"].row
        assert len(rows) == 8
        assert [row.key for row in rows] == [str(contacts.loc[row.ref.split()[1], field]) for row in rows]


def test_both_model_briefs_are_whole_and_part_in_their_number():
    """Five parts in two versions, each named, with sources and grades; the two end on either side of even."""
    asked = {item.id: item for item in course.bank("11_your_briefing").items}
    parts = [item for item in asked.values() if isinstance(item, items.Text)]
    assert [item.id.removeprefix("11-brief-") for item in parts] == [
        "question",
        "known",
        "unknown",
        "judgement",
        "change",
    ]
    for item in parts:
        assert item.model.startswith("(Brief A) ")
        assert item.other.startswith("(Brief B) ")
        assert len(item.model.split()) >= item.minimum
        assert len(item.other.split()) >= item.minimum
    known = asked["11-brief-known"]
    for brief in (known.model, known.other):
        assert len(re.findall(r"\(source:", brief)) >= 5
        assert len(re.findall(r"\b[A-F][1-6]\)", brief)) >= 4
        assert "Against me:" in brief
    judgement = asked["11-brief-judgement"]
    assert "likely (60 per cent)" in judgement.model
    assert "unlikely (25 per cent)" in judgement.other
    assert asked["11-brief-probability"].bounds == [0, 100]


def test_the_contacts_of_the_last_desk_are_counted_as_it_says():
    """The share well attested since 8 December 2024, and before, from the table itself."""
    contacts = evidence.table("contacts")
    well = contacts["source_reliability"].isin(["A", "B"]) & contacts["information_credibility"].isin([1, 2])
    since = contacts["date"] >= "2024-12-08"
    desk = {item.id: item for item in course.bank("11_your_briefing").items}["11-desk-grades"]
    assert (int(well[since].sum()), int(since.sum())) == (23, 26)
    # Two rows say December 2024 and no day: they are on neither side.
    before = (contacts["date"] < "2024-12-08") & (contacts["date"] != "2024-12")
    assert f"{well[before].sum()} of {before.sum()}" in desk.feedback
    assert desk.answer == pytest.approx(100 * 23 / 26, abs=desk.tolerance)
