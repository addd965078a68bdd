create table customers (
    id uuid primary key default (uuid()),
    email varchar(768) not null unique,
    name varchar(20) not null comment 'as on the letter',
    discount int default 10,
    active tinyint(1) not null default true,
    birthday date,
    seen_at datetime(6) default current_timestamp(6),
    tags json not null default ('[]'),
    settings json not null default ('{"theme":"dark"}'),
    photo longblob default (0x00ff),
    patience bigint not null default 5400000000,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    customers_lower_name_1 varchar(20) generated always as (lower(name)) virtual invisible,
    customers_lower_name_2 tinyint(1) generated always as (case when active then 1 end) virtual invisible,
    check (email like '%@%'),
    check (char_length(email) <= 40),
    check (discount between 0 and 100),
    check (created_at <= updated_at),
    unique index customers_lower_name (customers_lower_name_1, customers_lower_name_2)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Who buys here.';

create table products (
    id bigint auto_increment primary key,
    sku varchar(8) not null,
    title longtext not null default ('it''s new'),
    price decimal(10, 2) not null default 9.5,
    weight double default 1.5,
    stock smallint not null default -1,
    sellable tinyint(1) generated always as (stock > 0) stored,
    constraint products_sku unique (sku),
    constraint products_price check (price >= 0 and price < 100000)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table orders (
    id bigint auto_increment primary key,
    customer_id uuid not null,
    status enum('new', 'paid', 'it''s sent') not null default 'new',
    placed_at datetime(6) not null default current_timestamp(6) comment 'When; not later',
    opened time(6) default '09:00:00.000000',
    foreign key (customer_id) references customers (id) on delete cascade on update cascade,
    index orders_placed (placed_at desc, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Orders -- with dashes\nand lines';

create table order_lines (
    order_id bigint not null,
    product_id bigint not null,
    quantity int not null default 1,
    price decimal(10, 2) not null default 0,
    primary key (order_id, product_id),
    foreign key (order_id) references orders (id) on delete cascade,
    constraint order_lines_product foreign key (product_id) references products (id),
    check (quantity > 0)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table departments (
    id int auto_increment primary key,
    head int,
    name longtext
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table employees (
    id int auto_increment primary key,
    department_id int,
    manager_id int,
    foreign key (department_id) references departments (id),
    foreign key (manager_id) references employees (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table audit_log (
    id bigint auto_increment primary key,
    `order` longtext,
    at datetime(6) not null default current_timestamp(6)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin;

alter table departments add constraint departments_head foreign key (head) references employees (id);

-- What is to be paid.
create view order_totals (id, status, `lines`) as
select o.id, o.status, count(l.product_id) as `lines`
from orders o left join order_lines l on l.order_id = o.id
group by o.id, o.status;
