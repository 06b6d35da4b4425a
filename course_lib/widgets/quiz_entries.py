"""What became of a question, for the page: the answer and its grade, the feedback as HTML, hints and key."""

import contextlib
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from course_lib import items
from course_lib.errors import ItemError, ProgressError
from course_lib.html.feedback import error_text, message_html
from course_lib.html.markdown import render_markdown
from course_lib.items import BlankResponse, Item, Note, Response, State
from course_lib.markup import lesson_block, say_html
from course_lib.messages import say
from course_lib.student.events import Event
from course_lib.student.history import QuestionHistory
from course_lib.student.question_store import QuestionStore
from course_lib.widgets.changed_questions import changed_text, kept_answer
from course_lib.widgets.page_types import Entry, ShownNote
from course_lib.widgets.quiz_readings import shown_reading


class AnswerFeedback(NamedTuple):
    """What became of an answer: its state, its score from 0 to 1 where there is one, and its notes."""

    state: State
    score: float | None
    notes: list[ShownNote]


def grade_answer(response: Response | BlankResponse, sure: int | None, mode: str) -> AnswerFeedback:
    """Return what becomes of an answer.

    Parameters
    ----------
    response : Response or BlankResponse
        The question with the answer.
    sure : int or None
        How sure the student was of it, a place in `items.SURE`.
    mode : str
        That of the quiz; a survey grades nothing.

    Returns
    -------
    AnswerFeedback
        With feedback for what was chosen, and no other.
    """
    result = items.grade_response(response)
    if mode == "survey" and result.state != "unanswered":
        return AnswerFeedback("kept", None, [])
    notes = [*result.notes]
    if confidence := items.confidence_note(result.state, sure):
        notes.append(confidence)
    page_notes = [ShownNote(note.where, note.right, _note_html(note)) for note in notes]
    return AnswerFeedback(result.state, result.score, page_notes)


def restore_entry(item: Item, store: QuestionStore, mode: str, handed_in: bool = False) -> Entry:
    """Return what became of a question so far.

    Parameters
    ----------
    item : Item
        The question.
    store : QuestionStore
        Where answers are kept; where it keeps nothing, the entry says so.
    mode : str
        That of the quiz.
    handed_in : bool, default False
        Whether it belongs to a test that was handed in.

    Returns
    -------
    Entry
        With a sentence where the answers cannot be read, or are to an earlier form of the question.
    """
    entry = Entry()
    if store.progress is None:
        entry.problem = say("quiz.not_kept")
        return entry
    try:
        history = store.history(item)
        entry.hints = hints_html(item, history.hints)
        if history.revealed:
            entry.revealed = key_html(item)
    except ProgressError as error:
        return Entry(hints=entry.hints, problem=str(error))
    if history.checked is not None:
        _restore_graded(entry, item, history.checked, mode)
    if history.last is not None:
        _restore_answer(entry, item, history, entry.locked or handed_in)
    return entry


def _restore_graded(entry: Entry, item: Item, checked: Event, mode: str) -> None:
    entry.attempt = checked.attempt
    # A lodged forecast stands as it was lodged, whatever became of the wording.
    entry.locked = isinstance(item, items.Probability)
    if checked.version != item.version and not entry.locked:
        return
    try:
        response = items.read_response(item, checked.answer)
    except ItemError:
        # A file brought back may hold what no page of ours has sent.
        entry.locked = False
        return
    graded = grade_answer(response, valid_sure(item, checked.sure), mode)
    entry.graded, entry.state, entry.notes = response.answer, graded.state, graded.notes


def _restore_answer(entry: Entry, item: Item, history: QuestionHistory, locked: bool) -> None:
    last = history.last
    if last is None:
        return
    if last.version == item.version:
        with contextlib.suppress(ItemError):
            entry.answer, entry.sure = items.valid_answer(item, last.answer), valid_sure(item, last.sure)
    else:
        kept = kept_answer(item, last, history.earlier)
        entry.answer, entry.sure = kept.answer, valid_sure(item, last.sure)
        entry.problem = changed_text(kept, history.checked, locked)
    if not locked:
        entry.reading = shown_reading(item, entry.answer)


def valid_sure(item: Item, sure: int | None) -> int | None:
    """Return how sure a student is, where that is asked and can be.

    Parameters
    ----------
    item : Item
        The question.
    sure : int or None
        What a page or a file says.

    Returns
    -------
    int or None
        A place in `items.SURE`.
    """
    return sure if item.confidence and sure in range(len(items.SURE)) else None


def hints_html(item: Item, count: int) -> list[Markup]:
    """Return the first hints of a question.

    Parameters
    ----------
    item : Item
        The question.
    count : int
        How many.

    Returns
    -------
    list of Markup
        No more than there are.
    """
    return [render_markdown(hint) for hint in item.hints[:count]]


def key_html(item: Item) -> Markup:
    """Return the key of a question with its feedback.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    Markup
        A heading and a list.
    """
    return Markup("<p><strong>{}</strong></p>{}").format(
        say_html("quiz.answer"), lesson_block(_list_html(items.key_lines(item)))
    )


def problem_text(error: Exception) -> str:
    """Return what a student is told of an error.

    Parameters
    ----------
    error : Exception
        One that the course raised.

    Returns
    -------
    str
        Plain text.
    """
    return say("quiz.not_saved", why=error) if isinstance(error, ProgressError) else error_text(error)


def _note_html(note: Note) -> Markup:
    """Return a note as HTML: what the course says, then what the bank has."""
    message = message_html(note.message) if note.message else Markup("")
    if not note.text and not note.lines:
        return Markup("<p>{}</p>").format(message)
    text = lesson_block(_list_html(note.lines) if note.lines else render_markdown(note.text))
    if not message:
        return text
    # One paragraph where both are in one language and the text begins with one.
    if text.startswith("<p>"):
        return Markup("<p>{} {}").format(message, text[3:])
    return Markup("<p>{}</p>{}").format(message, text)


def _list_html(lines: Iterable[str]) -> Markup:
    """Return lines of Markdown as a list."""
    parts = (render_markdown(line, inline="\n" not in line.strip()) for line in lines)
    return Markup("<ul>{}</ul>").format(Markup("").join(map(Markup("<li>{}</li>").format, parts)))
