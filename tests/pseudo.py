"""A language that nobody speaks, written from right to left: every message of the interface, told apart.

CLDR calls such a language ar-XB. Each Latin letter becomes an Arabic one, and each longer word grows by a
third, as words of other languages do. A Latin letter that is left on a page was not in the file of words.
"""

import contextlib
import json
import re
import tomllib
from html.parser import HTMLParser

import pytest

from course_lib import messages, paths
from course_lib.messages import FORMS

LANGUAGE = "ar-XB"
_LETTERS = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "ابثدهفغحيجكلمنوپقرستعڤشخىز", strict=True)))
_EMPTY = {"meta", "br", "img", "col"}
# Places, tags and entities stay as they are.
_KEPT = re.compile(r"(\{\w+\}|<[^>]+>|&\w+;)")


def translate(text):
    """Return a message in the language.

    >>> translate("<b>{n} hints</b>")
    '<b>{n} حينتسسس</b>'
    """
    parts = _KEPT.split(text)
    return "".join(part if at % 2 else re.sub(r"[A-Za-z]+", _word, part) for at, part in enumerate(parts))


def _word(found):
    word = found.group().lower().translate(_LETTERS)
    return word + word[-1] * (len(word) // 3 + (len(word) > 4))


def file():
    """Return the text of a file of words in the language, with each form that a number can take in it."""
    given = tomllib.loads((paths.LESSONS / "words.toml").read_text(encoding="utf-8"))
    given |= {"language": LANGUAGE, "direction": "rtl"}
    head = [f"{name} = {_quote(value)}" for name, value in given.items() if isinstance(value, str)]
    sections = [_section(name, value) for name, value in given.items() if isinstance(value, dict)]
    return "\n".join(head + sections) + "\n"


def _section(name, value):
    own, below = [f"[{name}]"], []
    for key, one in value.items():
        if isinstance(one, str):
            own.append(f"{key} = {_quote(translate(one))}")
        elif one.keys() & set(FORMS):
            forms = (f"{form} = {_quote(translate(one.get(form, one['other'])))}" for form in FORMS)
            own.append(f"{key} = {{{', '.join(forms)}}}")
        else:
            below.append(_section(f"{name}.{key}", one))
    return "\n".join(own + below)


def _quote(text):
    # Strings of JSON are strings of TOML too.

    return json.dumps(text, ensure_ascii=False)


@contextlib.contextmanager
def interface_in_pseudo(folder):
    """Put the interface into the language; give its `Words`. Parameters: `folder` where the file is put."""
    (folder / "words.toml").write_text(file(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "MESSAGES", folder / "words.toml")
        yield messages.catalogue()


class _InterfaceTexts(HTMLParser):
    """The texts and texts of attributes that are in the language of the interface."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.texts = [LANGUAGE], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep the language of the tag, which is its parent's where it names none."""
        given = dict(attrs)
        other = tag in ("style", "math") or "own" in (given.get("class") or "")
        self.open.append("" if other else given.get("lang", self.open[-1]))
        for name in ("alt", "aria-label", "title"):
            self.handle_data(given.get(name) or "")
        if tag in _EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        """Go back to the parent's language."""
        self.open.pop()

    def handle_data(self, data):
        """Keep a text, without what is set apart in it."""
        data = re.sub("\u2068[^\u2069]*\u2069", "", data).strip()
        if data and self.open[-1] == LANGUAGE:
            self.texts.append(data)


def interface_texts(text):
    """What HTML says in the language of the interface: a list of texts, within `interface_in_pseudo`."""
    return _InterfaceTexts(text).texts
