-- A comment with """ and \ in it, and a quote at the end: "
create table class (
    id integer primary key autoincrement,
    import text not null, -- ends with a backslash \
    self text not null default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))), -- """
    "quoted ""name""" text,
    "Ünïcode" text,
    date text not null,
    datetime text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    Decimal text,
    str text not null default '',
    list text not null default '[]' constraint "type of list" check (json_valid(list)),
    "from" integer,
    UUID text,
    "1st" integer,
    "; import os" integer,
    __init__ integer,
    None integer constraint "type of None" check (None in (0, 1)),
    _private integer,
    Class text,
    mro text,
    "日本" text,
    "a%s{0}b" text
);

-- line one
-- """quoted""" and \n
-- last "
create table "order" (
    id integer primary key autoincrement,
    kind text not null constraint "type of kind" check (kind in ('a', 'B b', '"quoted"', 'it''s', '', '1', '%', 'class', '日本')),
    class_id integer references class (id),
    kinds text constraint "type of kinds" check (kinds is null or json_valid(kinds))
);
