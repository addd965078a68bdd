"""What MySQL and MariaDB cannot have of a schema is said at its place, before a server has to."""

from __future__ import annotations

import pytest

from tests.ddl.scripts import script_of

COLUMNS = ", ".join(f"c{number} text unique" for number in range(22))
LONG = "x" * 65
MANY = [f"c{number}" for number in range(25)]
FINDINGS = {
    "a range": ("create table t (id int primary key, during int4range);", "error 1:37", "`during` of `t` has type"),
    "a long decimal": ("create table t (id int primary key, n numeric(70, 2));", "error 1:37", "`n` of `t` has type"),
    "a decimal without digits": (
        "create table t (id int primary key, n numeric);",
        "warning 1:37",
        "keeps 35 digits before the point and 30 behind it",
    ),
    "a text in a key": ("create table t (id text primary key);", "warning 1:17", "no more than 768 characters"),
    "texts that share a key": (
        "create table t (a text, b text, n int, unique (a, b, n));",
        "warning 1:17",
        "no more than 383 characters",
    ),
    "a text that another table points to": (
        "create table t (id text primary key, other varchar(700) not null, unique (id, other));\n"
        "create table u (t text references t);",
        "warning 2:17",
        "no more than 384 characters",
    ),
    "too many texts in a key": (
        f"create table t ({', '.join(f'{name} text' for name in MANY)}, unique ({', '.join(MANY)}));",
        "error 1:17",
        "no more than 30 characters",
    ),
    "a long row": (f"create table t ({COLUMNS});", "error 1:14", "takes 65,535"),
    "many columns": (
        f"create table t ({', '.join(f'c{n} smallint' for n in range(1018))});",
        "error 1:14",
        "has 1018 columns",
    ),
    "many indexes": (
        "create table t (a int);" + "".join(f"create index t_{n} on t (a);" for n in range(65)),
        "error 1:14",
        "has 65 indexes",
    ),
    "a wide index": (
        "create table t (" + ", ".join(f"c{n} int" for n in range(17)) + ");\n"
        "create unique index t_all on t (" + ", ".join(f"c{n}" for n in range(17)) + ");",
        "error 2:1",
        "no indexes of more than 16 columns",
    ),
    "no columns": ("create table t ();", "error 1:14", "`t` has no columns"),
    "two numbers": (
        "create table t (id serial primary key, number serial);",
        "error 1:40",
        "`number` of `t` is numbered by the database",
    ),
    "a check of a number": (
        "create table t (id serial primary key check (id > 0));",
        "error 1:46",
        "checks `id`, which the database numbers",
    ),
    "a check of what a key sets": (
        "create table t (id int primary key);\n"
        "create table u (t int references t on delete set null check (t > 0));",
        "error 2:62",
        "checks `t`, which a foreign key changes",
    ),
    "a default that a key sets": (
        "create table t (id int primary key);\ncreate table u (t int default 1 references t on delete set default);",
        "error 2:33",
        "SET DEFAULT of a foreign key of `u`",
    ),
    "a NULL that cannot be": (
        "create table t (id int primary key);\ncreate table u (t int not null references t on delete set null);",
        "error 2:32",
        "SET NULL on `t` of `u`, which is never NULL",
    ),
    "a circle of one": (
        "create table t (id int primary key, up int references t on update cascade);",
        "error 1:44",
        "`t` points to itself",
    ),
    "a deferred key": (
        "create table t (id int primary key);\n" "create table u (t int references t deferrable initially deferred);",
        "warning 2:23",
        "is not deferred",
    ),
    "a key of another type": (
        "create table t (id bigint primary key);\ncreate table u (t int references t);",
        "error 2:23",
        "do not have one type",
    ),
    "bytes in a key": ("create table t (id bytea primary key);", "warning 1:17", "no more than 3072 bytes"),
    "one NULL only": (
        "create table t (id int primary key, code int, unique nulls not distinct (code));",
        "error 1:14",
        "NULLS NOT DISTINCT on code of `t`",
    ),
    "JSON in a key": (
        "create table t (id int primary key, j jsonb unique);",
        "error 1:37",
        "is kept as JSON",
    ),
    "JSON in an index": (
        "create table t (id int primary key, j jsonb);\ncreate index t_j on t (j);",
        "warning 2:1",
        "index `t_j` is left out",
    ),
    "a method": (
        "create table t (id int primary key, j jsonb);\ncreate index t_j on t using gin (j);",
        "warning 2:1",
        "no gin indexes",
    ),
    "a long computed text": (
        "create table t (id int primary key, j jsonb);\ncreate index t_j on t ((j->>'a'));",
        "warning 2:1",
        "it computes a text that may have more than",
    ),
    "an index's other columns": (
        "create table t (id int primary key, a int);\ncreate index t_a on t (a) include (id);",
        "warning 2:1",
        "INCLUDE of index `t_a`",
    ),
    "a label with a blank": (
        "create type mood as enum ('glad', 'sad ');\ncreate table t (id int primary key, m mood);",
        "error 2:37",
        "a label that ends with a blank",
    ),
    "an exclusion": (
        "create table t (id int primary key, exclude using btree (id with =));",
        "error 1:37",
        "has no exclusion constraints",
    ),
    "a materialized view": (
        "create table t (id int primary key);\ncreate materialized view v as select id from t;",
        "error 2:26",
        "materialized view `v`",
    ),
    "columns that differ in case": (
        'create table t (id int primary key, "Id" int);',
        "error 1:37",
        "have the same name",
    ),
}
FINDINGS_OF_MYSQL = {
    "case": (
        "create extension citext;\ncreate table t (id int primary key, name citext);",
        "warning 2:37",
        "takes upper and lower case for the same: on MySQL by the rules of Unicode",
    ),
    "a circle of several columns": (
        "create table t (a int, b int, up int, primary key (a, b), foreign key (a, up) references t);",
        "warning 1:79",
        "to itself has several columns",
    ),
    "an index over a number": (
        "create table t (id serial primary key, n int);\ncreate unique index t_n on t (n) where id > 5;",
        "error 2:1",
        "over what is made of a number of its own",
    ),
    "a key of another collation": (
        "create extension citext;\n"
        "create table t (id citext primary key);\ncreate table u (t varchar(9) references t);",
        "error 3:30",
        "do not have one type",
    ),
    "made of a number": (
        "create table t (id serial primary key, n int generated always as (id) stored);",
        "error 1:67",
        "is made of `id`, which the database numbers",
    ),
}
FINDINGS_OF_MARIADB = {
    "case": (
        "create extension citext;\ncreate table t (id int primary key, name citext);",
        "error 2:37",
        "which no collation of MariaDB does that tells accents apart",
    ),
    "a long computed text in a unique index": (
        "create table t (id int primary key, j jsonb);\ncreate unique index t_j on t ((j->>'a'));",
        "error 2:1",
        "it computes a text that may have more than 768 characters",
    ),
    "a generated key": (
        "create table t (a int, n int generated always as (a) stored primary key);",
        "error 1:24",
        "generated column `n` is in the primary key",
    ),
}
CASES = [
    *((target, *case) for target in ("mysql", "mariadb") for case in FINDINGS.values()),
    *(("mysql", *case) for case in FINDINGS_OF_MYSQL.values()),
    *(("mariadb", *case) for case in FINDINGS_OF_MARIADB.values()),
]
IDS = [
    *(f"{target}: {name}" for target in ("mysql", "mariadb") for name in FINDINGS),
    *(f"mysql: {name}" for name in FINDINGS_OF_MYSQL),
    *(f"mariadb: {name}" for name in FINDINGS_OF_MARIADB),
]
FROM_MYSQL = {
    "a set": (
        "create table t (id int primary key, f set('a', 'b'));",
        "error 1:37",
        "`f` of `t` has type set('a','b')",
    ),
    "bits": ("create table t (id int primary key, b bit(8));", "error 1:37", "`b` of `t` has type bit(8)"),
    "a place": ("create table t (id int primary key, p point);", "error 1:37", "`p` of `t` has type point"),
    "case": (
        "create table t (id int primary key, name varchar(20)) collate utf8mb4_0900_ai_ci;",
        {"postgres": "error 1:37", "sqlite": "warning 1:37"},
        "takes upper and lower case for the same",
    ),
    "no collation": (
        "create table t (id int primary key, name varchar(20));",
        "warning 1:14",
        "the texts of `t` have no collation",
    ),
    "beginnings": (
        "create table t (id int primary key, name varchar(20) collate utf8mb4_bin, unique key n (name(10)));",
        "error 1:75",
        "tells values apart by their first 10 characters",
    ),
    "an index for words": (
        "create table t (id int primary key, name text collate utf8mb4_bin, fulltext key n (name));",
        "warning 1:68",
        "no fulltext indexes",
    ),
    "great numbers": (
        "create table t (id bigint unsigned not null auto_increment primary key);",
        "error 1:17",
        {"postgres": "which PostgreSQL does up to 9223372036854775807 only", "sqlite": "which SQLite cannot number"},
    ),
}


@pytest.mark.parametrize(("target", "schema", "place", "message"), CASES, ids=IDS)
def test_what_cannot_be_had(target: str, schema: str, place: str, message: str) -> None:
    finds(schema, place, message, "postgres", target)


@pytest.mark.parametrize("target", ["mysql", "mariadb"])
def test_a_name_that_is_too_long(target: str) -> None:
    finds(f"create table t ({LONG} integer primary key);", "error 1:17", "has 65 characters", "sqlite", target)


@pytest.mark.parametrize("target", ["postgres", "sqlite"])
@pytest.mark.parametrize(("schema", "place", "message"), FROM_MYSQL.values(), ids=FROM_MYSQL)
def test_what_others_cannot_have_of_mysql(
    schema: str, place: str | dict[str, str], message: str | dict[str, str], target: str
) -> None:
    wanted = place if isinstance(place, str) else place[target]
    said = message if isinstance(message, str) else message[target]
    for written in ("mysql", "mariadb"):
        finds(schema, wanted, said, written, target)


def finds(schema: str, place: str, message: str, written: str, target: str) -> None:
    found = script_of(schema, written, target).diagnostics
    said: dict[str, str] = {}
    for one in found:
        if one.span is not None:
            key = f"{one.severity.value} {one.span.line}:{one.span.column}"
            said[key] = f"{said.get(key, '')}{one.message}\n"
    assert message in said.get(place, ""), said
    assert all(one.help for one in found)
