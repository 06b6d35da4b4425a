"""The words of the interface: what the course says around its lessons, all from `lessons/words.toml`.

A message is a text with named places, such as `{done} of {total} answered`, or several texts, one for each
form that a number takes in the language (CLDR's zero, one, two, few, many, other), chosen by the place `n`.
Lessons, questions, tables and figures are in a language of their own, and are marked where it is another.
"""

import functools
import html
import re
import string

from course_lib import paths
from course_lib.errors import MessageError, nearest

FILE = "lessons/words.toml"
FORMS = ("zero", "one", "two", "few", "many", "other")
_DIRECTIONS = ("ltr", "rtl")
# Twice, since one may stand in the other.
_PAIRS = re.compile(r"<(b|i)>([^<]*)</\1>")
_HEAD = ("language", "direction", "lessons_in")


class MessageCatalogue:
    """The messages of one file.

    Parameters: `text` of the file, TOML.
    `language` of the messages and `lessons_in`, that of the lessons, as BCP 47 has them; `direction` ltr or
    rtl; `messages` a dict from a key, such as `quiz.closed`, to a text or a dict of forms.
    Raises: `WordsError` with every fault, one sentence each.
    """

    def __init__(self, text):
        import tomllib  # older Pythons lack it, and are to be told so in a sentence

        try:
            given = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise MessageError(f"{FILE} is not valid TOML: {error}. Texts stand in double quotes.") from None
        head = {name: given.pop(name, None) for name in _HEAD}
        faults = [
            f"{FILE}: '{name}' is missing. Give it as a text above the first section."
            for name, value in head.items()
            if not isinstance(value, str) or not value
        ]
        if isinstance(head["direction"], str) and head["direction"] not in _DIRECTIONS:
            faults.append(f"{FILE}: {nearest(head['direction'], _DIRECTIONS, 'direction')}")
        self.messages = {}
        for name, value in given.items():
            faults += self._take(name, value)
        if faults:
            raise MessageError("\n".join(faults))
        self.language, self.direction, self.lessons_in = head.values()

    def say(self, key, /, **values):
        """Return a message with these values in its places.

        Raises: `WordsError` where there is no such message, or a value that it needs is not given.
        """
        if key not in self.messages:
            raise MessageError(f"{FILE}: {nearest(key, self.messages, 'message')} Add it there.")
        message = self.messages[key]
        if isinstance(message, dict):
            message = message.get(self._form(values.get("n")), message["other"])
        try:
            return message.format_map(values)
        except KeyError as missing:
            places = ", ".join(sorted(values)) or "none"
            raise MessageError(
                f"{FILE}: '{key}' has a place {{{missing.args[0]}}} that nothing is known for. "
                f"Places it may have: {places}."
            ) from None

    def under(self, section):
        """Return the messages of a section by the rest of their keys, in the order of the file."""
        start = f"{section}."
        found = {
            key.removeprefix(start): message
            for key, message in self.messages.items()
            if key.startswith(start)
        }
        if not found:
            known = {key.rpartition(".")[0] for key in self.messages}
            raise MessageError(f"{FILE}: {nearest(section, known, 'section')} Add it there.")
        return found

    def _take(self, key, value):
        """Keep what stands under a key; return what is wrong with it."""
        if isinstance(value, str):
            self.messages[key] = value
            return _misplaced(key, value)
        if not isinstance(value, dict):
            return [f"{FILE}: '{key}' is no text. Put it in double quotes."]
        if not value.keys() & set(FORMS):
            return [fault for name, one in value.items() for fault in self._take(f"{key}.{name}", one)]
        faults = [f"{FILE}: '{key}': {nearest(name, FORMS, 'form')}" for name in value if name not in FORMS]
        if "other" not in value:
            faults.append(f"{FILE}: '{key}' lacks the form 'other', which is used where no form fits.")
        for name, one in value.items():
            if isinstance(one, str):
                faults += _misplaced(f"{key}.{name}", one)
            else:
                faults.append(f"{FILE}: '{key}.{name}' is no text. Put it in double quotes.")
        self.messages[key] = value
        return faults

    def _form(self, n):
        return _rule(self.language)(n) if isinstance(n, int | float) else "other"


def _misplaced(key, text):
    """Return what is wrong with the places of a text."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        return [f"{FILE}: '{key}' has a brace that is not closed or not opened ({error})."]
    names = [
        name + (f"!{turn}" if turn else "") + (f":{spec}" if spec else "")
        for _, name, spec, turn in parts
        if name is not None
    ]
    faults = [
        f"{FILE}: '{key}' has a place {{{name}}}. A place is a name in braces, for instance {{done}}."
        for name in names
        if not name.isidentifier()
    ]
    if "<" in _PAIRS.sub(r"\2", _PAIRS.sub(r"\2", text)):
        faults.append(
            f"{FILE}: '{key}' has a tag other than <b>…</b> or <i>…</i>, or one that is not closed."
        )
    return faults


@functools.cache
def _rule(language):
    """Return the function that names the form which a number takes in a language."""
    if language.split("-")[0] == "en":
        return lambda n: "one" if n == 1 else "other"
    from babel import Locale, UnknownLocaleError  # slow to import, and English does without

    try:
        return Locale.parse(language.split("-")[0]).plural_form
    except (UnknownLocaleError, ValueError):
        return lambda _: "other"


@functools.cache
def catalogue():
    """Return the course's `MessageCatalogue`.

    Raises: `WordsError` where the file cannot be read or has faults.
    """
    try:
        return MessageCatalogue((paths.LESSONS / "words.toml").read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise MessageError(f"{FILE} is not UTF-8. Save the file as UTF-8, then try again.") from None
    except OSError as error:
        raise MessageError(
            f"{FILE} cannot be read: {error.strerror}. It holds the words of the interface; "
            "copy it from the course."
        ) from None


def say(key, /, **values):
    """Return a message of the course with these values in its places."""
    return catalogue().say(key, **values)


def language_attributes():
    """Return the attributes of the outermost tag of what the course says: its language and direction."""
    return f'lang="{catalogue().language}" dir="{catalogue().direction}"'


def mirror_style():
    """Return the style that goes with `frame`, or nothing where the interface runs from the left.

    JupyterLab sets texts and lists from the left, whatever their direction.
    """
    if catalogue().direction == "ltr":
        return ""
    ours = ".jp-RenderedHTMLCommon"
    return (
        f"<style>{ours} [dir] p{{text-align:start}}"
        f"{ours} :is(ul[dir],ol[dir],[dir] ul,[dir] ol):not(.list-inline){{padding-inline:2em 0}}</style>"
    )


def lesson_html(markup):
    """Return HTML in the language of the lessons, marked as such where the interface has another."""
    told = catalogue()
    return markup if told.lessons_in == told.language else f'<bdi lang="{told.lessons_in}">{markup}</bdi>'


def lesson_text(text):
    """Return a plain text in the language of the lessons as HTML: escaped, then as `of_lessons`."""
    return lesson_html(html.escape(text))


def lesson_block(markup):
    """Return the same for HTML that is more than a part of a line, such as a table."""
    told = catalogue()
    if told.lessons_in == told.language:
        return markup
    return f'<div lang="{told.lessons_in}" dir="auto">{markup}</div>'


def isolate(text):
    """Return a text in the language of the lessons as it can stand in a message that is no HTML.

    Where the interface has another language, the signs that Unicode has for it keep the directions apart.
    """
    told = catalogue()
    return text if told.lessons_in == told.language else f"\u2068{text}\u2069"
