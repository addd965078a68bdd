"""Schemas and migrations that part: what each makes, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SCHEMA: Final = "schema/all.sql"
SCRIPT: Final = "0002_more.up.sql"


@dataclass(frozen=True, slots=True)
class Move:
    """`first` is in the schema and in the first migration. Then one more statement, or several, stands in the schema
    alone, and others in a second migration. `told` are the errors: words of each, its file, and its line's first."""

    name: str
    dialect: str
    first: str
    schema: str
    script: str
    told: tuple[tuple[str, str, str], ...]


_MY: Final = ("mysql", "mariadb")
_ALL: Final = ("postgres", "sqlite", *_MY)
_VIEW = "create view heavy as select id from items where weight > 1;\n"
_LITE_NOTED = "create trigger noted after insert on items begin update items set weight = 1 where id = new.id; end;\n"
_SETS = "create function note() returns trigger language plpgsql as $$ begin new.weight := 1; return new; end $$;\n"
_PG_NOTED = f"{_SETS}create trigger noted before insert on items for each row execute function note();\n"
_MY_NOTED = "create trigger noted before insert on items for each row set new.weight = 1;\n"
_NOTED: Final = {"postgres": _PG_NOTED, "sqlite": _LITE_NOTED, "mysql": _MY_NOTED, "mariadb": _MY_NOTED}
_PG_TWICE = "create function twice(x integer) returns integer language sql as $$ select x * 2 $$;\n"
_MY_TWICE = "create function twice(x integer) returns integer deterministic return x * 2;\n"
_TWICE: Final = {"postgres": _PG_TWICE, "mysql": _MY_TWICE, "mariadb": _MY_TWICE}
_PG_DO = "create procedure tidy(x integer) language plpgsql as $$ begin perform 1; perform 2; end $$;\n"
_MY_DO = "create procedure tidy(in x integer) begin set @x = 1; if x > 1 then set @x = 2; end if; end;\n"
_DO: Final = {"postgres": _PG_DO, "mysql": _MY_DO, "mariadb": _MY_DO}
_THERE_OR_NOT: Final = (
    # what it is called, and what makes it on each database
    ("view `heavy`", dict.fromkeys(_ALL, _VIEW)),
    ("trigger `noted` of `items`", _NOTED),
    ("function `twice(integer)`", _TWICE),
    ("procedure `tidy(integer)`", _DO),
    ("event `tidying`", dict.fromkeys(_MY, "create event tidying on schedule every 1 day do delete from items;\n")),
    ("sequence `numbers`", dict.fromkeys(("postgres", "mariadb"), "create sequence numbers;\n")),
    ("materialized view `heavier`", {"postgres": "create materialized view heavier as select id from items;\n"}),
    (
        "aggregate `total(integer)`",
        {"postgres": "create aggregate total(integer) (sfunc = int4pl, stype = integer);\n"},
    ),
    ("extension `pgcrypto`", {"postgres": "create extension pgcrypto;\n"}),
    ("enum `state`", {"postgres": "create type state as enum ('on', 'off');\n"}),
    ("domain `weight`", {"postgres": "create domain weight as integer check (value > 0);\n"}),
    ("type `point_of`", {"postgres": "create type point_of as (x integer, y integer);\n"}),
    ("type `span_of`", {"postgres": "create type span_of as range (subtype = float8);\n"}),
    ("schema `more`", {"postgres": "create schema more;\n"}),
    ("rule `kept` of `items`", {"postgres": "create rule kept as on delete to items do instead nothing;\n"}),
    ("policy `own` of `items`", {"postgres": "create policy own on items using (weight > 1);\n"}),
    ("the comment on table `items`", {"postgres": "comment on table items is 'things';\n"}),
    ("the comment on column `items.name`", {"postgres": "comment on column items.name is 'a name';\n"}),
    ("`enable row level security` of `items`", {"postgres": "alter table items enable row level security;\n"}),
)
_OF_THE_TABLE: Final = ("comment", "enable")
_OTHERWISE: Final = (
    # name, dialects, what is in both, the second migration, the words of the finding
    ("a view", _ALL, _VIEW, ("drop view heavy", _VIEW.replace("> 1", "> 2")), ("view `heavy` is `", "1", "2")),
    (
        "a materialized view",
        ("postgres",),
        "create materialized view heavy as select id, weight from items;\n",
        ("drop materialized view heavy", "create materialized view heavy as select id, 1 as weight from items;\n"),
        ("materialized view `heavy` is `", "weight as", "1 as"),
    ),
    (
        "an index of a materialized view",
        ("postgres",),
        "create materialized view heavy as select id, weight from items;\ncreate index fast on heavy (id);\n",
        ("drop index fast", "create index fast on heavy (weight);\n"),
        ("index `fast` of `heavy` is `", "(id)", "(weight)"),
    ),
    (
        "what a trigger does",
        ("sqlite",),
        _LITE_NOTED,
        ("drop trigger noted", _LITE_NOTED.replace("= 1", "= 2")),
        ("trigger `noted` of `items` is `", "weight = 1", "weight = 2"),
    ),
    (
        "what a trigger does",
        _MY,
        _MY_NOTED,
        ("drop trigger noted", _MY_NOTED.replace("= 1", "= 2")),
        ("trigger `noted` of `items` is `", "weight = 1", "weight = 2"),
    ),
    (
        "when a trigger fires",
        ("postgres",),
        _PG_NOTED,
        ("drop trigger noted on items", _PG_NOTED.replace(_SETS, "").replace("insert", "update")),
        ("trigger `noted` of `items` is `", "BEFORE INSERT", "BEFORE UPDATE"),
    ),
    (
        "what a function does",
        ("postgres",),
        _SETS,
        ("select 1", _SETS.replace("create", "create or replace").replace(":= 1", ":= 2")),
        ("function `note()` is `", "weight := 1", "weight := 2"),
    ),
    (
        "what a function gives",
        ("postgres",),
        _PG_TWICE,
        ("drop function twice", _PG_TWICE.replace("returns integer", "returns bigint").replace("* 2", "* 2::bigint")),
        ("function `twice(integer)` is `", "RETURNS integer", "RETURNS bigint"),
    ),
    (
        "what a function gives",
        _MY,
        _MY_TWICE,
        ("drop function twice", _MY_TWICE.replace("returns integer", "returns bigint")),
        ("function `twice(integer)` is `", "RETURNS int", "RETURNS bigint"),
    ),
    (
        "what a function takes",
        ("postgres",),
        _PG_TWICE,
        ("drop function twice", _PG_TWICE.replace("(x integer)", "(x smallint)")),
        ("function `twice(integer)` is `", "(x integer)", "(x smallint)"),
    ),
    (
        "what a procedure does",
        ("postgres",),
        _PG_DO,
        ("select 1", _PG_DO.replace("create", "create or replace").replace("perform 2", "perform 3")),
        ("procedure `tidy(integer)` is `", "perform 2;", "perform 3;"),
    ),
    (
        "what a procedure does",
        _MY,
        _MY_DO,
        ("drop procedure tidy", _MY_DO.replace("@x = 2", "@x = 3")),
        ("procedure `tidy(integer)` is `", "= 2;", "= 3;"),
    ),
    (
        "when an event happens",
        _MY,
        "create event tidying on schedule every 1 day do delete from items;\n",
        ("drop event tidying", "create event tidying on schedule every 2 day do delete from items;\n"),
        ("event `tidying` is `", "EVERY 1 DAY", "EVERY 2 DAY"),
    ),
    (
        "how a sequence counts",
        ("postgres", "mariadb"),
        "create sequence numbers increment by 2;\n",
        ("select 1", "alter sequence numbers increment by 5;\n"),
        ("sequence `numbers` is `", "increment by 2", "increment by 5"),
    ),
    (
        "the order of labels",
        ("postgres",),
        "create type state as enum ('on', 'off');\n",
        ("drop type state", "create type state as enum ('off', 'on');\n"),
        ("labels of `state` are", "on, off", "off, on"),
    ),
    (
        "the check of a domain",
        ("postgres",),
        "create domain weight as integer check (value > 0);\n",
        ("drop domain weight", "create domain weight as integer check (value >= 0);\n"),
        ("definition of `weight` is", "(VALUE > 0)", "(VALUE >= 0)"),
    ),
    (
        "a field",
        ("postgres",),
        "create type point_of as (x integer, y integer);\n",
        ("select 1", "alter type point_of drop attribute y;\n"),
        ("fields of `point_of` are", "x integer, y integer", "x integer in"),
    ),
    (
        "what a policy lets through",
        ("postgres",),
        "create policy own on items using (weight > 1);\n",
        ("drop policy own on items", "create policy own on items using (weight > 2);\n"),
        ("policy `own` of `items` is `", "> 1", "> 2"),
    ),
    (
        "what a comment says",
        ("postgres",),
        "comment on table items is 'things';\n",
        ("select 1", "comment on table items is 'others';\n"),
        ("the comment on table `items` is `", "'things'", "'others'"),
    ),
    (
        "what a comment says",
        _MY,
        "create table noted (id bigint primary key) comment = 'things';\n",
        ("select 1", "alter table noted comment = 'others';\n"),
        ("the comment on table `noted` is `", "'things'", "'others'"),
    ),
    (
        "a collation",
        _MY,
        "create table noted (id bigint primary key, text varchar(10) collate utf8mb4_bin);\n",
        ("select 1", "alter table noted modify text varchar(10) collate utf8mb4_unicode_ci;\n"),
        ("the collation of column `text` of `noted` is `", "utf8mb4_bin", "utf8mb4_unicode_ci"),
    ),
    (
        "a default",
        ("postgres",),
        "alter table items alter name set default 'web';\n",
        ("select 1", "alter table items alter name set default 'app';\n"),
        ("column name of `items` is text not null default", "'web'::text", "'app'::text"),
    ),
    (
        "what makes a virtual table",
        ("sqlite",),
        "create virtual table found using fts5(name, text);\n",
        ("drop table found", "create virtual table found using fts5(name, text, tokenize = 'porter');\n"),
        ("what stands behind the columns of `found` is `", "text)", "text, tokenize"),
    ),
)
SAME: Final = (
    # name, dialects, what is in both, the schema's statements, those of the second migration
    (
        "a view that is written otherwise",
        _ALL,
        "create view heavy as select id, weight as w from items where weight > 1;\n",
        "",
        "drop view heavy;\ncreate view heavy (id, w) as\n-- why\nSELECT ID, weight AS W\nfrom items  where weight>1;\n",
    ),
    (
        "a view of columns that were added later",
        _ALL,
        "",
        "create table pieces (a integer, b integer, c integer);\ncreate view seen as select * from pieces;\n",
        "create table pieces (a integer, c integer);\nalter table pieces add b integer;\n"
        "create view seen as select * from pieces;\n",
    ),
    (
        "a function that is laid out otherwise",
        ("postgres",),
        _SETS,
        "",
        "create or replace function note() returns trigger language plpgsql as $body$\nbegin\n"
        "    -- one, for now\n    new.weight := 1;\n    return NEW;\nend\n$body$;\n",
    ),
    (
        "a trigger that is laid out otherwise",
        ("sqlite",),
        _LITE_NOTED,
        "",
        "drop trigger noted;\n" + _LITE_NOTED.replace("noted", '"noted"').replace(" begin", "\n  BEGIN"),
    ),
    (
        "a schema that goes without saying",
        ("postgres",),
        "",
        _VIEW.replace("heavy", "light"),
        _VIEW.replace("heavy", "public.light"),
    ),
    (
        "a constraint of another name",
        ("postgres", *_MY),
        "",
        "create table pieces (a integer, check (a > 1));\n",
        "create table pieces (a integer);\nalter table pieces add constraint more check (a > 1);\n",
    ),
    ("an event that is made at another time", _MY, "", "", "drop view if exists none;\n"),
)


def moves() -> Iterator[Move]:
    for dialect in _ALL:
        things = [(thing, texts[dialect]) for thing, texts in _THERE_OR_NOT if dialect in texts]
        every = "".join(text for _, text in things)
        missing = tuple(
            (f"{thing} is in the schema, and not in the migrations on ", SCHEMA, _place(thing, text))
            for thing, text in things
        )
        yield Move(f"{dialect}: everything is missing", dialect, "", every, "", missing)
        more = tuple((f"{thing} is in the migrations on ", SCRIPT, _last_line(text)) for thing, text in things)
        yield Move(f"{dialect}: everything is more", dialect, "", "", every, more)
    for name, dialects, first, script, words in _OTHERWISE:
        for dialect in dialects:
            text = ";\n".join(script)
            told = tuple((word, SCRIPT, _last_line(text)) for word in words)
            yield Move(f"{dialect}: {name}", dialect, first, "", text, told)


def _place(thing: str, text: str) -> str:
    """The line of the schema; none where that is the one of the table, or the column, that something is said of."""
    said = thing.removeprefix("the ").removeprefix("`").startswith(_OF_THE_TABLE)
    return "" if said else _last_line(text)


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1]
