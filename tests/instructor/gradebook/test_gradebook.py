"""Marks come from the raw answers and the bank, whatever a file says, and nothing in the result can run."""

import csv
import gc
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from course_lib import items, paths
from course_lib.__main__ import main
from course_lib.curriculum import course, syllabus
from course_lib.errors import ProgressError
from course_lib.instructor import synthetic_class
from course_lib.instructor.gradebook import gradebook, score_table, spreadsheets, workers
from course_lib.instructor.submissions import pseudonyms, reading
from course_lib.setup.doctor import find_chromium

NASTY = [
    "=cmd|' /C calc'!A0",
    "+1+cmd",
    "-2+3+cmd",
    "@SUM(1+1)*cmd",
    "\t=1+1",
    "\r=1+1",
    "\uff1d1+1",
    "Lee;=1+1",
    'Lee",=1+1',
    "<script>alert(1)</script>",
]
# What a spreadsheet could run, wherever it takes a cell to begin.
LIVE = re.compile(r"""(^|[;,|"\t\r\n])\s*[=+\-@＝＋－＠]""")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@pytest.fixture
def collect(tmp_path, bank):
    """Collects the hand-ins in the folder of a test."""

    def build(banks=(bank,), **more):
        handed = reading.read_submissions(tmp_path / "class", salt=b"salt")
        return gradebook.build_gradebook(handed, banks, **more), handed.report

    return build


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    """A small example class, with who is in it."""
    folder = tmp_path_factory.mktemp("example") / "class"
    return folder, synthetic_class.make_class(folder, 40, seed=3)


def cells(path):
    """The cells of a workbook by sheet, read as XML: pairs of type and value."""
    found = {}
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        for number, name in enumerate(names, start=1):
            text = book.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert "<f>" not in text
            found[name] = [
                ("text", re.sub("<[^>]+>", "", body)) if 't="inlineStr"' in head else ("number", body)
                for head, body in re.findall(r"<c ([^>]*)>(.*?)</c>", text)
            ]
    return found


def test_a_changed_score_changes_nothing(tmp_path, make, collect):
    """Two files that differ only in what they claim get the same marks."""
    answers = [
        ("01-one", 1, 0.0, "not_yet"),
        ("01-number", "12", 1.0, "right"),
        ("01-word", "x", 0.0, "not_yet"),
    ]
    honest = [make.entry(*one) for one in answers]
    make.file(tmp_path / "class" / "honest.json", *honest)
    claimed = [make.entry(name, answer, 1.0, "right") for name, answer, *_ in answers]
    make.file(tmp_path / "class" / "claimed.json", *claimed)
    book, report = collect()
    by = dict(iter(book.scores.groupby("student", observed=True)))
    first, other = (by[pseudonyms.pseudonym(name, b"salt")] for name in ("honest", "claimed"))
    for column in ("item", "first", "last", "state", "attempts"):
        assert first[column].tolist() == other[column].tolist()
    assert [(one.about, one.text) for one in report.remarks] == [
        (
            "claimed",
            "2 marks. 01-one: the file says right (1); marked again it is not yet right (0); 01-word: the "
            "file says right (1); marked again it is not yet right (0).",
        )
    ]


def test_first_and_last_attempt_are_told_apart(tmp_path, make, collect):
    """With how sure the student was at first, and how long it took until then."""
    begin = make.entry("01-word", "claim")
    make.file(
        tmp_path / "class" / "anna.json",
        begin,
        make.entry(kind="draft", answer=1, score=None, state=None, attempt=0),
        make.entry(answer=1, score=0.0, state="not_yet", sure=2),
        make.entry(kind="hint", answer=None, score=None, state=None),
        make.entry(attempt=2, sure=0),
        make.entry("01-text", "two words", None, "kept"),
    )
    book, report = collect()
    assert report.remarks == []
    rows = book.scores.set_index("item")
    assert rows.loc["01-one", ["first", "last", "state", "attempts", "sure", "seconds"]].tolist() == [
        0.0,
        1.0,
        "right",
        2,
        2,
        120.0,
    ]
    assert pd.isna(rows.loc["01-word", "seconds"])
    assert rows.loc["01-text", ["state", "answer_last"]].tolist() == ["kept", "2 words"]
    assert pd.isna(rows.loc["01-text", "last"])
    assert set(rows["version_differs"]) == {False}


def test_the_time_away_is_not_counted(tmp_path, make, collect):
    """Who comes back after a night has not thought all night."""
    first = make.entry("01-word", "claim")
    later = datetime.fromisoformat(first["at"]) + timedelta(hours=9)
    draft = make.entry(kind="draft", score=None, state=None, at=later.isoformat())
    answer = make.entry(at=(later + timedelta(seconds=30)).isoformat())
    make.file(tmp_path / "class" / "anna.json", first, draft, answer)
    book, _ = collect()
    assert book.scores.set_index("item").loc["01-one", "seconds"] == 30


def test_what_is_left_open_in_a_test_is_worth_nothing(tmp_path, make, collect):
    """It is a row of its own, without an attempt."""
    make.file(tmp_path / "class" / "anna.json", make.entry("01-number", "", None, "unanswered"))
    book, report = collect()
    (row,) = book.scores.itertuples()
    assert (row.state, row.first, row.last, row.attempts) == ("unanswered", 0, 0, 0)
    assert report.remarks == []
    assert book.table()["01 answered of 4"].tolist() == [0]


def test_a_survey_is_no_false_mark(tmp_path, make, collect):
    """Asked as a survey, a question with a key is kept in the file; that is no difference to tell."""
    make.file(tmp_path / "class" / "anna.json", make.entry(answer=1, score=None, state="kept"))
    _, report = collect()
    assert report.remarks == []


def test_who_has_answered_nothing_stands_in_the_table(tmp_path, make, collect):
    """With zero, not missing."""
    make.file(tmp_path / "class" / "anna.json")
    (tmp_path / "class" / "ben.json").write_text(make.text(), encoding="utf-8")
    book, _ = collect()
    table = book.table("file")
    assert table[["student", "lessons answered of 4", "lessons last try %", "files"]].to_numpy().tolist() == [
        ["anna", 1, 33.3, 1],
        ["ben", 0, 0.0, 1],
    ]
    assert set(book.scores["student"].cat.categories) == set(book.students["student"])


def test_the_table_is_what_a_plain_loop_gives(class_):
    """Counted again without the gradebook: JSON, marking, sums."""
    folder, made = class_
    handed = reading.read_submissions(folder, salt=b"salt")
    table = gradebook.build_gradebook(handed).table("file").set_index("student")
    asked = {item.id: item for bank in gradebook.course_banks() for item in bank.items}
    keyed = sum(asked[name].graded for name in asked if name.split("-")[0] not in ("before", "after"))
    for one in made:
        if one.odd in ("cut short", "a clock in 1970"):
            continue
        events = json.loads((folder / one.path).read_text(encoding="utf-8"))["events"]
        first, last = {}, {}
        for event in events:
            if event["kind"] == "answer" and event["item"].split("-")[0] not in ("before", "after"):
                result = items.grade(asked[event["item"]], event["answer"])
                first.setdefault(event["item"], result.score or 0)
                last[event["item"]] = result.score or 0
        row = table.loc[one.name]
        assert row.iloc[1] == len(last)
        assert str(row["platform id"]).isdecimal()
        assert row["lessons first try %"] == pytest.approx(100 * sum(first.values()) / keyed, abs=0.06)
        assert row["lessons last try %"] == pytest.approx(100 * sum(last.values()) / keyed, abs=0.06)


def test_two_processes_give_what_one_gives(class_):
    """The same rows in the same order, and the same remarks."""
    folder, _ = class_
    found = []
    for processes in (1, 2):
        handed = reading.read_submissions(folder, salt=b"salt")
        book = gradebook.build_gradebook(handed, processes=processes)
        found.append((book.scores, book.students, handed.report.text()))
    pd.testing.assert_frame_equal(found[0][0], found[1][0])
    pd.testing.assert_frame_equal(found[0][1], found[1][1])
    assert found[0][2] == found[1][2]


def test_a_row_is_small(class_):
    """Numbers and categories only, so that twenty million rows fit into memory."""
    marks = gradebook.score_table(reading.read_submissions(class_[0]))
    kinds = {str(kind) for kind in marks.dtypes}
    assert kinds == {"category", "float32", "uint16", "Int8", "bool"}
    assert list(marks.columns) == [
        "student",
        "lesson",
        "item",
        "first",
        "last",
        "state",
        "attempts",
        "answer_first",
        "answer_last",
        "sure",
        "seconds",
        "version_differs",
    ]


def test_only_so_many_answers_are_told_apart(tmp_path, make, collect, monkeypatch):
    """Whoever types something else each time does not fill memory."""
    monkeypatch.setattr(score_table, "MOST_ANSWERS", 3)
    for number in range(9):
        make.file(tmp_path / "class" / f"{number}.json", make.entry("01-number", str(number), 0.0, "not_yet"))
    book, _ = collect()
    texts = book.scores["answer_last"].astype(str)
    assert (texts == "another answer").sum() == 6
    assert texts.nunique() == 4


@pytest.mark.parametrize("ending", ["csv", "xlsx", "html"])
def test_no_cell_can_run(tmp_path, make, bank, ending):
    """Names and typed answers that begin a formula are text, in every form; numbers stay numbers."""
    for number, text in enumerate(NASTY):
        typed = [make.entry("01-word", text, 0.0, "not_yet"), make.entry("01-number", "-3.5", 0.0, "not_yet")]
        make.file(tmp_path / "class" / f"{number}.json", *typed)
    names = {str(number): text for number, text in enumerate(NASTY)}
    handed = reading.read_submissions(tmp_path / "class", salt=b"salt")
    book = gradebook.build_gradebook(handed, [bank])
    out = tmp_path / f"out.{ending}"
    book.write_table(out, names)
    if ending == "csv":
        book.write_answers(tmp_path / "answers.csv", names)
        for path in (out, tmp_path / "answers.csv"):
            text = path.read_text(encoding="utf-8-sig")
            rows = list(csv.reader(io.StringIO(text)))
            assert len(rows) in (11, 21)
            found = [cell for row in rows for cell in row]
            # Where another sign separates cells, none of them begins a formula either.
            assert not [one for one in found if LIVE.search(one) and not NUMBER.fullmatch(one)]
            assert {len(row) for row in rows} == {len(rows[0])}
        assert '"-3.5"' in text
    elif ending == "xlsx":
        sheets = cells(out)
        assert list(sheets) == ["Students", "Questions", "Answers", "Notes"]
        texts = [text for sheet in sheets.values() for kind, text in sheet if kind == "text"]
        assert not [one for one in texts if LIVE.search(one) and not NUMBER.fullmatch(one)]
        assert "-3.5" in texts
        assert sum(kind == "number" for kind, _ in sheets["Students"]) >= 80
        book.write_answers(tmp_path / "answers.xlsx", names)
        assert cells(tmp_path / "answers.xlsx") == {"Answers": sheets["Answers"]}
    else:
        page = out.read_text(encoding="utf-8")
        assert "<script" not in page
        inside = [text.strip() for text in _page_texts(page)]
        assert any("alert(1)" in text for text in inside)
        assert not [one for one in inside if LIVE.search(one) and not NUMBER.fullmatch(one)]


def test_a_workbook_of_answers_means_the_same_in_every_country(tmp_path):
    """A mark is a number, not a text with a point; what was typed is text, whatever it looks like."""
    typed = ["0.875", "1-2", "2024-12-08", "1e5", "007", "TRUE"]
    part = pd.DataFrame({"item": typed, "first": 0.875, "answer_first": typed, "sure": None})
    spreadsheets.write_answers_workbook(tmp_path / "answers.xlsx", [part], len(part))
    (sheet,) = cells(tmp_path / "answers.xlsx").values()
    rows = [cell for text in typed for cell in (("text", text), ("number", "<v>0.875</v>"), ("text", text))]
    assert sheet == [*(("text", name) for name in part.columns), *rows]


def test_more_answers_than_a_sheet_holds_are_told(tmp_path, make, collect, monkeypatch):
    """Nothing is cut off, and no half of them is written."""
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    make.file(tmp_path / "class" / "anna.json", *(make.entry(name, "1") for name in ("01-number", "01-word")))
    book, _ = collect()
    with pytest.raises(ProgressError) as caught:
        book.write_answers(tmp_path / "answers.xlsx")
    assert str(caught.value) == (
        "The answers have 2 rows, more than the 1 that a sheet can hold. Let the name of the file for "
        "--answers end in .csv; nothing of them was written."
    )
    assert not (tmp_path / "answers.xlsx").exists()


def _page_texts(page):
    """The texts of a page."""
    found = []
    parser = HTMLParser()
    parser.handle_data = found.append
    parser.feed(page)
    parser.close()
    return found


def test_a_lesson_that_has_changed_is_one_remark(tmp_path, make):
    """Whoever answered a lesson before an update fills no page of the report; single questions stand."""
    first, second = (course.bank(stem).items for stem in course.stems()[:2])
    old = [make.entry(item.id, answer=0, version="0000000000") for item in first if item.type == "single"]
    one = make.entry(next(item.id for item in second if item.type == "single"), version="0000000000")
    make.file(tmp_path / "class" / "anna.json", *old, one)
    handed = reading.read_submissions(tmp_path / "class")
    gradebook.build_gradebook(handed)
    assert len(old) > 5
    assert [(told.about, told.text) for told in handed.report.remarks if told.kind == "version"] == [
        (f"{len(old)} questions that begin with 01-", "1 student answered an earlier version of each."),
        (one["item"], "1 student answered an earlier version of it."),
    ]


def test_a_lesson_is_called_by_its_place_in_the_course(tmp_path, make, monkeypatch):
    """As on the course home and on the page on what the class understood, not by the name of its file."""
    stems = course.stems()
    monkeypatch.setattr(syllabus, "_stems", lambda *_: (stems[2], stems[0]))
    make.file(tmp_path / "class" / "anna.json")
    heads = list(gradebook.build_gradebook(reading.read_submissions(tmp_path / "class")).table().columns)
    numbers = [head.split()[0] for head in heads if " answered of " in head]
    assert numbers == ["lessons", "01", "02", "before", "after"]
    assert f"01 answered of {len(course.bank(stems[2]).items)}" in heads


def test_the_forms_agree(class_, tmp_path):
    """CSV, workbook and page hold the same numbers."""
    book = gradebook.build_gradebook(reading.read_submissions(class_[0], salt=b"salt"))
    for ending in ("csv", "xlsx", "html"):
        book.write_table(tmp_path / f"out.{ending}")
    read = pd.read_csv(tmp_path / "out.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(read, book.table(), check_dtype=False)
    (page,) = table_rows((tmp_path / "out.html").read_text(encoding="utf-8"))
    assert page[0] == list(read.columns)
    assert page[1:] == [
        [cell if isinstance(cell, str) else f"{cell:g}" for cell in row]
        for row in read.itertuples(index=False, name=None)
    ]
    sheet = cells(tmp_path / "out.xlsx")["Students"]
    numbers = [float(re.sub("<[^>]+>", "", text)) for kind, text in sheet if kind == "number"]
    assert numbers == pytest.approx(read.select_dtypes("number").to_numpy().ravel().tolist())


PRINTED = """
import sys
sys.path.insert(0, {folder!r})
from lab_driver import running_browser
with running_browser() as browser:
    # A4 across, without its margins.
    page = browser.new_page(viewport={{"width": 1062, "height": 733}})
    page.emulate_media(media="print")
    page.goto({address!r})
    print(page.evaluate("document.querySelector('table').scrollWidth"))
"""


def test_the_page_shows_every_column_on_paper(class_, tmp_path):
    """Paper does not scroll, and what is cut off there nobody misses."""
    if find_chromium() is None:
        pytest.skip("no Chromium was found")
    gradebook.build_gradebook(reading.read_submissions(class_[0], salt=b"salt")).write_table(
        tmp_path / "out.html", "file"
    )
    folder, address = str(paths.CHECKOUT / "tests" / "browser"), (tmp_path / "out.html").as_uri()
    # A process of its own, since another test may have a browser open in this one.
    look = [sys.executable, "-c", PRINTED.format(folder=folder, address=address)]
    done = subprocess.run(look, capture_output=True, text=True, check=True)
    assert 700 < int(done.stdout) <= 1062


def table_rows(page):
    """The tables of a page as lists of rows."""
    tables = re.findall(r"<table>(.*?)</table>", page, flags=re.DOTALL)
    return [
        [
            [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row)]
            for row in re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL)
        ]
        for table in tables
    ]


def test_the_table_alone_leads_back_to_nobody(class_, tmp_path):
    """No name stands in any form, and the order of the rows does not give the names' order."""
    folder, made = class_
    salt = ["--salt", str(tmp_path / "salt")]
    answers = ["--answers", str(tmp_path / "answers.csv")]
    for name, more in (("out.xlsx", answers), ("out.csv", []), ("out.html", [])):
        assert main(["gradebook", str(folder), "--out", str(tmp_path / name), *salt, *more]) == 0
    told = [(tmp_path / name).read_text(encoding="utf-8") for name in ("out.csv", "out.html", "answers.csv")]
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        told += [book.read(name).decode() for name in book.namelist()]
    assert not [one.name for one in made for text in told if one.name in text]
    rows = pd.read_csv(tmp_path / "out.csv")["student"].tolist()
    assert rows == sorted(rows)


def test_names_from_a_list(tmp_path, make, collect):
    """Shown as the list says; who is not in it, and who did not hand in, is seen."""
    make.file(tmp_path / "class" / "al12.json")
    make.file(tmp_path / "class" / "bo13.json")
    (tmp_path / "names.csv").write_text("file;name\nAL12;Anna Lind\ncr14;Cleo Roy\n", encoding="utf-8-sig")
    names = pseudonyms.read_name_list(tmp_path / "names.csv")
    assert names == {"AL12": "Anna Lind", "cr14": "Cleo Roy"}
    book, report = collect()
    table = book.table(names, report)
    other = pseudonyms.pseudonym("bo13", b"salt")
    assert sorted(zip(table["student"], table["files"], strict=True)) == sorted(
        [("Anna Lind", 1), ("Cleo Roy", 0), (other, 1)]
    )
    assert [(one.kind, one.about, one.text) for one in report.remarks] == [
        ("names", "bo13", f"is not in the list; shown as {other}."),
        ("names", "Cleo Roy", "has not handed in a file that could be read."),
    ]


def test_the_command_tells_what_it_did(class_, tmp_path, capsys, home):
    """Plain sentences at the end: how many files, students and remarks, and where everything is."""
    folder, made = class_
    out = tmp_path / "class.csv"
    assert main(["gradebook", str(folder), "--out", str(out)]) == 0
    told = capsys.readouterr().out.splitlines()
    report = (tmp_path / "class-report.txt").read_text(encoding="utf-8")
    # How many there are depends on the questions that the first entries are about.
    remarks = len(re.findall("^- ", report, flags=re.MULTILINE))
    assert remarks >= 6
    assert told == [
        f"40 files in 40 folders looked at, 39 read, from 39 students. {remarks} remarks.",
        f"The marks are in {out}.",
        f"The report is in {tmp_path / 'class-report.txt'}. It names students, so keep it to yourself.",
        f"Pseudonyms were made with {home / 'my_work' / 'class-salt.txt'}. Keep that file for the next time; "
        "give it to nobody.",
    ]
    odd = {one.odd: one.name for one in made if one.odd}
    assert set(odd) == {"cut short", "copied", "changed by hand", "an older version", "a clock in 1970"}
    for kind, heading in (
        ("cut short", "Files that were not read (1)"),
        ("changed by hand", "Marks in a file that differ from the marking (1)"),
        ("copied", "The same work under two names (2)"),
        ("a clock in 1970", "Clocks that cannot be right (1)"),
    ):
        part = report.split(heading)[1].split("\n\n")[1]
        assert odd[kind] in part
    assert "Questions that have changed since they were answered (" in report
    first = out.read_bytes()
    assert main(["gradebook", str(folder), "--out", str(out)]) == 0
    assert out.read_bytes() == first


def test_results_in_the_folder_itself_are_passed_over(tmp_path, make, home, capsys):
    """A second run does not take the first one's table for a hand-in."""
    make.file(tmp_path / "class" / "anna.json")
    folder = tmp_path / "class"
    (folder / "names.csv").write_text("anna,Anna Lind\n", encoding="utf-8")
    asked = ["--out", "out.csv", "--answers", "all.csv", "--salt", "salt.txt", "--names", "names.csv"]
    words = [word if word.startswith("--") else str(folder / word) for word in asked]
    for _ in range(2):
        assert main(["gradebook", str(folder), *words]) == 0
        assert capsys.readouterr().out.startswith("1 file in 1 folder looked at, 1 read, from 1 student.")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["--out", "class.ods"], "class.ods does not say in which form the marks are wanted. Let the name "
         "end in .csv, .xlsx or .html."),
        (["--out", "class.csv", "--answers", "all.html"], "all.html does not say in which form the answers "
         "are wanted. Let the name end in .csv or .xlsx."),
        (["--out", "gone/class.csv"], "gone/class.csv cannot be written (No such file or directory). Close "
         "it in other programs, or name a folder that exists and is yours."),
        (["--out", "gone/class.xlsx"], "gone/class.xlsx cannot be written (No such file or directory). Close "
         "it in other programs, or name a folder that exists and is yours."),
        (["--out", "a.csv", "--report", "a.csv"], "Marks, report and answers go to different files; give "
         "each a name of its own."),
        (["--out", ""], "A file without a name does not say in which form the marks are wanted. Let the name "
         "end in .csv, .xlsx or .html."),
        (["--out", "s.csv", "--salt", "s.csv"], "s.csv is the salt, which would be lost. Give marks, report "
         "and answers names of their own; nothing was written."),
        (["--out", "a.csv", "--salt", "s.txt", "--report", "s.txt"], "s.txt is the salt, which would be "
         "lost. Give marks, report and answers names of their own; nothing was written."),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told(tmp_path, make, monkeypatch, capsys, asked, expected):
    """One sentence, and nothing half written."""
    make.file(tmp_path / "class" / "anna.json")
    monkeypatch.chdir(tmp_path)
    assert main(["gradebook", "class", *asked]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == expected
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("class", "my_work")] == []


@pytest.mark.parametrize(
    ("options", "target", "what"),
    [
        (
            ["--out", "a.csv", "--report", "class/anna.json"],
            "class/anna.json",
            "holds work that somebody submitted",
        ),
        (["--out", "names.csv", "--names", "names.csv"], "names.csv", "is the list of names"),
        (["--out", "a.csv", "--report", "my_work/class-salt.txt"], "my_work/class-salt.txt", "is the salt"),
    ],
)
def test_what_cannot_be_made_again_is_not_written_over(
    tmp_path, make, monkeypatch, capsys, options, target, what
):
    """A student's work, the list of names and the salt stay as they are; nothing is written beside them."""
    make.file(tmp_path / "class" / "anna.json")
    (tmp_path / "names.csv").write_text("anna,Anna\n", encoding="utf-8")
    (tmp_path / "my_work").mkdir(exist_ok=True)
    (tmp_path / "my_work" / "class-salt.txt").write_text("ab" * 32, encoding="utf-8")
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert main(["gradebook", "class", *options]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"{target} {what}, which would be lost. Give marks, report and answers names of their own; "
        "nothing was written."
    )
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(sys.platform != "linux", reason="a device without room is there on Linux only")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # what XlsxWriter leaves open
def test_a_workbook_for_which_there_is_no_room_is_told():
    """As for the other forms, the error is the system's, and so the sentence names the reason."""
    table = pd.DataFrame({"student": ["anna"]})
    with pytest.raises(OSError, match="No space left on device"):
        spreadsheets.write_workbook(Path("/dev/full"), table, table, [table], 1)
    # Now, not while another test runs.
    gc.collect()


def test_a_folder_in_which_nothing_can_be_read(tmp_path, monkeypatch, capsys):
    """The report is written, and a script sees the status."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "anna.json").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["gradebook", "class", "--out", "class.csv"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "1 file in 1 folder looked at, 0 read, from 0 students. 1 remark. No marks were written; "
        "class-report.txt says what was wrong."
    )
    assert "- anna.json" in (tmp_path / "class-report.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "class.csv").exists()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (None, "There is no file or folder class. Check its name."),
        ([], "There is no file in class. Give the folder, or the zip from your learning platform, with the "
         "files that students handed in."),
        (["anna.json"], "1 file in 1 folder looked at, 0 read, from 0 students. 1 remark. No marks "
         "were written; class-report.txt says what was wrong."),
    ],
)  # fmt: skip
def test_no_salt_is_left_where_nothing_was_read(tmp_path, monkeypatch, capsys, home, files, expected):
    """It would be taken for the salt of a class that has pseudonyms already."""
    if files is not None:
        (tmp_path / "class").mkdir()
        for name in files:
            (tmp_path / "class" / name).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["gradebook", "class", "--out", "class.csv"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == expected
    assert list(tmp_path.rglob("class-salt.txt")) == list(home.rglob("class-salt.txt")) == []


def test_a_salt_that_cannot_be_kept_leaves_no_table(tmp_path, make, capsys):
    """Pseudonyms that cannot be made again are not written."""
    make.file(tmp_path / "class" / "anna.json")
    (tmp_path / "file").write_text("", encoding="utf-8")
    salt, out = tmp_path / "file" / "salt", tmp_path / "class.csv"
    assert main(["gradebook", str(tmp_path / "class"), "--out", str(out), "--salt", str(salt)]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"The salt for pseudonyms, {salt}, cannot be read or made (Not a directory). Name another file "
        "with --salt."
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "file"]


def test_a_process_that_is_killed_is_told(tmp_path, make, collect, monkeypatch):
    """Want of memory ends a process without a word; the instructor gets a sentence."""
    make.file(tmp_path / "class" / "anna.json")
    monkeypatch.setattr(workers, "_grade_part", _kill_worker)
    with pytest.raises(Exception, match="was ended by the system") as caught:
        collect(processes=2)
    assert str(caught.value) == (
        "A process that was marking was ended by the system, most likely for want of memory. Close other "
        "programs, or read the files in several folders, one after the other."
    )


def _kill_worker(_groups):
    import os

    os._exit(9)


def test_the_marks_are_the_banks(bank):
    """The course's banks by default: lessons in order, then both tests."""
    names = [one.lesson for one in gradebook.course_banks()]
    assert names == [*course.stems(), "before", "after"]


def test_marking_starts_without_the_tables_tools():
    """A second process holds what marking needs, and not pandas beside it."""
    program = "import sys; import course_lib.instructor.gradebook.workers; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=paths.CHECKOUT, capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


def test_memory_of_the_table_is_as_told(class_):
    """At most forty bytes for a row beside the categories."""
    marks = gradebook.score_table(reading.read_submissions(class_[0]))
    row = sum(
        marks[name].cat.codes.to_numpy().itemsize if str(marks[name].dtype) == "category" else 0
        for name in marks
    )
    row += sum(np.dtype(kind).itemsize for kind in ("f4", "f4", "u2", "i1", "?", "f4", "?"))
    assert row <= 40
