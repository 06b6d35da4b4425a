"""Tables are typed, cut at the horizon and described; whatever cannot be read is told in words."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date

import pandas as pd
import pytest

from course_lib import evidence, paths
from course_lib.curriculum import course
from course_lib.errors import EvidenceError, ItemError

BAD = paths.CHECKOUT / "tests" / "bad" / "tables"
EXPECTED = tomllib.loads((BAD / "expected.toml").read_text(encoding="utf-8"))


@pytest.fixture
def loaves(tmp_path, monkeypatch):
    """A package with one small table, made from any of the files in tests/bad/tables."""

    def lay_out(name):
        shutil.copy(BAD / "datapackage.json", tmp_path / "datapackage.json")
        shutil.copy(BAD / f"{name}.csv", tmp_path / "loaves.csv")

    monkeypatch.setattr(paths, "DATA", tmp_path)
    return lay_out


def test_every_broken_table_has_its_sentence():
    """No broken file stands unused, and no sentence is without its file."""
    assert {path.stem for path in BAD.glob("*.csv")} - {"good"} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_table_is_told_where(loaves, name):
    """File, line, column and what to do, word for word."""
    loaves(name)
    with pytest.raises(EvidenceError) as caught:
        evidence.table("loaves")
    assert str(caught.value) == EXPECTED[name]


def test_a_table_and_a_description_that_have_changed_are_read_anew(loaves, tmp_path):
    """Whoever mends a table sees it at once, and nothing is read twice without reason."""
    loaves("good")
    first = evidence.dataset()
    rows = first.whole_table("loaves")
    assert evidence.dataset().whole_table("loaves") is rows
    lines = (tmp_path / "loaves.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "loaves.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    assert len(evidence.table("loaves")) == len(rows) - 1
    assert evidence.dataset() is first
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    package["title"] = "Bread of another day"
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert evidence.dataset().package.title == "Bread of another day"


def test_a_register_that_has_changed_is_read_anew(tmp_path, monkeypatch):
    """A source that was entered can be cited, and a bank that cites it has no fault."""
    shutil.copytree(paths.CHECKOUT / "data", tmp_path / "data")
    shutil.copytree(paths.LESSONS, tmp_path / "lessons")
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    for name, folder in (("LESSONS", "lessons"), ("ITEMS", "lessons/items")):
        monkeypatch.setattr(paths, name, tmp_path / folder)
    stem = course.stems()[0]
    cited = next(key for item in course.bank(stem).items for key in item.sources)
    register = tmp_path / "data" / "tables" / "sources.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(re.sub(rf"(?m)^{cited},.*\n", "", text), encoding="utf-8")
    assert cited not in evidence.registered_keys()
    with pytest.raises(ItemError, match=cited):
        course.bank(stem)
    register.write_text(text, encoding="utf-8")
    assert evidence.source(cited).key == cited
    assert course.bank(stem).items


def test_a_table_that_is_gone_is_told(loaves, tmp_path):
    """A missing file is not a traceback about paths."""
    loaves("good")
    (tmp_path / "loaves.csv").unlink()
    with pytest.raises(EvidenceError) as caught:
        evidence.table("loaves")
    assert str(caught.value) == (
        "data/loaves.csv is missing. Put it back from the course's files, then try again."
    )


def test_a_description_that_is_gone_is_told(loaves):
    """Without it no table can be read."""
    with pytest.raises(EvidenceError) as caught:
        evidence.table_names()
    assert str(caught.value) == (
        "data/datapackage.json is missing. Put it back from the course's files, then try again."
    )


@pytest.mark.parametrize(
    ("slip", "sentence"),
    [
        (
            ('"path": "loaves.csv"', '"file": "loaves.csv"'),
            "Object missing required field `path` - at `$.resources[0]`",
        ),
        (("", ""), "Input data was truncated"),
        (
            ('"start": "baked"', '"start": 7'),
            "Expected `str | null`, got `int` - at `$.resources[0].course:horizon.start`",
        ),
    ],
    ids=["a word that is missing", "cut short", "a number for a word"],
)
def test_a_description_that_cannot_be_used_is_told(loaves, tmp_path, slip, sentence):
    """What is wrong and where it stands in the file."""
    loaves("good")
    path = tmp_path / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    old, new = slip
    path.write_text(text.replace(old, new) if new else text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        evidence.about("loaves")
    assert str(caught.value) == (
        f"data/datapackage.json cannot be read: {sentence}. It describes the tables; mend it there, or put "
        "it back from the course's files."
    )


def test_each_folder_has_its_own_tables(loaves, monkeypatch):
    """What was read from one folder is not given out for another."""
    loaves("good")
    assert evidence.table_names() == ("loaves",)
    with monkeypatch.context() as patch:
        patch.setattr(paths, "DATA", paths.CHECKOUT / "data")
        assert "claims" in evidence.table_names()
    assert evidence.table_names() == ("loaves",)


def test_columns_have_the_types_of_their_description(loaves):
    """Whole numbers stay whole, blanks stay blank, lists are tuples, dates are dates."""
    loaves("good")
    table = evidence.table("loaves")
    assert [str(kind) for kind in table.dtypes] == [
        "str",
        "datetime64[us]",
        "datetime64[us]",
        "Int64",
        "Float64",
        "boolean",
        "str",
        "object",
    ]
    first = table.iloc[0]
    assert (first["slices"], first["weight_g"], first["rye"]) == (12, 750.5, True)
    assert first["source_keys"] == ("x", "y")
    assert table.iloc[1][["eaten", "slices", "weight_g"]].isna().all()
    assert table["source_keys"].tolist() == [("x", "y"), (), ("x",)]
    assert table["slices"].sum() == 20


@pytest.mark.parametrize(
    ("until", "left"),
    [
        (None, ["a", "b", "c"]),
        ("2024-12-31", ["a", "b"]),
        (date(2024, 12, 31), ["a", "b"]),
        ("2024-12-30", ["a"]),
        ("2024-12-02", []),
        ("2025-01-02", ["a", "b", "c"]),
    ],
)
def test_the_horizon_hides_what_ended_later(loaves, until, left):
    """A row is kept when its event or period has ended by the day; what has no end counts by its start."""
    loaves("good")
    assert evidence.table("loaves", until=until)["id"].tolist() == left


def test_a_month_counts_by_its_last_day():
    """What is known by month only might have happened on the month's last day."""
    timeline = evidence.table("timeline")
    months = timeline[timeline["precision"] == "month"]
    assert len(months)
    for row in months.itertuples():
        day = (row.date + pd.offsets.MonthEnd(0)).date()
        before = (row.date + pd.offsets.MonthEnd(0) - pd.Timedelta(days=1)).date()
        if pd.isna(row.end_date):
            assert row.id in set(evidence.table("timeline", until=day)["id"])
            assert row.id not in set(evidence.table("timeline", until=before)["id"])


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2024-02-30", "'2024-02-30' is not a day that exists."),
        ("2024-12", "'2024-12' is not a day that exists."),
        ("2024-13-01", "'2024-13-01' is not a day that exists."),
        ("soon", "'soon' is not a date."),
        (2024.5, "2024.5 is not a date."),
    ],
)
def test_a_horizon_that_is_no_day_is_told(until, sentence):
    """The form to write is in the sentence."""
    with pytest.raises(EvidenceError) as caught:
        evidence.table("timeline", until=until)
    assert str(caught.value) == f"{sentence} Write it as year-month-day, for instance 2024-12-31."


@pytest.mark.parametrize("call", [evidence.table, evidence.about])
def test_an_unknown_table_is_answered_with_the_nearest(call):
    """What was given, the nearest name and how many more there are."""
    with pytest.raises(EvidenceError) as caught:
        call("claim")
    assert re.fullmatch(
        r"There is no table 'claim'\. Did you mean 'claims'\? There are: ach_codings, .* and \d\d more\.",
        str(caught.value),
    )


def test_an_unknown_source_is_answered_with_the_nearest():
    """A mistyped key is met with the right one."""
    for call in (evidence.source, evidence.cite, lambda key: evidence.sources([key])):
        with pytest.raises(EvidenceError, match=r"^There is no source 'cohen-1960'\. Did you mean 'cohen-19"):
            call("cohen-1960")


def test_a_table_is_a_copy():
    """What one cell changes, the next does not see."""
    claims = evidence.table("claims")
    claims.loc[0, "claim"] = "changed"
    assert evidence.table("claims").loc[0, "claim"] != "changed"


def test_a_card_tells_what_a_table_is(loaves):
    """The same facts as a page and as plain text, with markup shown as text."""
    loaves("good")
    card = evidence.about("loaves")
    assert repr(card).splitlines() == [
        "Loaves (loaves)",
        "What a row is: One row per loaf.",
        "Rows: 3",
        "As of: December 2024",
        "Licence: Creative Commons Attribution 4.0",
        "Information horizon: A row is cut by its eaten or baked.",
        "Limits:",
        "- Weights are <rounded>.",
        "Fields:",
        "- id (string): Name of the loaf.",
        "- baked (date): Day of baking.",
        "- eaten (date): Day of the last slice. May be empty.",
        "- slices (integer): Slices. May be empty.",
        "- weight_g (number, grams): Weight. May be empty.",
        "- rye (boolean): Whether there is rye in it. May be empty.",
        "- shape (string): Shape. May be empty.",
        "- source_keys (list): Sources. May be empty.",
    ]
    page = card._repr_html_()
    assert "Weights are &lt;rounded&gt;." in page
    assert "A row is identified by id. source_keys leads to the table sources." in page
    for values in ("round, long", "1 to 40", "yes, no"):
        assert values in page
    assert page.count('<th scope="col">') == 4


def test_a_card_is_marked_where_the_interface_has_another_language(loaves, another_language):
    """What the description says is the lessons', what the card says about it is not."""
    loaves("good")
    card = evidence.about("loaves")
    page = re.sub('<bdi lang="en">.*?</bdi>|<style>.*?</style>|<[^>]+>', " ", card._repr_html_())
    plain = re.sub("\u2068[^\u2069]*\u2069", "", repr(card))
    assert re.findall("[A-Za-z]+", page + plain) == []
    row = f"<dt><b>{another_language.say('cards.row')}</b></dt>"
    assert f'{row}<dd><bdi lang="en">One row per loaf.</bdi></dd>' in card._repr_html_()


def test_the_dictionary_holds_every_card():
    """The page in data/ names each table, leads to its card and says the same as the card in a notebook."""
    text = evidence.data_dictionary()
    for name in evidence.table_names():
        card = evidence.about(name)
        assert f"(`{name}`)" in text
        assert all(fact in text for fact in card.facts.values())
        assert all(limit in text for limit in card.resource.limits)
        assert all(field.meaning in text for field in card.fields)
    anchors = re.findall(r"\]\(#([^)]+)\)", text)
    headings = re.findall(r"(?m)^## (.+)$", text)
    made = [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]
    assert anchors == made


def test_the_dictionary_is_written_when_it_is_out_of_step(loaves, tmp_path):
    """Checking only names it; tidying writes it; a second look finds nothing."""
    loaves("good")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    package |= {"title": "Bread", "description": "About bread."}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert evidence.tidy(check=True) == ["data/README.md"]
    assert not (tmp_path / "README.md").exists()
    assert evidence.tidy() == ["data/README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8").startswith("# Bread\n\nAbout bread.\n")
    assert evidence.tidy(check=True) == []


def test_outlines_are_found_by_name():
    """Map outlines come as GeoJSON with a card; other names are answered with the nearest."""
    syria = [
        feature
        for feature in evidence.outlines("countries")["features"]
        if feature["properties"]["name"] == "Syria"
    ]
    assert len(syria) == 1
    assert evidence.about("countries").rows == 12
    with pytest.raises(EvidenceError) as caught:
        evidence.outlines("country")
    assert str(caught.value) == (
        "There is no outline 'country'. Did you mean 'countries'? There are: countries, governorates."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "data/oven.geojson is missing. Put it back from the course's files, then try again."),
        (
            '{"type": "FeatureCollection"}',
            "data/oven.geojson cannot be read: Object missing required field `features`. Put it back from "
            "the course's files, then try again.",
        ),
    ],
    ids=["gone", "without features"],
)
def test_outlines_that_cannot_be_read_are_told(loaves, tmp_path, content, sentence):
    """Which file it is, what is wrong with it, and what to do."""
    loaves("good")
    path = tmp_path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    oven = {name: value for name, value in package["resources"][0].items() if name != "schema"}
    package["resources"].append(oven | {"name": "oven", "path": "oven.geojson"})
    path.write_text(json.dumps(package), encoding="utf-8")
    if content:
        (tmp_path / "oven.geojson").write_text(content, encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        evidence.outlines("oven")
    assert str(caught.value) == sentence


def test_a_cell_that_tells_of_later_is_emptied_at_the_horizon():
    """A listing that ended in 2025 still stands at the end of 2024, and nothing tells of its end."""
    then = evidence.table("designations", until="2024-12-31").set_index("id").loc["hts__uk"]
    now = evidence.table("designations").set_index("id").loc["hts__uk"]
    assert (then["status"], now["status"]) == ("listed", "delisted")
    assert pd.isna(then["delisted_on"])
    assert now["delisted_on"] == "2025-11-11"
    assert pd.isna(then["later"])
    assert "2025" in now["later"]


def test_what_leads_to_a_hidden_row_is_hidden():
    """Codings of evidence from after the horizon go with the evidence."""
    shown = set(evidence.table("ach_evidence", until="2024-12-31")["id"])
    assert set(evidence.table("ach_codings", until="2024-12-31")["evidence"]) == shown
    assert shown < set(evidence.table("ach_codings")["evidence"])


def test_a_source_is_named_as_its_field_does():
    """A study by its authors and year, a report by its outlet and day."""
    study = evidence.source("cohen-1960-kappa")
    assert study.short == "Cohen 1960"
    assert study.full(study.title).startswith("Jacob Cohen. ")
    cited = evidence.cite("cohen-1960-kappa")
    assert repr(cited) == "Cohen 1960"
    assert f'href="{study.url}"' in cited._repr_html_()


def test_a_source_that_was_not_read_says_so():
    """Cited from knowledge is not the same as read."""
    register = evidence.table("sources")
    unread = evidence.source(register[~register["seen"]]["key"].iloc[0])
    assert unread.full(unread.title).endswith(" Not read; cited from knowledge.")


def test_a_bibliography_names_each_source_once_in_order():
    """Sorted by author or publisher, whatever the order asked for."""
    keys = ["cohen-1960-kappa", "brier-1950-verification", "cohen-1960-kappa"]
    listed = evidence.sources(keys)
    assert [source.key for source in listed.listed] == ["brier-1950-verification", "cohen-1960-kappa"]
    assert listed._repr_html_().count("<li>") == 2
    assert len(repr(listed).splitlines()) == 2


def test_verdicts_stand_at_their_day():
    """At the horizon no verdict uses what came later; without one the newest stands; no claim is lost."""
    then, now = evidence.verdicts("2024-12-31"), evidence.verdicts()
    assert len(then) == len(now) == 93
    assert then["known"].max() == pd.Timestamp("2024-12-31")
    assert now["known"].max() > pd.Timestamp("2024-12-31")
    predictions = then[then["kind"] == "causal_prediction"]
    assert set(predictions["verdict"]) == {"open", "not_checkable"}
    assert set(evidence.verdicts("2000-01-01")["verdict"]) == {"open"}


def test_reading_the_evidence_needs_no_network():
    """Tables and citations come from the course's own files."""
    program = (
        "import socket\n"
        "def no(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = no; socket.getaddrinfo = no\n"
        "from course_lib import evidence\n"
        "print(len(evidence.table('claims')), evidence.cite('cohen-1960-kappa'))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"93 Cohen 1960\n", done.stdout)
