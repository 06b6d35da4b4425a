"""What a student answered of files of their own: told by what was kept beside the answers, without a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from course_lib.items import Item
from course_lib.student.events import Event
from course_lib.student.own_questions import QuestionSnapshot, adopt_former, described_item, read_snapshot
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
    events : list of Event
        What a student did with it, oldest first.
    """

    item_id: str
    snapshot: QuestionSnapshot
    forms: dict[str, Item]
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
    found: dict[str, OwnQuestion] = {}
    files: dict[str, int] = {}
    for event in events:
        snapshot = read_snapshot(event)
        if snapshot is None or (snapshot.file not in files and len(files) == MOST_FILES):
            continue
        files.setdefault(snapshot.file, len(files))
        item = described_item(snapshot, event.item, event.version)
        known = found.setdefault(event.item, OwnQuestion(event.item, snapshot, {}))
        known.snapshot = snapshot
        # The newest stands last, also where an earlier wording came back.
        known.forms.pop(event.version, None)
        known.forms[event.version] = item
    if not found:
        return [], events
    former = {name: question.snapshot.former for name, question in found.items() if question.snapshot.former}
    others = []
    for event in adopt_former(events, [question.newest for question in found.values()], former):
        if question := found.get(event.item):
            question.events.append(event)
        else:
            others.append(event)
    ordered = sorted(
        found.values(), key=lambda question: (files[question.snapshot.file], question.snapshot.place)
    )
    return ordered, others


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
