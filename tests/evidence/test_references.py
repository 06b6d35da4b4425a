"""Sources named in a text, listed in full, and read back by other people's programs."""

import json
from dataclasses import replace

import bibtexparser
import pseudo
from citeproc.source.json import CiteProcJSON

from course_lib import evidence, markup
from course_lib.evidence.references import Bibliography, Citations, Source

STUDY = Source(
    key="baker-2020-crust",
    publisher="Bread & Science 3(1)",
    author="Ada Baker; Miller, Ben; Ky Oven",
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
    author="Mill Agency",
    title="Flour_prices rise",
    date="2021-03-04",
    date_note="inferred",
    url="",
    identifier="No. 7",
    kind="wire",
    seen=False,
)


def test_a_study_is_named_by_its_authors_and_a_report_by_its_outlet():
    """Surnames are told however the name is written."""
    assert STUDY.short == "Baker and others 2020"
    assert replace(STUDY, author="Ada Baker; Miller, Ben").short == "Baker and Miller 2020"
    assert REPORT.short == "The Mill, 4 March 2021 (inferred)"


def test_a_list_has_one_style():
    """Author, title, outlet, date, number; what was not read says so; each source stands once."""
    listed = Bibliography([REPORT, STUDY, REPORT])
    assert repr(listed) == (
        "- Ada Baker; Miller, Ben; Ky Oven. Crust: 50% of the <taste>? Bread & Science 3(1). May 2020. "
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
        "- \u2068Ada Baker; Miller, Ben; Ky Oven\u2069. \u2068Crust: 50% of the <taste>?\u2069 "
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
    assert entry["journal"] == r"Bread \& Science 3(1)"
    assert entry["author"] == "Ada Baker and Miller, Ben and Ky Oven"
    assert (entry["year"], entry["month"]) == ("2020", "5")
    report = bibtexparser.parse_string(Bibliography([REPORT]).bibtex()).entries[0]
    assert report["author"] == "{Mill Agency}"
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
    assert json.loads(Bibliography([REPORT]).csl_json())[0]["author"] == [{"literal": "Mill Agency"}]
