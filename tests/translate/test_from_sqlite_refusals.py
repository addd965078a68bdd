"""What SQLite has and PostgreSQL has no exact equivalent of: said at its place, never guessed."""

from __future__ import annotations

import pytest

from .sides import HERE, POSTGRES, SQLITE, refusals

SCHEMA = (HERE / "schema.written.sqlite.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "sql",
    [
        "select ⟦round(ratio, 2)⟧ from sales",
        "select ⟦typeof(name)⟧ from people",
        "select ⟦printf('%d', id)⟧ from people",
        "select ⟦last_insert_rowid()⟧",
        "select ⟦changes()⟧",
        "select ⟦randomblob(16)⟧",
        "select ⟦zeroblob(3)⟧",
        "select ⟦quote(name)⟧ from people",
        "select ⟦price + 1⟧ from sales",
        "select ⟦name + 1⟧ from people",
        "select ⟦price || ''⟧ from sales",
        "select ⟦ratio || 'x'⟧ from sales",
        "select ⟦met || 'x'⟧ from people",
        "select ⟦ratio % 2⟧ from sales",
        "select ⟦cast(ratio as text)⟧ from sales",
        "select cast(⟦name⟧ as real) from people",
        "select ⟦cast(id as numeric)⟧ from people",
        "select id from people where ⟦name⟧",
        "select id from people where id = ⟦'5'⟧",
        "select id from people where ⟦id = name⟧",
        "select id from people where ⟦born < met⟧",
        "select id from people where met > ⟦'2024-01-01'⟧",
        "select id from people where met = ⟦'yesterday'⟧",
        "select id from people where ⟦facts = '{}'⟧",
        "select ⟦facts ->> 'a'⟧ from people",
        "select ⟦json_extract(facts, '$.a')⟧ from people",
        "select id from people where ⟦facts ->> 'a' > 3⟧",
        "select id from people where ⟦facts ->> '$.a' = 1⟧",
        "select id from people where json_extract(facts, ⟦'$.a[#-1]'⟧) = 1",
        "select json_object('facts', ⟦facts⟧) from people",
        "select json_array(⟦ratio⟧) from sales",
        "select ⟦key⟧ from json_each('[1]')",
        "select id from people order by ⟦facts⟧",
        "select distinct ⟦facts⟧ from people",
        "select name from people order by ⟦name collate rtrim⟧",
        "select id from people where ⟦name glob '[ab]*'⟧",
        "select id from people where ⟦name glob nick⟧",
        "select id from people where ⟦name regexp 'a'⟧",
        "select kind, ⟦id⟧, max(qty) from sales group by kind",
        "select ⟦id⟧, count(*) from people",
        "select distinct kind from sales order by ⟦id⟧",
        "select ⟦1⟧ union select 'a'",
        "select id from people order by ⟦'x'⟧",
        "select ⟦sum(price)⟧ from sales",
        "select datetime(⟦name⟧) from people",
        "select date('now', ⟦'localtime'⟧)",
        "select date('now', ⟦'weekday 1'⟧)",
        "select date('now', ⟦:shift⟧)",
        "select strftime(⟦'%W'⟧, 'now')",
        "select strftime(⟦'%f'⟧, met) from people",
        "select ⟦substr(name, -3, 2)⟧ from people",
        "select ⟦substr(name, id, 2)⟧ from people",
        "select ⟦id << id⟧ from people",
        "select ntile(⟦id⟧) over () from people",
        "select id from people where ⟦id in (select name from people)⟧",
        "select id from ⟦people indexed by x⟧",
        "select id from people limit ⟦(select boss from people)⟧",
        "⟦insert or rollback into counters (key) values ('a')⟧",
        "⟦insert or ignore into notes (title) values ('a')⟧",
        "⟦insert or replace into notes (id, title) values (1, 'a')⟧",
        "⟦insert or replace into people (id, name, active, seen, uid) select id, name, active, seen, uid from people⟧",
        "insert into counters (key, \"on\") values ('a', ⟦2⟧)",
        "insert into counters (key, amount) values ('a', ⟦2.345⟧)",
        "insert into counters (key, hits) values ('a', ⟦'many'⟧)",
        "insert into counters (key, amount) select 'a', ⟦ratio⟧ from sales",
        "insert into counters (key) values ('a') ⟦on conflict do update set hits = 1⟧",
        "update counters set at = ⟦label⟧",
        'update counters set "on" = ⟦hits⟧',
        "⟦update or ignore counters set hits = 1⟧",
    ],
)
def test_refused(sql: str) -> None:
    text = sql.replace("⟦", "").replace("⟧", "")
    found = refusals(text, SQLITE, POSTGRES, SCHEMA)
    assert found
    assert all(one.code == "not-translatable" and one.help for one in found)
    first = found[0]
    assert first.span is not None
    marked = sql[sql.index("⟦") + 1 : sql.index("⟧")]
    assert first.span.text == marked, first.message
