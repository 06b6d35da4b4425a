"""Moodle XML, which Moodle reads at Question bank, Import.

Choices carry their weights and their feedback. A grid or a matrix becomes a question with embedded answers
(Cloze), since there every choice of every row keeps its feedback; an order becomes the type "Ordering", which
Moodle has had since 4.4. See https://docs.moodle.org/en/Moodle_XML_format.
"""

import base64
import html
import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion, decimal_text
from course_lib.instructor.export.feedback_lists import pair_feedback, step_feedback

SUFFIX = ".xml"
NAME = "Moodle XML"
# The shares Moodle knows; others are rounded, or refused, when the file is read.
_SHARES = {1, 0.9, 0.83333, 0.8, 0.75, 0.7, 0.66667, 0.6, 0.5, 0.4, 0.33333, 0.3, 0.25, 0.2, 0.16667, 0.14286}
_SHARES |= {0.125, 0.11111, 0.1, 0.05}
# The heights of a field for a text that Moodle offers.
_LINES = (2, 3, 5, 10, 15, 20, 25, 30, 35, 40)
NOT_GRADED = "it is kept, not graded, so whoever answers gets full marks of 0 points"


def write(lessons, losses):
    """Return the file as bytes.

    Parameters: `lessons` a list of `Lesson`; `losses` a `Losses` to note in.
    """
    quiz = Element("quiz")
    for lesson in lessons:
        for check, asked in lesson.checks().items():
            _category(quiz, lesson, check)
            for item in asked:
                _question(quiz, ExportedQuestion(item, lesson, losses))
    indent(quiz)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="utf-8") + b"\n"


def _category(quiz, lesson, check):
    one = SubElement(quiz, "question", type="category")
    _text(one, "category", category(lesson.title, check))
    _text(one, "info", lesson.bank.question, "html")


def category(*names):
    """Return the path of a category below the course's, a slash in a name written twice.

    >>> category("a/b", "c")
    '$course$/top/a//b/c'
    """
    return "/".join(["$course$", "top", *(" ".join(name.split()).replace("/", "//") for name in names)])


def _question(quiz, asked):
    item = asked.item
    kind, body = _KINDS[item.type](asked)
    one = SubElement(quiz, "question", type=kind)
    _text(one, "name", asked.name)
    stem = asked.above(lambda picture: f"@@PLUGINFILE@@/{picture.name}") + asked.stem()
    told = _text(one, "questiontext", stem + body.pop("after", ""), "html")
    for picture in asked.pictures:
        file = SubElement(told, "file", name=picture.name, path="/", encoding="base64")
        file.text = base64.b64encode(picture.png).decode("ascii")
    hints = [asked.html(hint, "hints") for hint in item.hints]
    general = asked.general(*body.pop("general", ()))
    _text(one, "generalfeedback", general + asked.sources(), "html")
    _plain(one, "defaultgrade", "1" if item.graded or isinstance(item, items.Text) else "0")
    _plain(one, "penalty", "0")
    _plain(one, "hidden", "0")
    _plain(one, "idnumber", asked.bare(item.id, "id"))
    for element in body.pop("elements"):
        one.append(element)
    for hint in hints:
        _text(one, "hint", hint, "html")
    tags = SubElement(one, "tags")
    for tag in (f"objective {item.objective}", f"type {item.type}", *([item.level] if item.level else [])):
        _text(tags, "tag", tag)
    if item.confidence:
        asked.left_out(
            "confidence",
            "Moodle asks how sure somebody is for a whole quiz only (behaviour “certainty-based marking”)",
        )


def _choices(asked):
    item = asked.item
    single = isinstance(item, items.Single)
    keys = sum(option.key for option in item.option)
    wrong = max(1, len(item.option) - keys)
    parts = [_value("single", "true" if single else "false"), _value("shuffleanswers", "false")]
    parts.append(_value("answernumbering", "none"))
    for option in item.option:
        if not item.graded:
            share = 1 if single else 1 / len(item.option)
        elif single:
            share = float(option.key)
        else:
            share = 1 / keys if option.key else -1 / wrong
        parts.append(
            _answer(share, asked.line(option.text, "option.text"), asked.html(option.feedback, "feedback"))
        )
        if share and round(abs(share), 5) not in _SHARES:
            asked.changed("option.key", f"Moodle knows no share of {share * 100:.5f} % and rounds it")
    if not item.graded:
        asked.changed("survey", NOT_GRADED)
    return "multichoice", {"elements": parts}


def _number(asked):
    item = asked.item
    if item.graded:
        listed = [(1, item.answer, item.tolerance, item.feedback)]
        listed += [(1, one.value, one.tolerance, one.feedback) for one in item.also]
        listed += [(0, one.value, one.tolerance, one.feedback) for one in item.mistake]
        parts = [
            _answer(
                share,
                decimal_text(value),
                asked.html(feedback, "feedback"),
                "moodle_auto_format",
                decimal_text(slack),
            )
            for share, value, slack, feedback in listed
        ]
        parts.append(_answer(0, "*", asked.html(item.otherwise, "otherwise"), "moodle_auto_format", "0"))
        if item.bounds:
            asked.changed("bounds", "they are told in the stem; a number outside them counts as wrong")
    elif item.bounds:
        parts = _between(*item.bounds)
        asked.changed("answer", NOT_GRADED)
    else:
        parts = [_answer(1, "*", "", "moodle_auto_format", "0")]
        asked.changed("answer", NOT_GRADED)
    return "numerical", {"elements": [*parts, *_without_units()]}


def _between(low, high):
    middle, half = decimal_text((low + high) / 2), decimal_text((high - low) / 2)
    wrong = f"<p>Give a number from {decimal_text(low)} to {decimal_text(high)}.</p>"
    return [
        _answer(1, middle, "", "moodle_auto_format", half),
        _answer(0, "*", wrong, "moodle_auto_format", "0"),
    ]


def _without_units():
    return [_value("unitgradingtype", "0"), _value("unitpenalty", "0"), _value("showunits", "3")]


def _probability(asked):
    asked.changed("type", f"a number from 0 to 100, which is not locked; {NOT_GRADED}")
    return "numerical", {"elements": [*_between(0, 100), *_without_units()]}


def _word(asked):
    item = asked.item
    cased = [one.match_case for one in item.answer]
    if any(cased) and not all(cased):
        asked.changed("answer.match_case", "Moodle minds capitals in all answers or in none, here in none")
    parts = [_value("usecase", "1" if all(cased) else "0")]
    for one in item.answer:
        if one.similar < 1:
            asked.left_out("answer.similar", "Moodle compares letter by letter, without likeness")
        text = re.sub(r"\*", r"\\*", asked.bare(one.text, "answer.text"))
        parts.append(
            _answer(float(one.key), text, asked.html(one.feedback, "answer.feedback"), "moodle_auto_format")
        )
    parts.append(_answer(0, "*", asked.html(item.otherwise, "otherwise"), "moodle_auto_format"))
    return "shortanswer", {"elements": parts}


def _grid(asked):
    item = asked.item
    choices = [asked.words(choice, "choices") for choice in item.choices]
    rows = []
    for row in item.row:
        told = [(row.instead.get(choice, row.feedback), row.key in (choice, None)) for choice in item.choices]
        notes = [(asked.line(text, "row.feedback"), key) for text, key in told]
        rows.append(f"<tr><td>{asked.line(row.text, 'row.text')}</td><td>{_gap(choices, notes)}</td></tr>")
    _as_cloze(asked)
    return "cloze", {"after": f"<table><tbody>{''.join(rows)}</tbody></table>", "elements": []}


def _matrix(asked):
    item = asked.item
    choices = [asked.words(choice, "choices") for choice in item.choices]
    heads = "".join(f"<th>{asked.line(one, 'columns')}</th>" for one in item.columns)
    rows = []
    for row in item.row:
        note = asked.line(row.feedback, "row.feedback")
        keys = row.key or [None] * len(item.columns)
        cells = [
            f"<td>{_gap(choices, [(note, key in (choice, None)) for choice in item.choices])}</td>"
            for key in keys
        ]
        rows.append(f"<tr><td>{asked.line(row.text, 'row.text')}</td>{''.join(cells)}</tr>")
    _as_cloze(asked)
    table = f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return "cloze", {"after": table, "elements": []}


def _as_cloze(asked):
    asked.without_refs()
    if asked.item.graded:
        asked.changed(
            "type", "embedded answers (Cloze), worth a point for each part; the share is the course's"
        )
    else:
        asked.changed("type", "embedded answers (Cloze); it is kept, not graded, so every answer is right")


def _gap(choices, notes):
    alternatives = [
        f"{'=' if key else ''}{_embedded(html.escape(choice, quote=False))}#{_embedded(note)}"
        for choice, (note, key) in zip(choices, notes, strict=True)
    ]
    return "{1:MULTICHOICE:" + "~".join(alternatives) + "}"


def _embedded(given):
    """Return HTML as it can stand in an embedded answer: what Moodle undoes when it takes it out.

    Entities are doubled, since Moodle resolves them once; what has a meaning there becomes an entity.
    """
    given = " ".join(given.replace("&", "&amp;").split())
    return re.sub(r"[\\~#{}%=]", lambda found: f"&#{ord(found.group())};", given)


def _match(asked):
    item = asked.item
    parts = [_value("shuffleanswers", "true")]
    pairs = [(pair.text, pair.match) for pair in item.pair] + [("", extra) for extra in item.extra]
    for left, right in pairs:
        one = Element("subquestion", format="html")
        _plain(one, "text", asked.line(left, "pair.text"))
        _text(one, "answer", asked.words(right, "pair.match"))
        parts.append(one)
    asked.changed("pair.feedback", "Moodle has no feedback for a pair; it stands in the general feedback")
    return "matching", {"elements": parts, "general": [pair_feedback(asked)]}


def _order(asked):
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": "RELATIVE_ALL_PREVIOUS_AND_NEXT",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    parts = [_value(name, value) for name, value in settings.items()]
    for place, step in enumerate(asked.item.step, start=1):
        parts.append(
            _answer(
                place / 100, asked.line(step.text, "step.text"), asked.html(step.feedback, "step.feedback")
            )
        )
    asked.changed(
        "score",
        "Moodle gives the share of pairs in right order, so that chance earns half; "
        "the course takes that off (twice the share, less 1, never below 0)",
    )
    asked.changed(
        "step.feedback", "it stands in the general feedback too, since Moodle does not show it by step"
    )
    return "ordering", {"elements": parts, "general": [step_feedback(asked)]}


def _essay(asked):
    item = asked.item
    lines = next((one for one in _LINES if one >= item.lines), _LINES[-1])
    if lines != item.lines:
        asked.changed("lines", "Moodle offers some heights of the field only, so it is somewhat higher")
    settings = {"responseformat": "editor", "responserequired": "1", "responsefieldlines": str(lines)}
    settings |= {"minwordlimit": str(item.minimum), "attachments": "0", "attachmentsrequired": "0"}
    parts = [_value(name, value) for name, value in settings.items()]
    holder = Element("x")
    parts += [
        _text(holder, "graderinfo", asked.model(), "html"),
        _text(holder, "responsetemplate", "", "html"),
    ]
    asked.as_essay()
    return "essay", {"elements": parts}


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


def _answer(share, text, feedback, form="html", tolerance=None):
    one = Element("answer", fraction=decimal_text(round(share * 100, 5)), format=form)
    _plain(one, "text", text)
    _text(one, "feedback", feedback, "html")
    if tolerance is not None:
        _plain(one, "tolerance", tolerance)
    return one


def _value(name, text):
    one = Element(name)
    one.text = text
    return one


def _plain(parent, name, text):
    SubElement(parent, name).text = text


def _text(parent, name, text, form=None):
    one = SubElement(parent, name, {"format": form} if form else {})
    _plain(one, "text", text)
    return one
