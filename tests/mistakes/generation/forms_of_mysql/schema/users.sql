create table users (id int primary key, boss int not null, name varchar(20));
