"""Where columns come from: through views and queries in FROM, servers name the same column differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from sqlwright.live.base import Description, Refusal, ServerColumn
from sqlwright.live.sqlite.database import SqliteScratch

from tests.check.planting import CHECK
from tests.check.running import run

_SCHEMA: Final = """\
create table shelves (id bigint primary key, shelf {text} not null);
create table books (id bigint primary key, shelf bigint not null, title {text} not null);
create view plain as select id, shelf from shelves;
create view renamed as select id as number, shelf as label from plain;
create view joined as select b.id, s.shelf as label, b.title from books b join shelves s on s.id = b.shelf;
create view counted as
select s.id, s.shelf, count(b.id) as books from shelves s left join books b on b.shelf = s.id group by s.id, s.shelf;
create view grouped as select shelf, count(*) as number from books group by shelf;
create view united as select id, title from books union all select id, shelf from shelves;
create view named as with s as (select id, shelf as label from shelves) select id, label from s;
create view derived as select d.id, d.name from (select id, title as name from books) d;
create view different as select distinct shelf from books;
create view limited as select id, title from books order by id limit 5;
create view inner_one as select s.id, (select b.title from books b where b.id = s.id) as title from plain s;
"""
_VIEWS: Final = (
    *("plain", "renamed", "joined", "counted", "grouped", "united", "named", "derived", "different", "limited"),
    "inner_one",
)
_OF_EACH: Final = """\
-- name: all_{0} :many
select * from {0};
-- name: alias_{0} :many
select v.* from {0} v;
-- name: inside_{0} :many
select d.* from (select * from {0}) d;
-- name: named_{0} :many
with c as (select * from {0}) select * from c;
-- name: beside_{0} :many
select x.* from {0} x join (select shelf as k, count(*) as n from books group by shelf) g on g.k > 0;
"""
_QUERIES: Final = """\
-- name: a_query_in_from :many
select k from (select b.id as k from books b) d;
-- name: a_query_in_a_query :many
select k from (select e.k from (select b.id as k from books b order by b.id limit 2) e order by e.k limit 2) d;
-- name: groups_of_a_query :many
select d.k, count(*) as n from (select b.id as k from books b) d group by d.k;
-- name: both_of_a_union :many
select k from (select id as k from books union select number from renamed) d;
-- name: again_and_again :many
with recursive r as (
    select id, title from books where id = 1
    union all select b.id, b.title from books b join r on b.id = r.id + 1
)
select * from r;
-- name: merged :many
select id, label, books from joined join counted using (id);
"""


@pytest.mark.parametrize("dialect", ["postgres", "sqlite", "mysql", "mariadb"])
def test_a_column_through_a_view_has_both_origins(
    tmp_path: Path, dialect: str, servers: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _given(monkeypatch, servers)
    _made(tmp_path, dialect)
    assert run(tmp_path, "generate").status == 0
    assert [(one.code, one.message) for one in run(tmp_path, CHECK).errors] == []


_WRONG: Final = (
    ("all_plain", ("shelves", "id"), False),
    ("all_plain", ("plain", "id"), False),
    ("all_plain", ("shelves", "shelf"), True),
    ("all_plain", ("books", "id"), True),
    ("all_renamed", ("shelves", "id"), False),
    ("all_renamed", ("plain", "id"), False),
    ("all_renamed", ("shelves", "number"), True),
    ("all_united", ("shelves", "id"), False),
    ("all_united", ("books", "id"), False),
    ("all_united", ("books", "shelf"), True),
    ("all_joined", ("shelves", "id"), True),
    ("inside_joined", ("books", "id"), False),
    ("inside_joined", ("d", "id"), True),
    ("both_of_a_union", ("shelves", "id"), False),
    ("both_of_a_union", ("shelves", "shelf"), True),
)


@pytest.mark.parametrize(("query", "origin", "is_wrong"), _WRONG)
def test_an_origin_that_differs_is_found(
    tmp_path: Path, query: str, origin: tuple[str, str], is_wrong: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite, made to tell another origin of the first column of one query."""
    _made(tmp_path, "sqlite", '["sqlite"]')
    assert run(tmp_path, "generate").status == 0
    _tell(monkeypatch, tmp_path, query, origin)
    found = [(one.code, one.line) for one in run(tmp_path, CHECK).errors]
    lines = (tmp_path / "queries/all.sql").read_text(encoding="utf-8").split("\n")
    assert found == ([("origin-differs", lines.index(f"-- name: {query} :many") + 2)] if is_wrong else [])


def _given(monkeypatch: pytest.MonkeyPatch, servers: Mapping[str, str]) -> None:
    for name, url in servers.items():
        monkeypatch.setenv(name, url)


def _made(root: Path, dialect: str, targets: str = '["postgres", "sqlite", "mysql", "mariadb"]') -> None:
    """A project of tables, views and queries of them, written for one database."""
    for folder in ("schema", "queries"):
        (root / folder).mkdir()
    package = f'[[package]]\nname = "all"\ndialect = "{dialect}"\ntargets = {targets}\n'
    (root / "sqlwright.toml").write_text(f'{package}schema = ["schema"]\nqueries = ["queries"]\n', encoding="utf-8")
    text = "text" if dialect in ("postgres", "sqlite") else "varchar(20)"
    (root / "schema/all.sql").write_text(_SCHEMA.replace("{text}", text), encoding="utf-8")
    queries = "".join(_OF_EACH.format(view) for view in _VIEWS) + _QUERIES
    (root / "queries/all.sql").write_text(queries, encoding="utf-8")


def _tell(monkeypatch: pytest.MonkeyPatch, root: Path, query: str, origin: tuple[str, str]) -> None:
    """Have SQLite tell an origin of the first column of a query."""
    lines = (root / "queries/all.sql").read_text(encoding="utf-8").split("\n")
    place = [line.split()[2] for line in lines if line.startswith("-- name:")].index(query)
    describe = SqliteScratch.describe

    def told(self: SqliteScratch, statements: Sequence[str]) -> list[Description | Refusal]:
        found = describe(self, statements)
        if len(found) <= place:
            return found
        one = found[place]
        assert isinstance(one, Description)
        assert one.columns is not None
        first: ServerColumn = replace(one.columns[0], origin=origin)
        found[place] = Description(one.parameters, (first, *one.columns[1:]))
        return found

    monkeypatch.setattr(SqliteScratch, "describe", told)
