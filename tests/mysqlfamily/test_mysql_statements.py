"""Statements that servers take or refuse, and what they call the columns: the analysis says the same."""

from __future__ import annotations

import pytest
from sqlwright import analyze

from tests.mysqlfamily.asking import Asked, asked

SCHEMA = """
create table t (
    id int unsigned not null auto_increment primary key, a int not null, b int, v varchar(50) not null, d date,
    jn json, hid int invisible, unique key (v), key (b)
);
create table u (
    id int not null primary key auto_increment, t_id int unsigned not null, name varchar(20),
    foreign key (t_id) references t (id)
);
create table m (id int not null primary key, a int, g int generated always as (a + 1) stored);
create view w as select id, a, v from t;
"""
BOTH = r"""
select a + 1 as c from t having (select c) > 1
select a + 1 as c, count(*) from t group by a having exists (select 1 from u where u.id = c)
select a + 1 as c, (select c) as e from t
select a + 1 as c, (select (select c)) as e from t group by a
select (select c) as e, a + 1 as c from t
select a + 1 as c, (select t.c) as e from t
select a + 1 as c from t where (select c) > 1
select a + 1 as c from t order by (select c)
select max(a) as c from t group by b having (select c)
select max(a) as c, (select c) as e from t
select row_number() over () as c from t having c > 1
select a as x, sum(b) from t group by x having 1 in (select x + u.id from u)
select a, g from m group by a
select x.c, y.n from (select concat('a', 'b') as c from t) as x join (select 1 as n) as y group by y.n
select (select 1 from u having max(u.name) > v) from t
select max(u.id) as name from u having max(u.t_id) > name
select * from t
select A, T.Id, `v`, T.b from t as T
select a   +   1 , (a), upper( v ), 'x', null, count(*), 1.5, x'41', n'abc' from t group by id
select 'it''s', "say ""x"" y", 'a\'b', 'abc' as `weird name`, 1 as 'quoted', 2 as "double", 3 three
select /*! straight_join */ a from t -- trailing
select /*!50000 a, */ b from t # and this
select a from t use index (b) where b = 1
select a from t force index for order by (b) ignore index (v) order by b
select sql_calc_found_rows high_priority a from t limit 1, 2
select distinctrow a from t limit 2 offset 1
select a, sum(b) from t group by a with rollup
select group_concat(distinct v order by a desc, v separator ';') from t
select a && b, a || b, !a, a xor b, a <=> b, a div 2, a mod 2, v rlike 'a', v not regexp 'b', a ^ 2, ~a from t
select d + interval 1 day, interval 2 month + d, date_add(d, interval '1:1' minute_second) from t
select cast(a as unsigned), convert(a, char(5)), convert(v using utf8mb4), binary v, a collate utf8mb4_bin from t
select extract(day_hour from d), timestampdiff(day, d, now()), position('a' in v), trim(leading 'a' from v) from t
select char(65, 66 using utf8mb4), get_format(date, 'USA'), _utf8mb4'abc', date '2020-01-01', 0x41, b'1', 0b1
select @x, @@version, @@session.sql_mode
select t.id, u.name from t left join (u) on u.t_id = t.id
select * from t natural join u
select id, name from t join u using (id)
select t.id from t straight_join u on u.t_id = t.id cross join w
select row_number() over w, lag(a) over w, sum(a) over (order by id rows 2 preceding) from t window w as (order by id)
with recursive c(n) as (select 1 union all select n + 1 from c where n < 5) select n from c
(select a from t limit 1) union all (select b from t order by b limit 1) order by 1 limit 2
select a from t intersect select b from t except select id from u
select 1 from dual where 1 = 1
select a from t where (a, b) in ((1, 2), (3, 4)) for update
select a from t lock in share mode
select jt.* from t, json_table(jn, '$[*]' columns (i for ordinality, x int path '$.x')) jt
select a + 1 as x from t group by x having x > 1 order by x + 1
insert into t (a, v) values (1, 'a'), (default(a), default) on duplicate key update a = values(a) + 1, b = t.b
insert ignore into t set a = 1, v = 'x'
insert into t (a, v) select a, v from w on duplicate key update a = t.a
insert into t values (default, 1, 2, 'v', null, null)
insert into t () values ()
replace into t (id, a, v) values (1, 2, 'x')
replace t set id = 1, a = 2, v = 'y'
update t set a = 1, b = a + 1 where id = 5 order by a desc limit 3
update t join u on u.t_id = t.id set t.a = 1, u.name = 'x' where u.id = 1
update t, u set t.a = u.id where u.t_id = t.id
update low_priority ignore t set b = default
delete from t where a = 1 order by id limit 1
delete t, u from t join u on u.t_id = t.id where t.a = 1
delete from t using t join u on u.t_id = t.id
delete quick from t
select (select count(*) from t) + 1
select nosuch from t
select a from nosuch
select t.nosuch from t
select nosuch(1)
select upper()
select a from t where count(*) > 1
select id from t join u on t.id = u.t_id
select t.id from t, t
select * from (select 1)
select * from (select 1 as x, 2 as x) y
with c as (select 1 as x, 2 as X) select * from c
select a from t order by nosuch
select a from t having b > 1
select a, b as x from t having x > 1 and a > 2 and t.b > 1
select v from t group by a, v having a > 1 and max(b) > 2
select * from t having b > 1
select count(*) from t having a > 1
select a from t union select a, b from t
insert into t (a, nosuch) values (1, 2)
insert into t (a, v) values (1)
update t set nosuch = 1
update t set a = 1 returning a
select cast(a as text) from t
select a from t limit
select a from t join u on max(t.a) > 1
select sum(max(a)) over () from t group by b
select max(sum(a) over ()) from t
select a from t where row_number() over (order by a) = 1
select a from t where a in (select b from t limit 1)
select a from t where a > all (select b from t limit 1)
select u.id from t, (select 1 as id) as t, u
insert into t (a, a, v) values (1, 2, 'x')
update t set a = 1, a = 2
select id from t join u using (id) join w on true
insert into t (id, a, v) values (1, id, 'x')
insert into t set id = 1, a = id, v = 'x'
insert into t (id, a, v) select 1, id, 'x'
insert into t (id, a, v) values ((select 1, 2), 1, 'x')
insert into t (id, a, v) values (1, first_value(5) over (), ''), (2, 1, '')
update t set a = (select 1, 2)
select min(5) as a from t join t as x using (a) group by a
select max(a) as n from t group by n
select count(*) from t as x, t as y group by x.b, y.b having y.b
select count(*), y.b from t as x, t as y group by x.b, y.b having y.b
select count(*) from t as x join t as y using (a) group by x.b having max(x.b) > a
select count(*) from t as x join t as y using (a) group by y.a, a having y.a
with c (x) as (select a, b from t) select * from c
with c as (select 1 as n) insert into t (id, a, v) values (1, 1, '')
select 1 from t left join t as x using (a) join ((select 1 as q) as y join m on a = 1) on true
delete t from t join u on u.t_id = t.id where t.a in (select a from t)
select x.c from (select null as c) as x union select 1
"""
MYSQL = """
select t.a, max(t.b) from t where t.b in (select t.a from u) group by t.b
select t.a, max(t.b) from t where t.b = any (select distinct t.a from u) group by t.b
select t.a, max(t.b) from t where (t.b in (select t.a from u)) is true group by t.b
select t.a, max(t.b) from t where t.b in (select u.id from u where u.id = t.a) group by t.b
select t.a, max(t.b) from t where exists (select 1 from u where u.id = t.a and u.t_id = t.b) group by t.b
select t.a, max(t.b) from t where exists (select 1 from u where u.id = t.a and u.id = t.b) group by t.b
select t.a, max(t.b) from t where t.a in (select u.id from u where u.id = 5)
select t.a, max(t.b) from t where t.b in (select t.a from u union select 1) group by t.b
select t.a, max(t.b) from t where t.b in (select t.a from u having max(u.id)) group by t.b
select t.a, max(t.b) from t where t.b in (select t.a + 1 from u) group by t.b
select t.a, max(t.b) from t where t.b in (select t.a from u) or false group by t.b
select t.a, max(t.b) from t join t as x on x.b in (select t.a from u) group by x.b
select t.a, max(t.b) from t left join t as x on x.b in (select t.a from u) group by x.b
select max(x.d), x.d from (select 'a' as c, (select count(*) from u) as d from t) as x right join u on true group by x.c
select max(x.d), x.d from (select 'a' as c, max(a) as d from t group by b) as x right join t as y on true group by x.c
select max(a) from t order by b
select max(a) from t order by row_number() over (order by b)
select max(a) from t group by v order by b
select group_concat(null order by 2) from t
select group_concat(nullif(1, 1), a order by 5) from t
select group_concat(a order by 2) from t
select 5 as a, row_number() over (order by a) as e from t join t as x using (a)
select a as a, row_number() over (order by a) as e from t join t as x using (a)
select 5 as a, row_number() over (order by a) as e from t join t as x using (a) cross join u
select 5 as a, row_number() over (order by a) as e from u cross join (t join t as x using (a))
select 5 as a, row_number() over (order by a) as e from t join t as x using (a) right join u on t.b = u.id
select 1 from (select coalesce((select 'a' from u), 'b') as c from t) as x group by x.c having x.c = 1
select 1 from (select coalesce((select 'a' from u), b) as c from t) as x group by x.c having x.c = 1
select 1 from (select (select 1 from u) as c, a + 1 as e from t) as x group by x.e having x.e = 1
select 1 from (select (select t.a from u) as c, a + 1 as e from t) as x group by x.e having x.e = 1
select row_number() over () as c from t having (select c) > 1
select a, g from m group by id + 1, a
select t.a, x.n from t, lateral (select coalesce(max(u.t_id), u.t_id) as n from u where u.id = t.b group by u.name) as x
select x.c, y.n from (select max('a') as c from t) as x join t as y on true group by y.a
select x.k from t as x join (select 1 as k) as x on x.a = x.k
select jn->'$.a', jn->>'$.a', 2 member of ('[1]') from t
select t.id, x.n from t, lateral (select count(*) n from u where u.t_id = t.id) x
select column_0, column_1 from (values row(1, 'a'), row(2, 'b')) v
values row(1, 'a'), row(2, 'b')
table u order by id limit 1
select a from t for share skip locked
select lead(a, 1, 0) over (order by id), any_value(a) from t group by id
select true, false
select cast(jn as json), grouping(a) from t group by jn, a with rollup
insert into t (a, v) values (1, 'a') as new on duplicate key update a = new.a
insert into t (a, v) values (1, 'a') as new(x, y) on duplicate key update a = x, v = new.y
select a, max(b) from t group by v
select u.id, t.v, count(*) from u join t on u.t_id = t.id group by u.id
select a, count(*) from t where a = 1
select v, count(*) from t where id = 5
select a, count(*) from t
select b, a from t group by b
select t.id, u.name from t left join u on u.t_id = t.id group by t.id
insert into t (a, v) values (1, 'a') returning id
delete from t returning id
select next value for s
select cast(a as int) from t
select any_value(a), any_value(max(b)) from t group by v
select any_value(a) from t
select sum(a) over (partition by 1) from t
select sum(a) over (partition by 1.5) from t
select rank() over () from t
select a, count(*) from t group by a with rollup order by 1
select row_number() over (order by a) as a from t join t as x using (a)
select max(a) over (order by a) as a from t
select a as n, row_number() over (order by n) from t
select group_concat(v order by 10) from t
select group_concat(v, b order by 2) from t
select t.a from t join t as x on (t.a, x.b) = (x.id, x.b) group by x.id
select x.b from t left join t as x on t.id = x.id group by t.id
select t.b from t left join t as x on t.id = x.id group by x.id
select x.b from t left join t as x on x.b = 5 and t.a = 6 group by t.b
select x.b from t left join t as x on x.b = 5 and t.a = 6 group by t.a
select x.c, count(*) from t left join (select 5 as c) as x on true
select x.c, count(*) from t left join (select 5 as c, a from m) as x on x.a = t.id group by t.a
select x.a from (select id, a from t) as x group by x.id
select x.id from (select id, a from t) as x group by x.a
select x.b from (select b, max(a) as n from t group by b) as x group by x.n
select x.n from (select b, max(a) as n from t group by b) as x group by x.b
select x.b from (select max(b) as b, max(a) as n from t) as x group by x.n
select x.b, max(x.n) from (select max(b) as b, max(a) as n from t) as x
select x.n from (select b, row_number() over (order by b) as n from t) as x group by x.b
select a from w group by id
select v from w group by a
select x.c, t.d from t join lateral (select t.d as c from u) as x on true group by x.c
select x.c, max(t.d) from t join lateral (select t.d as c from u) as x on true
select a from t where id = b + 1 group by b
select a from t where a in (5) group by b
select (b + 1) * 2 from t group by b + 1
select b + 1, rank() over (order by b + 1) from t group by b + 1
select (select b + 1) from t group by b + 1
select 3 in (select id from t group by b)
select 3 in (select max(a) + id from t group by b)
select exists (select 1 from t group by b having id > 1)
select n from (select (select id from t group by b) as c, 1 as n from t) as x
select c from (select (select id from t group by b) as c, 1 as n from t) as x
select max(x.b) > a from t as x left join t as y using (a) group by y.a
select count(*) from (select a + 1 as c from t) as x group by x.c having x.c
select count(*) from (select distinct a + 1 as c from t) as x group by x.c having x.c
select count(*), x.c from (select a + 1 as c from t) as x group by x.c having x.c
update t set b = (select max(b) from t)
update t as x set b = (select max(b) from t)
update t set b = (select max(b) from (select * from t) as x)
update t set b = (select max(b) from w)
update w set a = (select max(b) from t)
update t set b = 1 where id in (select id from u where name in (select v from t))
update t join u on u.t_id = t.id set t.a = (select max(id) from u)
update t join u on u.t_id = t.id set t.a = (select max(id) from t)
update t join u on u.t_id = t.id set t.a = (with c as (select * from t) select max(id) from c)
delete from t where exists (select 1 from t as x)
delete from t where a = (select a from w)
update t set a = (select max(x.a) from t as x having false)
update t set a = 1 where a in (select x.a from w as x group by x.a having false)
delete from t where exists (select 1 from w as x having false)
insert into t (a, v) values ((select max(a) from t), 'a')
insert into t (a, v) values ((select max(x.a) from t as x join u), 'a')
insert into t (a, v) values (1, 'a') on duplicate key update b = (select max(b) from t)
insert into t (a, v) select (select max(a) from t), 'a' on duplicate key update b = (select max(b) from t)
with c as (select 1 as n) update t set b = (select n from c)
"""
MARIADB = """
select x.id from t as x, (select 1 as c) as x
with c as (select 1 as n) select x.id from t as x, (select 1 as c) as x
with c as (select x.id from t as x, (select 1 as c) as x) select * from c
select * from t where id in (with c as (select 1) select x.id from t as x, (select 1 as c) as x)
select x.id from t as x, (select 1 as c) as x where exists (with c as (select 1) select * from c)
select coalesce((select lag(1) over (order by id) from u limit 1), 2) as a, row_number() over (order by a) as e from t
select lag(1) over (order by id) as a, row_number() over (order by a) as e from t
select row_number() over () as c from t having (select c) > 1
select max(a) from t group by id having (select 1 from u where t.b limit 1)
select max(a) from t group by b having (select 1 from u where t.b limit 1)
select max(a) from t group by id having (select max(t.b) from u limit 1)
insert into t (a, v) values (1, 'a') returning id, upper(v), t.a as x
replace into t (id, a, v) values (1, 2, 'x') returning *
delete from t where a = 1 returning id
select a, count(*) from t
select true, false, cast(a as int), nvl(b, 1) from t
values (1, 'a'), (2, 'b')
select a from t order by a offset 1 rows fetch next 2 rows only
select jn->'$.a' from t
select t.id, x.n from t, lateral (select count(*) n from u where u.t_id = t.id) x
values row(1, 'a')
table u
select a from t for share
select lead(a, 1, 0) over (order by id) from t
select any_value(a) from t
select rank() over () from t
select lag(a) over () from t
select row_number() over () from t
select row_number() over (order by a rows 1 preceding) from t
select lag(a) over (order by a rows 1 preceding) from t
select sum(a) over (partition by 1) from t
select a, count(*) from t group by a with rollup order by 1
insert into t (a, v) values (1, 'a') as new on duplicate key update a = new.a
select cast(jn as json) from t
select row_number() over (order by a) as a from t join t as x using (a)
select max(a) over (order by a) as a from t
select max(a) over (order by t.a) as a from t
select max(a) over (partition by a) as a from t
select a as n, row_number() over (order by n) from t
select row_number() over x, max(a) over () as a from t window x as (order by a)
select count(*) from (select a + 1 as c from t) as x group by x.c having x.c
select (b + 1) * 2 from t group by b + 1
update t set b = (select max(b) from t)
insert into t (a, v) values ((select max(a) from t), 'a')
with c as (select 1 as n) update t set b = (select n from c)
with c as (select 1 as n) delete from t where b in (select n from c)
with x as (select 1 as c) select 1 from x join t as x on true
"""


def difference(server: Asked, statement: str) -> str | None:
    """What the analysis and the server say of a statement, where it is not the same."""
    found = analyze(schema=SCHEMA, queries=f"-- name: q :many\n{statement}\n;\n", dialect=server.dialect)
    errors = [finding.message for finding in found.diagnostics if finding.severity == "error"]
    refusal = server.refusal(statement)
    if bool(errors) != bool(refusal):
        return f"{statement}: {errors or refusal}"
    if errors or not statement.lstrip("(").startswith(("select", "with", "values", "table")):
        return None
    ours, theirs = [column.name for column in found.queries[0].columns], server.names(statement)
    return None if ours == theirs else f"{statement}: {ours} for {theirs}"


def check(url: str, statements: str) -> None:
    with asked(url) as server:
        for statement in SCHEMA.strip().rstrip(";").split(";\n"):
            server.run(statement)
        found = [difference(server, line) for line in statements.strip().split("\n")]
        assert [text for text in found if text is not None] == []


@pytest.mark.only("mysql", "mariadb")
def test_what_both_write(database_url: str) -> None:
    check(database_url, BOTH)


def test_what_mysql_alone_decides(mysql_url: str) -> None:
    check(mysql_url, MYSQL)


def test_what_mariadb_alone_decides(mariadb_url: str) -> None:
    check(mariadb_url, MARIADB)
