"""The package whose calls are measured, and the same statements as the others write them."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

SCHEMAS: Final = {
    "postgres": "create table items (id bigint generated always as identity primary key, name text not null, "
    "email text, score double precision not null, count bigint not null);\n",
    **dict.fromkeys(
        ("mysql", "mariadb"),
        "create table items (id bigint not null auto_increment primary key, name varchar(255) not null, "
        "email varchar(255), score double not null, count bigint not null);\n",
    ),
    "sqlite": "create table items (id integer primary key, name text not null, email text, score real not null, "
    "count integer not null);\n",
}
QUERIES: Final = """\
-- name: get_item :one
select id, name, email, score, count from items where id = :id;

-- name: list_items :many
select id, name, email, score, count from items where id <= :last;

-- name: add_item :exec
insert into items (name, email, score, count) values (:name, :email, :score, :count);
"""
AIOSQL: Final = """\
-- name: get_item(id)^
select id, name, email, score, count from items where id = :id;

-- name: list_items(last)
select id, name, email, score, count from items where id <= :last;

-- name: add_item(name, email, score, count)!
insert into items (name, email, score, count) values (:name, :email, :score, :count);
"""


def made_package(folder: Path, dialect: str) -> ModuleType:
    """Generate the package for one database, and import it."""
    name = f"bench_{dialect}"
    (folder / "schema").mkdir(parents=True)
    (folder / "queries").mkdir()
    (folder / "schema" / "items.sql").write_text(SCHEMAS[dialect])
    (folder / "queries" / "items.sql").write_text(QUERIES)
    settings = f'[[package]]\nname = "{name}"\ndialect = "{dialect}"\nschema = ["schema"]\nqueries = ["queries"]\n'
    (folder / "sqlwright.toml").write_text(settings)
    subprocess.run([sys.executable, "-m", "sqlwright", "generate"], cwd=folder, check=True, capture_output=True)
    sys.path.insert(0, str(folder / "generated"))
    return import_module(name)
