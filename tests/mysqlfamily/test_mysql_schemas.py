"""Schemas and dumps: what the catalog says of their tables is what a server says that has run them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source
from sqlwright.dialects import dialect
from sqlwright.model.catalog import Catalog, Table
from sqlwright.model.ddl import Ignored

from tests.mysqlfamily.asking import Asked, asked, statements_of

HERE = Path(__file__).parent
DUMP = (HERE / "dump.sql").read_text(encoding="utf-8")
CHANGES = (HERE / "changes.sql").read_text(encoding="utf-8")
Facts = dict[str, list[tuple[str, str, bool]]]


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("schema", [DUMP, CHANGES], ids=["dump", "changes"])
def test_the_catalog_is_the_servers(schema: str, database_url: str) -> None:
    with asked(database_url) as server:
        server.run("set foreign_key_checks = 0")
        for statement in statements_of(schema, server.dialect):
            if not isinstance(statement.definition, Ignored):
                server.run(statement.text)
        catalog = _catalog(schema, server.dialect)
        assert _ours(catalog, server.dialect) == _theirs(server)
        assert _keys(catalog) == _their_keys(server)


def test_a_dump_in_full() -> None:
    catalog = _catalog(DUMP, "mysql")
    child = catalog.tables[("", "child")]
    assert child.comment == "Those that hang on a parent"
    assert child.columns[1].comment == "the parent's id"
    assert [column.name for column in child.columns if column.touched] == ["changed"]
    assert [trigger.timing for trigger in child.triggers] == ["before"]
    assert catalog.enums[("", "child_state")].labels == ("new", "it's", "a,b")
    assert [function.name for functions in catalog.functions.values() for function in functions] == ["one_more"]


def test_what_cannot_be_taken_in_is_a_warning_with_its_place() -> None:
    built = build_schema([Source("s.sql", "create table t (id int, place nosuchtype);")], dialect("mysql"))
    (finding,) = built.diagnostics
    assert (finding.severity, finding.code) == ("warning", "unknown-type")
    assert finding.span is not None
    assert finding.span.column == 31


def _catalog(schema: str, written: str) -> Catalog:
    return build_schema([Source("schema.sql", schema)], dialect(written)).catalog


def _ours(catalog: Catalog, written: str) -> Facts:
    types = dialect(written).types(catalog)
    return {
        key[1]: [(column.name, types.display(column.type), column.nullable) for column in table.columns]
        for key, table in catalog.tables.items()
    }


def _theirs(server: Asked) -> Facts:
    found: Facts = {}
    for table, column, kind, nullable in server.run(
        "select table_name, column_name, column_type, is_nullable from information_schema.columns "
        "where table_schema = database() order by table_name, ordinal_position"
    ):
        found.setdefault(str(table), []).append((str(column), _without_width(str(kind)), nullable == "YES"))
    return found


def _without_width(kind: str) -> str:
    """MariaDB shows how wide an integer is displayed; so does MySQL for a truth value."""
    return kind if kind == "tinyint(1)" else re.sub(r"^((?:tiny|small|medium|big)?int)\(\d+\)", r"\1", kind)


def _keys(catalog: Catalog) -> dict[str, set[tuple[str, ...]]]:
    return {key[1]: _unique(table) for key, table in catalog.tables.items() if _unique(table)}


def _unique(table: Table) -> set[tuple[str, ...]]:
    keys = {key.columns for key in (*table.uniques, *((table.primary_key,) if table.primary_key else ()))}
    return keys | {tuple(part.column or "" for part in index.parts) for index in table.indexes if index.unique}


def _their_keys(server: Asked) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for table, columns in server.run(
        "select table_name, group_concat(column_name order by seq_in_index) from information_schema.statistics "
        "where table_schema = database() and non_unique = 0 group by table_name, index_name"
    ):
        found.setdefault(str(table), set()).add(tuple(str(columns).split(",")))
    return found
