create table people (
    id integer primary key,
    name text not null,
    nick varchar(20),
    active boolean not null,
    verified boolean,
    born date,
    met timestamp,
    seen timestamp with time zone not null,
    left_at timestamptz,
    uid uuid not null,
    boss integer references people (id),
    facts json,
    raw blob,
    unique (name, id)
);

create table sales (
    id integer primary key,
    person integer references people (id),
    qty integer not null,
    big bigint not null,
    small smallint,
    price decimal(10, 2) not null,
    rate numeric(8, 4),
    ratio real not null,
    maybe double precision,
    sold date not null,
    noted timestamptz,
    kind text not null
);

create table counters (
    "key" text primary key not null,
    hits integer not null default 1,
    amount numeric(8, 2) not null default 1.5,
    label text default 'none',
    "on" boolean not null default true,
    at timestamp
) without rowid;

create table "Notes" (
    id integer primary key autoincrement,
    Title text not null unique,
    stars integer not null default 0 check (stars between 0 and 5),
    pinned boolean default 0 check (pinned in (0, 1)),
    weight integer not null default 1 check (weight),
    made timestamp default current_timestamp
);

create index notes_heavy on "Notes" (weight % 10, lower(Title)) where weight & 2;

create view workers as
select p.id, p.name, b.name as boss from people p join people b on b.id = p.boss where p.active;
