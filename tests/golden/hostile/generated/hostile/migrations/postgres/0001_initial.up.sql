-- A comment with """ and \ in it, and a quote at the end: "
create table class (
    id bigint generated always as identity primary key,
    import text not null, -- ends with a backslash \
    self uuid not null default gen_random_uuid(), -- """
    "quoted ""name""" text,
    "Ünïcode" date,
    date date not null,
    datetime timestamptz not null default now(),
    "Decimal" numeric(10, 2),
    str text not null default '',
    list text[] not null default '{}',
    "from" int,
    "UUID" uuid,
    "1st" int,
    "; import os" int,
    "__init__" int,
    "None" bool,
    _private int,
    "Class" text,
    "mro" text,
    "日本" text,
    "a%s{0}b" text
);

create type "select" as enum ('a', 'B b', '"quoted"', 'it''s', '', '1', '%', 'class', '日本');
create table "order" (id int primary key, kind "select" not null, class_id bigint references class(id), kinds "select"[] );

comment on table "order" is 'line one
"""quoted""" and \n
last "';
