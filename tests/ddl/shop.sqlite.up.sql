-- Who buys here.
create table customers (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    email text not null unique,
    name text not null constraint "type of name" check (length(name) <= 20), -- as on the letter
    discount integer default 10 constraint "type of discount" check (discount between -2147483648 and 2147483647),
    active integer not null default 1 constraint "type of active" check (active in (0, 1)),
    birthday text,
    seen_at text default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    tags text not null default '[]' constraint "type of tags" check (json_valid(tags)),
    settings text not null default '{"theme":"dark"}' constraint "type of settings" check (json_valid(settings)),
    photo blob default x'00ff',
    patience integer not null default 5400000000,
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint customers_check check (text_like(email, '%@%')),
    check (length(email) <= 40),
    check (discount between 0 and 100),
    check (created_at <= updated_at)
);

create unique index customers_lower_name on customers (text_lower(name)) where active;

create trigger customers_touch after update on customers for each row
when new.updated_at is old.updated_at
begin
    update customers set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

create table products (
    id integer constraint products_pk primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    sku text not null constraint "type of sku" check (length(sku) <= 8),
    title text not null default 'it''s new',
    price text not null default '9.50' constraint "type of price" check (length(ltrim(price, '-')) <= 11),
    weight real default 1.5,
    stock integer not null default -1 constraint "type of stock" check (stock between -32768 and 32767),
    sellable integer generated always as (stock > 0) stored constraint "type of sellable" check (sellable in (0, 1)),
    constraint products_sku unique (sku),
    constraint products_price check ((cast(price as real) >= 0) and (decimal_cmp(price, '100000') < 0))
);

-- Orders -- with dashes
-- and lines
create table orders (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    customer_id text not null references customers (id) on delete cascade on update cascade,
    status text not null default 'new' constraint "type of status" check (status in ('new', 'paid', 'it''s sent')),
    placed_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'), -- When; not later
    opened text default '09:00:00.000000'
);

create index orders_placed on orders (placed_at desc, id);

create table order_lines (
    order_id integer not null constraint "type of order_id" check (typeof(order_id) = 'integer') references orders (id) on delete cascade deferrable initially deferred,
    product_id integer not null constraint "type of product_id" check (typeof(product_id) = 'integer'),
    quantity integer not null default 1 constraint "type of quantity" check (quantity between -2147483648 and 2147483647),
    price text not null default '0.00' constraint "type of price" check (length(ltrim(price, '-')) <= 11),
    primary key (order_id, product_id),
    constraint order_lines_product foreign key (product_id) references products (id),
    check (quantity > 0)
);

create table departments (
    id integer primary key autoincrement constraint "type of id" check (id between -2147483648 and 2147483647),
    head integer constraint "type of head" check (head between -2147483648 and 2147483647),
    name text,
    constraint departments_head foreign key (head) references employees (id)
);

create table employees (
    id integer primary key autoincrement constraint "type of id" check (id between -2147483648 and 2147483647),
    department_id integer constraint "type of department_id" check (department_id between -2147483648 and 2147483647) references departments (id),
    manager_id integer constraint "type of manager_id" check (manager_id between -2147483648 and 2147483647) references employees (id)
);

create table audit_log (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    "order" text,
    at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
);

-- What is to be paid.
create view order_totals (id, status, lines) as
select o.id, o.status, count(l.product_id) as lines
from orders o left join order_lines l on l.order_id = o.id
group by o.id, o.status;
