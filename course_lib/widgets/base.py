"""Widgets whose script, style and constants reach the page packed, at a quarter of their size.

The scripts are bundled from the modules beside this one and in `page/` by `tests/page/bundle.js` and
committed, so that the course runs without Node.js. That of the quiz is in parts, and a page gets those that
it needs.
"""

import functools
import json
import re
import threading
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias, cast

import anywidget
import msgspec
import traitlets
from IPython.display import display
from markupsafe import Markup

from course_lib import paths
from course_lib.files import FileState, file_state
from course_lib.languages import PluralRules
from course_lib.messages import MessageCatalogue, catalogue
from course_lib.widgets import page_types

# Each script and style sheet lies beside its widget, what several share in a folder, the bundles in another.
SOURCES = paths.PACKAGE / "widgets"
BUNDLES = SOURCES / "bundles"
_SHARED = "page"
# What never changes of a widget and is packed: a struct, or a list of them.
Constants: TypeAlias = msgspec.Struct | Sequence[msgspec.Struct] | None
# ipykernel hands a message of a page to the thread that last wrote to that page, so that two that follow each
# other can be in two threads at once.
_TURN = threading.RLock()


class Bundle(msgspec.Struct, frozen=True):
    """What is known of a bundle: which messages it says, and for an input the types of question it is for.

    A message that is chosen as the script runs stands in `says` as the beginning of its key, with its dot.
    """

    says: list[str]
    types: list[str] = []


def bundles() -> Mapping[str, Bundle]:
    """Return what is known of each bundle.

    Returns
    -------
    Mapping of str to Bundle
        By the name of its file.
    """
    path = BUNDLES / "bundles.json"
    return _read_bundles(path, file_state(path))


@functools.cache
def _read_bundles(path: Path, _state: FileState | None) -> Mapping[str, Bundle]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Bundle])


def input_bundles(types: Iterable[str]) -> list[str]:
    """Return the bundles with the inputs for some types of question.

    Parameters
    ----------
    types : iterable of str
        Types of question.

    Returns
    -------
    list of str
        The names of their files.

    Examples
    --------
    >>> input_bundles({"grid", "matrix"})
    ['inputs/table.js']
    """
    wanted = set(types)
    return [name for name, bundle in bundles().items() if not wanted.isdisjoint(bundle.types)]


def module(scripts: Iterable[str], section: str, styles: Iterable[str] = ()) -> str:
    """Return bundles as one module, behind their words and their style sheets.

    Parameters
    ----------
    scripts : iterable of str
        Names of bundles.
    section : str
        Of the message catalogue.
    styles : iterable of str, optional
        Style sheets, as paths from the folder of the widgets.

    Returns
    -------
    str
        JavaScript.

    Raises
    ------
    MessageError
        Where the catalogue has no such section.
    """
    return _module(catalogue(), list(scripts), section, styles)


def _module(words: MessageCatalogue, scripts: Sequence[str], section: str, styles: Iterable[str]) -> str:
    needed = page_types.Catalogue(
        language=words.language,
        # The catalogue has seen to it.
        direction=cast('Literal["ltr", "rtl"]', words.direction),
        lessons=words.lessons_in if words.lessons_in != words.language else None,
        plural=sent_rules(words.plural_rules),
        messages={key: text for key, text in words.under(section).items() if _says(scripts, key)},
    )
    constants = {"WORDS": page_types.encode(needed), "STYLES": [_style(name) for name in styles]}
    lines = [f"const {name}={_json(value)};" for name, value in constants.items()]
    return "\n".join([*lines, *map(_code, scripts)])


def sent_rules(rules: PluralRules) -> dict[str, list[list[page_types.PluralRelation]]]:
    """Return the rules that choose the form of a message as a page is sent them.

    Parameters
    ----------
    rules : dict of str to list of list of Relation
        As from `languages.plural_rules`.

    Returns
    -------
    dict of str to list of list of PluralRelation
        The same, form by form.
    """
    return {
        form: [
            [
                page_types.PluralRelation(
                    relation.operand,
                    [list(ends) for ends in relation.ranges],
                    relation.modulus,
                    relation.negated,
                )
                for relation in relations
            ]
            for relations in alternatives
        ]
        for form, alternatives in rules.items()
    }


def _code(name: str) -> str:
    """Return the text of a bundle without the line that says where it comes from."""
    return (BUNDLES / name).read_text(encoding="utf-8").partition("\n")[2]


def _style(name: str) -> str:
    """Return a style sheet without what only people need: blanks, and the nought before a point."""
    text = " ".join((SOURCES / name).read_text(encoding="utf-8").split())
    text = re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", text).replace(";}", "}")
    return re.sub(r"(?<![\w.])0(?=\.\d)", "", text)


def _says(scripts: Iterable[str], key: str) -> bool:
    """Return whether scripts say a message, or begin the name of one that they choose as they run."""
    keys = {key for script in scripts for key in bundles()[script].says}
    group, dot, _ = key.rpartition(".")
    return key in keys or group + dot in keys


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _packed_module(words: MessageCatalogue, scripts: Sequence[str], style: str, section: str) -> bytes:
    """Return a module that puts its style sheets into the page too, packed with zlib."""
    beside = [f"{_SHARED}/{script.removesuffix('.js')}.css" for script in scripts if "/" in script]
    styles = [style, *(name for name in beside if (SOURCES / name).is_file())]
    files = [BUNDLES / "bundles.json", *(BUNDLES / name for name in scripts)]
    states = tuple(map(file_state, [*files, *(SOURCES / name for name in styles)]))
    return _pack(words, scripts, tuple(styles), section, states)


@functools.cache
def _pack(
    words: MessageCatalogue,
    scripts: Sequence[str],
    styles: Sequence[str],
    section: str,
    _states: tuple[FileState | None, ...],
) -> bytes:
    return zlib.compress(_module(words, scripts, section, styles).encode(), 9)


class PackedWidget(anywidget.AnyWidget):
    """An anywidget whose scripts, style and constants go to the page packed.

    anywidget sends script and style as plain text with every widget, and JupyterLab saves them with the
    notebook. Here a short script unpacks them in the page, which every browser can do by itself. There is
    no layout model either: the style sheets lay out.

    Parameters
    ----------
    scripts : iterable of str
        Names of bundles, the first that of the widget, then its parts.
    style : str
        A style sheet, which those follow that lie beside a part.
    section : str
        Of the messages that the scripts say.
    constants : Struct or sequence of Struct, optional
        What else the page needs and never changes, of `page_types`.
    **traits : object
        Values of the widget's traits.
    """

    # All that reaches into what anywidget and ipywidgets do not promise to keep stands in this class, but for
    # `hear` in unpack.js. It is why pyproject.toml names the versions of anywidget that it was tried with.

    # The script that anywidget sends with every widget: here one that unpacks the others.
    _esm = _code("unpack.js")
    script = traitlets.Unicode().tag(sync=True)
    code = traitlets.Bytes().tag(sync=True)
    constants = traitlets.Bytes().tag(sync=True)
    # ipywidgets makes a second model for the layout of each widget, which no style of ours uses.
    layout = traitlets.Any(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        scripts: Iterable[str],
        style: str,
        section: str,
        constants: Constants = None,
        **traits: object,
    ) -> None:
        code = _packed_module(catalogue(), tuple(scripts), style, section)
        packed = zlib.compress(_json(page_types.encode(constants)).encode(), 9)
        super().__init__(code=code, script=f"{zlib.crc32(code):x}", constants=packed, **traits)

    def _handle_custom_msg(self, content: object, buffers: Sequence[object]) -> None:
        """Hear what a page sends, one message after the other."""
        # What is registered with `on_msg` is called by this, wherever it was registered.
        with _TURN:
            super()._handle_custom_msg(content, buffers)

    def display_with(self, still: Markup) -> None:
        """Show the widget, and where none can be shown, HTML that needs nothing.

        Parameters
        ----------
        still : Markup
            What the widget's style sheet hides once the widget is there.
        """
        # Two outputs: an exported page prefers a widget's view to anything beside it, even where nothing
        # can draw the view. anywidget gives a view with its metadata by IPython's own method, and only so;
        # without a view of its own it gives none, and what stands beside it is shown all the same.
        if (bundle := self._repr_mimebundle_()) is not None:
            data, metadata = bundle
            display(data, metadata=metadata, raw=True)
        display({"text/plain": repr(self), "text/html": str(still)}, raw=True)
