"""The one widget for everything a student answers: it shows questions, and Python marks the answers.

Before an answer the page holds what `items.public_view` lets through and nothing else. Every change is kept
the moment it is made, so an answer comes back when its cell is run again.
"""

import json
import random
from pathlib import Path

import msgspec
import traitlets

from course_lib import items
from course_lib.dates import long_date
from course_lib.errors import CourseError, ItemError, ProgressError, nearest
from course_lib.html.feedback import error_text, message_html
from course_lib.html.markdown import render_markdown
from course_lib.markup import language_attributes, lesson_block, lesson_html, lesson_text
from course_lib.messages import say
from course_lib.student.progress import Progress
from course_lib.widgets import page_types
from course_lib.widgets.base import PackedWidget, inputs

# Seen only where no widget has come after a second, so that nothing flickers where one does.
_LATE = (
    "<style>@keyframes cq-late { from, to { max-height: 0; overflow: hidden; visibility: hidden } } "
    ".cq-fallback { animation: cq-late 1s }</style>"
)
MODES = ("practice", "end", "survey", "test")
# What a page may ask for in each mode, beside finishing.
_HEARD = {
    "practice": {"draft", "answer", "hint", "reveal"},
    "end": {"draft", "hint", "reveal"},
    "survey": {"draft"},
    "test": {"draft"},
}
# After how many attempts a student may ask for the answer.
TRIES = 2
# What stands in for whatever is not sent; the page knows the same.
_BLANK = page_types.sent(page_types.Entry())


def _filled(value, _widget):
    """Return the entries of a widget as a page is sent them: without what is empty, as most is at first."""
    return {
        item: {name: one for name, one in entry.items() if name in _BLANK and one != _BLANK[name]}
        for item, entry in value.items()
    }


class Quiz(PackedWidget):
    """A group of questions from a bank, answered in place.

    Parameters: `asked` the items, in order; `progress` where answers are kept (None keeps nothing, and the
    widget says so); `mode` one of `MODES`; `until` the information horizon of figures.

    practice: each question is checked on its own. end: all are checked together, as often as one likes.
    survey: nothing is marked. test: handed in once, feedback comes then, and the answer where it was missed;
    questions and options stand in an order of the student's own that stays the same.
    """

    answers = traitlets.Dict().tag(sync=True, to_json=_filled)
    mode = traitlets.Unicode("practice").tag(sync=True)

    def __init__(self, asked, progress=None, mode="practice", until=None):
        if mode not in MODES:
            raise ItemError(nearest(mode, MODES, "mode"))
        self._asked = {item.id: item for item in asked}
        self._turns = {}
        self._progress = progress
        self._mode = mode
        self.questions = [_shown(item, until) for item in asked]
        answers = {item.id: self._restored(item, mode) for item in asked}
        if mode == "test":
            self._test = f"test:{asked[0].check}"
            self.questions = _mixed(self.questions, self._seed())
            if self._handed_in():
                answers = self._closed(answers)
        super().__init__(
            ["quiz.js", *inputs({item.type for item in asked})],
            "quiz.css",
            "page.quiz",
            msgspec.convert(self.questions, list[page_types.Question]),
            mode=mode,
            answers=self._sent(answers),
        )
        self.on_msg(self._hear)

    def _publish(self, entries):
        self.answers = self._sent(entries)

    def _sent(self, entries):
        # A page can write to what it is sent, so that what counts is kept here.
        self._entries = entries
        return {
            name: {**entry, "tell": self._may_tell(self._asked[name], entry)}
            for name, entry in entries.items()
        }

    def _may_tell(self, item, entry):
        tried = item.graded and entry["attempt"] >= TRIES and entry["state"] != "right"
        return tried and not entry["revealed"] and "reveal" in _HEARD[self._mode]

    def _handed_in(self):
        try:
            return bool(self._progress and self._progress.count(self._test, "finish"))
        except ProgressError:
            return False

    def _seed(self):
        try:
            return self._progress.begin_test(self._test) if self._progress else ""
        except ProgressError:
            # Each question says already that nothing can be kept.
            return ""

    def __repr__(self):
        count = len(self._asked)
        return f"<Quiz: {count} question{'s' if count != 1 else ''}>"

    def _ipython_display_(self):
        self.display_with(self.fallback())

    def fallback(self):
        """Return the questions as HTML that needs neither Python nor JavaScript."""
        shown = "".join(_readable(question) for question in self.questions)
        return (
            f"{_LATE}<div class='cq-fallback' "
            f"{language_attributes()}><p>{say('quiz.to_answer')}</p><ol>{shown}</ol></div>"
        )

    def _restored(self, item, mode):
        entry = dict(_BLANK)
        if self._progress is None:
            return {**entry, "problem": say("quiz.not_kept")}
        try:
            last, checked = self._progress.last(item.id), self._progress.checked(item.id)
            entry["hints"] = _hints(item, self._progress.count(item.id, "hint"))
            if self._progress.count(item.id, "reveal"):
                entry["revealed"] = _revealed(item)
        except ProgressError as error:
            return {**entry, "problem": str(error)}
        if checked is not None:
            entry["attempt"] = checked.attempt
            entry["locked"] = isinstance(item, items.Probability)
            # A lodged forecast stands as it was lodged, whatever became of the wording.
            if checked.version == item.version or entry["locked"]:
                try:
                    entry.update(
                        _graded(
                            item, items.valid_answer(item, checked.answer), _certain(item, checked.sure), mode
                        )
                    )
                except ItemError:
                    # A file brought back may hold what no page of ours has sent.
                    entry["locked"] = False
        if last is not None:
            try:
                entry["answer"] = items.valid_answer(item, last.answer)
            except ItemError:
                return entry
            entry["sure"] = _certain(item, last.sure)
            if last.version != item.version:
                entry["problem"] = say("quiz.changed")
        return entry

    def _hear(self, _widget, message, _buffers):
        if not isinstance(message, dict):
            return
        if message.get("kind") == "finish":
            self._finish(message)
            return
        item = self._asked.get(str(message.get("item")))
        handles = {
            "draft": self._draft,
            "answer": self._answer,
            "hint": self._hint,
            "reveal": self._reveal,
        }
        kind = str(message.get("kind"))
        handle = handles.get(kind) if kind in _HEARD[self._mode] else None
        if item is None or handle is None:
            return
        entry = self._echoing(item, message)
        try:
            handle(item, message, entry, self._overtaken(item, message))
        except CourseError as error:
            entry["problem"] = _told(error)
        self._publish({**self._entries, item.id: entry})

    def _echoing(self, item, message):
        return {**self._entries[item.id], "echo": str(message.get("id"))[:40], "problem": ""}

    def _overtaken(self, item, message):
        """Return whether something that a page sent later about a question was heard before."""
        # The kernel hands messages to threads, which do not keep their order; each page numbers its own.
        page, turn = (str(message.get("page"))[:40], item.id), message.get("turn")
        if not isinstance(turn, int):
            return False
        newest = self._turns.get(page, turn)
        self._turns[page] = max(turn, newest)
        return turn < newest

    def _finish(self, message):
        """Mark all questions together, or keep them all."""
        given, sure = message.get("answers"), message.get("sure")
        if self._mode == "practice" or not isinstance(given, dict) or not isinstance(sure, dict):
            return
        marked = {}
        for name, item in self._asked.items():
            entry = self._echoing(item, message)
            late = self._overtaken(item, message)
            try:
                if not entry["locked"]:
                    self._answer(item, {"answer": given.get(name), "sure": sure.get(name)}, entry, late)
            except CourseError as error:
                entry["problem"] = _told(error)
            marked[name] = entry
        # A test that could not be kept whole may be handed in again.
        if self._mode == "test" and not any(entry["problem"] for entry in marked.values()):
            try:
                if self._progress and not self._handed_in():
                    self._progress.record(self._test, "", "finish")
                marked = self._closed(marked)
            except ProgressError as error:
                marked = {name: {**entry, "problem": _told(error)} for name, entry in marked.items()}
        self._publish(marked)

    def _closed(self, entries):
        """Return the entries of a test that was handed in: they stay, and what was not right is told."""
        told = {
            name: _revealed(item) if item.graded and entries[name]["state"] != "right" else ""
            for name, item in self._asked.items()
        }
        return {name: {**entry, "locked": True, "revealed": told[name]} for name, entry in entries.items()}

    def _draft(self, item, message, entry, late):
        # What came after it is there already, and may have been handed in since.
        if late:
            return
        self._take(item, message, entry)
        self._keep(item, "draft", entry)

    def _answer(self, item, message, entry, late):
        newer = {name: entry[name] for name in ("answer", "sure")}
        self._take(item, message, entry)
        entry.update(_graded(item, entry["answer"], entry["sure"], self._mode))
        if entry["state"] != "unanswered" or self._mode == "test":
            entry["attempt"] += 1
            entry["attempt"] = self._keep(item, "answer", entry) or entry["attempt"]
            # Only now: a forecast that could not be kept may still be changed.
            entry["locked"] = isinstance(item, items.Probability)
        if late and not entry["locked"] and self._mode != "test":
            # The mark is for what was handed in; what was changed since stands, as a draft.
            entry.update(newer)
            self._keep(item, "draft", entry)

    def _hint(self, item, _message, entry, _late):
        if len(entry["hints"]) < len(item.hints):
            entry["hints"] = _hints(item, len(entry["hints"]) + 1)
            self._keep(item, "hint")

    def _reveal(self, item, _message, entry, _late):
        if not item.graded or entry["attempt"] < TRIES:
            raise ItemError(say("quiz.after_tries", n=TRIES))
        if not entry["revealed"]:
            entry["revealed"] = _revealed(item)
            self._keep(item, "reveal")

    def _take(self, item, message, entry):
        if entry["locked"]:
            raise ItemError(
                say("quiz.handed_in")
                if self._mode == "test"
                else say("quiz.lodged", day=long_date(item.resolves))
            )
        entry["answer"] = items.valid_answer(item, message.get("answer"))
        entry["sure"] = _certain(item, message.get("sure"))

    def _keep(self, item, kind, entry=None):
        if self._progress is None:
            return None
        names = ("answer", "sure", "score", "state") if kind == "answer" else ("answer", "sure")
        told = {name: entry[name] for name in names} if entry else {}
        return self._progress.record(item.id, item.version, kind, **told)


def quiz(path, progress=None, mode="practice"):
    """Return the questions of a file as a widget: one of ours (TOML), or one that jupyterquiz reads (JSON).

    Parameters: `path` the file; `progress` where answers are kept, by default the student's; `mode` as in
    `Quiz`. What could not be taken from a jupyterquiz file is printed.
    Raises: `ItemError` for a file that cannot be read, or holds no question.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        given = json.loads(text) if path.suffix == ".json" else None
    except OSError:
        raise ItemError(f"There is no file {path} that could be read. Check its name and folder.") from None
    except (ValueError, RecursionError):
        raise ItemError(
            f"{path.name} is damaged or no text in UTF-8. Save it anew, then try again."
        ) from None
    if path.suffix == ".json":
        from course_lib.items.jupyterquiz import from_jupyterquiz

        asked, remarks = from_jupyterquiz(given, path.name)
        print("\n".join(remarks), end="\n" if remarks else "")  # noqa: T201 - told where the cell is
    else:
        from course_lib import evidence

        asked = items.load(text, path.name, evidence.registered_keys()).items
    if not asked:
        raise ItemError(f"{path.name} holds no question that could be asked.")
    return Quiz(asked, progress or Progress(), mode)


def _mixed(questions, seed):
    """Return the questions in an order of the student's own, each with an order for its options."""
    draw = random.Random(seed)  # noqa: S311 - an order, not a secret
    for question in questions:
        if question["type"] in ("single", "multiple"):
            question["order"] = draw.sample(range(len(question["options"])), len(question["options"]))
    return draw.sample(questions, len(questions))


def _drawn(figure, until):
    from course_lib import charts, evidence

    if figure.chart not in charts.__all__:
        raise ItemError(nearest(figure.chart, charts.__all__, "figure"))
    given = (evidence.table(name, until) for name in figure.tables)
    return getattr(charts, figure.chart)(*given)._repr_html_()


def _shown(item, until=None):
    question = items.public_view(item)
    # The first paragraph names the group of inputs; tables and further text stand under it.
    first, _, rest = question.pop("stem").strip().partition("\n\n")
    question["stem"] = render_markdown(first, inline=True)
    question["more"] = render_markdown(rest) if rest else ""
    if item.figure:
        question["more"] = _drawn(item.figure, until) + question["more"]
    if "options" in question:
        question["options"] = [render_markdown(option, inline=True) for option in question["options"]]
    for row in question.get("rows", ()):
        row["text"] = render_markdown(row["text"], inline=True)
    if question["confidence"]:
        question["sure"] = len(items.SURE)
    return question


def _certain(item, sure):
    known = item.confidence and isinstance(sure, int) and sure in range(len(items.SURE))
    return sure if known else None


def _told(error):
    return say("quiz.not_saved", why=error) if isinstance(error, ProgressError) else error_text(error)


def _graded(item, answer, sure=None, mode="practice"):
    result = items.grade(item, answer)
    if mode == "survey" and result.state != "unanswered":
        return {"graded": answer, "state": "kept", "score": None, "notes": []}
    told = [*result.notes]
    if confidence := items.confidence_note(result.state, sure):
        told.append(confidence)
    notes = [{"where": note.where, "right": note.right, "html": _noted(note)} for note in told]
    return {"graded": answer, "state": result.state, "score": result.score, "notes": notes}


def _noted(note):
    """Return a note as HTML: what the course said, then what the bank has."""
    message = message_html(note.message) if note.message else ""
    if not note.text:
        return f"<p>{message}</p>"
    text = lesson_block(render_markdown(note.text))
    if not message:
        return text
    # One paragraph where both are in one language and the text begins with one.
    return f"<p>{message} {text[3:]}" if text.startswith("<p>") else f"<p>{message}</p>{text}"


def _hints(item, count):
    return [render_markdown(hint) for hint in item.hints[:count]]


def _revealed(item):
    """Return the key with its feedback as HTML."""
    lines = "\n".join(f"- {line}" for line in items.key_lines(item))
    return f"<p><strong>{say('quiz.answer')}</strong></p>{lesson_block(render_markdown(lines))}"


def _readable(question):
    parts = [f"<li><p>{lesson_html(question['stem'])}</p>{lesson_block(question['more'])}"]
    if "options" in question:
        options = "".join(f"<li>{lesson_html(option)}</li>" for option in question["options"])
        parts.append(f"<ul>{options}</ul>")
    if "rows" in question:
        choices, columns = (lesson_text(", ".join(question.get(name, ()))) for name in ("choices", "columns"))
        each = (
            say("quiz.for_each_under", columns=columns, choices=choices)
            if question.get("columns")
            else say("quiz.for_each", choices=choices)
        )
        rows = "".join(f"<li>{lesson_html(row['text'])}</li>" for row in question["rows"])
        parts.append(f"<p>{each}</p><ul>{rows}</ul>")
    return "".join(parts) + "</li>"
