create table users (
    id itneger primary key,
    name text
);
