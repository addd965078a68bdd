"""MySQL and MariaDB, as the machine writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tests.soak.facts import Facts, Sort, forms_in

MYSQL: Final = Facts(
    dialect="mysql",
    types={
        Sort.INT: ("int", "bigint", "smallint", "int unsigned"),
        Sort.TEXT: ("varchar(20)", "varchar(5)"),
        Sort.NUM: ("decimal(10, 2)", "decimal(6, 3)"),
        Sort.BOOL: ("boolean",),
        Sort.DATE: ("date",),
        Sort.STAMP: ("datetime", "datetime(6)"),
        Sort.FLOAT: ("double",),
        Sort.MOOD: ("enum('sad', 'ok', 'fine')",),
        Sort.JSON: ("json",),
    },
    literals={
        Sort.INT: ("1", "0", "2", "3", "5", "10"),
        Sort.TEXT: ("'a'", "'b'", "''", "'ab'", "'x3'"),
        Sort.NUM: ("1.5", "0.25", "2.25", "-3.75"),
        Sort.BOOL: ("true", "false"),
        Sort.DATE: ("'2024-02-29'", "'2024-01-31'", "'1999-12-31'"),
        Sort.STAMP: ("'2024-02-29 12:00:00'", "'1999-12-31 23:59:59'"),
        Sort.FLOAT: ("0.5e0", "2e0", "-1.5e0"),
        Sort.MOOD: ("'ok'", "'sad'", "'fine'"),
        Sort.JSON: ("""'{"a": 1}'""", "'[1, null]'", "'null'", """'{"a": {"b": null}}'"""),
    },
    forms=forms_in("mysql.txt"),
    functions=(("(select 1 as c1 union all select null) as {alias}", Sort.INT),),
    clauses=frozenset("""
        checks generated defaults default-value except-all intersect-all named-window row-locks with-rollup
        on-duplicate-key insert-ignore replace update-join delete-alias unused-ctes
        """.split()),
    joins=("join", "left join", "right join", "cross join", "inner join", "left join lateral", "join lateral"),
)
MARIADB: Final = replace(
    MYSQL,
    dialect="mariadb",
    forms=forms_in("mariadb.txt"),
    clauses=(MYSQL.clauses - {"delete-alias"}) | {"returning-insert", "returning-delete"},
    joins=("join", "left join", "right join", "cross join", "inner join"),
    faults=("4016 (HY000): Window function is not allowed in window specification",),  # it is in a derived table
)
