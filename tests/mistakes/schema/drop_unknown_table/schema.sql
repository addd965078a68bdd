create table users (id integer primary key);
drop table usres;
