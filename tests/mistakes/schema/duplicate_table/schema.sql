create table users (id integer primary key);
create table users (id integer primary key, name text);
