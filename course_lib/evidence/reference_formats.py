"""Sources as reference managers take them: BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.evidence.names import Name
    from course_lib.evidence.references import Source

_BIBTEX = {"academic": "article", "book": "book"}
# https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
_CSL = {
    "academic": "article-journal",
    "book": "book",
    "dataset": "dataset",
    "government": "report",
    "ngo": "report",
    "primary": "document",
    "un": "report",
}
_ESCAPED = str.maketrans(
    {letter: f"\\{letter}" for letter in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_NUMBER = re.compile(r"\S*\d\S*")
# Two signs that TeX would set as one other: dashes and quotation marks.
_LIGATURES = re.compile("(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")


def bibtex(sources: Iterable[Source]) -> str:
    """Return sources as BibTeX.

    Parameters
    ----------
    sources : iterable of Source
        In the order in which they should stand.

    Returns
    -------
    str
        An entry per source.
    """
    return "\n".join(_bibtex_entry(source) for source in sources)


def csl_json(sources: Iterable[Source]) -> str:
    """Return sources as CSL-JSON.

    Parameters
    ----------
    sources : iterable of Source
        In the order in which they should stand.

    Returns
    -------
    str
        A JSON array with an object per source.
    """
    return json.dumps([_csl_entry(source) for source in sources], indent=1, ensure_ascii=False) + "\n"


def _bibtex_entry(source: Source) -> str:
    # An article or a book has an author: biber's model of data says so.
    kind = _BIBTEX.get(source.kind, "misc") if source.authors else "misc"
    year, month, day, *_ = [*source.date.split("-"), "", "", ""]
    fields = {
        "author": " and ".join(map(_bibtex_name, source.authors)),
        # What an entry is sorted by where nobody is its author.
        "key": "" if source.authors else f"{{{_bibtex_text(source.publisher)}}}",
        "title": f"{{{_bibtex_text(source.title)}}}",
        # A second pair of braces, since "Hill and Wang" would be two publishers.
        {"article": "journal", "book": "publisher"}.get(kind, "howpublished"): (
            f"{{{_bibtex_text(source.publisher)}}}"
        ),
        "year": year,
        "month": str(int(month)) if month else "",
        "day": str(int(day)) if day else "",
        "url": source.url,
        "note": _bibtex_text(_note(source.date_note, source.identifier, *source.unread)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{source.key},\n{lines}}}\n"


def _csl_entry(source: Source) -> dict[str, object]:
    in_container = source.kind in ("academic", "news", "wire", "state_media")
    entry: dict[str, object] = {
        "id": source.key,
        "type": _CSL.get(source.kind, "article-newspaper"),
        "title": source.title,
        "container-title" if in_container else "publisher": source.publisher,
    }
    if source.authors:
        entry["author"] = [_csl_name(name) for name in source.authors]
    if source.date:
        entry["issued"] = {"date-parts": [[int(part) for part in source.date.split("-")]]}
    if source.url:
        entry["URL"] = source.url
    isbn = source.identifier.removeprefix("ISBN ")
    told = ""
    if isbn != source.identifier:
        entry["ISBN"] = isbn
    elif _NUMBER.fullmatch(source.identifier):
        # Not in the note, where pandoc takes what begins as "arXiv:" does for a field and not for text.
        entry["number"] = source.identifier
    else:
        told = source.identifier
    if note := _note(source.date_note, told, *source.unread):
        entry["note"] = note
    return entry


def _note(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _bibtex_text(text: str) -> str:
    return _LIGATURES.sub("{}", text.translate(_ESCAPED))


def _bibtex_name(name: Name) -> str:
    """Return a name in the form that BibTeX takes apart by its commas, not by its words."""
    escaped = replace(name, **{part: _bibtex_text(text) for part, text in asdict(name).items()})
    # Braces keep in one piece what has no family name, and small words or blanks within one.
    if escaped.literal:
        return f"{{{escaped.literal}}}"
    family = escaped.family
    if any(word[0].islower() for word in family.split()) or (" " in family and not name.given):
        family = f"{{{family}}}"
    last = replace(escaped, family=family, given="", suffix="").full
    others = [escaped.suffix, escaped.given or "{}"] if name.suffix else [escaped.given]
    return ", ".join([last, *filter(None, others)])


def _csl_name(name: Name) -> dict[str, str]:
    return {part.replace("_", "-"): text for part, text in asdict(name).items() if text}
