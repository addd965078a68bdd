"""What a database cannot have of a schema is said at its place: as an error where the schema would not be the same, and
as a warning where it works without."""

from __future__ import annotations

import pytest

from tests.ddl.scripts import script_of

FINDINGS = {
    "a range": (
        "create table t (id int primary key, during int4range);",
        "error 1:37",
        "`during` of `t` has type int4range",
    ),
    "a composite": (
        "create type place as (x int);\ncreate table t (id int primary key, at place);",
        "error 2:37",
        "`at` of `t` has type place",
    ),
    "numbers beside a key": (
        "create table t (id uuid primary key, number serial);",
        "error 1:38",
        "`number` of `t` is numbered by the database",
    ),
    "numbers in a part of a key": (
        "create table t (a int, b int generated always as identity, primary key (a, b));",
        "error 1:24",
        "`b` of `t` is numbered by the database",
    ),
    "a materialized view": (
        "create table t (id int primary key);\ncreate materialized view v as select id from t;",
        "error 2:26",
        "materialized view `v`",
    ),
    "an exclusion": (
        "create table t (id int primary key, exclude using btree (id with =));",
        "error 1:37",
        "SQLite has no exclusion constraints",
    ),
    "an added exclusion": (
        "create table t (id int primary key);\nalter table t add constraint x exclude using btree (id with =);",
        "error 2:19",
        "SQLite has no exclusion constraints",
    ),
    "one NULL only": (
        "create table t (id int primary key, code text, unique nulls not distinct (code));",
        "error 1:14",
        "NULLS NOT DISTINCT on code of `t`",
    ),
    "one NULL only in an index": (
        "create table t (id int primary key, code text);\n"
        "create unique index t_code on t (code) nulls not distinct;",
        "error 2:1",
        "NULLS NOT DISTINCT of index `t_code`",
    ),
    "a child": (
        "create table t (id int primary key);\ncreate table u (more int) inherits (t);",
        "error 2:14",
        "`u` inherits",
    ),
    "two schemas, one name": (
        "create schema a;\ncreate table a.t (id int primary key);\ncreate table a_t (id int primary key);",
        "error 3:14",
        "`a_t` and `a_t` have the same name on SQLite",
    ),
    "columns that differ in case": (
        'create table t (id int primary key, "Id" int);',
        "error 1:37",
        "`Id` and `id` have the same name on SQLite",
    ),
    "no columns": ("create table t ();", "error 1:14", "`t` has no columns"),
    "a time that is no time": (
        "create table t (\n    id int primary key,\n    changed int -- on update: now()\n);",
        "error 3:5",
        "its type keeps no time",
    ),
    "partitions": (
        "create table t (id int, day date) partition by range (day);\n"
        "create table t_1 partition of t for values from ('2024-01-01') to ('2025-01-01');",
        "warning 2:14",
        "partition `t_1` is folded into `t`",
    ),
    "a method": (
        "create table t (id int primary key, data jsonb);\ncreate index t_data on t using gin (data);",
        "warning 2:1",
        "SQLite has no gin indexes",
    ),
    "an index's other columns": (
        "create table t (id int primary key, a int);\ncreate index t_a on t (a) include (id);",
        "warning 2:1",
        "INCLUDE of index `t_a`",
    ),
    "a key's other columns": (
        "create table t (id int primary key, a int, unique (a) include (id));",
        "warning 1:14",
        "INCLUDE of a key of `t`",
    ),
    "a function": (
        "create function f() returns int language sql as 'select 1';",
        "warning 1:17",
        "function `f` is not carried over",
    ),
    "a trigger": (
        "create table t (id int primary key);\n"
        "create function f() returns trigger language plpgsql as 'begin return new; end';\n"
        "create trigger t_f before update on t for each row execute function f();",
        "warning 3:16",
        "trigger `t_f` is not carried over",
    ),
    "policies": (
        "create table t (id int primary key);\nalter table t enable row level security;",
        "warning 1:14",
        "policies of `t`",
    ),
    "a temporary table": ("create temporary table t (id int primary key);", "warning 1:24", "temporary table `t`"),
    "case": (
        "create extension citext;\ncreate table t (id int primary key, name citext unique);",
        "warning 2:37",
        "upper and lower case",
    ),
}
FINDINGS_FROM_SQLITE = {
    "no type": ("create table t (id integer primary key, a);", "error 1:41", "`a` of `t` has no declared type"),
    "a virtual table": ("create virtual table t using fts5 (a);", "error 1:22", "virtual table `t`"),
    "case": (
        "create table t (id integer primary key, name text collate nocase);",
        "error 1:41",
        "takes upper and lower case for the same",
    ),
    "a key to no key": (
        "create table t (id integer, name text);\ncreate table u (t integer references t (id));",
        "error 2:27",
        "points to id of `t`, which is no key there",
    ),
    "a key of another type": (
        "create table t (id integer primary key);\ncreate table u (t text references t (id));",
        "error 2:24",
        "do not have one type",
    ),
}


@pytest.mark.parametrize(("schema", "place", "message"), FINDINGS.values(), ids=FINDINGS)
def test_what_sqlite_cannot_have(schema: str, place: str, message: str) -> None:
    _finds(schema, place, message, "postgres", "sqlite")


@pytest.mark.parametrize(("schema", "place", "message"), FINDINGS_FROM_SQLITE.values(), ids=FINDINGS_FROM_SQLITE)
def test_what_postgres_cannot_have(schema: str, place: str, message: str) -> None:
    _finds(schema, place, message, "sqlite", "postgres")


def _finds(schema: str, place: str, message: str, written: str, target: str) -> None:
    found = script_of(schema, written, target).diagnostics
    assert found
    places = {
        f"{one.severity.value} {one.span.line}:{one.span.column}": one.message for one in found if one.span is not None
    }
    assert message in places.get(place, ""), places
    assert all(one.help for one in found)
