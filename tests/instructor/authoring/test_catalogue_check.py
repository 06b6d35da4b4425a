"""The words of the interface and the library fit each other: nothing is missing, nothing is left over."""

import re

import pytest

from course_lib import paths
from course_lib.errors import MessageError
from course_lib.instructor.authoring import catalogue_check
from course_lib.messages import FILE, catalogue
from course_lib.widgets import base


def test_every_message_is_said_and_every_saying_has_its_message():
    """Nothing in the file is left over, nothing is missing, and each place has its value."""
    uses = catalogue_check.message_uses()
    assert len(uses) > 300
    assert {use.where for use in uses} >= set(base.known()) - {
        *("inputs/choice.js", "inputs/table.js", "unpack.js")
    }
    assert catalogue_check.catalogue_faults() == []


def test_every_value_has_its_place():
    """No value is given that the English message has no place for, but the number that chooses a form."""
    messages = catalogue().messages
    for use in catalogue_check.message_uses():
        if use.whole and use.values is not None:
            message = messages[use.key]
            texts = message.values() if isinstance(message, dict) else [message]
            places = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
            assert use.values - {"n"} <= places, (use.where, use.key)


def test_a_file_that_does_not_fit_the_library_is_told(tmp_path, monkeypatch):
    """A message that is missing, one that nothing says, one with a place of its own."""
    text = (paths.LESSONS / "words.toml").read_text(encoding="utf-8")
    changed = text.replace('day = "{day} {month} {year}"', 'day = "{tag} {month} {year}"')
    changed = changed.replace("month_of =", "mouth_of =")
    assert changed.count("{tag}") == changed.count("mouth_of") == 1
    (tmp_path / "words.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(paths, "MESSAGES", tmp_path / "words.toml")
    place, missing, left = catalogue_check.catalogue_faults()
    assert missing.startswith(f"{FILE}: There is no message 'dates.month_of'. Did you mean 'dates.mouth_of'")
    assert re.fullmatch(
        r"lessons/words\.toml: 'dates\.day' has \{tag\}, which dates\.py, line \d+, gives no value for\. "
        r"Places it may have: day, month, year\.",
        place,
    )
    assert left == f"{FILE}: nothing says 'dates.mouth_of'. Take it out."


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("from course_lib.messages import say\nsay('a.b', n=1)", [("a.b", True, {"n"})]),
        ("from course_lib.markup import (\n    say_html as told,\n)\ntold('a.b')", [("a.b", True, set())]),
        ("from course_lib import messages\nmessages.say(f'a.{name}')", [("a.", False, None)]),
        ("def f():\n    from course_lib.messages import say\n    say('a.b', **x)", [("a.b", True, None)]),
        ("from course_lib.items import MessageRef\nMessageRef('a.b', {'n': 1})", [("a.b", True, {"n"})]),
        ("from course_lib import items\nitems.MessageRef('a.b')", [("a.b", True, set())]),
        ("def f(wording):\n    wording.say('a.b')", [("a.b", True, set())]),
        ("def say(text): ...\nsay('Ready.')\nself.say('Ready.')", []),
    ],
)
def test_a_message_is_found_however_it_is_said(source, uses):
    """By its name, another name, its module, later by others; what has words of its own is none."""
    found = catalogue_check.python_uses(source, "a.py")
    assert [(use.key, use.whole, use.values) for use in found] == uses


def test_a_key_that_nobody_could_find_is_told():
    """It is to be written out where it is said."""
    with pytest.raises(MessageError) as caught:
        catalogue_check.python_uses("from course_lib.messages import say\nsay(key)", "a.py")
    assert str(caught.value) == "a.py, line 2, says a message whose key is not written out. Write it out."
