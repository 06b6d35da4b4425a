"""The portfolio: everything a student made of the course, as one page and as Markdown.

Nothing is told of what is not answered: no key, and no outcome of a forecast that was not lodged.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from markupsafe import Markup

from course_lib import evidence, items
from course_lib.dates import long_date
from course_lib.items import Bank
from course_lib.markup import language_attributes
from course_lib.messages import isolate, say
from course_lib.reports.blocks import (
    HERE,
    Block,
    Heading,
    Lines,
    Link,
    Paragraph,
    Quote,
    StudentText,
    Words,
    insert_part,
)
from course_lib.reports.document import Document
from course_lib.reports.forecasts_part import forecast_blocks
from course_lib.reports.forms_part import form_blocks
from course_lib.reports.lessons_part import brief_blocks, lesson_blocks
from course_lib.reports.markdown_writer import Markdown
from course_lib.reports.own_part import own_blocks, own_summary
from course_lib.reports.plain_text import printable
from course_lib.reports.summary_part import bank_records, summary_blocks
from course_lib.student import forecasts
from course_lib.student.own_files import collect_own
from course_lib.student.progress import Progress
from course_lib.student.records import QuestionRecord, UnmatchedAnswer, collect_records

_TITLE = "Reading a News Story with Evidence"
_LONGEST_NAME = 120
# A file of work could hold any number of these; what is not shown stays in it.
_UNMATCHED_SHOWN = 100
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class Portfolio:
    """A student's work, ready to be written; `compile_portfolio` makes it.

    Parameters
    ----------
    document : Document
        What is written.
    answered : int
        How many questions of the lessons were answered.
    questions : int
        How many questions the lessons have.
    own : str, optional
        A sentence on questions in files of one's own, which are counted beside those.
    """

    def __init__(self, document: Document, answered: int, questions: int, own: str = "") -> None:
        self._document = document
        self.answered = answered
        self.questions = questions
        self.own = own

    def html(self) -> Markup:
        """Return one HTML page that needs no other file and no network.

        Returns
        -------
        Markup
            The whole file.
        """
        return self._document.html()

    def markdown(self) -> Markdown:
        """Return the same as Markdown; pictures are told by their alternative text.

        Returns
        -------
        Markdown
            The whole file.
        """
        return self._document.markdown()

    def __repr__(self) -> str:
        return f"<Portfolio: {self.answered} of {self.questions} questions answered>"


def compile_portfolio(
    progress: Progress,
    banks: Iterable[Bank],
    forms: Mapping[str, Bank] | None = None,
    objectives: Mapping[int, str] | None = None,
    name: str = "",
    aside: Collection[str] = (),
) -> Portfolio:
    """Return the portfolio of a student.

    Parameters
    ----------
    progress : Progress
        Where the answers are.
    banks : Iterable[Bank]
        Of the lessons in order.
    forms : Mapping[str, Bank], optional
        The banks of the tests, by their names ``before`` and ``after``.
    objectives : Mapping[int, str], optional
        What these tests ask for, by its number.
    name : str, optional
        Of the student, where they give one.
    aside : Collection[str], optional
        The ids of questions of lessons that were left out of the course, whose answers are kept and not
        shown.

    Returns
    -------
    Portfolio
        Ready to be written.

    Raises
    ------
    ProgressError
        Where the answers cannot be read.
    """
    banks, forms = list(banks), forms or {}
    questions = [item for bank in (*banks, *forms.values()) for item in bank.items]
    own_files, events, unfit = collect_own(progress.events())
    records, unmatched = collect_records(events, questions)
    unmatched += unfit
    own_records = [record for file in own_files for record in file.records]
    of_lessons = [record for bank in banks for record in bank_records(bank, records)]
    name = " ".join(str(name).split())[:_LONGEST_NAME]
    blocks = summary_blocks(banks, records, own_files)
    if any(record.is_begun for record in records.values()):
        blocks += [*brief_blocks(records), *form_blocks(forms, records, objectives or {})]
        blocks += forecast_blocks(records, forecasts.outcomes_opened_at(progress))
        for bank in banks:
            blocks += lesson_blocks(bank, bank_records(bank, records))
    blocks += own_blocks(own_files)
    blocks += unmatched_blocks([answer for answer in unmatched if answer.item not in aside])
    if left_out := sum(answer.item in aside for answer in unmatched):
        blocks.append(Paragraph(say("portfolio.left_out", n=left_out), quiet=True))
    blocks += _source_blocks([record for record in (*records.values(), *own_records) if record.answered])
    heading = title = say("portfolio.title", course=isolate(_TITLE))
    if name:
        title = say("portfolio.title_of", name=isolate(printable(name)), course=isolate(_TITLE))
    document = Document(
        title,
        heading,
        _facts(name, [*records.values(), *own_records]),
        blocks,
        _closing(),
        frame=language_attributes(),
    )
    answered = sum(record.answered for record in of_lessons)
    return Portfolio(document, answered, len(of_lessons), own_summary(own_files))


def _facts(name: str, records: Iterable[QuestionRecord]) -> list[tuple[str, Words]]:
    from course_lib import __version__

    days = sorted(day for record in records for day in (record.first_day, record.day) if day)
    facts: list[tuple[str, Words]] = [
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


def unmatched_blocks(unmatched: Sequence[UnmatchedAnswer]) -> list[Block]:
    """Return the answers that fit no question of this version of the course, as they were given.

    Parameters
    ----------
    unmatched : Sequence[UnmatchedAnswer]
        The answers.

    Returns
    -------
    list of Block
        Empty where there are none.
    """
    if not unmatched:
        return []
    blocks: list[Block] = [
        Heading(2, say("portfolio.odd.heading"), "odd"),
        Paragraph(say("portfolio.odd.told")),
    ]
    for answer in unmatched[:_UNMATCHED_SHOWN]:
        if answer.day:
            why = say("portfolio.odd.dated", item=HERE, day=long_date(answer.day), why=answer.why)
        else:
            why = say("portfolio.odd.undated", item=HERE, why=answer.why)
        blocks.append(Paragraph(insert_part(why, StudentText(answer.item[:_LONGEST_NAME])), quiet=True))
        blocks.append(Quote(answer.text[: items.LONGEST_ANSWER]))
        if (more := len(answer.text) - items.LONGEST_ANSWER) > 0:
            blocks.append(Paragraph(say("portfolio.odd.longer", n=more), quiet=True))
    if len(unmatched) > _UNMATCHED_SHOWN:
        blocks.append(Paragraph(say("portfolio.odd.more", n=len(unmatched) - _UNMATCHED_SHOWN)))
    return blocks


def _source_blocks(records: Iterable[QuestionRecord]) -> list[Block]:
    """Return the sources that answered questions name or link to."""
    keys: set[str] = set()
    for record in records:
        keys.update(record.item.sources)
        keys.update(key for _, key in items.SOURCE_LINK.findall(record.item.stem))
    sources = evidence.sources(sorted(keys & evidence.registered_keys())).listed
    if not sources:
        return []
    lines: list[Words] = []
    for source in sources:
        title = isolate(source.title)
        lines.append(insert_part(source.full(HERE), Link(title, source.url) if source.url else title))
    return [
        Heading(2, say("portfolio.sources.heading"), "sources"),
        Paragraph(say("portfolio.sources.told")),
        Lines(lines, kind="sources"),
    ]


def _closing() -> list[Words]:
    licence = Link(isolate("CC BY 4.0"), _LICENCE)
    return [
        say("portfolio.closing.made"),
        insert_part(say("portfolio.closing.licence", licence=HERE), licence),
    ]
