"""The gradebook of a class: every answer marked again, as a long table, and one line for each student.

Parameters that many functions share: `names` is how students are shown, "pseudonym", "file" (the names that
their files have) or a dict from such a name to another.
"""

import csv
import os
from array import array
from datetime import UTC, datetime
from pathlib import Path

from course_lib import items, paths
from course_lib.curriculum import course
from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell, safe_cell
from course_lib.instructor.gradebook import grading
from course_lib.instructor.gradebook.spreadsheets import replacing_file, spreadsheet_form
from course_lib.instructor.submissions import reading
from course_lib.instructor.submissions.pseudonyms import class_salt, normalise_name, read_name_list
from course_lib.instructor.submissions.remarks import FOLDED, count_phrase

# Fewer files are read before a second process has started.
WORTH_ANOTHER_PROCESS = 1500
# So many different answers to one question are told apart; the others are "another answer".
MOST_ANSWERS = 2000
OTHER = "another answer"
_AT_ONCE = 500_000


def course_banks():
    """Return the banks of the course: its lessons, then the tests before and after."""
    lessons = [course.bank(stem) for stem in course.stems()]
    return [*lessons, *(course.form_bank(name) for name in ("before", "after"))]


def score_table(handed, banks=None, processes=None):
    """Return every answer marked again: a DataFrame with a row for each student and item.

    Parameters: `handed` as from `read_submissions`; `banks` question banks, by default the course's;
    `processes` how many work at the same time, by default two where there are many files and two cores.
    Returns: `student` (pseudonym), `lesson`, `item`; `first` and `last`, the scores of the first and the last
    attempt from 0 to 1, missing where nothing is marked; `state` of the last (right, not_yet, kept, or
    unanswered: left open in a test, worth 0); `attempts`; `answer_first` and `answer_last` as text: what was
    typed, or places as JSON, or of a text its length; `sure` at the first attempt, a place in `items.SURE`;
    `seconds` until the first attempt, without the time away; `version_differs`: the question has changed
    since. Whoever has answered nothing is a category of `student` without a row.
    """
    return build_gradebook(handed, banks, processes).marks


def build_gradebook(handed, banks_=None, processes=None):
    """Return the `Gradebook` of hand-ins: see `marks`."""
    import numpy as np

    asked = course_banks() if banks_ is None else list(banks_)
    if processes is None:
        processes = min(2, os.cpu_count() or 1) if handed.total >= WORTH_ANOTHER_PROCESS else 1
    # One array for each column, grown in place: parts that are joined at the end would be there twice.
    columns = {name: array(kind) for name, kind in grading.COLUMNS.items()}
    students, prints, owners, answers = [], [], [], _Answers()
    changed = {}
    for batch in grading.grade_groups(handed.groups, asked, processes):
        places = answers.places(batch.texts)
        for name, values in batch.columns.items():
            part = np.frombuffer(values, values.typecode)
            if name == "student":
                part = part + np.int32(len(students))
            elif name.startswith("answer_"):
                part = places[part]
            columns[name].frombytes(part.tobytes())
        for own in batch.prints:
            owners.append(np.full(len(own), len(owners), "int32"))
            prints.append(np.array(own, "uint64"))
        students += batch.students
        for name, count in batch.changed.items():
            changed[name] = changed.get(name, 0) + count
        handed.seen(batch.remarks, batch.read, batch.files, len(batch.students))
    _tell_changed(changed, handed.report)
    _tell_copies(students, prints, owners, handed.report)
    handed.report.fold()
    return Gradebook(_table(columns, students, asked, answers), _listed(students, handed.report), asked)


class Gradebook:
    """The marks of a class.

    `marks` the long table (see the function `marks`); `students` a row each: `student` (pseudonym), `name`,
    `files`, `entries`, `last` (the day of their last entry), `remarks`; `banks` what was asked.
    """

    def __init__(self, marks, students, banks):
        self.marks = marks
        self.students = students
        self.banks = banks

    def table(self, names="pseudonym", report=None):
        """Return one row for each student, to be written: how much of each lesson, and how much is right.

        Parameters: `names` see above; `report` where students without a hand-in, and hand-ins whose names are
        not in `names`, are told. Shares are of all marked questions of a lesson, in per cent: what is not
        answered counts as not right.
        """
        import numpy as np
        import pandas as pd

        count = len(self.students)
        lessons = {bank.lesson: at for at, bank in enumerate(self.banks)}
        place = np.array([lessons[name] for name in self.marks["lesson"].cat.categories], "int64")
        sums = {name: np.zeros(count * len(lessons)) for name in ("answered", "first", "last")}
        for start in range(0, len(self.marks), _AT_ONCE):
            part = self.marks.iloc[start : start + _AT_ONCE]
            cell = part["student"].cat.codes.to_numpy("int64") * len(lessons)
            cell += place[part["lesson"].cat.codes.to_numpy()]
            for name, total in sums.items():
                values = part["attempts"] > 0 if name == "answered" else part[name].fillna(0)
                total += np.bincount(cell, values.to_numpy("float64"), len(total))
        sums = {name: total.reshape(count, len(lessons)) for name, total in sums.items()}
        keyed = np.array([sum(item.graded for item in bank.items) for bank in self.banks])
        asked = np.array([len(bank.items) for bank in self.banks])
        wide = {"student": self._shown(names, report)}

        def three(label, chosen):
            wide[f"{label} answered of {asked[chosen].sum()}"] = (
                sums["answered"][:, chosen].sum(1).astype(int)
            )
            if total := keyed[chosen].sum():
                for name, words in (("first", "first try %"), ("last", "last try %")):
                    wide[f"{label} {words}"] = (100 * sums[name][:, chosen].sum(1) / total).round(1)

        course_ = [at for name, at in lessons.items() if name not in ("before", "after")]
        if course_:
            three("lessons", course_)
        for name, at in lessons.items():
            # A lesson is called by its place in the course, as students see it.
            place_ = course.lesson_number(name)
            three(f"{place_:02}" if place_ else name.split("_")[0], [at])
        wide["last day"] = self.students["last"].to_numpy()
        wide["files"] = self.students["files"].to_numpy()
        wide["remarks"] = self.students["remarks"].to_numpy()
        made = pd.DataFrame(wide)
        if isinstance(names, dict) and (missing := self._missing(names)):
            if report is not None:
                for name in missing:
                    report.add("names", name, "has not handed in a file that could be read.")
            empty = pd.DataFrame({"student": missing, "files": 0, "remarks": 0})
            made = pd.concat([made, empty.reindex(columns=made.columns, fill_value=0)], ignore_index=True)
            made["last day"] = made["last day"].where(made["files"] > 0, "")
        if names != "pseudonym":
            made = made.sort_values(
                "student", key=lambda column: column.map(normalise_name), ignore_index=True
            )
        return made

    def questions(self):
        """Return one row for each question: how many students answered it, the mean marks in per cent."""
        import numpy as np
        import pandas as pd

        names = self.marks["item"].cat.categories
        students = np.zeros(len(names))
        sums = {name: (np.zeros(len(names)), np.zeros(len(names))) for name in ("first", "last")}
        # In parts, since a whole column of places in numbers of eight bytes is as large as half the table.
        for start in range(0, len(self.marks), _AT_ONCE):
            part = self.marks.iloc[start : start + _AT_ONCE]
            item = part["item"].cat.codes.to_numpy("int64")
            students += np.bincount(item[part["attempts"].to_numpy() > 0], minlength=len(names))
            for name, (total, count) in sums.items():
                values = part[name].to_numpy("float64")
                known = ~np.isnan(values)
                total += np.bincount(item[known], values[known], len(names))
                count += np.bincount(item[known], minlength=len(names))
        made = pd.DataFrame({"item": names.astype(str), "students": students.astype(int)})
        for name, (total, count) in sums.items():
            share = np.divide(100 * total, count, out=np.full(len(names), np.nan), where=count > 0)
            made[f"{name} try %"] = share.round(1)
        return made

    def write(self, path, names="pseudonym", report=None):
        """Write one line for each student; the ending says how: .csv, .xlsx or .html.

        A workbook has the questions and, where they fit, all answers on further sheets.
        Raises: `ProgressError` for another ending, or where nothing can be written there.
        """
        path = Path(path)
        form = spreadsheet_form(path)
        made = self.table(names, report)
        with replacing_file(path) as part:
            form(self, made, part, names)

    def write_answers(self, path, names="pseudonym"):
        """Write the long table as CSV."""
        with replacing_file(Path(path)) as part, open(part, "w", encoding="utf-8-sig", newline="") as file:
            for start, one in self.parts(names):
                one.to_csv(file, index=False, header=start == 0, quoting=csv.QUOTE_NONNUMERIC)

    def parts(self, names):
        """Yield the long table in parts, with texts that are safe to open."""
        import numpy as np

        shown = self._shown(names)
        for start in range(0, max(1, len(self.marks)), _AT_ONCE):
            part = self.marks.iloc[start : start + _AT_ONCE].copy()
            part["student"] = shown[part["student"].cat.codes.to_numpy()]
            for name, digits in (("first", 4), ("last", 4), ("seconds", 1)):
                part[name] = part[name].astype("float64").round(digits)
            sure = part["sure"].fillna(len(items.SURE)).to_numpy("int64")
            part["sure"] = np.array([*items.SURE, None], dtype=object)[sure]
            for name in ("answer_first", "answer_last"):
                texts = np.array([*map(safe_cell, part[name].cat.categories), None], dtype=object)
                part[name] = texts[part[name].cat.codes.to_numpy()]
            yield start, part

    def _shown(self, names, report=None):
        import numpy as np

        if names == "pseudonym":
            shown = self.students["student"]
        elif names == "file":
            shown = self.students["name"]
        else:
            known = {normalise_name(name): other for name, other in names.items()}
            shown = []
            for row in self.students.itertuples():
                if normalise_name(row.name) not in known and report is not None:
                    report.add("names", row.name, f"is not in the list; shown as {row.student}.")
                shown.append(known.get(normalise_name(row.name), row.student))
        return np.array(_distinct(map(safe_cell, shown)), dtype=object)

    def _missing(self, names):
        known = set(self.students["name"].map(normalise_name))
        return [safe_cell(other) for name, other in names.items() if normalise_name(name) not in known]


class _Answers:
    """Every different answer once, and at most so many for each question."""

    def __init__(self):
        self.texts = {}
        self._known, self._counts = {}, {}

    def places(self, told):
        """Return for a batch's answers their places here; the last one stands for what is unknown."""
        import numpy as np

        found = []
        for item, text in told:
            place = self._known.get((item, text))
            if place is None:
                count = self._counts.get(item, 0)
                place = self._place(text if count < MOST_ANSWERS else OTHER)
                if count < MOST_ANSWERS:
                    self._known[item, text] = place
                    self._counts[item] = count + 1
            found.append(place)
        return np.array([*found, grading.UNKNOWN], "int32")

    def _place(self, text):
        return self.texts.setdefault(text, len(self.texts))


def _table(columns, students, asked, answers):
    import numpy as np
    import pandas as pd

    def column(name):
        return np.frombuffer(columns[name], grading.COLUMNS[name])

    every = [item.id for bank in asked for item in bank.items]
    lesson = np.repeat(np.arange(len(asked), dtype="int16"), [len(bank.items) for bank in asked])
    item = column("item")
    texts = list(answers.texts)
    made = {
        "student": pd.Categorical.from_codes(column("student"), [one[0] for one in students]),
        "lesson": pd.Categorical.from_codes(lesson[item], [bank.lesson for bank in asked]),
        "item": pd.Categorical.from_codes(item, every),
        "first": column("first"),
        "last": column("last"),
        "state": pd.Categorical.from_codes(column("state"), list(grading.STATES)),
        "attempts": column("attempts"),
        "answer_first": pd.Categorical.from_codes(column("answer_first"), texts),
        "answer_last": pd.Categorical.from_codes(column("answer_last"), texts),
    }
    sure = column("sure")
    made["sure"] = pd.arrays.IntegerArray(sure, sure == grading.UNKNOWN)
    made["seconds"] = column("seconds")
    made["version_differs"] = column("version_differs").astype(bool)
    return pd.DataFrame(made, copy=False)


def _listed(students, report):
    import pandas as pd

    counts = {}
    for remark in report.remarks:
        counts[remark.student] = counts.get(remark.student, 0) + 1
    rows = [
        (
            pseudonym,
            name,
            files,
            entries,
            datetime.fromtimestamp(last, UTC).date().isoformat() if last else "",
            counts.get(pseudonym, 0),
        )
        for pseudonym, name, files, entries, last in students
    ]
    return pd.DataFrame(rows, columns=["student", "name", "files", "entries", "last", "remarks"])


def _tell_changed(changed, report):
    """Remark which questions have changed since; many of one lesson together, so that others can be seen."""
    alike = {}
    for name, count in sorted(changed.items()):
        alike.setdefault((name.partition("-")[0], count), []).append(name)
    for (lesson, count), names in alike.items():
        students = count_phrase(count, "student")
        if len(names) > FOLDED:
            told = f"{students} answered an earlier version of each."
            report.add("version", f"{len(names)} questions that begin with {lesson}-", told)
        else:
            for name in names:
                report.add("version", name, f"{students} answered an earlier version of it.")


def _tell_copies(students, prints, owners, report):
    """Remark where two students' hand-ins hold entries that were made once."""
    import numpy as np

    if not prints:
        return
    numbers, owner = np.concatenate(prints), np.concatenate(owners)
    order = np.argsort(numbers, kind="stable")
    numbers, owner = numbers[order], owner[order]
    pairs = {}
    for at in np.flatnonzero(numbers[1:] == numbers[:-1]):
        pair = int(owner[at]), int(owner[at + 1])
        pairs[pair] = pairs.get(pair, 0) + 1
    for (one, other), count in sorted(pairs.items()):
        looked = min(len(prints[one]), len(prints[other]))
        for own, its in ((one, other), (other, one)):
            report.add(
                "copies",
                students[own][1],
                f"{count} of {count_phrase(looked, 'entry')} compared are the same as in the hand-in of "
                f"{students[its][1]}.",
                students[own][0],
            )


def _distinct(names):
    """Return names so that each stands once: a number is added to the others."""
    seen, told = {}, []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told


def write_gradebook(folders, out, names="pseudonym", report=None, salt=None, answers=None, bar=None):
    """Read hand-ins, mark them, write the gradebook and its report; return what to tell the instructor.

    Parameters: `folders` as in `read_submissions`; `out` the file to write; `names` see above, or the path
    of a CSV file with names; `report` a file for what was remarked, by default beside `out`; `salt` the
    file of the class's salt, by default `class-salt.txt` in the `my_work` folder; `answers` a CSV file for
    all answers; `bar` is called with a number of files and gives a bar of progress like `tqdm`'s.
    Raises: `ProgressError` where nothing can be read, or nothing can be written.
    """
    out = Path(out)
    spreadsheet_form(out)
    report = Path(report) if report else out.with_name(out.stem + "-report.txt")
    salt = Path(salt) if salt else paths.work() / "class-salt.txt"
    written = [path for path in (out, report, answers and Path(answers)) if path]
    if len({path.resolve() for path in written}) < len(written):
        raise ProgressError("Marks, report and answers go to different files; give each a name of its own.")
    if names not in ("pseudonym", "file"):
        names, listed = read_name_list(names), names
        written.append(listed)
    handed = reading.read_submissions(
        folders, salt=None if names == "file" else class_salt(salt), passing=[*written, salt]
    )
    if bar:
        with bar(handed.total) as shown:
            handed.progress = shown.update
            book = build_gradebook(handed)
    else:
        book = build_gradebook(handed)
    found = handed.report
    if len(book.students):
        book.write(out, names, found)
        if answers:
            book.write_answers(answers, names)
    with replacing_file(report) as part:
        part.write_text(found.text(), encoding="utf-8")
    if not len(book.students):
        raise ProgressError(
            f"{found.summary()} No marks were written; {plain_cell(report)} says what was wrong."
        )
    told = [
        found.summary(),
        f"The marks are in {plain_cell(out)}."
        + (f" All answers are in {plain_cell(answers)}." if answers else ""),
        f"The report is in {plain_cell(report)}. It names students, so keep it to yourself.",
    ]
    if names == "pseudonym":
        told.append(
            f"Pseudonyms were made with {plain_cell(salt)}. Keep that file for the next time; give "
            "it to nobody."
        )
    return told
