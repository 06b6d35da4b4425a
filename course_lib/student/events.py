"""What a student did, as events, and the file in which these are taken home or handed in."""

import json
from collections.abc import Iterable
from datetime import datetime

import msgspec

from course_lib.errors import ProgressError
from course_lib.messages import isolate, say

SCHEMA_VERSION = 1
FORMAT = "reading-with-evidence work"
LONGEST_FILE = 50_000_000
KINDS = ("draft", "answer", "hint", "reveal", "start", "finish")


class Event(msgspec.Struct, frozen=True):
    """One thing a student did: a draft, a checked answer, a hint taken, a key shown, a test begun.

    `at` is an ISO moment in UTC, `kind` one of `KINDS`, `answer` anything JSON can hold, `score` 0 to 1.
    """

    uid: str
    at: str
    item: str
    version: str
    kind: str
    answer: object
    score: float | None
    state: str | None
    attempt: int
    sure: int | None


def write_events(events: Iterable[Event]) -> str:
    """Return events as the text of one file.

    Parameters
    ----------
    events : iterable of Event
        Oldest first.

    Returns
    -------
    str
        JSON, as `parse_events` takes it.

    Examples
    --------
    >>> parse_events(write_events([]))
    []
    """
    rows = [msgspec.structs.asdict(event) for event in events]
    return json.dumps({"format": FORMAT, "form": SCHEMA_VERSION, "events": rows}, indent=1) + "\n"


def parse_events(text: str) -> list[Event]:
    """Return the events in a file that was taken along.

    Parameters
    ----------
    text : str
        What the file holds, as `write_events` gave it.

    Returns
    -------
    list of Event
        In the order of the file.

    Raises
    ------
    ProgressError
        With what is wrong with it, in a sentence for the student.
    """
    if len(text) > LONGEST_FILE:
        millions, most = len(text) // 1_000_000, LONGEST_FILE // 1_000_000
        raise ProgressError(say("progress.refused.long", millions=millions, most=most))
    try:
        exported = json.loads(text)
    except (ValueError, RecursionError):
        raise ProgressError(say("progress.refused.unreadable")) from None
    if not isinstance(exported, dict) or exported.get("format") != FORMAT:
        raise ProgressError(say("progress.refused.foreign"))
    if exported.get("form") != SCHEMA_VERSION:
        form = isolate(repr(exported.get("form")))
        raise ProgressError(say("progress.refused.form", form=form, known=SCHEMA_VERSION))
    try:
        events = msgspec.convert(exported.get("events"), list[Event])
        for event in events:
            datetime.fromisoformat(event.at)
            if event.kind not in KINDS or not event.uid.isalnum() or event.attempt < 0:
                raise ValueError
            # Half a sign, or a number that the file on disk has no room for.
            f"{event.uid}{event.at}{event.item}{event.version}{event.state}".encode()
            if max(event.attempt, abs(event.sure or 0)) >= 2**63:
                raise ValueError
    except (ValueError, OverflowError):
        raise ProgressError(say("progress.refused.incomplete")) from None
    return events
