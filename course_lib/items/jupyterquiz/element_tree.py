"""Foreign HTML, cleaned and parsed: a small tree of what is carried, and the names of what is not."""

import html
import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from course_lib.items.jupyterquiz.elements import (
    AROUND_TEXT,
    ATTRIBUTES,
    BLOCKS,
    CARRIED,
    HTML_TAGS,
    SILENT,
    UNSEEN,
    VOID,
)
from course_lib.items.markdown_texts import LINK_SCHEMES

_TAG = re.compile(r"<([A-Za-z][^\s/<>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
# The cleaner would take names from SVG and MathML, such as <int>, for these and drop what follows.
_NAMED = re.compile(r"</?([A-Za-z][^\s/>]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]*)))?""")
# They mean nothing without an attribute.
_WITHOUT_MEANING = frozenset({"span", "font"})
_HOLDERS = frozenset({"ul", "ol", "table", "thead", "tbody", "tr"})
# No question has as many elements in one another.
_DEEPEST = 12
# What an element says of being seen; without a name for it a browser goes by its kind.
_SEEN = ("hidden", "style", "open")
_NOT_SEEN = {"display": ("none",), "visibility": ("hidden", "collapse")}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Begun and never closed: a browser takes all that follows for a part of the tag.
_UNFINISHED = re.compile(r"<[A-Za-z][^<>]*\Z")


@dataclass
class Node:
    """An element: its tag, its attributes, and texts and elements in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    @cached_property
    def is_block(self) -> bool:
        """Whether it begins a line of its own, or something in it does."""
        return self.tag in BLOCKS or any(
            isinstance(child, Node) and child.is_block for child in self.children
        )

    def find_all(self, *tags: str) -> "list[Node]":
        """Return the elements of some tags in it, without those that stand in such an element.

        Parameters
        ----------
        *tags : str
            Their names.

        Returns
        -------
        list of Node
            In order.
        """
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child] if child.tag in tags else child.find_all(*tags)
        return found

    def text(self) -> str:
        """Return its text as it stands between the tags.

        Returns
        -------
        str
            A break is a line feed.
        """
        parts = (
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.text()
            for child in self.children
        )
        return "".join(parts)


def parse_foreign(source: str) -> tuple[Node, list[str]]:
    """Return HTML as a browser reads it, without what is not carried or not shown.

    Parameters
    ----------
    source : str
        HTML by whomever.

    Returns
    -------
    Node
        A ``div`` that holds it.
    list of str
        What of it is hidden, to be told.
    """
    import nh3  # loaded when the first foreign text is read

    known = _NAMED.sub(lambda found: found[0] if found[1].lower() in HTML_TAGS else "", source)
    cleaned = nh3.clean(
        known,
        tags=set(CARRIED | AROUND_TEXT),
        clean_content_tags=set(UNSEEN),
        attributes={"*": set(_SEEN)} | {tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(LINK_SCHEMES),
        link_rel=None,
    )
    reader = _TreeReader()
    reader.feed(cleaned)
    reader.close()
    return reader.root, reader.hidden


def is_hidden(tag: str, attributes: dict[str, str]) -> bool:
    """Tell whether a browser shows nothing of an element.

    Parameters
    ----------
    tag : str
        Its name.
    attributes : dict of str to str
        As it has them.

    Returns
    -------
    bool
        By its attribute ``hidden`` or its style; a dialogue that is not open is not shown either.

    Examples
    --------
    >>> is_hidden("span", {"style": "color: red; DISPLAY: none !important"}), is_hidden("p", {"hidden": ""})
    (True, True)
    >>> is_hidden("span", {"style": "display: none; display: inline"})
    False
    """
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes) or tag == "rp":
        return True
    style = {}
    for declaration in attributes.get("style", "").lower().split(";"):
        name, _, value = declaration.partition(":")
        style[name.strip()] = value.removesuffix("!important").strip().removesuffix("!").strip()
    return any(style.get(name) in values for name, values in _NOT_SEEN.items())


def scheme_of(address: str) -> str:
    """Return the kind of an address.

    Parameters
    ----------
    address : str
        As it stands in a link or image.

    Returns
    -------
    str
        In small letters, without its colon; empty for one that leads on from the page.

    Examples
    --------
    >>> scheme_of("MailTo:a@example.org"), scheme_of("img/a.png"), scheme_of("#top"), scheme_of("a?b:c")
    ('mailto', '', '', '')
    """
    # As a browser reads it: blanks at the edges and breaks within mean nothing.
    found = _SCHEME.match(re.sub(r"[\t\n\r]|^[\x00-\x20]+", "", address))
    return found[1].lower() if found else ""


def left_out_of(source: str) -> list[str]:
    """Name what HTML holds that is not carried.

    Parameters
    ----------
    source : str
        HTML by whomever.

    Returns
    -------
    list of str
        Each once, in order: tags as ``<iframe>``, attributes as ``style``.

    Examples
    --------
    >>> left_out_of("<b class='k'>bold</b> <iframe src='x'></iframe> <br class='k'>")
    ['class', '<iframe>']
    """
    names: list[str] = []
    for found in _TAG.finditer(source):
        tag = found[1].lower()
        # What coloured a piece of text is named by what it did.
        if tag not in CARRIED and tag not in _WITHOUT_MEANING:
            names.append(f"<{tag}>")
        if tag in CARRIED or tag in _WITHOUT_MEANING:
            kept = ATTRIBUTES.get(tag, set()) | SILENT
            attributes = _attributes(found[2])
            # What is hidden is told where it is left out.
            kept |= {"hidden", "style"} if is_hidden(tag, attributes) else {"hidden"}
            names += [name for name in attributes if name not in kept]
            if tag == "a" and (scheme := scheme_of(attributes.get("href", ""))) not in {"", *LINK_SCHEMES}:
                names.append(f"the address of a link, since it is one of '{scheme}:'")
    if unfinished := _UNFINISHED.search(source):
        names.append(f"{unfinished[0]!r}, which begins a tag (write &lt; for the sign)")
    return list(dict.fromkeys(names))


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(text)
    }


class _TreeReader(HTMLParser):
    """Builds the tree of what the cleaner wrote, which is well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self.hidden: list[str] = []
        self._open = [self.root]
        # How many elements below the deepest level are open; of these the texts alone are read.
        self._flattened = 0
        # The tags that are open in an element that is hidden, itself among them.
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self._unseen or is_hidden(tag, attributes):
            self._hide(tag)
            return
        if tag not in CARRIED:
            return
        node = Node(tag, {name: value for name, value in attributes.items() if name not in _SEEN})
        if tag in VOID:
            self._place.children.append(node)
        elif len(self._open) < _DEEPEST:
            self._open[-1].children.append(node)
            self._open.append(node)
        else:
            self._flattened += 1

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
        elif tag not in CARRIED:
            return
        elif self._flattened and tag not in VOID:
            self._flattened -= 1
        elif len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._place.children.append(data)

    def _hide(self, tag: str) -> None:
        if not self._unseen and tag != "rp":
            self.hidden.append(f"what is in a hidden <{tag}>")
        if tag not in VOID:
            self._unseen.append(tag)

    @property
    def _place(self) -> Node:
        """Where a text goes: below the deepest level not into a list or a table, which hold no text."""
        if not self._flattened:
            return self._open[-1]
        return next(node for node in reversed(self._open) if node.tag not in _HOLDERS)
