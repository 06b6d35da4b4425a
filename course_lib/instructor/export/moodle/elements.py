"""The elements that a question in Moodle XML is made of."""

from xml.etree.ElementTree import Element

from markupsafe import Markup

from course_lib.instructor.export.texts import decimal_text


def value_element(name: str, text: str) -> Element:
    """Return an element that holds a value.

    Parameters
    ----------
    name : str
        Its tag.
    text : str
        The value.

    Returns
    -------
    Element
        The element.
    """
    element = Element(name)
    element.text = text
    return element


def add_value(parent: Element, name: str, text: str) -> None:
    """Add an element that holds a value.

    Parameters
    ----------
    parent : Element
        Where it is added.
    name : str
        Its tag.
    text : str
        The value.
    """
    parent.append(value_element(name, text))


def text_element(name: str, text: str, form: str | None = None) -> Element:
    """Return an element that holds a text in the way that Moodle wraps texts.

    Parameters
    ----------
    name : str
        Its tag.
    text : str
        The text.
    form : str, optional
        As what Moodle reads the text.

    Returns
    -------
    Element
        The element.
    """
    element = Element(name, {"format": form} if form else {})
    add_value(element, "text", text)
    return element


def add_text(parent: Element, name: str, text: str, form: str | None = None) -> None:
    """Add an element that holds a text.

    Parameters
    ----------
    parent : Element
        Where it is added.
    name : str
        Its tag.
    text : str
        The text.
    form : str, optional
        As what Moodle reads the text.
    """
    parent.append(text_element(name, text, form))


def html_element(name: str, html: Markup) -> Element:
    """Return an element that holds HTML.

    Parameters
    ----------
    name : str
        Its tag.
    html : Markup
        The HTML.

    Returns
    -------
    Element
        The element.
    """
    # A plain string, since the XML library escapes by replacing signs, and what `Markup` puts in is escaped.
    return text_element(name, str(html), "html")


def add_html(parent: Element, name: str, html: Markup) -> Element:
    """Add an element that holds HTML.

    Parameters
    ----------
    parent : Element
        Where it is added.
    name : str
        Its tag.
    html : Markup
        The HTML.

    Returns
    -------
    Element
        The element that was added.
    """
    element = html_element(name, html)
    parent.append(element)
    return element


def choice_element(share: float, text: Markup, feedback: Markup) -> Element:
    """Return an answer that is shown, with what it is worth.

    Parameters
    ----------
    share : float
        Of the points, from -1 to 1; for a step its place.
    text : Markup
        The answer.
    feedback : Markup
        For choosing it.

    Returns
    -------
    Element
        The answer.
    """
    return _answer(share, str(text), "html", feedback)


def typed_element(share: float, text: str, feedback: Markup, tolerance: str | None = None) -> Element:
    """Return an answer that is typed, with what it is worth.

    Parameters
    ----------
    share : float
        Of the points, from 0 to 1.
    text : str
        The number or the pattern; an asterisk is anything.
    feedback : Markup
        For typing it.
    tolerance : str, optional
        How far from a number another may be.

    Returns
    -------
    Element
        The answer.
    """
    answer = _answer(share, text, "moodle_auto_format", feedback)
    if tolerance is not None:
        add_value(answer, "tolerance", tolerance)
    return answer


def _answer(share: float, text: str, form: str, feedback: Markup) -> Element:
    answer = Element("answer", fraction=decimal_text(round(share * 100, 5)), format=form)
    add_value(answer, "text", text)
    add_html(answer, "feedback", feedback)
    return answer
