create table orders (
    id integer,
    primary key (order_id)
);
