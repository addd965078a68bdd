"""SQLite, as the machine writes it."""

from __future__ import annotations

from typing import Final

from tests.soak.facts import Facts, Sort, forms_in

SQLITE: Final = Facts(
    dialect="sqlite",
    types={
        Sort.INT: ("integer", "int", "bigint"),
        Sort.TEXT: ("text", "varchar(20)"),
        Sort.NUM: ("numeric", "decimal(8, 2)"),
        Sort.BOOL: ("boolean",),
        Sort.DATE: ("date",),
        Sort.STAMP: ("datetime", "timestamp"),
        Sort.FLOAT: ("real", "double"),
        Sort.JSON: ("text",),
    },
    literals={
        Sort.INT: ("1", "0", "2", "3", "-1", "10"),
        Sort.TEXT: ("'a'", "'b'", "''", "'ab'", "'x3'"),
        Sort.NUM: ("1.5", "0.25", "2.25", "-3.75"),
        Sort.BOOL: ("true", "false"),
        Sort.DATE: ("'2024-02-29'", "'2024-01-31'", "'1999-12-31'"),
        Sort.STAMP: ("'2024-02-29 12:00:00'", "'1999-12-31 23:59:59'"),
        Sort.FLOAT: ("0.5", "2.0", "-1.5"),
        Sort.JSON: ("""'{"a": 1}'""", "'[1, null]'", "'null'", """'{"a": {"b": null}}'"""),
    },
    forms=forms_in("sqlite.txt"),
    functions=(
        ("(select value as c1 from json_each('[1, null, 2]')) as {alias}", Sort.INT),
        ("(select 1 as c1 union all select null) as {alias}", Sort.INT),
    ),
    clauses=frozenset("""
        checks generated defaults nullable-keys named-window insert-or upsert update-from delete-alias
        returning-insert returning-update returning-delete nulls-last materialized values-query nested-right
        """.split()),
    quirks=(  # of SQLite 3.40
        (r"^update .* from .*( using \(|natural )", "ambiguous column name"),
        (r"a\d+\.\* from .*( using \(|natural )", "ambiguous column name"),
        (r"\* from .*\([tvw]\d+ as ", "no such column"),
        ("(right|full) join", "ON clause references tables to its right"),
    ),
    joins=("join", "left join", "right join", "full join", "cross join", "inner join", "left outer join"),
)
