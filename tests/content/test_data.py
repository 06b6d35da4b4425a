"""What the evidence base promises: every table valid, every key resolved, nothing later than a horizon."""

import csv
import json
import re

import frictionless
import pandas as pd
import pytest

from course_lib import evidence, labels, paths

PACKAGE = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
DATED = [name for name, resource in RESOURCES.items() if "start" in resource["course:horizon"]]
HORIZON = "2024-12-31"


def test_the_package_is_valid():
    """The Data Package standard's own reader finds no fault in any table, down to keys and constraints."""
    report = frictionless.validate(str(paths.DATA / "datapackage.json"))
    assert report.stats["tasks"] == len(RESOURCES)
    assert [fault[-1] for fault in report.flatten(["rowNumber", "fieldName", "message"])] == []


def test_every_file_is_described_and_every_description_has_its_file():
    """No table stands beside the package unnoticed."""
    files = {path.relative_to(paths.DATA).as_posix() for path in (paths.DATA / "tables").iterdir()}
    assert files == {resource["path"] for resource in PACKAGE["resources"]}


@pytest.mark.parametrize("name", RESOURCES)
def test_files_have_one_form(name):
    """UTF-8 without a mark, line feeds, one at the end, no blanks around a cell."""
    raw = (paths.DATA / RESOURCES[name]["path"]).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    cells = [cell for row in csv.reader(raw.decode("utf-8").splitlines()) for cell in row]
    assert [cell for cell in cells if cell != cell.strip()] == []


@pytest.mark.parametrize("name", RESOURCES)
def test_a_table_is_explained(name):
    """What a row is, every field, the licence, the day, the limits: nobody has to guess."""
    resource = RESOURCES[name]
    assert resource["description"].startswith("One row per")
    assert resource["course:limits"]
    assert [licence["name"] for licence in resource["licenses"]]
    assert re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", resource["course:as_of"])
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields if len(field["description"]) < 10] == []
    shown = repr(evidence.about(name))
    assert all(field["description"] in shown for field in fields)


@pytest.mark.parametrize("name", RESOURCES)
def test_every_source_key_is_registered(name):
    """Each key in each table leads to the register."""
    table = evidence.table(name)
    if "source_keys" not in table:
        assert name in ("sources", "claims", "rival_reports", "paragraphs", "hedges")
        return
    keys = {(row, key) for row, keys in enumerate(table["source_keys"], start=2) for key in keys}
    assert keys
    assert {one for one in keys if one[1] not in evidence.registered_keys()} == set()


@pytest.mark.parametrize("name", DATED)
def test_no_table_shows_what_came_after_the_horizon(name):
    """Whatever dated row a table gives at the horizon has ended by then, and a day before all is nothing."""
    horizon = RESOURCES[name]["course:horizon"]
    shown, everything = evidence.table(name, until=HORIZON), evidence.table(name)
    assert 0 < len(shown) <= len(everything)
    assert len(evidence.table(name, until="1900-01-01")) == 0
    for field in filter(None, (horizon["start"], horizon["end"])):
        # Dates known by month or year are text; their first letters still tell whether they are later.
        dates = shown[field].dropna().astype(str).str[:10]
        assert [one for one in dates if one > HORIZON] == []


def test_only_tables_without_dates_are_never_cut():
    """A table that no horizon cuts says why, and gives the same rows on any day."""
    for name in RESOURCES.keys() - set(DATED):
        assert RESOURCES[name]["course:horizon"]["reason"]
        assert len(evidence.table(name, until="1900-01-01")) == len(evidence.table(name))


def test_a_verdict_at_the_horizon_rests_on_what_was_public_by_then():
    """No source of such a verdict was published later."""
    register = evidence.table("sources").set_index("key")["date"]
    verdicts = evidence.table("verdicts", until=HORIZON)
    later = [
        (row.claim, key)
        for row in verdicts.itertuples()
        for key in row.source_keys
        if isinstance(register[key], str) and register[key] > HORIZON
    ]
    assert later == []
    # Two name a later year as what was planned by then: a mission's end and the end of a term of office.
    named = verdicts[verdicts["evidence"].str.contains(r"\b20(?:2[5-9]|[3-9]\d)\b")]
    assert named["claim"].tolist() == ["C59", "C68"]


def test_every_claim_has_its_verdict_for_every_day():
    """All 93 claims were judged at the horizon; those that later events touch were judged again."""
    verdicts = evidence.table("verdicts")
    by_day = verdicts.groupby("as_of")["claim"].nunique()
    assert by_day.to_dict() == {pd.Timestamp("2024-12-31"): 93, pd.Timestamp("2026-02-28"): 35}
    assert set(verdicts["verdict"]) <= set(labels.VERDICTS)


def test_claims_lie_in_the_lessons_and_the_article():
    """A claim's kind has a label, its section and paragraph exist, its lesson is one of the course."""
    claims, paragraphs = evidence.table("claims"), evidence.table("paragraphs")
    assert set(claims["kind"]) == set(labels.KINDS)
    assert set(claims["section"]) <= set(paragraphs["section"])
    places = paragraphs.dropna(subset=["paragraph"])[["section", "paragraph"]]
    of_claims = claims[["section", "paragraph"]].drop_duplicates()
    assert of_claims.merge(places, how="left", indicator=True)["_merge"].eq("both").all()
    assert set(claims["lesson"]) == {f"{number:02}" for number in range(2, 11)}


def test_hedges_lie_inside_the_article():
    """Each hedge stands in its paragraph: its position is among the paragraph's words."""
    paragraphs, hedges = evidence.table("paragraphs"), evidence.table("hedges")
    assert paragraphs["words"].sum() == 1288
    ends = paragraphs["words"].cumsum()
    spans = {
        row.paragraph: (end - row.words, end)
        for row, end in zip(paragraphs.itertuples(), ends, strict=True)
        if row.kind in ("text", "bullet")
    }
    for row in hedges.itertuples():
        first, last = spans[row.paragraph]
        assert first < row.position <= last, row


def test_events_end_after_they_begin():
    """Dates stand in order, and a month is written by its first day."""
    timeline = evidence.table("timeline")
    both = timeline.dropna(subset=["end_date"])
    assert len(both)
    assert both[both["end_date"] < both["date"]]["id"].tolist() == []
    months = timeline[timeline["precision"] == "month"]
    assert set(months["date"].dt.day) == {1}
