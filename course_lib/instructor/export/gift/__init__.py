"""GIFT, the text format of Moodle, which other platforms and programs read too.

See https://docs.moodle.org/en/GIFT_format. A text file holds no pictures, and the format knows choices,
numbers, words, pairs and essays only; so a grid, a matrix and an order become pairs.
"""

from collections.abc import Sequence

from course_lib import items
from course_lib.instructor.export.categories import category_path
from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.gift.bodies import question_body
from course_lib.instructor.export.gift.escapes import escape, html_part, tag_text
from course_lib.instructor.export.lessons import ExportedLesson
from course_lib.instructor.export.shared_texts import general_feedback, stem_html


class Gift:
    """One text file."""

    name = "GIFT"
    ending = ".txt"
    holds_lesson_question = False

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
            Text in UTF-8.
        """
        blocks = []
        for lesson in lessons:
            for check, checked in lesson.checks().items():
                blocks.append(f"$CATEGORY: {category_path(lesson.title, check)}")
                blocks += [_question_block(ExportedQuestion(item, lesson, report)) for item in checked]
        return ("\n\n".join(blocks) + "\n").encode()


def _question_block(question: ExportedQuestion) -> str:
    item = question.item
    body = question_body(question)
    stem = question.exhibits_html(None) + stem_html(question) + body.after
    if question.figures:
        question.note_omission(
            "figure", "a text file holds no picture; its alternative text stands above the stem"
        )
    if item.hints:
        question.note_omission("hints", "GIFT has none")
    if item.confidence:
        question.note_omission("confidence", "GIFT cannot ask how sure somebody is")
    if isinstance(item, items.Text):
        question.note_essay()
        question.note_change(
            "model", "model answer and rubric stand in the general feedback; GIFT has no notes for markers"
        )
        question.note_omission("lines", "GIFT does not say how high a field is")
    name = tag_text(question.literal(item.id, "id"))
    comment = f"// [id:{name}]" + "".join(f" [tag:{tag_text(tag)}]" for tag in question.tags)
    title = escape(question.name)
    general = general_feedback(question, body.general)
    end = f"####{html_part(general)}" if general else ""
    head = f"{comment}\n::{title}::{html_part(stem)}"
    if not body.lines:
        return f"{head}{{{end}}}"
    inside = "".join(f"\n{line}" for line in [*body.lines, *([end] if end else [])])
    return f"{head}{'{#' if body.numeric else '{'}{inside}\n}}"
