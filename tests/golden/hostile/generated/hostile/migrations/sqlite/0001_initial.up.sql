-- A comment with """ and \ in it, and a quote at the end: "
create table class (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    import text not null, -- ends with a backslash \
    self text not null default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))), -- """
    "quoted ""name""" text,
    "Ünïcode" text,
    date text not null,
    datetime text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    Decimal text constraint "type of Decimal" check (length(ltrim(Decimal, '-')) <= 11),
    str text not null default '',
    list text not null default '[]' constraint "type of list" check (json_valid(list)),
    "from" integer constraint "type of from" check ("from" between -2147483648 and 2147483647),
    UUID text,
    "1st" integer constraint "type of 1st" check ("1st" between -2147483648 and 2147483647),
    "; import os" integer constraint "type of ; import os" check ("; import os" between -2147483648 and 2147483647),
    __init__ integer constraint "type of __init__" check (__init__ between -2147483648 and 2147483647),
    None integer constraint "type of None" check (None in (0, 1)),
    _private integer constraint "type of _private" check (_private between -2147483648 and 2147483647),
    Class text,
    mro text,
    "日本" text,
    "a%s{0}b" text
);

-- line one
-- """quoted""" and \n
-- last "
create table "order" (
    id integer primary key autoincrement constraint "type of id" check (id between -2147483648 and 2147483647),
    kind text not null constraint "type of kind" check (kind in ('a', 'B b', '"quoted"', 'it''s', '', '1', '%', 'class', '日本')),
    class_id integer constraint "type of class_id" check (typeof(class_id) in ('integer', 'null')) references class (id),
    kinds text constraint "type of kinds" check (kinds is null or json_valid(kinds))
);
