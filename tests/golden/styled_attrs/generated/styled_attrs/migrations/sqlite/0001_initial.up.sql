create table makers (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    name text not null unique
);

-- What is sold.
create table articles (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    maker_id integer constraint "type of maker_id" check (typeof(maker_id) in ('integer', 'null')) references makers (id),
    size text not null constraint "type of size" check (size in ('small', 'large')),
    price text not null constraint "type of price" check (length(ltrim(price, '-')) <= 13),
    json text not null default '{}' constraint "type of json" check (json_valid(json)), -- whatever the maker says of it
    copy text,
    _hidden integer not null default 0 constraint "type of _hidden" check (_hidden in (0, 1))
);
