create type size as enum ('small', 'large');

create table makers (
    id bigint generated always as identity primary key,
    name text not null unique
);

-- What is sold.
create table articles (
    id uuid primary key default gen_random_uuid(),
    maker_id bigint references makers (id),
    size size not null,
    price numeric(12, 2) not null,
    json jsonb not null default '{}', -- whatever the maker says of it
    copy text,
    _hidden boolean not null default false
);
