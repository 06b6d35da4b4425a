"""The words of the interface: what the course says around its lessons, all from `lessons/words.toml`.

A message is a text with named places, such as `{done} of {total} answered`, or several texts, one for each
form that a number takes in the language (CLDR's zero, one, two, few, many, other), chosen by the place `n`.
Lessons, questions, tables and figures are in a language of their own, and are marked where it is another.
"""

import functools
import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

from course_lib import paths
from course_lib.errors import MessageError, nearest
from course_lib.files import FileState, file_state
from course_lib.languages import FORMS, plural_form, plural_rules, tag_fault

FILE = "lessons/words.toml"
_DIRECTIONS = ("ltr", "rtl")
# Twice, since one may stand in the other.
_PAIRS = re.compile(r"<(b|i)>([^<]*)</\1>")
_HEAD = ("language", "direction", "lessons_in")
# Text, or a kind of it that escapes what is put into it.
Text = TypeVar("Text", bound=str)
Message = str | dict[str, str]


class MessageCatalogue:
    """The messages of one file.

    Parameters
    ----------
    text : str
        The file, TOML.

    Attributes
    ----------
    language, lessons_in : str
        The language of the messages and that of the lessons, as BCP 47 has them.
    direction : str
        ``ltr`` or ``rtl``.
    plural_rules : dict
        What chooses the form that goes with a number, as from `languages.plural_rules`.
    messages : dict of str to str or dict
        By key, such as ``quiz.closed``, a text or a dict of forms.

    Raises
    ------
    MessageError
        With every fault, one sentence each.
    """

    def __init__(self, text: str) -> None:
        import tomllib  # older Pythons lack it, and are to be told so in a sentence

        try:
            given = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise MessageError(f"{FILE} is not valid TOML: {error}. Texts stand in double quotes.") from None
        head = {name: given.pop(name, None) for name in _HEAD}
        faults = [
            f"{FILE}: '{name}' is missing. Give it as a text above the first section."
            for name, value in head.items()
            if not isinstance(value, str) or not value
        ]
        faults += [
            f"{FILE}: '{name}' {fault}"
            for name in ("language", "lessons_in")
            if isinstance(tag := head[name], str) and tag and (fault := tag_fault(tag))
        ]
        if isinstance(head["direction"], str) and head["direction"] not in _DIRECTIONS:
            faults.append(f"{FILE}: {nearest(head['direction'], _DIRECTIONS, 'direction')}")
        self.messages: dict[str, Message] = {}
        for name, value in given.items():
            faults += self._take(name, value)
        if faults:
            raise MessageError("\n".join(faults))
        self.language, self.direction, self.lessons_in = map(str, head.values())
        self.plural_rules = plural_rules(self.language)

    def say(self, key: str, /, **values: object) -> str:
        """Return a message with these values in its places, as plain text.

        Parameters
        ----------
        key : str
            The message, such as ``quiz.closed``.
        **values : object
            What stands in its places; ``n`` chooses the form of a number.

        Returns
        -------
        str
            The message.

        Raises
        ------
        MessageError
            Where there is no such message, or a value that it needs is not given.
        """
        return self.fill(key, self.form(key, values.get("n")), values)

    def form(self, key: str, n: object = None) -> str:
        """Return the text of a message that goes with a number, with its places still in it.

        Parameters
        ----------
        key : str
            The message.
        n : object, optional
            The number that chooses among forms; anything else takes the form ``other``.

        Returns
        -------
        str
            The text.

        Raises
        ------
        MessageError
            Where there is no such message.
        """
        if key not in self.messages:
            raise MessageError(f"{FILE}: {nearest(key, self.messages, 'message')} Add it there.")
        message = self.messages[key]
        if isinstance(message, str):
            return message
        return message.get(self._plural_form(n), message["other"])

    def fill(self, key: str, text: Text, values: Mapping[str, object]) -> Text:
        """Return a text with values in its places, by the text's own rules of formatting.

        Parameters
        ----------
        key : str
            The message that the text is of, for the sentence where something is missing.
        text : str
            A text, or a kind of text that escapes what is put into it.
        values : Mapping[str, object]
            What stands in its places.

        Returns
        -------
        str
            Of the same kind as `text`.

        Raises
        ------
        MessageError
            Where a value that the text needs is not given.
        """
        try:
            return cast(Text, text.format_map(values))
        except KeyError as missing:
            places = ", ".join(sorted(values)) or "none"
            raise MessageError(
                f"{FILE}: '{key}' has a place {{{missing.args[0]}}} that nothing is known for. "
                f"Places it may have: {places}."
            ) from None

    def under(self, section: str) -> dict[str, Message]:
        """Return the messages of a section by the rest of their keys, in the order of the file.

        Parameters
        ----------
        section : str
            What their keys begin with, without the dot.

        Returns
        -------
        dict of str to str or dict
            Each a text or a dict of forms.

        Raises
        ------
        MessageError
            Where there is no such section.
        """
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

    def _take(self, key: str, value: object) -> list[str]:
        """Keep what stands under a key; return what is wrong with it."""
        if isinstance(value, str):
            self.messages[key] = value
            return _place_faults(key, value)
        if not isinstance(value, dict):
            return [f"{FILE}: '{key}' is no text. Put it in double quotes."]
        if not value.keys() & set(FORMS):
            return [fault for name, text in value.items() for fault in self._take(f"{key}.{name}", text)]
        faults = [f"{FILE}: '{key}': {nearest(name, FORMS, 'form')}" for name in value if name not in FORMS]
        if "other" not in value:
            faults.append(f"{FILE}: '{key}' lacks the form 'other', which is used where no form fits.")
        for name, text in value.items():
            if isinstance(text, str):
                faults += _place_faults(f"{key}.{name}", text)
            else:
                faults.append(f"{FILE}: '{key}.{name}' is no text. Put it in double quotes.")
        self.messages[key] = value
        return faults

    def _plural_form(self, n: object) -> str:
        return plural_form(self.plural_rules, n) if isinstance(n, int | float) else "other"


def _place_faults(key: str, text: str) -> list[str]:
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


def catalogue() -> MessageCatalogue:
    """Return the messages of the course.

    Returns
    -------
    MessageCatalogue
        As its file has them.

    Raises
    ------
    MessageError
        Where the file cannot be read or has faults.
    """
    return _read(paths.MESSAGES, file_state(paths.MESSAGES))


@functools.cache
def _read(file: Path, _state: FileState | None) -> MessageCatalogue:
    try:
        return MessageCatalogue(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise MessageError(f"{FILE} is not UTF-8. Save the file as UTF-8, then try again.") from None
    except OSError as error:
        raise MessageError(
            f"{FILE} cannot be read: {error.strerror}. It holds the words of the interface; "
            "copy it from the course."
        ) from None


def say(key: str, /, **values: object) -> str:
    """Return a message of the course with these values in its places, as plain text.

    Parameters
    ----------
    key : str
        The message, such as ``quiz.closed``.
    **values : object
        What stands in its places; ``n`` chooses the form of a number.

    Returns
    -------
    str
        The message.

    Raises
    ------
    MessageError
        Where there is no such message, or a value that it needs is not given.
    """
    return catalogue().say(key, **values)


def isolate(text: str) -> str:
    """Return a text in the language of the lessons as it can stand in a message that is no HTML.

    Where the interface has another language, the signs that Unicode has for it keep the directions apart.

    Parameters
    ----------
    text : str
        In the language of the lessons.

    Returns
    -------
    str
        The text, set apart where that is needed.
    """
    messages = catalogue()
    return text if messages.lessons_in == messages.language else f"\u2068{text}\u2069"
