"""The portfolio taken along: made from the course's banks, handed out in a notebook, written as a file."""

import traitlets

from course_lib.curriculum import course
from course_lib.errors import CourseError, ProgressError
from course_lib.messages import isolate, say
from course_lib.reports.output import build_portfolio
from course_lib.reports.own_part import own_summary
from course_lib.student.own_files import collect_own
from course_lib.student.progress import Progress
from course_lib.widgets.base import PackedWidget
from course_lib.widgets.page_types import PortfolioFile, PortfolioMessage, PortfolioProblem, decode, encode

_TYPES = {"html": "text/html", "md": "text/markdown"}


class PortfolioPanel(PackedWidget):
    """A sentence on what is in the portfolio, and two buttons that hand it out as HTML and as Markdown.

    Parameters
    ----------
    progress : Progress, optional
        Where the answers are kept; by default the student's.
    """

    summary = traitlets.Unicode().tag(sync=True)

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress or Progress()
        super().__init__(["portfolio.js"], "quiz.css", "page.portfolio", summary=self._summary())
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return f"<Portfolio: {self.summary}>"

    def _summary(self) -> str:
        questions = {item.id for stem in course.stems() for item in course.bank(stem).items}
        try:
            answered = len(questions & self._progress.answers().keys())
            own_files, _, _ = collect_own(self._progress.events())
        except ProgressError as error:
            return str(error)
        holds = say("portfolio.holds", answered=answered, n=len(questions))
        return f"{holds} {own_summary(own_files)}".rstrip()

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        message = decode(content, PortfolioMessage)
        if message is None:
            return
        try:
            built = build_portfolio(self._progress, message.name)
            text = str(built.html() if message.form == "html" else built.markdown())
        except CourseError as error:
            self.send(encode(PortfolioProblem(str(error))))
            return
        self.summary = self._summary()
        name = f"portfolio.{message.form}"
        sentence = say("portfolio.handed_out", file=isolate(name), answered=built.answered, n=built.questions)
        told = f"{sentence} {built.own}".rstrip()
        self.send(encode(PortfolioFile(name, _TYPES[message.form], text, told)))


def portfolio() -> PortfolioPanel:
    """Return the controls to download the student's portfolio.

    Returns
    -------
    PortfolioPanel
        Shows itself in a notebook.
    """
    return PortfolioPanel()
