"""The portfolio taken along: what the notebook sends, what the command writes, what it leaves alone."""

import json
import os
import re

import pseudo
import pytest

from course_lib import portfolio
from course_lib.__main__ import main
from course_lib.curriculum import course
from course_lib.errors import ProgressError
from course_lib.reports import output
from course_lib.student.events import LONGEST_FILE
from course_lib.student.progress import Progress

COUNT = sum(len(course.bank(stem).items) for stem in course.stems())


@pytest.fixture
def case(monkeypatch):
    """The controls for a student who has answered one question, with what they send."""
    one = course.bank("01_reading_the_article").items[0]
    Progress().record(one.id, one.version, "answer", 0, score=0.0, state="not_yet")
    made = portfolio()
    made.sent = []
    monkeypatch.setattr(made, "send", made.sent.append)
    return made


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("html", "text/html", "<!DOCTYPE html>"),
        ("md", "text/markdown", "<!-- reading-with-evidence portfolio -->"),
    ],
)
def test_a_button_hands_out_one_file(case, form, kind, begins):
    """One message with name, type and text, and a sentence on what is in it."""
    case._hear(None, {"kind": "portfolio", "form": form, "name": "Ada"}, [])
    (message,) = case.sent
    assert message["text"].startswith(begins)
    assert "Ada" in message["text"]
    assert (message["name"], message["type"]) == (f"portfolio.{form}", kind)
    assert (
        message["told"]
        == f"Your browser saves it as portfolio.{form}, with your answers to 1 of {COUNT} questions."
    )


def test_the_notebook_says_what_is_in_it(case):
    """A sentence, and the same where no widget is drawn."""
    told = (
        f"Your portfolio has your answers to 1 of {COUNT} questions: texts, codings, checks, forecasts, "
        "and the sources. It is made anew whenever you download it."
    )
    assert case.summary == told
    assert repr(case) == f"<Portfolio: {told}>"


def test_what_the_controls_say_comes_from_the_file_of_words(case, tmp_path):
    """In a language that nobody speaks: the sentence on what is in it, and the word on a file handed out."""
    with pseudo.interface_in_pseudo(tmp_path):
        case._hear(None, {"kind": "portfolio", "form": "md"}, [])
        told = pseudo.interface_texts(case.summary), pseudo.interface_texts(case.sent[0]["told"])
    assert case.sent[0]["name"] == "portfolio.md"
    assert all(told)
    assert not re.search("[A-Za-z]", str(told))


@pytest.mark.parametrize(
    "message", [None, {}, {"kind": "portfolio"}, {"kind": "portfolio", "form": ["html"]}, {"kind": "file"}]
)
def test_a_message_that_means_nothing_does_nothing(case, message):
    """Nothing is sent."""
    case._hear(None, message, [])
    assert case.sent == []


def test_answers_that_cannot_be_read_are_told(home, monkeypatch):
    """A damaged file of answers ends in a sentence, in the notebook and after a click."""
    (home / "my_work").mkdir()
    (home / "my_work" / "progress.sqlite").write_bytes(b"no database" * 100)
    made = portfolio()
    assert made.summary.startswith("my_work/progress.sqlite is damaged or is not a progress file")
    sent = []
    monkeypatch.setattr(made, "send", sent.append)
    made._hear(None, {"kind": "portfolio", "form": "html"}, [])
    assert sent == [{"kind": "told", "text": made.summary}]


def test_the_command_writes_a_page_and_writes_it_again(home, capsys):
    """By default to my_work; a portfolio of ours is replaced, with a name where one is given."""
    for name in ("", "Ada"):
        assert main(["portfolio", *([f"--name={name}"] if name else [])]) == 0
        path = home / "my_work" / "portfolio.html"
        assert capsys.readouterr().out == f"{path} holds 0 of {COUNT} questions answered.\n"
        assert (name in path.read_text(encoding="utf-8")) or not name
    assert main(["portfolio", "--markdown"]) == 0
    text = (home / "my_work" / "portfolio.md").read_text(encoding="utf-8")
    assert text.startswith("<!-- reading-with-evidence portfolio -->\n\n# Portfolio: ")
    assert sorted(os.listdir(home / "my_work")) == ["portfolio.html", "portfolio.md"]


def test_the_ending_decides_what_is_written(home, capsys):
    """A page or Markdown, as the name says, in whatever case."""
    for name, begins in (
        ("a.html", "<!DOCTYPE html>"),
        ("b.HTM", "<!DOCTYPE html>"),
        ("c.md", "<!-- reading-with-evidence portfolio -->\n\n# Portfolio: "),
    ):
        assert main(["portfolio", "--out", str(home / name)]) == 0
        assert (home / name).read_text(encoding="utf-8").startswith(begins)
    assert main(["portfolio", "--markdown", "--out", str(home / "d.md")]) == 0
    assert (home / "d.md").read_bytes() == (home / "c.md").read_bytes()


@pytest.mark.parametrize(
    ("name", "more", "sentence"),
    [
        (
            "p.pdf",
            [],
            "p.pdf ends in .pdf. A portfolio is a page, .html or .htm, or Markdown, .md: "
            "choose one of these endings with --out.\n",
        ),
        (
            "portfolio",
            ["--markdown"],
            "portfolio has no ending. A portfolio is a page, .html or .htm, or Markdown, .md: "
            "choose one of these endings with --out.\n",
        ),
        (
            "p.html",
            ["--markdown"],
            "p.html ends in .html, which is a page, but --markdown asks for Markdown. "
            "End the name in .md, or leave --markdown out.\n",
        ),
    ],
)
def test_a_name_that_says_something_else_is_refused(home, capsys, name, more, sentence):
    """Nothing is written under a name that would say what it is not."""
    assert main(["portfolio", "--out", str(home / name), *more]) == 1
    assert capsys.readouterr().err == sentence
    assert os.listdir(home) == []


def test_a_foreign_file_is_left_as_it_is(home, capsys):
    """Neither overwritten nor half written."""
    other = home / "essay.html"
    other.write_text("mine", encoding="utf-8")
    assert main(["portfolio", "--out", str(other)]) == 1
    assert capsys.readouterr().err == (
        f"{other} exists and is no portfolio of this course, so it was left as it is. "
        "Choose another name with --out.\n"
    )
    assert other.read_text(encoding="utf-8") == "mine"
    assert main(["portfolio", "--out", str(home)]) == 1
    assert capsys.readouterr().err == f"{home} is a folder. Name a file in it, for instance portfolio.html.\n"
    assert main(["portfolio", "--out", str(home / "gone" / "p.html")]) == 1
    assert (
        capsys.readouterr().err == f"There is no folder {home / 'gone'}. Make it, or choose another --out.\n"
    )
    assert sorted(os.listdir(home)) == ["essay.html"]


def test_what_fails_in_the_middle_leaves_the_old_portfolio(home, monkeypatch):
    """A full disk: the earlier file stands, and nothing unfinished is left."""
    path = home / "portfolio.html"
    output.write_portfolio(path, "<!-- reading-with-evidence portfolio --> old")

    def full(self, _content):
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(path), "write_bytes", full)
    with pytest.raises(ProgressError) as caught:
        output.write_portfolio(path, "new")
    assert str(caught.value) == f"{path} cannot be written: No space left on device. Choose another --out."
    assert path.read_bytes().endswith(b"old")
    assert os.listdir(home) == ["portfolio.html"]


def _saved(home):
    one = course.bank("01_reading_the_article").items[0]
    other = Progress(home / "other.sqlite")
    other.record(one.id, one.version, "answer", 0, score=0.0, state="not_yet")
    return json.loads(other.export())


def test_answers_can_come_from_a_file_of_work(home, capsys):
    """Another student's file gives their portfolio, and changes nothing of one's own."""
    (home / "work.json").write_text(json.dumps(_saved(home)), encoding="utf-8-sig")
    assert main(["portfolio", "--from", str(home / "work.json"), "--out", str(home / "p.html")]) == 0
    assert capsys.readouterr().out == f"{home / 'p.html'} holds 1 of {COUNT} questions answered.\n"
    assert Progress().events() == []
    assert sorted(os.listdir(home)) == ["other.sqlite", "p.html", "work.json"]


DAMAGED = "The file is damaged: at least one answer in it is not complete. Nothing was changed."
BAD = {
    "no JSON": (
        "{",
        "The file is damaged or is no file of your work: it cannot be read. Nothing was changed.",
    ),
    "another's": (
        "{}",
        "The file was not made by this course's Download button. Choose the one that was. "
        "Nothing was changed.",
    ),
    "half a sign": ({"item": "01-\ud800"}, DAMAGED),
    "too large a number": ({"attempt": 2**63}, DAMAGED),
    "too certain": ({"sure": 2**64}, DAMAGED),
    "bytes": (
        b"\xff\xfe\x00",
        "work.json is no file of your work: it is not text in UTF-8. Nothing was written.",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_of_work_is_refused_with_a_sentence(home, capsys, name):
    """Whatever is wrong with it, no portfolio is written."""
    content, told = BAD[name]
    if isinstance(content, dict):
        saved = _saved(home)
        saved["events"][0].update(content)
        content = json.dumps(saved)
    path = home / "work.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["portfolio", "--from", str(path)]) == 1
    assert capsys.readouterr().err == told + "\n"
    assert not (home / "my_work").exists()


def test_a_file_of_work_that_is_missing_or_huge_is_refused(home, capsys):
    """Before it is read."""
    assert main(["portfolio", "--from", str(home / "gone.json")]) == 1
    assert capsys.readouterr().err == (
        f"{home / 'gone.json'} cannot be read. Check its name and folder. "
        "It is the file that the button Download my work gave you.\n"
    )
    with (home / "huge.json").open("wb") as file:
        file.truncate(4 * LONGEST_FILE + 1)
    assert main(["portfolio", "--from", str(home / "huge.json")]) == 1
    assert capsys.readouterr().err == (
        "huge.json is too large to be a file of your work. Nothing was written.\n"
    )
