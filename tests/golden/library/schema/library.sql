-- Written for SQLite alone, as its users write.
create table members (
    id integer primary key,
    name text not null unique,
    preferences json not null default '{}'
);

create table loans (
    id integer primary key,
    member_id integer not null references members (id),
    out_at timestamp not null default current_timestamp,
    back_at timestamp,
    seen_at timestamptz default (datetime('now')),
    opens time not null default '08:00:00'
);
