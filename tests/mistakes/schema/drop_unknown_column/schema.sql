create table users (id integer primary key, name text);
alter table users drop column nam;
