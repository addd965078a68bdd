"""Where the analysis says that a value is never NULL, none comes out of columns full of extreme values."""

from __future__ import annotations

import mysql.connector
import pytest
from sqlwright import analyze
from sqlwright.model.typed import Cardinality

from tests.mysqlfamily.asking import Asked, asked, columns_of

SCHEMA = """
create table x (
    id int not null, i int not null, b bigint not null, de decimal(20, 5) not null, f double not null,
    s varchar(100) not null, tx text not null, bl varbinary(50) not null, d date not null, dt datetime(6) not null,
    ts timestamp not null, tm time(3) not null, j json not null, e enum('a', 'b') not null, fl bool not null
);
"""
ROWS = """
(0, 0, 0, 0, 0, '', '', '', '1000-01-01', '1000-01-01', '1970-01-02', '00:00:00', 'null', 'a', 0),
(1, 2147483647, 9223372036854775807, 999999999999999.99999, 1.7e308, 'abc', '2020-02-30', x'ff00', '9999-12-31',
 '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07', '838:59:59', '[]', 'b', 1),
(2, -2147483648, -9223372036854775808, -999999999999999.99999, -1.7e308, '2020-01-01', '%Y-%m-%d', 'zz',
 '2020-02-29', '2020-02-29 12:00:00.5', '2020-02-29 12:00:00', '-838:59:59', '{"a": null}', 'a', 1),
(3, -1, 10, -0.00001, -3.5, '1.2.3.4', '[1,2]', 'YQ==', '0001-01-01', '0001-01-01', '2001-01-01', '00:00:01',
 '{"a": [1, {"b": 2}]}', 'b', 0),
(4, 64, 64, 64, 64, '{"a":1}', '::1', 'abcd', '2024-12-30', '2024-12-30', '2024-12-30', '23:59:59', '"text"', 'a', 1)
"""
OPERANDS = {
    "i": ("i", "b", "fl", "3", "-1", "0"),
    "n": ("de", "i", "f", "s", "0"),
    "d": ("f", "de", "i"),
    "t": ("s", "tx", "i", "d", "e", "'abc'"),
    "b": ("bl", "s"),
    "j": ("j", "'[1]'"),
    "m": ("d", "dt", "ts", "tm", "s"),
    "l": ("fl",),
    "a": ("i", "s", "d", "dt", "de", "bl", "e", "tm"),
}
FUNCTIONS = """
coalesce(a) ifnull(a,a) if(l,a,a) nullif(a,a) greatest(a,a) least(a,a) isnull(a) strcmp(t,t) abs(n) ceil(n) floor(n)
round(n,i) truncate(n,i) sign(n) mod(n,n) acos(d) asin(d) ln(d) sqrt(d) log(d,d) atan(d) pow(d,d) exp(d) conv(a,i,i)
bin(i) oct(i) crc32(t) bit_count(i) ascii(t) length(t) char(i) concat(a,a) concat_ws(t,a) elt(i,t) field(a,a)
find_in_set(t,t) format(n,i) from_base64(b) unhex(b) hex(a) insert(t,i,i,t) instr(t,t) lower(t) upper(t) ltrim(t)
reverse(t) left(t,i) right(t,i) locate(t,t,i) lpad(t,i,t) rpad(t,i,t) quote(t) replace(t,t,t) soundex(t) substr(t,i,i)
substring_index(t,t,i) to_base64(t) trim(t) adddate(m,i) date_format(m,t) addtime(m,t) date(m) last_day(m) datediff(m,m)
dayofweek(m) dayname(m) year(m) month(m) week(m,i) yearweek(m) hour(m) second(m) microsecond(m) quarter(m) to_days(m)
to_seconds(m) from_days(i) from_unixtime(n) makedate(i,i) maketime(i,i,n) sec_to_time(n) str_to_date(t,t) time(m)
time_format(m,t) time_to_sec(m) timediff(m,m) timestamp(m) timestamp(m,t) unix_timestamp(m) json_array(a,a)
json_object(t,a) json_extract(j,t) json_keys(j) json_length(j) json_depth(j) json_merge_patch(j,j) json_overlaps(j,j)
json_quote(t) json_type(j) json_unquote(j) json_valid(a) json_contains(j,j) json_remove(j,t) json_set(j,t,a)
json_insert(j,'$.a',a) json_set(j,'$.b',a) json_replace(j,'abc',a) json_contains_path(j,'one','$.a') sha2(t,i)
aes_encrypt(t,t) compress(b) inet_aton(t) inet_ntoa(i) inet6_aton(t) is_ipv4(t) extract(day_hour*from*m)
extract(year*from*m) timestampadd(month,i,m) timestampdiff(day,m,m) position(t*in*t) char_length(t) interval(n,n)
regexp_instr(t,'a') regexp_replace(t,'a',t) date_add(m,interval*1*day) date_sub(m,interval*i*year) subtime(m,t)
"""
OPERATORS = """
i+i b-fl de*de i/i i/2 i%3 i%i i*div*i i*div*2 -de ~i i&b i<<2 s=tx i<=>b s*like*tx s*not*like*'a' i*between*1*and*2
i*in*(1,2) i*is*null d+interval*1*day dt-interval*1*month interval*1*day+d i*xor*fl fl*and*i s*sounds*like*tx
cast(s*as*date) cast(dt*as*date) cast(s*as*signed) cast(s*as*decimal(10,2)) cast(d*as*datetime) convert(s*using*ascii)
cast(f*as*char) cast(tm*as*time) case*when*i*then*s*end case*when*i*then*s*else*tx*end date*'2020-01-01' now()
date_add(now(),interval*1*day) curtime() unix_timestamp() s*collate*utf8mb4_bin binary*s
"""


def expressions() -> list[str]:
    """Each function over the operands that its arguments may be, three at most for each; blanks stand as `*`."""
    found = [text.replace("*", " ") if " " not in text else text for text in OPERATORS.split() if "de*de" not in text]
    for pattern in FUNCTIONS.split():
        name, _, rest = pattern.partition("(")
        parts = rest[:-1].split(",")
        for number in range(7):
            args: list[str] = []
            for place, part in enumerate(parts):
                *before, letter = part.split("*")
                pool = OPERANDS.get(letter, (letter,))
                shown = [OPERANDS[word][number % 2] if word in OPERANDS else word for word in before]
                args.append(" ".join((*shown, pool[(number * (place + 1) + place) % len(pool)])))
            found.append(f"{name}({', '.join(args)})")
    return list(dict.fromkeys(found))


def values(server: Asked, expression: str) -> list[object]:
    """What an expression gives, row by row: one that the server refuses for a row gives nothing there."""
    found: list[object] = []
    for number in range(5):
        try:
            found += [row[0] for row in server.run(f"select {expression} from x where id = {number}")]
        except mysql.connector.Error:
            continue
    return found


@pytest.mark.only("mysql", "mariadb")
def test_what_is_never_null_never_is(database_url: str) -> None:
    with asked(database_url) as server:
        server.run(SCHEMA)
        server.run(f"insert into x values {ROWS}")
        wrong: list[str] = []
        proven = 0
        for expression in expressions():
            query = f"select {expression} as r from x"
            found = analyze(schema=SCHEMA, queries=f"-- name: q :many\n{query};\n", dialect=server.dialect)
            if not found.queries or found.queries[0].columns[0].nullable:
                continue
            given = values(server, expression)
            proven += bool(given)
            if any(value is None for value in given):
                wrong.append(expression)
        assert wrong == []
        assert proven > 150


@pytest.mark.parametrize(
    ("expression", "nullable"),
    [
        ("now() + interval 7 day", False),
        ("date_sub(current_date, interval 999 year)", False),
        ("now() - interval 1 day - interval 5 minute", False),
        ("date '2024-01-31' + interval 1 month", False),
        ("now() + interval 8000 year", True),
        ("now() + interval '1:1' minute_second", True),
        ("date '9999-12-31' + interval 1 day", True),
        ("nullif(1, 2)", False),
        ("nullif('a', 'A')", True),
        ("sqrt(4)", False),
        ("i / 2", False),
        ("i / i", True),
        ("i % 3", False),
        ("mod(i, 0)", True),
        ("year(d)", False),
        ("year(s)", True),
        ("date_format(dt, '%Y')", False),
        ("date_format(dt, '')", True),
        ("d + interval 1 day", True),
        ("cast(s as date)", True),
        ("cast(dt as date)", False),
        ("cast(s as signed)", False),
        ("json_set(j, '$.a', null)", False),
        ("json_extract(j, '$.a')", True),
        ("concat(s, i)", False),
        ("concat(s, j)", True),
        ("concat_ws(',', null, s)", False),
        ("if(i, s, null)", True),
        ("str_to_date(s, '%Y')", True),
        ("count(i)", False),
        ("sum(i)", True),
        ("bit_or(i)", False),
        ("group_concat(s)", True),
        ("date '2020-01-01'", False),
    ],
)
def test_nulls_by_types_and_values(expression: str, nullable: bool) -> None:
    (column,) = columns_of(f"select {expression} from x", SCHEMA, "mysql")
    assert column.nullable is nullable


@pytest.mark.parametrize(
    ("expression", "nullable"),
    [
        ("greatest(i, de)", False),
        ("greatest(s, tm)", True),
        ("unix_timestamp(dt)", True),
        ("json_length(j)", False),
        ("json_length(s)", True),
        ("json_quote(s)", False),
        ("json_quote(i)", True),
        ("nvl(null, 1)", False),
    ],
)
def test_mariadb_gives_null_where_mysql_refuses(expression: str, nullable: bool) -> None:
    (column,) = columns_of(f"select {expression} from x", SCHEMA, "mariadb")
    assert column.nullable is nullable


@pytest.mark.parametrize(
    ("statement", "nullable"),
    [
        ("insert ignore into x (id, d) values (1, null) returning d", True),
        ("insert ignore into x (id, d) values (1, null) returning coalesce(d, '2020-01-01')", True),
        ("insert ignore into x (id, d) values (1, null) returning i", False),
        ("insert into x (id, d) values (1, null) returning d", False),
        ("select i < all (select row_number() over () from x) from x", True),
        ("select i < all (select i from x) from x", False),
        ("select i <> all (select row_number() over () from x) from x", False),
        ("select min('b') in (select 'a' from x) from x group by i", True),
        ("select min(5) = any (select i from x) from x group by i", True),
        ("select min(i) in (select 5 from x) from x group by i", False),
    ],
)
def test_what_mariadb_alone_gives_null_for(statement: str, nullable: bool) -> None:
    (column,) = columns_of(statement, SCHEMA, "mariadb")
    assert column.nullable is nullable


def test_having_alone_is_a_condition_on_rows() -> None:
    found = analyze(schema=SCHEMA, queries="-- name: q :many\nselect i from x having i > 1;\n", dialect="mysql")
    assert found.queries[0].cardinality is Cardinality.MANY


FOLDED = """
select l.i from x as k left join (select i, 1 > 0 as yes from x where false) as l on l.i = k.i where l.yes
select l.i from x as k left join (select i, y from (select i, 1 > 0 as y from x where false) as m) as l on true where y
select l.i from x as k left join (select i, fl as yes from x) as l on l.i = k.i where l.yes
select l.i from x as k left join (select i, 1 > 0 as yes from x) as l on l.i = k.i where l.yes = 1
"""


@pytest.mark.parametrize(
    ("query", "nullable"), list(zip(FOLDED.strip().split("\n"), (True, True, False, False), strict=True))
)
def test_mysql_takes_what_is_computed_in_from_for_true(query: str, nullable: bool, mysql_url: str) -> None:
    (column,) = columns_of(query, SCHEMA, "mysql")
    with asked(mysql_url) as server:
        server.run(SCHEMA)
        server.run(f"insert into x values {ROWS}")
        assert column.nullable is nullable
        assert (None in [row[0] for row in server.run(query)]) is nullable


GIVEN = """
select c from x left join lateral (select x.fl + 1 as c from x as y where false) as l on true where c > 0
select c from x left join lateral (select x.i as c from x as y where false) as l on true where c is not null
select e from (select c as e from x left join lateral (select x.i as c from x y where false) as l on true) as m where e
select c from x left join lateral (select x.i as c from x as y where false) as l on true join x as z on z.i = l.c
select c from x left join lateral (select (select x.i) as c from x as y where false) as l on true where ifnull(c, c) > 1
select c from x left join lateral (select x.i + 0 * y.i as c from x as y where false) as l on true where c > 0
select c from x left join lateral (select distinct x.i as c from x as y where false) as l on true where c > 0
select c from x join lateral (select x.i as c from x as y) as l on true where c > 0
"""


@pytest.mark.parametrize(
    ("query", "nullable"), list(zip(GIVEN.strip().split("\n"), (*[True] * 5, *[False] * 3), strict=True))
)
def test_mysql_asks_the_tables_around_a_lateral_query(query: str, nullable: bool, mysql_url: str) -> None:
    (column,) = columns_of(query, SCHEMA, "mysql")
    with asked(mysql_url) as server:
        server.run(SCHEMA)
        server.run(f"insert into x values {ROWS}")
        assert column.nullable is nullable
        assert (None in [row[0] for row in server.run(query)]) is nullable


NOTHING = """
insert into y (z) select if(n, 'b', 'b') from y having count(*) = 0 returning z
insert into y (z) select if(i, 'b', 'b') from x where i > 7 and i in (select n from y) having count(*) = 0 returning z
select if(i, 'b', 'b') as z, max(i), row_number() over () from x where i > 7 and id < 0
select if(i, 'b', 'b') as z, max(i) from x where i > 7 and id < 0
insert into y (z) select 'b' from y having count(*) = 0 returning z
insert into y (z) select concat('b', count(*)) from y returning z
"""


@pytest.mark.parametrize(
    ("query", "nullable"), list(zip(NOTHING.strip().split("\n"), (*[True] * 3, *[False] * 3), strict=True))
)
def test_mariadb_loses_the_row_of_no_rows(query: str, nullable: bool, mariadb_url: str) -> None:
    schema = SCHEMA + "create table y (n int, z varchar(5) default 'q');\n"
    column = columns_of(query, schema, "mariadb")[0]
    with asked(mariadb_url) as server:
        server.run(SCHEMA)
        server.run("create table y (n int, z varchar(5) default 'q')")
        assert column.nullable is nullable
        assert [row[0] is None for row in server.run(query)] == [nullable]


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("value", ["i", "max(i)", "count(*)", "5"])
def test_rollup_of_no_rows(value: str, database_url: str) -> None:
    with asked(database_url) as server:
        server.run(SCHEMA)
        taken = f"any_value({value})" if value == "i" and server.dialect == "mysql" else value
        query = f"select {taken} as r from x where i > 5 group by s with rollup"
        (column,) = columns_of(query, SCHEMA, server.dialect)
        assert column.nullable is (None in [row[0] for row in server.run(query)])
