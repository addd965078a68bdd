create table users (id integer primary key);

alter table user add column name text;
