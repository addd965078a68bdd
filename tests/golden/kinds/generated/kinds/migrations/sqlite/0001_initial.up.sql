-- A column of every type.
create table samples (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    flag integer not null default 1 constraint "type of flag" check (flag in (0, 1)),
    small integer not null constraint "type of small" check (small between -32768 and 32767),
    medium integer not null constraint "type of medium" check (medium between -2147483648 and 2147483647),
    large integer not null constraint "type of large" check (typeof(large) = 'integer'),
    single real not null,
    double real not null,
    price text not null constraint "type of price" check (length(ltrim(price, '-')) <= 21),
    free text,
    note text not null,
    code text not null constraint "type of code" check (length(code) <= 8),
    data blob not null,
    day text not null,
    moment text not null,
    local text not null,
    stamp text not null,
    span integer not null,
    document text not null constraint "type of document" check (json_valid(document)),
    feeling text not null default 'so-so' constraint "type of feeling" check (feeling in ('sad', 'so-so', 'happy')),
    tags text not null constraint "type of tags" check (json_valid(tags)),
    numbers text not null constraint "type of numbers" check (json_valid(numbers)),
    moods text not null constraint "type of moods" check (json_valid(moods)),
    stamps text not null constraint "type of stamps" check (json_valid(stamps))
);

-- The same, where everything but the key may be missing.
create table gaps (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    flag integer constraint "type of flag" check (flag in (0, 1)),
    large integer constraint "type of large" check (typeof(large) in ('integer', 'null')),
    double real,
    price text constraint "type of price" check (length(ltrim(price, '-')) <= 21),
    note text,
    data blob,
    day text,
    moment text,
    local text,
    stamp text,
    span integer,
    "key" text references samples (id) on delete set null,
    document text constraint "type of document" check (document is null or json_valid(document)),
    feeling text constraint "type of feeling" check (feeling in ('sad', 'so-so', 'happy')),
    tags text constraint "type of tags" check (tags is null or json_valid(tags))
);
