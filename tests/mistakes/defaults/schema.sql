create table users (
    id integer generated always as identity primary key,
    email text not null unique,
    name text not null,
    age integer
);

create table orders (
    id integer generated always as identity primary key,
    user_id integer not null references users (id),
    total numeric(12, 2) not null
);

create table tags (
    label text not null
);
