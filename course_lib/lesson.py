"""The few calls a notebook makes: where you are, a check, the claims, the sources, the end."""

from course_lib import dates, evidence
from course_lib.curriculum import course
from course_lib.errors import CourseError, nearest
from course_lib.evidence.claims import ClaimsTable
from course_lib.home import count_answers, lesson_list
from course_lib.html import panels
from course_lib.html.panels import LINK, Panel
from course_lib.markup import lesson_text
from course_lib.messages import isolate, say
from course_lib.student import agreement, forecasts
from course_lib.student.progress import Progress


class Lesson:
    """One lesson as its notebook sees it; `begin` makes it.

    `number` its place in the course, or None while it is not in the list of lessons; `bank` its questions;
    `until` the last day whose events may be used in it (ISO date, or None once the horizon is open).
    """

    def __init__(self, stem):
        self.stem = stem
        self.bank = course.bank(stem)
        self.number = course.lesson_number(stem)
        self.until = self.bank.horizon
        self.progress = Progress()

    def check(self, name, mode="practice"):
        """Return the group of questions called `name`, ready to be answered; answers are kept as given.

        Parameters: `name` as in the bank; `mode` practice, end, survey or test (see `quiz.Quiz`).
        """
        from course_lib.widgets.quiz import Quiz

        known = dict.fromkeys(item.check for item in self.bank.items)
        if name not in known:
            raise CourseError(nearest(name, known, f"check in lesson {self.stem}"))
        asked = [item for item in self.bank.items if item.check == name]
        return Quiz(asked, self.progress, mode, self.until)

    def claims(self, *sections):
        """Return the article's claims in these sections, or all of them, as known by `until`."""
        table = evidence.verdicts(until=self.until)
        known = table["section"].unique()
        for section in sections:
            if section not in known:
                raise CourseError(nearest(section, known, "section"))
        return ClaimsTable(
            table[table["section"].isin(sections or known)], "-".join([self.stem[:2], *sections])
        )

    def own_claims(self):
        """Return the claims that this lesson takes up, wherever they stand in the article."""
        table = evidence.verdicts(until=self.until)
        number = self.stem[:2]
        return ClaimsTable(table[table["lesson"].astype(str) == number], f"{number}-own")

    def show(self, table, caption):
        """Return a table to be read in full, under a caption that says what it holds."""
        return panels.reading_table(table, caption)

    def agreement(self, item_id):
        """Return how far the student's coding in a grid agrees with the key, once it has been checked."""
        return agreement.agreement_panel(self._item(item_id), self.progress)

    def coding(self, item_id):
        """Return the student's codes in a matrix as a table: see `agreement.coding_table`."""
        return agreement.coding_table(self._item(item_id), self.progress)

    def compare_coding(self, item_id, codings):
        """Return the student's codes in a matrix beside another coder's, once they have been saved.

        Parameters: `item_id` the matrix; `codings` a table with `evidence`, `hypothesis`, `consistency` and
        `reason`.
        """
        return agreement.compare_coding(self.coding(item_id), codings)

    def grades(self, source_item, information_item):
        """Return the student's Admiralty grades in words, once both grids have been checked.

        Parameters: two grids with the same rows, one for the letters and one for the digits.
        """
        return agreement.grades_panel(self._item(source_item), self._item(information_item), self.progress)

    def forecasts(self):
        """Return every forecast of the course with what the student lodged: see `student.forecasts`."""
        return forecasts.forecast_table(self._everything(), self.progress)

    def forecasts_with_outcomes(self):
        """Return every forecast with what the student lodged and what happened: see `student.forecasts`."""
        tables = [evidence.table(name, self.until) for name in ("forecasts", "forecast_outcomes")]
        return forecasts.forecasts_with_outcomes(self.forecasts(), *tables)

    def open_forecasts(self):
        """Return the forecasts that are not lodged yet, to be lodged now, as long as outcomes are hidden."""
        from course_lib.widgets.quiz import Quiz

        if forecasts.outcomes_opened_at(self.progress):
            return panels.paragraph_panel([say("lodged.too_late")])
        left = forecasts.open_forecasts(self._everything(), self.progress)
        if not left:
            return panels.paragraph_panel([say("lodged.all_lodged")])
        return Quiz(left, self.progress)

    def score_forecasts(self):
        """Return the student's forecasts against what happened, behind a door: see `gamble.Gamble`."""
        from course_lib.widgets.forecast_scoring import ForecastScoring

        return ForecastScoring(self._everything(), self.progress)

    def forecast_summary(self, at_most=None):
        """Return how many forecasts were lodged and whether they agree with each other: a `Panel`.

        Parameters: `at_most` a dict from a forecast to one that must be as probable or more.
        """
        return panels.paragraph_panel(forecasts.describe_forecasts(self.forecasts(), at_most or {}))

    def posttest(self):
        """Return the test after the course, to be handed in once: see `pretest_posttest.form_quiz`."""
        from course_lib import pretest_posttest

        return pretest_posttest.form_quiz("after", self.progress, self.until)

    def gain(self):
        """Return what the tests before and after show, and how little they can: see `pretest_posttest`."""
        from course_lib import pretest_posttest

        return pretest_posttest.change_panel(self.progress)

    def terms(self, *names):
        """Return what the course means by these words, folded away until opened."""
        known = course.glossary()
        for name in names:
            if name not in known:
                raise CourseError(nearest(name, known, "term in the glossary"))
        listed = "".join(
            f"<dt><b>{lesson_text(name)}</b></dt><dd>{lesson_text(known[name])}</dd>" for name in names
        )
        summary = say("lesson.terms", terms=", ".join(map(lesson_text, names)))
        return Panel(
            f'<details><summary data-lm-suppress-shortcuts="true">{summary}</summary>'
            f"<dl>{listed}</dl></details>"
        )

    def sources(self):
        """Return the sources this lesson rests on: those its questions name and those its text links to."""
        return evidence.sources(course.source_keys(self.stem))

    def finish(self):
        """Return what has been answered in this lesson, what is still open, and the way on."""
        answers = self.progress.answers()
        counts = count_answers(self.bank, answers)
        left = dict.fromkeys(item.check for item in self.bank.items if item.id not in answers)
        lines = [f"<b>{say('lesson.answered', done=counts.done, n=counts.total)}</b>"]
        if counts.marked:
            lines[0] += f" {say('lesson.right', right=counts.right, n=counts.marked)}"
        if counts.marked < counts.done:
            lines[0] += f" {say('lesson.kept')}"
        if left:
            lines.append(say("lesson.still_open", checks=", ".join(map(lesson_text, left))))
        follow = course.stems()[self.number :] if self.number else ()
        if follow:
            title = lesson_text(course.bank(follow[0]).title)
            lines.append(say("lesson.next", lesson=f'<a href="{follow[0]}.ipynb" {LINK}>{title}</a>'))
        lines.append(f'<a href="index.ipynb" {LINK}>{say("lesson.home")}</a>')
        return panels.paragraph_panel(lines)

    def _everything(self):
        # A lesson tried out by itself may take up another that is not listed either.
        asked = course.stems() if self.number else course.all_stems()
        return [item for stem in asked for item in course.bank(stem).items]

    def _item(self, item_id):
        known = {item.id: item for item in self.bank.items}
        if item_id not in known:
            raise CourseError(nearest(item_id, known, f"item in lesson {self.stem}"))
        return known[item_id]

    def _repr_html_(self):
        place = [self._place(), say("lesson.minutes", n=self.bank.minutes)]
        place += [say("lesson.as_of", day=dates.long_date(self.until))] if self.until else []
        return Panel(
            f"<p><b>{lesson_text(self.bank.title)}</b></p><p>{' · '.join(place)}</p>"
            f"{lesson_list(self.progress, self.stem)}"
        )._repr_html_()

    def __repr__(self):
        return f"<{self._place()}: {isolate(self.bank.title)}>"

    def _place(self):
        if self.number is None:
            return say("lesson.not_counted")
        return say("lesson.place", number=self.number, total=len(course.stems()))


def begin(stem):
    """Start a lesson: return its `Lesson`, which shows where it stands in the course.

    Parameters: `stem` the notebook's file name without its ending.
    Raises: `CourseError` for a lesson that does not exist, with the nearest names.
    """
    if stem not in course.all_stems():
        raise CourseError(nearest(stem, course.all_stems(), "lesson"))
    return Lesson(stem)
