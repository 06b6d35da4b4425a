"""A language that nobody speaks, written from right to left: every message of the interface, told apart.

CLDR calls such a language ar-XB. Each Latin letter becomes an Arabic one, and each longer word grows by a
third, as words of other languages do. A Latin letter that is left on a page was not in the file of words.
"""

import json
import re
import tomllib

from course_lib import paths
from course_lib.words import FORMS

LANGUAGE = "ar-XB"
_LETTERS = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "ابثدهفغحيجكلمنوپقرستعڤشخىز", strict=True)))
# Places, tags and entities stay as they are.
_KEPT = re.compile(r"(\{\w+\}|<[^>]+>|&\w+;)")


def turned(text):
    """Return a message in the language.

    >>> turned("<b>{n} hints</b>")
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
    head = [f"{name} = {_quoted(value)}" for name, value in given.items() if isinstance(value, str)]
    sections = [_section(name, value) for name, value in given.items() if isinstance(value, dict)]
    return "\n".join(head + sections) + "\n"


def _section(name, value):
    own, below = [f"[{name}]"], []
    for key, one in value.items():
        if isinstance(one, str):
            own.append(f"{key} = {_quoted(turned(one))}")
        elif one.keys() & set(FORMS):
            forms = (f"{form} = {_quoted(turned(one.get(form, one['other'])))}" for form in FORMS)
            own.append(f"{key} = {{{', '.join(forms)}}}")
        else:
            below.append(_section(f"{name}.{key}", one))
    return "\n".join(own + below)


def _quoted(text):
    # Strings of JSON are strings of TOML too.

    return json.dumps(text, ensure_ascii=False)
