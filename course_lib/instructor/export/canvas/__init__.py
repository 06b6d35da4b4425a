"""A package of IMS QTI 1.2 as Canvas reads it for Classic Quizzes: Import Course Content, QTI .zip file.

Each check of a lesson becomes a quiz, figures go to the course's files. Canvas computes scores itself, by the
type of a question, so where its rule is another than the course's the report says so.
"""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent

from course_lib.instructor.export.canvas.elements import add_fields
from course_lib.instructor.export.canvas.item import item_element
from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.lessons import ExportedLesson
from course_lib.instructor.export.packages import xml_bytes, zip_files
from course_lib.instructor.export.texts import UNFIT, identifier

_QTI = {"xmlns": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
_META = {"xmlns": "http://canvas.instructure.com/xsd/cccv1p0"}
_PACKAGE = {"xmlns": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1", "identifier": "manifest"}
_ABOUT = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


class Canvas:
    """A zip with a manifest."""

    name = "Canvas (QTI 1.2, Classic Quizzes)"
    ending = ".zip"
    holds_lesson_question = False

    def write(self, lessons: Sequence[ExportedLesson], report: ConversionReport) -> bytes:
        """Return the package as bytes.

        Parameters
        ----------
        lessons : sequence of ExportedLesson
            The questions; each check becomes a quiz.
        report : ConversionReport
            Where losses are noted.

        Returns
        -------
        bytes
            A zip.
        """
        quizzes: list[str] = []
        files: dict[str, bytes] = {}
        images: dict[str, bytes] = {}
        for lesson in lessons:
            for check, checked in lesson.checks().items():
                name = identifier(f"{lesson.stem}-{check}")
                title = UNFIT.sub("", f"{lesson.title}: {check}")
                questions = [ExportedQuestion(item, lesson, report) for item in checked]
                elements = [item_element(question) for question in questions]
                points = sum(question.points for question in questions)
                quizzes.append(name)
                files[f"{name}/{name}.xml"] = _indented_bytes(_quiz(name, title, elements))
                files[f"{name}/assessment_meta.xml"] = _indented_bytes(_settings(name, title, points))
                images |= {figure.name: figure.png for question in questions for figure in question.figures}
        manifest = {"imsmanifest.xml": _indented_bytes(_manifest(quizzes, images))}
        return zip_files(manifest | files | {f"images/{name}": data for name, data in images.items()})


def _manifest(quizzes: Iterable[str], images: Iterable[str]) -> Element:
    root = Element("manifest", _PACKAGE)
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "IMS Content"
    SubElement(about, "schemaversion").text = "1.1.3"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for name in quizzes:
        quiz = SubElement(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
        SubElement(quiz, "file", href=f"{name}/{name}.xml")
        SubElement(quiz, "dependency", identifierref=f"{name}-meta")
        path = f"{name}/assessment_meta.xml"
        meta = SubElement(resources, "resource", identifier=f"{name}-meta", type=_ABOUT, href=path)
        SubElement(meta, "file", href=path)
    for name in images:
        path = f"images/{name}"
        image = SubElement(resources, "resource", identifier=identifier(name), type="webcontent", href=path)
        SubElement(image, "file", href=path)
    return root


def _quiz(name: str, title: str, questions: Iterable[Element]) -> Element:
    root = Element("questestinterop", _QTI)
    quiz = SubElement(root, "assessment", ident=name, title=title)
    add_fields(quiz, {"cc_maxattempts": "unlimited"})
    section = SubElement(quiz, "section", ident="root_section")
    section.extend(questions)
    return root


def _settings(name: str, title: str, points: int) -> Element:
    root = Element("quiz", {**_META, "identifier": name})
    settings = {
        "title": title,
        "description": "",
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz",
        "points_possible": str(points),
        "show_correct_answers": "false",
        "allowed_attempts": "-1",
        "one_question_at_a_time": "false",
    }
    for field, value in settings.items():
        SubElement(root, field).text = value
    return root


def _indented_bytes(root: Element) -> bytes:
    indent(root)
    return xml_bytes(root)
