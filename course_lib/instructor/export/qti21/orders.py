"""Orders in QTI 2.1, whose score is computed pair by pair."""

import itertools
from xml.etree.ElementTree import SubElement

from course_lib import items
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.qti21.elements import (
    add_condition,
    add_outcome,
    add_text,
    add_value,
    add_variable,
    set_outcome,
)
from course_lib.instructor.export.qti21.item_parts import Outcome, QtiParts
from course_lib.instructor.export.texts import decimal_text


def add_order(parts: QtiParts, question: ExportedQuestion, item: items.Order) -> None:
    """Add steps to be put in order, and rules that count pairs in right order, as the course does.

    Parameters
    ----------
    parts : QtiParts
        What is added to.
    question : ExportedQuestion
        The question, which renders.
    item : Order
        What it asks.
    """
    count = len(item.step)
    parts.add_response("ordered", "identifier", [f"S{place}" for place in range(count)])
    field = SubElement(parts.body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="false")
    for place in item.shuffled:
        text = question.line(item.step[place].text, "step.text")
        add_text(field, "simpleChoice", text, identifier=f"S{place}")
    parts.outcomes += [Outcome(f"PLACE{place}", "single", "integer", "0") for place in range(count)]
    parts.outcomes.append(Outcome("PAIRS", "single", "float", "0"))
    then = parts.add_answered("RESPONSE")
    for place, step in itertools.product(range(count), range(count)):
        case = add_condition(then)
        match = SubElement(case, "match")
        add_variable(SubElement(match, "index", n=str(place + 1)), "RESPONSE")
        add_value(match, "identifier", f"S{step}")
        set_outcome(case, f"PLACE{step}", "integer", str(place + 1))
        if place == step:
            parts.show(case, f"SHOW{step}", f"S{step}")
    # Two points of 2/n for a pair in right order, less one in the end, is Kendall's tau.
    pairs = list(itertools.combinations(range(count), 2))
    for first, second in pairs:
        case = add_condition(then)
        less = SubElement(case, "lt")
        add_variable(less, f"PLACE{first}")
        add_variable(less, f"PLACE{second}")
        total = SubElement(add_outcome(case, "PAIRS"), "sum")
        add_variable(total, "PAIRS")
        add_value(total, "float", "1")
    half = decimal_text(len(pairs) / 2)
    case = add_condition(then)
    more = SubElement(case, "gt")
    add_variable(more, "PAIRS")
    add_value(more, "float", half)
    tau = SubElement(add_outcome(case, "SCORE"), "subtract")
    share = SubElement(tau, "divide")
    add_variable(share, "PAIRS")
    add_value(share, "float", half)
    add_value(tau, "float", "1")
    for place, explained in enumerate(item.step):
        parts.add_feedback(f"SHOW{place}", f"S{place}", question.html(explained.feedback, "step.feedback"))
