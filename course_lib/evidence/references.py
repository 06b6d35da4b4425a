"""Sources as a reader meets them: named in a text, listed in full, or taken into a reference manager."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from markupsafe import Markup

from course_lib.dates import long_date
from course_lib.evidence import reference_formats
from course_lib.evidence.names import Name
from course_lib.evidence.wording import HTML, TEXT, T, Wording
from course_lib.markup import language_attributes, lesson_text, mirror_style
from course_lib.messages import isolate

# From so many authors on the first alone is named.
_AND_OTHERS = 3


@dataclass(frozen=True)
class Source:
    """One entry of the register of sources; empty text stands for what is not known.

    Attributes
    ----------
    key : str
        Its name in the course.
    publisher : str
        As the source gives it.
    authors : tuple of Name
        As the source gives them, in its order.
    title : str
        As the source gives it.
    date : str
        An ISO day, month or year.
    date_note : str
        What has to be said about the date.
    url, identifier : str
        Where it is found, and a number of its publisher's.
    kind : str
        Such as ``academic`` or ``news``.
    seen : bool
        Whether it was read for the course.
    letter : str
        What tells it from other studies of the same short name and year: ``a``, ``b``.
    """

    key: str
    publisher: str
    authors: tuple[Name, ...]
    title: str
    date: str
    date_note: str
    url: str
    identifier: str
    kind: str
    seen: bool
    letter: str = ""

    @property
    def dated(self) -> str:
        """The date in words, with what has to be said about it; empty where nothing is known."""
        return self._date_in_words(TEXT)

    def _date_in_words(self, wording: Wording[T]) -> T:
        parts = [wording.plain(long_date(self.date))] if self.date else []
        if self.date_note:
            note = wording.lesson(self.date_note)
            if self.date:
                note = wording.join("", [wording.plain("("), note, wording.plain(")")])
            parts.append(note)
        return wording.join(" ", parts)

    @property
    def author(self) -> str:
        """The authors as a list names them."""
        return "; ".join(name.full for name in self.authors)

    @property
    def by_authors(self) -> bool:
        """Whether a text names it by its authors and not by its outlet."""
        return self.kind in ("academic", "book") and bool(self.authors)

    @property
    def short(self) -> str:
        """How the text names it: authors and year for a study, outlet and date for the rest."""
        return self._short(TEXT)

    def html_link(self) -> Markup:
        """Return the short name as a link to the source.

        Returns
        -------
        Markup
            The name alone where the source has no address.
        """
        return _link(self.url, self._short(HTML))

    def _short(self, wording: Wording[T]) -> T:
        if self.by_authors:
            first, *others = (wording.lesson(name.short) for name in self.authors)
            if len(others) == 1:
                first = wording.say("sources.pair", first=first, second=others[0])
            elif others:
                first = wording.say("sources.and_others", first=first)
            # The letter is one of the course's alphabet, whatever the language around it.
            year = wording.lesson if self.letter else wording.plain
            return wording.join(" ", [first, year(self.date[:4] + self.letter)] if self.date else [first])
        outlet = [wording.lesson(self.publisher)] if self.publisher else []
        when = self._date_in_words(wording)
        return wording.join(", ", [*outlet, when] if when else outlet)

    def full(self, title: str) -> str:
        """Return how a list names it: author, title, publisher, date, number, and whether it was read.

        Parameters
        ----------
        title : str
            The title as it is to be shown.

        Returns
        -------
        str
            Plain text, a sentence each.
        """
        return self._full(title, TEXT)

    def html_reference(self) -> Markup:
        """Return how a list names it, its title a link.

        Returns
        -------
        Markup
            The same as `full`.
        """
        return self._full(_link(self.url, lesson_text(self.title)), HTML)

    def _full(self, title: T, wording: Wording[T]) -> T:
        when = self._date_in_words(wording)
        if self.letter:
            when = wording.join(" ", [when, wording.lesson(f"({self.date[:4]}{self.letter})")])
        parts: list[tuple[str, T]] = [
            (self.author, wording.lesson(self.author)),
            (title, title),
            (self.publisher, wording.lesson(self.publisher)),
            (when, when),
            (self.identifier, wording.lesson(self.identifier)),
        ]
        sentences = [_sentence(part, text, wording) for part, text in parts if part]
        return wording.join(" ", [*sentences, *self._unread(wording)])

    @property
    def unread(self) -> list[str]:
        """A sentence in a list where the source was not read; an empty list where it was."""
        return self._unread(TEXT)

    def _unread(self, wording: Wording[T]) -> list[T]:
        return [] if self.seen else [wording.say("sources.not_read")]


@dataclass(frozen=True)
class Citations:
    """Short citations in a row.

    Attributes
    ----------
    cited : sequence of Source
        In the order in which they should stand.
    """

    cited: Sequence[Source]

    def _repr_html_(self) -> str:
        return self.html()

    def html(self) -> Markup:
        """Return the citations with links.

        Returns
        -------
        Markup
            A part of a line.
        """
        links = Markup(" · ").join(source.html_link() for source in self.cited)
        return Markup("<span {}>{}</span>").format(language_attributes(), links)

    def __repr__(self) -> str:
        return "; ".join(source.short for source in self.cited)


class Bibliography:
    """Full references as a list, each source once, sorted by author or publisher.

    Parameters
    ----------
    sources : iterable of Source
        In any order.

    Attributes
    ----------
    listed : list of Source
        As they stand in the list.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self.listed = sorted(set(sources), key=_sort_key)

    def _repr_html_(self) -> str:
        return self.html()

    def html(self) -> Markup:
        """Return the list with links.

        Returns
        -------
        Markup
            A list element, with the style it needs before it.
        """
        entries = Markup("").join(
            Markup("<li>{}</li>").format(source.html_reference()) for source in self.listed
        )
        return Markup("{}<ul {}>{}</ul>").format(mirror_style(), language_attributes(), entries)

    def __repr__(self) -> str:
        return "\n".join(
            f"- {source.full(isolate(source.title))} {source.url}".rstrip() for source in self.listed
        )

    def bibtex(self) -> str:
        """Return the list as BibTeX, for LaTeX and reference managers.

        Returns
        -------
        str
            An entry per source.
        """
        return reference_formats.bibtex(self.listed)

    def csl_json(self) -> str:
        """Return the list as CSL-JSON, for Zotero and Pandoc.

        Returns
        -------
        str
            A JSON array with an object per source.
        """
        return reference_formats.csl_json(self.listed)


def with_letters(sources: Iterable[Source]) -> list[Source]:
    """Return sources with a letter where two studies have one short name and year.

    Parameters
    ----------
    sources : iterable of Source
        The whole register, so that a study has its letter wherever it is cited.

    Returns
    -------
    list of Source
        In the same order; the letters follow date and key.
    """
    listed = list(sources)
    alike = defaultdict(list)
    for source in listed:
        if source.by_authors and source.date:
            names = [name.short for name in source.authors]
            alike[source.date[:4], *(names if len(names) < _AND_OTHERS else [names[0], ""])].append(source)
    letters = {
        source.key: letter
        for group in alike.values()
        if len(group) > 1
        for letter, source in zip(
            ascii_lowercase, sorted(group, key=lambda source: (source.date, source.key)), strict=False
        )
    }
    return [replace(source, letter=letters.get(source.key, "")) for source in listed]


def _sentence(part: str, text: T, wording: Wording[T]) -> T:
    """Return a part as it is shown, with a full stop where the part does not end in a sign of its own."""
    # What isolates a text is no sign of its own.
    ended = part.rstrip("\u2069")[-1] in ".?!"
    return text if ended else wording.join("", [text, wording.plain(".")])


def _link(url: str, text: Markup) -> Markup:
    if not url:
        return text
    # Underlined, since colour alone would not tell a link from the words around it.
    return Markup(
        '<a href="{}" target="_blank" rel="noopener" style="text-decoration:underline">{}</a>'
    ).format(url, text)


def _sort_key(source: Source) -> tuple[str, str, str]:
    first = source.authors[0].sorted_by if source.authors else source.publisher
    return first.lower(), source.date, source.key
