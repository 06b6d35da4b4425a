"""Sources as reference managers take them: BibTeX and CSL-JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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
_ESCAPED = str.maketrans({letter: f"\\{letter}" for letter in "&%$#_{}"} | {"\\": r"\textbackslash{}"})


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
    kind = _BIBTEX.get(source.kind, "misc")
    year, month, *_ = [*source.date.split("-"), "", ""]
    # Braces keep a name in one piece: an agency has no surname.
    names = [
        _bibtex_text(author) if source.personal else f"{{{_bibtex_text(author)}}}"
        for author in source.authors
    ]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{_bibtex_text(source.title)}}}",
        {"article": "journal", "book": "publisher"}.get(kind, "howpublished"): _bibtex_text(source.publisher),
        "year": year,
        "month": str(int(month)) if month else "",
        "url": source.url,
        "note": _bibtex_text(_note(source)),
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
        entry["author"] = [
            _csl_name(author, surname) if source.personal else {"literal": author}
            for author, surname in zip(source.authors, source.surnames, strict=True)
        ]
    if source.date:
        entry["issued"] = {"date-parts": [[int(part) for part in source.date.split("-")]]}
    if source.url:
        entry["URL"] = source.url
    if note := _note(source):
        entry["note"] = note
    return entry


def _note(source: Source) -> str:
    return " ".join(part for part in (source.date_note, source.identifier, *source.unread) if part)


def _bibtex_text(text: str) -> str:
    return text.translate(_ESCAPED)


def _csl_name(author: str, family: str) -> dict[str, str]:
    given = author.split(", ", 1)[1] if ", " in author else author.removesuffix(family).strip()
    return {"family": family, "given": given} if given else {"literal": author}
