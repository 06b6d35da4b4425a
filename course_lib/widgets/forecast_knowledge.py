"""What weakens forecasts as forecasts: that the student may have known what came."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from course_lib import items
from course_lib.curriculum import course
from course_lib.curriculum.syllabus import lessons_phrase
from course_lib.items import Item, OptionRole
from course_lib.markup import say_html
from course_lib.student import forecasts
from course_lib.student.progress import Progress


def describe_knowledge(numbers: Iterable[str], asked: Iterable[Item], progress: Progress) -> list[Markup]:
    """Return what has to be said of what a student can have known when forecasting.

    Parameters
    ----------
    numbers : iterable of str
        Of the forecasts that are scored.
    asked : iterable of Item
        The questions of the course.
    progress : Progress
        Where the answers are.

    Returns
    -------
    list of Markup
        Sentences as HTML; none where nothing speaks for it.
    """
    match _known_beforehand(progress):
        case "knew_some":
            lines = [say_html("gamble.knew.some")]
        case "knew_most":
            lines = [say_html("gamble.knew.most")]
        case _:
            lines = []
    begun = _telling_lessons_begun(progress)
    after = [at for at in _moments_lodged(numbers, asked, progress) if begun and at > min(begun.values())]
    if after:
        # Those that were begun before the first of them, so that it is true of every one.
        lessons = [number for number, at in begun.items() if at < min(after)]
        phrase = lessons_phrase(lessons)
        if len(lessons) == 1:
            lines.append(say_html("gamble.after_lesson", n=len(after), lessons=phrase))
        else:
            lines.append(say_html("gamble.after_lessons", n=len(after), lessons=phrase))
    return lines


def _known_beforehand(progress: Progress) -> OptionRole:
    """Return the role of the option that says what the student knew when lodging."""
    item = course.item_with_role("knew_outcomes")
    event = progress.last_answer(item.id) if item else None
    if event is None or not isinstance(item, items.Single):
        return ""
    if isinstance(event.answer, int) and event.answer in range(len(item.option)):
        return item.option[event.answer].role
    return ""


def _moments_lodged(numbers: Iterable[str], asked: Iterable[Item], progress: Progress) -> list[str]:
    """Return when forecasts were lodged, as ISO moments."""
    by_number = {
        forecasts.forecast_number(item): item for item in asked if isinstance(item, items.Probability)
    }
    events = (progress.last_answer(by_number[number].id) for number in numbers)
    return [event.at for event in events if event is not None]


def _telling_lessons_begun(progress: Progress) -> Mapping[int, str]:
    """Return when each lesson that tells of later things was begun, by its number.

    The one that opens the outcomes does not count: it asks for forecasts too, and tells nothing before
    they are open.
    """
    question = forecasts.outcomes_question()
    opens = course.lesson_number_of(question.id) if question else None
    telling = {
        item.id: number
        for number, stem in enumerate(course.stems(), start=1)
        if number != opens and not course.bank(stem).horizon
        for item in course.bank(stem).items
    }
    begun: dict[int, str] = {}
    for event in progress.events():
        if event.item in telling:
            begun.setdefault(telling[event.item], event.at)
    return begun
