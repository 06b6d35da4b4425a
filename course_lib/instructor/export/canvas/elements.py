"""The elements of QTI 1.2 that a question for Canvas is made of."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from course_lib.instructor.export.texts import decimal_text

# The field of a question that has only one.
RESPONSE = "response1"


def add_fields(parent: Element, values: Mapping[str, str]) -> None:
    """Add labels with their entries, the way QTI 1.2 says something about an element.

    Parameters
    ----------
    parent : Element
        Where they are added.
    values : Mapping of str to str
        From label to entry.
    """
    metadata = SubElement(parent, "qtimetadata")
    for label, value in values.items():
        field = SubElement(metadata, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = label
        SubElement(field, "fieldentry").text = value


def add_html(parent: Element, html: Markup) -> None:
    """Add material that is read as HTML.

    Parameters
    ----------
    parent : Element
        Where it is added.
    html : Markup
        The HTML.
    """
    # A plain string, since the XML library escapes by replacing signs, and what `Markup` puts in is escaped.
    _add_material(parent, str(html), "text/html")


def add_text(parent: Element, text: str) -> None:
    """Add material that is read as plain text.

    Parameters
    ----------
    parent : Element
        Where it is added.
    text : str
        The text.
    """
    _add_material(parent, text, "text/plain")


def _add_material(parent: Element, text: str, kind: str) -> None:
    SubElement(SubElement(parent, "material"), "mattext", texttype=kind).text = text


def add_label(parent: Element, name: str) -> Element:
    """Add something to choose.

    Parameters
    ----------
    parent : Element
        The field.
    name : str
        Its identifier.

    Returns
    -------
    Element
        What takes its material.
    """
    return SubElement(parent, "response_label", ident=name)


def blank_field(decimals: bool = False) -> Element:
    """Return a field to type in.

    Parameters
    ----------
    decimals : bool
        Whether a number is typed.

    Returns
    -------
    Element
        The field.
    """
    field = Element("response_str", ident=RESPONSE, rcardinality="Single")
    blank = SubElement(field, "render_fib", {"fibtype": "Decimal"} if decimals else {})
    SubElement(blank, "response_label", ident="answer1", rshuffle="No")
    return field


def menu_field(name: str, label: str, choices: Mapping[str, str]) -> Element:
    """Return a menu to choose from.

    Parameters
    ----------
    name : str
        Of the field.
    label : str
        What it is for, as plain text.
    choices : Mapping of str to str
        From identifier to plain text.

    Returns
    -------
    Element
        The field.
    """
    field = Element("response_lid", ident=name)
    add_text(field, label)
    menu = SubElement(field, "render_choice")
    for identifier, choice in choices.items():
        add_text(add_label(menu, identifier), choice)
    return field


def equal_condition(text: str, field: str = RESPONSE) -> Element:
    """Return the condition that a response is this one.

    Parameters
    ----------
    text : str
        The response.
    field : str
        Where it is given.

    Returns
    -------
    Element
        The condition.
    """
    condition = Element("varequal", respident=field)
    condition.text = text
    return condition


def bound_conditions(low: float, high: float) -> list[Element]:
    """Return the conditions that a number lies within bounds, these included.

    Parameters
    ----------
    low, high : float
        The bounds.

    Returns
    -------
    list of Element
        Both conditions.
    """
    conditions = []
    for tag, bound in (("vargte", low), ("varlte", high)):
        condition = Element(tag, respident=RESPONSE)
        condition.text = decimal_text(bound)
        conditions.append(condition)
    return conditions


def near_condition(value: float, tolerance: float) -> Element:
    """Return the condition for a number within a tolerance, in the form that Canvas looks for.

    Parameters
    ----------
    value : float
        The number.
    tolerance : float
        How far from it another may be.

    Returns
    -------
    Element
        The condition.
    """
    either = Element("or")
    either.append(equal_condition(decimal_text(value)))
    between = SubElement(either, "and")
    between.extend(bound_conditions(round(value - tolerance, 12), round(value + tolerance, 12)))
    return either


def rule_element(
    conditions: Iterable[Element] = (),
    score: float | None = None,
    feedback: str | None = None,
    action: str = "Set",
) -> Element:
    """Return a rule: when all conditions hold, set a score, show a feedback.

    Parameters
    ----------
    conditions : iterable of Element
        None of them always holds.
    score : float, optional
        In percent.
    feedback : str, optional
        The name of what is shown.
    action : str
        ``Set``, or ``Add`` to what other rules come to.

    Returns
    -------
    Element
        The rule.
    """
    element = Element("respcondition", {"continue": "No" if score and action == "Set" else "Yes"})
    variable = SubElement(element, "conditionvar")
    variable.extend(list(conditions) or [Element("other")])
    if score is not None:
        SubElement(element, "setvar", action=action, varname="SCORE").text = f"{score:.2f}"
    if feedback:
        SubElement(element, "displayfeedback", feedbacktype="Response", linkrefid=feedback)
    return element
