"""Questions in the form of jupyterquiz, read into our own types.

https://github.com/jmshea/jupyterquiz describes the form. What has no meaning here is named, not dropped.
"""

import hashlib
import html
import math
import re

from course_lib.items.types import Accepted, Mistake, Multiple, Number, Option, Single, Word

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


def from_jupyterquiz(given, name):
    """Return the items in what a jupyterquiz file holds, and a list of remarks on what could not be taken.

    Parameters: `given` the parsed JSON; `name` of the file as the remarks should give it.
    """
    if not isinstance(given, list):
        return [], [f"{name} is no list of questions, so nothing was read from it."]
    items, remarks = [], []
    for number, one in enumerate(given, start=1):

        def remark(what, number=number):
            remarks.append(f"{name}, question {number}: {what}.")

        if isinstance(one, dict) and isinstance(one.get("question"), str):
            if item := _item(one, remark):
                items.append(item)
        else:
            remark("it has no text under 'question', so it was left out")
    return _distinct(items), remarks


def _item(one, remark):
    for field in sorted(one.keys() - _KNOWN):
        remark(f"{field!r} has no meaning here")
    kinds = {"multiple_choice": _choice, "many_choice": _choice, "numeric": _number, "string": _word}
    read = kinds.get(str(one.get("type")))
    if read is None:
        remark(f"the type {one.get('type')!r} is not known, so it was left out")
        return None
    answers = one.get("answers")
    answers = [a for a in answers if isinstance(a, dict)] if isinstance(answers, list) else []
    if not answers:
        remark("it has no answers, so it was left out")
        return None
    stem = _text(one["question"])
    if code := one.get("code"):
        stem += f"\n\n```\n{code}\n```"
    key = hashlib.sha256(repr(one).encode()).hexdigest()[:8]
    hints = [_text(one["hint"])] if isinstance(one.get("hint"), str) else []
    common = {"id": f"jq-{key}", "check": "jupyterquiz", "objective": 0, "stem": stem, "hints": hints}
    return read(one, answers, common, remark)


def _choice(one, answers, common, remark):
    options = []
    for place, answer in enumerate(answers, start=1):
        text = _text(str(answer.get("answer", "")))
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
    if one["type"] == "multiple_choice":
        return Single(type="single", option=options, any_key=keys > 1, survey=keys == 0, **common)
    if keys == len(options):
        remark("every answer is right, so ticking all of them is")
    return Multiple(type="multiple", option=options, survey=keys == 0, **common)


def _number(one, answers, common, remark):
    right, wrong, otherwise = [], [], _WRONG
    for place, answer in enumerate(answers, start=1):
        span = answer.get("range") if answer.get("type") == "range" else [answer.get("value")] * 2
        if answer.get("type") == "default" or ("value" not in answer and "range" not in answer):
            otherwise = _feedback(answer, False)
        elif not isinstance(span, list) or len(span) != 2 or not all(_finite(end) for end in span):
            remark(f"answer {place} is no number that could be compared, so it was left out")
        else:
            low, high = sorted(span)
            slack = (high - low) / 2 + (_half_digit(low, one.get("precision")) if low == high else 0)
            entry = Mistake((low + high) / 2, _feedback(answer, bool(answer.get("correct"))), slack)
            (right if answer.get("correct") else wrong).append(entry)
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
        **common,
    )


def _word(_one, answers, common, remark):
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
        if not _finite(similar) or not 0 < similar <= 1:
            remark(f"answer {place} has a 'fuzzy_threshold' that is no share, so it must be typed exactly")
            similar = 1
        case = bool(answer.get("match_case"))
        accepted.append(Accepted(text, _feedback(answer, right), right, case, similar))
    if not any(one.key for one in accepted):
        remark("no word is right, so it was left out")
        return None
    return Word(type="word", answer=accepted, otherwise=otherwise, **common)


def _feedback(answer, right):
    return _text(str(answer.get("feedback") or "")) or (_RIGHT if right else _WRONG)


def _text(text):
    for tag, sign in _TAGS:
        text = re.sub(tag, sign, text, flags=re.IGNORECASE | re.DOTALL)
    return html.unescape(text).strip()


def _finite(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _half_digit(value, precision):
    """Return half a unit of the last significant digit to which an answer is compared."""
    if not isinstance(precision, int) or precision < 1 or not value:
        return 0
    return 0.5 * 10 ** (math.floor(math.log10(abs(value))) + 1 - precision)


def _distinct(items):
    seen, kept = set(), []
    for item in items:
        number = 1
        name = item.id
        while name in seen:
            number += 1
            name = f"{item.id}-{number}"
        seen.add(name)
        kept.append(item if name == item.id else type(item)(**{**_fields(item), "id": name}))
    return kept


def _fields(item):
    # The version is made anew, from these.
    return {field: getattr(item, field) for field in item.__struct_fields__ if field != "version"}
