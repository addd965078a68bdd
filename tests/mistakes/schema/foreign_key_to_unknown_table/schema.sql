create table orders (
    id integer primary key,
    user_id integer not null references usrs (id)
);
