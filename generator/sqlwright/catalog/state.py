"""The catalog while it is being built: what earlier statements have left, and how later ones find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ..diagnostics import Diagnostic, Source, Span, did_you_mean, error, nearest_of, warning
from ..dialects.base import Dialect, TypeFailure, Types
from ..model.catalog import (
    Catalog,
    Column,
    CompositeType,
    Domain,
    EnumType,
    Function,
    Key,
    RangeType,
    Table,
)
from ..model.ddl import ObjectName
from ..model.syntax import Identifier, Node, Query, TypeName
from ..model.types import Family, SqlType

ViewColumns = Callable[[Query, Source, Catalog, Dialect], tuple[tuple[Column, ...], tuple[Diagnostic, ...]]]
"""How the columns of a view are inferred, with what is wrong with its query; handed in, because inference is a later
phase."""


@dataclass(slots=True)
class State:
    """All that is known so far. The `catalog` is a live view of it."""

    dialect: Dialect
    view_columns: ViewColumns
    tables: dict[Key, Table] = field(default_factory=dict[Key, Table])
    enums: dict[Key, EnumType] = field(default_factory=dict[Key, EnumType])
    domains: dict[Key, Domain] = field(default_factory=dict[Key, Domain])
    composites: dict[Key, CompositeType] = field(default_factory=dict[Key, CompositeType])
    ranges: dict[Key, RangeType] = field(default_factory=dict[Key, RangeType])
    functions: dict[Key, tuple[Function, ...]] = field(default_factory=dict[Key, "tuple[Function, ...]"])
    sequences: dict[Key, None] = field(default_factory=dict[Key, None])
    schemas: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    extensions: list[str] = field(default_factory=list[str])
    unlisted: set[str] = field(default_factory=set[str])
    findings: list[Diagnostic] = field(default_factory=list[Diagnostic])
    source: Source = field(default_factory=lambda: Source("", ""))
    catalog: Catalog = field(init=False)
    types: Types = field(init=False)

    def __post_init__(self) -> None:
        self.schemas[self.dialect.default_schema] = None
        self.catalog = self.view()
        self.types = self.dialect.types(self.catalog)

    def view(self) -> Catalog:
        """The catalog over the state's own mappings."""
        return Catalog(
            self.dialect.default_schema,
            self.tables,
            self.enums,
            self.domains,
            self.composites,
            self.ranges,
            self.functions,
            self.sequences,
            self.schemas,
            tuple(self.extensions),
            frozenset(self.unlisted),
        )

    def frozen(self) -> Catalog:
        """The catalog as it is now, which later changes of the state do not touch."""
        return Catalog(
            self.dialect.default_schema,
            dict(self.tables),
            dict(self.enums),
            dict(self.domains),
            dict(self.composites),
            dict(self.ranges),
            dict(self.functions),
            dict(self.sequences),
            dict(self.schemas),
            tuple(self.extensions),
            frozenset(self.unlisted),
        )

    def refresh(self) -> None:
        """Take an extension into account: what it brings is part of the types."""
        self.catalog = self.view()
        self.types = self.dialect.types(self.catalog)

    # Names

    def spelled(self, name: Identifier) -> str:
        return self.dialect.names.spelled(name)

    def key(self, name: ObjectName) -> Key:
        """The key of an object of this name, in the default schema unless the name says another."""
        *schemas, last = name
        schema = self.spelled(schemas[-1]) if schemas else self.dialect.default_schema
        return schema, self.spelled(last)

    def find_table(self, name: ObjectName) -> Table | None:
        """The table of this name, however the database compares names."""
        return self.table_of(self.key(name))

    def table_of(self, key: Key) -> Table | None:
        found = self.tables.get(key)
        if found is not None:
            return found
        folded = self.dialect.names.table_key
        wanted = (folded(key[0]), folded(key[1]))
        return next(
            (table for other, table in self.tables.items() if (folded(other[0]), folded(other[1])) == wanted), None
        )

    def find_column(self, table: Table, name: Identifier) -> Column | None:
        wanted = self.dialect.names.column_key(self.spelled(name))
        folded = self.dialect.names.column_key
        return next((column for column in table.columns if folded(column.name) == wanted), None)

    def is_type(self, key: Key) -> bool:
        return key in self.enums or key in self.domains or key in self.composites or key in self.ranges

    # Renaming

    def rename_table(self, table: Table, new: Key) -> None:
        """Give a table another name in its place, and point foreign keys and children at it."""
        entries = list(self.tables.items())
        self.tables.clear()
        for key, other in entries:
            if key == table.key:
                self.tables[new] = _repointed(replace(other, schema=new[0], name=new[1]), key, new)
            else:
                self.tables[key] = _repointed(other, table.key, new)

    def rename_type(self, old: Key, new: Key) -> None:
        """Give an enum, a domain, a composite or a range another name, and every column that has it."""
        if old in self.enums:
            self.enums[new] = replace(self.enums.pop(old), schema=new[0], name=new[1])
        elif old in self.domains:
            self.domains[new] = replace(self.domains.pop(old), schema=new[0], name=new[1])
        elif old in self.composites:
            self.composites[new] = replace(self.composites.pop(old), schema=new[0], name=new[1])
        elif old in self.ranges:
            self.ranges[new] = replace(self.ranges.pop(old), schema=new[0], name=new[1])
        for key, table in self.tables.items():
            self.tables[key] = replace(table, columns=_retyped(table.columns, old, new))
        for key, composite in self.composites.items():
            self.composites[key] = replace(composite, fields=_retyped(composite.fields, old, new))
        for key, domain in self.domains.items():
            self.domains[key] = replace(domain, base=_renamed_type(domain.base, old, new))

    def rename_schema(self, old: str, new: str) -> None:
        """Move everything that is in a schema to another name of it."""
        self.schemas[new] = self.schemas.pop(old, None)
        for key in [key for key in self.tables if key[0] == old]:
            self.rename_table(self.tables[key], (new, key[1]))
        for kind in (self.enums, self.domains, self.composites, self.ranges):
            for key in [key for key in kind if key[0] == old]:
                self.rename_type(key, (new, key[1]))

    # Types

    def type_of(self, name: TypeName) -> SqlType:
        """The type a name stands for; one that is unknown is reported, and kept by its name."""
        found = self.types.from_name(name)
        if isinstance(found, TypeFailure):
            self.report(warning(found.code, found.message, self.span(name), found.help))
            return SqlType(name.name, name.args, name.dimensions > 0, Family.PSEUDO, name.schema)
        return found

    # Findings

    def span(self, node: Node) -> Span:
        return self.source.span(node.start, node.end)

    def name_span(self, name: ObjectName) -> Span:
        return self.source.span(name[0].start, name[-1].end)

    def report(self, finding: Diagnostic) -> None:
        self.findings.append(finding)

    def unknown(self, kind: str, name: ObjectName, known: Iterable[Key]) -> None:
        """Report a name that nothing defines."""
        shown = ".".join(self.spelled(part) for part in name)
        names = [key[1] for key in known]
        help = did_you_mean(self.spelled(name[-1]), names, "define it before this statement, or correct its name")
        code = f"unknown-{kind.replace(' ', '-')}"
        self.report(error(code, f"{kind} `{shown}` does not exist", self.name_span(name), help))

    def unknown_column(self, table: Table, name: Identifier) -> None:
        self.report(
            error(
                "unknown-column",
                f"column `{self.spelled(name)}` does not exist in `{table.name}`",
                self.span(name),
                nearest_of(self.spelled(name), [column.name for column in table.columns], "columns"),
            )
        )


def _repointed(table: Table, old: Key, new: Key) -> Table:
    keys = tuple(replace(key, table=new) if key.table == old else key for key in table.foreign_keys)
    parents = tuple(new if parent == old else parent for parent in table.parents)
    partition_of = new if table.partition_of == old else table.partition_of
    if keys == table.foreign_keys and parents == table.parents and partition_of == table.partition_of:
        return table
    return replace(table, foreign_keys=keys, parents=parents, partition_of=partition_of)


def _retyped(columns: tuple[Column, ...], old: Key, new: Key) -> tuple[Column, ...]:
    return tuple(replace(column, type=_renamed_type(column.type, old, new)) for column in columns)


def _renamed_type(type: SqlType, old: Key, new: Key) -> SqlType:
    return replace(type, schema=new[0], name=new[1]) if type.schema is not None and type.key == old else type
