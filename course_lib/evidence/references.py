"""Sources as a reader meets them: named in a text, listed in full, or taken into a reference manager."""

import html
import json
from dataclasses import dataclass

from course_lib.dates import long_date
from course_lib.markup import language_attributes, lesson_text, mirror_style
from course_lib.messages import isolate, say

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
        return self._dated(isolate)

    def _dated(self, mark):
        note = self.date_note and mark(self.date_note)
        note = f"({note})" if self.date and note else note
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
        return self.named(isolate)

    def named(self, mark):
        """Return `short` with what is in the language of the lessons marked by a function."""
        if self.personal:
            first, *others = (mark(_surname(author)) for author in self.authors)
            if len(others) == 1:
                first = say("sources.pair", first=first, second=others[0])
            elif others:
                first = say("sources.and_others", first=first)
            return f"{first} {self.date[:4]}".strip()
        outlet = self.publisher and mark(self.publisher)
        return ", ".join(part for part in (outlet, self._dated(mark)) if part)

    def full(self, title, mark=isolate):
        """How a list names it: author, title, publisher, date, number, and whether it was read.

        Parameters: `title` the title as it is to be shown, since a page makes it a link; `mark` a function
        that marks what else is in the language of the lessons.
        """
        dated = self._dated(mark)
        parts = [
            (self.author, mark(self.author)),
            (title, title),
            (self.publisher, mark(self.publisher)),
            (dated, dated),
            (self.identifier, mark(self.identifier)),
        ]
        return " ".join([*(_ended(part, shown) for part, shown in parts if part), *self.unread])

    @property
    def unread(self):
        """A sentence in a list where the source was not read; an empty list where it was."""
        return [] if self.seen else [say("sources.not_read")]


@dataclass(frozen=True)
class Citations:
    """Short citations in a row."""

    cited: list

    def _repr_html_(self):
        links = " · ".join(_link(one.url, one.named(lesson_text)) for one in self.cited)
        return f"<span {language_attributes()}>{links}</span>"

    def __repr__(self):
        return "; ".join(one.short for one in self.cited)


class Bibliography:
    """Full references as a list, each source once, sorted by author or publisher.

    Parameters: `sources` the `Source`s in any order.
    """

    def __init__(self, sources):
        self.listed = sorted(set(sources), key=_shelf)

    def _repr_html_(self):
        listed = "".join(f"<li>{_reference(one)}</li>" for one in self.listed)
        return f"{mirror_style()}<ul {language_attributes()}>{listed}</ul>"

    def __repr__(self):
        return "\n".join(f"- {one.full(isolate(one.title))} {one.url}".rstrip() for one in self.listed)

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


def _ended(part, shown):
    # What isolates a text is no sign of its own.
    return shown if part.rstrip("\u2069")[-1] in ".?!" else f"{shown}."


def _link(url, shown):
    # Underlined, since colour alone would not tell a link from the words around it.
    style = 'style="text-decoration:underline"'
    return (
        f'<a href="{html.escape(url)}" target="_blank" rel="noopener" {style}>{shown}</a>' if url else shown
    )


def _reference(one):
    return one.full(_link(one.url, lesson_text(one.title)), lesson_text)


def _shelf(one):
    first = _surname(one.authors[0]) if one.personal else one.author or one.publisher
    return first.lower(), one.date, one.key
