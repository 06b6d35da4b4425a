"""What the last start did to the lessons, as the course home tells it."""

from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

from course_lib import paths
from course_lib.curriculum.course import bank, lesson_number, stems
from course_lib.html.panels import LINK
from course_lib.markup import lesson_text, say_html
from course_lib.setup.start_report import StartReport


def start_notices() -> list[Markup]:
    """Return what a student should know of the start that opened this course.

    Returns
    -------
    list of Markup
        Sentences; none where every lesson was as it is to be. What a student took away since is not told.
    """
    report = StartReport.from_environment()
    told = []
    if report.full and report.unwritten:
        told.append(say_html("home.start.full_lessons", lessons=_lessons(report.unwritten)))
    elif report.full:
        told.append(say_html("home.start.full"))
    elif report.unwritten:
        told.append(
            say_html("home.start.unwritten", n=len(report.unwritten), lessons=_lessons(report.unwritten))
        )
    told += [
        say_html("home.start.set_aside", lesson=_lesson(name), file=Markup("<code>{}</code>").format(aside))
        for name, aside in report.set_aside.items()
        if _is_there(aside)
    ]
    told += [
        say_html("home.start.kept", lesson=_lesson(name), edition=_link(edition, edition))
        for name, edition in report.kept.items()
        if _is_there(edition)
    ]
    if report.updated:
        told.append(say_html("home.start.updated", n=len(report.updated), lessons=_lessons(report.updated)))
    return told


def _is_there(name: str) -> bool:
    return (paths.home() / "lessons" / name).is_file()


def _lessons(names: Iterable[str]) -> Markup:
    return Markup(", ").join(map(_lesson, names))


def _lesson(name: str) -> Markup:
    stem = name.removesuffix(".ipynb")
    if stem == "index":
        return say_html("lesson.home")
    if stem not in stems():
        return Markup("<code>{}</code>").format(name)
    return _link(name, Markup("{} {}").format(f"{lesson_number(stem):02}", lesson_text(bank(stem).title)))


def _link(name: str, text: str | Markup) -> Markup:
    return Markup('<a href="{}" {}>{}</a>').format(quote(name), LINK, text)
