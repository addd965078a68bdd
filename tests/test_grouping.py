"""Aggregates and groups: our verdict on a query is PostgreSQL's."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
import sqlwright
from sqlwright.live.postgres import scratch_database

SCHEMA = """
create table users (id integer primary key, name text not null, age integer);
create table orders (
    id integer primary key,
    user_id integer not null references users (id),
    total numeric(12, 2) not null,
    placed_at timestamptz not null
);
create function twice(integer) returns integer language sql as 'select $1 * 2';
"""
QUERIES = [
    "select user_id, count(*) from orders group by user_id",
    "select user_id, total from orders group by user_id",
    "select user_id, count(*) from orders",
    "select count(*) from orders having user_id > 1",
    "select count(*) from orders having count(*) > 1 order by 1",
    "select count(*) from orders order by total",
    "select sum(total) from orders order by sum(total)",
    "select u.*, count(o.id) from users u left join orders o on o.user_id = u.id group by u.id",
    "select u.*, count(o.id) from users u left join orders o on o.user_id = u.id group by u.name",
    "select u.id, u.name, o.total from users u join orders o on o.user_id = u.id group by u.id",
    "select date_trunc('day', placed_at) as day, count(*) from orders group by day",
    "select date_trunc('day', placed_at) as day, count(*) from orders group by 1 order by 1",
    "select date_trunc('day', placed_at), count(*) from orders group by date_trunc('day', placed_at)",
    "select date_trunc('hour', placed_at), count(*) from orders group by date_trunc('day', placed_at)",
    "select twice(user_id), count(*) from orders group by twice(user_id)",
    "select twice(user_id) + 1, TWICE(orders.user_id), count(*) from orders group by twice(user_id)",
    "select user_id::text, count(*) from orders group by cast(user_id as text)",
    "select case when total > 10 then 'big' else 'small' end, count(*) from orders"
    " group by case when total > 10 then 'big' else 'small' end",
    "select case when total > 10 then 'big' else 'small' end, count(*) from orders"
    " group by case when total > 11 then 'big' else 'small' end",
    "select user_id, sum(sum(total)) over (order by user_id) from orders group by user_id",
    "select user_id, sum(total) over (order by user_id) from orders group by user_id",
    "select max(sum(total)) from orders",
    "select user_id from orders where sum(total) > 3",
    "select id from users u where exists (select 1 from orders o where o.user_id = u.id having sum(o.total) > 3)",
    "select u.id from users u group by u.id having exists"
    " (select 1 from orders o where o.user_id = u.id and o.total > max(u.age))",
    "select u.age, (select count(*) from orders o where o.total > max(u.age)) from users u group by u.age",
    "select age, grouping(age), count(*) from users group by rollup (age)",
    "select age, name, count(*) from users group by grouping sets ((age), (name), ())",
    "select age, id, count(*) from users group by cube (age)",
    "select id, name, count(*) from users group by (id, age)",
    "select percentile_cont(0.5) within group (order by total), user_id from orders group by user_id",
    "select count(*) filter (where total > 3), user_id from orders group by user_id",
    "select id, count(*) over () from orders",
    "select user_id, count(*) over () from orders group by user_id",
    "select id, count(*) over () from orders group by user_id",
    "select distinct on (user_id) user_id, count(*) from orders group by user_id order by user_id",
    "select user_id, count(*) from users join orders using (id) group by id, user_id",
    "select id, count(*) from users join orders using (id) group by id",
    "select users.id, count(*) from users join orders using (id) group by id",
    "select id, count(*) from users left join orders using (id) group by users.id",
    "select s.n, count(*) from (select age as n, id from users) s group by s.n",
    "select s.n, s.id from (select age as n, id from users) s group by s.id",
    "with s as (select age as n from users) select n, n + 1, count(*) from s group by n",
    "select users, count(*) from users group by users",
    "select users.id, l.n from users, lateral (select count(*) as n from orders o where o.user_id = users.id) l",
    "select age + 1, count(*) from users group by age",
    "select age, count(*) from users group by age + 1",
    "select age + 1, count(*) from users group by age + 1 having age + 1 > 2",
    "select name || 'x' as name, count(*) from users group by name",
    "select upper(name) as name, count(*) from users group by upper(name) order by upper(name)",
    "select count(*), 1, 'x', now() from users",
    "select array_agg(name order by age) from users",
    "select (array_agg(name))[1], age from users group by age",
    "select string_agg(name, ', '), bool_or(age > 3) from users having bool_and(age is null)",
    "select coalesce(age, 0), count(*) from users group by coalesce(age, 0)",
    "select extract(year from placed_at), count(*) from orders group by extract(year from placed_at)",
    "select placed_at at time zone 'UTC', count(*) from orders group by placed_at at time zone 'UTC'",
    "select id in (1, 2), count(*) from users group by id in (1, 2)",
    "select age between 1 and 3, count(*) from users group by age between 1 and 3",
    "select count(*) from users group by count(*)",
]


@pytest.fixture(scope="module")
def server(postgres_server_url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection to a database that has the schema."""
    with scratch_database(postgres_server_url) as url, psycopg.connect(url) as connection:
        connection.execute(SCHEMA)
        connection.commit()
        yield connection


@pytest.mark.parametrize("query", QUERIES)
def test_the_verdict_is_the_servers(query: str, server: psycopg.Connection[tuple[object, ...]]) -> None:
    accepted = True
    try:
        with server.transaction(force_rollback=True):
            server.execute(f"explain {query}".encode())
    except psycopg.errors.Error:
        accepted = False
    found = sqlwright.analyze(SCHEMA, f"-- name: q :many\n{query};\n", "postgres").diagnostics
    refusals = [finding.message for finding in found if finding.severity.value == "error"]
    assert (not refusals) == accepted, refusals
