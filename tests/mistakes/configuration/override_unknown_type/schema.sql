create table customers (
    id integer primary key,
    code varchar(12) not null
);
