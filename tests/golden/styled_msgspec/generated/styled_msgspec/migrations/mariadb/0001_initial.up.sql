create table makers (
    id bigint auto_increment primary key,
    name varchar(768) not null unique
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table articles (
    id uuid primary key default (uuid()),
    maker_id bigint,
    size enum('small', 'large') not null,
    price decimal(12, 2) not null,
    json json not null default ('{}') comment 'whatever the maker says of it',
    copy longtext,
    _hidden tinyint(1) not null default false,
    foreign key (maker_id) references makers (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'What is sold.';
