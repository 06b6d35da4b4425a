"""The elements of HTML and of rules that a question in QTI 2.1 is made of."""

from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from course_lib.instructor.export.texts import parse_html


def fill(parent: Element, html: Markup) -> None:
    """Put HTML into an element, without what QTI does not take of it.

    Parameters
    ----------
    parent : Element
        Where it is put.
    html : Markup
        The HTML.
    """
    holder = parse_html(html)
    for node in holder.iter():
        for name in ("title", "align"):
            node.attrib.pop(name, None)
    parent.text = holder.text
    parent.extend(list(holder))


def div_element(html: Markup, name: str) -> Element:
    """Return a division that holds HTML.

    Parameters
    ----------
    html : Markup
        The HTML.
    name : str
        Its class.

    Returns
    -------
    Element
        The division.
    """
    element = Element("div", {"class": name})
    fill(element, html)
    return element


def add_text(parent: Element, tag: str, html: Markup, **attributes: str) -> None:
    """Add an element that holds HTML.

    Parameters
    ----------
    parent : Element
        Where it is added.
    tag : str
        Its tag.
    html : Markup
        The HTML.
    **attributes : str
        Its attributes.
    """
    fill(SubElement(parent, tag, attributes), html)


def add_value(parent: Element, kind: str, text: str) -> None:
    """Add a value to an expression.

    Parameters
    ----------
    parent : Element
        The expression.
    kind : str
        The base type, such as ``float``.
    text : str
        The value.
    """
    SubElement(parent, "baseValue", baseType=kind).text = text


def add_variable(parent: Element, name: str) -> None:
    """Add a variable to an expression.

    Parameters
    ----------
    parent : Element
        The expression.
    name : str
        Of a response or an outcome.
    """
    SubElement(parent, "variable", identifier=name)


def add_condition(parent: Element) -> Element:
    """Add a condition to rules.

    Parameters
    ----------
    parent : Element
        The rules.

    Returns
    -------
    Element
        What takes an expression, then the rules for when it holds.
    """
    return SubElement(SubElement(parent, "responseCondition"), "responseIf")


def add_outcome(parent: Element, name: str) -> Element:
    """Add a rule that sets an outcome.

    Parameters
    ----------
    parent : Element
        The rules.
    name : str
        Of the outcome.

    Returns
    -------
    Element
        What takes the expression that the outcome is set to.
    """
    return SubElement(parent, "setOutcomeValue", identifier=name)


def set_outcome(parent: Element, name: str, kind: str, text: str) -> None:
    """Add a rule that sets an outcome to a value.

    Parameters
    ----------
    parent : Element
        The rules.
    name : str
        Of the outcome.
    kind : str
        The base type.
    text : str
        The value.
    """
    add_value(add_outcome(parent, name), kind, text)


def map_response(parent: Element, name: str) -> None:
    """Add the sum of what the chosen parts of a response are worth to an expression.

    Parameters
    ----------
    parent : Element
        The expression.
    name : str
        Of the response.
    """
    SubElement(parent, "mapResponse", identifier=name)
