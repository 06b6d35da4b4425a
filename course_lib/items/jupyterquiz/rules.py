"""Questions in the form of jupyterquiz, read into our own types.

https://github.com/jmshea/jupyterquiz describes the form. What has no meaning here is named, not dropped.
"""

import hashlib
import html
import math
import re
from collections.abc import Callable
from typing import Any, TypeGuard

import msgspec

from course_lib.items.types import Accepted, Item, Mistake, Multiple, Number, Option, Single, Word

# Takes what could not be taken over from a question.
Remark = Callable[[str], None]
# What a file holds under names that mean something, before it is looked at.
Table = dict[str, Any]

_KNOWN = {"question", "type", "answers", "code", "precision", "hint"}
_RIGHT, _WRONG = "That is right.", "That is not right."
_TAGS = [
    (r"</?(?:b|strong)>", "**"),
    (r"</?(?:i|em)>", "*"),
    (r"</?(?:code|tt)>", "`"),
    (r"<br\s*/?>", "\n"),
    (r"</?(?:p|div)>", "\n\n"),
    (r"\\\((.+?)\\\)", r"$\1$"),
    (r"\\\[(.+?)\\\]", r"$$\1$$"),
]


def from_jupyterquiz(parsed: object, name: str) -> tuple[list[Item], list[str]]:
    """Return the questions in what a jupyterquiz file holds.

    Parameters
    ----------
    parsed : object
        The parsed JSON.
    name : str
        The file, as the remarks should give it.

    Returns
    -------
    list of Item
        The questions that could be read, in order.
    list of str
        A sentence for everything that could not be taken over.

    Examples
    --------
    >>> from_jupyterquiz({}, "quiz.json")
    ([], ['quiz.json is no list of questions, so nothing was read from it.'])
    """
    if not isinstance(parsed, list):
        return [], [f"{name} is no list of questions, so nothing was read from it."]
    items: list[Item] = []
    remarks: list[str] = []
    for number, question in enumerate(parsed, start=1):

        def remark(what: str, number: int = number) -> None:
            remarks.append(f"{name}, question {number}: {what}.")

        if isinstance(question, dict) and isinstance(question.get("question"), str):
            if item := _read_item(question, remark):
                items.append(item)
        else:
            remark("it has no text under 'question', so it was left out")
    return _with_distinct_ids(items), remarks


def _read_item(question: Table, remark: Remark) -> Item | None:
    for field in sorted(question.keys() - _KNOWN):
        remark(f"{field!r} has no meaning here")
    kind = str(question.get("type"))
    if kind not in ("multiple_choice", "many_choice", "numeric", "string"):
        remark(f"the type {question.get('type')!r} is not known, so it was left out")
        return None
    answers = question.get("answers")
    answers = [answer for answer in answers if isinstance(answer, dict)] if isinstance(answers, list) else []
    if not answers:
        remark("it has no answers, so it was left out")
        return None
    match kind:
        case "numeric":
            return _read_number(question, answers, remark)
        case "string":
            return _read_word(question, answers, remark)
        case _:
            return _read_choice(question, answers, remark)


def _common(question: Table) -> dict[str, Any]:
    stem = _markdown(question["question"])
    if code := question.get("code"):
        stem += f"\n\n```\n{code}\n```"
    key = hashlib.sha256(repr(question).encode()).hexdigest()[:8]
    hints = [_markdown(question["hint"])] if isinstance(question.get("hint"), str) else []
    return {"id": f"jq-{key}", "check": "jupyterquiz", "objective": 0, "stem": stem, "hints": hints}


def _read_choice(question: Table, answers: list[Table], remark: Remark) -> Single | Multiple:
    options = []
    for place, answer in enumerate(answers, start=1):
        text = _markdown(str(answer.get("answer", "")))
        if "code" in answer:
            text = f"{text} `{answer['code']}`".strip()
        if not text:
            remark(f"answer {place} has no text")
            text = f"(answer {place})"
        right = bool(answer.get("correct"))
        options.append(Option(text, _feedback(answer, right), right))
    keys = sum(option.key for option in options)
    if keys == 0:
        remark("no answer is right, so it is kept and not marked")
        options = [Option(option.text, option.feedback.replace(_WRONG, "")) for option in options]
    common = _common(question)
    if question["type"] == "multiple_choice":
        return Single(type="single", option=options, any_key=keys > 1, survey=keys == 0, **common)
    if keys == len(options):
        remark("every answer is right, so ticking all of them is")
    return Multiple(type="multiple", option=options, survey=keys == 0, **common)


def _read_number(question: Table, answers: list[Table], remark: Remark) -> Number | None:
    right: list[Mistake] = []
    wrong: list[Mistake] = []
    otherwise = _WRONG
    for place, answer in enumerate(answers, start=1):
        span: Any = answer.get("range") if answer.get("type") == "range" else [answer.get("value")] * 2
        if answer.get("type") == "default" or ("value" not in answer and "range" not in answer):
            otherwise = _feedback(answer, False)
        elif not isinstance(span, list) or len(span) != 2 or not all(_is_finite(end) for end in span):
            remark(f"answer {place} is no number that could be compared, so it was left out")
        else:
            low, high = sorted(float(end) for end in span)
            slack = (high - low) / 2 + (_half_digit(low, question.get("precision")) if low == high else 0)
            number = Mistake((low + high) / 2, _feedback(answer, bool(answer.get("correct"))), slack)
            (right if answer.get("correct") else wrong).append(number)
    if not right:
        remark("no number is right, so it was left out")
        return None
    first, *also = right
    return Number(
        type="number",
        answer=first.value,
        tolerance=first.tolerance,
        feedback=first.feedback,
        otherwise=otherwise,
        mistake=wrong,
        also=also,
        **_common(question),
    )


def _read_word(question: Table, answers: list[Table], remark: Remark) -> Word | None:
    accepted, otherwise = [], _WRONG
    for place, answer in enumerate(answers, start=1):
        if "answer" not in answer:
            otherwise = _feedback(answer, False)
            continue
        right, text = bool(answer.get("correct")), str(answer["answer"]).strip()
        if not text:
            remark(f"answer {place} is empty, so it was left out")
            continue
        similar = answer.get("fuzzy_threshold", 1)
        if not _is_finite(similar) or not 0 < similar <= 1:
            remark(f"answer {place} has a 'fuzzy_threshold' that is no share, so it must be typed exactly")
            similar = 1
        case = bool(answer.get("match_case"))
        accepted.append(Accepted(text, _feedback(answer, right), right, case, similar))
    if not any(word.key for word in accepted):
        remark("no word is right, so it was left out")
        return None
    return Word(type="word", answer=accepted, otherwise=otherwise, **_common(question))


def _feedback(answer: Table, right: bool) -> str:
    return _markdown(str(answer.get("feedback") or "")) or (_RIGHT if right else _WRONG)


def _markdown(text: str) -> str:
    for tag, sign in _TAGS:
        text = re.sub(tag, sign, text, flags=re.IGNORECASE | re.DOTALL)
    return html.unescape(text).strip()


def _is_finite(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _half_digit(value: float, precision: object) -> float:
    """Return half a unit of the last significant digit to which an answer is compared."""
    if not isinstance(precision, int) or precision < 1 or not value:
        return 0
    return float(0.5 * 10 ** (math.floor(math.log10(abs(value))) + 1 - precision))


def _with_distinct_ids(items: list[Item]) -> list[Item]:
    seen: set[str] = set()
    distinct: list[Item] = []
    for item in items:
        number = 1
        name = item.id
        while name in seen:
            number += 1
            name = f"{item.id}-{number}"
        seen.add(name)
        # The version is made anew, from what it is now.
        distinct.append(item if name == item.id else msgspec.structs.replace(item, id=name, version=""))
    return distinct
