create table customers (
    id integer primary key,
    name text not null,
    email text,
    credit numeric(10, 2) not null
);
