"""Students made up for the portfolio: careful, hasty, and one who types whatever does harm elsewhere."""

import random
from datetime import UTC, datetime

from course_lib import items
from course_lib.curriculum import course
from course_lib.student.events import Event, write_events
from course_lib.student.progress import Progress

# The option of the question that opens the outcomes which scores the student's own forecasts.
OWN = 1
# What breaks pages, tables, Markdown, spreadsheets and lines of text.
HARM = [
    '<script>document.title = "taken"</script><img src=x onerror=alert(1)>',
    "</blockquote></main></body><h1>Mine</h1><style>*{display:none}</style>",
    "<!-- --> ]]> &lt;b&gt; &amp; &#x3c; <meta http-equiv=refresh content=0>",
    "\"><svg onload=alert(1)> ' onmouseover=alert(1) x='",
    "# Heading\n\n1. one\n2) two\n- three\n* four\n+ five\n\n---\nSetext\n===\n> quote",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[a](javascript:alert(1)) ![b](http://example.org/b.png) <http://example.org> www.example.org a@b.org",
    "```\ncode\n```\n    indented\n\ttab `tick` **bold** _em_ ~~gone~~ $x^2$ $$y$$ \\ end\\",
    "=cmd|' /C calc'!A0\n+1\n-1\n@SUM(A1)",
    "النص من اليمين إلى اليسار، ثم English في الوسط.\nשלום",
    "turned \u202e over \u2066 and \u2067 kept\nnext line",
    "nul \x00 bell \x07 escape \x1b[31m delete \x7f next \x85 line \u2028 para \u2029 end \ufffe",
    "lone \ud800 half",
    "Z\u0341\u0342\u0343\u0344\u0345" + "\u0301\u0302\u0303" * 60 + "algo",
    "x" * 3_000,
    "many\n" + "\n" * 40 + "empty lines",
    "{{7*7}} ${7*7} <%= 7*7 %> %s {0} \\u003cscript\\u003e",
]


def course_items():
    """Every question of the lessons and tests, in order."""
    banks = [course.bank(stem) for stem in course.stems()] + [
        course.form_bank(name) for name in ("before", "after")
    ]
    return [item for bank in banks for item in bank.items]


def record(progress, item, answer, kind="answer", **how):
    """Record an answer as the page does: marked where it is checked."""
    if kind == "answer":
        result = items.grade(item, items.valid_answer(item, answer))
        how = {"score": result.score, "state": result.state, **how}
    progress.record(item.id, item.version, kind, answer, **how)


def right_answer(item, draw, words=40):
    """Return a right answer, or one that is kept."""
    if item.graded:
        return items.key_answer(item)
    return any_answer(item, draw, words)


def any_answer(item, draw, words=40):
    """Return any answer that fits the question."""
    match item:
        case items.Single():
            return draw.randrange(len(item.option))
        case items.Multiple():
            return sorted(draw.sample(range(len(item.option)), draw.randint(1, len(item.option))))
        case items.Number():
            return str(draw.randint(0, 100))
        case items.Word():
            return "something"
        case items.Grid():
            return [draw.randrange(len(item.choices)) for _ in item.row]
        case items.Matrix():
            return [[draw.randrange(len(item.choices)) for _ in item.columns] for _ in item.row]
        case items.Match():
            return [draw.randrange(len(item.choices)) for _ in item.pair]
        case items.Order():
            return draw.sample(range(len(item.step)), len(item.step))
        case items.Probability():
            return draw.choice([5, 10, 20, 35, 50, 65, 80, 95])
        case items.Text():
            sentence = "The record names who spoke, where and on which day; it does not say what was agreed. "
            count = max(words, item.minimum)
            return (sentence * (count // 10 + 1)).strip().replace(". The", ".\n\nThe", 1)
    raise TypeError(item)


def careful(path):
    """Return the progress of a student who answers everything, sometimes at the second attempt."""
    draw, progress = random.Random(1), Progress(path)
    for item in course_items():
        if item.role == "opens_outcomes":
            record(progress, item, OWN)
            continue
        if item.graded and draw.random() < 0.3:
            if item.hints:
                record(progress, item, None, "hint")
            record(progress, item, any_answer(item, draw))
        sure = draw.randrange(3) if item.confidence else None
        record(progress, item, right_answer(item, draw, words=80), sure=sure)
    return progress


def hasty(path):
    """Return the progress of a student who answers a third at random, and leaves drafts."""
    draw, progress = random.Random(2), Progress(path)
    for item in course_items():
        if item.id[:2] > "07":
            continue
        luck = draw.random()
        if isinstance(item, items.Text):
            record(progress, item, "too short", "draft")
        elif luck < 0.35:
            record(progress, item, any_answer(item, draw))
        elif luck < 0.5:
            record(progress, item, any_answer(item, draw), "draft")
    return progress


def adversarial(path):
    """Return the progress of a student who types what does harm, and changes the file of their work."""
    draw, progress = random.Random(3), Progress(path)
    harm = iter(HARM * 50)
    for item in course_items():
        typed = next(harm)
        match item:
            case items.Text():
                record(progress, item, f"{typed}\n\n{'word ' * item.minimum}")
            case items.Number() | items.Word():
                record(progress, item, "7")
                progress.record(item.id, item.version, "answer", typed, 1.0, "right")
            case items.Probability():
                for answer in (0, 100):
                    record(progress, item, answer)
            case _:
                record(progress, item, any_answer(item, draw), state="right", score=1.0)
    wrong = [{"a": typed} for typed in HARM] + [10**400, -1, 1e300, float("nan"), True, [[[]]], "0", [0, "1"]]
    # The store refuses such answers and scores; a file that is brought back can hold them.
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    odd = [
        Event(f"{at:032x}", now, draw.choice(course_items()).id, "old", "answer", typed, 7.0, "right", 1, 99)
        for at, typed in enumerate(wrong)
    ]
    assert progress.restore(write_events(odd)) == len(wrong)
    for typed in HARM:
        name = typed.encode("utf-8", "replace").decode()
        progress.record(f"99-{name}", "v", "answer", typed, None, "right")
        progress.record("01-agreement-luck", "old", "draft", 0)
    return progress
