"""What we say of a query is what SQLite's rows show."""

from __future__ import annotations

import sqlite3
from random import Random

import pytest
import sqlwright
from sqlwright.dialects import dialect
from sqlwright.translate.written import written_statement

SCHEMA = """
create table users (
    id integer primary key,
    name text not null,
    age integer,
    score real,
    active boolean not null default 1,
    code text,
    photo blob,
    balance numeric not null default 0
);
create table orders (
    id integer primary key autoincrement,
    user_id integer not null references users (id),
    total real not null,
    note text
);
create table tags (name text primary key, weight int);
create table pairs (a text not null, b int, primary key (a, b)) without rowid;
create table strict_ones (a int not null, b any, c text) strict;
create view active_users as select id, name, age from users where active;
"""
QUERIES = [
    "select * from users",
    "select u.* from users u where u.id = :id",
    "select id, NAME, Age + 1, -age, balance * 2, score / 2, id / 2, id % 2, 7 / 2 from users",
    "select count(*), count(age), sum(age), total(age), avg(age), min(name), max(score), group_concat(name)"
    " from users",
    "select name || 'x', name || age, name like 'a%', name glob :p, name is null, not active, age is not 3"
    " from users",
    "select upper(name), length(name), substr(name, 1, 2), instr(name, 'a'), trim(name), replace(name, 'a', :b)"
    " from users",
    "select coalesce(age, 0), ifnull(age, :d), nullif(id, 1), iif(age > 3, 'x', 'y'), max(id, 1), min(age, 2)"
    " from users",
    "select case when age > 18 then 'adult' when age is null then null else 'child' end as stage from users",
    "select case id when 1 then 'x' end, case when active then age end from users",
    "select date('now'), datetime('now'), strftime('%Y', 'now'), julianday('now'), current_timestamp, current_date",
    "select cast(age as text), cast(name as integer), cast(score as int), typeof(age), quote(name), hex(photo)"
    " from users",
    "select json_extract('{\"a\": 1}', '$.a'), '{\"a\": 1}' -> 'a', '{\"a\": 1}' ->> 'b', json_array(1, age)"
    " from users",
    "select json_object('id', id), json_group_array(name) from users group by id",
    "select abs(age), round(score, 1), random(), 1, 1.5, 'x', null, true, x'00', 1 = 1, 2 > 1 and 0 from users",
    "select exists (select 1 from orders), (select count(*) from orders), (select name from users where id = :id)",
    "select row_number() over (order by id), rank() over (order by age), lag(name) over (order by id) from users",
    "select lead(age, 1, 0) over w, first_value(id) over w, sum(id) over w from users window w as (order by id)",
    "select u.name, o.total from users u join orders o on o.user_id = u.id",
    "select u.name, o.total, o.id from users u left join orders o on o.user_id = u.id",
    "select o.id, u.name from orders o left join users u on u.id = o.user_id",
    "select u.name, o.total from users u left join orders o on o.user_id = u.id where o.total > 1",
    "select * from users join orders using (id)",
    "select * from users natural join tags",
    "select a.name, b.name from users a, users b where a.id < b.id",
    "select * from (select id, age as years from users) s where years > :n",
    "select * from (values (1, 'x', null), (2, null, 3.5))",
    "values (1, 'x'), (2, null)",
    "select value, key from json_each('[1, null]')",
    "select * from active_users where age > :age",
    "select name, weight, rowid from tags",
    "select a, b from pairs",
    "select a, b, c from strict_ones",
    "select active, count(*), max(age) from users group by active",
    "select age, count(*) from users group by age having count(*) > :n",
    "select name, max(age) from users",
    "select name, max(age) from users where 0",
    "select distinct name from users order by name collate nocase limit :n offset :m",
    "select id from users union select user_id from orders",
    "select id, null as x from users union all select id, total from orders",
    "select age from users except select id from orders",
    "select id from users intersect select age from users",
    "with recursive t (n) as (values (1) union all select n + 1 from t where n < 5) select n from t",
    "with a as (select id, name from users) select a.*, o.total from a left join orders o on o.user_id = a.id",
    "select * from users where id = ? and name = ?",
    "select * from users where id = ?1 or age = ?1 and name = ?2",
    "select * from users where id = $id and name = @name and age = :age",
    "select * from users where id in (:ids)",
    "select * from users where (id, name) > (:id, :name)",
    "select * from users where name like '%' || :part || '%' and age between :low and :high",
    "select * from users where age is :age and (:name? is null or name = :name)",
    'select "id", "no such column" from users',
    "select [id], `name` from users where age is not null",
    "select age from users where age is not null",
    "select age from users where age > 3",
    "select age + 1 from users where age = id",
    "select sum(total), o.user_id from orders o group by o.user_id",
    "select avg(total), user_id from orders group by user_id",
    "select id / 0, id % 0, 1 / id from users",
    "insert into users (name, age) values (:name, :age) returning id, name, age",
    "insert into users (name) values (:name) returning *",
    "insert into tags (name, weight) values ('t', 1) on conflict (name) do update set weight = excluded.weight"
    " returning *",
    "insert or replace into tags values ('t', :weight) returning name, weight",
    "update users set age = coalesce(:age, age) where id = :id returning age, name",
    "update users set age = 3 returning age",
    "update orders set note = u.name from users u where u.id = orders.user_id returning note, id",
    "delete from orders where id = :id returning *",
    'select name as "total!", age as "age?", 1 as [a b], 2 as \'quoted\' from users',
    "select u.id, (select total from orders o where o.user_id = u.id limit 1) as first from users u",
    "select lag(null, 2, 'x') over (order by id), lead(name, 1, 'y') over (order by id) from users",
    "update users as u set age = 3 returning users.age",
    "delete from orders as o returning orders.id",
    "select printf('%d', age), char(65), unicode(name), likely(age), zeroblob(2) from users",
]
"""Text of one query each."""
KINDS = {"bool": int, "int16": int, "int32": int, "int64": int, "float64": float, "str": str, "bytes": bytes}


def filled(seed: int) -> sqlite3.Connection:
    random = Random(seed)
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    many = seed * 2

    def maybe(*values: object) -> object:
        return random.choice((None, *values))

    for number in range(1, many + 1):
        values = (
            number,
            random.choice("ab"),
            maybe(1, 3, 30),
            maybe(0.5),
            random.choice((0, 1)),
            maybe("c"),
            maybe(b"x"),
        )
        connection.execute("insert into users values (?, ?, ?, ?, ?, ?, ?, 2)", values)
        connection.execute("insert into tags values (?, ?)", (maybe(f"t{number}"), maybe(1)))
        connection.execute("insert into pairs values (?, ?)", (f"p{number}", number))
        connection.execute("insert into strict_ones values (?, ?, ?)", (number, maybe(1, "x"), maybe("c")))
        if random.random() < 0.7:
            order = (random.randint(1, many), random.choice((1.5, 3.0)), maybe("n"))
            connection.execute("insert into orders (user_id, total, note) values (?, ?, ?)", order)
    return connection


@pytest.mark.parametrize("query", QUERIES)
def test_names_types_and_nulls_are_those_of_the_rows(query: str) -> None:
    found = sqlwright.analyze(SCHEMA, f"-- name: q :many\n{query};\n", "sqlite")
    assert [finding.message for finding in found.diagnostics] == []
    (typed,) = found.queries
    statement = written_statement(typed, dialect("sqlite"))
    for seed in range(6):
        values = [_value(str(typed.parameters[n].type), seed) for n in statement.params]
        values = [
            "[1, 2]" if typed.parameters[n].sequence else value
            for n, value in zip(statement.params, values, strict=True)
        ]
        cursor = filled(seed).execute(statement.sql, values)
        for (name, *_), column in zip(cursor.description, typed.columns, strict=True):
            assert name == column.name or "?" in name  # what has no name is named after its text
        for row in cursor.fetchall():
            for column, value in zip(typed.columns, row, strict=True):
                assert column.nullable or value is not None, column.name
                expected = KINDS.get(str(column.type))
                assert value is None or expected is None or isinstance(value, expected), (column.name, value)


def _value(kind: str, seed: int) -> object:
    values: dict[str, list[object]] = {"str": ["a", "b"], "float64": [1.5], "bytes": [b"x"], "bool": [1, 0]}
    return Random(seed).choice(values.get(kind, [1, 2, 3]))


@pytest.mark.parametrize(
    ("query", "nullable"),
    [
        ("select name from tags", [True]),
        ("select a, b from pairs", [False, False]),
        ("select id, name, age from users", [False, False, True]),
        ("select rowid from tags", [False]),
        ("select count(*), max(age), total(age), sum(id) from users", [False, True, False, True]),
        ("select name, max(age) from users", [True, True]),
        ("select sum(id), max(name) from users group by age", [False, False]),
        ("select id / 0, id % 2, 1 / id from users", [True, False, True]),
        ("select o.id from users u left join orders o on o.user_id = u.id", [True]),
        ("select u.name from orders o left join users u on u.id = o.user_id", [True]),
        ("select age from users where age > 3", [False]),
        ("select json_extract('{}', '$.a')", [True]),
        ("select group_concat('') over () from users", [True]),
        ("select date('x'), strftime('%Y', name) from users", [True, True]),
        (
            "select date('now', 'start of month'), datetime('now', '-7 days', '+1 hour'), date('2024-01-31')",
            [False] * 3,
        ),
        ("select strftime('%Y-%m', 'now'), julianday('2024-02-29 10:00'), time('now', 'localtime')", [False] * 3),
        (
            "select date('now', '+1 fortnight'), date('2024-13-01'), strftime('%Q', 'now'), date('now', name)"
            " from users",
            [True] * 4,
        ),
        ("select date(name), date('now', '+9999 years'), strftime(name, 'now') from users", [True] * 3),
        ("select json_set('{}', '$.a', null), json_remove('{\"a\": 1}', '$.a'), json_patch('{}', '{}')", [False] * 3),
        ("select json_set('{}', '$', null), json_remove('{}', '$'), json_set('{}', name, 1) from users", [True] * 3),
        ("select json_type('[]'), json_array_length('[]'), json_type('[]', '$[3]')", [False, False, True]),
        ("select nth_value(id, 1) over (), nth_value(id, 2) over (), sqrt(4), sqrt(-4) from users", [False, True] * 2),
        ("select age from users where coalesce(age, 0) > 0", [False]),
        ("select age, json_valid(id) from users where json_valid(age) < 1", [True, False]),
        ("select code from users where coalesce(code, '') <> ''", [False]),
        ("select code from users where coalesce(code, 'A') <> 'a'", [True]),
        ("select exists (select 1), count(*) filter (where 0) from users", [False, False]),
        ("insert or ignore into tags (name) values ('x') returning name, weight", [False, True]),
    ],
)
def test_what_can_be_null(query: str, nullable: list[bool]) -> None:
    found = sqlwright.analyze(SCHEMA, f"-- name: q :many\n{query};\n", "sqlite")
    assert [finding.message for finding in found.diagnostics] == []
    assert [column.nullable for column in found.queries[0].columns] == nullable


@pytest.mark.parametrize(
    "statement",
    [
        "insert into pairs values ((select 1, 2), 1)",
        "insert into pairs values ('a', 1), ((select 'b'), (select 1, 2))",
        "insert into pairs values ('a', (select 1))",
        "update pairs set b = (select 1, 2)",
        "update pairs set (a, b) = (select 'a', 2)",
        "with c (x) as (select 1, 2) select * from c",
        "with c (x, y) as (select 1, 2) select * from c",
        "insert into numbered (n) values (1) on conflict (n, id) do nothing",
        "insert into numbered (n) values (1) on conflict (id) do nothing",
        "select max(id) as n from users group by n",
        "select 1 from users u left join users v using (id) join (tags t join pairs p on a = 'a') on true",
    ],
)
def test_what_is_refused(statement: str) -> None:
    schema = f"{SCHEMA}create table numbered (id integer primary key, n integer, unique (n, id));"
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(schema)
        try:
            connection.execute(f"explain {statement}")
            refused = False
        except sqlite3.Error:
            refused = True
    found = sqlwright.analyze(schema, f"-- name: q :exec\n{statement};\n", "sqlite")
    assert any(finding.severity == "error" for finding in found.diagnostics) is refused
