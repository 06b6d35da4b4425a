"""A package of IMS QTI 2.1: an XML file for each question, a test for each lesson, the figures as files.

Marks are computed by the rules inside each question, so that every system that runs them comes to the marks
of the course. See https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from course_lib.instructor.export.exported_question import ExportedQuestion, identifier
from course_lib.instructor.export.packages import zip_files
from course_lib.instructor.export.qti21_item import HEAD, item_element
from course_lib.instructor.export.texts import UNFIT

SUFFIX = ".zip"
NAME = "QTI 2.1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_DATA = "http://ltsc.ieee.org/xsd/LOM"


def write(lessons, losses):
    """Return the package as bytes.

    Parameters: `lessons` a list of `Lesson`; `losses` a `Losses` to note in.
    """
    files, resources = {}, []
    for lesson in lessons:
        held = []
        for item in lesson.bank.items:
            asked = ExportedQuestion(item, lesson, losses, latex=False)
            name = identifier(asked.bare(item.id, "id"))
            path = f"items/{name}.xml"
            files[path] = _bytes(item_element(asked, name))
            for picture in asked.pictures:
                files[f"images/{picture.name}"] = picture.png
            resources.append(_Resource(name, path, item, [f"images/{one.name}" for one in asked.pictures]))
            held.append(name)
        path = f"tests/{identifier(lesson.stem)}.xml"
        files[path] = _bytes(_test(lesson))
        resources.append(_Resource(f"test-{identifier(lesson.stem)}", path, None, held))
    return zip_files({"imsmanifest.xml": _bytes(_manifest(resources)), **files})


class _Resource:
    def __init__(self, name, path, item, needs):
        self.name, self.path, self.item, self.needs = name, path, item, needs


def _manifest(resources):
    root = Element("manifest", {"xmlns": _PACKAGE, "xmlns:imsmd": _DATA, "identifier": "manifest"})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "QTIv2.1 Package"
    SubElement(about, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    listed = SubElement(root, "resources")
    for one in resources:
        kind = "imsqti_item_xmlv2p1" if one.item else "imsqti_test_xmlv2p1"
        entry = SubElement(listed, "resource", identifier=one.name, type=kind, href=one.path)
        if one.item:
            words = [f"objective {one.item.objective}", f"type {one.item.type}", one.item.level]
            general = SubElement(SubElement(SubElement(entry, "metadata"), "imsmd:lom"), "imsmd:general")
            for word in filter(None, words):
                key = SubElement(general, "imsmd:keyword")
                SubElement(key, "imsmd:string", language="en").text = word
        SubElement(entry, "file", href=one.path)
        for need in one.needs:
            if one.item:
                SubElement(entry, "file", href=need)
            else:
                SubElement(entry, "dependency", identifierref=need)
    return root


def _test(lesson):
    root = Element(
        "assessmentTest",
        {**HEAD, "identifier": identifier(lesson.stem), "title": UNFIT.sub("", lesson.title)},
    )
    part = SubElement(
        root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual"
    )
    SubElement(part, "itemSessionControl", maxAttempts="0", showFeedback="true")
    for check, asked in lesson.checks().items():
        section = SubElement(
            part,
            "assessmentSection",
            identifier=identifier(check),
            title=UNFIT.sub("", check),
            visible="true",
        )
        for item in asked:
            name = identifier(UNFIT.sub("", item.id))
            SubElement(section, "assessmentItemRef", identifier=name, href=f"../items/{name}.xml")
    return root


def _bytes(root):
    _indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def _indent(element, depth=0):
    """Begin a new line before every part of the question, but nowhere inside its texts."""
    if element.tag in _TEXTS or not len(element) or (element.text and element.text.strip()):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth


_TEXTS = {"div", "modalFeedback", "simpleChoice", "simpleAssociableChoice", "prompt", "rubricBlock"}
