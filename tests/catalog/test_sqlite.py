"""An SQLite schema becomes the catalog that SQLite itself has of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlwright.model.catalog import RelationKind, Table

from tests.catalog.facts import catalog_of

SCHEMAS = {
    "types": """
        create table t (
            a, b integer, c int, d text, e varchar(20), f numeric(10, 2), g real, h blob, i unsigned big int,
            j double precision, k boolean default true, l datetime default current_timestamp, m "odd type",
            n character varying (5) not null, o date null, p json, q decimal (5,2) default (1 + 2),
            r [x y] default 'it''s'
        );
    """,
    "keys": """
        create table u (a integer primary key, b text unique, c text, d text, unique (c, d));
        create table t (
            id integer primary key autoincrement, a integer references u, b text references u (b) on delete cascade,
            c text not null unique on conflict ignore, d text collate nocase, e text constraint e_c check (e <> ''),
            constraint t_f foreign key (c, d) references u (c, d) on update set null on delete set default
                deferrable initially deferred,
            constraint t_u unique (c, a), check (a > 0), constraint t_c check (b <> '')
        );
    """,
    "primary keys": """
        create table a (id integer primary key);
        create table b (id int primary key);
        create table c (id integer, primary key (id));
        create table d (id integer primary key desc);
        create table e (x text primary key);
        create table f (x text, y text, primary key (y, x));
        create table g (x text primary key) without rowid;
        create table h (x text primary key, y int) strict;
        create table i (x text, y integer, primary key (x, y)) strict, without rowid;
        create table j (id integer primary key not null);
        create table k (id INTEGER primary key, x any) strict;
        create table l (x text not null primary key);
        create table m (id bigint primary key);
        create table n (x text);
        create table o (id integer, primary key (id desc));
    """,
    "generated": """
        create table t (a int, b int generated always as (a * 2) stored, c int as (a + 1),
            d int as (a) virtual not null);
    """,
    "indexes": """
        create table t (a int, b text, c int);
        create index t_a on t (a);
        create unique index t_b on t (b, a desc);
        create index t_part on t (c) where c > 0 and b is not null;
        create index t_expr on t (lower(b), a + c);
        create unique index if not exists t_a on t (b);
        create index gone on t (a);
        drop index gone;
        drop index if exists never;
    """,
    "alterations": """
        create table t (a int, b text, c int, unique (a, b));
        alter table t add column d text not null default 'x';
        alter table t add e int references t (a);
        alter table t rename column a to aa;
        alter table t rename b to bb;
        alter table t drop column c;
        create index t_d on t (d);
        create table u (x int references t (aa));
        alter table t rename to s;
        create table gone (a int);
        drop table gone;
        drop table if exists never;
    """,
    "views": """
        create table t (id integer primary key, name text not null, n real);
        create view v as select id, name, n * 2 as double, count(*) over () from t;
        create view w (a, b) as select id, upper(name) from t;
        create temp view x as select * from v join w on w.a = v.id;
        create view if not exists v as select 1;
        create view gone as select 1;
        drop view gone;
        create view y as values (1, 'x');
        create view z as select t.*, 'x' || name from t;
    """,
    "names": """
        create table "Mixed Case" ("select" int, [a b] text, `c` int, "quo""te" int);
        create table MIXED (Id integer primary key, Ref int references "mixed case" ("SELECT"));
        create index "Odd Index" on mixed (REF);
        create table if not exists mixed (x int);
        create table 'single' ('quoted' text);
    """,
    "as a query": """
        create table t (id integer primary key, name varchar(10) not null);
        create table u as select id, name, id + 1 as n, count(*) from t;
    """,
    "temporary": "create temporary table t (a int); create temp table u (b text);",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_catalog_is_the_databases(name: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMAS[name])
    catalog = catalog_of(SCHEMAS[name], "sqlite")
    ours = sorted(line for table in catalog.tables.values() for line in _ours(table, catalog.tables[table.key].name))
    assert "\n".join(ours) == "\n".join(sorted(_theirs(connection)))


def _ours(table: Table, name: str) -> Iterator[str]:
    kind = "view" if table.kind is RelationKind.VIEW else "table"
    yield f"{name}: {kind} strict={table.strict} rowid={not table.without_rowid}"
    primary = table.primary_key.columns if table.primary_key else ()
    for column in table.columns:
        place = primary.index(column.name) + 1 if column.name in primary else 0
        generated = (3 if column.stored else 2) if column.generated else 0
        default = column.default.text if column.default is not None else None
        facts = f"default={default} key={place} generated={generated}"
        yield f"{name}.{column.name}: not null={column.not_null or _implied(table, column.name)} {facts}"
    for unique in table.uniques:
        yield f"{name} unique {','.join(unique.columns)}"
    if table.primary_key is not None and not any(column.made for column in table.columns):
        yield f"{name} primary key {','.join(table.primary_key.columns)}"
    for index in table.indexes:
        parts = ",".join(part.column or "(expression)" for part in index.parts)
        yield f"{name} index {index.name} unique={index.unique} partial={index.where is not None} {parts}"
    for key in table.foreign_keys:
        actions = f"{(key.on_delete or 'no action').lower()} {(key.on_update or 'no action').lower()}"
        yield f"{name} references {key.table[1]} {list(zip(key.columns, key.references, strict=True))} {actions}"


def _implied(table: Table, name: str) -> bool:
    """SQLite writes NOT NULL to the columns of a primary key that is not the rowid, where it cannot hold NULL."""
    column = table.column(name)
    in_key = table.primary_key is not None and name in table.primary_key.columns
    return in_key and column is not None and column.made is None and (table.without_rowid or table.strict)


def _theirs(connection: sqlite3.Connection) -> Iterator[str]:
    for schema, name, kind, _, without_rowid, strict in connection.execute("pragma table_list").fetchall():
        if name.startswith("sqlite_"):
            continue
        yield f"{name}: {kind} strict={bool(strict)} rowid={not without_rowid}"
        quoted = f'{schema}.table_xinfo("{name}")'
        for _, column, _, not_null, default, place, generated in connection.execute(f"pragma {quoted}"):
            yield f"{name}.{column}: not null={bool(not_null)} default={default} key={place} generated={generated}"
        yield from _keys_and_indexes(connection, schema, name)
        yield from _foreign_keys(connection, schema, name)


def _keys_and_indexes(connection: sqlite3.Connection, schema: str, name: str) -> Iterator[str]:
    made_by = {"u": "unique", "pk": "primary key"}
    for _, index, unique, origin, partial in connection.execute(f'pragma {schema}.index_list("{name}")').fetchall():
        rows = connection.execute(f'pragma {schema}.index_xinfo("{index}")').fetchall()
        parts = ",".join("(expression)" if number == -2 else column for _, number, column, _, _, key in rows if key)
        if origin == "c":
            yield f"{name} index {index} unique={bool(unique)} partial={bool(partial)} {parts}"
        else:
            yield f"{name} {made_by[origin]} {parts}"


def _foreign_keys(connection: sqlite3.Connection, schema: str, name: str) -> Iterator[str]:
    keys: dict[int, list[tuple[str, str | None]]] = {}
    about: dict[int, str] = {}
    tables: dict[int, str] = {}
    spelled = {other.lower(): other for (other,) in connection.execute("select name from sqlite_master")}
    for number, _, table, own, other, on_update, on_delete, _ in connection.execute(
        f'pragma {schema}.foreign_key_list("{name}")'
    ):
        keys.setdefault(number, []).append((own, other))
        tables[number] = spelled[table.lower()]
        about[number] = f"{on_delete.lower()} {on_update.lower()}"
    for number, columns in keys.items():
        pairs = [(own, _column(connection, tables[number], other)) for own, other in columns]
        yield f"{name} references {tables[number]} {pairs} {about[number]}"


def _column(connection: sqlite3.Connection, table: str, name: str | None) -> str:
    """A column as its table spells it; the primary key where the foreign key names none."""
    rows = connection.execute(f'pragma table_xinfo("{table}")').fetchall()
    return next(row[1] for row in rows if (row[5] == 1 if name is None else row[1].lower() == name.lower()))


@pytest.mark.parametrize("schema", [SCHEMAS["primary keys"], SCHEMAS["types"], SCHEMAS["keys"]])
def test_a_column_can_be_null_when_a_row_can_have_it(schema: str) -> None:
    """NULL is stored in each column of each table; where that fails, or a number comes back, it cannot be NULL."""
    catalog = catalog_of(schema, "sqlite")
    for table in catalog.tables.values():
        for column in (column for column in table.columns if column.generated is None):
            connection = sqlite3.connect(":memory:")
            connection.executescript(schema)
            others = [other for other in table.columns if other is not column and other.generated is None]
            names = ", ".join(f'"{found.name}"' for found in (column, *others))
            try:
                connection.execute(f'insert into "{table.name}" ({names}) values (null{", 1" * len(others)})')
                ((stored,),) = connection.execute(f'select "{column.name}" from "{table.name}"')
                nullable = stored is None
            except sqlite3.IntegrityError:
                nullable = False
            except sqlite3.OperationalError:
                continue
            assert column.nullable == nullable, (table.name, column.name)
