"""Files of questions that are nobody's lesson: a teacher's own, in our form or in that of other tools."""

from pathlib import PurePath

import msgspec

from course_lib import evidence, items
from course_lib.items.jupyterquiz import ImportedQuestions, decode_text, read_jupyterquiz

_JSON = frozenset({".json", ".json5", ".jsonc"})


def is_foreign(name: str) -> bool:
    """Tell whether a file is in the form of other tools.

    Parameters
    ----------
    name : str
        The file.

    Returns
    -------
    bool
        By its ending, in capital or small letters.

    Examples
    --------
    >>> is_foreign("quiz.JSON"), is_foreign("bread.toml")
    (True, False)
    """
    return PurePath(name).suffix.lower() in _JSON


def parse_question_file(content: bytes, name: str, key: str) -> ImportedQuestions:
    """Return the questions in a file.

    Parameters
    ----------
    content : bytes
        What it holds: a bank (TOML), or JSON for jupyterquiz or ipyquizjb.
    name : str
        The file, as messages should give it; its ending tells the form.
    key : str
        What the ids of its questions begin with.

    Returns
    -------
    ImportedQuestions
        With what could not be carried over, and the ids that older versions gave.

    Raises
    ------
    ItemError
        Where it cannot be read.
    """
    text = decode_text(content, name)
    if is_foreign(name):
        return read_jupyterquiz(text, name, key)
    questions = items.load(text, name, evidence.registered_keys()).items
    named = [msgspec.structs.replace(item, id=f"{key}#{item.id}") for item in questions]
    former = {new.id: item.id for new, item in zip(named, questions, strict=True)}
    return ImportedQuestions(named, former_ids=former)
