"""Read the register back with pandoc, biber, BibTeX and citeproc-py: nothing is lost.

Run by hand, and by nothing else: pandoc, biber and BibTeX are no packages of Python. Beside the register it
reads sources made of what is hard in either format. It prints how many each program has read and what it read
otherwise, and ends with 1 where that is anything.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

from citeproc.source.json import CiteProcJSON

from course_lib import evidence
from course_lib.evidence.names import Name
from course_lib.evidence.references import Bibliography, Source

BLTX = "{http://biblatex-biber.sourceforge.net/biblatexml}"
FIELDS = ("names", "date", "title", "outlet", "address", "note")
MACROS = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}
TITLES = [
    "Braces {inside}, one } open and one { too",
    "A \"quoted\" part, a 'quoted' part and ``TeX'' quotes",
    "Q&A: 50% of $5, item #1, a_b, ~100, x^2, C:\\new\\text",
    "Ranges 1–2, a — dash, two -- hyphens and three --- hyphens",
    "Война в Сирии: İstanbul, Ærø, Łódź",
    "الحرب في سوريا",
    "Is it? ¿Sí? ?`no?` !`si!",
    "1 < 2 > 0 and 2*3 and [brackets] @home | a/b; c = d",
    "A title that ends in a backslash \\",
    "\\emph{no} command and %no comment",
]
NAMES = [
    (Name("Humboldt", "Alexander", dropping_particle="von"),),
    (Name("Gogh", "Vincent", non_dropping_particle="van"),),
    (Name("Khalidi", "Suleiman", non_dropping_particle="al-"), Name("El Masri", "Mirna")),
    (Name("King", "Martin Luther", suffix="Jr."), Name("Bueno de Mesquita", "Bruce")),
    (Name("Leader Maynard", "Jonathan"), Name("Khaldun", non_dropping_particle="ibn")),
    (Name("Aubert", "Marie", non_dropping_particle="d'"), Name("O'Connor", "Tom")),
    (Name(literal="Ministry of Health, Labour and Welfare"), Name(literal="Bread & Sons {Ltd}")),
    (Name(literal="Reuters and others"), Name(literal="von Staff")),
    (Name("Жуков", "Юрий"), Name("الشاطري", "حسن")),
    (),
]
DATES = ["2024-02-29", "2024-02", "2024", "", "2024-12-01", "2024-01-31", "1999", "0999", "2024-10", ""]


def hard_sources():
    """Sources of what is hard: a title, names and a date each."""
    return [
        Source(
            f"hard-{number:02}",
            *(
                "Outlet & Co. {x} 100%",
                names,
                title,
                date,
                "",
                "https://example.org/a_b?c=%20&d=~e#f",
                "No. #1",
            ),
            *(("academic", "news", "book")[number % 3], True),
        )
        for number, (title, names, date) in enumerate(zip(TITLES, NAMES, DATES, strict=True))
    ]


def alike(text):
    """A text without what a program may set in its own way: forms of quotation marks, and blanks."""
    return " ".join(re.sub("[“”„\"‘’`']+", "'", unicodedata.normalize("NFC", text)).split())


def name_words(name):
    """What a name consists of, in order; a particle may be of either kind, and is none of the family name."""
    if "literal" in name:
        return alike(name["literal"])
    family = name.get("family", "")
    for part in ("non-dropping-particle", "dropping-particle"):
        if particle := name.get(part):
            family = f"{particle}{'' if particle[-1] in '-’' + chr(39) else '~'}{family}"
    return alike(" | ".join(filter(None, [family, name.get("given"), name.get("suffix")])))


def told(entry):
    """Names, date, title, outlet, address and note of an entry in CSL-JSON."""
    (date,) = entry.get("issued", {}).get("date-parts", [[]])
    outlet = entry.get("container-title") or entry.get("publisher", "")
    texts = map(alike, (entry["title"], outlet, entry.get("URL", "")))
    isbn = f"ISBN {entry['ISBN']}" if "ISBN" in entry else ""
    names = [name_words(name) for name in entry.get("author", [])]
    return names, date, *texts, note_words(entry.get("number", ""), isbn, entry.get("note", ""))


def note_words(*texts):
    """The words of a note in any order: in BibTeX the number of a source stands among them."""
    return sorted(alike(" ".join(texts)).split())


def by_pandoc(form, text, folder):
    """The entries as pandoc reads them from a format."""
    file = folder / f"{form}.txt"
    file.write_text(text, encoding="utf-8")
    done = run(["pandoc", str(file), "--from", form, "--to", "csljson"], folder)
    return {entry["id"]: told(entry) for entry in json.loads(done.stdout)}, done.stderr.splitlines()


def by_biber(text, folder):
    """The entries as biber reads them, and what it warns of."""
    (folder / "all.bib").write_text(text, encoding="utf-8")
    done = run(
        ["biber", "--tool", "--output-format=biblatexml", "--output-file=all.bltxml", "all.bib"], folder
    )
    root = ET.parse(folder / "all.bltxml").getroot()
    entries = {
        entry.get("id"): (
            [_biber_name(name) for name in entry.iterfind(f"{BLTX}names[@type='author']/{BLTX}name")],
            [int(part) for part in entry.findtext(f"{BLTX}date", "").split("-") if part],
            alike(untex(entry.findtext(f"{BLTX}title"))),
            alike(untex("; ".join(_biber_outlets(entry)))),
            entry.findtext(f"{BLTX}url", ""),
            note_words(untex(entry.findtext(f"{BLTX}note", ""))),
        )
        for entry in root.iterfind(f"{BLTX}entry")
    }
    return entries, [line for line in done.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]


def _biber_outlets(entry):
    for field in ("journaltitle", "howpublished", "publisher"):
        for found in entry.iterfind(f"{BLTX}{field}"):
            yield from (item.text for item in found.iter(f"{BLTX}item")) if len(found) else [found.text]


def _biber_name(name):
    parts = {
        part.get("type"): " ".join(word.strip() for word in part.itertext() if word.strip())
        for part in name.iterfind(f"{BLTX}namepart")
    }
    family = "~".join(filter(None, [parts.get("prefix"), parts.get("family")]))
    return alike(untex(" | ".join(filter(None, [family, parts.get("given"), parts.get("suffix")]))))


def untex(text):
    """A text as TeX would set it."""
    return re.sub(
        r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\([&%$#_{}])|[{}]",
        lambda found: MACROS.get(found[1]) or found[2] or "",
        text,
    )


def by_bibtex(text, folder):
    """How many entries BibTeX has set, and what it warns of."""
    (folder / "classic.bib").write_text(text, encoding="utf-8")
    (folder / "classic.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{classic}\n")
    done = run(["bibtex", "classic"], folder)
    count = (folder / "classic.bbl").read_text(encoding="utf-8", errors="replace").count("\\bibitem")
    # That an article has no year is a fact of the source.
    lines = [line for line in done.stdout.splitlines() if "arning" in line or "error" in line.lower()]
    return count, [line for line in lines if "empty year" not in line and not line.startswith("(There ")]


def by_citeproc(text):
    """The entries as citeproc-py reads them."""
    return {
        key: told(
            {field.replace("_", "-"): str(value) for field, value in entry.items()}
            | {"author": [dict(name) for name in entry.get("author", [])]}
            | {"issued": {"date-parts": [_citeproc_date(entry.get("issued", {}))]}}
        )
        for key, entry in CiteProcJSON(json.loads(text)).items()
    }


def _citeproc_date(date):
    return [date[part] for part in ("year", "month", "day") if part in date]


def run(words, folder):
    """Run a program in a folder."""
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def main():
    """Compare, and print."""
    if missing := [program for program in ("pandoc", "biber", "bibtex") if not shutil.which(program)]:
        sys.exit(f"Not found: {', '.join(missing)}. In Debian: apt-get install pandoc biber texlive-binaries")
    faults = 0
    for what, listed in (("register", evidence.sources()), ("hard sources", Bibliography(hard_sources()))):
        bibtex, csl = listed.bibtex(), listed.csl_json()
        wanted = {entry["id"]: told(entry) for entry in json.loads(csl)}
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            readings = {
                "pandoc, BibTeX": by_pandoc("bibtex", bibtex, folder),
                "pandoc, BibLaTeX": by_pandoc("biblatex", bibtex, folder),
                "pandoc, CSL-JSON": by_pandoc("csljson", csl, folder),
                "biber": by_biber(bibtex, folder),
                "citeproc-py": (by_citeproc(csl), []),
            }
            count, warnings = by_bibtex(bibtex, folder)
        for program, (entries, warned) in readings.items():
            lost = [
                f"{key}: {field} {own!r} was read as {other!r}"
                for key, each in wanted.items()
                for field, own, other in zip(FIELDS, each, entries.get(key, FIELDS), strict=True)
                if own != other
            ]
            print(f"{what}, {program}: {len(entries)} of {len(wanted)} read, {len(lost)} parts otherwise")
            for line in [*lost, *warned]:
                print(f"  {line}")
            faults += len(lost) + len(warned) + len(wanted) - len(entries)
        print(f"{what}, BibTeX: {count} of {len(wanted)} set, {len(warnings)} warnings")
        for line in warnings:
            print(f"  {line}")
        faults += len(warnings) + len(wanted) - count
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
