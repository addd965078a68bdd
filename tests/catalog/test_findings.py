"""What a catalog cannot take in is said, with its place; what defines nothing is passed over."""

from __future__ import annotations

import pytest

from tests.catalog.facts import built

POSTGRES = "create table t (a int, b text);\n"
FINDINGS = [
    ("postgres", "create frob x", "warning", "not-understood", "create frob x"),
    (
        "postgres",
        "import foreign schema s from server r into public",
        "warning",
        "not-understood",
        "import foreign schema",
    ),
    ("postgres", "alter table t frobnicate b", "warning", "not-understood", "frobnicate b"),
    ("postgres", "create table u (a nosuch)", "warning", "unknown-type", "nosuch"),
    ("postgres", "create domain d as nosuch", "warning", "unknown-type", "nosuch"),
    ("postgres", "\\i other.sql", "warning", "not-followed", "\\i other.sql;"),
    ("postgres", "frobnicate t", "error", "syntax", "frobnicate"),
    ("postgres", "create table u (a int,)", "error", "syntax", ")"),
    ("postgres", "create table T (c int)", "error", "duplicate-table", "T"),
    ("postgres", "create table u (a int, A text)", "error", "duplicate-column", "A"),
    ("postgres", "create table u (a int primary key, primary key (a))", "error", "two-primary-keys", "primary key (a)"),
    ("postgres", "create table u (primary key (c), a int)", "error", "unknown-column", "c"),
    ("postgres", "create table u (a int references v)", "error", "unknown-table", "references v"),
    ("postgres", "create table u (a int references t (z))", "error", "unknown-column", "references t (z)"),
    ("postgres", "create table u (like v)", "error", "unknown-table", "v"),
    ("postgres", "create table u () inherits (v)", "error", "unknown-table", "v"),
    ("postgres", "create table u partition of v default", "error", "unknown-table", "v"),
    ("postgres", "create index i on t (z)", "error", "unknown-column", "z"),
    ("postgres", "create index i on u (z)", "error", "unknown-table", "u"),
    ("postgres", "create index i on t (a); create index i on t (b)", "error", "duplicate-index", "i"),
    ("postgres", "create view v as select z from t", "error", "unknown-column", "z"),
    ("postgres", "create view t as select 1", "error", "duplicate-table", "t"),
    ("postgres", "create type e as enum ('a'); create domain e as int", "error", "duplicate-type", "e"),
    ("postgres", "alter type e add value 'b'", "error", "unknown-type", "e"),
    ("postgres", "alter domain d set not null", "error", "unknown-domain", "d"),
    ("postgres", "alter table u add c int", "error", "unknown-table", "u"),
    ("postgres", "alter table t add A int", "error", "duplicate-column", "A"),
    ("postgres", "alter table t drop z", "error", "unknown-column", "z"),
    ("postgres", "alter table t alter z set not null", "error", "unknown-column", "z"),
    ("postgres", "alter table t rename z to y", "error", "unknown-column", "z"),
    ("postgres", "alter table t drop constraint z", "error", "unknown-constraint", "z"),
    ("postgres", "drop table u", "error", "unknown-table", "u"),
    ("postgres", "drop index u", "error", "unknown-index", "u"),
    ("postgres", "drop type u", "error", "unknown-type", "u"),
    ("postgres", "drop function u()", "error", "unknown-function", "u"),
    ("postgres", "comment on table u is 'x'", "error", "unknown-table", "u"),
    ("postgres", "comment on column t.z is 'x'", "error", "unknown-column", "z"),
    ("postgres", "create trigger x after insert on u execute function f()", "error", "unknown-table", "u"),
    ("sqlite", "create frob x", "warning", "not-understood", "create frob x"),
    ("sqlite", "create table u (a int references v)", "warning", "unknown-table", "references v"),
    ("sqlite", "create table u (a int) frob", "error", "syntax", "frob"),
    ("sqlite", "create view v as select z from t", "error", "unknown-column", "z"),
    ("sqlite", ".read other.sql", "warning", "not-followed", ".read other.sql;"),
]
SILENT = [
    "insert into t values (1, 'x;y')",
    "update t set a = 1 where b = 'x'",
    "delete from t",
    "select set_config('a', 'b', false)",
    "set search_path = public",
    "begin; commit",
    "start transaction",
    "grant select on t to public",
    "revoke all on t from public",
    "alter table t owner to somebody",
    "alter table t enable row level security",
    "alter table t cluster on i, set (fillfactor = 70), replica identity full, validate constraint c",
    "create policy p on t using (true)",
    "create role r",
    "create aggregate s (int) (sfunc = int4pl, stype = int)",
    "create operator === (leftarg = int, rightarg = int, function = int4eq)",
    "create cast (text as int) without function",
    "create publication p for all tables",
    "create event trigger e on ddl_command_start execute function f()",
    "create statistics s on a, b from t",
    "create collation c (locale = 'C')",
    "create rule r as on insert to t do nothing",
    "do $$ begin perform 1; end $$",
    "comment on index i is 'x'",
    "comment on function f(int) is 'x'",
    "comment on constraint c on t is 'x'",
    "refresh materialized view m",
    "alter sequence s restart",
    "alter default privileges grant select on tables to r",
    "security label on table t is 'x'",
    "vacuum analyze t",
    "truncate t",
    "drop table if exists u cascade",
    "drop policy if exists p on t",
]


@pytest.mark.parametrize(("written", "statement", "severity", "code", "place"), FINDINGS)
def test_findings(written: str, statement: str, severity: str, code: str, place: str) -> None:
    (finding,) = built(f"{POSTGRES}{statement};\n", written).diagnostics
    assert finding.span is not None
    assert (finding.severity.value, finding.code, finding.span.text) == (severity, code, place)
    assert finding.span.line == 2
    assert finding.help or finding.message.startswith("expected")


@pytest.mark.parametrize("statement", SILENT)
def test_what_defines_nothing_is_passed_over(statement: str) -> None:
    found = built(f"{POSTGRES}{statement};\n", "postgres")
    assert found.diagnostics == ()
    assert [column.name for column in found.catalog.tables["public", "t"].columns] == ["a", "b"]
