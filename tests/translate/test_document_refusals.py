"""JSON of PostgreSQL that another database has no exact equivalent of: said at its place, never guessed."""

from __future__ import annotations

import pytest
from sqlwright.dialects import dialect

from .sides import refusals


@pytest.mark.parametrize("target", ["sqlite", "mysql", "mariadb"])
@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("select json_build_object('a', ⟦pause⟧) from people", "a value of type interval in JSON"),
        ("select json_build_object('a', ⟦raw⟧) from people", "a value of type bytes in JSON"),
        ("select json_build_object('a', ⟦ratio::real⟧) from sales", "a value of type float32 in JSON"),
        ("select row_to_json(⟦p⟧) from people p", "a value of type bytes in JSON"),
        ("select json_agg(⟦array[seen]⟧) from people", "an array of timestamptz in JSON"),
        ("select json_agg(⟦p.moments⟧) from (select array_agg(seen) as moments from people) p", "an array of timest"),
        (
            "select row_to_json(⟦p⟧) from sales left join (select nick, verified from people) p on p.nick = kind",
            "a whole row that may be missing, and has no column that is NOT NULL,",
        ),
        ("select row_to_json(⟦t⟧) from (select 1 as a, 2 as a) t", "a value whose type is not known here in JSON"),
        ("select ⟦row_to_json(s, true)⟧ from sales s", "`row_to_json(s, true)`"),
        ("select ⟦jsonb_object_agg(kind, qty)⟧ from sales", "the function `jsonb_object_agg`"),
        ("select ⟦jsonb_build_object(kind, qty)⟧ from sales", "a JSON object whose names are not written out"),
        ("select jsonb_agg(distinct ⟦facts⟧) from people", "in the order of a value of type json"),
        ("insert into counters (key) values ('q') returning row_to_json(⟦counters⟧)", "a whole row in RETURNING"),
    ],
)
def test_refused(sql: str, reason: str, target: str) -> None:
    text = sql.replace("⟦", "").replace("⟧", "")
    found = refusals(text, target=dialect(target))
    assert reason in found[0].message
    assert found[0].span is not None
    assert found[0].span.text == sql[sql.index("⟦") + 1 : sql.index("⟧")]


def test_an_object_may_have_no_more_members_than_sqlite_takes_arguments() -> None:
    columns = ", ".join(f"{number} as c{number}" for number in range(64))
    (found,) = refusals(f"select row_to_json(t) from (select {columns}) t")
    assert "more than 63 members" in found.message
