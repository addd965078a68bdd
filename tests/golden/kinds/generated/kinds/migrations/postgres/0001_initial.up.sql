create type mood as enum ('sad', 'so-so', 'happy');

-- A column of every type.
create table samples (
    id uuid primary key default gen_random_uuid(),
    flag boolean not null default true,
    small smallint not null,
    medium integer not null,
    large bigint not null,
    single real not null,
    double double precision not null,
    price numeric(20, 6) not null,
    free numeric,
    note text not null,
    code varchar(8) not null,
    data bytea not null,
    day date not null,
    moment time not null,
    local timestamp not null,
    stamp timestamptz not null,
    span interval not null,
    document jsonb not null,
    feeling mood not null default 'so-so',
    tags text[] not null,
    numbers bigint[] not null,
    moods mood[] not null,
    stamps timestamptz[] not null
);

-- The same, where everything but the key may be missing.
create table gaps (
    id bigint generated always as identity primary key,
    flag boolean,
    large bigint,
    double double precision,
    price numeric(20, 6),
    note text,
    data bytea,
    day date,
    moment time,
    local timestamp,
    stamp timestamptz,
    span interval,
    key uuid references samples (id) on delete set null,
    document jsonb,
    feeling mood,
    tags text[]
);
