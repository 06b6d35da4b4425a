"""The ids that questions of such files had until version 1 of the importer, as kept stores hold them."""

import hashlib
from collections.abc import Mapping, Sequence

Table = Mapping[str, object]


def former_id_list(questions: Sequence[object]) -> list[str]:
    """Return for each question the id that it had: made of its content, with a number where it came again.

    Parameters
    ----------
    questions : sequence of object
        What the file holds.

    Returns
    -------
    list of str
        Empty where something was no question.

    Examples
    --------
    >>> former_id_list([{"question": "?"}, {"question": "?"}, 3])
    ['jq-f3adf1b6', 'jq-f3adf1b6-2', '']
    """
    seen: set[str] = set()
    names = []
    for question in questions:
        if not isinstance(question, dict) or not isinstance(question.get("question"), str):
            names.append("")
            continue
        first = f"jq-{hashlib.sha256(repr(question).encode(errors='backslashreplace')).hexdigest()[:8]}"
        name, number = first, 1
        while name in seen:
            number += 1
            name = f"{first}-{number}"
        seen.add(name)
        names.append(name)
    return names
