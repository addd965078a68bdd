create table orders (id integer primary key);
create index by_user on orders (user_id);
