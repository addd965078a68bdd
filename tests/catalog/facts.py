"""What a catalog says of a schema, as plain values that a server can be asked for too."""

from __future__ import annotations

from sqlwright.analysis import build_schema
from sqlwright.catalog.builder import BuiltCatalog
from sqlwright.diagnostics import Source, render_all
from sqlwright.dialects import dialect
from sqlwright.model.catalog import Catalog, Column, Index, Key, Making, RelationKind, Table

Facts = dict[str, object]


def built(schema: str, written: str) -> BuiltCatalog:
    return build_schema([Source("schema.sql", schema)], dialect(written))


def catalog_of(schema: str, written: str) -> Catalog:
    """The catalog of a schema in which nothing is wrong."""
    found = built(schema, written)
    assert found.diagnostics == (), render_all(found.diagnostics)
    return found.catalog


def table_of(schema: str, written: str, name: str = "t") -> Table:
    found = catalog_of(schema, written)
    return found.tables[(found.default_schema, name)]


def shown(key: Key) -> str:
    return f"{key[0]}.{key[1]}"


def postgres_facts(catalog: Catalog) -> Facts:
    """Tables by name, with what pg_catalog says of them too; names that the server makes up are left out."""
    return {
        "tables": {shown(key): _table(table) for key, table in catalog.tables.items()},
        "enums": {shown(key): (enum.labels, enum.comment) for key, enum in catalog.enums.items()},
        "domains": {
            shown(key): (_type_name(domain.base.name, domain.base.array), domain.nullable, domain.default is not None)
            for key, domain in catalog.domains.items()
        },
        "composites": {
            shown(key): [(field.name, _type_name(field.type.name, field.type.array)) for field in composite.fields]
            for key, composite in catalog.composites.items()
        },
    }


def _table(table: Table) -> Facts:
    primary = table.primary_key
    return {
        "kind": {RelationKind.VIEW: "v", RelationKind.MATERIALIZED_VIEW: "m"}.get(
            table.kind, "p" if table.partition_by else "r"
        ),
        "columns": [_column(column) for column in table.columns],
        "primary key": None if primary is None else (list(primary.columns), list(primary.include)),
        "uniques": sorted((list(key.columns), list(key.include), key.nulls_not_distinct) for key in table.uniques),
        "foreign keys": sorted(
            (
                list(key.columns),
                shown(key.table),
                list(key.references),
                (key.on_delete or "no action").lower(),
                (key.on_update or "no action").lower(),
            )
            for key in table.foreign_keys
        ),
        "checks": len(table.checks),
        "indexes": sorted(_index(index) for index in table.indexes),
        "parents": [shown(key) for key in (*table.parents, *([table.partition_of] if table.partition_of else []))],
        "comment": table.comment,
    }


def _column(column: Column) -> tuple[str, str, bool, bool, str, bool, str | None]:
    made = {Making.IDENTITY_ALWAYS: "a", Making.IDENTITY_BY_DEFAULT: "d"}.get(column.made, "") if column.made else ""
    return (
        column.name,
        _type_name(column.type.name, column.type.array)
        + (f"({','.join(column.type.args)})" if column.type.args else ""),
        column.nullable,
        column.default is not None or column.made is Making.SERIAL,
        made,
        column.generated is not None,
        column.comment,
    )


def _type_name(name: str, array: bool) -> str:
    return f"{name}[]" if array else name


def _index(index: Index) -> tuple[str, bool, str, list[str], list[str], bool]:
    parts = [part.column or "(expression)" for part in index.parts]
    return index.name, index.unique, index.method or "btree", parts, list(index.include), index.where is not None
