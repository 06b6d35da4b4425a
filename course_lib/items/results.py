"""What comes out of an answer: its state, its score and the feedback, whose words are still to be said."""

from datetime import date
from typing import Literal

import msgspec

State = Literal["unanswered", "right", "not_yet", "kept"]
MessageValue = int | float | str | date


class MessageRef(msgspec.Struct, frozen=True):
    """A message of the interface that is still to be said: its `key`, and the values for its places.

    Whoever shows it says it: numbers and days are written as the interface writes them, and texts are what
    a student typed or an author wrote.
    """

    key: str
    values: dict[str, MessageValue] = {}


class Note(msgspec.Struct, frozen=True):
    """One piece of feedback: `where` it belongs (item, option:2, row:5), whether that was right, its text.

    `text` comes from the bank, in Markdown, as does each of the `lines` of a list. Before them stands the
    `message` of the course on the answer.
    """

    where: str
    right: bool | None
    text: str = ""
    message: MessageRef | None = None
    lines: list[str] = []


class Result(msgspec.Struct, frozen=True):
    """What became of an answer: `state` unanswered, right, not_yet or kept; `score` 0 to 1 or None; notes."""

    state: State
    score: float | None
    notes: list[Note]
