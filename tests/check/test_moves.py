"""What migration scripts make otherwise than the schema says, told of everything that a server tells of a schema."""

from __future__ import annotations

_ITEMS = {"postgres": "create table items (id bigint primary key, name text not null, weight integer);\n"}
_ITEMS = {
    "postgres": "create table items (\n    id bigint primary key,\n    name text not null,\n    weight integer\n);\n",
    "sqlite": "create table items (\n    id integer primary key,\n    name text not null,\n    weight integer\n);\n",
    "mysql": "create table items (\n    id bigint primary key,\n    name varchar(100) not null,\n    weight integer\n);\n",
}


def project(root, dialect, text, queries="-- name: names :many\nselect name from items;\n"):
    (root / "schema").mkdir(parents=True)
    (root / "queries").mkdir()
    (root / "sqlwright.toml").write_text(
        f'[[package]]\nname = "p"\ndialect = "{dialect}"\nschema = ["schema"]\nqueries = ["queries"]\n'
    )
    (root / "schema/all.sql").write_text(_ITEMS.get(dialect, _ITEMS["mysql"]) + text)
    (root / "queries/q.sql").write_text(queries)
