"""Reading a News Story with Evidence: the library behind the lessons.

A lesson needs one line to start and one line for each thing it shows:

    from course_lib import begin
    lesson = begin("01_reading_the_article")   # where you are in the course
    lesson.check("recall")                     # a group of questions, answered in place
    lesson.sources()                           # what this lesson rests on

The course home has lines of its own: `overview()` shows the whole course and the next step,
`pretest()` is the test at the beginning, `recall_questions()` asks again what was answered wrongly,
`my_work()` takes all answers along in one file and brings them back, `portfolio()` makes a page of them to
be read, `about()` names the version and helps to report a mistake.
For a closer look at the evidence behind it:

    evidence   the tables, each with its data card, and the register of sources
    explorer   charts with controls, to be tried out
    charts     one function per figure: a table goes in, a figure with alternative text comes out
    methods    the analysis methods as small pure functions
    items      what can be asked and how an answer is graded
    progress   what you have answered, kept on your own machine

Nothing heavy is imported until it is used.
"""

import importlib

__version__ = "0.1.0"
__all__ = [
    "about",
    "begin",
    "charts",
    "evidence",
    "explorer",
    "items",
    "methods",
    "my_work",
    "overview",
    "portfolio",
    "pretest",
    "progress",
    "recall_questions",
]
_FROM = {
    "about": "home.about",
    "begin": "lesson.begin",
    "my_work": "widgets.backup.my_work",
    "overview": "home.overview",
    "portfolio": "portfolio_panel.portfolio",
    "pretest": "pretest_posttest.pretest",
    "recall_questions": "home.recall_questions",
}
_ROOMS = {
    "charts": "charts",
    "evidence": "evidence",
    "explorer": "widgets.explorers",
    "items": "items",
    "methods": "methods",
    "progress": "student.progress",
}


def __getattr__(name):
    if name in _FROM:
        module, _, own = _FROM[name].rpartition(".")
        return getattr(importlib.import_module(f"course_lib.{module}"), own)
    if name in _ROOMS:
        return importlib.import_module(f"course_lib.{_ROOMS[name]}")
    raise AttributeError(f"module 'course_lib' has no attribute {name!r}")
