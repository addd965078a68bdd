"""A PostgreSQL project of any size that both sqlwright and sqlc read as it is: tables that refer to one another, and
ten queries of every kind for each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

QUERIES_PER_TABLE: Final = 10
_KINDS: Final = "customer invoice shipment ticket asset contract device lesson payment route".split()
_SETTINGS: Final = """\
[[package]]
name = "shop"
schema = ["schema"]
queries = ["queries"]
dialect = "postgres"
"""
_SQLC_SETTINGS: Final = """\
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    gen:
      go: {package: shop, out: sqlc_out, sql_package: pgx/v5}
"""
_TABLE: Final = """\
create table {name} (
    id bigint generated always as identity primary key,
    {parent}_id bigint not null references {parent} (id),
    name text not null,
    email varchar(200) unique,
    amount numeric(12, 2) not null default 0,
    score integer,
    active boolean not null default true,
    tags text[] not null default '{{}}',
    details jsonb,
    created_at timestamptz not null default now(),
    closed_at timestamptz
);
create index {name}_created on {name} (created_at);
"""
_QUERIES: Final = """\
-- name: get_{name} :one
-- One row by its key.
select * from {name} where id = @id;

-- name: list_{name} :many
select id, name, email, amount, created_at
from {name}
where {parent}_id = @{parent}_id and active
order by created_at desc, id
limit @page_size offset @page_start;

-- name: search_{name} :many
select t.id, t.name, p.name as parent_name, p.score as parent_score
from {name} t
left join {parent} p on p.id = t.{parent}_id and p.active
where t.name like @pattern and (t.score > @low or t.score is null)
order by t.name;

-- name: create_{name} :one
insert into {name} ({parent}_id, name, email, amount, score, tags, details)
values (@{parent}_id, @name, @email, @amount, @score, @tags, @details)
returning id, created_at;

-- name: rename_{name} :execrows
update {name} set name = @name, email = coalesce(@email, email) where id = @id;

-- name: close_{name} :exec
update {name} set closed_at = now(), active = false where id = @id and closed_at is null;

-- name: delete_{name} :exec
delete from {name} where id = @id;

-- name: summarize_{name} :many
select {parent}_id, count(*) as rows, sum(amount) as total, max(created_at) as newest, avg(score) as mean
from {name}
where created_at >= @since
group by {parent}_id
having count(*) > @at_least;

-- name: upsert_{name} :one
insert into {name} ({parent}_id, name, email, amount) values (@{parent}_id, @name, @email, @amount)
on conflict (email) do update set name = excluded.name, amount = {name}.amount + excluded.amount
returning id, amount;

-- name: newest_{name} :many
with newest as (
    select {parent}_id, max(created_at) as at from {name} group by {parent}_id
)
select t.id, t.name, n.at,
    case when t.score > @threshold then 'high' when t.score is null then 'none' else 'low' end as rank
from {name} t join newest n on n.{parent}_id = t.{parent}_id and n.at = t.created_at;
"""


def write_project(folder: Path, tables: int) -> int:
    """Write the project with both tools' settings into an empty folder; gives the number of its queries."""
    names = [f"{_KINDS[number % len(_KINDS)]}_{number:03}" for number in range(tables)]
    for part in ("schema", "queries"):
        (folder / part).mkdir(parents=True)
    for number, name in enumerate(names):
        parent = names[number // 2] if number else name
        (folder / "schema" / f"{number:04}_{name}.sql").write_text(_TABLE.format(name=name, parent=parent))
        (folder / "queries" / f"{name}.sql").write_text(_QUERIES.format(name=name, parent=parent))
    (folder / "sqlwright.toml").write_text(_SETTINGS)
    (folder / "sqlc.yaml").write_text(_SQLC_SETTINGS)
    return tables * QUERIES_PER_TABLE


def change_one_query(folder: Path, run: int) -> None:
    """Change the condition of one query, to another at each run."""
    path = sorted((folder / "queries").glob("*.sql"))[run % 3]
    path.write_text(path.read_text().replace("and closed_at is null", f"and closed_at is null and score > {run}", 1))
