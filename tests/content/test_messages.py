"""Nothing of the article's own wording stands in the course: seven words in a row are too many.

`article_runs.txt` holds a hash of every run of seven words of the article, its title left out, so that the
test knows the article without carrying it.
"""

import csv
import hashlib
import json
import re

import pytest

from course_lib import evidence, paths

RUN = 7
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
KNOWN = frozenset(
    (paths.CHECKOUT / "tests" / "content" / "article_runs.txt").read_text(encoding="utf-8").split()
)
PAGES = [
    *paths.LESSONS.glob("*.ipynb"),
    *paths.LESSONS.rglob("*.toml"),
    *paths.DATA.glob("*.*"),
    *paths.CHECKOUT.glob("*.md"),
]


def hashed(run):
    """What stands for a run in the list."""
    return hashlib.sha256(run.encode()).hexdigest()[:16]


def shared(text, known=KNOWN):
    """The runs of seven words that a text has in common with the article."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return [run for run in runs if hashed(run) in known]


def texts(path):
    """The texts of a file: a notebook's cells, or the whole."""
    text = path.read_text(encoding="utf-8")
    return (
        ["".join(cell["source"]) for cell in json.loads(text)["cells"]] if path.suffix == ".ipynb" else [text]
    )


def test_the_runs_are_those_of_a_whole_article():
    """One run begins at each word but the last six, some of them twice."""
    assert 1250 < len(KNOWN) <= 1292 - RUN + 1


def test_a_shared_run_is_found_whatever_its_signs():
    """Capitals, commas and the form of an apostrophe do not hide a run."""
    known = {hashed("the baker's dog ate all the bread")}
    assert shared("Then: the baker’s dog, ATE all the bread!", known) == ["the baker's dog ate all the bread"]
    assert shared("The baker's cat ate all the bread.", known) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_shares_a_sentence_with_the_article(path):
    """Lessons, questions, glossary and front pages are in our own words."""
    assert [run for text in texts(path) for run in shared(text)] == []


@pytest.mark.parametrize("name", evidence.table_names())
def test_no_table_shares_a_sentence_with_the_article(name):
    """Claims are told in our own words; a row is named by its line."""
    path = paths.DATA / "tables" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        told = [
            (path.name, line, field, run)
            for line, row in enumerate(csv.DictReader(file), start=2)
            for field, cell in row.items()
            for run in shared(cell)
        ]
    assert told == []
