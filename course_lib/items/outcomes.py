"""The results that grading comes to, whatever the type of question."""

from course_lib.items.results import MessageRef, Note, Result
from course_lib.items.types import Question


def right_or_not(item: Question, right: bool, feedback: str, message: MessageRef | None = None) -> Result:
    """Return the result of an answer that is right or is not.

    Parameters
    ----------
    item : Question
        The question.
    right : bool
        Whether the answer is right.
    feedback : str
        What its bank says of this answer, Markdown.
    message : MessageRef, optional
        What the course says before that.

    Returns
    -------
    Result
        With the score 1 or 0.
    """
    note = Note("item", right, feedback, message)
    return Result("right" if right else "not_yet", float(right), [note, *explanation(item)])


def keep(item: Question, notes: list[Note]) -> Result:
    """Return the result of an answer that is neither right nor wrong.

    Parameters
    ----------
    item : Question
        The question.
    notes : list of Note
        What is said of the answer.

    Returns
    -------
    Result
        Without a score.
    """
    return Result("kept", None, [*notes, *explanation(item)])


def leave_open(message: MessageRef) -> Result:
    """Return the result of what is no answer yet.

    Parameters
    ----------
    message : MessageRef
        What is missing.

    Returns
    -------
    Result
        Unanswered.
    """
    return Result("unanswered", None, [message_note(message)])


def message_note(message: MessageRef) -> Note:
    """Return a note on a whole question that says a message and nothing else.

    Parameters
    ----------
    message : MessageRef
        The message.

    Returns
    -------
    Note
        Neither right nor wrong.
    """
    return Note("item", None, message=message)


def explanation(item: Question) -> list[Note]:
    """Return what is shown with the feedback of every answer.

    Parameters
    ----------
    item : Question
        The question.

    Returns
    -------
    list of Note
        One, or none.
    """
    return [Note("item", None, item.explain)] if item.explain else []
