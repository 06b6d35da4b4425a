"""Questions before they are answered: what a page is sent of each, and all of them where there is no page.

A page gets what `items.public_view` lets through and nothing else.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

import msgspec
from markupsafe import Markup

from course_lib import items
from course_lib.errors import ItemError, nearest
from course_lib.html.markdown import render_markdown
from course_lib.items import FigureSpec, Item, PublicRow
from course_lib.markup import language_attributes, lesson_block, lesson_html, lesson_text, say_html
from course_lib.widgets import page_types
from course_lib.widgets.page_types import Question

# Seen only where no widget has come after a second, so that nothing flickers where one does.
_LATE = Markup(
    "<style>@keyframes cq-late { from, to { max-height: 0; overflow: hidden; visibility: hidden } } "
    ".cq-fallback { animation: cq-late 1s }</style>"
)


class _Head(TypedDict):
    """What questions of every type have."""

    id: str
    stem: Markup
    more: Markup
    hints: int
    graded: bool
    sure: int


def shown_question(item: Item, until: str | date | None = None) -> Question:
    """Return what a page is sent of a question before it is answered.

    Parameters
    ----------
    item : Item
        The question.
    until : str or date, optional
        The information horizon of its figure, an ISO day or a `date`.

    Returns
    -------
    Question
        The struct for its type.

    Raises
    ------
    ItemError
        Where it names a figure that does not exist.
    """
    view = items.public_view(item)
    # The first paragraph names the group of inputs; tables and further text stand under it.
    first, _, rest = view["stem"].strip().partition("\n\n")
    more = render_markdown(rest) if rest else page_types.EMPTY
    head = _Head(
        id=view["id"],
        stem=render_markdown(first, inline=True),
        more=_figure(item.figure, until) + more if item.figure else more,
        hints=view["hints"],
        graded=view["graded"],
        sure=len(items.SURE) if view["confidence"] else 0,
    )
    match item:
        case items.Single():
            return page_types.ShownSingle(**head, options=_inline(view["options"]))
        case items.Multiple():
            return page_types.ShownMultiple(**head, options=_inline(view["options"]))
        case items.Number():
            return page_types.ShownNumber(**head, unit=view["unit"], decimals=view["decimals"])
        case items.Word():
            return page_types.ShownWord(**head)
        case items.Grid():
            return page_types.ShownGrid(**head, choices=view["choices"], rows=_rows(view["rows"]))
        case items.Matrix():
            return page_types.ShownMatrix(
                **head, choices=view["choices"], columns=view["columns"], rows=_rows(view["rows"])
            )
        case items.Match():
            return page_types.ShownMatch(**head, choices=view["choices"], rows=_rows(view["rows"]))
        case items.Order():
            return page_types.ShownOrder(**head, options=_inline(view["options"]))
        case items.Probability():
            return page_types.ShownProbability(**head)
        case items.Text():
            return page_types.ShownText(**head, minimum=view["minimum"], lines=view["lines"])


def shuffle_questions(questions: Sequence[Question], seed: str) -> list[Question]:
    """Return questions in an order that depends on a seed alone, each with an order for its options.

    Parameters
    ----------
    questions : sequence of Question
        In the order of the bank.
    seed : str
        What stands for a student's beginning of a test.

    Returns
    -------
    list of Question
        The same questions.
    """
    draw = random.Random(seed)  # noqa: S311 - an order, not a secret
    shuffled: list[Question] = []
    for question in questions:
        if isinstance(question, page_types.ShownSingle | page_types.ShownMultiple):
            places = draw.sample(range(len(question.options)), len(question.options))
            shuffled.append(msgspec.structs.replace(question, order=places))
        else:
            shuffled.append(question)
    return draw.sample(shuffled, len(shuffled))


def order_options(questions: Iterable[Question], orders: Mapping[str, Sequence[int]]) -> list[Question]:
    """Return questions with their options in given orders.

    Parameters
    ----------
    questions : iterable of Question
        As a page is sent them.
    orders : mapping of str to sequence of int
        By the id of a question, the places of the first option, the second and so on.

    Returns
    -------
    list of Question
        The same questions.
    """
    return [
        msgspec.structs.replace(question, order=list(orders[question.id]))
        if isinstance(question, page_types.ShownSingle | page_types.ShownMultiple) and question.id in orders
        else question
        for question in questions
    ]


def readable_questions(questions: Iterable[Question]) -> Markup:
    """Return questions as HTML that needs neither Python nor JavaScript.

    Parameters
    ----------
    questions : iterable of Question
        In the order in which they are to be read.

    Returns
    -------
    Markup
        A list, under a sentence that says how to answer.
    """
    listed = Markup("").join(map(_readable, questions))
    return Markup("{}<div class='cq-fallback' {}><p>{}</p><ol>{}</ol></div>").format(
        _LATE, language_attributes(), say_html("quiz.to_answer"), listed
    )


def _figure(figure: FigureSpec, until: str | date | None) -> Markup:
    from course_lib import charts, evidence

    if figure.chart not in charts.__all__:
        raise ItemError(nearest(figure.chart, charts.__all__, "figure"))
    tables = (evidence.table(name, until) for name in figure.tables)
    drawn = getattr(charts, figure.chart)(*tables)
    return Markup(drawn._repr_html_())  # noqa: S704 - HTML, by the name of the method


def _inline(texts: Iterable[str]) -> list[Markup]:
    return [render_markdown(text, inline=True) for text in texts]


def _rows(rows: Iterable[PublicRow]) -> list[page_types.ShownRow]:
    return [page_types.ShownRow(render_markdown(row["text"], inline=True), row["ref"]) for row in rows]


def _readable(question: Question) -> Markup:
    parts = [Markup("<p>{}</p>{}").format(lesson_html(question.stem), lesson_block(question.more))]
    match question:
        case page_types.ShownSingle() | page_types.ShownMultiple():
            order = question.order or range(len(question.options))
            parts.append(_list(question.options[place] for place in order))
        case page_types.ShownOrder():
            parts.append(_list(question.options))
        case page_types.ShownMatrix():
            columns, choices = (
                lesson_text(", ".join(names)) for names in (question.columns, question.choices)
            )
            parts.append(_paragraph(say_html("quiz.for_each_under", columns=columns, choices=choices)))
            parts.append(_list(row.text for row in question.rows))
        case page_types.ShownGrid() | page_types.ShownMatch():
            choices = lesson_text(", ".join(question.choices))
            parts.append(_paragraph(say_html("quiz.for_each", choices=choices)))
            parts.append(_list(row.text for row in question.rows))
        case (
            page_types.ShownNumber()
            | page_types.ShownWord()
            | page_types.ShownProbability()
            | page_types.ShownText()
        ):
            pass
    return Markup("<li>{}</li>").format(Markup("").join(parts))


def _paragraph(sentence: Markup) -> Markup:
    return Markup("<p>{}</p>").format(sentence)


def _list(texts: Iterable[Markup]) -> Markup:
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(lesson_html(text)) for text in texts)
    )
