"""The student's coding beside a key or another coder's: how far the two agree, and where they part."""

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from course_lib import items
from course_lib.errors import ItemError
from course_lib.html.panels import Panel, paragraph_panel, table_html
from course_lib.items import BlankResponse, Grid, GridResponse, Item, Matrix, MatrixResponse, Response
from course_lib.markup import lesson_text, say_html
from course_lib.messages import say
from course_lib.methods import ach
from course_lib.methods.admiralty import describe_grade, diagonal_share
from course_lib.methods.agreement import cohen_kappa
from course_lib.student.progress import Progress

if TYPE_CHECKING:
    # Slow to import, and a comparison with a key does without.
    import pandas as pd

# More cells than this are a wall, not a comparison.
_FARTHEST = 8


def agreement_panel(item: Grid, progress: Progress) -> Panel:
    """Return how far the student's coding in a grid agrees with the key, with Cohen's kappa.

    Shows the key, so it waits until the grid has been checked once.

    Parameters
    ----------
    item : Grid
        A grid whose rows have a key.
    progress : Progress
        Where the answers are.

    Returns
    -------
    Panel
        The agreement, and the rows where the two part.
    """
    answer = _grid_answer(item, progress)
    if answer is None:
        return paragraph_panel([say_html("comparisons.agreement.first")])
    coded = [
        (row, item.choices[place], row.key or "")
        for row, place in zip(item.row, answer, strict=True)
        if place is not None
    ]
    mine, keys = [code for _, code, _ in coded], [key for *_, key in coded]
    same = sum(code == key for _, code, key in coded)
    lines = [say_html("comparisons.agreement.same", same=same, n=len(coded), all=len(item.row))]
    if not coded:
        lines.append(say_html("comparisons.agreement.nothing_coded"))
    elif len({*mine, *keys}) == 1:
        lines.append(_one_code(mine[0]))
    else:
        result = cohen_kappa(mine, keys)
        seen, luck, kappa = (f"{share:.2f}" for share in (result.observed, result.expected, result.kappa))
        lines.append(say_html("comparisons.agreement.kappa", seen=seen, luck=luck, kappa=kappa))
    head = (
        say("comparisons.agreement.claim"),
        say("comparisons.agreement.in_our_words"),
        say("comparisons.your_code"),
        say("comparisons.agreement.key"),
    )
    apart = [(row.ref, row.text, code, key) for row, code, key in coded if code != key]
    return _panel(lines, say("comparisons.agreement.differ"), head, apart, range(4))


def grades_panel(letters: Grid, digits: Grid, progress: Progress) -> Panel:
    """Return the student's Admiralty grades in words, and how many lie on the diagonal.

    Parameters
    ----------
    letters, digits : Grid
        Two grids with the same rows, one for the letters and one for the digits.
    progress : Progress
        Where the answers are.

    Returns
    -------
    Panel
        The grades, once both grids have been checked and are filled in.
    """
    answers = [_grid_answer(item, progress) for item in (letters, digits)]
    letter_codes, digit_codes = (
        [item.choices[place] for place in answer or () if place is not None]
        for item, answer in zip((letters, digits), answers, strict=True)
    )
    if len(letter_codes) < len(letters.row) or len(digit_codes) < len(digits.row):
        return paragraph_panel([say_html("comparisons.grades.first")])
    grades = [
        (row.text, letter + digit)
        for row, letter, digit in zip(letters.row, letter_codes, digit_codes, strict=True)
    ]
    share = diagonal_share([grade for _, grade in grades])
    luck = f"{share.n * share.by_chance:.0f}"
    line = say_html("comparisons.grades.diagonal", on=share.on, n=share.n, luck=luck)
    head = (
        say("comparisons.grades.report"),
        say("comparisons.grades.your_grade"),
        say("comparisons.grades.in_words"),
    )
    rows = [(text, grade, _grade_in_words(grade)) for text, grade in grades]
    return _panel([line], say("comparisons.grades.yours"), head, rows, (0, 1))


def _grade_in_words(grade: str) -> str:
    letter, digit = describe_grade(grade)
    return say(
        "comparisons.admiralty.grade",
        reliability=say(f"comparisons.admiralty.source.{letter}"),
        credibility=say(f"comparisons.admiralty.information.{digit}"),
    )


def coding_table(item: Matrix, progress: Progress) -> "pd.DataFrame":
    """Return the student's codes in a matrix, evidence by hypothesis, as `methods.ach` takes them.

    Parameters
    ----------
    item : Matrix
        The matrix.
    progress : Progress
        Where the answers are.

    Returns
    -------
    DataFrame
        Only rows that are filled in whole are in it, and none before the matrix has been checked. A row is
        called by its ``ref``, a column by the first word of its head.
    """
    import pandas as pd

    response = _last_response(item, progress)
    answer = response.answer if isinstance(response, MatrixResponse) else []
    whole = {}
    for row, cells in zip(item.row, answer, strict=True) if answer else ():
        codes = [item.choices[place] for place in cells if place is not None]
        if len(codes) == len(item.columns):
            whole[row.ref] = codes
    return pd.DataFrame.from_dict(whole, orient="index", columns=[head.split()[0] for head in item.columns])


def compare_coding(mine: "pd.DataFrame", codings: "pd.DataFrame") -> Panel:
    """Return the student's codes in a matrix beside another coder's, with the reasons where they part.

    Shows that coder's codes, so it waits until the student has some.

    Parameters
    ----------
    mine : DataFrame
        As from `coding_table`.
    codings : DataFrame
        With ``evidence``, ``hypothesis``, ``consistency`` and ``reason``, a row for each cell.

    Returns
    -------
    Panel
        The agreement, and the cells that lie farthest apart.
    """
    if mine.empty:
        return paragraph_panel([say_html("comparisons.coder.first")])
    theirs = codings.pivot(index="evidence", columns="hypothesis", values="consistency")
    theirs = theirs.loc[mine.index, mine.columns]
    same = int((mine == theirs).to_numpy().sum())
    filled = say("comparisons.coder.rows", n=len(mine))
    lines = [say_html("comparisons.coder.same", same=same, n=mine.size, rows=filled)]
    codes = {*mine.to_numpy().ravel(), *theirs.to_numpy().ravel()}
    if len(codes) == 1:
        lines.append(_one_code(codes.pop()))
    else:
        kappa, _ = ach.coder_agreement(mine, theirs)
        lines.append(say_html("comparisons.coder.kappa", kappa=f"{kappa.kappa:.2f}"))
    far = _cells_apart(mine, codings)
    caption = say("comparisons.coder.apart")
    if len(far) > _FARTHEST:
        caption = say("comparisons.coder.farthest", shown=_FARTHEST, n=len(far))
    head = (
        say("comparisons.coder.evidence"),
        say("comparisons.coder.hypothesis"),
        say("comparisons.your_code"),
        say("comparisons.coder.code"),
        say("comparisons.coder.reason"),
    )
    one_person = say_html("comparisons.coder.one_person")
    return _panel(lines, caption, head, far[:_FARTHEST], range(5), one_person)


def _cells_apart(mine: "pd.DataFrame", codings: "pd.DataFrame") -> list[tuple[str, ...]]:
    """Return the cells whose codes lie more than one step apart, the farthest first, with the reason."""
    far = []
    for cell in codings[["evidence", "hypothesis", "consistency", "reason"]].to_dict("records"):
        evidence, hypothesis, theirs = cell["evidence"], cell["hypothesis"], cell["consistency"]
        if evidence in mine.index and hypothesis in mine.columns:
            code = str(mine.loc[evidence, hypothesis])
            steps = abs(ach.CODES.index(code) - ach.CODES.index(theirs))
            if steps > 1:
                far.append((steps, (evidence, hypothesis, code, theirs, cell["reason"])))
    # Of two that lie as far apart the one that comes first by name.
    far.sort(key=lambda pair: pair[1])
    far.sort(key=lambda pair: pair[0], reverse=True)
    return [cell for _, cell in far]


def _grid_answer(item: Grid, progress: Progress) -> list[int | None] | None:
    response = _last_response(item, progress)
    return response.answer if isinstance(response, GridResponse) else None


def _last_response(item: Item, progress: Progress) -> Response | BlankResponse | None:
    """Return the answer that was checked last, or None where there is none that belongs to this item."""
    event = progress.last_answer(item.id)
    if event is None or event.version != item.version:
        return None
    try:
        return items.read_response(item, event.answer)
    except ItemError:
        return None


def _one_code(code: str) -> Markup:
    return say_html("comparisons.one_code", code=lesson_text(code))


def _panel(
    lines: Iterable[Markup],
    caption: str,
    head: Sequence[str],
    body: Sequence[Sequence[str]],
    content: Container[int],
    last: Markup | None = None,
) -> Panel:
    """Return sentences, a table where it has rows, and a last sentence."""
    markup = paragraph_panel(lines).markup
    if body:
        markup += table_html(caption, head, body, content)
    if last is not None:
        markup += paragraph_panel([last]).markup
    return Panel(markup)
