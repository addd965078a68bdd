create table users (id integer primary key);
create view everybody as select id from usrs;
