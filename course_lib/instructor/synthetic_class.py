"""A class that does not exist: hand-ins of students whose abilities are known, to try the commands with.

The questions are the course's, the files have the form that *Download my work* gives, and the same seed
always makes the same class. Nobody's real answers are in it.
"""

import bisect
import csv
import itertools
import json
import math
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from course_lib import items
from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.gradebook.spreadsheets import replacing_file
from course_lib.instructor.submissions.remarks import count_phrase, error_reason
from course_lib.student.events import FORMAT, SCHEMA_VERSION

# Of a hundred students; the careful ones read feedback, the hasty ones do not, the gamers try to outwit.
MANNERS = {"careful": 55, "usual": 30, "hasty": 12, "gaming": 3}
# Seconds for a question in the middle, and what is added to ability.
_PACE = {"careful": (70, 0.3), "usual": (45, 0.0), "hasty": (7, -1.4), "gaming": (4, -2.5)}
MOST_STUDENTS = 1_000_000
_BEGINS = datetime(2026, 3, 2, 9, tzinfo=UTC)
# More wrong answers than this are equally tempting.
_FEW = 10
# How much easier the questions of the test after the course have become for a careful student.
_GAIN = 0.8
_SENTENCE = (
    "The report names two sources and gives no date for either so that the claim can be checked only in part"
)


@dataclass(frozen=True)
class SyntheticStudent:
    """One student: `name`, `ability` (0 is the middle), `manner`, `path`, and what is `odd`, if anything."""

    name: str
    ability: float
    manner: str
    path: str
    odd: str = ""


def make_class(folder, students=200, seed=1, lessons=None, odd=True, progress=None):
    """Write the hand-ins of an example class and return who is in it: a list of `SyntheticStudent`.

    Parameters: `folder` to write to, made if it is not there, in the form of a Moodle download; `seed` makes
    the class what it is; `lessons` the banks that are answered, by default all of the course; `odd` whether
    a few files are as no file should be: damaged, copied, changed by hand, of an older version, with a wrong
    clock; `progress` is called with 1 after each student.
    Raises: `ProgressError` where the folder holds files already, or cannot be written to.
    """
    folder = Path(folder)
    if not 1 <= students <= MOST_STUDENTS:
        raise ProgressError(
            f"A class of {students:,} cannot be made; it has 1 to {MOST_STUDENTS:,} students."
        )
    banks = gradebook.course_banks() if lessons is None else lessons
    asked = [_Question(item, seed) for bank in banks for item in bank.items]
    made, before = [], None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ProgressError(
                f"The folder {plain_cell(folder)} is not empty. Name another, or one to be made."
            )
        for number in range(1, students + 1):
            draw = random.Random(f"{seed} {number}")  # noqa: S311
            name = f"Student {number:0{len(str(students))}}"
            ability = draw.gauss(0, 1)
            manner = draw.choices(list(MANNERS), list(MANNERS.values()))[0]
            events = _events(asked, ability, manner, draw)
            strange = _oddness(number, students) if odd else ""
            path = folder / f"{name}_{10_000 + number}_assignsubmission_file_" / "my-work-2026-05-29.json"
            path.parent.mkdir()
            path.write_bytes(_file(_ODD[strange](events, before) if strange else events, strange))
            made.append(SyntheticStudent(name, ability, manner, path.relative_to(folder).as_posix(), strange))
            before = events
            if progress:
                progress(1)
    except OSError as error:
        raise ProgressError(
            f"The folder {plain_cell(folder)} cannot be written to ({error_reason(error)})."
        ) from None
    return made


def write_abilities(made, path):
    """Write who is in an example class as CSV: what an analysis should find out."""
    with replacing_file(Path(path)) as part, open(part, "w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        rows.writerow(["name", "ability", "manner", "odd"])
        rows.writerows([one.name, round(one.ability, 3), one.manner, one.odd] for one in made)


def describe_class(made, folder):
    """Return what to tell about an example class: sentences."""
    odd = [f"{one.name}: {one.odd}" for one in made if one.odd]
    # In double quotes every shell takes a name with a space for one.
    typed = f'"{plain_cell(folder)}"' if " " in plain_cell(folder) else plain_cell(folder)
    return [
        f"{count_phrase(len(made), 'student')} handed in to {plain_cell(folder)}. None of them exists.",
        *([f"Odd on purpose: {'; '.join(odd)}."] if odd else []),
        f"Next, the marks: python3 -m course_lib gradebook {typed} --out class.csv",
        f"And what the class understood: python3 -m course_lib understand {typed} --out understand.html",
    ]


class _Question:
    """An item with how hard it is in this class, and the answers that are given to it with their marks."""

    def __init__(self, item, seed):
        draw = random.Random(f"{seed} {item.id}")  # noqa: S311
        self.item = item
        self.version = item.version
        self.hard = draw.gauss(-0.4, 0.8)
        self.key = items.key_answer(item)
        self.wrong = self._marked(_wrong(item, self.key, draw))
        # One wrong answer tempts more than the others, as in real classes; tables are wrong in many ways.
        share = 1 if len(self.wrong) > _FEW else 0.45
        self.weights = list(itertools.accumulate(share**at for at in range(len(self.wrong))))
        self.right = self._marked([self.key])[0] if item.graded else None

    def _marked(self, answers):
        told = []
        for answer in answers:
            normal = items.valid_answer(self.item, answer)
            result = items.grade(self.item, normal)
            told.append((normal, result.state, result.score))
        return told

    def answer(self, strength, draw):
        """Return an answer with its mark: the stronger, the more often it is right."""
        if self.right and draw.random() < 1 / (1 + math.exp(self.hard - strength)):
            return self.right
        return self.wrong[bisect.bisect_left(self.weights, draw.random() * self.weights[-1])]


def _wrong(item, key, draw):
    """Return some answers that are not right, the most tempting one first; of a survey simply some."""
    match item:
        case items.Single():
            found = [at for at, option in enumerate(item.option) if not option.key]
            return draw.sample(found, len(found))
        case items.Multiple():
            places = range(len(item.option))
            found = [sorted(draw.sample(places, draw.randint(1, len(places)))) for _ in range(8)]
        case items.Number():
            slips = [mistake.value for mistake in item.mistake]
            middle = (item.answer or 50) + 1
            found = [f"{value:.15g}" for value in [*slips, middle * 10 + item.tolerance, middle * 2 + 7]]
            if item.bounds:
                low, high = item.bounds
                found += [f"{low + (high - low) * share:.15g}" for share in (0.17, 0.55, 0.83)]
        case items.Word():
            found = [one.text for one in item.answer if not one.key] + ["no idea", "both of them"]
        case items.Order():
            places = list(range(len(item.step)))
            found = [_slip(_slip(key, draw), draw) for _ in range(15)]
            found += [draw.sample(places, len(places)) for _ in range(15)]
        case items.Grid() | items.Match() | items.Matrix():
            found = [_filled(item, key, draw) for _ in range(60)]
        case items.Probability():
            return [draw.choice((5, 10, 20, 25, 40, 50, 60, 75, 90)) for _ in range(8)]
        case items.Text():
            words = itertools.cycle(_SENTENCE.split())
            length = max(1, item.minimum) + 5
            return [" ".join(itertools.islice(words, length + more)) for more in range(0, 40, 5)]
    wanted = "not_yet" if item.graded else "kept"
    kept = [one for one in found if items.grade(item, items.valid_answer(item, one)).state == wanted]
    return kept or [_opposite(item, key)]


def _opposite(item, key):
    match item:
        case items.Multiple():
            return [at for at in range(len(item.option)) if at not in key]
        case items.Order():
            return key[::-1]
    return key


def _slip(key, draw):
    at = draw.randrange(len(key) - 1)
    return [*key[:at], key[at + 1], key[at], *key[at + 2 :]]


def _filled(item, key, draw):
    """Return a table filled in with some cells wrong, or of a survey by chance."""
    places, share = range(len(item.choices)), draw.uniform(0.15, 0.7)

    def cell(right):
        return draw.choice(places) if right is None or draw.random() < share else right

    match item:
        case items.Matrix():
            rows = key or [[None] * len(item.columns)] * len(item.row)
            return [[cell(one) for one in row] for row in rows]
        case items.Grid():
            return [cell(one) for one in key or [None] * len(item.row)]
    return [cell(one) for one in key]


def _events(asked, ability, manner, draw):
    """Return the entries of one student, as the course keeps them."""
    pace, bonus = _PACE[manner]
    now = _BEGINS + timedelta(minutes=draw.uniform(0, 600))
    events = []

    def add(question, kind, seconds, answer=None, marked=(None, None), attempt=0, sure=None):
        nonlocal now
        now += timedelta(seconds=seconds)
        name, version = (
            (question.item.id, question.version) if not isinstance(question, str) else (question, "")
        )
        events.append(
            {
                "uid": f"{draw.getrandbits(128):032x}",
                "at": now.isoformat(timespec="milliseconds"),
                "item": name,
                "version": version,
                "kind": kind,
                "answer": answer,
                "score": marked[1],
                "state": marked[0],
                "attempt": attempt,
                "sure": sure,
            }
        )

    for check, group in itertools.groupby(asked, key=_part):
        questions = list(group)
        test = check[0] in ("before", "after")
        gained = check[0] == "after" and manner in ("careful", "usual")
        strength = ability + bonus + _GAIN * gained
        if not test and draw.random() > (0.97, 0.8)[manner in ("hasty", "gaming")]:
            # This part of a lesson was left out.
            continue
        if test:
            add(f"test:{check[1]}", "start", 60)
            _test(questions, strength, pace, draw, add)
            add(f"test:{check[1]}", "finish", 0.002)
        else:
            now += timedelta(minutes=draw.uniform(2, 9))
            for question in questions:
                _practice(question, strength, pace, manner, draw, add)
        now += timedelta(hours=draw.choice((0, 0, 0, 22)))
    return events


def _part(question):
    return question.item.id.split("-")[0], question.item.check


def _test(questions, strength, pace, draw, add):
    answered = {}
    for question in questions:
        if draw.random() < 0.98:
            answered[question.item.id] = question.answer(strength, draw)
            add(question, "draft", draw.lognormvariate(math.log(pace), 0.5), answered[question.item.id][0])
    for question in questions:
        answer, *marked = answered.get(question.item.id) or (_blank(question.item), "unanswered", None)
        add(question, "answer", 0.001, answer, marked, 1)


def _blank(item):
    return {"multiple": [], "number": "", "word": ""}.get(item.type)


def _practice(question, strength, pace, manner, draw, add):
    item = question.item
    for attempt in range(1, 5):
        # Feedback helps those who read it.
        answer, *marked = question.answer(
            strength + (attempt - 1) * (0.9 if manner == "careful" else 0.3), draw
        )
        sure = None
        if item.confidence:
            sure = min(2, max(0, round(draw.gauss(1 + 0.5 * (marked[0] == "right") + 0.3 * strength, 0.6))))
        seconds = draw.lognormvariate(math.log(pace), 0.5) / attempt
        if item.hints and manner == "careful" and attempt == 2:
            add(question, "hint", seconds / 3, attempt=attempt - 1)
        add(question, "draft", seconds, answer, attempt=attempt - 1, sure=sure)
        add(question, "answer", 1 + draw.random(), answer, marked, attempt, sure)
        again = {"careful": 0.85, "usual": 0.5, "hasty": 0.2, "gaming": 0.9}[manner]
        if marked[0] != "not_yet" or draw.random() > again:
            return


def _oddness(number, students):
    """Return what is odd with this student's file: one of each kind in a class of at least fifty."""
    step = max(8, students // len(_ODD))
    place, rest = divmod(number, step)
    return list(_ODD)[place - 1] if rest == 0 and 0 < place <= len(_ODD) and number > 1 else ""


def _copied(_events, before):
    return before


def _changed(events, _before):
    return [
        {**one, "score": 1.0, "state": "right"}
        if one["kind"] == "answer" and one["state"] == "not_yet"
        else one
        for one in events
    ]


def _older(events, _before):
    return [
        {**one, "version": "0" * 10} if at < 6 and one["version"] else one for at, one in enumerate(events)
    ]


def _in_1970(events, _before):
    shift = _BEGINS - datetime(1970, 1, 1, tzinfo=UTC)
    return [
        {**one, "at": (datetime.fromisoformat(one["at"]) - shift).isoformat(timespec="milliseconds")}
        for one in events
    ]


_ODD = {
    "cut short": lambda events, _: events,
    "copied": _copied,
    "changed by hand": _changed,
    "an older version": _older,
    "a clock in 1970": _in_1970,
}


def _file(events, strange):
    """Return the bytes of a hand-in: what `Progress.export` gives, made faster."""
    text = json.dumps({"format": FORMAT, "form": SCHEMA_VERSION, "events": []})
    made = json.loads(text) | {"events": events}
    data = msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
    return data[: len(data) * 2 // 3] if strange == "cut short" else data
