"""Widgets whose script and style reach the page packed, once for each display, at a third of their size."""

import json
import zlib

import anywidget
import traitlets

from course_lib import paths


class PackedWidget(anywidget.AnyWidget):
    """An anywidget that keeps its script and its style in `code`, packed by `packed`.

    anywidget sends both as plain text with every widget and JupyterLab saves them with the notebook. Here
    a short script unpacks them in the page, which every browser can do by itself.
    """

    _esm = paths.STATIC / "unpack.js"
    code = traitlets.Bytes().tag(sync=True)


def packed(script, style):
    """Return a script and a style sheet of `course_lib/static` as one module, packed with zlib.

    Parameters: `script` and `style` names of files. The module exports the text of the style as `style`.
    """
    texts = [(paths.STATIC / name).read_text(encoding="utf-8") for name in (script, style)]
    return zlib.compress(f"{texts[0]}\nexport const style = {json.dumps(texts[1])};\n".encode(), 9)
