create table users (id integer primary key);

alter table usres add column name text;
