"""Answers that other tools get wrong. What can be NULL is shown to be by rows; what never is, by many random rows."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import psycopg
import pytest
import sqlwright
from sqlwright.live.postgres import scratch_database

Connection = psycopg.Connection[tuple[object, ...]]

SCHEMA = """
create domain word as text not null;
create table a (id integer primary key, n integer, name text not null, w word, k integer check (k is not null));
create table b (id integer primary key, a_id integer references a (id), x integer not null, y integer);
create view v as select id, name, n from a;
create table tree (id integer primary key, owner_id integer references tree (id), n integer not null);
create table made (id integer primary key, n integer, twice integer generated always as (n * 2) stored);
create table facts (g integer not null, n integer not null, q numeric not null);
create domain sure as integer check (value is not null and value >= 0);
create domain unsure as integer check (value >= 0);
create table held (id integer primary key, s sure, u unsure, r real);
"""
UNCHECKED = """
create table late (id integer, a integer, b integer);
insert into late values (1, null, null);
alter table late add constraint late_a check (a is not null) not valid;
alter table late add constraint late_b check (b is not null) not valid;
alter table late add check (id is not null);
"""
NULLABLE = [
    "select n is null and n > 1 or n > 2, n > 1 or id > 3 from a",
    "select x.c from a left join lateral (select count(*) as c from b where b.a_id = a.id) x on x.c > 0",
    "update made set n = null where twice is not null returning twice",
    "select a.id, b.x from a left join b on b.a_id = a.id",
    "select a.id, b.x from a left join b on b.a_id = a.id order by a.id",
    "select a.id, b.x from a left join b on b.a_id = a.id order by a.id limit 50",
    "select distinct a.id, b.x from a left join b on b.a_id = a.id",
    "select a.id, b.x from a left join b on b.a_id = a.id group by a.id, b.x",
    "select a.id, b.x, row_number() over (order by a.id) from a left join b on b.a_id = a.id",
    "select a.id, b.x from a left join b on b.a_id = a.id for update of a",
    "with c as (select a.id, b.x from a left join b on b.a_id = a.id) select id, x from c",
    "select * from (select a.id, b.x from a left join b on b.a_id = a.id) s",
    "select a.id, b.x from a left join b on b.a_id = a.id join a c on c.id = a.id",
    "select a.id, c.x from b right join a on b.a_id = a.id left join b c on c.id = b.id",
    "select a.id, b.x from b right join a on b.a_id = a.id",
    "select a.id, b.x from a full join b on b.a_id = a.id + 1",
    "select b.x, a.name from a full join b on b.a_id = a.id + 1",
    "select g, sum(n) from facts group by rollup (g)",
    "select g, n, count(*) from facts group by cube (g, n)",
    "select g, count(*) from facts group by grouping sets ((g), ())",
    "update a set n = 1 from a c left join b on b.a_id = c.id where c.id = a.id returning a.id, b.x",
    "delete from facts using a left join b on b.a_id = a.id where facts.n = a.id returning b.x",
    "select max(x) from b where x < 0",
    "select sum(n) from facts where false",
    "select avg(n), min(g), array_agg(n), string_agg('x', ','), bool_and(true), json_agg(n) from facts where false",
    "select nullif(id, 1) from a",
    "select n + 1 from a",
    "select n::text from a",
    "select cast(n as bigint) from a",
    "select upper(nullif(name, 'a')) from a",
    "select case when id > 3 then name end from a",
    "select case id when 1 then 'x' when 2 then 'y' end from a",
    "select (select x from b where b.a_id = a.id limit 1) from a",
    "select (select max(x) from b where b.a_id = a.id) from a",
    "select array(select n from a) || null::integer, (array[1, 2])[3] from a",
    "select lag(id) over (order by id), lead(name) over (order by id) from a",
    "select lag(id, 1, null) over (order by id) from a",
    "select first_value(n) over (order by id), nth_value(id, 2) over (order by id) from a",
    "select sum(id) over (order by id rows between 2 preceding and 1 preceding) from a",
    "select sum(id) over w from a window w as (order by id rows between 2 preceding and 1 preceding)",
    "select first_value(id) over w from a window w as (order by id rows between 1 following and 2 following)",
    "select count(*) filter (where x > 0), sum(x) filter (where x < 0) from b",
    "select id from a union all select null",
    "select id from a union select n from a",
    "select n from a except select id from a",
    "values (1), (null), (3)",
    "select '{\"a\": 1}'::jsonb -> 'b', '{\"a\": null}'::jsonb ->> 'a'",
    "select coalesce(n, y) from a join b on b.a_id = a.id",
    "select greatest(n, null), least(n, n) from a",
    "select array_length('{}'::text[], 1), substring('a' from 'b'), regexp_match('a', 'b'), to_regclass('x')",
    "select unnest(array[1, null])",
    "select * from unnest(array[1], array[1, 2])",
    "select x, y from (values (1, 2), (null, 3), (4, null)) s (x, y)",
    "select b.x from a left join lateral (select x from b where b.a_id = a.id limit 1) b on true",
    "select b.x, c.y from a left join (b join b c on c.id = b.id) on b.a_id = a.id",
    "select a.name, b.x from a left join b on b.a_id = a.id where b.x is null or b.x > 1",
    "select a.name, b.x from a left join b on b.a_id = a.id where coalesce(b.x, 0) >= 0",
    "select a.name, b.x from a left join b on b.a_id = a.id where not (b.x > 3) is true",
    "select id, owner_id from tree",
    "with recursive r as (select id, n, owner_id from tree union all select t.id, t.n, t.owner_id from tree t"
    " join r on r.owner_id = t.id) select owner_id from r",
    "select v.n from v",
    "select coalesce(a.n, b.id), coalesce(a.id, b.a_id) from a full join b on b.a_id = a.id + 1",
    "select coalesce(a.id, b.id), c.id from b c left join (a full join b on b.a_id = a.id + 1) on a.id = c.x",
    "select coalesce(a.id, b.id), count(*) from a full join b on b.a_id = a.id + 1 group by rollup (a.id, b.id)",
    "select (select coalesce(a.id, b.id) from (values (1)) one) from a full join b on b.a_id = a.id + 1"
    " group by rollup (a.id, b.id)",
    "select coalesce(a.id, c.id) from a full join b on b.a_id = a.id + 1 full join a c on c.id = b.id + 5",
    "select a.n from a where exists (select max(x) from b where b.a_id = a.n)",
    "select b.x, m.best from a left join b on b.a_id = a.id"
    " cross join lateral (select max(c.id) as best from a c where c.id < b.x) m",
    "select n from a where coalesce(n, 0) >= 0",
    "select n from a where coalesce(n, 1) > 0",
    "select nullif(name, 'a') from a where coalesce(nullif(name, 'a'), '') <> 'b'",
    "select r from held where coalesce(r, 0.1) <> 0.1",
    "select n from a where case when n is null then true else n > 3 end",
    "select b.x, c.y from a left join b on b.a_id = a.id left join b c on c.id = a.n where b.x > 1 or c.x > 2",
    "select b.id, c.id from a left join b on b.a_id = a.id left join b c on c.a_id = b.id where b.x > 1 or c.x > 2",
    "select case when n > 3 then 1 end, nullif(id, 3) from a",
    "select max(id) filter (where id > 3) from a group by name",
    "select max(n) from a having count(*) > 0",
    "select max(n) from a having count(n) >= 0",
    "select name, max(n + k) from a group by name having count(n) > 0 or count(k) > 0",
    "select max(x + nullif(y, 3)) from b group by a_id having count(x) > 0 and count(y) > 0",
    "select (array_agg(n))[1], (array_agg(id))[2] from a group by name",
    "select (array_agg(array[id]))[1] from a group by name",
    "select (array[1, n])[2], (array[1, 2])[3], (array[1, 2])[n:2] from a",
    "select generate_series(1, 2), upper(regexp_split_to_table('a,b,c', ',')) from a",
    "select u from held",
    "select n from a where false union select n from a",
    "select max(id) from a where false",
    "select row(n, name), n = 1, n > id, n between 1 and 2, n in (1, 2), name like null from a",
    "select not (n > 1), n > 1 and true, n > 1 or false from a",
]
"""Each has a column that can be NULL: some data gives it, so that it must be said."""
NEVER = [
    "select n is null or n > 1, n is not null and n > 1 from a",
    "select x.c from a left join lateral (select count(*) as c from b where b.a_id = a.id) x on true",
    "select x.one from a left join (select 1 as one) x on true",
    "select count(*) from a",
    "select count(n) from a where false",
    "select exists (select 1 from b where b.a_id = a.id) from a",
    "select coalesce(a.id, b.id), coalesce(b.x, a.n, a.id) from a full join b on b.a_id = a.id + 1",
    "select coalesce(a.name, b.x::text, b.id::text, '') from a full join b on b.a_id = a.id + 1",
    "select coalesce(a.id, b.id), count(*) from a full join b on b.a_id = a.id + 1 group by coalesce(a.id, b.id)",
    "select coalesce(a.id, s.x) from a full join (select x from b where y > 1) s on s.x = a.id + 1",
    "select coalesce(a.id, b.id) from a full join b on b.a_id = a.id + 1 left join a c on c.id = b.x",
    "select 1, 'x', true, 1.5, now(), current_date",
    "select coalesce(n, 0), coalesce(name, n::text), coalesce(n, null, 3) from a",
    "select id, name from v",
    "select w, k from a",
    "select n from a where n is not null",
    "select n from a where n > 3",
    "select n from a where n = id and name <> 'x'",
    "select n from a where n in (1, 2, 3)",
    "select n from a where not (n is null)",
    "select n from a where n between 1 and 4 or n > 6",
    "select n + 1, -n, n * id from a where n > 0",
    "select a.name, b.x from a left join b on b.a_id = a.id where b.x > 0",
    "select a.name, b.x from a left join b on b.a_id = a.id where b.id is not null",
    "select a.name, b.x from a left join b on b.a_id = a.id join b c on c.x = b.x",
    "select b.x, a.name from b left join a on a.id = b.a_id where a.n > 1",
    "select id from a intersect select n from a",
    "select g, count(*), max(n), min(q), array_agg(n), string_agg('x', ','), bool_or(n > 1) from facts group by g",
    "select sum(n) from facts group by g",
    "select avg(n) from facts group by g",
    "select sum(q), avg(q) from facts group by g having count(*) > 1",
    "select g, sum(n) from (select g, n from facts where n > 0) s group by g",
    "select case when n is null then 0 else n end from a",
    "select case when id > 3 then name else 'x' end from a",
    "select n is null, n is not distinct from 3, n is distinct from id from a",
    "select row_number() over (), rank() over (order by n), ntile(3) over (order by id) from a",
    "select lag(id, 1, 0) over (order by id) from a",
    "select first_value(id) over (order by id), last_value(name) over (order by id) from a",
    "select sum(id) over (order by id) from a",
    "select sum(id) over w, first_value(id) over w from a window w as (order by id rows 1 preceding)",
    "select (select count(*) from b having count(*) >= 0 limit 1) is null from a",
    "select count(*) over (partition by n) from a",
    "select (select count(*) from b where b.a_id = a.id) from a",
    "select (select 1) from a",
    "select array(select n from a)",
    "select trim(name) from a where name is not null",
    "select name, stddev_pop(id), var_pop(id) from a group by name having name is not null",
    "select concat(n, name), concat_ws(',', n, name) from a",
    "select upper(name), name || 'x', length(name), id + 1, id::text from a",
    "select jsonb_build_object('n', n), to_jsonb(a) from a",
    "select greatest(n, id), least(n, 3) from a",
    "with recursive r as (select id, 0 as depth from tree where owner_id is null union all"
    " select t.id, r.depth + 1 from tree t join r on r.id = t.owner_id) select id, depth from r",
    "with recursive r (n) as (values (1) union all select n + 1 from r where n < 20) select n from r",
    "with recursive r as (select id, id as owner_id, n from tree where owner_id is null union all"
    " select t.id, t.owner_id, t.n from tree t join r on r.id = t.owner_id) select owner_id from r",
    "with recursive r as (select id, owner_id from tree where owner_id = 1 union all"
    " select t.id, t.owner_id from tree t join r on r.id = t.owner_id) select owner_id from r",
    "insert into b (id, x) values (1000, 1) returning id, x",
    "update a set n = 3 returning n",
    "update a set n = coalesce(n, 0) + 1 returning n",
    "update b set y = x where y is null returning y",
    "delete from a where n > 3 and not exists (select from b where a_id = a.id) returning n, name",
    "with d as (update a set n = 1 returning id, n) select n from d",
    "select s.n from (select n from a where n > 2 offset 0) s",
    "select n from generate_series(1, 3) n",
    "select x, y from (values (1, 'a'), (2, 'b')) s (x, y)",
    "select n from a join (values (1), (2)) s (m) on s.m = a.n",
    "select n from a where coalesce(n, 0) > 0",
    "select n from a where 0 < coalesce(n, 0) and coalesce(n, -1) in (3, 4, 5)",
    "select n from a where nullif(n, 3) is not null",
    "select n from a where coalesce(n > 3, false) or not coalesce(n < 3, true)",
    "select n from a where case when n is null then false else true end",
    "select n from a where case when n > 3 then true end",
    "select a_id from b where coalesce(a_id + 1, 0) <> 0 and coalesce(nullif(y, 1), 1) <> 1",
    "select m.x, g.name from a left join (b m join a g on g.id = m.x) on m.a_id = a.id where m.y = 1 or g.n = 2",
    "select m.x from a left join b m on m.a_id = a.id left join b g on g.a_id = m.id where m.y > 1 or g.y > 2",
    "select case when true then id end, case when id is null then null else 1 end, case when 1 = 2 then n else 1 end"
    " from a",
    "select nullif(1, 2), nullif(id, null), nullif('a', 'b') from a",
    "select max(id) filter (where true) from a group by name",
    "select n from a where false",
    "select n from a where 1 = 2 union all select id from a",
    "select max(id), array_agg(n), (array_agg(id))[1] from a having count(*) > 0",
    "select max(n), sum(n), min(id) from a having count(n) > 0",
    "select max(n), min(n), max(id) from a having max(n) > 3",
    "select name, max(n), avg(n) from a group by name having count(n) <> 0 and 0 < count(*)",
    "select max(n) from a having coalesce(sum(n), 0) > 0",
    "select (array[1, id])[2], (array[1, 2])[5:6], (array[id])[id:], array_agg(n) from a group by id",
    "select s from held",
    "select nth_value(id, 1) over (order by id) from a",
    "select percentile_disc(0.5) within group (order by n) from facts group by g",
]
"""No data gives a NULL in any column of these."""


@pytest.fixture(scope="module")
def server(postgres_server_url: str) -> Iterator[Connection]:
    """A connection to a database that has the schema."""
    with scratch_database(postgres_server_url) as url, psycopg.connect(url) as connection:
        connection.execute(SCHEMA.encode())
        connection.commit()
        yield connection


@pytest.mark.parametrize("query", NULLABLE)
def test_a_column_that_can_be_null_is_said_to_be(query: str, server: Connection) -> None:
    ours = nullable(query)
    seen = seen_null(query, server, 12)
    assert any(seen), "no data has shown a NULL"
    assert not [name for (name, may), was in zip(ours, seen, strict=True) if was and not may]


@pytest.mark.parametrize("query", NEVER)
def test_a_column_that_is_never_null_is_said_to_be(query: str, server: Connection) -> None:
    assert [name for name, may in nullable(query) if may] == []
    assert not any(seen_null(query, server, 30))


def nullable(query: str) -> list[tuple[str, bool]]:
    found = sqlwright.analyze(SCHEMA, f"-- name: q :many\n{query};\n", "postgres")
    assert [finding.message for finding in found.diagnostics] == []
    return [(column.name, column.nullable) for column in found.queries[0].columns]


def seen_null(query: str, server: Connection, tries: int) -> list[bool]:
    """For each column, whether some data gave a NULL."""
    seen: list[bool] = []
    for seed in range(tries):
        with server.transaction(force_rollback=True):
            fill(server, Random(seed), seed)
            cursor = server.execute(query.encode())
            columns = len(cursor.description or ())
            rows = cursor.fetchall()
        seen = seen or [False] * columns
        seen = [was or any(row[place] is None for row in rows) for place, was in enumerate(seen)]
    return seen


def fill(server: Connection, random: Random, many: int) -> None:
    """Random rows, from none to many; NULL wherever it may stand."""

    def number() -> int | None:
        return random.choice((None, random.randint(0, 9)))

    for key in range(1, many + 1):
        server.execute("insert into a values (%s, %s, %s, 'w', 1)", (key, number(), random.choice("abx")))
        owner = random.choice((None, *range(1, key)))
        server.execute("insert into tree values (%s, %s, %s)", (key, owner, random.randint(0, 9)))
        facts = (random.randint(0, 3), random.randint(-3, 9), random.choice((0, 2.5, "NaN")))
        server.execute("insert into facts values (%s, %s, %s)", facts)
        server.execute("insert into made values (%s, %s)", (key, key))
        held = (key, random.randint(0, 9), number(), random.choice((None, 0.1, 0.5)))
        server.execute("insert into held values (%s, %s, %s, %s)", held)
    for key in range(1, random.randint(0, many) + 1):
        owner = random.choice((None, *range(1, many + 1)))
        server.execute("insert into b values (%s, %s, %s, %s)", (key, owner, random.randint(0, 9), number()))


def test_rows_that_a_constraint_has_not_checked(postgres_url: str) -> None:
    query = "select id, a, b from late"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(UNCHECKED)
        assert connection.execute(query).fetchall() == [(1, None, None)]
        connection.execute("delete from late")
        connection.execute("alter table late validate constraint late_b")
    for schema, expected in (
        (UNCHECKED, [False, True, True]),
        (UNCHECKED + "alter table late validate constraint late_b;\n", [False, True, False]),
    ):
        found = sqlwright.analyze(schema, f"-- name: q :many\n{query};\n", "postgres")
        assert [column.nullable for column in found.queries[0].columns] == expected
