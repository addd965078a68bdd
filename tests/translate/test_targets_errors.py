"""What is an error on PostgreSQL is one on MySQL and MariaDB, and nothing is cut short."""

from __future__ import annotations

import pytest

from .targets import TargetSides


@pytest.mark.parametrize(
    ("sql", "arguments"),
    [
        ("select 7 / :b::int", {"b": 0}),
        ("select 7 % :b::int", {"b": 0}),
        ("select 7.5::numeric(4, 2) / :b::int", {"b": 0}),
        ("select 1.5::float8 / :b::float8", {"b": 0.0}),
        ("select qty / (qty - qty) from sales", {}),
        ("select price / (qty - qty) from sales", {}),
        ("select sqrt(:b::float8)", {"b": -1.0}),
        ("select :t::text::int", {"t": "12abc"}),
        ("select :t::text::int", {"t": "99999999999"}),
        ("select :t::text::bigint", {"t": "99999999999999999999"}),
        ("select :t::text::numeric", {"t": ""}),
        ("select :t::text::boolean", {"t": "maybe"}),
        ("select (1e30 * qty)::bigint from sales where qty > 0", {}),
        ("select jsonb_array_length(facts) from people where facts is not null", {}),
        ("insert into counters (key) values (null)", {}),
        ("insert into counters (key, amount) values ('q', 1e9)", {}),
        ("update counters set hits = hits / :b::int", {"b": 0}),
    ],
)
def test_errors_are_errors(target_sides: TargetSides, sql: str, arguments: dict[str, object]) -> None:
    found = target_sides.sides.understood(sql)
    target_sides.sides.run("begin")
    target_sides.driver.run("start transaction", None)
    try:
        if sql.startswith("update"):
            target_sides.same("insert into counters (key) values ('a')")
        for answer in (target_sides.sides.on_postgres, target_sides.answer):
            with pytest.raises(AssertionError):
                answer(found, arguments)
    finally:
        target_sides.sides.run("rollback")
        target_sides.driver.run("rollback", None)


@pytest.mark.parametrize(
    "sql",
    [
        "select string_agg(repeat(kind, 2000), ',' order by id) from sales",
        "select length(string_agg(repeat(kind, 20000), ',')) from sales",
        "select array_agg(repeat(kind, 2000) order by id) from sales",
        "with recursive t(n) as (select 1 union all select n + 1 from t where n < 3000) select count(*), max(n) from t",
    ],
)
def test_nothing_is_cut_short(target_sides: TargetSides, sql: str) -> None:
    target_sides.same(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "select id --a comment that begins at once\nfrom people",
        "select id /*! from nowhere */ from people",
        "select id /* a /* comment */ inside */ from people",
        "select /*+ no_such_hint(x) */ id, '--no comment', 'a\\b /* none */' from people",
    ],
)
def test_comments_stay_comments(target_sides: TargetSides, sql: str) -> None:
    target_sides.same(sql)
