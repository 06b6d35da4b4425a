"""Whether the words of the interface fit the library: what is missing, left over, or has other places.

The library is read, not run: each message it says is written out there, or begins as the code says.
"""

import ast
import re
import string
from typing import NamedTuple

from course_lib import paths
from course_lib.errors import MessageError, nearest
from course_lib.messages import FILE, catalogue
from course_lib.widgets import base

# Which section of the words each bundle of a page has.
SECTIONS = {
    "quiz.js": "page.quiz",
    "explorer.js": "page.explorer",
    "backup.js": "page.work",
    "portfolio.js": "page.portfolio",
    "unpack.js": "",
}
_SAYING = ("say", "say_html")
# What names a message with its values and leaves it to others to say it.
_REFERRING = ("MessageRef", "AnswerError")
_SAYS = re.compile(
    r"^from course_lib\.(messages|markup) import .*\bsay(_html)?\b|\b(MessageRef|AnswerError)\(", re.MULTILINE
)


class MessageUse(NamedTuple):
    """One place that says something: `where` it is, the `key`, whether that is `whole` or a beginning.

    `values` are the names that are put into the message's places, or None where that is not looked at.
    """

    where: str
    key: str
    whole: bool
    values: frozenset | None


def message_uses():
    """Return every `MessageUse` of the library and its scripts.

    Raises: `MessageError` for a key that is not written out, so that nobody could find it.
    """
    return [*_in_python(), *_in_scripts()]


def catalogue_faults():
    """Return what is wrong with the file of words, as sentences."""
    try:
        told = catalogue().messages
    except MessageError as error:
        return str(error).split("\n")
    found, left = [], set(told)
    for saying in message_uses():
        named = [saying.key] if saying.whole else [key for key in told if key.startswith(saying.key)]
        left -= set(named)
        if not named or named[0] not in told:
            found.append(f"{FILE}: {nearest(saying.key, told, 'message')} {saying.where} says it.")
        elif (
            saying.whole and saying.values is not None and (odd := _places(told[saying.key]) - saying.values)
        ):
            shown = ", ".join(f"{{{name}}}" for name in sorted(odd))
            found.append(
                f"{FILE}: '{saying.key}' has {shown}, which {saying.where} gives no value for. "
                f"Places it may have: {', '.join(sorted(saying.values)) or 'none'}."
            )
    return [*dict.fromkeys(found), *(f"{FILE}: nothing says '{key}'. Take it out." for key in sorted(left))]


def _in_python():
    for path in sorted(paths.PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        # The command line says things of its own, before there are any words.
        if not _SAYS.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and (
                use := _message_use(node, f"{path.name}, line {node.lineno},")
            ):
                yield use


def _message_use(call: ast.Call, where: str) -> MessageUse | None:
    """Return what a call says, or leaves to be said by whoever shows it; None where it says nothing."""
    name = getattr(call.func, "id", "")
    if name not in (*_SAYING, *_REFERRING):
        return None
    key = call.args[0]
    if name in _REFERRING:
        values = _names_in_dict(call.args[1] if len(call.args) > 1 else ast.Dict([], []))
    else:
        names = [keyword.arg for keyword in call.keywords]
        values = None if None in names else frozenset(filter(None, names))
    match key:
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if start.endswith("."):
            return MessageUse(where, start, False, None)
        case ast.Constant(value=str(whole)):
            return MessageUse(where, whole, True, values)
        case ast.Attribute(attr="key"):
            # Of a reference to a message, which names it where it is made.
            return None
        case _:
            raise MessageError(f"{where} says a message whose key is not written out. Write it out.")


def _names_in_dict(values: ast.expr) -> frozenset[str] | None:
    """Return the keys of a dict that is written out, or None where it is not."""
    if not isinstance(values, ast.Dict):
        return None
    names = [key.value for key in values.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return frozenset(names) if len(names) == len(values.keys) else None


def _in_scripts():
    # Where a script says a message whose key is not written out, it is not bundled.
    for name, told in base.known().items():
        section = SECTIONS["quiz.js" if "types" in told else name]
        for key in told["says"]:
            yield MessageUse(name, f"{section}.{key}", not key.endswith("."), None)


def _places(message):
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
