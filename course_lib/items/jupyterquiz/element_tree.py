"""Foreign HTML, cleaned and parsed: a small tree of what is carried, and the names of what is not."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from course_lib.items.jupyterquiz.elements import (
    ATTRIBUTES,
    BLOCKS,
    CARRIED,
    SILENT,
    UNSEEN,
)

_TAG = re.compile(r"<([A-Za-z][^\s/<>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?""")
# They mean nothing without an attribute.
_WITHOUT_MEANING = frozenset({"span", "font"})
_VOID = frozenset({"br", "hr", "img"})
_HOLDERS = frozenset({"ul", "ol", "table", "thead", "tbody", "tr"})
# No question has as many elements in one another.
_DEEPEST = 12
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


def parse_foreign(source: str) -> Node:
    """Return HTML as a browser reads it, without what is not carried.

    Parameters
    ----------
    source : str
        HTML by whomever.

    Returns
    -------
    Node
        A ``div`` that holds it.
    """
    import nh3  # loaded when the first foreign text is read

    cleaned = nh3.clean(
        source,
        tags=set(CARRIED),
        clean_content_tags=set(UNSEEN),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    reader = _TreeReader()
    reader.feed(cleaned)
    reader.close()
    return reader.root


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
            names += [name for name in map(str.lower, _ATTRIBUTE.findall(found[2])) if name not in kept]
    if unfinished := _UNFINISHED.search(source):
        names.append(f"{unfinished[0]!r}, which begins a tag (write &lt; for the sign)")
    return list(dict.fromkeys(names))


class _TreeReader(HTMLParser):
    """Builds the tree of what the cleaner wrote, which is well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open = [self.root]
        # How many elements below the deepest level are open; of these the texts alone are read.
        self._flattened = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._place.children.append(node)
        elif len(self._open) < _DEEPEST:
            self._open[-1].children.append(node)
            self._open.append(node)
        else:
            self._flattened += 1

    def handle_endtag(self, tag: str) -> None:
        if self._flattened and tag not in _VOID:
            self._flattened -= 1
        elif len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._place.children.append(data)

    @property
    def _place(self) -> Node:
        """Where a text goes: below the deepest level not into a list or a table, which hold no text."""
        if not self._flattened:
            return self._open[-1]
        return next(node for node in reversed(self._open) if node.tag not in _HOLDERS)
