"""Answers to files of questions that are not at hand: a row for each, as the student's machine kept it."""

import dataclasses
import math
from collections.abc import Container, Sequence
from typing import NamedTuple, get_args

import msgspec

from course_lib import items
from course_lib.errors import ItemError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.question_files import QuestionFile, match_files
from course_lib.items import BlankResponse, Response, State
from course_lib.student.events import Event
from course_lib.student.kept_forms import KeptForm, trace_forms
from course_lib.student.own_files import OwnQuestion, own_questions
from course_lib.student.own_questions import (
    FormRef,
    QuestionSnapshot,
    adopt_former,
)
from course_lib.widgets.changed_questions import chosen_words

_STATES: tuple[State, ...] = get_args(State)
_LONGEST_ANSWER = 200


class RecordedRow(NamedTuple):
    """One student's answers to one question of a file, as they were recorded.

    Attributes
    ----------
    student : int
        The student's place in the batch.
    snapshot : QuestionSnapshot
        What was shown of the question.
    item : str
        Its id.
    first, last : float or None
        The recorded scores of the first and the last attempt, 0 to 1.
    state : State
        Of the last attempt, right, not_yet, kept or unanswered.
    attempts : int
        How many answers there are.
    answer_first, answer_last : str or None
        In words; what was typed, or of a text how many words it has.
    sure : int or None
        How sure the student was at the first attempt, a place in `items.SURE`.
    version_differs : bool
        Whether the student saw the question in a newer version than the one last answered.
    """

    student: int
    snapshot: QuestionSnapshot
    item: str
    first: float | None
    last: float | None
    state: State
    attempts: int
    answer_first: str | None
    answer_last: str | None
    sure: int | None
    version_differs: bool


def sort_own(
    events: Sequence[Event], files: Sequence[QuestionFile], known: Container[str]
) -> tuple[list[Event | None], list[OwnQuestion]]:
    """Return one student's entries under the ids by which they can be marked, and what cannot be marked.

    Parameters
    ----------
    events : sequence of Event
        The student's, oldest first.
    files : sequence of QuestionFile
        The files that are at hand.
    known : container of str
        The ids of the questions that can be marked.

    Returns
    -------
    list of Event or None
        In the same order; None in the place of what is taken as it was recorded.
    list of OwnQuestion
        The questions of files that are not at hand, with their entries.
    """
    renamed: dict[str, Event | None] = {}
    recorded = []
    own = own_questions(events)[0]
    matches = match_files([question.snapshot.file for question in own], files)
    names = {
        name: target
        for key, file in matches.items()
        for name, target in _names_in_file(
            [question for question in own if question.snapshot.file == key], file
        ).items()
        if target in known
    }
    for question in own:
        left = []
        for event in question.events:
            target = names.get(FormRef(question.item_id, event.version))
            if event.version not in question.forms and (file := matches.get(question.snapshot.file)):
                name = file.question_id(question.snapshot.file, question.item_id)
                target = name if name in known else None
            renamed[event.uid] = msgspec.structs.replace(event, item=target) if target else None
            if not target:
                left.append(event)
        if left:
            recorded.append(dataclasses.replace(question, events=left))
    for file in files:
        # Of a store that was kept earlier, where the file was not opened again.
        theirs = {event.item: event for event in events}.keys() & set(file.former_ids.values())
        if theirs:
            left = [event for event in events if event.item in theirs and event.uid not in renamed]
            for event in adopt_former(left, file.bank.items, file.former_ids):
                if event.item in known:
                    renamed[event.uid] = event
    return [renamed.get(event.uid, event) for event in events], recorded


def _names_in_file(questions: Sequence[OwnQuestion], file: QuestionFile) -> dict[FormRef, str]:
    """Return for each form in which a student was shown a question of a file which one it is in the file."""
    forms = {}
    for question in questions:
        key = question.snapshot.file
        for version, item in question.forms.items():
            there = FormRef(file.question_id(key, question.item_id), version)
            forms[FormRef(question.item_id, version)] = KeptForm(there, question.snapshots[version], item)
    traced = trace_forms(list(forms.values()), file.bank.items, file.bank.lesson)
    return {name: traced[form.ref] for name, form in forms.items() if form.ref in traced}


def recorded_row(student: int, question: OwnQuestion) -> RecordedRow | None:
    """Return one student's answers to a question of a file.

    Parameters
    ----------
    student : int
        The student's place in the batch.
    question : OwnQuestion
        The question with the student's entries.

    Returns
    -------
    RecordedRow or None
        None where nothing was answered, nor left open in a test that was handed in.
    """
    attempts: list[tuple[Event, Response]] = []
    is_left_open = False
    for event in question.events:
        if event.kind != "answer":
            continue
        is_left_open |= event.state == "unanswered"
        try:
            response = items.read_response(question.forms.get(event.version, question.newest), event.answer)
        except ItemError:
            continue
        if event.state != "unanswered" and not isinstance(response, BlankResponse):
            attempts.append((event, response))
    name, snapshot = question.item_id, question.snapshot
    if not attempts:
        if not is_left_open:
            return None
        nothing = 0.0 if snapshot.graded else None
        return RecordedRow(
            student, snapshot, name, nothing, nothing, "unanswered", 0, None, None, None, False
        )
    (first, first_response), (last, last_response) = attempts[0], attempts[-1]
    sure = first.sure if snapshot.confidence and first.sure in range(len(items.SURE)) else None
    return RecordedRow(
        student,
        snapshot,
        name,
        _score(first, snapshot.graded),
        _score(last, snapshot.graded),
        _state(last),
        len(attempts),
        _answer_words(first_response),
        _answer_words(last_response),
        sure,
        last.version != question.newest.version,
    )


def _score(event: Event, graded: bool) -> float | None:
    score = event.score
    return score if graded and score is not None and math.isfinite(score) and 0 <= score <= 1 else None


def _state(event: Event) -> State:
    return next((state for state in _STATES if state == event.state), "kept")


def _answer_words(response: Response) -> str:
    if isinstance(response, items.TextResponse):
        return f"{len(response.answer.split())} words"
    return plain_cell(chosen_words(response), _LONGEST_ANSWER)
