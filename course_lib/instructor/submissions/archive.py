"""One file, opened: bytes that nobody trusts go in, events come out, or a sentence on what is wrong."""

import json
import zipfile
from dataclasses import dataclass

import msgspec

from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.remarks import count_phrase, error_reason
from course_lib.items import LONGEST_ANSWER
from course_lib.student.events import FORMAT, KINDS, LONGEST_FILE, SCHEMA_VERSION, Event


class UnreadError(Exception):
    """A file that gives nothing.

    Parameters
    ----------
    text : str
        What the report says of it.
    kind : str, default "unread"
        The kind of remark, one of `remarks.KINDS_OF_REMARK`.
    """

    def __init__(self, text: str, kind: str = "unread") -> None:
        self.kind = kind
        super().__init__(text)


@dataclass(frozen=True)
class FileLocation:
    """Where a file is.

    Attributes
    ----------
    path : str
        The file on the disk, or the zip that it is in.
    label : str
        What the report calls it.
    entry : int, optional
        Its place in the list of contents of the zip.
    """

    path: str
    label: str
    entry: int | None = None


class _SubmissionHead(msgspec.Struct):
    format: object = None
    form: object = None
    nbformat: object = None
    events: msgspec.Raw = msgspec.Raw(b"null")


class _Size(msgspec.Struct):
    answer: msgspec.Raw = msgspec.Raw(b"")


_HEAD = msgspec.json.Decoder(_SubmissionHead)
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


def read_content(location: FileLocation) -> bytes:
    """Return what is in a file, never more than a submission can have.

    Parameters
    ----------
    location : FileLocation
        Where it is. A zip stays open until another one is read, or `close_archives` is called.

    Returns
    -------
    bytes
        At most `LONGEST_FILE` of them.

    Raises
    ------
    UnreadError
        Where it cannot be read, or is longer.
    """
    try:
        if location.entry is None:
            with open(location.path, "rb") as file:
                data = file.read(LONGEST_FILE + 1)
        else:
            archive = _archive(location.path)
            with archive.open(archive.infolist()[location.entry]) as entry:
                data = entry.read(LONGEST_FILE + 1)
    except Exception as error:  # noqa: BLE001 - each way to pack has errors of its own for what is damaged
        raise UnreadError(f"cannot be read ({error_reason(error)}).") from None
    if len(data) > LONGEST_FILE:
        raise UnreadError(size_refusal(len(data)))
    return data


_OPEN: dict[str, zipfile.ZipFile] = {}


def _archive(path: str) -> zipfile.ZipFile:
    # One is kept open: its list of contents is long, and its files come one after another.
    if path not in _OPEN:
        close_archives()
        _OPEN[path] = zipfile.ZipFile(path)
    return _OPEN[path]


def close_archives() -> None:
    """Close the zip that was read last."""
    while _OPEN:
        _OPEN.popitem()[1].close()


def size_refusal(size: int) -> str:
    """Return the sentence for a file that no student can have made.

    Parameters
    ----------
    size : int
        Its bytes; one more than `LONGEST_FILE` where no more of it was read.

    Returns
    -------
    str
        The sentence.

    Examples
    --------
    >>> size_refusal(120_000_000)
    'has 120 MB; a hand-in has at most 50. It was not read.'
    """
    return (
        f"has {'more than ' if size == LONGEST_FILE + 1 else ''}{size // 1_000_000:,} MB; a hand-in has at "
        f"most {LONGEST_FILE // 1_000_000}. It was not read."
    )


def parse_submission(data: bytes) -> tuple[list[Event], str]:
    """Return the events in a file's bytes, and what is wrong with the rest.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    events : list of Event
        Those that are complete, in the file's order.
    problem : str
        A sentence on what could not be used, or nothing.

    Raises
    ------
    UnreadError
        Where the file is no submission, or too damaged to give any entry.
    """
    data, problem = _as_utf8(data)
    if not data.strip():
        raise UnreadError("is empty.")
    for start, text in _STARTS.items():
        if data.startswith(start):
            raise UnreadError(text, "foreign")
    head = _parse_head(data)
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
    events, left = _parse_list(head.events)
    if left:
        total = count_phrase(left + len(events), "entry")
        problem = f"{left} of {total} could not be used: incomplete, or of an unknown kind."
    return events, problem


def _parse_head(data: bytes) -> _SubmissionHead:
    try:
        return _HEAD.decode(data)
    except msgspec.ValidationError:
        raise UnreadError("was not made by this course's Download button.", "foreign") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        damage = _damage(data, error)
    # Half a sign and what is no number are no JSON, but Python may have written them.
    try:
        content = json.loads(data) if len(data) <= _SMALL else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise UnreadError(damage)
    raw = json.dumps(content.get("events"), ensure_ascii=False).encode("utf-8", "replace")
    return _SubmissionHead(
        content.get("format"), content.get("form"), content.get("nbformat"), msgspec.Raw(raw)
    )


def _parse_list(raw: msgspec.Raw) -> tuple[list[Event], int]:
    """Return the events that are complete, and how many are not."""
    # What is short is looked at entry by entry where one of them is not as it should be.
    is_long = len(raw) > _SMALL
    try:
        if is_long:
            longest = max((len(size.answer) for size in _SIZES.decode(raw)), default=0)
            if longest > _LONGEST_ANSWER:
                raise UnreadError(f"has an answer of {longest:,} bytes, longer than any can be.")
        events = _EVENTS.decode(raw)
    except (ValueError, RecursionError) as error:
        if is_long:
            raise UnreadError(f"is damaged ({plain_cell(error, 80)}).") from None
        return _parse_one_by_one(bytes(raw))
    complete = [event for event in events if _is_complete(event)]
    return complete, len(events) - len(complete)


def _parse_one_by_one(data: bytes) -> tuple[list[Event], int]:
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadError(_damage(data, error)) from None
    if not isinstance(entries, list):
        raise UnreadError("has no list of entries.")
    events = []
    for entry in entries:
        try:
            event = msgspec.convert(entry, Event)
        except (ValueError, RecursionError, OverflowError):
            continue
        if _is_complete(event):
            events.append(event)
    return events, len(entries) - len(events)


def _as_utf8(data: bytes) -> tuple[bytes, str]:
    """Return a file's bytes in UTF-8, and a sentence where they were not, or nothing."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            raise UnreadError("is in UTF-16 and damaged.") from None
        return data, "was in UTF-16, not UTF-8; it could be read all the same."
    return data.removeprefix(b"\xef\xbb\xbf"), ""


def _damage(data: bytes, error: Exception) -> str:
    """Return the sentence on bytes that are no JSON."""
    try:
        data.decode("utf-8")
        # What has two or four bytes for each sign is UTF-8 too, with this between the signs.
        is_other_coding = b"\0" in data[:100]
    except UnicodeDecodeError:
        is_other_coding = True
    if is_other_coding:
        return "is not in UTF-8: another program has saved it anew, or it is damaged."
    if isinstance(error, RecursionError):
        return "is nested too deeply to be a hand-in."
    if "truncated" in str(error) or "end of" in str(error):
        return "is cut short: its end is missing."
    return f"is damaged ({plain_cell(error, 80)})."


def _is_complete(event: Event) -> bool:
    return event.kind in _KNOWN_KINDS and bool(event.uid) and 0 <= event.attempt < 2**31
