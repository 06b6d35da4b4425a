"""The few calls a notebook makes: where you are, a check, the claims, the sources, the end."""

import functools
import html
import json
import re
import tomllib

from course_lib import dates, evidence, items, lodged, paths
from course_lib.committed import in_step
from course_lib.errors import CourseError, ItemError, nearest
from course_lib.ledger import Ledger
from course_lib.methods import ach
from course_lib.methods.agreement import cohen_kappa
from course_lib.methods.grading import admiralty, diagonal
from course_lib.progress import Progress

_PANEL = (
    "border:1px solid var(--jp-border-color2,#ccc);border-left:4px solid var(--jp-brand-color1,#1976d2);"
    "border-radius:4px;padding:.6em 1em;max-width:52em"
)


# JupyterLab does not underline links, and colour alone does not tell them from text.
_LINK = 'style="text-decoration:underline"'


# More cells than this are a wall, not a comparison.
_FARTHEST = 8


class Panel:
    """A short text a notebook shows: HTML where there is a page, plain words elsewhere."""

    def __init__(self, markup):
        self.markup = markup

    def _repr_html_(self):
        return f'<div style="{_PANEL}">{self.markup}</div>'

    def __repr__(self):
        text = re.sub(r"<[^>]+>", " ", self.markup.replace("</p>", "\n").replace("</li>", "\n"))
        return "\n".join(" ".join(html.unescape(line).split()) for line in text.splitlines() if line.strip())


class Lesson:
    """One lesson as its notebook sees it; `begin` makes it.

    `number` its place in the course, `bank` its questions, `until` the last day whose events may be used
    in it (ISO date, or None once the horizon is open).
    """

    def __init__(self, stem):
        self.stem = stem
        self.bank = bank(stem)
        self.number = stems().index(stem) + 1
        self.until = self.bank.horizon
        self.progress = Progress()

    def check(self, name, mode="practice"):
        """Return the group of questions called `name`, ready to be answered; answers are kept as given.

        Parameters: `name` as in the bank; `mode` practice, end, survey or test (see `quiz.Quiz`).
        """
        from course_lib.quiz import Quiz

        known = dict.fromkeys(item.check for item in self.bank.items)
        if name not in known:
            raise CourseError(nearest(name, known, f"check in lesson {self.stem}"))
        asked = [item for item in self.bank.items if item.check == name]
        return Quiz(asked, self.progress, mode, self.until)

    def claims(self, *sections):
        """Return the article's claims in these sections, or all of them, as known by `until`."""
        table = evidence.verdicts(until=self.until)
        known = table["section"].unique()
        for section in sections:
            if section not in known:
                raise CourseError(nearest(section, known, "section"))
        return Ledger(table[table["section"].isin(sections or known)], "-".join([self.stem[:2], *sections]))

    def own_claims(self):
        """Return the claims that this lesson takes up, wherever they stand in the article."""
        table = evidence.verdicts(until=self.until)
        number = self.stem[:2]
        return Ledger(table[table["lesson"].astype(str) == number], f"{number}-own")

    def show(self, table, caption):
        """Return a table to be read in full, under a caption that says what it holds."""
        import pandas as pd

        filled = table.rename_axis(columns=None).map(_cell)
        with pd.option_context("display.max_colwidth", None):
            rows = filled.to_html(index=False, border=0, justify="left")
        rows = rows.replace("<thead>", f"<caption>{html.escape(caption)}</caption><thead>", 1)
        rows = rows.replace("<th>", '<th scope="col" style="text-align:left">')
        # A day is read as one word, not broken after its year.
        whole = r'<td style="text-align:left;white-space:nowrap">\1'
        rows = re.sub(r"<td>(\d{4}-\d{2}(-\d{2})?</td>)", whole, rows)
        return Panel(rows.replace("<td>", '<td style="text-align:left">'))

    def agreement(self, item_id):
        """Return how far the student's coding in a grid agrees with the key: a `Panel` with Cohen's kappa.

        Shows the key, so it waits until the grid has been checked once.
        """
        item = self._item(item_id)
        event = self.progress.checked(item_id)
        if event is None or event.version != item.version or not _fits(item, event.answer):
            return Panel(
                "<p>Fill in the grid above and choose Check. "
                "Then run this cell again to see how far you agree.</p>"
            )
        pairs = [
            (row, item.choices[at]) for row, at in zip(item.row, event.answer, strict=True) if at is not None
        ]
        return _agreement(pairs, len(item.row))

    def codes(self, item_id):
        """Return the student's codes in a matrix, evidence by hypothesis, as `methods.ach` takes them.

        Only rows that are filled in whole are in it, and none before the matrix has been checked. A row is
        called by its `ref`, a column by the first word of its head.
        """
        import pandas as pd

        item = self._item(item_id)
        event = self.progress.checked(item_id)
        fits = event is not None and event.version == item.version and _fits(item, event.answer)
        whole = {
            row.ref: [item.choices[at] for at in cells]
            for row, cells in zip(item.row, event.answer if fits else (), strict=fits)
            if None not in cells
        }
        heads = [head.split()[0] for head in item.columns]
        return pd.DataFrame.from_dict(whole, orient="index", columns=heads)

    def beside(self, item_id, codings):
        """Return the student's codes in a matrix beside another coder's, with the reasons where they part.

        Parameters: `item_id` the matrix; `codings` a table with `evidence`, `hypothesis`, `consistency` and
        `reason`. Shows that coder's codes, so it waits until the matrix has been checked.
        """
        mine = self.codes(item_id)
        if mine.empty:
            return Panel(
                "<p>Fill in at least one whole row of the matrix above and choose Save. "
                "Then run this cell again to see your codes beside the coder's.</p>"
            )
        return _two_coders(mine, codings)

    def grades(self, source_item, information_item):
        """Return the student's Admiralty grades in words, and how many lie on the diagonal: a `Panel`.

        Parameters: two grids with the same rows, one for the letters and one for the digits.
        """
        both = [self._item(name) for name in (source_item, information_item)]
        events = [self.progress.checked(item.id) for item in both]
        given = [
            event.answer if event and event.version == item.version and _fits(item, event.answer) else None
            for item, event in zip(both, events, strict=True)
        ]
        if any(answer is None or None in answer for answer in given):
            return Panel(
                "<p>Fill in both grids above and choose Check under each. "
                "Then run this cell again to see your grades in words.</p>"
            )
        letters, digits = (
            [item.choices[at] for at in answer] for item, answer in zip(both, given, strict=True)
        )
        return _graded(
            [row.text for row in both[0].row], list(map("".join, zip(letters, digits, strict=True)))
        )

    def forecasts(self):
        """Return every forecast of the course with what the student lodged: see `lodged.table`."""
        return lodged.table([item for stem in stems() for item in bank(stem).items], self.progress)

    def lodged(self, at_most=None):
        """Return how many forecasts were lodged and whether they agree with each other: a `Panel`.

        Parameters: `at_most` a dict from a forecast to one that must be as probable or more.
        """
        lines = lodged.told(self.forecasts(), at_most or {})
        return Panel("".join(f"<p>{line}</p>" for line in lines))

    def terms(self, *names):
        """Return what the course means by these words, folded away until opened."""
        known = glossary()
        for name in names:
            if name not in known:
                raise CourseError(nearest(name, known, "term in the glossary"))
        listed = "".join(
            f"<dt><b>{html.escape(name)}</b></dt><dd>{html.escape(known[name])}</dd>" for name in names
        )
        summary = f"Words used here: {html.escape(', '.join(names))}"
        return Panel(
            f'<details><summary data-lm-suppress-shortcuts="true">{summary}</summary>'
            f"<dl>{listed}</dl></details>"
        )

    def sources(self):
        """Return the sources this lesson rests on: those its questions name and those its text links to."""
        return evidence.sources(source_keys(self.stem))

    def finish(self):
        """Return what has been answered in this lesson, what is still open, and the way on."""
        done, right, total = _tally(self.bank, self.progress.answers())
        answers = self.progress.answers()
        left = dict.fromkeys(item.check for item in self.bank.items if item.id not in answers)
        lines = [f"<p><b>You have answered {done} of {total} questions, {right} of them right.</b></p>"]
        if left:
            lines.append(f"<p>Still open in: {html.escape(', '.join(left))}.</p>")
        follow = stems()[self.number :]
        if follow:
            lines.append(
                f'<p>Next: <a href="{follow[0]}.ipynb" {_LINK}>{html.escape(bank(follow[0]).title)}</a></p>'
            )
        lines.append('<p><a href="index.ipynb" ' + _LINK + ">Course home</a></p>")
        return Panel("".join(lines))

    def _item(self, item_id):
        known = {item.id: item for item in self.bank.items}
        if item_id not in known:
            raise CourseError(nearest(item_id, known, f"item in lesson {self.stem}"))
        return known[item_id]

    def _repr_html_(self):
        horizon = f" · as of {dates.long_date(self.until)}" if self.until else ""
        place = f"Lesson {self.number} of {len(stems())} · about {self.bank.minutes} minutes{horizon}"
        return Panel(
            f"<p><b>{html.escape(self.bank.title)}</b></p><p>{place}</p>{_listing(self.progress, self.stem)}"
        )._repr_html_()

    def __repr__(self):
        return f"<Lesson {self.number} of {len(stems())}: {self.bank.title}>"


def begin(stem):
    """Start a lesson: return its `Lesson`, which shows where it stands in the course.

    Parameters: `stem` the notebook's file name without its ending.
    Raises: `CourseError` for a lesson that does not exist, with the nearest names.
    """
    if stem not in stems():
        raise CourseError(nearest(stem, stems(), "lesson"))
    return Lesson(stem)


def overview():
    """Return the course at a glance: its lessons with minutes and answers, and the next step."""
    progress = Progress()
    answers = progress.answers()
    open_ = [stem for stem in stems() if _tally(bank(stem), answers)[0] < len(bank(stem).items)]
    left = sum(round(bank(s).minutes * (1 - _tally(bank(s), answers)[0] / len(bank(s).items))) for s in open_)
    step = (
        f'<p><b>Next step:</b> <a href="{open_[0]}.ipynb" {_LINK}>{html.escape(bank(open_[0]).title)}</a> · '
        f"about {left} minutes left in the course</p>"
        if open_
        else "<p><b>You have answered every question of the course.</b></p>"
    )
    return Panel(f"{step}{_listing(progress)}")


@functools.cache
def stems():
    """Return the stems of the lessons in the order of the course: those that have a notebook and a bank."""
    return tuple(sorted(path.stem for path in paths.ITEMS.glob("[0-9][0-9]_*.toml")))


@functools.cache
def bank(stem):
    """Return the question bank of a lesson."""
    path = paths.bank(stem)
    shown = f"lessons/items/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ItemError(f"{shown} is not UTF-8. Save the file as UTF-8, then try again.") from None
    return items.load(text, shown, evidence.registered_keys())


def tidy(check=False):
    """Write the schema of question banks anew, or only name it where it is out of step (`check`)."""
    from course_lib.items.authoring import schema

    text = json.dumps(schema(), indent=1) + "\n"
    return [] if in_step(paths.ITEMS / "schema.json", text, check) else ["lessons/items/schema.json"]


def examine(path):
    """Return what is wrong with a question bank, and what might be better: two lists of sentences.

    Parameters: `path` of the TOML file.
    """
    from course_lib.items.authoring import advice

    try:
        found = items.load(path.read_text(encoding="utf-8"), path.name, evidence.registered_keys())
    except ItemError as error:
        return error.faults, []
    except (OSError, UnicodeDecodeError) as error:
        return [f"{path.name} cannot be read: {error}."], []
    return [], advice(found, path.name)


@functools.cache
def glossary():
    """Return the course's glossary: a dict from term to its explanation."""
    return tomllib.loads((paths.LESSONS / "glossary.toml").read_text(encoding="utf-8"))


@functools.cache
def source_keys(stem):
    """Return the register keys a lesson rests on, sorted: from its bank and from its notebook's links."""
    text = paths.bank(stem).read_text(encoding="utf-8")
    keys = set(re.findall(r"\(source:([\w-]+)\)", text))
    keys.update(key for item in bank(stem).items for key in item.sources)
    book = json.loads((paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"))
    links = re.findall(
        r"\]\((https?://[^)\s]+)\)", "\n".join("".join(cell["source"]) for cell in book["cells"])
    )
    by_url = {row.url: row.key for row in evidence.table("sources").itertuples() if isinstance(row.url, str)}
    keys.update(by_url[link] for link in links if link in by_url)
    return tuple(sorted(keys))


def _cell(value):
    """Return what stands in a cell to be read: blanks as blanks, days as days, whole numbers whole."""
    import pandas as pd

    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float | int) and not isinstance(value, bool) and float(value).is_integer():
        # Years and small numbers need no comma.
        return f"{int(value):,}" if abs(value) >= 10_000 else str(int(value))
    return value


def _tally(bank_, answers):
    ours = [answers[item.id] for item in bank_.items if item.id in answers]
    return len(ours), sum(event.state == "right" for event in ours), len(bank_.items)


def _listing(progress, here=None):
    answers = progress.answers()
    rows = []
    for stem in stems():
        done, right, total = _tally(bank(stem), answers)
        name = html.escape(f"{stem[:2]} {bank(stem).title}")
        link = (
            f"<b>{name}</b> (you are here)" if stem == here else f'<a href="{stem}.ipynb" {_LINK}>{name}</a>'
        )
        rows.append(
            f"<li>{link} · {bank(stem).minutes} minutes · {done} of {total} answered, {right} right</li>"
        )
    return f'<ul style="list-style:none;padding:0;margin:.3em 0">{"".join(rows)}</ul>'


def _fits(item, answer):
    try:
        items.valid_answer(item, answer)
    except ItemError:
        return False
    return True


def _graded(reports, grades):
    found = diagonal(grades)
    rows = "".join(
        f'<tr><td style="text-align:left">{html.escape(report)}</td><td><b>{grade}</b></td>'
        f'<td style="text-align:left">{admiralty(grade)}</td></tr>'
        for report, grade in zip(reports, grades, strict=True)
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Report", "Your grade", "In words"))
    return Panel(
        f"<p><b>{found.on} of your {found.n} grades lie on the diagonal</b>, where letter and digit say the "
        f"same (A1, B2, C3 …). Luck alone would put {found.n * found.by_chance:.0f} there.</p>"
        f"<table><caption>Your grades</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _two_coders(mine, codings):
    theirs = codings.pivot(index="evidence", columns="hypothesis", values="consistency")
    theirs = theirs.loc[mine.index, mine.columns]
    same = int((mine == theirs).to_numpy().sum())
    lines = [
        f"<p><b>You and the coder give the same code in {same} of {mine.size} cells</b> "
        f"({len(mine)} rows filled in whole).</p>"
    ]
    try:
        kappa, _ = ach.coder_agreement(mine, theirs)
    except CourseError as error:
        lines.append(f"<p>{html.escape(str(error))}</p>")
    else:
        lines.append(
            f"<p>Beyond luck, with near codes taken as partly agreed (Cohen's kappa, linear weights): "
            f"<b>{kappa.kappa:.2f}</b>.</p>"
        )
    far = []
    for row in codings.itertuples():
        if row.evidence in mine.index and row.hypothesis in mine.columns:
            code = mine.loc[row.evidence, row.hypothesis]
            steps = abs(ach.CODES.index(code) - ach.CODES.index(row.consistency))
            if steps > 1:
                far.append((steps, row.evidence, row.hypothesis, code, row.consistency, row.reason))
    if far:
        far = sorted(far, key=lambda one: (-one[0], one[1], one[2]))
        names = ("Evidence", "Hypothesis", "Your code", "The coder's", "The coder's reason")
        head = "".join(f'<th scope="col">{name}</th>' for name in names)
        cells = [[f'<td style="text-align:left">{html.escape(text)}</td>' for text in one[1:]] for one in far]
        rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells[:_FARTHEST])
        shown = f", the farthest {_FARTHEST} of {len(far)}" if len(far) > _FARTHEST else ""
        lines.append(
            f"<table><caption>Two steps or more apart{shown}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )
    lines.append(
        "<p>The coder's codes are one person's judgement. Where your reason is better, keep your code.</p>"
    )
    return Panel("".join(lines))


def _agreement(pairs, total):
    keys, mine = [row.key for row, _ in pairs], [code for _, code in pairs]
    same = sum(key == code for key, code in zip(keys, mine, strict=True))
    lines = [
        f"<p><b>You and the key agree on {same} of {len(pairs)} claims coded</b> ({total} in the grid).</p>"
    ]
    try:
        result = cohen_kappa(mine, keys)
    except CourseError as error:
        lines.append(f"<p>{html.escape(str(error))}</p>")
    else:
        lines.append(
            f"<p>Share seen {result.observed:.2f}, share that luck would give {result.expected:.2f}, "
            f"so Cohen's kappa is <b>{result.kappa:.2f}</b>.</p>"
        )
    apart = [(row, code) for row, code in pairs if row.key != code]
    if apart:
        rows = "".join(
            f"<tr><td>{html.escape(row.ref or '')}</td>"
            f'<td style="text-align:left">{html.escape(row.text)}</td>'
            f"<td>{html.escape(code)}</td><td>{html.escape(row.key)}</td></tr>"
            for row, code in apart
        )
        names = ("Claim", "In our words", "Your code", "Key")
        head = "".join(f'<th scope="col">{name}</th>' for name in names)
        lines.append(
            "<table><caption>Where you differ</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )
    return Panel("".join(lines))
