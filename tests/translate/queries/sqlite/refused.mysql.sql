-- mysql, mariadb: `round(qty, 2)`
select id, round(ratio), round(maybe), round(qty), round(qty, 2), round(-2.5), round(2.5), round(0.5), round(-0.4) from sales
-- mysql, mariadb: `json_group_array` in the order of a query in FROM
select kind, json_group_array(qty) from (select * from sales order by id) group by kind
-- mysql, mariadb: `json_group_array` in the order of a query in FROM
select json_group_array(json_object('q', qty, 'k', kind)) from (select * from sales order by id)
-- mysql, mariadb: the function `json_group_object`
select json_group_array(qty), json_group_object(kind, qty) from sales where id < 0
-- mysql, mariadb: the function `json_group_object`
select json_group_object('k' || id, qty) from sales
-- mysql, mariadb: min of a value of type uuid
select min(name), max(nick), min(active), max(verified), max(seen), min(uid), max(name || 'x') from people
-- mysql, mariadb: `group_concat` in the order of a query in FROM
select group_concat(kind), group_concat(id, '-') from (select * from sales where id < 9 order by id)
-- mysql, mariadb: `group_concat` in the order of a query in FROM
select kind, group_concat(qty, ', ') from (select * from sales order by kind, id) group by kind order by kind
-- mariadb: the digits of percent_rank()
select id, ntile(4) over (order by id), percent_rank() over (order by qty), cume_dist() over (order by qty), nth_value(kind, 2) over (order by id) from sales
-- mysql, mariadb: FULL JOIN
select s.id as s, p.id as p from sales s full join people p on p.id = s.person order by s, p
-- mysql, mariadb: the name of a result column in WHERE
select id as Number from people where number < 4 order by NUMBER
-- mysql, mariadb: the name of a result column in WHERE
select qty * 2 as twice from sales where twice > 10 order by twice
-- mysql, mariadb: the name of a result column in WHERE
select upper(name) n from people where n like 'A%' order by n
-- mysql, mariadb: a limit that is computed, or that may be something other than a number
select id from people order by id limit 2 + 1 offset 1 * 2
-- mysql, mariadb: a limit that is computed, or that may be something other than a number
select id from people order by id limit (select count(*) from people where active)
-- mysql, mariadb: RETURNING behind ON CONFLICT … WHERE
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict (key) do update set hits = counters.hits + excluded.hits, label = label || '!' where excluded.hits > 1 and hits < 9 returning *
-- mysql, mariadb: RETURNING of several rows behind DO NOTHING
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict (key) do nothing returning key
-- mysql: INSERT … SELECT … RETURNING
with names as (select name || id as n, active from people where id < 4) insert into counters (key, "on") select n, active from names returning *
-- mysql, mariadb: INSERT OR IGNORE
insert or ignore into counters (key, hits) values ('a', 5), ('q', 6) returning key
-- mysql, mariadb: INSERT OR IGNORE
insert or ignore into counters (key, hits) select name || id, id from people where id < 4
-- mysql, mariadb: INSERT OR REPLACE
insert or replace into counters (key, hits) values ('a', 5), ('q', 6) returning *
-- mysql, mariadb: REPLACE
replace into counters (key, hits, amount, label, "on", at) values ('a', 5, 1, null, 0, null)
-- mysql: RETURNING of a row whose key is not written out
insert into notes values (null, 'x', 3, 0, 2, '2024-01-01 00:00:00'), (77, 'y', 4, null, 1, null) returning title, stars
