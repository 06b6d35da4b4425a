"""Texts of a bank that Markdown would change though their author did not mean it."""

import contextlib
from pathlib import Path

from course_lib import items
from course_lib.errors import ItemError
from course_lib.html.markdown_check import changed_words


def markdown_faults(path: Path) -> list[str]:
    """Return where Markdown would show other words than a bank has.

    Parameters
    ----------
    path : Path
        The TOML file; one that cannot be read has other faults.

    Returns
    -------
    list of str
        A sentence for the first such words of each text.
    """
    faults = []
    with contextlib.suppress(ItemError, OSError, UnicodeDecodeError):
        for item in items.load(path.read_text(encoding="utf-8"), path.name).items:
            for field, text, inline in items.markdown_texts(item):
                if changed := changed_words(text, inline):
                    faults.append(f"{path.name}, item {item.id!r}, field {field!r}: {_sentence(*changed)}")
    return faults


def _sentence(written: str, shown: str | None) -> str:
    """Return what is wrong with words, and what to write for them."""
    if shown is None:
        return (
            f"has “{written}”, which Markdown shows as a line of code. Take away the blanks before it, or "
            "put it between two lines of ```."
        )
    # As a text in double quotes has it.
    escaped = items.escape_markdown(written).replace("\\", "\\\\")
    remedy = (
        f"Write “{escaped}” (one backslash where the text stands in single quotes), or word it otherwise."
        if written
        else "Word it otherwise."
    )
    return f"has “{written}”, which Markdown shows as “{shown}”. {remedy}"
