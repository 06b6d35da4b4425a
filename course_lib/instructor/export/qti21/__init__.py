"""A package of IMS QTI 2.1: an XML file for each question, a test for each lesson, the figures as files.

Scores are computed by the rules inside each question, so that every system that runs them comes to the scores
of the course. See https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.lessons import ExportedLesson
from course_lib.instructor.export.packages import xml_bytes, zip_files
from course_lib.instructor.export.qti21.item import item_element
from course_lib.instructor.export.qti21.item_parts import HEAD
from course_lib.instructor.export.texts import UNFIT, identifier

_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_DATA = "http://ltsc.ieee.org/xsd/LOM"
# Elements that hold HTML.
_TEXTS = {"div", "modalFeedback", "simpleChoice", "simpleAssociableChoice", "prompt", "rubricBlock"}


class Qti21:
    """A zip with a manifest."""

    name = "QTI 2.1"
    ending = ".zip"
    holds_lesson_question = False

    def write(self, lessons: Sequence[ExportedLesson], report: ConversionReport) -> bytes:
        """Return the package as bytes.

        Parameters
        ----------
        lessons : sequence of ExportedLesson
            The questions; each lesson becomes a test, each check a section of it.
        report : ConversionReport
            Where losses are noted.

        Returns
        -------
        bytes
            A zip.
        """
        files: dict[str, bytes] = {}
        resources: list[_ItemResource | _TestResource] = []
        for lesson in lessons:
            names = []
            for item in lesson.bank.items:
                question = ExportedQuestion(item, lesson, report, latex=False)
                name = identifier(question.literal(item.id, "id"))
                path = f"items/{name}.xml"
                files[path] = _indented_bytes(item_element(question, name))
                images = {f"images/{figure.name}": figure.png for figure in question.figures}
                files |= images
                resources.append(_ItemResource(name, path, question.tags, list(images)))
                names.append(name)
            name = identifier(lesson.stem)
            path = f"tests/{name}.xml"
            files[path] = _indented_bytes(_test_element(lesson))
            resources.append(_TestResource(f"test-{name}", path, names))
        return zip_files({"imsmanifest.xml": _indented_bytes(_manifest(resources)), **files})


@dataclass(frozen=True)
class _ItemResource:
    name: str
    path: str
    keywords: Sequence[str]
    images: Sequence[str]


@dataclass(frozen=True)
class _TestResource:
    name: str
    path: str
    questions: Sequence[str]


def _manifest(resources: Sequence[_ItemResource | _TestResource]) -> Element:
    root = Element("manifest", {"xmlns": _PACKAGE, "xmlns:imsmd": _DATA, "identifier": "manifest"})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "QTIv2.1 Package"
    SubElement(about, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    entries = SubElement(root, "resources")
    for resource in resources:
        kind = "imsqti_item_xmlv2p1" if isinstance(resource, _ItemResource) else "imsqti_test_xmlv2p1"
        entry = SubElement(entries, "resource", identifier=resource.name, type=kind, href=resource.path)
        if isinstance(resource, _ItemResource):
            general = SubElement(SubElement(SubElement(entry, "metadata"), "imsmd:lom"), "imsmd:general")
            for keyword in resource.keywords:
                key = SubElement(general, "imsmd:keyword")
                SubElement(key, "imsmd:string", language="en").text = keyword
        SubElement(entry, "file", href=resource.path)
        if isinstance(resource, _ItemResource):
            for image in resource.images:
                SubElement(entry, "file", href=image)
        else:
            for name in resource.questions:
                SubElement(entry, "dependency", identifierref=name)
    return root


def _test_element(lesson: ExportedLesson) -> Element:
    title = UNFIT.sub("", lesson.title)
    root = Element("assessmentTest", {**HEAD, "identifier": identifier(lesson.stem), "title": title})
    part = SubElement(
        root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual"
    )
    SubElement(part, "itemSessionControl", maxAttempts="0", showFeedback="true")
    for check, checked in lesson.checks().items():
        section = SubElement(
            part,
            "assessmentSection",
            identifier=identifier(check),
            title=UNFIT.sub("", check),
            visible="true",
        )
        for item in checked:
            name = identifier(UNFIT.sub("", item.id))
            SubElement(section, "assessmentItemRef", identifier=name, href=f"../items/{name}.xml")
    return root


def _indented_bytes(root: Element) -> bytes:
    _indent(root)
    return xml_bytes(root)


def _indent(element: Element, depth: int = 0) -> None:
    """Begin a new line before every part of the question, but nowhere inside its texts."""
    if element.tag in _TEXTS or not len(element) or (element.text and element.text.strip()):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
