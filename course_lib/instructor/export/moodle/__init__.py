"""Moodle XML, which Moodle reads at Question bank, Import.

Choices carry their weights and their feedback. A grid or a matrix becomes a question with embedded answers
(Cloze), since there every choice of every row keeps its feedback; an order becomes the type "Ordering", which
Moodle has had since 4.4. See https://docs.moodle.org/en/Moodle_XML_format.
"""

import base64
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent

from course_lib.instructor.export.categories import category_path
from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.lessons import ExportedLesson
from course_lib.instructor.export.moodle.bodies import question_body
from course_lib.instructor.export.moodle.elements import add_html, add_text, add_value
from course_lib.instructor.export.packages import xml_bytes
from course_lib.instructor.export.shared_texts import general_feedback, stem_html


class Moodle:
    """One XML file for the question bank of a Moodle course."""

    name = "Moodle XML"
    ending = ".xml"
    holds_lesson_question = True

    def write(self, lessons: Sequence[ExportedLesson], report: ConversionReport) -> bytes:
        """Return the file as bytes.

        Parameters
        ----------
        lessons : sequence of ExportedLesson
            The questions; each check becomes a category.
        report : ConversionReport
            Where losses are noted.

        Returns
        -------
        bytes
            XML in UTF-8.
        """
        quiz = Element("quiz")
        for lesson in lessons:
            for check, checked in lesson.checks().items():
                category = SubElement(quiz, "question", type="category")
                add_text(category, "category", category_path(lesson.title, check))
                # Plain words of the bank, in a place that is read as HTML.
                add_text(category, "info", lesson.bank.question, "html")
                for item in checked:
                    _add_question(quiz, ExportedQuestion(item, lesson, report))
        indent(quiz)
        return xml_bytes(quiz)


def _add_question(quiz: Element, question: ExportedQuestion) -> None:
    item = question.item
    body = question_body(question)
    element = SubElement(quiz, "question", type=body.kind)
    add_text(element, "name", question.name)
    exhibits = question.exhibits_html(lambda figure: f"@@PLUGINFILE@@/{figure.name}")
    text = add_html(element, "questiontext", exhibits + stem_html(question) + body.after)
    for figure in question.figures:
        file = SubElement(text, "file", name=figure.name, path="/", encoding="base64")
        file.text = base64.b64encode(figure.png).decode("ascii")
    hints = [question.html(hint, "hints") for hint in item.hints]
    add_html(element, "generalfeedback", general_feedback(question, body.general))
    add_value(element, "defaultgrade", str(question.points))
    add_value(element, "penalty", "0")
    add_value(element, "hidden", "0")
    add_value(element, "idnumber", question.literal(item.id, "id"))
    element.extend(body.elements)
    for hint in hints:
        add_html(element, "hint", hint)
    tags = SubElement(element, "tags")
    for tag in question.tags:
        add_text(tags, "tag", tag)
    if item.confidence:
        question.note_omission(
            "confidence",
            "Moodle asks how sure somebody is for a whole quiz only (behaviour “certainty-based marking”)",
        )
