"""The evidence: typed tables cut at an information horizon, their data cards, and the register of sources.

Every table is described in `data/datapackage.json`: what a row is, each field, the limits. That file
decides how a column is read, so a table and its description cannot part unnoticed.
"""

import calendar
import csv
import functools
import html
import io
import json
import re
from dataclasses import dataclass, replace
from datetime import date

from course_lib import paths
from course_lib.errors import EvidenceError, nearest

_FAULTS_SHOWN = 5
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def table(name, until=None):
    """Return a table of the course as a DataFrame, typed as its description says.

    Dates are datetimes where every day is known and text where some are known by month only; lists are
    tuples; empty cells are missing values, never zero.

    Parameters: `name` as in `names()`; `until` the information horizon, an ISO date or a `date`: rows whose
    event or period ends later are left out. A table without dates has no such rows.
    Returns: a DataFrame of its own, so that changing it changes nothing else.
    Raises: `EvidenceError` for an unknown table, a date that does not exist, or a file that cannot be read.

    >>> len(table("claims"))
    93
    """
    if name not in names():
        raise EvidenceError(nearest(name, names(), "table"))
    rows = _parsed(name).copy()
    if until is None:
        return rows
    last = _day(until)
    ends = _last_days(name, rows)
    return rows if ends is None else rows[[end <= last for end in ends]].reset_index(drop=True)


def names():
    """Return the names of all tables, in the order of the data package."""
    return tuple(_described())


def verdicts(until=None):
    """Return the article's claims with what could be said of each on a day: one row per claim.

    Parameters: `until` the information horizon, an ISO date or a `date`; without it the latest verdicts.
    Returns: the table `claims` with the fields of `verdicts` beside it. `known` is the day whose knowledge
    the verdict uses; a claim without a verdict by then is `open`.
    """
    claims = table("claims")
    newest = table("verdicts", until).sort_values("as_of").drop_duplicates("claim", keep="last")
    newest = newest.rename(columns={"claim": "id", "as_of": "known"})
    joined = claims.merge(newest, on="id", how="left", validate="one_to_one")
    joined["verdict"] = joined["verdict"].fillna("open")
    joined["evidence"] = joined["evidence"].fillna("Nothing is recorded by this day.")
    joined["source_keys"] = [keys if isinstance(keys, tuple) else () for keys in joined["source_keys"]]
    return joined


def about(name):
    """Return the data card of a table: what a row is, what its fields mean, where its limits lie."""
    if name not in names():
        raise EvidenceError(nearest(name, names(), "table"))
    return Card(_described()[name], len(_parsed(name)))


@dataclass(frozen=True)
class Card:
    """The data card of one table; it shows itself in a notebook and as plain text."""

    described: dict
    rows: int

    def _facts(self):
        licences = ", ".join(licence["name"] for licence in self.described["licenses"])
        return {
            "What a row is": self.described["description"],
            "Rows": f"{self.rows}",
            "As of": long_date(self.described["course:as_of"]),
            "Licence": licences,
        }

    def _fields(self):
        for field in self.described["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum", [])
            yield field["name"], field["type"], field["description"], ", ".join(map(str, allowed))

    def _repr_html_(self):
        facts = "".join(
            f"<dt><b>{name}</b></dt><dd>{html.escape(text)}</dd>" for name, text in self._facts().items()
        )
        limits = "".join(f"<li>{html.escape(limit)}</li>" for limit in self.described["course:limits"])
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Field", "Type", "Meaning", "Values"))
        rows = "".join(
            "<tr>"
            + "".join(f'<td style="text-align:left">{html.escape(cell)}</td>' for cell in field)
            + "</tr>"
            for field in self._fields()
        )
        return (
            f"<div><p><b>{html.escape(self.described['title'])}</b> ({self.described['name']})</p>"
            f"<dl>{facts}<dt><b>Limits</b></dt><dd><ul>{limits}</ul></dd></dl>"
            '<details><summary data-lm-suppress-shortcuts="true">The fields</summary>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details></div>"
        )

    def __repr__(self):
        lines = [f"{self.described['title']} ({self.described['name']})"]
        lines += [f"{name}: {text}" for name, text in self._facts().items()]
        lines += ["Limits:", *(f"- {limit}" for limit in self.described["course:limits"]), "Fields:"]
        lines += [f"- {name} ({kind}): {text}" for name, kind, text, _ in self._fields()]
        return "\n".join(lines)


@dataclass(frozen=True)
class Source:
    """One entry of the register of sources; empty text stands for what is not known."""

    key: str
    publisher: str
    author: str
    title: str
    date: str
    date_note: str
    url: str
    identifier: str
    kind: str
    seen: bool

    @property
    def dated(self):
        """The date in words, with what has to be said about it; empty where nothing is known."""
        note = f"({self.date_note})" if self.date and self.date_note else self.date_note
        return " ".join(part for part in (long_date(self.date), note) if part)

    @property
    def short(self):
        """How the text names it: authors and year for a study, outlet and date for the rest."""
        if self.kind in ("academic", "book") and self.author:
            surnames = [author.split()[-1] for author in self.author.split("; ")]
            several = f"{surnames[0]} and others" if len(surnames) > 2 else " and ".join(surnames)
            return f"{several} {self.date[:4]}".strip()
        return ", ".join(part for part in (self.publisher, self.dated) if part)

    def full(self, title):
        """How a list names it: author, title, publisher, date, number, and whether it was read.

        Parameters: `title` the title as it is to be shown, since a page makes it a link.
        """
        parts = [self.author, title, self.publisher, self.dated, self.identifier]
        read = "" if self.seen else " Not read; cited from knowledge."
        return "".join(part if part[-1] in ".?!" else f"{part}." for part in _spaced(parts)) + read


def source(key):
    """Return the `Source` with this key; an unknown key is answered with the nearest ones."""
    try:
        return _register()[key]
    except KeyError:
        raise EvidenceError(nearest(key, _register(), "source")) from None


def registered_keys():
    """Return the keys of all registered sources."""
    return _register().keys()


def cite(*keys):
    """Return short citations with links, in the order given."""
    return Citations([source(key) for key in keys])


def sources(keys):
    """Return the full list of these sources, sorted as a bibliography is."""
    return Bibliography(sorted((source(key) for key in set(keys)), key=_shelf))


@dataclass(frozen=True)
class Citations:
    """Short citations in a row."""

    cited: list

    def _repr_html_(self):
        return " · ".join(_link(one.url, one.short) for one in self.cited)

    def __repr__(self):
        return "; ".join(one.short for one in self.cited)


@dataclass(frozen=True)
class Bibliography:
    """Full references as a list."""

    listed: list

    def _repr_html_(self):
        return "<ul>" + "".join(f"<li>{_reference(one)}</li>" for one in self.listed) + "</ul>"

    def __repr__(self):
        return "\n".join(f"- {one.full(one.title)} {one.url}".rstrip() for one in self.listed)


def long_date(value):
    """Return a date as the course writes it, as exact as it is known.

    Parameters: `value` an ISO day, month or year, or a `date`; empty text stays empty.

    >>> long_date("2024-12-12"), long_date("2024-12"), long_date("2024")
    ('12 December 2024', 'December 2024', '2024')
    """
    if not value:
        return ""
    year, month, day = _parts(value)
    words = [str(int(day))] if day else []
    words += [calendar.month_name[int(month)]] if month else []
    return " ".join([*words, year])


def _link(url, text):
    shown = html.escape(text)
    # Underlined, since colour alone would not tell a link from the words around it.
    style = 'style="text-decoration:underline"'
    return (
        f'<a href="{html.escape(url)}" target="_blank" rel="noopener" {style}>{shown}</a>' if url else shown
    )


def _reference(one):
    # The title is escaped on its own, since it becomes a link inside the escaped rest.
    author, publisher = html.escape(one.author), html.escape(one.publisher)
    shown = replace(one, author=author, publisher=publisher, identifier=html.escape(one.identifier))
    return shown.full(_link(one.url, one.title))


def _shelf(one):
    return (one.author.split("; ")[0].split()[-1] if one.author else one.publisher).lower(), one.date, one.key


def _spaced(parts):
    kept = [part for part in parts if part]
    return [part if place == 0 else f" {part}" for place, part in enumerate(kept)]


@functools.cache
def _described():
    described = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in described["resources"]}


@functools.cache
def _register():
    fields = Source.__dataclass_fields__
    rows = _parsed("sources")[list(fields)].fillna("")
    return {row.key: Source(*row) for row in rows.itertuples(index=False)}


@functools.cache
def _parsed(name):
    import pandas as pd

    described = _described()[name]
    path = paths.DATA / described["path"]
    shown = f"data/{described['path']}"
    fields = described["schema"]["fields"]
    head, rows = _read(path, shown)
    expected = [field["name"] for field in fields]
    if head != expected:
        raise EvidenceError(
            f"{shown} has the columns {', '.join(head)}; its description in data/datapackage.json has "
            f"{', '.join(expected)}. Give both the same columns in the same order."
        )
    faults, columns = [], {}
    for place, field in enumerate(fields):
        cells = []
        for number, row in enumerate(rows, start=2):
            try:
                cells.append(_cell(row[place], field))
            except ValueError as error:
                faults.append(f"{shown}, line {number}, column '{field['name']}': {row[place]!r} {error}.")
        columns[field["name"]] = cells
    if faults:
        more = f" And {len(faults) - _FAULTS_SHOWN} more." if len(faults) > _FAULTS_SHOWN else ""
        raise EvidenceError("\n".join(faults[:_FAULTS_SHOWN]) + more)
    kinds = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[us]"}
    return pd.DataFrame(
        {f["name"]: pd.Series(columns[f["name"]], dtype=_dtype(f, columns[f["name"]], kinds)) for f in fields}
    )


def _dtype(field, cells, kinds):
    # A column of text keeps pandas' own type for text; tuples need the general one.
    return kinds.get(field["type"], "object" if field["type"] == "list" else "str") if cells else None


def _read(path, shown):
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise EvidenceError(
            f"{shown} is missing. Put it back from the course's files, then try again."
        ) from None
    except UnicodeDecodeError as error:
        raise EvidenceError(
            f"{shown} is not UTF-8: byte {error.object[error.start]:#04x} at position {error.start} cannot "
            "be read. Save the file as UTF-8, then try again."
        ) from None
    try:
        head, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except csv.Error:
        raise EvidenceError(
            f"{shown} ends inside quotation marks: the file is cut short or a closing mark is missing. "
            "Put it back from the course's files, then try again."
        ) from None
    for number, row in enumerate(rows, start=2):
        if len(row) != len(head):
            raise EvidenceError(
                f"{shown}, line {number}: {len(row)} cells where the first line has {len(head)}. "
                "The file is cut short or a comma is not in quotation marks."
            )
    return head, rows


def _cell(text, field):
    kind = field["type"]
    if text == "":
        if field.get("constraints", {}).get("required"):
            raise ValueError("is empty, and this column may not be")
        return () if kind == "list" else None
    if kind == "boolean":
        true, false = field["trueValues"], field["falseValues"]
        if text not in true + false:
            raise ValueError(f"is neither {true[0]} nor {false[0]}")
        return text in true
    if kind == "list":
        return tuple(text.split(field["delimiter"]))
    if kind == "date":
        try:
            return _day(text)
        except EvidenceError:
            raise ValueError("is not a day that exists") from None
    try:
        return {"integer": int, "number": float}.get(kind, str)(text)
    except ValueError:
        raise ValueError("is not a whole number" if kind == "integer" else "is not a number") from None


def _parts(value):
    found = _PARTIAL.fullmatch(value.isoformat()[:10] if isinstance(value, date) else str(value))
    if not found:
        raise EvidenceError(f"{value!r} is not a date. Write it as year-month-day, for instance 2024-12-31.")
    return found.groups()


def _day(value):
    try:
        year, month, day = _parts(value)
        if not day:
            raise ValueError
        return date(int(year), int(month), int(day))
    except EvidenceError:
        raise
    except ValueError:
        raise EvidenceError(
            f"{str(value)!r} is not a day that exists. Write it as year-month-day, for instance 2024-12-31."
        ) from None


def _last_day(value, whole_month=False):
    year, month, day = _parts(value)
    month = int(month or 12)
    if day and not whole_month:
        return date(int(year), month, int(day))
    return date(int(year), month, calendar.monthrange(int(year), month)[1])


def _last_days(name, rows):
    """Return the last day of each row's event or period, or None for a table without dates."""
    horizon = _described()[name]["course:horizon"]
    if "start" not in horizon:
        return None
    import pandas as pd

    ends = rows[horizon["start"]]
    if horizon["end"]:
        ends = rows[horizon["end"]].fillna(ends)
    months = rows["precision"] == "month" if "precision" in rows else pd.Series(False, index=rows.index)
    return [_last_day(end, month) for end, month in zip(ends, months, strict=True)]
