"""How MariaDB writes SQL: as MySQL does, but for the words it reserves.

Reserved words are those of the knowledge base's page of that name, for MariaDB 10.6 and later.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ...model.lexis import Grammar
from ..mysql import grammar as mysql

_ONLY_MYSQL: Final = frozenset("""
    cube cume_dist dense_rank empty first_value function generated get grouping groups io_after_gtids io_before_gtids
    json_table lag last_value lateral lead manual master_bind nth_value ntile of optimizer_costs parallel percent_rank
    qualify rank row_number stored system tablesample virtual window
    """.split())
_ONLY_MARIADB: Final = frozenset("""
    current_role delete_domain_id do_domain_ids general ignore_domain_ids ignore_server_ids master_heartbeat_period
    offset page_checksum parse_vcol_expr ref_system_id returning rownum slow stats_auto_recalc stats_persistent
    stats_sample_pages
    """.split())

RESERVED: Final = (mysql.RESERVED - _ONLY_MYSQL) | _ONLY_MARIADB

_MISSING: Final = frozenset(("->", "->>", "member"))
"""MySQL's operators that MariaDB does not have."""
_CAST_TYPES: Final = frozenset("""
    binary char character date datetime dec decimal double float inet4 inet6 int integer interval nchar real signed
    time unsigned uuid varchar
    """.split())

GRAMMAR: Final = Grammar(
    lexis=replace(mysql.LEXIS, operators=tuple(op for op in mysql.LEXIS.operators if op not in _MISSING)),
    binary={op: power for op, power in mysql.BINARY.items() if op not in _MISSING},
    other_operator=60,
    prefix=mysql.GRAMMAR.prefix,
    reserved=RESERVED,
    not_labels=RESERVED,
    not_aliases=RESERVED | frozenset(("window",)),
    bare_calls=mysql.GRAMMAR.bare_calls | frozenset(("current_role",)),
    keywords=RESERVED | mysql.RESERVED,
    callable_reserved=mysql.CALLABLE | frozenset(("rownum",)),
    double_pipe_is_or=True,
    literal_types=mysql.LITERAL_TYPES,
    string_labels=True,
    adjacent_strings=True,
    interval_units=mysql.INTERVAL_UNITS,
    charset_introducers=True,
    cast_types=_CAST_TYPES,
    lateral=False,
    table_queries=False,
    rows_named=False,
    row_aliases=False,
    share_locks=False,
    sequences=True,
    dual=True,
    into_optional=True,
)
