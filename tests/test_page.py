"""The scripts of a page: typed, clean, bundled as committed, each part fit to be left out, and tested."""

import json
import re
import shutil
import subprocess
import zlib
from collections import Counter

import msgspec
import pseudo
import pytest
from markupsafe import Markup
from node_tools import report_missing

from course_lib import evidence, explorer, items, paths
from course_lib.widgets import base, page_declarations, page_types
from course_lib.widgets.quiz import Quiz
from course_lib.widgets.quiz_questions import shown_question

PAGE = paths.CHECKOUT / "tests" / "page"
SOURCES = base.SOURCES
INPUTS = [name for name, bundle in base.bundles().items() if bundle.types]


@pytest.fixture
def node():
    """A function that runs Node.js beside the page's tools."""
    program = shutil.which("node")
    if program is None:
        report_missing("No Node.js was found", "Install version 20 or newer")

    def run(*arguments):
        return subprocess.run([program, *arguments], cwd=PAGE, capture_output=True, text=True, check=False)

    if int(run("--version").stdout.lstrip("v").split(".")[0]) < 20:
        report_missing("Node.js is too old", "Install version 20 or newer")
    return run


@pytest.fixture
def tools(node):
    """The same, where the tools are there."""
    if not (PAGE / "node_modules").is_dir():
        report_missing("The page's tools are not there", "Run npm ci --ignore-scripts --prefix tests/page")
    return node


MISSING = ("The page's tools are not there", "Run npm ci --ignore-scripts --prefix tests/page")


def test_tools_that_are_missing_fail_in_ci(monkeypatch):
    """With the command that fetches them, since a test that is skipped there would never run at all."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.delenv("WITHOUT_NODE_TOOLS", raising=False)
    with pytest.raises(pytest.fail.Exception) as caught:
        report_missing(*MISSING)
    assert str(caught.value) == (
        "The page's tools are not there, so this test did not run; CI needs it. "
        "Run npm ci --ignore-scripts --prefix tests/page before the tests, or set WITHOUT_NODE_TOOLS=1 "
        "where another job runs it."
    )


@pytest.mark.parametrize("known", [{}, {"CI": "true", "WITHOUT_NODE_TOOLS": "1"}])
def test_tools_that_are_missing_elsewhere_are_told(monkeypatch, known):
    """On somebody's machine, and where whoever started the tests has said so, the test is skipped."""
    for name in ("CI", "WITHOUT_NODE_TOOLS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(pytest.skip.Exception) as caught:
        report_missing(*MISSING)
    assert str(caught.value) == (
        "The page's tools are not there; run npm ci --ignore-scripts --prefix tests/page to run this test"
    )


def test_the_scripts_own_tests_pass(node):
    """What needs no page: when answers are the same, what is said of them, how messages go."""
    done = node("--test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"# pass (\d+)", done.stdout)[1]) > 15


def test_the_scripts_agree_with_their_types(tools):
    """The strict type checker finds nothing in the modules, given what Python sends and hears."""
    done = tools("node_modules/typescript/bin/tsc", "--project", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_scripts_keep_one_style(tools):
    """Biome finds nothing, in the modules, their tests and their tools."""
    done = tools("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".", str(SOURCES))
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"Checked (\d+) files", done.stdout + done.stderr)[1]) > 25


def test_the_bundles_are_what_their_sources_give(tools, tmp_path):
    """Bundled anew, every file is the same as the committed one, and none is left over."""
    done = tools("bundle.js", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in _bundles(tmp_path)}
    there = {path.relative_to(base.BUNDLES).as_posix(): path.read_bytes() for path in _bundles(base.BUNDLES)}
    assert len(made) > 10
    assert [name for name in made.keys() | there.keys() if made.get(name) != there.get(name)] == [], (
        "run: node tests/page/bundle.js"
    )


def _bundles(folder):
    return [*folder.glob("*.js"), *folder.glob("inputs/*.js"), folder / "bundles.json"]


def test_a_part_fits_the_quiz_whichever_others_are_left_out(tools, tmp_path):
    """No name is missing in the quiz alone, nor with one of the inputs alone, nor with all."""
    for place, parts in enumerate([[], *([one] for one in INPUTS), INPUTS]):
        text = base.module(["quiz.js", *parts], "page.quiz")
        (tmp_path / f"{place}.js").write_text(text, encoding="utf-8")
    (tmp_path / "missing.js").write_text("export default nowhere;\n", encoding="utf-8")
    settings = ["--allowJs", "--checkJs", "--noEmit", "--target", "es2023", "--module", "esnext"]
    settings += ["--lib", "es2023,dom,dom.iterable", "--types", "", "--ignoreConfig"]
    done = tools("node_modules/typescript/bin/tsc", *settings, *map(str, sorted(tmp_path.glob("*.js"))))
    # Other findings are of no weight: names were made short, and what was said of types is gone.
    odd = [line for line in done.stdout.splitlines() if "Cannot find name" in line]
    assert len(odd) == 1, done.stdout
    assert "missing.js" in odd[0]


def test_the_types_of_a_page_are_in_step():
    """What the scripts are checked against is what Python sends."""
    assert page_declarations.tidy_declarations(check=True) == []


def test_every_type_of_question_has_one_input():
    """A page can show whatever a bank can ask, and its struct says what an answer to it is."""
    found = Counter(kind for name in INPUTS for kind in base.bundles()[name].types)
    shown = {one.__struct_config__.tag for one in page_types.Question.__args__}
    assert found == dict.fromkeys(items.TYPES, 1)
    assert shown == set(items.answer_types()) == set(items.TYPES)


def test_a_page_is_sent_nothing_that_its_struct_has_no_field_for():
    """What could give an answer away is dropped, not sent along."""
    item = items.Number(id="a", type="number", check="c", objective=1, stem="?", unit="m", answer=7)
    shown = shown_question(item)
    assert page_types.encode(shown) == {
        "type": "number",
        "id": "a",
        "stem": "?",
        "unit": "m",
        "graded": True,
    }


def _read(sent, kind):
    """What a page is sent, read as a struct that may hold HTML."""
    return msgspec.convert(sent, kind, dec_hook=lambda _, text: Markup(text))


def test_what_is_sent_after_an_answer_fits_the_structs():
    """Every entry of every type, with its notes, and what is said of a picture."""
    asked = items.load((paths.CHECKOUT / "tests" / "every_type.toml").read_text(encoding="utf-8"), "x").items
    quiz = Quiz(asked)
    answers = {"matrix": [], "match": [], "order": None, "probability": 40, "text": "a", "word": "a"}
    for turn, item in enumerate(asked, 1):
        answer = answers.get(item.type, "")
        message = {"kind": "answer", "item": item.id, "answer": answer, "sure": None}
        quiz._hear(None, {**message, "page": "p", "turn": turn, "id": str(turn)}, [])
    sent = quiz.get_state()["answers"]
    assert {*sent} == {item.id for item in asked}
    assert any("notes" in entry for entry in sent.values())
    for name, entry in sent.items():
        assert set(entry) <= set(page_types.Entry.__struct_fields__)
        assert _read(entry, page_types.Entry) == quiz.answers[name]
    widget = explorer.two_stances(evidence.table("reactions"))
    for values in ({}, {"stances": False}):
        widget._hear(None, {"values": values, "numbers": True, "id": "a"}, [])
        told = widget.get_state()["told"]
        assert set(told) <= set(page_types.PictureText.__struct_fields__)
        assert _read(told, page_types.PictureText) == widget.told
        assert told["alt"]


def test_what_stands_in_a_struct_as_html_is_sent_as_text():
    """A page gets texts and numbers and nothing else, also where Python tells HTML from text."""
    entry = page_types.Entry(notes=[page_types.ShownNote("item", None, Markup("<p>a</p>"))])
    assert json.loads(json.dumps(page_types.encode(entry)))["notes"][0]["html"] == "<p>a</p>"


def test_what_is_packed_follows_the_words(tmp_path):
    """Put into another language and back, a page gets the words of the language that is spoken."""
    item = items.Text(id="a", type="text", check="c", objective=1, stem="?", model="m", rubric=["r"])
    first = Quiz([item]).code
    with pseudo.interface_in_pseudo(tmp_path):
        other = zlib.decompress(Quiz([item]).code).decode()
    assert f'"language":"{pseudo.LANGUAGE}"' in other
    assert pseudo.translate("Hand in") in other
    assert Quiz([item]).code == first
    assert b"Hand in" in zlib.decompress(first)


def test_a_bundle_that_has_changed_is_packed_anew(tmp_path, monkeypatch):
    """Whoever works on the scripts sees them at once, and nothing is packed twice without reason."""
    shutil.copytree(base.BUNDLES, tmp_path / "bundles")
    monkeypatch.setattr(base, "BUNDLES", tmp_path / "bundles")
    item = items.Text(id="a", type="text", check="c", objective=1, stem="?", model="m", rubric=["r"])
    first = Quiz([item]).code
    assert Quiz([item]).code is first
    assert base.bundles() is base.bundles()
    listed = json.loads((tmp_path / "bundles" / "bundles.json").read_text(encoding="utf-8"))
    with (tmp_path / "bundles" / "quiz.js").open("a", encoding="utf-8") as script:
        script.write("// bread\n")
    assert b"// bread" in zlib.decompress(Quiz([item]).code)
    listed["bread.js"] = {"says": ["quiz.done"]}
    (tmp_path / "bundles" / "bundles.json").write_text(json.dumps(listed), encoding="utf-8")
    assert base.bundles()["bread.js"] == base.Bundle(["quiz.done"])


def test_a_type_that_cannot_be_written_for_a_page_is_told():
    """The sentence names it and says where to add it."""
    with pytest.raises(TypeError, match=r"^There is no way to write .*Bytes.* for a page\. Add one to"):
        page_declarations._name(msgspec.inspect.type_info(bytes))
