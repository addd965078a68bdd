create type status as enum ('open', 'paid', 'sent back');

create table customers (
    id bigint generated always as identity primary key,
    name text not null,
    email varchar(80),
    born date,
    since timestamptz not null,
    active boolean not null,
    rating double precision,
    settings jsonb not null default '{}'
);

-- What a customer has ordered.
create table orders (
    id uuid primary key,
    customer_id bigint not null references customers (id),
    status status not null,
    total numeric(20, 6) not null,
    discount numeric(5, 2),
    placed timestamp not null,
    opens time,
    sent timestamptz,
    tags text[] not null
);

create table lines (
    order_id uuid not null references orders (id),
    number int not null,
    product text not null,
    price numeric(20, 6) not null,
    amount smallint not null default 1,
    weight double precision,
    picked boolean,
    facts jsonb,
    primary key (order_id, number)
);

create table notes (
    id bigint generated always as identity primary key,
    order_id uuid not null unique references orders (id),
    text text not null,
    weight numeric(8, 3) not null
);
