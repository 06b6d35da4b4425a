"""Lesson 10 gives no outcome away before the student opens it, whatever is run."""

import re

import nbformat
import pytest
from nbclient import NotebookClient

from course_lib import evidence, paths
from course_lib.curriculum import course
from course_lib.student import progress

STEM = "10_the_gamble_scored"


def shown(cells):
    """All that some cells show beside widgets, as one text without tags."""
    texts = [
        text
        for cell in cells
        for output in cell.get("outputs", ())
        for kind, text in {**output.get("data", {}), "text": output.get("text", "")}.items()
        if isinstance(text, str) and "widget" not in kind
    ]
    plain = re.sub(r"base64,[A-Za-z0-9+/=]+", "", "\n".join(texts))
    return re.sub(r"<[^>]+>", " ", plain)


def run():
    """The lesson as Run All leaves it."""
    book = nbformat.read(paths.LESSONS / f"{STEM}.ipynb", as_version=4)
    NotebookClient(book, resources={"metadata": {"path": paths.LESSONS}}).execute()
    return book.cells


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """The lesson run by a student who has opened nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_HOME", str(tmp_path_factory.mktemp("closed")))
        yield run()


def reasons():
    """What happened, in the words of the tables: of the forecasts, and of claims judged by later events."""
    found = evidence.table("forecast_outcomes")["evidence"].tolist()
    return [*found, *evidence.verdicts()["evidence"]]


def test_running_all_cells_opens_nothing(closed):
    """No evidence for an outcome or a verdict is shown, nor the title of a source that tells of one."""
    text = " ".join(shown(closed).split())
    assert text.count("The outcomes are closed.") >= 8
    assert [one for one in reasons() if " ".join(one.split()) in text] == []
    later = evidence.table("sources").set_index("key").loc[list(course.source_keys(STEM))]
    assert later["date"].dropna().max() <= "2024-12-31"


def test_nothing_before_the_marked_point_is_later_than_2024(closed):
    """Less the questions themselves, which ask about later days."""
    cells = closed
    opens = next(at for at, cell in enumerate(cells) if cell["source"].startswith("## Open the outcomes"))
    text = shown(cells[:opens]) + "\n".join(cell["source"] for cell in cells[:opens])
    for item in course.bank("05_the_dialogue").items:
        for part in (*item.stem.split("\n\n"), str(getattr(item, "resolves", ""))):
            text = text.replace(part, "") if part else text
    assert re.findall(r".{30}\b20(?:2[5-9]|[3-9]\d)\b", text) == []


def test_the_text_itself_tells_no_outcome():
    """Markdown is shown whatever is opened; questions and options are, too."""
    words = re.compile(
        r"\b(delist|Caesar|Palmyra|concession|1,400|Qamishli|DP World|pulled out)", re.IGNORECASE
    )
    cells = nbformat.read(paths.LESSONS / f"{STEM}.ipynb", as_version=4).cells
    assert words.findall("\n".join(cell["source"] for cell in cells)) == []
    for item in course.bank(STEM).items:
        visible = [item.stem, *(one.text for one in getattr(item, "option", ()))]
        assert words.findall("\n".join(visible)) == []


def test_once_opened_the_lesson_shows_what_happened(tmp_path, monkeypatch):
    """Then all thirty reasons are there, each figure is called an example, and all claims can be read."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    item = next(item for item in course.bank(STEM).items if item.id == "10-open")
    progress.Progress().record(item.id, item.version, "answer", 2, None, "kept")
    text = shown(run())
    assert "The outcomes are closed." not in text
    assert text.count("An invented example, not your forecasts") >= 3
    for reason in evidence.table("forecast_outcomes")["evidence"]:
        assert reason[:40].replace("'", "&#39;") in text
