"""Whether the words of the interface fit the library: what is missing, left over, or has other places.

The library is read, not run: each message it says is written out there, or begins as the code says.
"""

import ast
import string
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from course_lib import paths
from course_lib.errors import MessageError, nearest
from course_lib.messages import FILE, Message, catalogue
from course_lib.widgets import base

# Which section of the words each bundle of a page has.
SECTIONS = {
    "quiz.js": "page.quiz",
    "explorer.js": "page.explorer",
    "backup.js": "page.work",
    "portfolio.js": "page.portfolio",
    "unpack.js": "",
}
# What says a message, what names one with its values and leaves it to others to say it, and where these are
# imported from: others of their names, such as that of the command line, have words of their own.
_SAYING = ("say", "say_html")
_REFERRING = ("MessageRef", "AnswerError")
_ROOT = "course_lib"
_HOMES = ("messages", "markup", "errors", "items", "items.results")


class MessageUse(NamedTuple):
    """One place that says something.

    Attributes
    ----------
    where : str
        The file, and the line where it is known.
    key : str
        The message, or the beginning of its key.
    whole : bool
        Whether the key is whole.
    values : frozenset of str or None
        The names that are put into the message's places, or None where that is not looked at.
    """

    where: str
    key: str
    whole: bool
    values: frozenset[str] | None


def message_uses() -> list[MessageUse]:
    """Return every place of the library and its scripts that says a message.

    Returns
    -------
    list of MessageUse
        Those of the library, then those of its scripts.

    Raises
    ------
    MessageError
        For a key that is not written out, so that nobody could find it.
    """
    library = [
        use
        for path in sorted(paths.PACKAGE.rglob("*.py"))
        for use in python_uses(path.read_text(encoding="utf-8"), path.name)
    ]
    return [*library, *_script_uses()]


def catalogue_faults() -> list[str]:
    """Return what is wrong with the file of words.

    Returns
    -------
    list of str
        One sentence each; empty where it fits the library.

    Raises
    ------
    MessageError
        Where the library says a message whose key is not written out.
    """
    try:
        messages = catalogue().messages
    except MessageError as error:
        return str(error).split("\n")
    faults, unsaid = [], set(messages)
    for use in message_uses():
        keys = [use.key] if use.whole else [key for key in messages if key.startswith(use.key)]
        unsaid -= set(keys)
        if not keys or keys[0] not in messages:
            faults.append(f"{FILE}: {nearest(use.key, messages, 'message')} {use.where} says it.")
        elif use.whole and use.values is not None and (unfilled := _places(messages[use.key]) - use.values):
            places = ", ".join(f"{{{name}}}" for name in sorted(unfilled))
            faults.append(
                f"{FILE}: '{use.key}' has {places}, which {use.where} gives no value for. "
                f"Places it may have: {', '.join(sorted(use.values)) or 'none'}."
            )
    left_over = [f"{FILE}: nothing says '{key}'. Take it out." for key in sorted(unsaid)]
    return [*dict.fromkeys(faults), *left_over]


def python_uses(text: str, name: str) -> list[MessageUse]:
    r"""Return every place of a module that says a message.

    Parameters
    ----------
    text : str
        The module's source.
    name : str
        What its file is called.

    Returns
    -------
    list of MessageUse
        In no particular order.

    Raises
    ------
    MessageError
        For a key that is not written out.

    Examples
    --------
    >>> source = "from course_lib import messages\nmessages.say('quiz.done', n=3)"
    >>> python_uses(source, "a.py")[0].key
    'quiz.done'
    """
    tree = ast.parse(text)
    names, modules = _imported_names(tree)
    uses = (
        _message_use(node, callee, f"{name}, line {node.lineno},")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (callee := _callee(node, names, modules))
    )
    return [use for use in uses if use is not None]


def _imported_names(tree: ast.Module) -> tuple[dict[str, str], set[str]]:
    """Return what a module calls the functions that say something, and the modules that have them."""
    names: dict[str, str] = {}
    modules: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        local = {alias.name: alias.asname or alias.name for alias in node.names}
        if node.module == _ROOT:
            modules.update(local[name] for name in _HOMES if name in local)
        elif node.module in [f"{_ROOT}.{home}" for home in _HOMES]:
            names |= {local[name]: name for name in (*_SAYING, *_REFERRING) if name in local}
    return names, modules


def _callee(call: ast.Call, names: Mapping[str, str], modules: Container[str]) -> str:
    """Return which of the functions that say something is called, or nothing."""
    match call.func:
        case ast.Name(id=name):
            return names.get(name, "")
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in modules:
            return name if name in (*_SAYING, *_REFERRING) else ""
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner != "self":
            # Of an object that says messages in one form or another.
            return name if name in _SAYING else ""
    return ""


def _message_use(call: ast.Call, callee: str, where: str) -> MessageUse | None:
    """Return what a call says, or leaves to be said; None where it only passes a message on."""
    values: frozenset[str] | None
    if callee in _REFERRING:
        values = _names_in_dict(call.args[1] if len(call.args) > 1 else ast.Dict([], []))
    else:
        names = [keyword.arg for keyword in call.keywords]
        values = None if None in names else frozenset(filter(None, names))
    match call.args[:1]:
        case [ast.JoinedStr(values=[ast.Constant(value=str(start)), *_])] if start.endswith("."):
            return MessageUse(where, start, False, None)
        case [ast.Constant(value=str(key))]:
            return MessageUse(where, key, True, values)
        case [ast.Attribute(attr="key")]:
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


def _script_uses() -> Iterator[MessageUse]:
    # Where a script says a message whose key is not written out, it is not bundled.
    for name, bundle in base.bundles().items():
        section = SECTIONS["quiz.js" if bundle.types else name]
        for key in bundle.says:
            yield MessageUse(name, f"{section}.{key}", not key.endswith("."), None)


def _places(message: Message) -> set[str]:
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
