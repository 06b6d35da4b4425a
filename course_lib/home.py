"""The course at a glance: what is answered, what is left, and the next step."""

import html

from course_lib.course import bank, stems
from course_lib.panels import LINK, Panel
from course_lib.progress import Progress


def overview():
    """Return the course at a glance: its lessons with minutes and answers, and the next step."""
    progress = Progress()
    answers = progress.answers()
    open_ = [stem for stem in stems() if tally(bank(stem), answers)[0] < len(bank(stem).items)]
    left = sum(round(bank(s).minutes * (1 - tally(bank(s), answers)[0] / len(bank(s).items))) for s in open_)
    step = (
        f'<p><b>Next step:</b> <a href="{open_[0]}.ipynb" {LINK}>{html.escape(bank(open_[0]).title)}</a> · '
        f"about {left} minutes left in the course</p>"
        if open_
        else "<p><b>You have answered every question of the course.</b></p>"
    )
    return Panel(f"{step}{listing(progress)}")


def tally(bank_, answers):
    """Return how many questions of a bank are answered, how many of those right, and how many there are."""
    ours = [answers[item.id] for item in bank_.items if item.id in answers]
    return len(ours), sum(event.state == "right" for event in ours), len(bank_.items)


def listing(progress, here=None):
    """Return the lessons with what is answered in each as HTML; `here` is the stem of the one shown."""
    answers = progress.answers()
    rows = []
    for stem in stems():
        done, right, total = tally(bank(stem), answers)
        name = html.escape(f"{stem[:2]} {bank(stem).title}")
        link = (
            f"<b>{name}</b> (you are here)" if stem == here else f'<a href="{stem}.ipynb" {LINK}>{name}</a>'
        )
        rows.append(
            f"<li>{link} · {bank(stem).minutes} minutes · {done} of {total} answered, {right} right</li>"
        )
    return f'<ul style="list-style:none;padding:0;margin:.3em 0">{"".join(rows)}</ul>'
