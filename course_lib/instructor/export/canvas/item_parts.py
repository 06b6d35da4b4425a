"""An item for Canvas while it is written: types of question add fields, rules and feedback to it."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markupsafe import Markup

from course_lib.instructor.export.canvas.elements import rule_element

NOT_GRADED = "it is kept, not graded, so it is worth 0 points"
GENERAL = "Canvas has no feedback for a part of this type; it stands in the general feedback"
WRONG = "Canvas has no feedback for a wrong answer of this type; it stands in the feedback for all wrong ones"


@dataclass
class CanvasParts:
    """What a type of question adds to.

    Attributes
    ----------
    fields : list of Element
        What is answered in.
    rules : list of Element
        What happens after an answer.
    feedback : dict of str to Markup
        By name.
    answers : list of str
        The identifiers of what can be chosen or is right, as Canvas wants them named.
    after : Markup
        What stands after the stem.
    general : Markup
        Feedback that has no place of its own.
    """

    fields: list[Element] = field(default_factory=list)
    rules: list[Element] = field(default_factory=list)
    feedback: dict[str, Markup] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    after: Markup = Markup("")  # noqa: RUF009 - it cannot be changed
    general: Markup = Markup("")  # noqa: RUF009 - it cannot be changed

    def add_feedback(self, name: str, html: Markup) -> str | None:
        """Add feedback for an answer.

        Parameters
        ----------
        name : str
            The identifier of the answer.
        html : Markup
            The feedback; nothing is added where it is empty.

        Returns
        -------
        str or None
            The name of the feedback, or None where there is nothing to show.
        """
        if not html:
            return None
        self.feedback[f"{name}_fb"] = html
        return f"{name}_fb"

    def add_wrong_feedback(self, html: Markup) -> None:
        """Add feedback for all that is not right.

        Parameters
        ----------
        html : Markup
            The feedback.
        """
        self.feedback["general_incorrect_fb"] = html
        self.rules.append(rule_element(feedback="general_incorrect_fb"))

    def add_general_feedback(self, html: Markup) -> None:
        """Add feedback for every answer, whose rule goes before all others.

        Parameters
        ----------
        html : Markup
            The feedback; nothing is added where it is empty.
        """
        if html:
            self.feedback["general_fb"] = html
            self.rules.insert(0, rule_element(feedback="general_fb"))
