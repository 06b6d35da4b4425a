"""A place that says a message is found however it says it."""

import pytest

from course_lib.errors import MessageError
from course_lib.instructor.authoring import catalogue_check


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
