"""The tests before and after the course: two forms of fifteen questions, and what lies between them.

Both forms follow one blueprint: five objectives of the course, at three levels each. Number by number they
ask for the same in the same way, with another surface, and so they should be about as hard as each other.
Whether they are, only the answers of many students could show.
"""

from course_lib import charts
from course_lib.charts.figure import Caption
from course_lib.curriculum import course
from course_lib.html import panels
from course_lib.messages import say
from course_lib.methods import gain, rates
from course_lib.student.progress import Progress
from course_lib.widgets.quiz import Quiz


def pretest():
    """Return the test before the course, to be handed in once: a `Quiz`."""
    return form_quiz("before", Progress(), "2024-12-31")


def form_quiz(name, progress, until=None):
    """Return one of the two tests as a `Quiz`, handed in once; what is right is told then.

    Parameters: `name` before or after; `progress` where answers are kept; `until` the horizon of figures.
    """
    return Quiz(course.form_bank(name).items, progress, "test", until)


def questions_right(name, progress):
    """Return for each question of a form whether it was right: a dict, or None where it was not handed in.

    The first answers count. What was left open is not right.
    """
    asked = {item.id for item in course.form_bank(name).items}
    first = {}
    for event in progress.events():
        if event.kind == "answer" and event.item in asked:
            first.setdefault(event.item, event.state == "right")
    return first if first.keys() == asked else None


def objective_scores(progress):
    """Return the shares right in both tests, a row for each objective: `objective`, `before`, `after`.

    Shares are from 0 to 1, missing where a test was not handed in.
    """
    import pandas as pd

    shares = {"objective": list(course.OBJECTIVES.values())}
    for name in course.FORMS:
        marks = questions_right(name, progress)
        shares[name] = [_share(name, marks, number) for number in course.OBJECTIVES]
    return pd.DataFrame(shares).astype(dict.fromkeys(course.FORMS, float))


def describe_change(progress):
    """Return what the two tests show, and how little fifteen questions can: sentences as HTML."""
    counts = {
        name: marks and sum(marks.values())
        for name in course.FORMS
        for marks in [questions_right(name, progress)]
    }
    asked = len(course.form_bank("before").items)
    missing = [name for name in course.FORMS if counts[name] is None]
    then, now = counts["before"], counts["after"]
    if len(missing) == 2:
        return [say("gain.neither")]
    if missing == ["after"]:
        return [say("gain.before", right=then, n=asked), say("gain.no_after")]
    if missing == ["before"]:
        return [say("gain.after", right=now, n=asked), say("gain.no_before")]
    lines = [say("gain.both", then=then, now=now, n=asked), _change(then, now, asked)]
    span = rates.difference(now, asked, then, asked)
    low, high = (round(100 * value) for value in (span.low, span.high))
    sentences = [say("gain.interval", n=asked, low=_signed(low), high=_signed(high))]
    if low <= 0 <= high:
        sentences.append(say("gain.no_change"))
    return [*lines, " ".join(sentences), say("gain.by_objective")]


def change_panel(progress):
    """Return what the two tests show as a `Panel`: sentences, and where both are there a figure."""
    lines = panels.paragraph_panel(describe_change(progress))
    table = objective_scores(progress)
    if table.isna().any(axis=None):
        return lines
    figure = charts.before_and_after(table, Caption(say("gain.per_point")))
    return panels.Panel(lines.markup + figure._repr_html_())


def _share(name, marks, objective):
    if marks is None:
        return None
    ours = [marks[item.id] for item in course.form_bank(name).items if item.objective == objective]
    return sum(ours) / len(ours)


def _signed(value):
    return f"{value:+d}".replace("-", "−") if value else "0"


def _change(then, now, asked):
    """Return a sentence on the change that neither flatters nor shames."""
    if then == asked:
        return say("gain.all_before") + ("" if now == asked else f" {say('gain.slip_after')}")
    if now > then:
        share = gain.normalised_gain(then / asked, now / asked)
        return say("gain.more", gained=f"{100 * share:.0f}")
    return say("gain.same") if now == then else say("gain.fewer")
