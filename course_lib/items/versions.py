"""The version of a question: what tells an answer to it from an answer to an older form of it."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import date

import msgspec

# What the library needs a question or an option for, and how exact a number is asked, which the page tells
# beside the field; whoever answered it was asked the same with or without.
_UNCOUNTED = ("role", "decimals")


def version_of(table: Mapping[str, object]) -> str:
    """Return ten signs that change whenever what an author wrote of a question changes, and never otherwise.

    They hang on the words of the bank alone: not on our classes, which fields those have, their order or
    their defaults. How a number, a line's end, an accent or the order of fields was written does not count,
    nor does the ``role`` of the question or of one of its options, which is for the library, nor
    ``decimals``, which says how exact a number is asked and changes no key.

    Parameters
    ----------
    table : Mapping[str, object]
        The question as its bank has it: texts, numbers, dates, lists and dicts of these.

    Returns
    -------
    str
        The first ten hexadecimal digits of a SHA-256.

    Examples
    --------
    >>> version_of({"id": "01-a", "answer": 3}) == version_of({"answer": 3.0, "id": "01-a"})
    True
    >>> version_of({"id": "01-a", "role": "opens_outcomes"}) == version_of({"id": "01-a"})
    True
    """
    counted = _without_uncounted(table)
    if isinstance(options := counted.get("option"), list):
        counted["option"] = [
            _without_uncounted(option) if isinstance(option, dict) else option for option in options
        ]
    text = json.dumps(_normal_form(counted), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def authored_table(part: msgspec.Struct) -> dict[str, object]:
    """Return a question that no bank holds as a bank would have it: without what is left at its default.

    Parameters
    ----------
    part : msgspec.Struct
        A question, or a part of one.

    Returns
    -------
    dict of str to object
        Its fields without ``version``, and what it is made of in the same way.

    Examples
    --------
    >>> from course_lib.items import Option
    >>> authored_table(Option("yes", "It does.", key=False))
    {'text': 'yes', 'feedback': 'It does.'}
    """
    return {
        field.encode_name: _authored_value(value)
        for field in msgspec.structs.fields(part)
        if field.name != "version" and (value := getattr(part, field.name)) != _default(field)
    }


def _authored_value(value: object) -> object:
    if isinstance(value, list):
        return [_authored_value(inner) for inner in value]
    return authored_table(value) if isinstance(value, msgspec.Struct) else value


def _without_uncounted(table: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in table.items() if name not in _UNCOUNTED}


def _normal_form(value: object) -> object:
    match value:
        case dict():
            return {_normal_form(name): _normal_form(inner) for name, inner in value.items()}
        case list():
            return [_normal_form(inner) for inner in value]
        case str():
            return unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        case float() if value.is_integer():
            return int(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _default(field: msgspec.structs.FieldInfo) -> object:
    factory = field.default_factory
    return field.default if factory is msgspec.NODEFAULT else factory()
