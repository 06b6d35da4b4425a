"""Questions in the form of ipyquizjb, read into our own types.

https://github.com/ForceoftheCyber/ipyquiz describes the form; read from ipyquizjb 0.3.13.
"""

import re
from typing import Any

from course_lib.items.jupyterquiz.texts import QuestionTexts, Remark
from course_lib.items.jupyterquiz.values import as_number, as_text
from course_lib.items.types import Item, Multiple, Number, NumberRule, Option, Single, Text
from course_lib.items.versions import version_of

Table = dict[str, Any]

_TYPES = ("MULTIPLE_CHOICE", "NUMERIC", "TEXT")
_FIELDS = {"type", "body", "answers", "answer", "notes", "id"}
_RIGHT, _WRONG = "That is right.", "That is not right."


def is_ipyquizjb(question: Table) -> bool:
    """Tell whether a question has that form.

    Parameters
    ----------
    question : dict
        What a file holds of it.

    Returns
    -------
    bool
        Whether its text stands under ``body``, or its type is one of that form.

    Examples
    --------
    >>> is_ipyquizjb({"type": "NUMERIC", "body": "2 + 2?"}), is_ipyquizjb({"question": "2 + 2?"})
    (True, False)
    """
    return "question" not in question and ("body" in question or question.get("type") in _TYPES)


def read_ipyquizjb(question: Table, name: str, remark: Remark) -> Item | None:
    """Return a question in the form of ipyquizjb as one of our types.

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
        None for a type that ipyquizjb does not show either.
    """
    kind = question.get("type")
    plain = re.sub(r"[\s-]+", "_", kind.strip().upper()) if isinstance(kind, str) else ""
    if kind not in _TYPES and plain in _TYPES:
        remark(f"the type {kind!r} is none that ipyquizjb shows; it is read as {plain!r}")
        kind = plain
    if kind not in _TYPES:
        remark(f"the type {kind!r} is none of {', '.join(_TYPES)}, so it was left out, as by ipyquizjb")
        return None
    for field in question:
        if field == "when":
            remark("'when' has no meaning here: questions for a second try are asked with the others")
        elif field not in _FIELDS:
            remark(f"{field!r} has no meaning here")
    texts = QuestionTexts(remark)
    stem = texts.paragraphs(question.get("body"))
    if not stem:
        remark("it has no text under 'body'")
    common: dict[str, Any] = {
        "id": name,
        "check": "jupyterquiz",
        "objective": 0,
        "stem": stem or "…",
        "version": version_of({key: value for key, value in question.items() if key != "id"}),
    }
    notes = question.get("notes")
    explain = "<br><br>".join(filter(None, map(texts.line, notes))) if isinstance(notes, list) else ""
    match kind:
        case "TEXT":
            if not explain:
                remark("it has no notes, so there is no model answer")
            item: Item = Text(type="text", model=explain or "There is no model answer.", rubric=[], **common)
        case "NUMERIC":
            item = _read_number(question.get("answer"), {**common, "explain": explain}, remark)
        case _:
            item = _read_choice(question, {**common, "explain": explain}, texts, remark)
    texts.tell()
    return item


def _read_number(answer: object, common: dict[str, Any], remark: Remark) -> Number:
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    value = as_number(answer)
    if value is None:
        remark(f"its answer {answer!r} is no number, so it is kept and not marked")
        return Number(type="number", **common)
    rule = NumberRule(_RIGHT, True, value=value)
    return Number(type="number", answer=value, rule=[rule], feedback=_RIGHT, otherwise=_WRONG, **common)


def _read_choice(
    question: Table, common: dict[str, Any], texts: QuestionTexts, remark: Remark
) -> Single | Multiple:
    given, answer = question.get("answers"), question.get("answer")
    options = [as_text(option) for option in given] if isinstance(given, list) else []
    if isinstance(answer, str):
        remark("its 'answer' is one text where a list is expected, and is read as a list of one")
        answer = [answer]
    right = {as_text(text) for text in answer} if isinstance(answer, list) else set()
    for text in sorted(right - set(options)):
        remark(f"its answer {text!r} is none of its 'answers'")
    keyed = [text in right for text in options]
    keys = sum(keyed)
    if not keys:
        remark("no answer is right, so it is kept and not marked")
    option = [
        # The page of ipyquizjb shows options as plain text.
        Option(texts.plain_line(text) or "…", ("" if not keys else _RIGHT if key else _WRONG), key)
        for text, key in zip(options, keyed, strict=True)
    ]
    if isinstance(answer, list) and len(answer) > 1 and keys:
        return Multiple(type="multiple", option=option, **common)
    return Single(type="single", option=option, survey=not keys, any_key=keys > 1, **common)
