"""What is known of the JSON that a query builds, and where nothing is known of it."""

from __future__ import annotations

import pytest
import sqlwright
from sqlwright.model.documents import ArrayShape, DocumentValue, ObjectShape

POSTGRES = """
create type mood as enum ('sad', 'ok');
create table users (
    id bigint primary key, name text not null, nick text, mood mood not null, score numeric(6, 2),
    tags text[] not null, facts jsonb not null, loose json, pause interval, data bytea
);
create table posts (id int primary key, user_id bigint references users (id), title text not null);
"""
SQLITE = """
create table users (id integer primary key, name text not null, nick text, active boolean not null, facts json);
create table posts (id integer primary key, user_id integer references users (id), title text not null);
"""
MYSQL = """
create table users (
    id bigint primary key, name varchar(20) not null, price decimal(8, 2), active tinyint(1) not null,
    made datetime not null, raw varbinary(9) not null
);
"""
OBJECT = "jsonb_build_object('id', u.id, 'nick', u.nick)"
SHAPE = "{id: int64, nick: str?}"
USER = (
    "users{id: int64, name: str, nick: str?, mood: enum, score: decimal?, tags: array<str>, facts: json, loose: json?, "
    "pause: json?, data: bytes?}"
)


def shown(value: DocumentValue) -> str:
    match value.shape:
        case ObjectShape(members=members, table=table):
            text = f"{{{', '.join(f'{name}: {shown(member)}' for name, member in members)}}}"
            text = f"{table[1]}{text}" if table is not None else text
        case ArrayShape(item=item):
            text = f"[{shown(item)}]"
        case None:
            text = str(value.type)
    return f"{text}?" if value.nullable else text


def shape(sql: str, schema: str = POSTGRES, dialect: str = "postgres") -> str:
    """What is known of the one column of a query."""
    analysis = sqlwright.analyze(schema, f"-- name: q :many\n{sql};", dialect)
    assert not [one.message for one in analysis.diagnostics if one.severity.value == "error"]
    ((column,),) = (query.columns for query in analysis.queries)
    return shown(DocumentValue(column.type, column.nullable, column.shape))


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        (f"select {OBJECT} from users u", SHAPE),
        (f"select ({OBJECT})::json from users u", SHAPE),
        (f"select jsonb_agg({OBJECT}) from users u", f"[{SHAPE}]?"),
        (f"select coalesce(jsonb_agg({OBJECT}), '[]') from users u", f"[{SHAPE}]"),
        (f"select coalesce(jsonb_agg({OBJECT}), ' [ ] '::jsonb) from users u", f"[{SHAPE}]"),
        (f"select coalesce(jsonb_agg({OBJECT}), jsonb_build_array()) from users u", f"[{SHAPE}]"),
        (f"select coalesce(jsonb_agg({OBJECT}), null) from users u", f"[{SHAPE}]?"),
        (f"select nullif(jsonb_agg({OBJECT}), '[]') from users u", f"[{SHAPE}]?"),
        (f"select jsonb_agg({OBJECT} order by u.name) filter (where u.id > 1) from users u", f"[{SHAPE}]?"),
        (f"select case when u.id > 1 then {OBJECT} end from users u", f"{SHAPE}?"),
        (f"select case when u.id > 1 then {OBJECT} else {OBJECT} end from users u", SHAPE),
        (
            "select case when u.id > 1 then json_build_object('a', u.name) else json_build_object('a', p.title) end "
            "from users u join posts p on p.user_id = u.id",
            "{a: str}",
        ),
        (f"select (select jsonb_agg({OBJECT}) from users u where u.id = p.user_id) from posts p", f"[{SHAPE}]?"),
        (f"select d.doc from (select {OBJECT} as doc from users u) d", SHAPE),
        (
            f"with d (doc) as (select {OBJECT} from users u), e as (select doc as other from d) select other from e",
            SHAPE,
        ),
        (
            "select d.doc from posts p left join lateral "
            f"(select jsonb_agg({OBJECT}) as doc from users u where u.id = p.user_id) d on true",
            f"[{SHAPE}]?",
        ),
        (
            f"select jsonb_build_object('user', {OBJECT}, 'posts', (select jsonb_agg(title) from posts)) from users u",
            f"{{user: {SHAPE}, posts: [str]?}}",
        ),
        ("select row_to_json(u) from users u", USER),
        ("select to_jsonb(u.*) from users u", USER),
        ("select json_agg(u) from posts p left join users u on u.id = p.user_id", f"[{USER}?]?"),
        (
            "select json_agg(u) filter (where u.id is not null) from posts p left join users u on u.id = p.user_id",
            f"[{USER}]?",
        ),
        ('select json_agg(d) from (select id, nick as "a b" from users) d', "[{id: int64, a b: str?}]?"),
        ("with d as (select id, nick from users) select to_json(d) from d", SHAPE),
        ("select json_agg(u.score) from users u", "[decimal?]?"),
        ("select json_agg(u.mood) from users u", "[enum]?"),
        ("select json_agg(u.tags) from users u", "[array<str>]?"),
        ("select json_agg(u.facts) from users u", "[json]?"),
        (
            "select json_build_object('a', count(*), 'b', max(name), 'c', 1, 'd', null) from users",
            "{a: int64, b: str?, c: int32, d: str?}",
        ),
        ("select to_json(row(u.id, u.nick)) from users u", "{f1: int64, f2: str?}"),
        (
            "insert into posts values (1, 2, 'x') returning row_to_json(posts)",
            "posts{id: int32, user_id: int64?, title: str}",
        ),
    ],
)
def test_what_is_known(sql: str, wanted: str) -> None:
    assert shape(sql) == wanted


@pytest.mark.parametrize(
    "sql",
    [
        "select facts from users",
        "select to_jsonb(facts) from users",
        f"select {OBJECT} || '{{\"a\": 1}}' from users u",
        f"select jsonb_set({OBJECT}, '{{a}}', '1') from users u",
        f"select jsonb_strip_nulls({OBJECT}) from users u",
        f"select {OBJECT} - 'id' from users u",
        f"select {OBJECT} -> 'id' from users u",
        f"select {OBJECT} from users u union all select {OBJECT} from users u",
        f"select d.doc from (select {OBJECT} as doc from users u union select facts from users) d",
        f"with recursive d as (select {OBJECT} as a from users u union select a from d) select a from d",
        f"select case when u.id > 1 then {OBJECT} else u.facts end from users u",
        f"select case when u.id > 1 then {OBJECT} else jsonb_build_object('id', u.id) end from users u",
        "select case when id > 1 then json_build_object('a', name) else json_build_object('a', nick) end from users",
        "select case when u.id > 1 then json_build_object('a', name) else json_build_object('a', id) end from users u",
        f"select coalesce({OBJECT}, '[]') from users u",
        f"select coalesce(jsonb_agg({OBJECT}), '[1]') from users u",
        f"select coalesce(jsonb_agg({OBJECT}), u.facts) from users u group by u.facts",
        "select jsonb_build_object(u.name, u.id) from users u",
        "select jsonb_build_object('a', 1, 'a', 2)",
        "select jsonb_build_array(u.id, u.name) from users u",
        "select jsonb_object_agg(u.name, u.id) from users u",
        f"select jsonb_agg({OBJECT}) over () from users u",
        "select json_agg(t) from unnest(array[1, 2]) as t (x)",
        "select to_jsonb(u.name) from users u",
        "select '{\"id\": 1}'::jsonb",
    ],
)
def test_what_is_not_known(sql: str) -> None:
    assert shape(sql).rstrip("?") in ("json", "[json?]", "[int32?]")


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        ("select json_object('id', id, 'nick', nick, 'on', active) from users", "{id: int64, nick: str?, on: bool}"),
        ("select json_group_array(json_object('id', id)) from users", "[{id: int64}]"),
        ("select json_group_array(name) filter (where id > 1) from users", "[str]"),
        ("select json(json_group_array(nick)) from users", "[str?]"),
        (
            "select json_object('posts', json((select json_group_array(p.title) from posts p where p.user_id = u.id))) "
            "from users u",
            "{posts: [str]}",
        ),
        ("select json_object('facts', json(facts)) from users", "{facts: json?}"),
        ("with d as (select json_object('id', id) as doc from users) select doc from d", "{id: int64}"),
        ("select json_set(json_object('id', id), '$.id', 'x') from users", "json"),
        ("select json_patch(json_object('id', id), '{}') from users", "json"),
        ("select json_group_object(name, id) from users", "json"),
        ("select facts from users", "json?"),
    ],
)
def test_sqlite(sql: str, wanted: str) -> None:
    assert shape(sql, SQLITE, "sqlite") == wanted


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
def test_mysql(dialect: str) -> None:
    objects = "json_object('id', id, 'price', price, 'on', active, 'made', made, 'raw', raw)"
    assert shape(f"select json_arrayagg({objects}) from users", MYSQL, dialect) == (
        "[{id: int64, price: decimal?, on: bool, made: timestamp, raw: json}]?"
    )
    assert shape("select json_set(json_object('id', id), '$.id', 'x') from users", MYSQL, dialect).startswith("json")
