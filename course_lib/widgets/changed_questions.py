"""What a student is told where a question has changed since it was answered: their answer stays."""

from typing import NamedTuple

from course_lib import items
from course_lib.errors import ItemError
from course_lib.html.markdown import render_markdown
from course_lib.items import Answer, Item
from course_lib.messages import isolate, say
from course_lib.student.carried_answers import carry_answer
from course_lib.student.events import Event
from course_lib.student.own_questions import QuestionSnapshot, described_item

# A longer answer stands in its field, or is cut in the sentence.
_LONGEST_TOLD = 400


class KeptAnswer(NamedTuple):
    """An answer to an earlier form of a question.

    Attributes
    ----------
    answer : Answer
        What of it can stand in today's form.
    whole : bool
        Whether that is all of it.
    told : str
        What was chosen, in the words of that time, where today's form does not show it so; else empty.
    """

    answer: Answer
    whole: bool
    told: str


def kept_answer(item: Item, event: Event, earlier: QuestionSnapshot | None) -> KeptAnswer:
    """Return an answer to an earlier form of a question as it can be shown today.

    Parameters
    ----------
    item : Item
        The question as it stands.
    event : Event
        The draft or answer.
    earlier : QuestionSnapshot or None
        How the question was shown then, where that was kept.

    Returns
    -------
    KeptAnswer
        Nothing of it is lost: what does not fit is told in words.
    """
    if earlier is not None:
        old = described_item(earlier, event.item, event.version)
        try:
            answer = items.valid_answer(old, event.answer)
        except ItemError:
            pass
        else:
            carried = carry_answer(old, item, answer)
            told = "" if carried.whole and carried.same_words else chosen_words(old, answer)
            return KeptAnswer(_fitting(item, carried.answer), carried.whole, told)
    try:
        return KeptAnswer(items.valid_answer(item, event.answer), True, "")
    except ItemError:
        typed = event.answer if isinstance(event.answer, str) else ""
        return KeptAnswer(None, False, typed)


def _fitting(item: Item, answer: Answer) -> Answer:
    try:
        return items.valid_answer(item, answer)
    except ItemError:
        return None


def changed_text(kept: KeptAnswer, checked: Event | None, locked: bool) -> str:
    """Return what is said of an answer to an earlier form of a question.

    Parameters
    ----------
    kept : KeptAnswer
        The answer.
    checked : Event or None
        The newest one that was checked.
    locked : bool
        Whether it stays as it is, as a lodged forecast does.

    Returns
    -------
    str
        Plain text: that the question has changed, what was chosen, what became of it, what to do.
    """
    if locked:
        sentences = [say("quiz.changed_locked")]
    elif kept.whole:
        sentences = [say("quiz.changed")]
    else:
        sentences = [say("quiz.changed_unfit")]
    if kept.told:
        sentences.append(say("quiz.chosen_then", answer=isolate(_shortened(kept.told))))
    if checked is not None and checked.state in ("right", "not_yet"):
        sentences.append(say(f"quiz.was_then.{checked.state}"))
    return " ".join(sentences)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TOLD else text[:_LONGEST_TOLD] + "…"


def chosen_words(item: Item, answer: Answer) -> str:
    """Return an answer in the words of its question, on one line.

    Parameters
    ----------
    item : Item
        The question.
    answer : Answer
        In its normal form.

    Returns
    -------
    str
        Plain text; empty where nothing was chosen.
    """
    match item:
        case items.Single() | items.Multiple() | items.Order():
            options = items.public_view(item)["options"]
            places = answer if isinstance(answer, list) else [answer]
            return "; ".join(_plain(options[place]) for place in places if isinstance(place, int))
        case items.Grid() | items.Match() | items.Matrix():
            rows = items.public_view(item)["rows"]
            told = []
            for row, cells in zip(rows, answer if isinstance(answer, list) else [], strict=False):
                places = cells if isinstance(cells, list) else [cells]
                names = [item.choices[place] for place in places if place is not None]
                if names:
                    told.append(f"{_plain(row['text'])}: {', '.join(names)}")
            return "; ".join(told)
        case items.Number() | items.Word() | items.Text() | items.Probability():
            return "" if answer is None else str(answer)


def _plain(text: str) -> str:
    return render_markdown(text, inline=True).striptags()
