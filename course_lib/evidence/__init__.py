"""The evidence: typed tables cut at an information horizon, their data cards, and the register of sources.

Every table is described in `data/datapackage.json`: what a row is, each field, the limits. That file
decides how a column is read and what a horizon hides, so a table and its description cannot part unnoticed.
"""

import functools
import json

from course_lib import dates, paths
from course_lib.errors import EvidenceError, nearest
from course_lib.evidence import tables
from course_lib.evidence.cards import Card, dictionary
from course_lib.evidence.references import Bibliography, Citations, Source
from course_lib.generated import keep_in_step
from course_lib.messages import say


def table(name, until=None):
    """Return a table of the course as a DataFrame, typed as its description says.

    Dates are datetimes where every day is known and text where some are known by month only; lists are
    tuples; empty cells are missing values, never zero.

    Parameters: `name` as in `names()`; `until` the information horizon, an ISO date or a `date`: rows whose
    event or period ends later, or of which nobody told before, are left out, and cells that tell of later are
    emptied. A table without dates has no such rows.
    Returns: a DataFrame of its own, so that changing it changes nothing else.
    Raises: `EvidenceError` for an unknown table, a date that does not exist, or a file that cannot be read.

    >>> len(table("claims"))
    93
    """
    if name not in table_names():
        raise EvidenceError(nearest(name, table_names(), "table"))
    rows = _parsed(name).copy()
    rows.attrs = {
        "table": name,
        "as_of": dates.day(until).isoformat() if until else _package().get("course:as_of"),
    }
    if until is None:
        return rows
    last = dates.day(until)
    rows = rows[_known(name, rows, last)].reset_index(drop=True)
    # Before the fields that date others are emptied themselves.
    later = {f["name"]: _later(f["course:from"], rows, last) for f in _fields(name) if "course:from" in f}
    before = {field["name"]: field.get("course:before") for field in _fields(name)}
    for field, hidden in later.items():
        rows.loc[hidden, field] = before[field]
    return rows


def table_names():
    """Return the names of all tables, in the order of the data package."""
    return tuple(name for name, described in _described().items() if "schema" in described)


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
    joined["evidence"] = joined["evidence"].fillna(say("ledger.nothing_recorded"))
    joined["source_keys"] = [keys if isinstance(keys, tuple) else () for keys in joined["source_keys"]]
    return joined


def outlines(name):
    """Return map outlines as a GeoJSON dict, in degrees: `countries` or `governorates`.

    Raises: `EvidenceError` for unknown outlines.

    >>> len(outlines("governorates")["features"])
    15
    """
    known = _described().keys() - set(table_names())
    if name not in known:
        raise EvidenceError(nearest(name, known, "outline"))
    return json.loads((paths.DATA / _described()[name]["path"]).read_text(encoding="utf-8"))


def about(name):
    """Return the data card of a table or of outlines: what a row is, what its fields mean, its limits."""
    if name not in _described():
        raise EvidenceError(nearest(name, _described(), "table"))
    rows = _parsed(name) if name in table_names() else outlines(name)["features"]
    return Card(_described()[name], len(rows))


def data_dictionary():
    """Return all data cards as one Markdown page: what stands in `data/README.md`."""
    package = _package()
    return dictionary(package["title"], package["description"], [about(name) for name in _described()])


def tidy(check=False):
    """Write the data dictionary anew, or only name it where it is out of step (`check`); return its name."""
    return [] if keep_in_step(paths.DATA / "README.md", data_dictionary(), check) else ["data/README.md"]


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


def sources(keys=None):
    """Return these sources, or all, as a `Bibliography` to read or to take along as BibTeX or CSL-JSON."""
    return Bibliography(source(key) for key in (registered_keys() if keys is None else keys))


def edition():
    """Return the `version` of the evidence and the month up to which it was collected, `as_of`."""
    return {"version": _package()["version"], "as_of": _package()["course:as_of"]}


@functools.cache
def _package():
    return json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))


@functools.cache
def _described():
    return {resource["name"]: resource for resource in _package()["resources"]}


def _fields(name):
    return _described()[name]["schema"]["fields"]


@functools.cache
def _register():
    fields = Source.__dataclass_fields__
    rows = _parsed("sources")[list(fields)].fillna("")
    return {row.key: Source(*row) for row in rows.itertuples(index=False)}


@functools.cache
def _parsed(name):
    described = _described()[name]
    return tables.read(paths.DATA / described["path"], f"data/{described['path']}", described["schema"])


def _known(name, rows, last):
    """Return which rows of a table could be known by a day, as a list of booleans."""
    horizon = _described()[name]["course:horizon"]
    known = [True] * len(rows)
    if "start" in horizon:
        ends = rows[horizon["start"]]
        if horizon["end"]:
            ends = rows[horizon["end"]].fillna(ends)
        months = rows["precision"].eq("month") if "precision" in rows else [False] * len(rows)
        known = [
            _absent(end) or dates.last_day(end, month) <= last
            for end, month in zip(ends, months, strict=True)
        ]
    if "known" in horizon:
        known = [
            kept and (_absent(day) or dates.last_day(day) <= last)
            for kept, day in zip(known, rows[horizon["known"]], strict=True)
        ]
    for field in horizon.get("through", ()):
        target = next(
            key["reference"]
            for key in _described()[name]["schema"]["foreignKeys"]
            if key["fields"] == [field]
        )
        there = set(table(target["resource"], last)[target["fields"][0]])
        known = [kept and value in there for kept, value in zip(known, rows[field], strict=True)]
    return known


def _later(start, rows, last):
    """Return which cells tell of what came after a day: `start` a day, or the field that dates it."""
    if start in rows:
        return [not _absent(value) and dates.last_day(value) > last for value in rows[start]]
    return [dates.day(start) > last] * len(rows)


def _absent(value):
    # Missing values of every kind differ from themselves or are None.
    return value is None or value != value or str(value) in ("NaT", "<NA>")
