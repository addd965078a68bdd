create type mood as enum ('sad', 'ok', 'happy', 'Zany');

create table people (
    id bigint primary key,
    name text not null collate "C",
    nick varchar(20) collate "C",
    active boolean not null,
    verified boolean,
    mood mood not null,
    past_mood mood,
    born date,
    met timestamp,
    seen timestamptz not null,
    left_at timestamptz,
    uid uuid not null,
    boss bigint references people (id),
    facts jsonb,
    tags text[] not null,
    scores int[],
    raw bytea,
    pause interval,
    unique (name, id)
);

create table sales (
    id int primary key,
    person bigint references people (id),
    qty int not null,
    big bigint not null,
    small smallint,
    price numeric(10, 2) not null,
    rate numeric(8, 4),
    loose numeric,
    ratio double precision not null,
    maybe double precision,
    sold date not null,
    noted timestamptz,
    kind text not null collate "C"
);

create table counters (
    key text primary key collate "C",
    hits int not null default 1,
    amount numeric(8, 2) not null default 1.5,
    label text default 'none' collate "C",
    state mood not null default 'ok',
    flags text[] not null default '{}',
    on_ boolean not null default true,
    at timestamptz,
    constraint counters_label unique (label, key)
);
