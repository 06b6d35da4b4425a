"""Sources as a reader meets them: named in a text, listed in full, or taken into a reference manager."""

import html
import json
from dataclasses import dataclass, replace

from course_lib.dates import long_date

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


@dataclass(frozen=True)
class Source:
    """One entry of the register of sources; empty text stands for what is not known."""

    key: str
    publisher: str
    author: str
    title: str
    date: str
    date_note: str
    url: str
    identifier: str
    kind: str
    seen: bool

    @property
    def dated(self):
        """The date in words, with what has to be said about it; empty where nothing is known."""
        note = f"({self.date_note})" if self.date and self.date_note else self.date_note
        return " ".join(part for part in (long_date(self.date), note) if part)

    @property
    def authors(self):
        """The authors as a list of names."""
        return self.author.split("; ") if self.author else []

    @property
    def personal(self):
        """Whether the authors are persons, so that their surnames can be told."""
        return self.kind in ("academic", "book") and bool(self.author)

    @property
    def short(self):
        """How the text names it: authors and year for a study, outlet and date for the rest."""
        if self.personal:
            surnames = [_surname(author) for author in self.authors]
            several = f"{surnames[0]} and others" if len(surnames) > 2 else " and ".join(surnames)
            return f"{several} {self.date[:4]}".strip()
        return ", ".join(part for part in (self.publisher, self.dated) if part)

    def full(self, title):
        """How a list names it: author, title, publisher, date, number, and whether it was read.

        Parameters: `title` the title as it is to be shown, since a page makes it a link.
        """
        parts = [self.author, title, self.publisher, self.dated, self.identifier]
        return " ".join(
            [*(part if part[-1] in ".?!" else f"{part}." for part in parts if part), *self.unread]
        )

    @property
    def unread(self):
        """A sentence in a list where the source was not read; an empty list where it was."""
        return [] if self.seen else ["Not read; cited from knowledge."]


@dataclass(frozen=True)
class Citations:
    """Short citations in a row."""

    cited: list

    def _repr_html_(self):
        return " · ".join(_link(one.url, one.short) for one in self.cited)

    def __repr__(self):
        return "; ".join(one.short for one in self.cited)


class Bibliography:
    """Full references as a list, each source once, sorted by author or publisher.

    Parameters: `sources` the `Source`s in any order.
    """

    def __init__(self, sources):
        self.listed = sorted(set(sources), key=_shelf)

    def _repr_html_(self):
        return "<ul>" + "".join(f"<li>{_reference(one)}</li>" for one in self.listed) + "</ul>"

    def __repr__(self):
        return "\n".join(f"- {one.full(one.title)} {one.url}".rstrip() for one in self.listed)

    def bibtex(self):
        """Return the list as BibTeX, for LaTeX and reference managers."""
        return "\n".join(_bibtex(one) for one in self.listed)

    def csl_json(self):
        """Return the list as CSL-JSON, for Zotero and Pandoc."""
        return json.dumps([_csl(one) for one in self.listed], indent=1, ensure_ascii=False) + "\n"


def _bibtex(one):
    kind = _BIBTEX.get(one.kind, "misc")
    year, month, *_ = [*one.date.split("-"), "", ""]
    # Braces keep a name in one piece: an agency has no surname.
    names = [_plain(author) if one.personal else f"{{{_plain(author)}}}" for author in one.authors]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{_plain(one.title)}}}",
        {"article": "journal", "book": "publisher"}.get(kind, "howpublished"): _plain(one.publisher),
        "year": year,
        "month": str(int(month)) if month else "",
        "url": one.url,
        "note": _plain(_note(one)),
    }
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{one.key},\n{told}}}\n"


def _csl(one):
    entry = {
        "id": one.key,
        "type": _CSL.get(one.kind, "article-newspaper"),
        "title": one.title,
        "container-title"
        if one.kind in ("academic", "news", "wire", "state_media")
        else "publisher": one.publisher,
    }
    if one.authors:
        entry["author"] = [_name(author) if one.personal else {"literal": author} for author in one.authors]
    if one.date:
        entry["issued"] = {"date-parts": [[int(part) for part in one.date.split("-")]]}
    if one.url:
        entry["URL"] = one.url
    if _note(one):
        entry["note"] = _note(one)
    return entry


def _note(one):
    return " ".join(part for part in (one.date_note, one.identifier, *one.unread) if part)


def _plain(text):
    return text.translate(_ESCAPED)


def _name(author):
    family = _surname(author)
    given = author.split(", ", 1)[1] if ", " in author else author.removesuffix(family).strip()
    return {"family": family, "given": given} if given else {"literal": author}


def _surname(author):
    return author.split(", ")[0] if ", " in author else author.split()[-1]


def _link(url, text):
    shown = html.escape(text)
    # Underlined, since colour alone would not tell a link from the words around it.
    style = 'style="text-decoration:underline"'
    return (
        f'<a href="{html.escape(url)}" target="_blank" rel="noopener" {style}>{shown}</a>' if url else shown
    )


def _reference(one):
    # The title is escaped on its own, since it becomes a link inside the escaped rest.
    author, publisher = html.escape(one.author), html.escape(one.publisher)
    shown = replace(one, author=author, publisher=publisher, identifier=html.escape(one.identifier))
    return shown.full(_link(one.url, one.title))


def _shelf(one):
    first = _surname(one.authors[0]) if one.personal else one.author or one.publisher
    return first.lower(), one.date, one.key
