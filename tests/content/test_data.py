"""What the evidence base promises: every table valid, every key resolved, nothing later than a horizon."""

import csv
import json
import re
from collections import Counter

import frictionless
import pandas as pd
import pytest

from course_lib import dates, evidence, paths
from course_lib.evidence import labels

PACKAGE = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"] if "schema" in resource}
OUTLINES = [resource for resource in PACKAGE["resources"] if "schema" not in resource]
DATED = [name for name, resource in RESOURCES.items() if "reason" not in resource["course:horizon"]]
HORIZON = "2024-12-31"
LATER_YEAR = re.compile(r"\b20(?:2[5-9]|[3-9]\d)\b")
# Texts that name a later year as a plan or a question of the time, or that date a publication.
PLANS = {
    ("verdicts", "C59"): "a mission planned to end in 2026",
    ("verdicts", "C68"): "a term of office that was to end in 2025",
    ("timeline", "E107"): "a mandate until March 2025",
    ("how_groups_end", "Systematic review (c. 2025)"): "the name of a study",
}
PUBLISHED = {"as_of", "edition", "source_keys", "source_key", "date_note"}


def rows(name):
    """A table's cells as text, each row with its line in the file."""
    with (paths.DATA / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        return list(enumerate(csv.DictReader(file), start=2))


def fault(name, line, field, value, what):
    """A sentence that names file, row, column and value."""
    return f"data/{RESOURCES[name]['path']}, line {line}, column '{field}': {value!r} {what}"


def test_the_package_is_valid():
    """The Data Package standard's own reader finds no fault in any table, down to keys and constraints."""
    report = frictionless.validate(str(paths.DATA / "datapackage.json"))
    assert report.stats["tasks"] == len(PACKAGE["resources"])
    faults = report.flatten(["taskNumber", "rowNumber", "fieldName", "message"])
    assert [" ".join(map(str, one)) for one in faults] == []


def test_every_file_is_described_and_every_description_has_its_file():
    """No table stands beside the package unnoticed."""
    files = {
        path.relative_to(paths.DATA).as_posix()
        for folder in ("tables", "geo")
        for path in (paths.DATA / folder).iterdir()
    }
    assert files == {resource["path"] for resource in PACKAGE["resources"]}


@pytest.mark.parametrize("name", RESOURCES)
def test_files_have_one_form(name):
    """UTF-8 without a mark, line feeds, one at the end, no blanks around a cell."""
    raw = (paths.DATA / RESOURCES[name]["path"]).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    faults = [
        fault(name, line, field, cell, "has blanks around it")
        for line, row in rows(name)
        for field, cell in row.items()
        if cell != cell.strip()
    ]
    assert faults == []


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_a_table_is_explained(resource):
    """What a row is, every field, the licence, the day, the limits: nobody has to guess."""
    assert resource["description"].startswith("One ")
    assert resource["course:limits"]
    assert [licence["path"] for licence in resource["licenses"]]
    assert dates.long_date(resource["course:as_of"])
    fields = resource.get("schema", {}).get("fields", [])
    assert [field["name"] for field in fields if not re.search(r"\w.*\.$", field["description"])] == []
    shown = repr(evidence.about(resource["name"]))
    assert all(field["description"] in shown for field in fields)


def test_the_data_dictionary_is_in_step():
    """What stands in data/README.md is what the data package says."""
    assert evidence.tidy(check=True) == []


def test_every_key_leads_somewhere():
    """Each key in a list, each actor, group and source, is found in the table it points to."""
    faults, walked = [], Counter()
    for name, resource in RESOURCES.items():
        leads = [
            (field["name"], field["course:references"]["resource"], field["course:references"]["fields"])
            for field in resource["schema"]["fields"]
            if "course:references" in field
        ]
        for key in resource["schema"].get("foreignKeys", []):
            (field,), target = key["fields"], key["reference"]
            leads.append((field, target["resource"] or name, target["fields"][0]))
        for field, target, other in leads:
            known = {row[other] for _, row in rows(target)}
            for line, row in rows(name):
                for one in filter(None, row[field].split(";")):
                    walked[target] += 1
                    if one not in known:
                        faults.append(fault(name, line, field, one, f"is not in the table {target}"))
    assert faults == []
    assert walked["sources"] > 3500
    assert walked["actors"] > 1000


def test_every_field_of_source_keys_is_walked():
    """No column of keys is left without its reference."""
    for name, resource in RESOURCES.items():
        for field in resource["schema"]["fields"]:
            if field["name"] == "source_keys":
                assert field["course:references"] == {"resource": "sources", "fields": "key"}, name


def test_no_source_stands_there_without_a_reason():
    """Each is named by a table, a lesson or a question, or says why it is kept; no address stands twice."""
    named = {row["source_key"] for _, row in rows("rival_reports")}
    for name, resource in RESOURCES.items():
        if any(field["name"] == "source_keys" for field in resource["schema"]["fields"]):
            named.update(key for _, row in rows(name) for key in row["source_keys"].split(";"))
    register = [row for _, row in rows("sources")]
    idle = {row["key"] for row in register} - named
    assert {row["key"] for row in register if row["kept_for"]} == idle
    addresses = Counter(row["url"] for row in register if row["url"])
    assert [url for url, count in addresses.items() if count > 1] == []
    assert [row["key"] for row in register if not (row["url"] or row["identifier"] or row["publisher"])] == []


@pytest.mark.parametrize("name", DATED)
def test_no_table_shows_what_came_after_the_horizon(name):
    """Whatever a table gives at the horizon has ended by then; long before, nothing dated is left."""
    horizon = RESOURCES[name]["course:horizon"]
    shown, everything = evidence.table(name, until=HORIZON), evidence.table(name)
    assert len(shown) <= len(everything)
    for field in filter(None, (horizon.get("start"), horizon.get("end"), horizon.get("known"))):
        # Dates known by month or year are text; they count by their last day.
        later = [
            str(value)
            for value in shown[field].dropna()
            if (value.date() if isinstance(value, pd.Timestamp) else dates.last_day(value))
            > dates.day(HORIZON)
        ]
        assert later == []
    if "undated" not in horizon:
        assert len(evidence.table(name, until="1900-01-01")) == 0


def test_what_was_told_later_is_not_known_before():
    """An account given a year after the event is hidden until then; what was published at the time is not."""
    early, then = set(evidence.table("contacts", HORIZON)["id"]), set(evidence.table("contacts")["id"])
    assert {"C33", "C34", "C36", "C37"} <= then - early
    assert {"C32", "C35", "C38", "C39", "C41"} <= early
    assert "C37" in set(evidence.table("contacts", "2025-09-12")["id"])
    assert "C36" not in set(evidence.table("contacts", "2025-09-12")["id"])
    assert "E100" not in set(evidence.table("timeline", HORIZON)["id"])


@pytest.mark.parametrize("name", ["contacts", "timeline", "reactions"])
def test_a_row_of_talks_rests_on_something_public_at_its_time(name):
    """A row shown at the horizon has a source of the time, or one whose later publication is of no weight."""
    dated = evidence.table("sources").set_index("key")["date"]
    # A listing of 2014 that is read in a text on its end.
    allowed = {"E018"}
    late = [
        row.id
        for row in evidence.table(name, HORIZON).itertuples()
        if (days := [dated[key] for key in row.source_keys if pd.notna(dated[key])]) and min(days) > HORIZON
    ]
    assert set(late) - allowed == set()


@pytest.mark.parametrize("name", RESOURCES)
def test_no_text_tells_of_what_came_after_the_horizon(name):
    """No cell that is shown at the horizon names a later year, but for plans and questions of the time."""
    if name in ("sources", "forecasts"):
        pytest.skip("a source is judged by what it tells about; a question asks about what is to come")
    shown = evidence.table(name, until=HORIZON)
    told = [
        (name, str(row.iloc[0]), field, row[field])
        for _, row in shown.iterrows()
        for field in shown.columns
        if field not in PUBLISHED and isinstance(row[field], str) and LATER_YEAR.search(row[field])
    ]
    assert [one for one in told if one[:2] not in PLANS] == []
    assert {one[:2] for one in told} == {plan for plan in PLANS if plan[0] == name}


def test_only_tables_without_dates_are_never_cut():
    """A table that no horizon cuts says why, and gives the same rows on any day."""
    for name in RESOURCES.keys() - set(DATED):
        assert RESOURCES[name]["course:horizon"]["reason"]
        assert len(evidence.table(name, until="1900-01-01")) == len(evidence.table(name))


def test_a_verdict_at_the_horizon_rests_on_what_was_public_by_then():
    """No source of such a verdict was published later."""
    register = {row["key"]: row["date"] for _, row in rows("sources")}
    verdicts = evidence.table("verdicts", until=HORIZON)
    later = [
        (row.claim, key)
        for row in verdicts.itertuples()
        for key in row.source_keys
        if register[key] > HORIZON
    ]
    assert later == []


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


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("timeline", "date", "end_date"),
        ("designations", "listed_on", "delisted_on"),
        ("agreements", "date_signed", "date_ratified"),
        ("actors", "active_from", "active_to"),
        ("forecasts", "opened", "resolves"),
        ("fatalities", "period_start", "period_end"),
        ("civilian_deaths_by_actor", "period_start", "period_end"),
        ("isis_activity", "period_start", "period_end"),
        ("negotiations", "start_year", "end_year"),
        ("negotiations", "end_year", "observed_to"),
    ],
)
def test_nothing_ends_before_it_begins(name, first, last):
    """Dates stand in order, each as exactly as it is known."""
    both = [(line, row) for line, row in rows(name) if row[first] and row[last]]
    faults = [
        fault(name, line, last, row[last], f"is before {row[first]}")
        for line, row in both
        if row[last] < row[first][: len(row[last])]
    ]
    assert both
    assert faults == []


@pytest.mark.parametrize("name", ["timeline", "contacts"])
def test_a_date_is_as_exact_as_its_precision_says(name):
    """A day has a day; a month is written by its month or by its first day."""
    for line, row in rows(name):
        forms = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d(-01)?", "year": r"\d{4}"}
        told = fault(name, line, "date", row["date"], f"is not a {row['precision']}")
        assert re.fullmatch(forms[row["precision"]], row["date"]), told


@pytest.mark.parametrize("name", ["vetoes", "rival_drafts"])
def test_the_council_has_fifteen_members(name):
    """Votes in favour, against and abstentions come to 15, and to the members named."""
    faults = []
    for line, row in rows(name):
        votes = [int(row[field]) for field in ("votes_yes", "votes_no", "votes_abstain")]
        if sum(votes) != 15:
            faults.append(fault(name, line, "votes_yes", votes, f"come to {sum(votes)}"))
        for field, count in (("voted_no", votes[1]), ("abstained", votes[2])):
            if field in row and len(list(filter(None, row[field].split(";")))) != count:
                faults.append(fault(name, line, field, row[field], f"names other than {count}"))
    assert faults == []


def test_vetoes_are_counted_through():
    """The running totals rise by one with each veto; who vetoed voted against."""
    vetoes = evidence.table("vetoes")
    assert vetoes["russia_cumulative"].tolist() == list(range(1, len(vetoes) + 1))
    assert vetoes["china_cumulative"].tolist() == vetoes["china_veto"].astype(int).cumsum().tolist()
    assert all("Russia" in names for names in vetoes["voted_no"])
    assert [("China" in names) for names in vetoes["voted_no"]] == vetoes["china_veto"].tolist()


def test_refugees_by_country_add_up():
    """The host countries and the rest come to the year's totals."""
    totals = evidence.table("displacement").set_index("year")
    sums = (
        evidence.table("refugees_by_country")
        .groupby("year")[["refugees", "asylum_seekers", "returned_refugees"]]
        .sum()
    )
    for year, row in sums.iterrows():
        assert row["refugees"] == totals.loc[year, "refugees_unhcr"], year
        assert row["asylum_seekers"] == totals.loc[year, "asylum_seekers"], year
        assert row["returned_refugees"] == totals.loc[year, "returned_refugees"], year


def test_bounds_hold_their_figure():
    """Low is not above high, and the figure lies between them."""
    faults, checked = [], 0
    for name in (
        "fatalities",
        "russian_presence",
        "idlib",
        "isis_activity",
        "how_groups_end",
        "territorial_control",
    ):
        middle, low, high = {
            "fatalities": ("deaths", "low", "high"),
            "territorial_control": ("share_pct", "low_pct", "high_pct"),
        }.get(name, ("value", "low", "high"))
        for line, row in rows(name):
            known = [float(row[field]) for field in (low, middle, high) if row[field]]
            checked += len(known) > 1
            if known != sorted(known):
                faults.append(
                    fault(name, line, middle, row[middle], f"is not within {row[low]} to {row[high]}")
                )
    assert checked > 80
    assert faults == []


def test_parts_are_not_more_than_the_whole():
    """Shares of one estimate stay within the country; parts of a month's deaths come to its total."""
    control = evidence.table("territorial_control").groupby("estimate_id")["share_pct"].sum()
    assert control[control > 101].to_dict() == {}
    for row in evidence.table("fatalities_monthly_after_2024").itertuples():
        assert row.civilians + row.non_civilians == row.deaths_all, row.month
        assert row.civilian_men + row.civilian_women + row.civilian_children == row.civilians, row.month
    dyads = evidence.table("ucdp_dyads")
    assert (dyads["non_state_dyads_with_hts_or_predecessor"] <= dyads["non_state_dyads"]).all()
    assert (dyads["non_state_dyads_with_isis"] <= dyads["non_state_dyads"]).all()


def test_running_totals_do_not_fall():
    """A cumulative count of one counter never gets smaller."""
    returns = evidence.table("returns")
    running = returns[returns["measure"].str.endswith("cumulative")]
    for key, group in running.groupby(["measure", "who_says"]):
        assert group.sort_values("as_of")["value"].is_monotonic_increasing, key
    deaths = evidence.table("fatalities")
    for key, group in deaths[deaths["series"] == "cumulative"].groupby(["counter", "measure"]):
        assert group.sort_values("period_end")["deaths"].is_monotonic_increasing, key


def test_years_stand_beside_their_dates():
    """Where a year is written out it is that of the date."""
    for name, field in (
        ("fatalities", "period_end"),
        ("displacement", "as_of"),
        ("refugees_by_country", "as_of"),
    ):
        for line, row in rows(name):
            assert row[field].startswith(row["year"]), fault(name, line, "year", row["year"], row[field])


def test_every_piece_of_evidence_is_coded_for_every_hypothesis():
    """The matrix of 24 by 7 has no hole."""
    codings = evidence.table("ach_codings").pivot(
        index="evidence", columns="hypothesis", values="consistency"
    )
    assert codings.shape == (24, 7)
    assert codings.notna().all().all()


def test_every_forecast_has_one_outcome_on_its_day():
    """Questions and outcomes match, day by day."""
    asked = evidence.table("forecasts").set_index("id")["resolves"]
    found = evidence.table("forecast_outcomes").set_index("forecast")["resolved"]
    assert asked.sort_index().tolist() == found.sort_index().tolist()
    assert sorted(asked.index) == sorted(found.index)


def test_a_tie_joins_two_actors_once():
    """No pair stands twice at one date, in either order, and none with itself."""
    pairs = Counter((row["date"], *sorted((row["a"], row["b"]))) for _, row in rows("relations"))
    assert [pair for pair, count in pairs.items() if count > 1] == []
    assert [pair for pair in pairs if pair[1] == pair[2]] == []


def test_places_lie_where_they_should():
    """Positions in Syria lie within Syria's bounds; the others are abroad by name."""
    abroad = {"astana", "doha", "sochi", "moscow", "riyadh", "ankara", "geneva", "istanbul", "aqaba"}
    for row in evidence.table("places").itertuples():
        inside = 32.2 <= row.lat <= 37.4 and 35.5 <= row.lon <= 42.5
        assert inside or row.id in abroad, row.id


@pytest.mark.parametrize("resource", OUTLINES, ids=lambda resource: resource["name"])
def test_outlines_are_closed_rings_in_degrees(resource):
    """Each feature has a name and polygons whose rings end where they begin."""
    for feature in evidence.outlines(resource["name"])["features"]:
        assert feature["properties"]["name"]
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for ring in (ring for polygon in polygons for ring in polygon):
            assert ring[0] == ring[-1]
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
    assert set(resource["course:sources"]) <= evidence.registered_keys()


def test_the_register_says_how_many_sources_were_not_read():
    """The number in its limits is that of its rows."""
    unread = sum(row["seen"] == "no" for _, row in rows("sources"))
    assert (
        f"{unread} sources are cited from knowledge and were not read; the field `seen` tells which."
        in (RESOURCES["sources"]["course:limits"])
    )
