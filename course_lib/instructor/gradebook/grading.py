"""Marking again: from a student's raw answers to rows of numbers, in one process or in several.

The key is the question bank's. What a file says of its own marks is compared and never believed.
"""

import itertools
from array import array
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec

from course_lib import items
from course_lib.errors import CourseError, ItemError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions import archive
from course_lib.instructor.submissions.reading import fingerprint, read_student
from course_lib.instructor.submissions.remarks import Remark, count_phrase

STATES = ("right", "not_yet", "kept", "unanswered")
# Columns of the long table with the kind of number each is kept in.
COLUMNS = {
    "student": "i",
    "item": "h",
    "first": "f",
    "last": "f",
    "state": "b",
    "attempts": "H",
    "answer_first": "i",
    "answer_last": "i",
    "sure": "b",
    "seconds": "f",
    "version_differs": "b",
}
UNKNOWN = -1
# Whoever has not touched anything for longer was away.
AWAY = 900
_MISSING = float("nan")
# So many different answers to a question are remembered with their marks.
_REMEMBERED = 4096
_MOST_TOLD = 5
_WORDS = {"right": "right", "not_yet": "not yet right", "kept": "kept", "unanswered": "not answered"}
_PART = 100


@dataclass
class GradedBatch:
    """What marking some students gave, small enough to be sent from one process to another."""

    columns: dict = field(default_factory=lambda: {name: array(kind) for name, kind in COLUMNS.items()})
    texts: list = field(default_factory=list)
    students: list = field(default_factory=list)
    prints: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    changed: Counter = field(default_factory=Counter)
    files: int = 0
    read: int = 0


class Grader:
    """The questions of some banks, ready to mark answers to them."""

    def __init__(self, banks):
        asked = [item for bank in banks for item in bank.items]
        self._places = {}
        self._asked = {item.id: (at, item, item.version, {}) for at, item in enumerate(asked)}

    def batch(self, groups):
        """Return the `GradedBatch` of these groups of files."""
        batch = GradedBatch()
        self._places = {}
        for group in groups:
            student, remarks, read = read_student(group)
            batch.files += len(group.files)
            batch.read += read
            batch.remarks += remarks
            if student is not None:
                self.add(student, batch)
        batch.texts = list(self._places)
        return batch

    def add(self, student, batch):
        """Mark one student's answers into a batch."""
        said = _Said()
        given, spent = self._sorted(student, said)
        number = len(batch.students)
        for name, events in given.items():
            if row := self._row(name, events, said):
                self._write(batch.columns, number, row, spent.get(name, _MISSING))
        last = max(student.moments, default=None) if student.moments else None
        batch.students.append((student.pseudonym, student.name, student.files, len(student.events), last))
        batch.prints.append(fingerprint(one.uid for one in student.events if one.kind == "answer"))
        batch.changed.update(said.changed)
        batch.remarks += said.remarks(student)

    def _sorted(self, student, said):
        """Return the answers by question, and the seconds spent before the first one."""
        given, spent = defaultdict(list), {}
        before = None
        for event, now in zip(student.events, student.moments or itertools.repeat(None), strict=False):
            name = event.item
            if name not in self._asked:
                # A test's beginning and end stand under a name of their own.
                if event.kind in ("answer", "draft"):
                    said.unknown[name] += 1
            else:
                # The time since whatever came before belongs to what is touched now.
                timed = now is not None and before is not None and now - before <= AWAY
                if timed and name not in given:
                    spent[name] = spent.get(name, 0.0) + now - before
                if event.kind == "answer":
                    given[name].append(event)
            before = now
        return given, spent

    def _row(self, name, events, said):
        at, item, version, known = self._asked[name]
        marked, open_ = [], False
        for event in events:
            found = self._marked(item, known, event.answer)
            if found is None:
                said.unfit.append(name)
                continue
            state, score, text = found
            if event.version != version:
                said.changed.add(name)
            elif _differs(event, state, score):
                said.differing.append((name, event, state, score))
            if state == "unanswered":
                open_ = True
            else:
                marked.append((event, state, score, text))
        if not marked:
            if not open_:
                return None
            # Left open in a test that was handed in: that is worth nothing, where there is a key.
            nothing = 0.0 if item.graded else None
            return at, nothing, nothing, "unanswered", 0, None, None, None, events[-1].version != version
        first, last = marked[0], marked[-1]
        if missing := min(event.attempt for event in events) > 1:
            said.late.append(name)
        sure = first[0].sure if item.confidence and first[0].sure in range(len(items.SURE)) else None
        return (
            at,
            None if missing else first[2],
            last[2],
            last[1],
            len(marked),
            None if missing else self._place(at, first[3]),
            self._place(at, last[3]),
            None if missing else sure,
            any(one[0].version != version for one in marked),
        )

    def _marked(self, item, known, answer):
        """Return state, score and text of an answer, or None where it cannot be one."""
        try:
            key = msgspec.json.encode(answer)
        except (ValueError, RecursionError):
            return None
        if key in known:
            return known[key]
        try:
            normal = items.valid_answer(item, answer)
            result = items.grade(item, normal)
            found = result.state, result.score, _as_text(item, normal)
        except (ItemError, ValueError, RecursionError, OverflowError):
            found = None
        if len(known) < _REMEMBERED and len(key) < 1000:
            known[key] = found
        return found

    def _place(self, at, text):
        return self._places.setdefault((at, text), len(self._places))

    def _write(self, columns, number, row, seconds):
        at, first, last, state, attempts, answer_first, answer_last, sure, differs = row
        columns["student"].append(number)
        columns["item"].append(at)
        columns["first"].append(_MISSING if first is None else first)
        columns["last"].append(_MISSING if last is None else last)
        columns["state"].append(STATES.index(state))
        columns["attempts"].append(min(attempts, 65535))
        columns["answer_first"].append(UNKNOWN if answer_first is None else answer_first)
        columns["answer_last"].append(UNKNOWN if answer_last is None else answer_last)
        columns["sure"].append(UNKNOWN if sure is None else sure)
        columns["seconds"].append(seconds)
        columns["version_differs"].append(differs)


class _Said:
    """What is noticed while one student is marked."""

    def __init__(self):
        self.unknown = Counter()
        self.unfit, self.differing, self.late = [], [], []
        self.changed = set()

    def remarks(self, student):
        def remark(kind, text):
            return Remark(kind, plain_cell(student.name), text, student.pseudonym)

        found = []
        if self.differing:
            told = [_difference(*one) for one in self.differing[:_MOST_TOLD]]
            count = count_phrase(len(self.differing), "mark")
            found.append(remark("marks", f"{count}. {'; '.join(told)}{_more(self.differing)}."))
        if self.unfit:
            names = dict.fromkeys(self.unfit)
            count = count_phrase(len(self.unfit), "answer")
            fits = "does not fit its question" if len(self.unfit) == 1 else "do not fit their questions"
            found.append(remark("partly", f"{count} {fits}: {_listing(names)}."))
        if self.late:
            found.append(
                remark("attempts", f"{count_phrase(len(self.late), 'question')}: {_listing(self.late)}.")
            )
        found += [
            Remark("unknown", plain_cell(student.name), *told) for told in self._unknown(student.pseudonym)
        ]
        return found

    def _unknown(self, pseudonym):
        """Yield what is told of questions that are not here, by lesson, since whole lessons are left out."""
        lessons = defaultdict(Counter)
        for name, count in self.unknown.items():
            lesson, dash, _ = name.partition("-")
            known = dash and (lesson in lessons or len(lessons) < _MOST_TOLD)
            lessons[lesson if known else ""][name] += count
        for lesson, names in lessons.items():
            alike = f"entries for questions that begin with {plain_cell(lesson, 20)}-." if lesson else ""
            yield f"{count_phrase(names.total(), 'entry')} for {_listing(names)}.", pseudonym, alike


def grade_groups(groups, banks, processes=1):
    """Yield the `GradedBatch` of one part of the groups after another, in their order.

    Parameters: `processes` how many work at the same time; each holds one student's events.
    """
    parts = (groups[at : at + _PART] for at in range(0, len(groups), _PART))
    if processes == 1:
        marker = Grader(banks)
        try:
            yield from map(marker.batch, parts)
        finally:
            archive.close_archives()
        return
    from concurrent.futures.process import BrokenProcessPool

    try:
        with _pool(banks, processes) as pool:
            waiting = []
            for part in parts:
                waiting.append(pool.submit(_in_worker, part))
                # Whatever waits to be taken over is memory.
                if len(waiting) > 2 * processes:
                    yield waiting.pop(0).result()
            for one in waiting:
                yield one.result()
    except BrokenProcessPool:
        raise CourseError(
            "A process that was marking was ended by the system, most likely for want of memory. Close other "
            "programs, or read the files in several folders, one after the other."
        ) from None


@contextmanager
def _pool(banks, processes):
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A fresh start takes nothing along of what is open here.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begin, (banks,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


_MARKER = []


def _begin(banks):
    import signal

    # Who stops the command stops it once; that process ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _MARKER.append(Grader(banks))


def _in_worker(groups):
    return _MARKER[0].batch(groups)


def _differs(event, state, score):
    # A survey keeps what it asks, whatever key there is.
    if event.state == "kept" and event.score is None:
        return False
    if event.state != state:
        return True
    if event.score is None or score is None:
        return event.score is not score
    return not abs(event.score - score) < 1e-6


def _difference(name, event, state, score):
    return (
        f"{name}: the file says {_mark(event.state, event.score)}; marked again it is {_mark(state, score)}"
    )


def _mark(state, score):
    told = _WORDS.get(state) or (plain_cell(state, 20) if state else "nothing")
    return told if score is None else f"{told} ({score:.3g})"


def _listing(names):
    return ", ".join(plain_cell(name, 40) for name in list(names)[:_MOST_TOLD]) + _more(names)


def _more(found):
    return f" and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""


def _as_text(item, answer):
    """Return an answer for the table: typed words as they are, places as JSON, of a text only its length."""
    match item:
        case items.Text():
            return f"{len(answer.split())} words"
        case items.Number() | items.Word():
            return plain_cell(answer, 40)
    return msgspec.json.encode(answer).decode()
