"""Questions of other people, in the form of jupyterquiz or ipyquizjb, read into our own types.

https://github.com/jmshea/jupyterquiz describes the first form. What jupyterquiz shows is shown, and means the
same; what cannot be carried is told, not dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from course_lib.errors import ItemError
from course_lib.items.jupyterquiz.former_ids import former_id_list
from course_lib.items.jupyterquiz.ipyquizjb import is_ipyquizjb, read_ipyquizjb
from course_lib.items.jupyterquiz.loose_json import decode_text, lost_backslashes, parse_loose_json
from course_lib.items.jupyterquiz.pictures import set_pictures_aside
from course_lib.items.jupyterquiz.rules import read_question
from course_lib.items.types import Item

__all__ = ["ImportedQuestions", "decode_text", "read_jupyterquiz", "read_questions"]

_LONGEST_ID = 80


@dataclass
class ImportedQuestions:
    """What was read from a file.

    Attributes
    ----------
    items : list of Item
        The questions, in the order of the file.
    remarks : list of str
        A sentence for everything that is carried otherwise, or not at all.
    former_ids : dict of str to str
        From the id of a question to the one that it had in stores kept by version 1.
    pictures : dict of str to str
        By the address that stands for it, each picture that is written out in the file.
    """

    items: list[Item] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    former_ids: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)


class _Remarks:
    """Gathers what is to be told of questions; the same of several becomes one sentence."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbers: dict[str, list[int]] = {}

    def add(self, number: int, what: str) -> None:
        numbers = self._numbers.setdefault(what, [])
        if number not in numbers:
            numbers.append(number)

    def sentences(self) -> list[str]:
        return [f"{self._name}, {_of(numbers)}: {what}." for what, numbers in self._numbers.items()]


def read_jupyterquiz(text: str, name: str, key: str = "") -> ImportedQuestions:
    """Return the questions in a file for jupyterquiz or ipyquizjb.

    Parameters
    ----------
    text : str
        What the file holds: JSON, or what JavaScript takes for it.
    name : str
        The file, as remarks should give it.
    key : str, optional
        What the ids begin with; the name where it is left out.

    Returns
    -------
    ImportedQuestions
        The questions, with what is to be told of them.

    Raises
    ------
    ItemError
        Where it cannot be read, or holds something else than questions.

    Examples
    --------
    >>> read = read_jupyterquiz('[{"question": "2 + 2?", "type": "numeric", "answers": []}]', "q.json")
    >>> read.items[0].id, read.remarks
    ('q.json#1', ['q.json, question 1: it has no answers, so that it is shown and not marked.'])
    """
    told: list[str] = []
    read = read_questions(parse_loose_json(text, name, told.append), name, key)
    read.remarks += told
    if lines := lost_backslashes(text):
        place = f"line {lines[0]}" + (f" and {len(lines) - 1} more" if len(lines) > 1 else "")
        read.remarks.append(
            f"{name}, {place}: a single backslash is dropped, as JavaScript drops it, so that what was "
            "mathematics is none; write two of them."
        )
    return read


def read_questions(parsed: object, name: str, key: str = "") -> ImportedQuestions:
    """Return the questions in what was read from such a file, or in a list made in Python.

    Parameters
    ----------
    parsed : object
        A list of questions, or a table with one under ``questions``.
    name : str
        Where it is from, as remarks should give it.
    key : str, optional
        What the ids begin with; the name where it is left out.

    Returns
    -------
    ImportedQuestions
        The questions, with what is to be told of them.

    Raises
    ------
    ItemError
        Where it holds something else than questions.
    """
    read = ImportedQuestions()
    questions = _list_of_questions(parsed, name, read.remarks)
    remarks = _Remarks(name)
    ids = _distinct_ids(questions, key or name, remarks)
    former = former_id_list(questions)
    for number, question in enumerate(questions, start=1):

        def remark(what: str, number: int = number) -> None:
            remarks.add(number, what)

        if not isinstance(question, dict):
            remark("it is no table of fields, so it was left out")
            continue
        reader = read_ipyquizjb if is_ipyquizjb(question) else read_question
        question = set_pictures_aside(_whole_signs(question), read.pictures)
        if item := reader(question, ids[number - 1], remark):
            read.items.append(item)
            if former[number - 1]:
                read.former_ids[item.id] = former[number - 1]
    read.remarks += remarks.sentences()
    return read


def _whole_signs(value: Any) -> Any:
    """Return what a file holds with a sign for each half of one, which no page and no file can hold."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case dict():
            return {_whole_signs(name): _whole_signs(inner) for name, inner in value.items()}
        case list():
            return [_whole_signs(inner) for inner in value]
        case _:
            return value


def _list_of_questions(parsed: object, name: str, remarks: list[str]) -> Sequence[object]:
    if isinstance(parsed, dict) and isinstance(parsed.get("questions"), list):
        left = [repr(field) for field in parsed if field != "questions"]
        if left:
            remarks.append(f"{name}: {', '.join(left)} beside 'questions' has no meaning here.")
        parsed = parsed["questions"]
    elif isinstance(parsed, dict) and ("question" in parsed or "body" in parsed):
        remarks.append(f"{name} is one question, not a list; it is read as a list of one.")
        parsed = [parsed]
    if not isinstance(parsed, list):
        raise ItemError(
            f"{name} holds {_kind_of(parsed)}, and no list of questions. jupyterquiz has "
            '[{"question": …, "type": …, "answers": […]}, …], ipyquizjb {"questions": […]}.'
        )
    if parsed and all(isinstance(card, dict) and {"front", "back"} <= card.keys() for card in parsed):
        raise ItemError(
            f"{name} holds {len(parsed)} flash card{'s' if len(parsed) != 1 else ''} for jupytercards, which "
            "have a front and a back and ask nothing that could be marked; "
            "show them with display_flashcards of that package."
        )
    return parsed


def _kind_of(parsed: object) -> str:
    match parsed:
        case dict():
            fields = ", ".join(map(repr, list(parsed)[:5]))
            return f"a table with the fields {fields}" if fields else "an empty table"
        case None:
            return "nothing but null"
        case str():
            return "a text"
        case bool() | int() | float():
            return f"nothing but {parsed}"
        case _:
            return f"a {type(parsed).__name__}"


def _distinct_ids(questions: Sequence[object], key: str, remarks: _Remarks) -> list[str]:
    """Return an id for each question: its own where it has one, else its place."""
    taken: set[str] = set()
    own = []
    for number, question in enumerate(questions, start=1):
        name = _own_id(question)
        if name in taken:
            remarks.add(number, f"its id {name!r} is that of an earlier one, so its place stands for it")
            name = ""
        own.append(name)
        taken |= {name} - {""}
    ids = []
    for number, name in enumerate(own, start=1):
        place, again = name or str(number), 1
        while not name and place in taken:
            again += 1
            place = f"{number}-{again}"
        taken.add(place)
        ids.append(f"{key}#{place}")
    return ids


def _own_id(question: Any) -> str:
    given = question.get("id") if isinstance(question, dict) else None
    if isinstance(given, bool) or not isinstance(given, str | int):
        return ""
    name = " ".join(str(given).split())
    return name if len(name) <= _LONGEST_ID and name.isprintable() else ""


def _of(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"question {numbers[0]}"
    return f"questions {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
