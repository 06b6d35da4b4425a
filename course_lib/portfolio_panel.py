"""The portfolio taken along: made from the course's banks, handed out in a notebook, written as a file."""

import traitlets

from course_lib.curriculum import course
from course_lib.errors import CourseError, ProgressError
from course_lib.messages import isolate, say
from course_lib.reports.output import build_portfolio
from course_lib.student.progress import Progress
from course_lib.widgets import page_types
from course_lib.widgets.base import PackedWidget

_TYPES = {"html": "text/html", "md": "text/markdown"}


class PortfolioPanel(PackedWidget):
    """A sentence on what is in the portfolio, and two buttons that hand it out as HTML and as Markdown.

    Parameters: `progress` where the answers are kept.
    """

    summary = traitlets.Unicode().tag(sync=True)

    def __init__(self, progress=None):
        self._progress = progress or Progress()
        super().__init__(["portfolio.js"], "quiz.css", "page.portfolio", summary=self._told())
        self.on_msg(self._hear)

    def __repr__(self):
        return f"<Portfolio: {self.summary}>"

    def _told(self):
        questions = {item.id for stem in course.stems() for item in course.bank(stem).items}
        try:
            answered = len(questions & self._progress.answers().keys())
        except ProgressError as error:
            return str(error)
        return say("portfolio.holds", answered=answered, n=len(questions))

    def _hear(self, _widget, message, _buffers):
        asked = page_types.heard(message, page_types.PortfolioMessage)
        if asked is None:
            return
        try:
            found = build_portfolio(self._progress, asked.name)
            text = str(found.html() if asked.form == "html" else found.markdown())
        except CourseError as error:
            self.send(page_types.sent(page_types.PortfolioProblem(str(error))))
            return
        self.summary = self._told()
        name = f"portfolio.{asked.form}"
        told = say("portfolio.handed_out", file=isolate(name), answered=found.answered, n=found.questions)
        self.send(page_types.sent(page_types.PortfolioFile(name, _TYPES[asked.form], text, told)))


def portfolio():
    """Return the controls to download the student's portfolio."""
    return PortfolioPanel()
