"""The description of the tables, `data/datapackage.json`, as structs.

https://datapackage.org/standard/data-package/; what begins with ``course:`` is the course's own.
"""

from pathlib import Path

import msgspec

from course_lib.errors import EvidenceError

DESCRIPTION = "datapackage.json"
FILE = f"data/{DESCRIPTION}"


class Licence(msgspec.Struct, frozen=True):
    """A licence of a resource, by its title."""

    title: str


class Category(msgspec.Struct, frozen=True):
    """A value that a field may have, and what it means."""

    value: str
    label: str


class Constraints(msgspec.Struct, frozen=True):
    """What the cells of a field have to be."""

    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    enum: tuple[str | int | float, ...] = ()
    pattern: str | None = None


class Target(msgspec.Struct, frozen=True):
    """Where the keys in a list lead: the resource that has them."""

    resource: str


class KeyTarget(msgspec.Struct, frozen=True):
    """Where a foreign key leads: a resource, the table itself if it is empty, and fields there."""

    resource: str
    fields: tuple[str, ...]


class ForeignKey(msgspec.Struct, frozen=True):
    """Fields whose values stand in another table."""

    fields: tuple[str, ...]
    reference: KeyTarget


class Field(msgspec.Struct, frozen=True):
    """A field of a table: how it is read, what it means, when it is hidden.

    Attributes
    ----------
    hidden_from : str or None
        The day from which a cell tells of what came later, or the field that holds this day.
    before : str or None
        What stands in the cell before that day; nothing by default.
    references : Target or None
        Where the keys in a list lead.
    """

    name: str
    type: str
    description: str
    constraints: Constraints = Constraints()
    unit: str = ""
    delimiter: str = ";"
    true_values: tuple[str, ...] = msgspec.field(name="trueValues", default=())
    false_values: tuple[str, ...] = msgspec.field(name="falseValues", default=())
    categories: tuple[Category, ...] = ()
    references: Target | None = msgspec.field(name="course:references", default=None)
    hidden_from: str | None = msgspec.field(name="course:from", default=None)
    before: str | None = msgspec.field(name="course:before", default=None)


class Horizon(msgspec.Struct, frozen=True):
    """How an information horizon cuts a table.

    Attributes
    ----------
    start, end : str or None
        The fields that hold the days on which a row's event or period began and ended.
    known : str or None
        The field with the day on which somebody first told of the row.
    through : tuple of str
        Foreign keys: a row goes with the row that they lead to.
    undated : str or None
        ``kept`` where rows without a date stay and a card has to say so.
    reason : str or None
        Why no row is ever cut.
    """

    start: str | None = None
    end: str | None = None
    known: str | None = None
    through: tuple[str, ...] = ()
    undated: str | None = None
    reason: str | None = None


class Schema(msgspec.Struct, frozen=True, rename="camel"):
    """The fields of a table and its keys."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


class Resource(msgspec.Struct, frozen=True):
    """A table, or outlines of a map, which have neither horizon nor schema."""

    name: str
    path: str
    title: str
    description: str
    licenses: tuple[Licence, ...]
    as_of: str = msgspec.field(name="course:as_of")
    limits: tuple[str, ...] = msgspec.field(name="course:limits")
    horizon: Horizon | None = msgspec.field(name="course:horizon", default=None)
    schema: Schema | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of a table; outlines have none."""
        return self.schema.fields if self.schema else ()


class Package(msgspec.Struct, frozen=True):
    """All that is described, and the state of the whole."""

    resources: tuple[Resource, ...]
    title: str = ""
    description: str = ""
    version: str = ""
    as_of: str | None = msgspec.field(name="course:as_of", default=None)


def read_package(folder: Path) -> Package:
    """Return the description of the tables in a folder.

    Parameters
    ----------
    folder : Path
        The folder that holds ``datapackage.json``.

    Returns
    -------
    Package
        What the file says.

    Raises
    ------
    EvidenceError
        Where the file is missing, is no JSON, or lacks something that the course needs.
    """
    try:
        return msgspec.json.decode((folder / DESCRIPTION).read_bytes(), type=Package)
    except FileNotFoundError:
        raise EvidenceError(
            f"{FILE} is missing. Put it back from the course's files, then try again."
        ) from None
    except msgspec.DecodeError as error:
        raise EvidenceError(
            f"{FILE} cannot be read: {error}. It describes the tables; mend it there, or put it back from "
            "the course's files."
        ) from None
