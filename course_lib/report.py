"""The portfolio: everything a student made of the course, as one page and as Markdown.

Nothing is told of what is not answered: no key, and no outcome of a forecast that was not lodged.
"""

from course_lib import course, evidence, items, lodged, telling
from course_lib.answers import gathered
from course_lib.dates import long_date
from course_lib.document import (
    Course,
    Document,
    Heading,
    Lines,
    Link,
    Own,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from course_lib.errors import MethodError
from course_lib.methods import forecast

# The parts of the brief of lesson 11 in the order in which they are read.
BRIEF = {
    "11-brief-question": "The question",
    "11-brief-known": "What we know",
    "11-brief-unknown": "What we do not know",
    "11-brief-judgement": "Judgement",
    "11-brief-probability": "Probability",
    "11-brief-change": "What would change it",
}
# Fewer forecasts than this fill no bins of a calibration.
ENOUGH = 10
_TITLE = "Reading a News Story with Evidence"
_LONGEST_NAME = 120
# A file of work could hold any number of these; what is not shown stays in it.
_ODD_SHOWN = 100
_OUTCOMES = {"yes": "yes", "no": "no", "unresolved": "not resolved"}
_FORMS = {"before": "The test before", "after": "The test after"}
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class Portfolio:
    """A student's work, ready to be written; `portfolio` makes it.

    `answered` and `questions` count the questions of the lessons.
    """

    def __init__(self, document, answered, questions):
        self._document = document
        self.answered = answered
        self.questions = questions

    def html(self):
        """Return one HTML page that needs no other file and no network."""
        return self._document.html()

    def markdown(self):
        """Return the same as Markdown; pictures are told by their alternative text."""
        return self._document.markdown()

    def __repr__(self):
        return f"<Portfolio: {self.answered} of {self.questions} questions answered>"


def portfolio(progress, banks, forms=None, objectives=None, name="", aside=()):
    """Return the portfolio of a student.

    Parameters: `progress` where the answers are; `banks` the banks of the lessons in order; `forms` a dict
    with the banks of the tests `before` and `after`; `objectives` a dict from a number to what these tests
    call it; `name` of the student, where they give one; `aside` the ids of questions of lessons that were
    left out of the course, whose answers are kept and not shown.
    """
    banks, forms = list(banks), dict(forms or {})
    asked = [item for bank in (*banks, *forms.values()) for item in bank.items]
    works, odd = gathered(progress.events(), asked)
    ours = [work for bank in banks for work in _of(bank, works)]
    name = " ".join(str(name).split())[:_LONGEST_NAME]
    blocks = _summary(banks, works)
    if any(work.begun for work in works.values()):
        blocks += [*_brief(works), *_tests(forms, works, objectives or {})]
        blocks += _forecasts(works, lodged.opened(progress))
        for bank in banks:
            blocks += _lesson(bank, _of(bank, works))
    blocks += _odd([one for one in odd if one.item not in aside])
    if kept := sum(one.item in aside for one in odd):
        told = f"{kept} answer{'s' if kept > 1 else ''} to lessons that this course does not have "
        blocks.append(
            Paragraph(f"{told}{'are' if kept > 1 else 'is'} kept in the file of your work.", quiet=True)
        )
    blocks += _sources([work for work in works.values() if work.answered])
    document = Document(
        f"Portfolio of {name}: {_TITLE}" if name else f"Portfolio: {_TITLE}",
        f"Portfolio: {_TITLE}",
        _facts(name, works.values()),
        blocks,
        _closing(),
    )
    return Portfolio(document, sum(work.answered for work in ours), len(ours))


def _of(bank, works):
    return [works[item.id] for item in bank.items]


def _facts(name, works):
    from course_lib import __version__

    days = sorted(one for work in works for one in (work.first_day, work.day) if one)
    span = [long_date(one) for one in dict.fromkeys([days[0], days[-1]])] if days else []
    as_of = evidence.table("claims").attrs["as_of"]
    facts = [("Name", [Own(name)] if name else ""), ("Handed in on", "")]
    facts += [("Answers given", " to ".join(span))] if span else []
    return [*facts, ("Course", f"version {__version__}, evidence as of {long_date(as_of)}")]


def _summary(banks, works):
    table = []
    for bank in banks:
        done = [work for work in _of(bank, works) if work.answered]
        marked = [work for work in done if work.state != "kept"]
        firsts = sum(work.first == "right" for work in marked)
        lasts = sum(work.state == "right" for work in marked)
        table.append((bank, len(bank.items), len(done), len(marked), firsts, lasts))
    total, done, marked, firsts, lasts = (sum(row[at] for row in table) for at in range(1, 6))
    heading = Heading(2, "Summary", "summary")
    if not done:
        begun = any(work.begun for work in works.values())
        told = "No question of the lessons has been checked yet." if begun else "Nothing is answered yet."
        return [heading, Paragraph(f"{told} The course has {len(banks)} lessons with {total} questions.")]
    told = f"{done} of {total} questions are answered. "
    if marked:
        told += (
            f"Answers that can be right or wrong: {marked}, of these right at the first attempt: {firsts}, "
            f"at the last: {lasts}. "
        )
    told += "Texts, forecasts and surveys are kept, not marked."
    head = ["Lesson", "Questions", "Answered", "Of these marked", "Right at first", "Right at last"]
    rows = [[_named(bank), *map(str, counts)] for bank, *counts in table]
    sums = ["All lessons", *map(str, (total, done, marked, firsts, lasts))]
    left = [_named(bank) for bank, _, answered, *_ in table if not answered]
    blocks = [
        heading,
        Paragraph(told),
        Table("Questions answered, first attempts against last", head, [*rows, sums], wide=True),
        Picture(_progress_figure(table), "Your answers in each lesson."),
    ]
    if left:
        blocks.append(Paragraph(f"Nothing answered yet: {'; '.join(left)}.", quiet=True))
    return blocks


def _named(bank):
    number = course.number(bank.lesson)
    return f"{f'{number:02}' if number else bank.lesson[:2]} {bank.title}"


def _progress_figure(table):
    import pandas as pd

    from course_lib import charts

    rows = [(_named(bank), done, right, total) for bank, total, done, _, _, right in table]
    return charts.course_progress(pd.DataFrame(rows, columns=["lesson", "answered", "right", "questions"]))


def _brief(works):
    parts = [name for name in BRIEF if name in works]
    if not parts:
        return []
    blocks = [Heading(2, "Your brief", "brief")]
    if not any(works[name].begun for name in parts):
        return [*blocks, Paragraph(f"The brief of lesson {course.place(parts[0])} is not written yet.")]
    for name in parts:
        work = works[name]
        blocks.append(Heading(3, BRIEF[name]))
        text = isinstance(work.item, items.Text)
        blocks += telling.text(work) if text else [Paragraph(telling.in_words(work))]
    return blocks


def _tests(forms, works, objectives):
    """Return the tests that were taken; the first answers count."""
    blocks, taken = [], {}
    for name, bank in forms.items():
        theirs = _of(bank, works)
        done = [work for work in theirs if work.answered]
        if done:
            taken[name] = theirs
            right = sum(work.first == "right" for work in done)
            told = f"{right} of {len(theirs)} questions right, {len(theirs) - len(done)} left open."
            blocks += [Heading(3, _FORMS[name]), Paragraph(told), *telling.checks(done)]
    if not taken:
        return []
    return [Heading(2, "Before and after", "tests"), *_objectives(taken, objectives), *blocks]


def _objectives(taken, objectives):
    import pandas as pd

    from course_lib import charts

    shares = {name: [_share(taken.get(name, ()), number) for number in objectives] for name in _FORMS}
    scores = pd.DataFrame({"objective": list(objectives.values()), **shares}).astype(
        dict.fromkeys(_FORMS, float)
    )
    if scores.empty:
        return []
    body = [
        [row.objective, *("not taken" if one != one else f"{one:.0%}" for one in (row.before, row.after))]
        for row in scores.itertuples()
    ]
    return [
        Table("Share right for each objective", ["Objective", "Before", "After"], body),
        Picture(charts.before_and_after(scores), "The two tests, objective by objective."),
    ]


def _share(works, objective):
    marks = [work.first == "right" for work in works if work.item.objective == objective]
    return sum(marks) / len(marks) if marks else None


def _forecasts(works, opened):
    """Return the lodged forecasts, with what happened where the student has opened that (`opened`)."""
    questions = evidence.table("forecasts").set_index("id")["question"]
    asked = {
        _number(work): work
        for work in works.values()
        if isinstance(work.item, items.Probability) and _number(work) in questions
    }
    if not asked:
        return []
    said = {name: work for name, work in asked.items() if work.answered}
    told = f"{len(said) or 'None'} of {len(asked)} forecasts {'is' if len(said) < 2 else 'are'} lodged. "
    # A course without the question that opens them has nothing to open.
    number = course.place(lodged.OPENS)
    if closed := lodged.OPENS in works and not opened:
        told += f"What happened is told here once you have opened the outcomes in lesson {number}, "
        told += "and then for lodged forecasts only."
    else:
        told += "What happened is told for lodged forecasts only."
    blocks = [Heading(2, "Your forecasts", "forecasts"), Paragraph(told)]
    if said and closed:
        rows = [[f"{name} {questions[name]}", telling.lodging(work)] for name, work in said.items()]
        blocks.append(Table("Lodged forecasts", ["Question", "You said"], rows, first=60))
    elif said:
        blocks += _with_outcomes(said, opened)
    if said and len(said) < len(asked):
        left = [name for name in asked if name not in said]
        blocks.append(Heading(3, "Not lodged"))
        blocks.append(Lines([f"{name} {questions[name]}{telling.set_only(asked[name])}" for name in left]))
    return blocks


def _number(work):
    return work.item.id.split("-", 1)[-1]


def _with_outcomes(said, opened):
    from course_lib import charts

    rows = _scored(said, opened)
    errors = (rows["probability"] - rows["outcome"].map({"yes": 1.0, "no": 0.0})) ** 2
    body = []
    for row, error in zip(rows.itertuples(), errors, strict=True):
        score = "lodged after the outcomes were opened, so not scored" if row.late else f"score {error:.2f}"
        cited = [part for key in row.source_keys for part in (_cited(key), " · ")][:-1]
        body.append(
            [
                f"{row.id} {row.question}",
                telling.lodging(said[row.id]),
                Lines(
                    [_OUTCOMES[row.outcome], *([score] if row.late or error == error else [])], kind="plain"
                ),
                Lines([row.evidence, *([cited] if cited else [])], kind="plain"),
            ]
        )
    head = ["Question", "You said", "What happened", "Evidence and its sources"]
    blocks = [*_scores(rows), Table("Lodged forecasts and what happened", head, body)]
    if rows["probability"].notna().any():
        caption = "The dot is your forecast, the stroke what happened; the number is the Brier score of each."
        blocks.append(Picture(charts.forecasts_scored(rows.dropna(subset=["probability"])), caption))
    return blocks


def _scored(said, opened):
    """Return lodged forecasts with what happened: outcomes of all others are cut away first."""
    import pandas as pd

    questions, outcomes = (evidence.table(name) for name in ("forecasts", "forecast_outcomes"))
    mine = pd.DataFrame(
        {
            "forecast": list(said),
            "resolves": [work.item.resolves.isoformat() for work in said.values()],
            "probability": [work.answer / 100 for work in said.values()],
            "lodged": [work.day for work in said.values()],
            "late": [bool(opened and work.at > opened) for work in said.values()],
        }
    )
    kept = questions["id"].isin(said), outcomes["forecast"].isin(said)
    return lodged.scored(mine, questions[kept[0]], outcomes[kept[1]])


def _scores(rows):
    from course_lib import charts

    rows = rows[rows["outcome"].isin(["yes", "no"]) & rows["probability"].notna()]
    if rows.empty:
        return [Paragraph("None of them can be scored.")]
    said, happened = rows["probability"], (rows["outcome"] == "yes").astype(int)
    n, rate = len(rows), float(happened.mean())
    brier, surprise = float(forecast.brier(said, happened)), float(forecast.log_score(said, happened))
    lost = rows["id"][(said - happened).abs() == 1]
    log = ["Log score (nats)", f"{surprise:.3f}", "0 is perfect; always saying 50 per cent scores 0.693"]
    if len(lost):
        log[1:] = ["infinite", f"{', '.join(lost)}: 0 or 100 per cent was said, and the opposite came"]
    try:
        base = f"{forecast.skill(brier, rate * (1 - rate)):+.2f}"
        remark = f"against always saying {rate:.0%}, which nobody knew beforehand"
    except MethodError:
        base, remark = "cannot be told", "all came out alike, so the base rate cannot be beaten"
    coin = f"{forecast.skill(brier, 0.25):+.2f}"
    body = [
        ["Brier score", f"{brier:.3f}", "0 is perfect, 1 the worst; always saying 50 per cent scores 0.250"],
        log,
        ["Skill against a coin", coin, "1 is perfect, 0 no better, below 0 worse"],
        ["Skill against the base rate", base, remark],
    ]
    some = f"{n} scored forecast{'s' if n > 1 else ''}"
    luck = f"{some} cannot tell skill from luck: a few of them move every number here. "
    blocks = [
        Table(f"Your scores over {some}", ["Score", "Yours", "How to read it"], body),
        Paragraph(f"{luck}Read the forecasts one by one before the scores."),
    ]
    if n < ENOUGH:
        told = f"A calibration figure needs at least {ENOUGH} scored forecasts; you have {n}."
        return [*blocks, Paragraph(told, quiet=True)]
    caption = "How often things happened that you called about as probable, with 95 per cent intervals."
    return [*blocks, Picture(charts.calibration(rows), caption)]


def _lesson(bank, works):
    works = [work for work in works if work.begun and work.item.id not in BRIEF]
    if not works:
        return []
    number = course.number(bank.lesson)
    forecasts = set(evidence.table("forecasts")["id"])
    texts, codings, short = [], [], []
    for work in works:
        match work.item:
            case items.Text():
                texts += [Heading(4, telling.question(work.item)), *telling.text(work)]
            case items.Grid() | items.Matrix() | items.Match() | items.Order():
                codings += [Heading(4, telling.question(work.item)), *telling.coded(work)]
            case items.Probability() if _number(work) in forecasts:
                pass
            case _:
                short.append(work)
    place = f"Lesson {number}: " if number else ""
    own = f"lesson-{bank.lesson[:2]}"
    blocks = [Heading(2, [place, Course(bank.title)], own), Paragraph([Course(bank.question)])]
    parts = {
        "In your own words": texts,
        "Codings, matches and orders": codings,
        "Checks in short": telling.checks(short),
    }
    for words, part in parts.items():
        blocks += [Heading(3, words), *part] if part else []
    if not any(parts.values()):
        blocks.append(Paragraph("Your forecasts stand in a part of their own above."))
    return blocks


def _odd(odd):
    if not odd:
        return []
    blocks = [
        Heading(2, "Answers that fit no question", "odd"),
        Paragraph(
            "Another version of the course kept these, or the file they came in was changed. They are shown "
            "as they are kept, and count for nothing."
        ),
    ]
    for one in odd[:_ODD_SHOWN]:
        on = f", {long_date(one.day)}" if one.day else ""
        blocks.append(Paragraph([Own(one.item[:_LONGEST_NAME]), f"{on}: {one.why}."], quiet=True))
        blocks.append(Quote(one.text[: items.LONGEST_ANSWER]))
        if (more := len(one.text) - items.LONGEST_ANSWER) > 0:
            blocks.append(Paragraph(f"{more} more characters are in the file of your work.", quiet=True))
    if len(odd) > _ODD_SHOWN:
        blocks.append(Paragraph(f"{len(odd) - _ODD_SHOWN} more are in the file of your work."))
    return blocks


def _sources(works):
    keys = {key for work in works for key in work.item.sources}
    keys |= {key for work in works for _, key in items.SOURCE_LINK.findall(work.item.stem)}
    listed = evidence.sources(sorted(keys & evidence.registered_keys())).listed
    if not listed:
        return []
    lines = []
    for one in listed:
        before, _, after = one.full("\0").partition("\0")
        lines.append([before, Link(one.title, one.url) if one.url else one.title, after])
    return [
        Heading(2, "Sources of what you answered", "sources"),
        Paragraph("The sources of forecasts stand beside them; each lesson names more."),
        Lines(lines, kind="sources"),
    ]


def _cited(key):
    one = evidence.source(key)
    return Link(one.short, one.url) if one.url else one.short


def _closing():
    return [
        "This file was made on the student’s own machine, from the answers kept there. It loads nothing and "
        "sends nothing.",
        [
            "The questions and the words of the course are licensed under ",
            Link("CC BY 4.0", _LICENCE),
            " by the Reading with Evidence contributors; the answers are the student’s own.",
        ],
    ]
