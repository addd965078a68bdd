create table class (
    id bigint auto_increment primary key,
    import longtext not null comment 'ends with a backslash \\',
    self binary(16) not null default (uuid_to_bin(uuid())) comment '"""',
    `quoted "name"` longtext,
    `Ünïcode` date,
    date date not null,
    datetime datetime(6) not null default current_timestamp(6),
    `Decimal` decimal(10, 2),
    str longtext not null default (''),
    list json not null default ('[]'),
    `from` int,
    UUID binary(16),
    `1st` int,
    `; import os` int,
    __init__ int,
    None tinyint(1),
    _private int,
    Class longtext,
    mro longtext,
    `日本` longtext,
    `a%s{0}b` longtext
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'A comment with """ and \\ in it, and a quote at the end: "';

create table `order` (
    id int auto_increment primary key,
    kind enum('a', 'B b', '"quoted"', 'it''s', '', '1', '%', 'class', '日本') not null,
    class_id bigint,
    kinds json,
    foreign key (class_id) references class (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'line one\n"""quoted""" and \\n\nlast "';
