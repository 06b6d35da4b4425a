"""What every format shows of a question: its stem, and the feedback that does not hang on an answer."""

from markupsafe import Markup

from course_lib import items
from course_lib.dates import english_date
from course_lib.instructor.export.exported_question import ExportedQuestion
from course_lib.instructor.export.texts import decimal_text, list_html


def stem_html(question: ExportedQuestion) -> Markup:
    """Return the stem, with what has to be said of the answer: unit, how exact, bounds, day.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders.

    Returns
    -------
    Markup
        Paragraphs.
    """
    parts = [question.html(question.item.stem, "stem")]
    match question.item:
        case items.Number() as item:
            if item.unit:
                unit = question.line(item.unit, "unit")
                parts.append(Markup("<p>Unit of the answer: {}</p>").format(unit))
            if item.decimals is not None:
                parts.append(Markup("<p>{}</p>").format(_exactness(item.decimals)))
            if item.bounds:
                low, high = map(decimal_text, item.bounds)
                parts.append(Markup("<p>A number from {} to {}.</p>").format(low, high))
        case items.Probability() as item:
            day = english_date(item.resolves.isoformat())
            parts.append(Markup("<p>In percent, from 0 to 100. The question resolves on {}.</p>").format(day))
        case items.Text() as item:
            if item.minimum > 1:
                parts.append(Markup("<p>At least {} words.</p>").format(item.minimum))
        case items.Single() | items.Multiple() | items.Word():
            pass
        case items.Grid() | items.Matrix() | items.Match() | items.Order():
            pass
    return Markup("").join(parts)


def _exactness(decimals: int) -> str:
    if not decimals:
        return "Give a whole number."
    return f"Give it to {decimals} decimal place{'s' if decimals > 1 else ''}."


def general_feedback(question: ExportedQuestion, more: Markup | None = None) -> Markup:
    """Return the feedback for every answer: more of the format's own, the explanation, and the sources.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders; its sources are those named or linked in what it rendered so far.
    more : Markup, optional
        What has no other place in the format.

    Returns
    -------
    Markup
        Blocks; for a text its model answers and its rubric too.
    """
    item = question.item
    parts = [more] if more else []
    if isinstance(item, items.Text):
        parts.append(model_answers(question, item))
    if item.explain:
        parts.append(question.html(item.explain, "explain"))
    return Markup("").join([*parts, question.source_list()])


def model_answers(question: ExportedQuestion, item: items.Text) -> Markup:
    """Return model answers and rubric of a text.

    Parameters
    ----------
    question : ExportedQuestion
        The question, which renders.
    item : Text
        What it asks.

    Returns
    -------
    Markup
        Blocks.
    """
    parts = [Markup("<p><strong>One possible answer.</strong></p>"), question.html(item.model, "model")]
    if item.other:
        parts.append(Markup("<p><strong>Another, which comes to something else.</strong></p>"))
        parts.append(question.html(item.other, "other"))
    if item.rubric:
        parts.append(Markup("<p><strong>Check yours against this list.</strong></p>"))
        parts.append(list_html(question.line(line, "rubric") for line in item.rubric))
    return Markup("").join(parts)
