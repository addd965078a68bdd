"""A catalog as another database can have it: without schemas, partitions, and what only one database knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..diagnostics import Diagnostic, Span, error, warning
from ..dialects.base import Dialect
from ..model.catalog import Catalog, Index, Key, RelationKind, Table
from ..model.values import value
from .tablenames import carried_key

_REFUSED = {
    RelationKind.MATERIALIZED_VIEW: "make it a view, or a table that the service fills",
    RelationKind.FOREIGN_TABLE: "leave it to a schema that only this database's package has",
    RelationKind.VIRTUAL_TABLE: "leave it to a schema that only this database's package has",
}


@value
class Flat:
    """The catalog under the target's names, the table that each of its tables was, and what cannot be carried."""

    catalog: Catalog
    originals: Mapping[Table, Table]
    diagnostics: tuple[Diagnostic, ...]


def flattened(catalog: Catalog, written: Dialect, target: Dialect) -> Flat:
    """The tables and views that a target gets, in their order."""
    findings: list[Diagnostic] = []
    originals: dict[Table, Table] = {}
    tables: dict[Key, Table] = {}
    for table in catalog.tables.values():
        if not _is_carried(table, catalog, written, target, findings):
            continue
        flat = _renamed(table, catalog, target)
        if written.features.index_names_of_tables and not target.features.index_names_of_tables:
            flat = _with_own_names(flat)
        originals[flat] = table
        tables[flat.key] = flat
    findings += _collisions(originals, target)
    enums = {
        carried_key(key, catalog, target): replace(enum, schema=target.default_schema)
        for key, enum in catalog.enums.items()
        if target.features.named_enums
    }
    enums = {key: replace(enum, name=key[1]) for key, enum in enums.items()}
    flat_catalog = Catalog(target.default_schema, tables, enums, {}, {}, {}, {}, {}, {target.default_schema: None}, ())
    return Flat(flat_catalog, originals, tuple(findings))


def _is_carried(table: Table, catalog: Catalog, written: Dialect, target: Dialect, findings: list[Diagnostic]) -> bool:
    help = _REFUSED.get(table.kind)
    if help is not None:
        message = f"{table.kind.value} `{table.name}` cannot be carried over to {target.title}"
        findings.append(error("not-translatable", message, table.span, help))
        return False
    if table.parents:
        message = f"`{table.name}` inherits from another table, which {target.title} has no equivalent of"
        findings.append(error("not-translatable", message, table.span, "name the columns in both tables instead"))
        return False
    if table.partition_of is not None:
        root = catalog.tables.get(root_of(table, catalog))
        name = root.name if root is not None else table.partition_of[1]
        message = f"partition `{table.name}` is folded into `{name}`: {target.title} gets one table with all the rows"
        findings.append(warning("not-carried", message, table.span, f"name `{name}` in queries"))
        return False
    if table.temporary:
        message = f"temporary table `{table.name}` is not carried over: it would be gone when the script has run"
        findings.append(warning("not-carried", message, table.span, "make it in the session that uses it"))
        return False
    if table.row_security:
        message = f"the policies of `{table.name}` are not carried over: on {target.title} every row can be read"
        findings.append(warning("not-carried", message, table.span, "let the queries ask for what the policies grant"))
    return True


def root_of(table: Table, catalog: Catalog) -> Key:
    """The key of the table that a partition is in the end a part of."""
    seen: set[Key] = set()
    while table.partition_of is not None and table.key not in seen:
        seen.add(table.key)
        above = catalog.tables.get(table.partition_of)
        if above is None:
            return table.partition_of
        table = above
    return table.key


def _renamed(table: Table, catalog: Catalog, target: Dialect) -> Table:
    schema, name = carried_key(table.key, catalog, target)

    def pointed(key: Key) -> Key:
        found = catalog.tables.get(key)
        return carried_key(root_of(found, catalog) if found is not None else key, catalog, target)

    def index(found: Index) -> Index:
        return replace(found, name=carried_key((table.schema, found.name), catalog, target)[1])

    return replace(
        table,
        schema=schema,
        name=name,
        foreign_keys=tuple(replace(key, table=pointed(key.table)) for key in table.foreign_keys),
        indexes=tuple(index(found) for found in table.indexes),
    )


def _with_own_names(table: Table) -> Table:
    """The table with its name in those of its indexes, which are then no other table's."""

    def own(name: str) -> str:
        return name if table.name.lower() in name.lower() else f"{table.name}_{name}"

    return replace(
        table,
        uniques=tuple(replace(key, name=own(key.name)) if key.name is not None else key for key in table.uniques),
        indexes=tuple(replace(found, name=own(found.name)) for found in table.indexes),
    )


def _collisions(originals: Mapping[Table, Table], target: Dialect) -> Iterator[Diagnostic]:
    """Names that are one to the target, of tables and indexes (which share their names) and of columns."""
    seen: dict[str, tuple[str, Span | None]] = {}
    for table, original in originals.items():
        names = [(table.name, original.span)]
        if table.kind is RelationKind.TABLE and not target.features.index_names_of_tables:
            names += [(index.name, index.span) for index in table.indexes if index.name]
        for name, span in names:
            yield from _taken(seen, target.names.table_key(name), name, span, target)
        columns: dict[str, tuple[str, Span | None]] = {}
        for column in table.columns:
            yield from _taken(columns, target.names.column_key(column.name), column.name, column.span, target)


def _taken(
    seen: dict[str, tuple[str, Span | None]], key: str, name: str, span: Span | None, target: Dialect
) -> Iterator[Diagnostic]:
    earlier = seen.setdefault(key, (name, span))
    if earlier[1] is not span:
        related = ((earlier[1], "the other one"),) if earlier[1] is not None else ()
        message = f"`{name}` and `{earlier[0]}` have the same name on {target.title}"
        yield error("name-collision", message, span, "rename one of the two", related)
