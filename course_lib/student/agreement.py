"""The student's coding beside a key or another coder's: how far the two agree, and where they part."""

from course_lib import items
from course_lib.errors import ItemError
from course_lib.html.panels import Panel, paragraph_panel, table_html
from course_lib.markup import lesson_text
from course_lib.messages import say
from course_lib.methods import ach
from course_lib.methods.admiralty import describe_grade, diagonal_share
from course_lib.methods.agreement import cohen_kappa

# More cells than this are a wall, not a comparison.
_FARTHEST = 8


def agreement_panel(item, progress):
    """Return how far the student's coding in a grid agrees with the key: a `Panel` with Cohen's kappa.

    Shows the key, so it waits until the grid has been checked once.
    """
    answer = _checked(item, progress)
    if answer is None:
        return paragraph_panel([say("comparisons.agreement.first")])
    pairs = [(row, item.choices[at]) for row, at in zip(item.row, answer, strict=True) if at is not None]
    keys, mine = [row.key for row, _ in pairs], [code for _, code in pairs]
    same = sum(key == code for key, code in zip(keys, mine, strict=True))
    lines = [say("comparisons.agreement.same", same=same, n=len(pairs), all=len(item.row))]
    if not pairs:
        lines.append(say("comparisons.agreement.nothing_coded"))
    elif len({*mine, *keys}) == 1:
        lines.append(_one_code(mine[0]))
    else:
        result = cohen_kappa(mine, keys)
        seen, luck, kappa = (f"{one:.2f}" for one in (result.observed, result.expected, result.kappa))
        lines.append(say("comparisons.agreement.kappa", seen=seen, luck=luck, kappa=kappa))
    head = (
        say("comparisons.agreement.claim"),
        say("comparisons.agreement.in_our_words"),
        say("comparisons.your_code"),
        say("comparisons.agreement.key"),
    )
    apart = [(row.ref, row.text, code, row.key) for row, code in pairs if row.key != code]
    return _told(lines, say("comparisons.agreement.differ"), head, apart, range(4))


def grades_panel(letters, digits, progress):
    """Return the student's Admiralty grades in words, and how many lie on the diagonal: a `Panel`.

    Parameters: two grids with the same rows, one for the letters and one for the digits; `progress` where the
    answers are.
    """
    given = [_checked(item, progress) for item in (letters, digits)]
    if any(answer is None or None in answer for answer in given):
        return paragraph_panel([say("comparisons.grades.first")])
    pairs = [
        (row.text, letters.choices[letter] + digits.choices[digit])
        for row, letter, digit in zip(letters.row, *given, strict=True)
    ]
    found = diagonal_share([grade for _, grade in pairs])
    luck = f"{found.n * found.by_chance:.0f}"
    line = say("comparisons.grades.diagonal", on=found.on, n=found.n, luck=luck)
    head = (
        say("comparisons.grades.report"),
        say("comparisons.grades.your_grade"),
        say("comparisons.grades.in_words"),
    )
    told = [(text, grade, describe_grade(grade)) for text, grade in pairs]
    return _told([line], say("comparisons.grades.yours"), head, told, (0, 1))


def coding_table(item, progress):
    """Return the student's codes in a matrix, evidence by hypothesis, as `methods.ach` takes them.

    Only rows that are filled in whole are in it, and none before the matrix has been checked. A row is
    called by its `ref`, a column by the first word of its head.
    """
    import pandas as pd

    answer = _checked(item, progress) or [[None]] * len(item.row)
    whole = {
        row.ref: [item.choices[at] for at in cells]
        for row, cells in zip(item.row, answer, strict=True)
        if None not in cells
    }
    return pd.DataFrame.from_dict(whole, orient="index", columns=[head.split()[0] for head in item.columns])


def compare_coding(mine, codings):
    """Return the student's codes in a matrix beside another coder's, with the reasons where they part.

    Shows that coder's codes, so it waits until the student has some.

    Parameters: `mine` as from `codes`; `codings` a table with `evidence`, `hypothesis`, `consistency` and
    `reason`.
    """
    if mine.empty:
        return paragraph_panel([say("comparisons.coder.first")])
    theirs = codings.pivot(index="evidence", columns="hypothesis", values="consistency")
    theirs = theirs.loc[mine.index, mine.columns]
    same = int((mine == theirs).to_numpy().sum())
    filled = say("comparisons.coder.rows", n=len(mine))
    lines = [say("comparisons.coder.same", same=same, n=mine.size, rows=filled)]
    given = {*mine.to_numpy().ravel(), *theirs.to_numpy().ravel()}
    if len(given) == 1:
        lines.append(_one_code(given.pop()))
    else:
        kappa, _ = ach.coder_agreement(mine, theirs)
        lines.append(say("comparisons.coder.kappa", kappa=f"{kappa.kappa:.2f}"))
    far = []
    for row in codings.itertuples():
        if row.evidence in mine.index and row.hypothesis in mine.columns:
            code = mine.loc[row.evidence, row.hypothesis]
            steps = abs(ach.CODES.index(code) - ach.CODES.index(row.consistency))
            if steps > 1:
                far.append((-steps, row.evidence, row.hypothesis, code, row.consistency, row.reason))
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
    far = [one[1:] for one in sorted(far)[:_FARTHEST]]
    return _told(lines, caption, head, far, range(5), say("comparisons.coder.one_person"))


def _checked(item, progress):
    """Return the answer that was checked last, or None where there is none that belongs to this item."""
    event = progress.checked(item.id)
    if event is None or event.version != item.version:
        return None
    try:
        return items.valid_answer(item, event.answer)
    except ItemError:
        return None


def _one_code(code):
    return say("comparisons.one_code", code=lesson_text(code))


def _told(lines, caption, head, body, content, last=""):
    markup = paragraph_panel(lines).markup + (table_html(caption, head, body, content) if body else "")
    return Panel(markup + (f"<p>{last}</p>" if last else ""))
