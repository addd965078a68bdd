"""Numbers of 64 bits without a sign, which MySQL and MariaDB have alike, and no other database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

import pytest
from sqlwright.dialects import dialect
from sqlwright.live import mariadb, mysql
from sqlwright.runtime.mysql.driver_sync import MysqlDriverSync
from sqlwright.runtime.mysql.products import MARIADB, MYSQL
from sqlwright.runtime.mysql.splitting import statements

from tests.ddl.scripts import clean_script

from .sides import Answer, refusals, understood
from .targets import Target

SCHEMA: Final = """
create table t (
    id bigint unsigned auto_increment primary key,
    big bigint unsigned,
    more bigint unsigned not null,
    s bigint not null,
    d decimal(22, 2) not null,
    n int unsigned not null
);
create table c (id bigint unsigned primary key, t_id bigint unsigned not null references t (id));
"""
ROWS: Final = (
    "insert into t (id, big, more, s, d, n) values (1, 18446744073709551615, 5, -5, 18446744073709551615, 4294967295), "
    "(2, 0, 0, 0, 0, 0), (3, 9223372036854775808, 7, -9223372036854775807, -1.5, 7), (4, 5, 5, 5, 5.5, 5), "
    "(5, null, 9223372036854775807, 9223372036854775807, 3, 3), "
    "(18446744073709551614, 18446744073709551614, 18446744073709551614, -1, 0.5, 1)",
    "insert into c values (1, 1), (2, 1), (18446744073709551615, 18446744073709551614)",
)
GREATEST: Final = 2**64 - 1
QUERIES: Final[tuple[tuple[str, dict[str, object]], ...]] = (
    ("select id, big from t where id = :id", {"id": GREATEST - 1}),
    ("select id from t where big = 18446744073709551615", {}),
    ("select t.id, c.id as c from t join c on c.t_id = t.id", {}),
    ("select id from t where id in (:a, :b)", {"a": 1, "b": GREATEST - 1}),
    ("select id from t where big in (5, 18446744073709551615)", {}),
    ("select id from t where big not in (sqlc.slice('some'))", {"some": [5, GREATEST]}),
    ("select id from t where id in (select t_id from c)", {}),
    ("select id from t where id not in (select t_id from c)", {}),
    ("select id from t where exists (select 1 from c where c.t_id = t.id)", {}),
    ("select id from t where big between :low and :high", {"low": 5, "high": GREATEST - 1}),
    ("select id from t where big not between 1 and 9223372036854775808", {}),
    ("select id from t where big > s", {}),
    ("select id from t where big >= -1 and s < more", {}),
    ("select id from t where big <> more and big <= d", {}),
    ("select id from t where n = more or s = more", {}),
    ("select id from t where big <=> :big", {"big": GREATEST}),
    ("select id from t where (id, more) = (:a, :b)", {"a": 1, "b": 5}),
    ("select id from t where (id, more) in ((1, 5), (:a, :b))", {"a": 4, "b": 5}),
    ("select id from t order by big desc, id", {}),
    ("select big, count(*) as n from t group by big having big > 3 order by big", {}),
    (
        "select id, more + 1 as plus, more * 1 as times, more div 2 as half, more % 7 as rest, more - 0 as m from t",
        {},
    ),
    ("select id, more + d as sum, more - d as difference, d * more as product from t where id < 5", {}),
    ("select -more as less from t where id < 6", {}),
    ("select max(big) as m, min(big) as l, sum(big) as s, avg(more) as a, count(distinct more) as c from t", {}),
    (
        "select id, sum(more) over (order by id) as running, lag(big) over (order by id) as earlier from t order by id",
        {},
    ),
    ("select id, nullif(more, id) as n, coalesce(big, more) as c, greatest(big, more) as g, abs(more) as a from t", {}),
    ("select id, case big when 5 then 'five' when more then 'more' else 'none' end as word from t", {}),
    ("select id, case when more > 5 then more else id end as greater from t", {}),
    ("select id, case when more > 5 then big else 0 end as some from t", {}),
    ("select id, cast(more as unsigned) as u, cast(s as unsigned) as v, cast(more as signed) as w from t", {}),
    ("select id, cast(more as char) as text from t", {}),
    ("select id, more & 6 as two, more | 6 as one, more >> 1 as half, ~more as rest from t", {}),
)


@pytest.fixture(params=["mysql", "mariadb"])
def pair(
    request: pytest.FixtureRequest, mysql_server_url: str, mariadb_server_url: str
) -> Iterator[tuple[Target, Target]]:
    """The server that queries are written for, and the other one, with the same rows."""
    with ExitStack() as stack:
        urls = {
            "mysql": stack.enter_context(mysql.scratch_database(mysql_server_url)),
            "mariadb": stack.enter_context(mariadb.scratch_database(mariadb_server_url)),
        }
        found: dict[str, Target] = {}
        for name, product in (("mysql", MYSQL), ("mariadb", MARIADB)):
            driver = MysqlDriverSync.open(urls[name], product)
            stack.callback(driver.close)
            for statement in (*statements(clean_script(SCHEMA, request.param, name).up), *ROWS):
                driver.run(statement, None)
            found[name] = Target(driver, dialect(name), 0)
        other = "mariadb" if request.param == "mysql" else "mysql"
        yield found[request.param], found[other]


def test_both_give_the_same(pair: tuple[Target, Target]) -> None:
    written, other = pair
    for sql, values in QUERIES:
        found = understood(sql, written.dialect, schema=SCHEMA)
        original, translation = (_told(side.answer(found, values), sql) for side in (written, other))
        assert translation == original, sql
        assert original, sql


def test_what_is_written_is_kept(pair: tuple[Target, Target]) -> None:
    written, other = pair
    changes: tuple[tuple[str, dict[str, object]], ...] = (
        ("insert into t (id, big, more, s, d, n) values (9, :big, 7, 1, 1.5, :n)", {"big": GREATEST, "n": 1}),
        ("update t set big = more + 1, more = s where id = :id", {"id": 4}),
        ("update t set big = 18446744073709551615 where big = 0", {}),
        ("delete from t where more < :more and id not in (select t_id from c)", {"more": 2**63}),
    )
    rows = understood("select id, big, more, s from t order by id", written.dialect, schema=SCHEMA)
    for sql, values in changes:
        found = understood(sql, written.dialect, "exec", SCHEMA)
        for side in pair:
            side.answer(found, values)
        assert written.answer(rows, {}) == other.answer(rows, {}), sql


@pytest.mark.parametrize("of", ["mysql", "mariadb"])
@pytest.mark.parametrize(
    "sql",
    [
        "select id from t where s in (big, 5)",
        "select id, case big when s then 1 else 2 end as x from t",
        "select id, cast(d as unsigned) as x from t",
    ],
)
def test_what_they_do_not_have_alike_is_refused(sql: str, of: str) -> None:
    """MySQL takes -2**63 for 2**63 in IN and CASE, and counts down from 2**64 where a decimal is below zero."""
    other = "mariadb" if of == "mysql" else "mysql"
    assert refusals(sql, dialect(of), dialect(other), SCHEMA)


def _told(answer: Answer, sql: str) -> Answer:
    return answer if "order by id" in sql or "order by big" in sql else sorted(answer, key=repr)
