"""What a student answered of files of their own: told by what was kept beside the answers, without a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from course_lib.items import Item
from course_lib.student.events import Event
from course_lib.student.kept_forms import rename_entries, stood_beside, told_moves
from course_lib.student.own_questions import (
    FormRef,
    QuestionSnapshot,
    adopt_former,
    described_item,
    read_snapshot,
)
from course_lib.student.records import QuestionRecord, UnmatchedAnswer, own_record

# A hand-in that was made up could hold any number.
MOST_FILES = 1_000


@dataclass
class OwnQuestion:
    """One question of a file with its entries.

    Attributes
    ----------
    item_id : str
        The id of the question.
    snapshot : QuestionSnapshot
        What was shown of its newest version.
    forms : dict of str to Item
        By version what was shown of it, without key and feedback; the newest last.
    snapshots : dict of str to QuestionSnapshot
        The same as it was kept.
    events : list of Event
        What a student did with it, oldest first.
    """

    item_id: str
    snapshot: QuestionSnapshot
    forms: dict[str, Item] = field(default_factory=dict)
    snapshots: dict[str, QuestionSnapshot] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    @property
    def newest(self) -> Item:
        """What was shown of its newest version."""
        return list(self.forms.values())[-1]


@dataclass(frozen=True)
class OwnFile:
    """A file of questions with what a student answered of it.

    Attributes
    ----------
    key : str
        The file, as its questions' ids begin.
    total : int
        How many questions were asked with it.
    records : list of QuestionRecord
        What became of those that were touched, in the order of the file, as it was kept.
    """

    key: str
    total: int
    records: list[QuestionRecord]

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return sum(record.answered for record in self.records)


def own_questions(events: Iterable[Event]) -> tuple[list[OwnQuestion], list[Event]]:
    """Return the questions of files with their entries, and all entries that are of none.

    Parameters
    ----------
    events : iterable of Event
        What a student did, oldest first.

    Returns
    -------
    list of OwnQuestion
        File by file in the order in which they were met, then by place.
    list of Event
        The other entries, in the same order.
    """
    events = list(events)
    moves = told_moves(events)
    found: dict[str, OwnQuestion] = {}
    files: dict[str, int] = {}
    totals: dict[str, int] = {}
    for event in events:
        snapshot = read_snapshot(event)
        if snapshot is None or (snapshot.file not in files and len(files) == MOST_FILES):
            continue
        files.setdefault(snapshot.file, len(files))
        totals[snapshot.file] = snapshot.total
        name = moves.get(FormRef(event.item, event.version), event.item)
        known = found.setdefault(name, OwnQuestion(name, snapshot))
        if name == event.item:
            known.snapshot = snapshot
        # The newest stands last, also where an earlier wording came back.
        known.forms.pop(event.version, None)
        known.forms[event.version] = described_item(snapshot, name, event.version)
        known.snapshots[event.version] = snapshot
    if not found:
        return [], events
    former: dict[str, str] = {}
    for name, known in found.items():
        if known.snapshot.former:
            former[name] = known.snapshot.former
    others = []
    newest = [known.newest for known in found.values()]
    for event in rename_entries(adopt_former(events, newest, former), moves):
        if question := found.get(event.item):
            question.events.append(event)
        else:
            others.append(event)
    questions = []
    for asked in found.values():
        # As many as the file asked when it was last answered.
        total = totals[asked.snapshot.file]
        asked.snapshot = msgspec.structs.replace(
            asked.snapshot, total=total, former="", earlier=[], siblings=[]
        )
        questions += _without_gone(asked)
    return sorted(questions, key=lambda part: (files[part.snapshot.file], part.snapshot.place)), others


def _without_file(snapshot: QuestionSnapshot, total: int) -> QuestionSnapshot:
    """Return what was shown of a question without what is for finding it again in its file."""
    return msgspec.structs.replace(snapshot, total=total, former="", earlier=[], siblings=[])


def _without_gone(question: OwnQuestion) -> list[OwnQuestion]:
    """Return a question, and by themselves those that stood under its name and were taken out of the file."""
    parts: list[list[str]] = []
    for version, form in reversed(question.forms.items()):
        newest = parts[-1][-1] if parts else version
        kept, later = question.snapshots[version], question.snapshots[newest]
        if parts and not stood_beside(kept, form, later, question.forms[newest]):
            parts[-1].append(version)
        else:
            parts.append([version])
    if len(parts) == 1:
        return [question]
    # What is on none of its forms stays with the newest.
    known = {version for versions in parts[1:] for version in versions}
    events = [event for event in question.events if event.version not in known]
    forms = {version: form for version, form in question.forms.items() if version not in known}
    found = [OwnQuestion(question.item_id, question.snapshot, forms, question.snapshots, events)]
    for versions in parts[1:]:
        name = f"{question.item_id}@{versions[0]}"
        found.append(
            OwnQuestion(
                name,
                _without_file(question.snapshots[versions[0]], question.snapshot.total),
                {
                    version: msgspec.structs.replace(form, id=name)
                    for version, form in question.forms.items()
                    if version in versions
                },
                question.snapshots,
                [event for event in question.events if event.version in versions],
            )
        )
    return [
        part for part in found if any(event.kind in ("answer", "draft") for event in part.events)
    ] or found[:1]


def collect_own(events: Iterable[Event]) -> tuple[list[OwnFile], list[Event], list[UnmatchedAnswer]]:
    """Return what became of the questions of files, and what is of none.

    Parameters
    ----------
    events : iterable of Event
        What a student did, oldest first.

    Returns
    -------
    list of OwnFile
        In the order in which they were met.
    list of Event
        The entries that are of none of their questions.
    list of UnmatchedAnswer
        Answers to their questions that can be none.
    """
    questions, others = own_questions(events)
    by_file: dict[str, list[OwnQuestion]] = {}
    for question in questions:
        by_file.setdefault(question.snapshot.file, []).append(question)
    files, unmatched = [], []
    for key, theirs in by_file.items():
        records = []
        for question in theirs:
            record, unfit = own_record(question.newest, question.forms, question.events)
            records.append(record)
            unmatched += unfit
        files.append(OwnFile(key, file_total(theirs), records))
    return files, others, unmatched


def file_total(questions: Sequence[OwnQuestion]) -> int:
    """Return how many questions a file has, as far as is known.

    Parameters
    ----------
    questions : sequence of OwnQuestion
        Those of the file that were touched, at least one.

    Returns
    -------
    int
        Not less than how many were touched.
    """
    return max(len(questions), *(question.snapshot.total for question in questions))
