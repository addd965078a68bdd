create table customers (
    id bigint auto_increment primary key,
    name longtext not null,
    email varchar(80),
    born date,
    since datetime(6) not null,
    active tinyint(1) not null,
    rating double,
    settings json not null default ('{}')
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table orders (
    id uuid primary key,
    customer_id bigint not null,
    status enum('open', 'paid', 'sent back') not null,
    total decimal(20, 6) not null,
    discount decimal(5, 2),
    placed datetime(6) not null,
    opens time(6),
    sent datetime(6),
    tags json not null,
    foreign key (customer_id) references customers (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'What a customer has ordered.';

create table `lines` (
    order_id uuid not null,
    number int not null,
    product longtext not null,
    price decimal(20, 6) not null,
    amount smallint not null default 1,
    weight double,
    picked tinyint(1),
    facts json,
    primary key (order_id, number),
    foreign key (order_id) references orders (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table notes (
    id bigint auto_increment primary key,
    order_id uuid not null unique,
    text longtext not null,
    weight decimal(8, 3) not null,
    foreign key (order_id) references orders (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;
