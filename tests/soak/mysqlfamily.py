"""MySQL and MariaDB, as the machine writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tests.soak.facts import Facts, Sort, forms_in

# What makes a server end or never answer is not written for it. MySQL 9.7 ends while it prepares a nested right join,
# or INTERSECT behind EXCEPT or UNION; MariaDB 10.11 runs INTERSECT ALL before EXCEPT ALL for ever.
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
        checks generated defaults default-value except-all intersect-all intersect-alone named-window row-locks
        with-rollup on-duplicate-key insert-ignore replace update-join delete-alias unused-ctes
        """.split()),
    joins=("join", "left join", "right join", "cross join", "inner join", "left join lateral", "join lateral"),
    left=("1055 (42000)", "1140 (42000)"),  # what constants and NULL in outer joins determine, in the rarer cases
    quirks=(  # of MySQL 9.7
        ("^(insert|replace|update|delete)", "1292 (22007)"),  # constants of a condition are computed beforehand
        ("json_", "3141 (22032)"),  # the same of JSON
        # the position that a WITH query is ordered by, once it is merged
        (r"^with .* order by \d", "in 'order clause'"),
        ("regexp", "3995 (HY000)"),  # a text of NULL alone, which is one of bytes
        ("^update .* join .*select", "1093 (HY000)"),  # what a query in FROM reads in its own conditions
        (r"\(select \(select|lateral", "1247 (42S22)"),  # names of the result in queries inside it
    ),
)
MARIADB: Final = replace(
    MYSQL,
    dialect="mariadb",
    forms=forms_in("mariadb.txt"),
    clauses=(MYSQL.clauses - {"delete-alias", "named-window"})
    | {"returning-insert", "returning-delete", "nested-right"},
    joins=("join", "left join", "right join", "cross join", "inner join"),
    left=(),
    quirks=(  # of MariaDB 10.11
        ("returning .*select", "1054 (42S22): Unknown column"),  # the row is not seen in ON, and in queries inside it
        # a bare name in a window, where another window names the same column with its table's name
        (r"over \([^()]*by [^()]*(?<![.\w]){name}\b", "BY is ambiguous"),
        # in HAVING a merged column is looked for in both of the tables that are joined
        (r"\b(natural|using)\b.*\bhaving\b.*(?<![.\w]){name}\b", "HAVING is ambiguous"),
        # a query in an aggregate that reads a WITH query
        (
            r"^with .*\b(min|max|sum|avg|count|std|group_concat|json_\w+agg)\((?:(?! from ).)*\(select .*? from w\d",
            "1111 (HY000)",
        ),
        # a number is a position, of which it is known late that there is none
        (r"group_concat\((?:(?! from ).)* order by (\d+|true|false)\b", "1054 (42S22): Unknown column '"),
    ),
    late=(
        ("^(insert|replace) .*select", "made-column"),  # where the query gives a row
        # in the order of a window, a merged column and another of its name
        (r"(?=.*\b(using|natural)\b)over \([^()]*by [^()]*(?<![.\w]){name}\b", "ambiguous-column"),
    ),
)
