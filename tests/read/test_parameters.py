"""Every form of a parameter, and what only looks like one."""

from __future__ import annotations

import pytest
import sqlwright

from tests.read.reading import query

SCHEMA = "create table t (id integer primary key, name text not null, tags text[], doc jsonb, at timestamp, n integer);"
SQLITE_SCHEMA = "create table t (id integer primary key, name text not null, doc text, n integer);"

NAMED = [
    (":id", [("id", None, None, False)]),
    ("@id", [("id", None, None, False)]),
    ("sqlc.arg(id)", [("id", None, None, False)]),
    ("sqlc.arg('id')", [("id", None, None, False)]),
    ("sqlc.narg(id)", [("id", None, True, False)]),
    ("sqlc.slice(ids)", [("ids", None, None, True)]),
    (":id!", [("id", None, False, False)]),
    ("$1", [(None, 1, None, False)]),
    (":größe", [("größe", None, None, False)]),
    (":_a1", [("_a1", None, None, False)]),
    (":a + :b + :a", [("a", None, None, False), ("b", None, None, False), ("a", None, None, False)]),
    ("$2 + $1 + $2", [(None, 2, None, False), (None, 1, None, False), (None, 2, None, False)]),
]
ON_POSTGRES = [
    (":id::int", [":id"]),
    ("(:id)::int", [":id"]),
    (":id ::int", [":id"]),
    ("tags[1:2]", []),
    ("tags[n:id]", []),
    ("doc ? 'a'", []),
    ("doc ?| array[:key]", [":key"]),
    ("doc ? :key", [":key"]),
    ("doc @> :doc", [":doc"]),
    ("':id' || \":id\"", []),
    ("$$:id$$ || $x$@id$x$", []),
    ("id /* :id */ -- @id", []),
    ("name != :name", [":name"]),
    (":name!=name", [":name"]),
    (":n?", [":n?"]),
    ("at = '2000-01-01 12:30:00'", []),
    ("make_interval(days => :days)", [":days"]),
    ("make_interval(days := :days)", [":days"]),
    ("n = any(:ns)", [":ns"]),
    ("n + ?", ["?"]),
    ("@ n", []),
    ("@-n", []),
]
NAMES = [
    ("postgres", "select * from t where id = $1 and name = $2", ["id", "name"]),
    ("postgres", "select * from t where name = $2 and id = $1", ["id", "name"]),
    ("postgres", "select * from t where id = ? and name = ?", ["id", "name"]),
    ("postgres", "insert into t (id, name) values ($1, $2)", ["id", "name"]),
    ("postgres", "update t set name = $1 where id = $2", ["name", "id"]),
    ("postgres", "select $1::int, $2::text", ["arg1", "arg2"]),
    ("postgres", "select * from t where n between $1 and $2", ["n", "n_2"]),
    ("postgres", "select * from t limit $1 offset $2", ["limit", "offset"]),
    ("postgres", "select * from t where :b > n and :a < n", ["b", "a"]),
    ("postgres", "select * from t where n in (:ids)", ["ids"]),
    ("sqlite", "select * from t where id = ? and name = ?", ["id", "name"]),
    ("sqlite", "select * from t where id = ?2 and name = ?1", ["name", "id"]),
    ("sqlite", "select * from t where id = $id and name = @name and n = :n", ["id", "name", "n"]),
]


@pytest.mark.parametrize("written", ["postgres", "sqlite"])
@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_forms(text: str, expected: list[tuple[str | None, int | None, bool | None, bool]], written: str) -> None:
    found = query(f"-- name: q :one\nselect {text};", written)
    assert [(place.name, place.number, place.nullable, place.slice) for place in found.placeholders] == expected
    for place in found.placeholders:
        assert found.source.text[place.start : place.end] == place.text


@pytest.mark.parametrize(("text", "expected"), ON_POSTGRES)
def test_operators_win_over_parameters(text: str, expected: list[str]) -> None:
    found = query(f"-- name: q :one\nselect {text}\nfrom t;")
    assert [place.text for place in found.placeholders] == expected


@pytest.mark.parametrize(("written", "text", "expected"), NAMES)
def test_names_and_order(written: str, text: str, expected: list[str]) -> None:
    schema = SCHEMA if written == "postgres" else SQLITE_SCHEMA
    found = sqlwright.analyze(schema, f"-- name: q :many\n{text};", written)
    assert found.diagnostics == ()
    assert [parameter.name for parameter in found.queries[0].parameters] == expected


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("n in (:ids)", True),
        ("n in ((:ids))", None),
        ("n not in (:ids)", True),
        ("n in (@ids)", True),
        ("n in (sqlc.slice(ids))", True),
        ("n in (sqlc.slice('ids'))", True),
        ("n = any(:ids)", True),
        ("n <> all(:ids)", True),
        ("n in (:ids, 1)", False),
        ("n in (:ids, :others)", False),
        ("n in ($1)", False),
        ("n = :ids", False),
    ],
)
def test_lists(text: str, listed: bool | None) -> None:
    found = sqlwright.analyze(SCHEMA, f"-- name: q :many\nselect id from t where {text};", "postgres")
    assert found.diagnostics == ()
    if listed is not None:
        parameter = found.queries[0].parameters[0]
        assert (parameter.sequence, str(parameter.type)) == (listed, "int32")


@pytest.mark.parametrize(
    ("text", "nullable"),
    [
        ("select id from t where n = :n", False),
        ("select id from t where n = :n?", True),
        ("select id from t where n = sqlc.narg(n)", True),
        ("update t set n = :n where id = 1", True),
        ("update t set n = :n! where id = 1", False),
        ("update t set name = :n where id = 1", False),
        ("update t set name = coalesce(sqlc.narg(n), name) where id = 1", True),
    ],
)
def test_marks_decide_whether_a_parameter_may_be_none(text: str, nullable: bool) -> None:
    found = sqlwright.analyze(SCHEMA, f"-- name: q :many\n{text};", "postgres")
    assert [parameter.nullable for parameter in found.queries[0].parameters] == [nullable]


def test_an_embedded_table() -> None:
    found = sqlwright.analyze(SCHEMA, "-- name: q :many\nselect sqlc.embed(t), 1 as one from t;", "postgres")
    assert found.diagnostics == ()
    (only,) = found.queries
    assert [(column.name, column.embedded) for column in only.columns] == [
        *((name, "t") for name in ("id", "name", "tags", "doc", "at", "n")),
        ("one", None),
    ]
    assert found.to_dict()["queries"][0]["sql"] == "select t.id, t.name, t.tags, t.doc, t.at, t.n, 1 as one from t"
