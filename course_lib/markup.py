"""HTML that nobody has to escape a second time: messages as HTML, and texts in the language of the lessons.

Text is `str` and HTML is `markupsafe.Markup` everywhere, so that a forgotten escape is a type error.
"""

from markupsafe import Markup, escape

from course_lib.messages import catalogue

_MIRRORED = Markup(
    "<style>.jp-RenderedHTMLCommon [dir] p{text-align:start}.jp-RenderedHTMLCommon "
    ":is(ul[dir],ol[dir],[dir] ul,[dir] ol):not(.list-inline){padding-inline:2em 0}</style>"
)


def say_html(key: str, /, **values: object) -> Markup:
    """Return a message of the course as HTML, its values escaped unless they are HTML already.

    Parameters
    ----------
    key : str
        The message, such as ``quiz.closed``.
    **values : object
        What stands in its places; ``n`` chooses the form of a number.

    Returns
    -------
    Markup
        The message.

    Raises
    ------
    MessageError
        Where there is no such message, or a value that it needs is not given.
    """
    messages = catalogue()
    return messages.fill(key, Markup(messages.form(key, values.get("n"))), values)  # noqa: S704 - the catalogue is checked


def language_attributes() -> Markup:
    """Return the attributes of the outermost tag of what the course says: its language and direction.

    Returns
    -------
    Markup
        The attributes ``lang`` and ``dir``.
    """
    messages = catalogue()
    return Markup('lang="{}" dir="{}"').format(messages.language, messages.direction)


def mirror_style() -> Markup:
    """Return the style that goes with `language_attributes`.

    JupyterLab sets texts and lists from the left, whatever their direction.

    Returns
    -------
    Markup
        A style element, or nothing where the interface runs from the left.
    """
    return Markup("") if catalogue().direction == "ltr" else _MIRRORED


def lesson_html(html: Markup) -> Markup:
    """Return HTML in the language of the lessons, marked as such where the interface has another.

    Parameters
    ----------
    html : Markup
        A part of a line.

    Returns
    -------
    Markup
        The same, in an element that names its language where that is needed.
    """
    messages = catalogue()
    if messages.lessons_in == messages.language:
        return html
    return Markup('<bdi lang="{}">{}</bdi>').format(messages.lessons_in, html)


def lesson_text(text: str) -> Markup:
    """Return a plain text in the language of the lessons as HTML: escaped, then as `lesson_html`.

    Parameters
    ----------
    text : str
        In the language of the lessons.

    Returns
    -------
    Markup
        The text as HTML.
    """
    return lesson_html(escape(text))


def lesson_block(html: Markup) -> Markup:
    """Return the same as `lesson_html` for HTML that is more than a part of a line, such as a table.

    Parameters
    ----------
    html : Markup
        One or more blocks.

    Returns
    -------
    Markup
        The same, in an element that names its language where that is needed.
    """
    messages = catalogue()
    if messages.lessons_in == messages.language:
        return html
    return Markup('<div lang="{}" dir="auto">{}</div>').format(messages.lessons_in, html)
