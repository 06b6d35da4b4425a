"""The portfolio: everything a student made of the course, as one page and as Markdown.

Nothing is told of what is not answered: no key, and no outcome of a forecast that was not lodged.
"""

from course_lib import evidence, items
from course_lib.curriculum import course
from course_lib.dates import long_date
from course_lib.errors import MethodError
from course_lib.markup import language_attributes
from course_lib.messages import isolate, say
from course_lib.methods import forecast
from course_lib.reports import answers
from course_lib.reports.document import (
    HERE,
    CourseText,
    Document,
    DocumentFigure,
    Heading,
    Lines,
    Link,
    Paragraph,
    Quote,
    StudentText,
    Table,
    insert_part,
    printable,
)
from course_lib.student import forecasts
from course_lib.student.records import collect_records

# The roles of the questions whose answers are the brief, in the order in which they are read.
BRIEF = (
    "brief_question",
    "brief_known",
    "brief_unknown",
    "brief_judgement",
    "brief_probability",
    "brief_change",
)
# Fewer forecasts than this fill no bins of a calibration.
ENOUGH = 10
_TITLE = "Reading a News Story with Evidence"
_LONGEST_NAME = 120
# A file of work could hold any number of these; what is not shown stays in it.
_ODD_SHOWN = 100
_FORMS = ("before", "after")
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


def compile_portfolio(progress, banks, forms=None, objectives=None, name="", aside=()):
    """Return the portfolio of a student.

    Parameters: `progress` where the answers are; `banks` the banks of the lessons in order; `forms` a dict
    with the banks of the tests `before` and `after`; `objectives` a dict from a number to what these tests
    call it; `name` of the student, where they give one; `aside` the ids of questions of lessons that were
    left out of the course, whose answers are kept and not shown.
    """
    banks, forms = list(banks), dict(forms or {})
    asked = [item for bank in (*banks, *forms.values()) for item in bank.items]
    works, odd = collect_records(progress.events(), asked)
    ours = [work for bank in banks for work in _of(bank, works)]
    name = " ".join(str(name).split())[:_LONGEST_NAME]
    blocks = _summary(banks, works)
    if any(work.begun for work in works.values()):
        blocks += [*_brief(works), *_tests(forms, works, objectives or {})]
        blocks += _forecasts(works, forecasts.outcomes_opened_at(progress))
        for bank in banks:
            blocks += _lesson(bank, _of(bank, works))
    blocks += _odd([one for one in odd if one.item not in aside])
    if kept := sum(one.item in aside for one in odd):
        blocks.append(Paragraph(say("portfolio.left_out", n=kept), quiet=True))
    blocks += _sources([work for work in works.values() if work.answered])
    heading = say("portfolio.title", course=isolate(_TITLE))
    document = Document(
        say("portfolio.title_of", name=isolate(printable(name)), course=isolate(_TITLE)) if name else heading,
        heading,
        _facts(name, works.values()),
        blocks,
        _closing(),
        frame=language_attributes(),
    )
    return Portfolio(document, sum(work.answered for work in ours), len(ours))


def _of(bank, works):
    return [works[item.id] for item in bank.items]


def _facts(name, works):
    from course_lib import __version__

    days = sorted(one for work in works for one in (work.first_day, work.day) if one)
    facts = [
        (say("portfolio.facts.name"), [StudentText(name)] if name else ""),
        (say("portfolio.facts.handed_in"), ""),
    ]
    if days:
        first, last = long_date(days[0]), long_date(days[-1])
        span = first if first == last else say("portfolio.facts.span", first=first, last=last)
        facts.append((say("portfolio.facts.answers"), span))
    as_of = long_date(evidence.table("claims").attrs["as_of"])
    version = say("portfolio.facts.version", version=__version__, day=as_of)
    return [*facts, (say("portfolio.facts.course"), version)]


def _summary(banks, works):
    table = []
    for bank in banks:
        done = [work for work in _of(bank, works) if work.answered]
        marked = [work for work in done if work.state != "kept"]
        firsts = sum(work.first == "right" for work in marked)
        lasts = sum(work.state == "right" for work in marked)
        table.append((bank, len(bank.items), len(done), len(marked), firsts, lasts))
    total, done, marked, firsts, lasts = (sum(row[at] for row in table) for at in range(1, 6))
    heading = Heading(2, say("portfolio.summary.heading"), "summary")
    if not done:
        begun = any(work.begun for work in works.values())
        told = say("portfolio.summary.unchecked") if begun else say("portfolio.summary.empty")
        return [heading, Paragraph(f"{told} {say('portfolio.summary.size', lessons=len(banks), n=total)}")]
    told = [say("portfolio.summary.answered", answered=done, n=total)]
    if marked:
        told.append(say("portfolio.summary.marked", n=marked, firsts=firsts, lasts=lasts))
    told.append(say("portfolio.summary.kept"))
    head = [
        say("portfolio.summary.head.lesson"),
        say("portfolio.summary.head.questions"),
        say("portfolio.summary.head.answered"),
        say("portfolio.summary.head.marked"),
        say("portfolio.summary.head.right_first"),
        say("portfolio.summary.head.right_last"),
    ]
    rows = [[isolate(_named(bank)), *map(str, counts)] for bank, *counts in table]
    sums = [say("portfolio.summary.all"), *map(str, (total, done, marked, firsts, lasts))]
    left = [isolate(_named(bank)) for bank, _, answered, *_ in table if not answered]
    blocks = [
        heading,
        Paragraph(" ".join(told)),
        Table(say("portfolio.summary.caption"), head, [*rows, sums], wide=True),
        DocumentFigure(_progress_figure(table), say("portfolio.summary.figure")),
    ]
    if left:
        blocks.append(Paragraph(say("portfolio.summary.left", lessons="; ".join(left)), quiet=True))
    return blocks


def _named(bank):
    number = course.lesson_number(bank.lesson)
    return f"{f'{number:02}' if number else bank.lesson[:2]} {bank.title}"


def _progress_figure(table):
    import pandas as pd

    from course_lib import charts

    rows = [(_named(bank), done, right, total) for bank, total, done, _, _, right in table]
    return charts.course_progress(pd.DataFrame(rows, columns=["lesson", "answered", "right", "questions"]))


def _brief(works):
    parts = sorted(
        (work for work in works.values() if work.item.role in BRIEF),
        key=lambda work: BRIEF.index(work.item.role),
    )
    if not parts:
        return []
    blocks: list[Heading | Lines | Paragraph | Quote] = [Heading(2, say("portfolio.brief.heading"), "brief")]
    if not any(work.begun for work in parts):
        lesson = course.lesson_number_of(parts[0].item.id)
        return [*blocks, Paragraph(say("portfolio.brief.nothing", lesson=lesson))]
    for work in parts:
        blocks.append(Heading(3, say(f"portfolio.brief.part.{work.item.role.removeprefix('brief_')}")))
        if isinstance(work.item, items.Text):
            blocks += answers.text_blocks(work)
        else:
            blocks.append(Paragraph(answers.answer_in_words(work)))
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
            told = say("portfolio.tests.right", right=right, n=len(theirs), left=len(theirs) - len(done))
            named = say(f"portfolio.tests.form.{name}")
            blocks += [Heading(3, named), Paragraph(told), *answers.check_blocks(done)]
    if not taken:
        return []
    heading = Heading(2, say("portfolio.tests.heading"), "tests")
    return [heading, *_objectives(taken, objectives), *blocks]


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
        [
            isolate(objective),
            *(say("portfolio.tests.not_taken") if one != one else f"{one:.0%}" for one in parts),
        ]
        for objective, *parts in scores.itertuples(index=False)
    ]
    head = [say("portfolio.tests.objective"), say("portfolio.tests.before"), say("portfolio.tests.after")]
    return [
        Table(say("portfolio.tests.caption"), head, body),
        DocumentFigure(charts.before_and_after(scores), say("portfolio.tests.figure")),
    ]


def _share(works, objective):
    marks = [work.first == "right" for work in works if work.item.objective == objective]
    return sum(marks) / len(marks) if marks else None


def _forecasts(works, opened):
    """Return the lodged forecasts, with what happened where the student has opened that (`opened`)."""
    questions = {row.id: _of_table(row) for row in evidence.table("forecasts").itertuples()}
    asked = {
        _number(work): work
        for work in works.values()
        if isinstance(work.item, items.Probability) and _number(work) in questions
    }
    if not asked:
        return []
    said = {name: work for name, work in asked.items() if work.answered}
    if said:
        told = say("portfolio.forecasts.count", n=len(said), total=len(asked))
    else:
        told = say("portfolio.forecasts.none", n=len(asked))
    # A course without the question that opens them has nothing to open.
    opening = forecasts.outcomes_question()
    closed = opening is not None and opening.id in works and not opened
    if opening is not None and closed:
        when = say("portfolio.forecasts.closed", lesson=course.lesson_number_of(opening.id))
    else:
        when = say("portfolio.forecasts.open")
    blocks = [Heading(2, say("portfolio.forecasts.heading"), "forecasts"), Paragraph(f"{told} {when}")]
    if said and closed:
        rows = [[questions[name], answers.lodged_forecast(work)] for name, work in said.items()]
        head = [say("portfolio.forecasts.question"), say("portfolio.forecasts.you_said")]
        blocks.append(Table(say("portfolio.forecasts.lodged"), head, rows, first=60))
    elif said:
        blocks += _with_outcomes(said, opened)
    if said and len(said) < len(asked):
        left = [name for name in asked if name not in said]
        blocks.append(Heading(3, say("portfolio.forecasts.not_lodged")))
        blocks.append(Lines([answers.open_forecast(asked[name], questions[name]) for name in left]))
    return blocks


def _of_table(row):
    return isolate(f"{row.id} {row.question}")


def _number(work):
    return work.item.id.split("-", 1)[-1]


def _with_outcomes(said, opened):
    from course_lib import charts

    rows = _scored(said, opened)
    errors = (rows["probability"] - rows["outcome"].map({"yes": 1.0, "no": 0.0})) ** 2
    body = []
    for row, error in zip(rows.itertuples(), errors, strict=True):
        if row.late:
            score = say("portfolio.forecasts.late")
        else:
            score = say("portfolio.forecasts.score", score=f"{error:.2f}")
        happened = say(f"portfolio.forecasts.outcome.{row.outcome}")
        cited = [part for key in row.source_keys for part in (_cited(key), " · ")][:-1]
        body.append(
            [
                _of_table(row),
                answers.lodged_forecast(said[row.id]),
                Lines([happened, *([score] if row.late or error == error else [])], kind="plain"),
                Lines([isolate(row.evidence), *([cited] if cited else [])], kind="plain"),
            ]
        )
    head = [
        say("portfolio.forecasts.question"),
        say("portfolio.forecasts.you_said"),
        say("portfolio.forecasts.happened"),
        say("portfolio.forecasts.evidence"),
    ]
    blocks = [*_scores(rows), Table(say("portfolio.forecasts.with_outcomes"), head, body, wide=True)]
    if rows["probability"].notna().any():
        figure = charts.forecasts_scored(rows.dropna(subset=["probability"]))
        blocks.append(DocumentFigure(figure, say("portfolio.forecasts.figure")))
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
    return forecasts.forecasts_with_outcomes(mine, questions[kept[0]], outcomes[kept[1]])


def _scores(rows):
    from course_lib import charts

    rows = rows[rows["outcome"].isin(["yes", "no"]) & rows["probability"].notna()]
    if rows.empty:
        return [Paragraph(say("portfolio.scores.nothing"))]
    said, happened = rows["probability"], (rows["outcome"] == "yes").astype(int)
    n, rate = len(rows), float(happened.mean())
    brier, surprise = float(forecast.brier(said, happened)), float(forecast.log_score(said, happened))
    lost = rows["id"][(said - happened).abs() == 1]
    log = [f"{surprise:.3f}", say("portfolio.scores.log_read")]
    if len(lost):
        log = [
            say("portfolio.scores.infinite"),
            say("portfolio.scores.lost", forecasts=", ".join(map(isolate, lost))),
        ]
    try:
        base = [f"{forecast.skill(brier, rate * (1 - rate)):+.2f}"]
        base.append(say("portfolio.scores.base_read", rate=f"{rate:.0%}"))
    except MethodError:
        base = [say("portfolio.scores.no_base"), say("portfolio.scores.alike")]
    coin = f"{forecast.skill(brier, 0.25):+.2f}"
    body = [
        [say("portfolio.scores.brier"), f"{brier:.3f}", say("portfolio.scores.brier_read")],
        [say("portfolio.scores.log"), *log],
        [say("portfolio.scores.coin"), coin, say("portfolio.scores.coin_read")],
        [say("portfolio.scores.base"), *base],
    ]
    head = [say("portfolio.scores.score"), say("portfolio.scores.yours"), say("portfolio.scores.how_to_read")]
    blocks = [
        Table(say("portfolio.scores.caption", n=n), head, body),
        Paragraph(say("portfolio.scores.luck", n=n)),
    ]
    if n < ENOUGH:
        return [*blocks, Paragraph(say("portfolio.scores.too_few", least=ENOUGH, n=n), quiet=True)]
    return [*blocks, DocumentFigure(charts.calibration(rows), say("portfolio.scores.figure"))]


def _lesson(bank, works):
    works = [work for work in works if work.begun and work.item.role not in BRIEF]
    if not works:
        return []
    number = course.lesson_number(bank.lesson)
    forecasts = set(evidence.table("forecasts")["id"])
    texts, codings, short = [], [], []
    for work in works:
        match work.item:
            case items.Text():
                texts += [Heading(4, answers.question_text(work.item)), *answers.text_blocks(work)]
            case items.Grid() | items.Matrix() | items.Match() | items.Order():
                codings += [Heading(4, answers.question_text(work.item)), *answers.coding_blocks(work)]
            case items.Probability() if _number(work) in forecasts:
                pass
            case _:
                short.append(work)
    title = [CourseText(bank.title)]
    if number:
        title = insert_part(say("portfolio.lesson.heading", number=number, title=HERE), title)
    blocks = [Heading(2, title, f"lesson-{bank.lesson[:2]}"), Paragraph([CourseText(bank.question)])]
    parts = {
        say("portfolio.lesson.texts"): texts,
        say("portfolio.lesson.codings"): codings,
        say("portfolio.lesson.checks"): answers.check_blocks(short),
    }
    for words, part in parts.items():
        blocks += [Heading(3, words), *part] if part else []
    if not any(parts.values()):
        blocks.append(Paragraph(say("portfolio.lesson.forecasts")))
    return blocks


def _odd(odd):
    if not odd:
        return []
    blocks = [
        Heading(2, say("portfolio.odd.heading"), "odd"),
        Paragraph(say("portfolio.odd.told")),
    ]
    for one in odd[:_ODD_SHOWN]:
        if one.day:
            told = say("portfolio.odd.dated", item=HERE, day=long_date(one.day), why=one.why)
        else:
            told = say("portfolio.odd.undated", item=HERE, why=one.why)
        blocks.append(Paragraph(insert_part(told, StudentText(one.item[:_LONGEST_NAME])), quiet=True))
        blocks.append(Quote(one.text[: items.LONGEST_ANSWER]))
        if (more := len(one.text) - items.LONGEST_ANSWER) > 0:
            blocks.append(Paragraph(say("portfolio.odd.longer", n=more), quiet=True))
    if len(odd) > _ODD_SHOWN:
        blocks.append(Paragraph(say("portfolio.odd.more", n=len(odd) - _ODD_SHOWN)))
    return blocks


def _sources(works):
    keys = {key for work in works for key in work.item.sources}
    keys |= {key for work in works for _, key in items.SOURCE_LINK.findall(work.item.stem)}
    listed = evidence.sources(sorted(keys & evidence.registered_keys())).listed
    if not listed:
        return []
    lines = []
    for one in listed:
        title = isolate(one.title)
        lines.append(insert_part(one.full(HERE), Link(title, one.url) if one.url else title))
    return [
        Heading(2, say("portfolio.sources.heading"), "sources"),
        Paragraph(say("portfolio.sources.told")),
        Lines(lines, kind="sources"),
    ]


def _cited(key):
    one = evidence.source(key)
    return Link(one.short, one.url) if one.url else one.short


def _closing():
    licence = Link(isolate("CC BY 4.0"), _LICENCE)
    return [
        say("portfolio.closing.made"),
        insert_part(say("portfolio.closing.licence", licence=HERE), licence),
    ]
