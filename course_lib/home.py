"""The course home: how far a student is, the next step, questions that come back, the course itself."""

import html
import os
from datetime import datetime
from typing import NamedTuple

from course_lib import __version__, evidence
from course_lib.curriculum.course import bank, form_bank, horizons, lesson_number, standalone_items, stems
from course_lib.curriculum.syllabus import number_list
from course_lib.dates import long_date
from course_lib.errors import ProgressError
from course_lib.html.panels import LINK, Panel, paragraph_panel
from course_lib.markup import lesson_text
from course_lib.messages import isolate, say
from course_lib.student import recall
from course_lib.student.progress import Progress

AT_MOST = 5
# What BinderHub gives to the machines it starts.
_BINDER = ("BINDER_SERVICE_HOST", "BINDER_LAUNCH_HOST", "BINDER_REQUEST", "BINDER_REPO_URL", "BINDER_REF_URL")
_NO_ANSWERS = {}
# White on this blue has a contrast of 5.7 in the light theme and the dark one.
_BUTTON = (
    "display:inline-block;padding:.35em 1.1em;border:1px solid #1565c0;border-radius:4px;"
    "background:#1565c0;color:#fff;font-weight:600;text-decoration:none"
)
_FOCUS = (
    "<style>.course-step:focus-visible{outline:3px solid var(--jp-content-font-color1,#111);"
    "outline-offset:2px}</style>"
)
_NOTE = "margin:.2em 0 .8em;padding:.4em .9em;border:2px solid #b45309;border-radius:4px"
_TITLE = "Reading a News Story with Evidence"


class RecallQuestions:
    """What is to be recalled today: a few words, and the questions where there are any."""

    def __init__(self, panel, quiz=None):
        self.panel = panel
        self.quiz = quiz

    def _ipython_display_(self):
        from IPython.display import display

        display(self.panel)
        if self.quiz is not None:
            display(self.quiz)

    def __repr__(self):
        return repr(self.panel)


def overview():
    """Return the course at a glance: the next step, how far it is in all, and each lesson."""
    progress = Progress()
    answers, trouble = _answered(progress)
    counts = {stem: count_answers(bank(stem), answers) for stem in stems()}
    whole = AnswerCount(*(sum(column) for column in zip(*counts.values(), strict=True)))
    left = sum(_left(stem, counts[stem]) for stem in stems())
    told = [say("home.answered_in_all", done=whole.done, n=whole.total), *_right(whole)]
    told += [say("home.time_left", time=_time(left))] if left else []
    return Panel(
        (_leaving() if on_binder() else "")
        + trouble
        + _next(counts)
        + (_before(answers) if not whole.done else "")
        + f"<p><b>{say('home.in_all')}</b> {_bar(whole)}{', '.join(told)}</p>"
        + lesson_list(progress)
        + f"<p>{say('home.when_done')}</p>"
    )


def recall_questions():
    """Return the questions that are to be asked again, at most five, ready to be answered."""
    from course_lib.widgets.quiz import Quiz

    progress = Progress()
    try:
        events = progress.events()
    except ProgressError as error:
        return RecallQuestions(Panel(_told(error)))
    lessons = {stem: bank(stem).items for stem in stems()}
    coming = recall.schedule_recall(events, lessons, standalone_items(), datetime.now().astimezone())
    due = [one for one in coming if one.due]
    if not due:
        return RecallQuestions(Panel(f"<p><b>{_waiting(coming)}</b></p>"))
    asked = due[:AT_MOST]
    lines = [f"<b>{say('home.recall.asked', n=len(asked))}</b>"]
    if len(due) > len(asked):
        lines.append(say("home.recall.more", n=len(due) - len(asked)))
    from_lessons = dict.fromkeys(
        one.lesson for one in sorted(asked, key=lambda one: lesson_number(one.lesson))
    )
    lines.append(say("home.recall.read", lessons=", ".join(map(_link, from_lessons))))
    for day in dict.fromkeys(filter(None, (bank(stem).horizon for stem in from_lessons))):
        of_day = horizons()[day]
        numbers = number_list(of_day)
        lines.append(say("home.recall.true_at", n=len(of_day), numbers=numbers, day=long_date(day)))
    return RecallQuestions(paragraph_panel(lines), Quiz([one.item for one in asked], _Anew(progress)))


def about():
    """Return the version of the course, the day of its evidence, and a form for reporting a mistake."""
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
    pattern = html.escape("\n".join(lines))
    version = say("home.about.version", course=__version__, evidence=edition["version"], day=day)
    return Panel(
        f"<p>{version}</p><p>{say('home.about.mistake')}</p>"
        f'<pre style="white-space:pre-wrap;word-break:normal;margin:.4em 0">{pattern}</pre>'
    )


def on_binder():
    """Return whether this machine was started by Binder, which deletes it in the end."""
    return any(os.environ.get(name) for name in _BINDER)


class AnswerCount(NamedTuple):
    """What is answered of some questions: how many are, are right, can be right, and how many there are.

    Texts, forecasts and surveys are kept, and neither right nor wrong.
    """

    done: int
    right: int
    marked: int
    total: int


def count_answers(bank_, answers):
    """Return the `AnswerCount` of a bank; `answers` a dict from question ids to the newest checked event."""
    ours = [answers[item.id].state for item in bank_.items if item.id in answers]
    marked = sum(state != "kept" for state in ours)
    return AnswerCount(len(ours), ours.count("right"), marked, len(bank_.items))


def lesson_list(progress, here=None):
    """Return the lessons with what is answered in each as HTML; `here` is the stem of the one shown."""
    answers, _ = _answered(progress)
    rows = []
    for stem in stems():
        counts = count_answers(bank(stem), answers)
        link = say("home.here", lesson=f"<b>{_named(stem)}</b>") if stem == here else _link(stem)
        left = _left(stem, counts)
        if counts.done:
            told = [say("home.answered", done=counts.done, n=counts.total), *_right(counts)]
            told += [say("home.minutes_left", n=left)] if left else []
        else:
            told = [say("home.not_begun")] + ([say("home.minutes", n=left)] if left else [])
        told += [f"<b>{say('home.done')}</b>"] if _is_done(counts) else []
        rows.append(
            '<li style="display:flex;flex-wrap:wrap;gap:0 .8em;margin:.25em 0">'
            f'<span style="flex:1 1 17em">{link}</span>'
            f'<span style="flex:2 1 20em">{_bar(counts)}{", ".join(told)}</span></li>'
        )
    return f'<ul style="list-style:none;padding:0;margin:.5em 0">{"".join(rows)}</ul>'


def _next(counts):
    """Return the next step with its button: the first lesson not done, then what was left open."""
    begun = [stem for stem in counts if not _is_done(counts[stem])]
    open_ = [stem for stem in counts if counts[stem].done < counts[stem].total]
    if not open_:
        return f"<p><b>{say('home.next.nothing')}</b></p>"
    stem = (begun or open_)[0]
    left = counts[stem].total - counts[stem].done
    title, place = _title(stem), f"{lesson_number(stem):02}"
    if not begun:
        told = say("home.next.open", n=left, title=title)
        act = say("home.next.go_back", number=place, title=title)
    else:
        told = say("home.next.step", title=title, time=_time(_left(stem, counts[stem])))
        if counts[stem].done:
            act = say("home.next.go_on", number=place, title=title)
        else:
            act = say("home.next.begin", number=place, title=title)
    return (
        f"{_FOCUS}<p>{told}</p>"
        f'<p><a class="course-step" href="{stem}.ipynb" data-lm-suppress-shortcuts="true" style="{_BUTTON}">'
        f"{act}</a></p>"
    )


def _leaving():
    return (
        f'<div role="note" style="{_NOTE}"><p><b>{say("home.binder.not_safe")}</b></p>'
        f"<p>{say('home.binder.why')}</p></div>"
    )


def _before(answers):
    """Return a word on the test before the course until it is handed in: the button leads past it."""
    asked = form_bank("before").items
    taken = any(item.id in answers for item in asked)
    return "" if taken else f"<p>{say('home.before', n=len(asked))}</p>"


def _is_done(counts):
    return counts.done >= recall.answers_needed(counts.total)


def _left(stem, counts):
    return round(bank(stem).minutes * (1 - counts.done / counts.total))


def _time(minutes):
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say("home.minutes", n=rest)
    whole = say("home.hours", n=hours)
    return say("home.hours_and_minutes", hours=whole, minutes=say("home.minutes", n=rest)) if rest else whole


def _right(counts):
    return [say("home.right", n=counts.right, marked=counts.marked)] if counts.marked else []


def _bar(counts):
    share = f"{100 * counts.done / counts.total:.0f}%"
    # The words beside it say the same, so that a screen reader need not hear it twice.
    return (
        '<span aria-hidden="true" style="display:inline-block;inline-size:5em;margin-inline-end:.4em;'
        "border:1px solid var(--jp-content-font-color2,#616161);border-radius:3px;"
        'forced-color-adjust:none"><span style="display:block;block-size:.6em;'
        f'inline-size:{share};background:var(--jp-brand-color1,#1976d2)"></span></span>'
    )


def _named(stem):
    return f"{lesson_number(stem):02} {_title(stem)}"


def _title(stem):
    return lesson_text(bank(stem).title)


def _link(stem):
    return f'<a href="{stem}.ipynb" {LINK}>{_named(stem)}</a>'


def _waiting(coming):
    """Return what is said while nothing is due."""
    if not coming:
        return say("home.recall.nothing")
    day = long_date(min(one.day for one in coming).isoformat())
    lessons = min(one.lessons for one in coming)
    return say("home.recall.waiting", n=len(coming), day=day, lessons=say("home.recall.lessons", n=lessons))


def _answered(progress):
    """Return the newest answers, and a paragraph on what is wrong where they cannot be read."""
    try:
        return progress.answers(), ""
    except ProgressError as error:
        return _NO_ANSWERS, _told(error)


def _told(error):
    return f'<p role="note" style="{_NOTE}">{html.escape(str(error))}</p>'


class _Anew:
    """A student's progress as a question sees it that is asked anew.

    What was answered before is not shown, and attempts are counted from here; what comes is kept.
    """

    def __init__(self, progress):
        self._progress = progress
        self._first = {}

    def last(self, _item):
        return None

    def last_answer(self, _item):
        return None

    def count(self, _item, _kind):
        return 0

    def record(self, item, version, kind, **told):
        attempt = self._progress.record(item, version, kind, **told)
        if kind != "answer":
            return attempt
        return attempt - self._first.setdefault(item, attempt) + 1
