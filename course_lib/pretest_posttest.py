"""The tests before and after the course: two forms of fifteen questions, and what lies between them.

Both forms follow one blueprint: five objectives of the course, at three levels each. Number by number they
ask for the same in the same way, with another surface, and so they should be about as hard as each other.
Whether they are, only the answers of many students could show.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from course_lib.curriculum import course
from course_lib.html import panels
from course_lib.html.panels import Panel
from course_lib.markup import say_html
from course_lib.messages import say
from course_lib.methods import gain, rates
from course_lib.student.progress import Progress
from course_lib.widgets.quiz import Quiz

if TYPE_CHECKING:
    import pandas as pd


def pretest() -> Quiz:
    """Return the test before the course, to be handed in once.

    Returns
    -------
    Quiz
        Shows itself in a notebook.
    """
    return form_quiz(course.PRETEST, Progress(), course.first_day())


def form_quiz(name: str, progress: Progress, until: str | date | None = None) -> Quiz:
    """Return one of the two tests, handed in once; what is right is told then.

    Parameters
    ----------
    name : str
        One of `course.FORMS`: before or after.
    progress : Progress
        Where answers are kept.
    until : str or date, optional
        The information horizon of figures, an ISO day or a `date`.

    Returns
    -------
    Quiz
        Shows itself in a notebook.

    Raises
    ------
    ItemError
        Where there is no such test.
    """
    return Quiz(course.form_bank(name).items, progress, "test", until, name)


def questions_right(name: str, progress: Progress) -> dict[str, bool] | None:
    """Return for each question of a test whether it was right.

    The first answers count. What was left open is not right.

    Parameters
    ----------
    name : str
        One of `course.FORMS`: before or after.
    progress : Progress
        Where the answers are.

    Returns
    -------
    dict of str to bool, or None
        By the id of the question; None where the test was not handed in.

    Raises
    ------
    ItemError
        Where there is no such test.
    ProgressError
        Where the answers cannot be read.
    """
    questions = {item.id for item in course.form_bank(name).items}
    first: dict[str, bool] = {}
    for event in progress.events():
        if event.kind == "answer" and event.item in questions:
            first.setdefault(event.item, event.state == "right")
    return first if first.keys() == questions else None


def objective_scores(progress: Progress) -> "pd.DataFrame":
    """Return the shares right in both tests.

    Parameters
    ----------
    progress : Progress
        Where the answers are.

    Returns
    -------
    DataFrame
        A row for each objective: `objective`, and the share right `before` and `after`, from 0 to 1, missing
        where a test was not handed in.

    Raises
    ------
    ProgressError
        Where the answers cannot be read.
    """
    import pandas as pd

    shares: dict[str, list[str] | list[float | None]] = {"objective": list(course.OBJECTIVES.values())}
    for name in course.FORMS:
        right = questions_right(name, progress)
        shares[name] = [_share(name, right, number) for number in course.OBJECTIVES]
    return pd.DataFrame(shares).astype(dict.fromkeys(course.FORMS, "float64"))


def describe_change(progress: Progress) -> list[Markup]:
    """Return what the two tests show, and how little fifteen questions can.

    Parameters
    ----------
    progress : Progress
        Where the answers are.

    Returns
    -------
    list of Markup
        Sentences as HTML.

    Raises
    ------
    ProgressError
        Where the answers cannot be read.
    """
    before, after = (questions_right(name, progress) for name in course.FORMS)
    n = len(course.form_bank(course.PRETEST).items)
    if before is None and after is None:
        return [say_html("gain.neither")]
    if after is None:
        return [say_html("gain.before", right=_count(before), n=n), say_html("gain.no_after")]
    if before is None:
        return [say_html("gain.after", right=_count(after), n=n), say_html("gain.no_before")]
    then, now = _count(before), _count(after)
    lines = [say_html("gain.both", then=then, now=now, n=n), _change(then, now, n)]
    span = rates.difference(now, n, then, n)
    low, high = (round(100 * end) for end in (span.low, span.high))
    sentences = [say_html("gain.interval", n=n, low=_signed_number(low), high=_signed_number(high))]
    if low <= 0 <= high:
        sentences.append(say_html("gain.no_change"))
    return [*lines, Markup(" ").join(sentences), say_html("gain.by_objective")]


def change_panel(progress: Progress) -> Panel:
    """Return what the two tests show: sentences, and where both were handed in a figure.

    Parameters
    ----------
    progress : Progress
        Where the answers are.

    Returns
    -------
    Panel
        Shows itself in a notebook.

    Raises
    ------
    ProgressError
        Where the answers cannot be read.
    """
    from course_lib import charts
    from course_lib.charts.figure import Caption, html_of

    lines = panels.paragraph_panel(describe_change(progress))
    table = objective_scores(progress)
    if table.isna().to_numpy().any():
        return lines
    figure = charts.before_and_after(table, Caption(say("gain.per_point")))
    return Panel(lines.markup + html_of(figure))


def _count(right: Mapping[str, bool] | None) -> int:
    return sum(right.values()) if right else 0


def _share(name: str, right: Mapping[str, bool] | None, objective: int) -> float | None:
    if right is None:
        return None
    ours = [right[item.id] for item in course.form_bank(name).items if item.objective == objective]
    return sum(ours) / len(ours)


def _signed_number(value: int) -> str:
    return f"{value:+d}".replace("-", "−") if value else "0"


def _change(then: int, now: int, n: int) -> Markup:
    """Return a sentence on the change that neither flatters nor shames."""
    if then == n:
        sentences = [say_html("gain.all_before")]
        if now < n:
            sentences.append(say_html("gain.slip_after"))
        return Markup(" ").join(sentences)
    if now > then:
        share = gain.normalised_gain(then / n, now / n)
        return say_html("gain.more", gained=f"{100 * share:.0f}")
    return say_html("gain.same") if now == then else say_html("gain.fewer")
