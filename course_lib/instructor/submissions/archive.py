"""One file, opened: bytes that nobody trusts go in, events come out, or a sentence on what is wrong."""

import json
import zipfile
from typing import Any

import msgspec

from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.remarks import count_phrase, error_reason
from course_lib.items import LONGEST_ANSWER
from course_lib.student.events import FORMAT, KINDS, LONGEST_FILE, SCHEMA_VERSION, Event


class UnreadError(Exception):
    """A file that gives nothing; the message is what the report says of it."""

    def __init__(self, text, kind="unread"):
        self.kind = kind
        super().__init__(text)


class _Head(msgspec.Struct):
    format: Any = None
    form: Any = None
    nbformat: Any = None
    events: msgspec.Raw = msgspec.Raw(b"null")


class _Size(msgspec.Struct):
    answer: msgspec.Raw = msgspec.Raw(b"")


_HEAD = msgspec.json.Decoder(_Head)
_EVENTS = msgspec.json.Decoder(list[Event])
_SIZES = msgspec.json.Decoder(list[_Size])
# Up to this many bytes a file that is not as it should be is looked at entry by entry.
_SMALL = 5_000_000
# The longest text in UTF-8, each sign of it escaped.
_LONGEST_ANSWER = 12 * LONGEST_ANSWER
_KNOWN_KINDS = frozenset(KINDS)
_STARTS = {
    b"PK\x03\x04": "is a zip archive with another ending; call it .zip.",
    b"SQLite format 3": "is the course's own store. Ask for the file that Download my work gives.",
    b"\x1f\x8b": "is packed with gzip; unpack it first.",
    b"%PDF": "is a PDF, not the file that Download my work gives.",
    b"<": "is a web page, not the file that Download my work gives.",
}


def read_content(place):
    """Return what is in a file, never more than a hand-in can have."""
    try:
        if place.entry is None:
            with open(place.path, "rb") as file:
                data = file.read(LONGEST_FILE + 1)
        else:
            archive = _archive(place.path)
            with archive.open(archive.infolist()[place.entry]) as file:
                data = file.read(LONGEST_FILE + 1)
    except Exception as error:  # noqa: BLE001 - each way to pack has errors of its own for what is damaged
        raise UnreadError(f"cannot be read ({error_reason(error)}).") from None
    if len(data) > LONGEST_FILE:
        raise UnreadError(too_long(len(data)))
    return data


_OPEN = {}


def _archive(path):
    # One is kept open: its list of contents is long, and its files come one after another.
    if path not in _OPEN:
        close_archives()
        _OPEN[path] = zipfile.ZipFile(path)
    return _OPEN[path]


def close_archives():
    """Close the zip that was read last."""
    while _OPEN:
        _OPEN.popitem()[1].close()


def too_long(size):
    """Return the sentence for a file that no student can have made."""
    return (
        f"has {'more than ' if size == LONGEST_FILE + 1 else ''}{size // 1_000_000:,} MB; a hand-in has at "
        f"most {LONGEST_FILE // 1_000_000}. It was not read."
    )


def parse_events(data):
    """Return the events in a file's bytes, and what is to be said of it or an empty text."""
    data, problem = _utf8(data)
    if not data.strip():
        raise UnreadError("is empty.")
    for start, told in _STARTS.items():
        if data.startswith(start):
            raise UnreadError(told, "foreign")
    head = _head(data)
    if head.format != FORMAT:
        raise UnreadError(
            "is a notebook, not the file that Download my work gives."
            if head.nbformat is not None
            else "was not made by this course's Download button.",
            "foreign",
        )
    if head.form != SCHEMA_VERSION:
        raise UnreadError(
            f"has form {plain_cell(repr(head.form), 40)}; this version of the course reads {SCHEMA_VERSION}. "
            "Update the course, then read it again."
        )
    kept, left = _kept(head.events)
    if left:
        total = count_phrase(left + len(kept), "entry")
        problem = f"{left} of {total} could not be used: incomplete, or of an unknown kind."
    return kept, problem


def _head(data):
    try:
        return _HEAD.decode(data)
    except msgspec.ValidationError:
        raise UnreadError("was not made by this course's Download button.", "foreign") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        told = _damage(data, error)
    # Half a sign and what is no number are no JSON, but Python may have written them.
    try:
        given = json.loads(data) if len(data) <= _SMALL else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise UnreadError(told)
    raw = json.dumps(given.get("events"), ensure_ascii=False).encode("utf-8", "replace")
    return _Head(given.get("format"), given.get("form"), given.get("nbformat"), msgspec.Raw(raw))


def _kept(raw):
    """Return the events that are complete, and how many are not."""
    try:
        if len(raw) > _SMALL:
            longest = max((len(one.answer) for one in _SIZES.decode(raw)), default=0)
            if longest > _LONGEST_ANSWER:
                raise UnreadError(f"has an answer of {longest:,} bytes, longer than any can be.")
        events = _EVENTS.decode(raw)
    except (ValueError, RecursionError) as error:
        if len(raw) > _SMALL:
            raise UnreadError(f"is damaged ({plain_cell(error, 80)}).") from None
        events = None
    if events is None:
        return _one_by_one(raw)
    kept = [event for event in events if _complete(event)]
    return kept, len(events) - len(kept)


def _one_by_one(raw):
    try:
        given = json.loads(bytes(raw))
    except (ValueError, RecursionError) as error:
        raise UnreadError(_damage(bytes(raw), error)) from None
    if not isinstance(given, list):
        raise UnreadError("has no list of entries.")
    kept = []
    for one in given:
        try:
            event = msgspec.convert(one, Event)
        except (ValueError, RecursionError, OverflowError):
            continue
        if _complete(event):
            kept.append(event)
    return kept, len(given) - len(kept)


def _utf8(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            raise UnreadError("is in UTF-16 and damaged.") from None
        return data, "was in UTF-16, not UTF-8; it could be read all the same."
    return data.removeprefix(b"\xef\xbb\xbf"), ""


def _damage(data, error):
    try:
        data.decode("utf-8")
        # What has two or four bytes for each sign is UTF-8 too, with this between the signs.
        other = b"\0" in data[:100]
    except UnicodeDecodeError:
        other = True
    if other:
        return "is not in UTF-8: another program has saved it anew, or it is damaged."
    if isinstance(error, RecursionError):
        return "is nested too deeply to be a hand-in."
    if "truncated" in str(error) or "end of" in str(error):
        return "is cut short: its end is missing."
    return f"is damaged ({plain_cell(error, 80)})."


def _complete(event):
    return event.kind in _KNOWN_KINDS and bool(event.uid) and 0 <= event.attempt < 2**31
