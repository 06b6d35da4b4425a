"""The student's coding beside a key or another coder's: how far the two agree, and where they part."""

import html

from course_lib import items
from course_lib.errors import CourseError, ItemError
from course_lib.methods import ach
from course_lib.methods.agreement import cohen_kappa
from course_lib.methods.grading import admiralty, diagonal
from course_lib.panels import Panel, paragraphs, rows

# More cells than this are a wall, not a comparison.
_FARTHEST = 8


def agreement(item, progress):
    """Return how far the student's coding in a grid agrees with the key: a `Panel` with Cohen's kappa.

    Shows the key, so it waits until the grid has been checked once.
    """
    answer = _checked(item, progress)
    if answer is None:
        return _waiting("Fill in the grid above and choose Check. ", "how far you agree")
    pairs = [(row, item.choices[at]) for row, at in zip(item.row, answer, strict=True) if at is not None]
    keys, mine = [row.key for row, _ in pairs], [code for _, code in pairs]
    same = sum(key == code for key, code in zip(keys, mine, strict=True))
    lines = [
        f"<b>You and the key agree on {same} of {len(pairs)} claims coded</b> ({len(item.row)} in the grid)."
    ]
    try:
        result = cohen_kappa(mine, keys)
    except CourseError as error:
        lines.append(html.escape(str(error)))
    else:
        lines.append(
            f"Share seen {result.observed:.2f}, share that luck would give {result.expected:.2f}, "
            f"so Cohen's kappa is <b>{result.kappa:.2f}</b>."
        )
    apart = [(row.ref, row.text, code, row.key) for row, code in pairs if row.key != code]
    return _told(lines, "Where you differ", ("Claim", "In our words", "Your code", "Key"), apart)


def grades(letters, digits, progress):
    """Return the student's Admiralty grades in words, and how many lie on the diagonal: a `Panel`.

    Parameters: two grids with the same rows, one for the letters and one for the digits; `progress` where the
    answers are.
    """
    given = [_checked(item, progress) for item in (letters, digits)]
    if any(answer is None or None in answer for answer in given):
        return _waiting("Fill in both grids above and choose Check under each. ", "your grades in words")
    pairs = [
        (row.text, letters.choices[letter] + digits.choices[digit])
        for row, letter, digit in zip(letters.row, *given, strict=True)
    ]
    found = diagonal([grade for _, grade in pairs])
    line = (
        f"<b>{found.on} of your {found.n} grades lie on the diagonal</b>, where letter and digit say the "
        f"same (A1, B2, C3 …). Luck alone would put {found.n * found.by_chance:.0f} there."
    )
    told = [(text, grade, admiralty(grade)) for text, grade in pairs]
    return _told([line], "Your grades", ("Report", "Your grade", "In words"), told)


def codes(item, progress):
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


def beside(mine, codings):
    """Return the student's codes in a matrix beside another coder's, with the reasons where they part.

    Shows that coder's codes, so it waits until the student has some.

    Parameters: `mine` as from `codes`; `codings` a table with `evidence`, `hypothesis`, `consistency` and
    `reason`.
    """
    if mine.empty:
        return _waiting(
            "Fill in at least one whole row of the matrix above and choose Save. ",
            "your codes beside the coder's",
        )
    theirs = codings.pivot(index="evidence", columns="hypothesis", values="consistency")
    theirs = theirs.loc[mine.index, mine.columns]
    same = int((mine == theirs).to_numpy().sum())
    lines = [
        f"<b>You and the coder give the same code in {same} of {mine.size} cells</b> "
        f"({len(mine)} rows filled in whole)."
    ]
    try:
        kappa, _ = ach.coder_agreement(mine, theirs)
    except CourseError as error:
        lines.append(html.escape(str(error)))
    else:
        lines.append(
            f"Beyond luck, with near codes taken as partly agreed (Cohen's kappa, linear weights): "
            f"<b>{kappa.kappa:.2f}</b>."
        )
    far = []
    for row in codings.itertuples():
        if row.evidence in mine.index and row.hypothesis in mine.columns:
            code = mine.loc[row.evidence, row.hypothesis]
            steps = abs(ach.CODES.index(code) - ach.CODES.index(row.consistency))
            if steps > 1:
                far.append((-steps, row.evidence, row.hypothesis, code, row.consistency, row.reason))
    shown = f", the farthest {_FARTHEST} of {len(far)}" if len(far) > _FARTHEST else ""
    head = ("Evidence", "Hypothesis", "Your code", "The coder's", "The coder's reason")
    far = [one[1:] for one in sorted(far)[:_FARTHEST]]
    last = "The coder's codes are one person's judgement. Where your reason is better, keep your code."
    return _told(lines, f"Two steps or more apart{shown}", head, far, last)


def _checked(item, progress):
    """Return the answer that was checked last, or None where there is none that belongs to this item."""
    event = progress.checked(item.id)
    if event is None or event.version != item.version:
        return None
    try:
        return items.valid_answer(item, event.answer)
    except ItemError:
        return None


def _waiting(first, then):
    return paragraphs([f"{first}Then run this cell again to see {then}."])


def _told(lines, caption, head, body, last=""):
    markup = paragraphs(lines).markup + (rows(caption, head, body) if body else "")
    return Panel(markup + (f"<p>{last}</p>" if last else ""))
