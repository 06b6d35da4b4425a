"""Widgets whose script, style and constants reach the page packed, at a quarter of their size."""

import functools
import json
import threading
import zlib

import anywidget
import traitlets

from course_lib import paths
from course_lib.words import words

# ipykernel hands a message of a page to the thread that last wrote to that page, so that two that follow each
# other can be in two threads at once.
_TURN = threading.RLock()


def _thin(name):
    # Nothing in these files spans lines, so that indents and lines of comment alone can go.
    lines = (line.strip() for line in (paths.STATIC / name).read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/**")))


def module(scripts, section):
    """Return scripts as one module that says what a section of the words holds.

    Parameters: `scripts` names of files in `course_lib/static`; `section` of `lessons/words.toml`.
    """
    told = words()
    said = {
        "language": told.language,
        "direction": told.direction,
        "lessons": told.lessons_in if told.lessons_in != told.language else None,
        "messages": told.under(section),
    }
    held = f"const WORDS = {json.dumps(said, ensure_ascii=False)};"
    return "\n".join([held, *map(_thin, ("words.js", *scripts))])


@functools.cache
def _packed(scripts, style, section):
    """Return a module that exports the text of a style sheet too, packed with zlib."""
    text = module(scripts, section)
    return zlib.compress(f"{text}\nexport const style = {json.dumps(_thin(style))};\n".encode(), 9)


class PackedWidget(anywidget.AnyWidget):
    """An anywidget whose scripts, style and constants go to the page packed.

    anywidget sends script and style as plain text with every widget, and JupyterLab saves them with the
    notebook. Here a short script unpacks them in the page, which every browser can do by itself. There is
    no layout model either: the style sheet lays out.

    Parameters: `scripts` names of files in `course_lib/static`, in the order in which they are joined to one
    module; `style` the name of a style sheet; `section` of the words that the scripts say; `constants` what
    else the page needs and never changes, as JSON can hold it.
    """

    _esm = _thin("unpack.js")
    script = traitlets.Unicode().tag(sync=True)
    code = traitlets.Bytes().tag(sync=True)
    constants = traitlets.Bytes().tag(sync=True)
    layout = traitlets.Any(None, allow_none=True).tag(sync=True)

    def __init__(self, scripts, style, section, constants=None, **traits):
        code = _packed(tuple(scripts), style, section)
        told = zlib.compress(json.dumps(constants).encode(), 9)
        super().__init__(code=code, script=f"{zlib.crc32(code):x}", constants=told, **traits)

    def _handle_custom_msg(self, content, buffers):
        """Hear what a page sends, one message after the other."""
        with _TURN:
            super()._handle_custom_msg(content, buffers)
