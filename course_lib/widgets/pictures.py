"""Pictures in what a page is sent: written out, since a page could not find files beside a notebook."""

import html
from collections.abc import Mapping
from typing import TypeVar, cast

import msgspec
from markupsafe import Markup

from course_lib.html.markdown import render_markdown

_T = TypeVar("_T")


def addresses_in_html(pictures: Mapping[str, str]) -> dict[str, str]:
    """Return pictures by their addresses as HTML that was made of Markdown has them.

    Parameters
    ----------
    pictures : mapping of str to str
        By their addresses as Markdown has them.

    Returns
    -------
    dict of str to str
        From an attribute to the attribute in its place.
    """
    found = {}
    for address, written in pictures.items():
        shown = str(render_markdown(f"![a](<{address}>)", inline=True))
        _, begins, rest = shown.partition(' src="')
        if begins:
            found[f' src="{rest.partition(chr(34))[0]}"'] = f' src="{html.escape(written)}"'
    return found


def with_pictures(value: _T, sources: Mapping[str, str]) -> _T:
    """Return what a page is sent with its pictures written out.

    Parameters
    ----------
    value : object
        A struct of `page_types`, or what one holds.
    sources : mapping of str to str
        As `addresses_in_html` gives them.

    Returns
    -------
    object
        The same; other values as they are.
    """
    if not sources:
        return value
    return cast("_T", _replace(value, sources))


def _replace(value: object, sources: Mapping[str, str]) -> object:
    match value:
        case Markup() if "<img" in value:
            for source, written in sources.items():
                value = Markup(str(value).replace(source, written))  # noqa: S704 - in HTML that is clean
            return value
        case msgspec.Struct():
            fields = msgspec.structs.asdict(value)
            changed = {name: _replace(inner, sources) for name, inner in fields.items()}
            return msgspec.structs.replace(
                value, **{name: inner for name, inner in changed.items() if inner is not fields[name]}
            )
        case list():
            return [_replace(inner, sources) for inner in value]
        case dict():
            return {name: _replace(inner, sources) for name, inner in value.items()}
        case _:
            return value
