"""Which texts of a question are Markdown and how each is shown; plain text as Markdown."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from course_lib.items.types import (
    Grid,
    Item,
    Match,
    Matrix,
    Multiple,
    Number,
    Order,
    Probability,
    Single,
    Text,
    Word,
)

# The kinds of address that a link may have: pages, and what opens a program for mail or calls.
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SIGNS = re.compile(r"([\\`*_\[\]<&~|$])|^([#>+=-])|^(\d+)([.)])", re.MULTILINE)


class MarkdownText(NamedTuple):
    """A text of a question.

    Attributes
    ----------
    field : str
        Where it stands, as an author counts.
    text : str
        Markdown.
    inline : bool
        Whether it is shown as a part of a line; others may hold paragraphs, lists and tables.
    """

    field: str
    text: str
    inline: bool


def markdown_texts(item: Item) -> list[MarkdownText]:
    """Return the texts of a question that are Markdown; all others are shown as they are.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    list of MarkdownText
        In the order of the fields; none is empty.

    Examples
    --------
    >>> from course_lib.items import Option, Single
    >>> option = [Option("*Yes*.", "It does.", True), Option("No.", "It does.")]
    >>> question = Single(id="a", type="single", check="c", objective=1, stem="?", option=option)
    >>> [text.field for text in markdown_texts(question) if text.inline]
    ['option[1].text', 'option[2].text']
    """
    texts = [MarkdownText("stem", item.stem, False), MarkdownText("explain", item.explain, False)]
    texts += [MarkdownText(f"hints[{place}]", hint, False) for place, hint in enumerate(item.hints, start=1)]
    texts += _own_texts(item)
    return [text for text in texts if text.text.strip()]


def escape_markdown(text: str) -> str:
    r"""Return plain text as Markdown that is shown as that text.

    Parameters
    ----------
    text : str
        Plain text.

    Returns
    -------
    str
        The same with a backslash before whatever would be markup.

    Examples
    --------
    >>> print(escape_markdown("2*3 is __init__"), escape_markdown("1972. On"))
    2\*3 is \_\_init\_\_ 1972\. On
    """
    return _SIGNS.sub(
        lambda match: f"{match[3]}\\{match[4]}" if match[3] else f"\\{match[1] or match[2]}", text
    )


def _own_texts(item: Item) -> Iterator[MarkdownText]:
    """Yield the texts that questions of one type have."""
    match item:
        case Single() | Multiple():
            for place, option in enumerate(item.option, start=1):
                yield MarkdownText(f"option[{place}].text", option.text, True)
                yield MarkdownText(f"option[{place}].feedback", option.feedback, False)
        case Number():
            yield MarkdownText("feedback", item.feedback, False)
            yield MarkdownText("otherwise", item.otherwise, False)
            for name, numbers in (("mistake", item.mistake), ("also", item.also)):
                for place, number in enumerate(numbers, start=1):
                    yield MarkdownText(f"{name}[{place}].feedback", number.feedback, False)
            for place, rule in enumerate(item.rule, start=1):
                yield MarkdownText(f"rule[{place}].feedback", rule.feedback, False)
        case Word():
            yield MarkdownText("otherwise", item.otherwise, False)
            for place, word in enumerate(item.answer, start=1):
                yield MarkdownText(f"answer[{place}].feedback", word.feedback, False)
        case Grid():
            for place, row in enumerate(item.row, start=1):
                yield MarkdownText(f"row[{place}].text", row.text, True)
                yield MarkdownText(f"row[{place}].feedback", row.feedback, False)
                for choice, feedback in row.instead.items():
                    yield MarkdownText(f"row[{place}].instead.{choice}", feedback, False)
        case Matrix():
            for place, matrix_row in enumerate(item.row, start=1):
                yield MarkdownText(f"row[{place}].text", matrix_row.text, True)
                yield MarkdownText(f"row[{place}].feedback", matrix_row.feedback, False)
        case Match():
            for place, pair in enumerate(item.pair, start=1):
                yield MarkdownText(f"pair[{place}].text", pair.text, True)
                yield MarkdownText(f"pair[{place}].feedback", pair.feedback, False)
        case Order():
            for place, step in enumerate(item.step, start=1):
                yield MarkdownText(f"step[{place}].text", step.text, True)
                yield MarkdownText(f"step[{place}].feedback", step.feedback, False)
        case Text():
            yield MarkdownText("model", item.model, False)
            yield MarkdownText("other", item.other, False)
            for place, line in enumerate(item.rubric, start=1):
                yield MarkdownText(f"rubric[{place}]", line, True)
        case Probability():
            pass
