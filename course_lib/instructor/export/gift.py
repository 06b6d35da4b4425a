"""GIFT, the text format of Moodle, which other platforms and programs read too.

See https://docs.moodle.org/en/GIFT_format. A text file holds no pictures, and the format knows choices,
numbers, words, pairs and essays only; so a grid, a matrix and an order become pairs.
"""

import html
import re
from dataclasses import dataclass

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion, decimal_text, list_html
from course_lib.instructor.export.feedback_lists import (
    cell_feedback,
    pair_feedback,
    row_feedback,
    step_feedback,
)
from course_lib.instructor.export.moodle import category

SUFFIX = ".txt"
NAME = "GIFT"
_NO_POINTS = (
    "GIFT gives every question one point; set it to 0, since the course keeps this one and does not grade it"
)
_GENERAL = "GIFT has no feedback for a pair; it stands in the general feedback"


@dataclass(frozen=True)
class _Body:
    """What a type makes: `lines` in the braces; HTML of `general` feedback, and HTML `after` the stem."""

    lines: list
    general: str = ""
    after: str = ""


def write(lessons, losses):
    """Return the file as bytes.

    Parameters: `lessons` a list of `Lesson`; `losses` a `Losses` to note in.
    """
    blocks = []
    for lesson in lessons:
        for check, asked in lesson.checks().items():
            blocks.append(f"$CATEGORY: {category(lesson.title, check)}")
            blocks += [_question(ExportedQuestion(item, lesson, losses)) for item in asked]
    return ("\n\n".join(blocks) + "\n").encode()


def _question(asked):
    item = asked.item
    body = _KINDS[item.type](asked)
    stem = asked.above(None) + asked.stem() + body.after
    if asked.pictures:
        asked.left_out("figure", "a text file holds no picture; its alternative text stands above the stem")
    if item.hints:
        asked.left_out("hints", "GIFT has none")
    if item.confidence:
        asked.left_out("confidence", "GIFT cannot ask how sure somebody is")
    if isinstance(item, items.Text):
        asked.as_essay()
        asked.changed(
            "model", "model answer and rubric stand in the general feedback; GIFT has no notes for markers"
        )
        asked.left_out("lines", "GIFT does not say how high a field is")
    tags = [f"objective {item.objective}", f"type {item.type}", *([item.level] if item.level else [])]
    comment = f"// [id:{_tag(asked.bare(item.id, 'id'))}]" + "".join(f" [tag:{_tag(one)}]" for one in tags)
    name = escape(asked.name)
    general = asked.general(body.general) + asked.sources()
    end = f"####{html_part(general)}" if general else ""
    head = f"{comment}\n::{name}::{html_part(stem)}"
    if not body.lines:
        return f"{head}{{{end}}}"
    inside = "".join(f"\n{line}" for line in [*body.lines, *([end] if end else [])])
    return f"{head}{'{#' if item.type in _NUMERIC else '{'}{inside}\n}}"


def escape(text):
    r"""Return a text with a backslash before every sign that means something in GIFT.

    >>> escape("a=b {1:2}\n"), escape("\\")
    ('a\\=b \\{1\\:2\\}\\n', '\\\\')
    """
    text = re.sub(r"([\\~=#{}:])", r"\\\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\n", "\\n")


def html_part(given):
    """Return HTML as GIFT holds it, with the word that says it is HTML."""
    return "[html]" + escape(given.strip())


def _part(given):
    """Return the HTML of an answer or of its feedback; the stem has said that it is HTML."""
    # Percent signs and brackets at the beginning would be read as a weight or a format.
    return escape(re.sub(r"^[%\[]", lambda found: f"&#{ord(found.group())};", given.strip()))


def _feedback(given):
    return f"#{_part(given)}" if given else ""


def _tag(text):
    # Moodle takes any sign in an id or a tag, with a backslash before a bracket that closes.
    return " ".join(text.replace("\\", "\\\\").replace("]", "\\]").split())


def _choices(asked):
    item = asked.item
    single = isinstance(item, items.Single)
    keys = sum(option.key for option in item.option)
    wrong = max(1, len(item.option) - keys)
    lines = []
    for place, option in enumerate(item.option):
        text = _part(asked.line(option.text, "option.text"))
        told = _feedback(asked.html(option.feedback, "feedback") if option.feedback else "")
        if single:
            # One equals sign makes it a choice of one; full weight makes a further option right.
            right = option.key or not item.graded
            first = place == next((at for at, one in enumerate(item.option) if one.key), 0)
            sign = ("=" if first else "~%100%") if right else "~"
        elif not item.graded:
            sign = f"~%{decimal_text(round(100 / len(item.option), 5))}%"
        else:
            share = 100 / keys if option.key else -100 / wrong
            sign = f"~%{decimal_text(round(share, 5))}%"
        lines.append(f"{sign}{text}{told}")
    if not item.graded:
        asked.changed("survey", _NO_POINTS)
    return _Body(lines)


def _number(asked):
    item = asked.item
    if not item.graded:
        asked.changed("answer", _NO_POINTS)
        if item.bounds:
            return _Body(_between(*item.bounds))
        asked.changed("type", "an essay, since GIFT has no number without an answer")
        return _Body([])
    if item.bounds:
        asked.changed("bounds", "they are told in the stem; a number outside them counts as wrong")
    lines = []
    found = [(100, item.answer, item.tolerance, item.feedback)]
    found += [(100, one.value, one.tolerance, one.feedback) for one in item.also]
    found += [(0, one.value, one.tolerance, one.feedback) for one in item.mistake]
    for share, value, slack, feedback in found:
        told = _feedback(asked.html(feedback, "feedback"))
        lines.append(f"=%{share}%{decimal_text(value)}:{decimal_text(slack)}{told}")
    return _Body([*lines, f"~{_feedback(asked.html(item.otherwise, 'otherwise'))}"])


def _between(low, high):
    middle, half = decimal_text((low + high) / 2), decimal_text((high - low) / 2)
    return [f"=%100%{middle}:{half}", f"~#Give a number from {decimal_text(low)} to {decimal_text(high)}."]


def _probability(asked):
    asked.changed("type", f"a number from 0 to 100, which is not locked; {_NO_POINTS}")
    return _Body(_between(0, 100))


def _word(asked):
    item = asked.item
    lines = []
    for one in item.answer:
        if one.similar < 1:
            asked.left_out("answer.similar", "GIFT compares letter by letter, without likeness")
        if one.match_case:
            asked.left_out("answer.match_case", "GIFT does not say whether capitals matter")
        text = escape(asked.bare(one.text, "answer.text").replace("*", "\\*"))
        told = _feedback(asked.html(one.feedback, "answer.feedback"))
        lines.append(f"=%{100 if one.key else 0}%{text}{told}")
    return _Body([*lines, f"=%0%*{_feedback(asked.html(item.otherwise, 'otherwise'))}"])


def _match(asked):
    item = asked.item
    lines = [
        _pair(asked.line(pair.text, "pair.text"), asked.words(pair.match, "pair.match")) for pair in item.pair
    ]
    lines += [_pair("", asked.words(extra, "extra")) for extra in item.extra]
    asked.changed("pair.feedback", _GENERAL)
    return _Body(lines, general=pair_feedback(asked))


def _pair(left, right):
    return f"={_part(left)} -> {escape(right)}"


def _grid(asked):
    item = asked.item
    asked.without_refs()
    texts = [asked.line(row.text, "row.text") for row in item.row]
    choices = [asked.words(choice, "choices") for choice in item.choices]
    if not item.graded:
        return _open(asked, texts, choices)
    lines = [
        _pair(text, choices[item.choices.index(row.key)]) for text, row in zip(texts, item.row, strict=True)
    ]
    lines += [
        _pair("", one)
        for one, raw in zip(choices, item.choices, strict=True)
        if raw not in {row.key for row in item.row}
    ]
    asked.changed("type", "pairs; a row is a pair, and the share of rows counts as in the course")
    asked.changed("row.feedback", _GENERAL)
    return _Body(lines, general=row_feedback(asked))


def _matrix(asked):
    item = asked.item
    asked.without_refs()
    heads = [asked.line(one, "columns") for one in item.columns]
    texts = [asked.line(row.text, "row.text") for row in item.row]
    choices = [asked.words(choice, "choices") for choice in item.choices]
    if not item.graded:
        return _open(asked, [f"{text} – {head}" for text in texts for head in heads], choices)
    used, lines = set(), []
    for text, row in zip(texts, item.row, strict=True):
        for head, key in zip(heads, row.key, strict=True):
            used.add(key)
            lines.append(_pair(f"{text} – {head}", choices[item.choices.index(key)]))
    lines += [_pair("", one) for one, raw in zip(choices, item.choices, strict=True) if raw not in used]
    asked.changed("type", "pairs; a cell is a pair, and the share of cells counts as in the course")
    asked.changed("row.feedback", _GENERAL)
    return _Body(lines, general=cell_feedback(asked))


def _open(asked, rows, choices):
    """Return an essay, for rows that have no key, and what the rows and choices are."""
    asked.changed("type", "an essay, since pairs need a key and the course has none here; set it to 0 points")
    shown = ", ".join(html.escape(choice, quote=False) for choice in choices)
    return _Body([], after=f"<p>One of these for each: {shown}.</p>{list_html(rows)}")


def _order(asked):
    item = asked.item
    lines = [
        _pair(asked.line(item.step[place].text, "step.text"), f"{place + 1}.") for place in item.shuffled
    ]
    asked.changed("type", "pairs of a step and its place, since GIFT has no order")
    asked.changed(
        "score", "the share of steps in their right place; the course counts pairs in right order instead"
    )
    asked.changed("step.feedback", _GENERAL)
    return _Body(lines, general=step_feedback(asked))


def _essay(_asked):
    return _Body([])


_NUMERIC = ("number", "probability")
_KINDS = {
    "single": _choices,
    "multiple": _choices,
    "number": _number,
    "word": _word,
    "grid": _grid,
    "matrix": _matrix,
    "match": _match,
    "order": _order,
    "probability": _probability,
    "text": _essay,
}
