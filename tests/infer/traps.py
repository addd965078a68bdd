"""Queries that are easily answered wrong, by reading the declared types alone or by asking a planner.

Each has its right answer: the columns in order with their neutral types, `?` behind one that can be NULL. The rows show
it: such a column is NULL somewhere in them, or where there are no rows at all, and no other column ever is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Traps:
    """The queries of one schema with their answers, and the rows that prove them."""

    schema: str
    rows: tuple[str, ...]
    answers: dict[str, str]


_POSTGRES_SCHEMA: Final = """
create type mood as enum ('calm', 'wild');
create domain label as text not null;
create table owners (
    id integer primary key,
    name text not null,
    age integer,
    street label,
    floor integer check (floor is not null),
    visits bigint not null,
    mood mood not null,
    tags text[] not null,
    details jsonb not null,
    joined timestamptz not null,
    born date,
    doubled bigint generated always as (visits * 2) stored,
    halved integer generated always as (age / 2) stored
);
create table pets (
    id integer primary key,
    owner_id integer references owners (id),
    name text not null,
    weight numeric(5, 2)
);
create view named as select id, name, age from owners;
create view kept as select o.id, p.name as pet from owners o left join pets p on p.owner_id = o.id;
"""
_POSTGRES_ROWS: Final = (
    "insert into owners values (1, 'Ann', 30, 'a', 1, 5, 'calm', '{x}', '{\"a\": 1}', now(), '1990-01-01'),"
    " (2, 'Bob', null, 'b', 2, 0, 'wild', '{null}', '{}', now(), null)",
    "insert into pets values (1, 1, 'Rex', 9.5), (2, 1, 'Tom', null), (3, null, 'Zoe', null)",
)
_LEFT: Final = "from owners o left join pets p on p.owner_id = o.id"
POSTGRES: Final = Traps(
    _POSTGRES_SCHEMA,
    _POSTGRES_ROWS,
    {
        # An outer join makes its other side nullable, however the planner turns it and whatever stands around it.
        f"select o.name, p.name as pet {_LEFT}": "name str, pet str?",
        f"select o.name, p.name as pet {_LEFT} order by o.name": "name str, pet str?",
        f"select o.name, p.name as pet {_LEFT} order by 1 limit 9": "name str, pet str?",
        f"select distinct o.name, p.name as pet {_LEFT}": "name str, pet str?",
        f"select o.name, p.name as pet, count(*) as n {_LEFT} group by o.name, p.name": "name str, pet str?, n int64",
        f"select o.name, p.name as pet, rank() over (order by o.id) as at {_LEFT}": "name str, pet str?, at int64",
        f"select o.name, p.name as pet {_LEFT} for update of o": "name str, pet str?",
        f"with both_names as (select o.name, p.name as pet {_LEFT}) select * from both_names": "name str, pet str?",
        f"select s.* from (select o.name, p.name as pet {_LEFT}) s": "name str, pet str?",
        f"select p.name as pet, c.id as other {_LEFT} join owners c on c.id = o.id": "pet str?, other int32",
        "select o.name, p.name as pet from pets p right join owners o on o.id = p.owner_id": "name str, pet str?",
        "select o.name, p.name as pet from owners o full join pets p on p.owner_id = o.id": "name str?, pet str?",
        "select coalesce(o.name, p.name) as name from owners o full join pets p on p.owner_id = o.id": "name str",
        "select pet from kept": "pet str?",
        "update owners set age = 31 from owners c left join pets p on p.owner_id = c.id and p.weight > 99"
        " where c.id = owners.id returning owners.name, p.name as pet": "name str, pet str?",
        f"select o.name, sqlc.embed(p) {_LEFT}": ("name str, id int32?, owner_id int32?, name str?, weight decimal?"),
        # Unless a predicate takes the rows away in which nothing was found.
        f"select o.name, p.name as pet {_LEFT} where p.weight > 1": "name str, pet str",
        f"select o.name, p.name as pet {_LEFT} where p.id is not null": "name str, pet str",
        f"select o.name, p.name as pet {_LEFT} join pets q on q.id = p.id": "name str, pet str",
        "select age from owners where age is not null": "age int32",
        "select age from owners where age > 3": "age int32",
        "select age, max(visits) as most from owners group by age having age > 3": "age int32, most int64",
        # What never is NULL, though no column of a table says so.
        "select count(*) as n, count(age) as aged from owners": "n int64, aged int64",
        "select exists (select from pets where owner_id = owners.id) as keeps from owners": "keeps bool",
        "select 1 as one, 'x' as x, true as yes from owners": "one int32, x str, yes bool",
        "select coalesce(age, 0) as age, coalesce(age::text, '') as text from owners": "age int32, text str",
        "select id, name, age from named": "id int32, name str, age int32?",
        "select street, floor from owners": "street str, floor int32",
        "select name, max(visits) as most, sum(visits) as all_of_them from owners group by name": (
            "name str, most int64, all_of_them decimal"
        ),
        "select lag(id, 1, 0) over (order by id) as before from owners": "before int32",
        "select case when age is null then 0 else age end as age from owners": "age int32",
        # What can be, though no column that it is made of can.
        "select max(visits) as most, sum(id) as total, avg(id) as mean from owners": (
            "most int64?, total int64?, mean decimal?"
        ),
        "select nullif(id, :id) as other from owners": "other int32?",
        "select age + 1 as next, visits + age as sum from owners": "next int32?, sum int64?",
        "select age::text as age, cast(age as bigint) as wide from owners": "age str?, wide int64?",
        "select case when id = 1 then name end as first from owners": "first str?",
        "select (select name from pets p where p.owner_id = o.id limit 1) as pet from owners o": "pet str?",
        "select (select max(p.id) from pets p where p.owner_id = o.id) as newest from owners o": "newest int32?",
        "select lag(id) over (order by id) as before, lead(name) over (order by id) as after from owners": (
            "before int32?, after str?"
        ),
        "select sum(id) filter (where id > 1) as some, mood from owners group by mood": "some int64?, mood enum",
        "select mood, count(*) as n from owners group by rollup (mood)": "mood enum?, n int64",
        "select mood, name, count(*) as n from owners group by grouping sets ((mood), (name))": (
            "mood enum?, name str?, n int64"
        ),
        "select id from owners union select age from owners": "id int32?",
        "select id from owners union all select null": "id int32?",
        "select tags[1] as tag, tags from owners": "tag str?, tags array<str>",
        "select doubled, halved from owners": "doubled int64, halved int32?",
        "with recursive chain as (select id, id as before from owners where id = 1 union all"
        " select o.id, null from chain c join owners o on o.id = c.id + 1) select id, before from chain": (
            "id int32, before int32?"
        ),
        # Placeholders that touch other marks, and the words before them.
        "select name from owners where (id,visits)in(($1,$2))": "name str",
        "select name from owners where id=:id::integer and visits<:most": "name str",
        # Types that differ from those of the operands.
        "select sum(visits) as sum, avg(visits) as mean, id / 2 as half from owners group by id": (
            "sum decimal, mean decimal, half int32"
        ),
        "select now() as now, joined - now() as since, now() - interval '1 day' as before from owners": (
            "now timestamptz, since interval, before timestamptz"
        ),
        "select details ->> 'a' as a, details -> 'a' as json from owners": "a str?, json json?",
        "select jsonb_build_object('age', age) as built, gen_random_uuid() as key, date_trunc('day', joined) as day"
        " from owners": "built json, key uuid, day timestamptz",
        "select 'calm'::mood as calm, mood::text as text from owners": "calm enum, text str",
        "insert into pets (id, owner_id, name) values (9, null, 'Kit') returning id, owner_id, name, weight": (
            "id int32, owner_id int32?, name str, weight decimal?"
        ),
        "update owners set age = 3 returning age, born": "age int32, born date?",
        "delete from pets returning name, weight": "name str, weight decimal?",
    },
)
_SQLITE_SCHEMA: Final = """
create table owners (id integer primary key, name text not null, age integer, code text not null, visits int not null);
create table labels (name text primary key, weight integer);
create table pairs (a text, b text, primary key (a, b)) without rowid;
create table pets (id integer primary key, owner_id integer, name text not null);
"""
SQLITE: Final = Traps(
    _SQLITE_SCHEMA,
    (
        "insert into owners values (1, 'Ann', 30, '{\"a\": 1}', 0), (2, 'Bob', null, '{}', 3)",
        "insert into labels values (null, null), ('x', 1)",
        "insert into pairs values ('a', 'b')",
        "insert into pets values (1, 1, 'Rex')",
    ),
    {
        "select name, weight from labels": "name str?, weight int64?",
        "select a, b from pairs": "a str, b str",
        "select id, rowid from owners": "id int64, rowid int64",
        "select id / 0 as quotient, id % visits as rest, visits / 2 as half from owners": (
            "quotient int64?, rest int64?, half int64"
        ),
        "select json_extract(code, '$.a') as a, code ->> 'a' as b from owners": "a other?, b other?",
        "select date(name) as day, date('now') as today from owners": "day str?, today str",
        f"select o.name, p.name as pet {_LEFT}": "name str, pet str?",
        "select count(*) as n, total(age) as total, sum(visits) as sum from owners": (
            "n int64, total float64, sum int64?"
        ),
        "select name, max(age) as oldest from owners": "name str?, oldest int64?",
        "insert into labels (name) values ('new') returning name, weight": "name str, weight int64?",
        "update owners set age = 3 returning age, name": "age int64, name str",
        "select name from owners where (id,visits)in((?1,?2))or id=?1": "name str",
        "select coalesce(age, 0) as age, exists (select 1 from pets) as any from owners": "age int64, any bool",
    },
)
_MYSQL_SCHEMA: Final = """
create table owners (
    id int primary key, name varchar(50) not null, age int, code json not null, visits bigint not null,
    mood enum('calm', 'wild') not null
);
create table pets (id int primary key, owner_id int, name varchar(50) not null);
"""
MYSQL: Final = Traps(
    _MYSQL_SCHEMA,
    (
        "insert into owners values (1, 'Ann', 30, '{\"a\": 1}', 0, 'calm'), (2, 'Bob', null, '{}', 3, 'wild')",
        "insert into pets values (1, 1, 'Rex')",
    ),
    {
        "select id / 0 as quotient, id div visits as whole, id % visits as rest, id / 2 as half from owners": (
            "quotient decimal?, whole int64?, rest int64?, half decimal"
        ),
        "select str_to_date(name, '%Y-%m-%d') as day from owners": "day date?",
        "select json_extract(code, '$.a') as a, json_unquote(json_extract(code, '$.b')) as b from owners": (
            "a json?, b str?"
        ),
        f"select o.name, p.name as pet {_LEFT}": "name str, pet str?",
        f"select distinct o.name, p.name as pet {_LEFT} order by 1 limit 9": "name str, pet str?",
        "select coalesce(age, visits) as age, count(*) over () as n from owners": "age int64, n int64",
        "select max(visits) as most, sum(visits) as sum, avg(id) as mean, count(*) as n from owners": (
            "most int64?, sum decimal?, mean decimal?, n int64"
        ),
        "select mood, count(*) as n from owners group by mood with rollup": "mood enum?, n int64",
        "select cast(name as date) as day, cast(age as char) as text from owners": "day date?, text str?",
        "select nullif(id, 1) as other, age + 1 as next from owners": "other int32?, next int64?",
    },
)
REFUSED: Final = (
    ("postgres", "select name from from owners"),
    ("postgres", "select name,, age from owners"),
    ("postgres", "select name from owners where born = date :day"),
    ("postgres", "select now() + interval :wait"),
    ("postgres", "insert into owners (id, nmae) values (1, 'x')"),
    ("postgres", "update owners set nmae = 'x'"),
    ("postgres", "delete from owners where nmae = 'x'"),
    ("postgres", "delete from owners returning nmae"),
    ("sqlite", "select name from from owners"),
    ("sqlite", "update owners set nmae = 'x'"),
    ("mysql", "update owners set nmae = 'x'"),
    ("mysql", "select name,, age from owners"),
)
"""What the server refuses, and a lenient reader takes."""
