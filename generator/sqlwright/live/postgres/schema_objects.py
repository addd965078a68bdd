"""All that a schema has beside tables: the queries of the catalogs which write it."""

from __future__ import annotations

from typing import Final

from .schema_parts import NAME, OURS, options, own

_SETTINGS: Final = "select 0, 0, 'set check_function_bodies = off'"
"""What a function's text refers to may be made later."""
_SCHEMAS: Final = f"""
    select 0, n.oid::int8, 'create schema ' || quote_ident(n.nspname) from pg_namespace n
    where {OURS} and n.nspname not in ('public', current_schema()) and {own('pg_namespace', 'n.oid')} order by n.nspname
"""
_EXTENSIONS: Final = """
    select 0, e.oid::int8, 'create extension if not exists ' || quote_ident(e.extname)
        || case when n.nspname in ('pg_catalog', 'public', current_schema()) then ''
           else ' schema ' || quote_ident(n.nspname) end
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql' order by e.oid
"""
_ENUMS: Final = f"""
    select 0, t.oid::int8, 'create type ' || {NAME.format('t.typname')} || ' as enum (' || coalesce(
        (select string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder) from pg_enum l
         where l.enumtypid = t.oid), '') || ')'
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typtype = 'e' and {OURS} and {own('pg_type', 't.oid')} order by t.oid
"""
_DOMAINS: Final = f"""
    select 0, t.oid::int8, 'create domain ' || {NAME.format('t.typname')} || ' as '
        || format_type(t.typbasetype, t.typtypmod) || concat(
        case when t.typcollation <> b.typcollation then ' collate ' || t.typcollation::regcollation end,
        case when b.typdefault is distinct from t.typdefault then ' default ' || t.typdefault end,
        case when t.typnotnull then ' not null' end,
        (select string_agg(' constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid, true), ''
                           order by k.oid)
         from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
    from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
    where t.typtype = 'd' and {OURS} and {own('pg_type', 't.oid')} order by t.oid
"""
_COMPOSITES: Final = f"""
    select 0, t.oid::int8, 'create type ' || {NAME.format('t.typname')} || ' as (' || coalesce(
        (select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
            || case when a.attcollation not in (0, y.typcollation) then ' collate ' || a.attcollation::regcollation
               else '' end, ', ' order by a.attnum)
         from pg_attribute a join pg_type y on y.oid = a.atttypid
         where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped), '') || ')'
    from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_class c on c.oid = t.typrelid
    where t.typtype = 'c' and c.relkind = 'c' and {OURS} and {own('pg_type', 't.oid')} order by t.oid
"""
_RANGES: Final = f"""
    select 0, t.oid::int8, 'create type ' || {NAME.format('t.typname')} || ' as range (subtype = '
        || format_type(r.rngsubtype, null) || concat(
        case when not o.opcdefault then ', subtype_opclass = ' || quote_ident(o.opcname) end,
        case when r.rngcollation not in (0, s.typcollation) then ', collation = ' || r.rngcollation::regcollation end,
        case when r.rngsubdiff <> 0 then ', subtype_diff = ' || r.rngsubdiff end) || ')'
    from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace
    join pg_opclass o on o.oid = r.rngsubopc join pg_type s on s.oid = r.rngsubtype
    where {OURS} and {own('pg_type', 't.oid')} order by t.oid
"""
_SEQUENCES: Final = f"""
    select 1, c.oid::int8, 'create sequence ' || {NAME.format('c.relname')}
        || case when q.seqtypid = 'int8'::regtype then '' else ' as ' || format_type(q.seqtypid, null) end
        || {options('q')}
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence q on q.seqrelid = c.oid
    where c.relkind = 'S' and {OURS} and {own('pg_class', 'c.oid')}
      and not exists (
        select from pg_depend o where o.classid = 'pg_class'::regclass and o.objid = c.oid and o.deptype = 'i')
      and not exists (
        select from pg_depend o
        join pg_attribute a on a.attrelid = o.refobjid and a.attnum = o.refobjsubid and a.attnotnull
          and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
        join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          and pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\\([^()]*\\)$'
        join pg_depend u on u.classid = 'pg_attrdef'::regclass and u.objid = d.oid and u.refobjid = c.oid
        where o.classid = 'pg_class'::regclass and o.objid = c.oid and o.refclassid = 'pg_class'::regclass
          and o.deptype = 'a')
    order by c.oid
"""
"""But for those that `serial` or an identity makes."""
_FUNCTIONS: Final = f"""
    select 2, p.oid::int8,
        rtrim(overlay(f.text placing {NAME.format('p.proname')} from strpos(f.text, f.name) for length(f.name)),
              e' \\n')
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    cross join lateral (
        select pg_get_functiondef(p.oid) as text, quote_ident(n.nspname) || '.' || quote_ident(p.proname) as name) f
    where p.prokind in ('f', 'p', 'w') and {OURS} and {own('pg_proc', 'p.oid')}
      and not exists (select from pg_depend i where i.classid = 'pg_proc'::regclass and i.objid = p.oid
                      and i.deptype = 'i')
    order by p.oid
"""
"""But for those that a range type makes."""
_AGGREGATES: Final = f"""
    select 2, p.oid::int8, 'create aggregate ' || {NAME.format('p.proname')} || '('
        || coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*') || ') (sfunc = ' || a.aggtransfn || ', stype = '
        || format_type(a.aggtranstype, null) || concat(
        case when a.aggfinalfn <> 0 then ', finalfunc = ' || a.aggfinalfn end,
        case when a.aggcombinefn <> 0 then ', combinefunc = ' || a.aggcombinefn end,
        ', initcond = ' || quote_literal(a.agginitval)) || ')'
    from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_namespace n on n.oid = p.pronamespace
    where a.aggkind = 'n' and {OURS} and {own('pg_proc', 'p.oid')} order by p.oid
"""
_VIEWS: Final = f"""
    select 4, c.oid::int8, concat('create ', case c.relkind when 'm' then 'materialized ' end, 'view ',
        {NAME.format('c.relname')},
        ' with (' || array_to_string(c.reloptions, ', ') || ')',
        e' as\\n', rtrim(pg_get_viewdef(c.oid, true), ';'))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and {OURS} and {own('pg_class', 'c.oid')} order by c.oid
"""
INDEXES: Final = f"""
    select 0, c.oid::int8, replace(pg_get_indexdef(c.oid, 0, true),
        ' ON ONLY ' || i.indrelid::regclass || ' USING ', ' ON ' || i.indrelid::regclass || ' USING ')
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class r on r.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    where r.relkind in ('r', 'p', 'm') and not c.relispartition and {OURS} and {own('pg_class', 'r.oid')}
      and not exists (select from pg_constraint k where k.conindid = c.oid and k.contype in ('p', 'u', 'x'))
    order by c.oid
"""
"""Those of a partitioned table are made on its partitions too."""
_TRIGGERS: Final = f"""
    select 0, g.oid::int8, pg_get_triggerdef(g.oid, true)
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not g.tgisinternal and g.tgparentid = 0 and {OURS} and {own('pg_class', 'c.oid')} order by g.oid
"""
_RULES: Final = f"""
    select 0, r.oid::int8, rtrim(pg_get_ruledef(r.oid, true), ';')
    from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
    where r.rulename <> '_RETURN' and {OURS} and {own('pg_class', 'c.oid')} order by r.oid
"""
_ROW_SECURITY: Final = f"""
    select 0, c.oid::int8, 'alter table ' || c.oid::regclass || ' ' || w.words
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join lateral (values (c.relrowsecurity, 'enable row level security'),
                               (c.relforcerowsecurity, 'force row level security')) w (wanted, words)
    where w.wanted and {OURS} order by c.oid, w.words
"""
_POLICIES: Final = f"""
    select 0, p.oid::int8, 'create policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass || concat(
        case when not p.polpermissive then ' as restrictive' end,
        case p.polcmd when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update'
                      when 'd' then ' for delete' end,
        ' to ' || nullif((select string_agg(quote_ident(r.rolname), ', ' order by r.rolname) from pg_roles r
                          where r.oid = any(p.polroles)), ''),
        ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where {OURS} order by p.oid
"""
_KINDS: Final = """
    case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then
    'foreign table' when 'i' then 'index' when 'I' then 'index' else 'table' end
"""
_COMMENTS: Final = f"""
    select 0, 0, 'comment on ' || found.thing || ' is ' || quote_literal(found.description) from (
        select 1 as rank, n.oid, 0 as place, 'schema ' || quote_ident(n.nspname) as thing, d.description
        from pg_namespace n join pg_description d on d.classoid = 'pg_namespace'::regclass and d.objoid = n.oid
        where {OURS} and not (n.nspname = 'public' and d.description = 'standard public schema')
        union all
        select 2, t.oid, 0, case t.typtype when 'd' then 'domain ' else 'type ' end || {NAME.format('t.typname')},
               d.description
        from pg_type t join pg_namespace n on n.oid = t.typnamespace
        join pg_description d on d.classoid = 'pg_type'::regclass and d.objoid = t.oid
        where {OURS} and {own('pg_type', 't.oid')}
        union all
        select case when c.relkind in ('i', 'I') then 4 else 3 end, c.oid, d.objsubid,
               case when d.objsubid = 0 then {_KINDS} || ' ' || {NAME.format('c.relname')}
                    else 'column ' || {NAME.format('c.relname')} || '.' || quote_ident(a.attname) end, d.description
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
        where {OURS} and {own('pg_class', 'c.oid')}
        union all
        select 5, p.oid, 0, case p.prokind when 'p' then 'procedure ' when 'a' then 'aggregate ' else 'function ' end
               || {NAME.format('p.proname')} || '(' || pg_get_function_identity_arguments(p.oid) || ')', d.description
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        join pg_description d on d.classoid = 'pg_proc'::regclass and d.objoid = p.oid
        where {OURS} and {own('pg_proc', 'p.oid')}
        union all
        select 6, k.oid, 0, 'constraint ' || quote_ident(k.conname) || ' on ' || k.conrelid::regclass, d.description
        from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid where {OURS}
        union all
        select 7, g.oid, 0, 'trigger ' || quote_ident(g.tgname) || ' on ' || g.tgrelid::regclass, d.description
        from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_description d on d.classoid = 'pg_trigger'::regclass and d.objoid = g.oid where {OURS}
    ) found order by found.rank, found.oid, found.place
"""
PREPARING: Final = (_SETTINGS, _SCHEMAS, _EXTENSIONS)
FINDINGS: Final = (
    _ENUMS,
    _DOMAINS,
    _COMPOSITES,
    _RANGES,
    _SEQUENCES,
    _FUNCTIONS,
    _AGGREGATES,
    _VIEWS,
)
LAST: Final = (_RULES, _TRIGGERS, _ROW_SECURITY, _POLICIES, _COMMENTS)
