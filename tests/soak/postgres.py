"""PostgreSQL, as the machine writes it."""

from __future__ import annotations

from typing import Final

from tests.soak.facts import Facts, Sort, forms_in

POSTGRES: Final = Facts(
    dialect="postgres",
    types={
        Sort.INT: ("integer", "bigint", "smallint", "small"),
        Sort.TEXT: ("text", "varchar(20)", "char(3)"),
        Sort.NUM: ("numeric", "numeric(8, 2)"),
        Sort.BOOL: ("boolean",),
        Sort.DATE: ("date",),
        Sort.STAMP: ("timestamp", "timestamptz"),
        Sort.FLOAT: ("double precision", "real"),
        Sort.MOOD: ("mood",),
        Sort.JSON: ("jsonb",),
        Sort.LIST: ("integer[]",),
    },
    literals={
        Sort.INT: ("1", "0", "2", "3", "-1", "10"),
        Sort.TEXT: ("'a'", "'b'", "''", "'ab'", "'3'"),
        Sort.NUM: ("1.5", "0.0", "2.25", "-3.75", "1.0"),
        Sort.BOOL: ("true", "false"),
        Sort.DATE: ("date '2024-02-29'", "date '2024-01-31'", "date '1999-12-31'"),
        Sort.STAMP: ("timestamp '2024-02-29 12:00:00'", "timestamp '1999-12-31 23:59:59'"),
        Sort.FLOAT: ("float8 '0.5'", "float8 '2'", "float8 '-1.5'"),
        Sort.MOOD: ("'ok'::mood", "'sad'::mood", "'fine'::mood"),
        Sort.JSON: ("""'{"a": 1}'::jsonb""", "'[1, null]'::jsonb", "'null'::jsonb", """'{"a": {"b": null}}'::jsonb"""),
        Sort.LIST: ("array[1, 2]", "'{}'::integer[]", "array[1, null]", "array[3]"),
    },
    forms=forms_in("postgres.txt"),
    functions=(
        ("generate_series(1, {int}) as {alias}(c1)", Sort.INT),
        ("unnest({list}) as {alias}(c1)", Sort.INT),
        ("jsonb_array_elements('[1, null, {}]') as {alias}(c1)", Sort.JSON),
        ("generate_series(1, 3) with ordinality as {alias}(c1, c2)", Sort.INT),
        ("(values (1), (2), (null)) as {alias}(c1)", Sort.INT),
        ("unnest(array[1, 2], array['a']) as {alias}(c1, c2)", Sort.INT),
    ),
    clauses=frozenset("""
        checks generated defaults default-value except-all intersect-all grouping-sets named-window row-locks
        distinct-on writable-cte upsert update-from delete-using delete-alias returning-insert returning-update
        returning-delete returning-joined nulls-last materialized
        values-query unused-ctes nested-right nested-using upsert-of-query recursion-keeps-types
        """.split()),
    joins=("join", "left join", "right join", "full join", "cross join", "left join lateral", "join lateral"),
    left=('has collation "default" in non-recursive term', "nullable side of an outer join"),
    null="null::{type}",
    prelude="create type mood as enum ('sad', 'ok', 'fine');\ncreate domain small as integer check (value > -100);",
)
