"""One student's events: in the order in which they happened, and numbers to find copies of them by."""

import hashlib
import heapq
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.remarks import count_phrase
from course_lib.student.events import Event

# No entry of this course is older, and a clock may be a little fast.
_EARLIEST = datetime(2024, 1, 1, tzinfo=UTC).timestamp()
_FAST = timedelta(days=2)


def order_events(
    events: Sequence[Event], tell: Callable[[str], object]
) -> tuple[list[Event], list[float] | None]:
    """Return events oldest first with their moments, or in the order of attempts where clocks are wrong.

    Parameters
    ----------
    events : sequence of Event
        One student's, in any order.
    tell : callable
        Called with a sentence where clocks are wrong.

    Returns
    -------
    events : list of Event
        In order.
    moments : list of float or None
        The seconds since 1970 at which they happened; None where clocks are wrong.
    """
    latest = (datetime.now(UTC) + _FAST).timestamp()
    moments = [_moment(event.at) for event in events]
    possible = [moment for moment in moments if moment is not None and _EARLIEST <= moment <= latest]
    if len(possible) == len(events):
        order = sorted(range(len(events)), key=possible.__getitem__)
        return [events[at] for at in order], [possible[at] for at in order]
    wrong = [
        event
        for event, moment in zip(events, moments, strict=True)
        if moment is None or not _EARLIEST <= moment <= latest
    ]
    tell(
        f"{len(wrong)} of {count_phrase(len(events), 'entry')} {'has' if len(wrong) == 1 else 'have'} a time "
        f"that cannot be right, such as {plain_cell(wrong[0].at, 40) or 'none'}."
    )
    # Whatever the clocks said, the count of attempts went up.
    return sorted(events, key=lambda event: event.attempt), None


def _moment(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def fingerprint(uids: Iterable[str], size: int = 32) -> list[int]:
    """Return the smallest of the numbers that entries' identities stand for: enough to find copies by.

    Parameters
    ----------
    uids : iterable of str
        The identities.
    size : int, default 32
        How many numbers at most.

    Returns
    -------
    list of int
        Each below 2**64, the smallest first.

    Examples
    --------
    >>> fingerprint(["ff", "01", "10"], size=2)
    [1, 16]
    """
    return heapq.nsmallest(size, map(_uid_number, uids))


def _uid_number(uid: str) -> int:
    try:
        return int(uid[-16:], 16) & (2**64 - 1)
    except ValueError:
        return int.from_bytes(hashlib.blake2b(uid.encode("utf-8", "replace"), digest_size=8).digest())
