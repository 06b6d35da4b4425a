"""A package of IMS QTI 1.2 as Canvas reads it for Classic Quizzes: Import Course Content, QTI .zip file.

Each check of a lesson becomes a quiz, figures go to the course's files. Canvas computes marks itself, by the
type of a question, so where its rule is another than the course's the report says so.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from course_lib.instructor.export.canvas_item import CanvasItem, add_fields
from course_lib.instructor.export.exported_question import ExportedQuestion, identifier
from course_lib.instructor.export.packages import zip_files
from course_lib.instructor.export.texts import UNFIT

SUFFIX = ".zip"
NAME = "Canvas (QTI 1.2, Classic Quizzes)"
_QTI = {"xmlns": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
_META = {"xmlns": "http://canvas.instructure.com/xsd/cccv1p0"}
_PACKAGE = {"xmlns": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1", "identifier": "manifest"}
_ABOUT = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def write(lessons, losses):
    """Return the package as bytes.

    Parameters: `lessons` a list of `Lesson`; `losses` a `Losses` to note in.
    """
    quizzes, files, images = [], {}, {}
    for lesson in lessons:
        for check, asked in lesson.checks().items():
            name = identifier(f"{lesson.stem}-{check}")
            title = UNFIT.sub("", f"{lesson.title}: {check}")
            questions = [ExportedQuestion(item, lesson, losses) for item in asked]
            built = [CanvasItem(one) for one in questions]
            quizzes.append(name)
            files[f"{name}/{name}.xml"] = _bytes(_quiz(name, title, built))
            files[f"{name}/assessment_meta.xml"] = _bytes(_settings(name, title, built))
            images |= {one.name: one.png for asked in questions for one in asked.pictures}
    root = Element("manifest", _PACKAGE)
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "IMS Content"
    SubElement(about, "schemaversion").text = "1.1.3"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for name in quizzes:
        one = SubElement(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
        SubElement(one, "file", href=f"{name}/{name}.xml")
        SubElement(one, "dependency", identifierref=f"{name}-meta")
        meta = f"{name}/assessment_meta.xml"
        one = SubElement(resources, "resource", identifier=f"{name}-meta", type=_ABOUT, href=meta)
        SubElement(one, "file", href=meta)
    for name, data in images.items():
        path = f"images/{name}"
        one = SubElement(resources, "resource", identifier=identifier(name), type="webcontent", href=path)
        SubElement(one, "file", href=path)
        files[path] = data
    return zip_files({"imsmanifest.xml": _bytes(root), **files})


def _quiz(name, title, built):
    root = Element("questestinterop", _QTI)
    quiz = SubElement(root, "assessment", ident=name, title=title)
    add_fields(quiz, {"cc_maxattempts": "unlimited"})
    section = SubElement(quiz, "section", ident="root_section")
    section.extend([one.element() for one in built])
    return root


def _settings(name, title, built):
    root = Element("quiz", {**_META, "identifier": name})
    settings = {
        "title": title,
        "description": "",
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz",
        "points_possible": str(sum(int(one.points) for one in built)),
        "show_correct_answers": "false",
        "allowed_attempts": "-1",
        "one_question_at_a_time": "false",
    }
    for field, value in settings.items():
        SubElement(root, field).text = value
    return root


def _bytes(root):
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"
