"""Tests that are handed in once: under which name the store keeps the beginning and the end of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course_lib.items import Item
from course_lib.student.events import Event

_PREFIX = "test:"


@dataclass(frozen=True)
class GroupTest:
    """A group of questions that is handed in once; it belongs to a lesson or file.

    Attributes
    ----------
    key : str
        What its beginning and end stand under in a store.
    former_key : str
        The same in stores that were kept earlier, where groups of one name share it.
    questions : frozenset of str
        The ids of its questions.
    """

    key: str
    former_key: str
    questions: frozenset[str]


def key_of_test(owner: str, check: str) -> str:
    """Return what the beginning and the end of a test stand under in a store.

    Parameters
    ----------
    owner : str
        The lesson or the file that asks it; a test without one has the earlier name, that of its group alone.
    check : str
        The group, as in the bank; empty where questions of several groups are asked together.

    Returns
    -------
    str
        The same for nobody else's group.

    Examples
    --------
    >>> key_of_test("03_russia_in_syria", "recall"), key_of_test("a:b", "c"), key_of_test("", "recall")
    ('test:03_russia_in_syria:recall', 'test:a%3Ab:c', 'test:recall')
    """
    if not owner:
        return f"{_PREFIX}{check}"
    # No owner and group can read like another owner with another group.
    return f"{_PREFIX}{owner.replace('%', '%25').replace(':', '%3A')}:{check}"


def group_test(questions: Sequence[Item], owner: str = "") -> GroupTest:
    """Return the test that some questions make.

    Parameters
    ----------
    questions : sequence of Item
        The questions, at least one.
    owner : str, optional
        The lesson or the file that asks them.

    Returns
    -------
    GroupTest
        What `is_handed_in` and `start_uid` look for.
    """
    first = questions[0].check
    several = any(item.check != first for item in questions)
    return GroupTest(
        key_of_test(owner, "" if several and owner else first),
        key_of_test("", first),
        frozenset(item.id for item in questions),
    )


def is_handed_in(test: GroupTest, events: Iterable[Event]) -> bool:
    """Tell whether a test was handed in.

    Handing in keeps an answer to each question, also where it was left open, and then the end. So an end
    under the name that groups shared before counts for the test that was answered right before it, and for
    one whose questions were all answered by then.

    Parameters
    ----------
    test : GroupTest
        The test.
    events : iterable of Event
        What a student did, oldest first.

    Returns
    -------
    bool
        Whether it stays as it is.
    """
    answered: set[str] = set()
    last = ""
    for event in events:
        if event.kind == "answer":
            last = event.item
            answered.add(last)
        elif event.kind == "finish":
            if event.item == test.key != test.former_key:
                return True
            if event.item == test.former_key and (last in test.questions or test.questions <= answered):
                return True
    return False


def start_uid(test: GroupTest, events: Iterable[Event]) -> str | None:
    """Return what stands for a test's beginning, the same ever after.

    A beginning under the name that groups shared before counts only where something of this test was touched.

    Parameters
    ----------
    test : GroupTest
        The test.
    events : iterable of Event
        What a student did, oldest first.

    Returns
    -------
    str or None
        The uid of its first start; None where it was not begun.
    """
    former = None
    # A test without an owner has no other name, and begins before anything of it is touched.
    touched = test.key == test.former_key
    for event in events:
        touched |= event.item in test.questions
        if event.kind == "start":
            if event.item == test.key:
                return event.uid
            if event.item == test.former_key:
                former = former or event.uid
    return former if touched else None
