create table entries (
    id integer primary key,
    amount decimal(10, 2) not null,
    detail json,
    made_at datetime not null default current_timestamp
);
