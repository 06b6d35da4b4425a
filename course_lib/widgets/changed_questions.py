"""What a student is told where a question has changed since it was answered: their answer stays."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from course_lib import items
from course_lib.errors import ItemError
from course_lib.html.markdown import render_markdown
from course_lib.items import Answer, BlankResponse, Item, Response
from course_lib.messages import isolate, say
from course_lib.student.carried_answers import carry_answer, is_another_question
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
    asked : str
        What was asked, where another question stands there now; else empty.
    """

    answer: Answer
    whole: bool
    told: str
    asked: str = ""


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
            response = items.read_response(old, event.answer)
        except ItemError:
            pass
        else:
            if is_another_question(old, item):
                asked = _plain(old.stem.strip().partition("\n\n")[0])
                return KeptAnswer(None, False, chosen_words(response), asked)
            carried = carry_answer(old, item, response.answer)
            told = "" if carried.whole and carried.same_words else chosen_words(response)
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
    if kept.asked:
        sentences.append(say("quiz.asked_then", question=isolate(_shorten(kept.asked))))
    if kept.told:
        sentences.append(say("quiz.chosen_then", answer=isolate(_shorten(kept.told))))
    if checked is not None and checked.state in ("right", "not_yet"):
        sentences.append(say(f"quiz.was_then.{checked.state}"))
    return " ".join(sentences)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_TOLD else text[:_LONGEST_TOLD] + "…"


def chosen_words(response: Response | BlankResponse) -> str:
    """Return an answer in the words of its question, on one line.

    Parameters
    ----------
    response : Response or BlankResponse
        The question with the answer.

    Returns
    -------
    str
        Plain text; empty where nothing was chosen.
    """
    match response:
        case items.SingleResponse(item, answer):
            return _plain(item.option[answer].text)
        case items.MultipleResponse(item, answer):
            return "; ".join(_plain(item.option[place].text) for place in answer)
        case items.OrderResponse(item, answer):
            return "; ".join(_plain(item.step[item.shuffled[place]].text) for place in answer)
        case items.GridResponse(item, answer):
            rows = [(row.text, [place]) for row, place in zip(item.row, answer, strict=True)]
            return _rows_in_words(rows, item.choices)
        case items.MatchResponse(item, answer):
            rows = [(pair.text, [place]) for pair, place in zip(item.pair, answer, strict=True)]
            return _rows_in_words(rows, item.choices)
        case items.MatrixResponse(item, answer):
            wide = [(row.text, cells) for row, cells in zip(item.row, answer, strict=True)]
            return _rows_in_words(wide, item.choices)
        case items.ProbabilityResponse(_, percent):
            return f"{percent:g}"
        case items.NumberResponse(_, typed) | items.WordResponse(_, typed) | items.TextResponse(_, typed):
            return typed
        case items.BlankResponse():
            return ""


def _rows_in_words(rows: Iterable[tuple[str, Sequence[int | None]]], choices: Sequence[str]) -> str:
    named = [(text, [choices[place] for place in places if place is not None]) for text, places in rows]
    return "; ".join(f"{_plain(text)}: {', '.join(names)}" for text, names in named if names)


def _plain(text: str) -> str:
    return render_markdown(text, inline=True).striptags()
