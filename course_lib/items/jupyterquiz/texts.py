"""The texts of one question: each as our Markdown, with one remark for all that they could not carry."""

import html
import re
from collections.abc import Callable

from course_lib.items.jupyterquiz.foreign_html import (
    code_block,
    code_line,
    convert_code,
    convert_html,
)
from course_lib.items.jupyterquiz.values import as_text

# Takes what is to be told of a question.
Remark = Callable[[str], None]

# What JSON makes of a backslash that was not doubled, and the beginnings of commands that lose it so.
_EATEN = re.compile(
    "[\b\f]|\t(?=heta|imes|ext|an|au|ilde|o\\b|op|riangle)|\r(?=ho|ight|angle|ceil|floor|m\\b)"
    "|\n(?=abla|eq|e\\b|u\\b|[o]t|eg|i\\b|mid)"
)


class QuestionTexts:
    """Reads the texts of one question and gathers what is to be told of them.

    Parameters
    ----------
    remark : Callable
        Takes it, when `tell` is called.
    """

    def __init__(self, remark: Remark) -> None:
        self._remark = remark
        self._left_out: list[str] = []
        self._unknown: list[str] = []
        self._remarks: list[str] = []
        self._money = self._eaten = False

    def line(self, value: object) -> str:
        """Return a text as a part of a line.

        Parameters
        ----------
        value : object
            What stands in the file.

        Returns
        -------
        str
            Markdown; empty where there is nothing.
        """
        return self._convert(value, inline=True)

    def paragraphs(self, value: object) -> str:
        """Return a text as paragraphs, the first of which stands alone.

        Parameters
        ----------
        value : object
            What stands in the file.

        Returns
        -------
        str
            Markdown; empty where there is nothing.
        """
        return self._convert(value, inline=False)

    def plain_line(self, value: object) -> str:
        """Return a text that is shown as it stands, with mathematics, as a part of a line.

        Parameters
        ----------
        value : object
            What stands in the file.

        Returns
        -------
        str
            Markdown; empty where there is nothing.
        """
        return self._convert(html.escape(as_text(value)), inline=True)

    def code_block(self, value: object) -> str:
        """Return what stands under ``code`` of a question as a block.

        Parameters
        ----------
        value : object
            What stands in the file.

        Returns
        -------
        str
            Markdown; empty where there is nothing.
        """
        return code_block(text) if (text := self._code(value)).strip() else ""

    def code_line(self, value: object) -> str:
        """Return what stands under ``code`` of an answer as a part of a line.

        Parameters
        ----------
        value : object
            What stands in the file.

        Returns
        -------
        str
            Markdown; empty where there is nothing.
        """
        return code_line(text) if (text := self._code(value)).strip() else ""

    def tell(self) -> None:
        """Tell once what could not be carried."""
        if self._left_out:
            self._remark(f"what could not be carried over is left out: {_list_names(self._left_out)}")
        if self._unknown:
            names = _list_names(self._unknown)
            self._remark(
                f"{names} is taken for a tag, as by a browser, and not shown; write &lt; for the sign"
            )
        for what in dict.fromkeys(self._remarks):
            self._remark(what)
        if self._money:
            self._remark("dollar signs before numbers are read as money, where jupyterquiz draws mathematics")
        if self._eaten:
            self._remark(
                "a backslash of mathematics is lost, since JSON and JavaScript read it with the letter after "
                "it; write two of them"
            )

    def _convert(self, value: object, inline: bool) -> str:
        text = as_text(value)
        self._eaten |= bool(_EATEN.search(text))
        converted = convert_html(text, inline)
        self._left_out += converted.left_out
        self._unknown += converted.unknown
        self._money |= converted.money
        self._remarks += converted.remarks
        return converted.markdown

    def _code(self, value: object) -> str:
        text, tags = convert_code(as_text(value))
        self._left_out += tags
        return text


def _list_names(names: list[str]) -> str:
    first, *rest = list(dict.fromkeys(names))
    return f"{', '.join([first, *rest[:-1]])} and {rest[-1]}" if rest else first
