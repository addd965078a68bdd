-- Written for SQLite, as its users write.
create table shelves (
    id integer primary key,
    name varchar(80) not null unique
);

create table books (
    id integer primary key,
    shelf_id integer not null references shelves (id),
    title text not null,
    code uuid,
    printed date,
    pages integer not null,
    price decimal(10, 2) not null,
    lent boolean not null default 0,
    extra json not null default '{}'
);
