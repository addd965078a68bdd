"""Faults in schemas: migration scripts that were edited, lost, or go another way than the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlwright.runtime.scripts import sums_text

from tests.check.planting import CHECK, OFFLINE, Fault, Plant, both, deleted, live, offline, replaced, several, written

_SCHEMA = "schema/shop/tables.sql"
_GENERATED = "generated/shop/migrations"
_SECOND = f"{_GENERATED}/postgres/0002_more.up.sql"
_MOVED = "migrations-differ"
_OTHER_WAYS = (
    # name, dialect, the second script
    ("another type", "postgres", "alter table products alter column stock type bigint"),
    ("another default", "postgres", "alter table products alter column stock set default 5"),
    ("no foreign key", "postgres", "alter table lines drop constraint lines_product_id_fkey"),
    ("no check", "postgres", "alter table products drop constraint products_price_check"),
    ("no index of a foreign key", "postgres", "drop index orders_by_user"),
    ("one more label", "postgres", "alter type status add value 'lost'"),
    ("no index", "sqlite", "drop index products_by_name"),
    ("no index of a foreign key", "sqlite", "drop index orders_by_user"),
    ("null", "mysql", "alter table orders modify user_id bigint"),
    (
        "fewer labels",
        "mysql",
        "alter table orders modify state enum('open', 'paid') not null default 'open'",
    ),
    ("no unique key", "mysql", "alter table users drop index email"),
    ("another default", "mariadb", "alter table products alter column stock set default 5"),
    (
        "another action",
        "mariadb",
        "alter table `lines` drop foreign key lines_ibfk_1, add foreign key (order_id) references orders (id)",
    ),
)


def schema_faults() -> Iterator[Fault]:
    for name, dialect, statement in _OTHER_WAYS:
        second = f"{_GENERATED}/{dialect}/0002_more.up.sql"
        yield Fault(f"{dialect}: {name}", both(_MOVED), _second(dialect, statement), second, statement, _of(dialect))
    for dialect in ("postgres", "sqlite", "mysql", "mariadb"):
        first, second = f"{_GENERATED}/{dialect}/0001_initial.up.sql", f"{_GENERATED}/{dialect}/0002_more.up.sql"
        statement = "alter table tags add column weight bigint"
        yield Fault(
            f"{dialect}: a column more", both(_MOVED), _second(dialect, statement), second, statement, _of(dialect)
        )
        statement = "create table extras (id bigint)"
        yield Fault(
            f"{dialect}: a table more", both(_MOVED), _second(dialect, statement), second, statement, _of(dialect)
        )
    first, second = f"{_GENERATED}/postgres/0001_initial.up.sql", f"{_GENERATED}/postgres/0002_more.up.sql"
    asked = _of("postgres")
    edited = replaced(first, "note text", "note varchar(10)")
    yield Fault("a script edited", both("bad-migration"), edited, first, "create type", asked)
    sums = f"{_GENERATED}/postgres/sums.txt"
    yield Fault("a script deleted", both("bad-migration"), deleted(first), sums, "0001_initial.up.sql", asked)
    yield Fault("no sums", offline("no-sums"), deleted(sums), first, "create type", asked)
    listed = several(_second("postgres", "select 1"), _sums_of("postgres", "0002_more.up.sql", "select 1;\n"))
    later = several(listed, _second("postgres", "select 2"))
    yield Fault("a later script edited", both("bad-migration"), later, second, "select 2", asked)
    down = f"{_GENERATED}/postgres/0001_initial.down.sql"
    yield Fault("a down script edited", both("bad-migration"), written(down, "select 3;\n"), down, "select 3", asked)
    yield Fault("a script without a checksum", offline("no-sums"), _second("postgres", "select 1"), second, "", asked)
    begun = written(f"{_GENERATED}/postgres/0002_more.down.sql", "select 1;\n")
    yield Fault(
        "a down script without a checksum",
        offline("no-sums"),
        begun,
        f"{_GENERATED}/postgres/0002_more.down.sql",
        "select 1",
        asked,
    )
    merged = replaced(sums, "  0001_initial.up.sql", "  0001_initial.up.sql\n<<<<<<< ours")
    yield Fault("sums half merged", both("bad-migration"), merged, sums, "<<<<<<<", asked)
    yield Fault("a script that is not UTF-8", both("bad-migration"), _in_latin_1, _SECOND, "caf", asked)
    twice = written(f"{_GENERATED}/postgres/0001_again.up.sql", "select 1;\n")
    yield Fault(
        "a number twice", both("bad-migration"), twice, f"{_GENERATED}/postgres/0001_initial.up.sql", "create", asked
    )
    nameless = written(f"{_GENERATED}/postgres/again.up.sql", "select 1;\n")
    yield Fault(
        "a script without a number",
        both("bad-migration"),
        nameless,
        f"{_GENERATED}/postgres/again.up.sql",
        "select",
        asked,
    )
    wrong = "select 1;\nalter table nothing add column id bigint"
    codes = {CHECK: "refused", OFFLINE: "unknown-table"}
    yield Fault("a table that is none", codes, _second("postgres", wrong), second, "alter table nothing", asked)
    for dialect in ("postgres", "sqlite", "mysql", "mariadb"):
        second = f"{_GENERATED}/{dialect}/0002_more.up.sql"
        wrong = "insert into users (email) values ('a');\ninsert into users (email) values ('a')"
        yield Fault(f"{dialect}: a row twice", live("refused"), _second(dialect, wrong), second, "insert", _of(dialect))
    moved = replaced(_SCHEMA, "    note text,\n", "    note text,\n    paid_at timestamptz,\n")
    for dialect in ("postgres", "sqlite", "mysql", "mariadb"):
        yield Fault(f"{dialect}: no migration", both(_MOVED), moved, _SCHEMA, "    paid_at", _of(dialect))
    desk = "schema/desk/docs.sql"
    refused = replaced(
        desk, "create view titles", "create index docs_by_data on docs using nothing (data);\n\ncreate view titles"
    )
    codes = {CHECK: "refused", OFFLINE: _MOVED}
    yield Fault("a schema that is refused", codes, refused, desk, " docs", ("--package", "desk"))
    order = _second("postgres", "alter table users drop column name;\nalter table users add column name text")
    yield Fault("another order", both("column-order"), order, _SCHEMA, "create table users", (*asked, "--strict"))


def _second(dialect: str, statement: str) -> Plant:
    return written(f"{_GENERATED}/{dialect}/0002_more.up.sql", f"{statement};\n")


def _in_latin_1(root: Path) -> None:
    (root / _SECOND).write_bytes(b"-- caf\xe9\nselect 1;\n")


def _sums_of(dialect: str, name: str, text: str) -> Plant:
    """The checksum of one script more."""

    def plant(root: Path) -> None:
        with (root / f"{_GENERATED}/{dialect}/sums.txt").open("a", encoding="utf-8") as file:
            file.write(sums_text({name: text}))

    return plant


def _of(dialect: str) -> tuple[str, ...]:
    return ("--package", "shop", "--dialect", dialect)
