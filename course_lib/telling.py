"""How an answer is told to somebody who reads it: a text, a coding beside its key, a check in a few words.

A key is told beside what was checked against it, row by row, and never for what was left open.
"""

from course_lib import items
from course_lib.dates import long_date
from course_lib.document import Course, Lines, Own, Paragraph, Quote, Table

# A typed answer that is longer stands under its table, not in it.
_LONGEST_CELL = 160
# More columns than this do not fit a small screen.
_NARROW = 4
_OPEN = "–"


def question(item):
    """Return the first paragraph of a question."""
    return [Course(item.stem.strip().partition("\n\n")[0])]


def text(work):
    """Return a text with the list to check it against, which comes once it was handed in: blocks."""
    blocks = []
    if work.answered:
        on = f" on {long_date(work.day)}" if work.day else ""
        again = f", for the {_ordinal(work.attempts)} time" if work.attempts > 1 else ""
        changed = " The question has changed since." if work.changed else ""
        blocks += [Quote(work.answer), Paragraph(f"Handed in{on}{again}.{changed}", quiet=True)]
    if work.draft is not None:
        later = "A later draft, not handed in:" if work.answered else "A draft, not handed in:"
        blocks += [Paragraph(later, quiet=True), Quote(work.draft)]
    if not blocks:
        return [Paragraph("Not written yet.", quiet=True)]
    if work.answered and not work.changed and work.item.rubric:
        rubric = Lines([[Course(line)] for line in work.item.rubric])
        blocks += [Paragraph("The list to check it against:", quiet=True), rubric]
    return blocks


def _ordinal(n):
    return {2: "second", 3: "third"}.get(n, f"{n}th")


def coded(work):
    """Return codings, matches and orders: beside the key where they were checked against one."""
    blocks = []
    if work.answered:
        blocks += [Paragraph(_result(work), quiet=True), _laid_out(work.item, work.answer, work.keyed)]
    if work.draft is not None:
        later = "Changed later, and not checked again:" if work.answered else "Chosen, not checked yet:"
        blocks += [Paragraph(later, quiet=True), _laid_out(work.item, work.draft, False)]
    return blocks


def _laid_out(item, answer, keyed):
    if isinstance(item, items.Order):
        return _ordered(item, answer)
    if isinstance(item, items.Matrix):
        rows = [
            [_row_name(line), *(_code(item, at, keyed and line.key[n]) for n, at in enumerate(cells))]
            for line, cells in zip(item.row, answer, strict=True)
        ]
        caption = "Your codes; where the key has another, it stands in brackets" if keyed else "Your codes"
        return Table(
            caption, ["What is coded", *item.columns], rows, first=30, wide=len(item.columns) > _NARROW
        )
    if isinstance(item, items.Match):
        parts = [([Course(pair.text)], pair.match) for pair in item.pair]
        caption, head = "Your matches", ["This", "belongs to", "Right"]
    else:
        parts = [(_row_name(row), row.key) for row in item.row]
        caption, head = (
            "Your coding beside the key" if keyed else "Your coding",
            ["What is coded", "Your code", "Key"],
        )
    rows = [
        [name, _code(item, at), _beside(item, at, key)][: 2 + keyed]
        for (name, key), at in zip(parts, answer, strict=True)
    ]
    return Table(caption, head[: 2 + keyed], rows, first=50)


def _ordered(item, answer):
    return Lines([[Course(item.step[item.shuffled[at]].text)] for at in answer], ordered=True)


def _row_name(row):
    return [f"{row.ref} " if row.ref else "", Course(row.text)]


def _code(item, at, key=None):
    if at is None:
        return _OPEN
    code = item.choices[at]
    return f"{code} [{key}]" if key and key != code else code


def _beside(item, at, key):
    """Return what stands beside a choice; a row that was left open keeps its key to itself."""
    if at is None:
        return ""
    if isinstance(item, items.Match):
        return "yes" if item.choices[at] == key else "no"
    return key


def checks(works):
    """Return questions, answers and results in one table: blocks."""
    if not works:
        return []
    rows, long = [], []
    for work in works:
        told = in_words(work)
        typed = [one for one in (work.answer, work.draft) if isinstance(one, str)]
        if any(len(one) > _LONGEST_CELL for one in typed):
            told = f"a long answer, in full below this table ({max(map(len, typed))} characters)"
            long += [Paragraph(question(work.item)), *map(Quote, typed)]
        rows.append([question(work.item), told, _result(work)])
    return [Table("Questions, answers and results", ["Question", "Your answer", "Result"], rows), *long]


def in_words(work):
    """Return a short answer in words: what was checked, and what was chosen later."""
    if not work.answered:
        return _short(work.item, work.draft) if work.draft is not None else "not answered yet"
    told = _short(work.item, work.answer)
    if work.draft is None:
        return told
    return Lines([told, ["later, not checked: ", _short(work.item, work.draft)]], kind="plain")


def _short(item, answer):
    match item:
        case items.Single():
            return [Course(item.option[answer].text)]
        case items.Multiple():
            parts = [[Course(item.option[at].text)] for at in answer]
            return parts[0] if len(parts) == 1 else Lines(parts)
        case items.Probability():
            return f"{answer:g} per cent"
        case items.Order():
            return _ordered(item, answer)
        case items.Matrix():
            told = [", ".join(_code(item, at) for at in cells) for cells in answer]
        case items.Grid() | items.Match():
            told = [_code(item, at) for at in answer]
        case _:
            return [Own(answer), f" {item.unit}" if isinstance(item, items.Number) and item.unit else ""]
    names = [Course(part.text) for part in (item.pair if isinstance(item, items.Match) else item.row)]
    return Lines([[name, ": ", code] for name, code in zip(names, told, strict=True)])


def _result(work):
    """Return what became of an answer, in a few words."""
    if not work.answered:
        return "chosen, not checked" if work.draft is not None else "not answered"
    n = work.attempts
    match work.state:
        case "kept":
            told = "kept"
        case "right" if n == 1:
            told = "right at the first attempt"
        case "right" if work.first == "right":
            told = f"right at the first and the last of {n} attempts"
        case "right":
            told = f"right at the last of {n} attempts"
        case _ if n == 1:
            told = "not right"
        case _:
            told = f"not right at the last of {n} attempts"
            told += ", right at the first" if work.first == "right" else ""
    parts = [told]
    if (
        work.keyed
        and work.state != "right"
        and isinstance(work.item, items.Grid | items.Matrix | items.Match)
    ):
        share = items.grade(work.item, work.answer).score
        parts.append(f"{share:.0%} of it agrees with the key")
    if work.hints:
        parts.append(f"{work.hints} hint{'s' if work.hints > 1 else ''}")
    if work.shown:
        parts.append("the answer was shown")
    if work.sure is not None:
        parts.append(f"you were {items.SURE[work.sure]}")
    if work.changed:
        parts.append("the question has changed since, so the answer may read differently now")
    return "; ".join(parts)


def lodging(work):
    """Return what was lodged as a forecast, and when."""
    lines = [f"{work.answer:g} per cent", f"lodged on {long_date(work.day)}" if work.day else "lodged"]
    if work.attempts > 1:
        often = "twice" if work.attempts == 2 else f"{work.attempts} times"
        lines.append(f"lodged {often}, at first {work.first_answer:g}")
    if work.changed:
        lines.append("the question has been reworded since")
    return Lines(lines, kind="plain")


def set_only(work):
    """Return what has to be added to a forecast that was set and not lodged, or an empty text."""
    return f" (set to {work.draft:g} per cent, not lodged)" if work.draft is not None else ""
