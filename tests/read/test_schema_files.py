"""Schema files: statements, migrations of every tool, and dumps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source
from sqlwright.dialects import dialect
from sqlwright.project.files import read_files

from tests.read.reading import schema, statements

FUNCTION = """\
create function f() returns trigger language plpgsql as $$
begin
    new.at := now(); -- a ; here
    return new;
end $$"""
ATOMIC = """\
create function f(a int) returns int language sql
begin atomic
    select case when a > 1 then 1 else 2 end;
    select a;
end"""
RULE = "create rule r as on delete to t do also (delete from u; delete from v)"
TRIGGER = """\
create trigger t_at after update on t begin
    update t set at = case when new.at > 1 then 1 else 2 end where id = new.id;
    delete from u;
end"""
TABLE = "create table t (a text default 'x;y' /* ; */)"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("postgres", [FUNCTION, TABLE]),
        ("postgres", [ATOMIC, TABLE]),
        ("postgres", [TABLE, 'create table "a;b" (c int)']),
        ("sqlite", [TRIGGER, TABLE]),
        ("sqlite", [TABLE, "create table [a;b] (c int)"]),
    ],
)
def test_statements_are_the_users_text(written: str, parts: list[str]) -> None:
    text = "-- first\n" + " ;\n\n".join(parts) + ";\n-- last\n"
    assert statements(text, written) == parts
    assert statements(text.removesuffix(";\n-- last\n"), written) == parts


def test_a_rule_holds_statements() -> None:
    found = statements(f"create table t (a int); {RULE}; create table u (a int);")
    assert found[0] == "create table t (a int)"
    assert found[-1] == "create table u (a int)"
    assert len(found) <= 3


MIGRATIONS = {
    "sqlx": {
        "20240101_one.up.sql": "create table a (x int);",
        "20240101_one.down.sql": "drop table a;",
        "20240102_two.sql": "create table b (x int);",
    },
    "golang-migrate": {
        "1_one.up.sql": "create table a (x int);",
        "1_one.down.sql": "drop table a;",
        "2_two.up.sql": "alter table a add y int;",
        "2_two.down.sql": "alter table a drop y;",
        "10_ten.up.sql": "alter table a rename y to z;",
        "10_ten.down.sql": "alter table a rename z to y;",
    },
    "dbmate": {
        "1_one.sql": "-- migrate:up\ncreate table a (x int);\n\n-- migrate:down\ndrop table a;\n",
        "2_two.sql": "-- migrate:up transaction:false\ncreate table b (x int);\n-- migrate:down\ndrop table b;",
    },
    "goose": {
        "1_one.sql": "-- +goose Up\ncreate table a (x int);\n-- +goose Down\ndrop table a;\n",
        "2_two.sql": "-- +goose Up\n-- +goose StatementBegin\ncreate table b (x int);\n-- +goose StatementEnd\n"
        "-- +goose Down\n-- +goose StatementBegin\ndrop table b;\n-- +goose StatementEnd\n",
    },
    "sql-migrate": {"1_one.sql": "-- +migrate Up\ncreate table a (x int);\n-- +migrate Down\ndrop table a;\n"},
    "tern": {"001_one.sql": "create table a (x int);\n---- create above / drop below ----\ndrop table a;\n"},
    "down first": {"1.sql": "-- +goose Down\ndrop table a;\n-- +goose Up\ncreate table a (x int);\n"},
    "rollback files": {
        "1.sql": "create table a (x int);",
        "1.rollback.sql": "drop table a;",
        "1_down.sql": "drop table a;",
    },
}
REACHED = {
    "sqlx": {"a": ["x"], "b": ["x"]},
    "golang-migrate": {"a": ["x", "z"]},
    "dbmate": {"a": ["x"], "b": ["x"]},
    "goose": {"a": ["x"], "b": ["x"]},
    "sql-migrate": {"a": ["x"]},
    "tern": {"a": ["x"]},
    "down first": {"a": ["x"]},
    "rollback files": {"a": ["x"]},
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("tool", MIGRATIONS)
def test_only_the_up_parts_of_migrations_count(tool: str, ending: str, tmp_path: Path) -> None:
    for name, text in MIGRATIONS[tool].items():
        (tmp_path / name).write_bytes(text.replace("\n", ending).encode())
    read = read_files(tmp_path, ["."], None, schema=True)
    built = build_schema(read.sources, dialect("postgres"))
    assert (read.diagnostics, built.diagnostics) == ((), ())
    tables = {key[1]: [column.name for column in table.columns] for key, table in built.catalog.tables.items()}
    assert tables == REACHED[tool]


@pytest.mark.parametrize("last", [";", ""])
def test_goose_keeps_a_statement_whole(last: str) -> None:
    text = f"-- +goose StatementBegin\ndo begin a; b; end{last}\n-- +goose StatementEnd\n"
    before, after = "create table a (x int)", "create table b (x int)"
    found = schema(f"{before};\n{text}\n{after};\n{text}")
    assert [statement.text for statement in found.statements if "table" in statement.text] == [before, after]


def test_files_stand_in_natural_order(tmp_path: Path) -> None:
    names = ["10_c.sql", "2_b.sql", "1_a.sql", "sub/1.sql", "A2.sql", "a10.sql"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "notes.txt").write_text("not SQL")
    read = read_files(tmp_path, ["."], None, schema=True)
    assert [source.name for source in read.sources] == [
        "1_a.sql",
        "2_b.sql",
        "10_c.sql",
        "A2.sql",
        "a10.sql",
        "sub/1.sql",
    ]
    chosen = read_files(tmp_path, ["2_b.sql", "*_?.sql", "sub"], None, schema=True)
    assert [source.name for source in chosen.sources] == ["2_b.sql", "1_a.sql", "10_c.sql", "sub/1.sql"]


@pytest.mark.parametrize("bytes_", [b"\xef\xbb\xbfcreate table a (x int);\r\n", b"create table a (x int)", b"\r\n"])
def test_byte_order_marks_and_line_endings(bytes_: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_bytes(bytes_)
    (source,) = read_files(tmp_path, ["a.sql"], None, schema=True).sources
    assert "\r" not in source.text
    assert "\ufeff" not in source.text
    assert len(build_schema([source], dialect("postgres")).catalog.tables) == (1 if b"create" in bytes_ else 0)


PG_DUMP = """\
--
-- PostgreSQL database dump
--

\\restrict 0123456789abcdef

-- Dumped from database version 15.18

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
SET default_table_access_method = heap;

CREATE TABLE public.users (
    id integer NOT NULL,
    name text
);

ALTER TABLE public.users OWNER TO postgres;

CREATE SEQUENCE public.users_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;

ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);

COPY public.users (id, name) FROM stdin;
1	it's; "quoted" -- here
2	\\N
3	/* never closed $$
\\.

SELECT pg_catalog.setval('public.users_id_seq', 3, true);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

CREATE INDEX users_name ON public.users USING btree (name);

\\unrestrict 0123456789abcdef
"""
SHELL = """\
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users VALUES(1,'it''s; here');
CREATE INDEX users_name ON users (name);
DELETE FROM sqlite_sequence;
COMMIT;
"""
DOT_COMMANDS = ".mode column\n.headers on\nCREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT\n);\n.schema\n"
CONNECT = "\\c shop\n\\set x 1\nCREATE TABLE users (id int primary key, name text); \n\\echo done ; here\n"


@pytest.mark.parametrize(
    ("written", "text", "indexes"),
    [
        ("postgres", PG_DUMP, ["users_name"]),
        ("sqlite", SHELL, ["users_name"]),
        ("sqlite", DOT_COMMANDS, []),
        ("postgres", CONNECT, []),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_dumps(written: str, text: str, indexes: list[str], ending: str) -> None:
    read = schema(text.replace("\n", ending), written)
    assert read.diagnostics == ()
    built = build_schema([Source("dump.sql", text.replace("\n", ending))], dialect(written))
    assert built.diagnostics == ()
    (table,) = built.catalog.tables.values()
    assert [column.name for column in table.columns] == ["id", "name"]
    assert table.primary_key is not None
    assert [index.name for index in table.indexes] == indexes


@pytest.mark.parametrize(
    ("written", "line"), [("postgres", "\\i other.sql"), ("postgres", "\\ir a/b.sql"), ("sqlite", ".read other.sql")]
)
def test_a_file_that_another_names_is_not_followed(written: str, line: str) -> None:
    (finding,) = schema(f"create table t (a int);\n{line}\n", written).diagnostics
    assert (finding.code, finding.severity.value, finding.span and finding.span.text) == (
        "not-followed",
        "warning",
        line,
    )


PIECES = st.sampled_from(
    (
        "create table t (·a int·, ·primary key· not null· default ·'x'·now()·)·;\n·alter table t ·"
        "add column ·drop ·rename · to ·b text·check (a > 1)·references u (id)·"
        "create index i on t (a)·create type e as enum (·create view v as select ·* from t·"
        "create trigger x ·begin ·end·$$·(·'·create function f() returns int as ·"
        "comment on table t is ·create unique index · where a > 1·-- x\n·/*·"
        "generated always as (a + 1) stored· as identity·copy t from stdin;\n·\\.\n·\\x\n·create ·"
        "table ·partition by range (a)·partition of ·inherits (t)·strict·without rowid·"
        "create domain d as ·1·\n"
    ).split("·")
)


@given(
    st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=30)), st.sampled_from(["postgres", "sqlite"])
)
def test_no_text_breaks_a_schema(text: str, written: str) -> None:
    """Whatever stands in a schema, the catalog is built; what is wrong is said, with a place inside the text."""
    source = Source("schema.sql", text)
    for finding in build_schema([source], dialect(written)).diagnostics:
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.to_dict()["line"] is not None
