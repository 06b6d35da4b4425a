"""The JSON Schema of a question bank, which the editor of somebody who writes questions can follow."""

import inspect

import msgspec

from course_lib.items.types import TYPES, Bank, BankHead


def schema() -> dict[str, object]:
    """Return the JSON Schema of a question bank, made from the types of question themselves.

    Returns
    -------
    dict
        Draft 2020-12.

    Examples
    --------
    >>> schema()["properties"]["item"]["minItems"]
    1
    """
    _, parts = msgspec.json.schema_components([BankHead, *TYPES.values()], ref_template="#/$defs/{name}")
    for part in parts.values():
        # How far a docstring is indented depends on the versions of Python and msgspec; the file does not.
        if "description" in part:
            part["description"] = inspect.cleandoc(part["description"])
    head = parts.pop(BankHead.__name__)
    head["title"], head["description"] = Bank.__name__, inspect.getdoc(Bank)
    head["properties"]["item"] = {
        "type": "array",
        "minItems": 1,
        "items": {"anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in TYPES.values()]},
    }
    for kind in TYPES.values():
        parts[kind.__name__]["properties"].pop("version")
    head["required"] = [*head["required"], "item"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **head,
        "additionalProperties": False,
        "$defs": parts,
    }
