"""Question banks: a TOML text goes in, typed questions come out, or every fault at once."""

import re
from collections.abc import Collection, Iterator
from typing import Literal, get_args, get_origin

import msgspec

from course_lib.errors import ItemError, nearest
from course_lib.items.lint import lint_items
from course_lib.items.types import TYPES, Bank, BankHead, Item
from course_lib.items.versions import version_of

LONGEST_TEXT = 20_000
SOURCE_LINK = re.compile(r"(?<!\\)\[([^\]]+)\]\(source:([^)\s]*)\)")
_IMAGE_WITHOUT_TEXT = re.compile(r"!\[\s*\]\(")


def load(text: str, name: str, sources: Collection[str] | None = None) -> Bank:
    """Return the questions in a TOML text.

    Parameters
    ----------
    text : str
        What the file holds.
    name : str
        The file, as messages should give it.
    sources : collection of str, optional
        The keys that a question may name or link to as ``[words](source:key)``; left out, they are not
        checked.

    Returns
    -------
    Bank
        The questions, in order.

    Raises
    ------
    ItemError
        With every fault found, one sentence each: file, item, field, what to do.
    """
    import tomllib  # one of the slower parts of the standard library, and not every bank is TOML

    try:
        head: dict[str, object] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ItemError(
            f"{name} is not valid TOML: {error}. Nothing of it can be used before that is mended."
        ) from None
    tables = head.pop("item", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ItemError(f"{name}, field 'item': is no list of tables. Begin every question with [[item]].")
    faults = _Faults(name)
    faults.check_table(head, BankHead, "")
    if not tables:
        faults.add("", "item", "there is no question; begin each with [[item]]")
    items = [
        item for number, table in enumerate(tables, start=1) if (item := _read_item(table, number, faults))
    ]
    lint_items(items, head.get("lesson"), faults.add)
    for item in items:
        _lint_texts(item, sources, faults)
    if faults.sentences:
        raise ItemError(faults.sentences)
    return Bank(items=items, **msgspec.structs.asdict(msgspec.convert(head, BankHead)))


def field_texts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text in a question with the field it stands in, as an author counts them.

    Parameters
    ----------
    value : object
        A question as dicts and lists, or a part of one.
    field : str, optional
        The field that the part stands in.

    Yields
    ------
    tuple of str and str
        The field and its text.

    Examples
    --------
    >>> list(field_texts({"stem": "Which?", "hints": ["One.", "Two."]}))
    [('stem', 'Which?'), ('hints[1]', 'One.'), ('hints[2]', 'Two.')]
    """
    match value:
        case dict():
            for name, inner in value.items():
                yield from field_texts(inner, f"{field}.{name}" if field else name)
        case list():
            for place, inner in enumerate(value, start=1):
                yield from field_texts(inner, f"{field}[{place}]")
        case str():
            yield field, value
        case _:
            pass


class _Faults:
    """Collects one sentence per fault, so that an author mends a bank in one go."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sentences: list[str] = []

    def add(self, item: str, field: str, what: str) -> None:
        self.sentences.append(f"{self.name}, {f'item {item!r}, ' if item else ''}field {field!r}: {what}.")

    def check_table(
        self, table: dict[str, object], kind: type[msgspec.Struct], item: str, prefix: str = ""
    ) -> None:
        """Check a table field by field against a Struct; no bank can name the version of a question."""
        fields = {
            field.encode_name: field for field in msgspec.structs.fields(kind) if field.name != "version"
        }
        for name in table.keys() - fields.keys():
            self.add(item, prefix + name, f"is not known here. {nearest(name, fields, 'field')[:-1]}")
        for name, field in fields.items():
            if name in table:
                self._check_value(table[name], field.type, item, prefix + name)
            elif field.required:
                self.add(item, prefix + name, "is missing")

    def _check_value(self, value: object, kind: object, item: str, field: str) -> None:
        inner = get_args(kind)[0] if get_origin(kind) is list else None
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
                self.add(item, field, f"is no list of tables; write [[item.{field}]] before each")
                return
            for place, table in enumerate(value, start=1):
                self.check_table(table, inner, item, f"{field}[{place}].")
            return
        if get_origin(kind) is Literal and value not in get_args(kind):
            names = [name for name in get_args(kind) if name]
            self.add(item, field, nearest(value, names, field.rpartition(".")[2])[:-1])
            return
        try:
            converted = msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            shown = repr(value) if len(repr(value)) <= 80 else repr(value)[:80] + "…"
            self.add(item, field, f"is {shown}; {str(error).split(' - at')[0].lower()}")
            return
        if isinstance(converted, str) and len(converted) > LONGEST_TEXT:
            self.add(item, field, f"is {len(converted)} characters long; at most {LONGEST_TEXT} can be shown")


def _read_item(table: dict[str, object], number: int, faults: _Faults) -> Item | None:
    """Return a question, or None where something is wrong with it."""
    name = str(table.get("id") or f"number {number}")
    kind = TYPES.get(str(table.get("type")))
    if kind is None:
        faults.add(name, "type", f"is {table.get('type')!r}; it is one of {', '.join(TYPES)}")
        return None
    before = len(faults.sentences)
    faults.check_table(table, kind, name)
    if len(faults.sentences) > before:
        return None
    return msgspec.convert({**table, "version": version_of(table)}, kind)


def _lint_texts(item: Item, sources: Collection[str] | None, faults: _Faults) -> None:
    for field, text in field_texts(msgspec.to_builtins(item)):
        if _IMAGE_WITHOUT_TEXT.search(text):
            faults.add(item.id, field, "has an image without alternative text; write ![what it shows](file)")
        if sources is None:
            continue
        keys = [text] if field.startswith("sources[") else [key for _, key in SOURCE_LINK.findall(text)]
        for key in keys:
            if key not in sources:
                faults.add(item.id, field, nearest(key, sources, "source")[:-1])
