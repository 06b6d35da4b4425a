"""Texts and HTML as they stand in GIFT, where some signs mean something."""

import re

from markupsafe import Markup


def escape(text: str) -> str:
    r"""Return a text with a backslash before every sign that means something in GIFT.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    str
        The text on one line.

    Examples
    --------
    >>> escape("a=b {1:2}\n"), escape("\\")
    ('a\\=b \\{1\\:2\\}\\n', '\\\\')
    """
    # A plain string, since a `Markup` would escape what replaces a sign.
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"([\\~=#{}:])", r"\\\1", lines).replace("\n", "\\n")


def html_part(html: Markup) -> str:
    """Return HTML as GIFT holds it, with the word that says it is HTML.

    Parameters
    ----------
    html : Markup
        A stem or general feedback.

    Returns
    -------
    str
        A part of a question.
    """
    return "[html]" + escape(html.strip())


def answer_part(html: Markup) -> str:
    r"""Return the HTML of an answer or of its feedback; the stem has said that it is HTML.

    Parameters
    ----------
    html : Markup
        The answer.

    Returns
    -------
    str
        A part of a question.

    Examples
    --------
    >>> answer_part(Markup("50 % of it")), answer_part(Markup("%50%"))
    ('50 % of it', '&\\#37;50%')
    """
    # Percent signs and brackets at the beginning would be read as a weight or a format.
    return escape(re.sub(r"^[%\[]", lambda sign: f"&#{ord(sign.group())};", str(html).strip()))


def feedback_part(html: Markup) -> str:
    """Return feedback for an answer with the sign that begins it.

    Parameters
    ----------
    html : Markup
        The feedback.

    Returns
    -------
    str
        A part of a question, or nothing where there is no feedback.
    """
    return f"#{answer_part(html)}" if html else ""


def pair_line(left: Markup, right: str) -> str:
    """Return a pair as a line.

    Parameters
    ----------
    left : Markup
        The question, or nothing for a choice that belongs to none.
    right : str
        The answer, without mark-up.

    Returns
    -------
    str
        A line of a question.
    """
    return f"={answer_part(left)} -> {escape(right)}"


def tag_text(text: str) -> str:
    r"""Return an id or a tag as it stands between brackets.

    Moodle takes any sign in it, with a backslash before a bracket that closes.

    Parameters
    ----------
    text : str
        The id or the tag.

    Returns
    -------
    str
        The same on one line.

    Examples
    --------
    >>> tag_text("a [b]")
    'a [b\\]'
    """
    return " ".join(text.replace("\\", "\\\\").replace("]", "\\]").split())
