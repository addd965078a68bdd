create table users (id integer primary key);
create table orders (
    id integer primary key,
    user_id integer not null references users (uid)
);
