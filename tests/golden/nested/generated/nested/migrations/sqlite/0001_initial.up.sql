create table customers (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    name text not null,
    email text constraint "type of email" check (length(email) <= 80),
    born text,
    since text not null,
    active integer not null constraint "type of active" check (active in (0, 1)),
    rating real,
    settings text not null default '{}' constraint "type of settings" check (json_valid(settings))
);

-- What a customer has ordered.
create table orders (
    id text not null primary key,
    customer_id integer not null constraint "type of customer_id" check (typeof(customer_id) = 'integer') references customers (id),
    status text not null constraint "type of status" check (status in ('open', 'paid', 'sent back')),
    total text not null constraint "type of total" check (length(ltrim(total, '-')) <= 21),
    discount text constraint "type of discount" check (length(ltrim(discount, '-')) <= 6),
    placed text not null,
    opens text,
    sent text,
    tags text not null constraint "type of tags" check (json_valid(tags))
);

create table lines (
    order_id text not null references orders (id),
    number integer not null constraint "type of number" check (number between -2147483648 and 2147483647),
    product text not null,
    price text not null constraint "type of price" check (length(ltrim(price, '-')) <= 21),
    amount integer not null default 1 constraint "type of amount" check (amount between -32768 and 32767),
    weight real,
    picked integer constraint "type of picked" check (picked in (0, 1)),
    facts text constraint "type of facts" check (facts is null or json_valid(facts)),
    primary key (order_id, number)
);

create table notes (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    order_id text not null unique references orders (id),
    text text not null,
    weight text not null constraint "type of weight" check (length(ltrim(weight, '-')) <= 9)
);
