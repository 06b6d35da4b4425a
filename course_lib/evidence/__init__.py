"""The evidence: typed tables cut at an information horizon, their data cards, and the register of sources.

Every table is described in `data/datapackage.json`: what a row is, each field, the limits. That file
decides how a column is read and what a horizon hides, so a table and its description cannot part unnoticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from course_lib import paths
from course_lib.evidence.cards import Card, dictionary
from course_lib.evidence.dataset import EvidenceDataset, Outlines, read_dataset
from course_lib.evidence.references import Bibliography, Citations, Source
from course_lib.generated import keep_in_step
from course_lib.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, KeysView
    from datetime import date

    import pandas as pd


class Edition(TypedDict):
    """Which state of the evidence this is: its version, and the month up to which it was collected."""

    version: str
    as_of: str


def dataset() -> EvidenceDataset:
    """Return the evidence of the course.

    Returns
    -------
    EvidenceDataset
        Of the folder `paths.DATA`.

    Raises
    ------
    EvidenceError
        Where the description of the tables cannot be read.
    """
    return read_dataset(paths.DATA)


def table(name: str, until: str | date | None = None) -> pd.DataFrame:
    """Return a table of the course as a DataFrame, typed as its description says.

    Dates are datetimes where every day is known and text where some are known by month only; lists are
    tuples; empty cells are missing values, never zero.

    Parameters
    ----------
    name : str
        As in `table_names`.
    until : str or date, optional
        The information horizon, an ISO day or a `date`: rows whose event or period ends later, or of which
        nobody told before, are left out, and cells that tell of later are emptied. A table without dates has
        no such rows.

    Returns
    -------
    DataFrame
        A table of its own, so that changing it changes nothing else.

    Raises
    ------
    EvidenceError
        For an unknown table, a date that does not exist, or a file that cannot be read.

    Examples
    --------
    >>> len(table("claims"))
    93
    """
    return dataset().table(name, until)


def table_names() -> tuple[str, ...]:
    """Return the names of all tables.

    Returns
    -------
    tuple of str
        In the order of the data package.

    Examples
    --------
    >>> "claims" in table_names()
    True
    """
    return tuple(dataset().schemas)


def verdicts(until: str | date | None = None) -> pd.DataFrame:
    """Return the article's claims with what could be said of each on a day.

    Parameters
    ----------
    until : str or date, optional
        The information horizon, an ISO day or a `date`; without it the latest verdicts.

    Returns
    -------
    DataFrame
        A row per claim: the table `claims` with the fields of `verdicts` beside it. `known` is the day whose
        knowledge the verdict uses; a claim without a verdict by then is `open`.

    Raises
    ------
    EvidenceError
        For a date that does not exist.
    """
    claims = table("claims")
    newest = table("verdicts", until).sort_values("as_of").drop_duplicates("claim", keep="last")
    newest = newest.rename(columns={"claim": "id", "as_of": "known"})
    joined = claims.merge(newest, on="id", how="left", validate="one_to_one")
    joined["verdict"] = joined["verdict"].fillna("open")
    joined["evidence"] = joined["evidence"].fillna(say("ledger.nothing_recorded"))
    joined["source_keys"] = [keys if isinstance(keys, tuple) else () for keys in joined["source_keys"]]
    return joined


def outlines(name: str) -> Outlines:
    """Return map outlines as a GeoJSON dict.

    Parameters
    ----------
    name : str
        ``countries`` or ``governorates``.

    Returns
    -------
    dict
        A feature collection, in degrees.

    Raises
    ------
    EvidenceError
        For unknown outlines.

    Examples
    --------
    >>> len(outlines("governorates")["features"])
    15
    """
    return dataset().outlines(name)


def about(name: str) -> Card:
    """Return the data card of a table or of outlines: what a row is, what its fields mean, its limits.

    Parameters
    ----------
    name : str
        A table or outlines.

    Returns
    -------
    Card
        Shows itself in a notebook and as plain text.

    Raises
    ------
    EvidenceError
        For an unknown name.
    """
    return dataset().card(name)


def data_dictionary() -> str:
    """Return all data cards as one page: what stands in `data/README.md`.

    Returns
    -------
    str
        Markdown.
    """
    package = dataset().package
    cards = [about(resource.name) for resource in package.resources]
    return dictionary(package.title, package.description, cards)


def tidy(check: bool = False) -> list[str]:
    """Write the data dictionary anew where it is out of step with the description of the tables.

    Parameters
    ----------
    check : bool, default False
        Only name it, and write nothing.

    Returns
    -------
    list of str
        The name of the file, or nothing where it was in step.
    """
    return [] if keep_in_step(paths.DATA / "README.md", data_dictionary(), check) else ["data/README.md"]


def source(key: str) -> Source:
    """Return the source with a key.

    Parameters
    ----------
    key : str
        As in the table `sources`.

    Returns
    -------
    Source
        Its entry in the register.

    Raises
    ------
    EvidenceError
        For an unknown key, with the nearest ones.
    """
    return dataset().source(key)


def registered_keys() -> KeysView[str]:
    """Return the keys of all registered sources.

    Returns
    -------
    set-like of str
        In the order of the register.
    """
    return dataset().register.keys()


def cite(*keys: str) -> Citations:
    """Return short citations with links.

    Parameters
    ----------
    *keys : str
        Of sources, in the order in which they should stand.

    Returns
    -------
    Citations
        Shows itself in a notebook and as plain text.

    Raises
    ------
    EvidenceError
        For an unknown key.
    """
    return Citations([source(key) for key in keys])


def sources(keys: Iterable[str] | None = None) -> Bibliography:
    """Return sources as a list to read or to take along as BibTeX or CSL-JSON.

    Parameters
    ----------
    keys : iterable of str, optional
        Of these sources; all by default.

    Returns
    -------
    Bibliography
        Each source once.

    Raises
    ------
    EvidenceError
        For an unknown key.
    """
    return Bibliography(source(key) for key in (registered_keys() if keys is None else keys))


def edition() -> Edition:
    """Return which state of the evidence this is.

    Returns
    -------
    dict
        ``version``, and ``as_of``, the month up to which it was collected.
    """
    package = dataset().package
    return {"version": package.version, "as_of": package.as_of or ""}
