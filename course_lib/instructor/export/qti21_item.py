"""One question of a package of QTI 2.1: what it shows, and the rules that mark it."""

import itertools
from xml.etree.ElementTree import Element, SubElement

from course_lib import items
from course_lib.instructor.export.exported_question import decimal_text
from course_lib.instructor.export.texts import parse_html

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
HEAD = {
    "xmlns": _QTI,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
}
_NOT_GRADED = "it is kept, not graded, so it is worth 0 points"
GENERAL, RIGHT, OTHERWISE = "GENERAL", "RIGHT", "OTHERWISE"


class _Build:
    """An item while it is written: its element and the parts that types add to."""

    def __init__(self, asked, name):
        self.asked, self.item = asked, asked.item
        self.root = Element(
            "assessmentItem",
            {**HEAD, "identifier": name, "title": asked.name, "adaptive": "false", "timeDependent": "false"},
        )
        self.declared = []
        self.outcomes = []
        self.body = Element("itemBody")
        self.rules = Element("responseProcessing")
        self.feedback = {}
        self.shown = {}
        self.points = "1" if self.item.graded else "0"

    def response(self, cardinality, kind, correct=(), mapping=None, name="RESPONSE"):
        one = Element("responseDeclaration", identifier=name, cardinality=cardinality, baseType=kind)
        if correct:
            held = SubElement(one, "correctResponse")
            for value in correct:
                SubElement(held, "value").text = value
        if mapping:
            held = SubElement(one, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
            for key, value in mapping.items():
                SubElement(held, "mapEntry", mapKey=key, mappedValue=decimal_text(value))
        self.declared.append(one)

    def show(self, parent, outcome, name):
        """Set an outcome to the name of a feedback; one outcome for each is what most systems understand."""
        self.shown[outcome] = "single"
        _set(parent, outcome, "identifier", name)

    def tell(self, outcome, name, given):
        """Hold feedback that is shown when an outcome comes to be this name, or to contain it."""
        if given:
            self.feedback[name] = (outcome, given)


def item_element(asked, name):
    """Return a question as an element.

    Parameters: `asked` an `Asked`; `name` its identifier.
    """
    build = _Build(asked, name)
    if above := asked.above(lambda picture: f"../images/{picture.name}"):
        build.body.append(_div(above, "figure"))
    build.body.append(_div(asked.stem(), "stem"))
    _KINDS[asked.item.type](build)
    build.tell(GENERAL, GENERAL, asked.general() + asked.sources())
    _left(asked)
    build.root.extend(build.declared)
    outcomes = [
        ("SCORE", "single", "float", "0"),
        ("MAXSCORE", "single", "float", build.points),
        *((one, cardinality, "identifier", None) for one, cardinality in build.shown.items()),
    ]
    for outcome, cardinality, kind, value in [*outcomes, *build.outcomes]:
        one = SubElement(
            build.root, "outcomeDeclaration", identifier=outcome, cardinality=cardinality, baseType=kind
        )
        if value is not None:
            SubElement(SubElement(one, "defaultValue"), "value").text = value
    build.root.extend([build.body, build.rules])
    for key, (outcome, given) in build.feedback.items():
        one = SubElement(
            build.root,
            "modalFeedback",
            outcomeIdentifier=outcome,
            identifier=key,
            showHide="show",
        )
        _fill(one, given)
    return build.root


def _left(asked):
    item = asked.item
    if item.hints:
        asked.left_out("hints", "QTI 2.1 gives hints in adaptive questions only, which few systems run")
    if item.confidence:
        asked.left_out("confidence", "QTI 2.1 cannot ask how sure somebody is beside an answer")
    asked.without_refs()
    if isinstance(item, items.Number) and item.bounds:
        wrong = "counts as wrong" if item.graded else "is taken"
        asked.changed("bounds", f"they are told in the stem; a number outside them {wrong}")


# What stands in a question. QTI takes part of HTML only.


def _fill(parent, given):
    held = parse_html(given)
    for one in held.iter():
        for name in ("title", "align"):
            one.attrib.pop(name, None)
    parent.text = held.text
    parent.extend(list(held))


def _div(given, name):
    one = Element("div", {"class": name})
    _fill(one, given)
    return one


def _inline(parent, name, given, **attributes):
    one = SubElement(parent, name, attributes)
    _fill(one, given)
    return one


# Rules.


def _value(parent, kind, text):
    SubElement(parent, "baseValue", baseType=kind).text = text


def _variable(parent, name):
    SubElement(parent, "variable", identifier=name)


def _when(parent):
    return SubElement(SubElement(parent, "responseCondition"), "responseIf")


def _set(parent, name, kind, value):
    _value(SubElement(parent, "setOutcomeValue", identifier=name), kind, value)


def _answered(build, *names):
    """Return the element that holds the rules for when any of the responses is there."""
    condition = _when(build.rules)
    given = SubElement(condition, "not")
    if len(names) > 1:
        given = SubElement(given, "and")
    for name in names:
        _variable(SubElement(given, "isNull"), name)
    build.show(condition, GENERAL, GENERAL)
    return condition


def _choices(build):
    asked, item = build.asked, build.item
    single = isinstance(item, items.Single)
    keys = [f"C{place}" for place, option in enumerate(item.option) if option.key]
    wrong = max(1, len(item.option) - len(keys))
    mapping = {}
    for place, option in enumerate(item.option) if item.graded else ():
        share = (1 if single else 1 / len(keys)) if option.key else (0 if single else -1 / wrong)
        mapping[f"C{place}"] = share
    build.response("single" if single else "multiple", "identifier", keys[:1] if single else keys, mapping)
    field = SubElement(
        build.body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="false",
        maxChoices="1" if single else "0",
    )
    for place, option in enumerate(item.option):
        _inline(field, "simpleChoice", asked.line(option.text, "option.text"), identifier=f"C{place}")
        build.tell(
            "FEEDBACK", f"C{place}", asked.html(option.feedback, "feedback") if option.feedback else ""
        )
    then = _answered(build, "RESPONSE")
    if item.graded:
        SubElement(
            SubElement(then, "setOutcomeValue", identifier="SCORE"), "mapResponse", identifier="RESPONSE"
        )
    else:
        asked.changed("survey", _NOT_GRADED)
    build.shown["FEEDBACK"] = "single" if single else "multiple"
    _variable(SubElement(then, "setOutcomeValue", identifier="FEEDBACK"), "RESPONSE")


def _entry(build, **more):
    paragraph = SubElement(SubElement(build.body, "div", {"class": "answer"}), "p")
    SubElement(paragraph, "textEntryInteraction", responseIdentifier="RESPONSE", **more)


def _number(build):
    asked, item = build.asked, build.item
    build.response("single", "float", [decimal_text(item.answer)] if item.graded else [])
    _entry(build, expectedLength="15")
    then = _answered(build, "RESPONSE")
    if not item.graded:
        asked.changed("answer", _NOT_GRADED)
        return
    cases = [(RIGHT, item.answer, item.tolerance, item.feedback, True)]
    cases += [(f"ALSO{n}", o.value, o.tolerance, o.feedback, True) for n, o in enumerate(item.also)]
    cases += [(f"MISTAKE{n}", o.value, o.tolerance, o.feedback, False) for n, o in enumerate(item.mistake)]
    chain = SubElement(then, "responseCondition")
    for place, (name, value, slack, feedback, right) in enumerate(cases):
        case = SubElement(chain, "responseElseIf" if place else "responseIf")
        if slack:
            # Two bounds, since not all systems know the tolerance of `equal`; with a hair of slack, as the
            # course has it, since 0.1 + 0.2 is not 0.3 in floating point.
            room = slack + 1e-9 * max(1.0, abs(value))
            equal = SubElement(case, "and")
            bounds = (("gte", value - room), ("lte", value + room))
        else:
            equal, bounds = case, (("equal", value),)
        for name_, bound in bounds:
            test = SubElement(equal, name_, {"toleranceMode": "exact"} if name_ == "equal" else {})
            _variable(test, "RESPONSE")
            _value(test, "float", decimal_text(round(bound, 12)))
        if right:
            _set(case, "SCORE", "float", "1")
        build.show(case, "FEEDBACK", name)
        build.tell("FEEDBACK", name, asked.html(feedback, "feedback"))
    build.show(SubElement(chain, "responseElse"), "FEEDBACK", OTHERWISE)
    build.tell("FEEDBACK", OTHERWISE, asked.html(item.otherwise, "otherwise"))


def _word(build):
    asked, item = build.asked, build.item
    texts = [asked.bare(one.text, "answer.text") for one in item.answer]
    build.response("single", "string", [next(t for t, o in zip(texts, item.answer, strict=True) if o.key)])
    _entry(build, expectedLength=str(max(15, *map(len, texts))))
    chain = SubElement(_answered(build, "RESPONSE"), "responseCondition")
    # Of two alike the right one counts, so the right ones are asked first.
    for place, (text, one) in enumerate(
        sorted(zip(texts, item.answer, strict=True), key=lambda o: not o[1].key)
    ):
        if one.similar < 1:
            asked.left_out("answer.similar", "QTI compares letter by letter, without likeness")
        case = SubElement(chain, "responseElseIf" if place else "responseIf")
        match = SubElement(case, "stringMatch", caseSensitive="true" if one.match_case else "false")
        _variable(match, "RESPONSE")
        _value(match, "string", text)
        if one.key:
            _set(case, "SCORE", "float", "1")
        build.show(case, "FEEDBACK", f"WORD{place}")
        build.tell("FEEDBACK", f"WORD{place}", asked.html(one.feedback, "answer.feedback"))
    build.show(SubElement(chain, "responseElse"), "FEEDBACK", OTHERWISE)
    build.tell("FEEDBACK", OTHERWISE, asked.html(item.otherwise, "otherwise"))


def _table(build, name, rows, choices, prompt=""):
    """Add a field in which each row gets one of the choices."""
    field = SubElement(
        build.body,
        "matchInteraction",
        responseIdentifier=name,
        shuffle="false",
        maxAssociations=str(len(rows)),
    )
    if prompt:
        _inline(field, "prompt", prompt)
    sets = ((rows, "R", 1), (choices, "C", len(rows)))
    for texts, letter, most in sets:
        held = SubElement(field, "simpleMatchSet")
        for place, text in enumerate(texts):
            _inline(held, "simpleAssociableChoice", text, identifier=f"{letter}{place}", matchMax=str(most))


def _pairs(build, rows, choices, keys, notes):
    """Ask one choice for each row: `keys` the place of the right one, `notes` a dict of feedback by name.

    A note's name is a row's, `R0`, or that of a row with a choice, `R0-C1`, which goes before.
    """
    correct = [f"R{row} C{key}" for row, key in enumerate(keys)]
    build.response("multiple", "directedPair", correct, {pair: 1 / len(rows) for pair in correct})
    _table(build, "RESPONSE", rows, choices)
    then = _answered(build, "RESPONSE")
    if keys:
        SubElement(
            SubElement(then, "setOutcomeValue", identifier="SCORE"), "mapResponse", identifier="RESPONSE"
        )
    for row, choice in itertools.product(range(len(rows)), range(len(choices))):
        name = next((one for one in (f"R{row}-C{choice}", f"R{row}") if one in notes), None)
        if name:
            case = _when(then)
            member = SubElement(case, "member")
            _value(member, "directedPair", f"R{row} C{choice}")
            _variable(member, "RESPONSE")
            build.show(case, f"SHOW{row}", name)
    for name, given in notes.items():
        build.tell(f"SHOW{name[1:].split('-')[0]}", name, given)


def _grid(build):
    asked, item = build.asked, build.item
    notes = {}
    for place, row in enumerate(item.row):
        if row.feedback:
            notes[f"R{place}"] = asked.html(row.feedback, "row.feedback")
        for choice, text in row.instead.items():
            notes[f"R{place}-C{item.choices.index(choice)}"] = asked.html(text, "row.instead")
    rows = [asked.line(row.text, "row.text") for row in item.row]
    choices = [asked.line(choice, "choices") for choice in item.choices]
    if not item.graded:
        asked.changed("row.key", _NOT_GRADED)
    _pairs(build, rows, choices, items.key_answer(item) or [], notes)


def _match(build):
    asked, item = build.asked, build.item
    notes = {f"R{n}": asked.html(pair.feedback, "pair.feedback") for n, pair in enumerate(item.pair)}
    rows = [asked.line(pair.text, "pair.text") for pair in item.pair]
    choices = [asked.line(choice, "pair.match") for choice in item.choices]
    _pairs(build, rows, choices, items.key_answer(item), notes)


def _matrix(build):
    asked, item = build.asked, build.item
    heads = [asked.line(one, "columns") for one in item.columns]
    choices = [asked.line(choice, "choices") for choice in item.choices]
    names = [f"RESPONSE{place}" for place in range(len(item.row))]
    cells = len(item.row) * len(item.columns)
    keys = items.key_answer(item) or [[] for _ in item.row]
    for name, row, key in zip(names, item.row, keys, strict=True):
        correct = [f"R{column} C{choice}" for column, choice in enumerate(key)]
        build.response("multiple", "directedPair", correct, dict.fromkeys(correct, 1 / cells), name)
        _table(build, name, heads, choices, asked.line(row.text, "row.text"))
    then = _answered(build, *names)
    if item.graded:
        total = SubElement(SubElement(then, "setOutcomeValue", identifier="SCORE"), "sum")
        for name in names:
            SubElement(total, "mapResponse", identifier=name)
    else:
        asked.changed("row.key", _NOT_GRADED)
    for place, (name, row) in enumerate(zip(names, item.row, strict=True)):
        if row.feedback:
            case = _when(then)
            _variable(SubElement(SubElement(case, "not"), "isNull"), name)
            build.show(case, f"SHOW{place}", f"R{place}")
            build.tell(f"SHOW{place}", f"R{place}", asked.html(row.feedback, "row.feedback"))


def _order(build):
    asked, item = build.asked, build.item
    count = len(item.step)
    build.response("ordered", "identifier", [f"S{place}" for place in range(count)])
    field = SubElement(build.body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="false")
    for place in item.shuffled:
        text = asked.line(item.step[place].text, "step.text")
        _inline(field, "simpleChoice", text, identifier=f"S{place}")
    build.outcomes += [(f"PLACE{place}", "single", "integer", "0") for place in range(count)]
    build.outcomes.append(("PAIRS", "single", "float", "0"))
    then = _answered(build, "RESPONSE")
    for place, step in itertools.product(range(count), range(count)):
        case = _when(then)
        match = SubElement(case, "match")
        _variable(SubElement(match, "index", n=str(place + 1)), "RESPONSE")
        _value(match, "identifier", f"S{step}")
        _set(case, f"PLACE{step}", "integer", str(place + 1))
        if place == step:
            build.show(case, f"SHOW{step}", f"S{step}")
    # Two points of 2/n for a pair in right order, less one in the end, is Kendall's tau.
    pairs = list(itertools.combinations(range(count), 2))
    for first, second in pairs:
        case = _when(then)
        less = SubElement(case, "lt")
        _variable(less, f"PLACE{first}")
        _variable(less, f"PLACE{second}")
        total = SubElement(SubElement(case, "setOutcomeValue", identifier="PAIRS"), "sum")
        _variable(total, "PAIRS")
        _value(total, "float", "1")
    case = _when(then)
    more = SubElement(case, "gt")
    _variable(more, "PAIRS")
    _value(more, "float", decimal_text(len(pairs) / 2))
    tau = SubElement(SubElement(case, "setOutcomeValue", identifier="SCORE"), "subtract")
    share = SubElement(tau, "divide")
    _variable(share, "PAIRS")
    _value(share, "float", decimal_text(len(pairs) / 2))
    _value(tau, "float", "1")
    for place, step in enumerate(item.step):
        build.tell(f"SHOW{place}", f"S{place}", asked.html(step.feedback, "step.feedback"))


def _probability(build):
    build.response("single", "float")
    _entry(build, expectedLength="6")
    _answered(build, "RESPONSE")
    build.asked.changed("type", f"a number, which is not locked; {_NOT_GRADED}")


def _essay(build):
    asked, item = build.asked, build.item
    build.response("single", "string")
    rubric = Element("rubricBlock", view="scorer")
    _fill(rubric, asked.model())
    build.body.insert(0, rubric)
    SubElement(
        build.body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines=str(item.lines)
    )
    _answered(build, "RESPONSE")
    build.points = "1"
    asked.as_essay()


_KINDS = {
    "single": _choices,
    "multiple": _choices,
    "number": _number,
    "word": _word,
    "grid": _grid,
    "matrix": _matrix,
    "match": _match,
    "order": _order,
    "probability": _probability,
    "text": _essay,
}
