"""One question of a package for Canvas: its fields, rules and feedback as QTI 1.2 has them.

Canvas computes marks itself, by the type of a question, so where its rule is another than the course's the
losses say so.
"""

from xml.etree.ElementTree import Element, SubElement

from course_lib import items
from course_lib.instructor.export.exported_question import decimal_text, identifier, list_html
from course_lib.instructor.export.feedback_lists import (
    cell_feedback,
    pair_feedback,
    row_feedback,
    step_feedback,
)

# What Canvas puts the address of the course's files for.
_FILES = "$IMS-CC-FILEBASE$"
_NOT_GRADED = "it is kept, not graded, so it is worth 0 points"
_GENERAL = "Canvas has no feedback for a part of this type; it stands in the general feedback"
_WRONG = (
    "Canvas has no feedback for a wrong answer of this type; it stands in the feedback for all wrong ones"
)


class CanvasItem:
    """A question while it is written."""

    def __init__(self, asked):
        self.asked, self.item = asked, asked.item
        self.points = "1" if self.item.graded or isinstance(self.item, items.Text) else "0"
        self.after = ""
        self.fields = []
        self.rules = []
        self.general = []
        self.feedback = {}
        self.answers = []
        self.kind = _KINDS[self.item.type](self)
        general = asked.general(*self.general) + asked.sources()
        if general:
            self.feedback["general_fb"] = general
            self.rules.insert(0, _condition(show="general_fb"))
        self._left()

    def _left(self):
        asked, item = self.asked, self.item
        asked.left_out("objective", "Canvas has no place for it in a question")
        if item.level:
            asked.left_out("level", "Canvas has no place for it in a question")
        if item.hints:
            asked.left_out("hints", "Canvas has none")
        if item.confidence:
            asked.left_out("confidence", "Canvas cannot ask how sure somebody is")
        asked.without_refs()

    def element(self):
        """Return the question as an element."""
        asked = self.asked
        root = Element("item", ident=identifier(asked.bare(self.item.id, "id")), title=asked.name)
        meta = {
            "question_type": self.kind,
            "points_possible": self.points,
            "original_answer_ids": ",".join(self.answers),
            "assessment_question_identifierref": f"{identifier(self.item.id)}-bank",
        }
        add_fields(SubElement(root, "itemmetadata"), meta)
        shown = SubElement(root, "presentation")
        above = asked.above(lambda picture: f"{_FILES}/images/{picture.name}")
        stem = above + asked.stem() + self.after
        _material(shown, f"<div>{stem}</div>")
        shown.extend(self.fields)
        rules = SubElement(root, "resprocessing")
        SubElement(
            SubElement(rules, "outcomes"),
            "decvar",
            maxvalue="100",
            minvalue="0",
            varname="SCORE",
            vartype="Decimal",
        )
        rules.extend(self.rules)
        for name, given in self.feedback.items():
            one = SubElement(root, "itemfeedback", ident=name)
            _material(SubElement(one, "flow_mat"), given)
        return root

    def tell(self, name, given):
        """Show feedback for an answer; return its name, or None where there is nothing to show."""
        if not given:
            return None
        self.feedback[f"{name}_fb"] = given
        return f"{name}_fb"

    def wrong(self, *given):
        """Show feedback for all that is not right."""
        self.feedback["general_incorrect_fb"] = "".join(given)
        self.rules.append(_condition(show="general_incorrect_fb"))


def _choices(build):
    asked, item = build.asked, build.item
    single = isinstance(item, items.Single)
    names = [str(1001 + place) for place in range(len(item.option))]
    field = _field("response_lid", "response1", "Single" if single else "Multiple")
    shown = SubElement(field, "render_choice")
    for name, option in zip(names, item.option, strict=True):
        _label(shown, name, asked.line(option.text, "option.text"))
        told = build.tell(name, asked.html(option.feedback, "feedback") if option.feedback else "")
        if told:
            build.rules.append(_condition([_equal(name)], show=told))
    build.fields.append(field)
    build.answers = names
    keys = [option.key or not item.graded for option in item.option]
    if single:
        build.rules += [
            _condition([_equal(name)], score=100) for name, key in zip(names, keys, strict=True) if key
        ]
        if item.any_key:
            asked.changed(
                "any_key", "several options are right, of which the editor of Canvas marks only one"
            )
    else:
        every = Element("and")
        for name, key in zip(names, keys, strict=True):
            if key:
                every.append(_equal(name))
            else:
                SubElement(every, "not").append(_equal(name))
        build.rules.append(_condition([every], score=100))
        if item.graded:
            asked.changed(
                "score",
                "Canvas takes off for a wrong tick what it gives for a right one, however many there are",
            )
    if not item.graded:
        asked.changed("survey", _NOT_GRADED)
    return "multiple_choice_question" if single else "multiple_answers_question"


def _blank(decimals=False):
    field = _field("response_str", "response1", "Single")
    shown = SubElement(field, "render_fib", {"fibtype": "Decimal"} if decimals else {})
    SubElement(shown, "response_label", ident="answer1", rshuffle="No")
    return field


def _about(value, slack):
    """Return the condition for a number within a tolerance, in the form that Canvas looks for."""
    either = Element("or")
    either.append(_equal(decimal_text(value)))
    between = SubElement(either, "and")
    for name, end in (("vargte", value - slack), ("varlte", value + slack)):
        SubElement(between, name, respident="response1").text = decimal_text(round(end, 12))
    return either


def _number(build):
    asked, item = build.asked, build.item
    build.fields.append(_blank(decimals=True))
    if not item.graded:
        asked.changed("answer", _NOT_GRADED)
        if not item.bounds:
            build.fields[-1] = _blank()
            build.rules.append(_condition())
            asked.changed("type", "an essay, since Canvas has no number without an answer")
            return "essay_question"
        low, high = item.bounds
        build.answers = ["1001"]
        build.rules.append(_condition(_within(low, high), score=100))
        return "numerical_question"
    if item.bounds:
        asked.changed("bounds", "they are told in the stem; a number outside them counts as wrong")
    right = [(item.answer, item.tolerance, item.feedback)]
    right += [(one.value, one.tolerance, one.feedback) for one in item.also]
    for place, (value, slack, feedback) in enumerate(right):
        name = str(1001 + place)
        build.answers.append(name)
        told = build.tell(name, asked.html(feedback, "feedback"))
        build.rules.append(_condition([_about(value, slack)], score=100, show=told))
    wrong = [asked.html(item.otherwise, "otherwise")]
    if item.mistake:
        lines = [
            f"If you came to {decimal_text(one.value)}: {asked.line(one.feedback, 'mistake.feedback')}"
            for one in item.mistake
        ]
        wrong.append(list_html(lines))
        asked.changed("mistake", _WRONG)
    build.wrong(*wrong)
    return "numerical_question"


def _within(low, high):
    found = []
    for name, end in (("vargte", low), ("varlte", high)):
        one = Element(name, respident="response1")
        one.text = decimal_text(end)
        found.append(one)
    return found


def _probability(build):
    build.fields.append(_blank(decimals=True))
    build.answers = ["1001"]
    build.rules.append(_condition(_within(0, 100), score=100))
    build.asked.changed("type", f"a number from 0 to 100, which is not locked; {_NOT_GRADED}")
    return "numerical_question"


def _word(build):
    asked, item = build.asked, build.item
    build.fields.append(_blank())
    wrong = [asked.html(item.otherwise, "otherwise")]
    lines = []
    for place, one in enumerate(item.answer):
        text = asked.bare(one.text, "answer.text")
        if one.similar < 1:
            asked.left_out("answer.similar", "Canvas compares letter by letter, without likeness")
        if one.match_case:
            asked.left_out("answer.match_case", "Canvas never minds capitals")
        if one.key:
            name = str(1001 + place)
            build.answers.append(name)
            told = build.tell(name, asked.html(one.feedback, "answer.feedback"))
            build.rules.append(_condition([_equal(text)], score=100, show=told))
        else:
            shown = asked.line(one.feedback, "answer.feedback")
            lines.append(f"If you wrote “{text.replace('&', '&amp;').replace('<', '&lt;')}”: {shown}")
    if lines:
        wrong.append(list_html(lines))
        asked.changed("answer.feedback", _WRONG)
    build.wrong(*wrong)
    return "short_answer_question"


def _menus(build, cells, choices):
    """Ask for one of the choices in each cell: a list of a name and the place of its key, or None."""
    for number, (name, key) in enumerate(cells):
        field = SubElement(Element("x"), "response_lid", ident=f"response_{name}")
        _material(field, name, "text/plain")
        shown = SubElement(field, "render_choice")
        for place, choice in enumerate(choices):
            ident = str(1001 + number * len(choices) + place)
            _label(shown, ident, choice, "text/plain")
            build.answers.append(ident)
            if key in (place, None):
                share = 100 / len(cells)
                build.rules.append(_condition([_equal(ident, f"response_{name}")], score=share, action="Add"))
        build.fields.append(field)
    return "multiple_dropdowns_question"


def _grid(build):
    asked, item = build.asked, build.item
    names = [f"row{place}" for place in range(1, len(item.row) + 1)]
    rows = [
        f"<tr><td>{asked.line(row.text, 'row.text')}</td><td>[{name}]</td></tr>"
        for name, row in zip(names, item.row, strict=True)
    ]
    build.after = f"<table><tbody>{''.join(rows)}</tbody></table>"
    choices = [asked.words(choice, "choices") for choice in item.choices]
    keys = items.key_answer(item) or [None] * len(names)
    if item.graded:
        build.general.append(row_feedback(asked))
        asked.changed("row.feedback", _GENERAL)
    else:
        asked.changed("row.key", f"{_NOT_GRADED}, and every choice is right")
    return _menus(build, list(zip(names, keys, strict=True)), choices)


def _matrix(build):
    asked, item = build.asked, build.item
    heads = "".join(f"<th>{asked.line(one, 'columns')}</th>" for one in item.columns)
    keys = items.key_answer(item) or [[None] * len(item.columns) for _ in item.row]
    rows, cells = [], []
    for at, (row, key) in enumerate(zip(item.row, keys, strict=True), start=1):
        names = [f"row{at}column{place}" for place in range(1, len(item.columns) + 1)]
        cells += zip(names, key, strict=True)
        shown = "".join(f"<td>[{name}]</td>" for name in names)
        rows.append(f"<tr><td>{asked.line(row.text, 'row.text')}</td>{shown}</tr>")
    build.after = f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    if item.graded:
        build.general.append(cell_feedback(asked))
        asked.changed("row.feedback", _GENERAL)
    else:
        asked.changed("row.key", f"{_NOT_GRADED}, and every choice is right")
    return _menus(build, cells, [asked.words(choice, "choices") for choice in item.choices])


def _matching(build, rows, choices, keys):
    """Ask which of the choices belongs to each row; `keys` are their places."""
    names = [str(5001 + place) for place in range(len(choices))]
    for place, (row, key) in enumerate(zip(rows, keys, strict=True)):
        ident = f"response_{1001 + place}"
        build.answers.append(str(1001 + place))
        field = SubElement(Element("x"), "response_lid", ident=ident)
        _material(field, row, "text/plain")
        shown = SubElement(field, "render_choice")
        for name, choice in zip(names, choices, strict=True):
            _label(shown, name, choice, "text/plain")
        build.fields.append(field)
        build.rules.append(_condition([_equal(names[key], ident)], score=100 / len(rows), action="Add"))
    return "matching_question"


def _match(build):
    asked, item = build.asked, build.item
    rows = [asked.words(pair.text, "pair.text") for pair in item.pair]
    choices = [asked.words(choice, "pair.match") for choice in item.choices]
    build.general.append(pair_feedback(asked))
    asked.changed("pair.feedback", _GENERAL)
    return _matching(build, rows, choices, items.key_answer(item))


def _order(build):
    asked, item = build.asked, build.item
    rows = [asked.words(item.step[place].text, "step.text") for place in item.shuffled]
    build.general.append(step_feedback(asked))
    asked.changed("type", "pairs of a step and its place, since Classic Quizzes have no order")
    asked.changed(
        "score", "the share of steps in their right place; the course counts pairs in right order instead"
    )
    asked.changed("step.feedback", _GENERAL)
    choices = [f"{place}." for place in range(1, len(item.step) + 1)]
    return _matching(build, rows, choices, item.shuffled)


def _essay(build):
    build.fields.append(_blank())
    build.rules.append(_condition())
    asked = build.asked
    asked.as_essay()
    asked.changed(
        "model", "model answer and rubric stand in the general feedback; Canvas keeps rubrics elsewhere"
    )
    asked.left_out("lines", "Canvas does not say how high a field is")
    return "essay_question"


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


def _material(parent, text, kind="text/html"):
    SubElement(SubElement(parent, "material"), "mattext", texttype=kind).text = text


def _field(tag, name, cardinality):
    return Element(tag, ident=name, rcardinality=cardinality)


def _label(parent, name, text, kind="text/html"):
    _material(SubElement(parent, "response_label", ident=name), text, kind)


def _equal(text, field="response1"):
    one = Element("varequal", respident=field)
    one.text = text
    return one


def _condition(asked=(), score=None, show=None, action="Set"):
    """Return a rule: when what is asked holds (nothing asked always holds), set a score, show a feedback."""
    one = Element("respcondition", {"continue": "No" if score and action == "Set" else "Yes"})
    held = SubElement(one, "conditionvar")
    held.extend(asked or [Element("other")])
    if score is not None:
        SubElement(one, "setvar", action=action, varname="SCORE").text = f"{score:.2f}"
    if show:
        SubElement(one, "displayfeedback", feedbacktype="Response", linkrefid=show)
    return one


def add_fields(parent, values):
    """Add labels with their entries, the way QTI 1.2 says something about an element."""
    held = SubElement(parent, "qtimetadata")
    for label, value in values.items():
        one = SubElement(held, "qtimetadatafield")
        SubElement(one, "fieldlabel").text = label
        SubElement(one, "fieldentry").text = value
