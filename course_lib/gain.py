"""The tests before and after the course: two forms of fifteen questions, and what lies between them.

Both forms follow one blueprint: five objectives of the course, at three levels each. Number by number they
ask for the same in the same way, with another surface, and so they should be about as hard as each other.
Whether they are, only the answers of many students could show.
"""

from course_lib import charts, course, panels
from course_lib.methods import learning, rates
from course_lib.progress import Progress
from course_lib.quiz import Quiz

FORMS = ("before", "after")
OBJECTIVES = {
    1: "Claims and attribution",
    2: "Sources and dating",
    3: "Numbers and base rates",
    4: "Labels, methods, limits",
    5: "Forecasts and revision",
}
LEVELS = ("understand", "apply", "judge")


def before():
    """Return the test before the course, to be handed in once: a `Quiz`."""
    return form("before", Progress(), "2024-12-31")


def form(name, progress, until=None):
    """Return one of the two tests as a `Quiz`, handed in once; what is right is told then.

    Parameters: `name` before or after; `progress` where answers are kept; `until` the horizon of figures.
    """
    return Quiz(course.form(name).items, progress, "test", until)


def right(name, progress):
    """Return for each question of a form whether it was right: a dict, or None where it was not handed in.

    The first answers count. What was left open is not right.
    """
    asked = {item.id for item in course.form(name).items}
    first = {}
    for event in progress.events():
        if event.kind == "answer" and event.item in asked:
            first.setdefault(event.item, event.state == "right")
    return first if first.keys() == asked else None


def scores(progress):
    """Return the shares right in both tests, a row for each objective: `objective`, `before`, `after`.

    Shares are from 0 to 1, missing where a test was not handed in.
    """
    import pandas as pd

    shares = {"objective": list(OBJECTIVES.values())}
    for name in FORMS:
        marks = right(name, progress)
        shares[name] = [_share(name, marks, number) for number in OBJECTIVES]
    return pd.DataFrame(shares).astype(dict.fromkeys(FORMS, float))


def told(progress):
    """Return what the two tests show, and how little fifteen questions can: sentences as HTML."""
    counts = {name: marks and sum(marks.values()) for name in FORMS for marks in [right(name, progress)]}
    asked = len(course.form("before").items)
    missing = [name for name in FORMS if counts[name] is None]
    if len(missing) == 2:
        return [
            "<b>Nothing to compare yet.</b> There is a test before, on the course home, and one after, in "
            "the last lesson."
        ]
    if missing:
        taken = next(name for name in FORMS if name not in missing)
        lines = [f"<b>{taken.capitalize()}: {counts[taken]} of {asked} right.</b>"]
        if missing == ["after"]:
            return [*lines, "What has changed can be told once the test in the last lesson is handed in."]
        return [
            *lines,
            "You did not take the test before, so there is no change to tell. What you know now is yours "
            "all the same.",
        ]
    then, now = counts["before"], counts["after"]
    lines = [f"<b>Before: {then} of {asked} right. After: {now} of {asked}.</b>", _change(then, now, asked)]
    span = rates.difference(now, asked, then, asked)
    low, high = (round(100 * value) for value in (span.low, span.high))
    lines.append(
        f"How much can {asked} questions show? If each form were {asked} questions drawn by luck from very "
        f"many, a change between {_signed(low)} and {_signed(high)} percentage points would fit what you see "
        "(95 per cent interval)." + (" No change at all would fit too." if low <= 0 <= high else "")
    )
    lines.append(
        "By objective there are three questions in each form. There a single slip looks like a third: take "
        "those points as hints where to look again, no more."
    )
    return lines


def panel(progress):
    """Return what the two tests show as a `Panel`: sentences, and where both are there a figure."""
    words = "".join(f"<p>{line}</p>" for line in told(progress))
    table = scores(progress)
    if table.isna().any(axis=None):
        return panels.Panel(words)
    figure = charts.before_and_after(table, caption="Three questions for each point.")
    return panels.Panel(words + figure._repr_html_())


def _share(name, marks, objective):
    if marks is None:
        return None
    ours = [marks[item.id] for item in course.form(name).items if item.objective == objective]
    return sum(ours) / len(ours)


def _signed(value):
    return f"{value:+d}".replace("-", "−") if value else "0"


def _change(then, now, asked):
    """Return a sentence on the change that neither flatters nor shames."""
    if then == asked:
        tail = "" if now == asked else " A slip or two after prove little; the feedback says what they were."
        return f"All was right before, so there was nothing left to gain here.{tail}"
    gain = learning.normalised_gain(then / asked, now / asked)
    if now > then:
        return (
            f"Of what was missing before you have gained {100 * gain:.0f} per cent. This share is called "
            "normalised gain (Hake 1998)."
        )
    if now == then:
        return (
            "As many as before. That says nothing against you: the questions are others, and much of what "
            "you did in the lessons, your forecasts and your brief among it, no such test asks for."
        )
    return (
        "Fewer than before. This happens, with other questions and at the end of long work, and it does not "
        "mean that you know less. The feedback above shows which ideas are worth another look."
    )
