"""Answers as blocks of a document: a text, a coding beside its key, checks in one table."""

from collections.abc import Sequence

from course_lib import items
from course_lib.dates import long_date
from course_lib.messages import isolate, say
from course_lib.reports.answers import (
    answer_in_words,
    choice_name,
    ordered_steps,
    question_text,
    result_in_words,
    row_name,
)
from course_lib.reports.blocks import Block, CourseText, Lines, Paragraph, Quote, Table, Words
from course_lib.student.records import QuestionRecord

Coding = items.GridResponse | items.MatrixResponse | items.MatchResponse | items.OrderResponse

# A typed answer that is longer stands under its table, not in it.
_LONGEST_CELL = 160
# More columns than this do not fit a small screen.
_NARROW = 4
_TIMES = {2: "second", 3: "third"}


def text_blocks(record: QuestionRecord, item: items.Text) -> list[Block]:
    """Return a text with the list to check it against, which comes once it was handed in.

    Parameters
    ----------
    record : QuestionRecord
        What became of the question.
    item : Text
        The question.

    Returns
    -------
    list of Block
        A sentence where nothing was written.
    """
    blocks: list[Block] = []
    if isinstance(record.response, items.TextResponse):
        sentences = [_handed_in(record), *([say("portfolio.text.changed")] if record.changed else [])]
        blocks += [Quote(record.response.answer), Paragraph(" ".join(sentences), quiet=True)]
    if isinstance(record.draft, items.TextResponse):
        later = say("portfolio.text.later_draft") if record.answered else say("portfolio.text.draft")
        blocks += [Paragraph(later, quiet=True), Quote(record.draft.answer)]
    if not blocks:
        return [Paragraph(say("portfolio.text.nothing"), quiet=True)]
    if record.answered and not record.changed and item.rubric:
        rubric = Lines([[CourseText(line)] for line in item.rubric])
        blocks += [Paragraph(say("portfolio.text.rubric"), quiet=True), rubric]
    return blocks


def _handed_in(record: QuestionRecord) -> str:
    day, n = long_date(record.day), record.attempts
    if n < 2:
        return say("portfolio.text.handed_in_on", day=day) if day else say("portfolio.text.handed_in")
    time = say(f"portfolio.text.time.{_TIMES.get(n, 'later')}", n=n)
    if day:
        return say("portfolio.text.handed_in_on_again", day=day, time=time)
    return say("portfolio.text.handed_in_again", time=time)


def coding_blocks(record: QuestionRecord) -> list[Block]:
    """Return codings, matches and orders: beside the key where they were checked against one.

    Parameters
    ----------
    record : QuestionRecord
        What became of a question of one of these types.

    Returns
    -------
    list of Block
        What was checked, then what was chosen later.
    """
    blocks: list[Block] = []
    if isinstance(record.response, Coding):
        checked = _coding(record.response, record.is_keyed)
        blocks += [Paragraph(result_in_words(record), quiet=True), checked]
    if isinstance(record.draft, Coding):
        later = say("portfolio.coded.later") if record.answered else say("portfolio.coded.draft")
        blocks += [Paragraph(later, quiet=True), _coding(record.draft, False)]
    return blocks


def _coding(response: Coding, keyed: bool) -> Block:
    match response:
        case items.OrderResponse():
            return ordered_steps(response)
        case items.MatrixResponse(item, answer):
            return _matrix_table(item, answer, keyed)
        case items.MatchResponse(item, answer):
            return _match_table(item, answer, keyed)
        case items.GridResponse(item, answer):
            return _grid_table(item, answer, keyed)


def _matrix_table(item: items.Matrix, answer: Sequence[Sequence[int | None]], keyed: bool) -> Table:
    rows = []
    for row, cells in zip(item.row, answer, strict=True):
        keys = row.key if keyed else [None] * len(cells)
        choices = [choice_name(item, place, key) for place, key in zip(cells, keys, strict=True)]
        rows.append([row_name(row), *choices])
    caption = say("portfolio.coded.codes_and_key") if keyed else say("portfolio.coded.codes")
    head = [say("portfolio.coded.what"), *map(isolate, item.columns)]
    return Table(caption, head, rows, first=30, wide=len(item.columns) > _NARROW)


def _match_table(item: items.Match, answer: Sequence[int | None], keyed: bool) -> Table:
    rows: list[list[Words]] = []
    for pair, place in zip(item.pair, answer, strict=True):
        verdict = ""
        if place is not None:
            fits = item.choices[place] == pair.match
            verdict = say("portfolio.coded.fits") if fits else say("portfolio.coded.fits_not")
        rows.append([[CourseText(pair.text)], choice_name(item, place), verdict])
    head = [say("portfolio.coded.this"), say("portfolio.coded.belongs_to"), say("portfolio.coded.right")]
    return _table_with_key(say("portfolio.coded.matches"), head, rows, keyed)


def _grid_table(item: items.Grid, answer: Sequence[int | None], keyed: bool) -> Table:
    rows: list[list[Words]] = []
    for row, place in zip(item.row, answer, strict=True):
        # A row that was left open keeps its key to itself.
        key = isolate(row.key) if keyed and row.key and place is not None else ""
        rows.append([row_name(row), choice_name(item, place), key])
    caption = say("portfolio.coded.coding_and_key") if keyed else say("portfolio.coded.coding")
    head = [say("portfolio.coded.what"), say("portfolio.coded.yours"), say("portfolio.coded.key")]
    return _table_with_key(caption, head, rows, keyed)


def _table_with_key(caption: str, head: list[str], rows: list[list[Words]], keyed: bool) -> Table:
    """Return a table without its last column where that would tell of a key that may not be told."""
    width = 3 if keyed else 2
    return Table(caption, head[:width], [row[:width] for row in rows], first=50)


def check_blocks(records: Sequence[QuestionRecord]) -> list[Block]:
    """Return questions, answers and results in one table; long answers stand in full below it.

    Parameters
    ----------
    records : Sequence[QuestionRecord]
        What became of the questions.

    Returns
    -------
    list of Block
        Empty where there are none.
    """
    if not records:
        return []
    rows: list[list[Words]] = []
    in_full: list[Block] = []
    for record in records:
        answer = answer_in_words(record)
        given = [response.answer for response in (record.response, record.draft) if response is not None]
        typed = [text for text in given if isinstance(text, str)]
        if any(len(text) > _LONGEST_CELL for text in typed):
            answer = say("portfolio.checks.long", n=max(map(len, typed)))
            in_full += [Paragraph(question_text(record.item)), *map(Quote, typed)]
        rows.append([question_text(record.item), answer, result_in_words(record)])
    head = [
        say("portfolio.checks.question"),
        say("portfolio.checks.your_answer"),
        say("portfolio.checks.result"),
    ]
    return [Table(say("portfolio.checks.caption"), head, rows), *in_full]
