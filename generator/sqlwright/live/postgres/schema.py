"""The schema that a server has, as statements which make it, in the words of its own catalogs.

Left out are rights, operators and casts, text search, statistics, base types written in C, and what says how things are
stored. A foreign table names its server, which is not made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from .connecting import Connection
from .schema_objects import FINDINGS, INDEXES, LAST, PREPARING
from .schema_parts import Part, rows
from .schema_tables import tables

_DEPENDENCIES: Final = """
    with nodes (classid, objid, node) as (
        select 'pg_class'::regclass::oid, oid, case relkind when 'c' then reltype else oid end from pg_class
        where relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
        union all
        select 'pg_type'::regclass, t.oid, coalesce(c.oid, e.oid, t.oid) from pg_type t
        left join pg_type e on e.typarray = t.oid
        left join pg_class c on c.oid = coalesce(e.typrelid, t.typrelid) and c.relkind <> 'c'
        union all
        select 'pg_proc'::regclass, oid, oid from pg_proc
        union all
        select 'pg_rewrite'::regclass, oid, ev_class from pg_rewrite
        union all
        select 'pg_attrdef'::regclass, oid, adrelid from pg_attrdef
        union all
        select 'pg_constraint'::regclass, oid, case contypid when 0 then conrelid else contypid end from pg_constraint
        where contype <> 'f'
    )
    select distinct n.node::int8, m.node::int8
    from pg_depend d join nodes n using (classid, objid)
    join nodes m on m.classid = d.refclassid and m.objid = d.refobjid
    where n.node <> m.node and m.node >= 16384 and d.deptype in ('n', 'a', 'P')
      and not exists (select from pg_class s where s.oid = n.node and s.relkind = 'S' and d.deptype = 'a')
    order by 1, 2
"""
"""What stands on what; a row's or an array's type is what it is of, and a sequence is made before its owner."""


def schema_text(connection: Connection, only: str | None = None) -> str:
    """Statements in an order in which they can be run, of all schemas or of one."""
    parts: list[str] = [found.text for query in PREPARING for found in rows(connection, query, only)]
    nodes = [found for query in FINDINGS for found in rows(connection, query, only)]
    made, later = tables(connection, only)
    needed: dict[int, list[int]] = {}
    for node, other in connection.execute(_DEPENDENCIES).fetchall():
        needed.setdefault(int(str(node)), []).append(int(str(other)))
    parts += [part.text for part in _in_order([*nodes, *made], needed)]
    parts += [found.text for found in rows(connection, INDEXES, only)]
    # A foreign key may refer to the columns of a unique index.
    parts += later
    parts += [found.text for query in LAST for found in rows(connection, query, only)]
    return "".join(f"{part};\n" for part in parts)


def _in_order(parts: Iterable[Part], needed: Mapping[int, Collection[int]]) -> Iterator[Part]:
    """Each part behind those that it needs, and else by rank and age."""
    by_number = {part.number: part for part in sorted(parts, key=lambda part: (part.rank, part.number))}
    seen: set[int] = set()

    def visit(number: int) -> Iterator[Part]:
        if number in seen or number not in by_number:
            return
        seen.add(number)
        for other in sorted(needed.get(number, ())):
            yield from visit(other)
        yield by_number[number]

    for number in by_number:
        yield from visit(number)
