-- mysql, mariadb: a value of type float64 where decimal is needed
select id, ratio::int, ratio::numeric, ratio::numeric(10, 2), maybe::bigint from sales where abs(ratio) < 1e6
-- mysql, mariadb: a frame of GROUPS
select id, sum(qty) over (order by id rows between 2 preceding and 1 following), sum(price) over (order by id rows 3 preceding), max(price) over (order by id rows between 1 preceding and current row), min(rate) over (order by id groups between 1 preceding and current row exclude current row) from sales
-- mysql, mariadb: RETURNING behind ON CONFLICT … WHERE
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict (key) do update set hits = counters.hits + excluded.hits where excluded.hits > 1 returning *
-- mysql, mariadb: a change of the key that rows conflict by, beside other unique keys
insert into counters (key, label) values ('a', 'la') on conflict on constraint counters_label do update set label = 'again', amount = default, hits = default returning *
-- mysql: INSERT … SELECT … RETURNING
insert into counters (key, hits, amount, at) select name || id, id, id / 3.0, seen from people where id < 5 returning key, amount, at
-- mysql, mariadb: INSERT … SELECT … RETURNING
insert into counters (key, amount) select kind, sum(price) from sales group by kind on conflict (key) do nothing returning key, amount
-- mysql: INSERT … SELECT … RETURNING
with names as (select name || id as n from people where id < 4) insert into counters (key, flags) select n, array[n, 'x'] from names returning *
-- mariadb: the digits of percent_rank()
select id, ntile(4) over (order by id), percent_rank() over (order by qty), cume_dist() over (order by qty), nth_value(kind, 2) over (order by id) from sales
