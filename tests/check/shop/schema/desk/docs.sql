create domain title as text check (value <> '');

create table docs (
    id bigint primary key generated always as identity,
    title title not null,
    pages int4range,
    labels text[] not null default '{}',
    data jsonb not null default '{}',
    written_at timestamptz not null default now()
);

create view titles as select distinct title from docs;

create function discount(price numeric, percent integer) returns numeric
language sql immutable
as $$ select price * (100 - percent) / 100 $$;
