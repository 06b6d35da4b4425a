"""Grading rules: an answer goes in, a result with its feedback comes out."""

import itertools
from collections.abc import Sequence

from course_lib.items.grading_numbers import grade_number
from course_lib.items.ordered_rules import first_word
from course_lib.items.outcomes import explanation, keep, leave_open, message_note, right_or_not
from course_lib.items.responses import (
    BlankResponse,
    GridResponse,
    MatchResponse,
    MatrixResponse,
    MultipleResponse,
    NumberResponse,
    OrderResponse,
    ProbabilityResponse,
    Response,
    SingleResponse,
    TextResponse,
    WordResponse,
    read_response,
)
from course_lib.items.results import MessageRef, Note, Result, State
from course_lib.items.typed_words import normalize_word
from course_lib.items.types import (
    SURE,
    Accepted,
    Grid,
    Item,
    Match,
    Matrix,
    Multiple,
    Order,
    Probability,
    Single,
    Text,
    Word,
)


def grade(item: Item, answer: object) -> Result:
    """Return what becomes of an answer.

    single: 1 or 0. multiple: the share of right options ticked less the share of wrong ones, never below 0,
    so that ticking everything earns nothing; right only when exact. number and word: 1 or 0.
    grid and match: the share of rows right. matrix: the share of cells right. order: the share of pairs in
    right order, rescaled so that chance earns nothing on average (Kendall's tau, never below 0); right only
    when exact. probability, text and whatever has no key: kept, without a score.

    Parameters
    ----------
    item : Item
        The question.
    answer : object
        An answer to it, as `valid_answer` takes it.

    Returns
    -------
    Result
        Its state, its score from 0 to 1 or None, and the feedback.

    Raises
    ------
    AnswerError
        Where it cannot be an answer to this question.

    Examples
    --------
    >>> from course_lib.items import Option, Single
    >>> option = [Option("yes", "Right.", True), Option("no", "Wrong.")]
    >>> question = Single(id="a", type="single", check="c", objective=1, stem="?", option=option)
    >>> grade(question, 1).state, grade(question, 0).score
    ('not_yet', 1.0)
    """
    return grade_response(read_response(item, answer))


def grade_response(response: Response | BlankResponse) -> Result:
    """Return what becomes of an answer that was read already, by the rules of `grade`.

    Parameters
    ----------
    response : Response or BlankResponse
        As `read_response` returns it.

    Returns
    -------
    Result
        Its state, its score from 0 to 1 or None, and the feedback.

    Examples
    --------
    >>> from course_lib.items import Option, Single
    >>> option = [Option("yes", "Right.", True), Option("no", "Wrong.")]
    >>> question = Single(id="a", type="single", check="c", objective=1, stem="?", option=option)
    >>> grade_response(read_response(question, None)).state
    'unanswered'
    """
    match response:
        case SingleResponse():
            return _grade_single(response.item, response.answer)
        case MultipleResponse():
            return _grade_multiple(response.item, response.answer)
        case NumberResponse():
            return grade_number(response.item, response.answer)
        case WordResponse():
            return _grade_word(response.item, response.answer)
        case GridResponse():
            return _grade_grid(response.item, response.answer)
        case MatrixResponse():
            return _grade_matrix(response.item, response.answer)
        case MatchResponse():
            return _grade_match(response.item, response.answer)
        case OrderResponse():
            return _grade_order(response.item, response.answer)
        case ProbabilityResponse():
            return _grade_probability(response.item, response.answer)
        case TextResponse():
            return _grade_text(response.item, response.answer)
        case BlankResponse():
            return _grade_blank(response.item)


def confidence_note(state: str, sure: int | None) -> Note | None:
    """Return the feedback where certainty and grade do not go together.

    Parameters
    ----------
    state : str
        That of a `Result`.
    sure : int or None
        How sure the student was: the place in `SURE`.

    Returns
    -------
    Note or None
        None where there is nothing to say.

    Examples
    --------
    >>> confidence_note("not_yet", 2).message.key
    'grading.sure_and_wrong'
    >>> confidence_note("right", 2)
    """
    if state == "not_yet" and sure == len(SURE) - 1:
        return message_note(MessageRef("grading.sure_and_wrong"))
    if state == "right" and sure == 0:
        return message_note(MessageRef("grading.guessed_right"))
    return None


def _grade_blank(item: Single | Order | Probability) -> Result:
    match item:
        case Single():
            return Result("unanswered", None, [])
        case Order():
            return leave_open(MessageRef("grading.not_moved"))
        case Probability():
            return leave_open(MessageRef("grading.no_probability"))


def _grade_single(item: Single, answer: int) -> Result:
    option = item.option[answer]
    if not item.graded:
        return keep(item, [Note(f"option:{answer}", None, option.feedback)] if option.feedback else [])
    note = Note(f"option:{answer}", option.key, option.feedback)
    return Result("right" if option.key else "not_yet", float(option.key), [note, *explanation(item)])


def _grade_multiple(item: Multiple, answer: list[int]) -> Result:
    if not answer:
        return Result("unanswered", None, [])
    if not item.graded:
        notes = [Note(f"option:{place}", None, item.option[place].feedback) for place in answer]
        return keep(item, [note for note in notes if note.text])
    keys = {place for place, option in enumerate(item.option) if option.key}
    ticked = set(answer)
    # Where every option is right there is nothing to lose by ticking.
    wrong = max(1, len(item.option) - len(keys))
    score = len(ticked & keys) / len(keys) - len(ticked - keys) / wrong
    notes = [Note(f"option:{place}", place in keys, item.option[place].feedback) for place in sorted(ticked)]
    if missing := len(keys - ticked):
        notes.append(message_note(MessageRef("grading.more", {"n": missing})))
    state: State = "right" if ticked == keys else "not_yet"
    return Result(state, max(0.0, score), [*notes, *explanation(item)])


def _grade_word(item: Word, answer: str) -> Result:
    if not normalize_word(answer):
        return Result("unanswered", None, [])
    if item.in_order:
        return _grade_first_word(item, answer)
    likeness = [(_likeness(answer, word), word) for word in item.answer]
    close = [(like, word) for like, word in likeness if like >= word.similar]
    if not close:
        return right_or_not(item, False, item.otherwise)
    # The likest of those that are like enough; of two alike the right one, then the one that stands first.
    _, word = max(close, key=lambda pair: (pair[0], pair[1].key))
    return right_or_not(item, word.key, word.feedback)


def _grade_first_word(item: Word, answer: str) -> Result:
    word = first_word(item, answer)
    if not item.graded:
        return keep(item, [Note("item", None, word.feedback)] if word else [])
    return right_or_not(item, word.key, word.feedback) if word else right_or_not(item, False, item.otherwise)


def _likeness(typed: str, word: Accepted) -> float:
    import difflib  # rarely needed

    first, second = (normalize_word(text, word.match_case) for text in (typed, word.text))
    # Signs that come often would be left out in long texts, which would then be unlike themselves.
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _grade_grid(item: Grid, answer: list[int | None]) -> Result:
    feedback = [
        "" if chosen is None else row.instead.get(item.choices[chosen], row.feedback)
        for row, chosen in zip(item.row, answer, strict=True)
    ]
    return _grade_rows(item, answer, [row.key for row in item.row], feedback)


def _grade_match(item: Match, answer: list[int | None]) -> Result:
    keys = [pair.match for pair in item.pair]
    return _grade_rows(item, answer, keys, [pair.feedback for pair in item.pair])


def _grade_rows(
    item: Grid | Match, answer: list[int | None], keys: Sequence[str | None], feedback: Sequence[str]
) -> Result:
    left = sum(chosen is None for chosen in answer)
    if left == len(answer):
        return Result("unanswered", None, [])
    notes = [message_note(MessageRef("grading.rows_open", {"n": left, "total": len(answer)}))] if left else []
    if not item.graded:
        return keep(item, notes)
    right = 0
    for place, (key, chosen, text) in enumerate(zip(keys, answer, feedback, strict=True)):
        if chosen is not None:
            hit = item.choices[chosen] == key
            right += hit
            notes.append(Note(f"row:{place}", hit, text))
    state: State = "right" if right == len(answer) else "not_yet"
    return Result(state, right / len(answer), [*notes, *explanation(item)])


def _grade_matrix(item: Matrix, answer: list[list[int | None]]) -> Result:
    cells = [cell for row in answer for cell in row]
    left = sum(cell is None for cell in cells)
    if left == len(cells):
        return Result("unanswered", None, [])
    notes = [message_note(MessageRef("grading.cells_open", {"n": left, "total": len(cells)}))] if left else []
    if not item.graded:
        return keep(item, notes)
    right = 0
    for place, (row, chosen) in enumerate(zip(item.row, answer, strict=True)):
        hits = sum(
            cell is not None and item.choices[cell] == key for key, cell in zip(row.key, chosen, strict=True)
        )
        right += hits
        if any(cell is not None for cell in chosen):
            agreement = MessageRef("grading.cells_agree", {"right": hits, "n": len(chosen)})
            # What is said of a row can tell the key of all its cells, so it waits for the last of them.
            is_whole = None not in chosen
            text = row.feedback if is_whole else ""
            notes.append(Note(f"row:{place}", hits == len(chosen) if is_whole else None, text, agreement))
    state: State = "right" if right == len(cells) else "not_yet"
    return Result(state, right / len(cells), [*notes, *explanation(item)])


def _grade_order(item: Order, answer: list[int]) -> Result:
    order = [item.shuffled[place] for place in answer]
    pairs = list(itertools.combinations(order, 2))
    wrong = sum(first > second for first, second in pairs)
    tau = 1 - 2 * wrong / len(pairs)
    notes = []
    for at, place in enumerate(answer):
        # A place alone says little: one step moved from the first place to the last puts all out of theirs.
        if order[at] == at and all(before < at for before in order[:at]):
            notes.append(Note(f"step:{place}", True, item.step[order[at]].feedback))
        elif at + 1 < len(order) and order[at] > order[at + 1]:
            notes.append(Note(f"step:{place}", False, message=MessageRef("grading.after_next")))
    if wrong:
        notes.append(message_note(MessageRef("grading.pairs", {"n": wrong, "total": len(pairs)})))
    return Result("not_yet" if wrong else "right", max(0.0, tau), [*notes, *explanation(item)])


def _grade_probability(item: Probability, answer: float) -> Result:
    return keep(item, [message_note(MessageRef("grading.lodged", {"percent": answer, "day": item.resolves}))])


def _grade_text(item: Text, answer: str) -> Result:
    words = len(answer.split())
    if words < item.minimum:
        if not words:
            return Result("unanswered", None, [])
        return leave_open(MessageRef("grading.too_short", {"words": words, "n": item.minimum}))
    notes = [Note("item", None, item.model, MessageRef("grading.model"))]
    if item.other:
        notes.append(Note("item", None, item.other, MessageRef("grading.other_model")))
    if item.rubric:
        notes.append(Note("item", None, message=MessageRef("grading.rubric"), lines=item.rubric))
    return keep(item, notes)
