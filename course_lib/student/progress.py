"""What a student has answered: a list of events that only grows, in one SQLite file on their machine.

Nothing is ever changed or removed: a new answer is a new event, so the first attempt, every later one
and every hint taken can still be told apart. Several notebooks may write at the same time.
"""

import contextlib
import errno
import json
import sqlite3
import urllib.parse
import uuid
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from course_lib import paths
from course_lib.errors import ProgressError
from course_lib.messages import isolate, say
from course_lib.student.events import KINDS, SCHEMA_VERSION, Event, parse_events, write_events

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
_COUNT = "SELECT count(*) FROM events WHERE item = ? AND kind = ?"
_FIRST_START = "SELECT uid FROM events WHERE item = ? AND kind = 'start' ORDER BY at, seq LIMIT 1"

# What SQLite can hold in a cell.
_Cell = str | bytes | int | float | None


class Progress:
    """The student's events in one file, made when the first one is written.

    Reading and writing raise `ProgressError` with a sentence for the student when the file cannot be used.

    Parameters
    ----------
    path : Path, optional
        The SQLite file; by default ``progress.sqlite`` in the student's ``my_work`` folder.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.work() / "progress.sqlite"

    def record(
        self,
        item: str,
        version: str,
        kind: str,
        answer: object = None,
        score: float | None = None,
        state: str | None = None,
        sure: int | None = None,
    ) -> int:
        """Add one event.

        Parameters
        ----------
        item, version : str
            The question's id and version, as in the question bank.
        kind : str
            One of `KINDS`.
        answer : object
            Anything JSON can hold: None, True, False, a text, a finite number, and lists and dicts of these.
        score : float or None
            From 0 to 1.
        state : str or None
            As grading named it.
        sure : int or None
            How sure the student was, from 0.

        Returns
        -------
        int
            Its attempt number: how many answers to this item there are by now.

        Raises
        ------
        ValueError
            Where there is no such kind, the score lies outside 0 to 1, or JSON cannot hold the answer. Then
            nothing is written.
        ProgressError
            Where it could not be written.
        """
        if kind not in KINDS:
            raise ValueError(f"kind is {kind!r}; it is one of {', '.join(KINDS)}")
        if score is not None and not 0 <= score <= 1:
            raise ValueError(f"score is {score!r}; it is a number from 0 to 1, or None where there is none")
        text = _answer_json(answer)
        with self._writing() as db:
            attempt = int(db.execute(_COUNT, (item, "answer")).fetchone()[0]) + (kind == "answer")
            _insert(db, item, version, kind, text, score, state, attempt, sure)
        return attempt

    def last(self, item: str) -> Event | None:
        """Return the newest draft or answer to a question.

        Parameters
        ----------
        item : str
            The id of the question.

        Returns
        -------
        Event or None
            None where there is none.
        """
        return self._newest(
            "WHERE item = ? AND kind IN ('draft', 'answer') ORDER BY at DESC, seq DESC LIMIT 1", item
        )

    def last_answer(self, item: str) -> Event | None:
        """Return the newest checked answer to a question: later drafts do not count.

        Parameters
        ----------
        item : str
            The id of the question.

        Returns
        -------
        Event or None
            None where there is none.
        """
        return self._newest("WHERE item = ? AND kind = 'answer' ORDER BY at DESC, seq DESC LIMIT 1", item)

    def count(self, item: str, kind: str) -> int:
        """Return how many events of a kind there are for a question.

        Parameters
        ----------
        item : str
            The id of the question.
        kind : str
            One of `KINDS`.

        Returns
        -------
        int
            0 or more.
        """
        rows = self._select(_COUNT, item, kind)
        count = rows[0][0] if rows else 0
        return count if isinstance(count, int) else 0

    def test_uid(self, test: str) -> str | None:
        """Return what stands for a test's beginning, the same ever after.

        Parameters
        ----------
        test : str
            The name of the test in the store.

        Returns
        -------
        str or None
            The uid of its first start; None where it was not begun.
        """
        rows = self._select(_FIRST_START, test)
        return str(rows[0][0]) if rows else None

    def begin_test(self, test: str) -> str:
        """Begin a test, unless it was begun before.

        Parameters
        ----------
        test : str
            The name of the test in the store.

        Returns
        -------
        str
            What `test_uid` returns from then on.
        """
        if uid := self.test_uid(test):
            return uid
        with self._writing() as db:
            # Another notebook may have begun it since.
            row = db.execute(_FIRST_START, (test,)).fetchone()
            return str(row[0]) if row else _insert(db, test, "", "start", "null", None, None, 0, None)

    def answers(self) -> dict[str, Event]:
        """Return the newest checked answer of every question.

        Returns
        -------
        dict of str to Event
            By the id of the question.
        """
        # What was left open in a test that was handed in is an event, but no answer.
        return {
            event.item: event
            for event in self.events()
            if event.kind == "answer" and event.state != "unanswered"
        }

    def events(self) -> list[Event]:
        """Return every event.

        Returns
        -------
        list of Event
            Oldest first.
        """
        return self._find("ORDER BY at, seq")

    def item_events(self, *items: str) -> list[Event]:
        """Return every event of some questions.

        Parameters
        ----------
        *items : str
            The ids of the questions.

        Returns
        -------
        list of Event
            Oldest first.
        """
        places = ", ".join("?" for _ in items)
        return self._find(f"WHERE item IN ({places}) ORDER BY at, seq", *items)

    def export(self) -> str:
        """Return all events as the text of one file, to be taken home or to another machine.

        Returns
        -------
        str
            JSON, as `restore` takes it.
        """
        return write_events(self.events())

    def restore(self, text: str) -> int:
        """Add the events of an exported file that are not here yet.

        Parameters
        ----------
        text : str
            What `export` gave.

        Returns
        -------
        int
            How many were added.

        Raises
        ------
        ProgressError
            Where the text is damaged, too long or not ours; then nothing is changed.
        """
        rows = []
        for event in parse_events(text):
            *first, answer, score, state, attempt, sure = msgspec.structs.astuple(event)
            rows.append((*first, json.dumps(answer), score, state, attempt, sure))
        with self._writing() as db:
            before = db.total_changes
            db.executemany(_ADD.replace("INSERT", "INSERT OR IGNORE", 1), rows)
            return db.total_changes - before

    def _newest(self, rest: str, item: str) -> Event | None:
        events = self._find(rest, item)
        return events[0] if events else None

    def _find(self, rest: str, *values: str) -> list[Event]:
        try:
            return [_event(row) for row in self._select(_READ + rest, *values)]
        except (ValueError, RecursionError) as error:
            raise ProgressError(
                say("progress.damaged", file=self._short_path, fault=isolate(str(error)))
            ) from None

    def _select(self, query: str, *values: str) -> list[tuple[_Cell, ...]]:
        """Return the rows that a query finds; none where nothing was written yet. Nothing is written."""
        if not self.path.is_file():
            return []
        with self._explaining(), contextlib.closing(self._connect_to_read()) as db:
            return db.execute(query, values).fetchall() if self._form(db) else []

    @contextlib.contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        """Give a connection for one change, which is made whole at the end or not at all."""
        with self._explaining():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._connect(self.path)) as db:
                if self._form(db) == 0:
                    db.executescript(_SCHEMA)
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")

    def _connect_to_read(self) -> sqlite3.Connection:
        """Return a connection that cannot write, unless a write that was cut off has to be undone first."""
        path = self.path.absolute().as_posix()
        # A drive of Windows stands after a third slash, a share of a network after a fourth.
        uri = f"file://{'' if path.startswith('/') else '/'}{urllib.parse.quote(path, safe='/:')}?mode=ro"
        db = self._connect(uri)
        try:
            db.execute("PRAGMA user_version").fetchone()
        except sqlite3.OperationalError as error:
            db.close()
            if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
                raise
            return self._connect(self.path)
        except sqlite3.Error:
            db.close()
            raise
        return db

    def _connect(self, database: str | Path) -> sqlite3.Connection:
        return sqlite3.connect(
            database, timeout=_WAIT_SECONDS, isolation_level=None, uri=isinstance(database, str)
        )

    def _form(self, db: sqlite3.Connection) -> int:
        """Return the form of the store, 0 for an empty file; one of a newer course is an error."""
        form = int(db.execute("PRAGMA user_version").fetchone()[0])
        if form > SCHEMA_VERSION:
            raise ProgressError(say("progress.newer", file=self._short_path, form=form, known=SCHEMA_VERSION))
        return form

    @contextlib.contextmanager
    def _explaining(self) -> Generator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise ProgressError(self._sentence(error)) from error

    @property
    def _short_path(self) -> str:
        return isolate("/".join(self.path.parts[-2:]))

    def _sentence(self, error: Exception) -> str:
        text = str(error)
        if "full" in text or getattr(error, "errno", None) == errno.ENOSPC:
            return say("progress.full", file=self._short_path)
        if "readonly" in text or "unable to open" in text or isinstance(error, OSError):
            return say("progress.read_only", file=self._short_path)
        if "locked" in text:
            return say("progress.held", file=self._short_path, n=_WAIT_SECONDS)
        return say("progress.damaged", file=self._short_path, fault=isolate(text))


def _insert(
    db: sqlite3.Connection,
    item: str,
    version: str,
    kind: str,
    answer: str,
    score: float | None,
    state: str | None,
    attempt: int,
    sure: int | None,
) -> str:
    """Add one event with a moment and a uid of its own; return the uid."""
    uid = uuid.uuid4().hex
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    db.execute(_ADD, (uid, at, item, version, kind, answer, score, state, attempt, sure))
    return uid


def _answer_json(answer: object) -> str:
    try:
        return json.dumps(answer, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise ValueError(
            f"answer is of type {type(answer).__name__}, and it or a part of it is nothing that JSON can "
            "hold; it is None, True, False, a text, a finite number, or a list or dict of these"
        ) from None


def _event(row: tuple[_Cell, ...]) -> Event:
    answer = row[5]
    if not isinstance(answer, str | bytes):
        raise ValueError(f"{answer!r} is no answer")
    return msgspec.convert(
        dict(zip(Event.__struct_fields__, (*row[:5], json.loads(answer), *row[6:]), strict=True)), Event
    )
