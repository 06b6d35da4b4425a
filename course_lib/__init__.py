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
    quiz       questions from a file of one's own, shown and graded
    progress   what you have answered, kept on your own machine

Nothing heavy is imported until it is used.
"""

# Read by Pythons that are too old for the course, and are to be told so.
from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib import charts, evidence, items, methods
    from course_lib.home import about, overview, recall_questions
    from course_lib.lesson import begin
    from course_lib.portfolio_panel import portfolio
    from course_lib.pretest_posttest import pretest
    from course_lib.quiz import quiz
    from course_lib.student import progress
    from course_lib.widgets import explorers as explorer
    from course_lib.widgets.backup import my_work

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
    "quiz",
    "recall_questions",
]
_FUNCTIONS = {
    "about": "home",
    "begin": "lesson",
    "my_work": "widgets.backup",
    "overview": "home",
    "portfolio": "portfolio_panel",
    "pretest": "pretest_posttest",
    "recall_questions": "home",
}
_MODULES = {
    "charts": "charts",
    "evidence": "evidence",
    "explorer": "widgets.explorers",
    "items": "items",
    "methods": "methods",
    "progress": "student.progress",
    # This one can be called like its function.
    "quiz": "quiz",
}


# A type checker has the imports above, and is to find a name that does not exist.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in _FUNCTIONS:
            return getattr(importlib.import_module(f"course_lib.{_FUNCTIONS[name]}"), name)
        if name in _MODULES:
            return importlib.import_module(f"course_lib.{_MODULES[name]}")
        raise AttributeError(f"module 'course_lib' has no attribute {name!r}")
