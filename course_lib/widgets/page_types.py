"""What Python and a page send each other, as structs; `course tidy` writes a page's types from them.

What is empty is not sent: a field with a default may be missing, and the page knows what stands in for it.
Before an answer a page is sent nothing of a question but what its struct here has a field for. A field that
is `Markup` is HTML, which the page puts in as it is; all others are text.
"""

from typing import Literal, TypeVar

import msgspec
from markupsafe import Markup
from msgspec import UNSET, Struct, UnsetType

from course_lib.items import Answer, State
from course_lib.languages import Operand

Kind = TypeVar("Kind", bound=Struct)
# No HTML. msgspec leaves out a default that is the same object, not one that is equal.
EMPTY = Markup("")

Mode = Literal["practice", "end", "survey", "test"]
ControlValue = bool | int | float | str


class PluralRelation(Struct, omit_defaults=True):
    """A condition on a number, as `languages.Relation` has it."""

    operand: Operand
    ranges: list[list[int]]
    modulus: int = 0
    negated: bool = False


class Catalogue(Struct):
    """What a page says: the messages of a bundle, their language, and that of the lessons if another.

    `plural` has, for each form that a number can take but the last, alternatives of conditions.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    lessons: str | None
    plural: dict[str, list[list[PluralRelation]]]
    messages: dict[str, str | dict[str, str]]


class ShownRow(Struct, omit_defaults=True):
    """A row of a question: its text as HTML, and what it is called."""

    text: Markup
    ref: str = ""


class _Shown(Struct, omit_defaults=True, kw_only=True, tag_field="type"):
    """What questions of every type have before they are answered: `Question` is one of a particular type.

    `hints` is how many there are, `sure` how many degrees of sureness a student can choose among.
    """

    id: str
    stem: Markup
    more: Markup = EMPTY
    hints: int = 0
    graded: bool = False
    sure: int = 0


class _ShownOptions(_Shown):
    """What questions with options have: these as HTML, and the places of the first, the second and so on."""

    options: list[Markup]
    order: list[int] | UnsetType = UNSET


class ShownSingle(_ShownOptions, tag="single"):
    """One of some options."""


class ShownMultiple(_ShownOptions, tag="multiple"):
    """As many of some options as are right."""


class ShownNumber(_Shown, tag="number"):
    """A number, with its unit, and to how many decimals it is asked where that is told."""

    unit: str = ""
    decimals: int | None = None


class ShownWord(_Shown, tag="word"):
    """A word or a few."""


class ShownGrid(_Shown, tag="grid"):
    """One of the choices for each row."""

    choices: list[str]
    rows: list[ShownRow]


class ShownMatrix(_Shown, tag="matrix"):
    """One of the choices for each row under each column."""

    choices: list[str]
    columns: list[str]
    rows: list[ShownRow]


class ShownMatch(_Shown, tag="match"):
    """What belongs to each row."""

    choices: list[str]
    rows: list[ShownRow]


class ShownOrder(_Shown, tag="order"):
    """Steps as HTML, mixed."""

    options: list[Markup]


class ShownProbability(_Shown, tag="probability"):
    """A probability in percent."""


class ShownText(_Shown, tag="text"):
    """A text of at least so many words, in a field of so many lines."""

    minimum: int
    lines: int


Question = (
    ShownSingle
    | ShownMultiple
    | ShownNumber
    | ShownWord
    | ShownGrid
    | ShownMatrix
    | ShownMatch
    | ShownOrder
    | ShownProbability
    | ShownText
)


class ShownNote(Struct):
    """A note on an answer as HTML: on the whole item, or on an option, row or step (`row:2`)."""

    where: str
    right: bool | None
    html: Markup


class ReadingChoice(Struct, omit_defaults=True):
    """One of the numbers that a typed text can mean: what is written into the field for it, and its label.

    `value` is the answer that the text then is, where it is not the text itself.
    """

    text: str
    label: str
    value: float | None = None


class ShownReading(Struct, omit_defaults=True):
    """What was read of the text `of`, as a sentence beside the field, and the choice where it can be two.

    `value` is the answer that was read, where that is a number; `of` is empty for what was no text.
    """

    says: str
    of: str = ""
    value: float | None = None
    choices: list[ReadingChoice] = []


class Entry(Struct):
    """What became of a question: the answer that stands in the form, the graded one, and its notes.

    `reading` what was read of a number that stands in the form; of a forecast the answer may be a text, which
    is not lodged before its reading was seen.
    `tell` whether the student may ask for the answer; `echo` the name of the message that this replies to.
    """

    answer: Answer = None
    graded: Answer = None
    state: State | None = None
    attempt: int = 0
    notes: list[ShownNote] = []
    hints: list[Markup] = []
    sure: int | None = None
    locked: bool = False
    revealed: Markup = EMPTY
    problem: str = ""
    tell: bool = False
    reading: ShownReading | None = None
    echo: str | None = None


class Stamp(Struct):
    """Which page sent a message, as its how many-th, and the name under which it is replied to."""

    page: str
    turn: int
    id: str


class FormState(Struct):
    """What stands in the form of a question: the answer, and how sure the student is of it."""

    answer: Answer
    sure: int | None


class QuizMessage(Struct):
    """What a student does with one question."""

    kind: Literal["draft", "answer", "hint", "reveal"]
    item: str
    answer: Answer
    sure: int | None
    page: str
    turn: int
    id: str


class FinishMessage(Struct, tag_field="kind", tag="finish"):
    """All questions of a group, to be graded or kept together."""

    answers: dict[str, Answer]
    sure: dict[str, int | None]
    page: str
    turn: int
    id: str


class ShownSlider(Struct, tag_field="kind", tag="slider", omit_defaults=True):
    """A number between two ends; with texts it counts through them and shows the text."""

    name: str
    label: str
    value: float
    low: float
    high: float
    step: float
    texts: list[str] = []


class ShownChoice(Struct, tag_field="kind", tag="choice", omit_defaults=True):
    """One of some texts, by its place; `named` are the places of those in the language of the lessons."""

    name: str
    label: str
    value: int
    texts: list[str]
    named: list[int] = []


class ShownSwitch(Struct, tag_field="kind", tag="switch"):
    """Something that is on or off."""

    name: str
    label: str
    value: bool


class ShownSearch(Struct, tag_field="kind", tag="search"):
    """A text to look for."""

    name: str
    label: str
    value: str


Control = ShownSlider | ShownChoice | ShownSwitch | ShownSearch


class ShownExplorer(Struct):
    """What is explored, the controls, and the words above the table that can be folded out."""

    title: str
    controls: list[Control]
    numbers: str


class PictureText(Struct, frozen=True, omit_defaults=True):
    """What is said of a picture: alternative text, caption and table as HTML, or why it cannot be drawn.

    `ours` whether the problem is in the language of the interface; `echo` the step that this replies to.
    """

    alt: str
    caption: Markup | UnsetType = UNSET
    numbers: Markup | UnsetType = UNSET
    problem: str = ""
    ours: bool = False
    echo: str | UnsetType = UNSET


class StepMessage(Struct):
    """What the controls say, whether the table is open, and the name of the step."""

    values: dict[str, ControlValue]
    numbers: bool
    id: str


class DownloadMessage(Struct, tag_field="kind", tag="download"):
    """The student wants all answers as one file."""


class RestoreMessage(Struct, tag_field="kind", tag="restore"):
    """The student brings such a file back."""

    text: str


class WorkFile(Struct, tag_field="kind", tag="file"):
    """The file with all answers."""

    text: str


class PortfolioMessage(Struct, tag_field="kind", tag="portfolio"):
    """The student wants the portfolio in one of its forms, with this name on it."""

    form: Literal["html", "md"]
    name: str = ""


class PortfolioProblem(Struct, tag_field="kind", tag="told"):
    """Why there is no portfolio."""

    text: str


class PortfolioFile(Struct, tag_field="kind", tag="file"):
    """The portfolio: a file, and what is said when it is handed out."""

    name: str
    type: str
    text: str
    told: str


BackupMessage = DownloadMessage | RestoreMessage
PortfolioReply = PortfolioProblem | PortfolioFile

# What a page's types are written from: structs, and by name what is one of several.
UNIONS: dict[str, object] = {
    "Answer": Answer,
    "BackupMessage": BackupMessage,
    "Control": Control,
    "ControlValue": ControlValue,
    "Mode": Mode,
    "PortfolioReply": PortfolioReply,
    "Question": Question,
    "State": State,
}


def encode(value: object) -> object:
    """Return what is sent to a page as JSON can hold it.

    Parameters
    ----------
    value : object
        A struct, or a list or dict of them; a struct here has no other fields than a page knows.

    Returns
    -------
    object
        Dicts, lists, texts and numbers.

    Examples
    --------
    >>> encode(ShownRow(Markup("<b>oven</b>")))
    {'text': '<b>oven</b>'}
    """
    # HTML is a kind of text that msgspec does not know.
    return msgspec.to_builtins(value, enc_hook=str)


def decode(message: object, kind: type[Kind]) -> Kind | None:
    """Return a message of a page as a struct.

    Parameters
    ----------
    message : object
        What was sent, as JSON gives it. Whoever has the page open can write to Python.
    kind : type
        The struct that it should be.

    Returns
    -------
    Struct or None
        None where it is none of this kind.

    Examples
    --------
    >>> decode({"kind": "restore", "text": "{}"}, RestoreMessage)
    RestoreMessage(text='{}')
    >>> decode({"kind": "restore"}, RestoreMessage)
    >>> decode({"text": "{}"}, RestoreMessage)
    """
    tag_field, tag = kind.__struct_config__.tag_field, kind.__struct_config__.tag
    # msgspec asks for a tag only where it chooses among several structs.
    if tag_field and not (isinstance(message, dict) and message.get(tag_field) == tag):
        return None
    try:
        return msgspec.convert(message, kind)
    except msgspec.ValidationError:
        return None
