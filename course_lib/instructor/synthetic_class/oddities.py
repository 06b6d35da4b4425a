"""Submissions that are as none should be: cut short, copied, changed by hand, outdated, of another time."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from course_lib.instructor.synthetic_class.behaviour import BEGINS
from course_lib.student.events import FORMAT, SCHEMA_VERSION, Event

CUT_SHORT = "cut short"
# So many of the first entries are of an older version.
_OLDER_ENTRIES = 6


def oddity(number: int, students: int) -> str:
    """Return what is odd with a student's file: one of each kind in a class of at least fifty.

    Parameters
    ----------
    number : int
        The student's, from 1.
    students : int
        How many there are.

    Returns
    -------
    str
        One of `ODDITIES`, or nothing.

    Examples
    --------
    >>> [oddity(number, 50) for number in (1, 10, 20, 25)]
    ['', 'cut short', 'copied', '']
    """
    step = max(8, students // len(ODDITIES))
    place, rest = divmod(number, step)
    return list(ODDITIES)[place - 1] if rest == 0 and 0 < place <= len(ODDITIES) and number > 1 else ""


def submission_bytes(events: list[Event], previous: list[Event], odd: str = "") -> bytes:
    """Return a submission: what `Progress.export` gives, made faster.

    Parameters
    ----------
    events : list of Event
        The student's.
    previous : list of Event
        Those of the student before.
    odd : str, default ""
        What is odd with it, one of `ODDITIES`, or nothing.

    Returns
    -------
    bytes
        The file.
    """
    if odd:
        events = ODDITIES[odd](events, previous)
    work = {"format": FORMAT, "form": SCHEMA_VERSION, "events": events}
    data = msgspec.json.format(msgspec.json.encode(work), indent=1) + b"\n"
    return data[: len(data) * 2 // 3] if odd == CUT_SHORT else data


def _keep_events(events: list[Event], _previous: list[Event]) -> list[Event]:
    return events


def _copy_previous(_events: list[Event], previous: list[Event]) -> list[Event]:
    return previous


def _claim_full_scores(events: list[Event], _previous: list[Event]) -> list[Event]:
    return [
        msgspec.structs.replace(event, score=1.0, state="right")
        if event.kind == "answer" and event.state == "not_yet"
        else event
        for event in events
    ]


def _use_older_version(events: list[Event], _previous: list[Event]) -> list[Event]:
    return [
        msgspec.structs.replace(event, version="0" * 10) if at < _OLDER_ENTRIES and event.version else event
        for at, event in enumerate(events)
    ]


def _shift_to_1970(events: list[Event], _previous: list[Event]) -> list[Event]:
    shift = BEGINS - datetime(1970, 1, 1, tzinfo=UTC)
    return [
        msgspec.structs.replace(
            event, at=(datetime.fromisoformat(event.at) - shift).isoformat(timespec="milliseconds")
        )
        for event in events
    ]


# What is odd, with what becomes of a student's entries, given those of the student before.
ODDITIES: dict[str, Callable[[list[Event], list[Event]], list[Event]]] = {
    CUT_SHORT: _keep_events,
    "copied": _copy_previous,
    "changed by hand": _claim_full_scores,
    "an older version": _use_older_version,
    "a clock in 1970": _shift_to_1970,
}
