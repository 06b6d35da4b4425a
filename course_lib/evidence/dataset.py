"""All tables, outlines and sources of one folder, each file read once until it changes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal, TypedDict

import msgspec

from course_lib import dates
from course_lib.errors import EvidenceError, nearest
from course_lib.evidence import tables
from course_lib.evidence.cards import Card
from course_lib.evidence.horizon import later_cells, rows_known
from course_lib.evidence.names import read_names
from course_lib.evidence.package import DESCRIPTION, Package, Resource, Schema, read_package
from course_lib.evidence.references import Source, with_letters
from course_lib.files import FileState, file_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    import pandas as pd


# In the order of the attributes of a source.
_SOURCE_COLUMNS = (
    "key",
    "publisher",
    "author",
    "title",
    "date",
    "date_note",
    "url",
    "identifier",
    "kind",
    "seen",
)


class Geometry(TypedDict):
    """The shape of a feature, in degrees: rings of points, or polygons of rings."""

    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[list[list[float | list[float]]]]


class Feature(TypedDict):
    """One country or governorate."""

    type: Literal["Feature"]
    properties: dict[str, str | int | float | None]
    geometry: Geometry


class Outlines(TypedDict):
    """Outlines of a map as GeoJSON has them (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[Feature]


class EvidenceDataset:
    """The evidence in a folder.

    Parameters
    ----------
    folder : Path
        Holds ``datapackage.json`` and the files that it names.

    Attributes
    ----------
    package : Package
        The description of all of it.
    resources : dict of str to Resource
        Tables and outlines by name, in the order of the package.
    schemas : dict of str to Schema
        The same of the tables alone.

    Raises
    ------
    EvidenceError
        Where the description cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.package: Package = read_package(folder)
        self.resources: dict[str, Resource] = {resource.name: resource for resource in self.package.resources}
        self.schemas: dict[str, Schema] = {
            name: resource.schema for name, resource in self.resources.items() if resource.schema
        }
        # Made once: putting a path together takes longer than looking at its file.
        self._files = {name: folder / resource.path for name, resource in self.resources.items()}
        self._tables: dict[str, tuple[FileState | None, pd.DataFrame]] = {}
        self._register: tuple[pd.DataFrame, dict[str, Source]] | None = None

    def whole_table(self, name: str) -> pd.DataFrame:
        """Return a table that no horizon cuts, as it is kept here: not to be changed.

        Parameters
        ----------
        name : str
            A table.

        Returns
        -------
        DataFrame
            Typed as its description says.

        Raises
        ------
        EvidenceError
            For an unknown table, or a file that cannot be read.
        """
        if name not in self.schemas:
            raise EvidenceError(nearest(name, self.schemas, "table"))
        state, known = self.table_state(name), self._tables.get(name)
        if known is None or known[0] != state:
            shown = f"data/{self.resources[name].path}"
            rows = tables.read(self._files[name], shown, self.schemas[name])
            known = self._tables[name] = state, rows
        return known[1]

    def table_state(self, name: str) -> FileState | None:
        """Return what tells the file of a table from what it was before.

        Parameters
        ----------
        name : str
            One of `schemas`.

        Returns
        -------
        FileState or None
            None where there is no such file.
        """
        return file_state(self._files[name])

    def table(self, name: str, until: str | date | None = None) -> pd.DataFrame:
        """Return a table of its own, cut at an information horizon.

        Parameters
        ----------
        name : str
            A table.
        until : str or date, optional
            The last day that may be known, as ISO text or a `date`; everything by default.

        Returns
        -------
        DataFrame
            Typed as its description says; ``attrs`` tell ``table`` and ``as_of``.

        Raises
        ------
        EvidenceError
            For an unknown table, a day that does not exist, or a file that cannot be read.
        """
        rows = self.whole_table(name).copy()
        last = None if until is None else dates.day(until)
        rows.attrs = {"table": name, "as_of": last.isoformat() if last else self.package.as_of}
        if last is None:
            return rows
        known = self._rows_known(name, rows, last)
        rows = rows[known].reset_index(drop=True)
        fields = [field for field in self.schemas[name].fields if field.hidden_from]
        # Before the fields that date others are emptied themselves.
        later = [later_cells(field, rows, last) for field in fields]
        for field, hidden in zip(fields, later, strict=True):
            rows.loc[hidden, field.name] = field.before
        return rows

    def _rows_known(self, name: str, rows: pd.DataFrame, last: date) -> list[bool]:
        horizon = self.resources[name].horizon
        if horizon is None:
            return [True] * len(rows)
        known = rows_known(horizon, rows, last)
        for field in horizon.through:
            target = next(key.reference for key in self.schemas[name].foreign_keys if key.fields == (field,))
            there = set(self.table(target.resource, last)[target.fields[0]])
            known = [so_far and value in there for so_far, value in zip(known, rows[field], strict=True)]
        return known

    def outlines(self, name: str) -> Outlines:
        """Return outlines of a map.

        Parameters
        ----------
        name : str
            ``countries`` or ``governorates``.

        Returns
        -------
        dict
            GeoJSON, in degrees.

        Raises
        ------
        EvidenceError
            For unknown outlines, or a file that is missing or no GeoJSON.
        """
        known = self.resources.keys() - self.schemas.keys()
        if name not in known:
            raise EvidenceError(nearest(name, known, "outline"))
        path = self.resources[name].path
        try:
            return msgspec.json.decode(self._files[name].read_bytes(), type=Outlines)
        except FileNotFoundError:
            raise EvidenceError(
                f"data/{path} is missing. Put it back from the course's files, then try again."
            ) from None
        except msgspec.DecodeError as error:
            raise EvidenceError(
                f"data/{path} cannot be read: {error}. Put it back from the course's files, then try again."
            ) from None

    def card(self, name: str) -> Card:
        """Return the data card of a table or of outlines.

        Parameters
        ----------
        name : str
            A table or outlines.

        Returns
        -------
        Card
            With the number of rows or features.

        Raises
        ------
        EvidenceError
            For an unknown name, or a file that cannot be read.
        """
        if name not in self.resources:
            raise EvidenceError(nearest(name, self.resources, "table"))
        rows = self.whole_table(name) if name in self.schemas else self.outlines(name)["features"]
        return Card(self.resources[name], len(rows))

    @property
    def register(self) -> Mapping[str, Source]:
        """All sources by their keys."""
        rows = self.whole_table("sources")
        if self._register is None or self._register[0] is not rows:
            self._register = rows, {source.key: source for source in with_letters(_sources(rows))}
        return self._register[1]

    def source(self, key: str) -> Source:
        """Return the source with a key.

        Parameters
        ----------
        key : str
            As in the register.

        Returns
        -------
        Source
            The entry.

        Raises
        ------
        EvidenceError
            For an unknown key, with the nearest ones.
        """
        try:
            return self.register[key]
        except KeyError:
            raise EvidenceError(nearest(key, self.register, "source")) from None


def _sources(rows: pd.DataFrame) -> Iterator[Source]:
    for key, publisher, author, *others in rows[list(_SOURCE_COLUMNS)].fillna("").itertuples(index=False):
        try:
            authors = read_names(author)
        except ValueError as error:
            raise EvidenceError(
                f"data/tables/sources.csv, source {key!r}, column 'author': {error}"
            ) from None
        yield Source(key, publisher, authors, *others)


def read_dataset(folder: Path) -> EvidenceDataset:
    """Return the evidence in a folder, read once until its description changes.

    Parameters
    ----------
    folder : Path
        Holds ``datapackage.json`` and the files that it names.

    Returns
    -------
    EvidenceDataset
        The same for the same folder and the same description.

    Raises
    ------
    EvidenceError
        Where the description cannot be read.
    """
    return _read_dataset(folder, file_state(_description(folder)))


@functools.cache
def _description(folder: Path) -> Path:
    return folder / DESCRIPTION


@functools.cache
def _read_dataset(folder: Path, _state: FileState | None) -> EvidenceDataset:
    return EvidenceDataset(folder)
