"""The course home: how far a student is, the next step, questions that come back, the course itself."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from course_lib import __version__, evidence
from course_lib.curriculum.course import (
    PRETEST,
    bank,
    form_bank,
    horizons,
    lesson_number,
    standalone_items,
    stems,
)
from course_lib.curriculum.syllabus import number_list
from course_lib.dates import long_date
from course_lib.errors import ProgressError
from course_lib.html.panels import LINK, Panel, paragraph_panel
from course_lib.items import Bank
from course_lib.markup import lesson_text, say_html
from course_lib.messages import isolate, say
from course_lib.reports.own_part import own_summary
from course_lib.setup.start_notice import start_notices
from course_lib.student import recall
from course_lib.student.events import Event
from course_lib.student.own_files import collect_own
from course_lib.student.progress import Progress
from course_lib.student.recall import ScheduledQuestion

if TYPE_CHECKING:
    from course_lib.widgets.quiz import Quiz

AT_MOST = 5
# What BinderHub gives to the machines it starts.
_BINDER = ("BINDER_SERVICE_HOST", "BINDER_LAUNCH_HOST", "BINDER_REQUEST", "BINDER_REPO_URL", "BINDER_REF_URL")
# White on this blue has a contrast of 5.7 in the light theme and the dark one.
_BUTTON = (
    "display:inline-block;padding:.35em 1.1em;border:1px solid #1565c0;border-radius:4px;"
    "background:#1565c0;color:#fff;font-weight:600;text-decoration:none"
)
_FOCUS = Markup(
    "<style>.course-step:focus-visible{outline:3px solid var(--jp-content-font-color1,#111);"
    "outline-offset:2px}</style>"
)
_NOTE = "margin:.2em 0 .8em;padding:.4em .9em;border:2px solid #b45309;border-radius:4px"
_TITLE = "Reading a News Story with Evidence"


class RecallQuestions:
    """What is to be recalled today: a few words, and the questions where there are any.

    Parameters
    ----------
    panel : Panel
        The words.
    quiz : Quiz, optional
        The questions.
    """

    def __init__(self, panel: Panel, quiz: "Quiz | None" = None) -> None:
        self.panel = panel
        self.quiz = quiz

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.panel)
        if self.quiz is not None:
            display(self.quiz)

    def __repr__(self) -> str:
        return repr(self.panel)


def overview() -> Panel:
    """Return the course at a glance: the next step, how far it is in all, and each lesson.

    Returns
    -------
    Panel
        Shows itself in a notebook; where the answers cannot be read it says why.
    """
    progress = Progress()
    answers, trouble = _read_answers(progress)
    counts = {stem: count_answers(bank(stem), answers) for stem in stems()}
    whole = AnswerCount(*(sum(column) for column in zip(*counts.values(), strict=True)))
    left = sum(_minutes_left(stem, counts[stem]) for stem in stems())
    facts = [say_html("home.answered_in_all", done=whole.done, n=whole.total), *_right_of(whole)]
    if left:
        facts.append(say_html("home.time_left", time=_time(left)))
    parts = [
        _binder_warning() if on_binder() else "",
        trouble,
        _start_notices(),
        _next_step(counts),
        "" if whole.done else _pretest_reminder(answers),
        Markup("<p><b>{}</b> {}{}</p>").format(
            say_html("home.in_all"), _bar(whole), Markup(", ").join(facts)
        ),
        _own_counts(progress),
        lesson_list(progress),
        _paragraph(say_html("home.when_done")),
    ]
    return Panel(Markup("").join(parts))


def _start_notices() -> Markup:
    """Return what the start did to the lessons, in a box of its own."""
    told = Markup("").join(map(_paragraph, start_notices()))
    return Markup('<div role="note" style="{}">{}</div>').format(_NOTE, told) if told else Markup("")


def _own_counts(progress: Progress) -> Markup:
    """Return a sentence on the questions in files of one's own, which are counted beside the lessons'."""
    try:
        sentence = own_summary(collect_own(progress.events())[0])
    except ProgressError:
        # The page says already that the answers cannot be read.
        return Markup("")
    return Markup("<p>{}</p>").format(sentence) if sentence else Markup("")


def recall_questions() -> RecallQuestions:
    """Return the questions that are to be asked again, at most five, ready to be answered.

    Returns
    -------
    RecallQuestions
        Shows itself in a notebook; where the answers cannot be read it says why.
    """
    from course_lib.widgets.quiz import Quiz

    progress = Progress()
    try:
        events = progress.events()
    except ProgressError as error:
        return RecallQuestions(Panel(_note(error)))
    lessons = {stem: bank(stem).items for stem in stems()}
    coming = recall.schedule_recall(events, lessons, standalone_items(), datetime.now().astimezone())
    due = [question for question in coming if question.due]
    if not due:
        return RecallQuestions(Panel(_paragraph(_bold(_next_recall(coming)))))
    today = due[:AT_MOST]
    lines = [_bold(say_html("home.recall.asked", n=len(today)))]
    if len(due) > len(today):
        lines.append(say_html("home.recall.more", n=len(due) - len(today)))
    numbered = {lesson_number(question.lesson) or 0: question.lesson for question in today}
    from_lessons = [numbered[number] for number in sorted(numbered)]
    lines.append(say_html("home.recall.read", lessons=Markup(", ").join(map(_link, from_lessons))))
    for day in dict.fromkeys(filter(None, (bank(stem).horizon for stem in from_lessons))):
        numbers = horizons()[day]
        lines.append(
            say_html("home.recall.true_at", n=len(numbers), numbers=number_list(numbers), day=long_date(day))
        )
    quiz = Quiz([question.item for question in today], _FreshProgress(progress.path))
    return RecallQuestions(paragraph_panel(lines), quiz)


def about() -> Panel:
    """Return the version of the course, the day of its evidence, and a form for reporting a mistake.

    Returns
    -------
    Panel
        Shows itself in a notebook.
    """
    edition = evidence.edition()
    day = long_date(edition["as_of"])
    lines = [
        say("home.about.lines.course", title=isolate(_TITLE), version=__version__),
        say("home.about.lines.evidence", version=edition["version"], day=day),
        say("home.about.lines.file"),
        say("home.about.lines.question"),
        say("home.about.lines.stands"),
        say("home.about.lines.should_stand"),
        say("home.about.lines.source"),
    ]
    version = say_html("home.about.version", course=__version__, evidence=edition["version"], day=day)
    return Panel(
        Markup(
            '<p>{}</p><p>{}</p><pre style="white-space:pre-wrap;word-break:normal;margin:.4em 0">{}</pre>'
        ).format(version, say_html("home.about.mistake"), "\n".join(lines))
    )


def on_binder() -> bool:
    """Return whether this machine was started by Binder, which deletes it in the end.

    Returns
    -------
    bool
        By what stands in the environment.
    """
    return any(os.environ.get(name) for name in _BINDER)


class AnswerCount(NamedTuple):
    """What is answered of some questions: how many are, are right, can be right, and how many there are.

    Texts, forecasts and surveys are kept, and neither right nor wrong.
    """

    done: int
    right: int
    graded: int
    total: int


def count_answers(questions: Bank, answers: Mapping[str, Event]) -> AnswerCount:
    """Return what is answered of the questions of a lesson.

    Parameters
    ----------
    questions : Bank
        The lesson's.
    answers : Mapping of str to Event
        From the ids of questions to the newest checked answer.

    Returns
    -------
    AnswerCount
        How many are answered, are right, can be right, and are there.
    """
    states = [answers[item.id].state for item in questions.items if item.id in answers]
    graded = sum(state != "kept" for state in states)
    return AnswerCount(len(states), states.count("right"), graded, len(questions.items))


def lesson_list(progress: Progress, here: str | None = None) -> Markup:
    """Return the lessons with what is answered in each.

    Parameters
    ----------
    progress : Progress
        Where the answers are.
    here : str, optional
        The stem of the lesson that is shown, which needs no link.

    Returns
    -------
    Markup
        A list.
    """
    answers, _ = _read_answers(progress)
    rows = []
    for stem in stems():
        counts = count_answers(bank(stem), answers)
        name = say_html("home.here", lesson=_bold(_lesson_name(stem))) if stem == here else _link(stem)
        rows.append(
            Markup(
                '<li style="display:flex;flex-wrap:wrap;gap:0 .8em;margin:.25em 0">'
                '<span style="flex:1 1 17em">{}</span>'
                '<span style="flex:2 1 20em">{}{}</span></li>'
            ).format(name, _bar(counts), Markup(", ").join(_facts(stem, counts)))
        )
    return Markup('<ul style="list-style:none;padding:0;margin:.5em 0">{}</ul>').format(Markup("").join(rows))


def _facts(stem: str, counts: AnswerCount) -> list[Markup]:
    """Return how far a lesson is, in words."""
    left = _minutes_left(stem, counts)
    if counts.done:
        facts = [say_html("home.answered", done=counts.done, n=counts.total), *_right_of(counts)]
        facts += [say_html("home.minutes_left", n=left)] if left else []
    else:
        facts = [say_html("home.not_begun")] + ([say_html("home.minutes", n=left)] if left else [])
    return [*facts, _bold(say_html("home.done"))] if _is_done(counts) else facts


def _next_step(counts: Mapping[str, AnswerCount]) -> Markup:
    """Return the next step with its button: the first lesson not done, then what was left open."""
    not_done = [stem for stem in counts if not _is_done(counts[stem])]
    open_ = [stem for stem in counts if counts[stem].done < counts[stem].total]
    if not open_:
        return _paragraph(_bold(say_html("home.next.nothing")))
    stem = (not_done or open_)[0]
    title, number = _title(stem), f"{lesson_number(stem):02}"
    if not not_done:
        left = counts[stem].total - counts[stem].done
        step = say_html("home.next.open", n=left, title=title)
        act = say_html("home.next.go_back", number=number, title=title)
    else:
        step = say_html("home.next.step", title=title, time=_time(_minutes_left(stem, counts[stem])))
        if counts[stem].done:
            act = say_html("home.next.go_on", number=number, title=title)
        else:
            act = say_html("home.next.begin", number=number, title=title)
    return Markup(
        '{}<p>{}</p><p><a class="course-step" href="{}.ipynb" data-lm-suppress-shortcuts="true" style="{}">'
        "{}</a></p>"
    ).format(_FOCUS, step, stem, _BUTTON, act)


def _binder_warning() -> Markup:
    return Markup('<div role="note" style="{}"><p><b>{}</b></p><p>{}</p></div>').format(
        _NOTE, say_html("home.binder.not_safe"), say_html("home.binder.why")
    )


def _pretest_reminder(answers: Mapping[str, Event]) -> Markup:
    """Return a word on the test before the course until it is handed in: the button leads past it."""
    items = form_bank(PRETEST).items
    if any(item.id in answers for item in items):
        return Markup("")
    return _paragraph(say_html("home.before", n=len(items)))


def _is_done(counts: AnswerCount) -> bool:
    return counts.done >= recall.answers_needed(counts.total)


def _minutes_left(stem: str, counts: AnswerCount) -> int:
    return round(bank(stem).minutes * (1 - counts.done / counts.total))


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say("home.minutes", n=rest)
    whole = say("home.hours", n=hours)
    return say("home.hours_and_minutes", hours=whole, minutes=say("home.minutes", n=rest)) if rest else whole


def _right_of(counts: AnswerCount) -> list[Markup]:
    return [say_html("home.right", n=counts.right, marked=counts.graded)] if counts.graded else []


def _bar(counts: AnswerCount) -> Markup:
    # The words beside it say the same, so that a screen reader need not hear it twice.
    return Markup(
        '<span aria-hidden="true" style="display:inline-block;inline-size:5em;margin-inline-end:.4em;'
        "border:1px solid var(--jp-content-font-color2,#616161);border-radius:3px;"
        'forced-color-adjust:none"><span style="display:block;block-size:.6em;'
        'inline-size:{};background:var(--jp-brand-color1,#1976d2)"></span></span>'
    ).format(f"{100 * counts.done / counts.total:.0f}%")


def _lesson_name(stem: str) -> Markup:
    return Markup("{} {}").format(f"{lesson_number(stem):02}", _title(stem))


def _title(stem: str) -> Markup:
    return lesson_text(bank(stem).title)


def _link(stem: str) -> Markup:
    return Markup('<a href="{}.ipynb" {}>{}</a>').format(stem, LINK, _lesson_name(stem))


def _next_recall(coming: Sequence[ScheduledQuestion]) -> Markup:
    """Return what is said while nothing is due."""
    if not coming:
        return say_html("home.recall.nothing")
    day = long_date(min(question.day for question in coming).isoformat())
    lessons = min(question.lessons for question in coming)
    return say_html(
        "home.recall.waiting", n=len(coming), day=day, lessons=say("home.recall.lessons", n=lessons)
    )


def _read_answers(progress: Progress) -> tuple[Mapping[str, Event], Markup]:
    """Return the newest answers, and a paragraph on what is wrong where they cannot be read."""
    try:
        return progress.answers(), Markup("")
    except ProgressError as error:
        return {}, _note(error)


def _note(error: Exception) -> Markup:
    return Markup('<p role="note" style="{}">{}</p>').format(_NOTE, str(error))


def _paragraph(text: Markup) -> Markup:
    return Markup("<p>{}</p>").format(text)


def _bold(text: Markup) -> Markup:
    return Markup("<b>{}</b>").format(text)


class _FreshProgress(Progress):
    """A student's progress as a question sees it that is asked anew.

    What was answered before is not shown, and attempts are counted from here; what comes is kept.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._first: dict[str, int] = {}

    def last(self, item: str) -> None:
        return None

    def last_answer(self, item: str) -> None:
        return None

    def count(self, item: str, kind: str) -> int:
        return 0

    def record(
        self,
        item: str,
        version: str,
        kind: str,
        answer: object = None,
        score: float | None = None,
        state: str | None = None,
        sure: int | None = None,
    ) -> int:
        attempt = super().record(item, version, kind, answer, score, state, sure)
        if kind != "answer":
            return attempt
        return attempt - self._first.setdefault(item, attempt) + 1
