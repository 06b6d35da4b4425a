"""The few calls a notebook makes: where you are, a check, the claims, the sources, the end."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup

from course_lib import dates, evidence, items
from course_lib.curriculum import course
from course_lib.errors import CourseError, nearest
from course_lib.evidence.claims import ClaimsTable
from course_lib.evidence.references import Bibliography
from course_lib.home import count_answers, lesson_list
from course_lib.html import panels
from course_lib.html.panels import LINK, Panel
from course_lib.items import Item
from course_lib.markup import lesson_text, say_html
from course_lib.messages import isolate, say
from course_lib.student import agreement, forecasts
from course_lib.student.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

    from course_lib.widgets.forecast_scoring import ForecastScoring
    from course_lib.widgets.quiz import Quiz

ItemType = TypeVar("ItemType", bound=items.Question)


class Lesson:
    """One lesson as its notebook sees it; `begin` makes it.

    Parameters
    ----------
    stem : str
        The notebook's file name without its ending.

    Attributes
    ----------
    number : int or None
        Its place in the course, None while it is not in the list of lessons.
    bank : Bank
        Its questions.
    until : str or None
        The last day whose events may be used in it, an ISO date; None once the horizon is open.
    progress : Progress
        Where the student's answers are kept.
    """

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.bank = course.bank(stem)
        self.number = course.lesson_number(stem)
        self.until = self.bank.horizon
        self.progress = Progress()

    def check(self, name: str, mode: str = "practice") -> "Quiz":
        """Return a group of questions, ready to be answered; answers are kept as they are given.

        Parameters
        ----------
        name : str
            The group, as in the bank.
        mode : str, default "practice"
            practice, end, survey or test: see `course_lib.widgets.quiz.Quiz`.

        Returns
        -------
        Quiz
            Shows itself in a notebook.

        Raises
        ------
        CourseError
            For a group that the lesson does not have, with the nearest ones.
        ItemError
            For an unknown mode.
        """
        from course_lib.widgets.quiz import Quiz

        known = dict.fromkeys(item.check for item in self.bank.items)
        if name not in known:
            raise CourseError(nearest(name, known, f"check in lesson {self.stem}"))
        group = [item for item in self.bank.items if item.check == name]
        return Quiz(group, self.progress, mode, self.until, self.stem)

    def claims(self, *sections: str) -> ClaimsTable:
        """Return the article's claims as known by `until`.

        Parameters
        ----------
        *sections : str
            Of the article, as the table of claims calls them; all of them where none is named.

        Returns
        -------
        ClaimsTable
            Shows itself in a notebook.

        Raises
        ------
        CourseError
            For a section that the article does not have, with the nearest ones.
        """
        table = evidence.verdicts(until=self.until)
        known = table["section"].unique()
        for section in sections:
            if section not in known:
                raise CourseError(nearest(section, known, "section"))
        return ClaimsTable(
            table[table["section"].isin(sections or known)], "-".join([self.stem[:2], *sections])
        )

    def own_claims(self) -> ClaimsTable:
        """Return the claims that this lesson takes up, wherever they stand in the article.

        Returns
        -------
        ClaimsTable
            Shows itself in a notebook.
        """
        table = evidence.verdicts(until=self.until)
        number = self.stem[:2]
        return ClaimsTable(table[table["lesson"].astype(str) == number], f"{number}-own")

    def show(self, table: "pd.DataFrame", caption: str) -> Panel:
        """Return a table to be read in full, under a caption that says what it holds.

        Parameters
        ----------
        table : DataFrame
            What is shown, without its index.
        caption : str
            What it holds.

        Returns
        -------
        Panel
            Shows itself in a notebook.
        """
        return panels.reading_table(table, caption)

    def agreement(self, item_id: str) -> Panel:
        """Return how far the student's coding in a grid agrees with the key, once it has been checked.

        Parameters
        ----------
        item_id : str
            A grid of this lesson.

        Returns
        -------
        Panel
            Shows itself in a notebook.

        Raises
        ------
        CourseError
            Where the lesson has no such question, or it is of another type.
        """
        return agreement.agreement_panel(self._item(item_id, items.Grid), self.progress)

    def coding(self, item_id: str) -> "pd.DataFrame":
        """Return the student's codes in a matrix.

        Parameters
        ----------
        item_id : str
            A matrix of this lesson.

        Returns
        -------
        DataFrame
            Evidence by hypothesis: see `agreement.coding_table`.

        Raises
        ------
        CourseError
            Where the lesson has no such question, or it is of another type.
        """
        return agreement.coding_table(self._item(item_id, items.Matrix), self.progress)

    def compare_coding(self, item_id: str, codings: "pd.DataFrame") -> Panel:
        """Return the student's codes in a matrix beside another coder's, once they have been saved.

        Parameters
        ----------
        item_id : str
            A matrix of this lesson.
        codings : DataFrame
            With `evidence`, `hypothesis`, `consistency` and `reason`.

        Returns
        -------
        Panel
            Shows itself in a notebook.

        Raises
        ------
        CourseError
            Where the lesson has no such question, or it is of another type.
        """
        return agreement.compare_coding(self.coding(item_id), codings)

    def grades(self, source_item: str, information_item: str) -> Panel:
        """Return the student's Admiralty grades in words, once both grids have been checked.

        Parameters
        ----------
        source_item, information_item : str
            Two grids of this lesson with the same rows, one for the letters and one for the digits.

        Returns
        -------
        Panel
            Shows itself in a notebook.

        Raises
        ------
        CourseError
            Where the lesson has no such question, or it is of another type.
        """
        letters, digits = (self._item(name, items.Grid) for name in (source_item, information_item))
        return agreement.grades_panel(letters, digits, self.progress)

    def forecasts(self) -> "pd.DataFrame":
        """Return every forecast of the course with what the student lodged.

        Returns
        -------
        DataFrame
            A row each: see `student.forecasts.forecast_table`.
        """
        return forecasts.forecast_table(self._everything(), self.progress)

    def forecasts_with_outcomes(self) -> "pd.DataFrame":
        """Return every forecast with what the student lodged and what happened.

        Returns
        -------
        DataFrame
            A row each: see `student.forecasts.forecasts_with_outcomes`.
        """
        questions, outcomes = (
            evidence.table(name, self.until) for name in ("forecasts", "forecast_outcomes")
        )
        return forecasts.forecasts_with_outcomes(self.forecasts(), questions, outcomes)

    def open_forecasts(self) -> "Quiz | Panel":
        """Return the forecasts that are not lodged yet, to be lodged now, as long as outcomes are hidden.

        Returns
        -------
        Quiz or Panel
            The questions, or a sentence where nothing can be lodged any more.
        """
        from course_lib.widgets.quiz import Quiz

        if forecasts.outcomes_opened_at(self.progress):
            return panels.paragraph_panel([say_html("lodged.too_late")])
        left = forecasts.open_forecasts(self._everything(), self.progress)
        if not left:
            return panels.paragraph_panel([say_html("lodged.all_lodged")])
        return Quiz(left, self.progress)

    def score_forecasts(self) -> "ForecastScoring":
        """Return the student's forecasts against what happened, behind a door.

        Returns
        -------
        ForecastScoring
            What can be shown once the student has opened the outcomes.
        """
        from course_lib.widgets.forecast_scoring import ForecastScoring

        return ForecastScoring(self._everything(), self.progress)

    def forecast_summary(self, at_most: Mapping[str, str] | None = None) -> Panel:
        """Return how many forecasts were lodged and whether they agree with each other.

        Parameters
        ----------
        at_most : Mapping of str to str, optional
            From a forecast to one that must be as probable or more.

        Returns
        -------
        Panel
            Shows itself in a notebook.
        """
        return panels.paragraph_panel(forecasts.describe_forecasts(self.forecasts(), at_most or {}))

    def posttest(self) -> "Quiz":
        """Return the test after the course, to be handed in once.

        Returns
        -------
        Quiz
            Shows itself in a notebook: see `pretest_posttest.form_quiz`.
        """
        from course_lib import pretest_posttest

        return pretest_posttest.form_quiz(course.POSTTEST, self.progress, self.until)

    def gain(self) -> Panel:
        """Return what the tests before and after show, and how little they can.

        Returns
        -------
        Panel
            Shows itself in a notebook: see `pretest_posttest.change_panel`.
        """
        from course_lib import pretest_posttest

        return pretest_posttest.change_panel(self.progress)

    def terms(self, *names: str) -> Panel:
        """Return what the course means by some words, folded away until opened.

        Parameters
        ----------
        *names : str
            Terms of the glossary.

        Returns
        -------
        Panel
            Shows itself in a notebook.

        Raises
        ------
        CourseError
            For a term that the glossary does not have, with the nearest ones.
        """
        known = course.glossary()
        for name in names:
            if name not in known:
                raise CourseError(nearest(name, known, "term in the glossary"))
        listed = Markup("").join(
            Markup("<dt><b>{}</b></dt><dd>{}</dd>").format(lesson_text(name), lesson_text(known[name]))
            for name in names
        )
        summary = say_html("lesson.terms", terms=Markup(", ").join(map(lesson_text, names)))
        return Panel(
            Markup(
                '<details><summary data-lm-suppress-shortcuts="true">{}</summary><dl>{}</dl></details>'
            ).format(summary, listed)
        )

    def sources(self) -> Bibliography:
        """Return the sources this lesson rests on: those its questions name and those its text links to.

        Returns
        -------
        Bibliography
            Shows itself in a notebook.
        """
        return evidence.sources(course.source_keys(self.stem))

    def finish(self) -> Panel:
        """Return what has been answered in this lesson, what is still open, and the way on.

        Returns
        -------
        Panel
            Shows itself in a notebook.
        """
        answers = self.progress.answers()
        counts = count_answers(self.bank, answers)
        answered = say_html("lesson.answered", done=counts.done, n=counts.total)
        sentences = [Markup("<b>{}</b>").format(answered)]
        if counts.graded:
            sentences.append(say_html("lesson.right", right=counts.right, n=counts.graded))
        if counts.graded < counts.done:
            sentences.append(say_html("lesson.kept"))
        lines = [Markup(" ").join(sentences)]
        if left := dict.fromkeys(item.check for item in self.bank.items if item.id not in answers):
            lines.append(say_html("lesson.still_open", checks=Markup(", ").join(map(lesson_text, left))))
        if follow := course.stems()[self.number :] if self.number else ():
            title = lesson_text(course.bank(follow[0]).title)
            lines.append(say_html("lesson.next", lesson=_link(follow[0], title)))
        lines.append(_link("index", say_html("lesson.home")))
        return panels.paragraph_panel(lines)

    def _everything(self) -> Sequence[Item]:
        # A lesson tried out by itself may take up another that is not listed either.
        chosen = course.stems() if self.number else course.all_stems()
        return [item for stem in chosen for item in course.bank(stem).items]

    def _item(self, item_id: str, kind: type[ItemType]) -> ItemType:
        known = {item.id: item for item in self.bank.items}
        if item_id not in known:
            raise CourseError(nearest(item_id, known, f"item in lesson {self.stem}"))
        item = known[item_id]
        if not isinstance(item, kind):
            suitable = [name for name, other in known.items() if isinstance(other, kind)]
            raise CourseError(nearest(item_id, suitable, f"{kind.__name__.lower()} in lesson {self.stem}"))
        return item

    def _repr_html_(self) -> str:
        place = [self._place(), say_html("lesson.minutes", n=self.bank.minutes)]
        if self.until:
            place.append(say_html("lesson.as_of", day=dates.long_date(self.until)))
        return Panel(
            Markup("<p><b>{}</b></p><p>{}</p>{}").format(
                lesson_text(self.bank.title),
                Markup(" · ").join(place),
                lesson_list(self.progress, self.stem),
            )
        )._repr_html_()

    def __repr__(self) -> str:
        return f"<{self._place()}: {isolate(self.bank.title)}>"

    def _place(self) -> str:
        if self.number is None:
            return say("lesson.not_counted")
        return say("lesson.place", number=self.number, total=len(course.stems()))


def begin(stem: str) -> Lesson:
    """Start a lesson.

    Parameters
    ----------
    stem : str
        The notebook's file name without its ending.

    Returns
    -------
    Lesson
        Shows where it stands in the course.

    Raises
    ------
    CourseError
        For a lesson that does not exist, with the nearest names.
    """
    if stem not in course.all_stems():
        raise CourseError(nearest(stem, course.all_stems(), "lesson"))
    return Lesson(stem)


def _link(stem: str, text: Markup) -> Markup:
    return Markup('<a href="{}.ipynb" {}>{}</a>').format(stem, LINK, text)
