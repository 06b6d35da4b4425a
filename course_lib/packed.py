"""Widgets whose script, style and constants reach the page packed, at a quarter of their size."""

import functools
import json
import re
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


def _thin_style(name):
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", _thin(name)).replace(";}", "}")


def module(scripts, section):
    """Return scripts as one module that says what a section of the words holds for them.

    Parameters: `scripts` names of files in `course_lib/static`; `section` of `lessons/words.toml`.
    """
    told = words()
    text = "\n".join(map(_thin, scripts))
    said = {
        "language": told.language,
        "direction": told.direction,
        "lessons": told.lessons_in if told.lessons_in != told.language else None,
        "messages": {key: one for key, one in told.under(section).items() if _says(text, key)},
    }
    held = f"const WORDS = {json.dumps(said, ensure_ascii=False)};"
    return "\n".join([held, _thin("words.js"), text])


def _says(text, key):
    """Return whether scripts say a message, or begin the name of one that they choose as they run."""
    group = key.rpartition(".")[0]
    return f'say("{key}"' in text or (group != "" and f"say(`{group}.${{" in text)


@functools.cache
def _packed(scripts, style, section):
    """Return a module that puts its style sheets into the page too, packed with zlib."""
    text = module(("style.js", *scripts), section)
    beside = [f"{script.removesuffix('.js')}.css" for script in scripts if "/" in script]
    styles = [style, *(name for name in beside if (paths.STATIC / name).is_file())]
    adopted = "\n".join(f"adopt({json.dumps(_thin_style(name))});" for name in styles)
    return zlib.compress(f"{text}\n{adopted}\n".encode(), 9)


class PackedWidget(anywidget.AnyWidget):
    """An anywidget whose scripts, style and constants go to the page packed.

    anywidget sends script and style as plain text with every widget, and JupyterLab saves them with the
    notebook. Here a short script unpacks them in the page, which every browser can do by itself. There is
    no layout model either: the style sheets lay out.

    Parameters: `scripts` names of files in `course_lib/static`, in the order in which they are joined to one
    module; `style` the name of a style sheet, which those follow that lie beside a script of `inputs/`;
    `section` of the words that the scripts say; `constants` what else the page needs and never changes, as
    JSON can hold it.
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
