"""Widgets whose script, style and constants reach the page packed, at a quarter of their size.

The scripts are bundled from the modules in `course_lib/widgets/page` by `tests/page/bundle.js` and committed,
so that the course runs without Node.js. That of the quiz is in parts, and a page gets those that it needs.
"""

import functools
import json
import re
import threading
import zlib

import anywidget
import traitlets
from IPython.display import display

from course_lib import paths
from course_lib.messages import catalogue
from course_lib.widgets import page_types

# Where the bundles lie, and beside them what is known of each; and the style sheets, beside their sources.
BUNDLES = paths.PACKAGE / "widgets" / "bundles"
STYLES = paths.PACKAGE / "widgets" / "page"
# ipykernel hands a message of a page to the thread that last wrote to that page, so that two that follow each
# other can be in two threads at once.
_TURN = threading.RLock()


@functools.cache
def known():
    """Return what is known of each bundle by the name of its file: `says`, and for an input its `types`.

    What it says are keys of the words, or beginnings of such keys, which end with a dot.
    """
    return json.loads((BUNDLES / "bundles.json").read_text(encoding="utf-8"))


def inputs(types):
    """Return the names of the bundles with the inputs for these types of question."""
    return [name for name, told in known().items() if not set(types).isdisjoint(told.get("types", ()))]


def _bundle(name):
    """Return the text of a bundle without the line that says where it comes from."""
    return (BUNDLES / name).read_text(encoding="utf-8").partition("\n")[2]


def _style(name):
    text = " ".join((STYLES / name).read_text(encoding="utf-8").split())
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", text).replace(";}", "}")


def module(scripts, section, styles=()):
    """Return bundles as one module, behind their words and their style sheets.

    Parameters: `scripts` names of bundles; `section` of `lessons/words.toml`; `styles` names of style sheets.
    """
    whole = catalogue()
    needed = page_types.Catalogue(
        language=whole.language,
        direction=whole.direction,
        lessons=whole.lessons_in if whole.lessons_in != whole.language else None,
        messages={key: text for key, text in whole.under(section).items() if _says(scripts, key)},
    )
    held = {"WORDS": page_types.sent(needed), "STYLES": [_style(name) for name in styles]}
    lines = [f"const {name}={_json(value)};" for name, value in held.items()]
    return "\n".join([*lines, *map(_bundle, scripts)])


def _says(scripts, key):
    """Return whether scripts say a message, or begin the name of one that they choose as they run."""
    said = {one for script in scripts for one in known()[script]["says"]}
    group, dot, _ = key.rpartition(".")
    return key in said or group + dot in said


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@functools.cache
def _packed(scripts, style, section):
    """Return a module that puts its style sheets into the page too, packed with zlib."""
    beside = [f"{script.removesuffix('.js')}.css" for script in scripts if "/" in script]
    styles = [style, *(name for name in beside if (STYLES / name).is_file())]
    return zlib.compress(module(scripts, section, styles).encode(), 9)


class PackedWidget(anywidget.AnyWidget):
    """An anywidget whose scripts, style and constants go to the page packed.

    anywidget sends script and style as plain text with every widget, and JupyterLab saves them with the
    notebook. Here a short script unpacks them in the page, which every browser can do by itself. There is
    no layout model either: the style sheets lay out.

    Parameters: `scripts` names of bundles, the first that of the widget, then its parts; `style` the name of
    a style sheet, which those follow that lie beside a part; `section` of the words that the scripts say;
    `constants` what else the page needs and never changes: a struct of `page_types`, or a list of them.
    """

    # All that reaches into what anywidget and ipywidgets do not promise to keep stands in this class, but for
    # `hear` in unpack.js. It is why pyproject.toml names the versions of anywidget that it was tried with.

    # The script that anywidget sends with every widget: here one that unpacks the others.
    _esm = _bundle("unpack.js")
    script = traitlets.Unicode().tag(sync=True)
    code = traitlets.Bytes().tag(sync=True)
    constants = traitlets.Bytes().tag(sync=True)
    # ipywidgets makes a second model for the layout of each widget, which no style of ours uses.
    layout = traitlets.Any(None, allow_none=True).tag(sync=True)

    def __init__(self, scripts, style, section, constants=None, **traits):
        code = _packed(tuple(scripts), style, section)
        told = zlib.compress(_json(page_types.sent(constants)).encode(), 9)
        super().__init__(code=code, script=f"{zlib.crc32(code):x}", constants=told, **traits)

    def _handle_custom_msg(self, content, buffers):
        """Hear what a page sends, one message after the other."""
        # What is registered with `on_msg` is called by this, wherever it was registered.
        with _TURN:
            super()._handle_custom_msg(content, buffers)

    def display_with(self, still):
        """Show the widget, and where none can be shown, HTML that needs nothing.

        Parameters: `still` the HTML, which the widget's style sheet hides once the widget is there.
        """
        # Two outputs: an exported page prefers a widget's view to anything beside it, even where nothing
        # can draw the view. anywidget gives a view with its metadata by IPython's own method, and only so;
        # without a view of its own it gives none, and what stands beside it is shown all the same.
        if (bundle := self._repr_mimebundle_()) is not None:
            data, metadata = bundle
            display(data, metadata=metadata, raw=True)
        display({"text/plain": repr(self), "text/html": still}, raw=True)
