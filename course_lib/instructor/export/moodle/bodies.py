"""What each type of question becomes in Moodle."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.feedback_lists import pair_feedback, step_feedback
from course_lib.instructor.export.moodle.cloze import grid_table, matrix_table
from course_lib.instructor.export.moodle.elements import (
    add_text,
    add_value,
    choice_element,
    html_element,
    typed_element,
    value_element,
)
from course_lib.instructor.export.shared_texts import model_answers
from course_lib.instructor.export.texts import decimal_text
from course_lib.instructor.export.typed_cases import note_kept_number, number_cases, ordered_words

# The shares Moodle knows; others are rounded, or refused, when the file is read.
_SHARES = {1, 0.9, 0.83333, 0.8, 0.75, 0.7, 0.66667, 0.6, 0.5, 0.4, 0.33333, 0.3, 0.25, 0.2, 0.16667, 0.14286}
_SHARES |= {0.125, 0.11111, 0.1, 0.05}
# The heights of a field for a text that Moodle offers.
_LINES = (2, 3, 5, 10, 15, 20, 25, 30, 35, 40)
_NOT_GRADED = "it is kept, not graded, so whoever answers gets full marks of 0 points"
_NOTHING = Markup("")


@dataclass(frozen=True)
class MoodleBody:
    """What a type of question becomes.

    Attributes
    ----------
    kind : str
        What Moodle calls the type.
    elements : sequence of Element
        Settings and answers.
    after : Markup
        What stands after the stem.
    general : Markup
        Feedback that has no place of its own.
    """

    kind: str
    elements: Sequence[Element] = ()
    after: Markup = _NOTHING
    general: Markup = _NOTHING


def question_body(question: ExportedQuestion) -> MoodleBody:
    """Return what a question becomes in Moodle.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders and notes losses.

    Returns
    -------
    MoodleBody
        By its type.
    """
    match question.item:
        case items.Single() as item:
            return _single(question, item)
        case items.Multiple() as item:
            return _multiple(question, item)
        case items.Number() as item:
            return _number(question, item)
        case items.Word() as item:
            return _word(question, item)
        case items.Grid() as item:
            return MoodleBody("cloze", after=grid_table(question, item))
        case items.Matrix() as item:
            return MoodleBody("cloze", after=matrix_table(question, item))
        case items.Match() as item:
            return _match(question, item)
        case items.Order() as item:
            return _order(question, item)
        case items.Probability():
            return _probability(question)
        case items.Text() as item:
            return _essay(question, item)


def _single(question: ExportedQuestion, item: items.Single) -> MoodleBody:
    shares = [float(option.key) if item.graded else 1.0 for option in item.option]
    return _choices(question, item, shares)


def _multiple(question: ExportedQuestion, item: items.Multiple) -> MoodleBody:
    keys = sum(option.key for option in item.option)
    wrong = max(1, len(item.option) - keys)
    if item.graded:
        shares = [1 / keys if option.key else -1 / wrong for option in item.option]
    else:
        shares = [1 / len(item.option)] * len(item.option)
    return _choices(question, item, shares)


def _choices(
    question: ExportedQuestion, item: items.Single | items.Multiple, shares: Sequence[float]
) -> MoodleBody:
    settings = {
        "single": "true" if isinstance(item, items.Single) else "false",
        "shuffleanswers": "false",
        "answernumbering": "none",
    }
    elements = [value_element(name, value) for name, value in settings.items()]
    for option, share in zip(item.option, shares, strict=True):
        text = question.line(option.text, "option.text")
        elements.append(choice_element(share, text, question.html(option.feedback, "feedback")))
        if share and round(abs(share), 5) not in _SHARES:
            question.note_change("option.key", f"Moodle knows no share of {share * 100:.5f} % and rounds it")
    if not item.graded:
        question.note_change("survey", _NOT_GRADED)
    return MoodleBody("multichoice", elements)


def _number(question: ExportedQuestion, item: items.Number) -> MoodleBody:
    if item.answer is None:
        note_kept_number(question, item, _NOT_GRADED)
        if item.bounds:
            low, high = item.bounds
            return MoodleBody("numerical", [*_between(low, high), *_without_units()])
        return MoodleBody("numerical", [typed_element(1, "*", _NOTHING, "0"), *_without_units()])
    elements = [
        typed_element(
            float(case.key),
            decimal_text(case.value),
            question.html(case.feedback, "feedback"),
            decimal_text(case.tolerance),
        )
        for case in number_cases(question, item)
    ]
    elements.append(typed_element(0, "*", question.html(item.otherwise, "otherwise"), "0"))
    if item.bounds:
        question.note_change("bounds", "they are told in the stem; a number outside them counts as wrong")
    return MoodleBody("numerical", [*elements, *_without_units()])


def _between(low: float, high: float) -> list[Element]:
    middle, half = decimal_text((low + high) / 2), decimal_text((high - low) / 2)
    wrong = Markup("<p>Give a number from {} to {}.</p>").format(decimal_text(low), decimal_text(high))
    return [typed_element(1, middle, _NOTHING, half), typed_element(0, "*", wrong, "0")]


def _without_units() -> list[Element]:
    settings = {"unitgradingtype": "0", "unitpenalty": "0", "showunits": "3"}
    return [value_element(name, value) for name, value in settings.items()]


def _probability(question: ExportedQuestion) -> MoodleBody:
    question.note_change("type", f"a number from 0 to 100, which is not locked; {_NOT_GRADED}")
    return MoodleBody("numerical", [*_between(0, 100), *_without_units()])


def _word(question: ExportedQuestion, item: items.Word) -> MoodleBody:
    cased = [answer.match_case for answer in item.answer]
    if any(cased) and not all(cased):
        question.note_change(
            "answer.match_case", "Moodle minds capitals in all answers or in none, here in none"
        )
    elements = [value_element("usecase", "1" if all(cased) else "0")]
    if not item.graded:
        question.note_change("survey", _NOT_GRADED)
    for answer in ordered_words(question, item):
        if answer.similar < 1:
            question.note_omission("answer.similar", "Moodle compares letter by letter, without likeness")
        text = re.sub(r"\*", r"\\*", question.literal(answer.text, "answer.text"))
        elements.append(
            typed_element(float(answer.key), text, question.html(answer.feedback, "answer.feedback"))
        )
    elements.append(typed_element(0, "*", question.html(item.otherwise, "otherwise")))
    return MoodleBody("shortanswer", elements)


def _match(question: ExportedQuestion, item: items.Match) -> MoodleBody:
    elements = [value_element("shuffleanswers", "true")]
    pairs = [(pair.text, pair.match) for pair in item.pair] + [("", extra) for extra in item.extra]
    for left, right in pairs:
        pair = Element("subquestion", format="html")
        add_value(pair, "text", str(question.line(left, "pair.text")))
        add_text(pair, "answer", question.words(right, "pair.match"))
        elements.append(pair)
    question.note_change(
        "pair.feedback", "Moodle has no feedback for a pair; it stands in the general feedback"
    )
    return MoodleBody("matching", elements, general=pair_feedback(question, item))


def _order(question: ExportedQuestion, item: items.Order) -> MoodleBody:
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": "RELATIVE_ALL_PREVIOUS_AND_NEXT",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    elements = [value_element(name, value) for name, value in settings.items()]
    for place, step in enumerate(item.step, start=1):
        text = question.line(step.text, "step.text")
        elements.append(choice_element(place / 100, text, question.html(step.feedback, "step.feedback")))
    question.note_change(
        "score",
        "Moodle gives the share of pairs in right order, so that chance earns half; "
        "the course takes that off (twice the share, less 1, never below 0)",
    )
    question.note_change(
        "step.feedback", "it stands in the general feedback too, since Moodle does not show it by step"
    )
    return MoodleBody("ordering", elements, general=step_feedback(question, item))


def _essay(question: ExportedQuestion, item: items.Text) -> MoodleBody:
    lines = next((height for height in _LINES if height >= item.lines), _LINES[-1])
    if lines != item.lines:
        question.note_change(
            "lines", "Moodle offers some heights of the field only, so it is somewhat higher"
        )
    settings = {
        "responseformat": "editor",
        "responserequired": "1",
        "responsefieldlines": str(lines),
        "minwordlimit": str(item.minimum),
        "attachments": "0",
        "attachmentsrequired": "0",
    }
    elements = [value_element(name, value) for name, value in settings.items()]
    elements.append(html_element("graderinfo", model_answers(question, item)))
    elements.append(html_element("responsetemplate", _NOTHING))
    question.note_essay()
    return MoodleBody("essay", elements)
