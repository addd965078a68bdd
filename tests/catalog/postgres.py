"""What a PostgreSQL server says of the schema that it has."""

from __future__ import annotations

import psycopg

from tests.catalog.facts import Facts

Connection = psycopg.Connection[tuple[object, ...]]

_OURS = "n.nspname !~ '^(pg_|information_schema)'"
_TYPE = """
    coalesce((select e.typname || '[]' from pg_type e where e.oid = ty.typelem and ty.typcategory = 'A'), ty.typname)
    || coalesce(substring(format_type(a.atttypid, a.atttypmod) from '[(][0-9,]+[)]'), '')
"""
_NAMES = """
    array(select a.attname::text from unnest({keys}) with ordinality k (number, place)
          join pg_attribute a on a.attrelid = {table} and a.attnum = k.number order by k.place)
"""
_ACTIONS = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}


def server_facts(connection: Connection) -> Facts:
    return {
        "tables": {f"{schema}.{name}": _table(connection, oid) for oid, schema, name in _relations(connection)},
        "enums": {name: (tuple(labels or ()), comment) for name, labels, comment in connection.execute(f"""
                select n.nspname || '.' || t.typname,
                       array_agg(e.enumlabel::text order by e.enumsortorder) filter (where e.oid is not null),
                       obj_description(t.oid, 'pg_type')
                from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_enum e on e.enumtypid = t.oid
                where t.typtype = 'e' and {_OURS} group by n.nspname, t.typname, t.oid""".encode())},
        "domains": {name: (base, nullable, default) for name, base, nullable, default in connection.execute(f"""
                select n.nspname || '.' || d.typname,
                       coalesce((select e.typname || '[]' from pg_type e where e.oid = ty.typelem), ty.typname),
                       not d.typnotnull, d.typdefault is not null
                from pg_type d join pg_namespace n on n.oid = d.typnamespace join pg_type ty on ty.oid = d.typbasetype
                where d.typtype = 'd' and {_OURS}""".encode())},
        "composites": {
            f"{schema}.{name}": [
                (column, kind)
                for column, kind in connection.execute(
                    f"select a.attname, {_TYPE} from pg_attribute a join pg_type ty on ty.oid = a.atttypid "
                    "where a.attrelid = %s::oid and a.attnum > 0 and not a.attisdropped order by a.attnum".encode(),
                    (oid,),
                )
            ]
            for oid, schema, name in _relations(connection, "c")
        },
    }


def _relations(connection: Connection, kinds: str = "rpvm") -> list[tuple[int, str, str]]:
    rows = connection.execute(
        f"select c.oid::int, n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        f"where c.relkind = any(%s::text[]) and {_OURS} order by c.oid".encode(),
        (list(kinds),),
    )
    return [(int(str(oid)), str(schema), str(name)) for oid, schema, name in rows]


def _table(connection: Connection, oid: int) -> Facts:
    ((kind, comment),) = connection.execute(
        "select relkind::text, obj_description(oid, 'pg_class') from pg_class where oid = %s", (oid,)
    )
    return {
        "kind": kind,
        "columns": _columns(connection, oid),
        "primary key": next(((keys, more) for keys, more, _ in _keys(connection, oid, "p")), None),
        "uniques": sorted((keys, more, not_distinct) for keys, more, not_distinct in _keys(connection, oid, "u")),
        "foreign keys": _foreign_keys(connection, oid),
        "checks": next(
            iter(connection.execute("select count(*) from pg_constraint where contype = 'c' and conrelid = %s", (oid,)))
        )[0],
        "indexes": _indexes(connection, oid),
        "parents": [
            name
            for (name,) in connection.execute(
                "select n.nspname || '.' || c.relname from pg_inherits i join pg_class c on c.oid = i.inhparent "
                "join pg_namespace n on n.oid = c.relnamespace where i.inhrelid = %s order by i.inhseqno",
                (oid,),
            )
        ],
        "comment": comment,
    }


def _columns(connection: Connection, oid: int) -> list[tuple[object, ...]]:
    """A view's columns can all be NULL to the server."""
    return list(
        connection.execute(
            f"""
            select a.attname, {_TYPE}, not (a.attnotnull or ty.typnotnull),
                   a.atthasdef and a.attgenerated = '', a.attidentity::text, a.attgenerated <> '',
                   col_description(a.attrelid, a.attnum)
            from pg_attribute a join pg_type ty on ty.oid = a.atttypid
            where a.attrelid = %s and a.attnum > 0 and not a.attisdropped order by a.attnum
            """.encode(),
            (oid,),
        )
    )


def _keys(connection: Connection, oid: int, kind: str) -> list[tuple[list[str], list[str], bool]]:
    names = _NAMES.format(keys="c.conkey", table="c.conrelid")
    more = _NAMES.format(keys="(i.indkey::int2[])[i.indnkeyatts:]", table="i.indrelid")
    rows = connection.execute(
        f"select {names}, {more}, to_jsonb(i) -> 'indnullsnotdistinct' = 'true' from pg_constraint c "
        "join pg_index i on i.indexrelid = c.conindid where c.contype = %s and c.conrelid = %s".encode(),
        (kind, oid),
    )
    return [(list(keys), list(include), bool(distinct)) for keys, include, distinct in rows]


def _foreign_keys(connection: Connection, oid: int) -> list[tuple[object, ...]]:
    own = _NAMES.format(keys="c.conkey", table="c.conrelid")
    others = _NAMES.format(keys="c.confkey", table="c.confrelid")
    rows = connection.execute(
        f"select {own}, n.nspname || '.' || o.relname, {others}, c.confdeltype::text, c.confupdtype::text "
        "from pg_constraint c join pg_class o on o.oid = c.confrelid join pg_namespace n on n.oid = o.relnamespace "
        "where c.contype = 'f' and c.conrelid = %s".encode(),
        (oid,),
    )
    return sorted((*key, _ACTIONS[str(delete)], _ACTIONS[str(update)]) for *key, delete, update in rows)


def _indexes(connection: Connection, oid: int) -> list[tuple[object, ...]]:
    """The indexes that no constraint owns."""
    parts = """
        array(select coalesce((select a.attname::text from pg_attribute a where a.attrelid = i.indrelid
                               and a.attnum = k.number and k.number > 0), '(expression)')
              from unnest((i.indkey::int2[])[{range}]) with ordinality k (number, place) order by k.place)
    """
    return sorted(
        connection.execute(
            f"""
            select c.relname, i.indisunique, m.amname, {parts.format(range=':i.indnkeyatts - 1')},
                   {parts.format(range='i.indnkeyatts:')}, i.indpred is not null
            from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
            where i.indrelid = %s and not exists (select from pg_constraint o where o.conindid = i.indexrelid
                                                  and o.contype in ('p', 'u', 'x'))
            """.encode(),
            (oid,),
        ),
        key=lambda row: str(row[0]),
    )
