"""A package as named things: classes, fields, methods and parameters, before any of them is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..dialects.base import Dialect
from ..model.catalog import Catalog, Key
from ..model.query import Command
from ..model.statement import Statement
from ..model.typed import TypedParameter, TypedQuery
from ..model.types import Type
from ..model.values import entity


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project's configuration says of one package.

    `types` are the overrides by database type or `table.column`, `names` the classes by table; `schema_paths` are shown
    in headers; `templates` is a folder whose templates take the place of ours, `black` the project's settings of black.
    """

    name: str
    models: str = "dataclass"
    interface: str = "both"
    types: Mapping[str, str] | None = None
    names: Mapping[str, str] | None = None
    schema_paths: tuple[str, ...] = ()
    width: int = 88
    templates: Path | None = None
    black: Mapping[str, object] = field(default_factory=dict[str, object])


@entity
class TranslatedQuery:
    """A query with the statement that each target gets, by the dialect's name, and the variants that some are of."""

    query: TypedQuery
    statements: Mapping[str, Statement]
    variants: Mapping[str, TypedQuery]


@entity
class TranslatedFile:
    """The queries of a file. `path` is the file as the project names it, `stem` its name without suffix.

    Of a file that is `known`, the modules are there already: the package only has to name it.
    """

    stem: str
    path: str
    queries: tuple[TranslatedQuery, ...]
    known: bool = False


@entity
class Package:
    """All that a generated package is made from."""

    settings: Settings
    dialect: Dialect
    targets: tuple[Dialect, ...]
    catalog: Catalog
    files: tuple[TranslatedFile, ...]


# Named things


@entity
class NamedField:
    """An attribute of a class, or a query's only column. `nested` is the class of an embedded row.

    `override` is the dotted name of a class of the user's, `enum` the name of an enum's class. Of a JSON value, `row`
    is the class of the object that it is, or `item` what the array that it is holds; `key` is the name that the value
    has among the members of an object.
    """

    name: str
    type: Type
    nullable: bool
    doc: tuple[str, ...] = ()
    override: str | None = None
    enum: str | None = None
    nested: NamedClass | None = None
    row: NamedClass | None = None
    item: NamedField | None = None
    key: str = ""

    @property
    def is_document(self) -> bool:
        """Whether it is JSON that is taken apart."""
        return self.row is not None or self.item is not None


@entity
class NamedClass:
    """The class of a table's rows (`table` is then given), of a query's, or of the objects in their JSON.

    `holds` says in a few words what it is for, where no comment does.
    """

    name: str
    fields: tuple[NamedField, ...]
    doc: tuple[str, ...]
    table: Key | None = None
    holds: str = ""


@entity
class NamedEnum:
    name: str
    members: tuple[tuple[str, str], ...]
    """Each member with its label."""
    doc: tuple[str, ...]


@entity
class NamedParameter:
    name: str
    parameter: TypedParameter
    override: str | None = None
    enum: str | None = None


@entity
class NamedMethod:
    """A query as a method. It gives `value`s, or `row`s, or (when both are None) nothing or a count."""

    name: str
    constant: str
    command: Command
    query: TypedQuery
    statements: Mapping[str, Statement]
    parameters: tuple[NamedParameter, ...]
    doc: tuple[str, ...]
    value: NamedField | None
    row: NamedClass | None
    undone: bool
    """A wrong number of rows must undo what the statement changed."""
    objects: tuple[NamedClass, ...] = ()
    """The classes of the objects in the JSON of its rows, those that others hold first."""


@entity
class NamedFile:
    """A query file as a module and as an attribute of the database (`module`), and as a class (`name`)."""

    module: str
    name: str
    path: str
    methods: tuple[NamedMethod, ...]
    rows: tuple[NamedClass, ...]


@entity
class NamedPackage:
    settings: Settings
    targets: tuple[Dialect, ...]
    enums: tuple[NamedEnum, ...]
    tables: tuple[NamedClass, ...]
    files: tuple[NamedFile, ...]
