create table shelves (
    id bigint auto_increment primary key,
    name varchar(80) not null unique
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'Written for SQLite, as its users write.';

create table books (
    id bigint auto_increment primary key,
    shelf_id bigint not null,
    title longtext not null,
    code binary(16),
    printed date,
    pages bigint not null,
    price decimal(10, 2) not null,
    lent tinyint(1) not null default false,
    extra json not null default ('{}'),
    foreign key (shelf_id) references shelves (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin;
