"""What a student has answered: a list of events that only grows, in one SQLite file on their machine.

Nothing is ever changed or removed: a new answer is a new event, so the first attempt, every later one
and every hint taken can still be told apart. Several notebooks may write at the same time.
"""

import contextlib
import json
import sqlite3
import uuid
from datetime import UTC, datetime

import msgspec

from course_lib import paths
from course_lib.errors import ProgressError
from course_lib.messages import isolate, say

SCHEMA_VERSION = 1
FORMAT = "reading-with-evidence work"
LONGEST_FILE = 50_000_000
KINDS = ("draft", "answer", "hint", "reveal", "start", "finish")
# Long enough for another notebook's write to end, short enough that nobody thinks the cell has hung.
_WAIT_SECONDS = 10
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    item TEXT NOT NULL,
    version TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN {KINDS}),
    answer TEXT NOT NULL,
    score REAL,
    state TEXT,
    attempt INTEGER NOT NULL,
    sure INTEGER
);
CREATE INDEX IF NOT EXISTS events_by_item ON events (item, at);
CREATE TRIGGER IF NOT EXISTS events_stay BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER IF NOT EXISTS events_keep BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
PRAGMA user_version = {SCHEMA_VERSION};
"""
_ADD = (
    "INSERT INTO events (uid, at, item, version, kind, answer, score, state, attempt, sure) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READ = "SELECT uid, at, item, version, kind, answer, score, state, attempt, sure FROM events "


class Event(msgspec.Struct, frozen=True):
    """One thing a student did: a draft, a checked answer, a hint taken, a key shown, a test begun."""

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


class Progress:
    """The student's events in one file, made when the first one is written.

    Parameters: `path` the SQLite file; by default `progress.sqlite` in the student's `my_work` folder.
    Reading and writing raise `ProgressError` with a sentence for the student when the file cannot be used.
    """

    def __init__(self, path=None):
        self.path = path or paths.work() / "progress.sqlite"

    def record(self, item, version, kind, answer=None, score=None, state=None, sure=None):
        """Add one event and return its attempt number: how many answers to this item there are by now.

        Parameters: `item` and `version` as in the question bank; `kind` one of `KINDS`; `answer`
        anything JSON can hold; `score` 0 to 1 or None; `state` as the marking rule named it; `sure` how
        sure the student was, from 0, or None.
        """
        if kind not in KINDS:
            raise ValueError(f"kind is {kind!r}; it is one of {', '.join(KINDS)}")
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._open(write=True) as db:
            attempt = _count(db, item, "answer") + (kind == "answer")
            row = (uuid.uuid4().hex, at, item, version, kind, json.dumps(answer), score, state, attempt, sure)
            db.execute(_ADD, row)
        return attempt

    def last(self, item):
        """Return the newest draft or answer to this item as an `Event`, or None."""
        return self._newest(
            "WHERE item = ? AND kind IN ('draft', 'answer') ORDER BY at DESC, seq DESC LIMIT 1", item
        )

    def checked(self, item):
        """Return the newest checked answer to this item as an `Event`, or None: later drafts do not count."""
        return self._newest("WHERE item = ? AND kind = 'answer' ORDER BY at DESC, seq DESC LIMIT 1", item)

    def count(self, item, kind):
        """Return how many events of a kind there are for this item."""
        with self._open() as db:
            return _count(db, item, kind) if db else 0

    def begun(self, test):
        """Return the uid of a test's beginning, the same ever after; the first call makes it."""
        found = self._newest("WHERE item = ? AND kind = 'start' ORDER BY at, seq LIMIT 1", test)
        if found is None:
            self.record(test, "", "start")
            return self.begun(test)
        return found.uid

    def answers(self):
        """Return the newest checked answer of every item: a dict from item id to `Event`."""
        # What was left open in a test that was handed in is an event, but no answer.
        given = (event for event in self.events() if event.kind == "answer" and event.state != "unanswered")
        return {event.item: event for event in given}

    def events(self):
        """Return every event, oldest first."""
        return self._find("ORDER BY at, seq")

    def export(self):
        """Return all events as the text of one file, to be taken home or to another machine."""
        events = [msgspec.structs.asdict(event) for event in self.events()]
        return json.dumps({"format": FORMAT, "form": SCHEMA_VERSION, "events": events}, indent=1) + "\n"

    def restore(self, text):
        """Add the events of an exported file that are not here yet; return how many were added.

        Parameters: `text` what `export` gave. Nothing is changed where it is damaged, too long or not ours:
        that raises `ProgressError`.
        """
        rows = [
            (*row[:5], json.dumps(row[5]), *row[6:])
            for event in _saved(text)
            for row in [msgspec.structs.astuple(event)]
        ]
        with self._open(write=True) as db:
            before = _total(db)
            db.executemany(_ADD.replace("INSERT", "INSERT OR IGNORE", 1), rows)
            return _total(db) - before

    def _newest(self, rest, item):
        found = self._find(rest, item)
        return found[0] if found else None

    def _find(self, rest, *values):
        with self._open() as db:
            rows = db.execute(_READ + rest, values).fetchall() if db else []
        try:
            return [_event(row) for row in rows]
        except (ValueError, RecursionError) as error:
            raise ProgressError(
                say("progress.damaged", file=self._shown, fault=isolate(str(error)))
            ) from None

    @contextlib.contextmanager
    def _open(self, write=False):
        if not write and not self.path.is_file():
            yield None
            return
        try:
            if write:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            with contextlib.closing(db):
                found = db.execute("PRAGMA user_version").fetchone()[0]
                if found > SCHEMA_VERSION:
                    raise ProgressError(
                        say("progress.newer", file=self._shown, form=found, known=SCHEMA_VERSION)
                    )
                if write:
                    if found == 0:
                        db.executescript(_SCHEMA)
                    db.execute("BEGIN IMMEDIATE")
                yield db if write or found else None
                if write:
                    db.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            raise ProgressError(self._sentence(error)) from error

    @property
    def _shown(self):
        return isolate("/".join(self.path.parts[-2:]))

    def _sentence(self, error):
        text = str(error)
        if "full" in text or getattr(error, "errno", None) == 28:
            return say("progress.full", file=self._shown)
        if "readonly" in text or "unable to open" in text or isinstance(error, OSError):
            return say("progress.read_only", file=self._shown)
        if "locked" in text:
            return say("progress.held", file=self._shown, n=_WAIT_SECONDS)
        return say("progress.damaged", file=self._shown, fault=isolate(text))


def _event(row):
    return msgspec.convert(
        dict(zip(Event.__struct_fields__, (*row[:5], json.loads(row[5]), *row[6:]), strict=True)), Event
    )


def _saved(text):
    """Return the events in an exported file, or raise `ProgressError` with what is wrong with it."""
    if len(text) > LONGEST_FILE:
        millions, most = len(text) // 1_000_000, LONGEST_FILE // 1_000_000
        raise ProgressError(say("progress.refused.long", millions=millions, most=most))
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise ProgressError(say("progress.refused.unreadable")) from None
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise ProgressError(say("progress.refused.foreign"))
    if given.get("form") != SCHEMA_VERSION:
        form = isolate(repr(given.get("form")))
        raise ProgressError(say("progress.refused.form", form=form, known=SCHEMA_VERSION))
    try:
        events = msgspec.convert(given.get("events"), list[Event])
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


def _total(db):
    return db.execute("SELECT count(*) FROM events").fetchone()[0]


def _count(db, item, kind):
    found = db.execute("SELECT count(*) FROM events WHERE item = ? AND kind = ?", (item, kind))
    return found.fetchone()[0]
