create table people (
    id bigint primary key,
    name varchar(768) not null,
    nick varchar(20),
    active tinyint(1) not null,
    verified tinyint(1),
    mood enum('sad', 'ok', 'happy', 'Zany') not null,
    past_mood enum('sad', 'ok', 'happy', 'Zany'),
    born date,
    met datetime(6),
    seen datetime(6) not null,
    left_at datetime(6),
    uid uuid not null,
    boss bigint references people (id),
    facts json,
    tags json not null,
    scores json,
    raw longblob,
    pause bigint,
    unique (name(100), id)
) character set utf8mb4 collate utf8mb4_nopad_bin;

create table sales (
    id int primary key,
    person bigint references people (id),
    qty int not null,
    big bigint not null,
    small smallint,
    price decimal(10, 2) not null,
    rate decimal(8, 4),
    loose decimal(65, 30),
    ratio double not null,
    maybe double,
    sold date not null,
    noted datetime(6),
    kind longtext not null
) character set utf8mb4 collate utf8mb4_nopad_bin;

create table counters (
    `key` varchar(768) primary key,
    hits int not null default 1,
    amount decimal(8, 2) not null default 1.5,
    label varchar(700) default 'none',
    state enum('sad', 'ok', 'happy', 'Zany') not null default 'ok',
    flags json not null default ('[]'),
    on_ tinyint(1) not null default true,
    at datetime(6),
    unique key counters_label (label(100), `key`(100))
) character set utf8mb4 collate utf8mb4_nopad_bin;
