"""An item of QTI 2.1 while it is written: types of question add responses, rules and feedback to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from course_lib.instructor.export.qti21.elements import add_condition, add_text, add_variable, set_outcome
from course_lib.instructor.export.texts import decimal_text

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
HEAD = {
    "xmlns": _QTI,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
}
NOT_GRADED = "it is kept, not graded, so it is worth 0 points"
# Outcomes that show feedback, and names of feedback.
FEEDBACK, GENERAL, RIGHT, OTHERWISE = "FEEDBACK", "GENERAL", "RIGHT", "OTHERWISE"


class Outcome(NamedTuple):
    """An outcome to declare: its name, cardinality, base type, and its value at first, or None."""

    name: str
    cardinality: str
    kind: str
    value: str | None


class ShownFeedback(NamedTuple):
    """Feedback, and the outcome that has to come to its name, or to contain it."""

    outcome: str
    html: Markup


@dataclass
class QtiParts:
    """What a type of question adds to.

    Attributes
    ----------
    responses : list of Element
        Declarations of responses.
    outcomes : list of Outcome
        Those beyond the score and what shows feedback.
    body : Element
        What is shown.
    rules : Element
        What happens after an answer.
    feedback : dict of str to ShownFeedback
        By name.
    feedback_outcomes : dict of str to str
        The outcomes that show feedback, with their cardinality.
    """

    responses: list[Element] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    body: Element = field(default_factory=lambda: Element("itemBody"))
    rules: Element = field(default_factory=lambda: Element("responseProcessing"))
    feedback: dict[str, ShownFeedback] = field(default_factory=dict)
    feedback_outcomes: dict[str, str] = field(default_factory=dict)

    def add_response(
        self,
        cardinality: str,
        kind: str,
        correct: Iterable[str] = (),
        mapping: Mapping[str, float] | None = None,
        name: str = "RESPONSE",
    ) -> None:
        """Declare a response.

        Parameters
        ----------
        cardinality : str
            ``single``, ``multiple`` or ``ordered``.
        kind : str
            The base type.
        correct : iterable of str
            What is right.
        mapping : Mapping of str to float, optional
            What each part is worth, of a score from 0 to 1.
        name : str
            Of the response.
        """
        response = Element("responseDeclaration", identifier=name, cardinality=cardinality, baseType=kind)
        if values := list(correct):
            holder = SubElement(response, "correctResponse")
            for value in values:
                SubElement(holder, "value").text = value
        if mapping:
            holder = SubElement(response, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
            for key, share in mapping.items():
                SubElement(holder, "mapEntry", mapKey=key, mappedValue=decimal_text(share))
        self.responses.append(response)

    def add_answered(self, *names: str) -> Element:
        """Add the rules for when any of the responses is there; general feedback is shown then.

        Parameters
        ----------
        *names : str
            Of the responses.

        Returns
        -------
        Element
            What takes the rules.
        """
        condition = add_condition(self.rules)
        holder = SubElement(condition, "not")
        if len(names) > 1:
            holder = SubElement(holder, "and")
        for name in names:
            add_variable(SubElement(holder, "isNull"), name)
        self.show(condition, GENERAL, GENERAL)
        return condition

    def show(self, rules: Element, outcome: str, name: str) -> None:
        """Add a rule that shows a feedback.

        Parameters
        ----------
        rules : Element
            Where it is added.
        outcome : str
            The outcome that shows it; one for each feedback is what most systems understand.
        name : str
            Of the feedback.
        """
        self.feedback_outcomes[outcome] = "single"
        set_outcome(rules, outcome, "identifier", name)

    def add_feedback(self, outcome: str, name: str, html: Markup) -> None:
        """Add feedback that is shown when an outcome comes to be its name, or to contain it.

        Parameters
        ----------
        outcome : str
            The outcome.
        name : str
            Of the feedback.
        html : Markup
            The feedback; nothing is added where it is empty.
        """
        if html:
            self.feedback[name] = ShownFeedback(outcome, html)

    def element(self, name: str, title: str, points: int) -> Element:
        """Return the item.

        Parameters
        ----------
        name : str
            Its identifier.
        title : str
            How lists call it.
        points : int
            What it is worth.

        Returns
        -------
        Element
            The whole item.
        """
        root = Element(
            "assessmentItem",
            {**HEAD, "identifier": name, "title": title, "adaptive": "false", "timeDependent": "false"},
        )
        root.extend(self.responses)
        outcomes = [
            Outcome("SCORE", "single", "float", "0"),
            Outcome("MAXSCORE", "single", "float", str(points)),
            *(
                Outcome(name, cardinality, "identifier", None)
                for name, cardinality in self.feedback_outcomes.items()
            ),
            *self.outcomes,
        ]
        for outcome in outcomes:
            declaration = SubElement(
                root,
                "outcomeDeclaration",
                identifier=outcome.name,
                cardinality=outcome.cardinality,
                baseType=outcome.kind,
            )
            if outcome.value is not None:
                SubElement(SubElement(declaration, "defaultValue"), "value").text = outcome.value
        root.extend([self.body, self.rules])
        for key, (outcome_name, html) in self.feedback.items():
            add_text(
                root,
                "modalFeedback",
                html,
                outcomeIdentifier=outcome_name,
                identifier=key,
                showHide="show",
            )
        return root
