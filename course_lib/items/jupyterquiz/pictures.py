"""Pictures of a foreign file: those that stand in it themselves, and the addresses of the others."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from course_lib.items.markdown_texts import markdown_texts
from course_lib.items.types import Item

# What a page shows as a picture, whatever else it would be elsewhere.
_WRITTEN_OUT = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp|svg\+xml)(?:;[\w=-]+)*;base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE
)
_SHOWN = re.compile(r"!\[(?:[^\[\]\\]|\\.)*\]\((?:<([^<>]*)>|([^()<>\s]+))")


def set_pictures_aside(value: Any, pictures: dict[str, str]) -> Any:
    """Return what a file holds with a short address for each picture that is written out in it.

    Parameters
    ----------
    value : object
        Texts, lists and tables.
    pictures : dict of str to str
        Takes by its address what was written out.

    Returns
    -------
    object
        The same, of texts that can be kept and compared.

    Examples
    --------
    >>> found = {}
    >>> set_pictures_aside(["<img src='data:image/png;base64,AAAA'>"], found), list(found.values())
    (["<img src='#picture-bde6da8e'>"], ['data:image/png;base64,AAAA'])
    """
    match value:
        case str():
            return _WRITTEN_OUT.sub(lambda found: _name(found[0], pictures), value)
        case dict():
            return {name: set_pictures_aside(inner, pictures) for name, inner in value.items()}
        case list():
            return [set_pictures_aside(inner, pictures) for inner in value]
        case _:
            return value


def _name(source: str, pictures: dict[str, str]) -> str:
    written = "".join(source.split())
    name = f"#picture-{hashlib.sha256(written.encode()).hexdigest()[:8]}"
    pictures[name] = written
    return name


def picture_addresses(items: Iterable[Item]) -> dict[str, list[str]]:
    """Return the addresses of the pictures that questions show.

    Parameters
    ----------
    items : iterable of Item
        The questions.

    Returns
    -------
    dict of str to list of str
        By address the ids of the questions, in their order.
    """
    found: dict[str, list[str]] = {}
    for item in items:
        for text in markdown_texts(item):
            for pointed, bare in _SHOWN.findall(text.text):
                address = pointed or bare
                ids = found.setdefault(address, [])
                ids += [item.id] if item.id not in ids else []
    return found
