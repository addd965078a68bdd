create table people (
    id integer primary key,
    name text not null,
    nick text,
    active integer not null,
    verified integer,
    mood text not null,
    past_mood text,
    born text,
    met text,
    seen text not null,
    left_at text,
    uid text not null,
    boss integer references people (id),
    facts text,
    tags text not null,
    scores text,
    raw blob,
    pause integer,
    unique (name, id)
);

create table sales (
    id integer primary key,
    person integer references people (id),
    qty integer not null,
    big integer not null,
    small integer,
    price text not null,
    rate text,
    loose text,
    ratio real not null,
    maybe real,
    sold text not null,
    noted text,
    kind text not null
);

create table counters (
    key text primary key,
    hits integer not null default 1,
    amount text not null default '1.50',
    label text default 'none',
    state text not null default 'ok',
    flags text not null default '[]',
    on_ integer not null default 1,
    at text,
    constraint counters_label unique (label, key)
);
