"""The types of expressions, for each type of column and each pair of them, as both servers give them."""

from __future__ import annotations

import pytest

from tests.mysqlfamily.asking import asked, columns_of, family

COLUMNS = {
    "ti": "tinyint",
    "tu": "tinyint unsigned",
    "bo": "tinyint(1)",
    "sm": "smallint",
    "su": "smallint unsigned",
    "me": "mediumint",
    "i": "int",
    "iu": "int unsigned",
    "b": "bigint",
    "bu": "bigint unsigned",
    "y": "year",
    "de": "decimal(10,2)",
    "d5": "decimal(30,10)",
    "f": "float",
    "db": "double",
    "d": "date",
    "dt": "datetime",
    "d6": "datetime(6)",
    "ts": "timestamp",
    "tm": "time",
    "c": "char(3)",
    "v": "varchar(10)",
    "tx": "text",
    "lt": "longtext",
    "bi": "binary(4)",
    "vb": "varbinary(4)",
    "bl": "blob",
    "j": "json",
    "e": "enum('a','b')",
    "s": "set('a','b')",
    "bt": "bit(3)",
}
SCHEMA = f"create table x ({', '.join(f'{name} {kind} not null' for name, kind in COLUMNS.items())});"
PAIRS = """
coalesce({x}, {y}) | {x} + {y} | {x} * {y} | {x} / {y} | {x} % {y} | {x} div {y} | case when ti then {x} else {y} end
"""
FUNCTIONS = """
coalesce({x}, 0) | coalesce({x}, 1.5) | coalesce({x}, '') | if(ti, {x}, 0) | ifnull({x}, 0) | sum({x}) | avg({x})
mod({x}, 3) | {x} + 1 | {x} * 2 | {x} / 2 | {x} - 1.5 | {x} * 1.25 | {x} & 1
lag({x}, 1) over (order by i) | group_concat({x})
concat({x}) | std({x}) | sign({x}) | sum({x}) over () | case when ti then {x} else 0 end | max({x}) | min({x})
date_add({x}, interval 1 hour) | date_add({x}, interval '1 1' day_hour) | addtime({x}, '1:00') | timestamp({x})
date({x}) | time({x}) | timestampadd(minute, 1, {x}) | from_unixtime({x}) | sec_to_time({x}) | last_day({x})
timediff({x}, tm) | maketime(1, 2, {x}) | year({x}) | cast({x} as signed) | cast({x} as char) | cast({x} as decimal)
cast({x} as time) | cast({x} as datetime(3)) | convert({x}, date) | hex({x}) | lower({x}) | left({x}, 1)
replace({x}, 1, 2) | substring({x}, 1) | trim({x}) | reverse({x}) | {x} is null | not {x} | {x} between 1 and 2
convert({x} using utf8mb4) | insert({x}, 1, 1, 'a') | repeat({x}, 2) | lpad({x}, 2, 'a') | elt(1, {x})
curtime(3) | utc_timestamp(6) | conv({x}, 10, 2) | char_length({x}) | json_array({x}) | json_object('a', {x})
"""
OF_NULL = """
null + 1 | null + 1.5 | null / 2 | 2 % null | null div 2 | - null | ~ null | null & 1 | abs(null) | round(null)
coalesce(round(null), 1) | coalesce(- null, 1) | mod(null, 1) | coalesce(null, iu) | coalesce(bu, null)
if(i, bu, null)
ifnull(su, null) | nullif(iu, 1) | case when i then iu end | case when i then iu else null end
null + interval 1 day
coalesce(date_add(null, interval 2 hour), dt) | greatest(null, i) | least(null, d) | greatest(null, v)
coalesce(if(i, null, null), 1.5) | coalesce(case when i then null end, 1) | coalesce((select null), 1.5)
coalesce((select max(null) from x), 1.5) | coalesce(first_value(null) over (order by i), d)
coalesce(nullif(null, null), 1)
coalesce(lag(null) over (order by i), dt) | if(i, (select null), 1.5) | coalesce(sum(null) over (), 1.5)
"""
GATHERED_NULL = """
sum(null) | avg(null) | coalesce(sum(null), 1) | coalesce(max(null), 1) | coalesce(min(null), 1.5) | std(null)
if(max(i), max(null), 1.5) | coalesce(max(null), json_arrayagg(i)) | sum(distinct null) | coalesce(bit_or(i), null)
"""
UNITED_NULL = """
select max(null) as c0 from x union select 1 | select d as c0 from x union select min(null) from x
select null as c0 union select iu from x | select c0 from (select null as c0) as y union select 2.5
select max(null) over () as c0 from x union select 1 | select if(i, null, null) as c0 from x union select 1
select ifnull(null, max(null)) as c0 from x union select 1
select max(c0) as c0 from (select null as c0) as y union select 1
with recursive r (c0) as (select current_date union select 'a' from r where false) select c0 from r
select 1 as c0 union select sum(null) | select upper(null) as c0 union select 1
"""
UNITED = """
select year(d) - i as c0 from x union select i from x | select i from x union select year(d) * i from x
select year(d) from x union select i from x | select coalesce(year(d), 1) from x union select iu from x
select max(year(d)) from x union select i from x | select abs(year(d)) from x union select i from x
select c0 + 0 as c0 from (select null as c0 from x) as y union select 1
select coalesce(c0, 1) / 2 as c0 from (select null as c0 from x) as y union select coalesce(null, 1) / 2
select coalesce(c0, 1) / 2 as c0 from (select null as c0 from x limit 1) as y union select 1.5 from x where false
select round(year(d)) as c0 from x union select b from x | select - year(d) as c0 from x union select b from x
"""
NUMBERS = "abs({x}) | ceil({x}) | floor({x}) | round({x}) | round({x}, 1) | truncate({x}, 1) | ~{x}"
WIDTH = 40


def forms(text: str) -> list[str]:
    return [form.strip() for line in text.strip().split("\n") for form in line.split("|")]


def compare(url: str, expressions: list[str]) -> None:
    with asked(url) as server:
        server.run(SCHEMA)
        wrong: list[str] = []
        for start in range(0, len(expressions), WIDTH):
            part = expressions[start : start + WIDTH]
            items = ", ".join(f"{expression} as c{number}" for number, expression in enumerate(part))
            ours = columns_of(f"select {items} from x", SCHEMA, server.dialect)
            for expression, column, theirs in zip(part, ours, server.types(part), strict=True):
                if theirs is None or (column.type.kind == "json" and server.dialect == "mariadb"):
                    continue  # refused; or JSON, which is text there
                if column.db_type.startswith("bit") and server.is_bits(expression):
                    continue
                if family(str(column.type)) != family(theirs):
                    wrong.append(f"{expression}: {column.db_type}, and the server says {theirs}")
        assert wrong == []


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("form", forms(PAIRS))
def test_what_two_types_give(form: str, database_url: str) -> None:
    compare(database_url, [form.format(x=one, y=other) for one in COLUMNS for other in COLUMNS])


@pytest.mark.only("mysql", "mariadb")
def test_what_functions_give(database_url: str) -> None:
    aggregates = ("sum(", "avg(", "std(", "group_concat(", "max(", "min(")
    plain = [form for form in forms(FUNCTIONS) if not form.startswith(aggregates) or "over" in form]
    gathered = [form for form in forms(FUNCTIONS) if form not in plain]
    compare(database_url, [form.format(x=name) for form in plain for name in COLUMNS])
    with asked(database_url) as server:
        server.run("drop table x")
    compare(database_url, [form.format(x=name) for form in gathered for name in COLUMNS])


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("expressions", [OF_NULL, GATHERED_NULL])
def test_what_null_gives(expressions: str, database_url: str) -> None:
    compare(database_url, forms(expressions))


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("query", [*forms(UNITED_NULL), *forms(UNITED)])
def test_what_queries_give_together(query: str, database_url: str) -> None:
    with asked(database_url) as server:
        server.run(SCHEMA)
        server.run(f"create table made as {query}")
        (theirs,) = server.run("show columns from made")
        (ours,) = columns_of(query, SCHEMA, server.dialect)
        assert family(str(ours.type)) == family(str(theirs[1]))


@pytest.mark.only("mysql", "mariadb")
def test_what_numbers_become(database_url: str) -> None:
    compare(database_url, [form.format(x=name) for form in forms(NUMBERS) for name in COLUMNS])


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("form", ["{x} / {y}", "{x} * {y}", "{x} + {y}", "avg({x})", "sum({x})", "round({x}, 1)"])
def test_decimals_have_the_digits_of_the_server_behind_the_point(form: str, database_url: str) -> None:
    with asked(database_url) as server:
        server.run(SCHEMA)
        names = ("de", "d5", "i", "bu")
        expressions = list(dict.fromkeys(form.format(x=one, y=other) for one in names for other in names))
        items = ", ".join(f"{expression} as c{number}" for number, expression in enumerate(expressions))
        for column, theirs in zip(
            columns_of(f"select {items} from x", SCHEMA, server.dialect), server.types(expressions), strict=True
        ):
            if theirs is not None and theirs.startswith("decimal"):
                assert str(column.type.scale) == theirs.partition(",")[2].partition(")")[0]
