"""The one widget for everything a student answers: it shows questions, and Python grades the answers.

Every change is kept the moment it is made, so an answer comes back when its cell is run again.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
import traitlets
from markupsafe import Markup

from course_lib import items
from course_lib.dates import long_date
from course_lib.errors import CourseError, ItemError, ProgressError, nearest
from course_lib.items import Item
from course_lib.messages import say
from course_lib.student.progress import Progress
from course_lib.student.question_store import QuestionStore
from course_lib.widgets.base import PackedWidget, input_bundles
from course_lib.widgets.page_types import Entry, FinishMessage, QuizMessage, decode, encode
from course_lib.widgets.pictures import addresses_in_html, with_pictures
from course_lib.widgets.quiz_entries import (
    grade_answer,
    hints_html,
    key_html,
    problem_text,
    restore_entry,
    valid_sure,
)
from course_lib.widgets.quiz_questions import (
    order_options,
    readable_questions,
    shown_question,
    shuffle_questions,
)
from course_lib.widgets.quiz_readings import read_typed_forecast, shown_reading, unseen_problem

MODES = ("practice", "end", "survey", "test")
# What a page may ask for in each mode, beside finishing.
_ALLOWED = {
    "practice": {"draft", "answer", "hint", "reveal"},
    "end": {"draft", "hint", "reveal"},
    "survey": {"draft"},
    "test": {"draft"},
}
# After how many attempts a student may ask for the answer.
TRIES = 2
# What stands in for whatever is not sent; the page knows the same.
_BLANK = Entry()
# So much of a name that a page gives is kept.
_LONGEST_NAME = 40


def _without_blanks(entries: Mapping[str, Entry], _widget: object) -> dict[str, object]:
    """Return entries as a page is sent them: without what is empty, as most is at first."""
    return {
        name: encode(
            {
                field: value
                for field, value in msgspec.structs.asdict(entry).items()
                if value != getattr(_BLANK, field)
            }
        )
        for name, entry in entries.items()
    }


def _as_known(_written: object, widget: "Quiz") -> Mapping[str, Entry]:
    """Return the entries as they are, whatever a page has written in their place."""
    return widget.answers


class Quiz(PackedWidget):
    """A group of questions from a bank, answered in place.

    practice: each question is checked on its own. end: all are checked together, as often as one likes.
    survey: nothing is graded. test: handed in once, feedback comes then, and the answer where it was missed;
    questions and options stand in an order of the student's own that stays the same.

    Parameters
    ----------
    questions : sequence of Item
        The questions, in order.
    progress : Progress, optional
        Where answers are kept; without it nothing is kept, and the widget says so.
    mode : str, default "practice"
        One of `MODES`.
    until : str or date, optional
        The information horizon of figures, an ISO day or a `date`.
    owner : str, optional
        The lesson or the file that asks: a test is handed in for each by itself. The ids of questions of a
        file begin with its key and a ``#``; what was shown of them is kept beside the answers, so that they
        can be told without the file.
    former_ids : mapping of str to str, optional
        From the ids of questions of a file to those that they had in stores kept earlier.
    orders : mapping of str to sequence of int, optional
        By the id of a question an order of its options: the places of the first, the second and so on. A test
        has orders of its own.
    in_file : sequence of Item, optional
        All questions of the file, where only some of them are asked.
    pictures : mapping of str to str, optional
        Pictures of questions, written out, by their addresses: a page does not find files by itself.

    Attributes
    ----------
    questions : list of Question
        What the page is sent of each, in the order in which they are shown.
    answers : dict of str to Entry
        By the id of a question, what became of it.

    Raises
    ------
    ItemError
        For a mode, or a figure of a question, that does not exist.
    """

    answers = traitlets.Dict().tag(sync=True, to_json=_without_blanks, from_json=_as_known)
    mode = traitlets.Unicode("practice").tag(sync=True)

    def __init__(
        self,
        questions: Sequence[Item],
        progress: Progress | None = None,
        mode: str = "practice",
        until: str | date | None = None,
        owner: str = "",
        former_ids: Mapping[str, str] | None = None,
        orders: Mapping[str, Sequence[int]] | None = None,
        in_file: Sequence[Item] = (),
        pictures: Mapping[str, str] | None = None,
    ) -> None:
        if mode not in MODES:
            raise ItemError(nearest(mode, MODES, "mode"))
        self._items = {item.id: item for item in questions}
        self._turns: dict[tuple[str, str], int] = {}
        self._progress = progress
        self._store = QuestionStore(progress, questions, owner, former_ids, in_file)
        self._mode = mode
        self._pictures = addresses_in_html(pictures or {})
        shown = with_pictures([shown_question(item, until) for item in questions], self._pictures)
        self.questions = order_options(shown, orders or {})
        handed_in = False
        if mode == "test":
            self.questions = shuffle_questions(self.questions, self._seed())
            handed_in = self._store.is_handed_in()
        entries = {item.id: restore_entry(item, self._store, mode, handed_in) for item in questions}
        self._store.describe_moved()
        if handed_in:
            entries = self._close(entries)
        self._entries = entries
        super().__init__(
            ["quiz.js", *input_bundles(item.type for item in questions)],
            "quiz.css",
            "page.quiz",
            self.questions,
            mode=mode,
            answers=self._for_page(),
        )
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        count = len(self._items)
        return f"<Quiz: {count} question{'s' if count != 1 else ''}>"

    def _ipython_display_(self) -> None:
        self.display_with(self.fallback())

    def fallback(self) -> Markup:
        """Return the questions as HTML that needs neither Python nor JavaScript.

        Returns
        -------
        Markup
            What is shown where there is no page.
        """
        return readable_questions(self.questions)

    def _publish(self, entries: Mapping[str, Entry]) -> None:
        self._entries = {**self._entries, **entries}
        self.answers = self._for_page()

    def _for_page(self) -> dict[str, Entry]:
        # A page can write to what it is sent, so that what counts is kept in `_entries`.
        entries = {
            name: msgspec.structs.replace(entry, tell=self._may_tell(self._items[name], entry))
            for name, entry in self._entries.items()
        }
        return with_pictures(entries, self._pictures)

    def _may_tell(self, item: Item, entry: Entry) -> bool:
        tried = item.graded and entry.attempt >= TRIES and entry.state != "right"
        return tried and not entry.revealed and "reveal" in _ALLOWED[self._mode]

    def _seed(self) -> str:
        try:
            return self._store.begin_test()
        except ProgressError:
            # Each question says already that nothing can be kept.
            return ""

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        match decode(content, FinishMessage) or decode(content, QuizMessage):
            case FinishMessage() as message:
                self._finish(message)
            case QuizMessage() as message:
                self._act(message)
            case None:
                pass

    def _act(self, message: QuizMessage) -> None:
        """Do what a student does with one question."""
        item = self._items.get(message.item)
        if item is None or message.kind not in _ALLOWED[self._mode]:
            return
        entry = self._echo(item, message.id)
        late = self._overtaken(item, message.page, message.turn)
        try:
            match message.kind:
                case "draft":
                    self._draft(item, entry, message.answer, message.sure, late)
                case "answer":
                    self._answer(item, entry, message.answer, message.sure, late)
                case "hint":
                    self._hint(item, entry)
                case "reveal":
                    self._reveal(item, entry)
        except CourseError as error:
            entry.problem = problem_text(error)
        self._publish({item.id: entry})

    def _echo(self, item: Item, name: str) -> Entry:
        """Return an entry to be changed, as the reply to a message of this name."""
        return msgspec.structs.replace(self._entries[item.id], echo=name[:_LONGEST_NAME], problem="")

    def _overtaken(self, item: Item, page: str, turn: int) -> bool:
        """Return whether something that a page sent later about a question was heard before."""
        # The kernel hands messages to threads, which do not keep their order; each page numbers its own.
        place = (page[:_LONGEST_NAME], item.id)
        newest = self._turns.get(place, turn)
        self._turns[place] = max(turn, newest)
        return turn < newest

    def _finish(self, message: FinishMessage) -> None:
        """Grade all questions together, or keep them all."""
        if self._mode == "practice":
            return
        entries = {}
        for name, item in self._items.items():
            entry = self._echo(item, message.id)
            late = self._overtaken(item, message.page, message.turn)
            try:
                if not entry.locked:
                    self._answer(item, entry, message.answers.get(name), message.sure.get(name), late)
            except CourseError as error:
                entry.problem = problem_text(error)
            entries[name] = entry
        # A test that could not be kept whole may be handed in again.
        if self._mode == "test" and not any(entry.problem for entry in entries.values()):
            try:
                self._store.hand_in()
                entries = self._close(entries)
            except ProgressError as error:
                for entry in entries.values():
                    entry.problem = problem_text(error)
        self._publish(entries)

    def _close(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        """Return the entries of a test that was handed in: they stay, with the key of what was missed."""
        closed = {}
        for name, entry in entries.items():
            item = self._items[name]
            missed = item.graded and entry.state != "right"
            closed[name] = msgspec.structs.replace(
                entry, locked=True, reading=None, revealed=key_html(item) if missed else Markup("")
            )
        return closed

    def _draft(self, item: Item, entry: Entry, answer: items.Answer, sure: int | None, late: bool) -> None:
        # What came after it is there already, and may have been handed in since.
        if late:
            return
        response = self._take(item, entry, answer, sure)
        self._keep_draft(item, entry, response.answer)

    def _answer(self, item: Item, entry: Entry, answer: items.Answer, sure: int | None, late: bool) -> None:
        newer = entry.answer, entry.sure, entry.reading
        response = self._take(item, entry, answer, sure)
        if isinstance(item, items.Probability) and isinstance(answer, str):
            # The page sends a number once it has shown what was read; a text has not been seen as that.
            entry.problem = unseen_problem(entry.reading, self._mode)
            if late:
                entry.answer, entry.sure, entry.reading = newer
            else:
                self._keep_draft(item, entry, response.answer)
            return
        graded = grade_answer(response, entry.sure, self._mode)
        entry.graded, entry.state, entry.notes = response.answer, graded.state, graded.notes
        if graded.state != "unanswered" or self._mode == "test":
            entry.attempt += 1
            kept = self._store.record(item, "answer", response.answer, graded.score, graded.state, entry.sure)
            # Another page may have answered too.
            if self._progress is not None:
                entry.attempt = kept
            # Only now: a forecast that could not be kept may still be changed.
            entry.locked = isinstance(item, items.Probability)
            if entry.locked:
                entry.reading = None
        if late and not entry.locked and self._mode != "test":
            # The grade is for what was handed in; what was changed since stands, as a draft.
            entry.answer, entry.sure, entry.reading = newer
            self._keep_draft(item, entry, entry.answer)

    def _hint(self, item: Item, entry: Entry) -> None:
        if len(entry.hints) < len(item.hints):
            entry.hints = hints_html(item, len(entry.hints) + 1)
            self._store.record(item, "hint")

    def _reveal(self, item: Item, entry: Entry) -> None:
        if not item.graded or entry.attempt < TRIES:
            raise ItemError(say("quiz.after_tries", n=TRIES))
        if not entry.revealed:
            entry.revealed = key_html(item)
            self._store.record(item, "reveal")

    def _take(
        self, item: Item, entry: Entry, answer: items.Answer, sure: int | None
    ) -> items.Response | items.BlankResponse:
        """Put what a student says into an entry; return the answer in its normal form."""
        if entry.locked:
            if isinstance(item, items.Probability) and self._mode != "test":
                raise ItemError(say("quiz.lodged", day=long_date(item.resolves)))
            raise ItemError(say("quiz.handed_in"))
        if isinstance(item, items.Probability) and isinstance(answer, str):
            response = read_typed_forecast(item, answer)
            entry.answer = answer
        else:
            response = items.read_response(item, answer)
            entry.answer = response.answer
        entry.sure, entry.reading = valid_sure(item, sure), shown_reading(item, entry.answer)
        return response

    def _keep_draft(self, item: Item, entry: Entry, answer: items.Answer) -> None:
        self._store.record(item, "draft", answer, sure=entry.sure)
