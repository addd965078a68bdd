"""Read types, casts, operators, functions and system relations off a PostgreSQL server, into the tables that the
PostgreSQL dialect resolves names with.

    python generator/tools/read_postgres_catalogs.py postgresql://localhost/postgres

The user must be a superuser: a scratch database is made, and the extensions named below are created in it. Files are
written to generator/sqlwright/dialects/postgres/data, one line for each object and fields between tabs; types are
written by the names that `format_type` would give them in pg_type (`int4`, `_int4` for an array).
"""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg

DATA = Path(__file__).resolve().parent.parent / "sqlwright" / "dialects" / "postgres" / "data"
EXTENSIONS = ("citext", "hstore", "pgcrypto", "uuid-ossp", "pg_trgm", "ltree", "unaccent", "fuzzystrmatch", "intarray")
SCRATCH = "sqlwright_read_catalogs"

TYPES = """
select t.typname, t.typtype::text, t.typcategory::text, case when t.typispreferred then 'p' else '' end,
       coalesce(e.typname, ''), coalesce(r.typname, ''), coalesce(x.extname, '')
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
left join pg_range g on g.rngtypid = t.oid or g.rngmultitypid = t.oid
left join pg_type r on r.oid = g.rngsubtype
left join pg_depend d on d.objid = coalesce((select b.oid from pg_type b where b.typarray = t.oid), t.oid)
    and d.classid = 'pg_type'::regclass and d.deptype = 'e'
left join pg_extension x on x.oid = d.refobjid
where n.nspname in ('pg_catalog', 'public') and t.typtype in ('b', 'p', 'r', 'm')
order by x.extname nulls first, t.oid
"""

CASTS = """
select s.typname, t.typname, c.castcontext::text, c.castmethod::text, coalesce(x.extname, '')
from pg_cast c
join pg_type s on s.oid = c.castsource
join pg_type t on t.oid = c.casttarget
left join pg_depend d on d.objid = c.oid and d.classid = 'pg_cast'::regclass and d.deptype = 'e'
left join pg_extension x on x.oid = d.refobjid
order by x.extname nulls first, c.oid
"""

OPERATORS = """
select o.oprname, coalesce(l.typname, ''), r.typname, e.typname, case when p.proisstrict then 's' else '' end,
       coalesce(x.extname, '')
from pg_operator o
left join pg_type l on l.oid = o.oprleft
join pg_type r on r.oid = o.oprright
join pg_type e on e.oid = o.oprresult
join pg_proc p on p.oid = o.oprcode
left join pg_depend d on d.objid = o.oid and d.classid = 'pg_operator'::regclass and d.deptype = 'e'
left join pg_extension x on x.oid = d.refobjid
order by x.extname nulls first, o.oid
"""

FUNCTIONS = """
select p.proname, p.prokind::text,
       concat(case when p.proisstrict then 's' end, case when p.proretset then 'r' end),
       t.typname, coalesce(v.typname, ''), p.pronargdefaults::text,
       coalesce((select string_agg(a.typname, ' ' order by u.n)
                 from unnest(p.proargtypes) with ordinality u (id, n) join pg_type a on a.oid = u.id), ''),
       coalesce((select string_agg(coalesce(nullif(p.proargnames[u.n], ''), '-'), ' ' order by u.n)
                 from unnest(p.proallargtypes, p.proargmodes) with ordinality u (id, mode, n)
                 where u.mode in ('o', 'b', 't')), ''),
       coalesce((select string_agg(a.typname, ' ' order by u.n)
                 from unnest(p.proallargtypes, p.proargmodes) with ordinality u (id, mode, n)
                 join pg_type a on a.oid = u.id where u.mode in ('o', 'b', 't')), ''),
       coalesce((select string_agg(coalesce(nullif(u.name, ''), '-'), ' ' order by u.n)
                 from unnest(p.proargnames) with ordinality u (name, n)
                 where coalesce(p.proargmodes[u.n]::text, 'i') in ('i', 'b', 'v')), ''),
       coalesce((select case g.aggkind when 'o' then 'o' || g.aggnumdirectargs when 'h' then 'h' || g.aggnumdirectargs
                 else 'n' end from pg_aggregate g where g.aggfnoid = p.oid), ''),
       coalesce(x.extname, '')
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_type t on t.oid = p.prorettype
left join pg_type v on v.oid = p.provariadic
left join pg_depend d on d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e'
left join pg_extension x on x.oid = d.refobjid
where n.nspname in ('pg_catalog', 'public')
  and t.typname not in ('internal', 'trigger', 'event_trigger', 'language_handler', 'fdw_handler', 'index_am_handler',
                        'tsm_handler', 'table_am_handler')
  and not exists (select from unnest(p.proargtypes) u join pg_type a on a.oid = u where a.typname = 'internal')
order by x.extname nulls first, p.oid
"""

RELATIONS = """
select n.nspname, c.relname, c.relkind::text,
       string_agg(a.attname || ' ' || t.typname || case when a.attnotnull then '!' else '' end, ',' order by a.attnum)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type y on y.oid = a.atttypid
join pg_type t on t.oid = case when y.typtype = 'd' then y.typbasetype else y.oid end
where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v')
group by n.nspname, c.relname, c.relkind
order by n.nspname, c.relname
"""


def main(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"drop database if exists {SCRATCH}".encode())
        admin.execute(f"create database {SCRATCH} template template0 encoding 'utf8'".encode())
        try:
            with psycopg.connect(url, dbname=SCRATCH, autocommit=True) as connection:
                for extension in EXTENSIONS:
                    connection.execute(f'create extension "{extension}"'.encode())
                for name, query in (
                    ("types", TYPES),
                    ("casts", CASTS),
                    ("operators", OPERATORS),
                    ("functions", FUNCTIONS),
                    ("relations", RELATIONS),
                ):
                    rows = connection.execute(query.encode()).fetchall()
                    lines = ["\t".join(row) for row in rows]
                    (DATA / f"{name}.tsv").write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")
                    print(f"{name}: {len(lines)}")
        finally:
            admin.execute(f"drop database {SCRATCH}".encode())


if __name__ == "__main__":
    main(sys.argv[1])
