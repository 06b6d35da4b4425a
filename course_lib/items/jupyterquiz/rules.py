"""The rules of each type of jupyterquiz, as ours: what it shows is shown, what decides there decides here.

Read from jupyterquiz 2.9.6.4, https://github.com/jmshea/jupyterquiz: its scripts decide, not its description.
"""

import itertools
import math
import re
from typing import Any

from course_lib.items.jupyterquiz.texts import QuestionTexts, Remark
from course_lib.items.jupyterquiz.values import as_number, as_text, is_right
from course_lib.items.ordered_rules import first_rule, first_word, round_significant
from course_lib.items.types import Accepted, Item, Multiple, Number, NumberRule, Option, Single, Word
from course_lib.items.versions import version_of

# What a file holds under names that mean something, before it is looked at.
Table = dict[str, Any]

_RIGHT, _WRONG = "That is right.", "That is not right."
_CHOICE, _NUMBER, _WORD = ("multiple_choice", "many_choice"), "numeric", "string"
_LAYOUT = ("answer_cols", "input_width")
_FIELDS = {"question", "type", "answers", "code", "hint", "id"}
_FIELDS_OF = {_NUMBER: {"precision"}}
_ANSWER_FIELDS = {"answer", "code", "correct", "feedback"}
_ANSWER_FIELDS_OF = {
    _NUMBER: {"type", "value", "range", "correct", "feedback"},
    _WORD: {"type", "answer", "correct", "feedback", "match_case", "fuzzy_threshold"},
}
_MOST_DIGITS = 100


def read_question(question: Table, name: str, remark: Remark) -> Item | None:
    """Return a question in the form of jupyterquiz as one of our types.

    Parameters
    ----------
    question : dict
        What its file holds of it.
    name : str
        The id that it is to have.
    remark : Callable
        Takes a clause for everything that is carried otherwise, or not at all.

    Returns
    -------
    Item or None
        None for a type that jupyterquiz does not show either.
    """
    kind = _type_of(question, remark)
    if kind is None:
        return None
    answers = _answers_of(question, kind, remark)
    _tell_fields(question, answers, kind, remark)
    texts = QuestionTexts(remark)
    common = _common(question, name, texts, remark)
    match kind:
        case "numeric":
            item: Item = _read_number(question, answers, common, texts, remark)
        case "string":
            item = _read_word(answers, common, texts, remark)
        case _:
            item = _read_choice(answers, common, texts, remark)
    texts.tell()
    return item


def _type_of(question: Table, remark: Remark) -> str | None:
    kind = question.get("type")
    if isinstance(kind, str) and kind in (*_CHOICE, _NUMBER, _WORD):
        return kind
    if kind is None:
        answers = question.get("answers")
        tables = (
            [answer for answer in answers if isinstance(answer, dict)] if isinstance(answers, list) else []
        )
        if any("value" in answer or "range" in answer for answer in tables):
            remark("it has no type, so jupyterquiz does not show it; it is read as 'numeric'")
            return _NUMBER
        if len(tables) > 1 and all("correct" in answer for answer in tables):
            remark("it has no type, so jupyterquiz does not show it; it is read as 'multiple_choice'")
            return _CHOICE[0]
        remark("it has no type, so it was left out, as by jupyterquiz")
        return None
    plain = re.sub(r"[\s-]+", "_", kind.strip().lower()) if isinstance(kind, str) else ""
    if plain in (*_CHOICE, _NUMBER, _WORD):
        remark(f"the type {kind!r} is none that jupyterquiz shows; it is read as {plain!r}")
        return plain
    known = ", ".join((*_CHOICE, _NUMBER, _WORD))
    remark(f"the type {kind!r} is none of {known}, so it was left out, as by jupyterquiz")
    return None


def _answers_of(question: Table, kind: str, remark: Remark) -> list[Table]:
    given = question.get("answers")
    if isinstance(given, dict) and given and all(isinstance(answer, dict) for answer in given.values()):
        remark("its 'answers' are a table, which jupyterquiz cannot show; they are read in their order")
        given = list(given.values())
    if not isinstance(given, list):
        given = [given] if isinstance(given, dict) else []
    answers = []
    for place, answer in enumerate(given, start=1):
        if isinstance(answer, dict):
            answers.append(answer)
        elif kind in _CHOICE and isinstance(answer, str | int | float):
            remark(f"answer {place} is no table, so it is shown and not right")
            answers.append({"answer": answer, "correct": False})
        else:
            remark(f"answer {place} is no table, so it was left out")
    if not answers:
        remark("it has no answers, so that it is shown and not marked")
    return answers


def _tell_fields(question: Table, answers: list[Table], kind: str, remark: Remark) -> None:
    for field in question:
        if field in _LAYOUT:
            remark(f"{field!r} is about layout and has no meaning here")
        elif field not in _FIELDS | _FIELDS_OF.get(kind, set()):
            remark(f"{field!r} has no meaning here")
    known = _ANSWER_FIELDS_OF.get(kind, _ANSWER_FIELDS)
    for field in dict.fromkeys(field for answer in answers for field in answer if field not in known):
        remark(f"{field!r} of an answer has no meaning here")


def _common(question: Table, name: str, texts: QuestionTexts, remark: Remark) -> dict[str, Any]:
    stem = texts.paragraphs(question.get("question"))
    if code := texts.code_block(question.get("code")):
        # The first paragraph names the field or the options, and no block can.
        stem = f"{stem}\n\n{code}" if stem else texts.code_line(question.get("code"))
    if not stem:
        remark("it has no text under 'question'")
        stem = "…"
    hint = texts.line(question.get("hint"))
    return {
        "id": name,
        "check": "jupyterquiz",
        "objective": 0,
        "stem": stem,
        "hints": [hint] if hint else [],
        # Of what its author wrote, not of how it is carried over today.
        "version": version_of({key: value for key, value in question.items() if key != "id"}),
    }


def _read_choice(
    answers: list[Table], common: dict[str, Any], texts: QuestionTexts, remark: Remark
) -> Single | Multiple:
    options = []
    for place, answer in enumerate(answers, start=1):
        parts = [texts.line(answer.get("answer")), texts.code_line(answer.get("code"))]
        text = "<br>".join(part for part in parts if part)
        if not text:
            remark(f"answer {place} has no text")
            text = f"(answer {place})"
        key = _key(answer, place, remark)
        options.append(Option(text, _feedback(answer, key, texts), key))
    keys = sum(option.key for option in options)
    if answers and not keys:
        remark("no answer is right, so it is kept and not marked")
    if not keys:
        options = [Option(option.text, option.feedback.replace(_WRONG, "")) for option in options]
    if len({option.text for option in options}) < len(options):
        remark("two answers read the same")
    # Not its type but the number of right answers decides, there as here.
    if keys > 1:
        return Multiple(type="multiple", option=options, **common)
    return Single(type="single", option=options, survey=not keys, **common)


def _key(answer: Table, place: int, remark: Remark) -> bool:
    key, odd = is_right(answer.get("correct"))
    if odd:
        word = "right" if key else "not right"
        remark(f"answer {place} has {answer['correct']!r} for true or false, which is read as {word}")
    return key


def _feedback(answer: Table, right: bool, texts: QuestionTexts) -> str:
    return texts.line(answer.get("feedback")) or (_RIGHT if right else _WRONG)


def _read_number(
    question: Table, answers: list[Table], common: dict[str, Any], texts: QuestionTexts, remark: Remark
) -> Number:
    digits = _digits(question, remark)
    rules: list[NumberRule] = []
    otherwise = _WRONG
    for place, answer in enumerate(answers, start=1):
        if "value" not in answer and "range" not in answer:
            if answer.get("type") != "default":
                remark(f"answer {place} has neither 'value' nor 'range', so it stands for every other number")
            otherwise = texts.line(answer.get("feedback")) or otherwise
        elif rule := _number_rule(answer, place, digits, texts, remark):
            rules.append(rule)
            _tell_overlap(rules, place, digits, remark)
    item = Number(
        type="number", rule=rules, significant=digits, otherwise=otherwise, feedback=_RIGHT, **common
    )
    example = next((value for value in _examples(rules, digits) if _is_right_number(item, value)), None)
    if example is None:
        if answers:
            remark("no number is right, so it is kept and not marked")
        return item
    return Number(
        type="number",
        answer=example,
        rule=rules,
        significant=digits,
        otherwise=otherwise,
        feedback=_RIGHT,
        **common,
    )


def _digits(question: Table, remark: Remark) -> int:
    if "precision" not in question:
        return 0
    digits = as_number(question["precision"])
    if digits is None or not 1 <= digits <= _MOST_DIGITS:
        remark(f"its precision {question['precision']!r} is no number of digits, so numbers are not rounded")
        return 0
    return int(digits)


def _number_rule(
    answer: Table, place: int, digits: int, texts: QuestionTexts, remark: Remark
) -> NumberRule | None:
    key = _key(answer, place, remark)
    feedback = _feedback(answer, key, texts)
    if "value" in answer:
        given = answer["value"]
        if isinstance(given, bool):
            remark(f"answer {place} has the value {as_text(given)}, which JavaScript takes for {given:d}")
        value = float(given) if isinstance(given, bool) else as_number(given)
        if value is None or math.isinf(value):
            remark(f"answer {place} has the value {given!r}, which is no number, so it was left out")
            return None
        return NumberRule(feedback, key, value=round_significant(value, digits))
    span = answer["range"]
    ends = [end for end in map(as_number, span) if end is not None] if isinstance(span, list) else []
    if len(ends) != 2 or len(span) != 2:
        remark(f"answer {place} has the range {span!r}, which is no two numbers, so it was left out")
        return None
    low, high = ends
    if low >= high:
        remark(f"answer {place} has a range from {low:g} to {high:g}, into which no number falls")
        return None
    return NumberRule(
        feedback, key, low=None if math.isinf(low) else low, high=None if math.isinf(high) else high
    )


def _tell_overlap(rules: list[NumberRule], place: int, digits: int, remark: Remark) -> None:
    """Tell where an earlier rule takes numbers that the last one is about, and marks them otherwise."""
    *earlier, last = rules
    low, high = _span(last)
    for rule in earlier:
        first, end = _span(rule)
        # A range holds its lower end and not its upper one; a value is both of its ends.
        meets = first <= low < end or low <= first < high or (low == first and (low == high or first == end))
        if meets and rule.key != last.key:
            # A value that goes before the range around it is how such files name exceptions.
            if rule.value is None:
                remark(
                    f"answer {place} overlaps an earlier one that marks otherwise; the earlier one decides"
                )
            return


def _span(rule: NumberRule) -> tuple[float, float]:
    if rule.value is not None:
        return rule.value, rule.value
    return -math.inf if rule.low is None else rule.low, math.inf if rule.high is None else rule.high


def _examples(rules: list[NumberRule], digits: int) -> list[float]:
    """Return numbers of which one is right, if any is: values, then what lies in ranges and at their ends."""
    values = [rule.value for rule in rules if rule.key and rule.value is not None]
    ends = sorted({end for rule in rules for end in _span(rule) if math.isfinite(end)})
    between = [(low + high) / 2 for low, high in itertools.pairwise(ends)]
    beyond = [ends[0] - 1, ends[-1] + 1] if ends else [0.0]
    middles = [(low + high) / 2 for low, high in map(_span, rules) if math.isfinite(low + high)]
    return values + [
        candidate
        for value in (*middles, *between, *ends, *beyond)
        for candidate in (round_significant(value, 3), round_significant(value, digits), value)
    ]


def _is_right_number(item: Number, value: float) -> bool:
    # As it is shown and typed again.
    rule = first_rule(item, [float(f"{value:.15g}")])
    return rule is not None and rule.key


def _read_word(answers: list[Table], common: dict[str, Any], texts: QuestionTexts, remark: Remark) -> Word:
    accepted: list[Accepted] = []
    otherwise = _WRONG
    for place, answer in enumerate(answers, start=1):
        if answer.get("type") == "default" or "answer" not in answer:
            if answer.get("type") != "default":
                remark(f"answer {place} has no 'answer', so it stands for every other text")
            otherwise = texts.line(answer.get("feedback")) or otherwise
            continue
        key, text = _key(answer, place, remark), as_text(answer["answer"]).strip()
        if not text:
            remark(f"answer {place} is empty, so it was left out")
            continue
        word = Accepted(
            text,
            _feedback(answer, key, texts),
            key,
            bool(answer.get("match_case")),
            _similar(answer, place, remark),
        )
        accepted.append(word)
        _tell_hidden(accepted, place, remark)
    item = Word(type="word", answer=accepted, otherwise=otherwise, in_order=True, **common)
    if any(word.key and first_word(item, word.text) is word for word in accepted):
        return item
    if answers:
        remark("no text is right, so it is kept and not marked")
    return Word(type="word", answer=accepted, otherwise=otherwise, in_order=True, survey=True, **common)


def _similar(answer: Table, place: int, remark: Remark) -> float:
    given = answer.get("fuzzy_threshold")
    if not given:
        return 1
    share = as_number(given)
    if share is None or not 0 < share <= 1:
        remark(
            f"answer {place} has a 'fuzzy_threshold' of {given!r}, which is no share from 0 to 1, so it must "
            "be typed exactly"
        )
        return 1
    return share


def _tell_hidden(accepted: list[Accepted], place: int, remark: Remark) -> None:
    *earlier, last = accepted
    hiding = next(
        (word for word in earlier if word.key != last.key and first_word(_only(word), last.text) is word),
        None,
    )
    if hiding:
        remark(f"answer {place} is taken by an earlier one that marks otherwise; the earlier one decides")


def _only(word: Accepted) -> Word:
    return Word(
        id="", type="word", check="", objective=0, stem="", answer=[word], otherwise="", in_order=True
    )
