create table users (
    id integer generated always as identity primary key,
    name text not null,
    age integer
);

-- allow unused_index: the reports read by it
create index users_by_age on users (age);

-- allow full-scan: a dozen tags
create table tags (
    label text not null
);
