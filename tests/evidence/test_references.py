"""Sources named in a text, listed in full, and read back by other people's programs."""

import json
import re
import shutil
from dataclasses import asdict, replace

import bibtexparser
import pseudo
import pytest
from citeproc.source.json import CiteProcJSON

from course_lib import evidence, markup, paths
from course_lib.errors import EvidenceError
from course_lib.evidence import dataset
from course_lib.evidence.names import Name, read_names
from course_lib.evidence.references import Bibliography, Citations, Source

STUDY = Source(
    key="baker-2020-crust",
    publisher="Bread & Science 3(1)",
    authors=(Name("Baker", "Ada"), Name("Miller", "Ben"), Name("Oven", "Ky")),
    title="Crust: 50% of the <taste>?",
    date="2020-05",
    date_note="",
    url="https://example.org/crust?a=1&b=2",
    identifier="",
    kind="academic",
    seen=True,
)
REPORT = Source(
    key="mill-2021",
    publisher="The Mill",
    authors=(Name(literal="Mill Agency"),),
    title="Flour_prices rise",
    date="2021-03-04",
    date_note="inferred",
    url="",
    identifier="No. 7",
    kind="wire",
    seen=False,
)


def test_a_study_is_named_by_its_authors_and_a_report_by_its_outlet():
    """A body is named whole where it is the author of a study."""
    assert STUDY.short == "Baker and others 2020"
    assert replace(STUDY, authors=STUDY.authors[:2]).short == "Baker and Miller 2020"
    assert REPORT.short == "The Mill, 4 March 2021 (inferred)"


def test_a_list_has_one_style():
    """Author, title, outlet, date, number; what was not read says so; each source stands once."""
    listed = Bibliography([REPORT, STUDY, REPORT])
    assert repr(listed) == (
        "- Ada Baker; Ben Miller; Ky Oven. Crust: 50% of the <taste>? Bread & Science 3(1). May 2020. "
        "https://example.org/crust?a=1&b=2\n"
        "- Mill Agency. Flour_prices rise. The Mill. 4 March 2021 (inferred). No. 7. "
        "Not read; cited from knowledge."
    )
    page = listed._repr_html_()
    assert "&lt;taste&gt;" in page
    assert "<taste>" not in page
    assert 'href="https://example.org/crust?a=1&amp;b=2"' in page


def test_what_a_source_says_itself_is_marked_where_the_interface_has_another_language(another_language):
    """Names, titles and notes are its own; "and others" and "not read" are the interface's."""
    assert STUDY.short == another_language.say("sources.and_others", first="\u2068Baker\u2069") + " 2020"
    assert REPORT.short.startswith("\u2068The Mill\u2069, ")
    assert REPORT.short.endswith(" (\u2068inferred\u2069)")
    page = Bibliography([REPORT, STUDY])._repr_html_()
    assert page.startswith(f'{markup.mirror_style()}<ul lang="{pseudo.LANGUAGE}" dir="rtl">')
    for own in ("Mill Agency", "Flour_prices rise", "The Mill", "inferred", "No. 7"):
        assert f'<bdi lang="en">{own}</bdi>' in page
    assert page.count(another_language.say("sources.not_read")) == 1
    assert "<a " in page
    assert repr(Bibliography([STUDY])).startswith(
        "- \u2068Ada Baker; Ben Miller; Ky Oven\u2069. \u2068Crust: 50% of the <taste>?\u2069 "
    )


def test_short_citations_stand_in_a_row():
    """In the order given, with links where there are any."""
    assert repr(Citations([REPORT, STUDY])) == "The Mill, 4 March 2021 (inferred); Baker and others 2020"
    assert Citations([REPORT, STUDY])._repr_html_().count("<a ") == 1


def test_a_bibtex_parser_reads_the_whole_register():
    """Every source is an entry of its own, without a fault; special characters survive."""
    sources = evidence.sources()
    library = bibtexparser.parse_string(sources.bibtex())
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [source.key for source in sources.listed]
    entry = bibtexparser.parse_string(Bibliography([STUDY]).bibtex()).entries[0]
    assert entry.entry_type == "article"
    assert entry["title"] == r"{Crust: 50\% of the <taste>?}"
    assert entry["journal"] == r"{Bread \& Science 3(1)}"
    assert entry["author"] == "Baker, Ada and Miller, Ben and Oven, Ky"
    assert (entry["year"], entry["month"]) == ("2020", "5")
    report = bibtexparser.parse_string(Bibliography([REPORT]).bibtex()).entries[0]
    assert report["author"] == "{Mill Agency}"
    assert (report["year"], report["month"], report["day"]) == ("2021", "3", "4")
    assert report["note"] == "inferred No. 7 Not read; cited from knowledge."


def test_a_csl_processor_reads_the_whole_register():
    """The form that Zotero and Pandoc take: ids, types, dates and names are understood."""
    sources = evidence.sources()
    entries = json.loads(sources.csl_json())
    read = CiteProcJSON(entries)
    assert len(read) == len(entries) == len(sources.listed)
    study = CiteProcJSON(json.loads(Bibliography([STUDY]).csl_json()))["baker-2020-crust"]
    assert [str(name.family) for name in study.author] == ["Baker", "Miller", "Oven"]
    assert (study.issued.year, study.issued.month) == (2020, 5)
    (report,) = json.loads(Bibliography([REPORT]).csl_json())
    assert report["author"] == [{"literal": "Mill Agency"}]
    assert report["issued"] == {"date-parts": [[2021, 3, 4]]}
    assert report["note"] == "inferred No. 7 Not read; cited from knowledge."
    for identifier, field, value in (("ISBN 978-0", "ISBN", "978-0"), ("arXiv:1.2", "number", "arXiv:1.2")):
        (entry,) = json.loads(Bibliography([replace(REPORT, identifier=identifier, seen=True)]).csl_json())
        assert (entry[field], entry["note"]) == (value, "inferred")


def test_names_are_told_as_the_register_has_them():
    """Suffixes, double names, bodies: none is guessed from a last word."""
    cited = {
        "heuer-1999-psychology": "Heuer 1999",
        "elmasri-phillips-2021-designation": "El Masri and Phillips 2021",
        "isw-2026-sdf-half": "ISW and CTP 2026",
        "pax-2024-algeria": "PA-X team",
        "buenodemesquita-2005-conciliation": "Bueno de Mesquita 2005",
        "abrahms-2018-reply": "Abrahms and others 2018",
        "ctc-2017-hts": "Al-Tamimi 2017",
        "ucdp-dyadic": "Davies and others 2025",
    }
    assert {key: evidence.source(key).short for key in cited} == cited
    assert (
        evidence.source("heuer-pherson-2014-structured").author
        == "Richards J. Heuer Jr.; Randolph H. Pherson"
    )
    assert evidence.source("jordan-2025-mb-ban").authors == (
        Name("Farrayeh", "Mazin", non_dropping_particle="al-"),
    )


def test_every_name_in_the_register_is_read_and_written_back():
    """Each cell is its names and nothing else, and no body has a given name."""
    cells = evidence.table("sources")["author"].dropna()
    assert len(cells) > 300
    for cell in cells:
        names = read_names(cell)
        parts = [
            ", ".join(f"{part.replace('_', '-')}={text}" for part, text in asdict(name).items() if text)
            for name in names
        ]
        assert "; ".join(parts) == cell
        assert all(bool(name.literal) != bool(name.family) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Baker",
        "Baker, Ada",
        "family=Baker, Ada",
        "given=Ada, family=Baker",
        "family=Baker; ",
        "family=Baker,given=Ada",
        "literal=The Mill, given=Ada",
        "family=",
    ],
)
def test_a_name_of_another_form_is_told(tmp_path, monkeypatch, text):
    """The sentence says which source it is and how names are written; the description refuses it too."""
    shutil.copytree(paths.CHECKOUT / "data", tmp_path / "data")
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    register = tmp_path / "data" / "tables" / "sources.csv"
    whole = register.read_text(encoding="utf-8")
    broken = whole.replace('"family=Cohen, given=Jacob"', f'"{text}"')
    assert broken != whole
    register.write_text(broken, encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        evidence.source("cohen-1960-kappa")
    assert str(caught.value) == (
        f"data/tables/sources.csv, source 'cohen-1960-kappa', column 'author': {text.split('; ')[-1]!r} "
        "is no name in the parts of CSL. Write a person as family=Heuer, given=Richards J., and behind that "
        "dropping-particle=, non-dropping-particle= and suffix= where the name has such parts, in this "
        "order; a body as literal=United Nations; and '; ' between several names."
    )
    author = next(field for field in dataset().schemas["sources"].fields if field.name == "author")
    assert not re.fullmatch(author.constraints.pattern, text)


def test_particles_suffixes_and_bodies_go_into_each_format():
    """In BibTeX by commas and braces, in CSL by their own fields."""
    names = read_names(
        "family=Humboldt, given=Alexander, dropping-particle=von; "
        "family=Gogh, given=Vincent, non-dropping-particle=van; "
        "family=Khalidi, given=Suleiman, non-dropping-particle=al-; "
        "family=Bueno de Mesquita, given=Ethan; family=El Masri; "
        "family=King, given=Martin Luther, suffix=Jr.; literal=Bread & Sons"
    )
    study = replace(STUDY, authors=names)
    assert study.author == (
        "Alexander von Humboldt; Vincent van Gogh; Suleiman al-Khalidi; Ethan Bueno de Mesquita; El Masri; "
        "Martin Luther King Jr.; Bread & Sons"
    )
    assert [name.short for name in names] == [
        *("Humboldt", "van Gogh", "al-Khalidi", "Bueno de Mesquita", "El Masri", "King", "Bread & Sons")
    ]
    entry = bibtexparser.parse_string(Bibliography([study]).bibtex()).entries[0]
    assert entry["author"] == (
        "von Humboldt, Alexander and van Gogh, Vincent and al-Khalidi, Suleiman and "
        r"{Bueno de Mesquita}, Ethan and {El Masri} and King, Jr., Martin Luther and {Bread \& Sons}"
    )
    assert json.loads(Bibliography([study]).csl_json())[0]["author"] == [
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
        {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
        {"family": "Khalidi", "given": "Suleiman", "non-dropping-particle": "al-"},
        {"family": "Bueno de Mesquita", "given": "Ethan"},
        {"family": "El Masri"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"literal": "Bread & Sons"},
    ]


def test_two_studies_of_one_name_and_year_have_letters():
    """By date, then key, wherever they are cited; the list says which letter is which."""
    assert (
        repr(evidence.cite("mei-2024-lister-551", "syriaweekly-2024-october")) == "Lister 2024a; Lister 2024b"
    )
    entry = evidence.source("syriaweekly-2024-october")
    assert "November 2024 (2024b)." in entry.full(entry.title)
    names = [source.short for source in evidence.sources().listed if source.by_authors and source.date]
    assert len(names) == len(set(names)) > 100


def test_what_is_hard_in_bibtex_is_written_so_that_it_stays():
    """Signs with a meaning, two signs that TeX would set as one, and no author to sort by."""
    odd = replace(STUDY, authors=(), title="a_b {c} ~1^2 \\ `` -- ?`", date="")
    entry = bibtexparser.parse_string(Bibliography([odd]).bibtex()).entries[0]
    assert entry.entry_type == "misc"
    assert entry["key"] == r"{Bread \& Science 3(1)}"
    assert entry["title"] == (
        r"{a\_b \{c\} \textasciitilde{}1\textasciicircum{}2 \textbackslash{} `{}` -{}- ?{}`}"
    )
    assert not {"author", "year", "month", "day"} & set(entry.fields_dict)
